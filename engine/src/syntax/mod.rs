//! TEXT → AST. The only place that knows pest.
//!
//! The text is first looked over (`scan.rs`): hidden characters, brackets, nesting and size, all without
//! recursion. Then it is cut into declarations – each starts in the first column – and every piece is parsed
//! by itself, so a broken one costs one error and the rest is still checked.

pub mod award;
pub mod criterion;
pub mod deadline;
pub mod definition;
pub mod document;
pub mod expression;
pub mod fact;
pub mod header;
pub mod import;
pub mod message;
pub mod output;
pub mod parameter;
mod reader;
pub mod reason;
pub mod repeat;
mod scan;
mod usual;

pub use expression::{Expr, ExprKind};
use reader::Rule;
pub use scan::Comment;

use crate::diagnostic::{Code, Diagnostic, is_full};
use crate::source::{Span, Spanned};
use reader::{Pair, Reader};

/// A name at its place.
pub type Name = Spanned<String>;

/// One file as it was written, declarations in their order.
#[derive(Debug, Clone, Default)]
pub struct Module {
    /// What the head of the file says.
    pub header: header::Header,
    /// The declarations.
    pub declarations: Vec<Declaration>,
    /// Names of declarations that could not be read; an empty one stands for any.
    pub broken: Vec<String>,
    /// Could a line of the header not be read?
    pub broken_header: bool,
    /// The comments, for tools that print the text again.
    pub comments: Vec<Comment>,
}

/// Any declaration but those of the header.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each variant is documented at its type")]
pub enum Declaration {
    Import(import::Import),
    Source(header::SourceDeclaration),
    Unit(header::Unit),
    Type(fact::TypeDefinition),
    Fact(fact::Fact),
    Define(definition::Define),
    Parameter(parameter::Parameter),
    Criterion(criterion::Criterion),
    Reason(reason::Reason),
    Deadline(deadline::Deadline),
    Repeat(repeat::Repeat),
    Award(award::Award),
    Output(output::Output),
    Document(document::Document),
    Group(document::Group),
    Channel(document::Channel),
    Use(import::Use),
}

/// Parses one source. Whatever can be read is returned; everything wrong is reported.
pub fn parse(file: u16, text: &str, problems: &mut Vec<Diagnostic>) -> Module {
    let Some(scanned) = scan::scan(file, text, problems) else {
        return Module { broken: vec![String::new()], broken_header: true, ..Module::default() };
    };
    let mut module = Module { comments: scanned.comments, ..Module::default() };
    for piece in &scanned.unreadable {
        module.note_broken(text.get(piece.start as usize..piece.end as usize).unwrap_or_default());
    }
    for piece in scanned.pieces {
        if is_full(problems) {
            break;
        }
        let mut reader = Reader::new(file, piece.start, problems);
        let Some(slice) = text.get(piece.start as usize..piece.end as usize) else {
            continue;
        };
        match reader.parse(slice) {
            Some(pair) => read_declaration(&mut reader, pair, &mut module),
            None => module.note_broken(slice),
        }
    }
    module
}

fn read_declaration(r: &mut Reader<'_>, pair: Pair<'_>, module: &mut Module) {
    let span = r.span(&pair);
    let declaration = match pair.as_rule() {
        Rule::import => Declaration::Import(import::read_import(r, pair)),
        Rule::use_it => Declaration::Use(import::read_use(r, pair)),
        Rule::source => Declaration::Source(header::read_source(r, pair)),
        Rule::unit => Declaration::Unit(header::read_unit(r, pair)),
        Rule::type_definition => Declaration::Type(fact::read_type_definition(r, pair)),
        Rule::fact => Declaration::Fact(fact::read_fact(r, pair)),
        Rule::define => Declaration::Define(definition::read_define(r, pair)),
        Rule::parameter => Declaration::Parameter(parameter::read_parameter(r, pair)),
        Rule::criterion => Declaration::Criterion(criterion::read_criterion(r, pair)),
        Rule::reason => Declaration::Reason(reason::read_reason(r, pair)),
        Rule::deadline => Declaration::Deadline(deadline::read_deadline(r, pair)),
        Rule::repeat => Declaration::Repeat(repeat::read_repeat(r, pair)),
        Rule::award => Declaration::Award(award::read_award(r, pair)),
        Rule::output => Declaration::Output(output::read_output(r, pair)),
        Rule::document => Declaration::Document(document::read_document(r, pair)),
        Rule::group => Declaration::Group(document::read_group(r, pair)),
        Rule::channel => Declaration::Channel(document::read_channel(r, pair)),
        _ => {
            if !header::read_header_line(r, pair, &mut module.header) {
                r.problem(Diagnostic::new(Code::Unreadable, span, "this is not a declaration"));
            }
            return;
        }
    };
    module.declarations.push(declaration);
}

impl Module {
    /// Remembers what a declaration that cannot be read would have been called.
    fn note_broken(&mut self, text: &str) {
        let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).filter(|w| !w.is_empty());
        let opening = words.next().unwrap_or_default();
        if !reader::OPENING_WORDS.contains(&opening) {
            self.broken.push(opening.to_owned());
        }
        match opening {
            "policy" | "part" | "title" | "locales" | "currency" | "calendar" | "governed" | "in" => {
                self.broken_header = true
            }
            "import" | "use" => self.broken.push(String::new()),
            "one" => self.broken.extend(words.nth(1).map(str::to_owned)),
            _ => self.broken.extend(words.next().map(str::to_owned)),
        }
        // What it would have raised is declared there too.
        let mut raised = text.split_whitespace().skip_while(|w| *w != "else").skip(1);
        while let Some(word) = raised.next() {
            if !["refuse", "return", "review", "note"].contains(&word) {
                self.broken.push(word.to_owned());
                raised.find(|w| *w == "else");
            }
        }
    }
}

impl Declaration {
    /// The place of the declared name, for messages.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Import(d) => d.name.span,
            Self::Source(d) => d.name.span,
            Self::Unit(d) => d.name.span,
            Self::Type(d) => d.name.span,
            Self::Fact(d) => d.name.span,
            Self::Define(d) => d.name.span,
            Self::Parameter(d) => d.name.span,
            Self::Criterion(d) => d.name.span,
            Self::Reason(d) => d.name.span,
            Self::Deadline(d) => d.name.span,
            Self::Repeat(d) => d.span,
            Self::Award(d) => d.span,
            Self::Output(d) => d.name.span,
            Self::Document(d) => d.name.span,
            Self::Group(d) => d.name.span,
            Self::Channel(d) => d.name.span,
            Self::Use(d) => d.span,
        }
    }
}
