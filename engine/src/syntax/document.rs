//! Documents, one-of groups and channels: what must be handed in, and in which shape.

use super::expression::{boxed, clause, read_number};
use super::fact::{FactType, take_type};
use super::header::{Window, read_window};
use super::message::{Texts, read_texts};
use super::reader::{Pair, Reader, Rule, all, one, parts};
use super::{Expr, Name};
use crate::source::{Span, Spanned};
use crate::value::Number;

/// `document NAME { clauses }`.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its kind.
    pub name: Name,
    /// When it is in force.
    pub window: Option<Window>,
    /// What is said about it.
    pub clauses: Vec<Clause>,
}

/// `one of NAME { members } { common clauses }`.
#[derive(Debug, Clone)]
pub struct Group {
    /// The group's name.
    pub name: Name,
    /// When it is in force.
    pub window: Option<Window>,
    /// The kinds of which one is enough.
    pub members: Vec<Name>,
    /// What holds for every member.
    pub clauses: Vec<Clause>,
}

/// `channel NAME { clauses }`: what a way of filing asks of every document.
#[derive(Debug, Clone)]
pub struct Channel {
    /// Its name.
    pub name: Name,
    /// When it is in force.
    pub window: Option<Window>,
    /// What it asks.
    pub clauses: Vec<Clause>,
}

/// One thing said about a document.
#[derive(Debug, Clone)]
pub struct Clause {
    /// What is said.
    pub kind: ClauseKind,
    /// Only under this condition.
    pub when: Option<Expr>,
    /// Its place.
    pub span: Span,
}

/// What can be said about a document.
#[derive(Debug, Clone)]
pub enum ClauseKind {
    /// Its title.
    Title(Texts),
    /// It must be there.
    Required,
    /// It may be there.
    Optional,
    /// Signed.
    Signed,
    /// Sealed.
    Sealed,
    /// The original.
    Original,
    /// Issued within a period before or after a day.
    IssuedWithin(Expr),
    /// Issued later than a day.
    IssuedAfter(Expr),
    /// Valid until this day at least; the flag: only if the day is given.
    Expires(Expr, bool),
    /// One of these formats.
    Formats(Vec<Name>),
    /// At most this size, with its unit.
    AtMost(Option<Number>, Name),
    /// At least this resolution, with its unit.
    AtLeast(Option<Number>, Name),
    /// Fields that must be filled in.
    Fields(Vec<Field>),
}

/// A field of a document.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// How people read it.
    pub label: Option<Texts>,
    /// Its type; text where none is said.
    pub fact_type: Option<FactType>,
    /// What it must say.
    pub equal_to: Option<Expr>,
}

pub(super) fn read_document(r: &mut Reader<'_>, pair: Pair<'_>) -> Document {
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let window = read_window(r, &mut inner);
    Document { name, window, clauses: read_clauses(r, inner) }
}

pub(super) fn read_group(r: &mut Reader<'_>, pair: Pair<'_>) -> Group {
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let window = read_window(r, &mut inner);
    let clauses = one(&mut inner, Rule::clauses).map(parts).unwrap_or_default();
    let members = all(&mut inner, Rule::name).iter().map(|m| r.name(m)).collect();
    Group { name, window, members, clauses: read_clauses(r, clauses) }
}

pub(super) fn read_channel(r: &mut Reader<'_>, pair: Pair<'_>) -> Channel {
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let window = read_window(r, &mut inner);
    Channel { name, window, clauses: read_clauses(r, inner) }
}

/// Reads the clauses among the parts; marks such as `signed, sealed` become one clause each.
pub(super) fn read_clauses(r: &mut Reader<'_>, mut inner: Vec<Pair<'_>>) -> Vec<Clause> {
    let mut clauses = Vec::new();
    for pair in all(&mut inner, Rule::clause) {
        let span = r.span(&pair);
        let Some(clause) = parts(pair).into_iter().next() else {
            continue;
        };
        let rule = clause.as_rule();
        let mut inner = parts(clause);
        let when = super::expression::clause(r, &mut inner, Rule::when_clause).map(|b| *b);
        let mut add = |kind: ClauseKind, span: Span| clauses.push(Clause { kind, when: when.clone(), span });
        if rule == Rule::marks {
            for mark in all(&mut inner, Rule::mark) {
                add(read_mark(mark.as_str().trim()), r.span(&mark));
            }
        } else if let Some(kind) = read_kind(r, rule, inner) {
            add(kind, span);
        }
    }
    clauses
}

fn read_mark(mark: &str) -> ClauseKind {
    match mark {
        "signed" => ClauseKind::Signed,
        "sealed" => ClauseKind::Sealed,
        _ => ClauseKind::Original,
    }
}

fn read_kind(r: &mut Reader<'_>, rule: Rule, mut inner: Vec<Pair<'_>>) -> Option<ClauseKind> {
    Some(match rule {
        Rule::title => ClauseKind::Title(read_texts(r, one(&mut inner, Rule::texts)?)),
        Rule::required => ClauseKind::Required,
        Rule::optional => ClauseKind::Optional,
        Rule::issued_within => ClauseKind::IssuedWithin(*boxed(r, &mut inner)?),
        Rule::issued_after => ClauseKind::IssuedAfter(*boxed(r, &mut inner)?),
        Rule::expires => {
            let if_given = one(&mut inner, Rule::if_given).is_some();
            ClauseKind::Expires(*boxed(r, &mut inner)?, if_given)
        }
        Rule::formats => ClauseKind::Formats(all(&mut inner, Rule::word).iter().map(|w| r.name(w)).collect()),
        Rule::at_most_size | Rule::at_least_resolution => {
            let digits = r.named(&mut inner, Rule::digits);
            let number = read_number(r, &digits.node, digits.span);
            let unit = r.named(&mut inner, Rule::word);
            if rule == Rule::at_most_size {
                ClauseKind::AtMost(number, unit)
            } else {
                ClauseKind::AtLeast(number, unit)
            }
        }
        Rule::fields => ClauseKind::Fields(
            all(&mut inner, Rule::field_declaration)
                .into_iter()
                .map(|f| {
                    let mut f = parts(f);
                    let name = r.named(&mut f, Rule::name);
                    let label = one(&mut f, Rule::texts).map(|t| read_texts(r, t));
                    let fact_type = take_type(r, &mut f);
                    let equal_to = clause(r, &mut f, Rule::equal_to).map(|b| *b);
                    Field { name, label, fact_type, equal_to }
                })
                .collect(),
        ),
        _ => return None,
    })
}

/// A name at its place, for clauses made by `use`.
pub(super) fn spanned_names(r: &Reader<'_>, inner: &mut Vec<Pair<'_>>) -> Vec<Spanned<String>> {
    all(inner, Rule::name).iter().map(|n| r.name(n)).collect()
}
