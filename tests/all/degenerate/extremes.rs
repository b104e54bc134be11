//! A multiplier of 1; confidence 0, 1 and NaN; 10^7 counts; 35,672 areas; sums beyond 2^53.

use crate::{
    degenerate::{left_out::OTHERS, sound::sound},
    support::{claims::by_chance_alone, named::table},
};
use crimerate::{
    Average, Claim, Compare, Confidence, ErrorKind, Per, Table, Undefined,
    claim::{Published, Verdict},
    funnel::{self, Dispersion, Scale},
    interval::{self, Correction, TestSpec},
    league::{BandScale, BandSpec, Grade, Grading, Judgement, RateScale},
    rank,
    smoothing::Estimator,
};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

const PER: Per = Per::THOUSAND;

const P95: Confidence = Confidence::P95;

#[test]
fn a_multiplier_of_1_changes_units_and_nothing_else() {
    let table = table(&[("A", 0, 1_000), ("B", 6, 1_000), ("C", 12, 1_000), ("D", 900, 1_500), ("E", 40, 7)]);
    let near = |one: Option<f64>, other: Option<f64>| match one.zip(other) {
        Some((one, other)) => assert!((1_000.0 * one - other).abs() <= 1e-14 * other.abs(), "{one} {other}"),
        None => assert_eq!(one, other),
    };
    for average in
        [Average::POOLED, Average::MEAN.without_self(), Average::MEDIAN, Average::fixed(0.25, Per::ONE).unwrap()]
    {
        let league = table.compare(average);
        for (one, other) in {
            let per = |per| league.per(per).with_bands(BandSpec::ONE);
            per(Per::ONE).rows().collect::<Vec<_>>().into_iter().zip(per(PER).rows().collect::<Vec<_>>())
        } {
            near(one.rate, other.rate);
            near(one.average, other.average);
            near(one.upper, other.upper);
            near(one.difference, other.difference);
            assert_eq!(
                (one.z, one.ratio, one.percent, one.rank, one.percentile),
                (other.z, other.ratio, other.percent, other.rank, other.percentile)
            );
            assert_eq!(one.band, other.band);
        }
        let funnel = league.funnel(Dispersion::Additive);
        for (one, other) in funnel.per(Per::ONE).rows().zip(funnel.per(PER).rows()) {
            near(one.rate, other.rate);
            assert_eq!(
                (one.limits, one.z_adjusted, one.p_holm, one.position),
                (other.limits, other.z_adjusted, other.p_holm, other.position)
            );
        }
        let smoothing = league.smooth(Estimator::GammaPoisson);
        for (one, other) in smoothing.per(Per::ONE).rows().zip(smoothing.per(PER).rows()) {
            near(one.smoothed, other.smoothed);
            near(one.lower, other.lower);
            assert_eq!((one.weight, one.p_above), (other.weight, other.p_above));
        }
    }
    let proportions = self::table(&OTHERS).compare(Average::POOLED).proportion_funnel(Dispersion::None).unwrap();
    for (one, other) in proportions.per(Per::ONE).rows().zip(proportions.per(PER).rows()) {
        near(one.limits[0].upper, other.limits[0].upper);
        near(one.limits[1].lower, other.limits[1].lower);
        assert_eq!((one.ratio, one.z, one.p), (other.ratio, other.z, other.p));
    }
    let claims = table.compare(Average::POOLED).claims(Per::ONE);
    let printed = Claim::rate("B", Published::new("0.006", Per::ONE).unwrap());
    assert_eq!(claims.check(&printed).unwrap().verdict(), Verdict::Supported);
    assert!(claims.describe("B").unwrap().to_string().contains("a rate of 0.00600 per 1 "));
}

