//! Values in a league table: what is said of them, and what is refused.

use crate::support::{json::again, near::near, says::says};
use crimerate::{
    Average, Basis, Compare, Per, Table, Undefined,
    league::{BandSpec, ValueKind, ValueRow, Values, ValuesReport},
    smoothing::Estimator,
    standard::{ReferenceRates, StandardPopulation, Strata},
};

#[test]
fn what_there_is_none_of_is_said() {
    let rows = [
        ValueRow::new("A", 12.5).limits(10.0, 15.5).code("E1"),
        ValueRow::new("B", 7.25).limits(6.0, f64::INFINITY),
        ValueRow::new("C", 7.25),
        ValueRow::without("D", "too few offences"),
        ValueRow::new("E", 100.0),
    ];
    let values = Values::new(ValueKind::DirectlyStandardised, Per::THOUSAND, rows).unwrap();
    let values = values.exclude("E", "a port").unwrap().about("To the people of 2011.").with_method("tiwari at 95 %");
    let values = values.with_basis(Basis::new().with_count("thefts"));
    let report = values.compare(Average::MEAN);
    let notes: Vec<String> = report.notes().iter().map(|note| note.text().to_owned()).collect();
    assert_eq!(
        notes,
        [
            "3 of 5 areas compared.",
            "Directly standardised rates: weighted sums, without counts and populations of their own.",
            "To the people of 2011.",
            "Left out: D, too few offences.",
            "Left out: E, excluded: a port (its rate is 100.0 per 1,000).",
            "Average: mean of rates, 9.00 per 1,000 over 3 areas.",
            "Mean of rates 9.00, median 7.25, standard deviation (n - 1) 3.03, per 1,000.",
            "Intervals: tiwari at 95 %.",
            "Ranks: of 3, highest rate first, competition ties; compared before rounding.",
            "Rank sets: none, which compare counts over populations; limits that overlap do not say that two areas are equal.",
            "z: (rate - 9.00) / 3.03, the mean and standard deviation (n - 1) of the 3 rates.",
            "Basis: thefts.",
        ]
    );
    let text = report.to_string();
    assert!(text.contains("Limits") && text.contains("10.00 to 15.50") && text.contains("6.00 and more"), "{text}");
    let (a, b, d) = (report.area("E1").unwrap(), report.area("B").unwrap(), report.area("D").unwrap());
    assert_eq!((a.lower, a.upper, b.lower, b.upper), (Some(10.0), Some(15.5), Some(6.0), None));
    assert_eq!((b.rank, d.rank, d.note.as_deref()), (report.area("C").unwrap().rank, None, Some("too few offences")));
    near(a.difference.unwrap(), 3.5, 1e-14, "difference");
    assert_eq!(again(&report), report);
    assert_eq!(again(&values), values);
    let pooled = values.compare(Average::POOLED);
    assert_eq!(pooled.area("A").unwrap().average, None);
    assert_eq!(pooled.area("A").unwrap().note, Some(Undefined::NoCounts.to_string()));
    let fixed = values.compare(Compare::with(Average::fixed(5.0, Per::THOUSAND).unwrap())).with_bands(BandSpec::ONE);
    near(fixed.area("A").unwrap().ratio.unwrap(), 2.5, 1e-15, "ratio");
    let json = serde_json::to_string(&fixed).unwrap();
    assert!(serde_json::from_str::<ValuesReport>(&json.replacen("\"rank\":1", "\"rank\":2", 1)).is_err());
    for (from, to) in [
        ("\"value\":12.5", "\"value\":-1"),
        ("\"lower\":10.0", "\"lower\":20.0"),
        ("\"reason\":\"too few offences\"", "\"reason\":\"\""),
    ] {
        assert!(json.contains(from), "{json}");
        assert!(serde_json::from_str::<ValuesReport>(&json.replace(from, to)).is_err(), "{from}");
    }
}

#[test]
fn what_is_no_value_is_refused_by_area_and_row() {
    let new = |row: ValueRow| Values::new(ValueKind::Other, Per::ONE, [row]);
    for value in [f64::NAN, f64::INFINITY, -1.0, 1e-31, 1e31] {
        says(
            new(ValueRow::new("A", value).line(7)),
            &format!("A: row 7: {value} is not a value: it has to be 0 or from 1e-30 to 1e30"),
        );
    }
    let error = "A: row 1: the serialised limits contradicts itself: there is no interval from 3 to 2";
    says(new(ValueRow::new("A", 2.5).limits(3.0, 2.0)), error);
    says(
        new(ValueRow::without("A", " ")),
        "A: row 1: an area without a value has no reason: say why it has none: answers print it",
    );
    says(
        Values::new(ValueKind::Other, Per::ONE, [("A", 1.0), ("A", 2.0)]),
        "A: row 2: the name \"A\" stands in row 1 already: leave one of the two rows out, or tell the two apart by codes",
    );
    says(
        Values::new(ValueKind::Other, Per::ONE, Vec::<ValueRow>::new()),
        "there is no row, so there is nothing to compare",
    );
    assert_eq!(Values::check([("", f64::NAN), ("B", 2.0)]).len(), 2);
}

#[test]
fn all_kinds_stand_in_one_league_table() {
    let rows = [("A", "m", 30, 1_000), ("A", "f", 5, 1_500), ("B", "m", 40, 2_000), ("B", "f", 9, 1_000)];
    let strata = Strata::from_rows(rows).unwrap();
    let direct = strata.direct(&StandardPopulation::pooled(&strata).unwrap()).unwrap().report(Per::THOUSAND);
    let indirect = strata.indirect(&ReferenceRates::pooled(&strata).unwrap()).unwrap().report(Per::THOUSAND);
    let table = Table::from_rows([("A", 35, 2_500), ("B", 49, 3_000), ("C", 90, 2_000), ("D", 20, 900)]).unwrap();
    let smoothed = table.compare(Average::POOLED).smooth(Estimator::GammaPoisson).per(Per::THOUSAND);
    for (values, kind) in [
        (direct.values().unwrap(), ValueKind::DirectlyStandardised),
        (indirect.values().unwrap(), ValueKind::IndirectlyStandardised),
        (smoothed.values().unwrap(), ValueKind::Smoothed),
    ] {
        assert_eq!((values.kind(), values.per()), (kind, Per::THOUSAND));
        let report = values.compare(Average::MEDIAN);
        assert!(report.area("A").unwrap().lower.is_some() && again(&report) == report, "{kind}");
        assert_eq!(report.csv().lines().count(), values.len() + 1);
    }
}
