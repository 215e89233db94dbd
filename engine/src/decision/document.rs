//! The checklist of documents, and what is wrong with each.

use super::{Case, words};
use crate::eval::document::{Defect as Found, DocumentState, NeedState, Status, field_of};
use crate::program::Program;
use crate::program::document::{self as program, Generation, RequirementKind};
use serde::{Serialize, Serializer};

/// A document of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Document<'p> {
    /// Its kind.
    pub kind: &'p str,
    /// Its title.
    pub title: &'p str,
    /// Must it be there?
    pub need: NeedName<'p>,
    /// Where it stands.
    pub status: DocumentStatus,
    /// What is wrong with it.
    pub defects: Vec<Defect<'p>>,
}

/// Must it be there? As the contract writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "typescript",
    derive(ts_rs::TS),
    ts(type = r#""required" | "optional" | "not_required" | "unknown" | `one_of:${string}`"#, rename = "Need")
)]
pub enum NeedName<'p> {
    /// It must.
    Required,
    /// It may.
    Optional,
    /// Nobody asks for it.
    NotRequired,
    /// One of a group.
    OneOf(&'p str),
    /// It depends on what is not told yet.
    Unknown,
}

/// Where a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum DocumentStatus {
    /// It is good.
    Accepted,
    /// It must be there and is not.
    Missing,
    /// It is there, with defects.
    Defective,
    /// It cannot be judged yet.
    Unchecked,
    /// Nobody asks for it.
    NotRequired,
}

impl Serialize for NeedName<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Required => serializer.serialize_str("required"),
            Self::Optional => serializer.serialize_str("optional"),
            Self::NotRequired => serializer.serialize_str("not_required"),
            Self::Unknown => serializer.serialize_str("unknown"),
            Self::OneOf(group) => serializer.serialize_str(&format!("one_of:{group}")),
        }
    }
}

/// One thing wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Defect<'p> {
    /// Its code.
    pub code: &'static str,
    /// The field it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub field: Option<&'p str>,
    /// What is wrong, in words.
    pub message: String,
}

/// Every document of the policy, in the order of the text.
pub(crate) fn checklist<'p>(case: &mut Case<'p>) -> Vec<Document<'p>> {
    let program = case.eval.program;
    let mut list = Vec::with_capacity(program.documents.len());
    for (document, n) in program.documents.iter().zip(0..) {
        let state = case.eval.document(n);
        let need = match state.need {
            NeedState::Required => NeedName::Required,
            NeedState::Optional => NeedName::Optional,
            NeedState::NotRequired => NeedName::NotRequired,
            NeedState::Unknown(_) => NeedName::Unknown,
            NeedState::OneOf(group) => {
                NeedName::OneOf(program.groups.get(usize::from(group)).map_or("", |g| g.name.as_str()))
            }
        };
        let status = match state.status {
            Status::Accepted => DocumentStatus::Accepted,
            Status::Missing => DocumentStatus::Missing,
            Status::Defective => DocumentStatus::Defective,
            Status::Unchecked(_) => DocumentStatus::Unchecked,
            Status::NotRequired => DocumentStatus::NotRequired,
        };
        let defects = match (state.status, generation_of(program, n, state)) {
            (Status::Defective, Some(generation)) => {
                let found = case.eval.defects(n).into_iter();
                found.map(|d| defect(case, (document, generation), d)).collect()
            }
            _ => Vec::new(),
        };
        list.push(Document {
            kind: program.symbol(document.kind),
            title: generation_of(program, n, state).map_or("", |g| case.text(&g.title)),
            need,
            status,
            defects,
        });
    }
    list
}

/// What is asked of a document in the state it is in.
fn generation_of(program: &Program, document: u16, state: DocumentState) -> Option<&Generation> {
    program.documents.get(usize::from(document))?.generations.get(usize::from(state.generation))
}

/// The title of a document as the claim's day has it; its kind where it has none.
pub(super) fn title<'p>(case: &mut Case<'p>, document: u16) -> &'p str {
    let program = case.eval.program;
    let state = case.eval.document(document);
    match generation_of(program, document, state).map_or("", |g| case.text(&g.title)) {
        "" => program.documents.get(usize::from(document)).map_or("", |d| program.symbol(d.kind)),
        title => title,
    }
}

fn defect<'p>(
    case: &mut Case<'p>,
    (document, generation): (&'p program::Document, &'p Generation),
    found: Found,
) -> Defect<'p> {
    let program = case.eval.program;
    let requirement = match found {
        Found::Illegible => None,
        Found::Own(n) | Found::OwnTooLate(n) => generation.requirements.get(usize::from(n)),
        Found::Channel(c, n) => program.channels.get(usize::from(c)).and_then(|c| c.requirements.get(usize::from(n))),
    };
    let code = case.eval.defect_code(generation, found);
    let declared = field_of(generation, found).and_then(|f| document.fields.get(usize::from(f)));
    let field = declared.map(|f| program.symbol(f.name));
    let limit = match requirement.map(|r| &r.kind) {
        Some(RequirementKind::Formats(formats)) => formats.join(", "),
        Some(RequirementKind::Size(n) | RequirementKind::Resolution(n)) => {
            super::locale::number(*n, case.locale_name())
        }
        _ => String::new(),
    };
    let label = declared.map_or("", |f| case.text(&f.label));
    let detail = if label.is_empty() { field.unwrap_or(&limit) } else { label };
    let message = words::defect(code, case.locale_name(), detail);
    Defect { code, field, message }
}

/// The documents that are certainly missing; of a group all members.
pub(crate) fn missing(case: &mut Case<'_>) -> Vec<u16> {
    let count = u16::try_from(case.eval.program.documents.len()).unwrap_or(0);
    (0..count)
        .filter(|n| {
            let state = case.eval.document(*n);
            state.status == Status::Missing && matches!(state.need, NeedState::Required | NeedState::OneOf(_))
        })
        .collect()
}

/// The documents whose defects count: not those of a group in which another one is good.
pub(crate) fn defective(case: &mut Case<'_>) -> Vec<u16> {
    let count = u16::try_from(case.eval.program.documents.len()).unwrap_or(0);
    (0..count)
        .filter(|n| {
            let state = case.eval.document(*n);
            state.status == Status::Defective
                && match state.need {
                    NeedState::Required | NeedState::Optional => true,
                    NeedState::OneOf(group) => case.eval.none_of_group_accepted(group).is_yes(),
                    NeedState::NotRequired | NeedState::Unknown(_) => false,
                }
        })
        .collect()
}
