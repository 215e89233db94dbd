//! The headings and set phrases of a decision, in every language that Duly writes.

use duly::decision::document::DocumentStatus;
use duly::decision::{Eligibility, Kind};
use duly::program::expression::Outcome;
use duly::value::{Date, Effect};

/// A language's words.
#[derive(Debug)]
pub struct Words {
    /// The name of the outcome and a plain sentence: granted, refused, incomplete, review, undetermined.
    pub outcomes: [(&'static str, &'static str); 5],
    /// Eligible, ineligible, unknown.
    pub eligibility: [&'static str; 3],
    /// What a reason does: refuse, return, review, note.
    pub effects: [&'static str; 4],
    /// Governed by which day.
    pub governed_by: &'static str,
    /// Heading of the reasons.
    pub reasons: &'static str,
    /// In front of a remedy.
    pub remedy: &'static str,
    /// In front of the conditions that decided.
    pub because: &'static str,
    /// Between a condition and the values it saw.
    pub where_: &'static str,
    /// Questions that are only named; `{}` is their number.
    pub more: &'static str,
    /// Heading of what is still open.
    pub open: &'static str,
    /// Heading of the questions.
    pub questions: &'static str,
    /// An answer may also be none.
    pub or_none: &'static str,
    /// Heading of the documents.
    pub documents: &'static str,
    /// Accepted, missing, defective, unchecked, not required.
    pub statuses: [&'static str; 5],
    /// A document that may be left out.
    pub optional: &'static str,
    /// A document of which it is not known whether it is needed.
    pub need_unknown: &'static str,
    /// One of a group of documents.
    pub one_of: &'static str,
    /// Heading of the award when it is paid, and when it would be.
    pub award: [&'static str; 2],
    /// The amount.
    pub amount: &'static str,
    /// Heading of the deadlines.
    pub deadlines: &'static str,
    /// When one may claim again; `{}` is the day.
    pub next_from: &'static str,
    /// Heading of the outputs.
    pub outputs: &'static str,
    /// Heading of the trace.
    pub trace: &'static str,
    /// The words of the trace, by their English ones; none where those do.
    pub traced: &'static [(&'static str, &'static str)],
    /// Title of a screening.
    pub screening: &'static str,
    /// Heading of the documents to gather.
    pub gather: &'static str,
    /// What several policies want; `{}` is their number.
    pub of_policies: &'static str,
    /// Heading of what no policy reads.
    pub ignored: &'static str,
    /// Yes and no.
    pub yes_no: [&'static str; 2],
    /// A value that is none or cannot be told.
    pub none: &'static str,
    /// Weekdays from Monday, short.
    pub weekdays: [&'static str; 7],
    /// Types of answers, by their names in the contract.
    pub types: [(Kind, &'static str); 11],
}

const EN: Words = Words {
    outcomes: [
        ("Granted", "The claim is granted."),
        ("Refused", "The claim is refused for the reasons below."),
        ("To be completed", "The claim goes back to the applicant. Once it is completed it is looked at again."),
        ("For a person to decide", "The rules alone cannot settle this claim."),
        ("Not decided yet", "More has to be known first."),
    ],
    eligibility: ["Entitled", "Not entitled, whatever the documents say", "Entitlement not settled yet"],
    effects: ["refused", "to be completed", "for a person", "note"],
    governed_by: "by the rules of",
    reasons: "Reasons",
    remedy: "What to do:",
    because: "decided by",
    where_: ", where",
    more: "and {} more:",
    open: "Could still come up",
    questions: "Questions",
    or_none: "or none",
    documents: "Documents",
    statuses: ["accepted", "missing", "defective", "not checked yet", "not needed"],
    optional: "optional",
    need_unknown: "perhaps needed",
    one_of: "one of these",
    award: ["Award", "Award, if the claim is granted"],
    amount: "To be paid",
    deadlines: "Deadlines",
    next_from: "A new claim is possible from {}.",
    outputs: "Also established",
    trace: "How it was worked out",
    traced: &[],
    screening: "What you may be entitled to",
    gather: "Documents to gather",
    of_policies: "for {} policies",
    ignored: "Not read by any policy: perhaps misspelt",
    yes_no: ["yes", "no"],
    none: "not given",
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    types: [
        (Kind::YesNo, "yes or no"),
        (Kind::Number, "number"),
        (Kind::Integer, "whole number"),
        (Kind::Money, "amount"),
        (Kind::Percent, "per cent"),
        (Kind::Date, "date"),
        (Kind::Period, "period"),
        (Kind::Text, "text"),
        (Kind::Choice, "one of"),
        (Kind::Choices, "any of"),
        (Kind::List, "list"),
    ],
};

const RU: Words = Words {
    outcomes: [
        ("Одобрено", "Заявление удовлетворено."),
        ("Отказано", "В удовлетворении заявления отказано. Причины ниже."),
        ("Требуется доработка", "Заявление возвращается заявителю. После доработки его рассмотрят снова."),
        ("Решит сотрудник", "Одних правил для решения недостаточно."),
        ("Пока не решено", "Сначала нужно узнать больше."),
    ],
    eligibility: ["Право есть", "Права нет, какими бы ни были документы", "Право пока не установлено"],
    effects: ["отказ", "доработать", "решит сотрудник", "к сведению"],
    governed_by: "по правилам на",
    reasons: "Причины",
    remedy: "Что делать:",
    because: "решающее условие:",
    where_: ", где",
    more: "и ещё {}:",
    open: "Ещё может возникнуть",
    questions: "Вопросы",
    or_none: "или нет",
    documents: "Документы",
    statuses: ["принят", "отсутствует", "с недостатками", "ещё не проверен", "не нужен"],
    optional: "по желанию",
    need_unknown: "возможно, потребуется",
    one_of: "один из этих",
    award: ["Выплата", "Выплата, если заявление удовлетворят"],
    amount: "К выплате",
    deadlines: "Сроки",
    next_from: "Снова обратиться можно с {}.",
    outputs: "Также установлено",
    trace: "Как это получено",
    traced: &[
        ("definition", "определение"),
        ("criterion", "условие"),
        ("deadline", "срок"),
        ("line", "строка расчёта"),
        ("output", "результат"),
        ("met", "выполнено"),
        ("raised", "не выполнено"),
        ("unknown", "неизвестно"),
        ("none", "нет"),
        ("cannot be computed", "нельзя вычислить"),
        ("true", "да"),
        ("false", "нет"),
    ],
    screening: "На что вы можете иметь право",
    gather: "Какие документы собрать",
    of_policies: "правил: {}",
    ignored: "Ни одно из правил этого не читает: возможно, опечатка",
    yes_no: ["да", "нет"],
    none: "не указано",
    weekdays: ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
    types: [
        (Kind::YesNo, "да или нет"),
        (Kind::Number, "число"),
        (Kind::Integer, "целое число"),
        (Kind::Money, "сумма"),
        (Kind::Percent, "процент"),
        (Kind::Date, "дата"),
        (Kind::Period, "срок"),
        (Kind::Text, "текст"),
        (Kind::Choice, "одно из"),
        (Kind::Choices, "любые из"),
        (Kind::List, "список"),
    ],
};

const UK: Words = Words {
    outcomes: [
        ("Схвалено", "Заяву задоволено."),
        ("Відмовлено", "У задоволенні заяви відмовлено. Причини нижче."),
        ("Потрібне доопрацювання", "Заява повертається заявникові. Після доопрацювання її розглянуть знову."),
        ("Вирішить працівник", "Самих правил для рішення недостатньо."),
        ("Поки не вирішено", "Спершу потрібно дізнатися більше."),
    ],
    eligibility: ["Право є", "Права немає, хоч би якими були документи", "Право поки не встановлено"],
    effects: ["відмова", "доопрацювати", "вирішить працівник", "до відома"],
    governed_by: "за правилами на",
    reasons: "Причини",
    remedy: "Що робити:",
    because: "вирішальна умова:",
    where_: ", де",
    more: "і ще {}:",
    open: "Ще може виникнути",
    questions: "Запитання",
    or_none: "або немає",
    documents: "Документи",
    statuses: ["прийнято", "бракує", "з недоліками", "ще не перевірено", "не потрібен"],
    optional: "за бажанням",
    need_unknown: "можливо, знадобиться",
    one_of: "один із цих",
    award: ["Виплата", "Виплата, якщо заяву задовольнять"],
    amount: "До виплати",
    deadlines: "Строки",
    next_from: "Знову звернутися можна з {}.",
    outputs: "Також установлено",
    trace: "Як це отримано",
    traced: &[
        ("definition", "означення"),
        ("criterion", "умова"),
        ("deadline", "строк"),
        ("line", "рядок розрахунку"),
        ("output", "результат"),
        ("met", "виконано"),
        ("raised", "не виконано"),
        ("unknown", "невідомо"),
        ("none", "немає"),
        ("cannot be computed", "не можна обчислити"),
        ("true", "так"),
        ("false", "ні"),
    ],
    screening: "На що ви можете мати право",
    gather: "Які документи зібрати",
    of_policies: "правил: {}",
    ignored: "Жодні з правил цього не читають: можливо, помилка в назві",
    yes_no: ["так", "ні"],
    none: "не вказано",
    weekdays: ["пн", "вт", "ср", "чт", "пт", "сб", "нд"],
    types: [
        (Kind::YesNo, "так чи ні"),
        (Kind::Number, "число"),
        (Kind::Integer, "ціле число"),
        (Kind::Money, "сума"),
        (Kind::Percent, "відсоток"),
        (Kind::Date, "дата"),
        (Kind::Period, "строк"),
        (Kind::Text, "текст"),
        (Kind::Choice, "одне з"),
        (Kind::Choices, "будь-які з"),
        (Kind::List, "список"),
    ],
};

/// The words of a locale; English where it has none of its own.
#[must_use]
pub fn of(locale: &str) -> &'static Words {
    match locale {
        "ru" => &RU,
        "uk" => &UK,
        _ => &EN,
    }
}

impl Words {
    /// The outcome's name and sentence.
    #[must_use]
    pub fn outcome(&self, outcome: Outcome) -> (&'static str, &'static str) {
        let at = match outcome {
            Outcome::Granted => 0,
            Outcome::Refused => 1,
            Outcome::Incomplete => 2,
            Outcome::Review => 3,
            Outcome::Undetermined => 4,
        };
        self.outcomes[at]
    }

    /// What eligibility means.
    #[must_use]
    pub fn eligible(&self, eligibility: Eligibility) -> &'static str {
        let at = match eligibility {
            Eligibility::Eligible => 0,
            Eligibility::Ineligible => 1,
            Eligibility::Unknown => 2,
        };
        self.eligibility[at]
    }

    /// What a reason does.
    #[must_use]
    pub fn effect(&self, effect: Effect) -> &'static str {
        let at = match effect {
            Effect::Refuse => 0,
            Effect::Return => 1,
            Effect::Review => 2,
            Effect::Note => 3,
        };
        self.effects[at]
    }

    /// A document's status.
    #[must_use]
    pub fn status(&self, status: DocumentStatus) -> &'static str {
        let at = match status {
            DocumentStatus::Accepted => 0,
            DocumentStatus::Missing => 1,
            DocumentStatus::Defective => 2,
            DocumentStatus::Unchecked => 3,
            DocumentStatus::NotRequired => 4,
        };
        self.statuses[at]
    }

    /// The type of an answer.
    #[must_use]
    pub fn answer(&self, kind: Kind) -> &'static str {
        let known = self.types.iter().find(|(k, _)| *k == kind);
        known.map_or("", |(_, words)| words)
    }

    /// A word of the trace.
    #[must_use]
    pub fn traced<'w>(&self, word: &'w str) -> &'w str {
        let known = self.traced.iter().find(|(english, _)| *english == word);
        known.map_or(word, |(_, own)| own)
    }

    /// The short name of a day's weekday.
    #[must_use]
    pub fn weekday(&self, day: Date) -> &'static str {
        let nth = usize::try_from(day.weekday()).unwrap_or_default();
        self.weekdays.get(nth).copied().unwrap_or_default()
    }
}
