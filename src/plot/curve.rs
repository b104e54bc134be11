//! Limits as lines that the eye can follow.
//!
//! Exact limits of small counts move in waves, as whole counts come in: what is drawn goes through the middle of these, and the
//! positions of areas are told by the exact ones.

use super::canvas::At;

/// Values that fall or rise throughout, as near to those given as may be in squares (Ayer and others 1955, Annals of Mathematical
/// Statistics 26:641), then smoothed over `reach` neighbours at each side.
pub(super) fn smooth(values: &[f64], falling: bool, reach: usize) -> Vec<f64> {
    let sign = if falling { -1.0 } else { 1.0 };
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for value in values {
        let mut pool = (sign * value, 1);
        while let Some(last) = pools.last().copied().filter(|last| last.0 > pool.0) {
            pools.pop();
            let number = last.1 + pool.1;
            pool = ((last.0 * last.1 as f64 + pool.0 * pool.1 as f64) / number as f64, number);
        }
        pools.push(pool);
    }
    let pooled: Vec<f64> = pools.into_iter().flat_map(|(value, number)| vec![sign * value; number]).collect();
    mean(&mean(&pooled, reach), reach)
}

/// Of each value and its neighbours, as many at one side as at the other.
fn mean(values: &[f64], reach: usize) -> Vec<f64> {
    (0..values.len())
        .map(|place| {
            let reach = reach.min(place).min(values.len() - 1 - place);
            let near = values.get(place - reach..=place + reach).unwrap_or_default();
            near.iter().sum::<f64>() / near.len().max(1) as f64
        })
        .collect()
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

    #[test]
    fn thin_lines_keep_their_ends_and_bends() {
        let straight: Vec<At> = (0..50).map(|i| (f64::from(i), 2.0 * f64::from(i))).collect();
        assert_eq!(thinned(&straight), [(0.0, 0.0), (49.0, 98.0)]);
        assert_eq!(thinned(&[(0.0, 0.0), (1.0, 0.0), (2.0, 5.0)]), [(0.0, 0.0), (1.0, 0.0), (2.0, 5.0)]);
    }

    #[test]
    fn waves_become_a_fall() {
        let waves: Vec<f64> =
            (0..60).map(|i| 10.0 - 0.1 * f64::from(i) + [0.0, 0.3, 0.5, 0.2][i as usize % 4]).collect();
        let smooth = smooth(&waves, true, 4);
        assert!(smooth.iter().zip(smooth.iter().skip(1)).all(|(a, b)| b <= a));
        assert!(smooth.iter().zip(&waves).all(|(a, b)| (a - b).abs() < 0.6));
    }
}
