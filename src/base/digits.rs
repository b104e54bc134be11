//! How numbers are written, and plain ones read.
//!
//! Printed digits of a rate come from its exact fraction, half away from zero, and not from a double that was rounded before; doubles that are
//! themselves the answer are rounded by their shortest decimals.

use super::exact::{quotient, rounded};
use std::fmt;

/// An integer written in plain digits: no sign, no separators, no exponent.
pub(crate) fn plain(text: &str) -> Option<u64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// An integer as it is printed or written in plain digits: with commas between all of its thousands, or with none.
pub(crate) fn whole(text: &str) -> Option<u64> {
    plain(&ungrouped(text)?)
}

/// The text of a number without the commas between the thousands of its whole part; `None` where they stand elsewhere.
pub(crate) fn ungrouped(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    // No group of thousands begins with 0: `0,512` is a fraction.
    let begins = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let grouped = !whole.contains(',') || begins && groups.all(|group| group.len() == 3);
    (grouped && !fraction.contains(',')).then(|| format!("{}{fraction}", whole.split(',').collect::<String>()))
}

/// A decimal number as it is printed, `24.5` or `1,024`: its digits without the point, and how many stand behind it; `None` for
/// anything but digits with at most one point between them, commas between all thousands or none, or above what 18 digits hold.
pub(crate) fn decimal(text: &str) -> Option<(u64, u32)> {
    const DIGITS: usize = 18;
    let text = ungrouped(text)?;
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let point = text.len() > whole.len();
    let readable = !whole.is_empty() && point != fraction.is_empty() && whole.len() + fraction.len() <= DIGITS;
    Some((plain(&format!("{whole}{fraction}")).filter(|_| readable)?, u32::try_from(fraction.len()).ok()?))
}

/// An integer with commas between its thousands.
pub(crate) fn grouped(value: impl Into<u128>) -> String {
    let digits = value.into().to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A probability to four decimals: never a certainty by rounding, nor nearer to one than `least`.
pub(crate) fn probability(p: f64, least: f64) -> String {
    let least = least.max(0.0001);
    match p {
        p if p < least => format!("<{}", fixed(least, 4)),
        p if p > 1.0 - least => format!(">{}", fixed(1.0 - least, 4)),
        p => fixed(p, 4),
    }
}

/// A p-value to four decimals, never as zero, nor as one by rounding: `p = 0.0123`, `p < 0.0001`, `p > 0.9999` or `p = 1`.
pub(crate) fn p_value(p: f64) -> String {
    match p {
        p if p < 0.0001 => "p < 0.0001".into(),
        // What is 1 but for the rounding of its sums.
        p if p > 1.0 - 1e-9 => "p = 1".into(),
        p if p > 0.9999 => "p > 0.9999".into(),
        p => format!("p = {}", fixed(p, 4)),
    }
}

/// How many decimals show three significant digits of `value`, at least one and at most twelve.
pub(crate) fn decimals(value: f64) -> usize {
    let mut size = value.abs();
    // What would be zeros to the last place is zero.
    if size < 5e-13 || !size.is_finite() {
        return 1;
    }
    let mut decimals = 1;
    while size < 9.95 && decimals < 12 {
        size *= 10.0;
        decimals += 1;
    }
    decimals
}

/// All the digits of a double, none below zero, with commas between its thousands.
pub(crate) fn as_given(value: f64) -> String {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let whole = whole.parse::<u128>().map_or_else(|_| whole.to_owned(), grouped);
    fraction.map_or_else(|| whole.clone(), |rest| format!("{whole}.{rest}"))
}

/// The double, or where its shortest decimals are just halfway between two printed figures one that rounds away from zero: 12.35 is a little
/// less as a double, and as a fraction prints as 12.4.
fn half_away(size: f64, decimals: usize) -> f64 {
    let text = size.to_string();
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let halfway = fraction.len() == decimals + 1 && fraction.ends_with('5');
    if halfway { size.next_up() } else { size }
}

/// A number in its shortest form that reads back as the same number, with an exponent where it is tiny or huge and that is shorter.
pub(crate) fn shortest(value: f64) -> String {
    let (plain, exponent) = (value.to_string(), format!("{value:e}"));
    let readable = (1e-5..1e16).contains(&value.abs());
    if !readable && exponent.len() < plain.len() { exponent } else { plain }
}

/// A double with a fixed number of decimals, halves away from zero, commas between its thousands and never a minus before zero.
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    if value == f64::INFINITY {
        return "infinity".into();
    }
    let text = unsigned(value, decimals);
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut shown = match whole.parse::<u128>() {
        Ok(whole) => grouped(whole),
        Err(_) => whole.to_owned(),
    };
    if value < 0.0 && !shows_zero(&text) {
        shown.insert(0, '-');
    }
    if let Some(fraction) = fraction {
        shown.push('.');
        shown.push_str(fraction);
    }
    shown
}

