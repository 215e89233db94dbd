//! Looking up dated parameters.

use super::{Evaluator, Unsettled};
use crate::program::NodeId;
use crate::program::parameter::{Row, Series};
use crate::value::{Causes, Date, Value};

impl<'p> Evaluator<'p> {
    pub(super) fn look_up(&mut self, parameter: u16, keys: &[NodeId], day: NodeId) -> Value {
        let values: Vec<Value> = keys.iter().map(|k| self.value(*k)).collect();
        let mut left = Unsettled::default();
        values.iter().for_each(|k| _ = left.note(*k));
        let day = self.value(day);
        left.note(day);
        let Value::Date(day) = day else { return left.or(Value::Uncomputable(Causes::RULE)) };
        if !left.is_empty() {
            return left.or(Value::Unknown);
        }
        let row = self.fitting(parameter, &values).find_map(|series| row_on(series, day));
        row.map_or(Value::Uncomputable(Causes::RULE), |row| self.value(row.value))
    }

    /// Is a row in force? Keys still unknown do not matter where every one of them would have a row, or none.
    pub(super) fn in_force(&mut self, parameter: u16, keys: &[NodeId], day: NodeId) -> Value {
        let keys: Vec<Value> = keys.iter().map(|k| self.value(*k)).collect();
        let day = self.value(day);
        let mut left = Unsettled::default();
        left.note(day);
        for key in keys.iter().filter(|k| !matches!(k, Value::Unknown)) {
            left.note(*key);
        }
        let day = match day {
            Value::Date(day) if left.is_empty() => day,
            Value::None if left.is_empty() => return Value::Bool(false),
            _ => return left.or(Value::Unknown),
        };
        let (mut with, mut without) = (0, 0);
        for series in self.fitting(parameter, &keys) {
            if row_on(series, day).is_some() { with += 1 } else { without += 1 }
        }
        match (with, without) {
            (0, _) => Value::Bool(false),
            (_, 0) => Value::Bool(true),
            _ => Value::Unknown,
        }
    }

    /// The series whose keys are, or may still be, these.
    fn fitting<'a>(&'a self, parameter: u16, keys: &'a [Value]) -> impl Iterator<Item = &'p Series> + 'a {
        let series: &'p [Series] =
            self.program.parameters.get(usize::from(parameter)).map_or(&[], |p| p.series.as_slice());
        series.iter().filter(move |s| {
            s.keys.len() == keys.len()
                && s.keys.iter().zip(keys).all(|(own, key)| *key == Value::Unknown || self.same(own.value(), *key))
        })
    }
}

/// The row in force on a day: the last that began by then, unless it has ended.
fn row_on(series: &Series, day: Date) -> Option<&Row> {
    let began = series.rows.partition_point(|row| row.from <= day);
    series.rows.get(began.checked_sub(1)?).filter(|row| row.until.is_none_or(|until| day <= until))
}
