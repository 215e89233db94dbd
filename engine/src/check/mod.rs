//! AST → PROGRAM: names, types, dates, tables. Every problem of every declaration is collected.

mod award;
mod builder;
mod cents;
mod criterion;
mod deadline;
mod definition;
mod document;
mod expression;
mod fact;
mod given;
mod header;
mod import;
mod list;
mod load;
mod message;
mod operator;
mod output;
mod parameter;
mod reach;
mod reason;
mod repeat;
mod scope;
mod table;
mod types;
mod window;

use crate::diagnostic::{Code, Diagnostic, MAX_PROBLEMS, Severity, is_full};
use crate::policy::Policy;
use crate::source::{Source, Span};
use crate::value::Calendar;
use builder::Builder;

/// Where parts and calendars come from: a folder, a map, a database.
pub trait Library {
    /// The text of a part or policy by its dotted name.
    fn source(&self, name: &str) -> Option<Source>;
    /// A working-day calendar by its name.
    fn calendar(&self, name: &str) -> Option<Calendar>;
    /// The dotted names there are, for suggestions.
    fn names(&self) -> Vec<String>;
}

/// What checking a text gave.
#[derive(Debug)]
pub struct Checked {
    /// The policy, unless there are errors or the text is a part.
    pub policy: Option<Policy>,
    /// Everything found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The sources that spans refer to; the first is the text checked.
    pub sources: Vec<Source>,
    /// Where each fact of the policy is declared; nowhere for those that every policy has.
    pub facts: Vec<Span>,
}

/// Checks and compiles a policy, or checks a part. `expected` is the dotted name that its place in the library asks for.
pub fn compile(library: &dyn Library, source: Source, expected: Option<&str>) -> Checked {
    let mut problems = Vec::new();
    let loaded = load::load(library, source, &mut problems);
    let mut builder = Builder::new(&loaded, problems);
    builder.header(library, expected);
    builder.collect();
    builder.facts();
    builder.work();
    builder.finish();
    let facts = std::mem::take(&mut builder.fact_places);
    let (program, is_part, mut diagnostics) = builder.into_parts();
    if is_full(&diagnostics) {
        diagnostics.truncate(MAX_PROBLEMS);
        let message = format!("there are more than {MAX_PROBLEMS} problems: those found first are told");
        diagnostics
            .push(Diagnostic::new(Code::TooLarge, Span::default(), message).help("mend some of them and check again"));
    }
    diagnostics.sort_by_key(|d| (d.span.file, d.span.start, d.span.end));
    diagnostics.dedup();
    let broken = diagnostics.iter().any(|d| d.severity() == Severity::Error);
    let policy = if broken || is_part { None } else { sealed(program, &mut diagnostics) };
    Checked { policy, diagnostics, sources: loaded.sources, facts }
}

/// What passes the checker but not the limits of a program.
fn sealed(program: crate::program::Program, diagnostics: &mut Vec<Diagnostic>) -> Option<Policy> {
    match Policy::new(program) {
        Ok(policy) => Some(policy),
        Err(error) => {
            let message = format!("the policy is too large to be compiled: {error}");
            let help = "write it with fewer or shallower definitions";
            diagnostics.push(Diagnostic::new(Code::TooLarge, Span::default(), message).help(help));
            None
        }
    }
}
