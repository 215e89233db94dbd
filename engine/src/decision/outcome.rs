//! The outcome, from the strongest effect down, and eligibility.

use super::Case;
use crate::eval::Standing;
use crate::program::expression::Outcome;
use crate::value::{Causes, Effect, Value};
use serde::Serialize;

/// Is the applicant entitled, whatever the documents?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Eligibility {
    /// No refusal is possible.
    Eligible,
    /// A refusal is certain.
    Ineligible,
    /// Missing facts could still refuse.
    Unknown,
}

/// What the reasons make of a claim.
pub(crate) struct Settled {
    pub outcome: Outcome,
    pub eligibility: Eligibility,
    /// What could not be computed and goes to a person.
    pub causes: Causes,
}

/// Settles a claim by the standings of its reasons.
pub(crate) fn settle(case: &mut Case<'_>, standings: &[Standing]) -> Settled {
    let mut causes = Causes::SAID;
    for standing in standings {
        if let Standing::Uncomputable(more) = standing {
            causes = causes.with(*more);
        }
    }
    let in_force = case.eval.program.window.map(|window| (window, case.eval.claim.slot(case.eval.program.governed)));
    if let Some((window, Value::Date(day))) = in_force
        && (window.from.is_some_and(|from| day < from) || window.until.is_some_and(|until| until < day))
    {
        causes = causes.with(Causes::RULE);
    }
    let refused = certain_or_open(case, standings, Effect::Refuse).0;
    if !refused {
        causes = causes.with(super::award::causes(case));
    }
    Settled { outcome: outcome(case, standings, causes), eligibility: eligibility(case, standings), causes }
}

fn outcome(case: &Case<'_>, standings: &[Standing], causes: Causes) -> Outcome {
    let ladder =
        [(Effect::Refuse, Outcome::Refused), (Effect::Return, Outcome::Incomplete), (Effect::Review, Outcome::Review)];
    let computed = !(causes.has(Causes::RULE) || causes.has(Causes::CALENDAR));
    for (effect, outcome) in ladder {
        let (certain, open) = certain_or_open(case, standings, effect);
        if certain || (effect == Effect::Review && !computed) {
            return outcome;
        }
        if open {
            return Outcome::Undetermined;
        }
    }
    Outcome::Granted
}

fn certain_or_open(case: &Case<'_>, standings: &[Standing], effect: Effect) -> (bool, bool) {
    let raises = &case.eval.program.raises;
    let reasons = &case.eval.program.reasons;
    let of_effect = raises
        .iter()
        .zip(standings)
        .filter(|(raise, _)| reasons.get(usize::from(raise.reason)).is_some_and(|r| r.effect == effect));
    of_effect.fold((false, false), |(certain, open), (_, s)| {
        (certain || *s == Standing::Raised, open || *s == Standing::Open)
    })
}

/// Looks at the refusals whose condition does not read what was submitted.
fn eligibility(case: &Case<'_>, standings: &[Standing]) -> Eligibility {
    let program = case.eval.program;
    let mut eligibility = Eligibility::Eligible;
    for (raise, standing) in program.raises.iter().zip(standings) {
        let refuses = program.reasons.get(usize::from(raise.reason)).is_some_and(|r| r.effect == Effect::Refuse);
        match standing {
            Standing::Raised if refuses && !raise.reads_documents => {
                return Eligibility::Ineligible;
            }
            Standing::Open if refuses && !raise.reads_documents => eligibility = Eligibility::Unknown,
            Standing::Raised | Standing::Open | Standing::Met | Standing::Uncomputable(_) => {}
        }
    }
    eligibility
}
