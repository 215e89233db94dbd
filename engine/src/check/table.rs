//! Decision tables: rows become conditions.

use super::builder::Builder;
use super::types::{Ty, Typed};
use crate::diagnostic::{Code, counted};
use crate::program::expression::{Comparison, Constant, Hit, Node, NodeId};
use crate::syntax::definition::{Cell, CellTest, HitPolicy, Table};
use crate::syntax::expression::Operator;
use crate::syntax::{Expr, ExprKind};

impl<'a> Builder<'a> {
    pub fn table(&mut self, table: &'a Table, want: Option<&Ty>) -> Typed {
        let mut headings = table.columns.as_slice();
        let before = self.problems.len();
        if let [own @ .., last] = headings
            && !table.rows.is_empty()
            && table.rows.iter().all(|r| r.result.is_some() && r.cells.len() == own.len())
        {
            self.problem(Code::BadTable, last.span, "the results have no heading").help =
                "take it away: the first line names only what the columns before the last look at".into();
            headings = own;
        }
        let columns: Vec<Typed> = headings.iter().map(|c| self.expr(c, None)).collect();
        let mut ty = match (table.policy, want) {
            (HitPolicy::Collect, Some(Ty::List(of))) => Some(of.as_ref().clone()),
            (_, want) => want.cloned(),
        };
        let mut or_none = false;
        let mut rows: Vec<(NodeId, NodeId)> = Vec::new();
        let mut sound = !columns.is_empty() && !table.rows.is_empty();
        if !sound {
            self.problem(Code::BadTable, table.span, "the table has no rows").help =
                "first a line with what the columns look at, parted by `|`, then a line for each row".into();
        }
        for row in &table.rows {
            let Some(result) = row.result.as_ref().filter(|_| row.cells.len() == columns.len()) else {
                let (cells, heads) = (counted(row.cells.len(), "cell"), counted(columns.len(), "column"));
                let message = format!("this row has {cells} and the table {heads}");
                self.problem(Code::BadTable, row.span, message).help =
                    "write one cell for each column, then `|` and the result".into();
                sound = false;
                continue;
            };
            let tests: Vec<NodeId> =
                columns.iter().zip(&row.cells).filter_map(|(column, cell)| self.cell(column, cell)).collect();
            let condition = self.node(Node::All(tests));
            rows.push((condition, self.branch(result, &mut ty, &mut or_none)));
        }
        let hit = match table.policy {
            HitPolicy::First => Hit::First,
            HitPolicy::Unique => Hit::Unique,
            HitPolicy::Collect => Hit::Collect,
        };
        // What a wrong cell leaves uncovered is no news.
        if sound && self.problems.len() == before && !columns.iter().any(|c| c.ty.is_broken()) {
            self.check_rows(table, hit, &rows);
        }
        let of = ty.unwrap_or(Ty::Broken);
        let ty = if hit == Hit::Collect { Ty::List(Box::new(of)) } else { of };
        Typed { node: self.node(Node::Table { hit, rows }), ty, or_none }
    }

    /// The condition of a cell; none where anything goes.
    fn cell(&mut self, column: &Typed, cell: &'a Cell) -> Option<NodeId> {
        let tests: Vec<NodeId> = cell.tests.iter().map(|test| self.cell_test(column, test)).collect();
        match tests.as_slice() {
            [] => None,
            [only] => Some(*only),
            _ => Some(self.node(Node::Any(tests))),
        }
    }

    fn cell_test(&mut self, column: &Typed, test: &'a CellTest) -> NodeId {
        match test {
            CellTest::Is(Expr { kind: ExprKind::None, .. }) => {
                let given = self.node(Node::Given(column.node));
                self.node(Node::Not(given))
            }
            // What has no type may have had this choice.
            CellTest::Is(Expr { kind: ExprKind::Path(_), .. }) if column.ty.is_broken() => column.node,
            CellTest::Is(Expr { kind: ExprKind::AnyOf(_), span, .. }) if column.ty != Ty::YesNo => {
                self.problem(Code::BadTable, *span, "`or` cannot stand between the values of a cell").help =
                    "part them by commas".into();
                column.node
            }
            CellTest::Is(value) if column.ty == Ty::YesNo => match &value.kind {
                ExprKind::YesNo(false) => self.node(Node::Not(column.node)),
                ExprKind::YesNo(true) => column.node,
                _ => self.compared(column, Comparison::Equal, value),
            },
            CellTest::Is(value) => self.compared(column, Comparison::Equal, value),
            CellTest::Compare(operator, value) => {
                let how = match operator {
                    Operator::Less => Comparison::Less,
                    Operator::AtMost => Comparison::AtMost,
                    Operator::More => Comparison::More,
                    Operator::AtLeast => Comparison::AtLeast,
                    _ => Comparison::NotEqual,
                };
                self.compared(column, how, value)
            }
            CellTest::Range(from, to) => {
                let from = self.compared(column, Comparison::AtLeast, from);
                let to = self.compared(column, Comparison::AtMost, to);
                self.node(Node::All(vec![from, to]))
            }
        }
    }

    fn compared(&mut self, column: &Typed, how: Comparison, value: &'a Expr) -> NodeId {
        let right = self.value_of(value, &column.ty);
        let ordered = column.ty.is_number() || matches!(column.ty, Ty::Date | Ty::Period | Ty::Broken);
        if !ordered && !matches!(how, Comparison::Equal | Comparison::NotEqual) {
            let found = self.ty_name(&column.ty);
            self.problem(Code::TypeMismatch, value.span, format!("the column holds {found}, which has no order"))
                .help = "write the values that count, parted by commas".into();
            return self.constant(Constant::Bool(true));
        }
        self.node(Node::Compare { how, left: column.node, right })
    }
}
