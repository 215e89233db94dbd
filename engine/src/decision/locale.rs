//! How each locale writes numbers, money, days and periods.

use crate::value::date::MONTHS;
use crate::value::{Date, Number, Period};

/// The locales that Duly writes.
pub const KNOWN: [&str; 3] = ["en", "ru", "uk"];

const THIN: char = '\u{a0}';

/// A number: `21,000.5`, or «21 000,5».
#[must_use]
pub fn number(n: Number, locale: &str) -> String {
    let mut plain = String::new();
    n.write_plain(&mut plain);
    grouped(&plain, locale, 5)
}

/// An amount with its currency.
#[must_use]
pub fn money(n: Number, currency: &str, locale: &str) -> String {
    let mut plain = String::new();
    n.write_money(&mut plain);
    let written = match (currency, locale) {
        ("RUB", "ru") => "₽",
        ("UAH", "uk") => "грн",
        _ => currency,
    };
    let least = if locale == "en" { 4 } else { 5 };
    format!("{}{THIN}{written}", grouped(&plain, locale, least))
}

/// A percentage.
#[must_use]
pub fn percent(n: Number, locale: &str) -> String {
    if locale == "en" { format!("{}%", number(n, locale)) } else { format!("{}{THIN}%", number(n, locale)) }
}

/// Groups of three, from so many digits on: Russian and Ukrainian keep four together, and a bare number may be a year.
fn grouped(plain: &str, locale: &str, least: usize) -> String {
    let (separator, point) = if locale == "en" { (',', '.') } else { (THIN, ',') };
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |d| ("−", d));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) && whole.len() >= least {
            out.push(separator);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// A day: `14 March 2025`, or «14.03.2025».
#[must_use]
pub fn date(d: Date, locale: &str) -> String {
    if locale == "en" {
        let month = usize::try_from(d.month()).ok().and_then(|m| MONTHS.get(m - 1)).copied().unwrap_or_default();
        return format!("{} {month} {}", d.day(), d.year());
    }
    format!("{:02}.{:02}.{:04}", d.day(), d.month(), d.year())
}

/// A period in words: `1 year`, «5 рабочих дней».
#[must_use]
pub fn period(p: Period, locale: &str) -> String {
    let years = if p.months % 12 == 0 { p.months / 12 } else { 0 };
    let months = if years == 0 { p.months } else { 0 };
    let parts = [(years, 0), (months, 1), (p.days, 2), (p.working_days, 3)];
    let mut words: Vec<String> =
        parts.iter().filter(|(n, _)| *n != 0).map(|(n, unit)| format!("{n} {}", form(*n, *unit, locale))).collect();
    if words.is_empty() {
        words.push(format!("0 {}", form(0, 2, locale)));
    }
    words.join(" ")
}

/// The form of a unit after a number: one, few, many (CLDR's plural categories for Russian and Ukrainian).
fn form(n: i32, unit: usize, locale: &str) -> &'static str {
    const EN: [[&str; 2]; 4] =
        [["year", "years"], ["month", "months"], ["day", "days"], ["working day", "working days"]];
    const RU: [[&str; 3]; 4] = [
        ["год", "года", "лет"],
        ["месяц", "месяца", "месяцев"],
        ["день", "дня", "дней"],
        ["рабочий день", "рабочих дня", "рабочих дней"],
    ];
    const UK: [[&str; 3]; 4] = [
        ["рік", "роки", "років"],
        ["місяць", "місяці", "місяців"],
        ["день", "дні", "днів"],
        ["робочий день", "робочі дні", "робочих днів"],
    ];
    let n = n.unsigned_abs();
    if locale == "en" {
        return EN[unit][usize::from(n != 1)];
    }
    let category = match (n % 10, n % 100) {
        (_, 11..=14) => 2,
        (1, _) => 0,
        (2..=4, _) => 1,
        _ => 2,
    };
    if locale == "uk" { UK[unit][category] } else { RU[unit][category] }
}
