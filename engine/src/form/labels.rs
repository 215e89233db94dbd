//! How people read what a decision only names: lines of the award, outputs, deadlines, sources.

use super::{FormFact, plain};
use crate::decision::ask::Ask;
use crate::program::award::{Output, OutputType};
use crate::program::message::Texts;
use serde::Serialize;

/// A name in a decision and its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Label<'p> {
    /// The name in the decision.
    pub name: &'p str,
    /// How people read it.
    pub label: Option<&'p str>,
}

/// An output: what it is called, and how its value is to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormOutput<'p> {
    /// Is its value a list of such values?
    pub is_list: bool,
    /// Its name under `fact`, its label, type, unit and options.
    #[serde(flatten)]
    pub value: FormFact<'p>,
}

pub(super) fn lines(ask: Ask<'_>) -> Vec<Label<'_>> {
    let awards = &ask.program.awards;
    let later = |nth: usize, name: &str| awards.iter().skip(nth + 1).any(|a| a.lines.iter().any(|l| l.name == name));
    let lines = awards.iter().enumerate().flat_map(|(nth, award)| award.lines.iter().map(move |line| (nth, line)));
    let last = lines.filter(|(nth, line)| !later(*nth, &line.name));
    last.map(|(_, line)| label(ask, &line.name, &line.label)).collect()
}

pub(super) fn deadlines(ask: Ask<'_>) -> Vec<Label<'_>> {
    let deadlines = ask.program.deadlines.iter().filter_map(|d| d.generations.last().map(|g| (&d.name, g)));
    deadlines.map(|(name, generation)| label(ask, name, &generation.label)).collect()
}

pub(super) fn sources(ask: Ask<'_>) -> Vec<Label<'_>> {
    ask.program.sources.iter().map(|s| label(ask, &s.name, &s.title)).collect()
}

pub(super) fn outputs(ask: Ask<'_>) -> Vec<FormOutput<'_>> {
    ask.program.outputs.iter().map(|declared| output(ask, declared)).collect()
}

fn label<'p>(ask: Ask<'p>, name: &'p str, texts: &'p Texts) -> Label<'p> {
    Label { name, label: Some(ask.text(texts)).filter(|l| !l.is_empty()) }
}

fn output<'p>(ask: Ask<'p>, declared: &'p Output) -> FormOutput<'p> {
    let (is_list, of) = match declared.output_type {
        OutputType::One(of) => (false, of),
        OutputType::Many(of) => (true, of),
    };
    let Label { name, label } = label(ask, &declared.name, &declared.label);
    FormOutput { is_list, value: FormFact { label, text: label.unwrap_or(name), ..plain(ask, name, of) } }
}
