//! Sentences about a pair, a bound, a change and a move.

use crate::support::{
    claims::{claims, per_thousand, rows, verdict},
    json::again,
    knife::knife,
};
use Observation::{Known, Missing};
use Verdict::{Contradicted, NotCertain, NotCheckable, Supported};
use crimerate::{
    Average, Basis, Claim, ErrorKind, Observation, Per, Reason, Table,
    claim::{Checked, Checker, ComparedWith, Published, Relation, Report, Verdict},
    interval::{Test, WithinDispersion},
    rank,
};

fn near(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{found}, where {expected} was expected");
}

/// Killings in London and in New York in 2018, as counted by the BBC ("London killings: All the victims of 2018",
/// news/uk-43628494); p by scipy 1.17, `binom.sf`.
#[test]
fn london_and_new_york() {
    let [london, new_york] = [8_899_400, 8_550_861];
    let table = |here, there| {
        let table = Table::from_rows([("London", here, london), ("New York", there, new_york)]).unwrap();
        claims(&table.with_basis(Basis::new().with_count("killings").with_population("residents")))
    };
    let higher = Claim::higher_than("London", "New York");
    for (counts, p, percent, expected) in [
        ((15, 11), 0.31408556195256465, 31.023046497516702, NotCertain),
        ((22, 21), 0.5524091262460674, 0.6589754044413976, NotCertain),
        ((48, 50), 0.691833034467036, -7.759775265748237, Contradicted),
    ] {
        let claims = table(counts.0, counts.1);
        verdict(&claims, &higher, expected, expected);
        let checked = claims.check(&higher).unwrap();
        near(checked.found(), percent);
        if expected == NotCertain {
            near(checked.p(), p);
        }
    }
    let february = table(15, 11);
    let told = february.check(&higher).unwrap();
    let reasons = [
        "Its rate is 0.169 per 100,000, 31.0 % above that of New York, 0.129 per 100,000 (11 killings among 8,550,861 people).",
        "Equal rates are not refuted at 5 %: one-sided, exact p = 0.3141, against New York.",
        "Poisson variation only.",
    ];
    assert_eq!(told.reasons(), reasons);
    let figure = |relation: Result<Relation, _>| Claim::compared("London", relation.unwrap(), "New York");
    verdict(&february, &figure(Relation::times("1.3")), NotCertain, NotCertain);
    verdict(&february, &figure(Relation::times("1.4")), Contradicted, Contradicted);
    verdict(&february, &figure(Relation::percent_above("31")), NotCertain, NotCertain);
    verdict(&february, &figure(Relation::percent_above("32")), Contradicted, Contradicted);
    verdict(&february, &figure(Relation::at_least_above("31")), NotCertain, NotCertain);
    verdict(&february, &figure(Relation::at_least_above("31.1")), Contradicted, Contradicted);
    verdict(&february, &Claim::lower_than("London", "New York"), Contradicted, Contradicted);
    // A figure is tested two-sided, and a pair is mirrored.
    near(february.check(&figure(Relation::times("1.3"))).unwrap().p(), 2.0 * 0.31408556195256465);
    near(february.check(&Claim::lower_than("New York", "London")).unwrap().p(), 0.31408556195256465);
}

