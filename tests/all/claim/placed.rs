//! What is in no area, put where it is the worst for a sentence.

use crate::support::claims::{by_chance_alone, claims, verdict};
use Verdict::{NotCertain, Supported};
use crimerate::{
    Average, Claim, PeerGroups, Per, Row, Table,
    claim::{Checker, ComparedWith, Published, Relation, Verdict},
};

fn with(unplaced: u64) -> Table {
    let areas = [("Alpha", 3_000), ("Beta", 2_000), ("Gamma", 1_900), ("Delta", 1_000)];
    let rows = areas.map(|(area, count)| Row::new(area, count, 1_000_000));
    let rows = rows.into_iter().chain([Row::unplaced("Unassigned", unplaced)]);
    Table::from_rows(rows).unwrap().unplaced("Unassigned").unwrap()
}

#[track_caller]
fn doubted(checker: &Checker, claim: &Claim, reason: &str) {
    verdict(checker, claim, NotCertain, NotCertain);
    let told = checker.check(claim).unwrap().to_string();
    assert!(told.contains(reason), "{reason}\n{told}");
}

/// Were the 999 in Beta, it would be 3,000 against 2,999, which chance alone decides.
#[test]
fn what_chance_alone_would_decide_is_not_supported() {
    let higher = Claim::higher_than("Alpha", "Beta");
    let in_beta = "In no area: 999 counts; with all of them in Beta chance alone could make it so.";
    doubted(&claims(&with(999)), &Claim::highest("Alpha"), in_beta);
    doubted(&claims(&with(999)), &higher, in_beta);
    let three = Claim::among_highest("Alpha", 3).unwrap();
    verdict(&claims(&with(850)), &three, Supported, Supported);
    let three = Claim::among_highest("Gamma", 3).unwrap();
    doubted(&claims(&with(850)), &three, "with all of them in Delta chance alone could make it so.");
    doubted(&claims(&with(1_950)), &Claim::lowest("Delta"), "; 901 of them in Delta would make it fail.");
    doubted(&claims(&with(850)), &Claim::lowest("Delta"), "with all of them in Delta chance alone could make it so.");
    for claim in [Claim::highest("Alpha"), higher, Claim::lowest("Delta")] {
        verdict(&claims(&with(100)), &claim, Supported, Supported);
    }
}

/// By hand: two of the others have to come near, 1,000 and 1,100 counts away.
#[test]
fn one_of_the_highest_takes_as_many_rivals() {
    let two = Claim::among_highest("Alpha", 2).unwrap();
    verdict(&claims(&with(1_500)), &two, Supported, Supported);
    doubted(&claims(&with(2_099)), &two, "with all of them in Beta, Gamma chance alone could make it so.");
    doubted(&claims(&with(2_102)), &two, "; 2,102 of them in Beta, Gamma would make it fail.");
}

/// A rate of 300 is one of 2,995 to 3,005, where halves go either way, and 52 % above one of 51.5 to 52.5.
#[test]
fn a_figure_stands_only_as_long_as_all_print_so() {
    let rate = Claim::rate("Alpha", Published::new("300", Per::HUNDRED_THOUSAND).unwrap());
    verdict(&claims(&with(5)), &rate, Supported, Supported);
    doubted(&claims(&with(6)), &rate, "In no area: 6 counts; 6 of them in Alpha would make it fail.");
    let percent = Claim::percent_above("Alpha", "52").unwrap();
    verdict(&claims(&with(15)), &percent, Supported, Supported);
    doubted(&claims(&with(40)), &percent, "In no area: 40 counts; with all of them in Alpha it would not print so.");
    let edge = Claim::percent_above("Alpha", "51.9").unwrap();
    doubted(&claims(&with(40)), &edge, "with all of them in Alpha it would not print so.");
    let average = Claim::average("Alpha", Published::new("197.5", Per::HUNDRED_THOUSAND).unwrap());
    doubted(&claims(&with(3)), &average, "it would not print so.");
    verdict(&claims(&with(1)), &average, Supported, Supported);
}

