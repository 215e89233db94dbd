//! Definitions and functions, built when they are first needed.

use super::builder::{Builder, Progress};
use super::types::{Ty, Typed};
use crate::diagnostic::{Code, nearest};
use crate::program::expression::{Definition, Function, Node};
use crate::source::Span;
use crate::syntax::definition::{Body, Define};
use crate::syntax::{Expr, Name};

/// How deep definitions may stand on each other.
const MAX_DEPTH: u32 = 64;

impl<'a> Builder<'a> {
    /// The value of a definition.
    pub fn defined(&mut self, name: &str, span: Span) -> Typed {
        let progress = self.definitions.get(name).cloned();
        let done = match progress {
            Some(progress) => progress,
            None => self.build_definition(name, span),
        };
        match done {
            Progress::Done((number, ty, or_none)) => Typed { node: self.node(Node::Definition(number)), ty, or_none },
            Progress::Open => {
                self.circle(name, span);
                self.broken()
            }
            Progress::Broken => self.broken(),
        }
    }

    /// Tells of declarations that need each other.
    pub fn circle(&mut self, name: &str, span: Span) {
        self.problem(
            Code::EvaluationCycle,
            span,
            format!("`{name}` needs itself: the definitions go round in a circle"),
        )
        .help = "say one of them without the others".into();
    }

    fn build_definition(&mut self, name: &str, span: Span) -> Progress<(u16, Ty, bool)> {
        let Some(generations) = self.names.defines.get(name).cloned() else { return Progress::Broken };
        if is_mixed(&generations) {
            return Progress::Broken;
        }
        if let Some(function) = generations.iter().find(|d| !d.bindings.is_empty()) {
            let message = format!("`{name}` is a function: it needs {} values", function.bindings.len());
            self.problem(Code::WrongArguments, span, message).help = format!("write `{name}(…)`");
            return Progress::Broken;
        }
        if !self.deeper(name, span) {
            return Progress::Broken;
        }
        self.definitions.insert(name.to_owned(), Progress::Open);
        let typed = self.apart(|this| this.generations(&generations));
        self.depth -= 1;
        let value_type = if typed.ty.is_broken() { None } else { Some(self.stored_type(&typed.ty)) };
        let number = self.program.definitions.len();
        let place = self.at(generations.first().map_or(span, |d| d.name.span));
        self.program.definitions.push(Definition { name: name.to_owned(), value_type, node: typed.node, place });
        let progress = match u16::try_from(number) {
            Ok(number) if !typed.ty.is_broken() => Progress::Done((number, typed.ty, typed.or_none)),
            _ => Progress::Broken,
        };
        self.definitions.insert(name.to_owned(), progress.clone());
        progress
    }

