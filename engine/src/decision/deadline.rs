//! The calendar of deadlines and stages.

use super::{Case, Date10};
use crate::eval::deadline::Due;
use serde::Serialize;

/// A deadline that arises and can be computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Deadline<'p> {
    /// Its name.
    pub name: &'p str,
    /// How people read it; not part of the decision's JSON.
    #[serde(skip)]
    pub label: &'p str,
    /// The earliest day of a span; null for a single day.
    pub earliest: Option<Date10>,
    /// The last day.
    pub due: Date10,
}

/// What cannot be computed, or hangs on an unknown fact, is left out: never a guess.
pub(super) fn deadlines<'p>(case: &mut Case<'p>) -> Vec<Deadline<'p>> {
    let program = case.eval.program;
    let mut list = Vec::with_capacity(program.deadlines.len());
    for (deadline, n) in program.deadlines.iter().zip(0..) {
        if let Due::Known { earliest, due } = case.eval.due(n) {
            let generation = case.eval.generation(&deadline.generations, |g| g.gate);
            let label = generation.map_or("", |(g, _)| case.text(&g.label));
            list.push(Deadline { name: &deadline.name, label, earliest: earliest.map(Date10), due: Date10(due) });
        }
    }
    list
}
