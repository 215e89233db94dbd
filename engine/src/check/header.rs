//! The head of the file that is compiled.

use super::Library;
use super::builder::Builder;
use crate::decision::locale;
use crate::diagnostic::{Code, nearest};
use crate::program::Window;
use crate::source::Span;
use crate::syntax::Name;

impl Builder<'_> {
    /// Reads name, locales, currency, calendar and window.
    pub fn header(&mut self, library: &dyn Library, expected: Option<&str>) {
        let loaded = self.loaded;
        let header = &loaded.modules[0].header;
        self.is_part = header.part.is_some();
        self.name(expected);
        match &header.locales {
            Some(locales) => locales.node.iter().for_each(|l| self.locale(l)),
            None if self.is_part || loaded.modules[0].broken_header => self.program.locales = vec!["en".into()],
            None => {
                self.problem(Code::HeaderMissing, start(), "the policy does not say in which languages it speaks")
                    .help = "add a line such as `locales en, ru` to the header".into();
                self.program.locales = vec!["en".into()];
            }
        }
        self.program.currency = header.currency.as_ref().map(|c| c.node.clone());
        if let Some(currency) =
            header.currency.as_ref().filter(|c| c.node.len() != 3 || c.node.to_uppercase() != c.node)
        {
            self.problem(Code::HeaderMissing, currency.span, format!("`{}` is not a currency", currency.node)).help =
                "write its three capital letters: RUB, UAH, EUR".into();
        }
        if let Some(calendar) = &header.calendar {
            self.program.calendar = library.calendar(&calendar.node);
            if self.program.calendar.is_none() {
                self.problem(
                    Code::UnknownCalendar,
                    calendar.span,
                    format!("the library has no calendar `{}`", calendar.node),
                )
                .help = format!("calendars are files: `calendars/{}.yaml` in the library", calendar.node);
            }
        }
        self.program.window = header.window.as_ref().map(|w| Window { from: w.from, until: w.until });
        let title = header.title.as_ref().map(|t| self.texts(t));
        self.program.title = title.unwrap_or_default();
    }

    fn name(&mut self, expected: Option<&str>) {
        let loaded = self.loaded;
        let header = &loaded.modules[0].header;
        let Some(name) = header.policy.as_ref().or(header.part.as_ref()) else {
            if loaded.modules[0].broken_header {
                return;
            }
            self.problem(Code::HeaderMissing, start(), "the file does not say which policy it is").help =
                "begin it with `policy` and its name, such as `policy ru.hearing_aid.compensation`; a file that others import begins with `part`".into();
            return;
        };
        if let (Some(policy), Some(part)) = (&header.policy, &header.part) {
            let message = format!("the file calls itself the policy `{}` and the part `{}`", policy.node, part.node);
            self.problem(Code::HeaderMissing, part.span, message).help = "keep one of the two lines".into();
        }
        self.program.name.clone_from(&name.node);
        if let Some(expected) = expected.filter(|e| *e != name.node) {
            let message =
                format!("the file calls itself `{}`, and its place in the library is `{expected}`", name.node);
            self.problem(Code::WrongName, name.span, message).help =
                "change the name, or move the file: each dot of the name is a folder".into();
        }
    }

    fn locale(&mut self, written: &Name) {
        if self.program.locales.contains(&written.node) {
            self.problem(Code::Duplicate, written.span, format!("the locale `{}` stands twice", written.node)).help =
                "take one of the two away".into();
            return;
        }
        if !locale::KNOWN.contains(&written.node.as_str()) {
            let near = nearest(&written.node, locale::KNOWN);
            let help = near
                .map_or_else(|| format!("it knows {}", locale::KNOWN.join(", ")), |n| format!("did you mean `{n}`?"));
            let message = format!("Duly does not write numbers and dates in `{}`", written.node);
            self.problem(Code::UnknownLocale, written.span, message).help = help;
        }
        self.program.locales.push(written.node.clone());
    }

    /// Which fact is the governing date; told once the facts are known.
    pub fn governing_date(&mut self) {
        let loaded = self.loaded;
        let written = loaded.modules[0].header.governed.as_ref();
        let path = written.map_or("filing.date", |n| n.node.as_str());
        match self.fact_types.get(path) {
            Some((fact, super::types::Ty::Date, false)) => self.program.governed = *fact,
            Some((_, super::types::Ty::Date, true)) => {
                let span = written.map_or(start(), |n| n.span);
                self.problem(
                    Code::TypeMismatch,
                    span,
                    format!("the governing date must be there, and `{path}` may be none"),
                )
                .help = "name a fact of the type `date` without `or none`".into();
            }
            Some((_, ty, _)) => {
                let (name, span) = (self.ty_name(&ty.clone()), written.map_or(start(), |n| n.span));
                self.problem(
                    Code::TypeMismatch,
                    span,
                    format!("the governing date must be a date, and `{path}` is {name}"),
                )
                .help = "name a fact of the type `date` that cannot be none".into();
            }
            None => {
                let Some(written) = written else { return };
                self.unknown_name(written);
            }
        }
    }
}

/// The beginning of the file that is compiled.
fn start() -> Span {
    Span { file: 0, start: 0, end: 0 }
}
