//! `duly batch`: JSON Lines in, decisions out, in the same order and within bounded memory.

mod lines;

use crate::error::{Error, count};
use crate::library::Place;
use crate::{decide, io, policy};
use duly::{DecideError, InputProblem, Options, Policy};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use lines::{Line, Lines};
use rayon::prelude::*;
use serde::Serialize;
use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Lines decided together.
const CHUNK: usize = 4096;
/// Bytes of lines held together, at most.
const CHUNK_BYTES: usize = 16 << 20;
/// As deep a stack as the main thread has: the engine's depth limits are made for it.
const STACK: usize = 8 << 20;

/// What `duly batch` is told.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  \
    duly batch ru.hearing_aid.compensation --input claims.jsonl --output decisions.jsonl\n  \
    zcat claims.jsonl.gz | duly batch compensation.dulyc --input - | jq .outcome")]
pub struct Arguments {
    /// The policy: a dotted name in the library, or the path of a .duly or .dulyc file
    #[arg(value_name = "POLICY")]
    policy: String,
    /// The applications, one JSON object a line; `-` reads standard input
    #[arg(short, long, value_name = "FILE|-")]
    input: PathBuf,
    /// The file to write; it appears when all is done [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The language of messages, e.g. ru [default: the policy's first]
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
}

/// A line that cannot be decided.
#[derive(Debug, Serialize)]
struct Undecided<'u> {
    error: Cause<'u>,
    line: u64,
}

#[derive(Debug, Serialize)]
struct Cause<'u> {
    code: &'u str,
    message: String,
    problems: &'u [InputProblem],
}

/// Decides every line; 1 when a line cannot be decided.
///
/// # Errors
/// The policy or the input cannot be read, or the output cannot be written.
pub fn run(arguments: &Arguments, place: &Place) -> Result<u8, Error> {
    let policy = policy::load(&arguments.policy, place)?.policy;
    decide::check_locale(&policy, arguments.locale.as_deref())?;
    let input = &arguments.input;
    if input.as_os_str() == "-" {
        if std::io::stdin().is_terminal() {
            io::note("reading from the terminal; finish with Ctrl-D on a line of its own");
        }
        let stdin = BufReader::with_capacity(1 << 16, std::io::stdin());
        return decide_all(arguments, &policy, stdin, None);
    }
    let cannot = |cause| Error::Read { path: input.display().to_string(), cause };
    let file = File::open(input).map_err(cannot)?;
    let facts = file.metadata().map_err(cannot)?;
    if facts.is_dir() {
        return Err(cannot(std::io::ErrorKind::IsADirectory.into()));
    }
    let size = facts.is_file().then_some(facts.len());
    decide_all(arguments, &policy, BufReader::with_capacity(1 << 16, file), size)
}

fn decide_all(
    arguments: &Arguments,
    policy: &Policy,
    from: impl BufRead + Send,
    size: Option<u64>,
) -> Result<u8, Error> {
    // Only the first call in a program sets the threads up, and this is it.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    let bar = progress(size, arguments.output.as_deref());
    let mut out = io::Output::to(arguments.output.as_deref())?;
    let mut lines = Lines::new(from, duly::eval::read::MAX_CLAIM);
    let cannot = |cause| Error::Read { path: arguments.input.display().to_string(), cause };
    let (mut done, mut failed) = (0_u64, 0_u64);
    let mut chunk = lines.chunk(CHUNK, CHUNK_BYTES).map_err(cannot)?;
    let is_no_claim = chunk.first().is_some_and(|line| matches!(line, Line::Whole(text) if !begins_a_claim(text)));
    while !chunk.is_empty() {
        let (decided, next) = rayon::join(
            || decide_chunk(policy, &chunk, done, arguments.locale.as_deref()),
            || lines.chunk(CHUNK, CHUNK_BYTES),
        );
        for (line, is_decided) in &decided {
            failed += u64::from(!is_decided);
            out.write_all(line.as_bytes())?;
            out.write_all(b"\n")?;
        }
        done += chunk.len() as u64;
        bar.set_position(lines.read);
        chunk = next.map_err(cannot)?;
    }
    bar.finish_and_clear();
    out.finish()?;
    tell(done, failed);
    if failed > 0 && is_no_claim {
        io::note("help: `batch` reads one claim a line: `{…}`, without `[ ]` around them and line breaks inside them");
    }
    Ok(u8::from(failed > 0))
}

