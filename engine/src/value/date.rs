//! Days of the Gregorian calendar from year 1 to 9999.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// The months' English names, as the language writes them.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The day with this year, month and day of the month, if there is one in the years 1 to 9999.
    #[must_use]
    pub fn of(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).and_then(Self::in_range)
    }

    fn in_range(day: NaiveDate) -> Option<Self> {
        (1..=9999).contains(&day.year()).then_some(Self(day))
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let part = |range: std::ops::Range<usize>| {
            bytes[range].iter().try_fold(0u32, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
        };
        Self::of(i32::try_from(part(0..4)?).ok()?, part(5..7)?, part(8..10)?)
    }

    /// Year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// Month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// Day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// Day of the year, from 0.
    #[must_use]
    pub fn day_of_year(self) -> u32 {
        self.0.ordinal0()
    }

    /// Day of the week, Monday 0 to Sunday 6.
    #[must_use]
    pub fn weekday(self) -> u32 {
        self.0.weekday().num_days_from_monday()
    }

    /// So many calendar days later (or earlier).
    #[must_use]
    pub fn add_days(self, days: i64) -> Option<Self> {
        let moved = match days {
            // Counting working days goes day by day.
            1 => self.0.succ_opt(),
            -1 => self.0.pred_opt(),
            _ => self.0.checked_add_signed(TimeDelta::try_days(days)?),
        };
        moved.and_then(Self::in_range)
    }

    /// So many months later (or earlier); a month that lacks the day gives its last one.
    #[must_use]
    pub fn add_months(self, months: i32) -> Option<Self> {
        let count = Months::new(months.unsigned_abs());
        let moved = if months < 0 { self.0.checked_sub_months(count) } else { self.0.checked_add_months(count) };
        moved.and_then(Self::in_range)
    }

    /// Full months from `self` to `to`, negative if it lies before. A month is full when the same day of the
    /// month is reached; where the month lacks that day, on the next month's first: who is born on 29 February
    /// is a year older on 1 March.
    #[must_use]
    pub fn months_until(self, to: Self) -> i64 {
        if to < self {
            return -to.months_until(self);
        }
        let months = i64::from(to.year() - self.year()) * 12 + i64::from(to.month()) - i64::from(self.month());
        months - i64::from(to.day() < self.day())
    }

    /// Calendar days from `self` to `to`.
    #[must_use]
    pub fn days_until(self, to: Self) -> i64 {
        (to.0 - self.0).num_days()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.num_days_from_ce().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let days = i32::deserialize(deserializer)?;
        NaiveDate::from_num_days_from_ce_opt(days)
            .and_then(Self::in_range)
            .ok_or_else(|| D::Error::custom("a day out of range"))
    }
}
