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
        if at == 0 || !OPENING_WORDS.contains(&opening.as_str()) {
            return self.unknown_opening(&opening);
        }
        let expected = match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => expectations(positives),
            ErrorVariant::CustomError { .. } => Vec::new(),
        };
        let what = match found.trim() {
            "" => format!("this `{opening}` ends too early"),
            _ => format!("`{found}` is not understood here"),
        };
        let shown = if found.trim().is_empty() { text.trim_end().len().saturating_sub(1) } else { at };
        let mut problem =
            Diagnostic::new(Code::Unreadable, self.stretch(shown, shown + found.trim().len().max(1)), what);
        problem.help = advice(&opening, rest, text.get(..at).unwrap_or_default(), &expected);
        problem
    }

    fn unknown_opening(&self, opening: &str) -> Diagnostic {
        let message = format!("`{opening}` does not start a declaration");
        let help = match nearest(opening, OPENING_WORDS) {
            Some(near) => format!("did you mean `{near}`?"),
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

/// Mistakes that many make, each with its own advice; otherwise what could stand here.
fn advice(opening: &str, rest: &str, before: &str, expected: &[String]) -> String {
    let first = rest.chars().next().unwrap_or(' ');
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let last = before.trim_end().chars().last().unwrap_or(' ');
    match (first, word.as_str()) {
        ('=', _) if rest.starts_with("==") => "a definition is written with one `=`".into(),
        ('=', _) => "equality is tested with `==`".into(),
        ('&', _) => "write `and`".into(),
        ('|', _) if rest.starts_with("||") => "write `or`".into(),
        ('!', _) if !rest.starts_with("!=") => "write `not`".into(),
        (';', _) => "no `;` is needed: take it away".into(),
        ('\'', _) => "texts stand in double quotes: \"…\"".into(),
        (_, "true") => "write `yes`".into(),
        (_, "false") => "write `no`".into(),
        (_, "null" | "nil") => "write `none`".into(),
        (_, "bool" | "boolean") => "a fact that is yes or no has the type `yes/no`".into(),
        (_, "string") => "a fact that is a text has the type `text`".into(),
        (_, "int") => "a whole number has the type `integer`".into(),
        (_, "decimal" | "float") => "write `number`, or `money` for amounts".into(),
        (_, "enum") => "write `one of a, b, c`".into(),
        (_, "refuse" | "return" | "review" | "note") if opening == "criterion" => {
            format!("write `else {word} …`")
        }
        _ if opening == "fact" && last != ':' && !before.contains(':') => {
            "a fact is written `fact name: type` or `fact name { member: type … }`".into()
        }
        _ if expected.is_empty() => format!("look at the page about `{opening}` in the manual"),
        _ => format!("here can stand: {}", expected.join(", ")),
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
    words.sort_by_key(|w| !w.starts_with('`'));
    if words.len() > 7 {
        words.truncate(7);
        words.push("…".into());
    }
    words
}

fn in_words(rule: Rule) -> String {
    let debug = format!("{rule:?}");
    if let Some(keyword) = debug.strip_prefix("kw_") {
        return format!("`{}`", if keyword == "yes_no" { "yes/no" } else { keyword });
    }
    match rule {
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