#[test]
fn bounds_are_held_in_whole_numbers() {
    // Just twice, which no double says of 3 in 90 and 1 in 60.
    let table =
        |count, people| rows(&[("A", Known(count), people), ("B", Known(100_000), 6_000_000), ("C", Known(1), 1_000)]);
    let twice = table(300_000, 9_000_000);
    let claim = |relation: Result<Relation, _>| Claim::compared("A", relation.unwrap(), "B");
    verdict(&twice, &claim(Relation::more_than("2")), Contradicted, Contradicted);
    verdict(&twice, &claim(Relation::less_than("2.00")), Contradicted, Contradicted);
    verdict(&twice, &claim(Relation::at_least_above("100 %")), NotCertain, NotCertain);
    verdict(&twice, &claim(Relation::more_than("1.9999")), NotCertain, NotCertain);
    verdict(&twice, &claim(Relation::more_than("1.9")), Supported, Supported);
    verdict(&table(300_001, 9_000_000), &claim(Relation::more_than("2")), NotCertain, NotCertain);
    verdict(&twice, &claim(Relation::times("1.0")), Contradicted, Contradicted);
    // The digits of a given average: 0.1 per 1,000 is 1 in 10,000.
    let given = Table::from_rows([("A", 2, 10_000), ("B", 3, 30_000)]).unwrap();
    let given = given.compare(Average::fixed(0.1, Per::THOUSAND).unwrap()).claims(Per::THOUSAND);
    let of_average = |area: &str, relation: Relation| Claim::compared(area, relation, ComparedWith::Average);
    verdict(&given, &of_average("B", Relation::ABOVE), Contradicted, Contradicted);
    verdict(&given, &of_average("B", Relation::BELOW), Contradicted, Contradicted);
    verdict(&given, &of_average("A", Relation::more_than("2").unwrap()), Contradicted, Contradicted);
    verdict(&given, &of_average("A", Relation::at_least_above("100").unwrap()), NotCertain, NotCertain);
    // An area with half of all people is never more than twice the average, and always less than three times.
    let halves = rows(&[("A", Known(9), 1_000), ("B", Known(1), 1_000)]);
    verdict(&halves, &of_average("A", Relation::more_than("2").unwrap()), Contradicted, Contradicted);
    verdict(&halves, &of_average("A", Relation::less_than("3").unwrap()), Supported, Supported);
    assert!(Relation::at_least_below("100.1").is_err() && Relation::at_least_above("-1").is_err());
    let between = |low: &str, high: &str| Claim::between("A", per_thousand(low), per_thousand(high));
    verdict(&halves, &between("8", "9").unwrap(), Supported, Supported);
    verdict(&halves, &between("9.1", "10").unwrap(), Contradicted, Contradicted);
    verdict(&halves, &between("8", "8.4").unwrap(), Contradicted, Contradicted);
    assert!(between("9", "8").is_err());
    let other = Published::new("9", Per::HUNDRED_THOUSAND).unwrap();
    assert!(matches!(Claim::between("A", per_thousand("8"), other).unwrap_err().kind(), ErrorKind::OutOfRange { .. }));
}

#[test]
fn the_knife_figures_by_bounds() {
    let knife = claims(&knife());
    let of_average =
        |area: &str, relation: Result<Relation, _>| Claim::compared(area, relation.unwrap(), ComparedWith::Average);
    verdict(&knife, &of_average("Metropolitan Police", Relation::more_than("2")), Supported, Supported);
    verdict(&knife, &of_average("West Midlands", Relation::at_least_above("40")), NotCertain, NotCertain);
    verdict(&knife, &of_average("West Midlands", Relation::at_least_above("42")), Contradicted, Contradicted);
    verdict(&knife, &of_average("Durham", Relation::less_than("0.5")), Supported, Supported);
    verdict(&knife, &Claim::above_average("Kent"), Contradicted, Contradicted);
    verdict(&knife, &Claim::below_average("Kent"), Supported, Supported);
    verdict(&knife, &Claim::higher_than("Kent", "Greater Manchester"), NotCheckable, NotCheckable);
    let needed = knife.check(&Claim::higher_than("Metropolitan Police", "Greater Manchester")).unwrap().to_string();
    assert!(needed.contains("\n  Greater Manchester would need 5,025 counts to be higher."), "{needed}");
    // An area left out on purpose has its figures all the same.
    verdict(&knife, &Claim::higher_than("City of London", "Metropolitan Police"), Supported, Supported);
    let city = knife.check(&Claim::higher_than("City of London", "Metropolitan Police")).unwrap().to_string();
    assert!(city.contains("It takes no part in comparisons: excluded"), "{city}");
    assert_eq!(
        knife.check(&Claim::higher_than("Kent", "Nowhere")).unwrap_err().to_string(),
        "no area has the name or code \"Nowhere\""
    );
    // Over the mean of rates the variation of that mean is allowed for, and a median is one of ranks.
    let mean = crate::support::knife::knife().compare(Average::MEAN).claims(Per::HUNDRED_THOUSAND);
    let told = mean.check(&Claim::above_average("West Midlands")).unwrap();
    assert_eq!(told.verdict(), Supported);
    assert!(told.to_string().contains("with the variation of that mean"), "{told}");
    let median = crate::support::knife::knife().compare(Average::MEDIAN).claims(Per::HUNDRED_THOUSAND);
    let told = median.check(&Claim::above_average("West Midlands")).unwrap();
    assert_eq!(told.verdict(), Supported);
    assert!(told.to_string().contains("by pairs with the other areas"), "{told}");
    verdict(&median, &of_average("West Midlands", Relation::more_than("1.5")), Supported, Supported);
    verdict(&median, &of_average("West Midlands", Relation::more_than("2.04")), NotCertain, NotCertain);
}

