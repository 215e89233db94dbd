//! JSON → CLAIM: an application is read straight into typed slots, without a tree in between.
//!
//! Everything wrong is listed, each with its JSON Pointer; nothing is decided then.

mod given;
mod scalar;
mod visit;

use super::claim::Claim;
use crate::diagnostic::nearest;
use crate::json::read::{Broken, Json};
use crate::program::Program;
use crate::program::fact::Type;
use crate::value::Value;
use serde::Serialize;
use std::fmt;
use visit::Target;

/// The longest application, in bytes.
pub const MAX_CLAIM: usize = 1 << 20;
/// Problems listed at most.
const MAX_PROBLEMS: usize = 100;
/// Records and lists inside one another, as far as a policy asks for them.
const MAX_DEPTH: usize = 127;

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
    if let Some(problem) = InputProblem::too_large(text.len()) {
        return Err(vec![problem]);
    }
    let mut reader = Reader::new(program, text);
    let read = reader.target(Target::Record { shape: 0, row: None });
    if read.and_then(|()| reader.json.end()).is_err() {
        reader.path.clear();
        reader.problem(code::NOT_JSON, reader.json.why(), None);
    }
    if !reader.problems.is_empty() {
        return Err(reader.problems);
    }
    reader.claim.complete(program);
    Ok(reader.claim)
}

/// A step of a JSON Pointer.
#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Key(&'p str),
    Index(usize),
}

/// Reads one application.
struct Reader<'p, 't> {
    program: &'p Program,
    json: Json<'t>,
    claim: Claim,
    problems: Vec<InputProblem>,
    /// The way to the value that is read: one step for each record and list that is open.
    path: Vec<Step<'p>>,
}

impl<'p, 't> Reader<'p, 't> {
    fn new(program: &'p Program, text: &'t str) -> Self {
        // About a third of a claim are texts that are kept.
        let claim = Claim::with_room(program, text.len() / 3);
        Self { program, json: Json::new(text), claim, problems: Vec::new(), path: Vec::with_capacity(8) }
    }

    /// May another record or list open here?
    fn check_depth(&mut self) -> Result<(), Broken> {
        if self.path.len() < MAX_DEPTH {
            return Ok(());
        }
        self.json.broken("records and lists are nested too deeply")
    }

    /// Passes a record or list that nobody asked for, just opened; what it is called.
    fn pass_open(&mut self, is_record: bool) -> Result<&'static str, Broken> {
        self.check_depth()?;
        self.json.skip_open(is_record)?;
        Ok(if is_record { "a record" } else { "a list" })
    }

    /// Keeps a problem with the value that is read.
    fn problem(&mut self, code: &'static str, message: String, nearest: Option<String>) {
        self.keep_problem(code, self.pointer(), message, nearest);
    }

    #[cold]
    fn keep_problem(&mut self, code: &'static str, pointer: String, message: String, nearest: Option<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(InputProblem { code, pointer, message, nearest });
        }
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            match step {
                Step::Index(n) => point_to(&mut pointer, &n.to_string()),
                Step::Key(key) => point_to(&mut pointer, key),
            }
        }
        pointer
    }

    fn pointer_to(&self, key: &str) -> String {
        let mut pointer = self.pointer();
        point_to(&mut pointer, key);
        pointer
    }

    /// The name most likely meant; not looked for where no further problem is listed.
    fn nearest<'k>(&self, wrong: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
        let is_listed = self.problems.len() < MAX_PROBLEMS;
        is_listed.then(|| nearest(wrong, known)).flatten().map(String::from)
    }

    /// Tells of a key that nothing has.
    fn unknown_key<'k>(&mut self, key: &str, known: impl Iterator<Item = &'k str>) {
        let shown: String = key.chars().take(80).collect();
        let near = self.nearest(&shown, known);
        let message = format!("the policy has no `{shown}` here");
        self.keep_problem(code::UNKNOWN_KEY, self.pointer_to(&shown), message, near);
    }

    fn given_twice(&mut self, key: &str) {
        self.keep_problem(code::GIVEN_TWICE, self.pointer_to(key), format!("`{key}` is given twice"), None);
    }

    fn wrong_type(&mut self, expected: &str, found: &str) {
        self.problem(code::WRONG_TYPE, format!("expected {expected}, found {found}"), None);
    }

    /// A fact that is told to be none and cannot be.
    fn refuse_none(&mut self, of: Type) -> Option<Value> {
        let expected = scalar::describe(self.program, of);
        let message = format!("expected {expected}; this fact cannot be none: leave it out while it is unknown");
        self.problem(code::WRONG_TYPE, message, None);
        None
    }
}

/// Adds a step to a JSON Pointer (RFC 6901).
fn point_to(pointer: &mut String, step: &str) {
    pointer.push('/');
    pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
}
