//! Suppressed counts of a series, and of the areas that a move passes.

use crate::support::claims::{by_chance_alone, claims, verdict};
use Observation::Known;
use Verdict::{Contradicted, NotCertain, NotCheckable, Supported};
use crimerate::{
    Average, Claim, Observation, Per, Reason, Row, Table,
    claim::{Checker, ComparedWith, Relation, Verdict},
    interval::WithinDispersion,
    rank,
    time::{Series, SeriesRow},
};

fn between(least: u64, most: u64) -> Observation {
    Observation::between(least, most).unwrap()
}

const OPEN: Observation = Observation::Suppressed { at_least: 10, at_most: None };

fn series(counts: &[Observation]) -> Checker {
    let kent = (2015..).zip(counts).map(|(year, count)| (year, "Kent", *count));
    let essex = (2015..).zip(counts).map(|(year, _)| (year, "Essex", Known(100)));
    let rows =
        kent.chain(essex).map(|(year, area, count)| SeriesRow::of(Row::new(area, count, 100_000), year.to_string()));
    let series = Series::from_rows(rows).unwrap();
    let table = series.table(*series.periods().last().unwrap()).unwrap();
    // Whatever variation the series shows.
    let chance = rank::Spec::default().with_dispersion(WithinDispersion::new(1.0).unwrap());
    let claims = table.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND).with_series(series);
    by_chance_alone(claims.with_sets(chance))
}

#[track_caller]
fn tells(checker: &Checker, claim: &Claim, expected: Verdict, told: &str) {
    verdict(checker, claim, expected, expected);
    let text = checker.check(claim).unwrap().to_string();
    assert!(text.contains(told), "{told}\n{text}");
}

#[test]
fn the_highest_since_is_judged_at_both_ends() {
    let since = Claim::highest_since("Kent", "2015".parse().unwrap());
    let of = |middle: Observation, last: Observation| series(&[Known(300), middle, Known(90), last]);
    tells(
        &of(between(1, 9), Known(150)),
        &since,
        Supported,
        "Kent: the count of 2016 (suppressed, 1 to 9) is not known: what follows is with the worst for it",
    );
    tells(&of(between(100, 140), Known(150)), &since, NotCertain, "with the worst");
    tells(
        &of(between(100, 200), Known(150)),
        &since,
        NotCheckable,
        "is not known, and whether it is so depends on that.",
    );
    tells(&of(between(160, 200), Known(150)), &since, Contradicted, "with the best for it");
    tells(&of(OPEN, Known(150)), &since, NotCheckable, "Kent: the count of 2016");
    tells(&of(Known(80), between(140, 160)), &since, Supported, "with the worst");
    tells(&of(Known(80), between(70, 160)), &since, NotCheckable, "depends on that");
    tells(&of(Known(80), between(20, 60)), &since, Contradicted, "with the best");
    // From there on alone.
    let later = Claim::highest_since("Kent", "2017".parse().unwrap());
    let text = of(between(1, 9), Known(150)).check(&later).unwrap().to_string();
    assert!(!text.contains("not known"), "{text}");
    let lowest = Claim::lowest_since("Kent", "2015".parse().unwrap());
    tells(&series(&[Known(10), between(40, 50), Known(90), Known(20)]), &lowest, Supported, "with the worst");
    tells(&series(&[Known(10), between(1, 50), Known(90), Known(20)]), &lowest, NotCheckable, "depends on that");
}

