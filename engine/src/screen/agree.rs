//! Facts of one name in several policies: one claim for all must be able to tell them.

use crate::program::fact::{Fact, FactId};
use crate::program::{Program, Type};
use std::collections::BTreeSet;

/// A fact whose type cannot agree with another policy's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement<'p> {
    /// The fact.
    pub fact: FactId,
    /// What it is, in the language's words: `a date`.
    pub own: String,
    /// The other policy.
    pub policy: &'p str,
    /// What it is there.
    pub other: String,
}

/// The facts of a policy that no claim can tell together with those of another: a number here, a date there. Enums
/// may differ in their members, and a whole number is a number.
#[must_use]
pub fn disagreements<'p>(program: &Program, other: &'p Program) -> Vec<Disagreement<'p>> {
    let facts = program.facts.iter().zip(0..);
    let disagreement = |(fact, n): (&Fact, FactId)| {
        let theirs = other.facts.iter().find_map(|theirs| clash((program, fact), (other, theirs)))?;
        let own = name(program, fact.fact_type);
        Some(Disagreement { fact: n, own, policy: &other.name, other: theirs })
    };
    facts.filter_map(disagreement).collect()
}

/// What the other fact is, where both cannot stand in one claim.
fn clash((program, own): (&Program, &Fact), (other, theirs): (&Program, &Fact)) -> Option<String> {
    let inside = |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    if theirs.path == own.path {
        let agreed = agree((program, own.fact_type), (other, theirs.fact_type));
        return (!agreed).then(|| name(other, theirs.fact_type));
    }
    if inside(&own.path, &theirs.path) {
        return Some(format!("a record with `{}`", theirs.path));
    }
    inside(&theirs.path, &own.path).then(|| format!("part of `{}`, which is no record,", theirs.path))
}

fn agree(a: (&Program, Type), b: (&Program, Type)) -> bool {
    let unit = |program: &Program, unit: Option<u16>| {
        unit.and_then(|u| program.units.get(usize::from(u))).map(|u| u.name.clone())
    };
    match (a.1, b.1) {
        (Type::Number(own), Type::Number(other)) => unit(a.0, own) == unit(b.0, other),
        (Type::Number(None), Type::Integer) | (Type::Integer, Type::Number(None)) => true,
        (Type::Choice(_), Type::Choice(_) | Type::Text) | (Type::Text, Type::Choice(_)) => true,
        (Type::Set(_), Type::Set(_)) => true,
        (Type::List(own), Type::List(other)) => rows_agree((a.0, own), (b.0, other), &mut BTreeSet::new()),
        (own, other) => own == other,
    }
}

/// Rows agree where their columns of one name do.
fn rows_agree(a: (&Program, u16), b: (&Program, u16), met: &mut BTreeSet<(u16, u16)>) -> bool {
    // Rows can be met on many ways; once is enough.
    if !met.insert((a.1, b.1)) {
        return true;
    }
    let (Some(own), Some(other)) = (a.0.rows.get(usize::from(a.1)), b.0.rows.get(usize::from(b.1))) else {
        return true;
    };
    own.shape.is_some() == other.shape.is_some()
        && own.columns.iter().all(|column| {
            let mut same = other.columns.iter().filter(|c| c.path == column.path);
            same.all(|c| match (column.fact_type, c.fact_type) {
                (Type::List(own), Type::List(other)) => rows_agree((a.0, own), (b.0, other), met),
                (own, other) => agree((a.0, own), (b.0, other)),
            })
        })
}

/// A type in the language's words.
fn name(program: &Program, of: Type) -> String {
    match of {
        Type::YesNo => "yes or no".into(),
        Type::Number(None) => "a number".into(),
        Type::Number(Some(unit)) => {
            format!("a number in {}", program.units.get(usize::from(unit)).map_or("its unit", |u| u.name.as_str()))
        }
        Type::Integer => "a whole number".into(),
        Type::Money => "money".into(),
        Type::Percent => "a percentage".into(),
        Type::Date => "a date".into(),
        Type::Period => "a period".into(),
        Type::Text => "a text".into(),
        Type::Choice(_) => "one of a list".into(),
        Type::Set(_) => "a set".into(),
        Type::List(_) => "a list of another kind".into(),
    }
}
