//! Reasons at work: raised somewhere, with their texts.

use super::builder::Builder;
use super::scope::DeclaredReason;
use crate::diagnostic::{Code, nearest};
use crate::program::Node;
use crate::program::expression::NodeId;
use crate::program::reason::{Generation, Raise as Compiled, Reason, When};
use crate::source::Span;
use crate::syntax::Name;
use crate::syntax::reason::Raise;
use crate::value::Effect;

impl<'a> Builder<'a> {
    /// Adds a place where a reason is raised.
    pub fn raise(&mut self, raise: &'a Raise, when: When, name: &str, span: Span) -> Option<u16> {
        let code = raise.name.as_ref()?;
        let effect = raise.effect.as_ref().map(|e| (e.node, e.span));
        let reason = self.reason(code, effect)?;
        Some(self.add_raise(reason, when, name, span))
    }

    pub fn add_raise(&mut self, reason: u16, when: When, name: &str, span: Span) -> u16 {
        let reads_documents = match when {
            When::Unmet(node) => self.reads_documents(node),
            When::DocumentsMissing | When::DocumentsDefective => true,
        };
        let place = self.at(span);
        self.program.raises.push(Compiled { reason, when, gate: None, reads_documents, name: name.to_owned(), place });
        u16::try_from(self.program.raises.len() - 1).unwrap_or(u16::MAX)
    }

    /// The number of a reason at work. Its texts are read at the end, when every name is known.
    pub fn reason(&mut self, code: &Name, effect: Option<(Effect, Span)>) -> Option<u16> {
        let Some(generations) = self.names.reasons.get(code.node.as_str()) else {
            if self.is_broken_name(&code.node) {
                return None;
            }
            let near = nearest(&code.node, self.names.reasons.keys().copied()).map(str::to_owned);
            let help = near.map_or_else(
                || format!("write its texts here: `{} {{ en \"…\" }}`, or import the part that declares it", code.node),
                |near| format!("did you mean `{near}`?"),
            );
            self.problem(
                Code::UndeclaredReason,
                code.span,
                format!("the reason `{}` is declared nowhere", code.node),
            )
            .help = help;
            return None;
        };
        let declared = generations.iter().find(|r| r.effect.is_some()).or(generations.first()).copied();
        let own = declared.and_then(|r| r.effect);
        let declared_effect = own.or(effect.map(|(e, _)| e));
        if let (Some(own), Some((said, span)), Some(declared)) = (own, effect, declared)
            && own != said
        {
            self.effect_differs(&code.node, span, declared.name.span);
        }
        let Some(effect) = declared_effect else {
            self.problem(
                Code::UndeclaredReason,
                code.span,
                format!("nothing says what the reason `{}` does", code.node),
            )
            .help = "write its effect before it: `else refuse`, `else return`, `else review` or `else note`".into();
            return None;
        };
        if let Some(known) = self.reasons.get(&code.node) {
            return Some(*known);
        }
        let number = u16::try_from(self.program.reasons.len()).ok()?;
        self.program.reasons.push(Reason { code: code.node.clone(), effect, generations: Vec::new() });
        self.reasons.insert(code.node.clone(), number);
        Some(number)
    }

    /// Tells of a reason that has two effects.
    pub fn effect_differs(&mut self, code: &str, span: Span, first: Span) {
        let message = format!("`{code}` has another effect where it is declared");
        let problem = self.problem(Code::EffectDiffers, span, message);
        problem.related.push((first, "declared here".into()));
        problem.help = "a reason has one effect wherever it is raised".into();
    }

    /// Reads the texts of every reason at work.
    pub fn reason_texts(&mut self) {
        for number in 0..self.program.reasons.len() {
            let code = self.program.reasons[number].code.clone();
            let mut declared = self.names.reasons.get(code.as_str()).cloned().unwrap_or_default();
            declared.sort_by_key(|r| r.window.and_then(|w| w.from));
            let several = declared.len() > 1;
            let generations = declared.iter().map(|r| self.reason_generation(r, several)).collect();
            self.program.reasons[number].generations = generations;
        }
    }

    fn reason_generation(&mut self, declared: &DeclaredReason<'a>, several: bool) -> Generation {
        let code = declared.name.node.as_str();
        let subjects = code == "documents_missing" || code == "documents_defective";
        let body = declared.body;
        let span = if body.message.entries.is_empty() { declared.name.span } else { body.span };
        let message = self.messages(&body.message, span, subjects);
        let remedy = body.remedy.as_ref().map(|t| self.messages(t, t.span, subjects)).unwrap_or_default();
        let basis = body.citations.iter().filter_map(|c| self.citation(c)).collect();
        Generation { gate: self.window(declared.window.filter(|_| several)), message, remedy, basis }
    }

    /// Tells of own declared reasons that nothing raises.
    pub fn idle_reasons(&mut self) {
        if self.is_part {
            return;
        }
        let idle: Vec<&'a Name> = self
            .names
            .reasons
            .values()
            .flatten()
            .filter(|r| r.alone && self.is_own(r.name.span) && !self.reasons.contains_key(&r.name.node))
            .map(|r| r.name)
            .collect();
        for name in idle {
            self.problem(Code::NotPutToWork, name.span, format!("nothing raises the reason `{}`", name.node)).help =
                format!("raise it with `else {}` after a criterion, or take it away", name.node);
        }
    }

    /// Does a condition hang on what was submitted?
    pub fn reads_documents(&self, node: NodeId) -> bool {
        let mut waiting = vec![node];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(node) = waiting.pop() {
            let Some(what) = self.program.nodes.get(node as usize).filter(|_| seen.insert(node)) else { continue };
            match what {
                Node::Submitted(_) | Node::Accepted(_) | Node::DocumentField { .. } => return true,
                Node::Definition(n) => waiting.extend(self.program.definitions.get(usize::from(*n)).map(|d| d.node)),
                Node::Call { function, .. } => {
                    waiting.extend(self.program.functions.get(usize::from(*function)).map(|f| f.body));
                }
                _ => {}
            }
            what.each(&mut |n| waiting.push(n));
        }
        false
    }
}
