//! Writes values as JSON, without blanks.

use super::{is_plain, plain_letters};
use serde::ser::{Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use std::fmt;

/// What JSON has no letters for.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unwritable(String);

impl serde::ser::Error for Unwritable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

type Written = Result<(), Unwritable>;

/// Writes values one after another.
pub(super) struct Writer {
    /// The JSON so far.
    pub out: String,
}

impl Default for Writer {
    /// Room for most decisions.
    fn default() -> Self {
        Self { out: String::with_capacity(8 << 10) }
    }
}

impl Writer {
    /// A text in quotes: runs of plain letters whole, the others escaped.
    fn quoted(&mut self, text: &str) {
        let out = &mut self.out;
        out.reserve(text.len() + 2);
        out.push('"');
        if is_plain(text.as_bytes()) {
            out.push_str(text);
        } else {
            push_escaped(out, text);
        }
        out.push('"');
    }
}

#[cold]
fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((plain, after)) = rest.split_at_checked(plain_letters(rest.as_bytes())) {
        out.push_str(plain);
        let mut letters = after.chars();
        let Some(letter) = letters.next() else { break };
        push_escape(out, letter);
        rest = letters.as_str();
    }
}

fn push_escape(out: &mut String, letter: char) {
    let short = match letter {
        '"' | '\\' => letter,
        '\u{8}' => 'b',
        '\u{c}' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        _ => return out.push_str(&format!("\\u{:04x}", u32::from(letter))),
    };
    out.push('\\');
    out.push(short);
}

/// Writes the elements of a list or record; the flag: the next is the first.
pub(super) struct Elements<'w> {
    writer: &'w mut Writer,
    is_first: bool,
    end: char,
}

impl<'w> Elements<'w> {
    #[inline(always)]
    fn open(writer: &'w mut Writer, begin: char, end: char) -> Self {
        writer.out.push(begin);
        Self { writer, is_first: true, end }
    }

    #[inline(always)]
    fn comma(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.writer.out.push(',');
        }
    }

    #[inline(always)]
    fn close(self) -> Written {
        self.writer.out.push(self.end);
        Ok(())
    }
}

impl SerializeSeq for Elements<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.comma();
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeMap for Elements<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.comma();
        key.serialize(&mut *self.writer)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.writer.out.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeStruct for Elements<'_> {
    type Ok = ();
    type Error = Unwritable;

    /// A field's name is a name of Rust: nothing in it needs an escape. Where it is known the copy is a few moves.
    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Written {
        let out = &mut self.writer.out;
        out.push_str(if std::mem::take(&mut self.is_first) { "\"" } else { ",\"" });
        out.push_str(key);
        out.push_str("\":");
        value.serialize(&mut *self.writer)
    }

    #[inline(always)]
    fn end(self) -> Written {
        self.close()
    }
}

/// A method for each kind of value that JSON has no letters for, or that nothing told here holds.
macro_rules! never {
    ($($method:ident: $of:ty),* $(,)?) => {
        $(fn $method(self, _: $of) -> Written {
            Err(Unwritable::custom(stringify!($of)))
        })*
    };
}

/// A method for each size of a whole number.
macro_rules! whole {
    ($($method:ident: $of:ty),* $(,)?) => {
        $(fn $method(self, n: $of) -> Written {
            self.out.push_str(&n.to_string());
            Ok(())
        })*
    };
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Elements<'w>;
    type SerializeMap = Elements<'w>;
    type SerializeStruct = Elements<'w>;
    type SerializeTuple = Impossible<(), Unwritable>;
    type SerializeTupleStruct = Self::SerializeTuple;
    type SerializeTupleVariant = Self::SerializeTuple;
    type SerializeStructVariant = Self::SerializeTuple;

    whole! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
    }

    never! { serialize_f32: f32, serialize_f64: f64, serialize_char: char, serialize_bytes: &[u8] }

    #[inline]
    fn serialize_bool(self, yes: bool) -> Written {
        self.out.push_str(if yes { "true" } else { "false" });
        Ok(())
    }

    #[inline]
    fn serialize_str(self, text: &str) -> Written {
        self.quoted(text);
        Ok(())
    }

    #[inline]
    fn serialize_unit(self) -> Written {
        self.out.push_str("null");
        Ok(())
    }

    #[inline]
    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        // A name of Rust, as those of fields.
        self.out.push('"');
        self.out.push_str(variant);
        self.out.push('"');
        Ok(())
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        let mut record = Elements::open(self, '{', '}');
        record.serialize_field(variant, value)?;
        record.close()
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'w>, Unwritable> {
        Ok(Elements::open(self, '[', ']'))
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Elements<'w>, Unwritable> {
        Ok(Elements::open(self, '{', '}'))
    }

    #[inline(always)]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Elements<'w>, Unwritable> {
        Ok(Elements::open(self, '{', '}'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unwritable> {
        Err(Unwritable::custom("a tuple"))
    }

    fn serialize_tuple_struct(self, _: &'static str, n: usize) -> Result<Self::SerializeTuple, Unwritable> {
        self.serialize_tuple(n)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        n: usize,
    ) -> Result<Self::SerializeTuple, Unwritable> {
        self.serialize_tuple(n)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        n: usize,
    ) -> Result<Self::SerializeTuple, Unwritable> {
        self.serialize_tuple(n)
    }
}

#[cfg(test)]
mod tests {
    use crate::json::to_json;

    #[test]
    fn texts_are_escaped_as_serde_json_escapes_them() {
        let letters: String = ('\0'..='\u{ff}').chain("Слух \u{2028}🦻".chars()).collect();
        for text in ["", "plain and long enough", "\"", "a\\", "\u{1f}eight letters\n", &letters] {
            assert_eq!(to_json(&text), serde_json::to_string(text).unwrap());
        }
    }
}
