//! What `panel` prints.

use crate::program::{File, column, prints, run};

/// A file of areas with all kinds of whole numbers beside the counts.
#[test]
fn panel_takes_no_identifiers_coordinates_and_years_for_counts() {
    let file = "id,area,latitude,longitude,Population 2019,year,rank,Arson,Robbery\n\
        11,Kent,51,1,1846500,2019,1,7,9\n12,Essex,52,0,1832800,2019,2,4,2\n13,Dorset,50,-2,772300,2019,3,3,1\n";
    let text = prints("panel", &["-"], file);
    assert_eq!(
        text.lines().nth(2).map(|line| line.split_whitespace().collect()),
        Some(vec!["Area", "Arson", "Robbery"])
    );
    let note = "\nPassed over, unless it is named: what is no count by its heading: id (an identifier), latitude (a coordinate), longitude (a \
        coordinate), year (a date), rank (a rank) (--column HEADING)\n";
    assert!(text.contains(note), "{text}");
    let named = prints("panel", &["-", "--column", "rank"], file);
    assert_eq!(named.lines().nth(2).map(|line| line.split_whitespace().collect()), Some(vec!["Area", "rank"]));
    // Rows of several years are those of a long file.
    let error = run("panel", &["-"], "area,year,found,population\nKent,2018,5,1000\nKent,2019,7,1000\n").stderr;
    assert!(String::from_utf8(error).unwrap().contains("say which one does (--count-column HEADING)"));
}

#[test]
fn panel_prints_every_force_by_every_group() {
    let text = prints("panel", &[], "");
    let line =
        |name: &str| text.lines().find(|line| line.starts_with(name)).unwrap().split_whitespace().collect::<Vec<_>>();
    assert_eq!(line("Kent"), ["Kent", "1", "2", "11", "19", "11", "37", "17", "7", "4"]);
    assert_eq!(line("City of London")[3..], ["-"; 9]);
    assert!(text.contains("42 of 43 areas compared by 9 indicators."));
    let csv = prints("panel", &["--format", "csv"], "");
    assert_eq!(csv.lines().count(), 1 + 43 * 9);
    // The counts of the groups add up to the published total of the 43 forces.
    let total: u64 = column(&csv, "count").iter().map(|count| count.parse::<u64>().unwrap()).sum();
    assert_eq!(total, 4_821_452);
    let (areas, groups, ranks) = (column(&csv, "area"), column(&csv, "indicator"), column(&csv, "rank"));
    let first =
        |group: &str| (0..areas.len()).find(|at| groups[*at] == group && ranks[*at] == "1").map(|at| areas[at].clone());
    assert_eq!(first("Robbery"), Some("Metropolitan Police".into()));
    assert!(
        column(&csv, "note").iter().any(|note| note.starts_with("the area takes no part: excluded: 8,700 residents"))
    );
    let merged = ["--merge", "City of London", "Metropolitan Police", "--denominator", "Kent", "2000000"];
    let text = prints("panel", &merged, "");
    assert!(text.contains("\nMerged: City of London into Metropolitan Police, by request.\n"), "{text}");
    assert!(text.contains("\nDenominator: Kent on 2,000,000 instead of 1,846,500, by request.\n"), "{text}");
    let both = prints("panel", &[&merged[..], &["--format", "csv"]].concat(), "");
    let count = |csv: &str, force: &str| -> Vec<u64> {
        let rows = column(csv, "area").into_iter().zip(column(csv, "count"));
        rows.filter(|(area, _)| area == force).map(|(_, count)| count.parse().unwrap()).collect()
    };
    let parts = count(&csv, "City of London").into_iter().zip(count(&csv, "Metropolitan Police"));
    assert_eq!(count(&both, "Metropolitan Police"), parts.map(|(city, rest)| city + rest).collect::<Vec<_>>());
    let error = run("panel", &["--exclude", "Atlantis"], "");
    assert_eq!(String::from_utf8(error.stderr).unwrap(), "error: no area has the name or code \"Atlantis\"\n");
    assert_eq!(error.status.code(), Some(1));
}

/// Averages over the areas of a column, or of a list of pairs.
#[test]
fn panel_compares_with_groups() {
    let file = "area,region,offence,count,population\nA,N,Arson,10,1000\nB,N,Arson,30,1000\nC,S,Arson,5,1000\nD,S,Arson,15,1000\n\
        A,N,Theft,1,1000\nB,N,Theft,3,1000\nC,S,Theft,5,1000\nD,S,Theft,5,1000\n";
    let ratio = |options: &[&str]| {
        let csv = prints("panel", &[&["-", "--format", "csv"], options].concat(), file);
        column(&csv, "ratio")
    };
    assert_eq!(ratio(&["--by", "region"])[..2], ["0.5", "0.5"]);
    assert_ne!(ratio(&[])[0], "0.5");
    let text = prints("panel", &["-", "--by", "region"], file);
    assert!(text.contains("group (region)"), "{text}");
    let pairs = File::of("pairs-of-panel", "area,peer\nA,D\n");
    let found = ratio(&["--group", pairs.path(), "--leave-out-self"]);
    assert!((found[0].parse::<f64>().unwrap() - 10.0 / 15.0).abs() < 1e-12, "{found:?}");
}

#[test]
fn a_total_is_noticed_by_the_indicator_of_which_most_is_known() {
    let file = "Force,Population,Homicide,Robbery\nKent,1846478,10,1949\nEssex,1832752,9,1736\nSurrey,1189934,..,467\nAll,4869164,..,4152\n";
    let text = prints("panel", &["-"], file);
    assert!(text.contains("perhaps totals: All (the sum of all 3 others)"), "{text}");
}
