//! The one table of diagnostic codes, by stage. A code never changes its meaning and is never given again.

use std::fmt;

macro_rules! codes {
    ($($name:ident $id:literal $about:literal)*) => {
        /// A stable diagnostic code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $about] $name,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it is written, e.g. `E201`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// What it is about, in a line.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(Self::$name => $about,)* }
            }
        }
    };
}

codes! {
    // Text: E1xx
    Unreadable          "E101" "the text cannot be read here"
    TooLarge            "E102" "a text, a chain or a program over its size limit"
    TooDeep             "E103" "nesting over its limit"
    HiddenCharacter     "E104" "a character that shows nothing or turns the reading direction"
    LookAlike           "E105" "a letter that looks like another alphabet's"
    NotUtf8             "E106" "bytes that are not UTF-8 text"
    Unclosed            "E107" "a bracket or a quoted text without its end"
    BadLiteral          "E108" "a number or date that does not exist"
    BeforeFirst         "E109" "text before the first declaration"
    // Names: E2xx
    UnknownName         "E201" "a name that nothing declares"
    Duplicate           "E202" "two declarations of one name"
    UnknownImport       "E203" "an import that the library does not have"
    ImportCycle         "E204" "parts that import each other in a circle"
    EvaluationCycle     "E205" "declarations that need each other in a circle"
    NotPutToWork        "E206" "an own declared reason that nothing raises"
    UndeclaredReason    "E207" "a raised reason that is declared nowhere"
    HeaderMissing       "E208" "a header line that must be there is missing or stands twice"
    UnknownCalendar     "E209" "a calendar that the library does not have"
    NoUse               "E210" "`use` of something that cannot be put to work"
    EffectDiffers       "E211" "a reason raised with two effects"
    WrongName           "E212" "a policy whose name is not its place in the library"
    FactsDisagree       "E213" "a fact that another policy of the library has with another type"
    // Types: E3xx
    TypeMismatch        "E301" "a value of another type than is needed here"
    UnitMismatch        "E302" "quantities of different units together"
    PossibleNone        "E303" "a value that may be none, used as if it were there"
    NotAMember          "E304" "a choice that its list does not have"
    WrongArguments      "E305" "a function or a parameter with the wrong number of values"
    UnknownField        "E306" "a field that the record or document does not have"
    NoCurrency          "E307" "money in a policy without a currency"
    NoCalendar          "E308" "working days in a policy without a calendar"
    NotTold             "E309" "a bare value whose type nothing tells"
    // Dates and tables: E4xx
    RowsOverlap         "E401" "rows or generations in force at once"
    RowsGap             "E402" "days without a row or generation between two of them"
    RowUnreachable      "E403" "a table row that no case reaches"
    RowsMissing         "E404" "cases that no table row covers"
    RowsClash           "E405" "rows of a `unique` table that hold together"
    AlwaysTrue          "E406" "a criterion that can never fail"
    AlwaysFalse         "E407" "a criterion that can never be met"
    ExceptionsClash     "E408" "exceptions that hold together with different values"
    BadTable            "E409" "a table whose rows and columns do not agree"
    WindowBackwards     "E410" "an end that comes before its beginning"
    // Rules, documents and texts: E5xx
    MissingLocale       "E501" "a text missing in a locale of the policy"
    UnknownLocale       "E502" "a locale that Duly does not write"
    RepeatedClause      "E503" "a clause that stands twice"
    DocumentReasons     "E504" "documents without the two reasons about documents"
    NoAmount            "E505" "an award without its line `amount`"
    OutcomeTooEarly     "E506" "the outcome tested before there is one"
    NoSourceNamed       "E507" "a citation of a source that is not declared"
    NotAllowedHere      "E508" "a construct in a place where it has no meaning"
    RaiseNeedsLookup    "E509" "`else` with a reason after a value that is always there"
    // Worth a look: W
    CannotTell          "W601" "a table or criterion that is too large to be followed"
    LocaleExtra         "W602" "a text in a locale that the policy does not have"
    NoRowForMember      "W604" "a member of a parameter's key for which there is no row"
    PartsOfACent        "W605" "an award that may have parts of a cent"
    NothingInForce      "W603" "days between two generations on which none is in force"
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
