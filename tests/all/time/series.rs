//! Series: what is refused, gaps, rolling sums, the year before, and since when.

use super::charts::month;
use crate::support::{json, says::says};
use crimerate::{
    Average, Basis, Confidence, Observation, Order, Panel, Per, Period, Reason, Row,
    interval::{self, WithinDispersion},
    ndarray::Array2,
    panel,
    rank::OverTime,
    records::{Absent, NamedRecords},
    time::{Change, Populations, Series, SeriesReport, SeriesRow},
};
use proptest::{collection::vec, prelude::*};

#[test]
fn rows_that_make_no_series_are_refused_by_area_row_and_period() {
    let refuse = |rows: Vec<(&str, &str, &str, &str)>, expected: &str| {
        let rows = rows.iter().map(|(area, period, count, people)| SeriesRow::parse(area, period, count, people));
        says(Series::from_rows(rows.clone()), expected);
        assert_eq!(Series::check(rows)[0].to_string(), expected);
    };
    let first = ("Kent", "2020", "1", "10");
    refuse(
        vec![first, ("Kent", "03/04", "1", "10")],
        "Kent: row 2: \"03/04\" is no period: it may be March 2004, 3 April or 2003/04, so write the year with four digits",
    );
    refuse(
        vec![first, ("Kent", "2021 Q1", "1", "10")],
        "Kent: row 2: the period is 2021 Q1 (3 months) here and 2020 (12 months) there, so the two cannot be compared",
    );
    refuse(
        vec![first, ("Essex", "2020/21", "1", "10")],
        "Essex: row 2: the area cannot be in the series: \"2020/21\" shares months with periods like \"2020\": keep those that follow each other, \
         such as the years to one month, or give the months or quarters themselves",
    );
    refuse(
        vec![first, ("Kent", "year to December 2020", "2", "10")],
        "Kent: row 2: the period \"year to December 2020\" stands in row 1 already",
    );
    refuse(
        vec![first, ("Kent", "2021", "1", "0")],
        "Kent: period 2021: row 2: population is zero, so no rate is defined: correct it, or leave the area out",
    );
    refuse(
        vec![first, ("Kent", "2021", "x", "9")],
        "Kent: period 2021: row 2: count \"x\" is not a whole number from 0 to 18446744073709551615 or one of ``, `..`, `:`, `[x]`, `NA`, `[c]`, `*`, `1-9`, `<5`, `>=10`",
    );
    says(Series::from_rows::<SeriesRow>([]), "there is no row, so there is nothing to compare");
    let months = SeriesRow::of(Row::new("Kent", 1, 9).months(13), "2020");
    says(
        Series::from_rows([months]),
        "Kent: row 1: 13 is not a number of months of the period: it has to be from 1 to the months that it has",
    );
    let far = [("Kent", "January 1000", 1, 9), ("Kent", "January 9000", 1, 9)];
    says(
        Series::from_rows(far),
        "number of periods is 96,001, and can be at most 12,000: check the first and the last of them",
    );
    let faults = Series::check([("", "2020", 1, 9), ("Kent", "x", 1, 9), ("Kent", "2020", 1, 0)]);
    assert_eq!(faults.len(), 3);
    says(
        Series::from_rows([("Kent", "2020", 1, u64::MAX)]),
        "Kent: period 2020: population times months is 221,360,928,884,514,619,380, and can be at most 18,446,744,073,709,551,615: check them both",
    );
}

