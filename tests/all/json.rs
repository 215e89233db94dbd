//! Claims are read by our own scanner: it takes for JSON exactly what serde_json does, and reads the same of it.

use crate::support::Samples;
use duly::{DecideError, Options, Policy, Source};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::OnceLock;

const POLICY: &str = r#"policy test.json
locales en, ru
import ru.common.documents
fact n: number
fact t: text
fact day: date
fact r.n: number
fact r.t: text
fact rows: list of {
  t: text
  n: number
}
document paper {
  title { en "A paper" ru "Бумага" }
  required
  fields t: text
}
output number: number = n
output words: text = t
"#;

fn policy() -> &'static Policy {
    static COMPILED: OnceLock<Policy> = OnceLock::new();
    COMPILED.get_or_init(|| {
        let source = Source { name: "json.duly".into(), text: POLICY.into() };
        let checked = duly::compile(&Samples::default(), source, None);
        checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
    })
}

/// The outputs; the codes of the problems where there are some.
fn read(claim: &str) -> Result<Value, Vec<&'static str>> {
    match duly::decide(policy(), claim, Options::default()) {
        Ok(decision) => Ok(serde_json::from_str::<Value>(&decision.to_json()).unwrap()["outputs"].clone()),
        Err(DecideError::Input(problems)) => Err(problems.iter().map(|p| p.code).collect()),
        Err(error) => panic!("{error:?}"),
    }
}

/// Is it JSON? A float's range and 128 levels are limits of serde_json's values, not of JSON; where they are met,
/// its check of the mere syntax decides, which lets halves of surrogate pairs pass: then it cannot be told.
fn is_json(text: &str) -> Option<bool> {
    let Err(error) = serde_json::from_str::<Value>(text) else { return Some(true) };
    let said = error.to_string();
    if !said.starts_with("number out of range") && !said.starts_with("recursion limit") {
        return Some(false);
    }
    (!text.contains("\\u")).then(|| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
}

fn agrees(text: &str) -> Result<(), TestCaseError> {
    let told = read(text).err().unwrap_or_default();
    if let Some(is_json) = is_json(text) {
        prop_assert_eq!(!told.contains(&"I701"), is_json, "{:?} of {}", told, text);
    }
    Ok(())
}

fn blanks() -> impl Strategy<Value = String> {
    prop_oneof![6 => Just(String::new()), 2 => Just(" ".into()), 1 => "[ \t\r\n]{1,9}"]
}

fn number() -> impl Strategy<Value = String> {
    "-?(0|[1-9][0-9]{0,24})(\\.[0-9]{1,24})?([eE][+-]?[0-9]{1,3})?"
}

/// A text in quotes: plain letters, escapes, pairs of surrogates and halves of them.
fn quoted() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[ -!#-\\[\\]-~]{0,20}",
        2 => "[а-яё€🦻]{1,9}",
        2 => "\\\\[\"\\\\/bfnrt]",
        2 => "\\\\u[0-9a-cA-Ce-f][0-9a-fA-F]{3}",
        1 => Just("\\ud83e\\uDDBB".to_owned()),
    ];
    prop::collection::vec(part, 0..5).prop_map(|parts| format!("\"{}\"", parts.concat()))
}

fn key() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec!["n", "t", "day", "r", "rows", "documents", "kind", "fields", "\\u006e"]);
    prop_oneof![5 => known.prop_map(|key| format!("\"{key}\"")), 1 => quoted()]
}

fn value() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["null", "true", "false", "\"paper\"", "\"2025-01-01\"", "[]", "{}"]);
    let leaf = prop_oneof![number(), quoted(), word.prop_map(str::to_owned)];
    let spaced = (blanks(), leaf, blanks()).prop_map(|(a, b, c)| a + &b + &c);
    spaced.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..5), blanks())
                .prop_map(|(v, b)| format!("{b}[{}]{b}", v.join(","))),
            record(inner),
        ]
    })
}

fn record(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let pair = (blanks(), key(), blanks(), value).prop_map(|(a, key, b, value)| format!("{a}{key}{b}:{value}"));
    (prop::collection::vec(pair, 0..7), blanks()).prop_map(|(pairs, b)| format!("{b}{{{}}}{b}", pairs.join(",")))
}