/// 2,500 to 3,000 with 490 in no area before is 2,990 to 3,000 at the worst.
#[test]
fn a_change_rests_on_what_was_in_no_area() {
    let table = |alpha: u64, unplaced: u64| {
        let rows =
            [("Alpha", alpha), ("Beta", 2_000), ("Gamma", 1_900)].map(|(area, count)| Row::new(area, count, 1_000_000));
        let rows = rows.into_iter().chain([Row::unplaced("nowhere", unplaced)]);
        Table::from_rows(rows).unwrap().unplaced("nowhere").unwrap()
    };
    let changed = |before: &Table, now: &Table| {
        now.compare(Average::POOLED)
            .claims(Per::HUNDRED_THOUSAND)
            .holding_up_to(1.0)
            .unwrap()
            .with_before(before)
            .unwrap()
    };
    let rose = Claim::rose("Alpha");
    let before = "In no area: 490 counts; with all of them in Alpha before chance alone could make it so.";
    doubted(&changed(&table(2_500, 490), &table(3_000, 0)), &rose, before);
    verdict(&changed(&table(2_500, 49), &table(3_000, 490)), &rose, Supported, Supported);
    let fell = Claim::compared("Alpha", Relation::BELOW, ComparedWith::Before);
    let now = "In no area: 490 counts; with all of them in Alpha chance alone could make it so.";
    doubted(&changed(&table(3_000, 0), &table(2_500, 490)), &fell, now);
    verdict(&changed(&table(3_000, 490), &table(2_500, 49)), &fell, Supported, Supported);
    let moved = Claim::moved("Alpha", 3, 1).unwrap();
    verdict(&changed(&table(1_000, 100), &table(3_000, 100)), &moved, Supported, Supported);
    doubted(&changed(&table(1_000, 950), &table(3_000, 0)), &moved, "In no area: ");
}

#[test]
fn an_average_of_a_group_may_have_them_all() {
    let rows = [("A", 300), ("B", 200), ("C", 100), ("D", 90)].map(|(area, count)| Row::new(area, count, 100_000));
    let table = Table::from_rows(rows.into_iter().chain([Row::unplaced("U", 80)])).unwrap().unplaced("U").unwrap();
    let labels = [("A", "N"), ("B", "N"), ("C", "S"), ("D", "S")];
    let table = table.with_groups(PeerGroups::from_labels("region", labels)).unwrap();
    let over = table.group("region").unwrap();
    let checker = by_chance_alone(table.compare(Average::POOLED.over(over)).claims(Per::HUNDRED_THOUSAND));
    let reason =
        "In no area: 80 counts; with all of them in the other areas of its group chance alone could make it so.";
    doubted(&checker, &Claim::above_average("A"), reason);
}

/// What is supported is so wherever what is in no area is.
#[test]
fn supported_is_so_wherever_they_are() {
    let (mut supported, names, people) = (0, ["A", "B", "C", "D"], [40_000, 90_000, 20_000, 60_000]);
    let claimed = || {
        let places = [
            Claim::highest("A"),
            Claim::among_highest("A", 2).unwrap(),
            Claim::lowest("C"),
            Claim::among_lowest("C", 2).unwrap(),
        ];
        let sides = [
            Claim::above_average("A"),
            Claim::below_average("C"),
            Claim::higher_than("A", "B"),
            Claim::lower_than("C", "D"),
        ];
        let figures =
            [Claim::percent_above("A", "90").unwrap(), Claim::rate("A", Published::new("3", Per::THOUSAND).unwrap())];
        places.into_iter().chain(sides).chain(figures)
    };
    let check = |counts: [u64; 4], unplaced: u64, average: Average, claim: &Claim| {
        let rows = (0..4).map(|at| Row::new(names[at], counts[at], people[at])).chain([Row::unplaced("U", unplaced)]);
        let table = Table::from_rows(rows).unwrap().unplaced("U").unwrap();
        by_chance_alone(table.compare(average).claims(Per::THOUSAND)).check(claim).unwrap().verdict()
    };
    for counts in [[120, 120, 8, 90], [118, 60, 2, 100], [121, 150, 0, 20], [200, 110, 1, 75]] {
        for (unplaced, average) in
            [(4, Average::POOLED), (16, Average::MEAN), (24, Average::MEDIAN), (24, Average::POOLED)]
        {
            for claim in claimed().filter(|claim| check(counts, unplaced, average, claim) == Supported) {
                supported += 1;
                for a in (0..=unplaced).step_by(4) {
                    for b in (0..=unplaced - a).step_by(4) {
                        for c in (0..=unplaced - a - b).step_by(4) {
                            let more = [a, b, c, unplaced - a - b - c];
                            let placed = std::array::from_fn(|at| counts[at] + more[at]);
                            assert_eq!(check(placed, 0, average, &claim), Supported, "{counts:?} {more:?} {claim}");
                        }
                    }
                }
            }
        }
    }
    assert!(supported > 40, "{supported}");
}
