//! The program under construction, and what all of the checker shares.

use super::load::Loaded;
use super::scope::Names;
use super::types::{Local, Ty};
use crate::diagnostic::{Code, Diagnostic, keep};
use crate::program::expression::{Constant, Node, NodeId, Place};
use crate::program::{Program, fact};
use crate::source::Span;
use crate::syntax::header::Window;
use crate::value::{Symbol, TextRef};
use std::collections::{BTreeMap, BTreeSet};

/// Builds a program out of the loaded modules.
pub(super) struct Builder<'a> {
    pub loaded: &'a Loaded,
    pub names: Names<'a>,
    pub program: Program,
    pub problems: Vec<Diagnostic>,
    pub is_part: bool,
    /// Where each fact is declared.
    pub fact_places: Vec<Span>,
    /// Facts by path: number, type, whether none is possible.
    pub fact_types: BTreeMap<String, (u16, Ty, bool)>,
    /// The names bound here, the innermost last.
    pub locals: Vec<Local>,
    /// The most locals alive at once in the function under construction.
    pub most_locals: usize,
    /// Paths that are known to be given here.
    pub given: Vec<String>,
    /// Definitions by name: done, or under construction.
    pub definitions: BTreeMap<String, Progress<(u16, Ty, bool)>>,
    pub functions: BTreeMap<String, Progress<(u16, Ty, bool)>>,
    /// Each generation of a parameter by its name and place among them.
    pub parameters: BTreeMap<(String, usize), Progress<(u16, Ty)>>,
    /// Types by name, each made once.
    pub named_types: BTreeMap<String, Ty>,
    /// Award lines and outputs that can be named so far.
    pub lines: BTreeMap<String, (NodeId, Ty, bool)>,
    /// The awards at work: when each is in force, and its lines.
    pub awards: Vec<super::award::AtWork<'a>>,
    /// When each repeat rule at work is in force.
    pub repeats: Vec<Option<&'a Window>>,
    /// Documents by kind and their state of construction.
    pub documents: BTreeMap<String, u16>,
    pub document_progress: Vec<Progress<()>>,
    pub deadlines: BTreeMap<String, u16>,
    /// Declarations of deadlines at work: file and place.
    pub deadlines_at_work: BTreeSet<(u16, u32)>,
    /// Reasons at work, by code.
    pub reasons: BTreeMap<String, u16>,
    /// The row above, inside a parameter.
    pub previous: Option<(NodeId, Ty)>,
    /// May the outcome be tested here?
    pub after_outcome: bool,
    /// How deep the checker itself is in definitions that need each other.
    pub depth: u32,
    line_starts: Vec<Vec<u32>>,
    reported_names: BTreeSet<(u16, String)>,
    /// Nodes that stand for something broken: nothing is concluded from them.
    pub broken_nodes: BTreeSet<NodeId>,
    texts: BTreeMap<String, TextRef>,
}

/// Something that is built when it is first needed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Progress<T> {
    /// Being built: to need it now is to go round in a circle.
    Open,
    /// Could not be built; already reported.
    Broken,
    /// Built.
    Done(T),
}

impl<'a> Builder<'a> {
    pub fn new(loaded: &'a Loaded, problems: Vec<Diagnostic>) -> Self {
        let line_starts = loaded.sources.iter().map(|s| starts_of(&s.text)).collect();
        Self {
            loaded,
            names: Names::default(),
            program: empty_program(),
            problems,
            is_part: false,
            fact_places: Vec::new(),
            fact_types: BTreeMap::new(),
            locals: Vec::new(),
            most_locals: 0,
            given: Vec::new(),
            definitions: BTreeMap::new(),
            functions: BTreeMap::new(),
            parameters: BTreeMap::new(),
            named_types: BTreeMap::new(),
            lines: BTreeMap::new(),
            awards: Vec::new(),
            repeats: Vec::new(),
            documents: BTreeMap::new(),
            document_progress: Vec::new(),
            deadlines: BTreeMap::new(),
            deadlines_at_work: BTreeSet::new(),
            reasons: BTreeMap::new(),
            previous: None,
            after_outcome: false,
            depth: 0,
            line_starts,
            reported_names: BTreeSet::new(),
            broken_nodes: BTreeSet::new(),
            texts: BTreeMap::new(),
        }
    }

    pub fn into_parts(mut self) -> (Program, bool, Vec<Diagnostic>) {
        self.program.places.sort_by_key(|p| p.node);
        (self.program, self.is_part, self.problems)
    }

