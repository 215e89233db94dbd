//! Comparing texts and names as people do.

/// Equal without regard to letter case.
#[must_use]
pub fn same_text(a: &str, b: &str) -> bool {
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Does `text` begin with `start`, without regard to letter case?
#[must_use]
pub fn starts_with(text: &str, start: &str) -> bool {
    let mut text = text.chars().flat_map(char::to_lowercase);
    start.chars().flat_map(char::to_lowercase).all(|c| text.next() == Some(c))
}

/// Equal as names: without letter case, runs of blanks as one, outer blanks dropped, ё as е; hyphens count.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    a == b || name_letters(a).eq(name_letters(b))
}

fn name_letters(name: &str) -> impl Iterator<Item = char> + '_ {
    name.split_whitespace()
        .enumerate()
        .flat_map(|(nth, word)| (nth > 0).then_some(' ').into_iter().chain(word.chars()))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ё' { 'е' } else { c })
}
