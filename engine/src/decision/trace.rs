//! The trace: every declaration evaluated, with its value, its place and what it read.

use super::Case;
use super::because::{Seen, read_by};
use crate::eval::Standing;
use crate::eval::deadline::Due;
use crate::program::Type;
use crate::program::reason::When;
use crate::value::Value;
use serde::Serialize;

/// A declaration that was evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Traced {
    /// What it is: `definition`, `criterion`, `deadline`, `line` or `output`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub at: String,
    /// Its value in words: a plain value, `none`, `unknown`, `cannot be computed`, or `met` and `raised`.
    pub value: String,
    /// The facts it read.
    pub reads: Vec<Seen>,
}

/// Every declaration in the order of evaluation.
pub(super) fn trace(case: &mut Case<'_>, standings: &[Standing]) -> Vec<Traced> {
    let program = case.eval.program;
    let mut traced = Vec::new();
    for definition in &program.definitions {
        let value = case.eval.value(definition.node);
        let value = in_words(case, value, definition.value_type.unwrap_or(Type::Text));
        let reads = read_by(case, definition.node);
        traced.push(Traced {
            kind: "definition",
            name: definition.name.clone(),
            at: definition.place.clone(),
            value,
            reads,
        });
    }
    for (raise, standing) in program.raises.iter().zip(standings) {
        let value = match standing {
            Standing::Met => "met",
            Standing::Raised => "raised",
            Standing::Open => "unknown",
            Standing::Uncomputable(_) => "cannot be computed",
        };
        let reads = match raise.when {
            When::Unmet(node) => read_by(case, node),
            When::DocumentsMissing | When::DocumentsDefective => Vec::new(),
        };
        traced.push(Traced {
            kind: "criterion",
            name: raise.name.clone(),
            at: raise.place.clone(),
            value: value.into(),
            reads,
        });
    }
    for (deadline, n) in program.deadlines.iter().zip(0..) {
        let value = match case.eval.due(n) {
            Due::Known { due, .. } => due.to_string(),
            Due::Absent => "none".into(),
            Due::Unknown => "unknown".into(),
            Due::Uncomputable(..) => "cannot be computed".into(),
        };
        let mut reads = Vec::new();
        for node in case.eval.under_deadline(n) {
            reads.extend(read_by(case, node));
        }
        let generation = case.eval.generation(&deadline.generations, |g| g.gate).map(|(g, _)| g);
        let at = generation.or(deadline.generations.first()).map(|g| g.place.clone()).unwrap_or_default();
        traced.push(Traced { kind: "deadline", name: deadline.name.clone(), at, value, reads });
    }
    traced
}

fn in_words(case: &Case<'_>, value: Value, of: Type) -> String {
    match value {
        Value::Unknown => "unknown".into(),
        Value::None => "none".into(),
        Value::Uncomputable(_) => "cannot be computed".into(),
        Value::List(list) if list.width == 1 => {
            let items = case.eval.claim.values(list).map(|v| in_words(case, v, of));
            items.collect::<Vec<_>>().join(", ")
        }
        Value::List(list) => format!("{} entries", list.len),
        value => case.plain(value, of).unwrap_or_default(),
    }
}
