//! Single values: read from their digits and letters, never through a float.

use super::{Reader, code};
use crate::json::to_json;
use crate::program::Program;
use crate::program::fact::Type;
use crate::value::period::PeriodUnit;
use crate::value::{Date, Number, Period, Value};

impl Reader<'_, '_> {
    /// Reads a text as a value of a type that is no list.
    pub(super) fn text(&mut self, text: &str, of: Type) -> Option<Value> {
        let value = match of {
            Type::Number(_) | Type::Integer | Type::Money | Type::Percent => return self.number(text, true, of),
            Type::Date => Date::read(text).map(Value::Date),
            Type::Period => read_period(text).map(Value::Period),
            Type::Text => Some(Value::Text(self.claim.keep(text))),
            Type::Choice(choices) => return self.choice(text, choices),
            Type::YesNo | Type::Set(_) | Type::List(_) => None,
        };
        if value.is_some() { value } else { self.refuse(&to_json(&text), of) }
    }

    /// Reads the digits of a number.
    pub(super) fn number(&mut self, digits: &str, in_quotes: bool, of: Type) -> Option<Value> {
        let looks_like_one = digits.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        match Number::read(digits) {
            Some(n) if of != Type::Integer || n.is_whole() => Some(Value::Number(n)),
            None if looks_like_one && digits.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) => {
                let message = "a number may have 28 significant digits and 28 decimals".to_owned();
                self.problem(code::BAD_VALUE, message, None);
                None
            }
            _ => {
                let found = if in_quotes { to_json(&digits) } else { digits.to_owned() };
                self.refuse(&found, of)
            }
        }
    }

    fn choice(&mut self, text: &str, choices: u16) -> Option<Value> {
        let program = self.program;
        let members = program.choices.get(usize::from(choices)).map_or(&[][..], |c| c.members.as_slice());
        if let Some(member) = members.iter().find(|m| program.symbol(**m) == text) {
            return Some(Value::Choice(*member));
        }
        let names: Vec<&str> = members.iter().map(|m| program.symbol(*m)).collect();
        let shown: String = text.chars().take(80).collect();
        let near = self.nearest(&shown, names.iter().copied());
        self.problem(code::BAD_VALUE, format!("`{shown}` is not one of {}", names.join(", ")), near);
        None
    }

    /// Tells what was expected and what stands there; nothing is read then.
    #[cold]
    pub(super) fn refuse(&mut self, found: &str, of: Type) -> Option<Value> {
        let expected = describe(self.program, of);
        let shown: String = found.chars().take(60).collect();
        let dots = if found.chars().nth(60).is_some() { "…" } else { "" };
        self.wrong_type(&expected, &format!("{shown}{dots}"));
        None
    }
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