/// Puts a letter into the text, in place of so many others, or cuts the text there.
fn damaged(text: &str, at: prop::sample::Index, gone: usize, put: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = at.index(letters.len() + 1);
    let rest = letters.get(at + gone..).unwrap_or_default();
    letters[..at].iter().copied().chain(put.chars()).chain(rest.iter().copied()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_json_is_taken_for_it(text in record(value())) {
        agrees(&text)?;
    }

    #[test]
    fn what_is_damaged_is_judged_the_same(
        text in record(value()),
        at in any::<prop::sample::Index>(),
        gone in prop::sample::select(vec![0, 0, 1, 1, 2, 10, 10_000]),
        put in "[\\[\\]{}\",:\\\\0-9eE+.tfnu \u{1}\u{7f}é-]{0,2}",
    ) {
        agrees(&damaged(&text, at, gone, &put))?;
    }

    #[test]
    fn texts_say_the_same(text in quoted()) {
        let claim = format!("{{\"t\": {text}}}");
        if let Ok(theirs) = serde_json::from_str::<Value>(&claim) {
            prop_assert_eq!(&read(&claim).unwrap()["words"], &theirs["t"]);
        } else {
            prop_assert_eq!(read(&claim), Err(vec!["I701"]));
        }
    }

    /// The digits are those that stand there: as a float they are the same, in quotes too.
    #[test]
    fn numbers_are_the_same(digits in number()) {
        let (bare, in_quotes) = (read(&format!("{{\"n\":{digits}}}")), read(&format!("{{\"n\":\"{digits}\"}}")));
        prop_assert_eq!(&bare, &in_quotes);
        if let Ok(outputs) = bare {
            let ours: f64 = outputs["number"].as_str().unwrap().parse().unwrap();
            prop_assert_eq!(ours, digits.parse::<f64>().unwrap());
        }
    }
}

#[test]
fn letters_at_the_edges() {
    for (text, told) in [
        ("\u{feff}{}", "I701"),
        ("{\"t\": \"\u{1f}\"}", "I701"),
        ("{\"t\": \"eight letters, then\ttab\"}", "I701"),
        ("{\"t\": \"\\ud83e\"}", "I701"),
        ("{\"t\": \"\\uddbb\\ud83e\"}", "I701"),
        ("{\"t\": \"\\ud83e\\u0041\"}", "I701"),
        ("{\"t\": \"\\x41\"}", "I701"),
        ("{\"t\": \"\\u00e\"}", "I701"),
        ("{\"n\": 01}", "I701"),
        ("{\"n\": -}", "I701"),
        ("{\"n\": 1.}", "I701"),
        ("{\"n\": .5}", "I701"),
        ("{\"n\": +1}", "I701"),
        ("{\"n\": 1e}", "I701"),
        ("{\"n\": 1,}", "I701"),
        ("{,\"n\": 1}", "I701"),
        ("{\"rows\": [{},]}", "I701"),
        ("{\"n\" 1}", "I701"),
        ("{n: 1}", "I701"),
        ("{\"n\": 1} x", "I701"),
        ("{\"n\": tru}", "I701"),
        ("{\"n\": 1e99}", "I706"),
        ("{\"day\": 1e999}", "I704"),
    ] {
        assert_eq!(read(text), Err(vec![told]), "{text}");
        assert_eq!(is_json(text), Some(told != "I701"), "{text}");
    }
    assert_eq!(read("{\"\\u006e\": 1, \"\\u0074\": \"\\u0000\\ud83e\\uddbb\"}").unwrap()["words"], "\0🦻");
}

/// What is broken is told with its line and column, in letters.
#[test]
fn the_place_is_told() {
    let Err(DecideError::Input(problems)) = duly::decide(policy(), "{\n  \"t\": \"Слух\" 5\n}", Options::default())
    else {
        panic!("it was read");
    };
    assert_eq!(
        problems[0].to_string(),
        "[I701] the application: this is not JSON: `,` or `}` is expected at line 2 column 15"
    );
}
