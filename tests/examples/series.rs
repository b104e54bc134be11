//! The example `series`.

use crate::program::{column, prints, run, without_cures};
use crimerate::time::{SeriesReport, Trends};

const FIRST: &str =
    "area,period,count,population,rate,lower,upper,centre,limit_lower,limit_upper,signal,rolling,rolling_change,note";

/// Fourteen months of an area, the last far above the others; another with a gap.
fn file() -> String {
    let rows = (0..14).map(|at| {
        let month = format!("{}-{:02}", 2020 + at / 12, at % 12 + 1);
        let other = if at == 4 { String::new() } else { format!("Essex,{month},50,1840000\n") };
        format!("Kent,{month},{},1850000\n{other}", if at == 13 { 140 } else { 60 + at % 3 })
    });
    format!("area,period,count,population\n{}", rows.collect::<String>())
}

#[test]
fn series_prints_a_line_for_each_area_and_period() {
    let csv = prints("series", &["-", "--format", "csv", "--base", "2020-01..2020-12", "--per", "1000000"], &file());
    let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    assert!(FIRST.split(',').all(|name| header.contains(&name)), "{header:?}");
    assert_eq!((csv.lines().count(), column(&csv, "period")[13].as_str()), (29, "2021-02"));
    let number = |name: &str, row: usize| column(&csv, name)[row].parse::<f64>().unwrap();
    let centre = (0..12).map(|at| 60 + at % 3).sum::<u32>();
    assert!((number("centre", 0) - f64::from(centre) * 1e6 / (12.0 * 1_850_000.0)).abs() < 1e-12);
    let upper = number("centre", 13) + 3.0 * (number("centre", 13) / 1.85).sqrt();
    assert!((number("limit_upper", 13) / upper - 1.0).abs() < 1e-12);
    assert_eq!(column(&csv, "signal")[13], "beyond-limit");
    assert_eq!((column(&csv, "rolling")[11].as_str(), column(&csv, "rolling")[10].as_str()), ("732", ""));
    assert_eq!(
        (column(&csv, "note")[14 + 4].as_str(), column(&csv, "count")[14 + 4].as_str()),
        ("not in the table", "")
    );
    // A year before the thirteenth month is the first.
    assert!((number("change", 12) - 0.0).abs() < 1e-12 && column(&csv, "change")[11].is_empty());
    let json = prints("series", &["-", "--format", "json", "--chart", "laney"], &file());
    serde_json::from_str::<SeriesReport>(&json).unwrap();
    let text = prints("series", &["-", "--chart", "none", "--rolling", "3"], &file());
    assert!(
        text.contains("3 months")
            && text.contains("Gaps, never filled: Essex 2020-05.")
            && !text.contains("Control chart"),
        "{text}"
    );
    let exact = prints("series", &["-", "--chart", "exact"], &file());
    assert!(exact.contains("limits by exact probability, at most 0.135 % beyond each"), "{exact}");
}

/// The year so far from April, and a half-year that no twelve months are made of.
#[test]
fn series_prints_the_year_to_date_and_names_parts() {
    let csv = prints("series", &["-", "--format", "csv", "--year-from", "2"], &file());
    let to_date = column(&csv, "year_to_date");
    assert_eq!(
        (to_date[0].as_str(), to_date[1].as_str(), to_date[11].as_str(), to_date[13].as_str()),
        ("", "61", "672", "140")
    );
    let change: f64 = column(&csv, "year_to_date_change")[13].parse().unwrap();
    assert!((change - 100.0 * (140.0 / 61.0 - 1.0)).abs() < 1e-9, "{change}");
    let text = prints("series", &["-", "--year-from", "2"], &file());
    assert!(text.contains("Year to date") && text.contains("counts from February on together"), "{text}");
    let parts = "area,year,count,population,months\nKent,2019,600,1000000,12\nKent,2020,310,1000000,6\nKent,2021,650,1000000,12\n";
    let csv = prints("series", &["-", "--period-column", "year", "--format", "csv"], parts);
    assert_eq!(column(&csv, "rolling"), ["600", "", "650"]);
    assert!(column(&csv, "note")[1].starts_with("6 of the 12 months of 2020; no 12 months together"), "{csv}");
}

