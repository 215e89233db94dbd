//! What a form needs to be drawn: every fact and document that an application can tell, in one locale.
//!
//! A form is a policy's face before anything is told; what to ask *next* stands in [`crate::Decision::questions`].

mod document;
mod labels;

use crate::decision::ask::{Ask, kind};
use crate::decision::award::OutputValue;
use crate::decision::{Choice, DecideError, Kind, locale};
use crate::policy::Policy;
use crate::program::expression::Constant;
use crate::program::fact::{Column, Fact, Type};
use crate::program::{Program, document::Field};
use serde::Serialize;

pub use document::{Accepts, FormDocument, FormNeed};
pub use labels::{FormOutput, Label};

/// Everything that an application for a policy can tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Form<'p> {
    /// The policy's name.
    pub policy: &'p str,
    /// Its title.
    pub title: &'p str,
    /// The locale of the texts.
    pub locale: &'p str,
    /// The policy's locales; the first is the default.
    pub locales: &'p [String],
    /// The currency of its money.
    pub currency: Option<&'p str>,
    /// The path of the fact that is the governing date.
    pub governed_by: &'p str,
    /// The facts, `today` among them, in the order of the policy.
    pub facts: Vec<FormFact<'p>>,
    /// The documents, in the order of the policy.
    pub documents: Vec<FormDocument<'p>>,
    /// How people read the lines of the award.
    pub lines: Vec<Label<'p>>,
    /// How people read the outputs.
    pub outputs: Vec<FormOutput<'p>>,
    /// How people read the deadlines.
    pub deadlines: Vec<Label<'p>>,
    /// The titles of the sources that reasons cite.
    pub sources: Vec<Label<'p>>,
}

/// A fact, a column of a list's rows, or a field of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormFact<'p> {
    /// Its dotted path in the claim, in the row or among the document's fields.
    pub fact: &'p str,
    /// What kind of answer it takes.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The unit of a quantity, as policies name it, or the currency of money.
    pub unit: Option<&'p str>,
    /// How people of the locale write the unit.
    pub unit_text: Option<&'p str>,
    /// A short name.
    pub label: Option<&'p str>,
    /// The question in words, else the label, else the path.
    pub text: &'p str,
    /// What can be chosen.
    pub options: Vec<Choice<'p>>,
    /// May it be `null`: known to be none?
    pub may_be_none: bool,
    /// What counts where it is not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub default: Option<OutputValue>,
    /// The columns of a list's rows; a list of plain values has one, whose path is empty.
    pub fields: Vec<Self>,
}

/// The form of a policy; its first locale where none is asked.
///
/// # Errors
/// The policy does not have the locale.
pub fn form<'p>(policy: &'p Policy, asked: Option<&str>) -> Result<Form<'p>, DecideError> {
    let program = policy.program();
    let ask = Ask { program, locale: program.known_locale(asked)? };
    let path = |n: u16| program.facts.get(usize::from(n)).map_or("", |f| f.path.as_str());
    Ok(Form {
        policy: &program.name,
        title: ask.words(&[&program.title], &program.name),
        locale: program.locales.get(ask.locale).map_or("", String::as_str),
        locales: &program.locales,
        currency: program.currency.as_deref(),
        governed_by: path(program.governed),
        facts: program.facts.iter().map(|f| fact(ask, f)).collect(),
        documents: document::documents(ask),
        lines: labels::lines(ask),
        outputs: labels::outputs(ask),
        deadlines: labels::deadlines(ask),
        sources: labels::sources(ask),
    })
}

fn fact<'p>(ask: Ask<'p>, declared: &'p Fact) -> FormFact<'p> {
    let fields = match declared.fact_type {
        Type::List(row) => ask.program.rows.get(usize::from(row)).map_or(&[][..], |r| &r.columns),
        _ => &[],
    };
    FormFact {
        label: Some(ask.text(&declared.label)).filter(|l| !l.is_empty()),
        text: ask.words(&[&declared.ask, &declared.label], &declared.path),
        may_be_none: declared.or_none,
        default: declared.default.map(|c| value(ask.program, c, declared.fact_type)),
        fields: fields.iter().map(|c| column(ask, c)).collect(),
        ..plain(ask, &declared.path, declared.fact_type)
    }
}

fn column<'p>(ask: Ask<'p>, column: &'p Column) -> FormFact<'p> {
    FormFact {
        may_be_none: column.or_none,
        default: column.default.map(|c| value(ask.program, c, column.fact_type)),
        label: Some(ask.text(&column.label)).filter(|l| !l.is_empty()),
        text: ask.words(&[&column.label], &column.path),
        ..plain(ask, &column.path, column.fact_type)
    }
}

fn field<'p>(ask: Ask<'p>, field: &'p Field) -> FormFact<'p> {
    let name = ask.program.symbol(field.name);
    FormFact {
        label: Some(ask.text(&field.label)).filter(|l| !l.is_empty()),
        text: ask.words(&[&field.label], name),
        ..plain(ask, name, field.fact_type)
    }
}

/// What a type alone tells.
fn plain<'p>(ask: Ask<'p>, path: &'p str, of: Type) -> FormFact<'p> {
    let unit_text = match of {
        Type::Number(Some(unit)) => ask.program.units.get(usize::from(unit)).map(|u| ask.words(&[&u.texts], &u.name)),
        _ => None,
    };
    FormFact {
        fact: path,
        kind: kind(of),
        unit: ask.unit(of),
        unit_text,
        label: None,
        text: path,
        options: ask.options(of),
        may_be_none: false,
        default: None,
        fields: Vec::new(),
    }
}

/// A constant as a claim tells it.
fn value(program: &Program, constant: Constant, of: Type) -> OutputValue {
    let mut out = String::new();
    match constant {
        Constant::None => return OutputValue::Null,
        Constant::Bool(b) => return OutputValue::Bool(b),
        Constant::EmptyList => return OutputValue::List(Vec::new()),
        Constant::Number(n) if of == Type::Money => n.write_money(&mut out),
        Constant::Number(n) => n.write_plain(&mut out),
        Constant::Date(d) => out = d.to_string(),
        Constant::Period(p) => out = locale::period(p, "en"),
        Constant::Choice(c) => out.push_str(program.symbol(c)),
        Constant::Text(t) => {
            let end = t.start.saturating_add(t.len) as usize;
            out.push_str(program.constants.get(t.start as usize..end).unwrap_or_default());
        }
    }
    OutputValue::Text(out)
}
