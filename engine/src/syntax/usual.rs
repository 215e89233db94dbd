//! Mistakes that many make: what other languages and everyday speech call things, with a way out for each.

/// What other languages, or other words, call declarations.
pub(super) const SYNONYMS: [(&str, &str); 11] = [
    ("rule", "criterion"),
    ("condition", "criterion"),
    ("check", "criterion"),
    ("function", "define"),
    ("def", "define"),
    ("let", "define"),
    ("table", "define"),
    ("const", "parameter"),
    ("enum", "type"),
    ("input", "fact"),
    ("payment", "award"),
];

/// Mistakes that many make, each with its own advice.
pub(super) fn mistake(opening: &str, rest: &str, before: &str) -> Option<String> {
    word(opening, rest, before).or_else(|| shape(opening, rest, before)).or_else(|| mark(opening, rest, before))
}

/// A word of another language, or of everyday speech.
fn word(opening: &str, rest: &str, before: &str) -> Option<String> {
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let last_word = before.split_whitespace().next_back().unwrap_or_default();
    let digits = before.trim_end().ends_with(|c: char| c.is_ascii_digit());
    let advice = match (last_word, word.as_str()) {
        ("AND" | "OR" | "NOT", _) | (_, "AND" | "OR" | "NOT" | "IF") => {
            "words of the language are written small: `and`, `or`, `not`, `if`"
        }
        (_, "bool" | "boolean") => "a fact that is yes or no has the type `yes/no`",
        (_, "string") => "a fact that is a text has the type `text`",
        (_, "int") => "a whole number has the type `integer`",
        (_, "decimal" | "float") => "write `number`, or `money` for amounts",
        (_, "enum") => "write `one of a, b, c`",
        (_, "elseif" | "elsif" | "elif") => "write `else if`",
        (_, "more" | "greater" | "above" | "over") if opening != "parameter" => "write `>`, or `>=` for at least",
        (_, "less" | "below" | "under") if opening != "parameter" => "write `<`, or `<=` for at most",
        ("is", "at" | "equal") => "write `>=` for at least, `<=` for at most, `==` for equal",
        (_, "between") => "write both bounds: `x >= 65 and x <= 120`",
        ("is" | "not", "null" | "nil" | "empty" | "none") => "write `is given` or `is not given`",
        ("force", "till" | "to" | "since") => "write `in force from 2025-01-01 until 2025-12-31`",
        (_, "from" | "until") if opening != "parameter" && !before.contains(" in force") && !before.contains(':') => {
            "write `in force` before it: `in force from 2025-01-01`"
        }
        ("refuse" | "return" | "review" | "note", _) if opening == "criterion" && before.contains("if ") => {
            "an `if` has an `else` of its own: write `if … then … else …` before the criterion's `else`"
        }
        ("x", _) if opening != "fact" => "multiply with `*`",
        (_, "round") => "write `rounded to 0.01`",
        (_, "not") if rest.starts_with("not in ") => "write `not (x in {…})`",
        (month, _) if digits_follow(rest) && crate::value::date::MONTHS.contains(&month) => {
            "write a day as `2025-09-01`, or `1 September of` and a year"
        }
        (day, _) if digits_follow(rest) && is_day_and_month(day) => "write a day as `2025-09-01`",
        (number, _) if digits_follow(rest) && number.ends_with('.') && number.matches('.').count() > 1 => {
            "thousands are parted by `_`: `30_000.00`"
        }
        ("else", "reject" | "deny" | "fail" | "warn" | "hint") => {
            "the effect is one of `refuse`, `return`, `review` and `note`"
        }
        ("reject" | "deny" | "fail" | "warn" | "hint", _)
            if before.trim_end().ends_with(&format!("else {last_word}")) =>
        {
            "the effect is one of `refuse`, `return`, `review` and `note`"
        }
        (_, "count") if opening == "repeat" => "write `counting history`",
        (_, "every" | "a") if opening == "repeat" => "write `once in 10 years`, or `once per calendar year`",
        (_, "refuse" | "return" | "review" | "note") if opening == "criterion" => {
            return Some(format!("write `else {word} …`"));
        }
        (_, other) if digits && crate::value::date::MONTHS.contains(&other) => {
            "write a day as `2025-01-31`, or `31 January of` and a year"
        }
        _ => return None,
    };
    Some(advice.to_owned())
}

