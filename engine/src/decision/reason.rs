//! The reasons that are certain, and those still open.

use super::because::{Because, because};
use super::outcome::Settled;
use super::{Case, document, message, words};
use crate::eval::Standing;
use crate::program::Program;
use crate::program::reason::{Raise, When};
use crate::value::{Causes, Effect};
use serde::Serialize;

/// A reason as the decision tells it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Reason<'p> {
    /// Its code.
    pub code: &'p str,
    /// Its effect.
    pub effect: Effect,
    /// What is wrong.
    pub message: String,
    /// What can be done.
    pub remedy: Option<String>,
    /// By which rules.
    pub basis: Vec<Basis<'p>>,
    /// The conditions that decided it.
    pub because: Vec<Because<'p>>,
    /// The documents concerned.
    pub subjects: Vec<&'p str>,
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Basis<'p> {
    /// The source's name.
    pub source: &'p str,
    /// The place in it.
    pub at: &'p str,
}

/// The reasons that are certain, each once, where the text first raises them; the built-in ones last.
pub(crate) fn reasons<'p>(case: &mut Case<'p>, standings: &[Standing], settled: &Settled) -> Vec<Reason<'p>> {
    let program = case.eval.program;
    let mut reasons = Vec::new();
    let some = standings.contains(&Standing::Raised);
    for number in first_places(program).into_iter().filter(|_| some) {
        let raised: Vec<&'p Raise> = program
            .raises
            .iter()
            .zip(standings)
            .filter(|(r, s)| r.reason == number && **s == Standing::Raised)
            .map(|(r, _)| r)
            .collect();
        if !raised.is_empty() {
            reasons.push(reason(case, number, &raised));
        }
    }
    for (cause, code) in [(Causes::RULE, "cannot_be_computed"), (Causes::CALENDAR, "calendar_not_known")] {
        if settled.causes.has(cause) {
            let (message, remedy) = words::built_in(code, case.locale_name());
            reasons.push(Reason {
                code,
                effect: Effect::Review,
                message: message.into(),
                remedy: Some(remedy.into()),
                basis: Vec::new(),
                because: Vec::new(),
                subjects: Vec::new(),
            });
        }
    }
    reasons
}

/// The codes that missing facts could still raise.
pub(crate) fn open<'p>(program: &'p Program, standings: &[Standing]) -> Vec<&'p str> {
    let stands = |number: u16, wanted: Standing| {
        program.raises.iter().zip(standings).any(|(r, s)| r.reason == number && *s == wanted)
    };
    if !standings.contains(&Standing::Open) {
        return Vec::new();
    }
    first_places(program)
        .into_iter()
        .filter(|number| stands(*number, Standing::Open) && !stands(*number, Standing::Raised))
        .filter_map(|number| program.reasons.get(usize::from(number)).map(|r| r.code.as_str()))
        .collect()
}

/// The reasons in the order of the first places that raise them.
fn first_places(program: &Program) -> Vec<u16> {
    let mut known = vec![false; program.reasons.len()];
    let mut order = Vec::with_capacity(known.len());
    for raise in &program.raises {
        if let Some(known) = known.get_mut(usize::from(raise.reason))
            && !std::mem::replace(known, true)
        {
            order.push(raise.reason);
        }
    }
    order
}

fn reason<'p>(case: &mut Case<'p>, number: u16, raised: &[&'p Raise]) -> Reason<'p> {
    let program = case.eval.program;
    let declared = &program.reasons[usize::from(number)];
    let subjects = match raised.first().map(|r| r.when) {
        Some(When::DocumentsMissing) => document::missing(case),
        Some(When::DocumentsDefective) => document::defective(case),
        _ => Vec::new(),
    };
    let kinds = subjects.iter().filter_map(|n| program.documents.get(usize::from(*n))).map(|d| program.symbol(d.kind));
    let kinds = kinds.collect();
    // While the day is not known, or on days without words of its own, a reason speaks in its last words.
    let mut said = declared.generations.last();
    for generation in &declared.generations {
        if case.eval.gate(generation.gate).is_yes() {
            said = Some(generation);
        }
    }
    let remedy = said.and_then(|s| s.remedy.get(case.locale)).map(|m| message::fill(case, m, &subjects));
    let message = said.and_then(|s| s.message.get(case.locale)).map(|m| message::fill(case, m, &subjects));
    let basis = said.map_or(&[][..], |s| &s.basis).iter();
    let mut decided = Vec::new();
    for raise in raised {
        if let When::Unmet(node) = raise.when {
            because(case, node, &mut decided);
        }
    }
    Reason {
        code: &declared.code,
        effect: declared.effect,
        message: message.unwrap_or_default(),
        remedy,
        basis: basis
            .map(|(source, at)| Basis {
                source: program.sources.get(usize::from(*source)).map_or("", |s| s.name.as_str()),
                at: case.text(at),
            })
            .collect(),
        because: decided,
        subjects: kinds,
    }
}
