//! What is told of a checked claim, how it travels, and what is refused.

use crate::support::{
    claims::{by_chance_alone, per_thousand, reasons, rows, verdict},
    json::again,
};
use Observation::Known;
use Verdict::{Contradicted, NotCheckable, Supported};
use crimerate::{
    Average, Basis, Claim, ErrorKind, Observation, PeerGroups, Per, Row, Table,
    claim::{Checked, Published, Relation, Rounded, Verdict},
};

#[test]
fn the_rounding_that_agrees_is_the_one_that_is_told() {
    // 1 of 8 is 0.125: 0.13 as people round, 0.12 as much software does.
    let table = Table::from_rows([("A", 1, 8), ("B", 1, 8)]).unwrap().compare(Average::POOLED).claims(Per::ONE);
    for printed in ["0.13", "0.12"] {
        let claim = Claim::rate("A", Published::new(printed, Per::ONE).unwrap());
        verdict(&table, &claim, Supported, Supported);
        reasons(
            &table,
            &claim,
            &[&format!("{printed} per 1 on a population of 8 implies a count of 1; 1 ({printed} per 1) agrees.")],
        );
    }
}

#[test]
fn groups_and_person_months_are_told() {
    let rows = [("A", 600, 50_000), ("B", 300, 50_000), ("C", 30, 1_000), ("D", 3, 1_000)];
    let groups = PeerGroups::from_labels("region", [("A", "N"), ("B", "N"), ("C", "S")]);
    let table = Table::from_rows(rows).unwrap().with_groups(groups).unwrap();
    let region = Average::POOLED.over(table.group("region").unwrap());
    let claims = by_chance_alone(table.compare(region).claims(Per::THOUSAND));
    verdict(&claims, &Claim::percent_above("A", "33").unwrap(), Supported, Supported);
    verdict(&claims, &Claim::percent_above("D", "33").unwrap(), NotCheckable, NotCheckable);
    let second = "That is 33 % above the pooled average of 2 areas of its group (region), 9.00 per 1,000, further than chance alone \
        would put it (exact p < 0.0001, against the other areas of its group together).";
    assert_eq!(claims.describe("A").unwrap().sentences()[1], second);
    let alone = claims.describe("C").unwrap();
    assert_eq!(alone.sentences()[1], "No distance from the average can be told: no other area is in it.");
    assert_eq!(
        claims.describe("D").unwrap().sentences()[1],
        "No distance from the average can be told: the area has no group."
    );

    let half =
        Table::from_rows([("A", 130, 510_000), ("B", 90, 300_000)]).unwrap().with_basis(Basis::new().with_months(6));
    let yearly = Per::THOUSAND.years().unwrap();
    let claims = half.annualised().unwrap().compare(Average::POOLED).claims(yearly);
    let claim = |per| Claim::rate("A", Published::new("0.510", per).unwrap());
    verdict(&claims, &claim(yearly), Supported, Supported);
    // Of people means of people for a year, where the table is in person-months.
    verdict(&claims, &claim(Per::THOUSAND), Supported, Supported);
    let told = claims.check(&claim(Per::THOUSAND)).unwrap();
    assert_eq!(told.basis(), claims.league().table().basis());
    let told = told.to_string();
    assert!(
        told.ends_with("\n  Basis: 6 months; population: in person-months, 12 of which are a person-year."),
        "{told}"
    );
    assert!(told.contains("0.510 per 1,000 a year on 3,060,000 person-months implies a count of 130"), "{told}");
}

