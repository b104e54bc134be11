//! What is read of a rate, an average or a difference.

use super::per::Per;
use crate::base::{digits, exact, layout};
use std::fmt;

/// A rate, an average or a difference read per unit population; it prints as `24.5 per 100,000` and yields its `f64`.
///
/// Where it is a fraction of whole numbers, as every rate and pooled average is, the number is rounded once, and printed
/// digits are those of the fraction, rounded half away from zero as a person would. A format precision (`{:.2}`) sets their
/// number; without one three significant digits are shown, with at least one decimal. `{:+}` puts a plus before what is above
/// zero, as differences are often written. What is printed without a sign reads back as a
/// [`Published`](crate::claim::Published) figure.
///
/// ```
/// use crimerate::{Average, Per, Rate};
///
/// let firearms = Rate::new(721, 2_939_927)?;
/// let reading = firearms.per(Per::HUNDRED_THOUSAND);
/// assert_eq!(reading.to_string(), "24.5 per 100,000");
/// assert_eq!(f64::from(reading), 72_100_000.0 / 2_939_927.0);
/// let average = Average::MEAN.of(&[firearms, Rate::new(10, 100_000)?]).unwrap();
/// assert_eq!(format!("{:.2}", average.per(Per::HUNDRED_THOUSAND)), "17.26 per 100,000");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    number: Number,
    per: Per,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Number {
    Fraction { below_zero: bool, numerator: u128, denominator: u128 },
    Double(f64),
}

impl Reading {
    /// A fraction of whole numbers, the one below the line not zero.
    pub(crate) const fn of_fraction(numerator: u128, denominator: u128, per: Per) -> Self {
        Self { number: Number::Fraction { below_zero: false, numerator, denominator }, per }
    }

    /// The same number with its sign turned where it is below zero.
    pub(crate) const fn signed(self, below_zero: bool) -> Self {
        let number = match self.number {
            Number::Fraction { numerator, denominator, .. } => Number::Fraction { below_zero, numerator, denominator },
            Number::Double(value) => Number::Double(if below_zero { -value } else { value }),
        };
        Self { number, ..self }
    }

    pub(crate) const fn of_double(value: f64, per: Per) -> Self {
        Self { number: Number::Double(value), per }
    }

    /// The number that is read, such as 24.52 for 721 on 2,939,927 people per 100,000.
    #[must_use]
    pub fn value(self) -> f64 {
        match self.number {
            Number::Fraction { below_zero, numerator, denominator } => {
                let size = exact::quotient(numerator, denominator);
                if below_zero { -size } else { size }
            }
            Number::Double(value) => value,
        }
    }

    /// What it is read per.
    #[must_use]
    pub const fn per(self) -> Per {
        self.per
    }

    /// How many decimals show three significant digits, at least one.
    pub(crate) fn decimals(self) -> usize {
        digits::decimals(self.value())
    }

    /// The number alone with as many decimals, as it prints.
    pub(crate) fn digits(self, decimals: usize) -> String {
        match self.number {
            Number::Fraction { below_zero, numerator, denominator } => {
                let size = digits::exact(numerator, denominator, decimals);
                if below_zero && !digits::shows_zero(&size) { format!("-{size}") } else { size }
            }
            Number::Double(value) => digits::fixed(value, decimals),
        }
    }

    /// The same with a plus before what is above zero.
    pub(crate) fn signed_digits(self, decimals: usize) -> String {
        let shown = self.digits(decimals);
        if self.value() > 0.0 && !digits::shows_zero(&shown) { format!("+{shown}") } else { shown }
    }

    /// The same without its sign and without commas.
    pub(crate) fn plain(self, decimals: usize) -> String {
        match self.number {
            Number::Fraction { numerator, denominator, .. } => digits::exact_plain(numerator, denominator, decimals),
            Number::Double(value) => digits::unsigned(value, decimals),
        }
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = f.precision().unwrap_or_else(|| self.decimals());
        let shown = if f.sign_plus() { self.signed_digits(decimals) } else { self.digits(decimals) };
        layout::pad(f, &format!("{shown} {}", self.per))
    }
}

impl From<Reading> for f64 {
    fn from(reading: Reading) -> Self {
        reading.value()
    }
}
