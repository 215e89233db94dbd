//! Expressions as nodes in one table.

use super::Type;
use crate::value::identifiers::Identifier;
use crate::value::number::Rounding;
use crate::value::period::PeriodUnit;
use crate::value::{Date, Number, Period, Symbol, TextRef, Value};
use serde::{Deserialize, Serialize};

/// Number of a node.
pub type NodeId = u32;

/// A value known when the policy is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the variants are values")]
pub enum Constant {
    None,
    Bool(bool),
    Number(Number),
    Date(Date),
    Period(Period),
    /// A stretch of the program's constants.
    Text(TextRef),
    Choice(Symbol),
    EmptyList,
}

impl Constant {
    /// The constant as a value; texts lie at the front of every decision's pool.
    #[must_use]
    pub fn value(self) -> Value {
        match self {
            Self::None => Value::None,
            Self::Bool(b) => Value::Bool(b),
            Self::Number(n) => Value::Number(n),
            Self::Date(d) => Value::Date(d),
            Self::Period(p) => Value::Period(p),
            Self::Text(t) => Value::Text(t),
            Self::Choice(c) => Value::Choice(c),
            Self::EmptyList => Value::List(crate::value::ListRef { start: 0, len: 0, width: 1 }),
        }
    }
}

/// One step of an expression. Operands stand before it in the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are named as the language names them")]
pub enum Node {
    Constant(Constant),
    Fact(u16),
    /// A bound name or a function's parameter.
    Local(u8),
    /// A column of a row.
    Column {
        row: NodeId,
        column: u16,
    },
    /// A field of a submitted document.
    DocumentField {
        document: NodeId,
        field: DocumentField,
    },
    /// A value that is computed once.
    Definition(u16),
    Call {
        function: u16,
        arguments: Vec<NodeId>,
    },
    All(Vec<NodeId>),
    Any(Vec<NodeId>),
    Not(NodeId),
    Compare {
        how: Comparison,
        left: NodeId,
        right: NodeId,
    },
    /// `value in {…}`.
    Among {
        value: NodeId,
        members: Vec<NodeId>,
    },
    /// `value in list`.
    InList {
        value: NodeId,
        list: NodeId,
    },
    /// `day within period before (or after) anchor`.
    Within {
        day: NodeId,
        period: NodeId,
        anchor: NodeId,
        before: bool,
    },
    Given(NodeId),
    OrElse {
        value: NodeId,
        otherwise: NodeId,
    },
    If {
        arms: Vec<(NodeId, NodeId)>,
        otherwise: NodeId,
    },
    /// A decision table: condition and value of each row.
    Table {
        hit: Hit,
        rows: Vec<(NodeId, NodeId)>,
    },
    /// A value with exceptions that must not contradict each other.
    Exceptions {
        base: NodeId,
        exceptions: Vec<(NodeId, NodeId)>,
    },
    Arithmetic {
        operator: Arithmetic,
        left: NodeId,
        right: NodeId,
    },
    /// A percentage as a factor.
    Hundredth(NodeId),
    Negative(NodeId),
    Least(Vec<NodeId>),
    Greatest(Vec<NodeId>),
    Round {
        value: NodeId,
        step: NodeId,
        how: Rounding,
    },
    PeriodOf {
        count: NodeId,
        unit: PeriodUnit,
    },
    /// A day so much later, or earlier.
    Shift {
        day: NodeId,
        period: NodeId,
        back: bool,
    },
    Elapsed {
        unit: PeriodUnit,
        from: NodeId,
        to: NodeId,
    },
    DatePart {
        part: DatePart,
        day: NodeId,
    },
    DayOfYear {
        day: u32,
        month: u32,
        year: NodeId,
    },
    /// Between two days, both inside; either may be missing.
    InWindow {
        day: NodeId,
        from: Option<Date>,
        until: Option<Date>,
    },
    Lookup {
        parameter: u16,
        keys: Vec<NodeId>,
        day: NodeId,
    },
    InForce {
        parameter: u16,
        keys: Vec<NodeId>,
        day: NodeId,
    },
    /// Items, each perhaps under a condition.
    List(Vec<(NodeId, Option<NodeId>)>),
    Distinct(NodeId),
    Quantified {
        quantifier: Quantifier,
        binders: Vec<(u8, NodeId)>,
        filter: Option<NodeId>,
        body: Option<NodeId>,
    },
    Aggregate {
        kind: Aggregate,
        local: u8,
        list: NodeId,
        filter: Option<NodeId>,
        value: NodeId,
    },
    /// The copies handed in of these documents.
    Submitted(Vec<u16>),
    /// Is one of these documents accepted?
    Accepted(Vec<u16>),
    /// Is the outcome among these?
    Outcome(Vec<Outcome>),
    Valid {
        identifier: Identifier,
        value: NodeId,
        companion: Option<NodeId>,
    },
    /// Is the day in time for the deadline?
    InTime {
        deadline: u16,
        day: NodeId,
    },
}

/// What can be asked of a submitted document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the variants are the attributes of a submitted document")]
pub enum DocumentField {
    /// A declared field, by its name.
    Named(Symbol),
    Kind,
    Format,
    Size,
    Resolution,
    Issued,
    Expires,
    Original,
    Signed,
    Sealed,
    Legible,
}

