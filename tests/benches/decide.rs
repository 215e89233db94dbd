//! What one decision costs, from JSON text to JSON text, reasons and explanations included.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    reason = "a benchmark may fail loudly, and uses a part of what the tests share"
)]

#[path = "../all/support.rs"]
mod support;

use criterion::{Criterion, criterion_group, criterion_main};
use duly::{Options, Policy, Source};
use std::hint::black_box;

const POLICY: &str = "policies/ru/hearing_aid/compensation";

fn policy() -> Policy {
    let text = std::fs::read_to_string(support::root().join(format!("{POLICY}.duly"))).unwrap();
    let source = Source { name: "compensation.duly".into(), text };
    duly::compile(&support::Samples::default(), source, None).policy.unwrap()
}

fn decide(c: &mut Criterion) {
    let policy = policy();
    let example = std::fs::read_to_string(support::root().join(format!("{POLICY}.example.json"))).unwrap();
    let claim: serde_json::Value = serde_json::from_str(&example).unwrap();
    let granted = claim.to_string();
    let mut refused = claim.clone();
    refused["device"]["gain"] = serde_json::json!(12);
    refused["purchase"]["receipt_verified"] = serde_json::json!(false);
    let refused = refused.to_string();
    let empty = "{}".to_owned();
    for (name, text) in [("granted", granted), ("refused", refused), ("nothing told", empty)] {
        c.bench_function(name, |b| {
            b.iter(|| duly::decide(&policy, black_box(&text), Options::default()).unwrap().to_json());
        });
    }
    let (artefact, text) = (policy.to_artefact().unwrap(), example);
    c.bench_function("load and decide", |b| {
        b.iter(|| {
            let policy = Policy::from_artefact(black_box(&artefact)).unwrap();
            duly::decide(&policy, &text, Options::default()).unwrap().to_json()
        });
    });
}

criterion_group!(benches, decide);
criterion_main!(benches);
