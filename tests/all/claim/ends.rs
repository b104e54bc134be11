//! Counts that are known within bounds alone: suppressed ones, and ones that were rounded.

use crate::support::{
    claims::{by_chance_alone, claims, rows, verdict},
    json::again,
};
use Observation::{Known, Missing};
use Verdict::{Contradicted, NotCertain, NotCheckable, Supported};
use crimerate::{
    Average, Claim, Observation, Per, Reason, Row, Table,
    claim::{Checker, ComparedWith, Published, Relation, Verdict},
};
use proptest::{collection::vec, prelude::*, sample::select};

fn of(figure: &str) -> Published {
    Published::new(figure, Per::HUNDRED_THOUSAND).unwrap()
}

fn between(least: u64, most: u64) -> Observation {
    Observation::between(least, most).unwrap()
}

fn told(claims: &Checker, claim: &Claim) -> String {
    claims.check(claim).unwrap().to_string()
}

/// Figures in the form of those of the CDC by county, made up: the pooled average lies from 54.7 to 85.9.
#[test]
fn the_average_that_suppressed_counts_leave_open() {
    let with = |a: u64| {
        rows(&[
            ("A", Known(a), 100_000),
            ("B", between(1, 9), 8_600),
            ("C", between(10, 50), 40_000),
            ("D", Known(0), 5_000),
            ("E", Missing(Reason::Blank), 12_000),
        ])
    };
    let counties = with(73);
    let above = Claim::above_average("A");
    verdict(&counties, &above, NotCertain, Supported);
    verdict(&counties, &Claim::below_average("A"), NotCheckable, Contradicted);
    let text = told(&counties, &above);
    assert!(
        text.starts_with("A is above the average: true of the figures but not certain; of the 2 compared: supported.")
    );
    assert!(
        text.contains("With 2 suppressed counts in, the pooled average lies from 54.7 to 85.9 per 100,000."),
        "{text}"
    );
    // 73.0 is from 15 % below to 33 % above it.
    let percent = |percent: &str| Claim::percent_above("A", percent).unwrap();
    verdict(&counties, &percent("5"), NotCertain, NotCertain);
    verdict(&counties, &percent("33"), NotCheckable, Contradicted);
    verdict(&counties, &percent("-15"), NotCheckable, Contradicted);
    verdict(&counties, &percent("34"), Contradicted, Contradicted);
    verdict(&counties, &Claim::average("A", of("69.5")), NotCertain, Supported);
    verdict(&counties, &Claim::average("A", of("60")), NotCheckable, Contradicted);
    verdict(&counties, &Claim::average("A", of("90")), Contradicted, Contradicted);
    // 300 per 100,000 are above whatever it is, and so is all else below it that has 0.
    verdict(&with(300), &above, Supported, Supported);
    verdict(&with(300), &Claim::below_average("D"), Supported, Supported);
    // What has no bound at all is said, and leaves the verdict.
    let missing = rows(&[("A", Known(73), 100_000), ("D", Known(0), 5_000), ("E", Missing(Reason::Blank), 12_000)]);
    verdict(&missing, &above, Supported, Supported);
}

/// The pooled average with suppressed counts in decides where all of them, or none, would make it so.
#[test]
fn the_ends_of_the_average_decide() {
    let bounded = |least: u64, most: Option<u64>| {
        rows(&[
            ("A", Known(13), 57_000),
            ("B", Observation::Suppressed { at_least: least, at_most: most }, 85_000),
            ("C", Known(13), 71_000),
        ])
    };
    let closed = bounded(3, Some(5));
    // C has 18.3; the two known 20.3 together, and all three 13.6 to 14.6.
    verdict(&closed, &Claim::below_average("C"), Contradicted, NotCertain);
    assert!(told(&closed, &Claim::below_average("C")).contains("it fails, whatever they are."));
    verdict(&closed, &Claim::above_average("C"), NotCertain, Contradicted);
    assert!(told(&closed, &Claim::above_average("C")).contains("it holds, whatever they are."));
    verdict(&closed, &Claim::average("C", of("14.1")), NotCheckable, Contradicted);
    verdict(&closed, &Claim::average("C", of("15.1")), Contradicted, Contradicted);
    verdict(&closed, &Claim::percent_below("C", "10").unwrap(), Contradicted, NotCertain);
    // Without an upper bound the average may be anything from 13.6 on.
    let open = bounded(3, None);
    verdict(&open, &Claim::average("C", of("350")), NotCheckable, Contradicted);
    verdict(&open, &Claim::average("C", of("13")), Contradicted, Contradicted);
    verdict(&open, &Claim::below_average("C"), NotCertain, NotCertain);
    verdict(&open, &Claim::above_average("C"), NotCheckable, Contradicted);
    verdict(&open, &Claim::percent_below("C", "40").unwrap(), NotCheckable, Contradicted);
}

