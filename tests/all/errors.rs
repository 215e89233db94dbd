//! Bad samples and what is said of them.
