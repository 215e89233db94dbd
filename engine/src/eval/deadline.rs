//! Deadlines and stages: by which day, and was it in time.

use super::{Evaluator, Unsettled};
use crate::program::NodeId;
use crate::program::deadline::{Base, Generation, Term};
use crate::value::{Causes, Date, Value};
use std::collections::BTreeSet;

/// When a deadline ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// It does not arise.
    Absent,
    /// It hangs on a fact that is not told.
    Unknown,
    /// It cannot be computed; the last day before rolling, where there is one.
    Uncomputable(Causes, Option<Date>),
    /// It ends on a day, or between two.
    Known {
        /// The earliest day of a span.
        earliest: Option<Date>,
        /// The last day.
        due: Date,
    },
}

impl Evaluator<'_> {
    /// When the deadline ends.
    pub fn due(&mut self, deadline: u16) -> Due {
        let n = usize::from(deadline);
        if let Some(Some(due)) = self.deadlines.get(n) {
            return *due;
        }
        let due = self.compute_due(deadline);
        if let Some(slot) = self.deadlines.get_mut(n) {
            *slot = Some(due);
        }
        due
    }

    fn compute_due(&mut self, deadline: u16) -> Due {
        let Some(declared) = self.program.deadlines.get(usize::from(deadline)) else { return Due::Unknown };
        match self.generation(&declared.generations, |g| g.gate) {
            Some((generation, Value::Bool(true))) => self.due_if_it_arises(generation),
            Some((_, Value::Uncomputable(causes))) => Due::Uncomputable(causes, None),
            Some(_) => Due::Unknown,
            None => Due::Absent,
        }
    }

    /// When the deadline would end, whatever its condition says.
    fn due_if_it_arises(&mut self, generation: &Generation) -> Due {
        let due = match generation.term {
            Term::Day(node) => match day(self.value(node)) {
                Ok(due) => Due::Known { earliest: None, due },
                Err(none) => none,
            },
            Term::After { least, most, base } => self.after(least, most, base),
        };
        if generation.rolled { self.rolled(due) } else { due }
    }

    /// Earliest after earliest, latest after latest.
    fn after(&mut self, least: NodeId, most: Option<NodeId>, base: Base) -> Due {
        let (first, last) = match base {
            Base::Day(node) => match day(self.value(node)) {
                Ok(day) => (None, day),
                Err(none) => return none,
            },
            Base::Deadline(n) => match self.due(n) {
                Due::Known { earliest, due } => (earliest, due),
                Due::Uncomputable(causes, _) => return Due::Uncomputable(causes, None),
                other => return other,
            },
        };
        let spans = most.is_some() || first.is_some();
        let least = self.value(least);
        let most = most.map_or(least, |node| self.value(node));
        let mut left = Unsettled::default();
        left.note(least);
        left.note(most);
        let (Value::Period(least), Value::Period(most)) = (least, most) else {
            return match left.or(Value::None) {
                Value::Uncomputable(causes) => Due::Uncomputable(causes, None),
                Value::None => Due::Absent,
                _ => Due::Unknown,
            };
        };
        let earliest = if spans { self.day_after(least, first.unwrap_or(last)).map(Some) } else { Ok(None) };
        match (earliest, self.day_after(most, last)) {
            (Ok(earliest), Ok(due)) => Due::Known { earliest, due },
            (Err(causes), _) | (_, Err(causes)) => Due::Uncomputable(causes, None),
        }
    }

    /// The nodes that the deadline hangs on, of the generations that are or may be in force.
    pub fn under_deadline(&mut self, deadline: u16) -> Vec<NodeId> {
        let program = self.program;
        let mut nodes = Vec::new();
        let mut waiting = BTreeSet::from([deadline]);
        while let Some(n) = waiting.pop_last() {
            let declared = program.deadlines.get(usize::from(n));
            for generation in declared.map_or(&[][..], |d| &d.generations) {
                if self.gate(generation.gate).is_no() {
                    continue;
                }
                generation.each(&mut |node| nodes.push(node));
                waiting.extend(generation.counts_from().filter(|earlier| *earlier < n));
            }
        }
        nodes
    }

    fn rolled(&self, due: Due) -> Due {
        let Due::Known { earliest, due } = due else {
            return due;
        };
        let calendar = self.program.calendar.as_ref();
        let roll = |day: Date| calendar.and_then(|c| c.roll(day));
        match (roll(due), earliest.map(roll)) {
            (Some(rolled), None) => Due::Known { earliest: None, due: rolled },
            (Some(rolled), Some(Some(first))) => Due::Known { earliest: Some(first), due: rolled },
            _ => Due::Uncomputable(Causes::CALENDAR, Some(due)),
        }
    }

    /// Is the day in time? Where no deadline arises it is; a day up to the unrolled last one is, whatever the
    /// calendar says.
    pub(super) fn in_time(&mut self, deadline: u16, node: NodeId) -> Value {
        let declared = self.program.deadlines.get(usize::from(deadline));
        let day = self.value(node);
        let mut left = Unsettled::default();
        for generation in declared.map_or(&[][..], |d| &d.generations) {
            let gate = self.gate(generation.gate);
            if gate.is_no() {
                continue;
            }
            let due = self.due_if_it_arises(generation);
            let in_time = meets(due, day);
            if in_time.is_yes() {
                continue;
            }
            // Both are noted: each may be what is missing.
            let arises = left.note(gate);
            if left.note(in_time) && arises {
                return in_time;
            }
        }
        left.or(Value::Bool(true))
    }
}

fn meets(due: Due, day: Value) -> Value {
    match (due, day) {
        (Due::Absent, _) => Value::Bool(true),
        (_, Value::Unknown) | (Due::Unknown, _) => Value::Unknown,
        (Due::Uncomputable(_, Some(unrolled)), Value::Date(day)) if day <= unrolled => Value::Bool(true),
        (Due::Uncomputable(causes, _), Value::Uncomputable(more)) => Value::Uncomputable(causes.with(more)),
        (Due::Uncomputable(causes, _), _) | (_, Value::Uncomputable(causes)) => Value::Uncomputable(causes),
        (Due::Known { due, .. }, Value::Date(day)) => Value::Bool(day <= due),
        (Due::Known { .. }, _) => Value::Bool(false),
    }
}

fn day(value: Value) -> Result<Date, Due> {
    match value {
        Value::Date(day) => Ok(day),
        Value::None => Err(Due::Absent),
        Value::Uncomputable(causes) => Err(Due::Uncomputable(causes, None)),
        _ => Err(Due::Unknown),
    }
}
