//! Texts: there in every locale, and every hole filled by something that exists.

use super::builder::Builder;
use super::types::Ty;
use crate::diagnostic::Code;
use crate::program::Type;
use crate::program::message::{Message, Messages, Piece, Texts as ProgramTexts};
use crate::source::Span;
use crate::syntax::message::{Citation, Message as Written, Piece as WrittenPiece, Texts};

impl<'a> Builder<'a> {
    /// A plain text in every locale of the policy.
    pub fn texts(&mut self, texts: &Texts) -> ProgramTexts {
        let plain = |message: &Written| {
            message
                .pieces
                .iter()
                .filter_map(|p| match p {
                    WrittenPiece::Text(t) => Some(t.as_str()),
                    WrittenPiece::Value(_) | WrittenPiece::Deadline(_) => None,
                })
                .collect::<String>()
        };
        if let Some(hole) =
            texts.entries.iter().find(|(_, m)| m.pieces.iter().any(|p| !matches!(p, WrittenPiece::Text(_))))
        {
            self.problem(Code::NotAllowedHere, hole.0.span, "a value cannot be put into this text").help =
                "values go into messages and remedies; write `\\{` for a brace that stands for itself".into();
        }
        let found = self.in_every_locale(texts, texts.span);
        found.into_iter().map(|m| m.map(plain).unwrap_or_default()).collect()
    }

    /// The message of each locale of the policy; what is missing is told.
    fn in_every_locale<'t>(&mut self, texts: &'t Texts, span: Span) -> Vec<Option<&'t Written>> {
        let locales = self.program.locales.clone();
        let missing: Vec<&str> = locales
            .iter()
            .filter(|l| !texts.entries.iter().any(|(name, _)| name.node == **l))
            .map(String::as_str)
            .collect();
        if !missing.is_empty() {
            let list = missing.join("`, `");
            let shown = Span { end: span.start + 1, ..span };
            let shown = if span.end > span.start { shown } else { span };
            self.problem(Code::MissingLocale, shown, format!("the text in `{list}` is missing")).help =
                format!("the policy speaks {}: add `{} \"…\"`", locales.join(", "), missing[0]);
        }
        if span.file == 0 && !self.is_part && !self.loaded.modules[0].broken_header {
            for (name, _) in texts.entries.iter().filter(|(name, _)| !locales.contains(&name.node)) {
                self.problem(Code::LocaleExtra, name.span, format!("the policy does not speak `{}`", name.node)).help =
                    "add it to `locales`, or take the text away".into();
            }
        }
        locales.iter().map(|l| texts.entries.iter().find(|(name, _)| name.node == *l).map(|(_, m)| m)).collect()
    }

    /// A message with holes in every locale. `subjects`: may it name the documents concerned?
    pub fn messages(&mut self, texts: &'a Texts, span: Span, subjects: bool) -> Messages {
        // Locales that the policy does not speak are checked too: their holes must exist.
        for (name, message) in &texts.entries {
            if !self.program.locales.contains(&name.node) && self.is_own(span) {
                self.message(message, subjects);
            }
        }
        let found = self.in_every_locale(texts, span);
        found.into_iter().map(|m| m.map(|m| self.message(m, subjects)).unwrap_or_default()).collect()
    }

    fn message(&mut self, written: &'a Written, subjects: bool) -> Message {
        let mut pieces = Vec::new();
        for piece in &written.pieces {
            match piece {
                WrittenPiece::Text(text) => pieces.push(Piece::Text(text.clone())),
                WrittenPiece::Deadline(name) => match self.deadlines.get(&name.node) {
                    Some(number) => pieces.push(Piece::Deadline(*number)),
                    None => self.unknown_deadline(name),
                },
                WrittenPiece::Value(expr) => {
                    if subjects && matches!(&expr.kind, crate::syntax::ExprKind::Path(p) if p == "subjects") {
                        pieces.push(Piece::Subjects);
                        continue;
                    }
                    let typed = self.expr(expr, None);
                    if matches!(&typed.ty, Ty::Row(_) | Ty::Document(_))
                        || matches!(&typed.ty, Ty::List(of) if matches!(**of, Ty::Row(_)))
                    {
                        let found = self.ty_name(&typed.ty);
                        self.problem(Code::TypeMismatch, expr.span, format!("{found} cannot be written into a text"))
                            .help = "write one of its values".into();
                    } else if !typed.ty.is_broken() {
                        let of = match self.stored_type(&typed.ty) {
                            Type::List(row) => {
                                let row = self.program.rows.get(usize::from(row));
                                row.and_then(|r| r.columns.first()).map_or(Type::Text, |c| c.fact_type)
                            }
                            of => of,
                        };
                        pieces.push(Piece::Value(typed.node, of));
                    }
                }
            }
        }
        Message { pieces }
    }

    /// A citation: its source must be declared.
    pub fn citation(&mut self, citation: &Citation) -> Option<(u16, ProgramTexts)> {
        let name = citation.source.node.as_str();
        let Some(source) = self.names.sources.get(name).copied() else {
            let near = crate::diagnostic::nearest(name, self.names.sources.keys().copied()).map(str::to_owned);
            let help = near.map_or_else(
                || format!("declare it: `source {name} {{ en \"…\" }}`"),
                |n| format!("did you mean `{n}`?"),
            );
            self.problem(Code::NoSourceNamed, citation.source.span, format!("there is no source `{name}`")).help = help;
            return None;
        };
        let at = match (&citation.plain, citation.at.entries.is_empty()) {
            (Some(plain), _) => self.program.locales.iter().map(|_| plain.clone()).collect(),
            (None, false) => self.texts(&citation.at),
            (None, true) => self.program.locales.iter().map(|_| String::new()).collect(),
        };
        let number = match self.program.sources.iter().position(|s| s.name == name) {
            Some(number) => number,
            None => {
                let title = self.texts(&source.title);
                self.program.sources.push(crate::program::reason::Source { name: name.to_owned(), title });
                self.program.sources.len() - 1
            }
        };
        Some((u16::try_from(number).ok()?, at))
    }
}
