//! The quantiles that winsorising needs, without a sort.
//!
//! A funnel of a panel sorts nothing. Winsorising needs the few smallest and largest z of a column (of 43 areas, six at either
//! end): they are kept in registers, four columns at a time, while the rows of z go by. Where more than eight are needed, or z are
//! dropped, a column is selected from by itself.

use crate::funnel::{Trim, TrimRule, between, place};

/// As many columns are trimmed side by side, in registers.
pub(super) const LANES: usize = 4;

type Lanes = [f64; LANES];

/// How many of the smallest and of the largest z say what all are drawn in to; `None` for too many to hold in registers,
/// and where z are dropped.
pub(super) fn depth(areas: usize, trim: Trim) -> Option<usize> {
    let depth = place(areas.saturating_sub(1), trim.fraction()).0 + 2;
    (trim.rule() == TrimRule::Winsorise && depth <= 8).then_some(depth)
}

/// The length of a row of z: whole groups of lanes, and not a power of two, as rows that lie whole pages apart would crowd
/// each other out of the cache.
pub(super) fn pitch(width: usize) -> usize {
    width.div_ceil(LANES) * LANES + 8
}

/// What the z of some columns are drawn in to, at the lower and the upper end; columns differ in how many of their areas are
/// known.
#[inline(always)]
pub(super) fn ends(
    depth: usize,
    rows: impl Iterator<Item = Lanes> + Clone,
    areas: Lanes,
    fraction: f64,
) -> (Lanes, Lanes) {
    macro_rules! of_depth {
        ($($depth:literal)+) => {
            match depth {
                $($depth => {
                    let low = outermost::<$depth>(rows.clone(), f64::INFINITY, |one, other| one < other);
                    let high = outermost::<$depth>(rows, f64::NEG_INFINITY, |one, other| one > other);
                    (quantiles(low, areas, fraction), quantiles(high, areas, fraction))
                })+
                _ => ([f64::NAN; LANES], [f64::NAN; LANES]),
            }
        };
    }
    of_depth!(2 3 4 5 6 7 8)
}

/// The first z of some columns in an order; those that are not known come before nothing.
#[inline(always)]
fn outermost<const DEPTH: usize>(
    rows: impl Iterator<Item = Lanes>,
    last: f64,
    before: impl Fn(f64, f64) -> bool,
) -> [Lanes; DEPTH] {
    let mut kept = [[last; LANES]; DEPTH];
    for mut row in rows {
        for kept in &mut kept {
            for (kept, next) in kept.iter_mut().zip(&mut row) {
                let first = before(*next, *kept);
                (*kept, *next) = (if first { *next } else { *kept }, if first { *kept } else { *next });
            }
        }
    }
    kept
}

#[inline(always)]
fn quantiles<const DEPTH: usize>(sorted: [Lanes; DEPTH], areas: Lanes, fraction: f64) -> Lanes {
    let mut found = [f64::NAN; LANES];
    for (lane, (to, areas)) in found.iter_mut().zip(areas).enumerate() {
        let (whole, share) = place((areas as usize).saturating_sub(1), fraction);
        let mut from = sorted.iter().skip(whole).filter_map(|values| values.get(lane));
        if let (Some(here), Some(next)) = (from.next(), from.next()) {
            *to = between(*here, *next, share);
        }
    }
    found
}
