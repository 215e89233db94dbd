//! The letters of JSON (RFC 8259), read strictly and in place: a value, a key or an element at a time.
//!
//! Nothing here recurses, so a value that nobody asks for may be nested as deep as a claim is long.

use super::plain_letters;
use std::borrow::Cow;

/// What a value begins with: all of it, or the bracket that opens it.
pub(crate) enum Token<'t> {
    Null,
    Bool(bool),
    /// Its digits as they are written.
    Number(&'t str),
    Text(Cow<'t, str>),
    /// Its elements come next.
    List,
    /// Its keys come next.
    Record,
}

/// What comes next in a record.
pub(crate) enum Key<'t> {
    /// Nothing more.
    End,
    /// The value of the key that was expected, written as names are: without escapes.
    Expected,
    /// The value of this key.
    Other(Cow<'t, str>),
}

/// The text is not JSON; [`Json::why`] tells what is wrong with it.
#[derive(Debug)]
pub(crate) struct Broken;

type Read<T> = Result<T, Broken>;

/// A place in a text of JSON.
pub(crate) struct Json<'t> {
    text: &'t str,
    /// The next byte.
    pub at: usize,
    /// What is wrong.
    broken: &'static str,
}

impl<'t> Json<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, broken: "" }
    }

    /// What is wrong, with its line and column, both from 1.
    pub fn why(&self) -> String {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("this is not JSON: {} at line {line} column {column}", self.broken)
    }

    /// Begins the next value.
    #[inline(always)]
    pub fn token(&mut self) -> Read<Token<'t>> {
        match self.next_letter() {
            Some(b'"') => self.text().map(Token::Text),
            Some(b'-' | b'0'..=b'9') => self.number().map(Token::Number),
            Some(b't') => self.word("true", Token::Bool(true)),
            Some(b'f') => self.word("false", Token::Bool(false)),
            Some(b'n') => self.word("null", Token::Null),
            Some(b'[') => Ok(self.bracket(Token::List)),
            Some(b'{') => Ok(self.bracket(Token::Record)),
            _ => self.broken("a value is expected"),
        }
    }

    fn bracket(&mut self, token: Token<'t>) -> Token<'t> {
        self.at += 1;
        token
    }

    /// In a list: is there another element? Passes the comma before it, or the closing bracket.
    #[inline(always)]
    pub fn element(&mut self, is_first: bool) -> Read<bool> {
        match self.next_letter() {
            Some(b']') => {
                self.at += 1;
                Ok(false)
            }
            Some(_) if is_first => Ok(true),
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            _ => self.broken("`,` or `]` is expected"),
        }
    }

    /// In a record: passes its end, or the next key up to its value; the key that is expected costs least.
    #[inline(always)]
    pub fn key(&mut self, is_first: bool, expected: Option<&str>) -> Read<Key<'t>> {
        match self.next_letter() {
            Some(b'}') => {
                self.at += 1;
                return Ok(Key::End);
            }
            Some(b',') if !is_first => self.at += 1,
            _ if is_first => {}
            _ => return self.broken("`,` or `}` is expected"),
        }
        if self.next_letter() != Some(b'"') {
            return self.broken("a key in quotes is expected");
        }
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        // Where a key of this length ends, and only there, is it worth a look.
        let is_here =
            |key: &&str| rest.get(key.len()..key.len() + 2) == Some(b"\":") && rest.starts_with(key.as_bytes());
        if let Some(key) = expected.filter(is_here) {
            self.at += key.len() + 3;
            return Ok(Key::Expected);
        }
        let key = self.text()?;
        if self.next_letter() != Some(b':') {
            return self.broken("`:` is expected");
        }
        self.at += 1;
        Ok(Key::Other(key))
    }

    /// Passes the next value; as it is written.
    pub fn raw(&mut self) -> Read<&'t str> {
        self.next_letter();
        let start = self.at;
        self.skip()?;
        Ok(self.from(start))
    }

    /// Passes the next value.
    pub fn skip(&mut self) -> Read<()> {
        match self.token()? {
            Token::Record => self.skip_open(true),
            Token::List => self.skip_open(false),
            _ => Ok(()),
        }
    }

    /// Passes what is left of a record or list that was just opened.
    pub fn skip_open(&mut self, is_record: bool) -> Read<()> {
        let (mut open, mut is_first) = (vec![is_record], true);
        while let Some(is_record) = open.last().copied() {
            let more = if is_record { !matches!(self.key(is_first, None)?, Key::End) } else { self.element(is_first)? };
            is_first = false;
            if !more {
                open.pop();
                continue;
            }
            let inner = match self.token()? {
                Token::Record => true,
                Token::List => false,
                _ => continue,
            };
            open.push(inner);
            is_first = true;
        }
        Ok(())
    }

    /// Nothing but blanks may follow.
    pub fn end(&mut self) -> Read<()> {
        if self.next_letter().is_some() { self.broken("nothing more is expected") } else { Ok(()) }
    }

    /// The next byte that is no blank; stops before it.
    #[inline(always)]
    fn next_letter(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte()?;
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn from(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Notes what is wrong here; at the end of the text, that it ends.
    #[cold]
    pub fn broken<T>(&mut self, what: &'static str) -> Read<T> {
        self.broken = if self.at < self.text.len() { what } else { "the text ends too early" };
        Err(Broken)
    }

    fn word(&mut self, word: &str, token: Token<'t>) -> Read<Token<'t>> {
        if !self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            return self.broken("a value is expected");
        }
        self.at += word.len();
        Ok(token)
    }

    /// Passes digits; there must be one.
    fn digits(&mut self) -> Read<()> {
        let start = self.at;
        while self.byte().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { self.broken("a digit is expected") } else { Ok(()) }
    }

    fn number(&mut self) -> Read<&'t str> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        let whole = self.at;
        self.digits()?;
        if self.at > whole + 1 && self.text.as_bytes().get(whole) == Some(&b'0') {
            self.at = whole;
            return self.broken("a number does not begin with a needless 0");
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.from(start))
    }

    /// A text, from its opening quote to behind its closing one: a part of the JSON unless something is escaped.
    #[inline(always)]
    pub fn text(&mut self) -> Read<Cow<'t, str>> {
        let start = self.at + 1;
        let end = start + plain_letters(self.text.as_bytes().get(start..).unwrap_or_default());
        if self.text.as_bytes().get(end) != Some(&b'"') {
            self.at = end;
            return self.escaped_text(start).map(Cow::Owned);
        }
        self.at = end + 1;
        Ok(Cow::Borrowed(self.text.get(start..end).unwrap_or_default()))
    }

    /// The rest of a text in which something is escaped, with its beginning.
    #[cold]
    fn escaped_text(&mut self, mut start: usize) -> Read<String> {
        let mut text = String::new();
        loop {
            text.push_str(self.from(start));
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return self.broken("a control character stands in a text"),
            }
            start = self.at;
            self.at += plain_letters(self.text.as_bytes().get(start..).unwrap_or_default());
        }
    }

    /// The letter that an escape stands for.
    fn escape(&mut self) -> Read<char> {
        let start = self.at;
        self.at += 1;
        let letter = match self.byte() {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.escaped_unit(start),
            _ => return self.broken("there is no such escape"),
        };
        self.at += 1;
        Ok(letter)
    }

    /// A letter in hexadecimal; one beyond 16 bits takes two escapes, as in UTF-16.
    fn escaped_unit(&mut self, start: usize) -> Read<char> {
        let first = self.hexadecimal()?;
        let mut code = first;
        if (0xd800..0xdc00).contains(&first) && self.byte() == Some(b'\\') {
            self.at += 1;
            if self.byte() == Some(b'u') {
                let second = self.hexadecimal()?;
                if (0xdc00..0xe000).contains(&second) {
                    code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                }
            }
        }
        // Half of a pair is no letter.
        char::from_u32(code).map_or_else(
            || {
                self.at = start;
                self.broken("half of a letter is escaped")
            },
            Ok,
        )
    }

    /// Four hexadecimal digits behind the letter here.
    fn hexadecimal(&mut self) -> Read<u32> {
        self.at += 1;
        let mut code = 0;
        for _ in 0..4 {
            let Some(digit) = self.byte().and_then(|b| char::from(b).to_digit(16)) else {
                return self.broken("a hexadecimal digit is expected");
            };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }
}
