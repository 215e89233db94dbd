//! What a form tells of a policy is what its claims can tell, and what its questions ask.

use crate::claims::set;
use crate::support::policies;
use duly::decision::Kind;
use duly::form::FormFact;
use duly::{DecideError, Form, Options};
use serde_json::{Value, json};

/// A value that any fact of its kind takes.
fn value(fact: &FormFact<'_>) -> Value {
    let option = || fact.options.first().map_or("", |o| o.value);
    match fact.kind {
        Kind::YesNo => json!(true),
        Kind::Number | Kind::Integer | Kind::Money | Kind::Percent => json!("7"),
        Kind::Date => json!("2025-03-14"),
        Kind::Period => json!("1 month"),
        Kind::Text => json!("text"),
        Kind::Choice => json!(option()),
        Kind::Choices => json!([option()]),
        Kind::List => match fact.fields.as_slice() {
            [plain] if plain.fact.is_empty() => json!([value(plain)]),
            fields => json!([record(fields)]),
        },
    }
}

fn record(fields: &[FormFact<'_>]) -> Value {
    let mut record = json!({});
    fields.iter().for_each(|f| set(&mut record, f.fact, value(f)));
    record
}

fn claim(form: &Form<'_>) -> Value {
    let mut claim = record(&form.facts);
    let document = |d: &duly::form::FormDocument<'_>| json!({"kind": d.kind, "fields": record(&d.fields)});
    if !form.documents.is_empty() {
        claim["documents"] = form.documents.iter().map(document).collect();
    }
    claim
}

#[test]
fn a_form_filled_in_can_be_decided() {
    for policy in policies() {
        for locale in &policy.program().locales {
            let options = Options { locale: Some(locale), explain: false };
            let form = duly::form(policy, Some(locale)).unwrap();
            assert_eq!((form.locale, form.facts.len()), (locale.as_str(), policy.program().facts.len()));
            let claim = claim(&form).to_string();
            let decision = duly::decide(policy, &claim, options).unwrap_or_else(|e| panic!("{e:?}\n{claim}"));
            assert_eq!(decision.questions, [], "{claim}");
            assert_eq!(decision.documents.len(), form.documents.len());
        }
    }
}

#[test]
fn a_form_asks_as_the_questions_do() {
    for policy in policies() {
        let form = duly::form(policy, None).unwrap();
        for question in duly::decide(policy, "{}", Options::default()).unwrap().questions {
            let fact = form.facts.iter().find(|f| f.fact == question.fact).unwrap();
            assert_eq!((fact.kind, fact.unit, fact.text), (question.kind, question.unit, question.text));
            assert_eq!((&fact.options, fact.may_be_none), (&question.options, question.may_be_none));
        }
    }
}

#[test]
fn files_are_accepted_as_each_way_of_filing_asks() {
    let policy = policies().iter().find(|p| p.program().name == "ru.hearing_aid.compensation").unwrap();
    let form = duly::form(policy, Some("en")).unwrap();
    assert_eq!((form.governed_by, form.currency), ("filing.date", Some("RUB")));
    let passport = form.documents.iter().find(|d| d.kind == "passport").unwrap();
    let portal = passport.accepts.iter().find(|a| a.channel == Some("portal")).unwrap();
    assert_eq!((portal.formats.join(" "), portal.megabytes.as_deref()), ("PDF JPG PNG".to_owned(), Some("5")));
    assert!(matches!(duly::form(policy, Some("tlh")), Err(DecideError::Locale { .. })));
}
