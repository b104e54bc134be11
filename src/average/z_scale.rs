//! What z measures from and in.

use crate::base::choice;

/// What z measures from and in. The default is [`ZScale::Standard`]. `r` is a rate, and every compared area counts the
/// same, however many people live there.
///
/// | scale | z | use |
/// |---|---|---|
/// | `standard` | (r - mean) / SD, SD with n - 1 | the usual one; one extreme rate inflates the SD and hides others |
/// | `log` | the same of ln r | rates that differ by factors: twice the centre and half of it are equally far out |
/// | `robust` | (r - median) / (1.4826 MAD) | what lies far from the bulk, whatever the extremes are |
///
/// MAD is the median of |r - median|, and 1.4826 makes it the standard deviation where the rates are normal. The centre
/// does not follow the choice of the [`Average`](crate::Average).
///
/// Take *standard* where a report speaks of "standard deviations from the average", *log* where rates have a long upper tail
/// (as crime rates often do) and none is zero, *robust* to find outliers: beyond 3 or so an area is unlike the bulk. Of knife
/// offences in 37 English forces, year to March 2020:
///
/// | | rate per 100,000 | standard | log | robust |
/// |---|---:|---:|---:|---:|
/// | Metropolitan Police | 178.6 | +3.87 | +2.69 | +4.67 |
/// | Cleveland | 91.8 | +0.93 | +1.08 | +1.32 |
/// | Durham | 26.0 | -1.29 | -1.97 | -1.22 |
///
/// None of them says whether chance could do it: a small area lies far out by chance more often than a large one, and z does
/// not know how large it is. An interval, [`against_rest`](crate::Comparison::against_rest) or a [`Funnel`](crate::funnel::Funnel) does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ZScale {
    /// From the mean of the rates, in their standard deviations.
    #[default]
    Standard,
    /// From the mean of the logarithms, in their standard deviations; undefined for all where one rate is zero.
    Log,
    /// From the median, in median absolute deviations times 1.4826.
    Robust,
}

choice!(ZScale, "a scale of z", "standard, log or robust", {
    Standard => "standard",
    Log => "log",
    Robust => "robust",
});
