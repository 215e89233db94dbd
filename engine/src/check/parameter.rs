//! Dated parameters: their rows, and looking them up.

use super::builder::{Builder, Progress};
use super::types::{Ty, Typed};
use crate::diagnostic::{Code, counted, nearest};
use crate::program::expression::{Constant, Node, NodeId};
use crate::program::parameter::{Parameter as Compiled, Row, Series};
use crate::source::Span;
use crate::syntax::parameter::{Parameter, ParameterCell, ParameterRow};
use crate::syntax::{Expr, ExprKind, Name};
use crate::value::Date;

/// Which columns a parameter's table has.
struct Columns {
    /// Is there a column for the last day?
    until: bool,
    /// The keys that stand in the rows, by their numbers.
    labels: Vec<usize>,
    /// The members of the key that is spread over the columns; one empty entry where none is.
    spread: Vec<Option<Constant>>,
}

/// The rows for one combination of keys, while the table is read.
struct Growing {
    series: Series,
    /// The row above said `none`: nothing is in force until the next one.
    paused: bool,
}

impl Growing {
    /// Ends the last row the day before.
    fn pause(&mut self, from: Date) {
        self.paused = true;
        if let Some(last) = self.series.rows.last_mut().filter(|r| r.until.is_none_or(|until| until >= from)) {
            last.until = from.add_days(-1);
        }
    }
}

impl<'a> Builder<'a> {
    /// `NAME[KEYS] at DAY`, or whether a row is in force for it.
    pub fn lookup(
        &mut self,
        whole: &'a Expr,
        parameter: &'a Name,
        keys: &'a [Expr],
        at: Option<&'a Expr>,
        in_force: bool,
    ) -> Typed {
        let Some(day) = at else {
            let says = self.says(whole.span);
            self.problem(Code::WrongArguments, whole.span, format!("`{says}` does not say for which day")).help =
                format!("write `{says} at` and a date");
            return self.broken();
        };
        let Some(generations) = self.names.parameters.get(parameter.node.as_str()).cloned() else {
            if self.is_broken_name(&parameter.node) {
                return self.broken();
            }
            let near = nearest(&parameter.node, self.names.parameters.keys().copied()).map(str::to_owned);
            let help = near.map_or_else(
                || "declare it with `parameter`, or import the part that does".to_owned(),
                |n| format!("did you mean `{n}`?"),
            );
            self.problem(Code::UnknownName, parameter.span, format!("there is no parameter `{}`", parameter.node))
                .help = help;
            return self.broken();
        };
        let declared = generations[0];
        if declared.keys.len() != keys.len() {
            let message = format!("`{}` has {} keys, and here are {}", parameter.node, declared.keys.len(), keys.len());
            let names: Vec<&str> = declared.keys.iter().map(|(k, _)| k.node.as_str()).collect();
            self.problem(Code::WrongArguments, whole.span, message).help = if names.is_empty() {
                format!("write `{} at` and a date", parameter.node)
            } else {
                format!("write `{}[{}] at` and a date", parameter.node, names.join(", "))
            };
            return self.broken();
        }
        let keys = declared.keys.iter().zip(keys).map(|((name, written), key)| {
            let ty = self.key_type(name, written.as_ref());
            self.value_of(key, &ty)
        });
        let keys: Vec<NodeId> = keys.collect();
        let day = self.value_of(day, &Ty::Date);
        self.looked_up(parameter, &keys, day, in_force)
    }

    /// The lookup in the generation that the governing date picks.
    fn looked_up(&mut self, parameter: &Name, keys: &[NodeId], day: NodeId, in_force: bool) -> Typed {
        let generations = self.names.parameters.get(parameter.node.as_str()).cloned().unwrap_or_default();
        let mut ty = in_force.then_some(Ty::YesNo);
        let mut values = Vec::new();
        for (nth, generation) in generations.iter().enumerate() {
            let Some((number, of)) = self.built_parameter((&parameter.node, nth), parameter.span) else {
                return self.broken();
            };
            let keys = keys.to_vec();
            let node = match in_force {
                true => Node::InForce { parameter: number, keys, day },
                false => Node::Lookup { parameter: number, keys, day },
            };
            let ty = ty.get_or_insert_with(|| of.clone()).clone();
            let typed = Typed { node: self.node(node), ty: if in_force { Ty::YesNo } else { of }, or_none: false };
            values.push((generation.window.as_ref(), self.fit(typed, &ty, generation.fact_type.span).node));
        }
        if in_force && values.iter().any(|(window, _)| window.is_some()) {
            // Outside all windows no row is in force.
            values.push((None, self.constant(Constant::Bool(false))));
        }
        Typed { node: self.picked(values), ty: ty.unwrap_or(Ty::Broken), or_none: false }
    }

