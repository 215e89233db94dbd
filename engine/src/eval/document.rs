//! Documents: what is needed, what was handed in, and what is wrong with it.

use super::claim::Submitted;
use super::{Evaluator, Unsettled, negated};
use crate::program::document::{Channel, Document, Generation, Need, Requirement, RequirementKind};
use crate::value::{Causes, Value};

/// Whether a document must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeedState {
    /// It must.
    Required,
    /// It may.
    Optional,
    /// It is not looked at.
    NotRequired,
    /// One of the group must.
    OneOf(u16),
    /// Not settled; the causes where it cannot be computed.
    Unknown(Option<Causes>),
}

/// Where a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// A good copy is there.
    Accepted,
    /// It must be there and is not.
    Missing,
    /// No copy is good.
    Defective,
    /// It cannot be told yet; the causes where it cannot be computed.
    Unchecked(Option<Causes>),
    /// It is not looked at, or may be left out.
    NotRequired,
}

/// Everything about one kind of document in a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentState {
    /// Whether it must be there.
    pub need: NeedState,
    /// Where it stands.
    pub status: Status,
    /// Was a copy handed in?
    pub submitted: bool,
    /// The generation that says so: its number in the document.
    pub generation: u16,
}

/// One thing wrong with a copy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Defect {
    /// Cannot be read.
    Illegible,
    /// A requirement is not met: the document's own (its number) …
    Own(u16),
    /// … with a day of issue that is too late …
    OwnTooLate(u16),
    /// … or the channel's: number of the channel and of its requirement.
    Channel(u16, u16),
}

/// What judging a copy found.
#[derive(Default)]
struct Judged {
    defects: Vec<Defect>,
    left: Unsettled,
}

impl<'p> Evaluator<'p> {
    /// Where the document stands.
    pub fn document(&mut self, document: u16) -> DocumentState {
        let n = usize::from(document);
        if let Some(Some((state, _))) = self.documents.get(n) {
            return *state;
        }
        let (state, defects) = self.look_at(document);
        if let Some(slot) = self.documents.get_mut(n) {
            *slot = Some((state, defects));
        }
        state
    }

    /// What is wrong with the copies, where all are bad.
    pub fn defects(&mut self, document: u16) -> Vec<Defect> {
        self.document(document);
        let known = self.documents.get(usize::from(document)).and_then(Option::as_ref);
        known.map(|(_, defects)| defects.clone()).unwrap_or_default()
    }

    fn look_at(&mut self, number: u16) -> (DocumentState, Vec<Defect>) {
        let submitted = self.submitted(|d| d.kind == number);
        let absent =
            DocumentState { need: NeedState::NotRequired, status: Status::NotRequired, submitted, generation: 0 };
        let Some(document) = self.program.documents.get(usize::from(number)) else {
            return (absent, Vec::new());
        };
        let Some((nth, generation, gate)) = self.document_in_force(document) else {
            return (absent, Vec::new());
        };
        let settled = document.generations.len() == 1 || gate.is_yes();
        // Where another generation may be in force, this one's condition settles nothing.
        let need = if settled { self.need(generation, gate) } else { unsettled_need(gate) };
        let (status, defects) = match (need, self.claim.documents.is_some()) {
            (NeedState::NotRequired, _) | (NeedState::Optional, false) => (Status::NotRequired, Vec::new()),
            (_, false) => (Status::Unchecked(None), Vec::new()),
            // Another generation may ask for something else.
            (NeedState::Unknown(causes), true) if !settled => (Status::Unchecked(causes), Vec::new()),
            (_, true) if submitted => self.judge_copies(number, generation),
            (NeedState::Optional, true) => (Status::NotRequired, Vec::new()),
            (NeedState::Unknown(causes), true) => (Status::Unchecked(causes), Vec::new()),
            (NeedState::OneOf(group), true) => {
                let group = self.program.groups.get(usize::from(group));
                let other = group.is_some_and(|g| self.submitted(|d| g.members.contains(&d.kind)));
                (if other { Status::NotRequired } else { Status::Missing }, Vec::new())
            }
            (NeedState::Required, true) => (Status::Missing, Vec::new()),
        };
        (DocumentState { need, status, submitted, generation: nth }, defects)
    }

