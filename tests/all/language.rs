//! The language manual as tests: every sample on its pages compiles and decides as the page says.
//!
//! Fenced blocks of `tests/language/*.md`, in their order on a page:
//! - `duly`: a complete source that checks without any diagnostic; parts stand before what imports them.
//! - `duly errors`, then `problems`: a source that fails with exactly these lines, `E201 3:14 words of the message`;
//!   line and column count within the block, `E501 person.duly:3:14 …` in an imported one.
//! - `claim`, or `claim ru` for a locale: an application in YAML for the last policy; then `decision`: the part of
//!   the decision that must come out, in YAML. Objects match by the keys told, lists element by element; a plain
//!   text matches an object by its code, kind, name or fact.
//! - `screen` instead of `claim`: the facts are screened by every policy of the page so far.
//! - `claim errors`, then `problems`: an application that cannot be read, one line `/pointer words` each.
//!
//! The word `pending` on a `duly`, `decision` or `problems` block reports a difference without failing.

use crate::support::{Samples, root};
use duly::{Checked, DecideError, Diagnostic, Options, Policy, Source, compile, decide};
use serde_json::Value as Json;
use std::fmt::Write as _;
use std::path::PathBuf;

/// A fenced block of a page.
struct Block {
    kind: String,
    words: Vec<String>,
    /// The line of the page before its first line.
    line: usize,
    text: String,
}

impl Block {
    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|w| w == word)
    }

    /// The name in the header of a source.
    fn name(&self) -> Option<&str> {
        let mut lines = self.text.lines();
        lines
            .find_map(|l| l.strip_prefix("policy ").or_else(|| l.strip_prefix("part ")))
            .and_then(|l| l.split_whitespace().next())
    }

    /// The source, moved down so that its places are those of the page.
    fn source(&self, page: &str) -> Source {
        Source { name: format!("{page}.md"), text: "\n".repeat(self.line) + &self.text }
    }
}

/// A page while it is read.
struct Page {
    name: String,
    samples: Samples,
    /// The policies so far, the last one last.
    policies: Vec<Policy>,
    /// The last claim's decision, or what a refused reading or check said.
    decision: Option<Json>,
    problems: Option<Vec<String>>,
    checked: usize,
    failures: Vec<String>,
    pending: Vec<String>,
}

fn folder() -> PathBuf {
    root().join("tests/language")
}

fn pages() -> Vec<(String, String)> {
    let files = std::fs::read_dir(folder()).unwrap().map(|f| f.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    files.sort();
    let name = |p: &PathBuf| p.file_stem().unwrap().to_string_lossy().into_owned();
    files.iter().map(|p| (name(p), std::fs::read_to_string(p).unwrap())).collect()
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (n, line) in text.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(info) => {
                let mut words = info.split_whitespace().map(str::to_owned);
                let kind = words.next().unwrap_or_default();
                blocks.push(Block { kind, words: words.collect(), line: n + 1, text: String::new() });
                open = true;
            }
            None if open => {
                let block = blocks.last_mut().unwrap();
                block.text.push_str(line);
                block.text.push('\n');
            }
            None => {}
        }
    }
    blocks
}

fn place(checked: &Checked, diagnostic: &Diagnostic) -> (u32, u32) {
    let text = &checked.sources[usize::from(diagnostic.span.file)].text;
    duly::source::line_and_column(text, diagnostic.span.start)
}

impl Page {
    fn read(name: &str, text: &str) -> Self {
        let mut page = Self {
            name: name.to_owned(),
            samples: Samples::default(),
            policies: Vec::new(),
            decision: None,
            problems: None,
            checked: 0,
            failures: Vec::new(),
            pending: Vec::new(),
        };
        for block in blocks(text) {
            page.block(&block);
        }
        if page.checked == 0 && name != "index" {
            page.failures.push(format!("{name}.md: no claim with its decision, no problems"));
        }
        page
    }

