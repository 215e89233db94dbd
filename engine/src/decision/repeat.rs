//! When one may ask again.

use super::outcome::Settled;
use super::{Case, Date10};
use crate::eval::Standing;
use crate::program::expression::Outcome;
use serde::Serialize;

/// When one may ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Repeat {
    /// The first day of a next claim.
    pub next_from: Option<Date10>,
}

/// Where the repeat rule itself refuses, the first day on which it no longer would; otherwise, unless the claim
/// is refused, the first day after a grant on the day of filing.
pub(super) fn repeat(case: &mut Case<'_>, standings: &[Standing], settled: &Settled) -> Repeat {
    let Some((rule, _)) = case.eval.generation(&case.eval.program.repeats, |r| r.gate) else {
        return Repeat { next_from: None };
    };
    let next = match standings.get(usize::from(rule.raise)) {
        Some(Standing::Raised) => case.eval.free_again(rule),
        Some(Standing::Uncomputable(_)) => None,
        _ if settled.outcome == Outcome::Refused => None,
        _ => case.eval.free_after_grant(rule),
    };
    Repeat { next_from: next.map(Date10) }
}