    fn document_in_force(&mut self, document: &'p Document) -> Option<(u16, &'p Generation, Value)> {
        let (generation, gate) = self.generation(&document.generations, |g| g.gate)?;
        let nth = document.generations.iter().zip(0..).find(|(g, _)| std::ptr::eq(*g, generation)).map(|(_, n)| n);
        Some((nth.unwrap_or(0), generation, gate))
    }

    fn submitted(&self, which: impl Fn(&Submitted) -> bool) -> bool {
        self.claim.documents.as_ref().is_some_and(|documents| documents.iter().any(which))
    }

    fn need(&mut self, generation: &Generation, gate: Value) -> NeedState {
        let (condition, otherwise) = match generation.need {
            Need::Required => (None, NeedState::Required),
            Need::RequiredWhen(node) => (Some(node), NeedState::Required),
            Need::Optional => (None, NeedState::Optional),
            Need::OneOf(group) => {
                (self.program.groups.get(usize::from(group)).and_then(|g| g.required), NeedState::OneOf(group))
            }
        };
        let condition = self.gate(condition);
        if condition.is_no() {
            return NeedState::NotRequired;
        }
        let mut left = Unsettled::default();
        left.note(gate);
        left.note(condition);
        match left.or(Value::None) {
            Value::None => otherwise,
            Value::Uncomputable(causes) => NeedState::Unknown(Some(causes)),
            _ => NeedState::Unknown(None),
        }
    }

    /// One good copy is enough; if all are bad, the defects of all are listed.
    fn judge_copies(&mut self, number: u16, generation: &'p Generation) -> (Status, Vec<Defect>) {
        let mut defects = Vec::new();
        let mut left = Unsettled::default();
        let mut from = 0;
        while let Some((nth, copy)) = self.next_copy(number, from) {
            from = nth + 1;
            let judged = self.judge_copy(generation, &copy);
            match (judged.defects.is_empty(), judged.left.is_empty()) {
                (true, true) => return (Status::Accepted, Vec::new()),
                (true, false) => {
                    left.note(judged.left.or(Value::Unknown));
                }
                (false, _) => defects.extend(judged.defects),
            }
        }
        match left.or(Value::None) {
            Value::None => (Status::Defective, defects),
            Value::Uncomputable(causes) => (Status::Unchecked(Some(causes)), Vec::new()),
            _ => (Status::Unchecked(None), Vec::new()),
        }
    }

    /// The next copy of a kind from a place in the claim on, with its place.
    fn next_copy(&self, kind: u16, from: usize) -> Option<(usize, Submitted)> {
        let copies = self.claim.documents.as_ref()?.iter().enumerate().skip(from);
        copies.into_iter().find(|(_, copy)| copy.kind == kind).map(|(nth, copy)| (nth, *copy))
    }

    /// The channel that is told, with its number.
    pub fn channel(&self) -> Option<(u16, &'p Channel)> {
        let Value::Choice(name) = self.claim.slot(self.program.standard.channel?) else { return None };
        self.program.channels.iter().zip(0..).find(|(c, _)| c.name == name).map(|(channel, n)| (n, channel))
    }

    /// A copy under the channel told; while none is, what fails under every channel fails.
    fn judge_copy(&mut self, generation: &'p Generation, copy: &Submitted) -> Judged {
        match self.program.standard.channel.map(|fact| self.claim.slot(fact)) {
            Some(Value::Choice(_)) => {
                let channel = self.channel().map(|(n, _)| n);
                self.judge_through(channel, generation, copy)
            }
            Some(_) => {
                let count = u16::try_from(self.program.channels.len()).unwrap_or(0);
                let through: Vec<Judged> = (0..count).map(|c| self.judge_through(Some(c), generation, copy)).collect();
                self.certain_everywhere(generation, through)
            }
            None => self.judge_through(None, generation, copy),
        }
    }

