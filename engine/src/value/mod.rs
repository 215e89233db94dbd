//! Values: what facts and expressions can be, and their exact arithmetic.

pub mod calendar;
pub mod date;
pub mod effect;
pub mod identifiers;
pub mod number;
pub mod period;
pub mod text;

pub use calendar::Calendar;
pub use date::Date;
pub use effect::Effect;
pub use number::Number;
pub use period::Period;

use serde::{Deserialize, Serialize};

/// Number of a name (an enum member, a document kind …) in the program's table of symbols.
pub type Symbol = u16;

/// A run of bytes in the text pool of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRef {
    /// First byte.
    pub start: u32,
    /// Length in bytes.
    pub len: u32,
}

/// A list: rows of `width` cells each in the cell pool of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListRef {
    /// First cell.
    pub start: u32,
    /// Number of rows.
    pub len: u32,
    /// Cells in a row.
    pub width: u32,
}

/// Why something cannot be computed: a set, as several causes can meet in one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Causes(u8);

impl Causes {
    /// A reason of the policy already speaks for it.
    pub const SAID: Self = Self(0);
    /// No parameter in force, overflow, division by zero, an inexact result, a conflict.
    pub const RULE: Self = Self(1);
    /// A day outside the calendar's years.
    pub const CALENDAR: Self = Self(2);

    /// Both sets together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Is this cause among them?
    #[must_use]
    pub fn has(self, cause: Self) -> bool {
        self.0 & cause.0 != 0
    }
}

/// What a fact or an expression is worth: a known value, none, unknown or uncomputable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Not told yet.
    Unknown,
    /// Cannot be computed.
    Uncomputable(Causes),
    /// Known to be none.
    None,
    /// Yes or no.
    Bool(bool),
    /// A number of any kind: plain, whole, money, percent or a quantity; its type tells which.
    Number(Number),
    /// A day.
    Date(Date),
    /// A length of time.
    Period(Period),
    /// A text.
    Text(TextRef),
    /// A member of an enum.
    Choice(Symbol),
    /// A list, or a set of choices.
    List(ListRef),
    /// One row of a list of records: its first cell.
    Row(u32),
    /// One submitted document: its number in the claim.
    Document(u32),
}

impl Value {
    /// Is it yes?
    #[must_use]
    pub fn is_yes(self) -> bool {
        matches!(self, Self::Bool(true))
    }

    /// Is it no?
    #[must_use]
    pub fn is_no(self) -> bool {
        matches!(self, Self::Bool(false))
    }

    /// Is it known to be none?
    #[must_use]
    pub fn is_none(self) -> bool {
        matches!(self, Self::None)
    }

    /// Known or none: settled for good.
    #[must_use]
    pub fn is_settled(self) -> bool {
        !matches!(self, Self::Unknown | Self::Uncomputable(_))
    }
}
