//! Rates of months and quarters are said to be of these, and of years when they are annualised.

use crate::support::claims::by_chance_alone;
use crimerate::{
    Average, Claim, Per,
    claim::{Checker, ComparedWith, Relation},
    time::Series,
};

fn claims(periods: [&str; 4], annualised: bool) -> Checker {
    let counts = [("Kent", [61, 55, 70, 90]), ("Essex", [40, 44, 41, 39])];
    let rows = counts.into_iter().flat_map(|(area, counts)| {
        periods.into_iter().zip(counts).map(move |(period, count)| (area, period, count, 1_000_000))
    });
    let series = Series::from_rows(rows.collect::<Vec<_>>()).unwrap();
    let series = if annualised { series.annualised().unwrap() } else { series };
    let table = series.table(*series.periods().last().unwrap()).unwrap();
    by_chance_alone(table.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND).with_series(series))
}

/// Of a month 90 of 1,000,000 are 9.0 per 100,000, which are 108 a year.
#[test]
fn a_rate_of_a_month_is_said_to_be_one() {
    let months = ["2021-01", "2021-02", "2021-03", "2021-04"];
    let quarters = ["2021 Q1", "2021 Q2", "2021 Q3", "2021 Q4"];
    let years = ["2018", "2019", "2020", "2021"];
    for (periods, annualised, own, other) in [
        (months, false, "9.00 per 100,000 a month", "3.90 per 100,000 a month"),
        (quarters, false, "9.00 per 100,000 a quarter", "3.90 per 100,000 a quarter"),
        (years, false, "9.00 per 100,000", "3.90 per 100,000"),
        (months, true, "108.0 per 100,000 a year", "46.8 per 100,000 a year"),
    ] {
        let claims = claims(periods, annualised);
        let since = Claim::highest_since("Kent", periods[0].parse().unwrap());
        for (claim, told) in [
            (Claim::highest("Kent"), format!("Its rate is {own}, rank 1 of")),
            (Claim::above_average("Kent"), format!("Its rate is {own}, ")),
            (Claim::higher_than("Kent", "Essex"), format!("% above that of Essex, {other} (")),
            (since, format!(" is {own}, the highest of the series")),
        ] {
            let text = claims.check(&claim).unwrap().to_string();
            assert!(text.contains(&told), "{told}\n{text}");
        }
        let described = claims.describe("Kent").unwrap().to_string();
        assert!(described.contains(&format!("a rate of {own} (95 % interval ")), "{described}");
    }
    // A year before.
    let rows =
        [("2020-04", 60), ("2021-03", 70), ("2021-04", 90)].map(|(month, count)| ("Kent", month, count, 1_000_000));
    let series = Series::from_rows(rows).unwrap();
    let table = series.table("2021-04".parse().unwrap()).unwrap();
    let claims = by_chance_alone(table.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND).with_series(series));
    let rose = Claim::compared("Kent", Relation::ABOVE, ComparedWith::YearBefore);
    let text = claims.check(&rose).unwrap().to_string();
    let told = "Its rate is 9.00 per 100,000 a month, 50.0 % above its rate a year before, in April 2020, 6.00 per 100,000 a month (";
    assert!(text.contains(told), "{text}");
}