    fn certain_everywhere(&self, generation: &Generation, through: Vec<Judged>) -> Judged {
        let codes = |j: &Judged| -> Vec<_> { j.defects.iter().map(|d| self.defect_key(generation, *d)).collect() };
        let all: Vec<Vec<_>> = through.iter().map(codes).collect();
        let mut judged = Judged::default();
        for through in &through {
            judged.left.note(through.left.or(Value::None));
        }
        for (defect, key) in through.first().iter().flat_map(|j| &j.defects).zip(all.iter().flatten()) {
            if all.iter().all(|keys| keys.contains(key)) {
                judged.defects.push(*defect);
            }
        }
        if through.iter().any(|j| j.defects.len() > judged.defects.len()) {
            judged.left.note(Value::Unknown);
        }
        judged
    }

    /// What two defects have in common when they say the same.
    fn defect_key(&self, generation: &Generation, defect: Defect) -> (&'static str, Option<u16>) {
        (self.defect_code(generation, defect), field_of(generation, defect))
    }

    /// Legibility, the channel's requirements, its own, its fields. An own requirement replaces the
    /// channel's of its kind.
    fn judge_through(&mut self, channel: Option<u16>, generation: &'p Generation, copy: &Submitted) -> Judged {
        let mut judged = Judged::default();
        if !copy.legible {
            judged.defects.push(Defect::Illegible);
        }
        let channels = self.program.channels.get(usize::from(channel.unwrap_or(u16::MAX)));
        let general: &[Requirement] = channels.map_or(&[], |c| c.requirements.as_slice());
        for (requirement, nth) in general.iter().zip(0..) {
            let asked = Defect::Channel(channel.unwrap_or(0), nth);
            // Where an own one counts, it is judged among its own.
            match self.own_instead(generation, requirement) {
                (_, Value::Bool(true)) => {}
                (None, _) | (_, Value::Bool(false)) => self.judge(&mut judged, requirement, asked, copy),
                (own, unsettled) => self.judge_either(&mut judged, own, (requirement, asked), copy, unsettled),
            }
        }
        for (own, nth) in generation.requirements.iter().zip(0..) {
            self.judge(&mut judged, own, Defect::Own(nth), copy);
        }
        judged
    }

    /// The document's own requirement that stands in for one of the channel, and whether it does.
    fn own_instead(&mut self, generation: &'p Generation, general: &Requirement) -> (Option<&'p Requirement>, Value) {
        let mut found = (None, Value::Bool(false));
        for own in generation.requirements.iter().filter(|own| own.kind.same_kind(&general.kind)) {
            match self.gate(own.when) {
                Value::Bool(true) => return (Some(own), Value::Bool(true)),
                Value::Bool(false) => {}
                unsettled => found = (Some(own), unsettled),
            }
        }
        found
    }

