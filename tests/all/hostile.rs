//! Hostile input: each is refused with a code, at once and in bounded memory, and nothing panics.

use crate::support::{Samples, policies};
use duly::{DecideError, Options, Policy, Source};

const HEAD: &str = "policy test.hostile\nlocales en\n";

fn codes(text: &str) -> Vec<&'static str> {
    let source = Source { name: "hostile.duly".into(), text: text.into() };
    let checked = duly::compile(&Samples::default(), source, None);
    assert!(checked.policy.is_none(), "it was compiled");
    checked.diagnostics.iter().map(|d| d.code.id()).collect()
}

fn refused(text: &str, code: &str) {
    let found = codes(text);
    assert!(found.contains(&code), "{found:?} instead of {code}");
}

fn claim_codes(text: &str) -> Vec<&'static str> {
    match duly::decide(&policies()[0], text, Options::default()) {
        Err(DecideError::Input(problems)) => problems.iter().map(|p| p.code).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn nested_parentheses() {
    refused(&format!("{HEAD}define x = {}1{}\n", "(".repeat(10_000), ")".repeat(10_000)), "E103");
    refused(&format!("{HEAD}define x = {}1\n", "(".repeat(10_000)), "E103");
}

#[test]
fn nested_words() {
    for word in ["not ", "if yes then ", "any x in [yes] has ", "year of ", "- ", "sum of ", "distinct ", "years from "]
    {
        refused(&format!("{HEAD}define x = {}yes\n", word.repeat(10_000)), "E103");
    }
}

#[test]
fn long_chains() {
    for operator in [" + 1", " or yes", " and yes", " * 2", " or else 1", " after 2025-01-01"] {
        let found = codes(&format!("{HEAD}define x = 1{}\n", operator.repeat(50_000)));
        assert!(found.iter().any(|c| ["E102", "E103"].contains(c)), "{operator}: {found:?}");
    }
}

#[test]
fn deep_but_not_wide_chains() {
    let found =
        codes(&format!("{HEAD}define x = {}1{}\n", "(".repeat(60), format!("{})", " + 1".repeat(150)).repeat(60)));
    assert!(found.contains(&"E103"), "{found:?}");
}

#[test]
fn definitions_on_definitions() {
    let chain: String = (0..5_000).map(|n| format!("define d{n} = d{} + 1\n", n + 1)).collect();
    refused(&format!("{HEAD}{chain}define d5000 = 1\n"), "E103");
    let doubling: String = (0..40).map(|n| format!("define d{n} = d{} + d{}\n", n + 1, n + 1)).collect();
    let text = format!("{HEAD}{doubling}define d40 = 1\noutput x: integer = d0\n");
    let source = Source { name: "hostile.duly".into(), text };
    let policy = duly::compile(&Samples::default(), source, None).policy.unwrap();
    assert!(duly::decide(&policy, "{}", Options::default()).unwrap().to_json().contains("1099511627776"));
}

#[test]
fn doubling_functions_run_into_the_limit() {
    let functions: String =
        (0..40).map(|n| format!("define f{n}(x: integer): integer = f{}(x) + f{}(x)\n", n + 1, n + 1)).collect();
    let text = format!("{HEAD}{functions}define f40(x: integer): integer = x\noutput x: integer = f0(1)\n");
    let source = Source { name: "hostile.duly".into(), text };
    let policy = duly::compile(&Samples::default(), source, None).policy.unwrap();
    assert_eq!(duly::decide(&policy, "{}", Options::default()), Err(DecideError::TooManySteps));
}

#[test]
fn doubling_conditions_are_checked_in_time() {
    let doubling: String = (0..60).map(|n| format!("define d{n} = d{} or d{}\n", n + 1, n + 1)).collect();
    let text =
        format!("{HEAD}fact a: yes/no\n{doubling}define d60 = a\ncriterion c: d0 else refuse r {{ en \"no\" }}\n");
    let source = Source { name: "hostile.duly".into(), text };
    let policy = duly::compile(&Samples::default(), source, None).policy.unwrap();
    let decision = duly::decide(&policy, r#"{"a": false}"#, Options { explain: true, ..Options::default() });
    assert!(decision.is_ok() || decision == Err(DecideError::TooManySteps));
}

#[test]
fn large_texts() {
    refused(&"a".repeat(3 << 20), "E102");
    refused(&format!("{HEAD}define x = \"{}\"\n", "a".repeat(1 << 20)), "E102");
    let many = "fact a: yes/no\n".repeat(50_000);
    refused(&format!("{HEAD}{many}"), "E202");
}

#[test]
fn hidden_and_look_alike_characters() {
    refused(&format!("{HEAD}fact a: yes/no # \u{202e}on/sey\n"), "E104");
    refused(&format!("{HEAD}source s {{ en \"a\u{200b}b\" }}\n"), "E104");
    refused(&format!("{HEAD}fact \u{430}ge: integer\n"), "E105");
    refused("\u{0}\u{1}\u{2}", "E109");
}

#[test]
fn nested_and_broken_json() {
    assert_eq!(claim_codes(&"[".repeat(50_000)), ["I701"]);
    assert!(claim_codes(&format!("{{\"today\": {}1{}}}", "[".repeat(50_000), "]".repeat(50_000))).contains(&"I704"));
    assert_eq!(claim_codes(&format!("{{\"documents\": {}", "[{\"fields\":".repeat(20_000))).last(), Some(&"I701"));
    assert_eq!(claim_codes("{\"today\": \"2025-01-01\""), ["I701"]);
    assert_eq!(claim_codes("{} {}"), ["I701"]);
    assert_eq!(claim_codes(""), ["I701"]);
    assert_eq!(claim_codes(&format!("{{\"a\": \"{}\"}}", "x".repeat(2 << 20))), ["I702"]);
    assert_eq!(claim_codes("[]"), ["I704"]);
    assert_eq!(claim_codes("{\"today\": \"2025-02-30\", \"today\": 5, \"todey\": 1}").len(), 4);
}

/// A problem on every line: a thousand are told, and that there are more.
#[test]
fn more_mistakes_than_are_told() {
    let lines =
        ["ab\n".repeat(300_000), format!("fact a {{\n{}", "abcdefgh\n".repeat(100_000)), "fact a: b\n".repeat(90_000)];
    for text in lines.map(|lines| format!("{HEAD}{lines}")) {
        let source = Source { name: "x.duly".into(), text };
        let checked = duly::compile(&Samples::default(), source, None);
        assert!(checked.policy.is_none() && checked.diagnostics.len() <= 1001);
        assert!(checked.diagnostics.iter().any(|d| d.code.id() == "E102" && d.message.contains("more than 1000")));
    }
}

/// A problem for each of 90 000 names: a hundred are listed, and nothing is looked for beyond them.
#[test]
fn more_wrong_names_than_are_listed() {
    let many = |name: &str| (0..90_000).map(|n| format!("\"{name}{n}\":1")).collect::<Vec<_>>().join(",");
    assert_eq!(claim_codes(&format!("{{{}}}", many("k"))), vec!["I703"; 100]);
    let kinds: Vec<String> = (0..40_000).map(|n| format!("{{\"kind\":\"pap{n}\"}}")).collect();
    assert_eq!(claim_codes(&format!("{{\"documents\":[{}]}}", kinds.join(","))), vec!["I706"; 100]);
}

#[test]
fn deep_wide_and_long_json() {
    let nested = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
    assert_eq!(claim_codes(&format!("{{\"none\": {nested}}}")), ["I703"]);
    assert_eq!(claim_codes(&format!("{{\"documents\": {nested}}}")), ["I704"]);
    assert_eq!(claim_codes(&format!("{{\"documents\": [{{\"size\": {nested}}}]}}")), ["I704"]);
    assert_eq!(claim_codes(&format!("{{\"documents\": [{{\"fields\": {nested}, \"kind\": 5}}]}}")), ["I704"]);
    assert_eq!(claim_codes(&format!("{{\"none\": {}}}", "{\"a\":".repeat(50_000))), ["I703", "I701"]);
    let policy = policies().iter().find(|p| p.program().name == "ru.hearing_aid.compensation").unwrap();
    let device = |key: &str, value: &str| {
        let claim = format!("{{\"device\": {{\"{key}\": {value}}}}}");
        duly::decide(policy, &claim, Options::default()).map(|_| ()).map_err(|e| e.to_string())
    };
    assert_eq!(device("model", &format!("\"{}\"", "x".repeat(1_000_000))), Ok(()));
    assert_eq!(device("model", &format!("\"{}\"", "\\u0041".repeat(170_000))), Ok(()));
    assert!(device("model", &format!("\"{}", "\\\\".repeat(500_000))).unwrap_err().contains("[I701]"));
    assert!(device("price", &"9".repeat(1_000_000)).unwrap_err().contains("[I706]"));
    assert!(device("price", &format!("0.{}1", "0".repeat(1_000_000))).unwrap_err().contains("[I706]"));
    assert!(device("price", &format!("1e{}", "9".repeat(1_000_000))).unwrap_err().contains("[I706]"));
    assert_eq!(device("price", &format!("21000.{}", "0".repeat(1_000_000))), Ok(()));
}

#[test]
fn numbers_at_their_limits() {
    let policy = policies().iter().find(|p| p.program().name == "ru.hearing_aid.compensation").unwrap();
    let price =
        |text: &str| duly::decide(policy, &format!("{{\"device\": {{\"price\": {text}}}}}"), Options::default());
    for good in [
        "1e27",
        "9999999999999999999999999999",
        "1e-28",
        "0.0000000000000000000000000001",
        "\"-0\"",
        "0e999",
        "1.50E+2",
    ] {
        assert!(price(good).is_ok(), "{good}");
    }
    for bad in [
        "1e400",
        "1e-29",
        "12345678901234567890123456789",
        "\"1,5\"",
        "\"\"",
        "\" 1\"",
        "1e99999999999999999999",
        "true",
        "NaN",
    ] {
        assert!(price(bad).is_err(), "{bad}");
    }
}

#[test]
fn cut_and_flipped_artefacts() {
    let policy = policies().iter().find(|p| p.program().name == "ru.hearing_aid.compensation").unwrap();
    let bytes = policy.to_artefact().unwrap();
    for cut in [0, 1, 6, 8, 39, 40, bytes.len() / 2, bytes.len() - 1] {
        assert!(Policy::from_artefact(&bytes[..cut]).is_err(), "cut at {cut}");
    }
    for at in (0..bytes.len()).step_by(97) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x41;
        assert!(Policy::from_artefact(&flipped).is_err(), "flipped at {at}");
    }
}

/// Someone who can compute a digest can change the payload: then decoding and the checks of soundness stand.
#[test]
fn forged_artefacts_never_panic() {
    let policy = policies().iter().find(|p| p.program().name == "ru.hearing_aid.compensation").unwrap();
    let payload = duly::program::encoding::payload(policy.program()).unwrap();
    let mut survived = 0;
    for at in 0..payload.len() {
        let mut forged = payload.clone();
        forged[at] = forged[at].wrapping_add(1 + u8::try_from(at % 200).unwrap());
        let Ok(program) = duly::program::encoding::decode(&forged) else { continue };
        survived += 1;
        if let Ok(policy) = Policy::new(program) {
            let _ = duly::decide(
                &policy,
                r#"{"filing":{"date":"2025-03-14","channel":"mfc"},"history":[],"documents":[]}"#,
                Options { explain: true, locale: None },
            );
        }
    }
    assert!(survived > 0, "no forgery came through to be decided");
}

/// Where the day is not known, each lookup reads every generation, and each of those every one inside it.
#[test]
fn generations_inside_generations_take_no_endless_steps() {
    let rows = "{\n  from         i   value\n  2020-01-01   1   1\n}\n";
    let generations = format!(
        "parameter p by i (integer): integer in force until 2024-12-31 {rows}\
         parameter p by i (integer): integer in force from 2025-01-01 {rows}"
    );
    let nested = (0..30).fold("n".to_owned(), |inner, _| format!("p[{inner}] at filing.date"));
    for last in
        [format!("output o: integer = {nested}\n"), format!("criterion c: {nested} > 0 else refuse x {{ en \"x\" }}\n")]
    {
        let text = format!("{HEAD}fact n: integer\n{generations}{last}");
        let source = Source { name: "policy.duly".into(), text };
        let policy = duly::compile(&Samples::default(), source, None).policy.unwrap();
        assert!(matches!(duly::decide(&policy, "{\"n\":1}", Options::default()), Err(DecideError::TooManySteps)));
    }
}

#[test]
fn many_windows_are_told_once_each() {
    let found = codes(&format!("{HEAD}{}", "define x in force from 2020-01-01 = 1\n".repeat(60)));
    assert_eq!(found.iter().filter(|c| **c == "E401").count(), 59);
    refused(&format!("{HEAD}{}", "define x in force from 2020-01-01 = 1\n".repeat(2000)), "E102");
}

#[test]
fn a_hostile_claim_is_screened_without_harm() {
    let deep = format!("{HEAD}fact {}: integer\n", vec!["a"; 12_000].join("."));
    refused(&deep, "E103");
    let source = Source { name: "policy.duly".into(), text: format!("{HEAD}fact a.b: integer\nfact k: one of x, y\n") };
    let policy = duly::compile(&Samples::default(), source, None).policy.unwrap();
    let screened = |claim: &str| duly::screen(&[&policy], claim, None);
    let nested = format!("{}1{}", "{\"a\":".repeat(20_000), "}".repeat(20_000));
    assert_eq!(screened(&nested).unwrap().ignored, ["/a/a"]);
    let keys: Vec<String> = (0..20_000).map(|n| format!("\"k{n}\":0")).collect();
    assert_eq!(screened(&format!("{{{}}}", keys.join(","))).unwrap().ignored.len(), 100);
    let DecideError::Input(problems) = screened("{\"k\":\"x\",\"k\":\"other\"}").unwrap_err() else { panic!() };
    assert_eq!((problems[0].code, problems[0].pointer.as_str()), ("I705", "/k"));
}