    /// `NAME[KEYS] is in force at DAY`.
    pub fn in_force(&mut self, lookup: &'a Expr, at: &'a Expr) -> Typed {
        match &lookup.kind {
            ExprKind::Lookup { parameter, keys, at: None } => self.lookup(lookup, parameter, keys, Some(at), true),
            ExprKind::Path(path) if self.names.parameters.contains_key(path.as_str()) => {
                let keyed = self.names.parameters.get(path.as_str()).is_some_and(|p| !p[0].keys.is_empty());
                if keyed {
                    let message = format!("`{path}` has keys, and here are none");
                    self.problem(Code::WrongArguments, lookup.span, message).help =
                        format!("write `{path}[…] is in force at …`");
                    return self.broken();
                }
                let day = self.value_of(at, &Ty::Date);
                self.looked_up(&Name::new(path.clone(), lookup.span), &[], day, true)
            }
            ExprKind::Broken => self.broken(),
            _ => {
                self.problem(Code::TypeMismatch, lookup.span, "only a parameter can be in force").help =
                    "write its name and keys: `norm[applicant.region] is in force at purchase.date`".into();
                self.broken()
            }
        }
    }

    /// Every lookup inside an expression, as the condition that a row is in force where it is needed.
    pub fn lookups_in(&mut self, expr: &'a Expr) -> Vec<NodeId> {
        match &expr.kind {
            ExprKind::Lookup { parameter, keys, at } => {
                vec![self.lookup(expr, parameter, keys, at.as_deref(), true).node]
            }
            ExprKind::If { arms, otherwise } => {
                let mut found = Vec::new();
                let mut passed: Vec<NodeId> = Vec::new();
                for (condition, value) in arms {
                    let holds = self.condition(condition);
                    let fails = self.node(Node::Not(holds));
                    let needed = self.lookups_in(value);
                    found.extend(self.unless([passed.as_slice(), &[fails]].concat(), needed));
                    passed.push(holds);
                }
                let needed = self.lookups_in(otherwise);
                found.extend(self.unless(passed, needed));
                found
            }
            kind => {
                let mut operands = Vec::new();
                kind.each(&mut |e| operands.push(e));
                operands.into_iter().flat_map(|e| self.lookups_in(e)).collect()
            }
        }
    }

    fn unless(&mut self, escapes: Vec<NodeId>, needed: Vec<NodeId>) -> Vec<NodeId> {
        let any = |this: &mut Self, node| this.node(Node::Any(escapes.iter().copied().chain([node]).collect()));
        needed.into_iter().map(|node| any(self, node)).collect()
    }

    pub fn previous_row(&mut self, expr: &Expr) -> Typed {
        match self.previous.clone() {
            Some((node, ty)) => Typed { node, ty, or_none: false },
            None => {
                self.problem(Code::NotAllowedHere, expr.span, "there is no row above to take `previous` from").help =
                    "`previous` is the value above it in a parameter's column".into();
                self.broken()
            }
        }
    }

    fn built_parameter(&mut self, (name, nth): (&str, usize), span: Span) -> Option<(u16, Ty)> {
        let key = (name.to_owned(), nth);
        let progress = match self.parameters.get(&key).cloned() {
            Some(progress) => progress,
            None => {
                let declared = self.names.parameters.get(name)?.get(nth).copied()?;
                self.parameters.insert(key.clone(), Progress::Open);
                let built = self.apart(|this| this.build_parameter(declared));
                self.parameters.insert(key, built.clone());
                built
            }
        };
        match progress {
            Progress::Done(done) => Some(done),
            Progress::Open => {
                self.circle(name, span);
                None
            }
            Progress::Broken => None,
        }
    }

