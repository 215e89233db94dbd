//! Outputs.

use super::builder::Builder;
use super::criterion::Narrowing;
use super::types::{Ty, Typed};
use crate::diagnostic::Code;
use crate::program::Type;
use crate::program::award::{Output as Compiled, OutputType};
use crate::program::expression::{Node, NodeId};
use crate::syntax::Name;
use crate::syntax::output::Output;

impl<'a> Builder<'a> {
    /// Builds all generations of an output, where the first of them is put to work.
    pub fn output(&mut self, name: &Name) {
        if self.program.outputs.iter().any(|o| o.name == name.node) {
            return;
        }
        let generations = self.names.outputs.get(name.node.as_str()).cloned().unwrap_or_default();
        let Some(first) = generations.first().copied() else { return };
        if self.lines.contains_key(&first.name.node) {
            let line = self.names.awards.iter().flat_map(|a| &a.lines).find(|l| l.name.node == first.name.node);
            self.clash(line.map(|l| &l.name), &first.name);
        }
        self.after_outcome = true;
        let (ty, _) = self.fact_type(&first.fact_type);
        let built = generations.iter().map(|output| self.output_value(output, &ty));
        let built: Vec<(Typed, Option<NodeId>)> = built.collect();
        self.after_outcome = false;
        let output_type = self.output_type(first, &ty);
        let or_none = built.iter().any(|(typed, _)| typed.or_none);
        let gates: Option<Vec<NodeId>> = built.iter().map(|(_, gate)| *gate).collect();
        let gate = match gates.as_deref() {
            None => None,
            Some([only]) => Some(*only),
            Some(several) => Some(self.node(Node::Any(several.to_vec()))),
        };
        let windows = generations.iter().map(|g| g.window.as_ref().filter(|_| generations.len() > 1));
        let node = self.picked(windows.zip(built.iter().map(|(typed, _)| typed.node)).collect());
        let node = self.once(&first.name, node, &ty);
        self.lines.insert(first.name.node.clone(), (node, ty, or_none));
        let label = first.label.as_ref().map(|t| self.texts(t)).unwrap_or_default();
        self.program.outputs.push(Compiled { name: first.name.node.clone(), label, output_type, gate, node });
    }

    /// The value of one generation, and its gate.
    fn output_value(&mut self, output: &'a Output, ty: &Ty) -> (Typed, Option<NodeId>) {
        let (own, _) = self.fact_type(&output.fact_type);
        let typed = self.expr(&output.value, Some(&own));
        let typed = self.fit(typed, &own, output.value.span);
        let typed = self.fit(typed, ty, output.fact_type.span);
        let gate = self.gate(output.window.as_ref(), None, Narrowing::default());
        if let Some(raise) = &output.raise {
            // A reason reads no outcome; the place in the order is that of the output.
            self.raise_without_row(raise, &output.value, gate, &output.name);
        }
        (typed, gate)
    }

    fn output_type(&mut self, output: &Output, ty: &Ty) -> OutputType {
        let Ty::List(of) = ty else { return OutputType::One(self.stored_type(ty)) };
        if let Ty::Row(_) | Ty::Document(_) | Ty::List(_) = of.as_ref() {
            self.problem(Code::TypeMismatch, output.fact_type.span, "an output is a value or a list of plain values")
                .help = "collect one field: `collect x.kind for x in …`".into();
            return OutputType::Many(Type::Text);
        }
        OutputType::Many(self.stored_type(of))
    }
}