#[test]
fn an_area_whose_own_count_is_suppressed() {
    let areas = rows(&[
        ("Ash", Known(400), 100_000),
        ("Birch", between(0, 4), 50_000),
        ("Derry", between(20, 30), 60_000),
        ("Elm", Observation::Suppressed { at_least: 0, at_most: None }, 40_000),
        ("Fir", Known(0), 80_000),
        ("Hazel", Known(1_200), 900_000),
    ]);
    let rate = |area: &str, figure: &str| Claim::rate(area, of(figure));
    for (claim, expected, reason) in [
        (rate("Derry", "20"), Contradicted, "would be a count of 12; it has at least 20."),
        (rate("Birch", "5"), Contradicted, "5 per 100,000 on a population of 50,000 is no whole number of counts."),
        (rate("Birch", "10"), Contradicted, "would be a count of 5; it has at most 4."),
        (rate("Birch", "8"), NotCheckable, "It takes no part"),
        (rate("Derry", "40"), NotCheckable, "It takes no part"),
        (Claim::between("Birch", of("9"), of("20")).unwrap(), Contradicted, "Its rate is at most 8.00 per 100,000."),
        (Claim::between("Birch", of("0"), of("10")).unwrap(), Supported, "That is so whatever its count is."),
        (Claim::between("Birch", of("4"), of("10")).unwrap(), NotCheckable, "Its rate is at most 8.00"),
        (Claim::between("Elm", of("4"), of("10")).unwrap(), NotCheckable, "It takes no part"),
        (
            Claim::higher_than("Birch", "Ash"),
            Contradicted,
            "Its rate is at most 8.00 per 100,000, 98.0 % below that of Ash",
        ),
        (Claim::higher_than("Derry", "Birch"), Supported, "316.7 % above Birch, which has at most 8.00 per 100,000"),
        (Claim::lower_than("Derry", "Birch"), Contradicted, "Its rate is at least 33.3"),
        (Claim::lower_than("Derry", "Elm"), NotCheckable, "It takes no part"),
        (Claim::highest("Birch"), Contradicted, "Higher: Ash (400.0 per 100,000), Hazel (133.3 per 100,000)."),
        (Claim::lowest("Birch"), NotCheckable, "Its rate is at most 8.00 per 100,000."),
        (Claim::lowest("Derry"), Contradicted, "Lower: Fir (0.0 per 100,000)."),
        (Claim::highest("Elm"), NotCheckable, "It takes no part"),
        (Claim::above_average("Birch"), Contradicted, "At best its rate would be 8.00 per 100,000"),
        (Claim::below_average("Birch"), Supported, "At worst its rate would be 8.00 per 100,000"),
        (Claim::percent_above("Birch", "20").unwrap(), Contradicted, "Its rate is at most"),
        (Claim::percent_below("Birch", "97").unwrap(), NotCheckable, "Its rate is at most"),
    ] {
        verdict(&areas, &claim, expected, expected);
        assert!(told(&areas, &claim).contains(reason), "{}", told(&areas, &claim));
    }
    assert_eq!(areas.check(&rate("Birch", "5")).unwrap().count_ends(), Some((0, Some(4))));
    let checked = areas.check(&Claim::highest("Birch")).unwrap();
    assert_eq!(checked.ahead(), ["Ash", "Hazel"]);
    let third = Claim::among_highest("Birch", 3).unwrap();
    verdict(&areas, &third, Contradicted, Contradicted);
    assert!(told(&areas, &third).ends_with("Not compared, and surely higher: Derry (count suppressed, 20 to 30)."));
    verdict(&areas, &Claim::among_highest("Birch", 4).unwrap(), NotCheckable, Supported);
}

