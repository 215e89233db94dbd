//! Lists: any, all, no, count, first, last, sum, min, max, collect, distinct. No loop outlives its list.

use super::arithmetic::better;
use super::{Evaluator, Unsettled, negated};
use crate::program::expression::{Aggregate, Quantifier};
use crate::program::{Node, NodeId};
use crate::value::{Causes, ListRef, Number, Value};
use std::cmp::Ordering;

/// The elements of a list: rows and plain values by their cells, documents by their numbers.
enum Elements {
    Cells(ListRef),
    Documents(Vec<u32>),
}

impl Elements {
    fn len(&self) -> usize {
        match self {
            Self::Cells(list) => list.len as usize,
            Self::Documents(numbers) => numbers.len(),
        }
    }
}

/// What a search through a list goes on with.
type Combined<'n> = (&'n [(u8, NodeId)], Option<NodeId>, Option<NodeId>);

impl Evaluator<'_> {
    /// The elements of a list, or what the list being unsettled makes of the whole.
    fn elements(&mut self, list: NodeId) -> Result<Elements, Value> {
        if let Some(Node::Submitted(kinds)) = self.program.nodes.get(list as usize) {
            let Some(documents) = &self.claim.documents else {
                return Err(Value::Unknown);
            };
            let numbers = documents.iter().zip(0..).filter(|(d, _)| kinds.contains(&d.kind)).map(|(_, n)| n);
            return Ok(Elements::Documents(numbers.collect()));
        }
        match self.value(list) {
            Value::List(list) => Ok(Elements::Cells(list)),
            unsettled @ (Value::Unknown | Value::Uncomputable(_)) => Err(unsettled),
            _ => Ok(Elements::Cells(ListRef { start: 0, len: 0, width: 1 })),
        }
    }

    fn element(&self, elements: &Elements, n: usize) -> Value {
        match elements {
            Elements::Documents(numbers) => numbers.get(n).map_or(Value::Unknown, |n| Value::Document(*n)),
            Elements::Cells(list) => {
                let at = list.start.saturating_add(u32::try_from(n).unwrap_or(u32::MAX).saturating_mul(list.width));
                // Rows of records are told by their width; a list of plain values has cells of its own.
                if list.width == 1 { self.claim.cell(at) } else { Value::Row(at) }
            }
        }
    }

    /// Gives a name to an element.
    pub fn bind(&mut self, local: u8, value: Value) {
        let at = self.frame + usize::from(local);
        if self.locals.len() <= at {
            self.locals.resize(at + 1, Value::Unknown);
        }
        self.locals[at] = value;
    }

    pub(super) fn quantified(
        &mut self,
        quantifier: Quantifier,
        binders: &[(u8, NodeId)],
        filter: Option<NodeId>,
        body: Option<NodeId>,
    ) -> Value {
        let kept = self.locals.len();
        let value = match quantifier {
            Quantifier::Any => self.some((binders, filter, body), true),
            Quantifier::No => negated(self.some((binders, filter, body), true)),
            // All have it: there is none that does not.
            Quantifier::All => negated(self.some((binders, filter, body), false)),
            Quantifier::Count => self.count(binders, filter),
            Quantifier::First => self.end_of(binders, filter, false),
            Quantifier::Last => self.end_of(binders, filter, true),
        };
        self.locals.truncate(kept.max(self.frame));
        value
    }

    /// Is there an element that passes the filter and has the body (or lacks it)?
    fn some(&mut self, (binders, filter, body): Combined<'_>, wanted: bool) -> Value {
        let Some(((local, list), rest)) = binders.split_first() else {
            let passes = self.gate(filter);
            if passes.is_no() {
                return passes;
            }
            let has = self.gate(body);
            let has = if wanted { has } else { negated(has) };
            return match (passes, has) {
                (_, Value::Bool(false)) => has,
                (Value::Bool(true), has) => has,
                (passes, has) => {
                    let mut left = Unsettled::default();
                    left.note(passes);
                    left.note(has);
                    left.or(has)
                }
            };
        };
        let elements = match self.elements(*list) {
            Ok(elements) => elements,
            Err(unsettled) => return unsettled,
        };
        let mut left = Unsettled::default();
        for n in 0..elements.len() {
            if !self.step() {
                return Value::Uncomputable(Causes::RULE);
            }
            let element = self.element(&elements, n);
            self.bind(*local, element);
            let found = self.some((rest, filter, body), wanted);
            if found.is_yes() {
                return found;
            }
            left.note(found);
        }
        left.or(Value::Bool(false))
    }

    /// Visits the elements that pass, in order; what is unsettled on the way is noted.
    fn passing(
        &mut self,
        (local, list): (u8, NodeId),
        filter: Option<NodeId>,
        backwards: bool,
        visit: &mut dyn FnMut(&mut Self, Value, &mut Unsettled) -> bool,
    ) -> Result<Unsettled, Value> {
        let elements = self.elements(list)?;
        let mut left = Unsettled::default();
        for n in 0..elements.len() {
            if !self.step() {
                return Err(Value::Uncomputable(Causes::RULE));
            }
            let n = if backwards { elements.len() - 1 - n } else { n };
            let element = self.element(&elements, n);
            self.bind(local, element);
            let passes = self.gate(filter);
            if left.note(passes) && passes.is_yes() && !visit(self, element, &mut left) {
                break;
            }
        }
        Ok(left)
    }

    fn count(&mut self, binders: &[(u8, NodeId)], filter: Option<NodeId>) -> Value {
        let Some(binder) = binders.first() else {
            return Value::Unknown;
        };
        let mut count = 0;
        let left = self.passing(*binder, filter, false, &mut |_, _, _| {
            count += 1;
            true
        });
        left.map_or_else(|unsettled| unsettled, |left| left.or(Value::Number(Number::whole(count))))
    }

    fn end_of(&mut self, binders: &[(u8, NodeId)], filter: Option<NodeId>, last: bool) -> Value {
        let Some(binder) = binders.first() else {
            return Value::Unknown;
        };
        let mut found = Value::None;
        let left = self.passing(*binder, filter, last, &mut |_, element, _| {
            found = element;
            false
        });
        left.map_or_else(|unsettled| unsettled, |left| left.or(found))
    }

    pub(super) fn aggregate(
        &mut self,
        kind: Aggregate,
        local: u8,
        list: NodeId,
        filter: Option<NodeId>,
        value: NodeId,
    ) -> Value {
        let kept = self.locals.len();
        let mut items: Vec<Value> = Vec::new();
        let left = self.passing((local, list), filter, false, &mut |this, _, left| {
            let item = this.value(value);
            if left.note(item) {
                items.push(item);
            }
            true
        });
        self.locals.truncate(kept.max(self.frame));
        let left = match left {
            Ok(left) => left,
            Err(unsettled) => return unsettled,
        };
        if !left.is_empty() {
            return left.or(Value::Unknown);
        }
        match kind {
            Aggregate::Sum => sum(&items),
            Aggregate::Min => items.into_iter().fold(Value::None, |best, v| better(best, v, Ordering::Less)),
            Aggregate::Max => items.into_iter().fold(Value::None, |best, v| better(best, v, Ordering::Greater)),
            Aggregate::Collect => self.claim.list(&items),
        }
    }

    /// A list written item by item.
    pub(super) fn list(&mut self, items: &[(NodeId, Option<NodeId>)]) -> Value {
        let mut left = Unsettled::default();
        let mut values = Vec::new();
        for (item, condition) in items {
            let taken = self.gate(*condition);
            if left.note(taken) && taken.is_yes() {
                let value = self.value(*item);
                if left.note(value) {
                    values.push(value);
                }
            }
        }
        if left.is_empty() { self.claim.list(&values) } else { left.or(Value::Unknown) }
    }

    pub(super) fn distinct(&mut self, list: NodeId) -> Value {
        let list = match self.value(list) {
            Value::List(list) => list,
            other => return other,
        };
        let mut kept: Vec<Value> = Vec::new();
        for n in 0..list.len {
            let value = self.claim.cell(list.start + n * list.width);
            if !self.step() {
                return Value::Uncomputable(Causes::RULE);
            }
            if !kept.iter().any(|k| self.same(*k, value)) {
                kept.push(value);
            }
        }
        self.claim.list(&kept)
    }

    pub(super) fn in_list(&mut self, value: NodeId, list: NodeId) -> Value {
        let value = self.value(value);
        let list = match self.value(list) {
            Value::List(list) => list,
            Value::None => return Value::Bool(false),
            unsettled => return unsettled,
        };
        let mut left = Unsettled::default();
        if list.len == 0 {
            return Value::Bool(false);
        }
        if !left.note(value) || value.is_none() {
            return left.or(Value::Bool(false));
        }
        for n in 0..list.len {
            let member = self.claim.cell(list.start + n * list.width);
            if left.note(member) && self.same(value, member) {
                return Value::Bool(true);
            }
        }
        left.or(Value::Bool(false))
    }
}

