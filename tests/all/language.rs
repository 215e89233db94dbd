//! The language manual as tests.
