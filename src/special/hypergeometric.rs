//! Fisher's noncentral hypergeometric law: what one cell of a two-by-two table may be, given its margins and the odds ratio.

/// How small a term is, beside the sum of those before it, that adds nothing.
const NOTHING: f64 = 1e-20;

/// The probabilities of no more and of no less than the second cell of a row has, given all margins and the odds ratio: with rows `[a, b]` and
/// `[c, d]` the weight of k in the place of b is `C(a + b, k) C(c + d, b + d - k) odds^k` (Fisher 1935, The logic of inductive inference).
///
/// `near` is how far the middle of the law lies from b, roughly; terms are summed from the mode outwards, each the one before times a ratio, so that the work is
/// that of its spread and not of its support.
pub(crate) fn tails([[a, b], [c, d]]: [[u64; 2]; 2], odds: f64, near: f64) -> [f64; 2] {
    let [a, b, c, d] = [a, b, c, d].map(i128::from);
    let (least, most) = (-b.min(c), a.min(d));
    // The weight at one more than this over the weight at this, both counted from b.
    let ratio = |at: i128| odds * ((a - at) as f64 / (b + at + 1) as f64) * ((d - at) as f64 / (c + at + 1) as f64);
    let mut mode = (near.round() as i128).clamp(least, most);
    while mode < most && ratio(mode) > 1.0 {
        mode += 1;
    }
    while mode > least && ratio(mode - 1) < 1.0 {
        mode -= 1;
    }
    let mut sums = Sums::default();
    let (mut at, mut term) = (mode, 1.0);
    while sums.adds(at, term) && at < most {
        term *= ratio(at);
        at += 1;
    }
    (at, term) = (mode, 1.0);
    while at > least {
        term /= ratio(at - 1);
        at -= 1;
        if !sums.adds(at, term) {
            break;
        }
    }
    [sums.below / sums.all, sums.above / sums.all]
}

#[derive(Default)]
struct Sums {
    all: f64,
    /// At zero and below, and at zero and above.
    below: f64,
    above: f64,
}

impl Sums {
    /// Adds a term; false where those beyond it add nothing.
    fn adds(&mut self, at: i128, term: f64) -> bool {
        self.all += term;
        if at <= 0 {
            self.below += term;
        }
        if at >= 0 {
            self.above += term;
        }
        let smallest = self.below.min(self.above);
        term > 0.0 && !(smallest > 0.0 && term < NOTHING * smallest)
    }
}

#[cfg(test)]
mod tests {
    use super::tails;

    fn near(found: f64, expected: f64) {
        assert!((found / expected - 1.0).abs() < 1e-12, "{found:e} for {expected:e}");
    }

    /// Of a row beside an endless other the law is binomial; counts beyond 2^53 lose nothing.
    #[test]
    fn beside_an_endless_row_it_is_binomial() {
        for others in [4_000_000_000_000_000_000, 9_223_372_036_854_775_809] {
            let [below, above] = tails([[1, 7], [others, others]], 1.0, -3.0);
            near(below, 255.0 / 256.0);
            near(above, 9.0 / 256.0);
        }
    }

    /// From a start that is far off, of a mode that is far off, and of one possible value.
    #[test]
    fn the_start_does_not_matter() {
        for start in [-1e300, -2.0, 0.0, 5.0, f64::NAN] {
            let [below, above] = tails([[0, 4], [3, 0]], 1.0, start);
            near(above, 1.0 / 35.0);
            assert!(below >= 1.0 - 1e-15);
        }
        assert_eq!(tails([[0, 0], [3, 9]], 2.0, 0.0), [1.0, 1.0]);
        // One table of C(800, 400), at the end of the law.
        let [below, above] = tails([[0, 400], [400, 0]], 1.0, 0.0);
        near(above, 5.317_948_384_759_284e-240);
        assert_eq!(below, 1.0);
    }
}
