//! What a decision says: outcome, reasons, documents, award, deadlines, questions; as data and as sentences.

pub(crate) mod ask;
pub mod award;
mod because;
mod deadline;
pub mod document;
pub mod locale;
mod message;
mod outcome;
mod question;
pub mod reason;
mod repeat;
mod trace;
pub mod words;

use crate::eval::claim::Claim;
use crate::eval::read::{InputProblem, code, read, text};
use crate::eval::{Evaluator, Standing};
use crate::json::to_json;
use crate::policy::Policy;
use crate::program::expression::Outcome;
use crate::program::{Program, Type};
use crate::value::{Date, Value};
use serde::{Serialize, Serializer};

pub use ask::{Choice, Kind, Question};
pub use because::{Because, Seen};
pub use deadline::Deadline;
pub use outcome::Eligibility;
pub use repeat::Repeat;
pub use trace::Traced;

/// How a decision is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'o> {
    /// The locale of its messages; the policy's first where none is asked.
    pub locale: Option<&'o str>,
    /// Add the trace: every declaration with its value.
    pub explain: bool,
}

/// Why nothing was decided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// The application does not fit the policy.
    #[error("the application cannot be read: {}", .0.first().map(ToString::to_string).unwrap_or_default())]
    Input(Vec<InputProblem>),
    /// The policy does not have this locale.
    #[error("[I708] the policy has no locale `{asked}`; it has {known}")]
    Locale {
        /// The locale asked for.
        asked: String,
        /// Those there are.
        known: String,
    },
    /// Deciding would take more steps than are allowed.
    #[error("[I709] deciding this application takes too many steps")]
    TooManySteps,
}

impl DecideError {
    /// Its stable code; of a bad application that of the first problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input(problems) => problems.first().map_or(code::NOT_JSON, |p| p.code),
            Self::Locale { .. } => "I708",
            Self::TooManySteps => "I709",
        }
    }
}

/// A decision. Its keys are a contract: always there, always in this order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Decision<'p> {
    /// The policy's name.
    pub policy: &'p str,
    /// The digest of the compiled policy.
    pub digest: &'p str,
    /// The governing date; null while it is unknown.
    pub governed_by: Option<Date10>,
    /// What becomes of the claim.
    pub outcome: Outcome,
    /// Is the applicant entitled, whatever the documents?
    pub eligibility: Eligibility,
    /// The reasons that are certain.
    pub reasons: Vec<reason::Reason<'p>>,
    /// The codes that missing facts could still raise.
    pub open: Vec<&'p str>,
    /// The checklist.
    pub documents: Vec<document::Document<'p>>,
    /// What would be paid.
    pub award: Option<award::Award<'p>>,
    /// The outputs.
    pub outputs: award::Outputs<'p>,
    /// The deadlines and stages that arise.
    pub deadlines: Vec<Deadline<'p>>,
    /// When one may ask again.
    pub repeat: Repeat,
    /// What to ask next, the most useful first.
    pub questions: Vec<Question<'p>>,
    /// Every declaration with its value, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub trace: Option<Vec<Traced>>,
}

/// A day, written `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string", rename = "Day"))]
pub struct Date10(pub Date);

impl Serialize for Date10 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = [b'-'; 10];
        let digits = |n: u32| b'0' + u8::try_from(n % 10).unwrap_or(0);
        let year = u32::try_from(self.0.year()).unwrap_or(0);
        for (at, n) in [(0, year / 1000), (1, year / 100), (2, year / 10), (3, year)] {
            text[at] = digits(n);
        }
        (text[5], text[6]) = (digits(self.0.month() / 10), digits(self.0.month()));
        (text[8], text[9]) = (digits(self.0.day() / 10), digits(self.0.day()));
        serializer.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

/// Decides an application given as JSON.
///
/// # Errors
/// Everything in the application that does not fit the policy; an unknown locale; too many steps.
pub fn decide<'p>(policy: &'p Policy, application: &str, options: Options<'_>) -> Result<Decision<'p>, DecideError> {
    let program = policy.program();
    let locale = program.known_locale(options.locale)?;
    let claim = read(program, application).map_err(DecideError::Input)?;
    decide_claim(policy, claim, locale, options.explain)
}

