//! The documents of a form, and which files each way of filing accepts.

use super::{FormFact, field};
use crate::decision::ask::Ask;
use crate::eval::Evaluator;
use crate::eval::claim::Claim;
use crate::program::Program;
use crate::program::document::{Channel, Document, Generation, Need, Requirement, RequirementKind};
use crate::value::Value;
use serde::Serialize;

/// A kind of document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormDocument<'p> {
    /// Its kind.
    pub kind: &'p str,
    /// Its title.
    pub title: &'p str,
    /// Must it be there, as far as can be said before anything is told?
    pub need: FormNeed,
    /// The group of which one is enough.
    pub group: Option<&'p str>,
    /// The fields it may have.
    pub fields: Vec<FormFact<'p>>,
    /// Names of the fields that must be filled in.
    pub filled: Vec<&'p str>,
    /// Must it be the original?
    pub original: bool,
    /// Must it be signed?
    pub signed: bool,
    /// Must it be sealed?
    pub sealed: bool,
    /// Which files each way of filing accepts; one without a name where the policy has no ways of filing.
    pub accepts: Vec<Accepts<'p>>,
}

/// Must a document be there?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum FormNeed {
    /// Always.
    Required,
    /// It hangs on what is told.
    Conditional,
    /// It may be there.
    Optional,
    /// One of its group.
    OneOf,
}

/// Which files are accepted, as far as it hangs on nothing but the way of filing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Accepts<'p> {
    /// The way of filing: a value of `filing.channel`.
    pub channel: Option<&'p str>,
    /// The formats; any where the list is empty.
    pub formats: &'p [String],
    /// At most so many MB.
    pub megabytes: Option<String>,
    /// At least so many dpi.
    pub dpi: Option<String>,
}

pub(super) fn documents(ask: Ask<'_>) -> Vec<FormDocument<'_>> {
    // A form is for claims to come: the last generation counts.
    let documents = ask.program.documents.iter().filter_map(|d| d.generations.last().map(|g| (d, g)));
    documents.map(|(declared, generation)| document(ask, declared, generation)).collect()
}

fn document<'p>(ask: Ask<'p>, declared: &'p Document, generation: &'p Generation) -> FormDocument<'p> {
    let program = ask.program;
    let (need, group) = match generation.need {
        Need::OneOf(group) => (FormNeed::OneOf, program.groups.get(usize::from(group)).map(|g| g.name.as_str())),
        Need::Optional => (FormNeed::Optional, None),
        Need::Required if generation.gate.is_none() => (FormNeed::Required, None),
        Need::Required | Need::RequiredWhen(_) => (FormNeed::Conditional, None),
    };
    let always = |kind: &RequirementKind| constant(&generation.requirements).any(|k| k == kind);
    let filled = constant(&generation.requirements).filter_map(|kind| match kind {
        RequirementKind::Filled(n) => declared.fields.get(usize::from(*n)).map(|f| program.symbol(f.name)),
        _ => None,
    });
    let kind = program.symbol(declared.kind);
    FormDocument {
        kind,
        title: ask.words(&[&generation.title], kind),
        need,
        group,
        fields: declared.fields.iter().map(|f| field(ask, f)).collect(),
        filled: filled.collect(),
        original: always(&RequirementKind::Original),
        signed: always(&RequirementKind::Signed),
        sealed: always(&RequirementKind::Sealed),
        accepts: accepts(ask, generation),
    }
}

fn accepts<'p>(ask: Ask<'p>, generation: &'p Generation) -> Vec<Accepts<'p>> {
    let program = ask.program;
    let own = &generation.requirements;
    if program.channels.is_empty() {
        return vec![files(&mut Evaluator::new(program, Claim::empty(program)), None, own, &[])];
    }
    let through = |c: &'p Channel| files(&mut filed(program, c), Some(program.symbol(c.name)), own, &c.requirements);
    program.channels.iter().map(through).collect()
}

/// An evaluation in which only the way of filing is told.
fn filed<'p>(program: &'p Program, channel: &Channel) -> Evaluator<'p> {
    let mut claim = Claim::empty(program);
    let fact = program.standard.channel.and_then(|fact| claim.slots.get_mut(usize::from(fact)));
    if let Some(slot) = fact {
        *slot = Value::Choice(channel.name);
    }
    Evaluator::new(program, claim)
}

/// What is asked of files; the document's own requirement stands in for the channel's of its kind.
fn files<'p>(
    filed: &mut Evaluator<'p>,
    channel: Option<&'p str>,
    own: &'p [Requirement],
    general: &'p [Requirement],
) -> Accepts<'p> {
    let own: Vec<(&RequirementKind, Value)> = own.iter().map(|r| (&r.kind, filed.gate(r.when))).collect();
    let is_replaced = |kind: &RequirementKind| own.iter().any(|(k, v)| k.same_kind(kind) && *v != Value::Bool(false));
    let general = general.iter().map(|r| (&r.kind, filed.gate(r.when))).filter(|(kind, _)| !is_replaced(kind));
    let general: Vec<(&RequirementKind, Value)> = general.collect();
    let mut accepts = Accepts { channel, formats: &[], megabytes: None, dpi: None };
    for (kind, in_force) in general.into_iter().chain(own) {
        match kind {
            _ if in_force != Value::Bool(true) => {}
            RequirementKind::Formats(formats) => accepts.formats = formats,
            RequirementKind::Size(most) => accepts.megabytes = Some(most.to_string()),
            RequirementKind::Resolution(least) => accepts.dpi = Some(least.to_string()),
            _ => {}
        }
    }
    accepts
}

/// What is asked whatever is told.
fn constant(requirements: &[Requirement]) -> impl Iterator<Item = &RequirementKind> {
    requirements.iter().filter(|r| r.when.is_none()).map(|r| &r.kind)
}
