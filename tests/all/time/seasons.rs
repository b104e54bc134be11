//! Parts of a year have seasons: trends beside them, against 50 digits and by simulation, and what charts say.

use super::charts::month;
use crate::support::{draws::Draws, json::again, near::near, reference::records, says::says};
use crimerate::{
    Average, Claim, Confidence, Per, Period, Row,
    claim::{Relation, Verdict},
    time::{ChartKind, Series, SeriesRow, TrendLimits, Trends},
};

/// What months of a year have of a mean month.
const SEASON: [f64; 12] = [0.7, 0.7, 0.9, 1.0, 1.1, 1.2, 1.4, 1.4, 1.1, 1.0, 0.8, 0.7];

fn months(counts: impl IntoIterator<Item = u64>) -> Series {
    Series::from_rows(counts.into_iter().enumerate().map(|(at, count)| ("A", month(at), count, 1_000_000))).unwrap()
}

#[test]
fn trends_beside_seasons_meet_50_digits() {
    let rows = records(include_str!("../../data/seasonal_trends.csv"));
    assert_eq!(rows.len(), 6);
    for row in rows {
        let months: i32 = row[1].parse().unwrap();
        let first = Period::month(2000, 1).unwrap().shifted(months - 1).unwrap();
        let first = first.ending_here(u32::try_from(months).unwrap()).unwrap();
        let periods = std::iter::successors(Some(first), |period| period.next());
        let figures = row[2].split(' ').zip(row[3].split(' ')).zip(periods);
        let known = figures.filter(|((count, _), _)| *count != "-");
        let series = Series::from_rows(
            known.map(|((count, people), period)| SeriesRow::parse("A", &period.to_string(), count, people)),
        );
        let trend = series.unwrap().area("A").unwrap().trend().unwrap();
        let see = |found: f64, at: usize| near(found, row[at].parse().unwrap(), 1e-12, &format!("{} {at}", &row[0]));
        see(trend.log().0, 4);
        see(trend.log().1, 5);
        see(trend.phi(), 6);
        // Student's quantile on the degrees of freedom.
        let t = match &row[7] {
            "1" => 12.706_204_736_432_1,
            "7" => 2.364_624_251_592_78,
            "8" => 2.306_004_135_204_17,
            "11" => 2.200_985_160_082_95,
            "17" => 2.109_815_577_833_32,
            "24" => 2.063_898_561_628_02,
            other => panic!("{other}"),
        };
        let limit = trend.interval(TrendLimits::QuasiStudent, Confidence::P95).upper();
        let (slope, error) = trend.log();
        near((limit.ln() - slope) / error / trend.phi().max(1.0).sqrt(), t, 1e-9, &row[0]);
    }
}

/// A year of seasons and nothing else is no trend, whatever month it begins in.
#[test]
fn a_season_is_no_trend() {
    let pure = |from: usize, number: usize| months((from..from + number).map(|at| (1_000.0 * SEASON[at % 12]) as u64));
    for from in 0..12 {
        let trend = pure(from, 30).area("A").unwrap().trend().unwrap();
        near(trend.ratio(), 1.0, 1e-12, "ratio");
        assert!(trend.p(TrendLimits::Poisson) > 0.999_999 && trend.seasons() == 12 && trend.periods() == 30);
    }
    let told = "A: the number of periods from the first to the last of a trend that has seasons is 7, and has to be at least 24";
    says(pure(0, 7).area("A").unwrap().trend(), told);
    assert!(pure(0, 23).area("A").unwrap().trend().is_err());
    let row = pure(0, 7).trends().area("A").unwrap();
    assert_eq!(row.note.as_deref(), Some("over 7 of the 24 periods that it takes to tell a trend from the seasons"));
    assert_eq!((row.p, row.ratio_per_year), (None, None));
    let league = pure(0, 7).table(month(6)).unwrap().compare(Average::POOLED);
    let claims = league.claims(Per::THOUSAND).with_series(pure(0, 7));
    assert_eq!(claims.check(&Claim::trend("A", Relation::ABOVE)).unwrap().verdict(), Verdict::NotCheckable);
    let growing = months((0..36).map(|at| (1_000.0 * SEASON[at % 12] * 1.1_f64.powf(at as f64 / 12.0)).round() as u64));
    near(growing.area("A").unwrap().trend().unwrap().ratio(), 1.1, 1e-3, "growth beside seasons");
    let trends = growing.trends();
    let notes: Vec<String> = trends.notes().iter().map(ToString::to_string).collect();
    let told = "Trends: log-linear Poisson with the population as exposure and a level for each of the 12 periods of the year, as figures have seasons, in 1 area; limits by Wald at 95 %, widened by the square root of phi where that is above 1, Student's distribution on m - 13. Nothing is forecast.";
    assert!(notes.iter().any(|note| note == told), "{notes:#?}");
    assert_eq!(again(&trends), trends);
    // Only the first of each month has counts: no month tells of two years.
    let apart = months((0..24).map(|at| if at < 12 { 9 } else { 0 }));
    says(
        apart.area("A").unwrap().trend(),
        "A: the area takes no part: too little was counted in the same periods of several years to tell a trend from the seasons",
    );
    let quarters = Series::from_rows((0..8).map(|at| ("A", format!("{} Q{}", 2000 + at / 4, at % 4 + 1), 9 + at, 90)));
    assert_eq!(quarters.unwrap().area("A").unwrap().trend().unwrap().seasons(), 4);
}