    /// Builds every parameter of the file.
    pub fn own_parameters(&mut self) {
        let all: Vec<(&'a str, Vec<&'a Parameter>)> =
            self.names.parameters.iter().map(|(name, generations)| (*name, generations.clone())).collect();
        for (name, generations) in all {
            for (nth, parameter) in generations.iter().enumerate().filter(|(_, p)| p.name.span.file == 0) {
                self.built_parameter((name, nth), parameter.name.span);
            }
        }
    }

    fn key_type(&mut self, name: &'a Name, written: Option<&'a crate::syntax::fact::FactType>) -> Ty {
        if let Some(written) = written {
            return self.fact_type(written).0;
        }
        match self.fact_types.get(&name.node) {
            Some((_, ty, _)) => ty.clone(),
            None => {
                self.unknown_name(name);
                Ty::Broken
            }
        }
    }

    fn build_parameter(&mut self, declared: &'a Parameter) -> Progress<(u16, Ty)> {
        let (ty, _) = self.fact_type(&declared.fact_type);
        let keys: Vec<Ty> = declared.keys.iter().map(|(n, t)| self.key_type(n, t.as_ref())).collect();
        if keys.iter().any(Ty::is_broken) || ty.is_broken() {
            return Progress::Broken;
        }
        let Some(columns) = self.columns(declared, &keys) else { return Progress::Broken };
        let mut series: Vec<Growing> = Vec::new();
        let mut sound = true;
        for row in &declared.rows {
            sound &= self.parameter_row(declared, row, (&columns, &keys, &ty), &mut series);
        }
        if declared.rows.is_empty() {
            self.problem(
                Code::BadTable,
                declared.name.span,
                format!("the parameter `{}` has no rows", declared.name.node),
            )
            .help = "write a line for each day on which it changes: `2025-01-01  26_128.35`".into();
            sound = false;
        }
        if !sound {
            return Progress::Broken;
        }
        let mut series: Vec<Series> = series.into_iter().map(|s| s.series).collect();
        self.empty_series(declared, &keys, &mut series);
        let keys = u8::try_from(keys.len()).unwrap_or(u8::MAX);
        self.program.parameters.push(Compiled { name: declared.name.node.clone(), keys, series });
        let number = u16::try_from(self.program.parameters.len() - 1);
        number.map_or(Progress::Broken, |number| Progress::Done((number, ty)))
    }

    /// Members of a choice for which there is no row have an empty series: nothing is in force for them.
    fn empty_series(&mut self, declared: &'a Parameter, keys: &[Ty], series: &mut Vec<Series>) {
        let mut combinations: Vec<Vec<Constant>> = vec![Vec::new()];
        for key in keys {
            let Ty::Choice(choices) = key else { return };
            let members =
                self.program.choices.get(usize::from(*choices)).map(|c| c.members.clone()).unwrap_or_default();
            if combinations.len() * members.len() > 4096 {
                return;
            }
            combinations = combinations
                .iter()
                .flat_map(|c| members.iter().map(move |m| c.iter().copied().chain([Constant::Choice(*m)]).collect()))
                .collect();
        }
        let missing = combinations.into_iter().filter(|c: &Vec<Constant>| !series.iter().any(|s| s.keys == *c));
        let missing: Vec<Series> = missing.map(|keys| Series { keys, rows: Vec::new() }).collect();
        if let Some(first) = missing.first() {
            let member = |key: &Constant| match key {
                Constant::Choice(member) => format!("`{}`", self.program.symbol(*member)),
                _ => String::new(),
            };
            let members: Vec<String> = first.keys.iter().map(member).collect();
            let message = format!("`{}` has no row for {}", declared.name.node, members.join(" and "));
            let message = match missing.len() {
                1 => message,
                more => format!("{message}, and for {} more", more - 1),
            };
            self.problem(Code::NoRowForMember, declared.name.span, message).help =
                "add it; where nothing is in force for it, write `none`".into();
        }
        series.extend(missing);
    }

