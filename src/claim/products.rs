//! Products of whole numbers, compared without overflow.

use std::cmp::Ordering;

/// 512 bits, the lowest first: as many as four factors can have.
type Wide = [u64; 8];

/// How the product of some factors, at most four, compares with that of others.
pub(super) fn compare<const A: usize, const B: usize>(left: [u128; A], right: [u128; B]) -> Ordering {
    const { assert!(A <= 4 && B <= 4) };
    let (left, right) = (product(left), product(right));
    left.iter().rev().cmp(right.iter().rev())
}

fn product<const N: usize>(factors: [u128; N]) -> Wide {
    let one = [1, 0, 0, 0, 0, 0, 0, 0];
    factors.into_iter().fold(one, |product, factor| {
        let low = scaled(product, factor as u64);
        let mut high = scaled(product, (factor >> 64) as u64);
        high.rotate_right(1);
        sum(low, high)
    })
}

fn scaled(number: Wide, by: u64) -> Wide {
    let mut carry = 0;
    number.map(|limb| {
        let product = u128::from(limb) * u128::from(by) + carry;
        carry = product >> 64;
        product as u64
    })
}

fn sum(one: Wide, other: Wide) -> Wide {
    let (mut carry, mut others) = (0, other.into_iter());
    one.map(|limb| {
        let sum = u128::from(limb) + u128::from(others.next().unwrap_or(0)) + carry;
        carry = sum >> 64;
        sum as u64
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_overflows() {
        const MOST: u128 = u128::MAX;
        // (2^128 - 1)^4 by the binomial theorem.
        let all = u64::MAX;
        assert_eq!(product([MOST; 4]), [1, 0, all - 3, all, 5, 0, all - 3, all]);
        assert_eq!(compare([MOST; 4], [MOST, MOST, MOST, MOST - 1]), Ordering::Greater);
        assert_eq!(compare([MOST, 3, 5], [15, MOST]), Ordering::Equal);
        assert_eq!(compare([0, MOST], [1]), Ordering::Less);
    }

    proptest! {
        #[test]
        fn products_that_fit_compare_as_they_do(a in any::<u64>(), b in any::<u64>(), c in any::<u64>(), d in any::<u64>()) {
            let [a, b, c, d] = [a, b, c, d].map(u128::from);
            prop_assert_eq!(compare([a, b], [c, d]), (a * b).cmp(&(c * d)));
            prop_assert_eq!(compare([a, b, c, d], [d, c, b, a]), Ordering::Equal);
            prop_assert_eq!(compare([a + 1, b + 1, c + 1, d + 1], [d + 1, c + 1, b + 1, a + 2]), Ordering::Less);
        }
    }
}
