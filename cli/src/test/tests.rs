//! Tests of reading and merging cases.

use super::*;
use crate::yaml;

fn read(text: &str) -> Result<Cases, String> {
    cases::cases(yaml::read(text).unwrap())
}

fn claim_of(text: &str) -> Result<String, String> {
    let cases = read(text).unwrap();
    claim::claim(&cases.base, &cases.cases[0]).map(|c| c.to_json())
}

#[test]
fn what_is_given_is_merged_into_the_base() {
    let claim = claim_of(
        "base: {a: {b: 1.50, c: 2}, d: [1], e: x, f: y}
cases:
  - name: n
    given: {a: {c: null, g: {h: ~omit, i: 1}}, d: [2], e: ~omit}
    expect: {outcome: granted}",
    );
    assert_eq!(claim.unwrap(), r#"{"a":{"b":1.50,"c":null,"g":{"i":1}},"d":[2],"f":"y"}"#);
}

#[test]
fn documents_are_changed_taken_away_and_added() {
    let text = "base: {documents: [{kind: a, size: 1}, {kind: b, fields: {x: 1, y: 2}}]}
cases:
  - name: n
    documents: {without: [a], change: {b: {fields: {x: ~omit}}}, add: [{kind: c}]}
    expect: {outcome: granted}";
    assert_eq!(claim_of(text).unwrap(), r#"{"documents":[{"kind":"b","fields":{"y":2}},{"kind":"c"}]}"#);
    let error = claim_of(&text.replace("[a]", "[z]")).unwrap_err();
    assert!(error.contains("takes away `z`"), "{error}");
}

#[test]
fn slips_are_told_with_the_nearest_name() {
    let wrong = [
        ("bse: {}\ncases: []", "did you mean `base`?"),
        ("cases: []", "at least one case"),
        ("cases: [{name: n, expect: {outcom: x}}]", "did you mean `outcome`?"),
        ("cases: [{name: n, gven: {}, expect: {}}]", "the case `n` has no key `gven`"),
        ("cases: [{name: n}]", "expects nothing"),
        ("cases: [{expect: {outcome: x}}]", "case 1 has no `name`"),
        ("cases: [{name: n, name: m, expect: {outcome: x}}]", "given twice"),
        ("cases: [{name: n, expect: {open: []}}, {name: n, expect: {open: [x]}}]", "two cases are called `n`"),
        ("cases: [{name: n, given: [], expect: {outcome: x}}]", "must be a map; it is a list"),
        (
            "cases: [{name: n, expect: {outcome: refuse}}, {name: m, gven: {}, expect: {outcome: x}}]",
            "is no outcome; it can be granted, refused, incomplete, review, undetermined; did you mean `refused`?\n  \
             the case `m` has no key `gven`",
        ),
        (
            "cases: [{name: n, expect: {eligibility: yes}}]",
            "is no eligibility; it can be eligible, ineligible, unknown",
        ),
    ];
    for (text, expected) in wrong {
        let error = read(text).unwrap_err();
        assert!(error.contains(expected), "{error} / {expected}");
    }
}
