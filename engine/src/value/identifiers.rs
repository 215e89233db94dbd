//! Check digits of identifiers: exactly so many digits 0–9, no blanks or dashes.

use serde::{Deserialize, Serialize};

/// An identifier whose form and check digits the library knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Identifier {
    /// Russian pension insurance number, 11 digits.
    Snils,
    /// Russian tax number of a person, 12 digits.
    Inn,
    /// Russian tax number of an organisation, 10 digits.
    InnOfOrganisation,
    /// Russian state registration number of an organisation, 13 digits.
    Ogrn,
    /// Russian bank identifier, 9 digits.
    Bik,
    /// Russian bank account, 20 digits, checked together with the bank's BIK.
    BankAccount,
    /// Ukrainian tax number of a person, 10 digits.
    UaTaxNumber,
}

impl Identifier {
    /// Every identifier with its name in the language.
    pub const ALL: [(&'static str, Self); 7] = [
        ("snils", Self::Snils),
        ("inn", Self::Inn),
        ("inn of an organisation", Self::InnOfOrganisation),
        ("ogrn", Self::Ogrn),
        ("bik", Self::Bik),
        ("bank account", Self::BankAccount),
        ("ukrainian tax number", Self::UaTaxNumber),
    ];

    /// Is `text` such an identifier? `None` where a bank account needs its BIK to tell.
    #[must_use]
    pub fn check(self, text: &str, bik: Option<&str>) -> Option<bool> {
        Some(match self {
            Self::Snils => snils(text),
            Self::Inn => inn_of_person(text),
            Self::InnOfOrganisation => inn_of_organisation(text),
            Self::Ogrn => ogrn(text),
            Self::Bik => digits::<9>(text).is_some(),
            Self::BankAccount => match (digits::<20>(text), bik) {
                (None, _) => false,
                (Some(_), None) => return None,
                (Some(account), Some(bik)) => digits::<9>(bik).is_some_and(|bik| bank_account(&account, &bik)),
            },
            Self::UaTaxNumber => ua_tax_number(text),
        })
    }
}

fn digits<const N: usize>(text: &str) -> Option<[u32; N]> {
    let bytes: [u8; N] = text.as_bytes().try_into().ok()?;
    bytes.iter().all(u8::is_ascii_digit).then(|| bytes.map(|b| u32::from(b - b'0')))
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| d * w).sum()
}

/// Pension Fund's rule: weights 9 to 1, sum modulo 101, 100 counts as 00; numbers up to 001-001-998 have no check.
fn snils(text: &str) -> bool {
    let Some(d) = digits::<11>(text) else {
        return false;
    };
    let number = d[..9].iter().fold(0, |n, d| n * 10 + d);
    let check = weighted(&d[..9], &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100;
    number <= 1_001_998 || check == d[9] * 10 + d[10]
}

/// Federal Tax Service's rule for twelve digits: two check digits.
fn inn_of_person(text: &str) -> bool {
    let Some(d) = digits::<12>(text) else {
        return false;
    };
    weighted(&d, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == d[10]
        && weighted(&d, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == d[11]
}

/// The same for ten digits: one check digit.
fn inn_of_organisation(text: &str) -> bool {
    digits::<10>(text).is_some_and(|d| weighted(&d, &[2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == d[9])
}

/// The last digit is that of the first twelve modulo 11.
fn ogrn(text: &str) -> bool {
    digits::<13>(text).is_some_and(|d| d[..12].iter().fold(0, |rest, d| (rest * 10 + d) % 11) % 10 == d[12])
}

/// Bank of Russia, order 515 of 1997: weights 7, 1, 3 over a prefix of the BIK and the account; a settlement
/// account in the Bank of Russia itself (BIK ending in 000, 001 or 002) takes `0` and digits 5–6 of the BIK.
fn bank_account(account: &[u32; 20], bik: &[u32; 9]) -> bool {
    let central = bik[6] == 0 && bik[7] == 0 && bik[8] <= 2;
    let prefix = if central { [0, bik[4], bik[5]] } else { [bik[6], bik[7], bik[8]] };
    let sum: u32 = prefix.iter().chain(account).zip([7, 1, 3].iter().cycle()).map(|(d, w)| d * w % 10).sum();
    sum.is_multiple_of(10)
}

/// State Tax Service of Ukraine: weights -1, 5, 7, 9, 4, 6, 10, 5, 7, modulo 11, modulo 10.
fn ua_tax_number(text: &str) -> bool {
    digits::<10>(text).is_some_and(|d| {
        // -1 is 10 modulo 11.
        weighted(&d, &[10, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 % 10 == d[9]
    })
}

/// Days since 1899-12-31 that the first five digits of a Ukrainian tax number state: the holder's birth date.
#[must_use]
pub fn ua_birth_day(text: &str) -> Option<i64> {
    digits::<10>(text).map(|d| d[..5].iter().fold(0, |n, d| n * 10 + i64::from(*d)))
}
