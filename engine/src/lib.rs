//! Duly
#[cfg(feature = "compile")]
pub mod check;
pub mod decision;
pub mod diagnostic;
pub mod eval;
pub mod policy;
pub mod program;
pub mod source;
#[cfg(feature = "compile")]
pub mod syntax;
pub mod value;

#[cfg(feature = "compile")]
pub use check::{Checked, Library, compile};
pub use decision::{DecideError, Decision, Options, decide};
pub use diagnostic::{Diagnostic, Severity};
pub use eval::read::InputProblem;
pub use policy::Policy;
pub use program::encoding::ArtefactError;
pub use source::{Source, Span};
pub use value::Calendar;
