//! Reasons that go with their verdicts.

use crate::support::claims::{rows, verdict};
use Observation::Known;
use Verdict::{Contradicted, NotCertain, NotCheckable, Supported};
use crimerate::{
    Average, Claim, Observation, PeerGroups, Per, Table,
    claim::{Checker, ComparedWith, Relation, Verdict},
    time::Series,
};

#[track_caller]
fn told(checker: &Checker, claim: &Claim, there: &[&str], not_there: &str) {
    let told = checker.check(claim).unwrap().to_string();
    for text in there {
        assert!(told.contains(text), "{text}\n{told}");
    }
    assert!(!told.contains(not_there), "{told}");
}

fn of<const N: usize>(rows: [(&str, u64, u64); N]) -> Table {
    Table::from_rows(rows).unwrap()
}

fn pooled(table: &Table) -> Checker {
    table.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND)
}

/// Of an average that it alone is in nothing can be said.
#[test]
fn beside_no_other_area_nothing_is_above() {
    let lone = pooled(&of([("A", 9, 100_000)]));
    for claim in [Claim::above_average("A"), Claim::below_average("A"), Claim::percent_above("A", "0").unwrap()] {
        verdict(&lone, &claim, NotCheckable, NotCheckable);
        told(&lone, &claim, &["Its rate is 9.00 per 100,000.", "No other area is compared."], "0.0 %");
    }
    let table = of([("A", 300, 100_000), ("B", 200, 100_000), ("E", 10, 100_000)]);
    let labels = [("A", "N"), ("B", "N"), ("E", "X")];
    let table = table.with_groups(PeerGroups::from_labels("region", labels)).unwrap();
    let grouped = table.compare(Average::POOLED.over(table.group("region").unwrap())).claims(Per::HUNDRED_THOUSAND);
    verdict(&grouped, &Claim::above_average("E"), NotCheckable, NotCheckable);
    told(&grouped, &Claim::above_average("E"), &["No other area of its group (region) is compared."], "0.0 %");
    verdict(&grouped, &Claim::above_average("B"), Contradicted, Contradicted);
}

#[test]
fn a_move_is_certain_as_far_as_chance_goes() {
    let before =
        of([("Alpha", 2_000, 990_000), ("Beta", 1_500, 900_000), ("Gamma", 1_600, 800_000), ("Delta", 700, 700_000)]);
    let now =
        of([("Alpha", 3_000, 1_000_000), ("Beta", 1_500, 900_000), ("Gamma", 1_100, 800_000), ("Delta", 700, 700_000)]);
    let claims = pooled(&now).with_before(&before).unwrap().holding_up_to(4.0).unwrap();
    let moved = Claim::moved("Gamma", 2, 3).unwrap();
    verdict(&claims, &moved, NotCertain, NotCertain);
    told(&claims, &moved, &["so it moved, if chance alone is at work.", "It stands up to 3.2 times"], "for certain");
}

#[test]
fn what_stays_supported_is_said_of_the_areas_that_it_is_supported_of() {
    let high = |beta| {
        rows(&[("Alpha", Known(3_000), 1_000_000), ("Beta", beta, 1_000_000), ("Gamma", Known(1_900), 1_000_000)])
    };
    let highest = Claim::highest("Alpha");
    let close = high(Observation::between(2_000, 2_900).unwrap());
    verdict(&close, &highest, NotCertain, Supported);
    let alone = "\n  Of the areas compared alone it would stay supported up to ";
    told(&close, &highest, &["chance alone could make it so.", alone], "\n  It would stay");
    let open = high(Observation::Suppressed { at_least: 10, at_most: None });
    verdict(&open, &highest, NotCheckable, Supported);
    told(&open, &highest, &[alone], "\n  It would stay");
    told(&high(Known(2_000)), &highest, &["\n  It would stay supported up to "], "alone it");
}

/// Known to be at least 1,000, it may have a rate that three times the variation of chance does not tell apart.
#[test]
fn what_is_not_known_of_others_is_named_where_it_decides() {
    let known =
        [("Aa", 5_000), ("Cc", 900), ("Dd", 800), ("Ee", 700)].map(|(area, count)| (area, Known(count), 100_000));
    let all = [&known[..], &[("Bb", Observation::between(1_000, 3_000).unwrap(), 100_000)]].concat();
    let claims = rows(&all).holding_up_to(3.0).unwrap();
    let lowest = Claim::among_lowest("Ee", 2).unwrap();
    let claims = claims.check(&lowest).unwrap();
    if claims.verdict() == NotCertain && claims.of_compared() == Supported {
        let text = claims.to_string();
        assert!(
            text.contains("with the worst for it of what is not known of other areas it does not stand up to 3 times"),
            "{text}"
        );
    } else {
        panic!("{claims}");
    }
}

/// By hand: 1,501 beside 1,087.75 is 37.991 % above, and 3,000 beside 2,999 0.0333 %.
#[test]
fn what_is_beside_a_bound_does_not_look_like_it() {
    let table =
        of([("Able", 1_501, 100_000), ("Baker", 1_000, 100_000), ("Cove", 900, 100_000), ("Dale", 950, 100_000)]);
    let claims = pooled(&table);
    let average = |relation: Relation| Claim::compared("Able", relation, ComparedWith::Average);
    let least = average(Relation::at_least_above("38.0").unwrap());
    verdict(&claims, &least, Contradicted, Contradicted);
    told(&claims, &least, &[", 37.99 % above the pooled average", "pooled: 37.99 % above"], "38.0 % above the p");
    told(&claims, &average(Relation::more_than("1.38").unwrap()), &[", 1.3799 times the pooled"], "1.38 times the p");
    told(&claims, &average(Relation::at_least_above("30").unwrap()), &[", 38.0 % above the pooled average"], "37.99");
    let near = pooled(&of([("Alpha", 3_000, 1_000_000), ("Beta", 2_999, 1_000_000), ("Gamma", 1_900, 1_000_000)]));
    told(&near, &Claim::higher_than("Alpha", "Beta"), &[", 0.03 % above that of Beta"], "0.0 %");
    let same = pooled(&of([("Alpha", 3_000, 1_000_000), ("Beta", 3_000, 1_000_000)]));
    told(&same, &Claim::higher_than("Alpha", "Beta"), &[", 0.0 % above that of Beta"], "0.00");
}

#[test]
fn a_table_that_is_no_period_of_its_series_is_told() {
    let figures = [("Alpha", [1_000, 1_500, 2_000]), ("Beta", [1_000, 1_100, 1_200])];
    let rows = figures.iter().flat_map(|(area, counts)| {
        ["2022", "2023", "2024"].into_iter().zip(counts).map(move |(year, count)| (*area, year, *count, 1_000_000))
    });
    let series = Series::from_rows(rows).unwrap();
    let notes = |alpha, beta| {
        let claims = pooled(&of([("Alpha", alpha, 1_000_000), ("Beta", beta, 1_000_000)])).with_series(series.clone());
        claims.notes().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let text = "The table is no period of the series: of Alpha it has 700 counts among a population of 1,000,000, and the last period, 2024, \
        2,000 counts among a population of 1,000,000";
    assert!(notes(700, 1_200).contains(&format!("{text}.")), "{}", notes(700, 1_200));
    assert!(notes(700, 7).contains(&format!("{text}; so it is with 1 more area.")), "{}", notes(700, 7));
    // A period, or those of a run.
    for (alpha, beta) in [(2_000, 1_200), (1_500, 1_100), (3_500, 2_300), (4_500, 3_300)] {
        assert!(!notes(alpha, beta).contains("no period"), "{}", notes(alpha, beta));
    }
}
