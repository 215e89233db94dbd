//! `duly test`: the cases beside the policies.

mod cases;
mod claim;
mod compare;

use crate::error::{Error, count};
use crate::library::{FolderLibrary, Place};
use crate::{io, policy};
use anstyle::{AnsiColor, Style};
use cases::{Case, Cases};
use compare::Difference;
use duly::{DecideError, Options, Policy};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The ending of files of cases.
const ENDING: &str = ".cases.yaml";
const GREEN: Style = AnsiColor::BrightGreen.on_default();
const RED: Style = AnsiColor::BrightRed.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// What `duly test` is told.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  duly test policies/ru --coverage\n\n\
    Cases stand beside a policy, NAME.cases.yaml for NAME.duly:\n  \
    base: { filing: { date: 2025-03-14 } }\n  \
    cases:\n    \
    - name: too weak a device is refused\n      \
    given: { device: { gain: 20 } }\n      \
    expect: { outcome: refused, reasons: [device_gain_too_low] }")]
pub struct Arguments {
    /// Policies, files of cases or folders of them [default: the library]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// List the reasons that no case raises
    #[arg(long)]
    coverage: bool,
}

/// What the cases came to.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    failures: Vec<Failure>,
    unseen: Vec<(String, Vec<String>)>,
}

/// A case that failed, or a file whose cases cannot be run.
struct Failure {
    title: String,
    message: String,
    differences: Vec<Difference>,
}

/// Runs cases; 1 when one fails.
///
/// # Errors
/// A path cannot be read, there are no cases, or nothing can be written.
pub fn run(arguments: &Arguments, place: &Place) -> Result<u8, Error> {
    let paths =
        if arguments.paths.is_empty() { vec![place.open()?.root().to_owned()] } else { arguments.paths.clone() };
    let mut files = Vec::new();
    for path in &paths {
        files.extend(files_of(&policy::path_of(path, place))?);
    }
    if files.is_empty() {
        let places: Vec<String> = paths.iter().map(|p| format!("`{}`", p.display())).collect();
        return Err(Error::NoCases { places: places.join(", ") });
    }
    let mut tally = Tally::default();
    let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
    for file in &files {
        let before = (tally.passed, tally.failed);
        run_file(file, place, &mut tally);
        let (passed, failed) = (tally.passed - before.0, tally.failed - before.1);
        let verdict = match failed {
            0 => format!("{GREEN}{passed} passed{GREEN:#}"),
            _ => format!("{passed} passed, {RED}{failed} failed{RED:#}"),
        };
        writeln!(out, "{} ... {verdict}", file.display())?;
    }
    for failure in &tally.failures {
        write_failure(&mut out, failure)?;
    }
    if arguments.coverage {
        write_coverage(&mut out, &tally)?;
    }
    // Other programs read this last line: it stays as it is.
    writeln!(out, "\n{} passed, {} failed", tally.passed, tally.failed)?;
    out.flush()?;
    Ok(u8::from(tally.failed > 0))
}

/// The files of cases that a path stands for.
fn files_of(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if path.extension().is_some_and(|e| e == "duly") {
        let beside = path.with_extension("cases.yaml");
        return Ok(if beside.is_file() { vec![beside] } else { Vec::new() });
    }
    let is_yaml = |e: &std::ffi::OsStr| e == "yaml" || e == "yml";
    if path.is_file() && !path.extension().is_some_and(is_yaml) {
        return Ok(Vec::new());
    }
    io::files_under(path, ENDING)
}

