//! Laws of smoothed rates.

use crate::support::numbered::numbered_league;
use crimerate::{Confidence, Per, smoothing::Estimator};
use proptest::{collection::vec, prelude::*, sample::select};

/// The logarithm of the negative binomial likelihood, term by term, without what depends on counts alone.
fn likelihood(figures: &[(u64, u64)], mean: f64, shape: f64) -> f64 {
    let one = |&(count, people): &(u64, u64)| {
        let expected = mean * people as f64;
        let rise: f64 = (0..count).map(|j| (j as f64 / shape).ln_1p()).sum();
        rise - (count as f64 + shape) * (expected / shape).ln_1p() + count as f64 * expected.ln()
    };
    figures.iter().map(one).sum()
}

fn some_figures() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let count = prop_oneof![6 => 0..300_u64, 1 => Just(0)];
    let some = vec((count, select(vec![1_u64, 50, 400, 1_000, 1_001, 30_000, 50_000_000])), 1..30);
    let none = vec((0..2_u64, select(vec![1_u64, 1_000])), 1..6);
    prop_oneof![4 => some, 1 => none]
}

/// The same, with the largest counts and populations that there are.
fn edges() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let edge = vec(
        (prop_oneof![0..9_u64, any::<u64>(), Just(u64::MAX)], prop_oneof![1..9_u64, 1..u64::MAX, Just(u64::MAX)]),
        1..9,
    );
    prop_oneof![2 => some_figures(), 1 => edge]
}

proptest! {
    #[test]
    fn an_estimate_lies_between_its_rate_and_the_mean(figures in edges(), ml in any::<bool>()) {
        let smoother = if ml { Estimator::GammaPoisson } else { Estimator::Marshall };
        let smoothing = numbered_league(figures.iter().copied()).smooth(smoother);
        let mean = smoothing.prior().unwrap().mean(Per::ONE);
        for area in smoothing.iter() {
            let (own, estimate) = (area.rate().per(Per::ONE).value(), area.estimate(Per::ONE).value());
            let slack = 1e-14 * own.max(mean);
            prop_assert!(estimate >= own.min(mean) - slack && estimate <= own.max(mean) + slack);
            prop_assert!((0.0..=1.0).contains(&area.weight()));
            if let Ok(interval) = area.interval(Confidence::P95).map(|limits| limits.per(Per::ONE)) {
                // Without offences the posterior may be so skewed that its mean is above nearly all of it.
                let inside = estimate >= interval.lower() - slack && estimate <= interval.upper() + slack;
                prop_assert!(inside || area.rate().count() == 0);
                let (above, below) = (area.p_above().unwrap(), area.p_below().unwrap());
                prop_assert!((above + below - 1.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn more_people_weigh_more(figures in edges(), ml in any::<bool>()) {
        let smoother = if ml { Estimator::GammaPoisson } else { Estimator::Marshall };
        let smoothing = numbered_league(figures.iter().copied()).smooth(smoother);
        let mut weights: Vec<(u64, f64)> =
            smoothing.iter().map(|area| (area.rate().population().get(), area.weight())).collect();
        weights.sort_by_key(|(people, _)| *people);
        prop_assert!(weights.windows(2).all(|pair| pair[0].1 <= pair[1].1));
    }

    /// No other mean and spread make the counts more likely.
    #[test]
    fn the_likelihood_is_largest_there(
        figures in some_figures(), up in -1.0..1.0_f64, tilt in -0.3..0.3_f64, decade in -6.0..6.0_f64,
    ) {
        let prior = numbered_league(figures.iter().copied()).smooth(Estimator::GammaPoisson).prior().unwrap();
        if prior.mean(Per::ONE) == 0.0 {
            return Ok(());
        }
        let (mean, variance) = (prior.mean(Per::ONE), prior.sd(Per::ONE).powi(2));
        let shape = if prior.is_pooled() { 1e12 } else { mean * mean / variance };
        let top = likelihood(&figures, mean, shape);
        let slack = 1e-9 * (1.0 + top.abs());
        for (other_mean, other_shape) in
            [(mean * tilt.exp(), shape), (mean, shape * up.exp()), (mean * tilt.exp(), 10_f64.powf(decade))]
        {
            prop_assert!(likelihood(&figures, other_mean, other_shape) <= top + slack);
        }
    }

    #[test]
    fn order_and_scale_of_people_do_not_matter(figures in some_figures(), ml in any::<bool>()) {
        let smoother = if ml { Estimator::GammaPoisson } else { Estimator::Marshall };
        let here = numbered_league(figures.iter().copied()).smooth(smoother);
        let turned = numbered_league(figures.iter().rev().copied()).smooth(smoother);
        let eight = numbered_league(figures.iter().map(|(count, people)| (*count, 8 * people))).smooth(smoother);
        for ((one, other), scaled) in here.iter().zip(turned.iter().collect::<Vec<_>>().iter().rev()).zip(eight.iter()) {
            prop_assert!((one.weight() - other.weight()).abs() <= 1e-9);
            prop_assert!((one.weight() - scaled.weight()).abs() <= 1e-9);
        }
    }
}
