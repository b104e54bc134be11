//! Claims about a series: since when, and a trend.

use crate::support::{json, says::says};
use crimerate::{
    Average, Claim, Per, Period, Rate, Row, Table,
    claim::{Checked, Checker, ComparedWith, Description, Relation, Verdict},
    interval::{PValues, Test},
    time::{Series, SeriesRow},
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

/// A half-year is no year, whatever rate its exposure gives it.
#[test]
fn parts_of_periods_decide_nothing() {
    let claims = |years: &[(u32, u64, u32)]| {
        let rows = years.iter().map(|(year, count, months)| {
            SeriesRow::of(Row::new("Kent", *count, 1_000_000_u64).months(*months), year.to_string())
        });
        let series = Series::from_rows(rows).unwrap();
        let last = *series.periods().last().unwrap();
        let league = series.table(last).unwrap().compare(Average::POOLED);
        league.claims(Per::HUNDRED_THOUSAND).with_series(series).chosen_beforehand()
    };
    let since = |at| Claim::highest_since("Kent", year(at));
    let part = claims(&[(2000, 900, 12), (2001, 600, 12), (2002, 490, 6), (2003, 650, 12), (2004, 800, 12)]);
    assert_eq!(verdict(&part, &since(2000)), Verdict::NotCheckable);
    let checked = part.check(&since(2000)).unwrap();
    assert!(
        checked.to_string().contains("the highest since 2000, 6 of the 12 months of 2002 not compared."),
        "{checked}"
    );
    assert_eq!(verdict(&part, &since(2002)), Verdict::Supported);
    let trend = part.check(&Claim::trend("Kent", Relation::ABOVE)).unwrap();
    let told = "Not in the trend, as figures have seasons: 6 of the 12 months of 2002.";
    assert!(trend.reasons().iter().any(|reason| reason == told), "{trend}");
    let last = claims(&[(2000, 400, 12), (2001, 410, 12), (2002, 390, 6)]);
    assert_eq!(verdict(&last, &since(2000)), Verdict::NotCheckable);
    let checked = last.check(&since(2000)).unwrap();
    assert!(
        checked.to_string().contains("2002 is not compared: its count is of 6 of the 12 months of 2002 alone,"),
        "{checked}"
    );
    let change = Claim::compared("Kent", Relation::ABOVE, ComparedWith::YearBefore);
    assert_eq!(verdict(&last, &change), Verdict::NotCheckable);
    let described = last.describe("Kent").unwrap().to_string();
    let told = "Counted are 6 of the 12 months of 2002 alone, which compare with no whole period.";
    assert!(described.contains(told), "{described}");
}

/// A change on a year before by the exact test of the two rates, which is that of the table before.
#[test]
fn a_change_on_a_year_before_is_judged_as_one_of_two_tables() {
    let all = claims(&[600, 700, 850].map(Some)).holding_up_to(1.0).unwrap();
    let claim =
        |percent: &str| Claim::compared("Kent", Relation::percent_above(percent).unwrap(), ComparedWith::YearBefore);
    assert_eq!(claim("21.4").to_string(), "Kent rose by 21.4 % on a year before");
    assert_eq!(claim("-3").to_string(), "Kent fell by 3 % on a year before");
    let twice = Claim::compared("Kent", Relation::times("twice").unwrap(), ComparedWith::YearBefore);
    assert_eq!(twice.to_string(), "Kent is 2 times its rate a year before");
    assert_eq!(
        [claim("21.4"), claim("20")].map(|claim| verdict(&all, &claim)),
        [Verdict::Supported, Verdict::Contradicted]
    );
    let checked = all.check(&claim("21.4")).unwrap();
    let exact =
        Rate::new(850, 1_000_000).unwrap().ratio_to(Rate::new(700, 1_000_000).unwrap()).significance(Test::Exact);
    assert_eq!(checked.p(), Some(exact.two_sided()));
    let before = all.series().unwrap().table(year(2001)).unwrap();
    let by_tables = all.clone().with_before(&before).unwrap();
    let other = by_tables
        .check(&Claim::compared("Kent", Relation::percent_above("21.4").unwrap(), ComparedWith::Before))
        .unwrap();
    assert_eq!((checked.p(), checked.found(), checked.verdict()), (other.p(), other.found(), other.verdict()));
    assert!(
        checked.to_string().contains(
            "21.4 % above its rate a year before, in 2001, 70.0 per 100,000 (700 counts among a population of"
        ),
        "{checked}"
    );
    assert_eq!(verdict(&claims(&[None, None, Some(850)]), &claim("21.4")), Verdict::NotCheckable);
    assert_eq!(verdict(&claims(&[Some(850)]), &claim("21.4")), Verdict::NotCheckable);
    let table = all.series().unwrap().table(year(2002)).unwrap();
    let without = table.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND);
    assert!(without.check(&claim("3")).unwrap().to_string().contains("No series is given"));
    let other = without.with_series(Series::from_rows([("Essex", "2002", 4, 900)]).unwrap());
    assert!(other.check(&claim("3")).unwrap().to_string().contains("The series has no Kent."));
    let _: PValues = exact;
}

