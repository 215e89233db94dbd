//! Exact decimal numbers: never a float, never silently rounded.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::cmp::Ordering;
use std::fmt;

/// An exact decimal with at most 96 bits of digits and at most 28 decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Number(Decimal);

/// How a number between two steps is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rounding {
    /// To the nearest step, a half away from zero.
    HalfUp,
    /// To the nearest step, a half to the even one.
    HalfEven,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
}

const MAX_MANTISSA: u128 = (1 << 96) - 1;
const MAX_SCALE: u32 = 28;
const QUOTIENT_DIGITS: u128 = 10u128.pow(27);

impl Number {
    /// Zero.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A whole number.
    #[must_use]
    pub fn whole(n: i64) -> Self {
        Self(Decimal::from(n))
    }

    /// `mantissa` with the point `scale` digits from its right end; `None` where that cannot be held exactly.
    #[must_use]
    pub fn from_parts(negative: bool, mantissa: u128, scale: i64) -> Option<Self> {
        let (mut m, mut s) = (mantissa, scale);
        while s > i64::from(MAX_SCALE) || m > MAX_MANTISSA {
            if !m.is_multiple_of(10) {
                return None;
            }
            m /= 10;
            s -= 1;
        }
        while s < 0 {
            m = m.checked_mul(10).filter(|m| *m <= MAX_MANTISSA)?;
            s += 1;
        }
        let signed = i128::try_from(m).ok()? * if negative { -1 } else { 1 };
        Decimal::try_from_i128_with_scale(signed, u32::try_from(s).ok()?).ok().map(Self)
    }

    /// Reads digits as JSON writes a number: sign, digits, point, exponent; at most 28 significant digits.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::read_short(text).or_else(|| Self::read_long(text))
    }

    /// Up to 18 digits and perhaps a point: an amount as it is mostly written, read without wide arithmetic.
    fn read_short(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        if digits.len() > 18 || !digits.ends_with(|c: char| c.is_ascii_digit()) || digits.starts_with('.') {
            return None;
        }
        let (mut mantissa, mut scale, mut point) = (0u64, 0, false);
        for byte in digits.bytes() {
            match byte {
                b'0'..=b'9' => {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                    scale += u32::from(point);
                }
                b'.' if !point => point = true,
                _ => return None,
            }
        }
        while scale > 0 && mantissa.is_multiple_of(10) {
            mantissa /= 10;
            scale -= 1;
        }
        let (high, low) = (u32::try_from(mantissa >> 32).ok()?, u32::try_from(mantissa & 0xffff_ffff).ok()?);
        Some(Self(Decimal::from_parts(low, high, 0, negative && mantissa > 0, scale)))
    }

    /// As many digits as can be held, and exponents.
    fn read_long(text: &str) -> Option<Self> {
        let (negative, rest) = text.strip_prefix('-').map_or((false, text), |r| (true, r));
        let (digits, exponent) = match rest.find(['e', 'E']) {
            Some(at) => (&rest[..at], rest[at + 1..].strip_prefix('+').unwrap_or(&rest[at + 1..])),
            None => (rest, "0"),
        };
        let exponent: i64 = exponent.parse().ok().filter(|e: &i64| e.abs() <= 1000)?;
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() || digits.ends_with('.') {
            return None;
        }
        let (mut mantissa, mut scale, mut pending) = (0u128, -exponent, 0u32);
        for (at, byte) in whole.bytes().chain(fraction.bytes()).enumerate() {
            let digit = byte.is_ascii_digit().then(|| u128::from(byte - b'0'))?;
            scale += i64::from(at >= whole.len());
            if digit == 0 {
                pending += u32::from(mantissa != 0);
                continue;
            }
            if pending > 0 {
                mantissa = mantissa.checked_mul(10u128.checked_pow(pending)?)?;
                pending = 0;
            }
            mantissa = mantissa.checked_mul(10)?.checked_add(digit)?;
            if mantissa >= 10u128.pow(28) {
                return None;
            }
        }
        if mantissa == 0 {
            return Some(Self::ZERO);
        }
        Self::from_parts(negative, mantissa, scale - i64::from(pending))
    }

    fn parts(self) -> (bool, u128, u32) {
        (self.0.is_sign_negative(), self.0.mantissa().unsigned_abs(), self.0.scale())
    }

    /// Is there nothing behind the point?
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.is_integer()
    }

    /// The number as a machine integer, if it is whole and fits.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if !self.is_whole() {
            return None;
        }
        i64::try_from(self.0.normalize().mantissa()).ok()
    }

    /// Exact sum; `None` where it cannot be held.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let (a, b) = (self.0, other.0);
        let scale = a.scale().max(b.scale());
        let left = a.mantissa().checked_mul(10i128.checked_pow(scale - a.scale())?);
        let right = b.mantissa().checked_mul(10i128.checked_pow(scale - b.scale())?);
        match left.zip(right).and_then(|(l, r)| l.checked_add(r)) {
            Some(sum) => Self::from_parts(sum < 0, sum.unsigned_abs(), i64::from(scale)),
            // The shared scale does not fit: drop trailing zeros and try once more.
            None if a.normalize().scale() < a.scale() || b.normalize().scale() < b.scale() => {
                Self(a.normalize()).plus(Self(b.normalize()))
            }
            None => None,
        }
    }

    /// Exact difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self(-self.0)
    }

    /// Exact product; `None` where it cannot be held.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let (na, mut a, sa) = self.parts();
        let (nb, mut b, sb) = other.parts();
        let mut scale = i64::from(sa) + i64::from(sb);
        if a == 0 || b == 0 {
            return Some(Self::ZERO);
        }
        if a.checked_mul(b).is_none() {
            // Take out every factor ten first, also those made of a two here and a five there.
            scale -= strip_tens(&mut a, &mut b);
        }
        Self::from_parts(na != nb, a.checked_mul(b)?, scale)
    }

    /// Quotient with 28 significant digits, half to even; `None` for a division by zero or an overflow.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        let (na, a, sa) = self.parts();
        let (nb, b, sb) = other.parts();
        if b == 0 {
            return None;
        }
        let (mut quotient, mut rest) = (a / b, a % b);
        let mut scale = i64::from(sa) - i64::from(sb);
        while rest != 0 && quotient < QUOTIENT_DIGITS && scale < i64::from(MAX_SCALE) {
            rest *= 10;
            quotient = quotient * 10 + rest / b;
            rest %= b;
            scale += 1;
        }
        match (rest * 2).cmp(&b) {
            Ordering::Greater => quotient += 1,
            Ordering::Equal if rest != 0 => quotient += quotient % 2,
            Ordering::Equal | Ordering::Less => {}
        }
        Self::from_parts(na != nb, quotient, scale)
    }

    /// The nearest multiple of `step` (above zero) in the way asked.
    #[must_use]
    pub fn rounded(self, step: Self, how: Rounding) -> Option<Self> {
        let (negative, mut value, sv) = self.parts();
        let (_, mut unit, su) = step.parts();
        let scale = sv.max(su);
        value = value.checked_mul(10u128.checked_pow(scale - sv)?)?;
        unit = unit.checked_mul(10u128.checked_pow(scale - su)?)?;
        if unit == 0 {
            return None;
        }
        let (mut count, rest) = divided(value, unit);
        let twice = rest.checked_mul(2)?;
        let away = match how {
            Rounding::HalfUp => twice >= unit,
            Rounding::HalfEven => twice > unit || (twice == unit && count % 2 == 1),
            Rounding::Up => rest > 0,
            Rounding::Down => false,
        };
        count += u128::from(away);
        Self::from_parts(negative, count.checked_mul(unit)?, i64::from(scale))
    }

    /// A hundredth of the number: what a percentage is worth.
    #[must_use]
    pub fn hundredth(self) -> Option<Self> {
        let (negative, m, s) = self.parts();
        Self::from_parts(negative, m, i64::from(s) + 2)
    }

    /// Written as money: at least two decimals, no other trailing zeros.
    pub fn write_money(self, out: &mut String) {
        self.write(out, 2);
    }

    /// Written plainly: no trailing zeros.
    pub fn write_plain(self, out: &mut String) {
        self.write(out, 0);
    }

    /// Writes all digits before the point and at least so many behind it.
    fn write(self, out: &mut String, least: usize) {
        const END: usize = 40;
        const HALF: usize = 19;
        let (negative, mantissa, scale) = self.parts();
        let (high, low) = divided(mantissa, 10u128.pow(19));
        let mut digits = [b'0'; END];
        let first = match (push_digits(&mut digits[..END - HALF], high), push_digits(&mut digits, low)) {
            (at, _) if at < END - HALF => at,
            (_, at) => at,
        };
        let point = END - scale as usize;
        let mut end = END;
        while end > point + least && digits[end - 1] == b'0' {
            end -= 1;
        }
        if negative && mantissa != 0 {
            out.push('-');
        }
        let text = |digits| std::str::from_utf8(digits).unwrap_or_default();
        out.push_str(text(&digits[first.min(point - 1)..point]));
        if end > point || least > 0 {
            out.push('.');
        }
        out.push_str(text(&digits[point..end]));
        (end..point + least).for_each(|_| out.push('0'));
    }
}