#[test]
fn gaps_are_named_and_nothing_reaches_across_them() {
    let known = |at: &usize| ![3, 4, 5, 17].contains(at);
    let rows = (0..36).filter(known).map(|at| ("Kent", month(at), 10 + at as u64, 1_000_u64));
    let series = Series::from_rows(rows.chain([("Essex", month(0), 1, 9), ("Essex", month(35), 1, 9)])).unwrap();
    let kent = series.area("kent").err().map_or_else(|| panic!("names have cases"), |_| series.area("Kent").unwrap());
    assert_eq!(kent.gaps().iter().map(ToString::to_string).collect::<Vec<_>>(), ["2010 Q2", "June 2011"]);
    assert_eq!(
        series.notes()[1].text(),
        "Gaps, never filled: Kent April 2010 to June 2010, June 2011; Essex February 2010 to November 2012."
    );
    let years = series.rolling(12).unwrap();
    let whole: Vec<usize> = (0..36).filter(|at| years.rate("Kent", month(*at)).unwrap().is_some()).collect();
    assert_eq!(whole, (29..36).collect::<Vec<_>>());
    assert_eq!(years.rate("Kent", month(29)).unwrap().unwrap().count(), (18..30).map(|at| 10 + at).sum::<u64>());
    says(kent.total("2011".parse().unwrap()), "Kent: period 2011: the area takes no part: no count in June 2011");
    says(kent.rate("June 2011".parse().unwrap()), "Kent: period June 2011: the area takes no part: not in the table");
    says(kent.rate("June 2031".parse().unwrap()), "no period of the series has the name \"June 2031\"");
    assert_eq!(kent.change_on_year_before(month(29)).unwrap(), None);
    assert!(kent.change_on_year_before(month(30)).unwrap().is_some());
    says(series.rolling(0), "0 is not a number of rolling months: it has to be a multiple of the months of a period");
    let last = series.area("Essex").unwrap().highest_since(month(35)).unwrap();
    assert_eq!(last.to_string(), "the highest since January 2010, with no figure for February 2010 to November 2012");
}

#[test]
fn parts_of_periods_count_for_their_months() {
    let half = SeriesRow::of(Row::new("Kent", 130, 510_000).months(6), "2021");
    let rows = [SeriesRow::new("Kent", "2020", 200, 500_000), half, SeriesRow::new("Essex", "2020", 300, 500_000)];
    let series = Series::from_rows(rows).unwrap();
    let report = series.per(Per::HUNDRED_THOUSAND);
    assert_eq!(report.per().to_string(), "per 100,000 a year");
    assert_eq!(
        report.rows().iter().map(|row| row.rate).collect::<Vec<_>>()[..2],
        [Some(40.0), Some(130.0 * 1_200_000.0 / 3_060_000.0)]
    );
    let text =
        "Parts of periods: Kent 6 months of 2021; each population counts for its own months, and figures have seasons.";
    assert!(report.notes().iter().any(|note| note.text() == text), "{report}");
    assert_eq!(report.area("Kent").unwrap()[1].change, None);
    assert_eq!(json::again::<SeriesReport>(&report), report);
}

/// Years of an area, one of them a part: `(year, count, months)`.
fn with_parts(years: &[(u32, u64, u32)]) -> Series {
    let rows = years.iter().map(|(year, count, months)| {
        SeriesRow::of(Row::new("Kent", *count, 1_000_000_u64).months(*months), year.to_string())
    });
    Series::from_rows(rows).unwrap()
}

/// A half-year is no year: neither that which is the highest, nor one that ends the search or stands between.
#[test]
fn parts_of_periods_are_compared_with_no_whole_one() {
    let year = |year| Period::calendar_year(year).unwrap();
    let series = with_parts(&[(2016, 900, 12), (2017, 600, 12), (2018, 490, 6), (2019, 650, 12), (2020, 800, 12)]);
    let kent = series.area("Kent").unwrap();
    assert_eq!(kent.parts(), [year(2018)]);
    // By its exposure 2018 would be the highest, with 980 a year.
    let since = kent.highest_since(year(2020)).unwrap();
    assert_eq!((since.since(), since.between(), since.parts()), (Some(year(2016)), 2, &[year(2018)][..]));
    assert_eq!(since.to_string(), "the highest since 2016, 6 of the 12 months of 2018 not compared");
    assert!(since.p().unwrap() < 0.001 && !since.is_certain(Confidence::P95));
    assert_eq!(kent.lowest_since(year(2017)).unwrap().parts(), []);
    says(
        kent.highest_since(year(2018)),
        "Kent: the area takes no part: its count is of 6 of the 12 months of 2018 alone, which compare with no whole period",
    );
    // With another half-year as low as one can be, the lowest is not certain either.
    let series = with_parts(&[(2017, 600, 12), (2018, 700, 12), (2019, 1, 6), (2020, 300, 12)]);
    let since = series.area("Kent").unwrap().lowest_since(year(2020)).unwrap();
    assert_eq!(
        since.to_string(),
        "the lowest of the series, which begins in 2017, 6 of the 12 months of 2019 not compared"
    );
    assert!(!since.is_certain(Confidence::P95));
}

