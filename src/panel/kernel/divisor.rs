//! Divisions by multiplication that have the bits of a division.
//!
//! Populations to 2^26 divide by their inverse and one exact correction, which has the bits of a division at less than half of its
//! price.

/// A whole number to divide many whole numbers by: the bits of a division, at less than half of its price.
///
/// Markstein's correction (1990, IBM J. Res. Dev. 34, 111) without a fused multiply-add. With `q` the product of `x` and
/// the inverse, `q = high + low` splits it into 26 and 27 bits, so that for a divisor of up to 2^26 both products with it
/// are exact, and so is the remainder `x - q n` for `x` below 2^53. `q` is off by at most two units in the last place,
/// and the correction by some 2^-50 of one; but `x / n` lies at least `1 / (2 n)` of a unit away from every point halfway
/// between doubles, so `q` corrected rounds as `x / n` does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Divisor {
    number: f64,
    inverse: f64,
}

impl Divisor {
    /// The largest divisor whose remainders are exact.
    const MOST: u64 = 1 << 26;

    /// The lower 27 bits of the 53 of a double.
    const LOW: u64 = (1 << 27) - 1;

    /// `None` for 0 and for numbers above 2^26.
    pub(super) fn new(number: u64) -> Option<Self> {
        let small = (1..=Self::MOST).contains(&number);
        small.then_some(Self { number: number as f64, inverse: 1.0 / number as f64 })
    }

    pub(super) const fn number(self) -> f64 {
        self.number
    }

    /// `x / n` of a whole number below 2^53.
    #[inline(always)]
    pub(super) fn divide(self, x: f64) -> f64 {
        let q = x * self.inverse;
        let high = f64::from_bits(q.to_bits() & !Self::LOW);
        let low = q - high;
        let rest = (x - high * self.number) - low * self.number;
        q + rest * self.inverse
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn edges_have_the_bits_of_a_division() {
        for n in (1..2_000).chain((0..2_000).map(|k| Divisor::MOST - k)).chain((0..27).map(|k| 1 << k)) {
            let divisor = Divisor::new(n).unwrap();
            let edges = (0..54).flat_map(|k| [-1_i64, 0, 1].map(|step| ((1_i64 << k) + step) as f64));
            let near = (1..40).map(|k| ((1_u64 << 53) - 1 - k * n) as f64);
            for x in edges.chain(near).filter(|x| *x < (1_u64 << 53) as f64) {
                assert_eq!(divisor.divide(x).to_bits(), (x / n as f64).to_bits(), "{x} / {n}");
            }
        }
        assert!(Divisor::new(0).is_none() && Divisor::new(Divisor::MOST + 1).is_none());
    }

    /// Numerators whose quotient lies as near as can be to halfway between two doubles.
    #[test]
    fn hard_cases_have_the_bits_of_a_division() {
        let mut state = 1_u64;
        for _ in 0..200_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let n = ((state >> 20) % Divisor::MOST + 1) | 1;
            let q = (state >> 9) | (1 << 54);
            // x 2^s = q n + r with q odd and of 54 bits: x / n lies r / n of half a unit from halfway.
            let q = (q & ((1 << 54) - 1)) | (1 << 53) | 1;
            let product = u128::from(q) * u128::from(n);
            let shift = 128 - product.leading_zeros() - 53;
            for x in [product >> shift, (product >> shift) + 1] {
                let x = x as f64;
                if x < (1_u64 << 53) as f64 {
                    let divisor = Divisor::new(n).unwrap();
                    assert_eq!(divisor.divide(x).to_bits(), (x / n as f64).to_bits(), "{x} / {n}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn it_is_a_division(x in 0..1_u64 << 53, shift in 0..53_u32, n in 1..=Divisor::MOST, less in 0..26_u32) {
            let (x, n) = ((x >> shift) as f64, (n >> less).max(1));
            prop_assert_eq!(Divisor::new(n).unwrap().divide(x).to_bits(), (x / n as f64).to_bits());
        }
    }
}
