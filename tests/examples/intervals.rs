//! What `intervals` prints.

use crate::program::{column, prints, run};

#[track_caller]
fn near(found: &str, expected: f64) {
    let found: f64 = found.parse().unwrap();
    assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found} for {expected}");
}

fn cell(csv: &str, method: &str, name: &str) -> String {
    let at = column(csv, "method").iter().position(|other| other == method).unwrap();
    column(csv, name)[at].clone()
}

#[test]
fn intervals_prints_every_method_for_a_count() {
    let csv = prints("intervals", &[], "confidence,count\n0.95,10\n\n0.95,0\n");
    let columns = "count,confidence,method,lower,upper,area,population,rate,rate_lower,rate_upper,note";
    assert_eq!(csv.lines().next(), Some(columns));
    assert_eq!(column(&csv, "method")[..3], ["exact", "mid-p", "byar"]);
    assert_eq!(column(&csv, "lower")[7..], ["0"; 7]);
    assert_eq!(column(&csv, "upper")[0], "18.39035604201778");
    assert_eq!(column(&csv, "upper")[7].parse::<f64>().unwrap(), -(0.025_f64.ln()));
    for (input, expected) in [
        (
            "count,confidence\n1,0.9\n\n2,1\n",
            "row 4: 1 is not a confidence level: it has to be between 0 and 1, both left out (95 % is 0.95)",
        ),
        ("count,confidence\n5,\n", "row 2: confidence \"\" is not a number between 0 and 1"),
        (
            "n,confidence\n1,0.9\n",
            "row 1: no column is known to hold counts, among `n`, `confidence`: say which one does (--count-column HEADING)",
        ),
        (
            "count,population\n1,0\n",
            "row 2: population is zero, so no rate is defined: correct it, or leave the area out",
        ),
        ("count\n-1.5\n", "row 2: count \"-1.5\" is below zero"),
        ("count,dispersion\n9,many\n", "row 2: dispersion \"many\" is not a number"),
        ("count,dispersion\n9,0.5\n", "row 2: dispersion 0.5 is below 1, which is the variation of chance alone"),
        ("offences_per_victim,victims\n1,6\n2,few\n", "row 3: victims \"few\" is not a whole number"),
        (
            "area,offences_per_victim,victims,population\nA,1,6,90\nA,2,6,91\n",
            "row 3: the population of \"A\" is another than in row 2",
        ),
    ] {
        let output = run("intervals", &[], input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("error: {expected}\n"));
    }
}

/// Mutations that were seen and corrected: cancerit/NanoSeq, issue 32; scipy.
#[test]
fn a_corrected_count_has_gamma_limits_by_name() {
    let file = "area,count,observed,population\nobserved,112,,7472758623\ncorrected,117.926376078334,112,7472758623\n";
    let csv = prints("intervals", &["-", "--per", "1"], file);
    assert_eq!(column(&csv, "area")[0], "observed");
    near(&cell(&csv, "exact", "rate"), 1.498_777_167_180_019_2e-8);
    near(&cell(&csv, "exact", "rate_lower"), 1.234_088_483_049_861_2e-8);
    near(&cell(&csv, "exact", "rate_upper"), 1.803_418_390_597_405e-8);
    near(&cell(&csv, "gamma", "rate"), 1.578_083_570_307_955_3e-8);
    near(&cell(&csv, "gamma", "rate_lower"), 1.306_140_710_396_694_1e-8);
    near(&cell(&csv, "gamma", "rate_upper"), 1.889_948_380_554_855e-8);
    near(&cell(&csv, "scaled", "rate_lower"), 1.299_389_130_054_27e-8);
    near(&cell(&csv, "scaled", "rate_upper"), 1.898_844_601_394_4e-8);
    assert_eq!(column(&csv, "method").len(), 9);
}

/// Cells that are words for columns are no header, and a count without limits is a row with a note.
#[test]
fn a_count_without_limits_has_a_note_and_the_others_theirs() {
    let csv = prints("intervals", &[], "area,count,population\nobserved,112,900\ndispersion,117.5,900\nvictims,3,70\n");
    assert_eq!(
        column(&csv, "area")[..8],
        ["observed", "observed", "observed", "observed", "observed", "observed", "observed", "dispersion"]
    );
    let csv = prints("intervals", &["-"], "count,dispersion,population\n..,,90\n>=10,2,90\n1-9,2,90\n1-9,1,90\n");
    let unknown = "the count is not known, so it has no interval";
    let range = "a count between two ends has no limits that a dispersion widens";
    assert_eq!(column(&csv, "note")[..3], [unknown, unknown, range]);
    for name in ["count", "method", "lower", "upper", "rate", "rate_lower", "rate_upper"] {
        assert_eq!(column(&csv, name)[..3], ["", "", ""], "{name}");
    }
    assert_eq!((&*column(&csv, "count")[3], &*column(&csv, "population")[0]), ("1-9", "90"));
}