/// Does a line hold all of a claim, as far as its first and last letter tell?
fn begins_a_claim(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.starts_with(b"{") && line.ends_with(b"}")
}

fn decide_chunk(policy: &Policy, chunk: &[Line], before: u64, locale: Option<&str>) -> Vec<(String, bool)> {
    let numbered = chunk.par_iter().enumerate();
    numbered
        .map(|(nth, line)| match decide_line(policy, line, locale) {
            Ok(decision) => (decision, true),
            Err(refused) => (refused.json(before + 1 + nth as u64), false),
        })
        .collect()
}

/// Why a line is not decided.
#[derive(Debug)]
struct Refused {
    code: &'static str,
    message: String,
    problems: Vec<InputProblem>,
}

impl Refused {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), problems: Vec::new() }
    }

    fn json(&self, line: u64) -> String {
        let undecided = Undecided {
            error: Cause { code: self.code, message: self.message.clone(), problems: &self.problems },
            line,
        };
        // Texts and numbers can always be written.
        serde_json::to_string(&undecided).unwrap_or_default()
    }
}

fn decide_line(policy: &Policy, line: &Line, locale: Option<&str>) -> Result<String, Refused> {
    let bytes = match line {
        Line::Whole(bytes) => bytes,
        Line::TooLong(length) => {
            let most = duly::eval::read::MAX_CLAIM;
            let message = format!("the line has {length} bytes; an application may have {most}");
            return Err(Refused::new("I702", message));
        }
    };
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let at = e.valid_up_to() + 1;
        Refused::new("I701", format!("this is not UTF-8 text: byte {at} of the line does not fit"))
    })?;
    if text.trim().is_empty() {
        return Err(Refused::new("I701", "the line is empty; an application was expected"));
    }
    let options = Options { locale, explain: false };
    match duly::decide(policy, text, options) {
        Ok(decision) => Ok(decision.to_json()),
        Err(DecideError::Input(problems)) => Err(Refused {
            code: problems.first().map_or("I701", |p| p.code),
            message: "the application does not fit the policy".into(),
            problems,
        }),
        Err(error @ DecideError::Locale { .. }) => Err(Refused::new("I708", plain(&error))),
        Err(error @ DecideError::TooManySteps) => Err(Refused::new("I709", plain(&error))),
    }
}

/// The message without its code, which stands beside it.
fn plain(error: &DecideError) -> String {
    let text = error.to_string();
    let after = text.split_once("] ").map(|(_, message)| message.to_owned());
    after.unwrap_or(text)
}

/// A bar on the terminal, unless the decisions themselves go there.
fn progress(size: Option<u64>, output: Option<&Path>) -> ProgressBar {
    let hidden = output.is_none() && std::io::stdout().is_terminal();
    if hidden || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(size, ProgressDrawTarget::hidden());
    }
    let template = match size {
        Some(_) => "{bar:40.cyan} {percent:>3}%  {decimal_bytes_per_sec}  {eta} left",
        None => "{spinner} {decimal_bytes} read  {decimal_bytes_per_sec}",
    };
    let bar = match size {
        Some(size) => ProgressBar::new(size),
        None => ProgressBar::new_spinner(),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style.progress_chars("━╸─")),
        Err(_) => bar,
    }
}

fn tell(done: u64, failed: u64) {
    let lines = |n: u64| count(usize::try_from(n).unwrap_or(usize::MAX), "line");
    if failed > 0 {
        io::note(&format!(
            "decided {} of {}; {} could not be decided and say why in their places",
            done - failed,
            lines(done),
            failed
        ));
    } else if std::io::stderr().is_terminal() {
        io::note(&format!("decided {}", lines(done)));
    }
}