fn digits_follow(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_digit())
}

/// `01.09.`, as a day begins in many countries.
fn is_day_and_month(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let is_short = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3 && parts[..2].iter().all(is_short) && parts[2].is_empty()
}

/// A type in the wrong place, or none; a text that ends before it should.
fn shape(opening: &str, rest: &str, before: &str) -> Option<String> {
    let first = rest.chars().next().unwrap_or(' ');
    let last_word = before.split_whitespace().next_back().unwrap_or_default();
    let optional = before.split_whitespace().rev().take(2).any(|w| ["optional", "nullable"].contains(&w));
    let untyped = first == '=' && !before.contains(':');
    let advice = match opening {
        "fact" | "type" | "output" if optional => "write `or none` behind the type: `date or none`",
        "parameter" if untyped => "say the parameter's type: `parameter name: money { … }`",
        "output" if untyped => "an output says its type: `output name: integer = …`",
        "fact" if first == '=' => "a fact is told by the claim, `fact name: money`; `define` gives a value a name",
        _ if !first.is_alphabetic() => return None,
        _ if before.ends_with('{') && before.matches('"').count() % 2 == 1 => {
            "in the braces of a text stands one name: give a value a name with `define`; a brace itself is written `\\{`"
        }
        _ if last_word.starts_with('"') && !last_word.ends_with('"') => {
            "a text ends at the next quote: a quote inside it is written `\\\"`"
        }
        _ => return None,
    };
    Some(advice.to_owned())
}

/// A mark of another language, or in the wrong place.
fn mark(opening: &str, rest: &str, before: &str) -> Option<String> {
    let first = rest.chars().next().unwrap_or(' ');
    let last = before.trim_end().chars().last().unwrap_or(' ');
    let digits = last.is_ascii_digit();
    let thousands = rest.get(1..4).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()));
    let table = ["first of", "unique of", "collect of"].iter().any(|t| before.contains(t));
    let advice = match (first, last) {
        ('=', _) if rest.starts_with("=>") => "write `>=`",
        ('=', _) if rest.starts_with("=<") => "write `<=`",
        ('|', _) if table && opening != "define" => {
            "a table stands only in a definition: `define name = first of { … }`; its name can stand here"
        }
        (',', _) if digits && thousands => "thousands are parted by `_`: `2_000.00`",
        ('<' | '>', _) if before.contains(" <") || before.contains(" >") => {
            "compare two values at a time: `65 <= age and age <= 120`"
        }
        (c, _) if digits && c.is_alphabetic() && !before.ends_with(char::is_whitespace) => {
            "put a blank between the number and its unit: `40 cm`"
        }
        ('=', _) if opening == "criterion" && !before.contains(':') => "a criterion is written with `:` after its name",
        ('=', _) if rest.starts_with("==") => "a definition is written with one `=`",
        ('=', _) => "equality is tested with `==`",
        ('>', '=') => "write `>=`",
        (',', _) if digits && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) => {
            "decimals stand after a point: `1000.50`"
        }
        ('.', _) if digits => "a date is written year-month-day: `2025-01-31`",
        ('/', _) if rest.starts_with("//") => "a comment begins with `#`",
        ('&', _) => "write `and`",
        ('|', _) if rest.starts_with("||") => "write `or`",
        ('!', _) if !rest.starts_with("!=") => "write `not`",
        (';', _) => "no `;` is needed: take it away",
        ('\'', _) => "texts stand in double quotes: \"…\"",
        ('"', '{' | '}') => "say the language before the text: `en \"…\"`",
        (':', _) if before.ends_with("en") || before.ends_with("ru") || before.ends_with("uk") => {
            "no `:` is needed after the locale: `en \"…\"`"
        }
        (d, _) if d.is_ascii_digit() && digits => "write the digits together, or with `_`: `10_000`",
        _ => return None,
    };
    Some(advice.to_owned())
}
