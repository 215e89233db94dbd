//! `duly decide`: one decision.

use crate::error::Error;
use crate::library::Place;
use crate::{human, io, policy, yaml};
use duly::program::expression::Outcome;
use duly::{DecideError, Options, Policy};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// What `duly decide` is told.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  \
    duly decide ru.hearing_aid.compensation --input claim.json --locale ru\n  \
    duly decide compensation.dulyc --input - --format json < claim.json")]
pub struct Arguments {
    /// The policy: a dotted name in the library, or the path of a .duly or .dulyc file
    #[arg(value_name = "POLICY")]
    policy: String,
    /// The application, JSON or YAML (.yaml, .yml); `-` reads JSON from standard input
    #[arg(short, long, value_name = "FILE|-")]
    input: PathBuf,
    /// How the decision is shown [default: human on a terminal, else json]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The language of messages, e.g. ru [default: the policy's first]
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
    /// Add the trace: every declaration with its value and what it read
    #[arg(long)]
    explain: bool,
    /// Let the exit code tell the outcome: 10 refused, 11 incomplete, 12 review, 13 undetermined
    #[arg(long)]
    exit_outcome: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A letter for people
    Human,
    /// JSON for programs
    Json,
}

/// The longest application, in bytes, as the engine has it.
const MAX_APPLICATION: u64 = duly::eval::read::MAX_CLAIM as u64;

/// Decides an application; the exit code tells the outcome where that was asked for.
///
/// # Errors
/// The policy or the application cannot be read, or does not fit.
pub fn run(arguments: &Arguments, place: &Place) -> Result<u8, Error> {
    let policy = policy::load(&arguments.policy, place)?.policy;
    check_locale(&policy, arguments.locale.as_deref())?;
    let (application, shown) = application(&arguments.input)?;
    let options = Options { locale: arguments.locale.as_deref(), explain: arguments.explain };
    let decision = duly::decide(&policy, &application, options).map_err(|error| match error {
        DecideError::Input(problems) => Error::Input { path: shown, policy: policy.program().name.clone(), problems },
        other => Error::Decide(other),
    })?;
    let on_terminal = std::io::stdout().is_terminal();
    match arguments.format {
        Some(Format::Human) => human(&policy, &decision, options)?,
        None if on_terminal => human(&policy, &decision, options)?,
        Some(Format::Json) | None => {
            let mut out = io::Output::to(None)?;
            writeln!(out, "{}", decision.to_json())?;
            out.finish()?;
        }
    }
    Ok(if arguments.exit_outcome { exit_code(decision.outcome) } else { 0 })
}

fn human(policy: &Policy, decision: &duly::Decision<'_>, options: Options<'_>) -> Result<(), Error> {
    let text = human::render(policy.program(), decision, options.locale, human::width());
    let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Refuses a locale that the policy does not have.
///
/// # Errors
/// It does not have it.
pub fn check_locale(policy: &Policy, asked: Option<&str>) -> Result<(), Error> {
    match policy.program().locale(asked) {
        Some(_) => Ok(()),
        None => Err(Error::Decide(DecideError::Locale {
            asked: asked.unwrap_or_default().chars().take(40).collect(),
            known: policy.program().locales.join(", "),
        })),
    }
}

/// The application's JSON text, and how its source is called.
///
/// # Errors
/// It cannot be read.
pub fn application(input: &Path) -> Result<(String, String), Error> {
    if input.as_os_str() == "-" {
        let shown = "standard input".to_owned();
        let text = io::text(io::read_stdin(MAX_APPLICATION)?, &shown)?;
        return Ok((text, shown));
    }
    let shown = input.display().to_string();
    let text = io::text(io::read(input, MAX_APPLICATION)?, &shown)?;
    let is_yaml = input.extension().is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"));
    if !is_yaml {
        return Ok((text, shown));
    }
    let data = yaml::read(&text).map_err(|cause| Error::Yaml { path: shown.clone(), cause })?;
    Ok((data.to_json(), shown))
}

fn exit_code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Granted => 0,
        Outcome::Refused => 10,
        Outcome::Incomplete => 11,
        Outcome::Review => 12,
        Outcome::Undetermined => 13,
    }
}
