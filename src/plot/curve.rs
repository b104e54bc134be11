//! Limits as lines that the eye can follow, and that part the areas outside from those within.
//!
//! Counts are whole, so limits interpolated between them move in waves. What is drawn goes through the sizes at which a whole count comes
//! to lie outside by its exact tail, on the scale of square roots, where a limit is nearly straight (Freeman and Tukey 1950, Annals of
//! Mathematical Statistics 21:607).

use super::canvas::At;

/// A limit: the count at each size, through places where it is known.
#[derive(Debug, Default)]
pub(super) struct Limit {
    /// Roots of size and of count and shift, in the order of the sizes, with the slope there.
    knots: Vec<(f64, f64, f64)>,
    shift: f64,
}

impl Limit {
    /// The size at which a count of 0 comes to lie outside.
    pub(super) fn start(&self) -> Option<f64> {
        let (size, count, _) = *self.knots.first()?;
        (self.shift == 1.0 && count == 1.0).then_some(size * size)
    }

    /// Through these sizes and counts, in their order. That so few or fewer are counted is a matter of one count more (a gamma tail of shape
    /// x + 1), so the root of a lower limit is straight with a shift of 1, that of an upper one without.
    pub(super) fn through(places: &[(f64, f64)], shift: f64) -> Self {
        let roots: Vec<(f64, f64)> = places.iter().map(|(size, count)| (size.sqrt(), (count + shift).sqrt())).collect();
        let slope = |from: (f64, f64), to: (f64, f64)| (to.1 - from.1) / (to.0 - from.0).max(1e-12);
        let knots = roots.iter().enumerate().map(|(place, here)| {
            let before = place.checked_sub(1).and_then(|before| roots.get(before));
            let steep = match (before, roots.get(place + 1)) {
                (Some(before), Some(after)) => {
                    // That of the parabola through all three.
                    let (left, right) = (here.0 - before.0, after.0 - here.0);
                    let (one, other) = (slope(*before, *here), slope(*here, *after));
                    (one * right + other * left) / (left + right).max(1e-12)
                }
                (Some(before), None) => slope(*before, *here),
                (None, Some(after)) => slope(*here, *after),
                (None, None) => 0.0,
            };
            (here.0, here.1, steep)
        });
        Self { knots: knots.collect(), shift }
    }

    /// The count at a size, if the limit is known on both sides of it.
    pub(super) fn at(&self, size: f64) -> Option<f64> {
        let root = size.sqrt();
        let after = self.knots.partition_point(|knot| knot.0 < root);
        let (to, steep) = self.knots.get(after).map(|knot| (*knot, knot.2))?;
        let Some(from) = after.checked_sub(1).and_then(|before| self.knots.get(before)).copied() else {
            return (to.0 == root).then_some(to.1 * to.1 - self.shift);
        };
        let long = (to.0 - from.0).max(1e-12);
        let share = (root - from.0) / long;
        let (square, cube) = (share * share, share * share * share);
        let value = (2.0 * cube - 3.0 * square + 1.0) * from.1
            + (cube - 2.0 * square + share) * long * from.2
            + (3.0 * square - 2.0 * cube) * to.1
            + (cube - square) * long * steep;
        Some((value.max(0.0).powi(2) - self.shift).max(0.0))
    }
}

/// Counts that a limit is drawn through: all of the small, then each a tenth more than the one before, of the large a third.
pub(super) fn counts_from(first: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(first), |count| count.checked_add((count / if *count < 100 { 10 } else { 3 }).max(1)))
}

/// The size at which a function that rises with it is zero: by bisection on the logarithm that takes the secant where it can.
pub(super) fn crossing(of: impl Fn(f64) -> Option<f64>, start: f64) -> Option<f64> {
    const SIZES: std::ops::RangeInclusive<f64> = 1e-9..=1e18;
    let (mut low, mut high) = (start, start);
    let first = of(start)?;
    let (mut below, mut above) = (first, first);
    // Limits lie some standard errors away, unless counts vary by more.
    let mut step = 1.0 + (4.0 / start.sqrt()).min(1.0);
    while below > 0.0 {
        (low, high, above) = (low / step, low, below);
        below = SIZES.contains(&low).then(|| of(low)).flatten()?;
        step = (step * step).min(4.0);
    }
    while above < 0.0 {
        (low, high, below) = (high, high * step, above);
        above = SIZES.contains(&high).then(|| of(high)).flatten()?;
        step = (step * step).min(4.0);
    }
    for turn in 0..60 {
        // A small part of the standard error.
        if high - low <= 1e-4 * high.min(high.sqrt()) || below == 0.0 {
            break;
        }
        let secant = low + (high - low) * (below / (below - above));
        // A secant that keeps one end for long is no help.
        let sound = turn % 3 != 2 && secant > low && secant < high;
        let middle = if sound { secant } else { f64::midpoint(low, high) };
        match of(middle)? {
            value if value > 0.0 => (high, above) = (middle, value),
            value => (low, below) = (middle, value),
        }
    }
    Some(low)
}

