//! The bridge from pest's pairs to the AST, and pest's errors in an author's words.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{Span, Spanned};
use pest::Parser;
use pest::error::{Error, ErrorVariant, InputLocation};

/// The grammar's rules; public so that tools can name them, unstable.
#[derive(pest_derive::Parser)]
#[grammar = "syntax/grammar/lexical.pest"]
#[grammar = "syntax/grammar/expression.pest"]
#[grammar = "syntax/grammar/declaration.pest"]
struct Grammar;

pub(super) type Pair<'i> = pest::iterators::Pair<'i, Rule>;

/// The words that open a declaration.
pub(super) const OPENING_WORDS: [&str; 26] = [
    "policy",
    "part",
    "title",
    "locales",
    "currency",
    "calendar",
    "governed",
    "in",
    "import",
    "source",
    "unit",
    "type",
    "fact",
    "define",
    "parameter",
    "criterion",
    "reason",
    "deadline",
    "stage",
    "repeat",
    "award",
    "output",
    "document",
    "one",
    "channel",
    "use",
];

/// Words that go on with a declaration.
pub(super) const CONTINUING_WORDS: [&str; 20] = [
    "else", "except", "met", "remedy", "per", "ask", "label", "required", "optional", "fields", "signed", "sealed",
    "issued", "expires", "formats", "and", "or", "when", "unless", "rounded",
];

/// Reads the pairs of one declaration.
pub(super) struct Reader<'p> {
    file: u16,
    base: u32,
    problems: &'p mut Vec<Diagnostic>,
}

impl<'p> Reader<'p> {
    pub fn new(file: u16, base: u32, problems: &'p mut Vec<Diagnostic>) -> Self {
        Self { file, base, problems }
    }

    /// Parses one declaration; reports where it cannot.
    pub fn parse<'i>(&mut self, text: &'i str) -> Option<Pair<'i>> {
        match Grammar::parse(Rule::declaration, text) {
            Ok(mut pairs) => pairs.next()?.into_inner().find(|p| p.as_rule() != Rule::EOI),
            Err(error) => {
                let problem = self.explain(&error, text);
                self.problem(problem);
                None
            }
        }
    }

    pub fn problem(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    pub fn span(&self, pair: &Pair<'_>) -> Span {
        let place = pair.as_span();
        let text = place.as_str().trim_end();
        self.stretch(place.start(), place.start() + text.len())
    }

    fn stretch(&self, start: usize, end: usize) -> Span {
        let offset = |n: usize| self.base.saturating_add(u32::try_from(n).unwrap_or(u32::MAX));
        Span { file: self.file, start: offset(start), end: offset(end) }
    }

    pub fn name(&self, pair: &Pair<'_>) -> Spanned<String> {
        Spanned::new(pair.as_str().trim().to_owned(), self.span(pair))
    }

    /// The name in the first part of this rule; the grammar promises that there is one.
    pub fn named(&self, parts: &mut Vec<Pair<'_>>, rule: Rule) -> Spanned<String> {
        one(parts, rule).map_or_else(
            || Spanned::new(String::new(), Span { file: self.file, start: self.base, end: self.base }),
            |p| self.name(&p),
        )
    }

    fn explain(&self, error: &Error<Rule>, text: &str) -> Diagnostic {
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at.min(text.len()),
        };
        let rest = text.get(at..).unwrap_or_default();
        let word_end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let found: String = match rest.get(..word_end) {
            Some("") | None => rest.chars().next().map(String::from).unwrap_or_default(),
            Some(word) => word.chars().take(40).collect(),
        };
        let opening: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if !OPENING_WORDS.contains(&opening.as_str()) {
            return self.unknown_opening(&opening, text);
        }
        let expected = match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => positives.as_slice(),
            ErrorVariant::CustomError { .. } => &[],
        };
        let before = text.get(..at).unwrap_or_default();
        let shown = if found.trim().is_empty() { text.trim_end().len().saturating_sub(1) } else { at };
        let span = self.stretch(shown, shown + found.trim().len().max(1));
        if opening == "criterion" && !text.split_whitespace().any(|w| w == "else") && expected.contains(&Rule::kw_else)
        {
            return Diagnostic::new(
                Code::Unreadable,
                span,
                "the criterion does not say what happens when it is not met",
            )
            .help("add `else refuse NAME { en \"…\" }`; instead of `refuse` can stand `return`, `review` or `note`");
        }
        // A known mistake has a better name than the mark that it seems to lack.
        let known = usual_mistake(&opening, rest, before);
        let missing = missing_mark(expected, rest).filter(|_| known.is_none());
        let what = match (found.trim(), missing) {
            ("", _) => format!("this `{opening}` ends too early"),
            (_, Some(mark)) => format!("a `{mark}` is missing before `{found}`"),
            (_, None) => format!("`{found}` is not understood here"),
        };
        Diagnostic::new(Code::Unreadable, span, what).help(known.unwrap_or_else(|| advice(&opening, &found, expected)))
    }

    fn unknown_opening(&self, opening: &str, text: &str) -> Diagnostic {
        let message = format!("`{opening}` does not start a declaration");
        let help = match nearest(opening, OPENING_WORDS) {
            Some(near) => format!("did you mean `{near}`?"),
            None if text.get(opening.len()..).unwrap_or_default().trim_start().starts_with(':') => {
                format!("a fact is declared by `fact {opening}: …`; a line that continues a declaration is indented")
            }
            None => "indent a line that continues the declaration above; a declaration starts with a word such as \
                     `fact`, `define`, `criterion`, `document` or `deadline`"
                .into(),
        };
        Diagnostic::new(Code::Unreadable, self.stretch(0, opening.len()), message).help(help)
    }
}