    fn deeper(&mut self, name: &str, span: Span) -> bool {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.depth -= 1;
            let message = format!("`{name}` stands on more than {MAX_DEPTH} definitions, one on another");
            self.problem(Code::TooDeep, span, message).help = "say it more directly".into();
            return false;
        }
        true
    }

    /// Builds something that sees no names bound where it is used.
    pub fn apart<T>(&mut self, build: impl FnOnce(&mut Self) -> T) -> T {
        let locals = std::mem::take(&mut self.locals);
        let given = std::mem::take(&mut self.given);
        let lines = std::mem::take(&mut self.lines);
        let most = std::mem::take(&mut self.most_locals);
        let previous = self.previous.take();
        let built = build(self);
        self.locals = locals;
        self.given = given;
        self.lines = lines;
        self.most_locals = most;
        self.previous = previous;
        built
    }

    /// The generation that the governing date picks; outside all of them it cannot be computed.
    fn generations(&mut self, generations: &[&'a Define]) -> Typed {
        let mut ty: Option<Ty> = None;
        let mut or_none = false;
        let mut values = Vec::new();
        for define in generations {
            let typed = self.body(define);
            let typed = match &ty {
                Some(ty) => self.fit(typed, &ty.clone(), define.name.span),
                None => typed,
            };
            or_none |= typed.or_none;
            ty.get_or_insert(typed.ty);
            values.push((define.window.as_ref(), typed.node));
        }
        Typed { node: self.picked(values), ty: ty.unwrap_or(Ty::Broken), or_none }
    }

    fn body(&mut self, define: &'a Define) -> Typed {
        let declared = define.result.as_ref().map(|r| self.fact_type(r));
        let want = declared.as_ref().map(|(ty, _)| ty.clone());
        let typed = match &define.body {
            Body::Value { base, exceptions } => self.with_exceptions(base, exceptions, want.as_ref()),
            Body::Table(table) => self.table(table, want.as_ref()),
        };
        let Some((ty, or_none)) = declared else { return typed };
        let typed = self.fit(typed, &ty, define.name.span);
        if typed.or_none && !or_none && !typed.ty.is_broken() {
            self.problem(
                Code::PossibleNone,
                define.name.span,
                format!("`{}` may be none, and its type does not say so", define.name.node),
            )
            .help = "write `or none` after its type, or say what none stands for with `or else`".into();
        }
        typed
    }

    fn with_exceptions(&mut self, base: &'a Expr, exceptions: &'a [(Expr, Expr)], want: Option<&Ty>) -> Typed {
        let mut ty = want.cloned();
        let mut or_none = false;
        let base_node = self.branch(base, &mut ty, &mut or_none);
        if exceptions.is_empty() {
            return Typed { node: base_node, ty: ty.unwrap_or(Ty::Broken), or_none };
        }
        let mut nodes = Vec::new();
        for (condition, value) in exceptions {
            let condition_node = self.condition(condition);
            let value_node = self.with_filter(Some(condition), |this| this.branch(value, &mut ty, &mut or_none));
            nodes.push((condition_node, value_node));
        }
        self.check_exceptions(&nodes, exceptions);
        let node = self.node(Node::Exceptions { base: base_node, exceptions: nodes });
        Typed { node, ty: ty.unwrap_or(Ty::Broken), or_none }
    }

    /// A call of a function of the policy.
    pub fn call_defined(&mut self, whole: &'a Expr, function: &'a Name, arguments: &'a [Expr]) -> Typed {
        let Some(generations) = self.names.defines.get(function.node.as_str()).cloned() else {
            let known =
                self.names.defines.iter().filter(|(_, d)| d.iter().any(|d| !d.bindings.is_empty())).map(|(n, _)| *n);
            let near = nearest(&function.node, known.chain(["min", "max"]));
            let help = near.map_or_else(
                || "declare it: `define f(x: money): money = …`".to_owned(),
                |n| format!("did you mean `{n}`?"),
            );
            self.problem(Code::UnknownName, function.span, format!("there is no function `{}`", function.node)).help =
                help;
            return self.broken();
        };
        let bindings = generations.first().map_or(&[][..], |d| d.bindings.as_slice());
        if bindings.len() != arguments.len() {
            let message =
                format!("`{}` needs {} values, and here are {}", function.node, bindings.len(), arguments.len());
            self.problem(Code::WrongArguments, whole.span, message).help =
                "give one value for each of its parameters".into();
            return self.broken();
        }
        let progress = self.functions.get(function.node.as_str()).cloned();
        let done = match progress {
            Some(progress) => progress,
            None => self.build_function(function, &generations),
        };
        let mut nodes = Vec::new();
        for ((_, fact_type), argument) in bindings.iter().zip(arguments) {
            let (ty, or_none) = self.fact_type(fact_type);
            let typed = self.expr(argument, Some(&ty));
            let typed = self.fit(typed, &ty, argument.span);
            if typed.or_none && !or_none && !typed.ty.is_broken() {
                self.possible_none(argument);
            }
            nodes.push(typed.node);
        }
        match done {
            Progress::Done((number, ty, or_none)) => {
                Typed { node: self.node(Node::Call { function: number, arguments: nodes }), ty, or_none }
            }
            Progress::Open => {
                self.circle(&function.node, function.span);
                self.broken()
            }
            Progress::Broken => self.broken(),
        }
    }

    fn build_function(&mut self, function: &Name, generations: &[&'a Define]) -> Progress<(u16, Ty, bool)> {
        if is_mixed(generations) {
            return Progress::Broken;
        }
        if !self.deeper(&function.node, function.span) {
            return Progress::Broken;
        }
        self.functions.insert(function.node.clone(), Progress::Open);
        let (typed, locals) = self.apart(|this| {
            for (name, fact_type) in generations.first().map_or(&[][..], |d| d.bindings.as_slice()) {
                let (ty, or_none) = this.fact_type(fact_type);
                this.bind(name, ty, or_none, false);
            }
            let typed = this.generations(generations);
            (typed, this.most_locals)
        });
        self.depth -= 1;
        let number = self.program.functions.len();
        let locals = u8::try_from(locals).unwrap_or(u8::MAX);
        self.program.functions.push(Function { name: function.node.clone(), locals, body: typed.node });
        let progress = match u16::try_from(number) {
            Ok(number) if !typed.ty.is_broken() => Progress::Done((number, typed.ty, typed.or_none)),
            _ => Progress::Broken,
        };
        self.functions.insert(function.node.clone(), progress.clone());
        progress
    }

    /// Builds every definition of the file, so that unused ones are checked too.
    pub fn own_definitions(&mut self) {
        let own: Vec<(&'a str, Span)> = self
            .names
            .defines
            .iter()
            .filter_map(|(name, defines)| {
                defines.iter().find(|d| self.is_own(d.name.span)).map(|d| (*name, d.name.span))
            })
            .collect();
        for (name, span) in own {
            let generations = self.names.defines.get(name).cloned().unwrap_or_default();
            if generations.iter().all(|d| d.bindings.is_empty()) {
                if !self.definitions.contains_key(name) {
                    self.build_definition(name, span);
                }
            } else if !self.functions.contains_key(name) {
                self.build_function(&Name::new(name.to_owned(), span), &generations);
            }
        }
    }
}

/// One name for a value and a function, or for functions of different values: told already, and nothing to build.
fn is_mixed(generations: &[&Define]) -> bool {
    let count = |d: &&Define| d.bindings.len();
    let first = generations.first().map(count);
    generations.iter().any(|d| Some(count(d)) != first)
}
