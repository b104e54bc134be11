//! Trends against 60 digits, their limits, their reasons, and how often they cry wolf.

use crate::support::{json, near::near, reference::records, says::says};
use crimerate::{
    Confidence,
    time::{Series, TrendLimits, Trends},
};
use proptest::prelude::*;

fn years(figures: &[(u64, u64)]) -> Series {
    Series::from_rows((2000..).zip(figures).map(|(year, (x, n))| ("A", year.to_string(), *x, *n))).unwrap()
}

#[test]
fn trends_meet_60_digits() {
    let rows = records(include_str!("../../data/trends.csv"));
    assert_eq!(rows.len(), 13);
    for row in rows {
        let list = |at: usize| row[at].split(' ').map(|number| number.parse::<u64>().unwrap()).collect::<Vec<_>>();
        let figures: Vec<(u64, u64)> = list(1).into_iter().zip(list(2)).collect();
        let trend = years(&figures).area("A").unwrap().trend().unwrap();
        let see = |found: f64, at: usize, what: &str| {
            near(found, row[at].parse().unwrap(), 1e-12, &format!("{what} {}", &row[0]));
        };
        see(trend.intercept(), 3, "intercept");
        see(trend.log().0, 4, "slope");
        see(trend.log().1, 5, "error");
        see(trend.phi(), 6, "phi");
        see(trend.ratio(), 7, "ratio");
        let poisson = trend.interval(TrendLimits::Poisson, Confidence::P95);
        let quasi = trend.interval(TrendLimits::Quasi, Confidence::P95);
        see(poisson.lower(), 8, "lower");
        see(poisson.upper(), 9, "upper");
        // An exponent of 150 costs digits.
        if &row[0] != "steep" {
            see(quasi.lower(), 10, "quasi lower");
            see(quasi.upper(), 11, "quasi upper");
        }
        for (limits, interval) in [(TrendLimits::Poisson, poisson), (TrendLimits::Quasi, quasi)] {
            assert_eq!(trend.p(limits) < 0.05, !interval.contains(1.0), "{}", &row[0]);
        }
        let student = trend.interval(TrendLimits::QuasiStudent, Confidence::P95);
        assert!(student.lower() < quasi.lower() && student.upper() > quasi.upper());
    }
}

/// t at 97.5 % on 1, 2 and 10 degrees of freedom: 12.706205, 4.302653 and 2.228139 (Fisher and Yates 1963).
#[test]
fn student_limits_have_the_published_quantiles() {
    for (periods, t) in [(3, 12.706_204_736_4), (4, 4.302_652_729_7), (12, 2.228_138_851_96)] {
        let figures: Vec<(u64, u64)> = (0..periods).map(|at| (100 + 3 * at + at % 2, 1_000)).collect();
        let trend = years(&figures).area("A").unwrap().trend().unwrap();
        let limit = trend.interval(TrendLimits::QuasiStudent, Confidence::P95).upper();
        let (slope, error) = trend.log();
        near((limit.ln() - slope) / error / trend.phi().max(1.0).sqrt(), t, 1e-9, "t");
    }
}

#[test]
fn what_has_no_trend_says_why() {
    let trend =
        |figures: &[u64]| years(&figures.iter().map(|x| (*x, 10)).collect::<Vec<_>>()).area("A").unwrap().trend();
    says(trend(&[4, 5]), "A: the number of periods of a trend is 2, and has to be at least 3");
    says(trend(&[0, 0, 0]), "A: the area takes no part: nothing was counted, so there is no trend");
    says(trend(&[7, 0, 0]), "A: the area takes no part: all was counted in the first period, so no ratio fits best");
    says(trend(&[0, 0, 1]), "A: the area takes no part: all was counted in the last period, so no ratio fits best");
    let single = trend(&[0, 3, 0]).unwrap();
    near(single.ratio(), 1.0, 1e-12, "in the middle");
    assert!(trend(&[u64::MAX, 1, u64::MAX, u64::MAX]).is_ok());
    says(trend(&[1, 0, 0, u64::MAX]), "A: the area takes no part: the counts are too far apart for a trend");
}

