//! Sentences that hold only while what is in no area stays out of the areas.

use crate::support::{
    claims::{by_chance_alone, claims, verdict},
    says::says,
};
use Verdict::{Contradicted, NotCertain, Supported};
use crimerate::{
    Average, Claim, Observation, Per, Row, Table,
    claim::{Checked, Checker, Verdict},
};

/// 400 and 100 of 100,000 each, and as many in no area.
fn beside(unplaced: u64) -> Table {
    let rows = [
        Row::new("A", 400, 100_000),
        Row::new("B", 100, 100_000),
        Row::new("C", 2, 10_000),
        Row::unplaced("Unknown", unplaced),
    ];
    Table::from_rows(rows).unwrap().unplaced("Unknown").unwrap()
}

fn told(claims: &Checker, claim: &Claim) -> String {
    claims.check(claim).unwrap().to_string()
}

/// Whether what is in no area is enough for the sentence to fail, or for chance alone to make it so.
#[track_caller]
fn doubted(claims: &Checker, claim: &Claim, fails: bool) {
    verdict(claims, claim, NotCertain, NotCertain);
    let text = told(claims, claim);
    assert_eq!(
        (text.contains("would make it fail."), text.contains("chance alone could make it so.")),
        (fails, !fails),
        "{text}"
    );
}

/// By hand: A has 4 of 1,000; C, of 10,000, has more from 41 on and B from 401 on.
#[test]
fn as_many_as_would_make_it_fail_take_supported_back() {
    let highest = Claim::highest("A");
    verdict(&claims(&beside(10)), &highest, Supported, Supported);
    doubted(&claims(&beside(38)), &highest, false);
    doubted(&claims(&beside(39)), &highest, true);
    let text = told(&claims(&beside(600)), &highest);
    assert!(text.contains("In no area: 600 counts; 39 of them in C would make it fail."), "{text}");
    assert!(!text.contains("It would stay supported"), "{text}");
    let two = Claim::among_highest("A", 2).unwrap();
    verdict(&claims(&beside(200)), &two, Supported, Supported);
    doubted(&claims(&beside(339)), &two, false);
    doubted(&claims(&beside(340)), &two, true);
    assert!(told(&claims(&beside(340)), &two).contains("; 340 of them in C, B would make it fail."));
    verdict(&claims(&beside(600)), &Claim::highest("B"), Contradicted, Contradicted);
    // The lowest is so unless it has more itself: C fails above 10.
    let lowest = Claim::lowest("C");
    let lone = |unplaced| {
        let rows = [Row::new("A", 400, 100_000), Row::new("C", 2, 10_000), Row::unplaced("Unknown", unplaced)];
        claims(&Table::from_rows(rows).unwrap().unplaced("Unknown").unwrap())
    };
    verdict(&lone(10), &lowest, Supported, Supported);
    doubted(&lone(38), &lowest, false);
    doubted(&lone(39), &lowest, true);
}

#[test]
fn pairs_and_averages_are_no_surer() {
    let pair = Claim::higher_than("A", "B");
    verdict(&claims(&beside(200)), &pair, Supported, Supported);
    doubted(&claims(&beside(299)), &pair, false);
    doubted(&claims(&beside(300)), &pair, true);
    assert!(
        told(&claims(&beside(600)), &pair).contains("In no area: 600 counts; 300 of them in B would make it fail.")
    );
    let above = Claim::above_average("A");
    // The others, 102 of 110,000, are as high at 440.
    verdict(&claims(&beside(200)), &above, Supported, Supported);
    doubted(&claims(&beside(337)), &above, false);
    doubted(&claims(&beside(338)), &above, true);
    // What the average has in it already moves it no more.
    let rows = [Row::new("A", 800, 100_000), Row::new("B", 100, 100_000), Row::unplaced("Unknown", 600)];
    let held = Table::from_rows(rows).unwrap().unplaced_in_average("Unknown").unwrap();
    let checked = claims(&held).check(&above).unwrap();
    assert!(!checked.to_string().contains("In no area"), "{checked}");
}

#[test]
fn what_was_taken_back_is_not_read_as_supported() {
    let checked = claims(&beside(600)).check(&Claim::higher_than("A", "B")).unwrap();
    let json = serde_json::to_string(&checked).unwrap();
    assert_eq!(serde_json::from_str::<Checked>(&json).unwrap(), checked);
    for (from, to) in [("\"verdict\":\"not-certain\"", "\"verdict\":\"supported\""), ("[600,300]", "[299,300]")] {
        assert!(json.contains(from), "{json}");
        let forged = json.replace(from, to).replace("\"of_compared\":\"not-certain\"", "\"of_compared\":\"supported\"");
        serde_json::from_str::<Checked>(&forged).unwrap_err();
    }
    serde_json::from_str::<Checked>(&json.replace("[600,300]", "[299,300]")).unwrap_err();
}