#[test]
fn a_year_before_is_judged_at_both_ends() {
    let rose = Claim::compared("Kent", Relation::ABOVE, ComparedWith::YearBefore);
    let of = |before: Observation, last: Observation| series(&[Known(300), before, last]);
    tells(
        &of(between(1, 9), Known(60)),
        &rose,
        Supported,
        "its rate a year before, in 2016, at most 9.00 per 100,000 (9 counts",
    );
    tells(&of(between(1, 90), Known(60)), &rose, NotCheckable, "Its rate a year before is at least 1.00 per 100,000");
    tells(&of(between(70, 90), Known(60)), &rose, Contradicted, "at least 70.0");
    tells(&of(Known(20), between(70, 90)), &rose, Supported, "Its rate is at least 70.0");
    tells(&of(OPEN, Known(60)), &rose, NotCheckable, "Kent has no rate in 2016: count suppressed, at least 10.");
    let by =
        |percent: &str| Claim::compared("Kent", Relation::percent_above(percent).unwrap(), ComparedWith::YearBefore);
    tells(
        &of(between(30, 40), Known(60)),
        &by("75"),
        NotCheckable,
        "So it is 50.0 to 100.0 % above its rate a year before.",
    );
    tells(&of(between(30, 40), Known(60)), &by("120"), Contradicted, "So it is 50.0 to 100.0 %");
    // Of both alone.
    verdict(&series(&[OPEN, Known(20), Known(60)]), &rose, Supported, Supported);
    // The other area is one of those that could have been picked.
    let rows =
        [("A", "2018", Known(40)), ("A", "2019", Known(60)), ("B", "2018", between(1, 9)), ("B", "2019", Known(20))];
    let rows = rows.map(|(area, year, count)| SeriesRow::of(Row::new(area, count, 100_000), year));
    let series = Series::from_rows(rows).unwrap();
    let table = series.table("2019".parse().unwrap()).unwrap();
    let claims = table.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND).with_series(series);
    let text = claims.check(&Claim::compared("A", Relation::ABOVE, ComparedWith::YearBefore)).unwrap().to_string();
    assert!(text.contains("as one of 2 areas, on either side (Holm)"), "{text}");
}

#[test]
fn there_is_no_trend_of_counts_that_are_not_known() {
    let rising = [Known(100), Known(110), Known(121), between(1, 200), Known(146)];
    let rose = Claim::trend("Kent", Relation::ABOVE);
    tells(
        &series(&rising),
        &rose,
        NotCheckable,
        "Kent: the count of 2018 (suppressed, 1 to 200) is not known, so there is no trend to be told.",
    );
}

/// By hand: A has rank 2 of those compared before and 1 now; D, suppressed, may have been, or be, above it.
#[test]
fn a_move_is_among_those_that_are_not_compared_too() {
    let table = |a: u64, d: Observation| {
        let rows = [("A", Known(a)), ("B", Known(500)), ("C", Known(100)), ("D", d)];
        Table::from_rows(rows.map(|(area, count)| Row::new(area, count, 100_000))).unwrap()
    };
    let of = |before: Observation, now: Observation| claims(&table(900, now)).with_before(&table(300, before)).unwrap();
    let moved = |from: u32, to: u32| Claim::moved("A", from, to).unwrap();
    let low = of(between(1, 9), between(1, 9));
    verdict(&low, &moved(2, 1), Supported, Supported);
    assert!(low.check(&moved(2, 1)).unwrap().to_string().contains("cannot be higher: D (at most 9.00 per 100,000)."));
    // It has to lie apart from what D may be, too.
    let near = of(between(1, 9), between(700, 890));
    verdict(&near, &moved(2, 1), NotCertain, Supported);
    assert!(near.check(&moved(2, 1)).unwrap().to_string().contains("chance alone could make it so."));
    let open = of(between(200, 400), between(1, 9));
    verdict(&open, &moved(2, 1), NotCheckable, Supported);
    verdict(&open, &moved(3, 1), NotCheckable, Contradicted);
    verdict(&open, &moved(4, 1), Contradicted, Contradicted);
    let text = open.check(&moved(2, 1)).unwrap().to_string();
    assert!(text.contains("Earlier: Not compared, and perhaps higher: D (count suppressed, 200 to 400)."), "{text}");
    let surely = of(between(1_000, 2_000), between(1_000, 2_000));
    verdict(&surely, &moved(2, 1), Contradicted, Supported);
    verdict(&surely, &moved(3, 2), NotCertain, Contradicted);
    assert!(surely.check(&moved(2, 1)).unwrap().to_string().contains("Not compared, and surely higher: D ("));
}

/// What is supported of one of several places has to bear as much of all that it speaks of as of those compared.
#[test]
fn what_is_missing_is_allowed_for_at_every_variation() {
    let rows = [
        ("A", Known(400)),
        ("B", Known(230)),
        ("C", Known(170)),
        ("D", Known(20)),
        ("E", Observation::Missing(Reason::Blank)),
    ];
    let rows = rows.map(|(area, count)| Row::new(area, count, 10_000));
    let league = Table::from_rows(rows).unwrap().compare(Average::POOLED);
    let among = Claim::among_highest("B", 3).unwrap();
    let at = |times: f64| {
        let checked = league.claims(Per::THOUSAND).holding_up_to(times).unwrap().check(&among).unwrap();
        (checked.verdict(), checked.of_compared())
    };
    assert_eq!(at(1.0), (Supported, Supported));
    assert_eq!(at(4.0), (NotCertain, Supported));
}
