//! The page of a decision made by hand.

use super::*;
use duly::decision::award::{Award, Line, Output, OutputValue, Outputs};
use duly::decision::document::{Defect, Document, DocumentStatus, NeedName};
use duly::decision::reason::{Basis, Reason};
use duly::decision::{Because, Choice, Date10, Deadline, Decision, Eligibility, Kind, Question, Repeat, Seen, Traced};
use duly::program::award::OutputType;
use duly::program::expression::Outcome;
use duly::program::fact::{Fact, Type, Unit};
use duly::program::{Program, award, reason};
use duly::value::{Date, Effect};

fn texts(en: &str, ru: &str) -> Vec<String> {
    vec![en.into(), ru.into()]
}

fn fact(path: &str, fact_type: Type) -> Fact {
    Fact { path: path.into(), fact_type, or_none: false, default: None, ask: Vec::new(), label: Vec::new() }
}

fn program() -> Program {
    Program {
        name: "ru.hearing_aid.compensation".into(),
        title: texts(
            "Compensation for a self-purchased hearing aid",
            "Компенсация за самостоятельно купленный слуховой аппарат",
        ),
        locales: texts("en", "ru"),
        currency: Some("RUB".into()),
        window: None,
        calendar: None,
        governed: 0,
        standard: duly::program::fact::Standard::default(),
        symbols: Vec::new(),
        constants: String::new(),
        facts: vec![fact("device.gain", Type::Number(Some(0))), fact("device.price", Type::Money)],
        shapes: Vec::new(),
        rows: Vec::new(),
        choices: Vec::new(),
        units: vec![Unit { name: "dB".into(), texts: texts("dB", "дБ") }],
        nodes: Vec::new(),
        definitions: Vec::new(),
        functions: Vec::new(),
        parameters: Vec::new(),
        channels: Vec::new(),
        documents: Vec::new(),
        groups: Vec::new(),
        sources: vec![reason::Source {
            name: "seed_004".into(),
            title: texts("Guide to hearing-aid compensation", "Памятка о компенсации"),
        }],
        reasons: Vec::new(),
        raises: Vec::new(),
        deadlines: Vec::new(),
        repeats: Vec::new(),
        awards: vec![award::Award {
            gate: None,
            lines: ["price", "norm", "amount"]
                .map(|name| award::Line { name: name.into(), label: Vec::new(), node: 0 })
                .into(),
            amount: 2,
            said: Vec::new(),
        }],
        outputs: vec![award::Output {
            name: "under_warranty".into(),
            label: Vec::new(),
            output_type: OutputType::One(Type::YesNo),
            gate: None,
            node: 0,
        }],
        places: Vec::new(),
    }
}

fn day(text: &str) -> Date10 {
    Date10(Date::read(text).unwrap())
}

fn document(
    title: &'static str,
    need: NeedName<'static>,
    status: DocumentStatus,
    defect: Option<(&'static str, &str)>,
) -> Document<'static> {
    Document {
        kind: "cash_receipt",
        title,
        need,
        status,
        defects: defect
            .map(|(code, message)| Defect { code, field: None, message: message.into() })
            .into_iter()
            .collect(),
    }
}

fn reason() -> Reason<'static> {
    Reason {
        code: "device_gain_too_low",
        effect: Effect::Refuse,
        message: "The device amplifies by 25 dB; at least 30 dB is needed.".into(),
        remedy: Some(
            "Ask the audiologist whether a stronger device suits you, and file again with its receipt.".into(),
        ),
        basis: vec![Basis { source: "seed_004", at: "Which devices" }],
        because: vec![Because {
            says: "device.gain >= 30 dB",
            at: "compensation.duly:41:3",
            facts: vec![Seen { fact: "device.gain".into(), value: Some("25.5".into()) }],
        }],
        subjects: Vec::new(),
    }
}

fn questions() -> Vec<Question<'static>> {
    vec![
        Question {
            fact: "applicant.region",
            kind: Kind::Choice,
            unit: None,
            options: vec![Choice { value: "moscow", text: "Moscow" }, Choice { value: "other", text: "other" }],
            may_be_none: true,
            text: "Where do you live?",
        },
        Question {
            fact: "device.gain",
            kind: Kind::Number,
            unit: Some("dB"),
            options: Vec::new(),
            may_be_none: false,
            text: "",
        },
    ]
}

fn decision() -> Decision<'static> {
    let line = |name, label, amount: &str| Line { name, label, amount: Some(amount.into()) };
    Decision {
        policy: "ru.hearing_aid.compensation",
        digest: "sha256:0",
        governed_by: Some(day("2025-03-14")),
        outcome: Outcome::Refused,
        eligibility: Eligibility::Ineligible,
        reasons: vec![reason()],
        open: vec!["filed_late", "already_compensated"],
        documents: vec![
            document("Application", NeedName::Required, DocumentStatus::Accepted, None),
            document("Passport", NeedName::Required, DocumentStatus::Missing, None),
            document(
                "Cash receipt",
                NeedName::OneOf("receipt"),
                DocumentStatus::Defective,
                Some(("too_large", "The file must not be larger than 5 MB.")),
            ),
            document("", NeedName::Unknown, DocumentStatus::Unchecked, None),
            document(
                "Examination sheet with a title so long that it has to be wrapped into two lines",
                NeedName::Optional,
                DocumentStatus::NotRequired,
                None,
            ),
        ],
        award: Some(Award {
            amount: "18369.76".into(),
            currency: "RUB",
            payable: false,
            lines: vec![
                line("price", "Price", "21000.00"),
                line("norm", "", "18369.76"),
                line("amount", "", "18369.76"),
            ],
        }),
        outputs: Outputs(vec![Output {
            name: "under_warranty",
            label: "under warranty",
            value: OutputValue::Bool(true),
        }]),
        deadlines: vec![
            Deadline { name: "filing", label: "Filing", earliest: None, due: day("2026-03-02") },
            Deadline { name: "expertise", label: "", earliest: Some(day("2025-03-26")), due: day("2025-04-02") },
        ],
        repeat: Repeat { next_from: Some(day("2026-01-01")) },
        questions: questions(),
        trace: Some(vec![Traced {
            kind: "criterion",
            name: "strong_enough".into(),
            at: "compensation.duly:41:1".into(),
            value: "raised".into(),
            reads: vec![Seen { fact: "device.gain".into(), value: None }],
        }]),
    }
}

fn page(locale: &str, width: usize) -> String {
    let page = render(&program(), &decision(), Some(locale), width);
    anstream::adapter::strip_str(&page).to_string()
}

#[test]
fn the_page_in_english() {
    insta::assert_snapshot!(page("en", 80));
}

#[test]
fn the_page_in_russian_and_narrow() {
    insta::assert_snapshot!(page("ru", 60));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [40, 60, 80, 100] {
        for locale in ["en", "ru"] {
            for line in page(locale, width).lines() {
                assert!(page::columns(line) <= width, "{width}: {line}");
                assert_eq!(line, line.trim_end());
            }
        }
    }
}
