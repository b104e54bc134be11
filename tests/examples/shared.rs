//! One set of options for every example that takes a file: each is taken, or refused with a sentence that says why it has no meaning there.

use crate::program::{File, column, prints, run};

/// The examples that take a file.
const EXAMPLES: [&str; 12] = [
    "compare",
    "funnel",
    "rank",
    "smooth",
    "claims",
    "changes",
    "panel",
    "series",
    "standardise",
    "weighted",
    "streets",
    "intervals",
];

/// The options, with values that they might have.
const OPTIONS: [&[&str]; 54] = [
    &["--area-column", "area"],
    &["--code-column", "code"],
    &["--count-column", "count"],
    &["--population-column", "population"],
    &["--rate-column", "rate"],
    &["--expected-column", "expected"],
    &["--months-column", "months"],
    &["--period-column", "year"],
    &["--one-area", "Newtown"],
    &["--population", "80523746"],
    &["--across", "Newtown"],
    &["--where", "year=2019"],
    &["--only-codes", "E23"],
    &["--leave-out-line", "3"],
    &["--fill-down"],
    &["--count-unit", "1000"],
    &["--population-unit", "1000"],
    &["--sum"],
    &["--populations", "2018"],
    &["--with-totals"],
    &["--delimiter", ";"],
    &["--encoding", "utf-8"],
    &["--skip", "1"],
    &["--sheet", "#1"],
    &["--decimal-comma"],
    &["--decimal-point"],
    &["--mark", "-=0"],
    &["--strict"],
    &["--months", "6"],
    &["--rounded-to", "5"],
    &["--total", "All"],
    &["--unplaced", "None"],
    &["--unplaced-in-average", "None"],
    &["--exclude", "A=odd"],
    &["--merge", "A", "B"],
    &["--denominator", "A", "100"],
    &["--min-population", "100"],
    &["--min-expected", "5"],
    &["--leave-out-invalid"],
    &["--accept-similar-names"],
    &["--title", "T"],
    &["--plot", "-"],
    &["--source", "S"],
    &["--counted", "thefts"],
    &["--per-whom", "people"],
    &["--period", "2019"],
    &["--per", "1000"],
    &["--average", "83.6"],
    &["--leave-out-self"],
    &["--by", "region"],
    &["--group", "peers.csv"],
    &["--confidence", "0.9"],
    &["--interval", "byar"],
    &["--format", "csv"],
];

/// Options of the order of areas, which not every example has.
const RANKING: [&[&str]; 3] = [&["--ties", "dense"], &["--order", "lowest"], &["--top", "3"]];

/// Options about the file stand under their heading, and no others.
#[test]
fn help_has_its_headings() {
    for (example, own) in
        [("compare", "--average"), ("series", "--chart"), ("claims", "--chosen-beforehand"), ("intervals", "--per")]
    {
        let help = prints(example, &["--help"], "");
        let (options, file) = help.split_once("How the file is read:").unwrap();
        assert!(options.contains(own) && !file.contains(&format!(" {own} ")), "{example}: {help}");
    }
}

#[test]
fn every_example_takes_every_option_or_says_why_not() {
    let (mut taken, mut refused) = (0, 0);
    for example in EXAMPLES {
        let help = prints(example, &["--help"], "");
        for option in OPTIONS.iter().chain(&RANKING) {
            let name = option[0];
            if help.split([' ', '\n']).any(|word| word == name) {
                taken += 1;
                continue;
            }
            refused += 1;
            let output = run(example, &[&["-"], *option].concat(), "area,count,population\nA,1,10\nB,2,20\n");
            let error = String::from_utf8(output.stderr).unwrap();
            assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{example} {name}");
            let sentence = error.strip_prefix(&format!("error: {name}: ")).unwrap_or_default();
            assert!(sentence.split(' ').count() > 4 && !error.contains("unexpected"), "{example}: {error}");
            assert_eq!(error.lines().count(), 1, "{error}");
        }
    }
    assert!(taken > 2 * refused, "{taken} {refused}");
    // An option that nobody has is told as before.
    let output = run("compare", &["--frobnicate"], "");
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("error: unexpected argument '--frobnicate' found"));
}

const STRATA: &str = "area,stratum,count,population\nA,young,3,100\nA,old,9,50\nB,young,2,80\nB,old,5,90\nC,young,1,8\nC,old,1,6\n\
                      All,young,6,188\nAll,old,15,146\n";

/// Totals are held against the areas, small areas left out, and the words of the basis are everywhere.
#[test]
fn totals_small_areas_and_words_are_those_of_every_example() {
    let words = ["--source", "made up", "--counted", "falls", "--per-whom", "residents", "--period", "2019"];
    let options = [&["-", "--total", "All", "--min-population", "50"], &words[..]].concat();
    let text = prints("standardise", &options, STRATA);
    for told in [
        "2 of 4 areas compared.",
        "C, excluded: population below 50",
        "All, excluded: a total of others",
        "Total: All, the sum of all 3 others.",
        "Basis: falls, 2019; population: residents; source: made up.",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    let offences = STRATA.replace("stratum", "offence").replace(",50\n", ",100\n").replace(",90\n", ",80\n");
    let offences = offences.replace(",6\n", ",8\n").replace(",146\n", ",188\n");
    let weights = File::of("shared-weights", "offence,weight\nyoung,1\nold,2\n");
    let text = prints("weighted", &[&options[..], &["--weights", weights.path()]].concat(), &offences);
    for told in ["C, excluded: population below 50", "Total: All, the sum of all 3 others.", "source: made up."] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    let panel = prints("panel", &options, &offences);
    for told in ["Left out: C, excluded: population below 50.", "Total: All, the sum of", "source: made up."] {
        assert!(panel.contains(told), "{told}\n{panel}");
    }
    let fixed = prints("panel", &["-", "--average", "83.6", "--area", "A"], &offences);
    assert!(fixed.contains("83.60"), "{fixed}");
}

/// Averages over groups are those of claims and funnels, too.
#[test]
fn groups_are_those_of_every_comparison() {
    let file = "area,region,count,population\nA,x,300,10000\nB,x,320,10000\nC,y,900,10000\nD,y,310,10000\n";
    let claims = prints("claims", &["-", "--by", "region", "--percent-below", "D", "66"], file);
    assert!(claims.contains("below the pooled average of"), "{claims}");
    assert!(claims.contains("D is 66 % below the average"), "{claims}");
    let funnel = prints("funnel", &["-", "--by", "region", "--format", "csv"], file);
    assert_eq!(column(&funnel, "expected")[0].parse::<f64>().unwrap(), 310.0, "{funnel}");
}

/// What was taken from a file stands in a document, too, which is read as before.
#[test]
fn what_was_taken_is_in_the_document() {
    let file = "Force;Offences;Population\nKent;1,024;1846500\nEssex;..;1832800\n";
    for example in ["compare", "funnel", "rank", "smooth"] {
        let json = prints(example, &["-", "--format", "json"], file);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["read"][0]["rows"], 2, "{example}");
        assert_eq!(json["read"][0]["met"][1]["taken"], "not available");
    }
    let json = prints("compare", &["-", "--format", "json"], file);
    assert!(serde_json::from_str::<crimerate::Report>(&json).is_ok());
    assert!(!prints("compare", &["--format", "json"], "").contains("\"read\""));
}