/// What of a line lies between two heights, to where it crosses them.
pub(super) fn clipped(points: &[At], (bottom, top): (f64, f64)) -> Vec<At> {
    let inside = |at: At| (bottom..=top).contains(&at.1);
    let crossed = |one: At, other: At| {
        let edge = if one.1.max(other.1) > top { top } else { bottom };
        (one.0 + (other.0 - one.0) * (edge - one.1) / (other.1 - one.1), edge)
    };
    let mut kept: Vec<At> = points.first().copied().filter(|at| inside(*at)).into_iter().collect();
    for (from, to) in points.iter().copied().zip(points.iter().copied().skip(1)) {
        if inside(from) != inside(to) {
            kept.push(crossed(from, to));
        }
        if inside(to) {
            kept.push(to);
        }
    }
    kept
}

/// A line without the points that nobody would miss: none left out lies farther than a tenth of a pixel from what is drawn.
pub(super) fn thinned(points: &[At]) -> Vec<At> {
    let mut kept: Vec<At> = Vec::new();
    let mut since: Vec<At> = Vec::new();
    for at in points {
        let Some(from) = kept.last().copied() else {
            kept.push(*at);
            continue;
        };
        if since.iter().any(|passed| distance(*passed, from, *at) > 0.1) {
            kept.extend(since.last().copied());
            since.clear();
        }
        since.push(*at);
    }
    kept.extend(since.last().copied());
    kept
}

/// Of a place from the line through two others.
fn distance(place: At, from: At, to: At) -> f64 {
    let (across, down) = (to.0 - from.0, to.1 - from.1);
    ((place.0 - from.0) * down - (place.1 - from.1) * across).abs() / across.hypot(down).max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::gamma;

    #[test]
    fn thin_lines_keep_their_ends_and_bends() {
        let straight: Vec<At> = (0..50).map(|i| (f64::from(i), 2.0 * f64::from(i))).collect();
        assert_eq!(thinned(&straight), [(0.0, 0.0), (49.0, 98.0)]);
        assert_eq!(thinned(&[(0.0, 0.0), (1.0, 0.0), (2.0, 5.0)]), [(0.0, 0.0), (1.0, 0.0), (2.0, 5.0)]);
    }

    /// Where a line is drawn, counts above it are those with a tail of no more than the level.
    #[test]
    fn limits_part_what_is_outside_from_what_is_not() {
        // P(X >= count) of a Poisson count.
        let upper = |count: u64, size: f64| gamma::lower(count as f64, size);
        let place = |count: u64| crossing(|size| Some(upper(count, size).ln() - 0.025_f64.ln()), count as f64);
        let places: Vec<(f64, f64)> = counts_from(1)
            .take_while(|count| *count < 900)
            .filter_map(|count| Some((place(count)?, count as f64)))
            .collect();
        assert!(
            places.len() > 40
                && places.iter().all(|(size, count)| (upper(*count as u64, *size) / 0.025 - 1.0).abs() < 1e-3)
        );
        let limit = Limit::through(&places, 0.0);
        let steps = (1..700).map(|step| 0.03 * 1.014_f64.powi(step));
        for size in steps.filter(|size| *size < 700.0) {
            let drawn = limit.at(size).unwrap();
            for count in drawn.floor() as u64..=drawn.floor() as u64 + 1 {
                // As near to the line as a tenth of a count, whoever looks cannot tell.
                if count > 0 && (count as f64 - drawn).abs() > 0.02 {
                    assert_eq!(count as f64 > drawn, upper(count, size) <= 0.025, "{count} of {size}, drawn {drawn}");
                }
            }
        }
    }

    #[test]
    fn lines_end_where_they_leave_the_drawing() {
        let line = [(0.0, 40.0), (1.0, 20.0), (2.0, 8.0), (3.0, 4.0), (4.0, -4.0)];
        assert_eq!(clipped(&line, (0.0, 14.0)), [(1.5, 14.0), (2.0, 8.0), (3.0, 4.0), (3.5, 0.0)]);
        assert_eq!(clipped(&line[..2], (0.0, 14.0)), []);
    }

    #[test]
    fn limits_are_known_between_their_ends_alone() {
        let limit = Limit::through(&[(4.0, 1.0), (9.0, 4.0), (16.0, 9.0)], 0.0);
        assert_eq!([limit.at(4.0), limit.at(9.0), limit.at(3.9), limit.at(16.1)], [Some(1.0), Some(4.0), None, None]);
        assert!((limit.at(12.25).unwrap() - 6.25).abs() < 1e-12);
        assert_eq!(Limit::default().at(1.0), None);
        assert_eq!(crossing(|size| Some(size - 5e3), 1.0).map(f64::round), Some(5e3));
        assert_eq!([crossing(|_| Some(1.0), 1.0), crossing(|_| Some(-1.0), 1.0), crossing(|_| None, 1.0)], [None; 3]);
    }
}
