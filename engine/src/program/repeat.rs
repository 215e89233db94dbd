//! The repeat rule.

use super::NodeId;
use serde::{Deserialize, Serialize};

/// When one may ask again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Repeat {
    /// The place where it raises its reason.
    pub raise: u16,
    /// Is it in force?
    pub gate: Option<NodeId>,
    /// The list that is counted.
    pub list: NodeId,
    /// The local that stands for each entry.
    pub local: u8,
    /// Which entries count.
    pub filter: Option<NodeId>,
    /// The day of an entry.
    pub day: NodeId,
    /// Once in this period; once in a calendar year where there is none.
    pub period: Option<NodeId>,
}
