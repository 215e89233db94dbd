//! PROGRAM: a compiled policy as plain data in flat tables, and its encoding.
//!
//! Nodes stand in one table and name their operands by number; an operand always stands before the node that
//! needs it, so evaluation ends, and its depth is known when the program is read.

/// Generations of one rule.
pub const MAX_GENERATIONS: usize = 64;

pub mod award;
pub mod deadline;
pub mod document;
pub mod encoding;

pub mod expression;
pub mod fact;
pub mod message;
pub mod parameter;
pub mod reason;
pub mod repeat;
mod verify;

pub use expression::{Node, NodeId};
pub use fact::{Fact, Type};

use crate::value::{Calendar, Date};
use serde::{Deserialize, Serialize};

/// A compiled policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// The policy's name, e.g. `ru.hearing_aid.compensation`.
    pub name: String,
    /// Its title in every locale.
    pub title: message::Texts,
    /// Its locales; the first is the default.
    pub locales: Vec<String>,
    /// The currency of its money, e.g. `RUB`.
    pub currency: Option<String>,
    /// When the policy as a whole is in force.
    pub window: Option<Window>,
    /// The calendar of its working days.
    pub calendar: Option<Calendar>,
    /// The fact that is its governing date.
    pub governed: fact::FactId,
    /// The standard facts, where they stand.
    pub standard: fact::Standard,
    /// Names of enum members, document kinds and the like.
    pub symbols: Vec<String>,
    /// Texts that conditions compare with, one after another.
    pub constants: String,
    /// The facts.
    pub facts: Vec<Fact>,
    /// The records of a claim; the first is the claim itself.
    pub shapes: Vec<fact::Shape>,
    /// The rows of lists.
    pub rows: Vec<fact::Row>,
    /// The enums.
    pub choices: Vec<fact::Choices>,
    /// The units, as each locale writes them.
    pub units: Vec<fact::Unit>,
    /// The expressions.
    pub nodes: Vec<Node>,
    /// Values computed once: definitions, award lines, outputs.
    pub definitions: Vec<expression::Definition>,
    /// The functions.
    pub functions: Vec<expression::Function>,
    /// The dated parameters.
    pub parameters: Vec<parameter::Parameter>,
    /// What each way of filing asks of documents; in the order of the fact `filing.channel`.
    pub channels: Vec<document::Channel>,
    /// The documents in the order of the decision.
    pub documents: Vec<document::Document>,
    /// The one-of groups.
    pub groups: Vec<document::Group>,
    /// The sources that reasons cite.
    pub sources: Vec<reason::Source>,
    /// The reasons.
    pub reasons: Vec<reason::Reason>,
    /// Where reasons are raised, in the order of the text.
    pub raises: Vec<reason::Raise>,
    /// Deadlines and stages, in the order of the text.
    pub deadlines: Vec<deadline::Deadline>,
    /// The repeat rule: one for each time.
    pub repeats: Vec<repeat::Repeat>,
    /// The award: one for each time.
    pub awards: Vec<award::Award>,
    /// The outputs.
    pub outputs: Vec<award::Output>,
    /// Where conditions stand in the text.
    pub places: Vec<expression::Place>,
}

/// Days between which something is in force, both inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

impl Program {
    /// The position of a locale, or of the first where none is asked.
    #[must_use]
    pub fn locale(&self, asked: Option<&str>) -> Option<usize> {
        match asked {
            None => Some(0),
            Some(asked) => self.locales.iter().position(|l| l == asked),
        }
    }

    /// The name behind a symbol.
    #[must_use]
    pub fn symbol(&self, symbol: crate::value::Symbol) -> &str {
        self.symbols.get(usize::from(symbol)).map_or("", String::as_str)
    }
}
