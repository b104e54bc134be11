//! Every answer of every subject about every area of a table is finite or has a reason.

use crate::degenerate::subjects::word;
use crimerate::{
    Average, Claim, Compare, Confidence, LeagueTable, LeftOut, Measure, Observation, Per, Report, Row, Table, Ties,
    Undefined,
    average::{ShapiroWilk, ZScale},
    claim::Published,
    funnel::{self, Dispersion, ProportionFunnel, Scale, Trim},
    interval::Correction,
    league::{BandScale, BandSpec, Grade, Grading, Judgement, RateScale},
    rank,
    smoothing::{self, Estimator},
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::{Debug, Display};

const PER: Per = Per::THOUSAND;

const P95: Confidence = Confidence::P95;

#[track_caller]
fn ordered(low: f64, high: f64) {
    assert!(low.is_finite() && low <= high, "{low} to {high}");
}

#[track_caller]
fn finite(figure: Result<f64, Undefined>) {
    assert!(figure.is_err() || figure.is_ok_and(f64::is_finite), "{figure:?}");
}

#[track_caller]
fn within(p: Result<f64, Undefined>) {
    assert!(p.is_err() || p.is_ok_and(|p| (0.0..=1.0).contains(&p)), "{p:?}");
}

/// Every answer of every subject about every area of a table: finite, or with a reason; printed without NaN; read back as it was.
pub(crate) fn sound(table: &Table, how: Compare, level: Confidence) {
    fn travels<R: Serialize + DeserializeOwned + PartialEq + Debug + Display>(report: &R) {
        let text = report.to_string();
        assert!(!text.contains("NaN") && !text.contains("inf "), "{text}");
        let json = serde_json::to_string(report).unwrap();
        let read: R = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
        assert!(read.to_string() == text, "{text}");
    }
    let league = table.compare(how);
    travels::<Report>(&league.per(PER));
    travels::<Report>(&league.per(PER).with_bands(BandSpec::ONE));
    for measure in Measure::ALL {
        let column = league.column(*measure, PER);
        for (index, value) in column.values().iter().enumerate() {
            // There is no rank 0.
            let exists = value.is_finite() && (*measure != Measure::Rank || *value > 0.0);
            assert!(exists == column.reason(index).is_none(), "{measure} {value} {:?}", column.reason(index));
        }
    }
    for scale in [BandScale::Raw, BandScale::Log, BandScale::ShapiroWilk(level)] {
        if let Ok(bands) = league.bands(BandSpec::ONE.on(scale)) {
            ordered(bands.lower(PER), bands.upper(PER));
            assert!(bands.masking().len() <= league.len());
        }
    }
    for scale in [RateScale::Raw, RateScale::Log] {
        let found = league.normality(scale);
        within(found.map(ShapiroWilk::w));
        within(found.map(ShapiroWilk::p));
    }
    for family in rank::Family::ALL {
        if let Ok(sets) = league.rank_sets((*family, level)) {
            assert!(
                sets.iter().all(|set| set.lower() >= 1 && set.lower() <= set.upper() && set.upper() <= league.len())
            );
        }
    }
    let trims = [Trim::default(), Trim::NONE, Trim::drop(0.3).unwrap()];
    let specs =
        Dispersion::ALL.iter().flat_map(|it| Scale::ALL.iter().map(move |scale| funnel::Spec::from((*it, *scale))));
    for spec in specs.flat_map(|spec| trims.map(|trim| spec.with_trim(trim))) {
        let funnel = league.funnel(spec);
        let proportions = league.proportion_funnel(spec);
        assert_eq!(proportions.is_ok(), table_of_proportions(&league));
        let of = proportions.iter().flat_map(ProportionFunnel::iter);
        for point in funnel.iter().chain(of) {
            for figure in [point.expected(), point.ratio(), point.value(), point.z(), point.z_adjusted()] {
                finite(figure);
            }
            for p in [point.p(), point.p_adjusted(Correction::Holm), point.p_adjusted(Correction::BenjaminiHochberg)] {
                within(p);
            }
            for limits in [point.limits(level), point.naive_limits(level)].into_iter().flatten() {
                assert!(limits.lower() >= 0.0 && limits.lower() <= limits.upper(), "{limits:?}");
            }
            assert_eq!(point.position(level).is_ok(), point.limits(level).is_ok());
        }
        travels::<funnel::Report>(&funnel.per(PER).with_levels([level, P95]));
        if let Ok(funnel) = proportions {
            let report = funnel.per(Per::HUNDRED).with_levels([level, P95]);
            let most = report.rows().flat_map(|row| row.limits).filter_map(|it| it.upper).fold(0.0, f64::max);
            assert!(most <= 100.0 * (1.0 + 1e-15), "{most}");
            travels::<funnel::Report>(&report);
        }
    }
    for smoother in [Estimator::Marshall, Estimator::GammaPoisson] {
        let smoothing = league.smooth(smoother);
        for area in smoothing.iter() {
            finite(Ok(area.estimate(PER).value()));
            within(Ok(area.weight()));
            within(area.p_above());
            within(area.p_below());
            if let Ok(limits) = area.interval(level).map(|limits| limits.per(PER)) {
                ordered(limits.lower(), limits.upper());
            }
        }
        travels::<smoothing::Report>(&smoothing.per(PER).with_confidence(level));
    }
    let claims = league.claims(PER);
    for (area, outcome) in league.areas() {
        let name = area.name();
        let all = [
            Claim::highest(name),
            Claim::among_lowest(name, 3).unwrap(),
            Claim::percent_above(name, "50").unwrap(),
            Claim::percent_below(name, "100").unwrap(),
            Claim::rate(name, Published::new("0.0", PER).unwrap()),
            Claim::average(name, Published::new("0.0", PER).unwrap()),
        ];
        for claim in all {
            let checked = claims.check(&claim).unwrap();
            assert!(!checked.reasons().is_empty() && !checked.to_string().contains("NaN"), "{checked}");
        }
        let described = claims.describe(name);
        // Of a suppressed count what it may be is told.
        let within = matches!(outcome, Err(LeftOut::NotKnown(Observation::Suppressed { .. })));
        assert_eq!(described.is_ok(), outcome.is_ok() || within);
        assert!(!word(described).contains("NaN"));
    }
    let good = Judgement::new(Grading::FourGrade, Grade::Good).unwrap();
    let judged = table.areas().iter().step_by(2).map(|area| (area.name(), good));
    let by_grade = league.by_grade(Grading::FourGrade, judged).unwrap();
    assert!(!by_grade.per(PER).to_string().contains("NaN"));
}

fn table_of_proportions(league: &LeagueTable) -> bool {
    league.rates().iter().all(|rate| rate.count() <= rate.population().get())
}

/// Counts and populations at every edge there is, some not known, some without a population, some all of their total.
fn edges() -> impl Strategy<Value = Vec<Row>> {
    let number = || {
        let edge = select(vec![
            1,
            2,
            3,
            10,
            127,
            128,
            1_000,
            10_000_000,
            (1 << 53) - 1,
            1 << 53,
            (1 << 53) + 1,
            u64::MAX - 1,
            u64::MAX,
        ]);
        prop_oneof![4 => edge, 2 => 1..40_u64, 1 => 1..1_000_000_u64, 1 => 1..=u64::MAX]
    };
    let count = prop_oneof![2 => Just(0_u64).prop_map(Observation::Known), 8 => number().prop_map(Observation::Known),
        1 => Just(Observation::Suppressed { at_least: 0, at_most: Some(4) }), 1 => Just("..".parse().unwrap())];
    let row = (count, number(), 0..12_u8).prop_map(|(count, people, fate)| match (fate, count) {
        (0, count) => (count, 0),
        (1 | 2, Observation::Known(count)) => (Observation::Known(count), count.max(1)),
        (3..6, Observation::Known(count)) => (Observation::Known(count.min(people)), people),
        (_, count) => (count, people),
    });
    vec(row, 1..9).prop_map(|rows| {
        rows.into_iter().enumerate().map(|(i, (count, people))| Row::new(format!("Area {i}"), count, people)).collect()
    })
}

proptest! {
    #[test]
    fn every_answer_is_a_value_or_has_a_reason(
        rows in edges(),
        rule in select(vec![Average::POOLED, Average::MEAN, Average::MEDIAN, Average::fixed(0.25, Per::ONE).unwrap()]),
        (with_self, capped) in any::<(bool, bool)>(),
        (z, ties) in (select(ZScale::ALL), select(Ties::ALL)),
        level in select(vec![1e-300, 0.5, 0.95, 0.998, 0.999_999_999, 1.0 - f64::EPSILON / 2.0]),
    ) {
        let rows = if capped { rows.into_iter().filter(is_proportion).collect() } else { rows };
        prop_assume!(!rows.is_empty());
        let level = Confidence::new(level).unwrap();
        let table = Table::from_rows_leaving_out(rows).unwrap();
        let average = if with_self { rule } else { rule.without_self() };
        sound(&table, Compare::with(average).with_z(z).with_ties(ties).with_interval(level), level);
    }
}

fn is_proportion(row: &Row) -> bool {
    let table = Table::from_rows_leaving_out([row.clone()]).unwrap();
    table_of_proportions(&table.compare(Average::POOLED))
}
