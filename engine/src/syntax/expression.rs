//! Expressions: conditions and values.

use super::Name;
use crate::source::Span;
use crate::value::number::Rounding;
use crate::value::period::PeriodUnit;
use crate::value::{Date, Number};

mod read;
pub(super) use read::{boxed, clause, exprs, period_unit, read_date, read_expr, read_number};

/// An expression at its place.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
    /// Levels below and with it.
    levels: u16,
}

/// What an expression says.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are named as the language names them")]
pub enum ExprKind {
    /// Could not be read; already reported.
    Broken,
    Number(Number),
    Percent(Number),
    Quantity(Number, Name),
    Date(Date),
    Text(String),
    YesNo(bool),
    None,
    /// The row above, in a parameter.
    Previous,
    /// A fact, definition, bound name or enum member.
    Path(String),
    Field(Box<Expr>, Name),
    Not(Box<Expr>),
    Negative(Box<Expr>),
    /// `and`, or `all of { … }`.
    AllOf(Vec<Expr>),
    /// `or`, or `any of { … }`.
    AnyOf(Vec<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    If {
        arms: Vec<(Expr, Expr)>,
        otherwise: Box<Expr>,
    },
    Quantified {
        quantifier: Quantifier,
        binders: Vec<Binder>,
        filter: Option<Box<Expr>>,
        body: Option<Box<Expr>>,
    },
    Aggregate {
        kind: Aggregate,
        value: Box<Expr>,
        binder: Box<Binder>,
        filter: Option<Box<Expr>>,
    },
    Distinct(Box<Expr>),
    Elapsed {
        unit: PeriodUnit,
        from: Box<Expr>,
        to: Box<Expr>,
    },
    DatePart {
        part: DatePart,
        of: Box<Expr>,
    },
    DayOfYear {
        day: u32,
        month: u32,
        year: Box<Expr>,
    },
    List(Vec<(Expr, Option<Expr>)>),
    Set(Vec<Expr>),
    Submitted(Name),
    Accepted(Box<Expr>),
    Outcome {
        negated: bool,
        name: Name,
    },
    Lookup {
        parameter: Name,
        keys: Vec<Expr>,
        at: Option<Box<Expr>>,
    },
    InForce {
        lookup: Box<Expr>,
        at: Box<Expr>,
    },
    Call {
        function: Name,
        arguments: Vec<Expr>,
    },
    Given {
        value: Box<Expr>,
        given: bool,
    },
    Valid {
        value: Box<Expr>,
        what: Name,
        companion: Option<Box<Expr>>,
    },
    Rounded {
        value: Box<Expr>,
        how: Rounding,
        step: Box<Expr>,
    },
    PeriodOf(Box<Expr>, PeriodUnit),
}

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the operators'")]
pub enum Operator {
    And,
    Or,
    OrElse,
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
    SameName,
    SameText,
    StartsWith,
    In,
    Within,
    Plus,
    Minus,
    Times,
    Divided,
    After,
    Before,
    /// `of`, as in `within 30 days of`.
    Of,
}

/// What is asked of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the words'")]
pub enum Aggregate {
    Sum,
    Min,
    Max,
    Collect,
}

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the words'")]
pub enum DatePart {
    Year,
    Month,
    Day,
}

/// `NAME in LIST`.
#[derive(Debug, Clone)]
pub struct Binder {
    /// The name of each element in turn.
    pub name: Name,
    /// The list.
    pub list: Expr,
}

impl Expr {
    /// An expression over its operands.
    #[must_use]
    pub fn new(kind: ExprKind, span: Span) -> Self {
        let mut levels = 0;
        kind.each(&mut |e| levels = levels.max(e.levels));
        Self { kind, span, levels: levels.saturating_add(1) }
    }

    /// A bare name.
    #[must_use]
    pub fn path(path: String, span: Span) -> Self {
        Self::new(ExprKind::Path(path), span)
    }
}

impl ExprKind {
    /// Visits the operands in their order in the text.
    pub fn each<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        match self {
            Self::Broken
            | Self::Number(_)
            | Self::Percent(_)
            | Self::Quantity(..)
            | Self::Date(_)
            | Self::Text(_)
            | Self::YesNo(_)
            | Self::None
            | Self::Previous
            | Self::Path(_)
            | Self::Submitted(_)
            | Self::Outcome { .. } => {}
            Self::Field(e, _)
            | Self::Not(e)
            | Self::Negative(e)
            | Self::Distinct(e)
            | Self::Accepted(e)
            | Self::DatePart { of: e, .. }
            | Self::DayOfYear { year: e, .. }
            | Self::Given { value: e, .. }
            | Self::PeriodOf(e, _) => visit(e),
            Self::AllOf(es) | Self::AnyOf(es) | Self::Set(es) => es.iter().for_each(visit),
            Self::Binary(_, a, b)
            | Self::Elapsed { from: a, to: b, .. }
            | Self::InForce { lookup: a, at: b }
            | Self::Rounded { value: a, step: b, .. } => {
                visit(a);
                visit(b);
            }
            Self::If { arms, otherwise } => {
                for (condition, value) in arms {
                    visit(condition);
                    visit(value);
                }
                visit(otherwise);
            }
            Self::Quantified { binders, filter, body, .. } => {
                binders.iter().for_each(|b| visit(&b.list));
                filter.iter().chain(body).for_each(|e| visit(e));
            }
            Self::Aggregate { value, binder, filter, .. } => {
                visit(value);
                visit(&binder.list);
                filter.iter().for_each(|e| visit(e));
            }
            Self::List(items) => {
                for (item, condition) in items {
                    visit(item);
                    condition.iter().for_each(&mut *visit);
                }
            }
            Self::Lookup { keys, at, .. } => {
                keys.iter().for_each(&mut *visit);
                at.iter().for_each(|e| visit(e));
            }
            Self::Call { arguments, .. } => arguments.iter().for_each(visit),
            Self::Valid { value, companion, .. } => {
                visit(value);
                companion.iter().for_each(|e| visit(e));
            }
        }
    }
}
