//! Everything here is a test; see `main.rs`.
