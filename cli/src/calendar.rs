//! Calendars of working days, from YAML.

use crate::data::Data;
use crate::error::{Error, did_you_mean};
use crate::{io, yaml};
use duly::Calendar;
use duly::value::Date;
use duly::value::calendar::CalendarYear;
use std::path::Path;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Reads the calendar `name` from its file.
///
/// # Errors
/// The file cannot be read, or something in it does not fit.
pub fn read(path: &Path, name: &str) -> Result<Calendar, Error> {
    let shown = path.display().to_string();
    let text = io::text(io::read(path, io::MAX_POLICY)?, &shown)?;
    let data = yaml::read(&text).map_err(|cause| Error::Yaml { path: shown.clone(), cause })?;
    calendar(&data, name).map_err(|cause| Error::Calendar { path: shown, cause })
}

fn calendar(data: &Data, name: &str) -> Result<Calendar, String> {
    if let Some(key) = data.given_twice() {
        return Err(format!("`{key}` is given twice"));
    }
    only_keys(data, "the calendar", &["name", "weekend", "years"])?;
    let told = data.get("name").and_then(Data::as_text).unwrap_or_default();
    if told != name {
        return Err(format!("its `name` is `{told}`, but its file is called `{name}.yaml`; make them agree"));
    }
    let weekend = weekend(data.get("weekend"))?;
    let Some(Data::Map(entries)) = data.get("years") else {
        return Err("`years` must list the years with their `closed` and `worked` days".into());
    };
    let mut years = Vec::with_capacity(entries.len());
    for (written, days) in entries {
        years.push(year(written, days, &weekend)?);
    }
    years.sort_by_key(|y| y.year);
    if let Some(pair) = years.windows(2).find(|w| w[1].year != w[0].year + 1) {
        return Err(format!(
            "the year {} is missing between {} and {}; years must follow each other",
            pair[0].year + 1,
            pair[0].year,
            pair[1].year
        ));
    }
    let calendar = Calendar { name: name.to_owned(), weekend, years };
    if calendar.years.is_empty() || !calendar.is_sound() {
        return Err("it has no years that could be used".into());
    }
    Ok(calendar)
}

fn only_keys(data: &Data, what: &str, known: &[&str]) -> Result<(), String> {
    let Data::Map(entries) = data else {
        return Err(format!("{what} must be a map with the keys {}; it is {}", known.join(", "), data.kind()));
    };
    for (key, _) in entries {
        if !known.contains(&key.as_str()) {
            return Err(format!("{what} has no key `{key}`; it may have {}", known.join(", ")));
        }
    }
    Ok(())
}

fn weekend(data: Option<&Data>) -> Result<Vec<u8>, String> {
    let Some(Data::List(days)) = data else {
        return Err("`weekend` must be a list of weekdays, e.g. [saturday, sunday]".into());
    };
    let mut weekend = Vec::with_capacity(days.len());
    for day in days {
        let written = day.as_text().unwrap_or(day.kind());
        let nth = WEEKDAYS.iter().position(|w| *w == written).and_then(|n| u8::try_from(n).ok()).ok_or_else(|| {
            let near = duly::diagnostic::nearest(written, WEEKDAYS);
            let near = did_you_mean(near);
            format!("`{written}` in `weekend` is no weekday{near}")
        })?;
        if weekend.contains(&nth) {
            return Err(format!("`{written}` stands twice in `weekend`"));
        }
        weekend.push(nth);
    }
    weekend.sort_unstable();
    Ok(weekend)
}

fn year(written: &str, data: &Data, weekend: &[u8]) -> Result<CalendarYear, String> {
    let year: i32 = written
        .parse()
        .ok()
        .filter(|y| (1..=9999).contains(y))
        .ok_or_else(|| format!("`{written}` in `years` is no year from 1 to 9999"))?;
    only_keys(data, &format!("the year {year}"), &["closed", "worked"])?;
    let closed = days(year, data, "closed")?;
    let worked = days(year, data, "worked")?;
    for day in &worked {
        let weekday = u8::try_from(day.weekday()).unwrap_or_default();
        if !weekend.contains(&weekday) {
            return Err(format!("{day} stands in `worked` but is no day of the weekend: it is worked anyway"));
        }
        if closed.contains(day) {
            return Err(format!("{day} stands in both `closed` and `worked`"));
        }
    }
    let nth = |days: &[Date]| {
        let days = days.iter();
        days.filter_map(|d| u16::try_from(d.day_of_year()).ok()).collect()
    };
    Ok(CalendarYear { year, closed: nth(&closed), worked: nth(&worked) })
}

fn days(year: i32, data: &Data, key: &str) -> Result<Vec<Date>, String> {
    let items = match data.get(key) {
        None | Some(Data::Null) => return Ok(Vec::new()),
        Some(Data::List(items)) => items,
        Some(_) => return Err(format!("`{key}` of {year} must be a list of days MM-DD")),
    };
    let mut days = Vec::with_capacity(items.len());
    for item in items {
        let written = item.as_text().unwrap_or(item.kind());
        let day = Date::read(&format!("{year:04}-{written}"))
            .ok_or_else(|| format!("`{written}` in `{key}` of {year} is no day of that year; write MM-DD"))?;
        if days.contains(&day) {
            return Err(format!("{written} stands twice in `{key}` of {year}"));
        }
        days.push(day);
    }
    days.sort();
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Calendar, String> {
        calendar(&yaml::read(text).unwrap(), "xx")
    }

    #[test]
    fn days_become_days_of_the_year() {
        let calendar = of(
            "name: xx\nweekend: [sunday, saturday]\nyears:\n  2025: {closed: [12-31, 01-01], worked: [11-01]}\n  2024: {closed: [03-01], worked: []}\n",
        )
        .unwrap();
        assert_eq!(calendar.weekend, [5, 6]);
        assert_eq!(calendar.years[0].year, 2024);
        assert_eq!(calendar.years[0].closed, [60]);
        assert_eq!(calendar.years[1].closed, [0, 364]);
        assert_eq!(calendar.years[1].worked, [304]);
        let day = |d| calendar.is_working(Date::read(d).unwrap());
        assert_eq!(day("2025-11-01"), Some(true));
        assert_eq!(day("2025-01-01"), Some(false));
        assert_eq!(day("2026-01-01"), None);
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let cases = [
            ("name: yy", "its `name` is `yy`"),
            ("name: xx\nweekend: [saterday]", "did you mean `saturday`?"),
            ("name: xx\nweekend: [sunday]\nyears: {2023: {}, 2025: {}}", "the year 2024 is missing"),
            ("name: xx\nweekend: [sunday]\nyears: {2023: {closed: [02-29]}}", "no day of that year"),
            ("name: xx\nweekend: [sunday]\nyears: {2025: {worked: [01-03]}}", "no day of the weekend"),
            ("name: xx\nweekend: [sunday]\nyears: {2025: {}, 2025: {}}", "given twice"),
            ("name: xx\nweekend: [sunday]\nyears: {2025: {close: []}}", "no key `close`"),
            ("name: xx\nweekend: []\nyears: {}", "no years"),
        ];
        for (text, expected) in cases {
            let error = of(text).unwrap_err();
            assert!(error.contains(expected), "{error} / {expected}");
        }
    }
}
