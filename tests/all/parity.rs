//! The same bytes from every channel: what is decided here is decided again in Node and in Chromium.
//!
//! Ignored by a plain `cargo test`, as it needs the npm package; `cargo xtask test` builds that and runs it.
//! The corpus is one file: for each claim the policy's number (`EVERY` for a screening by all of the library), the locale's, whether the trace is asked for, then
//! the length and the bytes of the application, then of the answer; numbers are 32 bits, the low byte first.

mod cases;
mod types;

use crate::claims::{Dice, claim, part_of, set};
use crate::support::{Samples, library_files, policies, root};
use duly::{DecideError, Options, Policy, Source};
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

/// The locales of the library's policies.
const LOCALES: [&str; 3] = ["en", "ru", "uk"];
/// Generated claims for each policy, whole and in part.
const CLAIMS: usize = 100;
/// Stands for every policy of the library together.
const EVERY: usize = u32::MAX as usize;
/// As many for a policy at the limits, which takes its time.
const EXTREME_CLAIMS: usize = 3;

#[test]
#[ignore = "needs the npm package; `cargo xtask test` builds it and runs this"]
fn node_and_chromium_decide_the_same_bytes() {
    let folder = root().join("target/parity");
    fs::create_dir_all(&folder).unwrap();
    let policies = with_extremes();
    for (nth, policy) in policies.iter().enumerate() {
        fs::write(folder.join(format!("{nth}.dulyc")), policy.to_artefact().unwrap()).unwrap();
    }
    let mut corpus = Corpus { policies: &policies, bytes: Vec::new(), claims: 0 };
    corpus.fill();
    fs::write(folder.join("corpus.bin"), &corpus.bytes).unwrap();
    println!("{} claims for {} policies, {} MB", corpus.claims, policies.len(), corpus.bytes.len() >> 20);
    for channel in ["node", "chromium"] {
        let script = root().join("wasm/tests").join(channel).with_extension("mjs");
        let done = Command::new("node").arg(script).arg(&folder).status().unwrap();
        assert!(done.success(), "{channel} does not decide as this machine does");
    }
}

#[test]
#[ignore = "needs the npm package; `cargo xtask test` builds it and runs this"]
fn the_full_build_compiles_the_same_bytes() {
    let texts = library_files().into_iter().map(|path| {
        let source = Source {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            text: fs::read_to_string(&path).unwrap(),
        };
        let below = path.strip_prefix(root().join("policies")).unwrap().with_extension("");
        let policy = duly::compile(&Samples::default(), source.clone(), None).policy;
        let digest = policy.map(|p| p.digest().to_owned());
        let import = below.to_string_lossy().replace('/', ".");
        json!({ "import": import, "name": source.name, "text": source.text, "digest": digest })
    });
    let calendars = ["ru", "ua"].map(|name| {
        let text = fs::read_to_string(root().join(format!("policies/calendars/{name}.yaml"))).unwrap();
        serde_yaml::from_str::<Value>(&text).unwrap()
    });
    let file = root().join("target/parity.json");
    fs::write(&file, json!({ "texts": texts.collect::<Vec<_>>(), "calendars": calendars }).to_string()).unwrap();
    let done = Command::new("node").arg(root().join("wasm/tests/full.mjs")).arg(&file).status().unwrap();
    assert!(done.success(), "the full build does not compile as this machine does");
}

/// The policies of the library, and some at the limits of what can be written.
fn with_extremes() -> Vec<Policy> {
    let deep: String = (0..60).map(|n| format!("define d{n} = (((((d{} + 1) + 1) + 1) + 1) + 1)\n", n + 1)).collect();
    let deep = format!("{deep}define d60 = a\noutput x: integer = d0\n");
    let endless: String =
        (0..40).map(|n| format!("define f{n}(x: integer): integer = f{}(x) + f{}(x)\n", n + 1, n + 1)).collect();
    let endless = format!("{endless}define f40(x: integer): integer = x\noutput x: integer = f0(a)\n");
    let mut all = policies().to_vec();
    for declarations in [deep, endless] {
        let text = format!("policy test.extreme\nlocales en\nfact a: integer\n{declarations}");
        let source = Source { name: "extreme.duly".into(), text };
        all.push(duly::compile(&Samples::default(), source, None).policy.unwrap());
    }
    all
}

struct Corpus<'p> {
    policies: &'p [Policy],
    bytes: Vec<u8>,
    claims: usize,
}