/// Writes digits at the end of a place; tells where they begin.
fn push_digits(place: &mut [u8], n: u128) -> usize {
    let (mut rest, mut at) = (u64::try_from(n).unwrap_or(0), place.len());
    while rest > 0 {
        at -= 1;
        place[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
    at
}

/// Quotient and rest; most numbers are small, and wide division is slow.
fn divided(n: u128, by: u128) -> (u128, u128) {
    match (u64::try_from(n), u64::try_from(by)) {
        (Ok(n), Ok(by)) => (u128::from(n / by), u128::from(n % by)),
        _ => (n / by, n % by),
    }
}

/// Divides every factor ten out of a product's two sides; tells how many.
fn strip_tens(a: &mut u128, b: &mut u128) -> i64 {
    let mut tens = 0;
    loop {
        let (x, y) = (*a, *b);
        if x.is_multiple_of(10) {
            *a = x / 10;
        } else if y.is_multiple_of(10) {
            *b = y / 10;
        } else if x.is_multiple_of(2) && y.is_multiple_of(5) {
            (*a, *b) = (x / 2, y / 5);
        } else if x.is_multiple_of(5) && y.is_multiple_of(2) {
            (*a, *b) = (x / 5, y / 2);
        } else {
            return tens;
        }
        tens += 1;
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write_plain(&mut text);
        f.write_str(&text)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let n = self.0.normalize();
        (n.mantissa(), n.scale()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (mantissa, scale) = <(i128, u32)>::deserialize(deserializer)?;
        let out_of_range = || D::Error::custom("a number out of range");
        Decimal::try_from_i128_with_scale(mantissa, scale).map(Self).map_err(|_| out_of_range())
    }
}
