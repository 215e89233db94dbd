//! What am I entitled to? One set of facts, decided by many policies.

mod agree;
mod claim;

use crate::decision::award::{Award, Outputs};
use crate::decision::document::{DocumentStatus, NeedName};
use crate::decision::reason::Reason;
use crate::decision::{DecideError, Decision, Eligibility, Question, Repeat, decide_claim};
use crate::eval::read::{InputProblem, text};
use crate::json::to_json;
use crate::policy::Policy;
use crate::program::expression::Outcome;
use claim::{Keys, claim_for};
use serde::Serialize;

pub use agree::{Disagreement, disagreements};

/// What many policies say of one set of facts. Its keys are always there, in this order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Screening<'p> {
    /// The locale asked for, or the first that all policies speak; null where each speaks its own.
    pub locale: Option<String>,
    /// What each policy says, in the order given.
    pub policies: Vec<Screened<'p>>,
    /// What to ask next over all policies that are still open, the question that settles the most first.
    pub questions: Vec<Asked<'p>>,
    /// The documents to gather for the policies that are not refused, each once.
    pub documents: Vec<Gathered<'p>>,
    /// JSON Pointers of what no policy reads: perhaps misspelt.
    pub ignored: Vec<String>,
}

/// What one policy says.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Screened<'p> {
    /// Its name.
    pub policy: &'p str,
    /// Its digest.
    pub digest: &'p str,
    /// Its title.
    pub title: &'p str,
    /// What would become of the claim.
    pub outcome: Outcome,
    /// Is the applicant entitled, whatever the documents?
    pub eligibility: Eligibility,
    /// The reasons that are certain.
    pub reasons: Vec<Reason<'p>>,
    /// The codes that missing facts could still raise.
    pub open: Vec<&'p str>,
    /// What would be paid, where it can be computed.
    pub award: Option<Award<'p>>,
    /// The outputs.
    pub outputs: Outputs<'p>,
    /// When one may ask again.
    pub repeat: Repeat,
}

/// A question, and the policies that ask it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Asked<'p> {
    /// The question as the first of them asks it, with the options of all.
    #[serde(flatten)]
    pub question: Question<'p>,
    /// The policies that ask it. `filing.channel` is asked for each policy by itself.
    pub policies: Vec<&'p str>,
}

/// A document to gather, and what for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Gathered<'p> {
    /// Its kind.
    pub kind: &'p str,
    /// Its title.
    pub title: &'p str,
    /// Which policies want it.
    #[serde(rename = "for")]
    pub wanted: Vec<Wanted<'p>>,
}

/// What one policy says of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Wanted<'p> {
    /// The policy.
    pub policy: &'p str,
    /// Must it be there?
    pub need: NeedName<'p>,
    /// Where it stands.
    pub status: DocumentStatus,
}

/// Decides every policy on one set of facts, given as JSON: the union of what they ask. Each policy ignores keys and
/// kinds of documents that are not its own; a member that its enum lacks is unknown to it. The channel may be told for
/// all, or for each by its name: `"filing": {"channel": {"ru.hearing_aid.compensation": "mfc"}}`. A policy that does
/// not speak the locale asked for speaks its first; where none is asked for, all speak the first that they share.
///
/// # Errors
/// Everything in the facts that does not fit one of the policies; a locale that none of them speaks; too many steps.
pub fn screen<'p>(policies: &[&'p Policy], facts: &str, locale: Option<&str>) -> Result<Screening<'p>, DecideError> {
    if let Some(asked) = locale.filter(|l| !policies.is_empty() && policies.iter().all(|p| !speaks(p, l))) {
        return Err(unknown_locale(policies, asked));
    }
    let locale = locale.or_else(|| shared_locale(policies));
    let mut keys = Keys::default();
    let mut problems: Vec<InputProblem> = Vec::new();
    let mut decisions = Vec::new();
    for policy in policies {
        match claim_for(policy.program(), facts, &mut keys) {
            Ok(claim) => {
                let locale = policy.program().locale(locale).unwrap_or(0);
                decisions.push((*policy, locale, decide_claim(policy, claim, locale, false)?));
            }
            Err(more) => {
                let fresh: Vec<_> =
                    more.into_iter().filter(|p| !problems.iter().any(|q| q.pointer == p.pointer)).collect();
                problems.extend(fresh);
            }
        }
    }
    if !problems.is_empty() {
        return Err(DecideError::Input(problems));
    }
    let questions = questions(&decisions);
    let documents = documents(&decisions);
    let policies = decisions.into_iter().map(|(policy, locale, decision)| screened(policy, locale, decision)).collect();
    Ok(Screening { locale: locale.map(str::to_owned), policies, questions, documents, ignored: keys.ignored() })
}