/// A double without its sign with a fixed number of decimals, halves away from zero, and no commas.
pub(crate) fn unsigned(value: f64, decimals: usize) -> String {
    format!("{:.decimals$}", half_away(value.abs(), decimals))
}

/// Whether no digit of a printed number is above zero.
pub(crate) fn shows_zero(text: &str) -> bool {
    text.bytes().all(|b| !b.is_ascii_digit() || b == b'0')
}

/// Whether printed per cent read as all of something.
pub(crate) fn shows_all(text: &str) -> bool {
    text.starts_with("100") && text.trim_end_matches(['0', '.']) == "1"
}

/// The digits of a double between 0 and 1, all that tell it from its neighbours, behind the point.
pub(crate) fn behind_point(value: f64) -> String {
    let text = value.to_string();
    text.split_once('.').map_or_else(String::new, |(_, fraction)| fraction.to_owned())
}

/// As [`fixed`], with a plus before what is above zero, and with an exponent where a double does not tell all digits before the point.
pub(crate) fn signed(value: f64, decimals: usize) -> String {
    let endless = value.is_finite() && value.abs() >= 1e16;
    let text = if endless { format!("{value:.2e}") } else { fixed(value, decimals) };
    if value > 0.0 && !shows_zero(&text) { format!("+{text}") } else { text }
}

/// A level between 0 and 1 in per cent: its shortest decimals with the point two places on, so that no digit is rounded
/// away.
pub(crate) fn per_cent(level: f64) -> String {
    per_cent_with(level, '.')
}

/// As [`per_cent`], with another point.
pub(crate) fn per_cent_with(level: f64, point: char) -> String {
    let level = format!("{level}00");
    let decimals = level.strip_prefix("0.").unwrap_or(&level);
    let (whole, fraction) = decimals.split_at_checked(2).unwrap_or((decimals, ""));
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}{point}{fraction}") }
}

/// What a number of per cent, in plain digits, is as a fraction of one: the double nearest to its decimals with the point two
/// places on, so that what [`per_cent`] writes reads as the same double.
pub(crate) fn hundredth(percent: &str) -> Option<f64> {
    let (whole, fraction) = percent.split_once('.').unwrap_or((percent, ""));
    let plain = !percent.is_empty() && [whole, fraction].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    plain.then(|| format!("{whole}.{fraction}e-2").parse().ok()).flatten()
}

/// `numerator / denominator` rounded half away from zero at `decimals`, so that no double decides a printed digit.
pub(crate) fn exact(numerator: u128, denominator: u128, decimals: usize) -> String {
    written(numerator, denominator, decimals, grouped, fixed)
}

/// As [`exact`], without commas.
pub(crate) fn exact_plain(numerator: u128, denominator: u128, decimals: usize) -> String {
    written(numerator, denominator, decimals, |whole: u128| whole.to_string(), unsigned)
}

fn written(
    numerator: u128,
    denominator: u128,
    decimals: usize,
    whole: impl Fn(u128) -> String,
    double: impl Fn(f64, usize) -> String,
) -> String {
    let Some(rounded) = rounded(numerator, denominator, decimals) else {
        return double(quotient(numerator, denominator), decimals);
    };
    let unit = 10_u128.pow(u32::try_from(decimals).unwrap_or(0));
    if decimals == 0 {
        return whole(rounded);
    }
    format!("{}.{:0decimals$}", whole(rounded / unit), rounded % unit)
}

