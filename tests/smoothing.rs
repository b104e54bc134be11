//! Smoothed rates against exact moments, likelihoods maximised elsewhere, and laws.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Average, Confidence, LeagueTable, Panel, Per, Smoother, Smoothing, SmoothingReport, Table, Undefined,
    ndarray::Array2,
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::BTreeMap;

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64, what: &str) {
    let error = if found == expected { 0.0 } else { ((found - expected) / expected).abs() };
    assert!(error <= tolerance, "{what}: found {found:e}, expected {expected:e}, relative error {error:e}");
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect())
}

fn league(figures: impl IntoIterator<Item = (u64, u64)>) -> LeagueTable {
    let rows = figures.into_iter().enumerate().map(|(place, (count, people))| (place.to_string(), count, people));
    Table::from_rows(rows).unwrap().compare(Average::POOLED)
}

/// The cases of `smoothing.csv`, each smoothed, with the lines that it has there.
fn cases(smoother: Smoother) -> BTreeMap<&'static str, (Smoothing, Vec<Vec<&'static str>>)> {
    let mut cases: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows(include_str!("data/smoothing.csv")).filter(|row| row[1] == smoother.name()) {
        cases.entry(row[0]).or_default().push(row);
    }
    let smooth = |rows: Vec<Vec<&'static str>>| {
        let figures = rows.iter().map(|row| (row[2].parse().unwrap(), row[3].parse().unwrap()));
        (league(figures).smooth(smoother), rows)
    };
    cases.into_iter().map(|(case, rows)| (case, smooth(rows))).collect()
}

/// The same in `data/smoothing.py`.
fn small_areas(number: usize) -> Vec<(u64, u64)> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let row = |_| {
        let (people, one, other) = (1_000 + next() % 2_000, next() % 40, next() % 40);
        (people * one * other / 300_000, people)
    };
    (0..number).map(row).collect()
}

#[test]
fn means_and_variances_meet_the_table() {
    for smoother in [Smoother::Marshall, Smoother::GammaPoisson] {
        let cases = cases(smoother);
        let mut seen = 0;
        for row in rows(include_str!("data/smoothing_priors.csv")).filter(|row| row[1] == smoother.name()) {
            let prior = match cases.get(row[0]) {
                Some((smoothing, _)) => smoothing.prior().unwrap(),
                None => league(small_areas(35_672)).smooth(smoother).prior().unwrap(),
            };
            let (mean, variance): (f64, f64) = (row[2].parse().unwrap(), row[3].parse().unwrap());
            let what = format!("{row:?}");
            near(prior.mean(Per::ONE), mean, 1e-13, &what);
            near(prior.sd(Per::ONE).powi(2), variance, 1e-10, &what);
            assert_eq!(prior.is_pooled(), variance == 0.0, "{what}");
            seen += 1;
        }
        assert_eq!(seen, 10);
    }
}

#[test]
fn estimates_limits_and_probabilities_meet_the_table() {
    let mut limits = 0;
    for smoother in [Smoother::Marshall, Smoother::GammaPoisson] {
        for (case, (smoothing, rows)) in cases(smoother) {
            assert_eq!(smoothing.areas().count(), rows.len());
            for (area, row) in smoothing.areas().zip(rows) {
                let what = format!("{case} {row:?}");
                let figure = |column: usize| row[column].parse::<f64>().ok();
                near(area.estimate(Per::ONE), figure(4).unwrap(), 1e-11, &what);
                near(area.weight(), figure(5).unwrap(), 1e-10, &what);
                let interval = area.interval(Confidence::P95, Per::ONE);
                if area.weight() == 0.0 {
                    assert_eq!((interval, area.p_above()), (Err(Undefined::Pooled), Err(Undefined::Pooled)), "{what}");
                }
                if let (Some(lower), Some(upper)) = (figure(6), figure(7)) {
                    near(interval.unwrap().lower(), lower, 1e-9, &what);
                    near(interval.unwrap().upper(), upper, 1e-9, &what);
                    limits += 1;
                }
                if let Some(above) = figure(8) {
                    near(area.p_above().unwrap(), above, 1e-8, &what);
                    near(area.p_below().unwrap() + above, 1.0, 1e-12, &what);
                }
            }
        }
    }
    assert!(limits > 300, "{limits}");
}

