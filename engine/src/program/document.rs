//! Documents, one-of groups and channels.

use super::NodeId;
use super::fact::Type;
use super::message::Texts;
use crate::value::{Number, Symbol};
use serde::{Deserialize, Serialize};

/// A kind of document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Its kind.
    pub kind: Symbol,
    /// The fields it may have.
    pub fields: Vec<Field>,
    /// What is asked of it at different times, in the order of the text.
    pub generations: Vec<Generation>,
}

/// What is asked of a document as long as its gate is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Generation {
    /// Its title.
    pub title: Texts,
    /// Whether it must be there.
    pub need: Need,
    /// Is it looked at only under this condition?
    pub gate: Option<NodeId>,
    /// What is asked of it, in the order of the text; of its fields last.
    pub requirements: Vec<Requirement>,
}

/// Whether a document must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Need {
    /// Always.
    Required,
    /// Under a condition; not looked at otherwise.
    RequiredWhen(NodeId),
    /// It may be there.
    Optional,
    /// One of a group.
    OneOf(u16),
}

/// A field of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    pub name: Symbol,
    /// Its type.
    pub fact_type: Type,
    /// How people read it.
    pub label: Texts,
}

/// One thing asked of a document, perhaps under a condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Requirement {
    /// What is asked.
    pub kind: RequirementKind,
    /// Only under this condition.
    pub when: Option<NodeId>,
}

/// What can be asked of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RequirementKind {
    /// One of these formats.
    Formats(Vec<String>),
    /// At most so many MB.
    Size(Number),
    /// At least so many dpi.
    Resolution(Number),
    /// The original.
    Original,
    /// Signed.
    Signed,
    /// Sealed.
    Sealed,
    /// Issued within a period before (or after) a day.
    IssuedWithin {
        /// The period.
        period: NodeId,
        /// The day.
        anchor: NodeId,
        /// Before it, or after it.
        before: bool,
    },
    /// Issued later than a day.
    IssuedAfter(NodeId),
    /// Valid until a day at least.
    Expires {
        /// The day.
        day: NodeId,
        /// Asked only of a document that tells when it expires.
        if_given: bool,
    },
    /// The field (its number in the document) is filled in.
    Filled(u16),
    /// The field says this.
    Equal(u16, NodeId),
}

/// A one-of group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its documents.
    pub members: Vec<u16>,
    /// Only under this condition; always where there is none.
    pub required: Option<NodeId>,
}

/// A way of filing, and what it asks of every document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Channel {
    /// Its name.
    pub name: Symbol,
    /// What it asks.
    pub requirements: Vec<Requirement>,
}

impl RequirementKind {
    /// Do both ask the same thing, so that one can stand in for the other?
    #[must_use]
    pub fn same_kind(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Is it about a field?
    #[must_use]
    pub fn is_of_field(&self) -> bool {
        matches!(self, Self::Filled(_) | Self::Equal(..))
    }
}