    /// It is not told whether the own one or the channel's is asked: only what both refuse is a defect.
    fn judge_either(
        &mut self,
        judged: &mut Judged,
        own: Option<&'p Requirement>,
        (general, asked): (&'p Requirement, Defect),
        copy: &Submitted,
        unsettled: Value,
    ) {
        if self.meets(&general.kind, copy).is_yes() {
            return;
        }
        if own.is_some_and(|own| self.meets(&own.kind, copy).is_no()) {
            self.judge(judged, general, asked, copy);
        } else {
            judged.left.note(unsettled);
        }
    }

    fn judge(&mut self, judged: &mut Judged, requirement: &'p Requirement, asked: Defect, copy: &Submitted) {
        let met = self.meets(&requirement.kind, copy);
        if met.is_yes() {
            return;
        }
        match self.gate(requirement.when) {
            Value::Bool(true) => {
                if judged.left.note(met) {
                    judged.defects.push(self.with_reason(asked, requirement, copy));
                }
            }
            Value::Bool(false) => {}
            unsettled => {
                judged.left.note(unsettled);
            }
        }
    }

    /// A day of issue can be wrong in two ways.
    fn with_reason(&mut self, asked: Defect, requirement: &Requirement, copy: &Submitted) -> Defect {
        let (Defect::Own(n), RequirementKind::IssuedWithin { anchor, period, before }) = (asked, &requirement.kind)
        else {
            return asked;
        };
        let (Some(issued), Value::Date(anchor)) = (copy.issued, self.value(*anchor)) else {
            return asked;
        };
        let too_late = if *before {
            issued > anchor
        } else {
            match self.value(*period) {
                Value::Period(period) => self.day_after(period, anchor).is_ok_and(|end| issued > end),
                _ => false,
            }
        };
        if too_late { Defect::OwnTooLate(n) } else { asked }
    }

    /// Does the copy meet the requirement? What the requirement is about and is missing does not.
    fn meets(&mut self, requirement: &RequirementKind, copy: &Submitted) -> Value {
        match requirement {
            RequirementKind::Formats(allowed) => Value::Bool(copy.format.is_some_and(|format| {
                let format = self.claim.text(format);
                allowed.iter().any(|a| a.eq_ignore_ascii_case(format) || a.eq_ignore_ascii_case(format.trim()))
            })),
            RequirementKind::Size(most) => Value::Bool(copy.size.is_some_and(|s| s <= *most)),
            RequirementKind::Resolution(least) => Value::Bool(copy.resolution.is_some_and(|r| r >= *least)),
            RequirementKind::Original => Value::Bool(copy.original),
            RequirementKind::Signed => Value::Bool(copy.signed),
            RequirementKind::Sealed => Value::Bool(copy.sealed),
            RequirementKind::IssuedWithin { period, anchor, before } => {
                let Some(issued) = copy.issued else {
                    return Value::Bool(false);
                };
                let (anchor, period) = match self.both(*anchor, *period) {
                    Ok((Value::Date(anchor), Value::Period(period))) => (anchor, period),
                    Ok(_) => return Value::Bool(false),
                    Err(unsettled) => return unsettled,
                };
                let (first, last) = if *before { (issued, anchor) } else { (anchor, issued) };
                if last < first {
                    return Value::Bool(false);
                }
                self.day_after(period, first).map_or_else(Value::Uncomputable, |end| Value::Bool(last <= end))
            }
            RequirementKind::IssuedAfter(day) => match (copy.issued, self.value(*day)) {
                (None, _) => Value::Bool(false),
                (Some(issued), Value::Date(day)) => Value::Bool(issued > day),
                (_, Value::None) => Value::Bool(true),
                (_, unsettled) => unsettled,
            },
            RequirementKind::Expires { day, if_given } => match (copy.expires, self.value(*day)) {
                (None, _) => Value::Bool(*if_given),
                (Some(expires), Value::Date(day)) => Value::Bool(expires >= day),
                (_, Value::None) => Value::Bool(true),
                (_, unsettled) => unsettled,
            },
            RequirementKind::Filled(field) => {
                Value::Bool(self.claim.cell(copy.fields + u32::from(*field)) != Value::None)
            }
            RequirementKind::Equal(field, node) => {
                match (self.claim.cell(copy.fields + u32::from(*field)), self.value(*node)) {
                    // An empty field is a defect of its own.
                    (Value::None, _) => Value::Bool(true),
                    (_, unsettled @ (Value::Unknown | Value::Uncomputable(_))) => unsettled,
                    (own, other) => Value::Bool(self.same(own, other)),
                }
            }
        }
    }

    /// The defect's code in the contract.
    #[must_use]
    pub fn defect_code(&self, generation: &Generation, defect: Defect) -> &'static str {
        let requirement = match defect {
            Defect::Illegible => return "illegible",
            Defect::OwnTooLate(_) => return "issued_later",
            Defect::Own(n) => generation.requirements.get(usize::from(n)),
            Defect::Channel(c, n) => {
                let channel = self.program.channels.get(usize::from(c));
                channel.and_then(|c| c.requirements.get(usize::from(n)))
            }
        };
        match requirement.map(|r| &r.kind) {
            Some(RequirementKind::Formats(_)) => "wrong_format",
            Some(RequirementKind::Size(_)) => "too_large",
            Some(RequirementKind::Resolution(_)) => "low_resolution",
            Some(RequirementKind::Original) => "not_original",
            Some(RequirementKind::Signed) => "not_signed",
            Some(RequirementKind::Sealed) => "not_sealed",
            Some(RequirementKind::IssuedWithin { .. } | RequirementKind::IssuedAfter(_)) => "too_old",
            Some(RequirementKind::Expires { .. }) => "expired",
            Some(RequirementKind::Filled(_)) => "field_missing",
            Some(RequirementKind::Equal(..)) => "field_mismatch",
            None => "",
        }
    }

