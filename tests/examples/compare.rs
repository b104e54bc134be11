//! What `compare` and the page of West Midlands print.

use crate::program::{SMALL, column, prints, refuses, run};
use crate::readme::blocks;

#[test]
fn compare_prints_the_knife_table() {
    let text = prints("compare", &[], "");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].ends_with("Rate per 100,000   95 % interval  Difference  Ratio      z"), "{text}");
    let squeezed: Vec<String> =
        lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(squeezed[2], "1 Metropolitan Police 15,897 8,899,400 178.6 175.9 to 181.4 +95.1 2.14 +3.87");
    assert_eq!(squeezed[3], "2 West Midlands 3,437 2,916,500 117.8 113.9 to 121.9 +34.3 1.41 +1.82");
    let place = squeezed.iter().position(|line| line == "Average (pooled) 44,414 53,156,100 83.6").unwrap();
    let rates = [&squeezed[place - 1], &squeezed[place + 1]].map(|line| {
        let rate = line.split(' ').find_map(|word| word.contains('.').then(|| word.parse::<f64>().ok()).flatten());
        rate.unwrap()
    });
    assert!(rates[0] > 83.6 && rates[1] < 83.6, "{rates:?}");
    assert!(text.contains("37 of 39 areas compared.\nLeft out: City of London, excluded: 8,700 residents"), "{text}");
    assert!(text.contains("Left out: Greater Manchester, count not available.\n"), "{text}");
    assert!(
        text.contains(
            "Average: pooled, 83.6 per 100,000 over 37 areas.\nIntervals: exact at 95 %; Poisson variation only.\n"
        ),
        "{text}"
    );
    assert!(text.contains("Basis: offences with a knife or sharp instrument, year to March 2020;"), "{text}");
    let widths: Vec<usize> = lines[..40].iter().map(|line| line.chars().count()).collect();
    assert!(widths.iter().all(|width| *width <= 110), "{widths:?}");
}

#[test]
fn compare_writes_csv_with_every_area_in_its_order() {
    let csv = prints("compare", &["-", "--format", "csv", "--per", "1000"], SMALL);
    assert_eq!(
        csv.lines().next(),
        Some(
            "area,code,count,population,months,rate,lower,upper,average,average_areas,difference,ratio,percent,z,rank,percentile,band,note"
        )
    );
    assert_eq!(column(&csv, "area"), ["A", "B", "C", "D, E", "F"]);
    assert_eq!(column(&csv, "rate"), ["10", "20", "", "10", ""]);
    assert_eq!(column(&csv, "rank"), ["2", "1", "", "2", ""]);
    assert_eq!(column(&csv, "note"), ["", "", "count left blank", "", "count suppressed"]);
    assert_eq!(column(&csv, "average")[0].parse::<f64>().unwrap(), 55_000.0 / 3_500.0);
    assert_eq!(column(&csv, "count"), ["10", "40", "", "5", ""]);
}

