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
    let (mut a, mut b) = (name_letters(a), name_letters(b));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if x == y || in_names(x).eq(in_names(y)) => {}
            _ => return false,
        }
    }
}

fn name_letters(name: &str) -> impl Iterator<Item = char> + '_ {
    let name = name.trim();
    let mut after_blank = false;
    name.chars().filter_map(move |c| {
        let is_blank = c.is_whitespace();
        let is_extra = std::mem::replace(&mut after_blank, is_blank) && is_blank;
        (!is_extra).then_some(if is_blank { ' ' } else { c })
    })
}

/// A letter as names are compared.
fn in_names(letter: char) -> impl Iterator<Item = char> {
    letter.to_lowercase().map(|c| if c == 'ё' { 'е' } else { c })
}
