//! The repeat rule.

use super::builder::Builder;
use super::criterion::Narrowing;
use super::types::Ty;
use crate::diagnostic::Code;
use crate::program::expression::{Comparison, DatePart, Node, NodeId, Quantifier};
use crate::program::reason::When;
use crate::program::repeat::Repeat as Compiled;
use crate::syntax::Name;
use crate::syntax::repeat::{Interval, Repeat};

impl<'a> Builder<'a> {
    pub fn repeat(&mut self, repeat: &'a Repeat, narrowed: Narrowing<'a>) {
        let window = narrowed.window.or(repeat.window.as_ref());
        if self.repeats.iter().chain([&window]).any(Option::is_none) && !self.repeats.is_empty() {
            self.problem(Code::Duplicate, repeat.span, "there is a repeat rule already").help =
                "a policy has one repeat rule at a time: give each its `in force`, or write the other as a criterion over `history`".into();
            return;
        }
        self.repeats.push(window);
        let Some((_, Ty::List(of), _)) = self.fact_types.get(&repeat.counted.node).cloned() else {
            self.problem(
                Code::TypeMismatch,
                repeat.counted.span,
                format!("`{}` is not a list of earlier grants", repeat.counted.node),
            )
            .help = "write `counting history`".into();
            return;
        };
        let list = self.expr_of_fact(&repeat.counted.node);
        let Some(column) = self.column_of(&of, "date") else {
            self.problem(Code::UnknownField, repeat.counted.span, "the entries of this list have no `date`").help =
                "count a list whose entries have a field `date: date`".into();
            return;
        };
        let period = match &repeat.interval {
            Interval::CalendarYear => None,
            Interval::Period(period) => Some(self.value_of(period, &Ty::Period)),
        };
        let entry = Name::new("entry".into(), repeat.counted.span);
        let local = self.bind(&entry, of.as_ref().clone(), false, true);
        let filter = repeat.filter.as_ref().map(|f| self.condition(f));
        self.locals.pop();
        let row = self.node(Node::Local(local));
        let day = self.node(Node::Column { row, column });
        let body = self.too_early(day, period);
        let blocked =
            Node::Quantified { quantifier: Quantifier::Any, binders: vec![(local, list)], filter, body: Some(body) };
        let blocked = self.node(blocked);
        let free = self.node(Node::Not(blocked));
        let last = repeat.filter.as_ref().map_or(repeat.counted.span, |f| f.span);
        self.place_node(free, crate::source::Span { end: last.end, ..repeat.span });
        let gate = self.gate(repeat.window.as_ref(), None, narrowed);
        let holds = self.narrowed(free, repeat.window.as_ref(), narrowed);
        let Some(raise) = self.raise(&repeat.raise, When::Unmet(holds), "repeat", repeat.span) else { return };
        self.program.repeats.push(Compiled { raise, gate, list, local, filter, day, period });
    }

    /// Does an entry of this day stand in the way?
    fn too_early(&mut self, day: NodeId, period: Option<NodeId>) -> NodeId {
        let filed = self.node(Node::Fact(self.program.governed));
        match period {
            None => {
                let left = self.node(Node::DatePart { part: DatePart::Year, day });
                let right = self.node(Node::DatePart { part: DatePart::Year, day: filed });
                self.node(Node::Compare { how: Comparison::Equal, left, right })
            }
            Some(period) => {
                let end = self.node(Node::Shift { day, period, back: false });
                self.node(Node::Compare { how: Comparison::Less, left: filed, right: end })
            }
        }
    }

    fn expr_of_fact(&mut self, path: &str) -> NodeId {
        let fact = self.fact_types.get(path).map_or(0, |(fact, _, _)| *fact);
        self.node(Node::Fact(fact))
    }

    fn column_of(&self, of: &Ty, path: &str) -> Option<u16> {
        let Ty::Row(row) = of else { return None };
        let columns = &self.program.rows.get(usize::from(*row))?.columns;
        columns.iter().zip(0..).find(|(c, _)| c.path == path).map(|(_, n)| n)
    }
}
