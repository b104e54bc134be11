//! Smoothed rates against exact moments and likelihoods maximised elsewhere.

use crate::support::{near::near, numbered::numbered_league, reference::rows};
use crimerate::{
    Average, Confidence, Per, Row, Table, Undefined,
    funnel::Dispersion,
    smoothing::{self, Estimator, Smoothing},
};
use std::collections::BTreeMap;

/// The cases of `smoothing.csv`, each smoothed, with the lines that it has there.
fn cases(smoother: Estimator) -> BTreeMap<&'static str, (Smoothing, Vec<Vec<&'static str>>)> {
    let mut cases: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in
        rows(include_str!("../../data/smoothing.csv")).map(|(_, row)| row).filter(|row| row[1] == smoother.name())
    {
        cases.entry(row[0]).or_default().push(row);
    }
    let smooth = |rows: Vec<Vec<&'static str>>| {
        let figures = rows.iter().map(|row| (row[2].parse().unwrap(), row[3].parse().unwrap()));
        (numbered_league(figures).smooth(smoother), rows)
    };
    cases.into_iter().map(|(case, rows)| (case, smooth(rows))).collect()
}

/// The same in `data/smoothing.py`.
pub(crate) fn small_areas(number: usize) -> Vec<(u64, u64)> {
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
    for smoother in [Estimator::Marshall, Estimator::GammaPoisson] {
        let cases = cases(smoother);
        let mut seen = 0;
        for row in rows(include_str!("../../data/smoothing_priors.csv"))
            .map(|(_, row)| row)
            .filter(|row| row[1] == smoother.name())
        {
            let prior = match cases.get(row[0]) {
                Some((smoothing, _)) => smoothing.prior().unwrap(),
                None => numbered_league(small_areas(35_672)).smooth(smoother).prior().unwrap(),
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
    for smoother in [Estimator::Marshall, Estimator::GammaPoisson] {
        for (case, (smoothing, rows)) in cases(smoother) {
            assert_eq!(smoothing.iter().count(), rows.len());
            for (area, row) in smoothing.iter().map(smoothing::Smoothed::given_prior).zip(rows) {
                let what = format!("{case} {row:?}");
                let figure = |column: usize| row[column].parse::<f64>().ok();
                near(area.estimate(Per::ONE).value(), figure(4).unwrap(), 1e-11, &what);
                near(area.weight(), figure(5).unwrap(), 1e-10, &what);
                let interval = area.interval(Confidence::P95).map(|limits| limits.per(Per::ONE));
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
    for smoother in [Estimator::Marshall, Estimator::GammaPoisson] {
        let pooled = |figures: &[(u64, u64)], estimate: f64| {
            let smoothing = numbered_league(figures.iter().copied()).smooth(smoother);
            assert!(smoothing.prior().unwrap().is_pooled(), "{smoother} {figures:?}");
            for area in smoothing.iter() {
                assert_eq!(
                    (area.estimate(Per::THOUSAND).value(), area.weight()),
                    (estimate, 0.0),
                    "{smoother} {figures:?}"
                );
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
        assert_eq!(none.iter().count(), 0);
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
        for smoother in [Estimator::Marshall, Estimator::GammaPoisson] {
            for area in numbered_league(figures.iter().copied()).smooth(smoother).iter() {
                let (estimate, weight) = (area.estimate(Per::ONE).value(), area.weight());
                assert!(estimate >= 0.0 && estimate.is_finite(), "{smoother} {figures:?} {estimate}");
                assert!((0.0..=1.0).contains(&weight), "{smoother} {figures:?} {weight}");
                if let Ok(interval) = area.interval(Confidence::P95).map(|limits| limits.per(Per::MILLION)) {
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
    let report = league.smooth(Estimator::GammaPoisson).per(Per::THOUSAND).with_confidence(Confidence::P90);
    let text = report.to_string();
    assert!(text.contains("90 % limits"), "{text}");
    assert!(text.contains("Left out: C, excluded: a test (its rate is 7.00 per 1,000)."), "{text}");
    assert!(text.contains("Smoothing: gamma-Poisson, maximum likelihood; underlying rates with mean"), "{text}");
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<smoothing::Report>(&json).unwrap(), report);
    let weight = report.rows().next().unwrap().weight.unwrap().to_string();
    let forged = json.replacen(&format!("\"weight\":{weight}"), "\"weight\":0.5", 1);
    assert_ne!(forged, json);
    let error = serde_json::from_str::<smoothing::Report>(&forged).unwrap_err().to_string();
    assert!(error.starts_with("A: weight is given as 0.5"), "{error}");
    assert_eq!("marshall".parse::<Estimator>().unwrap(), Estimator::Marshall);
}

#[test]
fn one_area_is_said_to_be_one() {
    let report = numbered_league([(9, 1_000)]).smooth(Estimator::GammaPoisson).per(Per::THOUSAND).to_string();
    assert!(report.contains("Smoothing: gamma-Poisson, maximum likelihood; there is one area, so"), "{report}");
    assert!(!report.contains("; the rates differ"), "{report}");
}

/// Eight blocks of 2 to 14 people, of which smoothed rates came out negative elsewhere: GeoDaCenter/rgeoda, issue 54. The moments are worked out
/// as exact fractions.
#[test]
fn tiny_populations_have_no_rate_below_zero() {
    let blocks = [
        ("15", 2, 5, 0.378_435_517_970_401_7, 0.202_114_164_904_862_6),
        ("161", 1, 2, 0.195_842_450_765_864_4, 0.163_566_739_606_126_94),
        ("160", 1, 6, 0.422_169_811_320_754_7, 0.117_531_446_540_880_49),
        ("17", 0, 6, 0.422_169_811_320_754_7, 0.047_169_811_320_754_7),
        ("88", 0, 5, 0.378_435_517_970_401_7, 0.050_739_957_716_701_89),
        ("175", 0, 6, 0.422_169_811_320_754_7, 0.047_169_811_320_754_7),
        ("89", 0, 5, 0.378_435_517_970_401_7, 0.050_739_957_716_701_89),
        ("219", 0, 14, 0.630_281_690_140_845_1, 0.030_181_086_519_114_685),
    ];
    let table = Table::from_rows(blocks.map(|(name, count, people, ..)| (name, count, people))).unwrap();
    let smoothing = table.compare(Average::POOLED).smooth(Estimator::Marshall);
    let prior = smoothing.prior().unwrap();
    near(prior.mean(Per::ONE), 4.0 / 49.0, 1e-15, "pooled");
    near(prior.sd(Per::ONE).powi(2), 0.009_940_302_651_672_915, 1e-13, "variance");
    for (name, count, people, weight, estimate) in blocks {
        let block = smoothing.area(name).unwrap();
        near(block.weight(), weight, 1e-13, name);
        let smoothed = block.estimate(Per::ONE).value();
        near(smoothed, estimate, 1e-13, name);
        let own = count as f64 / people as f64;
        assert!(smoothed >= own.min(4.0 / 49.0) && smoothed <= own.max(4.0 / 49.0), "{name}");
    }
    for smoother in [Estimator::Marshall, Estimator::GammaPoisson] {
        let report = table.compare(Average::POOLED).smooth(smoother).per(Per::THOUSAND);
        assert!(report.rows().all(|row| row.smoothed.is_none_or(|estimate| estimate >= 0.0)), "{smoother}");
    }
}

/// Text and pictures say which of two areas of one name is meant.
#[test]
fn names_that_repeat_have_their_codes() {
    let rows =
        [("Ham", "E1", 40, 1_000), ("Ham", "E2", 90, 1_100), ("Kent", "E3", 80, 1_200), ("Essex", "E4", 20, 900)];
    let table =
        Table::from_rows(rows.map(|(name, code, count, people)| Row::new(name, count, people).code(code))).unwrap();
    let league = table.compare(Average::POOLED);
    let smoothed = league.smooth(Estimator::Marshall).per(Per::THOUSAND);
    let funnel = league.funnel(Dispersion::None).per(Per::THOUSAND);
    for text in
        [smoothed.to_string(), smoothed.plot().to_svg(), funnel.to_string(), league.per(Per::THOUSAND).plot().to_svg()]
    {
        assert!(text.contains("Ham (E1)") && text.contains("Ham (E2)") && !text.contains("Kent (E3)"), "{text}");
    }
    assert_eq!(smoothed.area("E2").unwrap().area, "Ham");
}