/// Of six areas each change is one of six.
#[test]
fn a_change_that_was_picked_is_one_of_all() {
    let counts = [[500, 560], [510, 505], [490, 500], [505, 500], [495, 505], [500, 490]];
    let rows = ["A", "B", "C", "D", "E", "F"].iter().zip(counts).flat_map(|(area, counts)| {
        (2018..).zip(counts).map(move |(year, count)| (*area, year.to_string(), count, 50_000))
    });
    let series = Series::from_rows(rows.collect::<Vec<_>>()).unwrap();
    let league = series.table(year(2019)).unwrap().compare(Average::POOLED);
    let claims = league.claims(Per::THOUSAND).with_series(series);
    let checked = claims.check(&Claim::compared("A", Relation::ABOVE, ComparedWith::YearBefore)).unwrap();
    let (p, alone) = (checked.p().unwrap(), checked.p_alone().unwrap());
    assert!((p - (12.0 * alone).min(1.0)).abs() < 1e-12, "{p} {alone}"); // six areas, two sides
    assert!(checked.to_string().contains("as one of 6 areas, on either side (Holm)"), "{checked}");
}

/// With a series a description says how the rate lies to that of a year before, its trend, and since when it is the highest.
#[test]
fn a_description_says_what_its_series_says() {
    let counts = [[900, 500], [700, 505], [640, 498], [705, 512], [850, 420]];
    let rows = (2015..).zip(counts).flat_map(|(year, [kent, essex])| {
        [("Kent", kent), ("Essex", essex)].map(|(area, count)| (area, year.to_string(), count, 1_850_000))
    });
    let series = Series::from_rows(rows.collect::<Vec<_>>()).unwrap();
    let league = series.table(year(2019)).unwrap().compare(Average::POOLED);
    let claims = league.claims(Per::HUNDRED_THOUSAND).with_series(series.clone());
    let described = claims.describe("Kent").unwrap();
    let text = described.to_string();
    for told in [
        "Its rate is 45.9 per 100,000, 20.6 % above its rate a year before, in 2018, 38.1 per 100,000 (705 counts among a population of 1,850,000).",
        "\nThe change has a 95 % interval of ",
        "\nIts trend over 5 periods is -1.2 % a year (95 % interval ",
        "\nIts rate in 2019 is 45.9 per 100,000, the highest since 2015.",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    let said: Vec<String> = described.claims().iter().map(ToString::to_string).collect();
    let over_time =
        ["Kent rose by 20.6 % on a year before", "Kent fell by 1.2 % a year", "Kent has the highest rate since 2015"];
    assert!(said.ends_with(&over_time.map(str::to_owned)), "{said:?}");
    for claim in described.claims() {
        assert_ne!(claims.check(claim).unwrap().verdict(), Verdict::Contradicted, "{claim}");
    }
    assert_eq!(json::again::<Description>(&described), described);
    assert!(claims.describe("Essex").unwrap().to_string().contains("the lowest of the series, which begins in 2015."));
    // What was before is told once.
    let before = claims.clone().with_before(&series.table(year(2018)).unwrap()).unwrap().describe("Kent").unwrap();
    assert!(before.to_string().contains("Its rate before was 38.1") && !before.to_string().contains("a year before"));
    // What the series does not have is said.
    let short = Series::from_rows([("Kent", "2019", 850, 1_850_000)]).unwrap();
    let league = series.table(year(2019)).unwrap().compare(Average::POOLED);
    let short = league.claims(Per::HUNDRED_THOUSAND).with_series(short);
    let told = short.describe("Kent").unwrap().to_string();
    assert!(told.contains("does not have the same period a year before.\nThere is no trend: the number of periods of a trend is 1, and has to be at least 3."), "{told}");
    assert!(short.describe("Essex").unwrap().to_string().contains("\nThe series has no Essex."));
}

#[test]
fn nothing_is_the_highest_since_the_period_before_it_unless_it_is_higher() {
    let of = |counts: &[u64]| claims(&counts.iter().copied().map(Some).collect::<Vec<_>>());
    let checked = |counts: &[u64], claim: &Claim| of(counts).check(claim).unwrap();
    let (highest, lowest) = (Claim::highest_since("Kent", year(2001)), Claim::lowest_since("Kent", year(2001)));
    for (counts, claim, expected) in [
        ([900, 500, 300], &highest, "No period lies between, and it fell since 2001."),
        ([900, 500, 500], &highest, "No period lies between, and it is as it was in 2001."),
        ([100, 300, 500], &lowest, "No period lies between, and it rose since 2001."),
    ] {
        let checked = checked(&counts, claim);
        assert_eq!((checked.verdict(), checked.p()), (Verdict::NotCheckable, None), "{checked}");
        assert!(checked.reasons().iter().any(|reason| reason == expected), "{checked}");
    }
    // The named one itself is passed.
    assert_eq!(checked(&[900, 300, 500], &highest).verdict(), Verdict::Supported);
    assert_eq!(checked(&[900, 500, 300], &lowest).verdict(), Verdict::Supported);
}

/// What the table has otherwise than the series has it is not checked over time.
#[test]
fn areas_that_a_policy_sets_apart_from_the_series_are_not_checked_over_time() {
    let areas = [("A", 100), ("B", 200), ("C", 300), ("Sum", 600)];
    let rows = |year: u64| areas.map(|(area, count)| (area, year.to_string(), count * (year - 2000), 100_000));
    let series = Series::from_rows([2001, 2002, 2003].into_iter().flat_map(rows)).unwrap();
    let table = series.table(year(2003)).unwrap().total("Sum").unwrap();
    let merged = table.clone().merge("A", "B", "one force").unwrap();
    let other = table.with_denominator("A", 200_000, "workers").unwrap();
    let told = |table: &Table, claim: &Claim, verdict: Verdict| {
        let claims = table.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND).with_series(series.clone());
        let checked = claims.check(claim).unwrap();
        assert_eq!(checked.verdict() == Verdict::NotCheckable, verdict == Verdict::NotCheckable, "{checked}");
        checked.to_string()
    };
    let rose = |area: &str| Claim::compared(area, Relation::ABOVE, ComparedWith::YearBefore);
    for claim in [
        rose,
        |area: &str| Claim::highest_since(area, year(2001)),
        |area: &str| Claim::rose_a_year(area, "0.6").unwrap(),
    ] {
        for (table, area, expected) in [
            (&merged, "A", "A is merged into B in the table, and not in the series."),
            (&merged, "B", "B is one with A in the table, and not in the series."),
            (&merged, "Sum", "Sum was taken out of the series, as it is taken for a total in the table."),
            (&other, "A", "A is given another denominator in the table, and not in the series."),
        ] {
            let text = told(table, &claim(area), Verdict::NotCheckable);
            assert!(text.contains(expected), "{text}");
        }
        told(&merged, &claim("C"), Verdict::Supported);
    }
}