#[test]
fn what_was_checked_can_be_read_back_and_not_forged() {
    let claims = rows(&[("A", Known(600), 50_000), ("B", Known(300), 50_000), ("C", Known(310), 50_000)]);
    let checked = |claim: &Claim| serde_json::to_string(&claims.check(claim).unwrap()).unwrap();
    let forged = |claim: &Claim, from: &str, to: &str| {
        let json = checked(claim);
        assert!(json.contains(from), "{json}");
        serde_json::from_str::<Checked>(&json.replacen(from, to, 1)).unwrap_err().to_string()
    };
    let lowest = forged(&Claim::lowest("B"), "\"verdict\":\"not-certain\"", "\"verdict\":\"contradicted\"");
    let expected = "the serialised claim contradicts itself: that it is contradicted that B has the lowest rate of any area \
                    does not follow from its numbers";
    assert!(lowest.starts_with(expected), "{lowest}");
    forged(&Claim::lowest("B"), "\"of_compared\":\"not-certain\"", "\"of_compared\":\"supported\"");
    forged(&Claim::highest("B"), "\"rank\":3", "\"rank\":1");
    forged(&Claim::highest("B"), "\"ahead\":[\"A\",\"C\"]", "\"ahead\":[]");
    forged(&Claim::highest("A"), "\"rank_set\":[1,1]", "\"rank_set\":[1,4]");
    let rate = Claim::rate("A", per_thousand("12"));
    forged(&rate, "\"count\":600", "\"count\":700");
    forged(&rate, "\"verdict\":\"supported\"", "\"verdict\":\"not-checkable\"");
    let above = Claim::percent_above("A", "49").unwrap();
    forged(&above, "\"found\":48", "\"found\":-48");
    forged(&above, "\"verdict\":\"supported\"", "\"verdict\":\"contradicted\"");
    forged(&Claim::average("A", per_thousand("8.07")), "\"found\":8", "\"found\":9");
    for area in ["A", "B", "C"] {
        let described = claims.describe(area).unwrap();
        assert_eq!(again(&described), described);
    }
    let ratio = per_thousand("29.8").ratio(per_thousand("20.4")).unwrap();
    assert_eq!(again(&ratio), ratio);
    assert!(serde_json::from_str::<Rounded>("{\"least\":1,\"value\":0.5,\"most\":2}").is_err());
}

#[test]
fn claims_travel_and_refuse() {
    let claims = [
        Claim::highest("A").of(43),
        Claim::among_lowest("B", 3).unwrap(),
        Claim::rate("C", Published::new("24.50", Per::HUNDRED_THOUSAND).unwrap()),
        Claim::percent_below("D", "1200.0").unwrap(),
        Claim::average("E", Published::new("20.4", Per::THOUSAND).unwrap()),
    ];
    for claim in claims {
        let json = serde_json::to_string(&claim).unwrap();
        assert_eq!(serde_json::from_str::<Claim>(&json).unwrap(), claim, "{json}");
    }
    let none = Claim::among_highest("A", 0).unwrap_err();
    assert!(matches!(none.kind(), ErrorKind::OutOfRange { value: 0.0, .. }));
    assert_eq!(none.to_string(), "0 is not a number of the highest or lowest areas: it has to be 1 or more");
    let json = serde_json::to_string(&Claim::among_lowest("B", 3).unwrap()).unwrap();
    assert!(serde_json::from_str::<Claim>(&json.replace('3', "0")).is_err(), "{json}");
    assert_eq!(Claim::percent_above("A", "-4 %").unwrap(), Claim::percent_below("A", "+4").unwrap());
    assert_eq!(Claim::percent_above("A", "-0").unwrap(), Claim::percent_above("A", "0%").unwrap());
    for wrong in ["--4", "4 %%", "%", "+", "4-", "four", ""] {
        assert!(Claim::percent_above("A", wrong).is_err(), "{wrong}");
    }
    assert_eq!(Claim::lowest("A").to_string(), "A has the lowest rate of any area");
    assert_eq!(Claim::percent_below("A", "1200").unwrap().to_string(), "A is 1,200 % below the average");
    for verdict in Verdict::ALL {
        assert_eq!(verdict.name().parse::<Verdict>().unwrap(), *verdict);
    }
}

#[test]
fn halves_are_rounded_away_from_zero() {
    // 7 beside the 8 that the average makes: 12.5 % below.
    let table = rows(&[("A", Known(7), 1_000), ("B", Known(9), 1_000)]);
    let described = table.describe("A").unwrap();
    assert!(described.to_string().contains("That is 13 % below"), "{described}");
    for claim in described.claims() {
        assert!(table.check(claim).unwrap().verdict() != Contradicted, "{claim}");
    }
}