/// Screens facts given as bytes: JSON in UTF-8, with or without a byte order mark.
///
/// # Errors
/// Those of [`screen`], and bytes that are no text.
pub fn screen_bytes<'p>(
    policies: &[&'p Policy],
    facts: &[u8],
    locale: Option<&str>,
) -> Result<Screening<'p>, DecideError> {
    let problem = InputProblem::too_large(facts.len());
    let facts = problem.map_or_else(|| text(facts), |p| Err(vec![p])).map_err(DecideError::Input)?;
    screen(policies, facts, locale)
}

impl Screening<'_> {
    /// The screening as JSON, the same bytes on every channel.
    #[must_use]
    pub fn to_json(&self) -> String {
        to_json(self)
    }
}

type Decided<'p> = (&'p Policy, usize, Decision<'p>);

fn screened<'p>(policy: &'p Policy, locale: usize, decision: Decision<'p>) -> Screened<'p> {
    Screened {
        policy: decision.policy,
        digest: decision.digest,
        title: policy.program().title.get(locale).map_or("", String::as_str),
        outcome: decision.outcome,
        eligibility: decision.eligibility,
        reasons: decision.reasons,
        open: decision.open,
        award: decision.award,
        outputs: decision.outputs,
        repeat: decision.repeat,
    }
}

/// First what most of the open policies ask, of those what they ask earliest; then what the settled ones still lack.
fn questions<'p>(decisions: &[Decided<'p>]) -> Vec<Asked<'p>> {
    struct Ranked<'p> {
        asked: Asked<'p>,
        open: usize,
        earliest: usize,
    }
    let mut ranked: Vec<Ranked<'p>> = Vec::new();
    for (policy, _, decision) in decisions {
        let program = policy.program();
        if decision.outcome == Outcome::Refused {
            continue;
        }
        let open = usize::from(decision.outcome == Outcome::Undetermined);
        let channel = program.standard.channel.and_then(|c| program.facts.get(usize::from(c)));
        for (rank, question) in decision.questions.iter().enumerate() {
            let apart = channel.is_some_and(|c| c.path == question.fact);
            match ranked.iter_mut().find(|r| !apart && r.asked.question.fact == question.fact) {
                Some(known) => {
                    known.open += open;
                    known.earliest = known.earliest.min(rank);
                    known.asked.policies.push(decision.policy);
                    known.asked.join(question);
                }
                None => ranked.push(Ranked {
                    asked: Asked { question: question.clone(), policies: vec![decision.policy] },
                    open,
                    earliest: rank,
                }),
            }
        }
    }
    ranked.sort_by_key(|r| (std::cmp::Reverse(r.open), r.earliest));
    ranked.into_iter().map(|r| r.asked).collect()
}

impl<'p> Asked<'p> {
    /// Adds what another policy makes of the same question.
    fn join(&mut self, other: &Question<'p>) {
        self.question.may_be_none |= other.may_be_none;
        for option in &other.options {
            if !self.question.options.iter().any(|o| o.value == option.value) {
                self.question.options.push(option.clone());
            }
        }
    }
}

/// What the policies that are not refused want and have not accepted; one document for one kind and title.
fn documents<'p>(decisions: &[Decided<'p>]) -> Vec<Gathered<'p>> {
    let mut gathered: Vec<Gathered<'p>> = Vec::new();
    for (_, _, decision) in decisions.iter().filter(|(_, _, d)| d.outcome != Outcome::Refused) {
        for document in &decision.documents {
            let may_do_without = matches!(document.need, NeedName::NotRequired | NeedName::Optional);
            let settled = matches!(document.status, DocumentStatus::Accepted | DocumentStatus::NotRequired);
            if settled || (may_do_without && document.status != DocumentStatus::Defective) {
                continue;
            }
            let wanted = Wanted { policy: decision.policy, need: document.need, status: document.status };
            match gathered.iter_mut().find(|g| g.kind == document.kind && g.title == document.title) {
                Some(known) => known.wanted.push(wanted),
                None => gathered.push(Gathered { kind: document.kind, title: document.title, wanted: vec![wanted] }),
            }
        }
    }
    gathered
}

fn speaks(policy: &Policy, locale: &str) -> bool {
    policy.program().locales.iter().any(|l| l == locale)
}

fn shared_locale<'p>(policies: &[&'p Policy]) -> Option<&'p str> {
    let mut first = policies.first()?.program().locales.iter();
    first.find(|l| policies.iter().all(|p| speaks(p, l))).map(String::as_str)
}

fn unknown_locale(policies: &[&Policy], asked: &str) -> DecideError {
    let mut known: Vec<&str> = Vec::new();
    for locale in policies.iter().flat_map(|p| &p.program().locales) {
        if !known.contains(&locale.as_str()) {
            known.push(locale);
        }
    }
    DecideError::Locale { asked: asked.chars().take(40).collect(), known: known.join(", ") }
}
