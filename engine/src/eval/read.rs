//! JSON → CLAIM: an application is read straight into typed slots, without a tree in between.
//!
//! Everything wrong is listed, each with its JSON Pointer; nothing is decided then.

mod given;
mod scalar;
mod visit;

use super::claim::{Claim, Submitted};
use crate::diagnostic::nearest;
use crate::program::Program;
use crate::program::fact::Type;
use serde::Serialize;
use serde::de::DeserializeSeed;
use std::fmt;
use visit::{Seed, Target};

/// The longest application, in bytes.
pub const MAX_CLAIM: usize = 1 << 20;
/// Problems listed at most.
const MAX_PROBLEMS: usize = 100;

/// One thing wrong with an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct InputProblem {
    /// Stable code.
    pub code: &'static str,
    /// Where, as a JSON Pointer.
    pub pointer: String,
    /// What is wrong, and what was expected.
    pub message: String,
    /// The nearest valid name, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub nearest: Option<String>,
}

impl InputProblem {
    /// What is wrong with an application of so many bytes, so that it need not be copied to be refused.
    #[must_use]
    pub fn too_large(bytes: usize) -> Option<Self> {
        (bytes > MAX_CLAIM)
            .then(|| Self::whole(code::TOO_LARGE, format!("{bytes} bytes; an application may have {MAX_CLAIM}")))
    }

    /// A problem of the application as a whole.
    fn whole(code: &'static str, message: String) -> Self {
        Self { code, pointer: String::new(), message, nearest: None }
    }
}

impl fmt::Display for InputProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "the application" } else { &self.pointer };
        write!(f, "[{}] {place}: {}", self.code, self.message)?;
        match &self.nearest {
            Some(near) => write!(f, "; did you mean `{near}`?"),
            None => Ok(()),
        }
    }
}

/// Codes of input problems: not JSON, too large, unknown key, wrong type, given twice, bad value.
pub(crate) mod code {
    pub const NOT_JSON: &str = "I701";
    pub const TOO_LARGE: &str = "I702";
    pub const UNKNOWN_KEY: &str = "I703";
    pub const WRONG_TYPE: &str = "I704";
    pub const GIVEN_TWICE: &str = "I705";
    pub const BAD_VALUE: &str = "I706";
    pub const MISSING_KIND: &str = "I707";
}

/// The text of an application's bytes.
///
/// # Errors
/// They are not UTF-8.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Vec<InputProblem>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("this is not UTF-8 text: byte {} does not fit", error.valid_up_to() + 1);
        vec![InputProblem::whole(code::NOT_JSON, message)]
    })
}

/// Reads an application for a program.
///
/// # Errors
/// Everything that does not fit the program's facts, in the order of the text.
pub fn read(program: &Program, text: &str) -> Result<Claim, Vec<InputProblem>> {
    let mut reader = Reader::new(program);
    if let Some(problem) = InputProblem::too_large(text.len()) {
        return Err(vec![problem]);
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let read = Seed { reader: &mut reader, target: Target::Record { shape: 0, row: None } }.deserialize(&mut json);
    if let Err(error) = read.and_then(|()| json.end()) {
        reader.path.clear();
        reader.problem(code::NOT_JSON, format!("this is not JSON: {error}"), None);
    }
    if !reader.problems.is_empty() {
        return Err(reader.problems);
    }
    reader.claim.complete(program);
    Ok(reader.claim)
}

/// A step of a JSON Pointer.
#[derive(Debug, Clone)]
enum Step<'p> {
    Key(&'p str),
    Index(usize),
    Other(String),
}

/// Reads one application.
struct Reader<'p> {
    program: &'p Program,
    claim: Claim,
    problems: Vec<InputProblem>,
    path: Vec<Step<'p>>,
}

impl<'p> Reader<'p> {
    fn new(program: &'p Program) -> Self {
        Self { program, claim: Claim::empty(program), problems: Vec::new(), path: Vec::new() }
    }

    fn problem(&mut self, code: &'static str, message: String, nearest: Option<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            let pointer = self.pointer();
            self.problems.push(InputProblem { code, pointer, message, nearest });
        }
    }

    fn pointer(&self) -> String {
        let mut out = String::new();
        for step in &self.path {
            out.push('/');
            match step {
                Step::Index(n) => out.push_str(&n.to_string()),
                Step::Key(key) => out.push_str(&key.replace('~', "~0").replace('/', "~1")),
                Step::Other(key) => out.push_str(&key.replace('~', "~0").replace('/', "~1")),
            }
        }
        out
    }

    /// Tells of a key that nothing has.
    fn unknown_key(&mut self, key: &str, known: &[&str]) {
        let shown: String = key.chars().take(80).collect();
        self.path.push(Step::Other(shown.clone()));
        let near = nearest(&shown, known.iter().copied()).map(String::from);
        self.problem(code::UNKNOWN_KEY, format!("the policy has no `{shown}` here"), near);
        self.path.pop();
    }

    fn given_twice(&mut self, key: &'p str) {
        self.path.push(Step::Key(key));
        self.problem(code::GIVEN_TWICE, format!("`{key}` is given twice"), None);
        self.path.pop();
    }

    fn wrong_type(&mut self, expected: &str, found: &str) {
        self.problem(code::WRONG_TYPE, format!("expected {expected}, found {found}"), None);
    }

    /// A fact that is told to be none and cannot be.
    fn refuse_none(&mut self, of: Type) {
        let expected = scalar::describe(self.program, of);
        self.problem(
            code::WRONG_TYPE,
            format!("expected {expected}; this fact cannot be none: leave it out while it is unknown"),
            None,
        );
    }

    fn submit(&mut self, document: Submitted) {
        self.claim.documents.get_or_insert_default().push(document);
    }
}
