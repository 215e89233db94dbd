//! Texts per locale, and messages with holes.

use super::NodeId;
use super::fact::Type;
use serde::{Deserialize, Serialize};

/// A plain text in every locale of the policy, in their order; empty where there is none.
pub type Texts = Vec<String>;

/// A message in every locale of the policy.
pub type Messages = Vec<Message>;

/// A message with holes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Message {
    /// Its pieces in their order.
    pub pieces: Vec<Piece>,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// A value, written as the locale writes its type.
    Value(NodeId, Type),
    /// The last day of a deadline.
    Deadline(u16),
    /// The titles of the documents concerned.
    Subjects,
}