impl DocumentField {
    /// What every submitted document tells of itself: its name in a claim and in the language, and its type.
    pub const OWN: [(&'static str, Self, Type); 10] = [
        ("kind", Self::Kind, Type::Text),
        ("format", Self::Format, Type::Text),
        ("size", Self::Size, Type::Number(None)),
        ("resolution", Self::Resolution, Type::Number(None)),
        ("issued", Self::Issued, Type::Date),
        ("expires", Self::Expires, Type::Date),
        ("original", Self::Original, Type::YesNo),
        ("signed", Self::Signed, Type::YesNo),
        ("sealed", Self::Sealed, Type::YesNo),
        ("legible", Self::Legible, Type::YesNo),
    ];
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the operators'")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
    SameName,
    SameText,
    StartsWith,
}

/// Arithmetic between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the operators'")]
pub enum Arithmetic {
    Plus,
    Minus,
    Times,
    Over,
}

/// Which row of a table counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the words'")]
pub enum Hit {
    First,
    Unique,
    Collect,
}

/// What is asked of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the words'")]
pub enum Quantifier {
    Any,
    All,
    No,
    Count,
    First,
    Last,
}

/// What is made of a list's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the words'")]
pub enum Aggregate {
    Sum,
    Min,
    Max,
    Collect,
}

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the words'")]
pub enum DatePart {
    Year,
    Month,
    Day,
}

/// What becomes of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the contract's")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Outcome {
    Granted,
    Refused,
    Incomplete,
    Review,
    Undetermined,
}

impl Outcome {
    /// Every outcome with its name in the contract.
    pub const ALL: [(&'static str, Self); 5] = [
        ("granted", Self::Granted),
        ("refused", Self::Refused),
        ("incomplete", Self::Incomplete),
        ("review", Self::Review),
        ("undetermined", Self::Undetermined),
    ];

    /// Its name in the contract.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, o)| *o == self).map_or("", |(name, _)| name)
    }
}

/// A named value that is computed once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// Its type, for the trace; `None` for lists of records and the like.
    pub value_type: Option<Type>,
    /// Its value.
    pub node: NodeId,
    /// Where it is declared.
    pub place: String,
}

/// A function: its parameters are the first locals of its body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// How many locals its body uses, parameters included.
    pub locals: u8,
    /// Its value.
    pub body: NodeId,
}

/// Where a condition stands in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The condition's node.
    pub node: NodeId,
    /// The file's name, line and column: `compensation.duly:41:3`.
    pub at: String,
    /// The text, on one line.
    pub says: String,
}

impl Node {
    /// Visits the operands.
    pub fn each(&self, visit: &mut dyn FnMut(NodeId)) {
        match self {
            Self::Constant(_)
            | Self::Fact(_)
            | Self::Local(_)
            | Self::Definition(_)
            | Self::Submitted(_)
            | Self::Accepted(_)
            | Self::Outcome(_) => {}
            Self::Column { row: n, .. }
            | Self::DocumentField { document: n, .. }
            | Self::Not(n)
            | Self::Given(n)
            | Self::Hundredth(n)
            | Self::Negative(n)
            | Self::PeriodOf { count: n, .. }
            | Self::DatePart { day: n, .. }
            | Self::DayOfYear { year: n, .. }
            | Self::InWindow { day: n, .. }
            | Self::Distinct(n)
            | Self::InTime { day: n, .. } => visit(*n),
            Self::Call { arguments: ns, .. } | Self::All(ns) | Self::Any(ns) | Self::Least(ns) | Self::Greatest(ns) => {
                ns.iter().for_each(|n| visit(*n));
            }
            Self::Compare { left: a, right: b, .. }
            | Self::InList { value: a, list: b }
            | Self::OrElse { value: a, otherwise: b }
            | Self::Arithmetic { left: a, right: b, .. }
            | Self::Round { value: a, step: b, .. }
            | Self::Shift { day: a, period: b, .. }
            | Self::Elapsed { from: a, to: b, .. } => {
                visit(*a);
                visit(*b);
            }
            Self::Among { value, members } => {
                visit(*value);
                members.iter().for_each(|n| visit(*n));
            }
            Self::Within { day, period, anchor, .. } => {
                visit(*day);
                visit(*period);
                visit(*anchor);
            }
            Self::If { arms, otherwise: last } | Self::Exceptions { base: last, exceptions: arms } => {
                arms.iter().for_each(|(a, b)| {
                    visit(*a);
                    visit(*b);
                });
                visit(*last);
            }
            Self::Table { rows, .. } => rows.iter().for_each(|(a, b)| {
                visit(*a);
                visit(*b);
            }),
            Self::Lookup { keys, day, .. } | Self::InForce { keys, day, .. } => {
                keys.iter().for_each(|n| visit(*n));
                visit(*day);
            }
            Self::List(items) => items.iter().for_each(|(item, condition)| {
                visit(*item);
                condition.iter().for_each(|n| visit(*n));
            }),
            Self::Quantified { binders, filter, body, .. } => {
                binders.iter().for_each(|(_, n)| visit(*n));
                filter.iter().chain(body).for_each(|n| visit(*n));
            }
            Self::Aggregate { list, filter, value, .. } => {
                visit(*list);
                filter.iter().for_each(|n| visit(*n));
                visit(*value);
            }
            Self::Valid { value, companion, .. } => {
                visit(*value);
                companion.iter().for_each(|n| visit(*n));
            }
        }
    }
}
