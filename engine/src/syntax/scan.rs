//! The first look at a text, without recursion: characters, brackets, nesting, size, and where declarations start.

use super::reader::{CONTINUING_WORDS, OPENING_WORDS};
use crate::diagnostic::{Code, Diagnostic, is_full, keep, nearest};
use crate::source::Span;

/// The longest policy text, in bytes.
pub const MAX_TEXT: usize = 2 << 20;
/// The longest declaration, in bytes.
const MAX_DECLARATION: usize = 256 << 10;
/// The deepest nesting of brackets and of list words (`any … in`, `sum of …`) together.
const MAX_DEPTH: usize = 64;

/// Words after which another expression may start without a bracket: they nest like brackets do.
const NESTING_WORDS: [&str; 14] =
    ["if", "not", "any", "all", "no", "every", "sum", "count", "min", "max", "first", "last", "collect", "distinct"];

/// A comment: from `#` to the end of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands.
    pub span: Span,
}

/// A declaration's stretch of the text.
pub(super) struct Piece {
    pub start: u32,
    pub end: u32,
}

pub(super) struct Scanned {
    pub pieces: Vec<Piece>,
    /// Declarations with something wrong that parsing would only tell again.
    pub unreadable: Vec<Piece>,
    pub comments: Vec<Comment>,
}

/// Looks a text over; `None` where parsing it would make no sense.
pub(super) fn scan(file: u16, text: &str, problems: &mut Vec<Diagnostic>) -> Option<Scanned> {
    if text.len() > MAX_TEXT {
        let message = format!("the text is {} bytes long; at most {MAX_TEXT} are read", text.len());
        let span = Span { file, start: 0, end: 0 };
        problems.push(Diagnostic::new(Code::TooLarge, span, message).help("split it into parts and import them"));
        return None;
    }
    let mut scanner = Scanner { file, text, problems, comments: Vec::new(), alphabet_told: false };
    let pieces = scanner.cut();
    let (pieces, unreadable) = pieces.into_iter().partition(|piece| scanner.look_over(piece));
    Some(Scanned { pieces, unreadable, comments: scanner.comments })
}

struct Scanner<'t, 'p> {
    file: u16,
    text: &'t str,
    problems: &'p mut Vec<Diagnostic>,
    comments: Vec<Comment>,
    alphabet_told: bool,
}

impl Scanner<'_, '_> {
    /// Cuts at every line that starts with a letter, unless it goes on with the declaration before it.
    fn cut(&mut self) -> Vec<Piece> {
        let mut starts: Vec<usize> = Vec::new();
        let mut at = 0;
        let mut open = 0i32;
        let mut before_first = None;
        for line in self.text.split_inclusive('\n') {
            if is_full(self.problems) {
                break;
            }
            // A byte order mark before the first line is no part of it.
            let mark = if at == 0 && line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let first = line.get(mark..).unwrap_or_default().chars().next().unwrap_or(' ');
            if first.is_alphabetic() {
                let word = line.get(mark..).unwrap_or_default();
                let word = word.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
                if !starts.is_empty() && goes_on(word, open > 0) {
                    self.not_indented(at, word);
                } else {
                    starts.push(at + mark);
                    open = 0;
                }
            } else if starts.is_empty() && before_first.is_none() {
                let shown = line.trim_start_matches('\u{feff}').trim();
                if !shown.is_empty() && !shown.starts_with('#') {
                    before_first = Some(at..at + line.trim_end().len());
                }
            }
            open += opened(line);
            at += line.len();
        }
        if let Some(range) = before_first {
            self.report(Code::BeforeFirst, range.start, range.end, "this line belongs to no declaration").help =
                "start each declaration in the first column, with a word such as `fact` or `criterion`".into();
        }
        let head = starts.first().copied().unwrap_or(self.text.len());
        self.comments_in(0, head);
        let ends = starts.iter().skip(1).copied().chain([self.text.len()]);
        starts.iter().zip(ends).map(|(s, e)| Piece { start: small(*s), end: small(e) }).collect()
    }

    fn not_indented(&mut self, at: usize, word: &str) {
        let message = format!("`{word}` stands in the first column, where declarations start");
        self.report(Code::Unreadable, at, at + word.len(), message).help =
            format!("a line that continues a declaration is indented: put two blanks before `{word}`");
    }

    fn comments_in(&mut self, start: usize, end: usize) {
        let mut at = start;
        for line in self.text.get(start..end).unwrap_or_default().split_inclusive('\n') {
            if line.trim_start_matches('\u{feff}').trim_start().starts_with('#') {
                let left = line.len() - line.trim_start_matches('\u{feff}').trim_start().len();
                self.comments.push(Comment { span: self.span(at + left, at + line.trim_end().len()) });
            }
            at += line.len();
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: small(start), end: small(end) }
    }

    fn report(&mut self, code: Code, start: usize, end: usize, message: impl Into<String>) -> &mut Diagnostic {
        let span = self.span(start, end);
        keep(self.problems, Diagnostic::new(code, span, message))
    }

