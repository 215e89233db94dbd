//! One binary with every integration test, so that it links once.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod claims;
mod errors;
mod form;
mod hostile;
mod json;
mod language;
mod parity;
mod readme;
mod soundness;
mod support;
mod tidy;
