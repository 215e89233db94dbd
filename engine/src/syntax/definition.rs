//! Definitions: named values, functions, exceptions and decision tables.

use super::expression::{Operator, boxed, exprs, read_expr};
use super::fact::{FactType, take_type};
use super::header::{Window, read_window};
use super::reader::{Pair, Reader, Rule, all, one, parts};
use super::{Expr, Name};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, line_and_column};

/// `define NAME = …`.
#[derive(Debug, Clone)]
pub struct Define {
    /// Its name.
    pub name: Name,
    /// Parameters of a function; empty for a plain definition.
    pub bindings: Vec<(Name, FactType)>,
    /// The type, where it is said.
    pub result: Option<FactType>,
    /// When this generation is in force.
    pub window: Option<Window>,
    /// The value.
    pub body: Body,
}

/// What a definition stands for.
#[derive(Debug, Clone)]
pub enum Body {
    /// A value with its exceptions: condition and the value instead.
    Value {
        /// The value where no exception holds.
        base: Expr,
        /// Each exception's condition and value.
        exceptions: Vec<(Expr, Expr)>,
    },
    /// A decision table.
    Table(Table),
}

/// A decision table: one row a line, columns parted by `|`, the result last.
#[derive(Debug, Clone)]
pub struct Table {
    /// Which row counts.
    pub policy: HitPolicy,
    /// What each column looks at.
    pub columns: Vec<Expr>,
    /// The rows in their order.
    pub rows: Vec<TableRow>,
    /// The table's place.
    pub span: Span,
}

/// A row: a cell for each column and the result.
#[derive(Debug, Clone)]
pub struct TableRow {
    /// The cells before the last bar.
    pub cells: Vec<Cell>,
    /// The result.
    pub result: Option<Expr>,
    /// The row's place.
    pub span: Span,
}

/// Alternatives of which one must hold; empty means anything.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The alternatives.
    pub tests: Vec<CellTest>,
    /// The cell's place.
    pub span: Span,
}

/// One alternative in a cell.
#[derive(Debug, Clone)]
pub enum CellTest {
    /// Equal to the value (or none).
    Is(Expr),
    /// Compared with the value.
    Compare(Operator, Expr),
    /// From the first to the second, both inside.
    Range(Expr, Expr),
}

/// Which row of a table counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitPolicy {
    /// The first that holds.
    First,
    /// The only one that holds.
    Unique,
    /// All that hold, as a list.
    Collect,
}

pub(super) fn read_define(r: &mut Reader<'_>, pair: Pair<'_>) -> Define {
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let bindings = one(&mut inner, Rule::parameters).map(parts).unwrap_or_default();
    let bindings = bindings
        .into_iter()
        .filter_map(|b| {
            let mut inner = parts(b);
            Some((r.named(&mut inner, Rule::name), take_type(r, &mut inner)?))
        })
        .collect();
    let result = take_type(r, &mut inner);
    let window = read_window(r, &mut inner);
    let body = match one(&mut inner, Rule::decision_table) {
        Some(table) => Body::Table(read_table(r, table)),
        None => {
            let exceptions = all(&mut inner, Rule::exception)
                .into_iter()
                .filter_map(|e| {
                    let mut e = parts(e);
                    Some((*boxed(r, &mut e)?, *boxed(r, &mut e)?))
                })
                .collect();
            let base = boxed(r, &mut inner).map_or_else(|| Expr::new(super::ExprKind::Broken, name.span), |b| *b);
            Body::Value { base, exceptions }
        }
    };
    Define { name, bindings, result, window, body }
}

