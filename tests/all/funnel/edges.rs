//! Funnels of few areas, of none expected, of none counted, of equal rates and of tiny and huge counts.

use crate::support::{funnels::outside, named::league};
use crimerate::{
    Average, Confidence, Per, Table, Undefined,
    funnel::{self, Dispersion, Form, Position, Scale},
    interval::Correction,
};

#[test]
fn one_area_has_no_dispersion() {
    let league = league(&[("A", 7, 100)]);
    let naive = league.funnel(Dispersion::None);
    let a = naive.area("A").unwrap();
    assert_eq!((a.value(), a.position(Confidence::P95), a.p()), (Ok(1.0), Ok(Position::Within), Ok(1.0)));
    assert_eq!((naive.overdispersion(), naive.pearson()), (Err(Undefined::TooFew), Err(Undefined::TooFew)));
    let additive = league.funnel(Dispersion::Additive);
    let a = additive.area("A").unwrap();
    assert_eq!((a.z(), a.z_adjusted()), (Ok(0.0), Err(Undefined::TooFew)));
    assert_eq!((a.p(), a.position(Confidence::P95)), (Err(Undefined::TooFew), Err(Undefined::TooFew)));
    assert_eq!(a.naive_position(Confidence::P95), Ok(Position::Within));
    let text = additive.per(Per::THOUSAND).to_string();
    assert!(
        text.contains("Dispersion: additive; phi and tau^2 undefined, fewer than two areas are compared."),
        "{text}"
    );
    assert!(
        text.contains(
            "Outside the 95 % limits: unknown, fewer than two areas are compared; outside limits of chance alone 0 of 1 area."
        )
    );
    let alone =
        Table::from_rows([("A", 1, 10)]).unwrap().compare(Average::POOLED.without_self()).funnel(Dispersion::None);
    assert_eq!(alone.area("A").unwrap().position(Confidence::P95), Err(Undefined::NoAverage));
}

#[test]
fn nothing_expected_has_no_ratio() {
    let funnel = league(&[("A", 0, 10), ("B", 0, 20)]).funnel(Dispersion::Multiplicative);
    for point in funnel.iter() {
        assert_eq!(point.value(), Err(Undefined::NothingExpected));
        assert_eq!((point.z(), point.p()), (Err(Undefined::NothingExpected), Err(Undefined::NothingExpected)));
    }
    assert_eq!(funnel.overdispersion(), Err(Undefined::NothingExpected));
    let report = funnel.per(Per::THOUSAND);
    let text = report.to_string();
    assert!(
        text.contains("No ratio, z, limits and p for 2 areas: no counts are expected.") && !text.contains("NaN"),
        "{text}"
    );
    assert_eq!(report.rows().next().unwrap().note.unwrap(), "no counts are expected");
    // A median of zero expects nothing of areas that have offences: nothing is said of them, rather than p = 0.
    let rows = [("A", 0, 10), ("B", 0, 20), ("C", 5, 20)];
    let median = Table::from_rows(rows).unwrap().compare(Average::MEDIAN).funnel(Dispersion::None);
    assert_eq!(median.area("C").unwrap().position(Confidence::P95), Err(Undefined::NothingExpected));
    // One area that expects nothing leaves the others their dispersion.
    let some = league(&[("A", 5, 10), ("B", 9, 10), ("C", 0, 10)]).funnel_expecting(&[7.0, 7.0, 0.0], Dispersion::None);
    let some = some.unwrap();
    assert_eq!(some.overdispersion().unwrap().areas(), 2);
    assert_eq!(some.area("C").unwrap().z_adjusted(), Err(Undefined::NothingExpected));
    for expected in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(some.limits(expected, Confidence::P95), Err(Undefined::NothingExpected));
        assert_eq!(some.naive_limits(expected, Confidence::P95), Err(Undefined::NothingExpected));
    }
}

#[test]
fn a_count_of_none_has_no_logarithm() {
    let league = league(&[("A", 0, 10), ("B", 4, 20), ("C", 9, 20)]);
    let spec = funnel::Spec::from((Dispersion::Additive, Scale::Log));
    let law = league.funnel(spec);
    assert!(law.overdispersion().is_ok(), "Pearson's residuals are there whatever the scale of z");
    for point in law.iter() {
        assert_eq!((point.z(), point.z_adjusted()), (Err(Undefined::ZeroCount), Err(Undefined::ZeroCount)));
        assert!(point.position(Confidence::P95).is_ok() && point.p().is_ok());
    }
    let log = league.funnel(spec.with_form(Form::Normal));
    for point in log.iter() {
        assert_eq!((point.z(), point.z_adjusted()), (Err(Undefined::ZeroCount), Err(Undefined::ZeroCount)));
        assert_eq!(point.position(Confidence::P95), Err(Undefined::ZeroCount));
        assert!(point.naive_position(Confidence::P95).is_ok());
    }
    assert_eq!(log.overdispersion(), Err(Undefined::ZeroCount));
    let naive = league.funnel(Scale::Log);
    let a = naive.area("A").unwrap();
    assert_eq!((a.z(), a.position(Confidence::P95)), (Err(Undefined::ZeroCount), Ok(Position::Within)));
    assert!(a.p().is_ok());
    let notes = naive.per(Per::THOUSAND).to_string();
    assert!(notes.contains("Dispersion: none; phi and tau^2 undefined, a count of zero has no logarithm."), "{notes}");
}

