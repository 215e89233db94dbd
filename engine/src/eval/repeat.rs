//! Repeat rules: the first day on which one may ask again.

use super::Evaluator;
use crate::program::NodeId;
use crate::program::repeat::Repeat;
use crate::value::{Date, Value};

impl Evaluator<'_> {
    /// The first day on which the rule no longer refuses, given that it certainly does.
    pub fn free_again(&mut self, repeat: &Repeat) -> Option<Date> {
        let days = self.counted_days(repeat);
        match repeat.period {
            None => {
                let Value::Date(filed) = self.claim.slot(self.program.governed) else {
                    return None;
                };
                first_free_year(filed, &days)
            }
            Some(period) => self.end_of_terms(&days, period),
        }
    }

    /// The first day of a next claim after a grant on the governing date.
    pub fn free_after_grant(&mut self, repeat: &Repeat) -> Option<Date> {
        let Value::Date(filed) = self.claim.slot(self.program.governed) else {
            return None;
        };
        if self.gate(repeat.gate) != Value::Bool(true) {
            return None;
        }
        let mut days = self.counted_days(repeat);
        match repeat.period {
            None => first_free_year(filed, &days),
            Some(period) => {
                days.push(filed);
                self.end_of_terms(&days, period)
            }
        }
    }

    /// The days of the entries that certainly count.
    fn counted_days(&mut self, repeat: &Repeat) -> Vec<Date> {
        let Value::List(list) = self.value(repeat.list) else {
            return Vec::new();
        };
        let kept = self.locals.len();
        let mut days = Vec::new();
        for n in 0..list.len {
            if !self.step() {
                break;
            }
            let at = self.frame + usize::from(repeat.local);
            self.locals.resize(at.max(kept) + 1, Value::Unknown);
            self.locals[at] = Value::Row(list.start + n * list.width);
            if self.gate(repeat.filter).is_yes()
                && let Value::Date(day) = self.value(repeat.day)
            {
                days.push(day);
            }
        }
        self.locals.truncate(kept);
        days
    }

    /// Of several entries the latest end counts.
    fn end_of_terms(&mut self, days: &[Date], period: NodeId) -> Option<Date> {
        let Value::Period(period) = self.value(period) else {
            return None;
        };
        let mut latest = None;
        for day in days {
            latest = latest.max(Some(self.day_after(period, *day).ok()?));
        }
        latest
    }
}

/// 1 January of the first later year without an entry.
fn first_free_year(filed: Date, days: &[Date]) -> Option<Date> {
    let mut year = filed.year() + 1;
    while days.iter().any(|d| d.year() == year) {
        year += 1;
    }
    Date::of(year, 1, 1)
}
