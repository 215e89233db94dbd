//! The sections of the page.

use super::View;
use super::page::{Page, columns};
use super::words::Words;
use crate::io::tame;
use anstyle::{AnsiColor, Style};
use duly::decision::document::{Document, DocumentStatus, NeedName};
use duly::decision::reason::Reason;
use duly::decision::{Deadline, Question, locale};
use duly::program::expression::Outcome;
use duly::value::Effect;

/// Text as it is.
pub(super) const PLAIN: Style = Style::new();
/// What stands out.
pub(super) const BOLD: Style = Style::new().bold();
/// Of more questions only the first are asked in full, unless everything is to be explained.
pub(super) const MOST_QUESTIONS: usize = 7;
/// What may be passed over.
pub(super) const DIM: Style = Style::new().dimmed();

/// A colour as a style.
pub(super) fn colour(colour: AnsiColor) -> Style {
    colour.on_default()
}

fn outcome_look(outcome: Outcome) -> (&'static str, Style) {
    match outcome {
        Outcome::Granted => ("✓", colour(AnsiColor::Green)),
        Outcome::Refused => ("✗", colour(AnsiColor::Red)),
        Outcome::Incomplete => ("!", colour(AnsiColor::Yellow)),
        Outcome::Review => ("◆", colour(AnsiColor::Magenta)),
        Outcome::Undetermined => ("?", colour(AnsiColor::Cyan)),
    }
}

fn effect_look(effect: Effect) -> (&'static str, Style) {
    match effect {
        Effect::Refuse => ("✗", colour(AnsiColor::Red)),
        Effect::Return => ("!", colour(AnsiColor::Yellow)),
        Effect::Review => ("◆", colour(AnsiColor::Magenta)),
        Effect::Note => ("·", colour(AnsiColor::Cyan)),
    }
}

/// The mark of a document's status.
pub(super) fn status_look(status: DocumentStatus) -> (&'static str, Style) {
    match status {
        DocumentStatus::Accepted => ("✓", colour(AnsiColor::Green)),
        DocumentStatus::Missing | DocumentStatus::Defective => ("✗", colour(AnsiColor::Red)),
        DocumentStatus::Unchecked => ("?", colour(AnsiColor::Cyan)),
        DocumentStatus::NotRequired => ("–", DIM),
    }
}

