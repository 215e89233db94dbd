//! A file of cases: reading it strictly, so that a slip of the pen is not a test that passes.

use crate::data::Data;
use crate::error::{Error, did_you_mean};
use crate::{io, yaml};
use duly::diagnostic::nearest;
use duly::program::expression::Outcome;
use std::collections::BTreeSet;
use std::path::Path;

/// A file of cases.
#[derive(Debug)]
pub struct Cases {
    /// The policy's dotted name, where the file tells it.
    pub policy: Option<String>,
    /// The claim that every case changes.
    pub base: Data,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// What is merged into the base.
    pub given: Data,
    /// What is changed of the base's documents.
    pub documents: Option<Documents>,
    /// The locale of the decision.
    pub locale: Option<String>,
    /// What the decision must say: key and value.
    pub expect: Vec<(String, Data)>,
}

/// Changes of a claim's documents.
#[derive(Debug, Default)]
pub struct Documents {
    /// Kinds taken away.
    pub without: Vec<String>,
    /// Changes of each document of a kind.
    pub change: Vec<(String, Data)>,
    /// Documents added.
    pub add: Vec<Data>,
}

/// The keys of `expect`.
pub const EXPECT: [&str; 17] = [
    "outcome",
    "eligibility",
    "governed_by",
    "reasons",
    "messages",
    "subjects",
    "open",
    "award",
    "payable",
    "lines",
    "documents",
    "needs",
    "deadlines",
    "next_from",
    "outputs",
    "first_question",
    "questions",
];

/// What `eligibility` can expect.
const ELIGIBILITY: [&str; 3] = ["eligible", "ineligible", "unknown"];

/// Reads a file of cases.
///
/// # Errors
/// It cannot be read, or something in it does not fit.
pub fn read(path: &Path) -> Result<Cases, Error> {
    let shown = path.display().to_string();
    let text = io::text(io::read(path, io::MAX_POLICY)?, &shown)?;
    let data = yaml::read(&text).map_err(|cause| Error::Yaml { path: shown.clone(), cause })?;
    cases(data).map_err(|cause| Error::Cases { path: shown, cause })
}

/// The cases in the data of a file.
///
/// # Errors
/// Something does not fit.
pub fn cases(data: Data) -> Result<Cases, String> {
    if let Some(key) = data.given_twice() {
        return Err(format!("`{key}` is given twice"));
    }
    let mut problems = Vec::new();
    let mut file = Cases { policy: None, base: Data::Map(Vec::new()), cases: Vec::new() };
    for (key, value) in keys(data, "the file", &["policy", "base", "cases"])? {
        match key.as_str() {
            "policy" => file.policy = Some(text(value, "policy")?),
            "base" => file.base = map(value, "base")?,
            _ => {
                for (nth, case) in list(value, "cases")?.into_iter().enumerate() {
                    one(case, nth + 1).map_or_else(|problem| problems.push(problem), |case| file.cases.push(case));
                }
            }
        }
    }
    let mut names = BTreeSet::new();
    for case in &file.cases {
        if !names.insert(&case.name) {
            problems.push(format!("two cases are called `{}`; a failure could be either's", case.name));
        }
    }
    if !problems.is_empty() {
        return Err(problems.join("\n  "));
    }
    if file.cases.is_empty() {
        return Err("`cases` must list at least one case".into());
    }
    Ok(file)
}

fn one(data: Data, nth: usize) -> Result<Case, String> {
    let mut what = format!("case {nth}");
    if let Some(name) = data.get("name").and_then(Data::as_text) {
        what = format!("the case `{name}`");
    }
    let mut case =
        Case { name: String::new(), given: Data::Map(Vec::new()), documents: None, locale: None, expect: Vec::new() };
    let known = ["name", "given", "documents", "locale", "expect"];
    for (key, value) in keys(data, &what, &known)? {
        let place = format!("`{key}` of {what}");
        match key.as_str() {
            "name" => case.name = text(value, "name")?,
            "given" => case.given = map(value, &place)?,
            "documents" => case.documents = Some(documents(value, &place)?),
            "locale" => case.locale = Some(text(value, &place)?),
            _ => case.expect = keys(value, &place, &EXPECT)?,
        }
    }
    if case.name.is_empty() {
        return Err(format!("{what} has no `name`"));
    }
    for (key, words) in [("outcome", Outcome::ALL.map(|(name, _)| name).as_slice()), ("eligibility", &ELIGIBILITY)] {
        case.expect.iter().filter(|(k, _)| k == key).try_for_each(|(_, told)| one_of(told, key, words, &what))?;
    }
    if case.expect.is_empty() {
        return Err(format!("{what} expects nothing; say what in `expect`"));
    }
    Ok(case)
}

/// A word that decisions do not know would only ever be told as a difference.
fn one_of(told: &Data, key: &str, words: &[&str], what: &str) -> Result<(), String> {
    let told = told.as_text().unwrap_or(told.kind());
    if words.contains(&told) {
        return Ok(());
    }
    let near = did_you_mean(nearest(told, words.iter().copied()));
    Err(format!("`{told}` in `expect` of {what} is no {key}; it can be {}{near}", words.join(", ")))
}

fn documents(data: Data, what: &str) -> Result<Documents, String> {
    let mut patch = Documents::default();
    for (key, value) in keys(data, what, &["without", "change", "add"])? {
        let place = format!("`{key}` in {what}");
        match (key.as_str(), value) {
            ("without", value) => {
                for kind in list(value, &place)? {
                    patch.without.push(text(kind, &place)?);
                }
            }
            ("change", Data::Map(changes)) => {
                for (kind, change) in changes {
                    let place = format!("`{kind}` in {place}");
                    patch.change.push((kind, map(change, &place)?));
                }
            }
            ("change", other) => return Err(unfit(&place, "a map", &other)),
            (_, value) => {
                for document in list(value, &place)? {
                    patch.add.push(map(document, &place)?);
                }
            }
        }
    }
    Ok(patch)
}

/// The entries of a map, all of them known.
fn keys(data: Data, what: &str, known: &[&str]) -> Result<Vec<(String, Data)>, String> {
    let Data::Map(entries) = data else {
        return Err(unfit(what, "a map", &data));
    };
    for (key, _) in &entries {
        if !known.contains(&key.as_str()) {
            let near = nearest(key, known.iter().copied());
            let near =
                near.map_or_else(|| format!("it may have {}", known.join(", ")), |n| format!("did you mean `{n}`?"));
            return Err(format!("{what} has no key `{key}`; {near}"));
        }
    }
    Ok(entries)
}

fn map(data: Data, what: &str) -> Result<Data, String> {
    match data {
        Data::Null => Ok(Data::Map(Vec::new())),
        Data::Map(_) => Ok(data),
        other => Err(unfit(what, "a map", &other)),
    }
}

fn list(data: Data, what: &str) -> Result<Vec<Data>, String> {
    match data {
        Data::List(items) => Ok(items),
        other => Err(unfit(what, "a list", &other)),
    }
}

fn text(data: Data, what: &str) -> Result<String, String> {
    match data {
        Data::Text(text) | Data::Number(text) => Ok(text),
        other => Err(unfit(what, "a text", &other)),
    }
}

fn unfit(what: &str, expected: &str, found: &Data) -> String {
    format!("{what} must be {expected}; it is {}", found.kind())
}