/// The decimals that a format string asks for, or else those that suit the value.
pub(crate) fn precision(f: &fmt::Formatter<'_>, value: f64) -> usize {
    f.precision().unwrap_or_else(|| decimals(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotient_of_small_integers_is_the_division() {
        assert_eq!(quotient(721, 2_939_927).to_bits(), (721.0 / 2_939_927.0_f64).to_bits());
        assert_eq!(quotient(0, u128::MAX), 0.0);
        assert_eq!(quotient(u128::MAX, u128::MAX), 1.0);
        assert_eq!(quotient(1, u128::MAX), 2_f64.powi(-128));
        assert_eq!(quotient(u128::MAX, 1), 2_f64.powi(128));
    }

    #[test]
    fn quotient_rounds_once_where_two_conversions_would_round_twice() {
        // 2^53 + 1 over 3 is 3002399751580331 exactly; the numerator alone would round to 2^53.
        assert_eq!(quotient((1 << 53) + 1, 3), 3_002_399_751_580_331.0);
        // Halfway between two doubles goes to the even one, a hair above it goes up.
        assert_eq!(quotient((1 << 54) + 2, 2), 9_007_199_254_740_992.0);
        assert_eq!(quotient((1 << 56) + 9, 8), 9_007_199_254_740_994.0);
    }

    proptest! {
        /// No double is nearer: the error is at most half a unit in the last place, checked in integers.
        #[test]
        fn quotient_is_the_nearest_double(n in 1..=u64::MAX, d in 1..=u64::MAX) {
            let q = quotient(n.into(), d.into());
            let significand = u128::from(q.to_bits() & ((1 << 52) - 1) | 1 << 52);
            let exponent = i64::try_from(q.to_bits() >> 52).unwrap() - 1075;
            let (n, d) = (u128::from(n), u128::from(d));
            let (exact, near) = if exponent <= 0 {
                (n << exponent.unsigned_abs(), significand * d)
            } else {
                (n, (significand << exponent) * d)
            };
            let half = if exponent <= 0 { d } else { d << exponent };
            prop_assert!(2 * exact.abs_diff(near) <= half, "{n}/{d} = {q}");
        }

        #[test]
        fn quotient_does_not_depend_on_a_common_factor(n in 0_u64..1 << 40, d in 1_u64..1 << 40, k in 1_u128..1 << 80) {
            prop_assert_eq!(quotient(u128::from(n) * k, u128::from(d) * k).to_bits(), (n as f64 / d as f64).to_bits());
        }

        #[test]
        fn grouping_only_adds_commas(value in any::<u64>()) {
            let text = grouped(value);
            prop_assert_eq!(text.replace(',', "").parse::<u64>().unwrap(), value);
            let mut parts = text.split(',');
            prop_assert!((1..=3).contains(&parts.next().unwrap().len()));
            prop_assert!(parts.all(|part| part.len() == 3));
        }
    }

    #[test]
    fn no_probability_is_printed_as_certain() {
        let shown = |p| [probability(p, 0.0), probability(p, 0.0005)];
        assert_eq!(shown(0.0), ["<0.0001", "<0.0005"]);
        assert_eq!(shown(0.0002), ["0.0002", "<0.0005"]);
        assert_eq!(shown(0.0005), ["0.0005", "0.0005"]);
        assert_eq!(shown(0.5), ["0.5000", "0.5000"]);
        assert_eq!(shown(1.0), [">0.9999", ">0.9995"]);
    }

    #[test]
    fn printed_digits_round_half_away_from_zero() {
        assert_eq!(exact(1, 8, 2), "0.13");
        assert_eq!(exact(5, 2, 0), "3");
        assert_eq!(exact(1_234_567, 1, 1), "1,234,567.0");
        assert_eq!(fixed(-0.04, 1), "0.0");
        assert_eq!(
            [(0.625, 2), (-12.5, 0), (0.125, 2), (2.5, 0), (2.675, 2)].map(|(v, d)| fixed(v, d)),
            ["0.63", "-13", "0.13", "3", "2.68"]
        );
        assert_eq!([1100.0, 83.5, 1e21].map(as_given), ["1,100", "83.5", "1,000,000,000,000,000,000,000"]);
        assert_eq!(fixed(-1234.56, 1), "-1,234.6");
        assert_eq!(signed(0.04, 1), "0.0");
        assert_eq!(signed(9.4, 1), "+9.4");
        assert_eq!([24.5, 1.037, 0.245, 0.0, 123.0, 9.96].map(decimals), [1, 2, 3, 1, 1, 1]);
    }
}