/// Quarters are a fourth of a year apart; a period without a row keeps its place in time.
#[test]
fn the_ratio_is_a_year_whatever_the_periods() {
    let yearly = years(&[(1_000, 10), (1_100, 10), (1_210, 10), (1_331, 10)]);
    let trend = yearly.area("A").unwrap().trend().unwrap();
    near(trend.ratio(), 1.1, 1e-12, "exact growth");
    assert!(trend.phi() < 1e-20);
    let quarters = (0..10).filter(|at| *at != 2).map(|at| {
        let count = (1e9 * 1.02_f64.powi(at)).round() as u64;
        ("A", format!("20{:02} Q{}", 10 + at / 4, at % 4 + 1), count, 1_000_000_000)
    });
    let trend = Series::from_rows(quarters).unwrap().area("A").unwrap().trend().unwrap();
    near(trend.log().0 / 4.0, 1.02_f64.ln(), 1e-8, "two per cent a quarter");
    assert_eq!(trend.periods(), 9);
}

#[test]
fn an_area_is_held_against_the_others_without_gaps() {
    let mut rows = Vec::new();
    for (at, year) in (2010..2016).enumerate() {
        let at = at as u64;
        rows.push(("rising", year.to_string(), 500 + 60 * at, 100_000));
        rows.push(("flat", year.to_string(), 800 + at % 2, 100_000));
        rows.push(("flat too", year.to_string(), 700 + at % 3, 100_000));
        if at != 2 {
            rows.push(("gap", year.to_string(), 650, 100_000));
        }
    }
    let trends = Series::from_rows(rows.clone()).unwrap().trends();
    let rest = |area: &str| trends.area(area).unwrap();
    assert!(rest("rising").p_against_rest_holm.unwrap() < 0.001);
    assert!(rest("gap").p_against_rest.is_some() && rest("gap").periods == 5);
    // The rest of the first is the other two without gaps.
    let two = rows.iter().filter(|row| row.0.starts_with("flat"));
    let mut sums = std::collections::BTreeMap::new();
    two.for_each(|row| *sums.entry(row.1.clone()).or_insert(0) += row.2);
    let alone = Series::from_rows(sums.into_iter().map(|(year, x)| ("rest", year, x, 200_000))).unwrap();
    near(rest("rising").ratio_of_rest.unwrap(), alone.area("rest").unwrap().trend().unwrap().ratio(), 1e-13, "rest");
    let notes: Vec<String> = trends.notes().iter().map(ToString::to_string).collect();
    assert!(
        notes.iter().any(|note| note
            .starts_with("Another trend than all other areas without a gap together, at 95 % (Holm): rising,")),
        "{notes:#?}"
    );
    assert_eq!(notes[1], "Gaps, never filled: gap 2012.");
    let again: Trends = json::again(&trends);
    assert_eq!(again, trends);
    assert!(trends.csv().starts_with("area,code,periods,count,ratio_per_year,lower,upper,phi,percent,"));
    let mut value = serde_json::to_value(&trends).unwrap();
    value["rows"][0]["ratio_per_year"] = 2.0.into();
    assert!(serde_json::from_value::<Trends>(value).is_err());
    assert!(trends.with_limits(TrendLimits::QuasiStudent).to_string().contains("% a year"));
}

proptest! {
    #[test]
    fn trends_do_not_depend_on_scale_or_direction(figures in proptest::collection::vec((1..2_000_u64, 1_000..9_000_u64), 3..30), k in 2..50_u64) {
        let trend = |figures: &[(u64, u64)]| years(figures).area("A").unwrap().trend().unwrap();
        let (own, scaled) = (trend(&figures), trend(&figures.iter().map(|(x, n)| (*x, n * k)).collect::<Vec<_>>()));
        prop_assert!((own.log().0 - scaled.log().0).abs() < 1e-12 && (own.phi() / scaled.phi() - 1.0).abs() < 1e-9);
        let back: Vec<(u64, u64)> = figures.iter().copied().rev().collect();
        prop_assert!((own.log().0 + trend(&back).log().0).abs() < 1e-12);
        // The fitted counts add up, and so do their times: nothing is left of either equation.
        let p = own.p(TrendLimits::Poisson);
        prop_assert!((0.0..=1.0).contains(&p) && own.p(TrendLimits::Quasi) >= p && own.p(TrendLimits::QuasiStudent) >= own.p(TrendLimits::Quasi) - 1e-15);
    }
}
