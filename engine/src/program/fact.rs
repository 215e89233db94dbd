//! Facts: typed slots that a claim is read into.

use super::expression::Constant;
use super::message::Texts;
use crate::value::Symbol;
use serde::{Deserialize, Serialize};

/// Number of a fact.
pub type FactId = u16;

/// A fact: one slot of a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Its dotted path in a claim.
    pub path: String,
    /// Its type.
    pub fact_type: Type,
    /// May it be `null`?
    pub or_none: bool,
    /// The value of a claim that does not tell it.
    pub default: Option<Constant>,
    /// The question.
    pub ask: Texts,
    /// A short name.
    pub label: Texts,
}

/// The type of a fact, column, document field or output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the variants are the language's types")]
pub enum Type {
    YesNo,
    /// With its unit, a number in the table of units.
    Number(Option<u16>),
    Integer,
    Money,
    Percent,
    Date,
    Period,
    Text,
    /// A member of an enum.
    Choice(u16),
    /// Several members of an enum.
    Set(u16),
    /// A list of rows.
    List(u16),
}

/// The keys of a record in a claim.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shape {
    /// Key and what stands under it, in the order of declaration.
    pub keys: Vec<(String, Slot)>,
}

/// What stands under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slot {
    /// A value: a fact of the claim, or a column of a row.
    Value(u16),
    /// A record.
    Record(u16),
    /// The list of submitted documents.
    Documents,
}

/// The rows of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The keys of a row; none for a list of plain values.
    pub shape: Option<u16>,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A column of a list's rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its dotted path in the row.
    pub path: String,
    /// Its type.
    pub fact_type: Type,
    /// May it be `null`?
    pub or_none: bool,
    /// The value of a row that does not tell it.
    pub default: Option<Constant>,
    /// How people read it.
    pub label: Texts,
}

/// An enum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Its members.
    pub members: Vec<Symbol>,
    /// How people read each member; empty where only the name is known.
    pub labels: Vec<Texts>,
}

/// A unit of measurement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its name in the language.
    pub name: String,
    /// How each locale writes it.
    pub texts: Texts,
}

/// Where the standard facts of an application stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standard {
    /// `today`, which is the governing date where it is not told.
    pub today: FactId,
    /// `filing.channel`, where the policy has channels.
    pub channel: Option<FactId>,
}
