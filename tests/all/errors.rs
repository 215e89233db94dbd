//! Bad samples and what is said of them. How to add one: `tests/errors/README.md`.

use crate::support::{Samples, root};
use duly::diagnostic::{Code, Diagnostic, plain};
use duly::source::{Span, line_and_column};
use duly::{Checked, Source, compile};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

/// The place in the library of the text that is checked.
const PLACE: &str = "sample";

/// Codes that no text of a sample can bring about, and why.
const NOT_FROM_TEXT: &[(Code, &str)] = &[
    (Code::NotUtf8, "a sample is text already; whoever reads the file tells of the bytes"),
    (Code::FactsDisagree, "it takes two policies; the command line tests it"),
];

/// Samples that should be told of, and are not yet; to be emptied.
const NOT_TOLD_YET: &[&str] = &[];

/// A bad text, with its parts and what is expected to be said.
struct Sample {
    name: String,
    path: PathBuf,
    text: String,
    parts: BTreeMap<String, String>,
    expected: String,
}

#[test]
fn every_sample_is_told_as_it_says() {
    let update = std::env::var("UPDATE_SAMPLES").is_ok_and(|v| v == "always");
    let mut wrong = String::new();
    for sample in samples() {
        let found = block(&check(&sample));
        if found == sample.expected {
            continue;
        }
        if update {
            std::fs::write(&sample.path, format!("{}{found}", sample.text)).unwrap();
        } else {
            let _ = writeln!(wrong, "{}: the expected block is now\n{found}", sample.path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_sample_says_something_wrong() {
    let silent: Vec<String> =
        samples().into_iter().filter(|s| check(s).diagnostics.is_empty()).map(|s| s.name).collect();
    assert_eq!(silent, NOT_TOLD_YET, "samples of which nothing is told");
}

#[test]
fn every_code_has_a_sample() {
    let told: Vec<Code> = samples().iter().flat_map(|s| check(s).diagnostics).map(|d| d.code).collect();
    for code in Code::ALL {
        let excused = NOT_FROM_TEXT.iter().any(|(c, _)| c == code);
        assert_ne!(told.contains(code), excused, "{code} ({}): a sample in tests/errors, or an excuse", code.about());
    }
}

#[test]
fn every_problem_shows_a_way_out() {
    for sample in samples() {
        for problem in check(&sample).diagnostics {
            assert!(!problem.help.is_empty(), "{}: no way out of: {}", sample.name, problem.message);
        }
    }
}

#[test]
fn every_sample_as_it_is_shown() {
    let mut shown = String::new();
    for sample in samples() {
        let checked = check(&sample);
        let _ = writeln!(shown, "═══ {} ═══", sample.name);
        for problem in &checked.diagnostics {
            let _ = writeln!(shown, "{}\n", plain(problem, &checked.sources));
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("errors", shown));
}

fn check(sample: &Sample) -> Checked {
    let mut library = Samples(sample.parts.clone());
    library.0.insert(PLACE.into(), sample.text.clone());
    let source = Source { name: format!("{}.duly", sample.name), text: sample.text.clone() };
    compile(&library, source, Some(PLACE))
}

/// What is said of a sample, as it stands at its end.
fn block(checked: &Checked) -> String {
    let mut out = String::new();
    for problem in &checked.diagnostics {
        let _ = writeln!(out, "#! {} {} {}", problem.code, place(problem, checked), problem.message);
        if !problem.help.is_empty() {
            let _ = writeln!(out, "#! help: {}", problem.help);
        }
    }
    out
}

/// `7:12-18`; over several lines `7:12-9:3`; in another file with its name before it.
fn place(problem: &Diagnostic, checked: &Checked) -> String {
    let Span { file, start, end } = problem.span;
    let source = &checked.sources[usize::from(file)];
    let (line, column) = line_and_column(&source.text, start);
    let (last_line, last_column) = line_and_column(&source.text, end);
    let name = if file == 0 { String::new() } else { format!("{}:", source.name) };
    let end = if line == last_line { last_column.to_string() } else { format!("{last_line}:{last_column}") };
    format!("{name}{line}:{column}-{end}")
}

fn samples() -> Vec<Sample> {
    let mut paths: Vec<PathBuf> =
        read_dir(root().join("tests/errors")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| read_sample(path)).collect()
}

fn read_sample(path: &Path) -> Option<Sample> {
    let main = if path.is_dir() { path.join("main.duly") } else { path.to_owned() };
    if main.extension().is_none_or(|e| e != "duly") {
        return None;
    }
    let whole = read_to_string(&main).unwrap();
    let (text, expected) = whole.split_at(start_of_block(&whole));
    let mut parts = BTreeMap::new();
    if path.is_dir() {
        for entry in read_dir(path).unwrap() {
            let file = entry.unwrap().path();
            let text = read_to_string(&file).unwrap();
            let header = text.lines().find_map(|l| l.strip_prefix("part ").or_else(|| l.strip_prefix("policy ")));
            if file != main {
                parts.insert(header.unwrap().trim().to_owned(), text);
            }
        }
    }
    Some(Sample {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        path: main,
        text: text.to_owned(),
        parts,
        expected: expected.to_owned(),
    })
}

fn start_of_block(text: &str) -> usize {
    if text.starts_with("#!") { 0 } else { text.find("\n#!").map_or(text.len(), |at| at + 1) }
}
