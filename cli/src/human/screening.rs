//! A screening as a page for people: what each policy says, what to ask next, what to gather.

use super::page::Page;
use super::sections::{BOLD, DIM, MOST_QUESTIONS, PLAIN, colour, heading, question, status_look};
use super::words::{self, Words};
use crate::io::tame;
use anstyle::AnsiColor;
use duly::decision::{Eligibility, locale};
use duly::program::Program;
use duly::screen::{Asked, Gathered, Screened};
use duly::value::{Effect, Number};
use duly::{Policy, Screening};

/// Writes a screening for people.
#[must_use]
pub fn screening(policies: &[&Policy], screening: &Screening<'_>, width: usize) -> String {
    let asked = screening.locale.as_deref();
    let locale = asked.unwrap_or("en");
    let words = words::of(locale);
    let mut page = Page::new(width);
    page.paragraph(0, 0, BOLD, words.screening);
    for eligibility in [Eligibility::Eligible, Eligibility::Unknown, Eligibility::Ineligible] {
        let of_kind: Vec<_> = screening.policies.iter().filter(|p| p.eligibility == eligibility).collect();
        if of_kind.is_empty() {
            continue;
        }
        heading(&mut page, words.eligible(eligibility));
        for screened in of_kind {
            policy(&mut page, words, locale, screened);
        }
    }
    questions(&mut page, words, policies, &screening.questions, asked);
    documents(&mut page, words, &screening.documents, screening.policies.len());
    if !screening.ignored.is_empty() {
        heading(&mut page, words.ignored);
        page.paragraph(2, 0, PLAIN, &tame(&screening.ignored.join(", ")));
    }
    page.finish()
}

fn policy(page: &mut Page, words: &Words, locale: &str, screened: &Screened<'_>) {
    let (mark, colour_of) = match screened.eligibility {
        Eligibility::Eligible => ("✓", AnsiColor::Green),
        Eligibility::Unknown => ("?", AnsiColor::Cyan),
        Eligibility::Ineligible => ("✗", AnsiColor::Red),
    };
    let title = if screened.title.is_empty() { screened.policy } else { screened.title };
    let mark = format!("{mark} ");
    let style = colour(colour_of).bold();
    match &screened.award {
        Some(award) => {
            let amount = Number::read(&award.amount).map(|n| locale::money(n, award.currency, locale));
            let amount = amount.unwrap_or_else(|| award.amount.clone());
            page.edges(2, (&mark, style), (&tame(title), BOLD), (&amount, BOLD), page.width.min(80));
        }
        None => page.lead(2, &mark, style, 2, BOLD, &tame(title)),
    }
    let (outcome, _) = words.outcome(screened.outcome);
    page.paragraph(4, 2, DIM, &format!("{} · {outcome}", screened.policy));
    for reason in screened.reasons.iter().filter(|r| r.effect != Effect::Note) {
        page.lead(4, "· ", style, 2, PLAIN, &tame(&reason.message));
    }
}

/// The first questions in full, the rest by name.
fn questions(page: &mut Page, words: &Words, policies: &[&Policy], all: &[Asked<'_>], asked: Option<&str>) {
    if all.is_empty() {
        return;
    }
    heading(page, words.questions);
    for (nth, question_asked) in all.iter().take(MOST_QUESTIONS).enumerate() {
        let first = question_asked.policies.first();
        let program = policies.iter().map(|p| p.program()).find(|p| Some(&p.name.as_str()) == first);
        let unit = program.zip(question_asked.question.unit).map(|(program, unit)| unit_text(program, unit, asked));
        question(page, words, nth + 1, &question_asked.question, unit);
        let of = match question_asked.policies.as_slice() {
            [only] => (*only).to_owned(),
            several => words.of_policies.replace("{}", &several.len().to_string()),
        };
        page.paragraph(5, 2, DIM, &of);
    }
    let rest: Vec<&str> = all.iter().skip(MOST_QUESTIONS).map(|q| q.question.fact).collect();
    if !rest.is_empty() {
        let more = words.more.replace("{}", &rest.len().to_string());
        page.paragraph(5, 0, DIM, &format!("{more} {}", rest.join(", ")));
    }
}

fn unit_text<'p>(program: &'p Program, name: &'p str, asked: Option<&str>) -> &'p str {
    let unit = program.units.iter().find(|u| u.name == name);
    let nth = program.locale(asked).unwrap_or_default();
    match unit.and_then(|u| u.texts.get(nth)).map_or("", String::as_str) {
        "" => name,
        text => text,
    }
}

fn documents(page: &mut Page, words: &Words, gathered: &[Gathered<'_>], policies: usize) {
    if gathered.is_empty() {
        return;
    }
    heading(page, words.gather);
    for document in gathered {
        let title = if document.title.is_empty() { document.kind } else { document.title };
        let Some(first) = document.wanted.first() else { continue };
        let (mark, style) = status_look(first.status);
        let wanted = match document.wanted.as_slice() {
            [only] if policies > 1 => only.policy.to_owned(),
            [_] | [] => String::new(),
            several => words.of_policies.replace("{}", &several.len().to_string()),
        };
        page.edges(2, (&format!("{mark} "), style.bold()), (&tame(title), PLAIN), (&wanted, DIM), page.width.min(80));
    }
}
