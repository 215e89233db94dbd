//! What a case expects against what the decision says.

use crate::data::Data;
use crate::error::did_you_mean;
use duly::program::Program;
use duly::value::{Date, Number};
use duly::{Decision, diagnostic::nearest};
use std::fmt::Write;

/// A key of `expect` that the decision does not meet.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// The key, with the way into it.
    pub key: String,
    /// What was expected.
    pub expected: String,
    /// What the decision says.
    pub got: String,
}

/// Everything that differs, in the order of the case.
#[must_use]
pub fn differences(expect: &[(String, Data)], decision: &Decision<'_>, program: &Program) -> Vec<Difference> {
    let mut found = Vec::new();
    for (key, expected) in expect {
        compare(key, expected, decision, program, &mut found);
    }
    found
}

fn compare(key: &str, expected: &Data, decision: &Decision<'_>, program: &Program, found: &mut Vec<Difference>) {
    let text = |text: &str| Data::Text(text.to_owned());
    let or_null = |told: Option<String>| told.map_or(Data::Null, Data::Text);
    let day = |day: Date| Data::Text(day.to_string());
    let award = decision.award.as_ref();
    let got = match key {
        "outcome" => text(decision.outcome.name()),
        "eligibility" => json(&decision.eligibility),
        "governed_by" => decision.governed_by.map_or(Data::Null, |d| day(d.0)),
        "reasons" => Data::List(decision.reasons.iter().map(|r| text(r.code)).collect()),
        "open" => Data::List(decision.open.iter().map(|c| text(c)).collect()),
        "award" => or_null(award.map(|a| a.amount.clone())),
        "payable" => award.map_or(Data::Null, |a| Data::Bool(a.payable)),
        "next_from" => decision.repeat.next_from.map_or(Data::Null, |d| day(d.0)),
        "first_question" => decision.questions.first().map_or(Data::Null, |q| text(q.fact)),
        "questions" => Data::List(decision.questions.iter().map(|q| text(q.fact)).collect()),
        _ => {
            let (what, there) = entries(key, decision, program);
            return each(key, what, expected, &there, found);
        }
    };
    differ(key.to_owned(), expected, &got, found);
}

/// The entries of the decision that a map of expectations can name, and what one of them is called.
fn entries(key: &str, decision: &Decision<'_>, program: &Program) -> (&'static str, Vec<(String, Data)>) {
    let text = |text: &str| Data::Text(text.to_owned());
    let own = |name: &str, data: Data| (name.to_owned(), data);
    match key {
        "messages" => {
            let reasons = decision.reasons.iter();
            // Numbers and their units are joined by a blank that does not break; a case may write any blank.
            let entry = |r: &duly::decision::reason::Reason<'_>| own(r.code, text(&r.message.replace('\u{a0}', " ")));
            ("raised reason", reasons.map(entry).collect())
        }
        "subjects" => {
            let reasons = decision.reasons.iter();
            let kinds = |r: &duly::decision::reason::Reason<'_>| r.subjects.iter().map(|kind| text(kind)).collect();
            ("raised reason", reasons.map(|r| own(r.code, Data::List(kinds(r)))).collect())
        }
        "needs" => ("document", decision.documents.iter().map(|d| own(d.kind, json(&d.need))).collect()),
        "lines" => {
            let lines = decision.award.iter().flat_map(|a| &a.lines);
            let entry = |l: &duly::decision::award::Line<'_>| own(l.name, json(&l.amount));
            ("line", lines.map(entry).collect())
        }
        "outputs" => {
            let outputs = decision.outputs.0.iter();
            ("output", outputs.map(|o| own(o.name, json(&o.value))).collect())
        }
        "deadlines" => {
            let named = program.deadlines.iter().map(|declared| {
                let told = decision.deadlines.iter().find(|d| d.name == declared.name);
                let data = told.map_or(Data::Null, |d| match d.earliest {
                    Some(earliest) => Data::List(vec![json(&earliest), json(&d.due)]),
                    None => json(&d.due),
                });
                own(&declared.name, data)
            });
            ("deadline", named.collect())
        }
        _ => {
            let documents = decision.documents.iter().map(|d| {
                let defects = d.defects.iter().map(|defect| text(defect.code)).collect();
                let status = json(&d.status);
                own(d.kind, Data::List(vec![status, Data::List(defects)]))
            });
            ("document", documents.collect())
        }
    }
}

/// Compares entry by entry; a name that the decision does not have is a difference of its own.
fn each(key: &str, what: &str, expected: &Data, there: &[(String, Data)], found: &mut Vec<Difference>) {
    let Data::Map(wanted) = expected else {
        found.push(Difference {
            key: key.to_owned(),
            expected: format!("a map, in the case: {}", show(expected)),
            got: "a map of names".into(),
        });
        return;
    };
    for (name, expected) in wanted {
        let way = format!("{key}.{name}");
        let Some((_, got)) = there.iter().find(|(n, _)| n == name) else {
            let near = nearest(name, there.iter().map(|(n, _)| n.as_str()));
            let near = did_you_mean(near);
            found.push(Difference {
                key: way,
                expected: show(expected),
                got: format!("there is no {what} `{name}`{near}"),
            });
            continue;
        };
        match (key, got, expected) {
            // A document is told by its status, or by the list of its defects.
            ("documents", Data::List(both), Data::List(_)) => {
                differ(way, expected, both.get(1).unwrap_or(&Data::Null), found);
            }
            ("documents", Data::List(both), _) => {
                differ(way, expected, both.first().unwrap_or(&Data::Null), found);
            }
            ("messages", _, Data::Text(expected)) => {
                differ(way, &Data::Text(expected.replace('\u{a0}', " ")), got, found);
            }
            _ => differ(way, expected, got, found),
        }
    }
}

fn differ(key: String, expected: &Data, got: &Data, found: &mut Vec<Difference>) {
    if !same(expected, got) {
        found.push(Difference { key, expected: show(expected), got: show(got) });
    }
}

/// Equal; a number in the case also equals a text with the same number.
fn same(expected: &Data, got: &Data) -> bool {
    match (expected, got) {
        (Data::Number(digits), Data::Text(text)) => {
            let number = Number::read(digits);
            number.is_some() && number == Number::read(text)
        }
        (Data::List(a), Data::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        _ => expected == got,
    }
}

/// As one would write it in a case.
fn show(data: &Data) -> String {
    match data {
        Data::Text(text) => text.clone(),
        Data::Null => "null".into(),
        Data::List(items) => {
            let items: Vec<String> = items.iter().map(show).collect();
            format!("[{}]", items.join(", "))
        }
        Data::Map(entries) => {
            let mut out = String::from("{");
            for (nth, (key, value)) in entries.iter().enumerate() {
                let comma = if nth == 0 { "" } else { ", " };
                // Writing to a string does not fail.
                let _ = write!(out, "{comma}{key}: {}", show(value));
            }
            out + "}"
        }
        other => other.to_json(),
    }
}

fn json(value: &impl serde::Serialize) -> Data {
    // What a decision holds can always be written as JSON.
    serde_json::to_value(value).map_or(Data::Null, Data::from)
}