#[test]
fn a_confidence_of_0_1_or_nan_is_refused_wherever_one_travels() {
    for level in [0.0, 1.0, f64::NAN, -0.5, 95.0] {
        let error = Confidence::new(level).unwrap_err();
        let is_it = |value: f64| value.to_bits() == level.to_bits();
        assert!(
            matches!(error.kind(), ErrorKind::OutOfRange { what: "a confidence level", value, .. } if is_it(*value))
        );
        assert!(level.to_string().parse::<Confidence>().is_err());
    }
    fn refused<T: Serialize + DeserializeOwned + Debug>(made: &T) {
        let json = serde_json::to_string(made).unwrap();
        assert!(json.contains("0.875") && serde_json::from_str::<T>(&json).is_ok(), "{json}");
        for level in ["0", "0.0", "1", "1.0", "-0.5", "null", "\"NaN\""] {
            let forged = json.replace("0.875", level);
            assert!(serde_json::from_str::<T>(&forged).is_err(), "{forged}");
        }
    }
    let level = Confidence::new(0.875).unwrap();
    let league = table(&OTHERS).compare(Average::POOLED);
    refused(&level);
    refused(&interval::Spec::from(level));
    refused(&TestSpec::from(level));
    refused(&rank::Spec::from(level));
    refused(&BandSpec::ONE.on(BandScale::ShapiroWilk(level)));
    refused(&Compare::with(Average::POOLED).with_interval(level));
    refused(&table(&OTHERS).compare(Compare::with(Average::POOLED).with_interval(level)).per(PER));
    refused(&league.funnel(Dispersion::None).per(PER).with_levels([level]));
    refused(&league.proportion_funnel(Dispersion::None).unwrap().per(PER).with_levels([level]));
    refused(&league.smooth(Estimator::Marshall).per(PER).with_confidence(level));
}

/// Levels next to 0 and to 1 have limits in their order and nothing that is not a number.
#[test]
fn levels_next_to_0_and_1_have_limits() {
    for level in [f64::from_bits(1), 1e-300, 1e-9, 0.999_999_999, 1.0 - f64::EPSILON / 2.0] {
        let level = Confidence::new(level).unwrap();
        for rows in [
            &OTHERS[..],
            &[("A", 0, 10), ("B", 1, 10), ("C", 4, 4)],
            &[("A", u64::MAX, u64::MAX), ("B", 5, u64::MAX), ("C", 0, 1)],
        ] {
            sound(&table(rows), Compare::with(Average::POOLED).with_interval(level), level);
        }
    }
}

#[test]
fn counts_of_ten_million_are_told_apart() {
    let table = table(&[("A", 10_000_000, 50_000_000), ("B", 10_020_000, 50_000_000), ("C", 10_000_000, 50_000_001)]);
    let league = table.compare(Average::POOLED);
    sound(&table, league.how(), P95);
    assert_eq!(["A", "B", "C"].map(|area| league.area(area).unwrap().rank().value()), [2.0, 1.0, 3.0]);
    // B lies 4 standard errors above the others, by chance 1 in 20,000; A and C differ by a hair.
    let claims = league.claims(PER);
    assert_eq!(claims.check(&Claim::highest("B")).unwrap().verdict(), Verdict::Supported);
    assert_eq!(claims.check(&Claim::lowest("C")).unwrap().verdict(), Verdict::NotCertain);
    assert!(league.area("A").unwrap().z().unwrap() < 0.0);
}