    /// Is one of the documents accepted?
    pub(super) fn accepted(&mut self, documents: &[u16]) -> Value {
        let mut left = Unsettled::default();
        for document in documents {
            match self.document(*document).status {
                Status::Accepted => return Value::Bool(true),
                Status::Unchecked(None) => _ = left.note(Value::Unknown),
                Status::Unchecked(Some(causes)) => _ = left.note(Value::Uncomputable(causes)),
                Status::Missing | Status::Defective | Status::NotRequired => {}
            }
        }
        left.or(Value::Bool(false))
    }

    /// Is no document missing? A condition.
    pub(super) fn none_missing(&mut self) -> Value {
        let missing = self.sum_up(|_, state| match (state.need, state.status) {
            (NeedState::Required | NeedState::OneOf(_), Status::Missing) => Value::Bool(true),
            (NeedState::Optional, _) => Value::Bool(false),
            (_, Status::Unchecked(causes)) if !state.submitted => unsettled(causes),
            _ => Value::Bool(false),
        });
        negated(missing)
    }

    /// Is no document that counts defective? A condition.
    pub(super) fn none_defective(&mut self) -> Value {
        let defective = self.sum_up(|this, state| match (state.need, state.status) {
            // Before anything is submitted every document that is looked at could turn out defective.
            (NeedState::Optional, Status::NotRequired) if this.claim.documents.is_none() => Value::Unknown,
            (NeedState::Unknown(_), Status::Unchecked(_)) if this.claim.documents.is_none() => Value::Unknown,
            (_, Status::Unchecked(causes)) if state.submitted || this.claim.documents.is_none() => unsettled(causes),
            (NeedState::Unknown(causes), Status::Defective) => unsettled(causes),
            (NeedState::OneOf(group), Status::Defective) => this.none_of_group_accepted(group),
            (_, Status::Defective) => Value::Bool(true),
            _ => Value::Bool(false),
        });
        negated(defective)
    }

    /// Is no member accepted, so that a defective one counts?
    pub fn none_of_group_accepted(&mut self, group: u16) -> Value {
        let Some(group) = self.program.groups.get(usize::from(group)) else {
            return Value::Bool(false);
        };
        negated(self.accepted(&group.members))
    }

    /// Does it hold of any document?
    fn sum_up(&mut self, mut holds: impl FnMut(&mut Self, &DocumentState) -> Value) -> Value {
        let mut left = Unsettled::default();
        for n in 0..u16::try_from(self.program.documents.len()).unwrap_or(0) {
            let state = self.document(n);
            let held = match state.need {
                // An unchecked member does not matter once another is accepted.
                NeedState::OneOf(group)
                    if matches!(state.status, Status::Unchecked(_))
                        && state.submitted
                        && self.none_of_group_accepted(group).is_no() =>
                {
                    Value::Bool(false)
                }
                _ => holds(self, &state),
            };
            if held.is_yes() {
                return held;
            }
            left.note(held);
        }
        left.or(Value::Bool(false))
    }
}

fn unsettled_need(gate: Value) -> NeedState {
    match gate {
        Value::Uncomputable(causes) => NeedState::Unknown(Some(causes)),
        _ => NeedState::Unknown(None),
    }
}

fn unsettled(causes: Option<Causes>) -> Value {
    causes.map_or(Value::Unknown, Value::Uncomputable)
}

/// The field a defect is about: its number in the document.
#[must_use]
pub fn field_of(generation: &Generation, defect: Defect) -> Option<u16> {
    let Defect::Own(n) = defect else { return None };
    match generation.requirements.get(usize::from(n))?.kind {
        RequirementKind::Filled(field) | RequirementKind::Equal(field, _) => Some(field),
        _ => None,
    }
}
