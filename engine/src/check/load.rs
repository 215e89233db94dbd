//! Loading a text and everything it imports, each once, before those who import it.

use super::Library;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{Source, Span};
use crate::syntax::{self, Declaration, Module};

/// Files in one compilation.
const MAX_FILES: usize = 200;

/// Everything that was read.
pub(super) struct Loaded {
    pub sources: Vec<Source>,
    pub modules: Vec<Module>,
    /// The modules in the order in which their facts come: imports before those who import them.
    pub order: Vec<usize>,
}

struct Loader<'l> {
    library: &'l dyn Library,
    loaded: Loaded,
    names: Vec<String>,
    /// The files being loaded, the innermost last.
    open: Vec<usize>,
}

pub(super) fn load(library: &dyn Library, source: Source, problems: &mut Vec<Diagnostic>) -> Loaded {
    let loaded = Loaded { sources: Vec::new(), modules: Vec::new(), order: Vec::new() };
    let mut loader = Loader { library, loaded, names: Vec::new(), open: Vec::new() };
    loader.add(source, String::new(), problems);
    loader.loaded
}

impl Loader<'_> {
    fn add(&mut self, source: Source, name: String, problems: &mut Vec<Diagnostic>) {
        let file = self.loaded.sources.len();
        let module = syntax::parse(u16::try_from(file).unwrap_or(u16::MAX), &source.text, problems);
        let declared = module.header.policy.as_ref().or(module.header.part.as_ref());
        self.names.push(declared.map_or(name, |n| n.node.clone()));
        let imports: Vec<_> = module
            .declarations
            .iter()
            .filter_map(|d| match d {
                Declaration::Import(import) => Some(import.name.clone()),
                _ => None,
            })
            .collect();
        self.loaded.sources.push(source);
        self.loaded.modules.push(module);
        self.open.push(file);
        for import in imports {
            self.import(&import.node, import.span, problems);
        }
        self.open.pop();
        self.loaded.order.push(file);
    }

    fn import(&mut self, name: &str, span: Span, problems: &mut Vec<Diagnostic>) {
        if let Some(known) = self.names.iter().position(|n| n == name) {
            if self.open.contains(&known) {
                let message = format!("`{name}` imports this file again: the imports go round in a circle");
                let help = "move what both need into a part of its own, and import that from both";
                problems.push(Diagnostic::new(Code::ImportCycle, span, message).help(help));
            }
            return;
        }
        if self.loaded.sources.len() >= MAX_FILES {
            let message = format!("more than {MAX_FILES} files are imported");
            problems.push(Diagnostic::new(Code::TooLarge, span, message).help("join small parts into larger ones"));
            return;
        }
        match self.library.source(name) {
            Some(source) => self.add(source, name.to_owned(), problems),
            None => {
                let names = self.library.names();
                let near = nearest(name, names.iter().map(String::as_str));
                let help = near.map_or_else(
                    || "an import names a file by its place in the library: `ru.common.channels` is `ru/common/channels.duly`".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                let message = format!("the library has no `{name}`");
                problems.push(Diagnostic::new(Code::UnknownImport, span, message).help(help));
            }
        }
    }
}