impl View<'_> {
    /// Title, outcome and eligibility.
    pub fn head(&self, page: &mut Page) {
        let decision = self.decision;
        let title = self.label(self.text(&self.program.title), decision.policy);
        page.paragraph(0, 0, BOLD, &title);
        let mut under = decision.policy.to_owned();
        if let Some(day) = decision.governed_by {
            let day = locale::date(day.0, self.locale);
            under = format!("{under} · {} {day}", self.words.governed_by);
        }
        page.paragraph(0, 0, DIM, &under);
        page.push("\n");
        let (mark, style) = outcome_look(decision.outcome);
        let (name, sentence) = self.words.outcome(decision.outcome);
        page.push("  ");
        page.styled(style.bold(), &format!("{mark} {name}"));
        if let Some(award) = decision.award.as_ref().filter(|a| a.payable) {
            page.styled(BOLD, &format!(": {}", self.money(&award.amount)));
        }
        page.push("\n");
        page.paragraph(4, 0, PLAIN, sentence);
        let eligible = self.words.eligible(decision.eligibility);
        page.paragraph(4, 0, PLAIN, &format!("{eligible}."));
        // When one may ask again is of use once there is an answer.
        if let Some(day) = decision.repeat.next_from.filter(|_| decision.outcome != Outcome::Undetermined) {
            let day = locale::date(day.0, self.locale).replace(' ', "\u{a0}");
            page.paragraph(4, 0, PLAIN, &self.words.next_from.replace("{}", &day));
        }
    }

    /// The reasons with their remedies, sources and conditions.
    pub fn reasons(&self, page: &mut Page) {
        if self.decision.reasons.is_empty() {
            return;
        }
        heading(page, self.words.reasons);
        for (nth, reason) in self.decision.reasons.iter().enumerate() {
            if nth > 0 {
                page.push("\n");
            }
            self.reason(page, reason);
        }
    }

    fn reason(&self, page: &mut Page, reason: &Reason<'_>) {
        let (mark, style) = effect_look(reason.effect);
        page.lead(2, &format!("{mark} "), style.bold(), 2, BOLD, &tame(&reason.message));
        if let Some(remedy) = &reason.remedy {
            let lead = format!("{} ", self.words.remedy);
            page.lead(4, &lead, style, 0, PLAIN, &tame(remedy));
        }
        let effect = self.words.effect(reason.effect);
        page.paragraph(4, 2, DIM, &format!("{effect} · {}", reason.code));
        for basis in &reason.basis {
            let source = self.program.sources.iter().find(|s| s.name == basis.source);
            let title = source.map_or("", |s| self.text(&s.title));
            let title = if title.is_empty() { basis.source } else { title };
            let text = match basis.at {
                "" => format!("§ {title}"),
                at => format!("§ {title}: {at}"),
            };
            page.paragraph(4, 2, DIM, &tame(&text));
        }
        for because in &reason.because {
            let says: Vec<&str> = because.says.split_whitespace().collect();
            let seen: Vec<String> = because
                .facts
                .iter()
                .map(|f| format!("{} = {}", f.fact, self.seen(&f.fact, f.value.as_deref())))
                .collect();
            let mut text = format!("{} {}", self.words.because, says.join(" "));
            if !seen.is_empty() {
                text = format!("{text}{} {}", self.words.where_, seen.join(", "));
            }
            page.paragraph(4, 2, DIM, &tame(&format!("{text} · {}", because.at)));
        }
    }

    /// What to ask next.
    pub fn questions(&self, page: &mut Page) {
        if self.decision.questions.is_empty() {
            return;
        }
        heading(page, self.words.questions);
        let all = &self.decision.questions;
        let asked =
            if all.len() > MOST_QUESTIONS && self.decision.trace.is_none() { MOST_QUESTIONS - 2 } else { all.len() };
        for (nth, question) in all.iter().take(asked).enumerate() {
            let unit = question.unit.map(|name| {
                let unit = self.program.units.iter().find(|u| u.name == name);
                match unit.map_or("", |u| self.text(&u.texts)) {
                    "" => name,
                    text => text,
                }
            });
            self::question(page, self.words, nth + 1, question, unit);
        }
        let rest: Vec<&str> = all.iter().skip(asked).map(|q| q.fact).collect();
        if !rest.is_empty() {
            let more = self.words.more.replace("{}", &rest.len().to_string());
            page.paragraph(5, 0, DIM, &format!("{more} {}", rest.join(", ")));
        }
    }

    /// The codes that missing facts could still raise.
    pub fn open(&self, page: &mut Page) {
        if !self.decision.open.is_empty() {
            heading(page, self.words.open);
            page.paragraph(2, 0, PLAIN, &self.decision.open.join(", "));
        }
    }

    /// The checklist.
    pub fn documents(&self, page: &mut Page) {
        if self.decision.documents.is_empty() {
            return;
        }
        heading(page, self.words.documents);
        for document in &self.decision.documents {
            self.document(page, document);
        }
    }

    fn document(&self, page: &mut Page, document: &Document<'_>) {
        let (mark, style) = status_look(document.status);
        let title = self.label(document.title, document.kind);
        let need = match document.need {
            NeedName::OneOf(_) => self.words.one_of,
            NeedName::Optional => self.words.optional,
            NeedName::Unknown => self.words.need_unknown,
            NeedName::Required | NeedName::NotRequired => "",
        };
        let status = self.words.status(document.status);
        let right = if need.is_empty() { status.to_owned() } else { format!("{need} · {status}") };
        let left = match document.status {
            DocumentStatus::NotRequired => DIM,
            _ => PLAIN,
        };
        let mark = (&*format!("{mark} "), style.bold());
        page.edges(2, mark, (&title, left), (&right, style), page.width.min(80));
        for defect in &document.defects {
            page.lead(4, "· ", style, 2, PLAIN, &tame(&defect.message));
        }
    }

    /// The award as a sum.
    pub fn award(&self, page: &mut Page) {
        let Some(award) = &self.decision.award else {
            return;
        };
        heading(page, self.words.award[usize::from(!award.payable)]);
        let mut label = self.words.amount.to_owned();
        let edge = page.width.min(64);
        for line in &award.lines {
            if line.name == "amount" {
                if !line.label.is_empty() {
                    label = self.label(line.label, line.name);
                }
                continue;
            }
            let amount = line.amount.as_deref();
            let amount = amount.map_or_else(|| self.words.none.to_owned(), |a| self.money(a));
            let left = self.label(line.label, line.name);
            page.edges(4, ("", PLAIN), (&left, PLAIN), (&amount, PLAIN), edge);
        }
        if award.lines.len() > 1 {
            page.push("    ");
            page.styled(DIM, &"─".repeat(edge.saturating_sub(4)));
            page.push("\n");
        }
        let amount = self.money(&award.amount);
        page.edges(4, ("", PLAIN), (&label, BOLD), (&amount, BOLD), edge);
    }

    /// The calendar of deadlines.
    pub fn deadlines(&self, page: &mut Page) {
        let list = &self.decision.deadlines;
        if list.is_empty() {
            return;
        }
        heading(page, self.words.deadlines);
        let days: Vec<String> = list.iter().map(|d| self.days(d)).collect();
        let wide = days.iter().map(|d| columns(d)).max().unwrap_or_default();
        let beside = page.width >= wide + 24;
        for (deadline, days) in list.iter().zip(&days) {
            let gap = " ".repeat(wide - columns(days) + 3);
            let label = self.label(deadline.label, deadline.name);
            if beside {
                let lead = format!("{days}{gap}");
                page.lead(4, &lead, colour(AnsiColor::Cyan), wide + 3, PLAIN, &label);
            } else {
                page.paragraph(4, 0, PLAIN, &label);
                page.paragraph(6, 0, colour(AnsiColor::Cyan), days);
            }
        }
    }

    fn days(&self, deadline: &Deadline<'_>) -> String {
        match deadline.earliest.filter(|e| *e != deadline.due) {
            Some(earliest) => {
                let first = self.day(earliest.0);
                // In words the year is said once: `Wed 26 March – Wed 2 April 2025`.
                let year = format!("\u{a0}{}", deadline.due.0.year());
                let short = first.strip_suffix(&year).unwrap_or(&first);
                format!("{short} – {}", self.day(deadline.due.0))
            }
            None => self.day(deadline.due.0),
        }
    }

    /// What else was established.
    pub fn outputs(&self, page: &mut Page) {
        let outputs = &self.decision.outputs.0;
        if outputs.is_empty() {
            return;
        }
        heading(page, self.words.outputs);
        for output in outputs {
            let declared = self.program.outputs.iter().find(|o| o.name == output.name);
            let value =
                declared.map_or_else(|| self.words.none.to_owned(), |o| self.output(&output.value, o.output_type));
            let label = self.label(output.label, output.name);
            page.lead(4, &format!("{label}: "), PLAIN, 2, BOLD, &tame(&value));
        }
    }

    /// Every declaration with its value, where it was asked for.
    pub fn trace(&self, page: &mut Page) {
        let Some(trace) = &self.decision.trace else {
            return;
        };
        heading(page, self.words.trace);
        for traced in trace {
            let kind = self.words.traced(traced.kind);
            let lead = format!("{kind} {}: ", traced.name);
            let value = self.traced(&traced.value);
            page.lead(2, &lead, PLAIN, 4, BOLD, &tame(&value));
            let reads = traced.reads.iter();
            let reads: Vec<String> =
                reads.map(|f| format!("{} = {}", f.fact, self.seen(&f.fact, f.value.as_deref()))).collect();
            let mut under = traced.at.clone();
            if !reads.is_empty() {
                under = format!("{under} · {}", reads.join(", "));
            }
            page.paragraph(4, 2, DIM, &tame(&under));
        }
    }
}

