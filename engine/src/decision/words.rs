//! The engine's own words in every locale: built-in reasons, defects, yes and no.

/// Message and remedy of a built-in reason.
#[must_use]
pub fn built_in(code: &str, locale: &str) -> (&'static str, &'static str) {
    match (code, locale) {
        ("calendar_not_known", "ru") => (
            "Срок попадает на годы, для которых производственный календарь ещё не внесён, поэтому решение примет сотрудник.",
            "Ничего делать не нужно: заявление рассмотрят вручную.",
        ),
        ("calendar_not_known", "uk") => (
            "Строк припадає на роки, для яких календар робочих днів ще не внесено, тож рішення ухвалить працівник.",
            "Нічого робити не потрібно: заяву розглянуть вручну.",
        ),
        ("calendar_not_known", _) => (
            "A time limit reaches into years whose working days are not known yet, so a person will decide.",
            "You need not do anything: the claim will be looked at by hand.",
        ),
        (_, "ru") => (
            "По этим данным правила не дают определённого ответа, поэтому решение примет сотрудник.",
            "Ничего делать не нужно: заявление рассмотрят вручную.",
        ),
        (_, "uk") => (
            "За цими даними правила не дають певної відповіді, тож рішення ухвалить працівник.",
            "Нічого робити не потрібно: заяву розглянуть вручну.",
        ),
        _ => (
            "The rules give no certain answer for this claim, so a person will decide.",
            "You need not do anything: the claim will be looked at by hand.",
        ),
    }
}

/// What a defect says; `detail` is its field or limit.
#[must_use]
pub fn defect(code: &str, locale: &str, detail: &str) -> String {
    match locale {
        "ru" => match code {
            "illegible" => "Документ нечитаем: пришлите чёткую копию.".into(),
            "wrong_format" => format!("Такой формат не принимается. Подойдёт: {detail}."),
            "too_large" => format!("Файл должен быть не больше {detail} МБ."),
            "low_resolution" => format!("Разрешение скана должно быть не ниже {detail} dpi."),
            "not_original" => "Нужен оригинал документа.".into(),
            "not_signed" => "На документе нет подписи.".into(),
            "not_sealed" => "На документе нет печати.".into(),
            "field_missing" => format!("Не заполнено поле «{detail}»."),
            "field_mismatch" => format!("Поле «{detail}» не совпадает с заявлением."),
            "too_old" => "Документ выдан слишком давно или дата выдачи не указана.".into(),
            "expired" => "Срок действия документа слишком мал или не указан.".into(),
            _ => "Документ выдан позже, чем требуется.".into(),
        },
        "uk" => match code {
            "illegible" => "Документ нечитабельний: надішліть чітку копію.".into(),
            "wrong_format" => format!("Такий формат не приймається. Підійде: {detail}."),
            "too_large" => format!("Файл має бути не більший за {detail} МБ."),
            "low_resolution" => format!("Роздільність скану має бути не нижча за {detail} dpi."),
            "not_original" => "Потрібен оригінал документа.".into(),
            "not_signed" => "На документі немає підпису.".into(),
            "not_sealed" => "На документі немає печатки.".into(),
            "field_missing" => format!("Не заповнено поле «{detail}»."),
            "field_mismatch" => format!("Поле «{detail}» не збігається із заявою."),
            "too_old" => "Документ видано надто давно або дату видачі не вказано.".into(),
            "expired" => "Строк дії документа замалий або не вказаний.".into(),
            _ => "Документ видано пізніше, ніж потрібно.".into(),
        },
        _ => match code {
            "illegible" => "The document cannot be read: send a clear copy.".into(),
            "wrong_format" => format!("This format is not accepted. Send one of: {detail}."),
            "too_large" => format!("The file must not be larger than {detail} MB."),
            "low_resolution" => format!("The scan must have at least {detail} dpi."),
            "not_original" => "The original is needed.".into(),
            "not_signed" => "The document is not signed.".into(),
            "not_sealed" => "The document is not sealed.".into(),
            "field_missing" => format!("The field “{detail}” is not filled in."),
            "field_mismatch" => {
                format!("The field “{detail}” does not agree with the application.")
            }
            "too_old" => "The document was issued too long ago, or its date of issue is missing.".into(),
            "expired" => "The document is not valid long enough, or its last day is missing.".into(),
            _ => "The document was issued later than it may be.".into(),
        },
    }
}

/// Yes or no.
#[must_use]
pub fn yes_no(yes: bool, locale: &str) -> &'static str {
    match (yes, locale) {
        (true, "ru") => "да",
        (false, "ru") => "нет",
        (true, "uk") => "так",
        (false, "uk") => "ні",
        (true, _) => "yes",
        (false, _) => "no",
    }
}

/// A value that is unknown or none.
#[must_use]
pub fn not_given(locale: &str) -> &'static str {
    match locale {
        "ru" => "не указано",
        "uk" => "не вказано",
        _ => "not given",
    }
}

/// The question for a fact that every policy has; empty for any other.
#[must_use]
pub fn standard_question(path: &str, locale: &str) -> &'static str {
    match (path, locale) {
        ("filing.date", "ru") => "Когда вы подаёте (или подали) заявление?",
        ("filing.date", "uk") => "Коли ви подаєте (або подали) заяву?",
        ("filing.date", _) => "On which day are you applying, or did you apply?",
        ("filing.channel", "ru") => "Как вы подаёте заявление?",
        ("filing.channel", "uk") => "Як ви подаєте заяву?",
        ("filing.channel", _) => "How do you apply?",
        ("today", "ru") => "На какой день нужно решение?",
        ("today", "uk") => "На який день потрібне рішення?",
        ("today", _) => "For which day is the decision?",
        ("history", "ru") => "Что вам уже назначали раньше?",
        ("history", "uk") => "Що вам уже призначали раніше?",
        ("history", _) => "Which grants did you receive before?",
        _ => "",
    }
}

/// How people read a column of earlier grants.
#[must_use]
pub fn standard_column(path: &str, locale: &str) -> &'static str {
    match (path, locale) {
        ("policy", "ru") => "что назначили",
        ("policy", "uk") => "що призначили",
        ("policy", _) => "what was granted",
        ("date", "ru") => "дата решения",
        ("date", "uk") => "дата рішення",
        ("date", _) => "day of the decision",
        ("amount", "ru") => "сумма",
        ("amount", "uk") => "сума",
        ("amount", _) => "amount",
        ("subject", "ru") => "на что",
        ("subject", "uk") => "на що",
        ("subject", _) => "what for",
        _ => "",
    }
}

/// Between alternatives.
#[must_use]
pub fn or(locale: &str) -> &'static str {
    match locale {
        "ru" => " или ",
        "uk" => " або ",
        _ => " or ",
    }
}
