//! Limits as lines that the eye can follow.
//!
//! Exact limits of small counts move in waves, as whole counts come in: what is drawn goes through the middle of these, and the
//! positions of areas are told by the exact ones.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_become_a_fall() {
        let waves: Vec<f64> = (0..60).map(|i| 10.0 - 0.1 * f64::from(i) + [0.0, 0.3, 0.5, 0.2][i as usize % 4]).collect();
        let smooth = smooth(&waves, true, 4);
        assert!(smooth.iter().zip(smooth.iter().skip(1)).all(|(a, b)| b <= a));
        assert!(smooth.iter().zip(&waves).all(|(a, b)| (a - b).abs() < 0.6));
    }
}