impl Corpus<'_> {
    fn fill(&mut self) {
        let mut dice = Dice(7);
        for nth in 0..self.policies.len() {
            let program = self.policies[nth].program();
            let extreme = program.name.starts_with("test.");
            for _ in 0..if extreme { EXTREME_CLAIMS } else { CLAIMS } {
                let whole = claim(program, &mut dice);
                let part = part_of(program, &whole, &mut dice);
                for text in [whole.to_string(), part.to_string(), broken(&whole.to_string(), &mut dice)] {
                    self.add(nth, text.as_bytes(), &mut dice);
                }
            }
            for fact in &program.facts {
                for value in UNFIT {
                    let mut claim = json!({});
                    set(&mut claim, &fact.path, json!("@"));
                    self.add(nth, claim.to_string().replace("\"@\"", value).as_bytes(), &mut dice);
                }
            }
            for bytes in hostile() {
                self.add(nth, &bytes, &mut dice);
            }
        }
        for (policy, case) in cases::cases() {
            let nth = self.policies.iter().position(|p| p.program().name == policy).unwrap();
            self.add(nth, case.to_string().as_bytes(), &mut dice);
            if dice.one_in(60) {
                self.screen(case.to_string().as_bytes(), &mut dice);
            }
        }
        for bytes in hostile() {
            self.screen(&bytes, &mut dice);
        }
    }

    /// Adds what every policy of the library says of a claim.
    fn screen(&mut self, facts: &[u8], dice: &mut Dice) {
        let library: Vec<&Policy> = self.policies.iter().filter(|p| !p.program().name.starts_with("test.")).collect();
        let locale = dice.below(LOCALES.len());
        let answer = match duly::screen_bytes(&library, facts, Some(LOCALES[locale])) {
            Ok(screening) => screening.to_json(),
            Err(error) => refusal(&error),
        };
        self.write([EVERY, locale, 0], [facts, answer.as_bytes()]);
    }

    /// Adds a claim with its answer, in some locale, here and there with the trace.
    fn add(&mut self, nth: usize, application: &[u8], dice: &mut Dice) {
        let policy = &self.policies[nth];
        let locale = dice.below(policy.program().locales.len());
        let explain = dice.one_in(8);
        let options = Options { locale: policy.program().locales.get(locale).map(String::as_str), explain };
        let answer = match duly::decide_bytes(policy, application, options) {
            Ok(decision) => decision.to_json(),
            Err(error) => refusal(&error),
        };
        self.write([nth, locale, usize::from(explain)], [application, answer.as_bytes()]);
    }

    fn write(&mut self, numbers: [usize; 3], parts: [&[u8]; 2]) {
        for number in numbers {
            self.number(number);
        }
        for part in parts {
            self.number(part.len());
            self.bytes.extend_from_slice(part);
        }
        self.claims += 1;
    }

    fn number(&mut self, n: usize) {
        self.bytes.extend_from_slice(&u32::try_from(n).unwrap().to_le_bytes());
    }
}

/// A refusal as JavaScript throws it.
fn refusal(error: &DecideError) -> String {
    let text = |t: &str| serde_json::to_string(t).unwrap();
    let problems = match error {
        DecideError::Input(problems) => format!(",\"problems\":{}", serde_json::to_string(problems).unwrap()),
        _ => String::new(),
    };
    format!("{{\"code\":{},\"message\":{}{problems}}}", text(error.code()), text(&error.to_string()))
}

/// Values that hardly any fact takes.
const UNFIT: [&str; 14] = [
    "null",
    "true",
    "\"\"",
    "\"x\\u0000\\u001f\\\"\\\\/\\u2028\"",
    "[]",
    "[[], {}, null, 1]",
    "{}",
    "-0.0e-0",
    "1e400",
    "1e27",
    "9999999999999999999999999999",
    "99999999999999999999999999999",
    "\"2025-02-30\"",
    "\"9999-12-31\"",
];

/// Bytes that are no claim of any policy.
fn hostile() -> Vec<Vec<u8>> {
    let texts = [
        String::new(),
        "\u{feff}{}".into(),
        "{} {}".into(),
        "null".into(),
        "NaN".into(),
        "{\"today\":\"\\ud800\"}".into(),
        "{\"today\":1,\"today\":2,\"todey\":3}".into(),
        "{\"documents\":[{\"kind\":null},{\"kind\":\"x\"},{},7]}".into(),
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        format!("{{\"today\":{}1{}}}", "[".repeat(50_000), "]".repeat(50_000)),
        format!("{{\"{}\":1}}", "k".repeat(100_000)),
        format!("{{\"today\":\"{}\"}}", "x".repeat(1 << 20)),
        format!("{{{}\"z\":1}}", "\"unknown\":1,".repeat(500)),
    ];
    let bytes: [&[u8]; 4] = [b"\xff", b"{\"today\":\"\xc3\x28\"}", b"{\"today\":\"\xed\xa0\x80\"}", b"\x00"];
    texts.into_iter().map(String::into_bytes).chain(bytes.map(<[u8]>::to_vec)).collect()
}

/// A text with one of its characters changed, or cut there.
fn broken(text: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let at = dice.below(chars.len());
    match dice.below(3) {
        0 => chars.truncate(at),
        1 => chars.insert(at, *dice.pick(&['"', '{', '}', ',', '0', '\\', '\u{7f}', 'ї', '🙂'])),
        _ => drop(chars.remove(at)),
    }
    chars.into_iter().collect()
}