#[test]
fn nothing_to_tell_apart_is_pooled() {
    for smoother in [Smoother::Marshall, Smoother::GammaPoisson] {
        let pooled = |figures: &[(u64, u64)], estimate: f64| {
            let smoothing = league(figures.iter().copied()).smooth(smoother);
            assert!(smoothing.prior().unwrap().is_pooled(), "{smoother} {figures:?}");
            for area in smoothing.areas() {
                assert_eq!((area.estimate(Per::THOUSAND), area.weight()), (estimate, 0.0), "{smoother} {figures:?}");
            }
        };
        pooled(&[(9, 1_000), (10, 1_000), (11, 1_000), (10, 1_000)], 10.0);
        pooled(&[(0, 1_000), (0, 70), (0, u64::MAX)], 0.0);
        pooled(&[(7, 1_000)], 7.0);
        pooled(&[(5, 1_000); 30], 5.0);
        pooled(&[(0, 1), (0, 1)], 0.0);
        let none = Table::from_rows([("A", 1, 10)]).unwrap().exclude("A", "a test").unwrap();
        let none = none.compare(Average::POOLED).smooth(smoother);
        assert_eq!(none.prior(), Err(Undefined::NoAverage));
        assert_eq!(none.areas().count(), 0);
        assert_eq!(none.area("A").unwrap_err().to_string(), "A: the area takes no part: excluded: a test");
    }
}

#[test]
fn figures_at_the_ends_of_the_range_stay_numbers() {
    let big = u64::MAX;
    for figures in [
        vec![(big, 1), (0, big), (1, 1)],
        vec![(big, big), (big - 1, big), (0, 1)],
        vec![(1, big), (0, big), (0, 1)],
        vec![(big, 1); 3],
        vec![(big, 1), (1, 1)],
    ] {
        for smoother in [Smoother::Marshall, Smoother::GammaPoisson] {
            for area in league(figures.iter().copied()).smooth(smoother).areas() {
                let (estimate, weight) = (area.estimate(Per::ONE), area.weight());
                assert!(estimate >= 0.0 && estimate.is_finite(), "{smoother} {figures:?} {estimate}");
                assert!((0.0..=1.0).contains(&weight), "{smoother} {figures:?} {weight}");
                if let Ok(interval) = area.interval(Confidence::P95, Per::MILLION) {
                    assert!(interval.lower() >= 0.0 && interval.upper().is_finite(), "{smoother} {figures:?}");
                    assert!((0.0..=1.0).contains(&area.p_above().unwrap()), "{smoother} {figures:?}");
                }
            }
        }
    }
}

#[test]
fn a_report_prints_and_is_worked_out_again() {
    let table = Table::from_rows([("A", 600, 50_000), ("B", 300, 50_000), ("C", 350, 50_000), ("D", 8, 400)]).unwrap();
    let league = table.exclude("C", "a test").unwrap().compare(Average::POOLED);
    let report = league.smooth(Smoother::GammaPoisson).per(Per::THOUSAND).with_confidence(Confidence::P90);
    let text = report.to_string();
    assert!(text.contains("90 % limits"), "{text}");
    assert!(text.contains("Left out: C, excluded: a test (its rate is 7.00 per 1,000)."), "{text}");
    assert!(text.contains("Smoothing: gamma-Poisson, maximum likelihood; true rates with mean"), "{text}");
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<SmoothingReport>(&json).unwrap(), report);
    let weight = report.rows().next().unwrap().weight.unwrap().to_string();
    let forged = json.replacen(&format!("\"weight\":{weight}"), "\"weight\":0.5", 1);
    assert_ne!(forged, json);
    let error = serde_json::from_str::<SmoothingReport>(&forged).unwrap_err().to_string();
    assert!(error.starts_with("A: weight is given as 0.5"), "{error}");
    assert_eq!("marshall".parse::<Smoother>().unwrap(), Smoother::Marshall);
}

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
        let smoother = if ml { Smoother::GammaPoisson } else { Smoother::Marshall };
        let smoothing = league(figures.iter().copied()).smooth(smoother);
        let mean = smoothing.prior().unwrap().mean(Per::ONE);
        for area in smoothing.areas() {
            let (own, estimate) = (area.rate().per(Per::ONE).value(), area.estimate(Per::ONE));
            let slack = 1e-14 * own.max(mean);
            prop_assert!(estimate >= own.min(mean) - slack && estimate <= own.max(mean) + slack);
            prop_assert!((0.0..=1.0).contains(&area.weight()));
            if let Ok(interval) = area.interval(Confidence::P95, Per::ONE) {
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
        let smoother = if ml { Smoother::GammaPoisson } else { Smoother::Marshall };
        let smoothing = league(figures.iter().copied()).smooth(smoother);
        let mut weights: Vec<(u64, f64)> =
            smoothing.areas().map(|area| (area.rate().population().get(), area.weight())).collect();
        weights.sort_by_key(|(people, _)| *people);
        prop_assert!(weights.windows(2).all(|pair| pair[0].1 <= pair[1].1));
    }

    /// No other mean and spread make the counts more likely.
    #[test]
    fn the_likelihood_is_largest_there(
        figures in some_figures(), up in -1.0..1.0_f64, tilt in -0.3..0.3_f64, decade in -6.0..6.0_f64,
    ) {
        let prior = league(figures.iter().copied()).smooth(Smoother::GammaPoisson).prior().unwrap();
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
        let smoother = if ml { Smoother::GammaPoisson } else { Smoother::Marshall };
        let here = league(figures.iter().copied()).smooth(smoother);
        let turned = league(figures.iter().rev().copied()).smooth(smoother);
        let eight = league(figures.iter().map(|(count, people)| (*count, 8 * people))).smooth(smoother);
        for ((one, other), scaled) in here.areas().zip(turned.areas().collect::<Vec<_>>().iter().rev()).zip(eight.areas()) {
            prop_assert!((one.weight() - other.weight()).abs() <= 1e-9);
            prop_assert!((one.weight() - scaled.weight()).abs() <= 1e-9);
        }
    }
}