/// Twelve months are twelve months: a window in which a count covers fewer has no sum, and says so.
#[test]
fn parts_of_periods_are_in_no_sum() {
    let series = with_parts(&[(2017, 600, 12), (2018, 310, 6), (2019, 650, 12), (2020, 640, 12)]);
    let year = |year| Period::calendar_year(year).unwrap();
    let two = series.rolling(24).unwrap();
    let counts: Vec<Option<u64>> = two.rates().map(|(.., rate)| rate.map(crimerate::Rate::count)).collect();
    assert_eq!(counts, [None, None, None, Some(1_290)]);
    let kent = series.area("Kent").unwrap();
    says(
        kent.total(Period::from_to(year(2017), year(2019)).unwrap()),
        "Kent: period January 2017 to December 2019: the area takes no part: counts of 6 of the 12 months of 2018 alone",
    );
    assert_eq!(kent.total(year(2019)).unwrap().count(), 650);
    let report = series.per(Per::HUNDRED_THOUSAND).with_rolling(12).unwrap();
    let rows = report.area("Kent").unwrap();
    assert_eq!(rows.iter().map(|row| row.rolling).collect::<Vec<_>>(), [Some(600), None, Some(650), Some(640)]);
    assert_eq!(rows.iter().map(|row| row.rolling_change.is_some()).collect::<Vec<_>>(), [false, false, false, true]);
    assert_eq!(
        rows[1].note.as_deref(),
        Some("6 of the 12 months of 2018; no 12 months together: counts of 6 of the 12 months of 2018 alone")
    );
    let text = "Rolling: counts of 12 months together, rates a year on person-months; none where one is missing or covers a part of its period.";
    assert!(report.notes().iter().any(|note| note.text() == text), "{report}");
    assert_eq!(json::again::<SeriesReport>(&report), report);
}

#[test]
fn the_year_to_date_is_added_up_from_its_month() {
    // 24 months from January 2010, 10, 11, 12 ... counts; May 2010 is missing.
    let rows = (0..24_usize).filter(|at| *at != 4).map(|at| ("Kent", month(at), 10 + at as u64, 500_000));
    let series = Series::from_rows(rows).unwrap();
    let report = series.per(Per::HUNDRED_THOUSAND).with_year_from(4).unwrap();
    let rows = report.area("Kent").unwrap();
    // From April 2010 on: 13, then nothing with a gap in it, and from April 2011 on 25, 25 + 26 ...
    assert_eq!((rows[3].year_to_date, rows[4].year_to_date, rows[11].year_to_date), (Some(13), None, None));
    assert_eq!((rows[2].year_to_date, rows[15].year_to_date, rows[17].year_to_date), (None, Some(25), Some(78)));
    let change = rows[15].year_to_date_change.unwrap();
    assert!((change - 100.0 * (25.0 / 13.0 - 1.0)).abs() < 1e-12 && rows[16].year_to_date_change.is_none());
    let kent = series.area("Kent").unwrap();
    let (_, alone) = kent.year_to_date(month(15), 4).unwrap();
    assert_eq!(alone.percent(), Some(change));
    assert!(
        rows[15].year_to_date_change_lower.unwrap() < change && change < rows[15].year_to_date_change_upper.unwrap()
    );
    let text = report.to_string();
    assert!(text.lines().next().unwrap().contains("Year to date") && text.contains("from April on together"), "{text}");
    assert_eq!((json::again::<SeriesReport>(&report), report.year_from()), (report.clone(), Some(4)));
    says(
        series.per(Per::ONE).with_year_from(0),
        "0 is not a month that a year to date begins in: it has to be from 1 to 12, and the first of a period of the series",
    );
    let quarters = Series::from_rows([("Kent", "2020 Q1", 5, 900), ("Kent", "2020 Q2", 6, 900)]).unwrap();
    assert!(quarters.per(Per::ONE).with_year_from(5).is_err());
    assert_eq!(quarters.per(Per::ONE).with_year_from(4).unwrap().rows()[1].year_to_date, Some(6));
}

