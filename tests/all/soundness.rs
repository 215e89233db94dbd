//! What unknown facts can still change, and what they cannot: for every policy of the library, any claim, any part
//! of it and any completion.

use crate::claims::{Dice, claim, get_mut, part_of, set};
use crate::support::{Samples, policies, root};
use duly::{Decision, Options, Policy, Source};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// The policies of the library, and one with two generations of everything that can have them.
fn all() -> &'static [Policy] {
    static ALL: std::sync::OnceLock<Vec<Policy>> = std::sync::OnceLock::new();
    ALL.get_or_init(|| {
        let text = std::fs::read_to_string(root().join("tests/generations/everything.duly")).unwrap();
        let source = Source { name: "everything.duly".into(), text };
        let checked = duly::compile(&Samples::default(), source, None);
        assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
        policies().iter().cloned().chain(checked.policy).collect()
    })
}

const BUILT_IN: [&str; 2] = ["cannot_be_computed", "calendar_not_known"];

fn decide<'p>(policy: &'p Policy, claim: &Value) -> Decision<'p> {
    duly::decide(policy, &claim.to_string(), Options::default()).unwrap_or_else(|e| panic!("{e:?}\n{claim}"))
}

fn codes(decision: &Decision<'_>) -> BTreeSet<String> {
    let codes = decision.reasons.iter().map(|r| r.code.to_owned());
    codes.filter(|c| !BUILT_IN.contains(&c.as_str())).collect()
}

fn outcome(decision: &Decision<'_>) -> String {
    serde_json::to_value(decision.outcome).unwrap().as_str().unwrap().to_owned()
}

/// Reasons of the part are reasons of the whole; reasons of the whole were told or open.
fn holds(policy: &Policy, part: &Value, whole: &Value) {
    let (before, after) = (decide(policy, part), decide(policy, whole));
    let (told, told_after) = (codes(&before), codes(&after));
    let mut possible = told.clone();
    possible.extend(before.open.iter().map(|c| (*c).to_owned()));
    assert!(told.is_subset(&told_after), "{told:?} told, then {told_after:?}\npart {part}\nwhole {whole}");
    assert!(told_after.is_subset(&possible), "{told_after:?} from {possible:?}\npart {part}\nwhole {whole}");
    let open_after: BTreeSet<String> = after.open.iter().map(|c| (*c).to_owned()).collect();
    assert!(open_after.is_subset(&possible), "{open_after:?} open from {possible:?}\npart {part}\nwhole {whole}");
    let (first, then) = (outcome(&before), outcome(&after));
    let settled = first == "undetermined" || first == then || (first == "granted" && then == "review");
    assert!(settled, "{first} became {then}\npart {part}\nwhole {whole}");
}

/// Answering the first question again and again ends; then only documents keep anything open.
fn interview_ends(policy: &Policy, part: &Value, whole: &Value) {
    let mut claim = part.clone();
    for _ in 0..=policy.program().facts.len() {
        let decision = decide(policy, &claim);
        let Some(question) = decision.questions.first() else {
            let program = policy.program();
            for code in &decision.open {
                let on_documents = program
                    .raises
                    .iter()
                    .any(|r| program.reasons[usize::from(r.reason)].code == *code && r.reads_documents);
                assert!(
                    on_documents && claim.get("documents").is_none(),
                    "`{code}` is open, and nothing is asked\n{claim}"
                );
            }
            return;
        };
        let path = question.fact.to_owned();
        let answer = get_mut(&mut whole.clone(), &path)
            .cloned()
            .unwrap_or_else(|| panic!("`{path}` is asked, and the claim has no such fact\n{claim}"));
        assert_ne!(get_mut(&mut claim.clone(), &path), Some(&mut answer.clone()), "`{path}` is asked again\n{claim}");
        set(&mut claim, &path, answer);
    }
    panic!("the questions do not end\n{part}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn unknown_is_sound(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        for policy in all() {
            let whole = claim(policy.program(), &mut dice);
            let part = part_of(policy.program(), &whole, &mut dice);
            holds(policy, &part, &whole);
            let less = part_of(policy.program(), &part, &mut dice);
            holds(policy, &less, &part);
            interview_ends(policy, &less, &whole);
        }
    }

    #[test]
    fn text_and_artefact_decide_the_same_bytes(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        for policy in all() {
            let read = Policy::from_artefact(&policy.to_artefact().unwrap()).unwrap();
            let claim = claim(policy.program(), &mut dice);
            prop_assert_eq!(policy.digest(), read.digest());
            prop_assert_eq!(decide(policy, &claim).to_json(), decide(&read, &claim).to_json());
        }
    }
}