#[test]
fn series_prints_trends() {
    let years = "area,year,count,population\nKent,2018/19,3843,2553072\nKent,2019/20,4286,2545943\nKent,2020/21,4676,2531500\nEssex,2018/19,0,9\n";
    let csv = prints("series", &["-", "--period-column", "year", "--trend", "--format", "csv"], years);
    assert_eq!(column(&csv, "area"), ["Kent", "Essex"]);
    let ratio: f64 = column(&csv, "ratio_per_year")[0].parse().unwrap();
    assert!((ratio / 1.107_410_229_101_794_5 - 1.0).abs() < 1e-12);
    assert_eq!(column(&csv, "note")[1], "1 of the 3 periods that a trend takes");
    let json = prints("series", &["-", "--period-column", "year", "--trend", "--format", "json"], years);
    assert!(serde_json::from_str::<Trends>(&json).is_ok());
}

#[test]
fn series_refuses_with_a_line_for_each_fault() {
    let fault = |options: &[&str], input: &str| {
        let output = run("series", &[&["-"], options].concat(), input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        without_cures(&String::from_utf8(output.stderr).unwrap())
    };
    let two = "area,period,count,population\nKent,03/04,1,9\nKent,2021-01,1,0\n";
    let expected = "error: Kent: row 2: \"03/04\" is no period: it may be March 2004, 3 April or 2003/04, so write the year with four digits\n\
                    error: Kent: period 2021-01: row 3, column population: population is zero, so no rate is defined: correct it, or leave the area out\n";
    assert_eq!(fault(&[], two), expected);
    assert!(
        fault(&["--chart", "x"], two).contains("is not a control chart: choose u, c, p"),
        "{}",
        fault(&["--chart", "x"], two)
    );
    assert!(fault(&["--base", "2021..2020"], two).contains("it ends before it begins"));
    let months = "area,period,count,population\nKent,2021-01,5,9000\nKent,2021-02,6,9000\n";
    assert_eq!(
        fault(&["--base", "2030..2031"], months),
        "error: --base: the base of the chart, January 2030 to December 2031, has none of the periods of the series whole: take periods of 2021-01 to 2021-02\n"
    );
    assert!(fault(&["--base", "2021", "--chart", "none"], months).contains("--chart says none"));
    assert!(
        fault(&["--year-from", "13"], months)
            .starts_with("error: --year-from: 13 is not a month that a year to date begins in")
    );
    assert!(
        fault(&["--rolling", "0"], "area,period,count,population\nKent,2021-01,1,9\n")
            .contains("0 is not a number of rolling months")
    );
}

/// A total is taken out where that is said, and held against the others period by period; until then it is in no phi_w.
#[test]
fn series_takes_totals_out() {
    let rows = (0..8).map(|at| {
        let [north, south] = [61 + 7 * (at % 3), 30 + 3 * (at % 2)];
        let all = north + south + u32::from(at == 5);
        let quarter = format!("{} Q{}", 2019 + at / 4, at % 4 + 1);
        format!("North,{quarter},{north},512300\nSouth,{quarter},{south},301100\nRegion,{quarter},{all},813400\n")
    });
    let file = format!("area,period,count,population\n{}", rows.collect::<String>());
    let without: String =
        file.lines().filter(|line| !line.starts_with("Region")).map(|line| format!("{line}\n")).collect();
    let csv = ["--format", "csv"];
    assert_eq!(
        prints("series", &[&["-", "--total", "Region"], &csv[..]].concat(), &file),
        prints("series", &[&["-"], &csv[..]].concat(), &without)
    );
    for more in [&["--chart", "u"][..], &["--trend"], &["--ranks"]] {
        let text = prints("series", &[&["-", "--total", "Region"], more].concat(), &file);
        let held = "Total: Region, the sum of all 2 others, in 7 periods from 2019 Q1 to 2020 Q4.\nTotal: Region, 1 more than all 2 others have together, on the same population of 813,400";
        assert!(text.contains(held) && text.contains("in 2020 Q2.\n"), "{text}");
    }
}