/// Takes the first part of a rule out of the parts.
pub(super) fn one<'i>(parts: &mut Vec<Pair<'i>>, rule: Rule) -> Option<Pair<'i>> {
    let at = parts.iter().position(|p| p.as_rule() == rule)?;
    Some(parts.remove(at))
}

/// Takes every part of a rule.
pub(super) fn all<'i>(parts: &mut Vec<Pair<'i>>, rule: Rule) -> Vec<Pair<'i>> {
    let (taken, left) = std::mem::take(parts).into_iter().partition(|p| p.as_rule() == rule);
    *parts = left;
    taken
}

/// The parts of a pair.
pub(super) fn parts(pair: Pair<'_>) -> Vec<Pair<'_>> {
    pair.into_inner().collect()
}

/// The mark that alone is missing here, where the text goes on with something else.
fn missing_mark(expected: &[Rule], rest: &str) -> Option<&'static str> {
    let ends = expected.contains(&Rule::EOI) || expected.contains(&Rule::expression);
    let only = |rule: Rule| expected.contains(&rule) && !ends;
    let word_follows = rest.starts_with(|c: char| c.is_alphanumeric() || c == '"');
    let marks = [(Rule::colon, ":"), (Rule::equals_mark, "="), (Rule::open_brace, "{")];
    marks.into_iter().find(|(rule, _)| word_follows && only(*rule)).map(|(_, text)| text)
}

/// What could stand here.
fn advice(opening: &str, found: &str, expected: &[Rule]) -> String {
    if OPENING_WORDS.contains(&found) && found != "in" && found != "one" {
        return format!(
            "a declaration starts in the first column: begin a new line with `{found}`, without blanks before it"
        );
    }
    let keywords: Vec<String> =
        expected.iter().filter_map(|r| format!("{r:?}").strip_prefix("kw_").map(str::to_owned)).collect();
    if let Some(near) = nearest(&found.to_lowercase(), keywords.iter().map(String::as_str)).filter(|_| found.len() > 2)
    {
        return format!("did you mean `{near}`?");
    }
    match expectations(expected).as_slice() {
        [] => format!("look at the page about `{opening}` in the manual"),
        expected => format!("here can stand: {}", expected.join(", ")),
    }
}

/// Mistakes that many make, each with its own advice.
fn usual_mistake(opening: &str, rest: &str, before: &str) -> Option<String> {
    usual_word(opening, rest, before).or_else(|| usual_mark(opening, rest, before))
}

