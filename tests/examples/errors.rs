//! Faults are refused in one line.

use crate::program::{prints, refuses, run, without_cures};

fn not_a_count(place: &str, text: &str, advice: &str) -> String {
    format!("{place}, column count: {text:?} is not a count: {advice}")
}

#[test]
fn compare_refuses_in_one_line() {
    refuses(&["-"], "", "there is no row, so there is nothing to compare");
    refuses(&["-"], "area,count,population\n", "there is no row, so there is nothing to compare");
    refuses(
        &["-"],
        "area,count\nA,1\n",
        "row 1: no column is known to hold populations, among `area`, `count`: say which one does",
    );
    refuses(
        &["-"],
        "area,count,count,population\nA,1,1,1\n",
        "row 1: 2 columns are \"count\": #2 \"count\", #3 \"count\": give the whole heading, or the column's number such as #3",
    );
    refuses(
        &["-"],
        "area,count,population\nA,1,10\n\nB,2\n",
        "B: row 4: 2 cells, where the header has 3: does a comma within a number or a name need quotation marks?",
    );
    let cut = "B: row 6: 2 cells, where the header has 3: does a comma within a number or a name need quotation marks?";
    refuses(&["-"], "\n\narea,count,population\r\nA,1,10\r\n\r\nB,1\r\n", cut);
    refuses(
        &["-"],
        "area,count,population\r\nA,1,10\r\nB,many,10\r\n",
        &not_a_count("B: row 3", "many", "correct it, or say what the mark stands for"),
    );
    refuses(
        &["-"],
        "area,count,population\n\"A\nB\",1,10\nC,many,10\n",
        &not_a_count("C: row 4", "many", "correct it, or say what the mark stands for"),
    );
    refuses(
        &["-"],
        "area,count,population\nKent,1,234,1000\n",
        "Kent: row 2: 4 cells, where the header has 3: does a comma within a number or a name need quotation marks?",
    );
    let both = "A: row 3: the name \"A\" stands in row 2 already: leave one of the two rows out, or tell the two apart by codes\nerror: A: row 3, column population: population is zero, so no rate is defined: \
                correct it, or leave the area out; if its count is in no area, say so by Table::unplaced";
    refuses(&["-"], "area,count,population\nA,1,10\nA,2,0\n", both);
    refuses(
        &["-"],
        "area,count,population\nA,-1,10\n",
        "A: row 2, column count: count is -1, and a total cannot be negative",
    );
    refuses(
        &["-"],
        "area,count,population\nA,1.5,10\n",
        &not_a_count("A: row 2", "1.5", "it has to be whole: is it a rate, or an estimate?"),
    );
    refuses(&["--exclude", "Nowhere"], "", "no area has the name or code \"Nowhere\"");
    let offered = "no area has the name or code \"West Midland\"; did you mean \"West Midlands\"?";
    refuses(&["--exclude", "West Midland"], "", offered);
    refuses(
        &["--confidence", "95"],
        "",
        "invalid value '95' for '--confidence <LEVEL>': 95 is not a confidence level: it has to be between 0 and 1, both left out (95 % is 0.95)",
    );
    refuses(
        &["--per", "0"],
        "",
        "invalid value '0' for '--per <N>': 0 is not a number that rates are read per: it has to be from 1 to 4,294,967,295",
    );
    let missing = run("compare", &["no such file.csv"], "");
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8(missing.stderr).unwrap().starts_with("error: no such file.csv cannot be read: "));
}

#[test]
fn rates_that_are_read_as_counts_are_sent_to_their_option() {
    let file = "area,Robbery,population\nKent,1.4906,1000\nEssex,0.6448,2000\n";
    let error = run("compare", &["-", "--count-column", "Robbery"], file).stderr;
    let error = String::from_utf8(error).unwrap();
    assert!(
        error.lines().next().unwrap().ends_with("is it a rate, or an estimate? (--rate-column HEADING)"),
        "{error}"
    );
    let error = run("compare", &["-", "--rate-column", "rate"], "area,rate\n,\"per 1,000 people\"\nKent,1.5\n").stderr;
    assert_eq!(
        String::from_utf8(error).unwrap(),
        "error: row 2: \"per 1,000 people\" below the header says per 1,000, and rates are to be read per 100,000: read them per what they are (--per N)\n"
    );
}

#[test]
fn the_first_row_of_a_file_without_a_header_counts() {
    let columns = ["-", "--area-column", "#1", "--count-column", "#2", "--population-column", "#3"];
    let text = prints("compare", &columns, "Kent,5,1000\nEssex,7,2000\n");
    assert!(text.contains("2 of 2 areas compared.") && text.contains("; no header; 2 rows taken"), "{text}");
    let years = "Kent,2019,2020\nEssex,7,2000\n";
    let text = prints("compare", &columns, years);
    assert!(
        text.contains("is read as the header; where it is a row, say that there is none (--no-header)\n"),
        "{text}"
    );
    let text = prints("compare", &[&columns[..], &["--no-header"]].concat(), years);
    assert!(text.contains("2 of 2 areas compared."), "{text}");
}

#[test]
fn funnel_refuses_in_one_line() {
    for (arguments, input, expected) in [
        (&["--levels", "95,95.0"][..], "", "the level 95 % stands twice"),
        (&["--trim", "0.5"], "", "0.5 is not a fraction to trim at each end: it has to be from 0 to below 0.5"),
        (
            &["--levels", "0.95"],
            "",
            "invalid value '0.95' for '--levels <LEVELS>': \"0.95\" is not a level in per cent from 1 to below 100, such as 95 or 99.8",
        ),
        (
            &["--scale", "root"],
            "",
            "invalid value 'root' for '--scale <SCALE>': \"root\" is not a scale: choose sqrt, log or linear",
        ),
        (&["-"], "area,count,population,expected\nA,1,10,x\n", "A: row 2: expected \"x\" is not a number"),
        (&["-"], "area,count,population,expected\nA,1,10,\n", "A: row 2: expected \"\" is not a number"),
        (
            &["-"],
            "area,count,population,expected\nA,1,10,1\n\nB,1,10,-1\n",
            "B: row 4: -1 is not an expected count: it has to be 0 or from 1e-30 to 1e30",
        ),
        (
            &["-"],
            "area,count,population,expected,expected\nA,1,10,1,1\n",
            "row 1: 2 columns are \"expected\": #4 \"expected\", #5 \"expected\": give the whole heading, or the column's number such as #3",
        ),
        (
            &["-"],
            "area,count,population\nA,1,0\n",
            "A: row 2, column population: population is zero, so no rate is defined: correct it, or leave the area out; if its count is in no area, say so by Table::unplaced",
        ),
    ] {
        let output = run("funnel", arguments, input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        assert_eq!(without_cures(&String::from_utf8(output.stderr).unwrap()), format!("error: {expected}\n"));
    }
}
