//! JSON (RFC 8259) as letters: claims are read in place, a value at a time; decisions are written, whole runs of
//! plain letters at a time.
//!
//! Ours, and no library's, for the sake of time and size: a decision is mostly reading its claim and writing what is
//! decided, and a browser loads both.

pub mod parts;
pub(crate) mod read;
mod write;

use serde::Serialize;

/// A value as JSON, without blanks. What JSON has no letters for (floats, bytes, keys that are no text) gives an
/// empty text: nothing that is told here holds any.
#[must_use]
pub fn to_json(value: &impl Serialize) -> String {
    let mut writer = write::Writer::default();
    let written = value.serialize(&mut writer);
    debug_assert!(written.is_ok(), "{written:?}");
    written.map_or_else(|_| String::new(), |()| writer.out)
}

/// How many bytes come before the first that cannot stand in a text of JSON as it is: a quote, a backslash or a
/// control character. Eight at a time, then one by one.
#[must_use]
#[inline]
pub(crate) fn plain_letters(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((eight, after)) = rest.split_first_chunk() {
        let found = special(*eight);
        if found != 0 {
            return bytes.len() - rest.len() + found.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    bytes.len() - rest.len() + rest.iter().take_while(|b| is_plain_letter(**b)).count()
}

/// Can the whole text stand in JSON as it is?
#[must_use]
#[inline]
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    // The last eight bytes overlap the ones before them, which does no harm.
    match bytes.last_chunk() {
        Some(last) => special(*last) == 0 && bytes.as_chunks().0.iter().all(|eight| special(*eight) == 0),
        None => bytes.iter().all(|b| is_plain_letter(*b)),
    }
}

fn is_plain_letter(byte: u8) -> bool {
    byte >= 0x20 && byte != b'"' && byte != b'\\'
}

/// Marks those of eight bytes that cannot stand in a text of JSON as they are, by their highest bits; behind the first
/// marked one others may be marked wrongly. The search for a byte below n in a word is Mycroft's.
#[inline(always)]
fn special(eight: [u8; 8]) -> u64 {
    const EACH: u64 = u64::MAX / 255;
    let below = |word: u64, n: u64| word.wrapping_sub(EACH * n) & !word;
    let word = u64::from_le_bytes(eight);
    let quote = below(word ^ (EACH * u64::from(b'"')), 1);
    let backslash = below(word ^ (EACH * u64::from(b'\\')), 1);
    (below(word, 0x20) | quote | backslash) & (EACH << 7)
}
