//! What can be shown without a claim: criteria that always hold or never, rows that are never reached, cases
//! that are not covered, exceptions that contradict each other.
//!
//! Every leaf condition is followed over the values that can make a difference: the members of an enum, yes and
//! no, the bounds of numbers and dates and what lies between them, and none. What cannot be followed is a leaf
//! of its own that may hold or not.

use super::builder::{Builder, Progress};
use crate::diagnostic::Code;
use crate::program::expression::{Hit, Node, NodeId};
use crate::syntax::Expr;
use crate::syntax::criterion::Criterion;
use crate::syntax::definition::Table;
use space::Space;

mod space;

impl<'a> Builder<'a> {
    fn space(&self) -> Space<'_> {
        let given = self.definitions.values().filter_map(|d| match d {
            Progress::Done((number, _, false)) => Some(*number),
            Progress::Done(_) | Progress::Open | Progress::Broken => None,
        });
        Space {
            program: &self.program,
            broken: &self.broken_nodes,
            given: given.collect(),
            variables: Vec::new(),
            looked: 0,
            is_broken: false,
        }
    }

    /// Tells of a criterion that can never fail, or never be met.
    pub fn check_criterion(&mut self, criterion: &'a Criterion, condition: NodeId) {
        let mut space = self.space();
        let Some(test) = space.tests(&[condition]).and_then(|mut t| t.pop()) else { return };
        let (mut always, mut never) = (true, true);
        space.each_case(&mut |case| {
            let holds = space.holds(&test, case);
            always &= holds;
            never &= !holds;
        });
        let name = &criterion.name.node;
        if always {
            let reason = criterion.raise.name.as_ref().map_or(String::new(), |n| format!("`{}`", n.node));
            self.problem(
                Code::AlwaysTrue,
                criterion.condition.span,
                format!("the criterion `{name}` always holds, so {reason} is never raised"),
            )
            .help = "take it away, or correct the condition".into();
        } else if never {
            self.problem(
                Code::AlwaysFalse,
                criterion.condition.span,
                format!("the criterion `{name}` can never be met"),
            )
            .help = "correct the condition: no claim could pass it".into();
        }
    }

    /// Tells of rows that no case reaches, of cases that no row covers, and of rows that clash.
    pub fn check_rows(&mut self, table: &'a Table, hit: Hit, rows: &[(NodeId, NodeId)]) {
        let mut space = self.space();
        let conditions: Vec<NodeId> = rows.iter().map(|(condition, _)| *condition).collect();
        let Some(tests) = space.tests(&conditions) else {
            if space.is_broken {
                return;
            }
            self.problem(
                Code::CannotTell,
                table.span,
                "the table is too large to be followed: whether its rows cover every case is not known",
            )
            .help = "write it as several smaller tables".into();
            return;
        };
        let followed = space.variables.iter().all(|v| v.followed);
        let mut reached = vec![false; rows.len()];
        let mut uncovered: Option<String> = None;
        let mut clash: Option<(usize, usize, String)> = None;
        space.each_case(&mut |case| {
            let holding: Vec<usize> = (0..rows.len()).filter(|n| space.holds(&tests[*n], case)).collect();
            let counted = if hit == Hit::First { &holding[..holding.len().min(1)] } else { &holding[..] };
            counted.iter().for_each(|n| reached[*n] = true);
            if holding.is_empty() && hit != Hit::Collect {
                uncovered.get_or_insert_with(|| space.describe(case));
            }
            if let [a, b, ..] = holding.as_slice()
                && hit == Hit::Unique
                && space.node(rows[*a].1) != space.node(rows[*b].1)
            {
                clash.get_or_insert_with(|| (*a, *b, space.describe(case)));
            }
        });
        let idle: Vec<usize> = (0..rows.len()).filter(|n| !reached[*n]).collect();
        for row in idle.iter().filter_map(|n| table.rows.get(*n)) {
            self.problem(Code::RowUnreachable, row.span, "no case ever reaches this row").help =
                "take it away, or put it above the rows that cover it".into();
        }
        if let Some(case) = uncovered {
            if followed {
                self.problem(Code::RowsMissing, table.span, format!("no row covers the case {case}")).help =
                    "add a row for it, or a last row with `anything` in every column".into();
            } else {
                self.problem(Code::CannotTell, table.span, format!("perhaps no row covers the case {case}")).help =
                    "add a last row with `anything` in every column".into();
            }
        }
        if let Some((a, b, case)) = clash.filter(|_| followed) {
            let (first, second) = (table.rows[a].span, table.rows[b].span);
            let problem = self.problem(Code::RowsClash, second, format!("two rows hold in the case {case}"));
            problem.related.push((first, "the other row".into()));
            problem.help = "let each case have one row, or write `first of` and put the special row first".into();
        }
    }

    /// Tells of exceptions that can hold together and say different things.
    pub fn check_exceptions(&mut self, nodes: &[(NodeId, NodeId)], written: &'a [(Expr, Expr)]) {
        let mut clashes = Vec::new();
        for (at, (condition, value)) in nodes.iter().enumerate() {
            for (earlier, (other, other_value)) in nodes.iter().enumerate().take(at) {
                let constant = |n: NodeId| match self.program.nodes.get(n as usize) {
                    Some(Node::Constant(c)) => Some(*c),
                    _ => None,
                };
                let (Some(a), Some(b)) = (constant(*value), constant(*other_value)) else { continue };
                if a == b {
                    continue;
                }
                let mut space = self.space();
                let Some(tests) = space.tests(&[*condition, *other]) else { continue };
                if !space.variables.iter().all(|v| v.followed) {
                    continue;
                }
                let mut both = None;
                space.each_case(&mut |case| {
                    if tests.iter().all(|t| space.holds(t, case)) {
                        both.get_or_insert_with(|| space.describe(case));
                    }
                });
                clashes.extend(both.map(|case| (at, earlier, case)));
            }
        }
        for (at, earlier, case) in clashes {
            let first = written[earlier].0.span;
            let message = format!("two exceptions hold and say different things in the case {case}");
            let problem = self.problem(Code::ExceptionsClash, written[at].0.span, message);
            problem.related.push((first, "the other exception".into()));
            problem.help = "let each exception exclude the other".into();
        }
    }
}
