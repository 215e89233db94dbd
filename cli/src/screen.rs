//! `duly screen`: every policy of the library asked of one set of facts.

use crate::decide::{Format, application};
use crate::error::Error;
use crate::library::Place;
use crate::{human, io, policy};
use duly::{DecideError, Policy};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// What `duly screen` is told.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  \
    duly screen facts.json --locale ru\n  \
    duly screen facts.yaml policies/ru/hearing_aid --format json")]
pub struct Arguments {
    /// What is known, JSON or YAML (.yaml, .yml): the facts of all policies together; `-` reads JSON from standard input
    #[arg(value_name = "CLAIM|-")]
    claim: PathBuf,
    /// Policies or folders of them [default: the library]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How the screening is shown [default: human on a terminal, else json]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The language of messages, e.g. ru; a policy that does not speak it speaks its first
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
}

/// Screens a claim.
///
/// # Errors
/// A policy or the claim cannot be read, or the claim does not fit a policy.
pub fn run(arguments: &Arguments, place: &Place) -> Result<u8, Error> {
    let policies = policies(&arguments.paths, place)?;
    let (facts, shown) = application(&arguments.claim)?;
    let all: Vec<&Policy> = policies.iter().collect();
    let locale = arguments.locale.as_deref();
    let screening = duly::screen(&all, &facts, locale).map_err(|error| match error {
        DecideError::Input(problems) => Error::Input { path: shown, policy: "the library".into(), problems },
        other => Error::Decide(other),
    })?;
    match arguments.format {
        Some(Format::Json) => json(&screening),
        None if !std::io::stdout().is_terminal() => json(&screening),
        Some(Format::Human) | None => {
            let text = human::screening(&all, &screening, human::width());
            let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
            out.write_all(text.as_bytes())?;
            Ok(out.flush()?)
        }
    }?;
    Ok(0)
}

fn json(screening: &duly::Screening<'_>) -> Result<(), Error> {
    let mut out = io::Output::to(None)?;
    writeln!(out, "{}", screening.to_json())?;
    out.finish()
}

/// Every policy under the paths, in the order of their names; parts are passed over.
fn policies(paths: &[PathBuf], place: &Place) -> Result<Vec<Policy>, Error> {
    let paths = if paths.is_empty() { vec![place.open()?.root().to_owned()] } else { paths.to_vec() };
    let mut policies: Vec<Policy> = Vec::new();
    for path in &paths {
        let files = policy::texts_under(path)?;
        let Some(first) = files.first() else {
            return Err(Error::NoPolicies { path: path.display().to_string() });
        };
        let library = place.for_file(first);
        for file in &files {
            match policy::compile(file, &library) {
                Ok(loaded) => policies.push(loaded.policy),
                Err(Error::IsPart { .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }
    policies.sort_by(|a, b| a.program().name.cmp(&b.program().name));
    policies.dedup_by(|a, b| a.digest() == b.digest());
    let twin = policies.windows(2).find(|pair| pair[0].program().name == pair[1].program().name);
    match twin {
        Some(pair) => Err(Error::SameName { name: pair[0].program().name.clone() }),
        None => Ok(policies),
    }
}
