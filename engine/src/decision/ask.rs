//! A fact as people are asked for it: the kind of its answer, its unit, its options, the question in words.

use crate::program::Program;
use crate::program::fact::{FactId, Type};
use crate::program::message::Texts;
use serde::Serialize;

/// A fact to ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Question<'p> {
    /// Its dotted path.
    pub fact: &'p str,
    /// What kind of answer it takes.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Its unit.
    pub unit: Option<&'p str>,
    /// What can be chosen.
    pub options: Vec<Choice<'p>>,
    /// May the answer be "none"?
    pub may_be_none: bool,
    /// The question in words.
    pub text: &'p str,
}

/// The kinds of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// A number, in the fact's unit where it has one.
    Number,
    /// A whole number.
    Integer,
    /// An amount in the policy's currency.
    Money,
    /// A percentage: 80 is 80 %.
    Percent,
    /// A day.
    Date,
    /// A length of time.
    Period,
    /// A text.
    Text,
    /// One of the options.
    Choice,
    /// Any of the options.
    Choices,
    /// A list of records.
    List,
}

/// An option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Choice<'p> {
    /// Its name in a claim.
    pub value: &'p str,
    /// How people read it.
    pub text: &'p str,
}

/// Puts what a program says of its facts into the words of one locale.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'p> {
    pub program: &'p Program,
    pub locale: usize,
}

impl<'p> Ask<'p> {
    /// The question for a fact.
    pub fn question(self, fact: FactId) -> Option<Question<'p>> {
        let declared = self.program.facts.get(usize::from(fact))?;
        Some(Question {
            fact: &declared.path,
            kind: kind(declared.fact_type),
            unit: self.unit(declared.fact_type),
            options: self.options(declared.fact_type),
            may_be_none: declared.or_none,
            text: self.words(&[&declared.ask, &declared.label], &declared.path),
        })
    }

    /// The text of the locale.
    pub fn text(self, texts: &'p Texts) -> &'p str {
        texts.get(self.locale).map_or("", String::as_str)
    }

    /// The first text that is written, else the name.
    pub fn words(self, texts: &[&'p Texts], name: &'p str) -> &'p str {
        texts.iter().map(|t| self.text(t)).find(|t| !t.is_empty()).unwrap_or(name)
    }

    /// The name of a quantity's unit, or the currency of money.
    pub fn unit(self, of: Type) -> Option<&'p str> {
        match of {
            Type::Number(Some(unit)) => self.program.units.get(usize::from(unit)).map(|u| u.name.as_str()),
            Type::Money => self.program.currency.as_deref(),
            _ => None,
        }
    }

    /// What can be chosen.
    pub fn options(self, of: Type) -> Vec<Choice<'p>> {
        let (Type::Choice(choices) | Type::Set(choices)) = of else {
            return Vec::new();
        };
        let Some(choices) = self.program.choices.get(usize::from(choices)) else {
            return Vec::new();
        };
        let option = |(n, member): (usize, &u16)| {
            let value = self.program.symbol(*member);
            Choice { value, text: choices.labels.get(n).map_or(value, |label| self.words(&[label], value)) }
        };
        choices.members.iter().enumerate().map(option).collect()
    }
}

/// The kind of answer that a type takes.
pub(crate) fn kind(of: Type) -> Kind {
    match of {
        Type::YesNo => Kind::YesNo,
        Type::Number(_) => Kind::Number,
        Type::Integer => Kind::Integer,
        Type::Money => Kind::Money,
        Type::Percent => Kind::Percent,
        Type::Date => Kind::Date,
        Type::Period => Kind::Period,
        Type::Text => Kind::Text,
        Type::Choice(_) => Kind::Choice,
        Type::Set(_) => Kind::Choices,
        Type::List(_) => Kind::List,
    }
}
