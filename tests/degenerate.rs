//! Cases in which a figure may not exist: each subject answers with a value or with the reason why there is none.
//!
//! The cases are: count 0; population 0; one area; two areas with 0; all rates equal; underdispersed; counts above the population;
//! not a number, or missing; duplicate and unmatched names; a group of one; a multiplier of 1; confidence 0, 1 and NaN; 10^7
//! counts; 35,672 areas; negative totals; sums beyond 2^53. Those that are a matter of figures are in a table, by numpy and scipy;
//! the others have a test each.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Adjustment, Average, BandScale, BandSpec, Claim, Compare, Comparison, Confidence, Dispersion, Error, ErrorKind,
    FunnelPoint, FunnelReport, FunnelSpec, Grade, Grading, IntervalSpec, Judgement, LeagueTable, Measure, Normality,
    Observation, Overdispersion, PeerGroups, Per, Position, Proportion, ProportionFunnel, Published, RankFamily,
    RankSpec, Rate, RateScale, Report, Row, Scale, Smoothed, Smoother, SmoothingReport, Table, TestSpec, Ties, Trim,
    Undefined, Verdict, WithinDispersion, ZScale,
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    collections::BTreeMap,
    fmt::{Debug, Display},
};

const PER: Per = Per::THOUSAND;
const P95: Confidence = Confidence::P95;

fn table(rows: &[(&str, u64, u64)]) -> Table {
    Table::from_rows(rows.iter().copied()).unwrap()
}

fn word<T: Display, E: Display>(word: Result<T, E>) -> String {
    word.map_or_else(|why| why.to_string(), |word| word.to_string())
}

type Answer = fn(&Table, &str) -> String;

