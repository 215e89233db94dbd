//! What a reason does to a claim.

use serde::{Deserialize, Serialize};

/// What a reason does to a claim, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Effect {
    /// The claim is refused.
    Refuse,
    /// It is returned and can be completed.
    Return,
    /// A person must decide.
    Review,
    /// Told to the applicant; changes nothing.
    Note,
}
