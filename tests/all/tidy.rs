//! What keeps the tree in order: the checkable invariants of ARCHITECTURE.md.

use crate::support::root;
use std::path::{Path, PathBuf};

/// Where the code lies.
const OURS: [&str; 6] = ["engine/src", "cli/src", "wasm/src", "wasm/pack/src", "tests/all", "xtask/src"];
/// Files over 400 lines, each with its reason.
const LONG_FILES: [(&str, &str); 9] = [
    ("engine/src/syntax/expression/read.rs", "the reading of every kind of expression"),
    (
        "engine/src/check/document.rs",
        "all that is checked of documents, groups and channels, which share their clauses",
    ),
    ("engine/src/check/operator.rs", "one table of which types go together, with the advice for each pair"),
    ("engine/src/check/parameter.rs", "rows, columns and lookups of one construct"),
    ("engine/src/check/reach/space.rs", "one abstract evaluation: variables, tests and cases know each other"),
    ("engine/src/check/expression.rs", "one arm for each kind of expression, and what narrows none"),
    ("engine/src/eval/document.rs", "the whole judgement of a document, in the order of the conventions"),
    ("engine/src/eval/expression.rs", "one arm for each node"),
    ("engine/src/program/expression.rs", "the one list of nodes, with their operands"),
];
/// Functions over 60 lines, each with its reason.
const LONG_FUNCTIONS: [(&str, &str); 6] = [
    ("engine/src/syntax/expression/read.rs::read_compound", "one arm for each compound expression"),
    ("engine/src/syntax/expression.rs::each", "one arm for each kind of expression, with its operands"),
    ("engine/src/program/expression.rs::each", "one arm for each node, with its operands"),
    ("engine/src/decision/question.rs::look", "one arm for each node that looks at its operands in its own way"),
    ("engine/src/eval/expression.rs::compute", "one arm for each node: the compiler points at a missing one"),
    ("engine/src/check/expression.rs::expr", "one arm for each kind of expression"),
];

fn sources(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push((relative(&path), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

#[test]
fn files_are_short() {
    for folder in OURS {
        for (file, text) in sources(folder) {
            let lines = text.lines().count();
            let excused = LONG_FILES.iter().any(|(f, reason)| *f == file && !reason.is_empty());
            assert!(lines <= 400 || excused, "{file} has {lines} lines: split it, or give the reason in the list");
        }
    }
}

#[test]
fn functions_are_short() {
    for folder in OURS {
        for (file, text) in sources(folder) {
            for (name, lines) in functions(&text) {
                let known = format!("{file}::{name}");
                let excused = LONG_FUNCTIONS.iter().any(|(f, reason)| *f == known && !reason.is_empty());
                assert!(lines <= 60 || excused, "{known} has {lines} lines");
            }
        }
    }
}

/// Names and lengths of functions: rustfmt closes each at the indent at which it opens.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        let Some((before, rest)) = words.split_once("fn ") else { continue };
        if !before.split_whitespace().all(|w| ["pub", "pub(super)", "pub(crate)", "const", "async"].contains(&w)) {
            continue;
        }
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let close = format!("{}}}", " ".repeat(indent));
        let length = lines[at..].iter().position(|l| *l == close).unwrap_or(0);
        found.push((name, length + 1));
    }
    found
}

#[test]
fn the_evaluator_knows_no_text() {
    for folder in
        ["engine/src/eval", "engine/src/decision", "engine/src/form", "engine/src/program", "engine/src/value"]
    {
        for (file, text) in sources(folder) {
            for banned in ["crate::syntax", "crate::check", "pest::"] {
                assert!(!text.contains(banned), "{file} knows of {banned}");
            }
        }
    }
    for (file, text) in sources("engine/src/syntax") {
        assert!(!text.contains("crate::check") && !text.contains("crate::eval"), "{file} looks to the right");
    }
}

#[test]
fn the_engine_touches_nothing_outside() {
    for (file, text) in sources("engine/src") {
        for banned in
            ["std::fs", "std::env", "std::net", "std::time", "HashMap", "f64", "f32", "SystemTime", "println!"]
        {
            // A serializer must say that it writes no floats.
            let excused = file.ends_with("json/write.rs") && ["f32", "f64"].contains(&banned);
            assert!(excused || !text.contains(banned), "{file} uses {banned}");
        }
    }
}

#[test]
fn pest_stays_in_the_syntax() {
    for (file, text) in sources("engine/src") {
        let inside = file.starts_with("engine/src/syntax/") || file.ends_with("lib.rs");
        assert!(inside || !text.contains("pest::"), "{file} knows of pest");
    }
}

#[test]
fn the_same_construct_has_the_same_file_name_in_every_stage() {
    for (construct, stages) in [
        ("deadline", ["syntax", "check", "program", "eval", "decision"].as_slice()),
        ("document", &["syntax", "check", "program", "eval", "decision"]),
        ("repeat", &["syntax", "check", "program", "eval", "decision"]),
        ("award", &["syntax", "check", "program", "decision"]),
        ("reason", &["syntax", "check", "program", "decision"]),
        ("parameter", &["syntax", "check", "program", "eval"]),
        ("expression", &["syntax", "check", "program", "eval"]),
        ("message", &["syntax", "check", "program", "decision"]),
        ("fact", &["syntax", "check", "program"]),
        ("definition", &["syntax", "check"]),
        ("criterion", &["syntax", "check"]),
        ("import", &["syntax", "check"]),
        ("output", &["syntax", "check"]),
    ] {
        for stage in stages {
            let path = root().join(format!("engine/src/{stage}/{construct}.rs"));
            assert!(path.exists(), "{} is missing", path.display());
        }
    }
}
