//! Whether a picture picks out more areas than chance alone would.

use crate::special::binomial;

/// How rarely a headline may say that it is more than chance where it is not: by the number of areas and by how far any one lies, half of 5 % each.
pub(super) const ALARM: f64 = 0.025;

/// Whether `found` of `all` areas are more than chance picks out where it picks each with probability `p`: by the exact binomial tail,
/// which of several levels that are looked at is divided among them (Bonferroni).
pub(super) fn exceeds(found: usize, all: usize, p: f64, levels: usize) -> bool {
    let tails = binomial::tails(found as u64, all.saturating_sub(found) as u64, p / (1.0 - p));
    found > 0 && tails.point + tails.above <= ALARM / levels.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By scipy's `binom.isf` at 2.5 % over the number of levels: the most that chance picks.
    #[test]
    fn as_many_as_chance_may_pick_are_no_more_than_chance() {
        for (all, p, levels, most) in [
            (37, 0.05, 2, 5),
            (37, 0.05, 1, 5),
            (333, 0.05, 2, 26),
            (37, 0.002, 2, 1),
            (333, 0.002, 2, 3),
            (3, 0.05, 1, 1),
        ] {
            let found: Vec<usize> = (0..=all).filter(|found| !exceeds(*found, all, p, levels)).collect();
            assert_eq!(found.last(), Some(&most), "{all} {p} {levels}");
            assert_eq!(found.len(), most + 1);
        }
    }
}