#[test]
fn variation_within_areas_makes_nothing_surer() {
    let claims = claims(&Table::from_rows([("A", 260, 50_000), ("B", 200, 50_000)]).unwrap());
    let wide =
        claims.clone().with_sets(rank::Spec::from(Test::Exact).with_dispersion(WithinDispersion::new(6.0).unwrap()));
    for claim in [Claim::higher_than("A", "B"), Claim::above_average("A"), Claim::lower_than("B", "A")] {
        verdict(&claims, &claim, Supported, Supported);
        verdict(&wide, &claim, NotCertain, NotCertain);
        assert!(wide.check(&claim).unwrap().p() > claims.check(&claim).unwrap().p());
    }
    // z = (sqrt 0.0052 - sqrt 0.0040) / sqrt(6 (1/200000 + 1/200000)) = 1.14453, and the tail above is 0.1262.
    let told = wide.check(&Claim::higher_than("A", "B")).unwrap();
    assert!(told.to_string().contains("and with phi_w 6 (as given) p = 0.1262 (square roots), against B."), "{told}");
}

fn years() -> Checker {
    let basis = |period: &str| {
        Basis::new().with_count("thefts").with_period(period).with_months(12).with_population("residents")
    };
    let before = [("A", 200, 500_000), ("B", 300, 500_000), ("C", 900, 500_000), ("D", 0, 10_000), ("E", 4, 10_000)];
    let after = [("A", 260, 510_000), ("B", 310, 500_000), ("C", 100, 500_000), ("D", 3, 10_000), ("F", 4, 10_000)];
    let before = Table::from_rows(before).unwrap().with_basis(basis("2023"));
    let after = Table::from_rows(after).unwrap().with_basis(basis("2024"));
    claims(&after).with_before(&before).unwrap()
}

