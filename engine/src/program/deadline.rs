//! Deadlines and stages.

use super::message::Texts;
use super::{NodeId, Program};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A deadline or a stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deadline {
    /// Its name.
    pub name: String,
    /// What counts at different times, in the order of the text.
    pub generations: Vec<Generation>,
}

/// What a deadline is as long as its gate is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Generation {
    /// How people read it.
    pub label: Texts,
    /// When it ends.
    pub term: Term,
    /// Does a last day that is not worked move to the next one?
    pub rolled: bool,
    /// Does it arise only under a condition?
    pub gate: Option<NodeId>,
    /// Where it stands.
    pub place: String,
}

/// When a deadline ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Term {
    /// On a day.
    Day(NodeId),
    /// A period after something; two periods make a span of days.
    After {
        /// The least period.
        least: NodeId,
        /// The greatest, where it is another.
        most: Option<NodeId>,
        /// After what.
        base: Base,
    },
}

/// What a deadline counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Base {
    /// A day.
    Day(NodeId),
    /// An earlier deadline.
    Deadline(u16),
}

impl Generation {
    /// The earlier deadline that it counts from, if it does.
    #[must_use]
    pub fn counts_from(&self) -> Option<u16> {
        match self.term {
            Term::After { base: Base::Deadline(earlier), .. } => Some(earlier),
            Term::After { base: Base::Day(_), .. } | Term::Day(_) => None,
        }
    }

    /// The nodes that it hangs on itself.
    pub fn each(&self, f: &mut dyn FnMut(NodeId)) {
        self.gate.into_iter().for_each(&mut *f);
        match self.term {
            Term::Day(node) => f(node),
            Term::After { least, most, base } => {
                f(least);
                most.into_iter().for_each(&mut *f);
                if let Base::Day(node) = base {
                    f(node);
                }
            }
        }
    }
}

impl Program {
    /// Every node that a deadline hangs on, those of the deadlines it counts from included; `NodeId::MAX` stands for
    /// a deadline that is not there, or not an earlier one.
    pub fn each_under_deadline(&self, deadline: u16, f: &mut dyn FnMut(NodeId)) {
        let mut waiting = BTreeSet::from([deadline]);
        while let Some(n) = waiting.pop_last() {
            let Some(declared) = self.deadlines.get(usize::from(n)) else {
                f(NodeId::MAX);
                continue;
            };
            for generation in &declared.generations {
                generation.each(f);
                match generation.counts_from() {
                    Some(earlier) if earlier < n => _ = waiting.insert(earlier),
                    Some(_) => f(NodeId::MAX),
                    None => {}
                }
            }
        }
    }
}