    /// Checks one declaration's characters, brackets and nesting; false where it should not be parsed.
    fn look_over(&mut self, piece: &Piece) -> bool {
        let (start, end) = (piece.start as usize, piece.end as usize);
        if end - start > MAX_DECLARATION {
            self.report(Code::TooLarge, start, start, "this declaration is too long to be read").help =
                format!("one declaration may have {MAX_DECLARATION} bytes; write it as several");
            return false;
        }
        let text = self.text;
        let mut state = Brackets { open: Vec::new(), words: vec![0], depth: 0 };
        let mut chars = text.get(start..end).unwrap_or_default().char_indices().peekable();
        let mut quote: Option<usize> = None;
        let mut sound = true;
        while let Some((offset, c)) = chars.next() {
            if is_full(self.problems) {
                return false;
            }
            let at = start + offset;
            sound &= self.check_character(at, c, quote.is_some());
            match c {
                '\\' if quote.is_some() => {
                    chars.next();
                }
                '"' => quote = if quote.is_some() { None } else { Some(at) },
                _ if quote.is_some() => {}
                '#' => {
                    let line = text.get(at..end).unwrap_or_default().lines().next().unwrap_or_default();
                    self.comments.push(Comment { span: self.span(at, at + line.trim_end().len()) });
                    while chars.next_if(|(_, c)| *c != '\n').is_some_and(|(o, c)| {
                        sound &= self.check_character(start + o, c, true);
                        true
                    }) {}
                }
                '-' if !ends_value(text.get(..at).unwrap_or_default().trim_end()) => {
                    sound &= self.nested(&mut state, at)
                }
                ':' => state.start_anew(),
                '=' if !text.get(..at).unwrap_or_default().ends_with(['=', '<', '>', '!']) => state.start_anew(),
                '(' | '[' | '{' => sound &= self.open(&mut state, at, c),
                ')' | ']' | '}' => sound &= self.close(&mut state, at, c),
                c if c.is_ascii_alphabetic() => {
                    let mut stop = at + 1;
                    while let Some((o, _)) = chars.next_if(|(_, c)| c.is_ascii_alphanumeric() || *c == '_') {
                        stop = start + o + 1;
                    }
                    sound &= self.word(&mut state, at, stop);
                }
                _ => {}
            }
            if state.depth > MAX_DEPTH {
                return false;
            }
        }
        sound && self.all_closed(&state, quote)
    }

    fn open(&mut self, state: &mut Brackets, at: usize, c: char) -> bool {
        state.open.push((at, c));
        state.words.push(0);
        self.deeper(state, at)
    }

    fn deeper(&mut self, state: &mut Brackets, at: usize) -> bool {
        state.depth += 1;
        if state.depth == MAX_DEPTH + 1 {
            self.report(Code::TooDeep, at, at + 1, "this is nested too deeply to be read").help =
                format!("at most {MAX_DEPTH} levels; give the inner part a name with `define` and use that");
            return false;
        }
        true
    }

    fn close(&mut self, state: &mut Brackets, at: usize, c: char) -> bool {
        let words = state.words.pop().unwrap_or(0);
        match state.open.pop() {
            Some((_, opened)) if closing(opened) == c => {
                state.depth = state.depth.saturating_sub(1 + words);
                true
            }
            Some((from, opened)) => {
                let message = format!("`{c}` closes nothing here: the bracket open is `{opened}`");
                let opened_at = self.span(from, from + 1);
                let report = self.report(Code::Unclosed, at, at + 1, message);
                report.related.push((opened_at, "opened here".into()));
                report.help = format!("close it with `{}`, or take one of the two away", closing(opened));
                false
            }
            None => {
                self.report(Code::Unclosed, at, at + 1, format!("`{c}` closes a bracket that was never opened")).help =
                    "take it away, or open the bracket before it".into();
                false
            }
        }
    }

    /// Counts the words that nest. After a finished value, a new member starts and the count anew; `if` right
    /// after `else` does not nest: such chains are read flat.
    fn word(&mut self, state: &mut Brackets, start: usize, stop: usize) -> bool {
        let text = self.text;
        let word = text.get(start..stop).unwrap_or_default();
        let before = text.get(..start).unwrap_or_default().trim_end();
        let after = text.get(stop..).unwrap_or_default().trim_start();
        let chain = word == "if" && before.ends_with("else");
        let date_word = (after.starts_with("of ") && matches!(word, "year" | "month" | "day"))
            || (after.starts_with("from ") && matches!(word, "years" | "months" | "days"));
        let operator = NESTING_WORDS.contains(&word) && !after.starts_with("of {");
        if chain || !(operator || date_word) || after.starts_with(['(', ':', '=', ',', '.']) {
            return true;
        }
        if ends_value(before) {
            state.start_anew();
        }
        self.nested(state, start)
    }

    fn nested(&mut self, state: &mut Brackets, at: usize) -> bool {
        if let Some(words) = state.words.last_mut() {
            *words += 1;
        }
        self.deeper(state, at)
    }

