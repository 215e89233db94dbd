//! Single values: read from their digits and letters, never through a float.

use super::{Reader, code};
use crate::diagnostic::nearest;
use crate::program::Program;
use crate::program::fact::Type;
use crate::value::period::PeriodUnit;
use crate::value::{Date, Number, Period, Value};
use std::borrow::Cow;

impl Reader<'_> {
    /// Reads a value that is no list.
    pub(super) fn scalar(&mut self, raw: &str, of: Type) -> Option<Value> {
        let value = match of {
            Type::YesNo => match raw {
                "true" => Some(Value::Bool(true)),
                "false" => Some(Value::Bool(false)),
                _ => None,
            },
            Type::Number(_) | Type::Integer | Type::Money | Type::Percent => {
                return self.number(raw, of);
            }
            Type::Date => string(raw).and_then(|s| Date::read(&s)).map(Value::Date),
            Type::Period => string(raw).and_then(|s| read_period(&s)).map(Value::Period),
            Type::Text => string(raw).map(|s| Value::Text(self.claim.keep(&s))),
            Type::Choice(choices) => return self.choice(raw, choices),
            Type::Set(_) | Type::List(_) => None,
        };
        if value.is_none() {
            self.refuse(raw, of);
        }
        value
    }

    fn number(&mut self, raw: &str, of: Type) -> Option<Value> {
        let text = if raw.starts_with('"') { string(raw)? } else { Cow::Borrowed(raw) };
        let looks_like_one = text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        match Number::read(&text) {
            Some(n) if of != Type::Integer || n.is_whole() => Some(Value::Number(n)),
            None if looks_like_one && text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) => {
                let message = "a number may have 28 significant digits and 28 decimals".to_owned();
                self.problem(code::BAD_VALUE, message, None);
                None
            }
            _ => {
                self.refuse(raw, of);
                None
            }
        }
    }

    fn choice(&mut self, raw: &str, choices: u16) -> Option<Value> {
        let program = self.program;
        let members = program.choices.get(usize::from(choices)).map_or(&[][..], |c| c.members.as_slice());
        let text = match string(raw) {
            Some(text) => text,
            None => {
                self.refuse(raw, Type::Choice(choices));
                return None;
            }
        };
        if let Some(member) = members.iter().find(|m| program.symbol(**m) == text) {
            return Some(Value::Choice(*member));
        }
        let names: Vec<&str> = members.iter().map(|m| program.symbol(*m)).collect();
        let shown: String = text.chars().take(80).collect();
        let near = nearest(&shown, names.iter().copied()).map(String::from);
        self.problem(code::BAD_VALUE, format!("`{shown}` is not one of {}", names.join(", ")), near);
        None
    }

    fn refuse(&mut self, raw: &str, of: Type) {
        let expected = describe(self.program, of);
        let found: String = raw.chars().take(60).collect();
        let dots = if raw.chars().nth(60).is_some() { "…" } else { "" };
        self.wrong_type(&expected, &format!("{found}{dots}"));
    }
}

/// A JSON string's text.
pub(super) fn string(raw: &str) -> Option<Cow<'_, str>> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') { serde_json::from_str(raw).ok().map(Cow::Owned) } else { Some(Cow::Borrowed(inner)) }
}

/// Reads `12 months`, `5 working days` or several of them parted by blanks.
fn read_period(text: &str) -> Option<Period> {
    let mut words = text.split_whitespace();
    let mut total = Period::default();
    let mut any = false;
    while let Some(count) = words.next() {
        let unit = match words.next()? {
            "year" | "years" => PeriodUnit::Years,
            "month" | "months" => PeriodUnit::Months,
            "week" | "weeks" => PeriodUnit::Weeks,
            "day" | "days" => PeriodUnit::Days,
            "working" => words.next().filter(|w| matches!(*w, "day" | "days")).map(|_| PeriodUnit::WorkingDays)?,
            _ => return None,
        };
        total = total.plus(Period::of(count.parse().ok()?, unit)?)?;
        any = true;
    }
    any.then_some(total)
}

/// A type as an input error names it.
pub(super) fn describe(program: &Program, of: Type) -> String {
    match of {
        Type::YesNo => "true or false".into(),
        Type::Number(None) => "a number".into(),
        Type::Number(Some(unit)) => {
            format!("a number in {}", program.units.get(usize::from(unit)).map_or("its unit", |u| u.name.as_str()))
        }
        Type::Integer => "a whole number".into(),
        Type::Money => "an amount such as \"21000.50\"".into(),
        Type::Percent => "a percentage such as 80".into(),
        Type::Date => "a date that exists, as \"YYYY-MM-DD\"".into(),
        Type::Period => "a period such as \"12 months\"".into(),
        Type::Text => "a text in quotes".into(),
        Type::Choice(choices) => {
            let members = program.choices.get(usize::from(choices)).map_or(&[][..], |c| c.members.as_slice());
            let names: Vec<&str> = members.iter().map(|m| program.symbol(*m)).collect();
            format!("one of {}", names.join(", "))
        }
        Type::Set(_) | Type::List(_) => "a list".into(),
    }
}