#[test]
fn counts_that_were_rounded() {
    let areas = |base| {
        let rows = [("Ash", 400, 100_000), ("Birch", 350, 100_000), ("Cedar", 100, 100_000), ("Dee", 350, 100_000)];
        claims(&Table::from_rows(rows).unwrap().rounded_to(base).unwrap())
    };
    let (rounded, exact) = (areas(50), areas(1));
    let rate = |figure: &str| Claim::rate("Ash", of(figure));
    // 375 to 425 print as 400 to the nearest 100, and not all as 400.
    verdict(&rounded, &rate("400"), NotCertain, NotCertain);
    verdict(&exact, &rate("400"), Supported, Supported);
    verdict(&rounded, &rate("395"), NotCheckable, NotCheckable);
    verdict(&rounded, &rate("430"), Contradicted, Contradicted);
    verdict(&exact, &rate("395"), Contradicted, Contradicted);
    assert!(
        told(&rounded, &rate("395"))
            .contains("it stands for a count of 375 to 425, 375.0 to 425.0 per 100,000, some of which would print so.")
    );
    assert!(told(&rounded, &rate("400")).contains("375.0 to 425.0 per 100,000, not all of which would print so."));
    let within = |low: &str, high: &str| Claim::between("Ash", of(low), of(high)).unwrap();
    verdict(&rounded, &within("370", "430"), Supported, Supported);
    verdict(&rounded, &within("390", "430"), NotCertain, NotCertain);
    // The published 400 are not among them, and some that it stands for are.
    verdict(&rounded, &within("405", "430"), NotCheckable, NotCheckable);
    verdict(&rounded, &within("430", "440"), Contradicted, Contradicted);
    assert!(told(&exact, &within("390", "430")).contains("Its 95 % interval is 361.8 to 441.2, exact."));
    for (claim, expected, of_exact) in [
        (Claim::higher_than("Ash", "Dee"), NotCertain, Supported),
        (Claim::higher_than("Ash", "Cedar"), Supported, Supported),
        (Claim::higher_than("Birch", "Dee"), NotCheckable, Contradicted),
        (Claim::higher_than("Cedar", "Ash"), Contradicted, Contradicted),
        (Claim::above_average("Ash"), Supported, Supported),
        (Claim::above_average("Birch"), NotCertain, Supported),
        (Claim::percent_above("Birch", "17").unwrap(), NotCertain, Supported),
        (Claim::percent_above("Birch", "30").unwrap(), NotCheckable, Contradicted),
        (Claim::percent_above("Birch", "60").unwrap(), Contradicted, Contradicted),
        (Claim::lowest("Cedar"), Supported, Supported),
        (Claim::highest("Birch"), NotCheckable, Contradicted),
        (Claim::among_highest("Ash", 3).unwrap(), Supported, Supported),
    ] {
        verdict(&rounded, &claim, expected, expected);
        verdict(&exact, &claim, of_exact, of_exact);
    }
    let text = told(&rounded, &Claim::above_average("Birch"));
    assert!(
        text.contains(
            "\n  Counts are rounded to 50: with the worst for it of the counts that they stand for it is not supported."
        ),
        "{text}"
    );
    let report = rounded.check_all([Claim::highest("Ash")]).unwrap();
    let note = "\n\n4 of 4 areas compared.\nCounts are rounded to 50: supported is what is so with the worst for it";
    assert!(report.to_string().contains(note), "{report}");
    assert_eq!(again(&report), report);
    let (poisson, others) = report.notes().split_last().unwrap();
    assert_eq!((poisson.text(), others), ("Poisson variation only.", &rounded.notes()[..]));
}

#[test]
fn changes_of_rounded_counts() {
    let table = |a: u64| Table::from_rows([("A", a, 100_000), ("B", 300, 100_000)]).unwrap().rounded_to(50).unwrap();
    let changed = |before: u64, after: u64| claims(&table(after)).with_before(&table(before)).unwrap();
    verdict(&changed(300, 350), &Claim::rose("A"), NotCertain, NotCertain);
    verdict(&changed(300, 500), &Claim::rose("A"), Supported, Supported);
    verdict(&changed(300, 300), &Claim::rose("A"), NotCheckable, NotCheckable);
    verdict(&changed(500, 300), &Claim::rose("A"), Contradicted, Contradicted);
    verdict(&changed(250, 600), &Claim::moved("A", 2, 1).unwrap(), NotCertain, NotCertain);
    verdict(&changed(100, 600), &Claim::moved("A", 2, 1).unwrap(), Supported, Supported);
}

fn holds(verdict: Verdict) -> bool {
    matches!(verdict, Supported | NotCertain)
}