fn run_file(file: &Path, place: &Place, tally: &mut Tally) {
    let whole = |error: &Error| {
        if let Error::Policy { .. } = error {
            crate::tell(error);
        }
        Failure { title: file.display().to_string(), message: error.to_string(), differences: Vec::new() }
    };
    let cases = match cases::read(file) {
        Ok(cases) => cases,
        Err(error) => {
            tally.failed += 1;
            tally.failures.push(whole(&error));
            return;
        }
    };
    let policy = match policy_of(file, &cases, place) {
        Ok(policy) => policy,
        Err(error) => {
            tally.failed += cases.cases.len();
            tally.failures.push(whole(&error));
            return;
        }
    };
    let mut raised = Vec::new();
    for case in &cases.cases {
        match run_case(&policy, &cases, case, &mut raised) {
            Ok(()) => tally.passed += 1,
            Err((message, differences)) => {
                tally.failed += 1;
                tally.failures.push(Failure {
                    title: format!("{}: {}", file.display(), case.name),
                    message,
                    differences,
                });
            }
        }
    }
    let codes = policy.program().reasons.iter().map(|r| &r.code);
    let unseen = codes.filter(|c| !raised.contains(*c)).cloned().collect();
    tally.unseen.push((file.display().to_string(), unseen));
}

/// The policy of a file of cases: as it says, else the one beside it.
fn policy_of(file: &Path, cases: &Cases, place: &Place) -> Result<Policy, Error> {
    let name = file.to_string_lossy();
    let beside = PathBuf::from(format!("{}.duly", name.strip_suffix(ENDING).unwrap_or(&name)));
    let library: FolderLibrary = place.for_file(file);
    let path = match &cases.policy {
        None => beside,
        Some(dotted) => match library.path_for(dotted) {
            Some(path) => path,
            // Beside the cases, and outside of any library.
            None if beside.is_file() && library.name_of(&beside).is_none() => beside,
            None => return Ok(policy::load(dotted, place)?.policy),
        },
    };
    let policy = policy::compile(&path, &library)?.policy;
    let name = policy.program().name.as_str();
    match &cases.policy {
        Some(told) if told != name => {
            let cause = format!("it says `policy: {told}`, and the policy beside it is `{name}`");
            Err(Error::Cases { path: file.display().to_string(), cause })
        }
        _ => Ok(policy),
    }
}

type Failed = (String, Vec<Difference>);

fn run_case(policy: &Policy, cases: &Cases, case: &Case, raised: &mut Vec<String>) -> Result<(), Failed> {
    let claim = claim::claim(&cases.base, case).map_err(|message| (message, Vec::new()))?;
    let options = Options { locale: case.locale.as_deref(), explain: false };
    let decision = duly::decide(policy, &claim.to_json(), options).map_err(|error| {
        let message = match &error {
            DecideError::Input(problems) => {
                let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
                format!("the claim does not fit the policy:\n{}", lines.join("\n"))
            }
            other => other.to_string(),
        };
        (message, Vec::new())
    })?;
    raised.extend(decision.reasons.iter().map(|r| r.code.to_owned()));
    match compare::differences(&case.expect, &decision, policy.program()) {
        none if none.is_empty() => Ok(()),
        some => Err((String::new(), some)),
    }
}

fn write_failure(out: &mut impl Write, failure: &Failure) -> Result<(), Error> {
    writeln!(out, "\n{RED}---- {} ----{RED:#}", io::tame(&failure.title))?;
    for line in io::tame(&failure.message).lines() {
        writeln!(out, "  {line}")?;
    }
    for difference in &failure.differences {
        writeln!(out, "  {}", io::tame(&difference.key))?;
        let expected = io::tame(&difference.expected);
        writeln!(out, "    {DIM}expected{DIM:#}  {GREEN}{expected}{GREEN:#}")?;
        let got = io::tame(&difference.got);
        writeln!(out, "    {DIM}got{DIM:#}       {RED}{got}{RED:#}")?;
    }
    Ok(())
}

fn write_coverage(out: &mut impl Write, tally: &Tally) -> Result<(), Error> {
    writeln!(out, "\nreasons that no case raises:")?;
    for (file, codes) in &tally.unseen {
        let told = match codes.len() {
            0 => format!("{GREEN}none{GREEN:#}"),
            n => format!("{} ({})", codes.join(", "), count(n, "reason")),
        };
        writeln!(out, "  {file}: {told}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
