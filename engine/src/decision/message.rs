//! Filling in messages.

use super::{Case, locale, words};
use crate::eval::deadline::Due;
use crate::eval::document::NeedState;
use crate::program::Type;
use crate::program::message::{Message, Piece};
use crate::value::Value;

/// Writes a message in the decision's locale.
pub(super) fn fill(case: &mut Case<'_>, message: &Message, subjects: &[u16]) -> String {
    let mut out = String::with_capacity(200);
    for piece in &message.pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Value(node, of) => {
                let value = case.eval.value(*node);
                out.push_str(&value_in_words(case, value, *of));
            }
            Piece::Deadline(n) => match case.eval.due(*n) {
                Due::Known { due, .. } => out.push_str(&locale::date(due, case.locale_name())),
                _ => out.push_str(words::not_given(case.locale_name())),
            },
            Piece::Subjects => {
                let titles = subject_titles(case, subjects);
                out.push_str(&titles);
            }
        }
    }
    out
}

/// The titles of documents; the members of a group are told as alternatives.
fn subject_titles(case: &mut Case<'_>, subjects: &[u16]) -> String {
    let mut out = String::new();
    let mut last = None;
    for number in subjects {
        let group = match case.eval.document(*number).need {
            NeedState::OneOf(group) => Some(group),
            NeedState::Required | NeedState::Optional | NeedState::NotRequired | NeedState::Unknown(_) => None,
        };
        if !out.is_empty() {
            let alternative = group.is_some() && group == last;
            out.push_str(if alternative { words::or(case.locale_name()) } else { "; " });
        }
        out.push_str(super::document::title(case, *number));
        last = group;
    }
    out
}

/// A value as the locale writes it.
pub(crate) fn value_in_words(case: &Case<'_>, value: Value, of: Type) -> String {
    let name = case.locale_name();
    let program = case.eval.program;
    match (value, of) {
        (Value::Number(n), Type::Money) => locale::money(n, program.currency.as_deref().unwrap_or_default(), name),
        (Value::Number(n), Type::Percent) => locale::percent(n, name),
        (Value::Number(n), Type::Number(Some(unit))) => {
            let unit = program.units.get(usize::from(unit));
            let written = unit.map_or("", |u| match case.text(&u.texts) {
                "" => u.name.as_str(),
                text => text,
            });
            format!("{}\u{a0}{written}", locale::number(n, name))
        }
        (Value::Number(n), _) => locale::number(n, name),
        (Value::Date(d), _) => locale::date(d, name),
        (Value::Period(p), _) => locale::period(p, name),
        (Value::Bool(b), _) => words::yes_no(b, name).into(),
        (Value::Text(t), _) => case.eval.claim.text(t).to_owned(),
        (Value::Choice(c), Type::Choice(choices) | Type::Set(choices)) => {
            let choices = program.choices.get(usize::from(choices));
            let at = choices.and_then(|c2| c2.members.iter().position(|m| *m == c));
            let label = choices.zip(at).and_then(|(c2, at)| c2.labels.get(at)).map_or("", |texts| case.text(texts));
            if label.is_empty() { program.symbol(c).to_owned() } else { label.to_owned() }
        }
        (Value::Choice(c), _) => program.symbol(c).to_owned(),
        (Value::List(list), of) if list.width == 1 => {
            let items: Vec<String> = case.eval.claim.values(list).map(|v| value_in_words(case, v, of)).collect();
            items.join(", ")
        }
        _ => words::not_given(name).into(),
    }
}
