//! Population 0, missing counts, no numbers, duplicate and unmatched names, a group of one.

use crate::{
    degenerate::{sound::sound, subjects::SUBJECTS},
    support::named::table,
};
use crimerate::{
    Average, Claim, Compare, Confidence, Error, ErrorKind, Observation, PeerGroups, Per, Proportion, Rate, Row, Table,
    Undefined,
    average::ShapiroWilk,
    claim::{Published, Verdict},
    funnel::{Dispersion, Position, ProportionFunnel, Scale, Trim},
    interval::{Correction, WithinDispersion},
    league::{BandSpec, Grade, Grading, Judgement},
    smoothing::Estimator,
};

const PER: Per = Per::THOUSAND;

const P95: Confidence = Confidence::P95;

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
    assert_eq!(league.smooth(Estimator::Marshall).per(PER).rows().next().unwrap().note.as_deref(), Some(reason));
    let claims = league.claims(PER);
    let highest = claims.check(&Claim::highest("A")).unwrap();
    assert_eq!((highest.verdict(), highest.rate()), (Verdict::NotCheckable, None));
    assert!(highest.reasons()[0].contains(reason), "{highest}");
    match claims.describe("A") {
        // Of a suppressed count what is known is told.
        Ok(described) => {
            assert!(described.to_string().contains(&format!("It takes no part: {reason}.")), "{described}");
        }
        Err(error) => assert_eq!(error.to_string(), format!("A: the area takes no part: {reason}")),
    }
    let good = Judgement::new(Grading::FourGrade, Grade::Good).unwrap();
    let by_grade = league.by_grade(Grading::FourGrade, [("A", good)]).unwrap();
    assert_eq!(by_grade.groups()[1].rate(), Err(Undefined::NoAverage));
    assert!(by_grade.per(PER).to_string().contains(&format!("Left out: A, judged good, {reason}.")));
}

pub(crate) const OTHERS: [(&str, u64, u64); 4] = [("B", 6, 1_000), ("C", 12, 1_000), ("D", 9, 1_500), ("E", 30, 2_000)];

fn with_first(row: Row) -> Vec<Row> {
    [row].into_iter().chain(OTHERS.map(Row::from)).collect()
}

#[test]
fn a_population_of_0_has_no_rate() {
    let rows = || with_first(Row::new("A", 4, 0));
    let refused = Table::from_rows(rows()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "A: row 1: population is zero, so no rate is defined: correct it, or leave the area out; if its count is in no area, say so by Table::unplaced"
    );
    let table = Table::from_rows_leaving_out(rows()).unwrap();
    left_out_with(&table, &self::table(&OTHERS), "population zero, so no rate");
    assert_eq!(Proportion::new(0, 0).unwrap_err().kind(), &ErrorKind::NotAProportion { count: 0, total: 0 });
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
        assert_eq!(not_a_number(&error), Some(("count", text)));
        let error = Table::from_rows(with_first(Row::parse("A", "4", text))).unwrap_err();
        assert_eq!(not_a_number(&error), Some(("population", text)));
    }
}

