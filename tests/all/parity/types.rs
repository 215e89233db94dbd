//! Decisions, forms and refusals as TypeScript: its compiler says whether the package's types tell of them exactly.

use crate::claims::{Dice, claim, part_of};
use crate::support::{Samples, policies, root};
use duly::diagnostic::Located;
use duly::{DecideError, Options, Source};
use std::fmt::Write;
use std::process::Command;

/// Decisions of each policy.
const DECISIONS: usize = 4;

#[test]
#[ignore = "needs the npm package; `cargo xtask test` builds it and runs this"]
fn the_types_tell_exactly_what_crosses() {
    let mut text =
        String::from("import type { Decision, Diagnostic, Form, InputProblem } from \"../wasm/pkg/types.js\";\n");
    text.push_str("export const decisions: Decision[] = [\n");
    let mut dice = Dice(11);
    for policy in policies() {
        for _ in 0..DECISIONS {
            let whole = claim(policy.program(), &mut dice);
            let part = part_of(policy.program(), &whole, &mut dice).to_string();
            let options = Options { locale: None, explain: dice.one_in(2) };
            writeln!(text, "{},", duly::decide(policy, &part, options).unwrap().to_json()).unwrap();
        }
    }
    text.push_str("];\nexport const forms: Form[] = [\n");
    for policy in policies() {
        writeln!(text, "{},", serde_json::to_string(&duly::form(policy, None).unwrap()).unwrap()).unwrap();
    }
    let refused = duly::decide(&policies()[0], "{\"todey\": 1, \"today\": 2}", Options::default());
    let Err(DecideError::Input(problems)) = refused else { panic!("{refused:?}") };
    writeln!(text, "];\nexport const problems: InputProblem[] = {};", serde_json::to_string(&problems).unwrap())
        .unwrap();
    let source =
        Source { name: "bad.duly".into(), text: "policy a.b\nlocales en\ndefine x = 1\ndefine x = y\n".into() };
    let checked = duly::compile(&Samples::default(), source, None);
    let found: Vec<_> = checked.diagnostics.iter().map(|d| Located::new(d, &checked.sources)).collect();
    writeln!(text, "export const found: Diagnostic[] = {};", serde_json::to_string(&found).unwrap()).unwrap();
    std::fs::write(root().join("target/parity.mts"), text).unwrap();
    let compiler = root().join("wasm/tests/node_modules/.bin/tsc");
    let done = Command::new(compiler).arg("--project").arg(root().join("wasm/tests")).status().unwrap();
    assert!(done.success(), "the types of the package do not fit what crosses");
}
