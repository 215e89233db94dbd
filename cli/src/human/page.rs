//! A page of text: wrapped to a width, indented, with colours.

use anstyle::Style;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Fewer columns are too few for a text beside another.
const LEAST: usize = 16;

/// A page that is being written.
#[derive(Debug)]
pub struct Page {
    text: String,
    /// Columns there are.
    pub width: usize,
}

impl Page {
    /// An empty page.
    #[must_use]
    pub fn new(width: usize) -> Self {
        Self { text: String::new(), width }
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }

    /// A paragraph, wrapped; every line but the first begins `hang` columns further right than `indent`.
    pub fn paragraph(&mut self, indent: usize, hang: usize, style: Style, text: &str) {
        self.lead(indent, "", Style::new(), hang, style, text);
    }

    /// A paragraph behind a lead of its own style; further lines begin `hang` columns further right.
    pub fn lead(&mut self, indent: usize, lead: &str, lead_style: Style, hang: usize, style: Style, text: &str) {
        let taken = indent + columns(lead);
        let lines = wrap(text, self.width.saturating_sub(taken), self.width.saturating_sub(indent + hang));
        for (nth, line) in lines.iter().enumerate() {
            if nth == 0 {
                self.push(&" ".repeat(indent));
                self.styled(lead_style, lead);
            } else {
                self.push(&" ".repeat(indent + hang));
            }
            self.styled(style, line);
            self.push("\n");
        }
    }

    /// Two texts at the edges of a line, behind a mark; the left one is wrapped where there is no room.
    pub fn edges(
        &mut self,
        indent: usize,
        mark: (&str, Style),
        left: (&str, Style),
        right: (&str, Style),
        edge: usize,
    ) {
        let begin = indent + columns(mark.0);
        let room = edge.saturating_sub(begin + columns(right.0) + 2);
        if room < LEAST {
            self.lead(indent, mark.0, mark.1, columns(mark.0), left.1, left.0);
            self.paragraph(begin, 0, right.1, right.0);
            return;
        }
        let lines = wrap(left.0, room, room);
        let last = lines.len().saturating_sub(1);
        for (nth, line) in lines.iter().enumerate() {
            if nth == 0 {
                self.push(&" ".repeat(indent));
                self.styled(mark.1, mark.0);
            } else {
                self.push(&" ".repeat(begin));
            }
            self.styled(left.1, line);
            if nth == last && !right.0.is_empty() {
                let gap = edge.saturating_sub(begin + columns(line) + columns(right.0));
                self.push(&" ".repeat(gap.max(2)));
                self.styled(right.1, right.0);
            }
            self.push("\n");
        }
    }

    /// A piece of a line.
    pub fn styled(&mut self, style: Style, text: &str) {
        if text.is_empty() {
            return;
        }
        // Writing to a string does not fail.
        let _ = write!(self.text, "{style}{text}{style:#}");
    }

    /// Text as it is.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }
}

/// How many columns a text takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Breaks a text at blanks: the first line has `first` columns, the others `rest`. A word longer than a line
/// is broken where it must be; a no-break space does not break.
#[must_use]
pub fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split([' ', '\n', '\t']).filter(|w| !w.is_empty()) {
        let room = if lines.is_empty() { first } else { rest }.max(8);
        if !line.is_empty() && columns(&line) + 1 + columns(word) > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if columns(&line) >= rest.max(8) && columns(word) > rest.max(8) {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_broken_at_blanks() {
        assert_eq!(wrap("one two three four", 9, 10), ["one two", "three four"]);
        assert_eq!(wrap("сумма 18\u{a0}369,76\u{a0}₽ рублей", 12, 12), ["сумма", "18\u{a0}369,76\u{a0}₽", "рублей"]);
        assert_eq!(wrap("", 10, 10), [""]);
        assert_eq!(wrap(&"x".repeat(20), 10, 10), ["x".repeat(10), "x".repeat(10)]);
    }

    #[test]
    fn edges_meet_their_edge() {
        let mut page = Page::new(40);
        let plain = Style::new();
        page.edges(2, ("", plain), ("Price", plain), ("1.00", plain), 25);
        page.edges(0, ("- ", plain), ("A price with a long name", plain), ("1.00", plain), 25);
        page.edges(0, ("- ", plain), ("Price", plain), ("a long text", plain), 25);
        assert_eq!(
            page.finish(),
            "  Price              1.00\n- A price with a\n  long name          1.00\n- Price\n  a long text\n"
        );
    }
}
