//! Criteria, and the order in which everything is put to work.

use super::builder::Builder;
use crate::diagnostic::Code;
use crate::program::expression::{Node, NodeId};
use crate::program::reason::When;
use crate::syntax::criterion::Criterion;
use crate::syntax::header::Window;
use crate::syntax::{Declaration, Expr, Name};

/// What `use` adds to what it puts to work.
#[derive(Clone, Copy, Default)]
pub(super) struct Narrowing<'a> {
    /// A condition: only when it holds (yes), or not where it does (no).
    pub when: Option<(&'a Expr, bool)>,
    /// The days on which it works.
    pub window: Option<&'a Window>,
}

impl<'a> Builder<'a> {
    /// Puts the file's declarations to work, in the order of the text.
    pub fn work(&mut self) {
        let loaded = self.loaded;
        let own = &loaded.modules[0].declarations;
        self.own_documents(own);
        self.own_deadlines(own);
        self.build_channels();
        self.own_parameters();
        self.own_definitions();
        for declaration in own {
            match declaration {
                Declaration::Criterion(criterion) => self.criterion(criterion, Narrowing::default()),
                Declaration::Deadline(deadline) => self.deadline(deadline, Narrowing::default()),
                Declaration::Repeat(repeat) => self.repeat(repeat, Narrowing::default()),
                Declaration::Award(award) => self.award(award, Narrowing::default()),
                Declaration::Use(put) => self.put_to_work(put),
                _ => {}
            }
        }
        self.join_award_lines();
        self.build_documents();
        self.document_reasons();
        for declaration in own {
            match declaration {
                Declaration::Output(output) => self.output(&output.name),
                Declaration::Use(put) => self.put_outputs_to_work(put),
                _ => {}
            }
        }
    }

    /// What needs every name: texts, and what stands idle.
    pub fn finish(&mut self) {
        self.after_outcome = true;
        self.reason_texts();
        self.idle_reasons();
        self.own_texts();
    }

    pub fn criterion(&mut self, criterion: &'a Criterion, narrowed: Narrowing<'a>) {
        let condition = self.condition(&criterion.condition);
        self.check_criterion(criterion, condition);
        let holds = self.narrowed(condition, criterion.window.as_ref(), narrowed);
        self.raise(&criterion.raise, When::Unmet(holds), &criterion.name.node, criterion.name.span);
    }

    /// A condition that is asked for only inside a window and as far as `use` says.
    pub fn narrowed(&mut self, condition: NodeId, window: Option<&'a Window>, narrowed: Narrowing<'a>) -> NodeId {
        let mut members = Vec::new();
        for window in [window, narrowed.window] {
            if let Some(inside) = self.window(window) {
                members.push(self.node(Node::Not(inside)));
            }
        }
        if let Some((expr, only_when)) = narrowed.when {
            let node = self.condition(expr);
            members.push(if only_when { self.node(Node::Not(node)) } else { node });
        }
        if members.is_empty() {
            return condition;
        }
        members.push(condition);
        self.node(Node::Any(members))
    }

    /// A gate that opens inside a window and as far as `use` says.
    pub fn gate(
        &mut self,
        window: Option<&'a Window>,
        when: Option<&'a Expr>,
        narrowed: Narrowing<'a>,
    ) -> Option<NodeId> {
        let windows = [window, narrowed.window];
        let mut members: Vec<NodeId> = windows.into_iter().filter_map(|w| self.window(w)).collect();
        members.extend(when.map(|w| self.condition(w)));
        if let Some((expr, only_when)) = narrowed.when {
            let node = self.condition(expr);
            members.push(if only_when { node } else { self.node(Node::Not(node)) });
        }
        match members.as_slice() {
            [] => None,
            [only] => Some(*only),
            _ => Some(self.node(Node::All(members))),
        }
    }

    /// Checks the texts of own declarations that nothing has read yet.
    fn own_texts(&mut self) {
        let loaded = self.loaded;
        for declaration in &loaded.modules[0].declarations {
            if let Declaration::Source(source) = declaration
                && !self.program.sources.iter().any(|s| s.name == source.name.node)
            {
                self.texts(&source.title);
            }
        }
    }

    /// The two reasons about documents come last, unless `use` places them.
    fn document_reasons(&mut self) {
        if self.program.documents.is_empty() || self.is_part {
            return;
        }
        for (code, when) in
            [("documents_missing", When::DocumentsMissing), ("documents_defective", When::DocumentsDefective)]
        {
            if self.program.raises.iter().any(|r| r.when == when) {
                continue;
            }
            let Some(declared) = self.names.reasons.get(code).map(|r| r[0]) else {
                // An import that failed may be the one that declares them.
                let lost_import = self.problems.iter().any(|p| p.code == Code::UnknownImport);
                if self.is_broken_name(code) || lost_import {
                    continue;
                }
                let span = self.first_document_span();
                self.problem(Code::DocumentReasons, span, format!("there are documents, and no reason `{code}`"))
                    .help = "import the part that declares both reasons, such as `import ru.common.documents`".into();
                continue;
            };
            self.place_document_reason(declared.name, when, Narrowing::default());
        }
    }

    pub fn place_document_reason(&mut self, name: &'a Name, when: When, narrowed: Narrowing<'a>) {
        if let Some(reason) = self.reason(name, None) {
            let gate = self.gate(None, None, narrowed);
            let raise = self.add_raise(reason, when, &name.node, name.span);
            self.program.raises[usize::from(raise)].gate = gate;
        }
    }
}
