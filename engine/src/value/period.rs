//! Lengths of time as values.

use super::Date;
use super::calendar::Calendar;
use serde::{Deserialize, Serialize};

/// A length of time: months, then days, then working days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Period {
    /// Calendar months; a year is twelve.
    pub months: i32,
    /// Calendar days; a week is seven.
    pub days: i32,
    /// Working days of the policy's calendar.
    pub working_days: i32,
}

/// A unit in which a period is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PeriodUnit {
    /// Twelve months.
    Years,
    /// Calendar months.
    Months,
    /// Seven days.
    Weeks,
    /// Calendar days.
    Days,
    /// Working days of the calendar.
    WorkingDays,
}

/// Why a day cannot be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSuchDay {
    /// Outside the years 1 to 9999.
    OutOfRange,
    /// Outside the years of the working-day calendar.
    OutsideCalendar,
}

impl Period {
    /// `count` units; `None` on overflow.
    #[must_use]
    pub fn of(count: i64, unit: PeriodUnit) -> Option<Self> {
        let times = |n: i64| count.checked_mul(n).and_then(|v| i32::try_from(v).ok());
        let zero = Self::default();
        Some(match unit {
            PeriodUnit::Years => Self { months: times(12)?, ..zero },
            PeriodUnit::Months => Self { months: times(1)?, ..zero },
            PeriodUnit::Weeks => Self { days: times(7)?, ..zero },
            PeriodUnit::Days => Self { days: times(1)?, ..zero },
            PeriodUnit::WorkingDays => Self { working_days: times(1)?, ..zero },
        })
    }

    /// Sum of two periods, part by part.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
            working_days: self.working_days.checked_add(other.working_days)?,
        })
    }

    /// Are both counted in the same unit, so that one is certainly longer?
    #[must_use]
    pub fn is_comparable(self, other: Self) -> bool {
        let used = |p: Self| (p.months != 0, p.days != 0, p.working_days != 0);
        let single = |(a, b, c): (bool, bool, bool)| u8::from(a) + u8::from(b) + u8::from(c) <= 1;
        let (a, b) = (used(self), used(other));
        self == other || (single(a) && single(b) && (a == b || self == Self::default() || other == Self::default()))
    }

    /// The same length the other way.
    #[must_use]
    pub fn negated(self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_neg()?,
            days: self.days.checked_neg()?,
            working_days: self.working_days.checked_neg()?,
        })
    }

    /// The day that lies this period after `from`. A month that lacks the day ends on its last one.
    ///
    /// # Errors
    /// The day is out of range, or the count leaves the calendar's years.
    pub fn after(self, from: Date, calendar: Option<&Calendar>) -> Result<Date, NoSuchDay> {
        let moved =
            from.add_months(self.months).and_then(|d| d.add_days(i64::from(self.days))).ok_or(NoSuchDay::OutOfRange)?;
        match calendar {
            _ if self.working_days == 0 => Ok(moved),
            Some(calendar) => calendar.add_working_days(moved, self.working_days).ok_or(NoSuchDay::OutsideCalendar),
            None => Err(NoSuchDay::OutsideCalendar),
        }
    }
}