fn sum(items: &[Value]) -> Value {
    let mut total: Option<Value> = None;
    for item in items {
        total = match (total, *item) {
            (None, first) => Some(first),
            (Some(Value::Number(a)), Value::Number(b)) => match a.plus(b) {
                Some(sum) => Some(Value::Number(sum)),
                None => return Value::Uncomputable(Causes::RULE),
            },
            (Some(Value::Period(a)), Value::Period(b)) => match a.plus(b) {
                Some(sum) => Some(Value::Period(sum)),
                None => return Value::Uncomputable(Causes::RULE),
            },
            (kept, _) => kept,
        };
    }
    total.unwrap_or(Value::Number(Number::ZERO))
}

impl Evaluator<'_> {
    /// How many elements a list has; none while it is unsettled.
    pub fn length(&mut self, list: NodeId) -> u32 {
        self.elements(list).map_or(0, |e| u32::try_from(e.len()).unwrap_or(u32::MAX))
    }

    /// Gives a name to the nth element, for those who explain a value; tells its number, for a document the
    /// one in the claim.
    pub fn bind_element(&mut self, local: u8, list: NodeId, n: u32) -> u32 {
        let Ok(elements) = self.elements(list) else {
            return n;
        };
        let element = self.element(&elements, n as usize);
        self.bind(local, element);
        match element {
            Value::Document(number) => number,
            _ => n,
        }
    }

    /// Runs `look` inside a function's body, its parameters bound.
    pub fn inside(&mut self, function: u16, arguments: &[NodeId], look: &mut dyn FnMut(&mut Self, NodeId)) {
        let Some(function) = self.program.functions.get(usize::from(function)) else {
            return;
        };
        let values: Vec<Value> = arguments.iter().map(|a| self.value(*a)).collect();
        let base = self.locals.len();
        self.locals.extend(values);
        self.locals.resize(base + usize::from(function.locals).max(arguments.len()), Value::Unknown);
        let frame = std::mem::replace(&mut self.frame, base);
        look(self, function.body);
        self.frame = frame;
        self.locals.truncate(base);
    }
}
