//! PROGRAM + CLAIM → facts about every declaration, three-valued.
//!
//! A value is known, none, unknown or uncomputable ([`Value`]). Nothing here reads policy text.

mod arithmetic;
pub mod claim;
pub mod deadline;
pub mod document;
mod expression;
mod list;
mod parameter;
pub mod read;
pub mod repeat;

use crate::program::expression::Outcome;
use crate::program::reason::{Raise, When};
use crate::program::{NodeId, Program};
use crate::value::{Causes, Value};
use claim::Claim;
use deadline::Due;
use document::DocumentState;

/// Steps of lists and functions in one decision.
const MAX_STEPS: u32 = 2_000_000;

/// Where a raise of a reason stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Certainly not raised.
    Met,
    /// Certainly raised.
    Raised,
    /// Missing facts could still raise it.
    Open,
    /// Cannot be computed.
    Uncomputable(Causes),
}

/// One evaluation of a program over a claim.
#[derive(Clone)]
pub struct Evaluator<'p> {
    /// The policy.
    pub program: &'p Program,
    /// The claim.
    pub claim: Claim,
    outcome: Option<Outcome>,
    definitions: Vec<Option<Value>>,
    documents: Vec<Option<(DocumentState, Vec<document::Defect>)>>,
    deadlines: Vec<Option<Due>>,
    locals: Vec<Value>,
    frame: usize,
    steps: u32,
}

impl<'p> Evaluator<'p> {
    /// Starts on a claim that was read for this program.
    #[must_use]
    pub fn new(program: &'p Program, claim: Claim) -> Self {
        Self {
            program,
            claim,
            outcome: None,
            definitions: vec![None; program.definitions.len()],
            documents: vec![None; program.documents.len()],
            deadlines: vec![None; program.deadlines.len()],
            locals: Vec::new(),
            frame: 0,
            steps: 0,
        }
    }

    /// Did the evaluation run into its limit of steps?
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.steps >= MAX_STEPS
    }

    /// Tells the outcome to what is evaluated after it; what hung on it is computed again.
    pub fn set_outcome(&mut self, outcome: Outcome) {
        self.outcome = Some(outcome);
        for slot in &mut self.definitions {
            if *slot == Some(Value::Unknown) {
                *slot = None;
            }
        }
    }

    /// Counts a step; false where the limit is reached.
    fn step(&mut self) -> bool {
        self.steps = self.steps.saturating_add(1);
        self.steps < MAX_STEPS
    }

    /// Where a raise stands.
    pub fn standing(&mut self, raise: &Raise) -> Standing {
        let gate = self.gate(raise.gate);
        if gate.is_no() {
            return Standing::Met;
        }
        let met = match raise.when {
            When::Unmet(node) => self.truth(node),
            When::DocumentsMissing => self.none_missing(),
            When::DocumentsDefective => self.none_defective(),
        };
        let settled = match met {
            met if met.is_yes() => met,
            met => {
                let mut left = Unsettled::default();
                left.note(gate);
                left.note(met);
                left.or(met)
            }
        };
        match settled {
            Value::Bool(true) => Standing::Met,
            Value::Unknown => Standing::Open,
            Value::Uncomputable(causes) => Standing::Uncomputable(causes),
            _ => Standing::Raised,
        }
    }

    /// A condition: `Bool`, `Unknown` or `Uncomputable`; none is no.
    pub fn truth(&mut self, node: NodeId) -> Value {
        match self.value(node) {
            Value::None => Value::Bool(false),
            other => other,
        }
    }

    /// A condition that may be missing and then holds.
    pub fn gate(&mut self, node: Option<NodeId>) -> Value {
        node.map_or(Value::Bool(true), |node| self.truth(node))
    }

    /// Of several generations the first whose gate is not shut, and what the gate says; nothing where all are shut.
    pub fn generation<'g, G>(
        &mut self,
        generations: &'g [G],
        gate: impl Fn(&G) -> Option<NodeId>,
    ) -> Option<(&'g G, Value)> {
        generations.iter().find_map(|generation| match self.gate(gate(generation)) {
            Value::Bool(false) => None,
            open => Some((generation, open)),
        })
    }
}

/// Gathers what unsettled operands leave of a condition or a value.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Unsettled {
    unknown: bool,
    causes: Option<Causes>,
}

impl Unsettled {
    /// Notes an operand; true if it is settled.
    pub fn note(&mut self, value: Value) -> bool {
        match value {
            Value::Unknown => self.unknown = true,
            Value::Uncomputable(causes) => self.causes = Some(self.causes.unwrap_or_default().with(causes)),
            _ => return true,
        }
        false
    }

    /// `settled` if every operand noted was; else unknown, which beats uncomputable.
    pub fn or(self, settled: Value) -> Value {
        match self {
            Self { unknown: true, .. } => Value::Unknown,
            Self { causes: Some(causes), .. } => Value::Uncomputable(causes),
            Self { .. } => settled,
        }
    }

    /// Was everything noted settled?
    pub fn is_empty(self) -> bool {
        !self.unknown && self.causes.is_none()
    }
}

/// The other of yes and no; what is unsettled stays so.
fn negated(value: Value) -> Value {
    match value {
        Value::Bool(b) => Value::Bool(!b),
        other => other,
    }
}