/// Of series that have a season and no trend 5 % are called one at 5 %, and no more (three standard errors: 2.1).
#[test]
fn seasons_keep_the_promised_rate_of_false_alarms() {
    const SERIES: u32 = 1_000;
    for (number, phi) in [(24, 1.0), (24, 3.0), (60, 3.0)] {
        let (mut draws, mut found) = (Draws::new(3), 0);
        for _ in 0..SERIES {
            let series = months((0..number).map(|at| draws.count(30.0 * SEASON[at % 12], phi)).collect::<Vec<_>>());
            found += u32::from(series.area("A").unwrap().trend().unwrap().p(TrendLimits::QuasiStudent) <= 0.05);
        }
        assert!(found <= 71, "{number} {phi}: {found} of {SERIES}");
    }
}

/// A half-year is no year: it is in no trend and no change, and rows say so.
#[test]
fn parts_of_periods_are_in_no_trend_and_no_change() {
    let years = [("2018", 300, 12), ("2019", 310, 12), ("2020", 330, 12), ("2021", 190, 6), ("2022", 350, 12)];
    let series = |parts: bool| {
        let years = years.iter().filter(|(.., months)| parts || *months == 12);
        let rows =
            years.map(|(year, count, months)| SeriesRow::of(Row::new("A", *count, 1_000).months(*months), *year));
        Series::from_rows(rows).unwrap()
    };
    let (with, without) = (series(true), series(false));
    let trend = |series: &Series| series.area("A").unwrap().trend().unwrap();
    assert_eq!((trend(&with).ratio(), trend(&with).periods()), (trend(&without).ratio(), 4));
    let row = with.trends().area("A").unwrap();
    assert_eq!(row.note.as_deref(), Some("not in the trend: 6 of the 12 months of 2021"));
    let notes: Vec<String> = with.trends().notes().iter().map(ToString::to_string).collect();
    assert!(notes.iter().any(|note| note == "Parts of periods are in no trend: figures have seasons."), "{notes:#?}");
    assert!(!notes.iter().any(|note| note.starts_with("No trend")), "{notes:#?}");
    let report = with.per(Per::THOUSAND);
    for (year, told) in
        [(3, "6 of the 12 months of 2021"), (4, "no change on a year before: 6 of the 12 months of 2021")]
    {
        let row = &report.rows()[year];
        assert_eq!((row.change, row.change_lower), (None, None));
        assert_eq!(row.note.as_deref(), Some(told));
    }
    assert!(report.rows()[2].change.is_some());
    assert_eq!(with.area("A").unwrap().change_on_year_before("2022".parse().unwrap()), Ok(None));
}

#[test]
fn charts_of_parts_of_a_year_say_that_they_know_no_seasons() {
    let told = "Charts know no seasons, and a season makes signals where nothing changed: rolling years and changes on a year before have none.";
    let has = |series: &Series| {
        let notes = series.per(Per::THOUSAND).with_chart(ChartKind::U).notes();
        notes.iter().any(|note| note.text() == told)
    };
    assert!(has(&months([30, 40, 50, 30])));
    let years = (2000..2006).map(|year| ("A", year.to_string(), 30 + year % 7, 9_000));
    assert!(!has(&Series::from_rows(years).unwrap()));
}

/// The trends of areas with seasons print, and are held against the rest.
#[test]
fn areas_with_seasons_are_held_against_the_rest() {
    let rows = (0..36).flat_map(|at| {
        let season = SEASON[at % 12];
        let grown = |yearly: f64| (2_000.0 * season * yearly.powf(at as f64 / 12.0)).round() as u64;
        [
            ("up", month(at), grown(1.3), 90_000),
            ("same", month(at), grown(1.0), 90_000),
            ("level", month(at), grown(1.0), 80_000),
        ]
    });
    let trends: Trends = Series::from_rows(rows).unwrap().trends();
    assert!(trends.area("up").unwrap().p_against_rest_holm.unwrap() < 1e-9);
    near(trends.area("up").unwrap().ratio_of_rest.unwrap(), 1.0, 1e-3, "rest");
    assert!(trends.to_string().contains("% a year"));
}