    fn block(&mut self, block: &Block) {
        match block.kind.as_str() {
            "duly" if block.has("errors") => self.faulty(block),
            "duly" => self.sound(block),
            "claim" | "screen" => self.claim(block),
            "decision" => self.decision(block),
            "problems" => self.problems(block),
            _ => {}
        }
    }

    /// Keeps what differs: as a failure, or as pending where the page says so.
    fn tell(&mut self, block: &Block, line: usize, what: &str) {
        let text = format!("{}.md:{line}: {what}", self.name);
        if block.has("pending") { self.pending.push(text) } else { self.failures.push(text) }
    }

    fn compile(&self, block: &Block) -> Checked {
        compile(&self.samples, block.source(&self.name), block.name())
    }

    fn sound(&mut self, block: &Block) {
        let checked = self.compile(block);
        for diagnostic in &checked.diagnostics {
            let text = duly::diagnostic::plain(diagnostic, &checked.sources);
            self.tell(block, place(&checked, diagnostic).0 as usize, &text);
        }
        if let Some(name) = block.name() {
            self.samples.0.insert(name.to_owned(), block.source(&self.name).text);
        }
        if !block.text.lines().any(|l| l.starts_with("part ")) {
            self.policies.extend(checked.policy);
        }
    }

    fn faulty(&mut self, block: &Block) {
        let checked = self.compile(block);
        let lines = checked.diagnostics.iter().map(|d| {
            let (line, column) = place(&checked, d);
            let source = &checked.sources[usize::from(d.span.file)];
            // Sources are moved down on the page; here lines count from their own first one.
            let line = (line as usize).saturating_sub(source.text.bytes().take_while(|b| *b == b'\n').count());
            let file = if d.span.file == 0 { String::new() } else { format!("{}:", source.name) };
            format!("{} {file}{line}:{column} {}", d.code, d.message)
        });
        self.problems = Some(lines.collect());
    }

    fn claim(&mut self, block: &Block) {
        (self.decision, self.problems) = (None, None);
        let Some(policy) = self.policies.last() else { return };
        // Keys keep their order: problems are told in the order of the application.
        let claim = match serde_yaml::from_str::<serde_yaml::Value>(&block.text) {
            Ok(serde_yaml::Value::Null) => "{}".to_owned(),
            Ok(claim) => serde_json::to_string(&claim).unwrap(),
            Err(error) => return self.tell(block, block.line, &format!("the claim is not YAML: {error}")),
        };
        let locale = block.words.iter().map(String::as_str).find(|w| w.len() == 2);
        let decided = if block.kind == "screen" {
            let all: Vec<&Policy> = self.policies.iter().collect();
            duly::screen(&all, &claim, locale).map(|screening| screening.to_json())
        } else {
            decide(policy, &claim, Options { locale, explain: false }).map(|decision| decision.to_json())
        };
        match decided {
            Ok(json) => self.decision = Some(serde_json::from_str(&json).unwrap()),
            Err(DecideError::Input(problems)) if block.has("errors") => {
                self.problems = Some(problems.iter().map(|p| format!("{} {p}", p.pointer)).collect());
            }
            Err(error) => self.tell(block, block.line, &format!("{error:?}")),
        }
    }

    fn decision(&mut self, block: &Block) {
        self.checked += 1;
        let Some(decision) = self.decision.take() else {
            return self.tell(block, block.line, "there is no decision to compare with");
        };
        let expected: Json = match serde_yaml::from_str(&block.text) {
            Ok(expected) => expected,
            Err(error) => return self.tell(block, block.line, &format!("the decision is not YAML: {error}")),
        };
        let mut differences = String::new();
        differ(&expected, &decision, "", &mut differences);
        if !differences.is_empty() {
            self.tell(block, block.line, &format!("the decision differs{differences}"));
        } else if block.has("pending") {
            self.pending.push(format!("{}.md:{}: holds now; take `pending` away", self.name, block.line));
        }
    }