/// Rows are lines: the parts are dealt out by the line on which they start.
fn read_table(r: &mut Reader<'_>, pair: Pair<'_>) -> Table {
    let span = r.span(&pair);
    let text = pair.as_str();
    let base = pair.as_span().start();
    let mut policy = HitPolicy::First;
    let mut lines: Vec<(u32, Vec<Vec<Pair<'_>>>, Span)> = Vec::new();
    for part in parts(pair) {
        match part.as_rule() {
            Rule::hit_policy => {
                policy = match part.as_str().trim() {
                    "unique" => HitPolicy::Unique,
                    "collect" => HitPolicy::Collect,
                    _ => HitPolicy::First,
                };
                continue;
            }
            Rule::bar | Rule::table_entry => {}
            _ => continue,
        }
        let offset = u32::try_from(part.as_span().start() - base).unwrap_or(u32::MAX);
        let (line, _) = line_and_column(text, offset);
        let place = r.span(&part);
        if lines.last().is_none_or(|(l, _, _)| *l != line) {
            lines.push((line, vec![Vec::new()], place));
        }
        let Some((_, cells, row)) = lines.last_mut() else {
            continue;
        };
        *row = row.to(place);
        if part.as_rule() == Rule::bar {
            cells.push(Vec::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(part);
        }
    }
    let mut lines = lines.into_iter();
    let columns = lines.next().map(|(_, cells, _)| read_columns(r, cells)).unwrap_or_default();
    let rows = lines.map(|(_, cells, span)| read_row(r, cells, span)).collect();
    Table { policy, columns, rows, span }
}

fn read_columns(r: &mut Reader<'_>, cells: Vec<Vec<Pair<'_>>>) -> Vec<Expr> {
    cells
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let mut inner = parts(entry);
            exprs(r, &mut inner).into_iter().next()
        })
        .collect()
}

fn read_row(r: &mut Reader<'_>, mut cells: Vec<Vec<Pair<'_>>>, span: Span) -> TableRow {
    let count = cells.len();
    for (nth, cell) in cells.iter().enumerate() {
        check_entries(r, cell, nth + 1 == count, span);
    }
    let result = cells.pop().unwrap_or_default().into_iter().next().and_then(|entry| {
        let mut inner = parts(entry);
        boxed(r, &mut inner).map(|b| *b)
    });
    let cells = cells
        .into_iter()
        .map(|entries| {
            let place = entries.first().map_or(span, |p| r.span(p));
            Cell { tests: entries.into_iter().filter_map(|e| read_test(r, e)).collect(), span: place }
        })
        .collect();
    TableRow { cells, result, span }
}

/// Values of a cell are parted by commas, and a result is one value: else a slip of the pen would be a rule.
fn check_entries(r: &mut Reader<'_>, entries: &[Pair<'_>], is_result: bool, row: Span) {
    if entries.is_empty() && !is_result {
        r.problem(
            Diagnostic::new(Code::BadTable, row, "a cell of this row is empty")
                .help("write `anything` into it, or the values that count"),
        );
    }
    for pair in entries.windows(2) {
        let [before, after] = pair else { continue };
        let (written, next) = (before.as_str().trim_end(), after.as_str());
        let parted = written.strip_suffix(',');
        let is_digit = |c: char| c.is_ascii_digit();
        let digits = parted.unwrap_or(written).ends_with(is_digit) && next.starts_with(is_digit);
        let touch = before.as_span().start() + written.len() == after.as_span().start();
        let (message, help) = match parted {
            _ if digits && (touch || parted.is_none()) => {
                ("a number is not parted like this", "write its digits together, or part thousands by `_`: `1_500.00`")
            }
            _ if is_result && next.starts_with("per") => (
                "nothing can follow the result of a row",
                "`per` cites a source in a parameter; to pay for each of several, multiply: `900.00 * children`",
            ),
            _ if is_result => ("a row has one result, and another follows it", "columns are parted by `|`"),
            None => ("a comma is missing before this value", "values of which one must hold are parted by commas"),
            Some(_) => continue,
        };
        r.problem(Diagnostic::new(Code::BadTable, r.span(after), message).help(help));
        return;
    }
}

/// `anything` and `otherwise` ask nothing.
fn read_test(r: &mut Reader<'_>, entry: Pair<'_>) -> Option<CellTest> {
    let pair = parts(entry).into_iter().next()?;
    match pair.as_rule() {
        Rule::cell_compare => {
            let mut inner = parts(pair);
            let operator = match inner.first()?.as_rule() {
                Rule::at_most => Operator::AtMost,
                Rule::at_least => Operator::AtLeast,
                Rule::less => Operator::Less,
                Rule::more => Operator::More,
                _ => Operator::NotEqual,
            };
            Some(CellTest::Compare(operator, *boxed(r, &mut inner)?))
        }
        Rule::cell_range => {
            let mut inner = parts(pair);
            Some(CellTest::Range(*boxed(r, &mut inner)?, *boxed(r, &mut inner)?))
        }
        Rule::cell_value => Some(CellTest::Is(read_expr(r, pair))),
        _ => None,
    }
}
