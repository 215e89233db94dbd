//! Reasons, and where they are raised.

use super::NodeId;
use super::message::{Messages, Texts};
pub use crate::value::Effect;
use serde::{Deserialize, Serialize};

/// A reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Its code.
    pub code: String,
    /// Its effect.
    pub effect: Effect,
    /// What it says at different times, in the order of the text.
    pub generations: Vec<Generation>,
}

/// What a reason says as long as its gate is open.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Generation {
    /// Does it count only under a condition?
    pub gate: Option<NodeId>,
    /// What is wrong.
    pub message: Messages,
    /// What can be done; empty where nothing is said.
    pub remedy: Messages,
    /// By which rules: source and the place in it.
    pub basis: Vec<(u16, Texts)>,
}

/// A place where a reason is raised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Raise {
    /// The reason.
    pub reason: u16,
    /// When it is raised.
    pub when: When,
    /// Is it raised only under this condition?
    pub gate: Option<NodeId>,
    /// Does the condition read what was submitted? Then it does not count for eligibility.
    pub reads_documents: bool,
    /// The declaration's name, for the trace.
    pub name: String,
    /// Where it stands.
    pub place: String,
}

/// When a reason is raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// When this does not hold.
    Unmet(NodeId),
    /// When a required document is missing.
    DocumentsMissing,
    /// When a submitted document is defective.
    DocumentsDefective,
}

/// A source that reasons cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Texts,
}