    fn problems(&mut self, block: &Block) {
        self.checked += 1;
        let Some(found) = self.problems.take() else {
            return self.tell(block, block.line, "there are no problems to compare with");
        };
        let expected: Vec<&str> = block.text.lines().filter(|l| !l.trim().is_empty()).collect();
        let agrees = expected.len() == found.len() && expected.iter().zip(&found).all(|(e, f)| says(f, e));
        if !agrees {
            let (expected, found) = (expected.join("\n    "), found.join("\n    "));
            self.tell(block, block.line, &format!("expected\n    {expected}\n  found\n    {found}"));
        }
    }
}

/// `found` begins with the code and place of `expected`, and has its words.
fn says(found: &str, expected: &str) -> bool {
    let head = if expected.starts_with('/') { 1 } else { 2 };
    let mut words = expected.splitn(head + 1, ' ');
    let mut same = words.by_ref().take(head).zip(found.split(' ')).all(|(e, f)| e == f);
    same &= found.contains(words.next().unwrap_or_default().trim());
    same
}

/// Writes down where a decision differs from the part that is expected.
fn differ(expected: &Json, found: &Json, path: &str, out: &mut String) {
    let same = match (expected, found) {
        (Json::Object(keys), Json::Object(_)) => {
            for (key, value) in keys {
                let inner = format!("{path}/{key}");
                match found.get(key) {
                    Some(found) => differ(value, found, &inner, out),
                    None => drop(write!(out, "\n  {inner} is not there")),
                }
            }
            true
        }
        (Json::Array(items), Json::Array(others)) if items.len() == others.len() => {
            let pairs = items.iter().zip(others).enumerate();
            pairs.for_each(|(n, (item, other))| differ(item, other, &format!("{path}/{n}"), out));
            true
        }
        (Json::String(name), Json::Object(keys)) => {
            let names = ["code", "kind", "name", "fact", "policy"];
            names.iter().filter_map(|k| keys.get(*k)).any(|v| v == name.as_str())
        }
        (Json::Number(n), Json::String(text)) => n.is_i64() && n.to_string() == *text,
        // Numbers and their units are joined by a blank that does not break; pages show it as any other.
        (Json::String(text), Json::String(found)) => *text == found.replace('\u{a0}', " "),
        (expected, found) => expected == found,
    };
    if !same {
        let _ = write!(out, "\n  {path}\n    expected {expected}\n    found    {}", brief(found));
    }
}

/// A long list as the names of its elements.
fn brief(found: &Json) -> String {
    match found {
        Json::Array(items) => {
            let name = |i: &Json| ["code", "kind", "name", "fact", "policy"].iter().find_map(|k| i.get(k).cloned());
            Json::Array(items.iter().map(|i| name(i).unwrap_or_else(|| i.clone())).collect()).to_string()
        }
        other => other.to_string(),
    }
}

#[test]
fn every_page_of_the_manual_holds() {
    let only = std::env::var("DULY_PAGE").ok();
    let (mut failures, mut pending) = (Vec::new(), Vec::new());
    for (name, text) in pages().iter().filter(|(name, _)| only.as_ref().is_none_or(|o| o == name)) {
        let page = Page::read(name, text);
        failures.extend(page.failures);
        pending.extend(page.pending);
    }
    if !pending.is_empty() {
        eprintln!("pending:\n{}\n", pending.join("\n"));
    }
    assert!(failures.is_empty(), "{} places of the manual do not hold:\n\n{}", failures.len(), failures.join("\n\n"));
}

