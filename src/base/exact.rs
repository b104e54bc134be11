//! Exact quotients of whole numbers, and their rounding.

/// Every integer up to here is a double of its own, and a quotient of two such integers is rounded once.
const EXACT: u128 = 1 << 53;

/// `numerator / denominator`, rounded once to the nearest double (ties to even) whatever the size of the integers.
///
/// A denominator of zero gives an infinity, as division does; callers hold non-zero denominators.
pub(crate) fn quotient(numerator: u128, denominator: u128) -> f64 {
    if numerator <= EXACT && denominator <= EXACT || denominator == 0 {
        return numerator as f64 / denominator as f64;
    }
    // Long division to at least 56 bits; what is left over becomes a sticky last bit, so the conversion rounds right.
    let mut bits = numerator / denominator;
    let mut rest = numerator % denominator;
    let mut shift = 0_u64;
    while bits < 1 << 55 && numerator != 0 {
        let gap = denominator - rest;
        let carry = rest >= gap;
        rest = if carry { rest - gap } else { rest + rest };
        bits = 2 * bits + u128::from(carry);
        shift += 1;
    }
    let sticky = bits | u128::from(rest != 0);
    sticky as f64 * f64::from_bits((1023 - shift) << 52)
}

/// `numerator * 10^decimals / denominator` rounded half away from zero, where it fits.
pub(crate) fn rounded(numerator: u128, denominator: u128, decimals: usize) -> Option<u128> {
    let scaled = numerator.checked_mul(10_u128.checked_pow(u32::try_from(decimals).ok()?)?)?;
    let floor = scaled.checked_div(denominator)?;
    let rest = scaled % denominator;
    Some(floor + u128::from(rest >= denominator - rest))
}