    fn columns(&mut self, declared: &'a Parameter, keys: &[Ty]) -> Option<Columns> {
        let mut headings = declared.headings.iter().peekable();
        let until = headings.next_if(|h| h.node == "until").is_some();
        let key_at = |heading: &Name| {
            declared
                .keys
                .iter()
                .position(|(k, _)| k.node == heading.node || k.node.rsplit('.').next() == Some(&heading.node))
        };
        let mut labels = Vec::new();
        while let Some(key) = headings.peek().and_then(|h| key_at(h)) {
            labels.push(key);
            headings.next();
        }
        let left: Vec<usize> = (0..keys.len()).filter(|k| !labels.contains(k)).collect();
        let rest: Vec<&Name> = headings.collect();
        let spread = match (left.as_slice(), rest.as_slice()) {
            ([], [] | [_]) => vec![None],
            ([key], [_, ..]) => {
                let mut spread = Vec::new();
                for heading in rest {
                    spread.push(Some(self.heading(heading, &keys[*key])?));
                }
                spread
            }
            _ => {
                let missing: Vec<&str> = left.iter().map(|k| declared.keys[*k].0.node.as_str()).collect();
                let message = format!("the columns of `{}` do not say where its keys stand", declared.name.node);
                self.problem(Code::BadTable, declared.name.span, message).help = if missing.is_empty() {
                    "after `from` write one column for the value".into()
                } else {
                    format!(
                        "after `from` name the keys that stand in the rows, then the members of `{}`",
                        missing.last().unwrap_or(&"")
                    )
                };
                return None;
            }
        };
        Some(Columns { until, labels, spread })
    }

    /// A heading as a value of the key that is spread over the columns.
    fn heading(&mut self, heading: &Name, key: &Ty) -> Option<Constant> {
        match key {
            Ty::Choice(choices) => {
                let names = self.member_names(*choices);
                if names.contains(&heading.node.as_str()) {
                    let symbol = self.symbol(&heading.node);
                    return Some(Constant::Choice(symbol));
                }
                let near = nearest(&heading.node, names.iter().copied());
                let help =
                    near.map_or_else(|| format!("it can be {}", names.join(", ")), |n| format!("did you mean `{n}`?"));
                self.problem(
                    Code::NotAMember,
                    heading.span,
                    format!("`{}` is not a member of the key", heading.node),
                )
                .help = help;
                None
            }
            Ty::Integer | Ty::Number(_) => {
                let number = crate::value::Number::read(&heading.node.replace('_', ""));
                if number.is_none() {
                    self.problem(Code::BadTable, heading.span, format!("`{}` is not a number", heading.node)).help =
                        "head the columns with the numbers that the key can be".into();
                }
                number.map(Constant::Number)
            }
            _ => {
                self.problem(
                    Code::BadTable,
                    heading.span,
                    "only a choice or a number can be spread over the columns",
                )
                .help = "put this key into the rows: write its name as a heading".into();
                None
            }
        }
    }

