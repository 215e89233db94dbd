//! The command line as programs and people call it: exit codes, errors, hostile input, the same bytes everywhere.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const POLICY: &str = "ru.hearing_aid.compensation";
const EXAMPLE: &str = "policies/ru/hearing_aid/compensation.example.json";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Runs `duly` in the repository with bytes on its standard input.
fn duly(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duly"));
    command.current_dir(root()).args(arguments).env_remove("DULY_LIBRARY");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // Whoever refuses its input early closes the pipe: that is no failure of the test.
    let writer = std::thread::spawn(move || _ = stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn exits(arguments: &[&str], input: &[u8], code: i32) -> String {
    let output = duly(arguments, input);
    let told = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
    told
}

#[test]
fn exit_codes_are_the_contracts() {
    exits(&["check"], b"", 0);
    exits(&["check", POLICY], b"", 0);
    exits(&["decide", POLICY, "--input", EXAMPLE], b"", 0);
    exits(&["decide", POLICY, "--input", EXAMPLE, "--exit-outcome"], b"", 0);
    exits(&["decide", POLICY, "--input", "-", "--exit-outcome"], b"{}", 13);
    exits(&["decide", POLICY, "--input", "-", "--exit-outcome"], br#"{"device":{"kind":"other"}}"#, 10);
    exits(&["decide", POLICY, "--input", "no-such-file.json"], b"", 2);
    exits(&["decide", "ru.no.such.policy", "--input", EXAMPLE], b"", 2);
    exits(&["decide", POLICY, "--input", EXAMPLE, "--locale", "xx"], b"", 2);
    exits(&["decide", POLICY], b"", 2);
    exits(&["frobnicate"], b"", 2);
    exits(&["check", "tests/errors/readme-does-not-exist.duly"], b"", 2);
    exits(&["check", "tests/errors/arguments_wrong_number.duly"], b"", 1);
}

#[test]
fn what_was_probably_meant_is_told() {
    for (arguments, told) in [
        (&["decide", POLICY, EXAMPLE][..], "use '--input policies/ru/hearing_aid/compensation.example.json'"),
        (&["batch", POLICY, "claims.jsonl"], "use '--input claims.jsonl'"),
        (&["screen", "--input", EXAMPLE], "the claim comes first"),
        (&["decide", POLICY, "--input", "README.md"], "as YAML in a file that ends in .yaml"),
        (&["test", "README.md"], "there are no cases in `README.md`"),
        (&["decide", EXAMPLE, "--input", "README.md"], "the claim is named by `--input FILE`"),
        (&["decide", "policies", "--input", EXAMPLE], "`policies` is a folder"),
    ] {
        let said = exits(arguments, b"", 2);
        assert!(said.contains(told), "{told} is not in: {said}");
    }
    let folder = tempfile::tempdir().unwrap();
    let artefact = folder.path().join("compiled.dulyc").display().to_string();
    exits(&["build", POLICY, "-o", &artefact], b"", 0);
    let said = exits(&["check", &artefact], b"", 2);
    assert!(said.contains("is a compiled policy") && said.contains("ends in .duly"), "{said}");
}

#[test]
fn a_batch_of_something_else_is_told() {
    for input in [&b"[{}]"[..], b"{\n}\n"] {
        let said = exits(&["batch", POLICY, "--input", "-"], input, 1);
        assert!(said.contains("reads one claim a line"), "{said}");
    }
    assert!(!exits(&["batch", POLICY, "--input", "-"], b"{}\n{\n", 1).contains("one claim a line"));
}

#[test]
fn a_compiled_policy_takes_the_place_of_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let claim = folder.path().join("claim.json");
    std::fs::write(&claim, "{}").unwrap();
    let said = exits(&["build", POLICY, "-o", &claim.display().to_string()], b"", 2);
    assert!(said.contains("nothing was written") && said.contains("claim.dulyc"), "{said}");
    assert_eq!(std::fs::read_to_string(&claim).unwrap(), "{}");
}

#[test]
fn every_problem_of_an_application_is_listed() {
    let told =
        exits(&["decide", POLICY, "--input", "-"], br#"{"device":{"gian":1,"kind":"BTF"},"today":"2025-02-30"}"#, 2);
    for part in ["/device/gian", "`gain`", "/device/kind", "`BTE`", "/today", "I703", "I704", "I706"] {
        assert!(told.contains(part), "{part} is not in: {told}");
    }
}

#[test]
fn text_artefact_and_batch_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let artefact = folder.path().join("policy.dulyc");
    let artefact = artefact.to_str().unwrap();
    exits(&["build", POLICY, "-o", artefact], b"", 0);
    let claim = std::fs::read_to_string(root().join(EXAMPLE)).unwrap().lines().map(str::trim).collect::<String>();
    let one = duly(&["decide", POLICY, "--input", "-", "--format", "json"], claim.as_bytes()).stdout;
    let two = duly(&["decide", artefact, "--input", "-", "--format", "json"], claim.as_bytes()).stdout;
    let three = duly(&["batch", artefact, "--input", "-"], format!("{claim}\n").as_bytes()).stdout;
    assert!(one.starts_with(b"{\"policy\":"));
    assert_eq!(one, two);
    assert_eq!(one, three);
}

#[test]
fn a_batch_goes_on_after_a_line_that_cannot_be_decided() {
    let output = duly(&["batch", POLICY, "--input", "-"], b"{}\nnonsense\n\xff\xfe\n{}\n");
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[0].starts_with("{\"policy\":") && lines[3] == lines[0]);
    assert!(
        lines[1].starts_with("{\"error\":{\"code\":\"I701\"") && lines[1].ends_with(",\"line\":2}"),
        "{}",
        lines[1]
    );
    assert!(lines[2].starts_with("{\"error\":{") && lines[2].ends_with(",\"line\":3}"), "{}", lines[2]);
}

#[test]
fn hostile_files_are_refused_with_a_code() {
    let line = vec![b'['; 100 << 20];
    let output = duly(&["batch", POLICY, "--input", "-"], &line);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.starts_with(b"{\"error\":") && output.stdout.len() < 1000);
    let folder = tempfile::tempdir().unwrap();
    let bomb = folder.path().join("claim.yaml");
    let mut text = String::from("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
    for n in 1..12 {
        text += &format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "));
    }
    std::fs::write(&bomb, text).unwrap();
    exits(&["decide", POLICY, "--input", bomb.to_str().unwrap()], b"", 2);
    let policy = folder.path().join("policy.duly");
    std::fs::write(&policy, b"policy x\nlocales en\n# \xff\n").unwrap();
    assert!(exits(&["check", policy.to_str().unwrap()], b"", 1).contains("E106"));
    let artefact = folder.path().join("policy.dulyc");
    std::fs::write(&artefact, b"DULYC\0\x02\0 not one").unwrap();
    assert!(exits(&["decide", artefact.to_str().unwrap(), "--input", EXAMPLE], b"", 2).contains("A803"));
}

#[test]
fn screening_asks_every_policy_of_the_library() {
    let told = exits(&["screen", EXAMPLE, "--format", "json"], b"", 0);
    let screening: serde_json::Value = serde_json::from_str(&told).unwrap();
    let policies = screening["policies"].as_array().unwrap();
    assert_eq!(policies.len(), 15);
    let granted = policies.iter().find(|p| p["policy"] == POLICY).unwrap();
    assert_eq!((&granted["outcome"], &granted["award"]["amount"]), (&"granted".into(), &"18369.76".into()));
    assert_eq!(screening["ignored"], serde_json::json!([]));
    // A folder, for people, in a language that not all policies speak.
    let told = exits(&["screen", "-", "policies/ru", "--format", "human", "--locale", "ru"], br#"{"prise": 1}"#, 0);
    for part in ["На что вы можете иметь право", "Право пока не установлено", "Какие документы собрать", "/prise"]
    {
        assert!(told.contains(part), "{part} is not in: {told}");
    }
    exits(&["screen", "-", "--locale", "de"], b"{}", 2);
    exits(&["screen", "-", "no/such/folder"], b"{}", 2);
    let told = exits(&["screen", "-"], br#"{"purchase": {"date": "2025-02-30"}, "device": {"price": "x"}}"#, 2);
    assert!(told.contains("/purchase/date") && told.contains("/device/price"), "{told}");
}

#[test]
fn facts_of_one_name_agree_over_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, fact: &str| {
        let text = format!(
            "policy {name}\nlocales en\n\n{fact}\ncriterion c: filing.date > 2020-01-01 else refuse x {{ en \"x\" }}\n"
        );
        std::fs::write(folder.path().join(format!("{name}.duly")), text).unwrap();
    };
    write("a", "fact home { size: number since: date }\nfact kind: one of x, y");
    write("b", "fact home { size: integer since: percent }\nfact kind: one of y, z");
    write("c", "fact home: text");
    let library = folder.path().to_str().unwrap();
    let told = exits(&["check", "--library", library, "--format", "short"], b"", 1);
    let lines: Vec<&str> = told.lines().collect();
    for part in [
        "b.duly:4:27: error[E213]: `home.since` is a percentage here, and a date in `a`",
        "c.duly:4:6: error[E213]: `home` is a text here, and a record with `home.size` in `a`",
    ] {
        assert!(lines.iter().any(|l| l.ends_with(part)), "{part} is not in: {told}");
    }
    assert!(!told.contains("home.size` is") && !told.contains("kind"), "{told}");
}

#[test]
fn the_cases_of_the_readme_pass() {
    let told = exits(&["test", "tests/readme", "--coverage"], b"", 0);
    assert!(told.contains("3 passed, 0 failed"), "{told}");
}
