//! What `panel` prints.

use crate::program::{column, prints, run};

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
    let error = run("panel", &["--exclude", "Atlantis"], "");
    assert_eq!(String::from_utf8(error.stderr).unwrap(), "error: no area has the name or code \"Atlantis\"\n");
    assert_eq!(error.status.code(), Some(1));
}