/// A word of another language, or of everyday speech.
fn usual_word(opening: &str, rest: &str, before: &str) -> Option<String> {
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
        (_, "round") => "write `rounded to 0.01`",
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

/// A mark of another language, or in the wrong place.
fn usual_mark(opening: &str, rest: &str, before: &str) -> Option<String> {
    let first = rest.chars().next().unwrap_or(' ');
    let last = before.trim_end().chars().last().unwrap_or(' ');
    let last_word = before.split_whitespace().next_back().unwrap_or_default();
    let digits = last.is_ascii_digit();
    let thousands = rest.get(1..4).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()));
    let table = ["first of", "unique of", "collect of"].iter().any(|t| before.contains(t));
    let advice = match (first, last) {
        (c, _) if c.is_alphabetic() && last_word.starts_with('"') && !last_word.ends_with('"') => {
            "a text ends at the next quote: a quote inside it is written `\\\"`"
        }
        ('=', _) if rest.starts_with("=>") => "write `>=`",
        ('=', _) if rest.starts_with("=<") => "write `<=`",
        ('=', _) if opening == "output" && !before.contains(':') => {
            "an output says its type: `output name: integer = …`"
        }
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

/// What pest expected, in an author's words, each once and at most seven.
fn expectations(rules: &[Rule]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for rule in rules {
        let word = in_words(*rule);
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    // What closes something comes first; operators only say that the value goes on.
    const CLOSING: [&str; 8] = ["`else`", "`then`", "`:`", "`=`", "`{`", "`at`", "`has`", "`for`"];
    const GOING_ON: [&str; 26] = [
        "`after`",
        "`and`",
        "`before`",
        "`day`",
        "`days`",
        "`in`",
        "`is`",
        "`month`",
        "`months`",
        "`of`",
        "`or`",
        "`rounded`",
        "`starts`",
        "`week`",
        "`weeks`",
        "`within`",
        "`working`",
        "`year`",
        "`years`",
        "`except`",
        "`a`",
        "`the`",
        "`not`",
        "`given`",
        "`accepted`",
        "`same`",
    ];
    let all = words.len();
    words.retain(|w| !GOING_ON.contains(&w.as_str()));
    let goes_on = words.len() < all;
    words.sort_by_key(|w| !CLOSING.contains(&w.as_str()));
    words.truncate(6);
    if goes_on {
        let or = if words.is_empty() { "" } else { "or " };
        words.push(format!("{or}an operator with which the value goes on, such as `and`, `==` or `+`"));
    }
    words
}

fn in_words(rule: Rule) -> String {
    let debug = format!("{rule:?}");
    if let Some(keyword) = debug.strip_prefix("kw_") {
        return format!("`{}`", if keyword == "yes_no" { "yes/no" } else { keyword });
    }
    match rule {
        Rule::colon => "`:`".into(),
        Rule::equals_mark => "`=`".into(),
        Rule::open_brace => "`{`".into(),
        Rule::EOI => "the end of the declaration".into(),
        Rule::name | Rule::path | Rule::word => "a name".into(),
        Rule::texts | Rule::text | Rule::reason_body => "texts such as `{ en \"…\" }`".into(),
        Rule::quoted => "a text in quotes".into(),
        Rule::locale => "a locale such as `en`".into(),
        Rule::digits | Rule::number => "a number".into(),
        Rule::year_month_day => "a date such as `2025-01-31`".into(),
        Rule::expression | Rule::operand => "a value".into(),
        Rule::member => "a member `name: type`".into(),
        Rule::record => "a record `{ … }`".into(),
        Rule::raise => "`else refuse …`".into(),
        Rule::effect => "`refuse`, `return`, `review` or `note`".into(),
        Rule::clause => "a clause such as `required` or `signed`".into(),
        Rule::clauses => "clauses in `{ … }`".into(),
        Rule::line => "a line `name = value`".into(),
        Rule::fact_type => "a type".into(),
        Rule::where_clause => "`where`".into(),
        Rule::when_clause => "`when`".into(),
        Rule::has_clause => "`has`".into(),
        Rule::window => "`in force`".into(),
        Rule::rolled => "`rolled`".into(),
        Rule::met_by => "`met by`".into(),
        Rule::or | Rule::and | Rule::not => format!("`{debug}`"),
        _ => String::new(),
    }
}