/// The pages, each with the words that its samples must show.
const CONSTRUCTS: &[(&str, &str)] = &[
    ("award", "award|amount|else review|when"),
    ("calendars", "calendar|working days|rolled"),
    ("channels", "channel|formats|at most|at least|filing.channel"),
    ("comments", "#"),
    ("conditions", "and|or|not|==|!=|<=|>=|<|>|is given|== none|any of|all of"),
    ("criteria", "criterion|else refuse|else return|else review|else note"),
    ("dates", "year of|month of|day of|31 December of|within|after|before|years from|months from|days from|weeks"),
    ("deadlines", "deadline|stage|met by|rolled|when|label|to 10 working days after"),
    ("decision_tables", "first of|unique of|collect of|anything|otherwise|to|<="),
    ("definitions", "define|if|then|else if|else"),
    (
        "documents",
        "document|required|required when|optional|signed|sealed|original|issued within|issued after|expires|\
        if given|fields|equal to|formats|at most|at least|submitted|is accepted",
    ),
    ("exceptions", "except when"),
    (
        "facts",
        "yes/no|number|integer|money|percent|date|period|text|one of|set of|list of|or none|default|ask|label|type",
    ),
    ("functions", "define|("),
    ("groups", "one of"),
    ("header", "policy|title|locales|currency|calendar|governed by|in force from|until"),
    ("identifiers", "snils|inn|bik|bank account for|ogrn|ukrainian tax number"),
    ("imports", "part|import|use|unless|when"),
    ("in_force", "in force from|until"),
    ("index", "policy|award"),
    ("lists", "any|all|no|every|count|sum of|min of|max of|first|last|collect|distinct|in|where|has"),
    ("outputs", "output|outcome is|when|label"),
    ("parameters", "parameter|by|from|until|previous|or else|is in force at|else review|per|at"),
    ("questions", "ask|label"),
    ("reasons", "reason|refuse|return|review|note|remedy|per|source"),
    ("repeat", "repeat|once per calendar year|once in|counting history where"),
    ("rounding", "rounded to|half up|half even|rounded up|rounded down"),
    ("screening", "channel"),
    ("text", "is the same name as|is the same text as|starts with|{"),
    ("units", "unit|number in|dB"),
];

fn samples_of(text: &str) -> String {
    blocks(text).into_iter().filter(|b| b.kind == "duly").map(|b| b.text).collect()
}

#[test]
fn every_construct_of_the_language_has_its_page() {
    let pages = pages();
    let index = pages.iter().find(|(name, _)| name == "index").map_or("", |(_, text)| text);
    let mut missing: Vec<String> = Vec::new();
    for (page, words) in CONSTRUCTS {
        let Some((_, text)) = pages.iter().find(|(name, _)| name == page) else {
            missing.push(format!("{page}.md is missing"));
            continue;
        };
        if *page != "index" && !index.contains(&format!("({page}.md)")) {
            missing.push(format!("index.md does not lead to {page}.md"));
        }
        let samples = samples_of(text);
        let lacking = words.split('|').filter(|w| !samples.contains(w.trim()));
        missing.extend(lacking.map(|w| format!("{page}.md: no sample shows `{w}`")));
    }
    let unlisted = pages.iter().filter(|(name, _)| !CONSTRUCTS.iter().any(|(page, _)| page == name));
    missing.extend(unlisted.map(|(name, _)| format!("{name}.md is a page of no construct")));
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Every keyword that the grammar's rules use stands in a sample somewhere.
#[test]
fn every_keyword_of_the_language_is_shown() {
    let grammar = root().join("engine/src/syntax/grammar");
    let read = |file: &str| std::fs::read_to_string(grammar.join(file)).unwrap();
    let rules = read("declaration.pest") + &read("expression.pest") + &read("lexical.pest");
    let shown: String = pages().iter().map(|(_, text)| samples_of(text)).collect();
    let word = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '/');
    let shown: std::collections::BTreeSet<&str> = shown.split(word).collect();
    let lexical = read("lexical.pest");
    let keywords = lexical.lines().filter(|l| l.starts_with("kw_")).filter_map(|l| {
        let (rule, rest) = l.split_once(" = ")?;
        let used = rules.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|w| *w == rule).count() > 1;
        Some(rest.split('"').nth(1)?).filter(|_| used)
    });
    let missing: Vec<&str> = keywords.filter(|k| !shown.contains(k)).collect();
    assert!(missing.is_empty(), "no page shows {}", missing.join(", "));
}