    fn all_closed(&mut self, state: &Brackets, quote: Option<usize>) -> bool {
        if let Some(at) = quote {
            self.report(Code::Unclosed, at, at + 1, "this quoted text has no end").help =
                "a text stands between two `\"`: add the one that is missing; a quote inside a text is written `\\\"`"
                    .into();
            return false;
        }
        if let Some((at, c)) = state.open.last() {
            let message = format!("`{c}` is never closed");
            self.report(Code::Unclosed, *at, at + 1, message).help =
                format!("add `{}` where it ends, before the next declaration", closing(*c));
            return false;
        }
        true
    }

    /// Do the quotes of the line at a place stand in pairs?
    fn quotes_are_paired(&self, at: usize) -> bool {
        let (before, after) = self.text.split_at_checked(at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default().chars();
        let line = line.chain(after.chars().take_while(|c| *c != '\n'));
        line.filter(|c| *c == '"').count().is_multiple_of(2)
    }

    /// Outside texts only plain letters; nowhere anything that hides or turns around what is read.
    fn check_character(&mut self, at: usize, c: char, in_text: bool) -> bool {
        if c.is_ascii() && (!c.is_ascii_control() || matches!(c, '\n' | '\r' | '\t')) {
            return true;
        }
        if is_hidden(c) {
            self.report(
                Code::HiddenCharacter,
                at,
                at + c.len_utf8(),
                format!("the hidden character U+{:04X} stands here", u32::from(c)),
            )
            .help = "delete it: what a reader sees must be what is decided".into();
            return false;
        }
        if !in_text && !self.alphabet_told {
            self.alphabet_told = true;
            if c.is_alphabetic() && !self.quotes_are_paired(at) {
                self.report(Code::Unclosed, at, at + c.len_utf8(), "a quote is missing in this line").help =
                    "a text stands between two `\"`: one of them is not here".into();
                return false;
            }
            let message = match look_alike(c) {
                Some(plain) => {
                    format!("`{c}` (U+{:04X}) is not the Latin letter `{plain}`, though it looks like it", u32::from(c))
                }
                None => format!("`{c}` (U+{:04X}) cannot stand outside a quoted text", u32::from(c)),
            };
            let code = if c.is_alphabetic() { Code::LookAlike } else { Code::Unreadable };
            let help = match c {
                '≥' => "write `>=`",
                '≤' => "write `<=`",
                '≠' => "write `!=`",
                '×' => "write `*`",
                '÷' => "write `/`",
                '–' | '—' | '−' => "write `-`",
                '“' | '”' | '„' | '«' | '»' | '‘' | '’' => "use the straight quote: \"…\"",
                '€' | '$' | '£' | '₽' | '₴' => {
                    "write the number alone; amounts are in the currency of the policy, `currency EUR`"
                }
                _ => "names and words of the language use the letters a–z, digits and `_`; put other texts in quotes",
            };
            self.report(code, at, at + c.len_utf8(), message).help = help.into();
        }
        in_text
    }
}

/// Does a line that starts with this word go on with the declaration before it?
fn goes_on(word: &str, in_brackets: bool) -> bool {
    let may_open = || OPENING_WORDS.contains(&word) || nearest(word, OPENING_WORDS).is_some();
    CONTINUING_WORDS.contains(&word) || (in_brackets && !may_open())
}

/// How many more brackets a line opens than it closes. Those of messages stand in pairs.
fn opened(line: &str) -> i32 {
    let code = if line.trim_start().starts_with('#') { "" } else { line.split(" #").next().unwrap_or_default() };
    code.bytes().fold(0, |open, byte| match byte {
        b'{' | b'(' | b'[' => open + 1,
        b'}' | b')' | b']' => open - 1,
        _ => open,
    })
}

struct Brackets {
    open: Vec<(usize, char)>,
    words: Vec<usize>,
    depth: usize,
}

impl Brackets {
    /// The words counted at this level nest no further.
    fn start_anew(&mut self) {
        if let Some(words) = self.words.last_mut() {
            self.depth = self.depth.saturating_sub(*words);
            *words = 0;
        }
    }
}

/// Does the text end with a whole value, so that what follows is not inside it?
fn ends_value(before: &str) -> bool {
    const OPERATORS: [&str; 22] = [
        "and", "or", "not", "if", "then", "else", "in", "has", "where", "of", "for", "from", "to", "after", "before",
        "within", "when", "unless", "by", "at", "collect", "distinct",
    ];
    let last = before.chars().last().unwrap_or('=');
    let word = before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default();
    (last.is_ascii_alphanumeric() || matches!(last, '_' | ')' | ']' | '}' | '"' | '%')) && !OPERATORS.contains(&word)
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Control characters, zero-width ones and those that change the direction of reading.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The Latin letter that a Cyrillic or Greek one is taken for.
fn look_alike(c: char) -> Option<char> {
    const PAIRS: &str = "аaеeоoрpсcуyхxіiјjѕsАAВBЕEКKМMНHОOРPСCТTХXІIЈJЅSοoΑAΒBΕEΙIΚKΜMΝNΟOΡPΤTΧX";
    let mut pairs = PAIRS.chars();
    while let (Some(other), Some(plain)) = (pairs.next(), pairs.next()) {
        if other == c {
            return Some(plain);
        }
    }
    None
}
