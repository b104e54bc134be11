//! How many months the rows of an area cover together.

use super::shapes::known;
use crimerate::{Average, Per, read::Document};

/// The months that each area has by its person-months, and what is told of them.
fn months(document: &Document) -> (Vec<f64>, Vec<String>) {
    let (table, taken) = document.table().unwrap();
    let league = table.compare(Average::POOLED).per(Per::ONE);
    let counts = known(&table);
    let months = league.rows().zip(counts).map(|(row, (_, count))| {
        let months = count as f64 * 12.0 / (row.rate.unwrap() * PEOPLE);
        (months * 1e6).round() / 1e6
    });
    (months.collect(), taken.notes)
}

/// In every area.
const PEOPLE: f64 = 1_000.0;

fn summed(headings: &str, rows: &[&str]) -> Document {
    let rows =
        ["Kent", "Essex"].iter().flat_map(|area| rows.iter().map(move |row| format!("{area},{row},100,{PEOPLE}\n")));
    Document::of(format!("Force,{headings},Count,Population\n{}", rows.collect::<String>())).summed()
}

#[test]
fn headings_and_years_say_how_long_periods_are() {
    for (headings, rows, expected) in [
        ("Year ending", &["March 2018", "March 2019"][..], 24.0),
        ("Year ending", &["2018-03-31", "2019-03-31"], 24.0),
        ("12 months to", &["Mar-18", "Mar-19"], 24.0),
        ("Quarter ending", &["March 2018", "June 2018"], 6.0),
        ("Period", &["Year ending March 2018", "Year ending March 2019"], 24.0),
        ("Financial_Year,Financial_Quarter", &["2017/18,1", "2017/18,2", "2018/19,1"], 9.0),
        ("Year,Month", &["2019,1", "2019,2", "2020,1", "2020,2"], 4.0),
        ("Year,Month", &["2019,January", "2020,January"], 2.0),
        ("Financial year,Month", &["2018/19,April", "2018/19,January"], 2.0),
        ("Year", &["2011-12", "2012-13"], 24.0),
        ("Month", &["January", "February"], 2.0),
        ("Month", &["1", "2", "3"], 3.0),
        ("Quarter", &["Q1", "Q2", "Q3", "Q4"], 12.0),
        ("Half", &["H1", "H2"], 12.0),
        ("Year,Offence code", &["2018,1053", "2018,1054"], 12.0),
    ] {
        assert_eq!(months(&summed(headings, rows)).0, [expected; 2], "{headings}: {rows:?}");
    }
}

#[test]
fn a_part_of_a_year_is_told() {
    let notes = |headings: &str, rows: &[&str]| months(&summed(headings, rows)).1;
    let half = notes("Financial Year,Financial Quarter", &["2018/19,1", "2018/19,2"]);
    assert_eq!(half[0], "Added up by Financial Year and Financial Quarter: rows of 6 months, a part of a year");
    let one = notes("Month,Offence", &["January 2019,Arson", "January 2019,Robbery"]);
    assert_eq!(one[0], "All rows are of January 2019 by Month: rates are those of 1 month, not of a year");
    let days = notes("Date", &["01/04/2019", "01/05/2019"]);
    let taken =
        "Not read as periods: Date, such as \"01/04/2019\"; the counts of an area are taken for those of a year";
    assert_eq!(days[0], taken);
    let years = notes("Year", &["2018", "2019"]);
    assert_eq!(years, ["Added up: 4 rows of 2 areas, which differ in Year"]);
}

#[test]
fn what_cannot_be_known_is_refused_unless_it_is_said() {
    let fault = |headings: &str, rows: &[&str]| summed(headings, rows).table().unwrap_err().to_string();
    for (headings, rows, text) in [
        ("Year,Month", &["2018/19,1", "2018/19,2"][..], "2018/19 1"),
        ("Year", &["March 2018", "March 2019"], "March 2018"),
        ("Quarter", &["Q1", "All"], "All"),
    ] {
        let error = fault(headings, rows);
        assert!(error.starts_with(&format!("row 1: {text:?} in ")), "{error}");
        assert!(error.contains("is no period, so that it is not known how many months"), "{error}");
        assert_eq!(months(&summed(headings, rows).over_months(7)).0, [7.0; 2]);
    }
    let error = fault("Year ending", &["March 2018", "June 2018"]);
    assert!(error.starts_with("row 1: 2017/18 and year to June 2018 in Year ending overlap"), "{error}");
    // What is said goes before what is found.
    assert_eq!(months(&summed("Year,Month", &["2019,1", "2019,2"]).over_months(4)).0, [4.0; 2]);
}

#[test]
fn months_of_rows_add_up_over_their_periods() {
    let of = |heading: &str, rows: &[&str]| summed(&format!("{heading},months"), rows);
    for (heading, rows, expected) in [
        ("Quarter", &["2019 Q1,3", "2019 Q2,3"][..], 6.0),
        ("Half", &["H1,6", "H2,6"], 12.0),
        ("Year", &["2018,12", "2019,12"], 24.0),
        ("Year", &["2018,9", "2019,9"], 18.0),
        // They are those of all rows already.
        ("Quarter", &["2019 Q1,6", "2019 Q2,6"], 6.0),
        ("Offence", &["Arson,3", "Robbery,3"], 3.0),
    ] {
        assert_eq!(months(&of(heading, rows)).0, [expected; 2], "{heading}: {rows:?}");
    }
    let error = of("Quarter", &["2019 Q1,12", "2019 Q2,12"]).table().unwrap_err().to_string();
    assert!(error.contains("its months are 12, and its periods of 3 each"), "{error}");
}

#[test]
fn a_panel_names_the_year_of_a_quarter() {
    let file = "Financial_Year,Financial_Quarter,Force,Offence,Count,Population\n\
        2017/18,1,Kent,Robbery,9,1000\n2018/19,1,Kent,Robbery,8,1000\n";
    let (panel, _) = Document::of(file).panel().unwrap();
    let labels: Vec<String> = (0..panel.indicators()).map(|indicator| panel.label(indicator)).collect();
    assert_eq!(labels, ["Robbery, 2017/18 Q1", "Robbery, 2018/19 Q1"]);
    let months = "Year,Month,Force,Count,Population\n2019,1,Kent,9,1000\n2019,2,Kent,8,1000\n";
    let (panel, _) = Document::of(months).panel().unwrap();
    assert_eq!([panel.label(0), panel.label(1)], ["January 2019", "February 2019"]);
}
