//! `duly`: checks policies, decides claims, runs a policy's cases.

mod batch;
mod build;
mod calendar;
mod check;
mod data;
mod decide;
mod error;
mod human;
mod io;
mod library;
mod policy;
mod report;
mod screen;
mod test;
mod yaml;

use anstyle::AnsiColor;
use clap::builder::{StyledStr, Styles};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Parser, Subcommand};
use error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

/// The colours of help texts and errors, as cargo has them.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::BrightGreen.on_default().bold())
    .usage(AnsiColor::BrightGreen.on_default().bold())
    .literal(AnsiColor::BrightCyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default())
    .error(AnsiColor::BrightRed.on_default().bold())
    .valid(AnsiColor::BrightCyan.on_default().bold())
    .invalid(AnsiColor::BrightYellow.on_default().bold());

/// Rules of benefits that read like the regulation: checked, decided and explained
#[derive(Parser)]
#[command(
    name = "duly",
    version,
    styles = STYLES,
    max_term_width = 100,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 done, 1 a check, test or line of a batch failed, 2 wrong usage or unreadable input.\n\
                  Colours follow the terminal; NO_COLOR=1 turns them off."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// The folder of policies and calendars [default: $DULY_LIBRARY, else ./policies]
    #[arg(long, global = true, value_name = "DIR")]
    library: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Check policies: every problem of every file, with its place and a way out
    Check(check::Arguments),
    /// Decide one application
    Decide(decide::Arguments),
    /// Ask every policy of the library of one set of facts: what am I entitled to?
    Screen(screen::Arguments),
    /// Decide many applications: JSON Lines in, JSON Lines out, in the same order
    Batch(batch::Arguments),
    /// Run the cases that stand beside policies
    Test(test::Arguments),
    /// Compile policies into artefacts that need neither text nor library
    Build(build::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::try_parse().unwrap_or_else(|error| with_a_way_out(error).exit());
    let place = library::Place {
        given: arguments.library.or_else(|| {
            let told = std::env::var_os("DULY_LIBRARY").filter(|d| !d.is_empty());
            told.map(PathBuf::from)
        }),
    };
    let done = match arguments.command {
        Command::Check(arguments) => check::run(&arguments, &place),
        Command::Decide(arguments) => decide::run(&arguments, &place),
        Command::Screen(arguments) => screen::run(&arguments, &place),
        Command::Batch(arguments) => batch::run(&arguments, &place),
        Command::Test(arguments) => test::run(&arguments, &place),
        Command::Build(arguments) => build::run(&arguments, &place),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        // Whoever read our output has seen enough.
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error);
            ExitCode::from(2)
        }
    }
}

/// Adds what was probably meant by an argument that a command does not take.
fn with_a_way_out(mut error: clap::Error) -> clap::Error {
    let Some(ContextValue::String(given)) = error.get(ContextKind::InvalidArg) else {
        return error;
    };
    let usage = error.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    let tip = if usage.contains("--input") && !given.starts_with('-') {
        format!("to name the file of claims, use '--input {given}'")
    } else if usage.contains("duly screen") && ["--input", "-i"].contains(&given.as_str()) {
        "the claim comes first, without an option: 'duly screen claim.json'".to_owned()
    } else {
        return error;
    };
    if error.kind() == ErrorKind::UnknownArgument {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(tip)]));
    }
    error
}

/// Tells a person what went wrong: every problem, the summary and a way out.
fn tell(error: &Error) {
    match error {
        Error::Policy { findings, .. } => {
            for finding in findings {
                io::note(&finding.human(human::width()));
                io::note("");
            }
        }
        Error::Input { problems, .. } => {
            for problem in problems {
                io::note(&io::tame(&problem.to_string()));
            }
        }
        _ => {}
    }
    let red = AnsiColor::BrightRed.on_default().bold();
    let blue = AnsiColor::BrightCyan.on_default().bold();
    io::note(&format!("{red}error{red:#}: {}", io::tame(&error.to_string())));
    if let Some(help) = error.help() {
        io::note(&format!("{blue}help{blue:#}: {help}"));
    }
}