fn sentences() -> Vec<Claim> {
    let compared = |relation: Relation, beside: ComparedWith| Claim::compared("A", relation, beside);
    vec![
        Claim::above_average("A"),
        Claim::below_average("A"),
        Claim::higher_than("A", "B"),
        Claim::lower_than("A", "B"),
        compared(Relation::at_least_above("30").unwrap(), ComparedWith::Average),
        compared(Relation::less_than("0.5").unwrap(), "B".into()),
        compared(Relation::times("0").unwrap(), "B".into()),
        compared(Relation::times("2").unwrap(), "B".into()),
        compared(Relation::percent_below("70").unwrap(), "B".into()),
        compared(Relation::times("0.5").unwrap(), ComparedWith::Average),
        Claim::percent_above("A", "50").unwrap(),
        Claim::average("A", Published::new("10", Per::THOUSAND).unwrap()),
        Claim::rate("A", Published::new("0", Per::HUNDRED).unwrap()),
        Claim::rate("A", Published::new("10", Per::THOUSAND).unwrap()),
        Claim::highest("A"),
        Claim::among_lowest("A", 2).unwrap(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What is supported of rounded counts is so of all that they stand for, and what is contradicted is true of none of them.
    #[test]
    fn all_that_rounded_counts_stand_for(
        counts in vec(0..12_u64, 3), people in vec(select(vec![400_u64, 1_000, 1_700]), 3), claim in select(sentences()),
        average in select(vec![Average::POOLED, Average::MEAN, Average::POOLED.without_self()]),
    ) {
        let table = |counts: &[u64]| {
            Table::from_rows(["A", "B", "C"].iter().zip(counts.iter().zip(&people)).map(|(name, (count, people))| (*name, *count, *people))).unwrap()
        };
        let counts: Vec<u64> = counts.iter().map(|count| 3 * count).collect();
        let verdict = |table: &Table| table.compare(average).claims(Per::THOUSAND).check(&claim).unwrap().verdict();
        let rounded = verdict(&table(&counts).rounded_to(3).unwrap());
        let near = |count: u64| count.saturating_sub(1)..=count + 1;
        for a in near(counts[0]) {
            for b in near(counts[1]) {
                for c in near(counts[2]) {
                    let found = verdict(&table(&[a, b, c]));
                    prop_assert!(rounded != Supported || found == Supported, "{claim}: {a} {b} {c} {found:?}");
                    prop_assert!(rounded != Contradicted || !holds(found), "{claim}: {a} {b} {c} {found:?}");
                }
            }
        }
    }

    /// Sentences about an average and about an area whose own count is suppressed, as all counts that there may be have them.
    #[test]
    fn all_that_suppressed_counts_may_be(
        counts in vec(0..30_u64, 3), ends in vec((0..8_u64, 0..8_u64), 2), own in any::<bool>(), claim in select(sentences()),
        people in vec(select(vec![400_u64, 1_000, 1_700]), 4),
    ) {
        let table = |first: Observation, second: Observation| {
            let counts = if own { [first, Known(counts[1]), second, Known(counts[2])] } else { [Known(counts[0]), Known(counts[1]), first, second] };
            Table::from_rows(["A", "B", "C", "D"].iter().zip(counts).zip(&people).map(|((name, count), people)| Row::new(*name, count, *people))).unwrap()
        };
        let verdict = |table: &Table| claims(table).check(&claim).unwrap().verdict();
        let [one, other] = [ends[0], ends[1]].map(|(least, more)| (least, least + more + 1));
        let bounded = verdict(&table(between(one.0, one.1), between(other.0, other.1)));
        for first in one.0..=one.1 {
            for second in other.0..=other.1 {
                let found = verdict(&table(Known(first), Known(second)));
                prop_assert!(bounded != Supported || holds(found), "{claim}: {first} {second} {found:?}");
                prop_assert!(bounded != Contradicted || !holds(found), "{claim}: {first} {second} {found:?}");
            }
        }
    }
}

/// Without an upper bound of a count, the average may be as large as one likes.
#[test]
fn an_average_without_an_upper_bound() {
    let league = rows(&[
        ("A", Known(45), 9_000),
        ("B", Known(10), 9_000),
        ("C", Observation::Suppressed { at_least: 10, at_most: None }, 9_000),
    ]);
    let average = |figure: &str| Claim::average("A", of(figure));
    let text = told(&league, &average("350.0"));
    assert!(text.contains("the pooled average is at least 240.7 per 100,000; no upper bound is known"), "{text}");
    // 305.6 of the two that are compared.
    verdict(&league, &average("350.0"), NotCheckable, Contradicted);
    verdict(&league, &average("99999"), NotCheckable, Contradicted);
    verdict(&league, &average("240.0"), Contradicted, Contradicted);
    verdict(&league, &average("305.6"), NotCertain, Supported);
    verdict(&league, &Claim::above_average("A"), NotCertain, Supported);
    verdict(&league, &Claim::below_average("A"), NotCheckable, Contradicted);
    verdict(&league, &Claim::below_average("B"), Supported, Supported);
    verdict(&league, &Claim::above_average("B"), Contradicted, Contradicted);
    let percent = |figure: &str| Claim::percent_above("A", figure).unwrap();
    verdict(&league, &percent("40"), NotCheckable, Contradicted);
    verdict(&league, &percent("200"), Contradicted, Contradicted);
}

/// What is supported of a place is so whatever suppressed counts of others are within their bounds: 10 of 100,000 may be the lowest or not
/// beside 1 to 9 of 8,600, and it fails as soon as the least of these is lower.
#[test]
fn suppressed_counts_of_others_make_no_place_surer() {
    let lowest = Claim::lowest("A");
    let table = |b: Observation| rows(&[("A", Known(10), 100_000), ("B", b, 8_600), ("C", Known(90), 100_000)]);
    verdict(&table(between(1, 9)), &lowest, NotCertain, Supported);
    verdict(&table(Known(1)), &lowest, NotCertain, NotCertain);
    let text = told(&table(between(1, 9)), &lowest);
    assert!(text.contains("With suppressed counts at the worst for it of what they may be"), "{text}");
    let wide = rows(&[("A", Known(1), 100_000), ("B", between(5, 9), 8_600), ("C", Known(90), 100_000)]);
    let tipping = wide.check(&lowest).unwrap();
    // 5 of 8,600 are 58.1 per 100,000, and 59 of 100,000 more.
    let count = tipping.tipping().and_then(|it| it.count().cloned()).unwrap();
    assert_eq!((count.area(), count.fails_at()), ("A", 59));
}

/// By hand: with 1 to 9, 0 to 4 and 1 to 9 in 500 the mean of six rates is 105.0 to 391.7, and of the known three 140; the median 65.0
/// to 105.0, and 120.
#[test]
fn means_and_medians_are_judged_with_suppressed_counts_in_them() {
    let areas = [
        ("Ash", between(1, 9), 10_000),
        ("Bay", Known(12), 10_000),
        ("Cob", between(0, 4), 10_000),
        ("Dun", Known(30), 10_000),
        ("Eel", Known(0), 10_000),
        ("Gum", between(1, 9), 500),
    ];
    let table = Table::from_rows(areas.map(|(area, count, people)| Row::new(area, count, people))).unwrap();
    let by = |average: Average| by_chance_alone(table.compare(average).claims(Per::HUNDRED_THOUSAND));
    let is = |figure: &str| Claim::average("Bay", of(figure));
    let mean = by(Average::MEAN);
    verdict(&mean, &Claim::above_average("Bay"), NotCheckable, Contradicted);
    verdict(&mean, &is("140"), NotCertain, Supported);
    verdict(&mean, &is("300"), NotCheckable, Contradicted);
    verdict(&mean, &is("400"), Contradicted, Contradicted);
    let checked = mean.check(&is("140")).unwrap();
    assert!(checked.to_string().contains("Suppressed counts (3 areas) are not in the mean."), "{checked}");
    let (least, most) = checked.found_ends().unwrap();
    assert!((least - 105.0).abs() < 1e-9 && (most - 2_350.0 / 6.0).abs() < 1e-9, "{least} {most}");
    let median = by(Average::MEDIAN);
    verdict(&median, &is("120"), Contradicted, Supported);
    verdict(&median, &is("80"), NotCheckable, Contradicted);
    let (least, most) = median.check(&is("120")).unwrap().found_ends().unwrap();
    assert!((least - 65.0).abs() < 1e-9 && (most - 105.0).abs() < 1e-9, "{least} {most}");
    let fixed = by(Average::fixed(140.0, Per::HUNDRED_THOUSAND).unwrap());
    verdict(&fixed, &is("140"), Supported, Supported);
}