/// One area whose counts leap brings most of what all are given.
#[test]
fn whose_variation_it_is_is_told() {
    let counts = [("A", [100, 101, 400, 99]), ("B", [200, 210, 190, 205]), ("C", [300, 290, 310, 295])];
    let series = |counts: &[(&str, [u64; 4])]| {
        let rows = counts.iter().flat_map(|(area, counts)| {
            (2018..).zip(counts).map(move |(year, count)| (*area, year.to_string(), *count, 90_000))
        });
        Series::from_rows(rows.collect::<Vec<_>>()).unwrap()
    };
    let all = series(&counts);
    // Its part of the sum of squares, and phi_w of the others, by the formula.
    let total: u64 = counts.iter().flat_map(|(_, counts)| counts).sum();
    let column = |at: usize| counts.iter().map(|(_, counts)| counts[at]).sum::<u64>() as f64;
    let parts = counts.map(|(_, own)| {
        let of = own.iter().sum::<u64>() as f64 / total as f64;
        (0..4).map(|at| (own[at] as f64 - of * column(at)).powi(2) / (of * column(at))).sum::<f64>()
    });
    let share = 100.0 * parts[0] / parts.iter().sum::<f64>();
    let others = WithinDispersion::of_series(&series(&counts[1..])).unwrap();
    let note = all.variation_note().unwrap();
    let expected = format!(
        "phi_w {}, which all areas are given, is for {share:.0} % that of A: without it, it would be {:.3}. If A changed for good, that is in it, too, and limits are wider than they need be.",
        WithinDispersion::of_series(&all).unwrap(),
        others.phi()
    );
    assert_eq!(note.text(), expected);
    let report = all.per(Per::HUNDRED_THOUSAND);
    assert!(report.notes().contains(&note));
    let told = format!("limits allow for phi_w, {share:.0} % of it that of A");
    assert!(report.rows().iter().all(|row| row.note.as_deref() == Some(&told)), "{}", report.csv());
    let known = report.with_interval(interval::Spec::default().with_dispersion(WithinDispersion::new(2.0).unwrap()));
    assert!(!known.notes().contains(&note) && known.rows().iter().all(|row| row.note.is_none()));
    let ranks = OverTime::of(&all, Order::Highest, Confidence::P95).unwrap();
    assert!(ranks.notes().contains(&note));
    assert!(!ranks.with_dispersion(WithinDispersion::new(2.0).unwrap()).unwrap().notes().contains(&note));
    let claims = all.table("2021".parse().unwrap()).unwrap().compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND);
    assert!(claims.with_series(all.clone()).notes().contains(&note));
    // Of two areas each brings what the other does; where all vary alike nobody leads; where counts vary as by chance nothing is given.
    assert_eq!(series(&counts[..2]).variation_note(), None);
    let alike = [("A", [100, 200, 100, 200]), ("B", [200, 100, 200, 100]), ("C", [150, 90, 140, 180])];
    assert_eq!(series(&alike).variation_note(), None);
    assert_eq!(series(&[("A", [100, 101, 99, 100]), counts[1], counts[2]]).variation_note(), None);
}

#[test]
fn the_highest_since_is_told_with_what_is_not_known() {
    let counts = [90, 70, 64, 70, 82, 90];
    let series =
        Series::from_rows((2014..).zip(counts).map(|(year, x)| ("Kent", year.to_string(), x * 10, 1_000_000_u64)))
            .unwrap();
    let kent = series.area("Kent").unwrap();
    let year = |year| Period::calendar_year(year).unwrap();
    let since = kent.highest_since(year(2018)).unwrap();
    assert_eq!((since.since(), since.between(), since.gaps().len()), (Some(year(2014)), 3, 0));
    // 820 against 700: one-sided, the largest of three.
    assert!(since.is_certain(Confidence::P95) && since.p().unwrap() > 0.000_5, "{:?}", since.p());
    // An equal rate ends the search.
    assert_eq!(kent.highest_since(year(2019)).unwrap().since(), Some(year(2014)));
    assert_eq!(kent.highest_since(year(2014)).unwrap().to_string(), "the highest of the series, which begins in 2014");
    assert_eq!(kent.lowest_since(year(2017)).unwrap().since(), Some(year(2016)));
    assert_eq!(kent.lowest_since(year(2016)).unwrap().to_string(), "the lowest of the series, which begins in 2014");
    assert_eq!(kent.highest_since(year(2016)).unwrap().since(), Some(year(2015)));
}