    fn row_without_day(&mut self, row: &ParameterRow) {
        // Of a day that does not exist was told where it was read.
        if self.says(row.from.span).bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return;
        }
        self.problem(Code::BadTable, row.span, "a row begins with the day from which it counts").help =
            "write the day first: `2025-01-01`".into();
    }

    fn parameter_row(
        &mut self,
        declared: &'a Parameter,
        row: &'a ParameterRow,
        (columns, keys, ty): (&Columns, &[Ty], &Ty),
        series: &mut Vec<Growing>,
    ) -> bool {
        let Some(from) = row.from.node else {
            self.row_without_day(row);
            return false;
        };
        let extra = usize::from(columns.until);
        let expected = extra + columns.labels.len() + columns.spread.len();
        if row.cells.len() != expected {
            let message = format!(
                "this row has {} after the day, and the table needs {expected}",
                counted(row.cells.len(), "cell")
            );
            self.problem(Code::BadTable, row.span, message).help =
                "write one cell under each heading; each row is one line".into();
            return false;
        }
        if let Some(citation) = &row.citation {
            self.citation(citation);
        }
        let last_day = row.cells.first().filter(|_| columns.until);
        let until = match last_day {
            Some(ParameterCell::Day(day)) => day.node,
            None => None,
            Some(cell) if is_none(cell) => None,
            Some(_) => {
                self.problem(Code::BadTable, row.span, "the second cell must be the last day, or none").help =
                    "write a day: `2025-12-31`, or `none`".into();
                return false;
            }
        };
        let Some(labels) = self.row_labels(row, columns, keys) else { return false };
        let mut sound = true;
        for (spread, cell) in columns.spread.iter().zip(&row.cells[extra + columns.labels.len()..]) {
            let key: Vec<Constant> = (0..declared.keys.len())
                .filter_map(|k| labels.iter().find(|(l, _)| *l == k).map(|(_, c)| *c).or(*spread))
                .collect();
            let at = series.iter().position(|s| s.series.keys == key).unwrap_or_else(|| {
                series.push(Growing { series: Series { keys: key, rows: Vec::new() }, paused: false });
                series.len() - 1
            });
            let growing = &mut series[at];
            if is_none(cell) {
                growing.pause(from);
                continue;
            }
            let last = growing.series.rows.last();
            self.previous = last.map(|r| (r.value, ty.clone()));
            let value = self.cell_value(cell, ty);
            sound &= self.in_order(last.filter(|_| !growing.paused), (from, until), row.span);
            growing.paused = false;
            growing.series.rows.push(Row { from, until, value });
        }
        sound
    }

    /// The keys that stand in the row.
    fn row_labels(&mut self, row: &'a ParameterRow, columns: &Columns, keys: &[Ty]) -> Option<Vec<(usize, Constant)>> {
        let cells = row.cells.iter().skip(usize::from(columns.until));
        let labels = columns.labels.iter().zip(cells);
        labels.map(|(key, cell)| Some((*key, self.cell_constant(cell, &keys[*key])?))).collect()
    }

    /// Rows of one series follow each other without overlap and without a gap.
    fn in_order(&mut self, last: Option<&Row>, (from, until): (Date, Option<Date>), span: Span) -> bool {
        if until.is_some_and(|until| until < from) {
            self.problem(Code::WindowBackwards, span, "the last day of the row comes before its first").help =
                "write the earlier day first".into();
            return false;
        }
        let Some(last) = last else { return true };
        if from <= last.from || last.until.is_some_and(|until| from <= until) {
            let message = format!("the row from {from} overlaps with the one from {}", last.from);
            self.problem(Code::RowsOverlap, span, message).help =
                "rows stand in the order of their days, each day in one row only".into();
            return false;
        }
        if let Some(next) = last.until.and_then(|u| u.add_days(1))
            && next < from
        {
            let message = format!("no row is in force from {next} until the day before {from}");
            self.problem(Code::RowsGap, span, message).help =
                "let the row above last longer, or add a row for the days between".into();
            return false;
        }
        true
    }

    fn cell_constant(&mut self, cell: &'a ParameterCell, ty: &Ty) -> Option<Constant> {
        match cell {
            ParameterCell::Value(value) => self.constant_of(value, ty, false),
            ParameterCell::Day(day) if *ty == Ty::Date => day.node.map(Constant::Date),
            ParameterCell::Day(day) => {
                let wanted = self.ty_name(ty);
                self.problem(Code::TypeMismatch, day.span, format!("{wanted} is needed here, and this is a date"))
                    .help = "write a value of the key's type".into();
                None
            }
        }
    }

    fn cell_value(&mut self, cell: &'a ParameterCell, ty: &Ty) -> NodeId {
        match cell {
            ParameterCell::Value(value) => self.value_of(value, ty),
            ParameterCell::Day(day) => {
                if *ty != Ty::Date {
                    let wanted = self.ty_name(ty);
                    self.problem(
                        Code::TypeMismatch,
                        day.span,
                        format!("{wanted} is needed here, and this is a date"),
                    )
                    .help = "each row is one line, with one value under each heading".into();
                }
                self.constant(day.node.map_or(Constant::None, Constant::Date))
            }
        }
    }
}

/// Does the cell say that nothing is in force?
fn is_none(cell: &ParameterCell) -> bool {
    matches!(cell, ParameterCell::Value(Expr { kind: ExprKind::None, .. }))
}
