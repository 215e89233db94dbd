//! `use`: what is imported goes to work, at this place of every order.

use super::builder::Builder;
use super::criterion::Narrowing;
use crate::diagnostic::{Code, nearest};
use crate::program::reason::When;
use crate::syntax::Name;
use crate::syntax::import::Use;

impl Use {
    /// What it adds to what it puts to work.
    pub(super) fn narrowing(&self) -> Narrowing<'_> {
        let when = self.unless.as_ref().map(|e| (e, false)).or(self.when.as_ref().map(|e| (e, true)));
        Narrowing { when, window: self.window.as_ref() }
    }
}

impl<'a> Builder<'a> {
    pub fn put_to_work(&mut self, put: &'a Use) {
        let narrowed = put.narrowing();
        for name in &put.names {
            self.narrowed_in_vain(put, name);
            if !self.put_one_to_work(name, narrowed) && !self.is_other_kind(name) {
                self.no_use(name);
            }
        }
        let documents = put.names.iter().any(|n| self.documents.contains_key(&n.node) || self.is_group(&n.node));
        if !documents && let Some(clause) = put.clauses.first() {
            self.problem(Code::NotAllowedHere, clause.span, "only a document can be narrowed by clauses").help =
                "write `use NAME unless …` to narrow a criterion".into();
        }
    }

    /// Channels and outputs cannot be narrowed: what they are is for every claim.
    fn narrowed_in_vain(&mut self, put: &Use, name: &Name) {
        let node = name.node.as_str();
        let whole = self.names.channels.contains_key(node) || self.names.outputs.contains_key(node);
        if whole && (put.window.is_some() || put.when.is_some() || put.unless.is_some()) {
            self.problem(Code::NotAllowedHere, name.span, format!("`{node}` cannot be narrowed by `use`")).help =
                "put its `in force` where it is declared".into();
        }
    }

    fn is_group(&self, name: &str) -> bool {
        self.program.groups.iter().any(|g| g.name == name)
    }

    /// Criteria, deadlines, the repeat rule and the award that a name means.
    fn put_one_to_work(&mut self, name: &'a Name, narrowed: Narrowing<'a>) -> bool {
        match name.node.as_str() {
            "documents_missing" => return self.document_reason(name, When::DocumentsMissing, narrowed),
            "documents_defective" => return self.document_reason(name, When::DocumentsDefective, narrowed),
            _ => {}
        }
        let mut found = false;
        let means = |code: Option<&Name>| code.is_some_and(|c| c.node == name.node);
        let criteria = self.names.criteria.clone();
        for criterion in criteria {
            if !self.is_own(criterion.name.span)
                && (criterion.name.node == name.node || means(criterion.raise.name.as_ref()))
            {
                self.criterion(criterion, narrowed);
                found = true;
            }
        }
        for deadline in self.deadlines_behind(&name.node) {
            self.deadline(deadline, narrowed);
            found = true;
        }
        let repeats = self.names.repeats.clone();
        for repeat in repeats {
            if !self.is_own(repeat.span) && (name.node == "repeat" || means(repeat.raise.name.as_ref())) {
                self.repeat(repeat, narrowed);
                found = true;
            }
        }
        let awards = self.names.awards.clone();
        for award in awards.into_iter().filter(|a| a.span.file != 0 && name.node == "award") {
            self.award(award, narrowed);
            found = true;
        }
        found
    }

    fn document_reason(&mut self, name: &'a Name, when: When, narrowed: Narrowing<'a>) -> bool {
        if self.names.reasons.contains_key(name.node.as_str()) {
            self.place_document_reason(name, when, narrowed);
            return true;
        }
        false
    }

    /// Documents, groups, channels and outputs are put to work elsewhere, in their own orders.
    fn is_other_kind(&self, name: &Name) -> bool {
        let node = name.node.as_str();
        self.documents.contains_key(node)
            || self.is_group(node)
            || self.names.channels.contains_key(node)
            || self.names.outputs.get(node).is_some_and(|o| !self.is_own(o[0].name.span))
    }

    pub fn put_outputs_to_work(&mut self, put: &'a Use) {
        for name in &put.names {
            if self.names.outputs.get(name.node.as_str()).is_some_and(|o| !self.is_own(o[0].name.span)) {
                self.output(name);
            }
        }
    }

    fn no_use(&mut self, name: &Name) {
        if self.is_broken_name(&name.node) {
            return;
        }
        let node = name.node.as_str();
        let own = self
            .names
            .criteria
            .iter()
            .any(|c| c.name.node == node || c.raise.name.as_ref().is_some_and(|n| n.node == node))
            || self.names.deadlines.contains_key(node);
        let known = self.names.reasons.keys().chain(self.names.documents.keys()).chain(self.names.groups.keys());
        let known = known.chain(self.names.channels.keys()).chain(self.names.deadlines.keys()).copied();
        let near = nearest(node, known.filter(|k| *k != node)).map(str::to_owned);
        let (message, help) = if own {
            (format!("`{node}` is declared in this file and works already"), "take this `use` away".to_owned())
        } else if self.names.reasons.contains_key(node) {
            (
                format!("no imported criterion raises the reason `{node}`"),
                format!("raise it where you need it: `else {node}`"),
            )
        } else {
            let help =
                near.map_or_else(|| "import the part that declares it".to_owned(), |n| format!("did you mean `{n}`?"));
            (format!("nothing that can be put to work is called `{node}`"), help)
        };
        self.problem(Code::NoUse, name.span, message).help = help;
    }
}