fn here<T: Display>(
    table: &Table,
    how: impl Into<Compare>,
    area: &str,
    of: impl Fn(Comparison<'_>) -> Result<T, Undefined>,
) -> String {
    table.compare(how).area(area).map_or_else(|why| why.to_string(), |here| word(of(here)))
}

fn average(table: &Table, area: &str, average: Average) -> String {
    here(table, average, area, |here| here.average().map(|it| it.per(PER)))
}

fn band(table: &Table, area: &str, scale: BandScale) -> String {
    let league = table.compare(Average::POOLED);
    league.bands(BandSpec::ONE.on(scale)).map_or_else(|why| why.to_string(), |bands| word(bands.band(area)))
}

fn funnel<T: Display>(
    table: &Table,
    area: &str,
    spec: impl Into<FunnelSpec>,
    of: impl Fn(FunnelPoint<'_>) -> Result<T, Undefined>,
) -> String {
    let funnel = table.compare(Average::POOLED).funnel(spec);
    funnel.area(area).map_or_else(|why| why.to_string(), |it| word(of(it)))
}

fn proportion<T: Display>(
    table: &Table,
    area: &str,
    spec: impl Into<FunnelSpec>,
    of: impl Fn(FunnelPoint<'_>) -> Result<T, Undefined>,
) -> String {
    let funnel = table.compare(Average::POOLED).proportion_funnel(spec);
    funnel.map_or_else(|why| why.to_string(), |it| it.area(area).map_or_else(|why| why.to_string(), |it| word(of(it))))
}

fn overdispersion(table: &Table, scale: Scale, proportions: bool, which: fn(Overdispersion) -> f64) -> String {
    let league = table.compare(Average::POOLED);
    match proportions {
        false => word(league.funnel(scale).overdispersion().map(which)),
        true => league
            .proportion_funnel(scale)
            .map_or_else(|why| why.to_string(), |it| word(it.overdispersion().map(which))),
    }
}

fn smoothed(table: &Table, area: &str, smoother: Smoother, of: fn(Smoothed<'_>) -> Result<f64, Undefined>) -> String {
    let smoothing = table.compare(Average::POOLED).smooth(smoother);
    smoothing.area(area).map_or_else(|why| why.to_string(), |it| word(of(it)))
}

/// Every subject that is a matter of figures, asked of one area.
const SUBJECTS: &[(&str, Answer)] = &[
    ("pooled", |t, a| average(t, a, Average::POOLED)),
    ("mean", |t, a| average(t, a, Average::MEAN)),
    ("median", |t, a| average(t, a, Average::MEDIAN)),
    ("pooled of others", |t, a| average(t, a, Average::POOLED.without_self())),
    ("mean of others", |t, a| average(t, a, Average::MEAN.without_self())),
    ("median of others", |t, a| average(t, a, Average::MEDIAN.without_self())),
    ("ratio", |t, a| here(t, Average::POOLED, a, |it| it.ratio())),
    ("against the rest", |t, a| {
        here(t, Average::POOLED, a, |it| it.against_rest().and_then(|it| it.value().ok_or(Undefined::ZeroAverage)))
    }),
    ("z", |t, a| here(t, Average::POOLED, a, |it| it.z())),
    ("log z", |t, a| here(t, Compare::with(Average::POOLED).z(ZScale::Log), a, |it| it.z())),
    ("robust z", |t, a| here(t, Compare::with(Average::POOLED).z(ZScale::Robust), a, |it| it.z())),
    ("percentile", |t, a| here(t, Average::POOLED, a, |it| Ok(it.percentile()))),
    ("band", |t, a| band(t, a, BandScale::Raw)),
    ("log band", |t, a| band(t, a, BandScale::Log)),
    ("band by test", |t, a| band(t, a, BandScale::ShapiroWilk(P95))),
    ("normality", |t, _| word(t.compare(Average::POOLED).normality(RateScale::Raw).map(Normality::w))),
    ("log normality", |t, _| word(t.compare(Average::POOLED).normality(RateScale::Log).map(Normality::w))),
    ("position", |t, a| funnel(t, a, Dispersion::None, |it| it.position(P95))),
    ("p", |t, a| funnel(t, a, Dispersion::None, |it| it.p())),
    ("funnel z", |t, a| funnel(t, a, Scale::SquareRoot, |it| it.z())),
    ("funnel log z", |t, a| funnel(t, a, Scale::Log, |it| it.z())),
    ("phi", |t, _| overdispersion(t, Scale::SquareRoot, false, Overdispersion::phi)),
    ("tau2", |t, _| overdispersion(t, Scale::SquareRoot, false, Overdispersion::tau2)),
    ("log phi", |t, _| overdispersion(t, Scale::Log, false, Overdispersion::phi)),
    ("position, multiplicative", |t, a| funnel(t, a, Dispersion::Multiplicative, |it| it.position(P95))),
    ("position, additive", |t, a| funnel(t, a, Dispersion::Additive, |it| it.position(P95))),
    ("proportion position", |t, a| proportion(t, a, Dispersion::None, |it| it.position(P95))),
    ("proportion p", |t, a| proportion(t, a, Dispersion::None, |it| it.p())),
    ("proportion funnel z", |t, a| proportion(t, a, Scale::SquareRoot, |it| it.z())),
    ("proportion funnel log z", |t, a| proportion(t, a, Scale::Log, |it| it.z())),
    ("proportion phi", |t, _| overdispersion(t, Scale::SquareRoot, true, Overdispersion::phi)),
    ("proportion tau2", |t, _| overdispersion(t, Scale::SquareRoot, true, Overdispersion::tau2)),
    ("proportion log phi", |t, _| overdispersion(t, Scale::Log, true, Overdispersion::phi)),
    ("proportion position, multiplicative", |t, a| proportion(t, a, Dispersion::Multiplicative, |it| it.position(P95))),
    ("proportion position, additive", |t, a| proportion(t, a, Dispersion::Additive, |it| it.position(P95))),
    ("marshall", |t, a| smoothed(t, a, Smoother::Marshall, |it| Ok(it.estimate(PER)))),
    ("marshall weight", |t, a| smoothed(t, a, Smoother::Marshall, |it| Ok(it.weight()))),
    ("above", |t, a| smoothed(t, a, Smoother::Marshall, |it| it.p_above())),
    ("gamma-poisson", |t, a| smoothed(t, a, Smoother::GammaPoisson, |it| Ok(it.estimate(PER)))),
    ("gamma-poisson weight", |t, a| smoothed(t, a, Smoother::GammaPoisson, |it| Ok(it.weight()))),
    ("limits", |t, a| {
        smoothed(t, a, Smoother::GammaPoisson, |it| it.interval(P95, PER).map(crimerate::Interval::upper))
    }),
];

/// Case, figures, subject and answer.
fn cases() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = include_str!("data/degenerate.csv").lines().skip(2);
    lines.map(|line| {
        let mut fields = line.splitn(3, ',');
        let [case, figures, rest] = [(); 3].map(|()| fields.next().unwrap());
        // Subjects and reasons that hold a comma are quoted.
        let (subject, answer) = match rest.strip_prefix('"') {
            Some(rest) => rest.split_once("\",").unwrap(),
            None => rest.split_once(',').unwrap(),
        };
        [case, figures, subject, answer.trim_matches('"')]
    })
}

fn named(figures: &str) -> Table {
    let rows = ('A'..).zip(figures.split(' ')).map(|(name, figures)| {
        let (count, people) = figures.split_once('/').unwrap();
        Row::parse(&name.to_string(), count, people)
    });
    Table::from_rows(rows).unwrap()
}

/// A figure and another to 1e-6 of the larger, scipy's own accuracy of W and of a maximum; words to the letter.
fn same(found: &str, expected: &str) -> bool {
    match (found.parse::<f64>(), expected.parse::<f64>()) {
        (Ok(found), Ok(expected)) => (found - expected).abs() <= 1e-6 * found.abs().max(expected.abs()) + 1e-14,
        _ => found == expected,
    }
}

#[test]
fn figures_that_may_not_exist_have_values_or_reasons() {
    let mut tried: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for [case, figures, subject, expected] in cases() {
        let (_, answer) = SUBJECTS.iter().find(|(name, _)| *name == subject).expect(subject);
        let found = answer(&named(figures), "A");
        assert!(same(&found, expected), "{case}, {subject}: found {found}, expected {expected}");
        tried.entry(case).or_default().push(subject);
    }
    assert_eq!(tried.len(), 11);
    assert!(tried.values().all(|subjects| subjects.len() == SUBJECTS.len()), "every case asks every subject");
}

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
fn sound(table: &Table, how: Compare, level: Confidence) {
    fn travels<R: Serialize + DeserializeOwned + PartialEq + Debug + Display>(report: &R) {
        let text = report.to_string();
        assert!(!text.contains("NaN") && !text.contains("inf "), "{text}");
        let json = serde_json::to_string(report).unwrap();
        let read: R = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
        assert!(read.to_string() == text, "{text}");
    }
    let league = table.compare(how);
    travels::<Report>(&league.per(PER));
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
        within(found.map(Normality::w));
        within(found.map(Normality::p));
    }
    for family in RankFamily::ALL {
        if let Ok(sets) = league.rank_sets((*family, level)) {
            assert!(
                sets.sets().all(|set| set.lower() >= 1 && set.lower() <= set.upper() && set.upper() <= league.len())
            );
        }
    }
    let trims = [Trim::default(), Trim::NONE, Trim::drop(0.3).unwrap()];
    let specs =
        Dispersion::ALL.iter().flat_map(|it| Scale::ALL.iter().map(move |scale| FunnelSpec::from((*it, *scale))));
    for spec in specs.flat_map(|spec| trims.map(|trim| spec.with_trim(trim))) {
        let funnel = league.funnel(spec);
        let proportions = league.proportion_funnel(spec);
        assert_eq!(proportions.is_ok(), table_of_proportions(&league));
        let of = proportions.iter().flat_map(ProportionFunnel::points);
        for point in funnel.points().chain(of) {
            for figure in [point.expected(), point.ratio(), point.value(), point.z(), point.z_adjusted()] {
                finite(figure);
            }
            for p in [point.p(), point.p_adjusted(Adjustment::Holm), point.p_adjusted(Adjustment::BenjaminiHochberg)] {
                within(p);
            }
            for limits in [point.limits(level), point.naive_limits(level)].into_iter().flatten() {
                assert!(limits.lower() >= 0.0 && limits.lower() <= limits.upper(), "{limits:?}");
            }
            assert_eq!(point.position(level).is_ok(), point.limits(level).is_ok());
        }
        travels::<FunnelReport>(&funnel.per(PER).with_levels([level, P95]));
        if let Ok(funnel) = proportions {
            let report = funnel.per(Per::HUNDRED).with_levels([level, P95]);
            let most = report.rows().flat_map(|row| row.limits).filter_map(|it| it.upper).fold(0.0, f64::max);
            assert!(most <= 100.0 * (1.0 + 1e-15), "{most}");
            travels::<FunnelReport>(&report);
        }
    }
    for smoother in [Smoother::Marshall, Smoother::GammaPoisson] {
        let smoothing = league.smooth(smoother);
        for area in smoothing.areas() {
            finite(Ok(area.estimate(PER)));
            within(Ok(area.weight()));
            within(area.p_above());
            within(area.p_below());
            if let Ok(limits) = area.interval(level, PER) {
                ordered(limits.lower(), limits.upper());
            }
        }
        travels::<SmoothingReport>(&smoothing.per(PER).with_confidence(level));
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
        assert_eq!(described.is_ok(), outcome.is_ok());
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

/// What the others answer is what they would without the area.
fn left_out_with(table: &Table, others: &Table, reason: &str) {
    for (subject, answer) in SUBJECTS {
        let of_all = ["normality", "log normality", "phi", "tau2", "log phi"]
            .contains(&subject.trim_start_matches("proportion "));
        if !of_all {
            assert_eq!(answer(table, "A"), format!("A: the area takes no part: {reason}"), "{subject}");
        }
        assert_eq!(answer(table, "B"), answer(others, "B"), "{subject}");
    }
    let how = Compare::with(Average::POOLED);
    sound(table, how, P95);
    let league = table.compare(how);
    let row = league.per(PER).rows().next().unwrap();
    assert_eq!((row.rate, row.rank, row.note.as_deref()), (None, None, Some(reason)));
    assert_eq!(league.funnel(Dispersion::None).per(PER).rows().next().unwrap().note.as_deref(), Some(reason));
    let proportions = league.proportion_funnel(Dispersion::None).unwrap().per(PER).rows().next().unwrap();
    assert_eq!((proportions.rate, proportions.note.as_deref()), (None, Some(reason)));
    assert_eq!(league.smooth(Smoother::Marshall).per(PER).rows().next().unwrap().note.as_deref(), Some(reason));
    let claims = league.claims(PER);
    let highest = claims.check(&Claim::highest("A")).unwrap();
    assert_eq!((highest.verdict(), highest.rate()), (Verdict::NotCheckable, None));
    assert!(highest.reasons()[0].contains(reason), "{highest}");
    assert_eq!(claims.describe("A").unwrap_err().to_string(), format!("A: the area takes no part: {reason}"));
    let good = Judgement::new(Grading::FourGrade, Grade::Good).unwrap();
    let by_grade = league.by_grade(Grading::FourGrade, [("A", good)]).unwrap();
    assert_eq!(by_grade.groups()[1].rate(), Err(Undefined::NoAverage));
    assert!(by_grade.per(PER).to_string().contains(&format!("Left out: A, judged good, {reason}.")));
}

const OTHERS: [(&str, u64, u64); 4] = [("B", 6, 1_000), ("C", 12, 1_000), ("D", 9, 1_500), ("E", 30, 2_000)];

fn with_first(row: Row) -> Vec<Row> {
    [row].into_iter().chain(OTHERS.map(Row::from)).collect()
}

#[test]
fn a_population_of_0_has_no_rate() {
    let rows = || with_first(Row::new("A", 4, 0));
    let refused = Table::from_rows(rows()).unwrap_err();
    assert_eq!(refused.to_string(), "A: row 1: population is zero, so no rate is defined");
    let table = Table::from_rows_leaving_out(rows()).unwrap();
    left_out_with(&table, &self::table(&OTHERS), "population zero, so no rate");
    assert_eq!(Proportion::new(0, 0).unwrap_err().kind(), &ErrorKind::ZeroTotal);
    let funnel = table.compare(Average::POOLED).proportion_funnel(Dispersion::None).unwrap();
    assert_eq!(funnel.limits(0, P95), Err(Undefined::NothingExpected));
    // It cannot be the highest, so it leaves that claim to the others.
    let claims = table.compare(Average::POOLED).claims(PER);
    assert_eq!(claims.check(&Claim::highest("E")).unwrap().verdict(), Verdict::NotCertain);
}

#[test]
fn what_is_missing_stays_and_is_not_0() {
    let others = table(&OTHERS);
    for (text, reason) in [
        ("..", "count not available"),
        ("", "count left blank"),
        ("[c]", "count suppressed"),
        ("[x]", "count not available"),
    ] {
        let table = Table::from_rows(with_first(Row::parse("A", text, "800"))).unwrap();
        left_out_with(&table, &others, reason);
        let json = serde_json::to_value(table.compare(Average::POOLED).per(PER)).unwrap();
        assert_eq!(
            (&json["rows"][0]["count"], &json["rows"][0]["rate"]),
            (&serde_json::Value::Null, &serde_json::Value::Null)
        );
    }
    for text in ["NaN", "nan", "-", "1e3", "+4", "4.0", "inf"] {
        let error = Table::from_rows(with_first(Row::parse("A", text, "800"))).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::NotACount { text: text.into() });
        let error = Table::from_rows(with_first(Row::parse("A", "4", text))).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::NotAPopulation { text: text.into() });
    }
}

type Refused = fn(f64) -> Result<(), Error>;

#[test]
fn what_is_no_number_is_refused() {
    let league = table(&OTHERS).compare(Average::POOLED);
    let one = [("A", Proportion::new(1, 2).unwrap())];
    let all: [(&str, Refused); 6] = [
        ("an average", |it| Average::fixed(it, PER).map(drop)),
        ("bands", |it| BandSpec::new(it).map(drop)),
        ("trimming", |it| Trim::winsorise(it).map(drop)),
        ("a level", |it| Confidence::new(it).map(drop)),
        ("variation within areas", |it| WithinDispersion::new(it).map(drop)),
        ("a p-value", |it| Adjustment::Holm.of(&[0.5, it]).map(drop)),
    ];
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0] {
        for (what, of) in &all {
            let error = of(odd).unwrap_err().to_string();
            assert!(error.contains(&odd.to_string()), "{what}: {error}");
        }
        let error = league.funnel_expecting(&[1.0, odd, 1.0, 1.0], Dispersion::None).unwrap_err();
        assert_eq!(
            (error.area(), format!("{:?}", error.kind())),
            (Some("C"), format!("NotExpected {{ value: {odd:?} }}"))
        );
        assert!(ProportionFunnel::around(odd, one, Dispersion::None).is_err());
        assert_eq!(league.funnel(Dispersion::None).limits(odd, P95), Err(Undefined::NothingExpected));
        assert!(Published::new(&odd.to_string(), PER).is_err() && Claim::percent_above("B", &odd.to_string()).is_err());
        if !odd.is_finite() {
            assert_eq!(Normality::of(&[1.0, 2.0, odd, 4.0]), Err(Undefined::NotFinite));
        }
    }
}

#[test]
fn names_that_are_double_or_unknown_are_named() {
    let table = table(&OTHERS);
    let league = || table.compare(Average::POOLED);
    let groups = |pairs: &[(&'static str, &'static str)]| {
        table.clone().with_groups(PeerGroups::from_pairs("peers", pairs.iter().copied()))
    };
    let good = Judgement::new(Grading::FourGrade, Grade::Good).unwrap();
    let half = Proportion::new(1, 2).unwrap();
    let double = |row: u64| format!("B: row {row}: the name stands in row 1 already");
    let unknown = "no area has the name or code \"Z\"";
    let refused: Vec<(&str, Result<(), Error>, String)> = vec![
        ("rows", Table::from_rows(with_first(Row::new(" B ", 1, 2))).map(drop), double(2)),
        ("proportions", ProportionFunnel::new([("B", half), ("B", half)], Scale::Log).map(drop), double(2)),
        ("groups", groups(&[("B", "C"), ("B", "C")]).map(drop), "B: the group holds \"C\" twice".into()),
        ("judgements", league().by_grade(Grading::FourGrade, [("B", good), ("B", good)]).map(drop), double(2)),
        ("league", league().area("Z").map(drop), unknown.into()),
        ("bands", league().bands(BandSpec::ONE).unwrap().band("Z").map(drop), unknown.into()),
        ("rank sets", league().rank_sets(P95).unwrap().set("Z").map(drop), unknown.into()),
        ("funnel", league().funnel(Scale::Log).area("Z").map(drop), unknown.into()),
        ("proportion funnel", league().proportion_funnel(Scale::Log).unwrap().area("Z").map(drop), unknown.into()),
        ("smoothing", league().smooth(Smoother::Marshall).area("Z").map(drop), unknown.into()),
        ("claims", league().claims(PER).check(&Claim::highest("Z")).map(drop), unknown.into()),
        ("descriptions", league().claims(PER).describe("Z").map(drop), unknown.into()),
        ("changes", table.change_to(&table).unwrap().area("Z").map(drop), unknown.into()),
        ("policies", table.clone().exclude("Z", "x").map(drop), unknown.into()),
        ("mergers", table.clone().merge("B", "Z", "x").map(drop), format!("B: {unknown}")),
        ("peers", groups(&[("B", "Z")]).map(drop), format!("B: {unknown}")),
        ("judged", league().by_grade(Grading::FourGrade, [("Z", good)]).map(drop), format!("Z: row 1: {unknown}")),
    ];
    for (what, made, expected) in refused {
        assert_eq!(made.unwrap_err().to_string(), expected, "{what}");
    }
}

#[test]
fn a_group_of_one_is_its_own_average_or_has_none() {
    let groups = PeerGroups::from_labels("region", [("B", "North"), ("C", "South"), ("D", "South"), ("E", "South")]);
    let table = table(&OTHERS).with_groups(groups).unwrap();
    let region = table.group("region").unwrap();
    for rule in [Average::POOLED, Average::MEAN, Average::MEDIAN] {
        let own = table.compare(rule.over(region));
        let b = own.area("B").unwrap();
        assert_eq!((b.average().unwrap().per(PER), b.average().unwrap().areas(), b.ratio()), (6.0, 1, Ok(1.0)));
        assert_eq!(b.against_rest().unwrap_err(), Undefined::NoAverage);
        assert!(b.z().is_ok() && b.percentile() == 25.0, "z and percentile are those of everyone");
        for point in [own.funnel(Scale::Log).area("B"), own.proportion_funnel(Scale::Log).unwrap().area("B")] {
            let point = point.unwrap();
            assert_eq!((point.expected(), point.z(), point.position(P95)), (Ok(6.0), Ok(0.0), Ok(Position::Within)));
        }
        assert!(own.smooth(Smoother::GammaPoisson).area("B").unwrap().p_above().is_ok());
        let described = own.claims(PER).describe("B").unwrap().to_string();
        assert!(described.contains("No distance from the average can be told: no other area is in it."), "{described}");
        sound(&table, rule.over(region).into(), P95);

        let others = table.compare(rule.over(region).without_self());
        let b = others.area("B").unwrap();
        assert_eq!((b.average(), b.ratio()), (Err(Undefined::NoAverage), Err(Undefined::NoAverage)));
        let funnel = others.funnel(Dispersion::Additive);
        let proportions = others.proportion_funnel(Dispersion::Additive).unwrap();
        for point in [funnel.area("B").unwrap(), proportions.area("B").unwrap()] {
            assert_eq!((point.expected(), point.z_adjusted()), (Err(Undefined::NoAverage), Err(Undefined::NoAverage)));
        }
        assert_eq!(funnel.overdispersion().unwrap().areas(), 3);
        assert_eq!(others.smooth(Smoother::Marshall).area("B").unwrap().p_above(), Err(Undefined::NoAverage));
        let claims = others.claims(PER);
        let checked = claims.check(&Claim::percent_above("B", "4").unwrap()).unwrap();
        assert_eq!(checked.verdict(), Verdict::NotCheckable);
        assert!(claims.describe("B").unwrap().to_string().contains("there is no area to average"));
        sound(&table, rule.over(region).without_self().into(), P95);
    }
    let good = Judgement::new(Grading::FourGrade, Grade::Good).unwrap();
    let by_grade = table.compare(Average::POOLED).by_grade(Grading::FourGrade, [("B", good)]).unwrap();
    let one = &by_grade.groups()[1];
    assert_eq!(
        (one.rate(), one.interval(P95), one.median(PER), one.range(PER)),
        (Ok(Rate::new(6, 1_000).unwrap()), Err(Undefined::TooFew), Err(Undefined::TooFew), Err(Undefined::TooFew),)
    );
}

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
        let league = table.compare(Compare::with(average).bands(BandSpec::ONE));
        for (one, other) in league.per(Per::ONE).rows().zip(league.per(PER).rows()) {
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
        let smoothing = league.smooth(Smoother::GammaPoisson);
        for (one, other) in smoothing.per(Per::ONE).rows().zip(smoothing.per(PER).rows()) {
            near(one.estimate, other.estimate);
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
        assert_eq!(format!("{:?}", error.kind()), format!("NotAConfidence {{ level: {level:?} }}"));
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
    refused(&IntervalSpec::from(level));
    refused(&TestSpec::from(level));
    refused(&RankSpec::from(level));
    refused(&BandSpec::ONE.on(BandScale::ShapiroWilk(level)));
    refused(&Compare::with(Average::POOLED).interval(level));
    refused(&table(&OTHERS).compare(Compare::with(Average::POOLED).interval(level)).per(PER));
    refused(&league.funnel(Dispersion::None).per(PER).with_levels([level]));
    refused(&league.proportion_funnel(Dispersion::None).unwrap().per(PER).with_levels([level]));
    refused(&league.smooth(Smoother::Marshall).per(PER).with_confidence(level));
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
            sound(&table(rows), Compare::with(Average::POOLED).interval(level), level);
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
    for spec in [FunnelSpec::default(), Dispersion::Additive.into(), Dispersion::Multiplicative.into()] {
        let (funnel, proportions) = (league.funnel(spec), league.proportion_funnel(spec).unwrap());
        for found in [funnel.overdispersion(), proportions.overdispersion()] {
            assert!(found.is_ok_and(|it| it.areas() == AREAS && it.phi() > 1.0), "{found:?}");
        }
        for name in ["Area 0", "Area 17000", "Area 35671"] {
            for point in [funnel.area(name).unwrap(), proportions.area(name).unwrap()] {
                assert_eq!(point.area().name(), name);
                assert!(point.p_adjusted(Adjustment::Holm).unwrap() >= point.p().unwrap());
                assert!(point.position(P95).is_ok() && point.z_adjusted().unwrap().is_finite());
            }
        }
    }
    for smoother in [Smoother::Marshall, Smoother::GammaPoisson] {
        let smoothing = league.smooth(smoother);
        assert!(smoothing.areas().all(|it| it.estimate(PER).is_finite() && it.weight() > 0.0 && it.p_above().is_ok()));
    }
    let percent = Claim::percent_below("Area 0", "100").unwrap();
    assert_eq!(league.claims(PER).check(&percent).unwrap().verdict(), Verdict::Supported);
    let good = Judgement::new(Grading::FourGrade, Grade::Good).unwrap();
    let judged = table.areas().iter().map(|area| (area.name(), good));
    assert_eq!(league.by_grade(Grading::FourGrade, judged).unwrap().groups()[1].areas().len(), AREAS);
    let report = league.funnel(Dispersion::Additive).per(PER);
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<FunnelReport>(&json).unwrap(), report);
}

#[test]
fn a_negative_total_is_refused_with_its_area() {
    for total in [-1, i64::MIN] {
        let rows = || with_first(Row::from_total("A", total, 100));
        let expected = format!("A: row 1: count is {total}, and a total cannot be negative");
        assert_eq!(Table::from_rows(rows()).unwrap_err().to_string(), expected);
        assert_eq!(Table::from_rows_leaving_out(rows()).unwrap_err().to_string(), expected);
        assert_eq!(Table::check(rows()).len(), 1);
    }
    let text = Table::from_rows(with_first(Row::parse("A", "-3", "100"))).unwrap_err();
    assert_eq!(text.kind(), &ErrorKind::NegativeCount { value: -3 });
    let zero = Table::from_rows(with_first(Row::from_total("A", 0, 100))).unwrap();
    assert_eq!(zero.observation(0), Some(Observation::Known(0)));
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
    assert_eq!(league.average().unwrap().per(Per::ONE), 0.969_933_712_121_212_1);
    assert_eq!(league.average().unwrap().per(PER), 969.933_712_121_212_1);
    assert_eq!(league.tally().count(), 2 * u128::from(max) + (1 << 53) + 3);
    let expected =
        [1.118_257_434_747_692_3e18, 1.789_211_895_596_307_7e19, 6.789_535_984_848_484, 1.789_211_895_596_307_7e19];
    let (funnel, proportions) = (league.funnel(Scale::Log), league.proportion_funnel(Dispersion::None).unwrap());
    for ((point, other), expected) in funnel.points().zip(proportions.points()).zip(expected) {
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
        1 => Just(Observation::Suppressed { at_most: Some(4) }), 1 => Just("..".parse().unwrap())];
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
        sound(&table, Compare::with(average).z(z).ties(ties).interval(level).bands(BandSpec::ONE), level);
    }
}

fn is_proportion(row: &Row) -> bool {
    let table = Table::from_rows_leaving_out([row.clone()]).unwrap();
    table_of_proportions(&table.compare(Average::POOLED))
}