/// The heading of a section.
pub(super) fn heading(page: &mut Page, text: &str) {
    page.push("\n");
    page.styled(BOLD.underline(), text);
    page.push("\n");
}

/// One question, with what can be answered; the unit as the language writes it.
pub(super) fn question(page: &mut Page, words: &Words, nth: usize, question: &Question<'_>, unit: Option<&str>) {
    let text = if question.text.is_empty() { question.fact } else { question.text };
    let lead = format!("{nth:>2}. ");
    let style = if nth == 1 { BOLD } else { PLAIN };
    page.lead(1, &lead, colour(AnsiColor::Cyan), 4, style, &tame(text));
    let mut answer = words.answer(question.kind).to_owned();
    if let Some(unit) = unit {
        answer = format!("{answer}, {unit}");
    }
    let options = question.options.iter().map(|o| match o.text {
        "" => o.value.to_owned(),
        text if text == o.value => text.to_owned(),
        text => format!("{} – {text}", o.value.replace(' ', "\u{a0}")),
    });
    let options: Vec<String> = options.collect();
    if !options.is_empty() {
        answer = format!("{answer}: {}", options.join("; "));
    }
    if question.may_be_none {
        answer = format!("{answer}; {}", words.or_none);
    }
    page.paragraph(5, 2, DIM, &tame(&format!("{} · {answer}", question.fact)));
}
