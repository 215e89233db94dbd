//! YAML → DATA: every digit kept, never through a float.
//!
//! The YAML library tells a number with a point or an exponent only as a float. So the text is read twice: once
//! to learn where such numbers stand, and once more to read just those as the texts they are.

use crate::data::{Data, json_number};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;

/// Values, keys and bytes of text that a document may come to once its aliases are written out.
const MOST: usize = 4 << 20;

/// Brackets open at once; the library itself reads 128 levels.
const DEEPEST: usize = 200;

/// Reads a YAML document.
///
/// # Errors
/// What is wrong, with line and column.
pub fn read(text: &str) -> Result<Data, String> {
    refuse_depth(text)?;
    let budget = Cell::new(MOST);
    let mut data =
        First { budget: &budget }.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|e| e.to_string())?;
    if has_pending(&data) {
        Second(&mut data).deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|e| e.to_string())?;
    }
    Ok(data)
}

/// Refuses brackets nested far deeper than the library reads: it would look at all of them for every word. Brackets
/// in texts are counted too, but they come in pairs or are few.
fn refuse_depth(text: &str) -> Result<(), String> {
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(format!("more than {DEEPEST} brackets are nested"));
        }
    }
    Ok(())
}

/// A float whose digits the second reading fetches.
fn pending() -> Data {
    Data::Number(String::new())
}

fn has_pending(data: &Data) -> bool {
    match data {
        Data::Number(digits) => digits.is_empty(),
        Data::List(items) => items.iter().any(has_pending),
        Data::Map(entries) => entries.iter().any(|(_, v)| has_pending(v)),
        _ => false,
    }
}

/// The first reading: everything but the digits of floats.
#[derive(Clone, Copy)]
struct First<'b> {
    budget: &'b Cell<usize>,
}

impl First<'_> {
    fn spend<E: serde::de::Error>(self, size: usize) -> Result<(), E> {
        let left = self.budget.get().checked_sub(size + 1).ok_or_else(|| {
            E::custom("it grows too large once its aliases are written out (repetition limit exceeded)")
        })?;
        self.budget.set(left);
        Ok(())
    }

    fn leaf<E: serde::de::Error>(self, data: Data) -> Result<Data, E> {
        self.spend(0)?;
        Ok(data)
    }
}

impl<'de> DeserializeSeed<'de> for First<'_> {
    type Value = Data;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for First<'_> {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value without a tag of its own")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Data, E> {
        self.leaf(Data::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Data, E> {
        self.leaf(Data::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, yes: bool) -> Result<Data, E> {
        self.leaf(Data::Bool(yes))
    }

    fn visit_i64<E: serde::de::Error>(self, n: i64) -> Result<Data, E> {
        self.leaf(Data::Number(n.to_string()))
    }

    fn visit_u64<E: serde::de::Error>(self, n: u64) -> Result<Data, E> {
        self.leaf(Data::Number(n.to_string()))
    }

    fn visit_i128<E: serde::de::Error>(self, n: i128) -> Result<Data, E> {
        self.leaf(Data::Number(n.to_string()))
    }

    fn visit_u128<E: serde::de::Error>(self, n: u128) -> Result<Data, E> {
        self.leaf(Data::Number(n.to_string()))
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Data, E> {
        self.leaf(pending())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Data, E> {
        self.spend(text.len())?;
        Ok(Data::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Data, A::Error> {
        self.spend(0)?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Data::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data, A::Error> {
        self.spend(0)?;
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            self.spend(key.len())?;
            entries.push((key, map.next_value_seed(self)?));
        }
        Ok(Data::Map(entries))
    }
}

/// The second reading: the digits of floats, as texts.
struct Second<'d>(&'d mut Data);

impl<'de> DeserializeSeed<'de> for Second<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0 {
            Data::Number(digits) if digits.is_empty() => deserializer.deserialize_str(self),
            Data::List(_) => deserializer.deserialize_seq(self),
            Data::Map(_) => deserializer.deserialize_map(self),
            _ => deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ()),
        }
    }
}

impl<'de> Visitor<'de> for Second<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the same text as before")
    }

    fn visit_str<E: serde::de::Error>(self, written: &str) -> Result<(), E> {
        // `.inf` and `.nan` are no numbers here; whoever reads on sees the text and says what was expected.
        *self.0 = json_number(written).map_or_else(|| Data::Text(written.to_owned()), Data::Number);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Data::List(items) = self.0 else {
            return Err(A::Error::custom("the text changed while it was read"));
        };
        for item in items {
            seq.next_element_seed(Second(item))?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Data::Map(entries) = self.0 else {
            return Err(A::Error::custom("the text changed while it was read"));
        };
        for (_, value) in entries {
            map.next_key::<IgnoredAny>()?;
            map.next_value_seed(Second(value))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(yaml: &str) -> String {
        read(yaml).unwrap().to_json()
    }

    #[test]
    fn digits_are_kept() {
        assert_eq!(
            json("a: 0.1000000000000000000001\nb: [21000.50, 1e3, -.5, +1.5, 5.]"),
            r#"{"a":0.1000000000000000000001,"b":[21000.50,1e3,-0.5,1.5,5]}"#
        );
        assert_eq!(
            json("n: 123456789012345678901234567890123456789012345"),
            r#"{"n":123456789012345678901234567890123456789012345}"#
        );
        assert_eq!(json("n: 18446744073709551616"), r#"{"n":18446744073709551616}"#);
    }

    #[test]
    fn texts_stay_texts() {
        assert_eq!(
            json("d: 2025-03-14\nq: '1.5'\nz: 007\ny: yes\nt: true\nn: ~\ne:\nx: .nan"),
            r#"{"d":"2025-03-14","q":"1.5","z":"007","y":"yes","t":true,"n":null,"e":null,"x":".nan"}"#
        );
    }

    #[test]
    fn aliases_and_floats_go_together() {
        assert_eq!(
            json("a: &a {x: 1.10, y: [2.20]}\nb: *a\nc: &c 3.30\nd: [*c, *a]"),
            r#"{"a":{"x":1.10,"y":[2.20]},"b":{"x":1.10,"y":[2.20]},"c":3.30,"d":[3.30,{"x":1.10,"y":[2.20]}]}"#
        );
    }

    #[test]
    fn a_key_given_twice_stays_twice() {
        let data = read("a: {b: 1.5, b: 2}").unwrap();
        assert_eq!(data.to_json(), r#"{"a":{"b":1.5,"b":2}}"#);
        assert_eq!(data.given_twice().as_deref(), Some("a.b"));
    }

    #[test]
    fn bombs_are_refused() {
        let mut deep = String::from("a0: &a0 [x, x]\n");
        for n in 1..40 {
            deep += &format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1);
        }
        assert!(read(&deep).unwrap_err().contains("repetition limit"));
        let wide = format!("a: &a [{}]\nb: [{}]", "x,".repeat(20_000), "*a,".repeat(20_000));
        assert!(read(&wide).unwrap_err().contains("repetition limit"));
        assert!(read(&"{a: ".repeat(100_000)).is_err());
        let closed = format!("{}{}", "[".repeat(150), "]".repeat(150));
        assert!(read(&closed).unwrap_err().contains("recursion limit"));
    }

    #[test]
    fn tags_and_second_documents_are_refused() {
        assert!(read("a: !thing 5").is_err());
        assert!(read("a: 1\n---\na: 2").is_err());
        assert_eq!(json("a: !!str 1.5"), r#"{"a":"1.5"}"#);
        assert_eq!(json(""), "null");
    }
}
