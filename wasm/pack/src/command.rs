//! Other programs, and how they are installed where they are missing.

use crate::{root, say};
use std::process::{Command, Stdio};

/// Runs a command in the folder of the workspace, with its output shown.
///
/// # Errors
/// It cannot be run, or fails.
pub fn run(command: &mut Command) -> Result<(), String> {
    command.current_dir(root());
    let arguments = command.get_args().map(|a| a.to_string_lossy().into_owned());
    let shown = format!("{} {}", command.get_program().to_string_lossy(), arguments.collect::<Vec<_>>().join(" "));
    say(&format!("$ {shown}"));
    let status = command.status().map_err(|e| format!("`{shown}` cannot be run: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed")) }
}

/// What a command prints.
///
/// # Errors
/// It cannot be run, or fails.
pub fn output(program: &str, arguments: &[&str]) -> Result<String, String> {
    let done = Command::new(program).args(arguments).stderr(Stdio::inherit()).output();
    let done = done.map_err(|e| format!("`{program}` cannot be run: {e}"))?;
    if !done.status.success() {
        return Err(format!("`{program} {}` failed", arguments.join(" ")));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Makes sure that a program is there; installs Debian's package of it where that is possible.
///
/// # Errors
/// It is missing and could not be installed.
pub fn need(program: &str, package: &str) -> Result<(), String> {
    let is_there = || {
        let mut asked = Command::new(program);
        asked.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        asked.status().is_ok_and(|s| s.success())
    };
    if is_there() {
        return Ok(());
    }
    say(&format!("`{program}` is missing; installing the package `{package}`"));
    let install = "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends";
    let installed = run(Command::new("sh").args(["-c", &format!("{install} {package}")]));
    if installed.is_ok() && is_there() {
        return Ok(());
    }
    Err(format!("`{program}` is missing; install it, on Debian with `apt-get install {package}` as root"))
}