#[test]
fn equal_rates_have_no_dispersion_and_that_is_no_proof() {
    let league = league(&[("A", 10, 100), ("B", 20, 200), ("C", 30, 300)]);
    for dispersion in Dispersion::ALL {
        let funnel = league.funnel(*dispersion);
        let found = funnel.overdispersion().unwrap();
        assert_eq!((found.phi(), found.tau2()), (0.0, 0.0));
        assert!(funnel.iter().all(|point| point.z_adjusted() == Ok(0.0) && point.p() == Ok(1.0)));
        assert_eq!(outside(&funnel, Confidence::new(0.5).unwrap()), 0);
        let text = funnel.per(Per::THOUSAND).to_string();
        assert!(text.contains("; a phi of 1 or less is no proof that there is none."), "{text}");
    }
}

#[test]
fn tiny_and_huge_counts_have_figures() {
    let rows = [("A", u64::MAX, u64::MAX), ("B", 0, 1), ("C", 1, 100_000_000_000_000_000), ("D", u64::MAX, 1)];
    for average in [
        Average::POOLED,
        Average::MEAN,
        Average::fixed(1e-30, Per::ONE).unwrap(),
        Average::fixed(1e30, Per::ONE).unwrap(),
    ] {
        let league = Table::from_rows(rows).unwrap().compare(average);
        for spec in Dispersion::ALL.iter().flat_map(|d| Scale::ALL.iter().map(|s| funnel::Spec::from((*d, *s)))) {
            for point in league.funnel(spec).iter() {
                for level in [0.5, 0.95, 0.998, 0.999_999] {
                    if let Ok(limits) = point.limits(Confidence::new(level).unwrap()) {
                        assert!(limits.lower() >= 0.0 && limits.lower() <= limits.upper(), "{average} {limits:?}");
                    }
                }
                for figure in
                    [point.value(), point.z(), point.z_adjusted(), point.p(), point.p_adjusted(Correction::Holm)]
                {
                    assert!(figure.is_err() || figure.unwrap().is_finite(), "{average} {figure:?}");
                }
            }
        }
    }
}

/// A tiny area moves the mean of all rates by more than chance moves a large one: about it nothing is low or high, unless it is taken as
/// known by the form that published funnels have.
#[test]
fn limits_about_a_mean_or_a_median_of_rates_are_refused() {
    let table = Table::from_rows([("Tiny", 3, 1_000), ("A", 1_010, 1_000_000), ("B", 990, 1_000_000)]).unwrap();
    for average in [Average::MEAN, Average::MEDIAN, Average::MEAN.without_self(), Average::MEDIAN.without_self()] {
        let league = table.compare(average);
        for dispersion in Dispersion::ALL {
            let funnel = league.funnel(*dispersion);
            let proportions = league.proportion_funnel(*dispersion).unwrap();
            for point in funnel.iter().chain(proportions.iter()) {
                let refused = Undefined::AverageOfRates;
                assert_eq!((point.limits(Confidence::P95), point.p()), (Err(refused), Err(refused)), "{average}");
                assert_eq!(point.naive_position(Confidence::P95), Err(refused));
                assert_eq!(point.position(Confidence::P99_8), Err(refused));
                assert_eq!(point.significance().err(), Some(refused));
                assert!(point.ratio().is_ok() && point.z().is_ok() && point.z_adjusted().is_ok());
            }
            assert_eq!(funnel.limits(50.0, Confidence::P95), Err(Undefined::AverageOfRates));
            assert_eq!(proportions.naive_limits(50, Confidence::P95), Err(Undefined::AverageOfRates));
            let text = funnel.per(Per::THOUSAND).to_string();
            let note = "Limits, positions and p: none, a mean or a median of rates varies by chance itself: take the pooled average, or give a fixed rate.";
            assert_eq!(text.matches(note).count(), 1, "{text}");
            assert!(!text.contains("Outside the") && !text.contains("\np: "), "{text}");
        }
        let normal = league.funnel(funnel::Spec::from(Dispersion::Additive).with_form(Form::Normal));
        assert!(normal.area("A").unwrap().limits(Confidence::P95).is_ok());
        let text = normal.per(Per::THOUSAND).to_string();
        assert!(text.contains(" of rates is taken as known, though it varies by chance"), "{text}");
    }
    let given = table.compare(Average::MEAN).funnel_expecting(&[1.0, 1_000.0, 1_000.0], Dispersion::None).unwrap();
    assert_eq!(given.area("A").unwrap().position(Confidence::P95), Ok(Position::Within));
}
