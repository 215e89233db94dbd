//! Outputs.

use super::builder::Builder;
use super::types::Ty;
use crate::diagnostic::Code;
use crate::program::Type;
use crate::program::award::{Output as Compiled, OutputType};
use crate::syntax::output::Output;

impl<'a> Builder<'a> {
    pub fn output(&mut self, output: &'a Output) {
        if self.program.outputs.iter().any(|o| o.name == output.name.node) {
            return;
        }
        if self.lines.contains_key(&output.name.node) {
            let line = self.names.awards.iter().flat_map(|a| &a.lines).find(|l| l.name.node == output.name.node);
            self.clash(line.map(|l| &l.name), &output.name);
        }
        self.after_outcome = true;
        let (ty, _) = self.fact_type(&output.fact_type);
        let typed = self.expr(&output.value, Some(&ty));
        let typed = self.fit(typed, &ty, output.value.span);
        let gate = self.gate(output.window.as_ref(), None, None);
        if let Some(raise) = &output.raise {
            // A reason reads no outcome; the place in the order is that of the output.
            self.raise_without_row(raise, &output.value, gate, &output.name);
        }
        self.after_outcome = false;
        let output_type = match &ty {
            Ty::List(of) => match of.as_ref() {
                Ty::Row(_) | Ty::Document(_) | Ty::List(_) => {
                    self.problem(
                        Code::TypeMismatch,
                        output.fact_type.span,
                        "an output is a value or a list of plain values",
                    )
                    .help = "collect one field: `collect x.kind for x in …`".into();
                    OutputType::Many(Type::Text)
                }
                of => OutputType::Many(self.stored_type(of)),
            },
            ty => OutputType::One(self.stored_type(ty)),
        };
        let node = self.once(&output.name, typed.node, &ty);
        self.lines.insert(output.name.node.clone(), (node, ty, typed.or_none));
        let label = output.label.as_ref().map(|t| self.texts(t)).unwrap_or_default();
        self.program.outputs.push(Compiled { name: output.name.node.clone(), label, output_type, gate, node });
    }
}
