//! TypeScript's half of the engine's data: written from the definitions that write the JSON.

use duly::decision::award::{Award, Line, OutputValue, Outputs};
use duly::decision::document::{Defect, Document, DocumentStatus, NeedName};
use duly::decision::reason::{Basis, Reason};
use duly::decision::{Because, Choice, Date10, Deadline, Decision, Eligibility, Kind, Question, Repeat, Seen, Traced};
use duly::diagnostic::{Located, Position, Related};
use duly::form::{Accepts, Form, FormDocument, FormFact, FormNeed, FormOutput, Label};
use duly::program::expression::Outcome;
use duly::screen::{Asked, Gathered, Screened, Wanted};
use duly::value::Effect;
use duly::{InputProblem, Screening, Severity};
use ts_rs::{Config, TS};

const HEAD: &str = "// Written from the engine's own definitions.\n";

/// Everything that crosses as JSON, what is asked for first.
#[must_use]
pub fn declarations() -> String {
    let mut out = String::from(HEAD);
    macro_rules! declare {
        ($($name:ty)*) => { $(out.push_str(&declaration::<$name>());)* };
    }
    declare! {
        Decision Outcome Eligibility Reason Effect Basis Because Seen
        Document NeedName DocumentStatus Defect
        Award Line Outputs OutputValue Deadline Date10 Repeat
        Question Kind Choice Traced
        Form FormFact FormDocument FormNeed Accepts FormOutput Label
        Screening Screened Asked Gathered Wanted
        InputProblem Located Severity Position Related
    }
    out
}

fn declaration<T: TS>() -> String {
    format!("\n{}export {}\n", T::docs().unwrap_or_default(), T::decl(&Config::default()))
}
