//! Claims about a series: since when, and a trend.

use crate::support::{json, says::says};
use crimerate::{
    Average, Claim, Per, Period,
    claim::{Checked, Checker, Relation, Verdict},
    time::Series,
};

fn series(counts: &[Option<u64>]) -> Series {
    let rows = (2000..).zip(counts).filter_map(|(year, count)| count.map(|x| ("Kent", year.to_string(), x, 1_000_000)));
    Series::from_rows(rows).unwrap()
}

fn claims(counts: &[Option<u64>]) -> Checker {
    let series = series(counts);
    let last = *series.periods().last().unwrap();
    series
        .table(last)
        .unwrap()
        .compare(Average::POOLED)
        .claims(Per::HUNDRED_THOUSAND)
        .with_series(series)
        .chosen_beforehand()
}

fn year(year: u32) -> Period {
    Period::calendar_year(year).unwrap()
}

fn verdict(checker: &Checker, claim: &Claim) -> Verdict {
    let checked = checker.check(claim).unwrap();
    assert_eq!(json::again::<Checked>(&checked), checked);
    checked.verdict()
}

#[test]
fn the_highest_since_is_judged_by_what_lies_between() {
    let all = claims(&[900, 700, 640, 705, 820].map(Some));
    let since = |at| Claim::highest_since("Kent", year(at));
    assert_eq!(verdict(&all, &since(2000)), Verdict::Supported);
    let checked = all.check(&since(2000)).unwrap();
    assert!(checked.to_string().contains("Its rate in 2004 is 82.0 per 100,000, the highest since 2000."), "{checked}");
    assert!(checked.p().unwrap() < 0.05 && checked.reasons().iter().any(|reason| reason.contains("seasons stay in")));
    // It is the highest since before, too.
    let weaker = all.check(&since(2001)).unwrap();
    assert_eq!(weaker.verdict(), Verdict::Supported);
    assert!(weaker.to_string().contains("It says no more than it could: that of 2001 was lower too."), "{weaker}");
    for outside in [1999, 2004, 2005] {
        assert_eq!(verdict(&all, &since(outside)), Verdict::NotCheckable);
    }
    assert_eq!(verdict(&claims(&[900, 700, 640, 705, 706].map(Some)), &since(2000)), Verdict::NotCertain);
    assert_eq!(verdict(&claims(&[900, 700, 640, 705, 705].map(Some)), &since(2000)), Verdict::Contradicted);
    let gap = claims(&[Some(900), None, Some(640), Some(705), Some(820)]);
    assert_eq!(verdict(&gap, &since(2000)), Verdict::NotCheckable);
    assert_eq!(verdict(&gap, &since(2001)), Verdict::Supported);
    let higher = claims(&[Some(900), None, Some(640), Some(905), Some(820)]);
    assert_eq!(verdict(&higher, &since(2000)), Verdict::Contradicted);
    let lowest = claims(&[500, 700, 840, 905, 520].map(Some));
    assert_eq!(verdict(&lowest, &Claim::lowest_since("Kent", year(2000))), Verdict::Supported);
    says(all.check(&Claim::highest_since("Essex", year(2000))), "no area has the name or code \"Essex\"");
    let none = series(&[Some(1)]).table(year(2000)).unwrap().compare(Average::POOLED).claims(Per::THOUSAND);
    assert_eq!(verdict(&none, &since(2000)), Verdict::NotCheckable);
}

#[test]
fn a_rise_a_year_is_that_of_the_trend() {
    let rising = claims(&[1_000, 1_040, 1_082, 1_125, 1_170].map(Some));
    let rose = |percent: &str| Claim::rose_a_year("Kent", percent).unwrap();
    assert_eq!(rose("4.0").to_string(), "Kent rose by 4.0 % a year");
    assert_eq!(verdict(&rising, &rose("4.0")), Verdict::Supported);
    assert_eq!(verdict(&rising, &rose("4.2")), Verdict::Contradicted);
    assert_eq!(verdict(&rising, &rose("-4.0")), Verdict::Contradicted);
    let trend = |relation| Claim::trend("Kent", relation);
    assert_eq!(verdict(&rising, &trend(Relation::ABOVE)), Verdict::Supported);
    assert_eq!(verdict(&rising, &trend(Relation::BELOW)), Verdict::Contradicted);
    assert_eq!(verdict(&rising, &trend(Relation::at_least_above("1").unwrap())), Verdict::Supported);
    assert_eq!(verdict(&rising, &trend(Relation::at_least_above("3.9").unwrap())), Verdict::NotCertain);
    assert_eq!(verdict(&rising, &trend(Relation::times("1.04").unwrap())), Verdict::Supported);
    assert_eq!(trend(Relation::BELOW).to_string(), "Kent fell over the years");
    let flat = claims(&[1_000, 1_002, 999, 1_001, 1_002].map(Some));
    assert_eq!(verdict(&flat, &rose("0.0")), Verdict::NotCertain);
    assert_eq!(verdict(&flat, &trend(Relation::ABOVE)), Verdict::NotCertain);
    // Seven tenths above the trend and below by turns: phi makes it uncertain.
    let wild = claims(&[600, 1_500, 700, 1_700, 900, 1_800].map(Some));
    assert_eq!(verdict(&wild, &trend(Relation::ABOVE)), Verdict::NotCertain);
    assert_eq!(verdict(&claims(&[0, 0, 0].map(Some)), &rose("4.0")), Verdict::NotCheckable);
    let mut value = serde_json::to_value(rising.check(&rose("4.0")).unwrap()).unwrap();
    value["found"] = 7.0.into();
    assert!(serde_json::from_value::<Checked>(value).is_err());
}