    /// Notes a problem and gives it back for more words.
    pub fn problem(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        keep(&mut self.problems, Diagnostic::new(code, span, message))
    }

    /// True the first time that a missing name is told in a file; one message for each is enough.
    pub fn first_report(&mut self, file: u16, name: &str) -> bool {
        !self.is_broken_name(name) && self.reported_names.insert((file, name.to_owned()))
    }

    /// Could the name be that of a declaration that cannot be read? Then its absence is no news.
    pub fn is_broken_name(&self, name: &str) -> bool {
        let first = name.split('.').next().unwrap_or(name);
        self.loaded.modules.iter().any(|m| m.broken.iter().any(|b| b == name || b == first || b.is_empty()))
    }

    /// Adds a node.
    pub fn node(&mut self, node: Node) -> NodeId {
        let id = NodeId::try_from(self.program.nodes.len()).unwrap_or(NodeId::MAX);
        self.program.nodes.push(node);
        id
    }

    pub fn constant(&mut self, constant: Constant) -> NodeId {
        self.node(Node::Constant(constant))
    }

    /// Tells where a condition stands, for explanations.
    pub fn place_node(&mut self, node: NodeId, span: Span) {
        let at = self.at(span);
        let says = self.says(span);
        self.program.places.push(Place { node, at, says });
    }

    /// `file:line:column`.
    pub fn at(&self, span: Span) -> String {
        let file = usize::from(span.file);
        let name = self.loaded.sources.get(file).map_or("", |s| s.name.as_str());
        let starts = self.line_starts.get(file).map_or(&[][..], Vec::as_slice);
        let line = starts.partition_point(|s| *s <= span.start);
        let from = starts.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        let column = self.slice(Span { file: span.file, start: from, end: span.start }).chars().count() + 1;
        format!("{name}:{line}:{column}")
    }

    /// The text at a place, as written.
    pub fn slice(&self, span: Span) -> &'a str {
        let source = self.loaded.sources.get(usize::from(span.file));
        source.and_then(|s| s.text.get(span.start as usize..span.end as usize)).unwrap_or_default()
    }

    /// The text at a place on one line, without comments.
    pub fn says(&self, span: Span) -> String {
        let lines = self.slice(span).lines().map(|l| l.split(" #").next().unwrap_or_default());
        let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
        words.join(" ").chars().take(400).collect()
    }

    /// The number of a name in the program's symbols.
    pub fn symbol(&mut self, name: &str) -> Symbol {
        if let Some(at) = self.program.symbols.iter().position(|s| s == name) {
            return Symbol::try_from(at).unwrap_or(Symbol::MAX);
        }
        self.program.symbols.push(name.to_owned());
        Symbol::try_from(self.program.symbols.len() - 1).unwrap_or(Symbol::MAX)
    }

    /// A text constant.
    pub fn text_constant(&mut self, text: &str) -> Constant {
        if let Some(known) = self.texts.get(text) {
            return Constant::Text(*known);
        }
        let start = u32::try_from(self.program.constants.len()).unwrap_or(u32::MAX);
        let reference = TextRef { start, len: u32::try_from(text.len()).unwrap_or(0) };
        self.program.constants.push_str(text);
        self.texts.insert(text.to_owned(), reference);
        Constant::Text(reference)
    }
}

/// Where each line begins.
fn starts_of(text: &str) -> Vec<u32> {
    let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
    [0].into_iter().chain(breaks.filter_map(|(at, _)| u32::try_from(at + 1).ok())).collect()
}

fn empty_program() -> Program {
    Program {
        name: String::new(),
        title: Vec::new(),
        locales: Vec::new(),
        currency: None,
        window: None,
        calendar: None,
        governed: 0,
        standard: fact::Standard::default(),
        symbols: Vec::new(),
        constants: String::new(),
        facts: Vec::new(),
        shapes: vec![fact::Shape::default()],
        rows: Vec::new(),
        choices: Vec::new(),
        units: Vec::new(),
        nodes: Vec::new(),
        definitions: Vec::new(),
        functions: Vec::new(),
        parameters: Vec::new(),
        channels: Vec::new(),
        documents: Vec::new(),
        groups: Vec::new(),
        sources: Vec::new(),
        reasons: Vec::new(),
        raises: Vec::new(),
        deadlines: Vec::new(),
        repeats: Vec::new(),
        awards: Vec::new(),
        outputs: Vec::new(),
        places: Vec::new(),
    }
}
