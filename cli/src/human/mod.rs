//! A decision as a page for people, in the decision's language.

mod page;
mod screening;
mod sections;
mod value;
mod words;

use crate::io::tame;
use duly::Decision;
use duly::program::Program;
use page::Page;
use words::Words;

pub use screening::screening;

/// The columns of the terminal: at most a hundred, for reading; eighty where there is no terminal.
#[must_use]
pub fn width() -> usize {
    let wide = terminal_size::terminal_size().map_or(80, |(w, _)| usize::from(w.0));
    wide.clamp(40, 100)
}

/// What a page is written from.
pub struct View<'v> {
    /// The policy.
    pub program: &'v Program,
    /// What was decided.
    pub decision: &'v Decision<'v>,
    /// The position of the decision's locale among the policy's.
    pub nth: usize,
    /// The locale's name.
    pub locale: &'v str,
    /// Its words.
    pub words: &'static Words,
}

/// Writes a decision for people.
#[must_use]
pub fn render(program: &Program, decision: &Decision<'_>, locale: Option<&str>, width: usize) -> String {
    let nth = program.locale(locale).unwrap_or_default();
    let locale = program.locales.get(nth).map_or("en", String::as_str);
    let view = View { program, decision, nth, locale, words: words::of(locale) };
    let mut page = Page::new(width);
    view.head(&mut page);
    view.reasons(&mut page);
    view.questions(&mut page);
    view.open(&mut page);
    view.documents(&mut page);
    view.award(&mut page);
    view.deadlines(&mut page);
    view.outputs(&mut page);
    view.trace(&mut page);
    page.finish()
}

impl<'v> View<'v> {
    /// The text of the decision's locale.
    pub fn text(&self, texts: &'v [String]) -> &'v str {
        texts.get(self.nth).map_or("", String::as_str)
    }

    /// The words for a thing: its label, or its name where it has none.
    pub fn label(&self, label: &str, name: &str) -> String {
        let label = tame(if label.is_empty() { name } else { label });
        let mut letters = label.chars();
        match letters.next() {
            Some(first) if !label.contains(['.', '_']) => first.to_uppercase().chain(letters).collect(),
            _ => label,
        }
    }
}

#[cfg(test)]
mod tests;