#[test]
fn changes_and_moves() {
    let years = years();
    let change = |area: &str, percent: &str| {
        Claim::compared(area, Relation::percent_above(percent).unwrap(), ComparedWith::Before)
    };
    verdict(&years, &Claim::rose("A"), Supported, Supported);
    verdict(&years, &Claim::fell("A"), Contradicted, Contradicted);
    verdict(&years, &Claim::rose("B"), NotCertain, NotCertain);
    verdict(&years, &Claim::fell("C"), Supported, Supported);
    verdict(&years, &change("A", "27.5"), Supported, Supported);
    verdict(&years, &change("A", "+27.4 %"), Contradicted, Contradicted);
    verdict(&years, &change("C", "-88.9"), Supported, Supported);
    verdict(&years, &change("D", "300"), NotCheckable, NotCheckable);
    verdict(&years, &Claim::rose("D"), NotCertain, NotCertain);
    verdict(&years, &Claim::rose("F"), NotCheckable, NotCheckable);
    let told = years.check(&change("A", "27.5")).unwrap();
    // Interval of the doctest of `time::Change`; p two-sided.
    assert_eq!(told.reasons()[1], "The change has a 95 % interval of +5.6 to +54.0 % (exact).");
    assert!(told.to_string().contains("\n  Periods: 2023, then 2024."), "{told}");
    // 1st, 3rd, 2nd in the first year among those in both: C 180, B 60, A 40, E 40, D 0; then B 62, A 51, E's place is F's.
    verdict(&years, &Claim::moved("C", 1, 5).unwrap(), Supported, Supported);
    verdict(&years, &Claim::moved("C", 1, 3).unwrap(), Contradicted, Contradicted);
    verdict(&years, &Claim::moved("B", 2, 1).unwrap(), NotCertain, NotCertain);
    verdict(&years, &Claim::moved("F", 2, 1).unwrap(), NotCheckable, NotCheckable);
    let told = years.check(&Claim::moved("C", 1, 5).unwrap()).unwrap().to_string();
    assert!(told.contains("Its rank was 1 of 5 areas and is 5 of 5 areas, highest first: 180.0 per 100,000 then, 20.0 per 100,000 now."), "{told}");
    assert!(told.contains("so it moved, if chance alone is at work."), "{told}");
    assert!(Claim::moved("A", 2, 2).is_err() && Claim::moved("A", 0, 2).is_err());
    let described = years.describe("A").unwrap().to_string();
    let told =
        "Its rate before was 40.0 per 100,000: it rose by 27.5 %, more than chance alone would make it (exact p = 0.0";
    assert!(described.contains(told), "{described}");
    for claim in ["A", "B", "C", "D"].iter().flat_map(|area| years.describe(area).unwrap().claims().to_vec()) {
        assert!(matches!(years.check(&claim).unwrap().verdict(), Supported | NotCertain), "{claim}");
    }
    assert!(years.describe("F").unwrap().to_string().contains("\nThere is no change: "));
    // Without a table of before nothing of it can be checked.
    let now = claims(&Table::from_rows([("A", 1, 1_000), ("B", 2, 1_000)]).unwrap());
    for claim in [Claim::rose("A"), Claim::moved("A", 1, 2).unwrap(), change("A", "4")] {
        verdict(&now, &claim, NotCheckable, NotCheckable);
        assert_eq!(now.check(&claim).unwrap().reasons(), ["No table of before is given."]);
    }
    let other = Table::from_rows([("A", 1, 1_000)]).unwrap().with_basis(Basis::new().with_count("frauds"));
    let thefts = claims(&Table::from_rows([("A", 1, 1_000)]).unwrap().with_basis(Basis::new().with_count("thefts")));
    assert!(matches!(thefts.with_before(&other).unwrap_err().kind(), ErrorKind::Mismatch { .. }));
}

#[test]
fn reports_hold_every_claim() {
    let years = years();
    let all = [
        Claim::rose("A"),
        Claim::rose("B"),
        Claim::highest("B"),
        Claim::moved("C", 1, 5).unwrap(),
        Claim::compared("A", Relation::less_than("0.9").unwrap(), "B"),
        Claim::between("A", per_thousand("0.4"), per_thousand("0.6")).unwrap(),
        Claim::rate("A", per_thousand("0.9")),
    ];
    let report = years.check_all(all.clone()).unwrap();
    assert_eq!(report.iter().map(|checked| checked.claim().clone()).collect::<Vec<_>>(), all);
    let csv = report.csv();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), all.len());
    assert!(records.iter().zip(&report).all(|(record, checked)| record[1] == checked.claim().to_string()));
    assert_eq!(again(&report), report);
    assert_eq!(report.to_string().matches("Poisson variation only").count(), 1);
    for claim in all {
        let json = serde_json::to_string(&claim).unwrap();
        assert_eq!(serde_json::from_str::<Claim>(&json).unwrap(), claim, "{json}");
    }
    let json = serde_json::to_string(&report).unwrap();
    let forged = |from: &str, to: &str| {
        assert!(json.contains(from), "{json}");
        serde_json::from_str::<Report>(&json.replacen(from, to, 1)).is_err()
    };
    assert!(forged(
        "\"verdict\":\"supported\",\"of_compared\":\"supported\"",
        "\"verdict\":\"contradicted\",\"of_compared\":\"contradicted\""
    ));
    assert!(forged("\"found\":27.", "\"found\":-27."));
    assert!(
        serde_json::from_str::<Claim>(
            &serde_json::to_string(&Claim::moved("A", 1, 2).unwrap()).unwrap().replace("[1,2]", "[2,2]")
        )
        .is_err()
    );
    let none = rows(&[("A", Missing(Reason::Blank), 10), ("B", Known(1), 10)]);
    let missing: Checked = none.check(&Claim::higher_than("B", "A")).unwrap();
    assert_eq!(missing.verdict(), NotCheckable);
}
