//! Dated parameters: figures that change with time, by zero or more keys.

use super::expression::{read_date, read_expr};
use super::fact::{FactType, Kind, take_type};
use super::header::{Window, read_window};
use super::message::{Citation, read_citation};
use super::reader::{Pair, Reader, Rule, all, one, parts};
use super::{Expr, Name};
use crate::source::{Span, Spanned, line_and_column};
use crate::value::Date;

/// `parameter NAME by KEY: TYPE { rows }`.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// The keys: a fact's path, or a name with a type.
    pub keys: Vec<(Name, Option<FactType>)>,
    /// The type of its values.
    pub fact_type: FactType,
    /// When it is in force.
    pub window: Option<Window>,
    /// Headings after `from`.
    pub headings: Vec<Name>,
    /// The rows, one a line.
    pub rows: Vec<ParameterRow>,
}

/// A row of a parameter.
#[derive(Debug, Clone)]
pub struct ParameterRow {
    /// The first day.
    pub from: Spanned<Option<Date>>,
    /// The cells after it.
    pub cells: Vec<ParameterCell>,
    /// What the row cites.
    pub citation: Option<Citation>,
    /// Its place.
    pub span: Span,
}

/// A cell: a day or a value.
#[derive(Debug, Clone)]
pub enum ParameterCell {
    /// A day.
    Day(Spanned<Option<Date>>),
    /// A value.
    Value(Expr),
}

pub(super) fn read_parameter(r: &mut Reader<'_>, pair: Pair<'_>) -> Parameter {
    let text = pair.as_str();
    let base = pair.as_span().start();
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let keys = all(&mut inner, Rule::key)
        .into_iter()
        .map(|k| {
            let mut k = parts(k);
            (r.named(&mut k, Rule::path), take_type(r, &mut k))
        })
        .collect();
    let fact_type = take_type(r, &mut inner).unwrap_or(FactType { kind: Kind::Text, or_none: false, span: name.span });
    let window = read_window(r, &mut inner);
    let mut head = one(&mut inner, Rule::column_head).map(parts).unwrap_or_default();
    let headings = all(&mut head, Rule::heading).iter().map(|h| r.name(h)).collect();
    let mut rows: Vec<(u32, ParameterRow)> = Vec::new();
    for cell in all(&mut inner, Rule::parameter_cell) {
        let offset = u32::try_from(cell.as_span().start() - base).unwrap_or(u32::MAX);
        read_cell(r, cell, line_and_column(text, offset).0, &mut rows);
    }
    Parameter { name, keys, fact_type, window, headings, rows: rows.into_iter().map(|(_, row)| row).collect() }
}

fn read_cell(r: &mut Reader<'_>, cell: Pair<'_>, line: u32, rows: &mut Vec<(u32, ParameterRow)>) {
    let span = r.span(&cell);
    let Some(inner) = parts(cell).into_iter().next() else {
        return;
    };
    let rule = inner.as_rule();
    let fresh = rows.last().is_none_or(|(l, _)| *l != line);
    if fresh {
        let from =
            Spanned::new((rule == Rule::year_month_day).then(|| read_date(r, inner.as_str(), span)).flatten(), span);
        rows.push((line, ParameterRow { from, cells: Vec::new(), citation: None, span }));
        if rule == Rule::year_month_day {
            return;
        }
    }
    let Some((_, row)) = rows.last_mut() else {
        return;
    };
    row.span = row.span.to(span);
    match rule {
        Rule::citation => row.citation = Some(read_citation(r, inner)),
        Rule::year_month_day => {
            let day = read_date(r, inner.as_str(), span);
            row.cells.push(ParameterCell::Day(Spanned::new(day, span)));
        }
        _ => row.cells.push(ParameterCell::Value(read_expr(r, inner))),
    }
}
