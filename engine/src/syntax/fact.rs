//! Facts: what a claim tells, and the types of values.

use super::message::{Texts, read_label, read_texts};
use super::reader::{Pair, Reader, Rule, all, one, parts};
use super::{Expr, Name};
use crate::source::Span;

/// `fact NAME: TYPE …` or `fact NAME { members }`.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its dotted path.
    pub name: Name,
    /// One value, or a record of members.
    pub shape: Shape,
}

/// One value or several.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the variants are documented at their types")]
pub enum Shape {
    Single(Box<Member>),
    Record(Vec<Member>),
}

/// A named value with its type and texts.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its name; for a single fact the fact's own.
    pub name: Name,
    /// Its type.
    pub fact_type: FactType,
    /// The value of a claim that does not tell it.
    pub default: Option<Expr>,
    /// The question.
    pub ask: Option<Texts>,
    /// A short name for forms and letters.
    pub label: Option<Texts>,
}

/// A type, and whether the value may be none.
#[derive(Debug, Clone)]
pub struct FactType {
    /// The type.
    pub kind: Kind,
    /// `or none`.
    pub or_none: bool,
    /// Its place.
    pub span: Span,
}

/// The types of the language.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the variants are the language's types")]
pub enum Kind {
    YesNo,
    Number(Option<Name>),
    Integer,
    Money,
    Percent,
    Date,
    Period,
    Text,
    OneOf(Vec<Choice>),
    SetOf(Box<Kind>),
    ListOf(Box<Kind>),
    Record(Vec<Member>),
    Named(Name),
}

/// A member of an enum.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its name in claims and rules.
    pub name: Name,
    /// How people read it.
    pub texts: Option<Texts>,
}

/// `type NAME = …`.
#[derive(Debug, Clone)]
pub struct TypeDefinition {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub kind: Kind,
}

pub(super) fn read_type_definition(r: &mut Reader<'_>, pair: Pair<'_>) -> TypeDefinition {
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let kind = inner.pop().map_or(Kind::Text, |p| read_kind(r, p));
    TypeDefinition { name, kind }
}

pub(super) fn read_fact(r: &mut Reader<'_>, pair: Pair<'_>) -> Fact {
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::path);
    let shape = match one(&mut inner, Rule::record) {
        Some(record) => Shape::Record(read_record(r, record)),
        None => Shape::Single(Box::new(read_rest(r, name.clone(), inner))),
    };
    Fact { name, shape }
}

fn read_record(r: &mut Reader<'_>, pair: Pair<'_>) -> Vec<Member> {
    let mut inner = parts(pair);
    all(&mut inner, Rule::member)
        .into_iter()
        .map(|m| {
            let mut inner = parts(m);
            let name = r.named(&mut inner, Rule::name);
            read_rest(r, name, inner)
        })
        .collect()
}

fn read_rest(r: &mut Reader<'_>, name: Name, mut inner: Vec<Pair<'_>>) -> Member {
    let fact_type = take_type(r, &mut inner).unwrap_or(FactType { kind: Kind::Text, or_none: false, span: name.span });
    let mut member = Member { name, fact_type, default: None, ask: None, label: None };
    for option in all(&mut inner, Rule::fact_option) {
        let mut option = parts(option);
        if let Some(value) = super::expression::clause(r, &mut option, Rule::default_value) {
            member.default = Some(*value);
        }
        member.ask = read_label(r, &mut option, Rule::ask).or(member.ask);
        member.label = read_label(r, &mut option, Rule::label).or(member.label);
    }
    member
}

/// Takes the type out of a declaration's parts.
pub(super) fn take_type(r: &mut Reader<'_>, inner: &mut Vec<Pair<'_>>) -> Option<FactType> {
    let pair = one(inner, Rule::fact_type)?;
    let span = r.span(&pair);
    let mut inner = parts(pair);
    let or_none = one(&mut inner, Rule::or_none).is_some();
    let kind = inner.pop().map_or(Kind::Text, |p| read_kind(r, p));
    Some(FactType { kind, or_none, span })
}

fn read_kind(r: &mut Reader<'_>, pair: Pair<'_>) -> Kind {
    let rule = pair.as_rule();
    if rule == Rule::record {
        return Kind::Record(read_record(r, pair));
    }
    if rule == Rule::named_kind {
        let mut inner = parts(pair);
        return Kind::Named(r.named(&mut inner, Rule::name));
    }
    let mut inner = parts(pair);
    match rule {
        Rule::yes_no_kind => Kind::YesNo,
        Rule::number_kind => Kind::Number(one(&mut inner, Rule::word).map(|w| r.name(&w))),
        Rule::integer_kind => Kind::Integer,
        Rule::money_kind => Kind::Money,
        Rule::percent_kind => Kind::Percent,
        Rule::date_kind => Kind::Date,
        Rule::period_kind => Kind::Period,
        Rule::choice_kind => {
            let choices = all(&mut inner, Rule::choice).into_iter();
            Kind::OneOf(choices.map(|c| read_choice(r, c)).collect())
        }
        Rule::set_kind => Kind::SetOf(Box::new(inner.pop().map_or(Kind::Text, |p| read_kind(r, p)))),
        Rule::list_kind => Kind::ListOf(Box::new(inner.pop().map_or(Kind::Text, |p| read_kind(r, p)))),
        _ => Kind::Text,
    }
}

fn read_choice(r: &mut Reader<'_>, pair: Pair<'_>) -> Choice {
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    Choice { name, texts: one(&mut inner, Rule::texts).map(|t| read_texts(r, t)) }
}
