//! Reasons: what an applicant is told, with the remedy and the source.

use super::Name;
use super::header::{Window, read_window};
use super::message::{Citation, Texts, read_citations, read_texts};
use super::reader::{Pair, Reader, Rule, one, parts};
use crate::source::{Span, Spanned};
use crate::value::Effect;

/// `reason CODE: EFFECT { … }`.
#[derive(Debug, Clone)]
pub struct Reason {
    /// Its code.
    pub name: Name,
    /// When these texts are in force.
    pub window: Option<Window>,
    /// Its effect.
    pub effect: Spanned<Effect>,
    /// Its texts.
    pub body: ReasonBody,
}

/// `else EFFECT CODE { … }`: raises a reason and may declare it.
#[derive(Debug, Clone, Default)]
pub struct Raise {
    /// The reason's code; `None` only where the text is broken.
    pub name: Option<Name>,
    /// The effect, where it is said.
    pub effect: Option<Spanned<Effect>>,
    /// The texts, where the reason is declared here.
    pub body: Option<ReasonBody>,
}

/// Message, remedy and source.
#[derive(Debug, Clone, Default)]
pub struct ReasonBody {
    /// What is wrong.
    pub message: Texts,
    /// What can be done.
    pub remedy: Option<Texts>,
    /// By which rule.
    pub citations: Vec<Citation>,
    /// Its place.
    pub span: Span,
}

pub(super) fn read_reason(r: &mut Reader<'_>, pair: Pair<'_>) -> Reason {
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let window = read_window(r, &mut inner);
    let effect = take_effect(r, &mut inner).unwrap_or(Spanned::new(Effect::Review, name.span));
    let body = one(&mut inner, Rule::reason_body).map(|b| read_body(r, b)).unwrap_or_default();
    Reason { name, window, effect, body }
}

pub(super) fn read_raise(r: &mut Reader<'_>, pair: Pair<'_>) -> Raise {
    let mut inner = parts(pair);
    let effect = take_effect(r, &mut inner);
    let name = one(&mut inner, Rule::name).map(|n| r.name(&n));
    let body = one(&mut inner, Rule::reason_body).map(|b| read_body(r, b));
    Raise { name, effect, body }
}

fn take_effect(r: &mut Reader<'_>, inner: &mut Vec<Pair<'_>>) -> Option<Spanned<Effect>> {
    let pair = one(inner, Rule::effect)?;
    let span = r.span(&pair);
    let effect = match parts(pair).first()?.as_rule() {
        Rule::kw_refuse => Effect::Refuse,
        Rule::kw_return => Effect::Return,
        Rule::kw_review => Effect::Review,
        _ => Effect::Note,
    };
    Some(Spanned::new(effect, span))
}

fn read_body(r: &mut Reader<'_>, pair: Pair<'_>) -> ReasonBody {
    let span = r.span(&pair);
    let remedy_pair = pair.clone().into_inner().find(|p| p.as_rule() == Rule::remedy);
    let remedy = remedy_pair.and_then(|p| one(&mut parts(p), Rule::texts)).map(|t| read_texts(r, t));
    let message = Texts { span, ..read_texts(r, pair.clone()) };
    let citations = read_citations(r, &mut parts(pair));
    ReasonBody { message, remedy, citations, span }
}
