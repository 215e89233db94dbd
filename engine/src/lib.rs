//! Duly: rules of benefits as a language, and the engine that decides claims by them.
//!
//! ```text
//!  text ──syntax──▶ AST ──check──▶ Program ──eval──▶ Decision ──decision──▶ JSON / sentences
//!  .duly  (pest)          (names, types,  │  ▲
//!                          dates, tables) │  └── Claim: facts known, none or unknown  ◀── JSON
//!                                         └──▶ .dulyc (one versioned, checked artefact)
//! ```
//!
//! Stages are folders, constructs are files of the same name in every stage. The engine is pure: no clock, no
//! files, no network, no floats; and total: every input gives a decision or an error with a code.
//!
//! [`compile`] makes a [`Policy`] of a text (feature `compile`), [`Policy::from_artefact`] of a `.dulyc`;
//! [`decide`] decides an application given as JSON, [`screen()`] one set of facts by many policies.

#[cfg(feature = "compile")]
pub mod check;
pub mod decision;
pub mod diagnostic;
pub mod eval;
pub mod form;
pub mod json;
pub mod policy;
pub mod program;
pub mod screen;
pub mod source;
#[cfg(feature = "compile")]
pub mod syntax;
pub mod value;

#[cfg(feature = "compile")]
pub use check::{Checked, Library, compile};
pub use decision::{DecideError, Decision, Options, decide, decide_bytes};
pub use diagnostic::{Diagnostic, Severity};
pub use eval::read::InputProblem;
pub use form::{Form, form};
pub use policy::Policy;
pub use program::encoding::ArtefactError;
pub use screen::{Screening, screen, screen_bytes};
pub use source::{Source, Span};
pub use value::Calendar;