#[test]
fn thirty_five_thousand_areas_have_every_figure() {
    const AREAS: usize = 35_672;
    let rows = (0..AREAS as u64).map(|i| (format!("Area {i}"), i * 7_919 % 41, 1_200 + i * 31 % 700));
    let table = Table::from_rows(rows).unwrap();
    let league = table.compare(Compare::with(Average::MEDIAN.without_self()));
    let last = league.area("Area 35671").unwrap();
    assert_eq!((league.len(), last.average().unwrap().areas(), last.of()), (AREAS, AREAS - 1, AREAS));
    assert_eq!(league.normality(RateScale::Raw), Err(Undefined::TooManyToTest));
    assert_eq!(league.normality(RateScale::Log), Err(Undefined::ZeroRate));
    let by_test = BandSpec::ONE.on(BandScale::ShapiroWilk(P95));
    assert_eq!(league.bands(by_test).unwrap_err(), Undefined::TooManyToTest);
    let bands = league.bands(BandSpec::ONE).unwrap();
    assert_eq!(bands.above().count() + bands.within().count() + bands.below().count(), AREAS);
    assert!(bands.masking().len() <= AREAS);
    let pooled = table.compare(Average::POOLED);
    for spec in [funnel::Spec::default(), Dispersion::Additive.into(), Dispersion::Multiplicative.into()] {
        let (funnel, proportions) = (pooled.funnel(spec), pooled.proportion_funnel(spec).unwrap());
        for found in [funnel.overdispersion(), proportions.overdispersion()] {
            assert!(found.is_ok_and(|it| it.areas() == AREAS && it.phi() > 1.0), "{found:?}");
        }
        for name in ["Area 0", "Area 17000", "Area 35671"] {
            for point in [funnel.area(name).unwrap(), proportions.area(name).unwrap()] {
                assert_eq!(point.area().name(), name);
                assert!(point.p_adjusted(Correction::Holm).unwrap() >= point.p().unwrap());
                assert!(point.position(P95).is_ok() && point.z_adjusted().unwrap().is_finite());
            }
        }
    }
    for smoother in [Estimator::Marshall, Estimator::GammaPoisson] {
        let smoothing = league.smooth(smoother);
        assert!(
            smoothing
                .iter()
                .all(|it| it.estimate(PER).value().is_finite() && it.weight() > 0.0 && it.p_above().is_ok())
        );
    }
    let percent = Claim::percent_below("Area 0", "100").unwrap();
    assert_eq!(by_chance_alone(league.claims(PER)).check(&percent).unwrap().verdict(), Verdict::Supported);
    let good = Judgement::new(Grading::FourGrade, Grade::Good).unwrap();
    let judged = table.areas().iter().map(|area| (area.name(), good));
    assert_eq!(league.by_grade(Grading::FourGrade, judged).unwrap().groups()[1].areas().len(), AREAS);
    let report = league.funnel(Dispersion::Additive).per(PER);
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<funnel::Report>(&json).unwrap(), report);
}

/// By exact fractions, rounded once.
#[test]
fn sums_beyond_2_to_the_53_are_exact() {
    let max = u64::MAX;
    let table = table(&[("A", (1 << 53) + 1, 1 << 60), ("B", max, max), ("C", 3, 7), ("D", max - 1, max)]);
    for how in [Average::POOLED, Average::MEAN, Average::MEDIAN.without_self()] {
        sound(&table, how.into(), P95);
    }
    let league = table.compare(Average::POOLED);
    assert_eq!(league.average().unwrap().per(Per::ONE).value(), 0.969_933_712_121_212_1);
    assert_eq!(league.average().unwrap().per(PER).value(), 969.933_712_121_212_1);
    assert_eq!(league.tally().count(), 2 * u128::from(max) + (1 << 53) + 3);
    let expected =
        [1.118_257_434_747_692_3e18, 1.789_211_895_596_307_7e19, 6.789_535_984_848_484, 1.789_211_895_596_307_7e19];
    let (funnel, proportions) = (league.funnel(Scale::Log), league.proportion_funnel(Dispersion::None).unwrap());
    for ((point, other), expected) in funnel.iter().zip(proportions.iter()).zip(expected) {
        assert_eq!((point.expected(), other.expected()), (Ok(expected), Ok(expected)));
    }
    // B and D are one double, and yet ranked apart.
    assert_eq!(["B", "D"].map(|area| league.area(area).unwrap().rank().value()), [1.0, 2.0]);
    assert_eq!(league.area("A").unwrap().against_rest().unwrap_err(), Undefined::TooLarge);
    let claims = league.claims(PER);
    assert_eq!(claims.check(&Claim::highest("B")).unwrap().verdict(), Verdict::NotCertain);
    assert_eq!(claims.check(&Claim::highest("D")).unwrap().verdict(), Verdict::Contradicted);
    let good = Judgement::new(Grading::FourGrade, Grade::Good).unwrap();
    let by_grade = league.by_grade(Grading::FourGrade, [("B", good), ("D", good)]).unwrap();
    assert_eq!(by_grade.groups()[1].rate(), Err(Undefined::TooLarge));
}
