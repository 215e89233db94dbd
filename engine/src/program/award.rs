//! The award and the outputs.

use super::NodeId;
use super::fact::Type;
use super::message::Texts;
use serde::{Deserialize, Serialize};

/// The award.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Award {
    /// Is there one only under a condition?
    pub gate: Option<NodeId>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// The line that is paid.
    pub amount: u16,
    /// The raises that say why the award cannot be computed.
    pub said: Vec<u16>,
}

/// One line of an award.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// How people read it.
    pub label: Texts,
    /// Its value.
    pub node: NodeId,
}

/// An output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// Its name.
    pub name: String,
    /// How people read it.
    pub label: Texts,
    /// Its type.
    pub output_type: OutputType,
    /// Is it in force?
    pub gate: Option<NodeId>,
    /// Its value.
    pub node: NodeId,
}

/// The type of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutputType {
    /// One value.
    One(Type),
    /// A list of values.
    Many(Type),
}