/// By hand: the mean of 4, 1 and 0.2 of 1,000 is 1.733, and 68 more of the 10,000 of C make it 4.
#[test]
fn a_mean_of_rates_rises_most_by_the_smallest_area() {
    let mean = |unplaced| by_chance_alone(beside(unplaced).compare(Average::MEAN).claims(Per::HUNDRED_THOUSAND));
    let above = Claim::above_average("A");
    verdict(&mean(10), &above, Supported, Supported);
    doubted(&mean(67), &above, false);
    doubted(&mean(68), &above, true);
    let text = told(&mean(70), &above);
    assert!(
        text.contains("In no area: 70 counts; 68 of them in the smallest of the other areas would make it fail."),
        "{text}"
    );
}

/// What a suppressed count in no area may be at most is as good as a known one.
#[test]
fn a_suppressed_count_in_no_area_takes_supported_back() {
    let with = |least: u64, most: Option<u64>| {
        let suppressed = Observation::Suppressed { at_least: least, at_most: most };
        let rows = [
            Row::new("A", 400, 100_000),
            Row::new("B", 100, 100_000),
            Row::new("C", 2, 10_000),
            Row::unplaced("Unknown", suppressed),
        ];
        claims(&Table::from_rows(rows).unwrap().unplaced("Unknown").unwrap())
    };
    let (highest, above) = (Claim::highest("A"), Claim::above_average("A"));
    verdict(&with(1, Some(10)), &highest, Supported, Supported);
    doubted(&with(1, Some(38)), &highest, false);
    doubted(&with(1, Some(39)), &highest, true);
    assert!(
        told(&with(1, Some(39)), &highest)
            .contains("In no area: at most 39 counts; 39 of them in C would make it fail.")
    );
    verdict(&with(1, Some(200)), &above, Supported, Supported);
    doubted(&with(1, Some(337)), &above, false);
    doubted(&with(1, Some(338)), &above, true);
    verdict(&with(10, None), &above, NotCertain, NotCertain);
    let text = told(&with(10, None), &above);
    assert!(
        text.contains("In no area: counts without an upper bound; 338 of them in the other areas would make it fail."),
        "{text}"
    );
    // Rounded to 5, 35 may be 37, and 40 may be 42.
    let rounded = |unplaced: u64| {
        let rows = [
            Row::new("A", 400, 100_000),
            Row::new("B", 100, 100_000),
            Row::new("C", 5, 10_000),
            Row::unplaced("Unknown", unplaced),
        ];
        claims(&Table::from_rows(rows).unwrap().rounded_to(5).unwrap())
    };
    verdict(&rounded(5), &highest, Supported, Supported);
    doubted(&rounded(30), &highest, false);
    doubted(&rounded(35), &highest, true);
}

/// A rise rests on what was in an area before.
#[test]
fn a_rise_may_be_of_what_was_in_no_area_before() {
    let now = Table::from_rows([("A", 400, 100_000), ("B", 100, 100_000)]).unwrap();
    let rose = |unplaced: u64| {
        let rows = [Row::new("A", 100, 100_000), Row::new("B", 100, 100_000), Row::unplaced("Unknown", unplaced)];
        let before = Table::from_rows(rows).unwrap().unplaced("Unknown").unwrap();
        let league = now.compare(Average::POOLED);
        league.claims(Per::THOUSAND).with_before(&before).unwrap()
    };
    verdict(&rose(100), &Claim::rose("A"), Supported, Supported);
    doubted(&rose(299), &Claim::rose("A"), false);
    doubted(&rose(300), &Claim::rose("A"), true);
}

/// A count that is suppressed is not 0.
#[test]
fn a_suppressed_count_in_no_area_is_told_as_one() {
    let told = |count: Observation| {
        let rows = [Row::new("A", 40, 10_000), Row::new("B", 20, 10_000), Row::unplaced("None", count)];
        let table = Table::from_rows(rows).unwrap();
        let text = table.clone().unplaced("None").unwrap().compare(Average::POOLED).per(Per::THOUSAND).to_string();
        (text, table.unplaced_in_average("None"))
    };
    let (text, inside) = told(Observation::between(1, 9).unwrap());
    assert!(text.contains("In no area: 1 to 9 of 61 to 69 counted, None. They are in no rate"), "{text}");
    says(
        inside,
        "None: the area cannot be taken to be in no area: its count is suppressed, 1 to 9, and the pooled average is to have it: leave it out of that",
    );
    let (text, _) = told(Observation::Suppressed { at_least: 10, at_most: None });
    assert!(text.contains("In no area: at least 10 of at least 70 counted, None."), "{text}");
    let (text, inside) = told(Observation::Known(9));
    assert!(text.contains("In no area: 9 of 69 counted (13 %), None.") && inside.is_ok(), "{text}");
}