/// 110 offences of 81 victims: the form of dhsc-govuk/PHEindicatormethods, issue 94; figures made up.
#[test]
fn offences_of_repeat_victims_are_added_up_by_area() {
    let file = "area,offences_per_victim,victims,population\nTown,1,60,50000\nOther,1,9,8000\nTown,2,15,50000\nTown,3,5,50000\nTown,5,1,50000\n";
    let csv = prints("intervals", &["-"], file);
    assert_eq!((&*column(&csv, "count")[0], &*column(&csv, "rate")[0]), ("110", "220"));
    near(&cell(&csv, "stretched", "rate_lower"), 168.498_513_000_201_2);
    near(&cell(&csv, "stretched", "rate_upper"), 279.351_202_913_787_4);
    near(&cell(&csv, "exact", "rate_lower"), 180.813_244_184_791_42);
    near(&cell(&csv, "exact", "rate_upper"), 265.159_494_053_648_8);
    assert_eq!(cell(&csv, "exact", "note"), "by chance alone");
    assert_eq!(cell(&csv, "stretched", "note"), "phi 1.727, from how many offences each victim had");
    assert!(column(&csv, "area").contains(&"Other".to_owned()));
}

#[test]
fn counts_between_two_ends_and_counts_that_vary_more() {
    let csv = prints("intervals", &["-", "--confidence", "0.9"], "count,dispersion\n1-9,\n40,2\n\"1,200.5\",\n");
    let of = |count: u64| prints("intervals", &[], &format!("count,confidence\n{count},0.9\n"));
    assert_eq!(
        (column(&csv, "lower")[0].clone(), column(&csv, "upper")[0].clone()),
        (column(&of(1), "lower")[0].clone(), column(&of(9), "upper")[0].clone())
    );
    assert_eq!(column(&csv, "count")[0], "1-9");
    assert_eq!(column(&csv, "method")[7..9], ["stretched", "quasi"]);
    let half = |text: &str| text.parse::<f64>().unwrap();
    let (wide, exact) = (half(&column(&csv, "upper")[7]) - 40.0, half(&column(&of(40), "upper")[0]) - 40.0);
    assert!((wide / exact - 2.0_f64.sqrt()).abs() < 1e-12);
    assert_eq!(column(&csv, "count").last().unwrap(), "1200.5");
    assert_eq!(column(&csv, "method").last().unwrap(), "gamma");
}

/// Of a count that nothing bounds from above the lower limit is known.
#[test]
fn open_counts_have_a_lower_limit() {
    let csv = prints("intervals", &["-"], "count,population\n>=10,2000\n10,2000\n*,2000\n");
    assert_eq!(column(&csv, "count")[0], ">=10");
    assert_eq!(column(&csv, "lower")[0], column(&csv, "lower")[7]);
    assert_eq!(column(&csv, "rate_lower")[0], column(&csv, "rate_lower")[7]);
    assert_eq!((column(&csv, "upper")[0].as_str(), column(&csv, "rate_upper")[0].as_str()), ("", ""));
    assert_eq!(column(&csv, "note")[0], "the lower limit of the least count; nothing bounds the count from above");
    let last = column(&csv, "note").pop().unwrap();
    assert_eq!(last, "the count is not known, so it has no interval");
}

/// Columns may have other headings.
#[test]
fn intervals_takes_columns_by_their_headings() {
    let file = "Where,Deaths in all,Births\nKent,10,1000\n";
    let options = ["-", "--area-column", "where", "--count-column", "deaths in all", "--population-column", "Births"];
    let csv = prints("intervals", &options, file);
    assert_eq!(
        (&*column(&csv, "area")[0], &*column(&csv, "count")[0], &*column(&csv, "population")[0]),
        ("Kent", "10", "1000")
    );
    let error = String::from_utf8(run("intervals", &["-"], file).stderr).unwrap();
    assert!(error.contains("(--count-column HEADING)"), "{error}");
}

/// A count that is another than the observed one was corrected, whether or not it is whole.
#[test]
fn a_whole_count_beside_another_observed_one_is_corrected() {
    let csv = |count: &str| prints("intervals", &[], &format!("area,count,observed\nA,{count},50\n"));
    assert_eq!(column(&csv("150"), "method"), ["gamma", "scaled"]);
    assert_eq!(csv("150"), csv("150.0"));
    near(&cell(&csv("150"), "scaled", "lower"), 3.0 * cell(&csv("50"), "exact", "lower").parse::<f64>().unwrap());
    assert!(!column(&csv("50"), "method").contains(&"scaled".to_owned()));
}

/// Counts that are not whole, and marks, are no notes below a table because nothing stands next to them.
#[test]
fn counts_that_stand_alone_in_their_rows_are_kept() {
    let csv = prints("intervals", &["-"], "count,observed\n0.4,\n12.5,\n*,\n7,\n");
    let counts: std::collections::BTreeSet<String> = column(&csv, "count").into_iter().collect();
    assert!(["0.4", "12.5", "7"].iter().all(|count| counts.contains(*count)), "{csv}");
    assert!(csv.contains("the count is not known"), "{csv}");
}
