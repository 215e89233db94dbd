//! Builds the npm package of Duly: two builds of the engine, their JavaScript, their types.

mod build;
mod command;
mod package;
mod types;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// The two builds of the package.
pub const VARIANTS: [&str; 2] = ["evaluate", "full"];

fn main() -> ExitCode {
    match package::lay_out() {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            say(&format!("error: {cause}"));
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn say(text: &str) {
    // Where nobody reads any more there is nobody to be told.
    let _ = writeln!(io::stderr(), "{text}");
}
