//! The parts of a record or list, each as it is written.

use super::read::{Json, Key, Token};

/// The entries of a record, keys given twice included; nothing where it is none.
#[must_use]
pub fn entries(raw: &str) -> Option<Vec<(String, &str)>> {
    let mut json = Json::new(raw);
    let Token::Record = json.token().ok()? else { return None };
    let mut entries = Vec::new();
    while let Key::Other(key) = json.key(entries.is_empty(), None).ok()? {
        entries.push((key.into_owned(), json.raw().ok()?));
    }
    json.end().ok().map(|()| entries)
}

/// The items of a list; nothing where it is none.
#[must_use]
pub fn items(raw: &str) -> Option<Vec<&str>> {
    let mut json = Json::new(raw);
    let Token::List = json.token().ok()? else { return None };
    let mut items = Vec::new();
    while json.element(items.is_empty()).ok()? {
        items.push(json.raw().ok()?);
    }
    json.end().ok().map(|()| items)
}

/// What a text says; nothing where it is none.
#[must_use]
pub fn text(raw: &str) -> Option<String> {
    let mut json = Json::new(raw);
    let Token::Text(text) = json.token().ok()? else { return None };
    json.end().ok().map(|()| text.into_owned())
}