#[test]
fn compare_measures_z_as_asked_and_says_who_is_beyond_the_bands() {
    let csv = |options: &[&str]| prints("compare", &[&["--format", "csv"], options].concat(), "");
    let plain = csv(&[]);
    assert_eq!(csv(&["--z", "standard"]), plain);
    let metropolitan = column(&plain, "area").iter().position(|area| area == "Metropolitan Police").unwrap();
    for (scale, expected) in [("standard", 3.87), ("log", 2.69), ("robust", 4.67)] {
        let z = column(&csv(&["--z", scale]), "z")[metropolitan].parse::<f64>().unwrap();
        assert!((z - expected).abs() < 0.005, "{scale}: {z}");
    }
    assert!(column(&plain, "band").iter().all(String::is_empty));
    assert_eq!(column(&plain, "percentile")[metropolitan], "98.64864864864865");
    let count = |options: &[&str], band| column(&csv(options), "band").iter().filter(|found| *found == band).count();
    for (options, above, below) in [
        (&["--bands", "1"][..], 5, 2),
        (&["--bands", "1", "--band-scale", "log"], 6, 6),
        (&["--bands", "1", "--band-scale", "shapiro-wilk"], 6, 6),
    ] {
        assert_eq!((count(options, "above"), count(options, "below")), (above, below), "{options:?}");
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/recorded_crime_2017_18.csv");
    let text = prints("compare", &[file, "--leave-out-invalid", "--bands", "1"], "");
    assert!(text.contains("\nMasking: without City of London, 14 other areas lie beyond 1 SD.\n"), "{text}");
    let shown = blocks().into_iter().find(|block| block.starts_with("z: ")).unwrap();
    let text = prints("compare", &[file, "--leave-out-invalid", "--per", "1000", "--bands", "1"], "");
    assert!(text.contains(shown), "the README shows other bands than\n{text}");
    let rest = "it has to be above 0 and at most 10";
    let expected =
        format!("invalid value '0' for '--bands <K>': 0 is not a number of standard deviations for bands: {rest}");
    refuses(&["--bands", "0"], "", &expected);
}

#[test]
fn west_midlands_prints_the_sentences_of_the_report() {
    let text = prints("west_midlands", &[], "");
    for sentence in [
        "24.5 per 100,000 on 2,939,927 people implies 719 to 721 offences; 721 (24.5 per 100,000) agrees.",
        "The same rate is 0.245 per 1,000.",
        "the residents of mid-2019 in place of mid-2020 give 24.6 per 100,000.",
        "Difference: 9.4 (9.3 to 9.5) per 1,000",
        "Ratio: 1.46 (1.45 to 1.47).",
        "Per cent above: 46 (45 to 47).",
        "1.55 per 1,000 on 2,939,927 people implies 4,543 to 4,571 offences; 3,049 (1.04 per 1,000) does not agree; it would fit a population of",
        "117.8 per 100,000 (95 % interval 113.9 to 121.9 per 100,000), rank 2 of 37 forces compared; the first is Metropolitan Police.",
        "86.36 per 100,000 on 2,916,500 people implies no whole number of offences; 3,437 (117.85 per 100,000) does not agree; it would fit a population of",
        "It is the rate of its region: 86.36 per 100,000, 4 forces together.",
    ] {
        assert!(text.contains(sentence), "{sentence}\nis not in\n{text}");
    }
}

#[test]
fn compare_takes_a_column_of_rates_alone() {
    let file = "area,code,rate\nA,E1,0.5\nB,E2,1.50\nC,E3,1.5\nD,E4,[c]\nE,E5,2\n";
    let print = |options: &[&str]| prints("compare", &[&["-", "--rate-column", "rate"], options].concat(), file);
    let csv = print(&["--format", "csv", "--average", "mean", "--per", "1000"]);
    let header = "area,code,count,population,months,rate,lower,upper,average,average_areas,difference,ratio,percent,z,rank,percentile,band,note";
    assert_eq!(csv.lines().next(), Some(header));
    assert_eq!(column(&csv, "rate"), ["0.5", "1.5", "1.5", "", "2"]);
    assert_eq!(column(&csv, "rank"), ["4", "2", "2", "", "1"]);
    assert_eq!(column(&csv, "note"), ["", "", "", "rate suppressed", ""]);
    for empty in ["count", "population", "lower", "upper"] {
        assert!(column(&csv, empty).iter().all(String::is_empty), "{empty}");
    }
    // (0.5 - 1.375) / sqrt(1.1875 / 3)
    assert!((column(&csv, "z")[0].parse::<f64>().unwrap() + 1.390_758_974_918_296).abs() < 1e-13);
    let pooled = print(&["--format", "csv"]);
    assert!(column(&pooled, "average").iter().all(String::is_empty));
    let text = print(&["--bands", "1", "--exclude", "E", "--order", "lowest"]);
    assert!(text.contains("Left out: E, excluded: by request (its rate is 2 per 100,000).\n"), "{text}");
    assert!(text.contains("Average: pooled; there is none, as it needs counts and populations.\n"), "{text}");
    assert!(text.contains("\nIntervals: none, ") && text.contains("\nRank sets: none, "), "{text}");
    let json = print(&["--format", "json"]);
    assert!(serde_json::from_str::<crimerate::league::ValuesReport>(&json).is_ok(), "{json}");
    let wanted = "A: row 2, column rate: \"12.x\" is not a rate: correct it, or say what the mark stands for";
    refuses(&["-", "--rate-column", "rate"], "area,rate\nA,12.x\n", wanted);
    refuses(
        &["-", "--rate-column", "rate", "--min-population", "5"],
        file,
        "--min-population needs counts and populations, and these are rates alone",
    );
    refuses(
        &["-", "--rate-column", "rate", "--by", "code"],
        file,
        "the argument '--rate-column <NAME>' cannot be used with '--by <COLUMN>'",
    );
    // The embedded figures have such a column.
    let csv = prints("compare", &["--rate-column", "published_per_100000", "--format", "csv"], "");
    assert_eq!(column(&csv, "rank")[column(&csv, "area").iter().position(|area| area == "Durham").unwrap()], "37");
}

#[test]
fn a_count_in_no_area_names_its_option() {
    let file = "area,count,population\nLaramie,1,99500\nUnassigned,17,0\n";
    let error = String::from_utf8(run("compare", &["-"], file).stderr).unwrap();
    assert!(error.ends_with("(--unplaced \"Unassigned\", or --leave-out-invalid)\n"), "{error}");
    let text = prints("compare", &["-", "--unplaced", "Unassigned"], file);
    assert!(text.contains("In no area: 17 of 18 counted (94 %), Unassigned."), "{text}");
}

#[test]
fn a_column_of_groups_that_is_not_used_is_told() {
    let file = "area,region,count,population\nA,North,10,1000\nB,North,20,1000\nC,South,5,1000\nD,South,6,1000\n";
    let told = "Not used: the column region, which names groups of areas (compare --by region)";
    assert!(prints("compare", &["-"], file).contains(told));
    assert!(prints("rank", &["-"], file).contains(told));
    assert!(!prints("compare", &["-", "--by", "region"], file).contains("Not used"));
    // A column that names each area is none of groups.
    let each = "area,state,count,population\nA,AA,10,1000\nB,BB,20,1000\nC,CC,5,1000\n";
    assert!(!prints("compare", &["-"], each).contains("Not used"));
}

/// Records that name no area belong to the whole.
#[test]
fn records_without_an_area_are_counted_apart() {
    let file = "area,count\nA,1\n,2\nA,3\nB,4\n,7\n,-1\n";
    let text = prints("compare", &["-", "--sum", "--population", "1000"], file);
    assert!(text.contains("In no area: 8 of 16 counted (50 %), rows without an area. They are in no rate"), "{text}");
    assert!(text.contains("Counted apart: 3 rows without an area, 8"), "{text}");
    let inside =
        ["-", "--sum", "--population", "1000", "--unplaced-in-average", "rows without an area", "--format", "csv"];
    assert_eq!(column(&prints("compare", &inside, file), "average")[0], "800");
    // Of what is on people, and of rows that are not added up, a name is asked for.
    for (options, file) in
        [(&["-", "--population", "1000"][..], file), (&["-", "--sum"], "area,count,population\nA,1,10\n,2,20\n")]
    {
        let error = String::from_utf8(run("compare", options, file).stderr).unwrap();
        assert!(error.contains("have no area") || error.contains("has no area"), "{error}");
    }
}
