//! Generations: declarations of one name that are in force at different times.

use super::builder::Builder;
use crate::diagnostic::Code;
use crate::program::MAX_GENERATIONS;
use crate::program::expression::{Constant, Hit, Node, NodeId};
use crate::source::Span;
use crate::syntax::Name;
use crate::syntax::header::Window;
use crate::value::Date;

/// One of several declarations of a name.
#[derive(Clone, Copy)]
pub(super) struct Generation<'a> {
    pub name: &'a Name,
    pub window: Option<&'a Window>,
}

/// What days without a generation mean.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// A value is missing.
    Error,
    /// The rule does not apply, which may be meant.
    Warning,
}

impl<'a> Builder<'a> {
    /// Whether the governing date lies in a window.
    pub fn window(&mut self, window: Option<&Window>) -> Option<NodeId> {
        let window = window?;
        let day = self.node(Node::Fact(self.program.governed));
        Some(self.node(Node::InWindow { day, from: window.from, until: window.until }))
    }

    /// The value that the governing date picks; outside all windows it cannot be computed.
    pub fn picked(&mut self, generations: Vec<(Option<&Window>, NodeId)>) -> NodeId {
        if let [(None, only)] = generations.as_slice() {
            return *only;
        }
        let row = |this: &mut Self, window| match this.window(window) {
            Some(gate) => gate,
            None => this.constant(Constant::Bool(true)),
        };
        let always = covers_every_day(generations.iter().map(|(window, _)| *window).collect());
        let mut rows: Vec<_> = generations.into_iter().map(|(window, node)| (row(self, window), node)).collect();
        if !always {
            // Outside all windows there is no value, whatever the generations agree on.
            let nothing = self.node(Node::Table { hit: Hit::First, rows: Vec::new() });
            rows.push((self.constant(Constant::Bool(true)), nothing));
        }
        self.node(Node::Table { hit: Hit::First, rows })
    }

    /// Generations of one name follow each other without overlap; days between two of them are told.
    pub fn check_generations(&mut self, generations: &[Generation<'a>], gap: Gap) {
        let [first, rest @ ..] = generations else { return };
        if rest.is_empty() {
            return;
        }
        if generations.len() > MAX_GENERATIONS {
            let message = format!("`{}` has more than {MAX_GENERATIONS} generations", first.name.node);
            self.problem(Code::TooLarge, first.name.span, message).help =
                "write figures that change often as a parameter".into();
            return;
        }
        if let Some(without) = generations.iter().position(|g| g.window.is_none()) {
            let second = generations.get(without.max(1)).unwrap_or(first);
            return self.clash(Some(first.name), second.name);
        }
        let windows = generations.iter().filter_map(|g| g.window);
        self.check_windows(windows.collect(), &format!("`{}`", first.name.node), gap);
    }

    /// Windows of one thing exclude each other.
    pub fn check_windows(&mut self, mut windows: Vec<&'a Window>, what: &str, gap: Gap) {
        windows.sort_by_key(|w| w.from);
        let mut furthest = windows.first().copied();
        for later in windows.iter().skip(1) {
            if let Some(earlier) = furthest {
                self.check_apart(earlier, later);
                let reaches = |w: &Window| w.until.is_none_or(|until| later.until.is_some_and(|l| l <= until));
                furthest = if reaches(earlier) { furthest } else { Some(*later) };
            }
        }
        for pair in windows.windows(2) {
            let next_day = pair[0].until.and_then(|d| d.add_days(1));
            if let (Some(next), Some(from)) = (next_day, pair[1].from)
                && next < from
            {
                let last = from.add_days(-1).unwrap_or(from);
                self.gap(pair[1].span, what, (next, last), gap);
            }
        }
    }

    fn gap(&mut self, span: Span, what: &str, (from, until): (Date, Date), gap: Gap) {
        let (code, message, help) = match gap {
            Gap::Error => (
                Code::RowsGap,
                format!("{what} has no value from {from} until {until}"),
                "let the earlier one last until the day before the later one, or add one for the days between",
            ),
            Gap::Warning => (
                Code::NothingInForce,
                format!("nothing of {what} is in force from {from} until {until}"),
                "if that is not meant, let the earlier one last until the day before the later one",
            ),
        };
        self.problem(code, span, message).help = help.into();
    }

    fn check_apart(&mut self, earlier: &Window, later: &Window) {
        if !overlap(earlier, later) {
            return;
        }
        let first = earlier.span;
        let problem = self.problem(Code::RowsOverlap, later.span, "two generations are in force on the same day");
        problem.related.push((first, "the other one".into()));
        problem.help = "end the earlier one with `until` the day before the later one begins".into();
    }
}

/// Is some window in force on every day?
fn covers_every_day(mut windows: Vec<Option<&Window>>) -> bool {
    if windows.iter().any(Option::is_none) {
        return true;
    }
    windows.sort_by_key(|w| w.map(|w| w.from));
    let next = |w: &Window| w.until.and_then(|d| d.add_days(1));
    let joined = windows.windows(2).all(|pair| pair[0].and_then(next) == pair[1].and_then(|w| w.from));
    let first = windows.first().copied().flatten();
    let last = windows.last().copied().flatten();
    joined && first.is_some_and(|w| w.from.is_none()) && last.is_some_and(|w| w.until.is_none())
}

/// Is there a day in both?
pub(super) fn overlap(a: &Window, b: &Window) -> bool {
    let before = |a: &Window, b: &Window| a.until.zip(b.from).is_some_and(|(until, from)| until < from);
    !before(a, b) && !before(b, a)
}
