//! `duly check`: every problem of every file.

use crate::error::{Error, count};
use crate::library::{FolderLibrary, Place};
use crate::report::{Finding, count_errors, summary};
use crate::{human, io, policy};
use anstyle::AnsiColor;
use duly::diagnostic::Code;
use duly::{Diagnostic, Policy, Span};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What `duly check` is told.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  duly check policies/ru --format short")]
pub struct Arguments {
    /// Policies or folders of them [default: the library]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How problems are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The lines concerned, with marks and a way out
    #[default]
    Human,
    /// An array of objects
    Json,
    /// One line for each problem
    Short,
}

/// What checking the files came to.
#[derive(Default)]
struct Tally {
    files: usize,
    /// The policies that check, whose facts must agree.
    policies: Vec<Policy>,
    /// What cannot be read, each told once.
    unreadable: BTreeSet<String>,
    findings: Vec<Finding>,
}

/// Checks files; 0 when there are no errors, 1 when there are, 2 when a path cannot be read.
///
/// # Errors
/// The library is not there, or nothing can be written.
pub fn run(arguments: &Arguments, place: &Place) -> Result<u8, Error> {
    let mut tally = Tally::default();
    let paths =
        if arguments.paths.is_empty() { vec![place.open()?.root().to_owned()] } else { arguments.paths.clone() };
    for path in &paths {
        if let Err(error) = check_path(path, place, &mut tally) {
            refuse(&mut tally, &error);
        }
    }
    let code = match (&tally, count_errors(&tally.findings)) {
        (tally, _) if !tally.unreadable.is_empty() => 2,
        (_, 0) => 0,
        _ => 1,
    };
    write(&tally, arguments.format)?;
    Ok(code)
}

fn check_path(path: &Path, place: &Place, tally: &mut Tally) -> Result<(), Error> {
    let files = policy::texts_under(&policy::path_of(path, place))?;
    let Some(first) = files.first() else {
        return Err(Error::NoPolicies { path: path.display().to_string() });
    };
    // One library for all files of a folder: what they import is read once.
    let library: FolderLibrary = place.for_file(first);
    for file in &files {
        let seen = policy::check(file, &library);
        tally.files += 1;
        for finding in seen.findings {
            if !tally.findings.iter().any(|f| f.is_same(&finding)) {
                tally.findings.push(finding);
            }
        }
        for error in &seen.unusable {
            refuse(tally, error);
        }
        if let Some(policy) = seen.policy {
            agree(&policy, &seen.facts, tally);
            tally.policies.push(policy);
        }
    }
    Ok(())
}

/// Tells of facts that an earlier policy has with another type: no claim could hold the facts of both.
fn agree(policy: &Policy, (places, files): &(Vec<Span>, Vec<(String, Rc<str>)>), tally: &mut Tally) {
    let program = policy.program();
    for earlier in &tally.policies {
        for found in duly::screen::disagreements(program, earlier.program()) {
            let place = places.get(usize::from(found.fact)).copied().unwrap_or_default();
            let path = program.facts.get(usize::from(found.fact)).map_or("", |f| f.path.as_str());
            let message = format!("`{path}` is {} here, and {} in `{}`", found.own, found.other, found.policy);
            let help = "one claim holds the facts of the whole library: give both the same type, or one another name";
            let finding = Finding::new(&Diagnostic::new(Code::FactsDisagree, place, message).help(help), files);
            if !tally.findings.iter().any(|f| f.is_same(&finding)) {
                tally.findings.push(finding);
            }
        }
    }
}

/// Tells of what cannot be read and goes on.
fn refuse(tally: &mut Tally, error: &Error) {
    if tally.unreadable.insert(error.to_string()) {
        crate::tell(error);
    }
}

fn write(tally: &Tally, format: Format) -> Result<(), Error> {
    let findings = &tally.findings;
    match format {
        Format::Human => write_human(tally),
        Format::Short => {
            let mut out = io::Output::to(None)?;
            for finding in findings {
                writeln!(out, "{}", io::tame(&finding.short()))?;
            }
            out.finish()
        }
        Format::Json => {
            let mut out = io::Output::to(None)?;
            let objects: Vec<String> = findings.iter().map(Finding::json).collect();
            if objects.is_empty() {
                writeln!(out, "[]")?;
            } else {
                writeln!(out, "[\n  {}\n]", objects.join(",\n  "))?;
            }
            out.finish()
        }
    }
}

fn write_human(tally: &Tally) -> Result<(), Error> {
    let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
    for finding in &tally.findings {
        writeln!(out, "{}\n", finding.human(human::width()))?;
    }
    let colour = match (count_errors(&tally.findings), tally.findings.len()) {
        (0, 0) => AnsiColor::BrightGreen,
        (0, _) => AnsiColor::BrightYellow,
        _ => AnsiColor::BrightRed,
    };
    let style = colour.on_default().bold();
    let unreadable = match tally.unreadable.len() {
        0 => String::new(),
        n => format!(", {n} unreadable"),
    };
    writeln!(out, "checked {}: {style}{}{style:#}{unreadable}", count(tally.files, "file"), summary(&tally.findings))?;
    Ok(out.flush()?)
}