/// Decides a claim that was read for the policy, in the locale of this number.
pub(crate) fn decide_claim(
    policy: &Policy,
    claim: Claim,
    locale: usize,
    explain: bool,
) -> Result<Decision<'_>, DecideError> {
    let program = policy.program();
    let mut case = Case { eval: Evaluator::new(program, claim), locale };
    let standings: Vec<Standing> = program.raises.iter().map(|r| case.eval.standing(r)).collect();
    let settled = outcome::settle(&mut case, &standings);
    case.eval.set_outcome(settled.outcome);
    let award = award::award(&mut case, &settled);
    let questions = question::questions(&mut case, &standings, &settled);
    let decision = Decision {
        policy: &program.name,
        digest: policy.digest(),
        governed_by: match case.eval.claim.slot(program.governed) {
            Value::Date(day) => Some(Date10(day)),
            _ => None,
        },
        outcome: settled.outcome,
        eligibility: settled.eligibility,
        reasons: reason::reasons(&mut case, &standings, &settled),
        open: reason::open(program, &standings),
        documents: document::checklist(&mut case),
        award,
        outputs: award::outputs(&mut case),
        deadlines: deadline::deadlines(&mut case),
        repeat: repeat::repeat(&mut case, &standings, &settled),
        questions,
        trace: explain.then(|| trace::trace(&mut case, &standings)),
    };
    if case.eval.is_exhausted() { Err(DecideError::TooManySteps) } else { Ok(decision) }
}

/// Decides an application given as bytes: JSON in UTF-8, with or without a byte order mark.
///
/// # Errors
/// Those of [`decide`], and bytes that are no text.
pub fn decide_bytes<'p>(
    policy: &'p Policy,
    application: &[u8],
    options: Options<'_>,
) -> Result<Decision<'p>, DecideError> {
    let problem = InputProblem::too_large(application.len());
    let text = problem.map_or_else(|| text(application), |p| Err(vec![p])).map_err(DecideError::Input)?;
    decide(policy, text, options)
}

impl Decision<'_> {
    /// The decision as JSON, the same bytes on every channel.
    #[must_use]
    pub fn to_json(&self) -> String {
        to_json(self)
    }
}

impl Program {
    /// The position of a locale, or of the first where none is asked.
    pub(crate) fn known_locale(&self, asked: Option<&str>) -> Result<usize, DecideError> {
        self.locale(asked).ok_or_else(|| DecideError::Locale {
            asked: asked.unwrap_or_default().chars().take(40).collect(),
            known: self.locales.join(", "),
        })
    }
}

/// A claim under evaluation, and the locale of the decision.
pub(crate) struct Case<'p> {
    pub eval: Evaluator<'p>,
    pub locale: usize,
}

impl<'p> Case<'p> {
    /// The text of the decision's locale.
    pub fn text(&self, texts: &'p [String]) -> &'p str {
        texts.get(self.locale).map_or("", String::as_str)
    }

    /// The name of the decision's locale.
    pub fn locale_name(&self) -> &'p str {
        self.eval.program.locales.get(self.locale).map_or("en", String::as_str)
    }

    /// A value as JSON writes it: plain, in a text.
    pub fn plain(&self, value: Value, of: Type) -> Option<String> {
        let mut out = String::with_capacity(16);
        match (value, of) {
            (Value::Number(n), Type::Money) => n.write_money(&mut out),
            (Value::Number(n), _) => n.write_plain(&mut out),
            (Value::Date(d), _) => out.push_str(&d.to_string()),
            (Value::Period(p), _) => out.push_str(&locale::period(p, "en")),
            (Value::Text(t), _) => out.push_str(self.eval.claim.text(t)),
            (Value::Choice(c), _) => out.push_str(self.eval.program.symbol(c)),
            (Value::Bool(b), _) => out.push_str(if b { "true" } else { "false" }),
            _ => return None,
        }
        Some(out)
    }
}
