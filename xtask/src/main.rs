//! `cargo xtask`: commands for developers. `cargo xtask test` runs everything that must hold, as CI does.

mod web;

use std::env::args;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// A check that can fail: its name, and what it does.
type Step = (&'static str, fn() -> Result<(), String>);

/// Every check, the quick ones first; each says why it failed.
const STEPS: &[Step] = &[
    ("formatting", formatting),
    ("lints", lints),
    ("the engine without its parser", evaluator_alone),
    ("tests", tests),
    ("documentation", documentation),
    ("the policies of the library", policies),
    ("the npm package, in Node and Chromium", npm_package),
    ("the pre-check page, in Chromium", page),
];

const HELP: &str = "\
Commands for developers

Usage: cargo xtask <COMMAND>

Commands:
  test   Run every check: formatting, lints, builds, tests, documentation, policies
  bench  Measure decisions
  wasm   Build the npm package into wasm/pkg; --report measures it, --test tests it
  web    Serve the pre-check page on this machine [--build | PORT]
";

fn main() -> ExitCode {
    let mut arguments = args().skip(1);
    let done = match arguments.next().as_deref() {
        Some("test") => every_check(),
        Some("bench") => cargo(["bench", "-p", "duly-tests"]),
        Some("wasm") => pack(arguments),
        Some("web") => web::web(&arguments.collect::<Vec<_>>()),
        Some("help" | "--help" | "-h") => {
            say(HELP);
            return ExitCode::SUCCESS;
        }
        other => {
            say(HELP);
            Err(other.map_or_else(|| "no command was given".to_owned(), |o| format!("there is no command `{o}`")))
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            say(&format!("error: {cause}"));
            ExitCode::FAILURE
        }
    }
}

fn every_check() -> Result<(), String> {
    prepare()?;
    let begun = now();
    let mut times = Vec::new();
    for (name, check) in STEPS {
        say(&format!("\n━━━ {name}"));
        let step = now();
        check().map_err(|cause| format!("{name}: {cause}"))?;
        let took = step.elapsed();
        say(&format!("━━━ {name}: good after {}", seconds(took)));
        times.push((name, took));
    }
    say("");
    for (name, took) in times {
        say(&format!("{:>8}  {name}", seconds(took)));
    }
    say(&format!("{:>8}  in all; every check passed", seconds(begun.elapsed())));
    Ok(())
}

/// Installs what the checks need and a fresh machine may lack.
fn prepare() -> Result<(), String> {
    let has = |tool: &str| {
        let mut command = Command::new("cargo");
        command.args([tool, "--version"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|s| s.success())
    };
    if !has("fmt") || !has("clippy") {
        run(Command::new("rustup").args(["component", "add", "rustfmt", "clippy"]))?;
    }
    Ok(())
}

fn formatting() -> Result<(), String> {
    cargo(["fmt", "--all", "--check"]).map_err(|_| "the code is not formatted; run `cargo fmt --all`".into())
}

fn lints() -> Result<(), String> {
    cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

/// The small WASM is built from this: it must neither need nor bring the parser.
fn evaluator_alone() -> Result<(), String> {
    cargo(["build", "-p", "duly", "--no-default-features"])?;
    let tree = ["tree", "-p", "duly", "--no-default-features", "--edges", "normal,build", "--prefix", "none"];
    let shown = Command::new("cargo")
        .args(tree)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("`cargo tree` cannot be run: {e}"))?;
    if !shown.status.success() {
        return Err("`cargo tree` failed".into());
    }
    let shown = String::from_utf8_lossy(&shown.stdout);
    match shown.lines().find(|l| l.starts_with("pest")) {
        Some(line) => Err(format!("the evaluator depends on `{line}`; only the feature `compile` may bring it")),
        None => Ok(()),
    }
}

fn tests() -> Result<(), String> {
    cargo(["test", "--workspace"])
}

fn documentation() -> Result<(), String> {
    run(Command::new("cargo").args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// The program as it is shipped, over the policies as they are shipped.
fn policies() -> Result<(), String> {
    cargo(["build", "--release", "-p", "duly-cli"])?;
    let duly = |arguments: &[&str]| {
        let run_it = ["run", "--quiet", "--release", "-p", "duly-cli", "--"];
        cargo(run_it.iter().chain(arguments))
    };
    duly(&["check", "policies"])?;
    duly(&["test", "policies"])
}

fn npm_package() -> Result<(), String> {
    pack(["--test".to_owned()])
}

/// The page as it is served; npm and Chromium are there since the package was tested.
fn page() -> Result<(), String> {
    web::web(&["--build".to_owned()])?;
    let npm = |arguments: &[&str]| run(Command::new("npm").args(["--prefix", "tests/browser"]).args(arguments));
    npm(&["ci", "--silent", "--no-audit", "--no-fund", "--prefer-offline"])?;
    npm(&["test"])
}

/// A crate of its own, so that the other commands start without building what writes JavaScript.
fn pack(arguments: impl IntoIterator<Item = String>) -> Result<(), String> {
    let run_it = ["run", "--quiet", "--package", "duly-pack", "--"].map(String::from);
    cargo(run_it.into_iter().chain(arguments))
}

fn cargo<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Result<(), String> {
    run(Command::new("cargo").args(arguments))
}

/// Runs a command in the folder of the workspace, with its output shown.
fn run(command: &mut Command) -> Result<(), String> {
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let arguments = command.get_args().map(|a| a.to_string_lossy().into_owned());
    let shown = format!("{} {}", command.get_program().to_string_lossy(), arguments.collect::<Vec<_>>().join(" "));
    say(&format!("$ {shown}"));
    let status = command.status().map_err(|e| format!("`{shown}` cannot be run: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed")) }
}

#[expect(
    clippy::disallowed_methods,
    reason = "developers want to know how long a check takes; nothing is decided by it"
)]
fn now() -> Instant {
    Instant::now()
}

fn seconds(time: Duration) -> String {
    format!("{}.{} s", time.as_secs(), time.subsec_millis() / 100)
}

fn say(text: &str) {
    // Where nobody reads any more there is nobody to be told.
    let _ = writeln!(io::stderr(), "{text}");
}
