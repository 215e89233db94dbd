//! Texts per locale, with holes that are filled when a decision is written.

use super::reader::{Pair, Reader, Rule, all, one, parts};
use super::{Expr, Name};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A text in several locales.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// Locale and text, as written.
    pub entries: Vec<(Name, Message)>,
    /// The braces and what is between them.
    pub span: Span,
}

/// A text with holes.
#[derive(Debug, Clone, Default)]
pub struct Message {
    /// Literal text and holes in their order.
    pub pieces: Vec<Piece>,
}

/// A piece of a message.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// The value of a fact or definition.
    Value(Expr),
    /// The last day of a deadline.
    Deadline(Name),
}

/// `per SOURCE "where in it"`.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The source.
    pub source: Name,
    /// The place in the source, one text for all locales or one each.
    pub at: Texts,
    /// One text for all locales.
    pub plain: Option<String>,
}

pub(super) fn read_texts(r: &mut Reader<'_>, pair: Pair<'_>) -> Texts {
    let span = r.span(&pair);
    let mut texts = Texts { entries: Vec::new(), span };
    let mut ended = u32::MAX;
    for text in parts(pair) {
        if text.as_rule() != Rule::text {
            continue;
        }
        let mut inner = parts(text);
        let locale = r.named(&mut inner, Rule::locale);
        let Some(quoted) = one(&mut inner, Rule::quoted) else {
            continue;
        };
        // A word right behind a quote that is no locale: the quote was meant to stand inside the text.
        let is_locale = locale.node.len() <= 3 && locale.node.chars().all(|c| c.is_ascii_lowercase());
        let follows = std::mem::replace(&mut ended, r.span(&quoted).end) == locale.span.start;
        if follows && !is_locale {
            let message = format!("the text ends at the quote before `{}`", locale.node);
            r.problem(
                Diagnostic::new(Code::Unclosed, locale.span, message)
                    .help("a quote inside a text is written `\\\"`; or use “ and ”"),
            );
            continue;
        }
        if let Some((first, _)) = texts.entries.iter().find(|(l, _)| l.node == locale.node) {
            let first = first.span;
            r.problem(
                Diagnostic::new(Code::Duplicate, locale.span, format!("the text in `{}` stands twice", locale.node))
                    .related(first, "the first one")
                    .help("take one of the two away"),
            );
            continue;
        }
        texts.entries.push((locale, read_message(r, quoted)));
    }
    texts
}

pub(super) fn read_message(r: &mut Reader<'_>, quoted: Pair<'_>) -> Message {
    let mut pieces = Vec::new();
    for piece in parts(quoted) {
        match piece.as_rule() {
            Rule::hole => {
                let span = r.span(&piece);
                let mut inner = parts(piece);
                if let Some(name) = one(&mut inner, Rule::name) {
                    pieces.push(Piece::Deadline(r.name(&name)));
                } else {
                    let path = r.named(&mut inner, Rule::path);
                    pieces.push(Piece::Value(Expr::path(path.node, span)));
                }
            }
            Rule::escape => push_text(&mut pieces, piece.as_str().get(1..).unwrap_or_default()),
            _ => push_text(&mut pieces, &on_one_line(piece.as_str())),
        }
    }
    Message { pieces }
}

/// A text may be wrapped in the source: a line break with its indent reads as one blank.
fn on_one_line(text: &str) -> String {
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.truncate(out.trim_end().len());
        out.push(' ');
        out.push_str(line.trim_start());
    }
    out
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

/// A quoted text without holes.
pub(super) fn read_plain(r: &mut Reader<'_>, quoted: Pair<'_>) -> String {
    let span = r.span(&quoted);
    let message = read_message(r, quoted);
    let mut text = String::new();
    for piece in message.pieces {
        match piece {
            Piece::Text(t) => text.push_str(&t),
            Piece::Value(_) | Piece::Deadline(_) => r.problem(
                Diagnostic::new(Code::NotAllowedHere, span, "a value cannot be put into this text")
                    .help("write `\\{` for a brace that stands for itself"),
            ),
        }
    }
    text
}

pub(super) fn read_citation(r: &mut Reader<'_>, pair: Pair<'_>) -> Citation {
    let mut inner = parts(pair);
    let source = r.named(&mut inner, Rule::name);
    let at = one(&mut inner, Rule::texts).map(|t| read_texts(r, t)).unwrap_or_default();
    let plain = one(&mut inner, Rule::quoted).map(|q| read_plain(r, q));
    Citation { source, at, plain }
}

pub(super) fn read_citations(r: &mut Reader<'_>, inner: &mut Vec<Pair<'_>>) -> Vec<Citation> {
    all(inner, Rule::citation).into_iter().map(|c| read_citation(r, c)).collect()
}

pub(super) fn read_label(r: &mut Reader<'_>, inner: &mut Vec<Pair<'_>>, rule: Rule) -> Option<Texts> {
    let mut wrapped = parts(one(inner, rule)?);
    one(&mut wrapped, Rule::texts).map(|t| read_texts(r, t))
}
