//! Builds the npm package of Duly: two builds of the engine, their JavaScript, their types. `--report` measures it,
//! `--test` tests it in Node and Chromium.

mod build;
mod command;
mod package;
mod trial;
mod types;

use std::env::args;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// The two builds of the package.
pub const VARIANTS: [&str; 2] = ["evaluate", "full"];

fn main() -> ExitCode {
    let asked = args().nth(1);
    let done = package::lay_out().and_then(|()| match asked.as_deref() {
        None => Ok(()),
        Some("--report") => trial::report(),
        Some("--test") => trial::test(),
        Some(other) => Err(format!("there is no option `{other}`; there are `--report` and `--test`")),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            say(&format!("error: {cause}"));
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map_or(here.clone(), PathBuf::from)
}

fn say(text: &str) {
    // Where nobody reads any more there is nobody to be told.
    let _ = writeln!(io::stderr(), "{text}");
}