/// A panel has the bits of its tables, whatever the widths of blocks, with cells that are not known and areas left out.
#[test]
fn a_panel_has_the_bits_of_its_tables() {
    for (areas, indicators) in [(1, 3), (2, 2), (43, 700), (520, 530)] {
        let figures = small_areas(areas * indicators);
        let people: Vec<u64> = (0..areas).map(|area| figures[area].1 * (1 + area as u64 % 9 * 60)).collect();
        // Every seventh indicator has rates that differ by less than chance.
        let count = |(area, at): (usize, usize)| {
            if at % 7 == 3 { people[area] / 500 } else { figures[area * indicators + at].0 }
        };
        let counts = Array2::from_shape_fn((areas, indicators), count);
        let mask = Array2::from_shape_fn((areas, indicators), |(area, at)| u8::from((area * 31 + at * 17) % 23 == 5));
        let names = (0..areas).map(|area| format!("Area {area}"));
        let mut panel = Panel::new(names, counts, people.clone()).unwrap().with_mask(mask).unwrap();
        if areas > 2 {
            panel = panel.exclude("Area 1", "a test").unwrap();
        }
        let smoothed = panel.smooth(Per::HUNDRED_THOUSAND);
        let mut pooled = 0;
        for at in 0..indicators {
            let league = panel.indicator_at(at).unwrap().compare(Average::POOLED);
            let smoothing = league.smooth(Smoother::Marshall);
            for area in 0..areas {
                let one = smoothing.area(&format!("Area {area}")).map(|it| it.estimate(Per::HUNDRED_THOUSAND));
                let (one, found) = (one.unwrap_or(f64::NAN), smoothed.estimates()[(area, at)]);
                assert!(one.to_bits() == found.to_bits() || one.is_nan() && found.is_nan(), "{area} {at}");
            }
            let prior = smoothing.prior().map(|it| (it.mean(Per::HUNDRED_THOUSAND), it.sd(Per::HUNDRED_THOUSAND)));
            let found = (smoothed.means()[at], smoothed.deviations()[at]);
            match prior {
                Ok(prior) => assert_eq!(prior, found),
                Err(_) => assert!(found.0.is_nan() && found.1.is_nan()),
            }
            pooled += usize::from(found.1 == 0.0);
        }
        assert!(areas < 43 || (pooled > 0 && pooled < indicators), "{pooled} of {indicators}");
    }
}

#[test]
fn a_panel_of_huge_counts_has_the_bits_of_its_tables() {
    let counts = Array2::from_shape_vec((3, 2), vec![1_u64 << 60, 3, 1 << 61, 9, 5, 40]).unwrap();
    let panel = Panel::new(["A", "B", "C"], counts, [1_u64 << 62, 3 << 60, 1_000]).unwrap();
    let smoothed = panel.smooth(Per::MILLION);
    for at in 0..2 {
        let smoothing = panel.indicator_at(at).unwrap().compare(Average::POOLED).smooth(Smoother::Marshall);
        let one: Vec<f64> = smoothing.areas().map(|it| it.estimate(Per::MILLION)).collect();
        assert_eq!(one, smoothed.estimates().column(at).to_vec());
    }
}

#[test]
fn one_area_is_said_to_be_one() {
    let report = league([(9, 1_000)]).smooth(Smoother::GammaPoisson).per(Per::THOUSAND).to_string();
    assert!(report.contains("Smoothing: gamma-Poisson, maximum likelihood; there is one area, so"), "{report}");
    assert!(!report.contains("; the rates differ"), "{report}");
}