#[test]
fn the_first_line_says_whose_and_how_far_it_holds() {
    let table = || Table::from_rows([("A", 60, 1_000), ("B", 40, 2_000), ("C", 10, 1_500), ("Tiny", 9, 20)]).unwrap();
    let ruled =
        table().exclude_below(100).unwrap().compare(Average::POOLED).claims(Per::THOUSAND).holding_up_to(2.0).unwrap();
    let checked = ruled.check(&Claim::highest("A")).unwrap();
    assert!(checked.to_string().starts_with("A has the highest rate of the 3 compared: supported.\n"), "{checked}");
    assert_eq!(checked.row().claim, "A has the highest rate of the 3 compared");
    let checked = ruled.check(&Claim::lowest("C")).unwrap();
    assert!(checked.to_string().starts_with("C has the lowest rate of any area: supported.\n"), "{checked}");
    let germany = Table::from_rows([("Germany", 5_961_662, 80_523_746)]).unwrap();
    let germany = germany.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND);
    let figure = |figure: &str| Claim::rate("Germany", Published::new(figure, Per::HUNDRED_THOUSAND).unwrap());
    let padded = germany.check(&figure("7403.60")).unwrap();
    assert_eq!(padded.verdict(), Contradicted);
    let first = "Germany has a rate of 7,403.60 per 100,000: contradicted; it agrees at one decimal.\n";
    assert!(padded.to_string().starts_with(first), "{padded}");
    assert!(!germany.check(&figure("7403.9")).unwrap().to_string().contains("agrees at"));
    // One digit fits too much to be worth telling.
    assert!(!germany.check(&figure("7")).unwrap().to_string().contains("it fits"));
    assert!(germany.check(&figure("74")).unwrap().to_string().contains("it fits per 1,000"));
}

#[test]
fn an_area_of_the_table_before_alone() {
    let before = Table::from_rows([("A", 10, 1_000), ("B", 20, 1_000)]).unwrap();
    let after = Table::from_rows([("A", 12, 1_000), ("C", 20, 1_000)]).unwrap();
    let claims = after.compare(Average::POOLED).claims(Per::THOUSAND).with_before(&before).unwrap();
    for claim in [Claim::rose("B"), Claim::moved("B", 1, 2).unwrap()] {
        verdict(&claims, &claim, NotCheckable, NotCheckable);
        reasons(&claims, &claim, &["There is no change: only in the earlier table."]);
    }
    assert!(claims.check(&Claim::highest("B")).is_err() && claims.check(&Claim::rose("D")).is_err());
    let same = Claim::moved("A", 1, 1).unwrap_err().to_string();
    assert_eq!(same, "1 is not a place to move to from that same place: it has to be another one");
}

/// Half a year of the other area is as much news as half a year of one's own.
#[test]
fn months_of_the_other_area_are_told() {
    let rows = [("A", 900, 50_000, 12), ("B", 200, 50_000, 6), ("C", 300, 50_000, 12)];
    let rows = rows.map(|(name, count, people, months)| crimerate::Row::new(name, count, people).months(months));
    let claims = crimerate::Table::from_rows(rows).unwrap().compare(crimerate::Average::POOLED);
    let claims = claims.claims(crimerate::Per::THOUSAND);
    let told = |claim: crimerate::Claim| claims.check(&claim).unwrap().to_string();
    let months = "B: figures of 6 months, those of most areas of 12";
    assert!(told(crimerate::Claim::higher_than("A", "B")).contains(months));
    assert!(told(crimerate::Claim::lowest("A")).contains(months), "{}", told(crimerate::Claim::lowest("A")));
    assert!(!told(crimerate::Claim::higher_than("A", "C")).contains(months));
    assert_eq!(told(crimerate::Claim::higher_than("B", "C")).matches(months).count(), 1);
}

/// A sentence names areas as the table prints them, whatever they were asked for by.
#[test]
fn areas_are_named_as_they_print() {
    let rows = [
        ("Alexandra", "E05000400", 120, 9_900),
        ("Alexandra", "E05000719", 310, 11_200),
        ("Chadderton", "E05000720", 150, 10_500),
    ];
    let claims = crimerate::Table::from_rows(rows).unwrap().compare(crimerate::Average::POOLED);
    let claims = claims.claims(crimerate::Per::THOUSAND);
    let told = |claim: crimerate::Claim| claims.check(&claim).unwrap().to_string();
    let pair = told(crimerate::Claim::higher_than("E05000719", "E05000400"));
    assert!(pair.starts_with("Alexandra (E05000719) has a higher rate than Alexandra (E05000400): "), "{pair}");
    assert!(pair.contains("that of Alexandra (E05000400), 12.1 per 1,000"), "{pair}");
    let one = told(crimerate::Claim::above_average("E05000720"));
    assert!(one.starts_with("Chadderton is above the average"), "{one}");
}

