//! Deadlines and stages.

use super::NodeId;
use super::message::Texts;
use serde::{Deserialize, Serialize};

/// A deadline or a stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deadline {
    /// Its name.
    pub name: String,
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
