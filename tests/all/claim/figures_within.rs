//! Claims of figures where counts are known within bounds alone: the figure has to print so whatever they are.

use crate::support::{
    claims::{claims, rows, verdict},
    json::again,
    near::near,
};
use Observation::Known;
use Verdict::{Contradicted, NotCertain, NotCheckable, Supported};
use crimerate::{
    Average, Claim, Observation, Per, Row, Table,
    claim::{Checked, Checker, ComparedWith, Published, Relation, Verdict},
};

fn between(least: u64, most: u64) -> Observation {
    Observation::between(least, most).unwrap()
}

fn told(claims: &Checker, claim: &Claim) -> String {
    claims.check(claim).unwrap().to_string()
}

fn times(times: &str, beside: impl Into<ComparedWith>) -> Claim {
    Claim::compared("A", Relation::times(times).unwrap(), beside)
}

fn percent(percent: &str, beside: impl Into<ComparedWith>) -> Claim {
    Claim::compared("A", Relation::percent_above(percent).unwrap(), beside)
}

fn found_within(checked: &Checked, least: f64, most: f64) {
    let (from, to) = checked.found_ends().unwrap();
    near(from, least, 1e-14, "the least");
    near(to, most, 1e-14, "the most");
}

#[test]
fn a_figure_of_rounded_counts_is_supported_where_it_prints_so_with_all_of_them() {
    let table = Table::from_rows([("A", 4_000, 100_000), ("B", 2_000, 100_000), ("C", 3_000, 100_000)]).unwrap();
    let (exact, rounded) = (claims(&table), claims(&table.rounded_to(100).unwrap()));
    let average = |figure: &str| Claim::average("A", Published::new(figure, Per::HUNDRED_THOUSAND).unwrap());
    // 3,950 to 4,050 on 1,950 to 2,050; 11,850 to 12,150 on 300,000... of which the whole is 8,850 to 9,150.
    for (claim, of_exact, of_rounded, range) in [
        (times("2", "B"), Supported, Supported, ""),
        (times("2.0", "B"), Supported, NotCertain, "by what they stand for it is 1.93 to 2.08 times B."),
        (times("2.05", "B"), Contradicted, NotCheckable, "by what they stand for it is 1.927 to 2.077 times B."),
        (times("2.2", "B"), Contradicted, Contradicted, ""),
        (percent("33", ComparedWith::Average), Supported, NotCertain, " % above the average."),
        (percent("31", ComparedWith::Average), Contradicted, NotCheckable, " % above the average."),
        (times("1", ComparedWith::Average), NotCertain, NotCertain, ""),
        (
            average("3000"),
            Supported,
            NotCertain,
            "by what they stand for the average is 2,950.0 to 3,050.0 per 100,000.",
        ),
        (
            average("2960"),
            Contradicted,
            NotCheckable,
            "by what they stand for the average is 2,950.0 to 3,050.0 per 100,000.",
        ),
        (average("2900"), Contradicted, Contradicted, ""),
    ] {
        verdict(&exact, &claim, of_exact, of_exact);
        verdict(&rounded, &claim, of_rounded, of_rounded);
        let text = told(&rounded, &claim);
        assert_eq!(text.contains("by what they stand for"), !range.is_empty(), "{text}");
        assert!(text.contains(range), "{text}");
    }
    let checked = rounded.check(&times("2.0", "B")).unwrap();
    found_within(&checked, 3_950.0 / 2_050.0, 4_050.0 / 1_950.0);
    // A given average is not rounded with them.
    let given = rounded.league().table().compare(Average::fixed(2_500.0, Per::HUNDRED_THOUSAND).unwrap());
    verdict(&given.claims(Per::HUNDRED_THOUSAND), &average("2500"), Supported, Supported);
}

/// Where only the counts before were rounded, too.
#[test]
fn a_change_from_rounded_counts() {
    let table = |a: u64| Table::from_rows([("A", a, 100_000), ("B", 300, 100_000)]).unwrap();
    let claims = claims(&table(440)).with_before(&table(400).rounded_to(10).unwrap()).unwrap();
    verdict(&claims, &percent("10", ComparedWith::Before), NotCertain, NotCertain);
    // 395 to 405 before: a rise of 8.6 to 11.4 %.
    verdict(&claims, &percent("9", ComparedWith::Before), NotCheckable, NotCheckable);
    verdict(&claims, &percent("12", ComparedWith::Before), Contradicted, Contradicted);
    let text = told(&claims, &percent("9", ComparedWith::Before));
    assert!(
        text.contains("Counts are rounded to 10: by what they stand for it is 8.6 to 11.4 % above its rate before."),
        "{text}"
    );
}

