//! The award with its lines, and the outputs.

use super::Case;
use super::outcome::Settled;
use crate::program::award::{self as program, OutputType};
use crate::program::expression::Outcome;
use crate::program::{NodeId, Type};
use crate::value::{Causes, Value};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// What would be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Award<'p> {
    /// The amount.
    pub amount: String,
    /// Its currency.
    pub currency: &'p str,
    /// Is it paid? Only when the claim is granted.
    pub payable: bool,
    /// How it came about.
    pub lines: Vec<Line<'p>>,
}

/// One line of an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Line<'p> {
    /// Its name.
    pub name: &'p str,
    /// How people read it; not part of the decision's JSON.
    #[serde(skip)]
    pub label: &'p str,
    /// Its amount.
    pub amount: Option<String>,
}

/// The outputs with their values, in the order of the text.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "{ [name: string]: OutputValue }"))]
pub struct Outputs<'p>(pub Vec<Output<'p>>);

/// One output.
#[derive(Debug, Clone, PartialEq)]
pub struct Output<'p> {
    /// Its name.
    pub name: &'p str,
    /// How people read it.
    pub label: &'p str,
    /// Its value.
    pub value: OutputValue,
}

/// What an output says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum OutputValue {
    /// It cannot be told.
    Null,
    /// Yes or no.
    Bool(bool),
    /// Anything else, as text.
    Text(String),
    /// A list.
    List(Vec<Self>),
}

impl Serialize for Outputs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for output in &self.0 {
            map.serialize_entry(output.name, &output.value)?;
        }
        map.end()
    }
}

/// Why the award cannot be computed, as far as no reason of the policy says it.
pub(super) fn causes(case: &mut Case<'_>) -> Causes {
    let award = match case.eval.generation(&case.eval.program.awards, |a| a.gate) {
        Some((award, Value::Bool(true))) => award,
        Some((_, Value::Uncomputable(causes))) => return causes,
        _ => return Causes::SAID,
    };
    let amount = award.lines.get(usize::from(award.amount)).map_or(Value::Unknown, |l| case.eval.value(l.node));
    match amount {
        Value::Uncomputable(causes) if !has_named_reason(case, award) => causes,
        Value::Uncomputable(causes) if causes.has(Causes::CALENDAR) => Causes::CALENDAR,
        _ => Causes::SAID,
    }
}

/// Does a reason of the policy already say that no parameter is in force for the award?
fn has_named_reason(case: &mut Case<'_>, award: &program::Award) -> bool {
    let program = case.eval.program;
    let mut said = award.said.iter();
    said.any(|raise| {
        program.raises.get(usize::from(*raise)).is_some_and(|r| case.eval.standing(r) == crate::eval::Standing::Raised)
    })
}

pub(super) fn award<'p>(case: &mut Case<'p>, settled: &Settled) -> Option<Award<'p>> {
    let program = case.eval.program;
    let (award, gate) = case.eval.generation(&program.awards, |a| a.gate)?;
    if settled.outcome == Outcome::Refused || gate != Value::Bool(true) {
        return None;
    }
    let amount = money(case, award.lines.get(usize::from(award.amount))?.node)?;
    let lines = award
        .lines
        .iter()
        .map(|l| Line { name: &l.name, label: case.text(&l.label), amount: money(case, l.node) })
        .collect();
    Some(Award {
        amount,
        currency: program.currency.as_deref().unwrap_or_default(),
        payable: settled.outcome == Outcome::Granted,
        lines,
    })
}

fn money(case: &mut Case<'_>, node: NodeId) -> Option<String> {
    match case.eval.value(node) {
        Value::Number(n) => {
            let mut out = String::with_capacity(16);
            n.write_money(&mut out);
            Some(out)
        }
        _ => None,
    }
}

pub(super) fn outputs<'p>(case: &mut Case<'p>) -> Outputs<'p> {
    let program = case.eval.program;
    let output = |o: &'p crate::program::award::Output| {
        let value = match case.eval.gate(o.gate) {
            Value::Bool(true) => case.eval.value(o.node),
            _ => Value::Unknown,
        };
        let value = match (o.output_type, value) {
            (OutputType::One(of), value) => one(case, value, of),
            (OutputType::Many(of), Value::List(list)) => {
                OutputValue::List(case.eval.claim.values(list).map(|v| one(case, v, of)).collect())
            }
            (OutputType::Many(_), _) => OutputValue::Null,
        };
        Output { name: &o.name, label: case.text(&o.label), value }
    };
    Outputs(program.outputs.iter().map(output).collect())
}

fn one(case: &Case<'_>, value: Value, of: Type) -> OutputValue {
    match value {
        Value::Bool(b) => OutputValue::Bool(b),
        value => case.plain(value, of).map_or(OutputValue::Null, OutputValue::Text),
    }
}
