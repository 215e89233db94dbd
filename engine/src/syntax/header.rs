//! The head of a file: what it is called, its locales, currency, calendar and governing date; sources and units.

use super::Name;
use super::message::{Texts, read_texts};
use super::reader::{Pair, Reader, Rule, all, one, parts};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::value::Date;

/// What the head of a file says.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the fields are the header's lines")]
pub struct Header {
    pub policy: Option<Name>,
    pub part: Option<Name>,
    pub title: Option<Texts>,
    pub locales: Option<Spanned<Vec<Name>>>,
    pub currency: Option<Name>,
    pub calendar: Option<Name>,
    pub governed: Option<Name>,
    pub window: Option<Window>,
}

/// `in force from D until D`: both days are inside.
#[derive(Debug, Clone, Default)]
pub struct Window {
    /// The first day in force.
    pub from: Option<Date>,
    /// The last day in force.
    pub until: Option<Date>,
    /// Its place.
    pub span: Span,
}

/// `source NAME { titles }`.
#[derive(Debug, Clone)]
pub struct SourceDeclaration {
    /// Its name in citations.
    pub name: Name,
    /// Its title.
    pub title: Texts,
}

/// `unit NAME { how it is written }`.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its name in the language.
    pub name: Name,
    /// How each locale writes it.
    pub texts: Texts,
}

pub(super) fn read_source(r: &mut Reader<'_>, pair: Pair<'_>) -> SourceDeclaration {
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let title = one(&mut inner, Rule::texts).map(|t| read_texts(r, t)).unwrap_or_default();
    SourceDeclaration { name, title }
}

pub(super) fn read_unit(r: &mut Reader<'_>, pair: Pair<'_>) -> Unit {
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::word);
    let texts = one(&mut inner, Rule::texts).map(|t| read_texts(r, t)).unwrap_or_default();
    Unit { name, texts }
}

/// Reads one line of the header; false if it is none.
pub(super) fn read_header_line(r: &mut Reader<'_>, pair: Pair<'_>, header: &mut Header) -> bool {
    let span = r.span(&pair);
    let rule = pair.as_rule();
    let mut inner = parts(pair);
    let twice = match rule {
        Rule::policy => header.policy.replace(r.named(&mut inner, Rule::path)).map(|n| n.span),
        Rule::part => header.part.replace(r.named(&mut inner, Rule::path)).map(|n| n.span),
        Rule::title => {
            let texts = one(&mut inner, Rule::texts).map(|t| read_texts(r, t)).unwrap_or_default();
            header.title.replace(texts).map(|t| t.span)
        }
        Rule::locales => {
            let names = all(&mut inner, Rule::word).iter().map(|w| r.name(w)).collect();
            header.locales.replace(Spanned::new(names, span)).map(|l| l.span)
        }
        Rule::currency => header.currency.replace(r.named(&mut inner, Rule::word)).map(|n| n.span),
        Rule::calendar => header.calendar.replace(r.named(&mut inner, Rule::word)).map(|n| n.span),
        Rule::governed => header.governed.replace(r.named(&mut inner, Rule::path)).map(|n| n.span),
        Rule::in_force_header => {
            let window = read_window(r, &mut inner).unwrap_or_default();
            header.window.replace(window).map(|w| w.span)
        }
        _ => return false,
    };
    if let Some(first) = twice {
        r.problem(
            Diagnostic::new(Code::HeaderMissing, span, "this line of the header stands twice")
                .related(first, "the first one")
                .help("keep one of the two"),
        );
    }
    true
}

/// Takes the window out of a declaration's parts.
pub(super) fn read_window(r: &mut Reader<'_>, inner: &mut Vec<Pair<'_>>) -> Option<Window> {
    let pair = one(inner, Rule::window)?;
    let span = r.span(&pair);
    let mut window = Window { span, ..Window::default() };
    let mut until = false;
    for part in parts(pair) {
        match part.as_rule() {
            Rule::kw_until => until = true,
            Rule::year_month_day => {
                let day = super::expression::read_date(r, part.as_str(), span);
                if until { window.until = day } else { window.from = day }
            }
            _ => {}
        }
    }
    if window.from.zip(window.until).is_some_and(|(from, until)| until < from) {
        r.problem(
            Diagnostic::new(Code::WindowBackwards, span, "the last day in force comes before the first")
                .help("write the earlier day after `from` and the later after `until`"),
        );
        window.until = None;
    }
    Some(window)
}
