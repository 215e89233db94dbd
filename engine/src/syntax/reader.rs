//! The bridge from pest's pairs to the AST, and pest's errors in an author's words.

use super::usual;
use crate::diagnostic::{Code, Diagnostic, keep, nearest};
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
        keep(self.problems, problem);
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
        if expected.contains(&Rule::name) && found.trim().is_empty() && text.trim_end().ends_with(',') {
            return Diagnostic::new(Code::Unreadable, span, "nothing follows this comma").help("take it away");
        }
        // A known mistake has a better name than the mark that it seems to lack.
        let known = usual::mistake(&opening, rest, before);
        let missing = missing_mark(expected, rest).filter(|_| known.is_none());
        let lacks_else = expected.contains(&Rule::kw_else) && !["criterion", "deadline"].contains(&opening.as_str());
        if known.is_none() && lacks_else && before.split_whitespace().any(|w| w == "then") {
            return Diagnostic::new(Code::Unreadable, span, "this `if` has no `else`")
                .help("write `if CONDITION then VALUE else VALUE`: there is a value in every case");
        }
        if known.is_none() && expected.contains(&Rule::kw_then) && !found.trim().is_empty() {
            return Diagnostic::new(Code::Unreadable, span, format!("`then` is missing before `{found}`"))
                .help("write `if CONDITION then VALUE else VALUE`");
        }
        let what = match (found.trim(), missing) {
            ("", _) => format!("this `{opening}` ends too early"),
            (_, Some(mark)) => format!("a `{mark}` is missing before `{found}`"),
            (_, None) => format!("`{found}` is not understood here"),
        };
        Diagnostic::new(Code::Unreadable, span, what).help(known.unwrap_or_else(|| advice(&opening, &found, expected)))
    }

    fn unknown_opening(&self, opening: &str, text: &str) -> Diagnostic {
        let message = format!("`{opening}` does not start a declaration");
        let meant = usual::SYNONYMS.iter().find(|(word, _)| *word == opening).map(|(_, meant)| *meant);
        let help = match meant.or_else(|| nearest(opening, OPENING_WORDS)) {
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