#[test]
fn a_pair_is_judged_by_the_range_of_its_figure() {
    let areas = rows(&[
        ("A", Known(26), 1_000),
        ("B", between(18, 22), 1_000),
        ("C", between(0, 4), 1_000),
        ("D", Observation::Suppressed { at_least: 13, at_most: None }, 1_000),
        ("E", Observation::SUPPRESSED, 1_000),
        ("Same", between(26, 26), 1_000),
    ]);
    for (claim, expected, range) in [
        (times("1.3", "B"), NotCheckable, "So it is 1.18 to 1.44 times B."),
        (times("1.5", "B"), Contradicted, "So it is 1.18 to 1.44 times B."),
        (
            times("1.1", "B"),
            Contradicted,
            "That of B is at least 1,800.0 per 100,000 (18 counts among a population of 1,000), and at most",
        ),
        (times("1", "B"), NotCertain, "So it is 1.18 to 1.44 times B."),
        (percent("30", "B"), NotCheckable, "So it is 18.2 to 44.4 % above B."),
        (percent("-10", "B"), Contradicted, "So it is 18.2 to 44.4 % above B."),
        (times("5", "C"), Contradicted, "So it is at least 6.50 times C."),
        (times("9", "C"), NotCheckable, "So it is at least 6.50 times C."),
        (times("2.5", "D"), Contradicted, "So it is at most 2.00 times D."),
        (times("2", "D"), NotCheckable, "So it is at most 2.00 times D."),
        (times("2", "E"), NotCheckable, "E takes no part: count suppressed."),
    ] {
        verdict(&areas, &claim, expected, expected);
        assert!(told(&areas, &claim).contains(range), "{}", told(&areas, &claim));
    }
    // What is known of both is told where it does not decide, too.
    let higher = told(&areas, &Claim::higher_than("B", "D"));
    assert!(
        higher.contains(
            "Its rate is at least 1,800.0 per 100,000 (18 counts among a population of 1,000), and at most 2,200.0"
        ),
        "{higher}"
    );
    assert!(higher.contains("That of D is at least 1,300.0 per 100,000 (13 counts among"), "{higher}");
    assert!(!told(&areas, &Claim::higher_than("A", "E")).contains("Its rate is"));
    let of_b = |relation: Result<Relation, _>, other| Claim::compared("B", relation.unwrap(), other);
    let text = told(&areas, &of_b(Relation::times("0.9"), "C"));
    assert!(
        text.contains(
            "Its rate is at least 1,800.0 per 100,000 (18 counts among a population of 1,000), and at most 2,200.0"
        ),
        "{text}"
    );
    verdict(&areas, &of_b(Relation::times("0.9"), "A"), Contradicted, Contradicted);
    verdict(&areas, &of_b(Relation::times("0.8"), "A"), NotCheckable, NotCheckable);
    // It prints so whatever the count is, and equal rates are refuted at the nearest of them.
    let near = rows(&[("A", Known(400), 1_000), ("B", between(199, 201), 1_000), ("F", between(398, 402), 1_000)]);
    verdict(&near, &times("2", "B"), Supported, Supported);
    verdict(&near, &times("2.0", "B"), Supported, Supported);
    verdict(&near, &times("2.00", "B"), NotCheckable, NotCheckable);
    verdict(&near, &times("1.0", "F"), NotCertain, NotCertain);
    let checked = near.check(&times("2", "B")).unwrap();
    found_within(&checked, 400.0 / 201.0, 400.0 / 199.0);
    assert_eq!(again(&checked), checked);
}

/// What is known of a count before decides of a change, as that of another area does of a pair.
#[test]
fn a_change_is_judged_by_the_range_of_a_suppressed_count() {
    let table = |count: Observation| {
        Table::from_rows([("A", count), ("B", Known(90))].map(|(area, count)| crimerate::Row::new(area, count, 10_000)))
            .unwrap()
    };
    let changed = |before, now| claims(&table(now)).with_before(&table(before)).unwrap();
    let up = changed(between(1, 9), Known(60));
    verdict(&up, &Claim::rose("A"), Supported, Supported);
    verdict(&up, &Claim::fell("A"), Contradicted, Contradicted);
    assert!(
        told(&up, &Claim::rose("A")).contains("its rate before, at most 90.0 per 100,000 (9 counts among"),
        "{}",
        told(&up, &Claim::rose("A"))
    );
    verdict(&up, &percent("500", ComparedWith::Before), Contradicted, Contradicted);
    let text = told(&up, &percent("800", ComparedWith::Before));
    assert!(
        text.contains("Its rate before is at least 10.0 per 100,000")
            && text.contains("So it is 566.7 to 5,900.0 % above its rate before."),
        "{text}"
    );
    verdict(&up, &percent("800", ComparedWith::Before), NotCheckable, NotCheckable);
    let down = changed(Known(60), between(1, 9));
    verdict(&down, &Claim::fell("A"), Supported, Supported);
    verdict(&down, &Claim::rose("A"), Contradicted, Contradicted);
    verdict(&changed(Known(5), between(1, 9)), &Claim::fell("A"), NotCheckable, NotCheckable);
}