#[test]
fn records_and_panels_give_the_series_of_rows() {
    let mut records = NamedRecords::new();
    let texts = ["2011-11", "2011-12", "2012-01", "2012-03"];
    for (at, text) in texts.iter().enumerate() {
        records.try_extend_by_period([("Kent", "theft", *text, at as i64 + 5), ("Kent", "arson", *text, 1)]).unwrap();
    }
    records
        .try_extend_by_period([
            ("Essex", "theft", "2012-01", 7),
            ("", "theft", "2012-01", 3),
            ("Kent", "theft", "2012-03", -1),
        ])
        .unwrap();
    let people = Populations::by_period([
        ("Essex", "2011", 100),
        ("Essex", "2012", 110),
        ("Kent", "2011", 200),
        ("Kent", "2012", 220),
    ])
    .unwrap();
    let zero = records.series("theft", &people, Absent::Zero).unwrap();
    let essex = zero.area("Essex").unwrap();
    assert_eq!(
        essex.rates().map(|(_, rate)| rate.ok().map(|rate| rate.to_string())).collect::<Vec<_>>(),
        [Some("0 on 100"), Some("0 on 100"), Some("7 on 110"), None, Some("0 on 110")]
            .map(|text| text.map(str::to_owned))
    );
    assert_eq!(zero.area("Kent").unwrap().count("2012-03".parse().unwrap()), Some(Observation::Known(7)));
    let missing = records.series("theft", &people, Absent::Missing).unwrap();
    assert_eq!(missing.area("Essex").unwrap().known(), 1);
    let mut corrected = records.clone();
    corrected.try_extend_by_period([("Kent", "theft", "2012-03", -8)]).unwrap();
    says(
        corrected.series("theft", &people, Absent::Zero),
        "Kent: period 2012-03: count is -1, and a total cannot be negative",
    );
    let without = corrected.series("theft", &people, Absent::Zero.leaving_out_negative()).unwrap();
    let below = Observation::Missing(Reason::NegativeTotal);
    assert_eq!(without.area("Kent").unwrap().count("2012-03".parse().unwrap()), Some(below));
    assert_eq!(without.area("Essex").unwrap().rates().collect::<Vec<_>>(), essex.rates().collect::<Vec<_>>());
    says(records.series("fraud", &people, Absent::Zero), "no offence with periods has the name \"fraud\"");
    let few = Populations::by_area([("Kent", 200)]).unwrap();
    says(
        records.series("theft", &few, Absent::Zero),
        "Essex: period 2011-11: population is not given, so no rate is defined: add it, or leave the area out",
    );
    says(Populations::by_area([("Kent", 200), (" Kent", 1)]), "Kent: the population \"Kent\" is given twice");
    let given = texts.iter().flat_map(|text| [("Essex", *text), ("Kent", *text)]).map(|(area, text)| {
        (area, text, people.of(area, Period::of_column([text, "2012-01"]).next().unwrap().unwrap()).unwrap())
    });
    let panel = records.panel_by_period(given, Absent::Zero).unwrap();
    let of_panel = panel.series("theft").unwrap();
    for area in ["Essex", "Kent"] {
        let rates = |series: &Series| {
            series.area(area).unwrap().rates().map(|(period, rate)| (period, rate.ok())).collect::<Vec<_>>()
        };
        assert_eq!(rates(&of_panel), rates(&zero));
    }
    says(panel.series("fraud"), "no offence with periods has the name \"fraud\"");
    let left = panel.exclude("Kent", "odd").unwrap();
    assert_eq!(left.series("theft").unwrap().areas().len(), 1);
}

type Figures = Vec<Vec<Option<(u64, u64)>>>;

fn figures() -> impl Strategy<Value = Figures> {
    let cell = prop_oneof![6 => (0..500_u64, 1..90_000_u64).prop_map(Some), 1 => Just(None)];
    (1..5_usize, 1..40_usize).prop_flat_map(move |(areas, periods)| vec(vec(cell.clone(), periods), areas))
}

fn rows(figures: &Figures) -> Vec<SeriesRow> {
    let area = |(area, cells): (usize, &Vec<Option<(u64, u64)>>)| {
        let cells = cells.iter().enumerate();
        let rows = cells
            .filter_map(move |(at, cell)| cell.map(|(x, n)| SeriesRow::new(format!("Area {area}"), month(at), x, n)));
        rows.collect::<Vec<_>>()
    };
    figures.iter().enumerate().flat_map(area).collect()
}

