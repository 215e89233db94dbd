//! Working-day calendars as data: which days are worked in which years.

use super::Date;
use serde::{Deserialize, Serialize};

/// A calendar of working days for a stretch of years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Its name in the library, e.g. `ru`.
    pub name: String,
    /// Days of the week that are free, Monday 0 to Sunday 6, in rising order.
    pub weekend: Vec<u8>,
    /// The years it knows, in rising order without a gap.
    pub years: Vec<CalendarYear>,
}

/// What one year changes of the plain week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarYear {
    /// The year.
    pub year: i32,
    /// Free days beside the weekend: days of the year from 0, in rising order.
    pub closed: Vec<u16>,
    /// Days of the weekend that are worked: days of the year from 0, in rising order.
    pub worked: Vec<u16>,
}

impl Calendar {
    /// Is the day worked? `None` outside the years.
    #[must_use]
    pub fn is_working(&self, day: Date) -> Option<bool> {
        let first = self.years.first()?.year;
        let year = self.years.get(usize::try_from(day.year() - first).ok()?)?;
        let nth = u16::try_from(day.day_of_year()).ok()?;
        // Most days are plain days of the week: of the two lists mostly one is searched.
        let is_free =
            self.weekend.iter().any(|d| u32::from(*d) == day.weekday()) || year.closed.binary_search(&nth).is_ok();
        Some(!is_free || year.worked.binary_search(&nth).is_ok())
    }

    /// The working day `count` working days after `from` (before it where negative), which is itself not
    /// counted; `None` where the count leaves the years.
    #[must_use]
    pub fn add_working_days(&self, from: Date, count: i32) -> Option<Date> {
        let step = if count < 0 { -1 } else { 1 };
        let (mut day, mut left) = (from, count.unsigned_abs());
        while left > 0 {
            day = day.add_days(step)?;
            left -= u32::from(self.is_working(day)?);
        }
        Some(day)
    }

    /// The day itself if it is worked, else the next that is; `None` outside the years.
    #[must_use]
    pub fn roll(&self, day: Date) -> Option<Date> {
        let mut day = day;
        while !self.is_working(day)? {
            day = day.add_days(1)?;
        }
        Some(day)
    }

    /// Working days after `from` up to and with `to`, negative if it lies before.
    #[must_use]
    pub fn working_days_between(&self, from: Date, to: Date) -> Option<i64> {
        if to < from {
            return self.working_days_between(to, from).map(|n| -n);
        }
        let (mut day, mut count) = (from, 0);
        while day < to {
            day = day.add_days(1)?;
            count += i64::from(self.is_working(day)?);
        }
        Some(count)
    }

    /// Is it well-formed: weekdays that exist, years in a row, days in order?
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let in_order = |days: &[u16]| days.windows(2).all(|w| w[0] < w[1]) && days.iter().all(|d| *d < 366);
        self.weekend.windows(2).all(|w| w[0] < w[1])
            && self.weekend.iter().all(|d| *d < 7)
            && self.years.len() < 10_000
            && self.years.windows(2).all(|w| w[0].year.checked_add(1) == Some(w[1].year))
            && self.years.iter().all(|y| (1..=9999).contains(&y.year) && in_order(&y.closed) && in_order(&y.worked))
    }
}