fn not_a_number(error: &Error) -> Option<(&str, &str)> {
    match error.kind() {
        ErrorKind::NotANumber { what, text, .. } => Some((what, text)),
        _ => None,
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
        ("a p-value", |it| Correction::Holm.of(&[0.5, it]).map(drop)),
    ];
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0] {
        for (what, of) in &all {
            let error = of(odd).unwrap_err().to_string();
            assert!(error.contains(&odd.to_string()), "{what}: {error}");
        }
        let error = league.funnel_expecting(&[1.0, odd, 1.0, 1.0], Dispersion::None).unwrap_err();
        let is_odd = |value: f64| value.to_bits() == odd.to_bits();
        assert!(
            matches!(error.kind(), ErrorKind::OutOfRange { what: "an expected count", value, .. } if is_odd(*value))
        );
        assert_eq!(error.area(), Some("C"));
        assert!(ProportionFunnel::around(odd, one, Dispersion::None).is_err());
        assert_eq!(league.funnel(Dispersion::None).limits(odd, P95), Err(Undefined::NothingExpected));
        assert!(Published::new(&odd.to_string(), PER).is_err());
        // What is negative is below.
        assert_eq!(Claim::percent_above("B", &odd.to_string()).is_err(), !odd.is_finite());
        if !odd.is_finite() {
            assert_eq!(ShapiroWilk::of(&[1.0, 2.0, odd, 4.0]), Err(Undefined::NotFinite));
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
    let double = |row: u64, what| {
        let advice = match what {
            "name" => ": leave one of the two rows out, or tell the two apart by codes",
            _ => "",
        };
        format!("B: row {row}: the {what} \"B\" stands in row 1 already{advice}")
    };
    let unknown = "no area has the name or code \"Z\"";
    let refused: Vec<(&str, Result<(), Error>, String)> = vec![
        ("rows", Table::from_rows(with_first(Row::new(" B ", 1, 2))).map(drop), double(2, "name")),
        ("proportions", ProportionFunnel::new([("B", half), ("B", half)], Scale::Log).map(drop), double(2, "name")),
        ("groups", groups(&[("B", "C"), ("B", "C")]).map(drop), "B: the peer \"C\" is given twice".into()),
        ("judgements", league().by_grade(Grading::FourGrade, [("B", good), ("B", good)]).map(drop), double(2, "area")),
        ("league", league().area("Z").map(drop), unknown.into()),
        ("bands", league().bands(BandSpec::ONE).unwrap().area("Z").map(drop), unknown.into()),
        ("rank sets", league().rank_sets(P95).unwrap().area("Z").map(drop), unknown.into()),
        ("funnel", league().funnel(Scale::Log).area("Z").map(drop), unknown.into()),
        ("proportion funnel", league().proportion_funnel(Scale::Log).unwrap().area("Z").map(drop), unknown.into()),
        ("smoothing", league().smooth(Estimator::Marshall).area("Z").map(drop), unknown.into()),
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
        assert_eq!((b.average().unwrap().per(PER).value(), b.average().unwrap().areas(), b.ratio()), (6.0, 1, Ok(1.0)));
        assert_eq!(b.against_rest().unwrap_err(), Undefined::NoAverage);
        assert!(b.z().is_ok() && b.percentile() == 25.0, "z and percentile are those of everyone");
        for point in [own.funnel(Scale::Log).area("B"), own.proportion_funnel(Scale::Log).unwrap().area("B")] {
            let point = point.unwrap();
            let within = if rule == Average::POOLED { Ok(Position::Within) } else { Err(Undefined::AverageOfRates) };
            assert_eq!((point.expected(), point.z(), point.position(P95)), (Ok(6.0), Ok(0.0), within));
        }
        assert!(own.smooth(Estimator::GammaPoisson).area("B").unwrap().p_above().is_ok());
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
        assert_eq!(others.smooth(Estimator::Marshall).area("B").unwrap().p_above(), Err(Undefined::NoAverage));
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
fn a_negative_total_is_refused_with_its_area() {
    for total in [-1, i64::MIN] {
        let rows = || with_first(Row::from_total("A", total, 100));
        let expected = format!("A: row 1: count is {total}, and a total cannot be negative");
        assert_eq!(Table::from_rows(rows()).unwrap_err().to_string(), expected);
        assert_eq!(Table::from_rows_leaving_out(rows()).unwrap_err().to_string(), expected);
        assert_eq!(Table::check(rows()).len(), 1);
    }
    let text = Table::from_rows(with_first(Row::parse("A", "-3", "100"))).unwrap_err();
    assert_eq!(text.kind(), &ErrorKind::NegativeTotal { value: -3 });
    let zero = Table::from_rows(with_first(Row::from_total("A", 0, 100))).unwrap();
    assert_eq!(zero.observation(0), Some(Observation::Known(0)));
}