#[test]
fn what_is_nearly_all_below_is_not_all_of_it_and_a_few_are_some_times() {
    let claims = rows(&[("A", Known(1), 4_000_000), ("B", Known(30), 10_000), ("C", Known(3_000), 1_000_000)]);
    let text = claims.describe("A").unwrap().to_string();
    assert!(text.contains("That is 99.96 % below the pooled average of 3 areas"), "{text}");
    let text = claims.check(&Claim::compared("A", Relation::times("0.5").unwrap(), "B")).unwrap().to_string();
    assert!(text.contains(", 0.0000833 times that of B, "), "{text}");
    let text = claims.check(&Claim::percent_below("A", "90").unwrap()).unwrap().to_string();
    assert!(text.contains(", 99.96 % below the pooled average"), "{text}");
    let text = claims.check(&Claim::higher_than("B", "A")).unwrap().to_string();
    assert!(text.contains(" or 99.99 % of the counts in A were unrecorded (12,000 in all)"), "{text}");
    // All of it is all of it.
    let text = rows(&[("A", Known(0), 4_000_000), ("B", Known(30), 10_000)]).describe("A").unwrap().to_string();
    assert!(text.contains("That is 100 % below"), "{text}");
}

#[test]
fn a_p_value_is_no_certainty_by_rounding() {
    let told = |a, b| rows(&[("A", Known(a), 10_000), ("B", Known(b), 10_000)]).describe("A").unwrap().to_string();
    assert!(told(7, 6).contains("exact p = 1, "), "{}", told(7, 6));
}

#[test]
fn half_a_year_that_was_taken_for_one_is_found_out() {
    let rows = [Row::new("GM", 161_159, 2_812_600).months(6), Row::new("Kent", 189_000, 1_846_500).months(12)];
    let claims = Table::from_rows(rows).unwrap().compare(Average::POOLED).claims(Per::THOUSAND);
    let told = |figure: &str| {
        let figure = Published::new(figure, Per::THOUSAND).unwrap();
        claims.check(&Claim::rate("GM", figure)).unwrap().to_string()
    };
    assert!(
        told("57.3").contains("does not agree; it fits 12 months, and these are figures of 6."),
        "{}",
        told("57.3")
    );
    assert!(told("57.5").contains("does not agree; it would fit a population of "), "{}", told("57.5"));
    assert!(told("114.6").contains(": supported."), "{}", told("114.6"));
}

/// A total is compared with nobody, and its own figures are checked.
#[test]
fn the_rate_of_a_total_is_checked_against_its_figures() {
    let rows = [("A", 40, 10_000), ("B", 20, 10_000), ("All", 60, 20_000)];
    let table = Table::from_rows(rows).unwrap().total("All").unwrap();
    let claims = crate::support::claims::claims(&table);
    for (claim, expected) in [
        (Claim::rate("All", per_thousand("3.0")), Supported),
        (Claim::rate("All", per_thousand("3.1")), Contradicted),
        (Claim::between("All", per_thousand("2.9"), per_thousand("3.1")).unwrap(), Supported),
        (Claim::between("All", per_thousand("3.1"), per_thousand("3.2")).unwrap(), Contradicted),
    ] {
        verdict(&claims, &claim, expected, expected);
        let told = claims.check(&claim).unwrap().to_string();
        assert!(told.contains("\n  It takes no part in comparisons: a total of other rows."), "{told}");
    }
    // It has the area in it.
    verdict(&claims, &Claim::higher_than("A", "All"), NotCheckable, NotCheckable);
    let told = claims.check(&Claim::higher_than("A", "All")).unwrap().to_string();
    assert!(told.ends_with("All takes no part: a total of other rows; its rate is 300.0 per 100,000."), "{told}");
}
