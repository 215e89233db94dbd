//! The README shows what is so: its policy is the one in the tree, and compiles without a word.

use crate::support::{Samples, root};
use duly::{Options, Source};

#[test]
fn the_policy_shown_is_sound_and_decides_as_shown() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let text = std::fs::read_to_string(root().join("tests/readme/winter_grant.duly")).unwrap();
    assert!(readme.contains(text.trim_end()), "the README shows another policy than tests/readme/winter_grant.duly");
    let cases = std::fs::read_to_string(root().join("tests/readme/winter_grant.cases.yaml")).unwrap();
    assert!(
        readme.contains(cases.trim_end()),
        "the README shows other cases than tests/readme/winter_grant.cases.yaml"
    );
    let checked = duly::compile(&Samples::default(), Source { name: "winter_grant.duly".into(), text }, None);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    let claim = std::fs::read_to_string(root().join("tests/readme/claim.json")).unwrap();
    let policy = checked.policy.unwrap();
    let decision = duly::decide(&policy, &claim, Options::default()).unwrap();
    let codes: Vec<&str> = decision.reasons.iter().map(|r| r.code).collect();
    assert_eq!(codes, ["income_too_high", "season_over"]);
    for reason in &decision.reasons {
        let plain = |text: &str| text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain(&readme).contains(&plain(&reason.message)), "the README does not show: {}", reason.message);
    }
}
