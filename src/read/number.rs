//! Numbers as files write them.

use std::ops::RangeInclusive;

/// A decimal number, exactly: its digits, how many of them stand behind the point, and its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    negative: bool,
    digits: u128,
    /// Negative where zeros follow the digits.
    behind: i32,
}

/// In which way a number was not plain digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberForm {
    Plain,
    Grouped,
    Fraction,
    Exponent,
    /// With a plus, or with a dash or a space where a hyphen is usual.
    Signed,
    /// With zeros before its digits.
    Zeros,
}

/// The powers of ten that a number may be written with; none that a count or a population can have lies outside.
const EXPONENTS: RangeInclusive<i32> = -30..=30;

impl Number {
    /// The number that text is, all of it; `point` is what stands before the fraction.
    pub(super) fn read(text: &str, point: char) -> Option<(Self, NumberForm)> {
        let (negative, rest) = match text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent.parse::<i32>().ok()?)),
            None => (rest, None),
        };
        let (whole, fraction) = match mantissa.split_once(point) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let (whole, grouped) = ungrouped(whole, point)?;
        let behind = fraction.unwrap_or_default();
        let readable = !whole.is_empty() && fraction.is_none_or(|fraction| !fraction.is_empty());
        if !readable || !behind.bytes().all(|byte| byte.is_ascii_digit()) || whole.len() + behind.len() > 38 {
            return None;
        }
        let digits = format!("{whole}{behind}").parse().ok()?;
        let shift = exponent.unwrap_or(0);
        let behind = i32::try_from(behind.len()).ok()?;
        let form = match (exponent, fraction) {
            _ if text != rest && text.strip_prefix('-') != Some(rest) => NumberForm::Signed,
            (Some(_), _) => NumberForm::Exponent,
            (None, Some(_)) => NumberForm::Fraction,
            (None, None) if grouped => NumberForm::Grouped,
            (None, None) if whole.len() > 1 && whole.starts_with('0') => NumberForm::Zeros,
            (None, None) => NumberForm::Plain,
        };
        EXPONENTS.contains(&shift).then_some((Self { negative, digits, behind: behind - shift }, form))
    }

    pub(super) const fn is_negative(self) -> bool {
        self.negative && self.digits > 0
    }

    /// The number, where it is whole.
    pub(super) fn whole(self) -> Option<i128> {
        let power = 10_u128.checked_pow(self.behind.unsigned_abs())?;
        let size = match self.behind {
            ..=0 => self.digits.checked_mul(power)?,
            1.. => self.digits.is_multiple_of(power).then(|| self.digits / power)?,
        };
        let size = i128::try_from(size).ok()?;
        Some(if self.negative { -size } else { size })
    }

    /// So many times the number.
    pub(super) fn times(self, unit: u64) -> Option<Self> {
        let mut times = Self { digits: self.digits.checked_mul(unit.into())?, ..self };
        while times.behind > 0 && times.digits.is_multiple_of(10) {
            times = Self { digits: times.digits / 10, behind: times.behind - 1, ..times };
        }
        Some(times)
    }

    /// The number with no more than k digits behind its point, half of the last rounded up.
    pub(super) fn rounded(self, most: u32) -> Self {
        let over = self.behind.saturating_sub_unsigned(most);
        match u32::try_from(over).ok().and_then(|over| 10_u128.checked_pow(over)) {
            Some(power) if over > 0 => {
                let (whole, rest) = (self.digits / power, self.digits % power);
                Self { digits: whole + u128::from(rest >= power / 2), behind: self.behind - over, ..self }
            }
            _ => self,
        }
    }

    /// The number in plain digits with a point.
    pub(super) fn plain(self) -> String {
        let sign = if self.negative { "-" } else { "" };
        let behind = usize::try_from(self.behind).unwrap_or(0);
        let zeros = "0".repeat(usize::try_from(-self.behind).unwrap_or(0));
        let digits = format!("{:0>width$}{zeros}", self.digits, width = behind + 1);
        match digits.split_at_checked(digits.len() - behind) {
            Some((whole, fraction)) if !fraction.is_empty() => format!("{sign}{whole}.{fraction}"),
            _ => format!("{sign}{digits}"),
        }
    }
}

/// Digits without what stands between all of their thousands, and whether anything did.
fn ungrouped(text: &str, point: char) -> Option<(String, bool)> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((text.to_owned(), false));
    }
    let separators: &[char] = if point == ',' { &['.'] } else { &[','] };
    let spaces = [' ', '\u{a0}', '\u{2007}', '\u{2009}', '\u{202f}', '\'', '\u{2019}'];
    let separator = text.chars().find(|c| separators.contains(c) || spaces.contains(c))?;
    let mut groups = text.split(separator);
    let first = groups.next()?;
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    // `0,512` is a fraction.
    let good = (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0');
    let good = good && groups.all(|group| group.len() == 3 && is_digits(group));
    good.then(|| (text.split(separator).collect(), true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Option<i128> {
        Number::read(text, '.').and_then(|(number, _)| number.whole())
    }

    #[test]
    fn every_way_of_writing_a_whole_number() {
        for text in [
            "1234",
            "1,234",
            "1 234",
            "1\u{a0}234",
            "1\u{202f}234",
            "1\u{2009}234",
            "1'234",
            "1234.0",
            "1234.000",
            "1.234e3",
            "1.234E+03",
            "12340e-1",
            "+1234",
            "01234",
        ] {
            assert_eq!(whole(text), Some(1_234), "{text}");
        }
        assert_eq!(
            [whole("-1"), whole("\u{2212}1"), whole("5e+05"), whole("0.0")],
            [Some(-1), Some(-1), Some(500_000), Some(0)]
        );
        assert_eq!(whole("170141183460469231731687303715884105727"), None, "more digits than it takes");
        assert_eq!(Number::read("1.234", ',').unwrap().0.whole(), Some(1_234));
        assert_eq!(Number::read("1.234,0", ',').unwrap().0.whole(), Some(1_234));
    }

    #[test]
    fn what_is_no_whole_number() {
        for text in [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "1.5",
            "1,23",
            "12,34,567",
            "1,234 567",
            "1e",
            "1e99",
            "1e2.5",
            "1,2345",
            "0x10",
            "1_000",
            "0,512",
            "012 345",
            "--1",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
        assert_eq!(Number::read("1.234", '.').unwrap().0.whole(), None);
    }

    #[test]
    fn a_number_of_fewer_digits() {
        let rounded = |text: &str, most: u32| Number::read(text, '.').unwrap().0.rounded(most).plain();
        for (text, most, expected) in [
            ("0.011899848037164469", 16, "0.0118998480371645"),
            ("0.125", 2, "0.13"),
            ("0.124", 2, "0.12"),
            ("0.999", 2, "1.00"),
            ("-0.999", 0, "-1"),
            ("12", 2, "12"),
            ("12.5", 2, "12.5"),
            ("1e3", 0, "1000"),
        ] {
            assert_eq!(rounded(text, most), expected, "{text}");
        }
    }

    #[test]
    fn a_number_in_plain_digits() {
        let plain = |text: &str| Number::read(text, '.').unwrap().0.plain();
        for (text, expected) in [
            ("83.60", "83.60"),
            ("1,024.5", "1024.5"),
            ("5e-3", "0.005"),
            ("-1.5e2", "-150"),
            ("0", "0"),
            ("0.0", "0.0"),
            ("1e3", "1000"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }
}