#[test]
fn an_area_whose_count_is_suppressed_is_described_by_its_ends() {
    let areas = rows(&[
        ("Ash", Known(400), 100_000),
        ("Birch", between(0, 4), 50_000),
        ("Derry", between(20, 30), 60_000),
        ("Dee", Observation::Suppressed { at_least: 10, at_most: None }, 60_000),
        ("Elm", Observation::SUPPRESSED, 40_000),
        ("Fir", Known(0), 80_000),
        ("Hazel", Known(1_200), 900_000),
    ]);
    let described = |area: &str| {
        let described = areas.describe(area).unwrap();
        assert_eq!(again(&described), described);
        for claim in described.claims() {
            assert!(matches!(areas.check(claim).unwrap().verdict(), Supported | NotCertain), "{claim}");
        }
        described.to_string()
    };
    let derry = described("Derry");
    // From the lower limit of 20, 12.22, to the upper one of 30, 42.83.
    assert!(
        derry.starts_with(
            "Derry has a count of 20 to 30 among a population of 60,000, a rate of 33.3 to 50.0 per 100,000 (95 % interval of all that it \
             may be 20.4 to 71.4, exact).\nIt takes no part: count suppressed, 20 to 30.\n"
        ),
        "{derry}"
    );
    assert!(derry.contains("Of the 3 areas compared, 2 surely higher and 1 surely lower."), "{derry}");
    let birch = described("Birch");
    assert!(
        birch
            .contains("\nIt is below the average, whatever its count is.\nAt worst its rate would be 8.00 per 100,000"),
        "{birch}"
    );
    assert!(birch.contains("Of the 3 areas compared, 2 surely higher and none surely lower."), "{birch}");
    assert!(
        described("Dee").starts_with(
            "Dee has at least 10 counts among a population of 60,000, a rate of at least 16.7 per 100,000."
        )
    );
    let elm = described("Elm");
    assert!(
        elm.starts_with(
            "Elm has a count that is suppressed, among a population of 40,000: nothing is known of its rate.\n"
        ),
        "{elm}"
    );
    assert!(elm.contains("Whether it is above the average or below is not known."), "{elm}");
    let deaths = areas.league().table().clone().with_basis(crimerate::Basis::new().with_count("people killed"));
    let text = claims(&deaths).describe("Derry").unwrap().to_string();
    assert!(text.starts_with("Derry has 20 to 30 people killed among "), "{text}");
}

/// By hand: 0 to 4 after 60 are 93.3 % below it and more; 10 and more beside 30 are 66.7 % below it and less, or above it.
#[test]
fn the_higher_a_rate_is_the_less_it_is_below() {
    let table = |count: Observation, other: u64| {
        Table::from_rows([Row::new("A", count, 10_000), Row::new("B", Known(other), 10_000)]).unwrap()
    };
    let few = Observation::Suppressed { at_least: 0, at_most: Some(4) };
    let many = Observation::Suppressed { at_least: 10, at_most: None };
    let fell = claims(&table(few, 30)).with_before(&table(Known(60), 30)).unwrap();
    let text = told(&fell, &percent("-95", ComparedWith::Before));
    assert!(text.contains("So it is at least 93.3 % below its rate before."), "{text}");
    for (count, other, expected) in [
        (few, 30, "So it is at least 86.7 % below B."),
        (few, 2, "So it is at most 100.0 % above B."),
        (many, 30, "So it is at most 66.7 % below B."),
        (many, 5, "So it is at least 100.0 % above B."),
    ] {
        let text = told(&claims(&table(count, other)), &percent("-20", "B"));
        assert!(text.contains(expected), "{text}");
    }
    let text = told(&claims(&table(few, 2)), &times("1.5", "B"));
    assert!(text.contains("So it is at most 2.00 times B."), "{text}");
}
