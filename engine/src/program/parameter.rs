//! Dated parameters.

use super::NodeId;
use super::expression::Constant;
use crate::value::Date;
use serde::{Deserialize, Serialize};

/// A dated parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// How many keys it has.
    pub keys: u8,
    /// One series for each combination of keys, in the order of the table.
    pub series: Vec<Series>,
}

/// The rows for one combination of keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// The keys' values.
    pub keys: Vec<Constant>,
    /// The rows in the order of their first days, without overlap.
    pub rows: Vec<Row>,
}

/// A row: from its first day to its last, or to the next row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The first day.
    pub from: Date,
    /// The last day, where there is one.
    pub until: Option<Date>,
    /// The value.
    pub value: NodeId,
}