proptest! {
    #[test]
    fn rolling_sums_are_those_of_each_window(figures in figures(), months in 1..15_u32) {
        let rows = rows(&figures);
        prop_assume!(!rows.is_empty());
        let series = Series::from_rows(rows).unwrap();
        let rolling = series.rolling(months).unwrap();
        for (name, period, rate) in rolling.rates() {
            let area = series.area(name).unwrap();
            let window = rolling.window(period).unwrap();
            prop_assert_eq!(rate, area.total(window).ok());
        }
    }

    #[test]
    fn rolling_of_constant_months_is_constant(count in 0..1_000_000_u64, people in 1..100_000_000_u64, number in 12..60_usize) {
        let series = Series::from_rows((0..number).map(|at| ("A", month(at), count, people))).unwrap();
        let rolling = series.rolling(12).unwrap();
        let per = Per::HUNDRED_THOUSAND.years().unwrap();
        let rates: Vec<f64> = rolling.rates().filter_map(|(.., rate)| Some(rate?.per(per).value())).collect();
        prop_assert_eq!(rates.len(), number - 11);
        // Twelve times the monthly rate, one rounding.
        prop_assert!(rates.iter().all(|rate| *rate == count as f64 * 1_200_000.0 / people as f64));
    }

    #[test]
    fn series_in_pieces_equal_the_whole_in_any_order(figures in figures(), cut in 0..150_usize, by in 0..150_usize) {
        let mut all = rows(&figures);
        prop_assume!(all.len() > 1);
        let whole = Series::from_rows(all.clone()).unwrap().with_basis(Basis::new().with_count("thefts"));
        prop_assert_eq!(&json::again::<Series>(&whole), &whole);
        let cut = 1 + cut % (all.len() - 1);
        let [one, other] = [&all[..cut], &all[cut..]].map(|rows| Series::from_rows(rows.to_vec()).unwrap().with_basis(Basis::new().with_count("thefts")));
        prop_assert_eq!(&one.join(&other).unwrap(), &whole);
        let by = by % all.len();
        all.rotate_left(by);
        let turned = Series::from_rows(all).unwrap();
        for area in &whole {
            prop_assert!(area.rates().eq(turned.area(area.area()).unwrap().rates()));
        }
    }

    #[test]
    fn changes_are_on_the_same_month_a_year_before(figures in figures()) {
        let rows = rows(&figures);
        prop_assume!(!rows.is_empty());
        let series = Series::from_rows(rows).unwrap();
        for area in &series {
            for period in series.periods() {
                let before = period.year_before().and_then(|before| area.rate(before).ok());
                let expected = before.zip(area.rate(*period).ok()).map(|(before, after)| Change::between(before, after));
                prop_assert_eq!(area.change_on_year_before(*period).unwrap(), expected);
            }
        }
    }

    /// A panel's rolling sums are those of its series.
    #[test]
    fn panels_roll_as_series_do(counts in vec(0..u64::from(u32::MAX), 48), months in 1..9_u32, shuffle in 0..8_usize) {
        // Two areas, two offences, eight... twelve months.
        let labels: Vec<String> = (0..24).map(|at| format!("{}, {}", if at < 12 { "theft" } else { "arson" }, month(at % 12))).collect();
        let mut order: Vec<usize> = (0..24).collect();
        order.rotate_left(shuffle);
        let array = Array2::from_shape_fn((2, 24), |(area, at)| counts[area * 24 + order[at]]);
        let mask = array.mapv(|count| if count % 13 == 0 { 2_u8 } else { 0 });
        let array = array.mapv(|count| if count % 13 == 0 { u64::MAX } else { count });
        let people = panel::Populations::by_period(Array2::from_shape_fn((2, 24), |(area, at)| (area + 1) as u64 * 1_000 + order[at] as u64), 0..24);
        let panel = Panel::new(["A", "B"], array, people).unwrap().with_indicators(order.iter().map(|at| labels[*at].clone())).unwrap().with_mask(mask).unwrap();
        let rolled = panel.rolling(months).unwrap();
        prop_assert_eq!(rolled.dim(), (2, 2 * (13 - months as usize)));
        for offence in ["theft", "arson"] {
            let series = panel.series(offence).unwrap();
            let rolling = series.rolling(months).unwrap();
            for (name, period, rate) in rolling.rates() {
                let label = format!("{offence}, {}", rolling.window(period).unwrap());
                let place = usize::from(name == "B");
                match rolled.indicator(&label) {
                    Ok(indicator) => prop_assert_eq!(indicator.rate(place).unwrap().ok(), rate),
                    Err(_) => prop_assert_eq!(rate, None),
                }
            }
        }
    }
}
