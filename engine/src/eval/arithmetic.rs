//! Exact arithmetic over values: what cannot be held is uncomputable, never rounded in silence.

use super::{Evaluator, Unsettled};
use crate::program::NodeId;
use crate::program::expression::Arithmetic;
use crate::value::number::Rounding;
use crate::value::{Causes, Number, Value};
use std::cmp::Ordering;

impl Evaluator<'_> {
    /// A number made of a number.
    pub(super) fn number(&mut self, node: NodeId, make: impl Fn(Number) -> Option<Number>) -> Value {
        match self.value(node) {
            Value::Number(n) => make(n).map_or(Value::Uncomputable(Causes::RULE), Value::Number),
            other => other,
        }
    }

    pub(super) fn negative(&mut self, node: NodeId) -> Value {
        match self.value(node) {
            Value::Number(n) => Value::Number(n.negated()),
            Value::Period(p) => p.negated().map_or(Value::Uncomputable(Causes::RULE), Value::Period),
            other => other,
        }
    }

    pub(super) fn arithmetic(&mut self, operator: Arithmetic, left: NodeId, right: NodeId) -> Value {
        let (a, b) = match self.both(left, right) {
            Ok(both) => both,
            Err(unsettled) => return unsettled,
        };
        let result = match (operator, a, b) {
            (Arithmetic::Plus, Value::Number(a), Value::Number(b)) => a.plus(b).map(Value::Number),
            (Arithmetic::Minus, Value::Number(a), Value::Number(b)) => a.minus(b).map(Value::Number),
            (Arithmetic::Times, Value::Number(a), Value::Number(b)) => a.times(b).map(Value::Number),
            (Arithmetic::Over, Value::Number(a), Value::Number(b)) => a.over(b).map(Value::Number),
            (Arithmetic::Plus, Value::Period(a), Value::Period(b)) => a.plus(b).map(Value::Period),
            (Arithmetic::Minus, Value::Period(a), Value::Period(b)) => {
                b.negated().and_then(|b| a.plus(b)).map(Value::Period)
            }
            // None has no part in arithmetic: never a silent zero.
            _ => None,
        };
        result.unwrap_or(Value::Uncomputable(Causes::RULE))
    }

    /// The least or greatest; what is none does not take part.
    pub(super) fn extreme(&mut self, nodes: &[NodeId], wanted: Ordering) -> Value {
        let mut left = Unsettled::default();
        let mut best = Value::None;
        for node in nodes {
            let value = self.value(*node);
            if let (Value::Period(a), Value::Period(b)) = (best, value)
                && !a.is_comparable(b)
            {
                left.note(Value::Uncomputable(Causes::RULE));
            } else if left.note(value) {
                best = better(best, value, wanted);
            }
        }
        left.or(best)
    }

    pub(super) fn round(&mut self, value: NodeId, step: NodeId, how: Rounding) -> Value {
        match self.both(value, step) {
            Ok((Value::Number(value), Value::Number(step))) => {
                value.rounded(step, how).map_or(Value::Uncomputable(Causes::RULE), Value::Number)
            }
            Ok(_) => Value::Uncomputable(Causes::RULE),
            Err(unsettled) => unsettled,
        }
    }
}

/// The one of two values that lies further in the wanted direction.
pub(super) fn better(best: Value, value: Value, wanted: Ordering) -> Value {
    let order = match (value, best) {
        (Value::Number(a), Value::Number(b)) => a.cmp(&b),
        (Value::Date(a), Value::Date(b)) => a.cmp(&b),
        (Value::Period(a), Value::Period(b)) => a.cmp(&b),
        (_, Value::None) => wanted,
        _ => Ordering::Equal,
    };
    if order == wanted { value } else { best }
}
