//! Plain values of a decision, written as the language writes them.

use super::View;
use duly::decision::award::OutputValue;
use duly::decision::locale;
use duly::program::award::OutputType;
use duly::program::fact::Type;
use duly::value::{Date, Number};

impl View<'_> {
    /// A day with its weekday.
    pub fn day(&self, day: Date) -> String {
        let written = locale::date(day, self.locale).replace(' ', "\u{a0}");
        format!("{}\u{a0}{written}", self.words.weekday(day))
    }

    /// An amount in the policy's currency.
    pub fn money(&self, plain: &str) -> String {
        let currency = self.program.currency.as_deref().unwrap_or_default();
        Number::read(plain).map_or_else(|| plain.to_owned(), |n| locale::money(n, currency, self.locale))
    }

    /// A value of a type.
    pub fn value(&self, plain: &str, of: Type) -> String {
        let number = |write: &dyn Fn(Number) -> String| Number::read(plain).map_or_else(|| plain.to_owned(), write);
        match of {
            Type::Money => self.money(plain),
            Type::Percent => number(&|n| locale::percent(n, self.locale)),
            Type::Integer | Type::Number(None) => number(&|n| locale::number(n, self.locale)),
            Type::Number(Some(unit)) => number(&|n| {
                let unit = self.program.units.get(usize::from(unit));
                let written = unit.map_or("", |u| match self.text(&u.texts) {
                    "" => u.name.as_str(),
                    text => text,
                });
                format!("{}\u{a0}{written}", locale::number(n, self.locale))
            }),
            Type::Date => Date::read(plain).map_or_else(|| plain.to_owned(), |d| locale::date(d, self.locale)),
            Type::YesNo => match plain {
                "true" => self.words.yes_no[0].to_owned(),
                "false" => self.words.yes_no[1].to_owned(),
                other => other.to_owned(),
            },
            Type::Choice(choices) | Type::Set(choices) => {
                let members = plain.split(", ");
                let members: Vec<String> = members.map(|m| self.member(m, choices)).collect();
                members.join(", ")
            }
            Type::Text | Type::Period | Type::List(_) => plain.to_owned(),
        }
    }

    /// A member of an enum, by its label.
    fn member(&self, name: &str, choices: u16) -> String {
        let label = self
            .program
            .choices
            .get(usize::from(choices))
            .and_then(|c| {
                let at = c.members.iter();
                let at = at.map(|m| self.program.symbol(*m)).position(|m| m == name)?;
                c.labels.get(at)
            })
            .map_or("", |texts| self.text(texts));
        if label.is_empty() { name } else { label }.to_owned()
    }

    /// The value of a fact that a condition saw.
    pub fn seen(&self, fact: &str, value: Option<&str>) -> String {
        let Some(plain) = value else {
            return self.words.none.to_owned();
        };
        self.program
            .facts
            .iter()
            .find(|f| f.path == fact)
            .map_or_else(|| guess(plain, self), |f| self.value(plain, f.fact_type))
    }

    /// A value of the trace: a word, or a plain value.
    pub fn traced(&self, plain: &str) -> String {
        guess(self.words.traced(plain), self)
    }

    /// The value of an output.
    pub fn output(&self, value: &OutputValue, of: OutputType) -> String {
        let (OutputType::One(one) | OutputType::Many(one)) = of;
        match value {
            OutputValue::Null => self.words.none.to_owned(),
            OutputValue::Bool(yes) => self.words.yes_no[usize::from(!yes)].to_owned(),
            OutputValue::Text(plain) => self.value(plain, one),
            OutputValue::List(items) => {
                let items: Vec<String> = items.iter().map(|i| self.output(i, of)).collect();
                items.join(", ")
            }
        }
    }
}

/// A value of a list's row, whose type is not at hand: only what cannot be mistaken is rewritten.
fn guess(plain: &str, view: &View<'_>) -> String {
    match (plain, Date::read(plain)) {
        (_, Some(day)) => locale::date(day, view.locale),
        ("true", _) => view.words.yes_no[0].to_owned(),
        ("false", _) => view.words.yes_no[1].to_owned(),
        _ => plain.to_owned(),
    }
}
