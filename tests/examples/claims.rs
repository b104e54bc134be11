//! What `claims` checks and describes.

use crate::program::{File, SMALL, column, prints, run, without_cures};
use crimerate::claim::Report;

#[test]
fn claims_checks_the_sentences_and_describes() {
    let text = prints("claims", &[], "");
    for sentence in [
        "  West Midlands has a rate of 24.5 per 100,000: supported.\n",
        "  West Midlands has a rate of 1.55 per 1,000: contradicted.\n",
        "  West Midlands has a rate of 29.8 per 1,000: supported.\n",
        "45.8 % above a given average of 20.4 per 1,000.\n",
        "their ratio is 1.4608 (1.4548 to 1.4668), and 46 (45 to 47) % above is what they say.\n",
        "  West Midlands has the highest rate of any area: contradicted.\n",
        "    Higher: Metropolitan Police (178.6 per 100,000).\n",
        "  Durham has the lowest rate of any area: not checkable; of the 37 compared: true of the figures but not certain.\n",
        "mean of rates: 64.2 per 100,000, which agrees;",
        "  City of London has the highest rate of any area: supported.\n",
        "\nIts rate is the 2nd highest of the 37 areas compared; its true rank among them can only be 2 (rank sets,",
    ] {
        assert!(text.contains(sentence), "{sentence}\nis not in\n{text}");
    }
    let described = prints("claims", &["-", "--area", "B", "--per", "1000", "--exclude", "A"], SMALL);
    assert!(
        described.starts_with("B has 40 counts among a population of 2,000, a rate of 20.0 per 1,000 ("),
        "{described}"
    );
    assert!(described.contains("\nNot compared, and perhaps higher: C (count left blank), F (count suppressed).\n"));
    assert_eq!(prints("claims", &["-"], SMALL).matches(", a rate of ").count(), 3);
    let kent = prints("claims", &["--area", "Kent", "--per", "1000", "--average", "median"], "");
    assert!(kent.starts_with("Kent has 729 offences among 1,846,500 people, a rate of 0.395 per 1,000 ("), "{kent}");
    assert!(kent.contains("the median rate of 37 areas"), "{kent}");
    let excluded = prints("claims", &["--exclude", "Durham", "--area", "Kent", "--leave-out-self"], "");
    assert!(excluded.contains("the pooled average of 35 other areas"), "{excluded}");
    let own = prints("claims", &["--highest", "Kent", "--percent-below", "Kent", "53"], "");
    assert!(own.starts_with("Kent has the highest rate of any area: contradicted.\n"), "{own}");
    assert!(own.contains("\nKent is 53 % below the average: supported.\n") && !own.contains("Kent has 729"), "{own}");
    let output = run("claims", &["--leave-out-invalid"], "");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let output = run("claims", &["-", "--area", "C"], SMALL);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert_eq!(
        without_cures(&String::from_utf8(output.stderr).unwrap()),
        "error: C: the area takes no part: count left blank\n"
    );
}

fn states() -> String {
    let text = include_str!("../data/states_2017.csv");
    text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect()
}

/// Every sentence that is given is checked, whatever it is and however often.
#[test]
fn no_sentence_is_dropped() {
    let two = [
        "-",
        "--percent-above",
        "Louisiana",
        "134",
        "--percent-above",
        "Missouri",
        "85",
        "--percent-below",
        "New Hampshire",
        "80",
    ];
    let text = prints("claims", &two, &states());
    for sentence in ["Louisiana is 134 % above", "Missouri is 85 % above", "New Hampshire is 80 % below"] {
        assert!(text.contains(&format!("{sentence} the average: supported.\n")), "{text}");
    }
    let before = std::env::temp_dir().join(format!("crimerate-before-{}.csv", std::process::id()));
    std::fs::write(&before, "area,count,population\nA,30,1000\nB,20,1000\nC,10,1000\n").unwrap();
    let after = "area,count,population\nA,20,1000\nB,30,1000\nC,30,2000\n";
    let options: [(&str, &[&str]); 32] = [
        ("--highest", &["A"]),
        ("--lowest", &["A"]),
        ("--among-highest", &["A", "2"]),
        ("--among-lowest", &["A", "2"]),
        ("--rate", &["A", "20"]),
        ("--between", &["A", "19", "21"]),
        ("--average-is", &["A", "20"]),
        ("--above-average", &["A"]),
        ("--below-average", &["A"]),
        ("--percent-above", &["A", "+4 %"]),
        ("--percent-below", &["A", "-4"]),
        ("--at-least-above", &["A", "4%"]),
        ("--at-least-below", &["A", "4"]),
        ("--times", &["A", "1.0"]),
        ("--more-than", &["A", "0.9"]),
        ("--less-than", &["A", "2"]),
        ("--above-area", &["A", "C"]),
        ("--below-area", &["A", "B"]),
        ("--times-area", &["A", "C", "1.3"]),
        ("--percent-above-area", &["A", "B", "-33"]),
        ("--change", &["A", "-33"]),
        ("--moved", &["A", "1", "2"]),
        ("--at-least", &["A", "half"]),
        ("--at-most", &["A", "twice"]),
        ("--more-than-area", &["A", "B", "half"]),
        ("--less-than-area", &["A", "B", "2"]),
        ("--at-least-area", &["A", "C", "1.2"]),
        ("--at-most-area", &["A", "C", "1.5"]),
        ("--rose", &["A"]),
        ("--fell", &["A"]),
        ("--rose-at-least", &["A", "10 %"]),
        ("--fell-at-least", &["A", "10"]),
    ];
    let base = ["-", "--per", "1000", "--format", "csv", "--before", before.to_str().unwrap()];
    let given = |option: &'static str, values: &[&'static str]| [&[option][..], values].concat();
    for (option, values) in options {
        // Twice the same, the second time of B, and beside another option.
        let mut second = values.to_vec();
        second[0] = "B";
        if option.ends_with("-area") {
            second[1] = "C";
        }
        let arguments = [&base[..], &given(option, values), &given(option, &second), &["--rose", "C"]].concat();
        let csv = prints("claims", &arguments, after);
        let mut areas = column(&csv, "area");
        areas.sort();
        assert_eq!(areas, ["A", "B", "C"], "{option}: {csv}");
    }
    for (option, other) in options.iter().flat_map(|one| options.iter().map(move |other| (one, other))).step_by(7) {
        let arguments = [&base[..], &given(option.0, option.1), &given(other.0, other.1)].concat();
        assert_eq!(column(&prints("claims", &arguments, after), "claim").len(), 2, "{option:?} {other:?}");
    }
    let all: Vec<&str> =
        base.iter().copied().chain(options.iter().flat_map(|(option, values)| given(option, values))).collect();
    let json: Vec<&str> = all.iter().map(|argument| if *argument == "csv" { "json" } else { argument }).collect();
    let report: Report = serde_json::from_str(&prints("claims", &json, after)).unwrap();
    assert_eq!(report.iter().count(), options.len());
    assert_eq!(report.csv(), prints("claims", &all, after));
    std::fs::remove_file(&before).unwrap();
}

#[test]
fn claims_are_refused_where_they_cannot_be_read() {
    for (arguments, expected) in [
        (&["--among-highest", "Kent", "x"][..], "--among-highest Kent: \"x\" is not a whole number of areas"),
        (
            &["--among-highest", "Kent", "0"],
            "--among-highest Kent: 0 is not a number of the highest or lowest areas: it has to be 1 or more",
        ),
        (&["--above-area", "Kent", "Esex"], "no area has the name or code \"Esex\"; did you mean \"Essex\"?"),
        (
            &["--percent-above", "Kent", "x"],
            "--percent-above Kent: figure \"x\" is not a number in plain digits, such as 46, +46 % or 1.3",
        ),
        (&["--rate", "Kent", "x"], "--rate Kent: figure \"x\" is not a number in plain digits, such as 24.5"),
        (
            &["--average", "meen", "--highest", "Kent"],
            "invalid value 'meen' for '--average <RULE>': \"meen\" is not an average: choose pooled, mean or median; did you mean \"mean\"?",
        ),
    ] {
        let output = run("claims", arguments, "");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        assert_eq!(without_cures(&String::from_utf8(output.stderr).unwrap()), format!("error: {expected}\n"));
    }
    let alone = run("claims", &["--percent-above", "Kent"], "");
    assert_eq!((alone.status.code(), alone.stdout.len()), (Some(1), 0));
    let without = run("claims", &["--rose", "Kent"], "");
    assert_eq!((without.status.code(), without.stdout.len()), (Some(1), 0));
    let csv = run("claims", &["--area", "Kent", "--format", "csv"], "");
    assert_eq!((csv.status.code(), csv.stdout.len()), (Some(1), 0));
}

#[test]
fn averages_may_be_given_and_words_too() {
    let text = prints(
        "claims",
        &["--average", "50", "--percent-above", "West Midlands", "136%", "--of", "43", "--highest", "Kent"],
        "",
    );
    assert!(text.contains("West Midlands is 136 % above the average: supported.\n"), "{text}");
    assert!(text.contains("135.7 % above a given average of 50 per 100,000.\n"), "{text}");
    assert!(text.contains("Kent has the highest rate of 43 areas: contradicted.\n"), "{text}");
    let compared = prints("compare", &["--average", "1,024.5", "--per", "1000"], "");
    assert!(compared.contains("fixed at 1,024.5 per 1,000"), "{compared}");
    let births = "area,count,population\nAnson,15,1570\nAshe,1,1364\n";
    let words = ["-", "--counted", "sudden infant deaths", "--per-whom", "live births", "--area", "Anson"];
    let text = prints("claims", &words, births);
    assert!(text.starts_with("Anson has 15 deaths among 1,570 live births, a rate of"), "{text}");
}

/// What the rows may be is said once with the answer.
#[test]
fn notes_stand_with_claims_and_descriptions() {
    let rows = "area,count,population\nA,50,1000\nB,60,2000\nC,10,1500\nAll,120,4500\nOverseas,7,\n";
    let base = ["-", "--unplaced-in-average", "Overseas"];
    let notes = "\n\n4 of 5 areas compared.\nCompared as areas, and perhaps totals: All (the sum of all 3 others).\nIn no area: 7 of 127 counted (6 %), Overseas. \
                 They are in the pooled average and in no rate.\nPoisson variation only.\n";
    let given = |more: &[&'static str]| prints("claims", &[&base[..], more].concat(), rows);
    let text = given(&["--percent-below", "B", "12", "--highest", "A"]);
    assert!(text.ends_with(notes) && text.matches("perhaps totals").count() == 1, "{text}");
    // Both rest on the same average: 247 on 9,000.
    assert!(
        text.contains("9.3 % above the pooled average of 4 areas") && text.contains("pooled: 9.3 % above"),
        "{text}"
    );
    let text = given(&["--area", "A", "--area", "B"]);
    assert!(text.ends_with(notes) && text.contains("\n\nB has 60 counts") && text.starts_with("A has 50"), "{text}");
    assert_eq!(text.matches("Poisson variation only").count(), 1, "{text}");
    // What two areas happen to have in common stays with each.
    let two = "area,count,population\nA,90,1000000\nB,39,1000000\n";
    let text = prints("claims", &["-", "--counted", "thefts"], two);
    assert_eq!(text.matches("That it can only be this holds up to").count(), 2, "{text}");
    assert!(text.ends_with("\n\n2 of 2 areas compared.\nPoisson variation only.\nBasis: thefts.\n"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&given(&["--format", "json"])).unwrap();
    assert_eq!((json["notes"].as_array().unwrap().len(), json["descriptions"].as_array().unwrap().len()), (3, 4));
    let json: serde_json::Value = serde_json::from_str(&given(&["--format", "json", "--highest", "A"])).unwrap();
    assert_eq!((json["notes"].as_array().unwrap().len(), json["claims"].as_array().unwrap().len()), (4, 1));
}

#[test]
fn rates_may_have_a_plus_and_a_per_cent_sign() {
    let file = "area,count,population\nA,300,10000\nB,500,10000\n";
    for rate in ["3,000", "+3000", " 3,000", "3.0 %", "3%", "+3.0%"] {
        let text = prints("claims", &["-", "--rate", "A", rate, "--average-is", "A", "4 %"], file);
        assert_eq!(text.matches(": supported").count(), 2, "{rate}: {text}");
    }
    let text = prints("claims", &["-", "--between", "A", "+2.9 %", "3.1%", "--rate", "A", "3.1 %"], file);
    assert!(text.contains("supported") && text.contains("A has a rate of 3.1 per 100: contradicted"), "{text}");
    assert_eq!(run("claims", &["-", "--rate", "A", "-3"], file).status.code(), Some(1));
}

#[test]
fn options_of_claims_reach_what_they_are_about() {
    let now = "area,count,population\nA,20,1000\nB,30,1000\n";
    let before = std::env::temp_dir().join(format!("crimerate-months-{}.csv", std::process::id()));
    std::fs::write(&before, "area,count,population\nA,30,1000\nB,20,1000\nC,10,1000\n").unwrap();
    let path = before.to_str().unwrap();
    let text =
        prints("claims", &["-", "--months", "6", "--per", "1000", "--before", path, "--fell", "A", "--fell", "C"], now);
    assert!(
        text.contains("below its rate before, 60.0 per 1,000 a year (30 counts among 6,000 person-months)"),
        "{text}"
    );
    assert!(text.contains("Not given, so not checked: what is counted, the population.\n"), "{text}");
    assert!(text.contains("C fell: not checkable.\n  There is no change: only in the earlier table.\n"), "{text}");
    std::fs::remove_file(&before).unwrap();
    let output = run("claims", &["-", "--of", "3", "--above-average", "A"], now);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let expected = "error: --of says how many areas a claim of ranks speaks of: give --highest, --lowest, --among-highest or --among-lowest, too\n";
    assert_eq!(without_cures(&String::from_utf8(output.stderr).unwrap()), expected);
    let text = prints("claims", &["-", "--rounded-to", "10", "--rate", "A", "2100"], now);
    assert!(text.starts_with("A has a rate of 2,100 per 100,000: not checkable.\n"), "{text}");
    assert!(text.contains("\n\n2 of 2 areas compared.\nCounts are rounded to 10: "), "{text}");
    // Answers come in the order of the questions.
    let asked =
        ["--rate", "A", "2000", "--above-area", "A", "B", "--highest", "B", "--rate", "B", "1", "--lowest", "A"];
    let csv = prints("claims", &[&["-", "--format", "csv"][..], &asked].concat(), now);
    let expected =
        ["A has a rate of 2,000 per 100,000", "A has a higher rate than B", "B has the highest rate of any area"];
    assert_eq!(column(&csv, "claim")[..3], expected);
    assert_eq!(column(&csv, "claim")[3..], ["B has a rate of 1 per 100,000", "A has the lowest rate of any area"]);
}

/// Bounds of how many times, of the average, of another area and of the year before.
#[test]
fn bounds_of_how_many_times() {
    let before = File::of("bounds-before", "area,count,population\nA,60,10000\nB,44,10000\nC,25,10000\n");
    let now = "area,count,population\nA,90,10000\nB,40,10000\nC,20,10000\n";
    let asked = [
        ["--at-least", "A", "1.5"].as_slice(),
        &["--at-most", "C", "half"],
        &["--at-least-area", "A", "B", "twice"],
        &["--at-most-area", "C", "B", "0.5"],
        &["--more-than-area", "A", "C", "4"],
        &["--less-than-area", "C", "B", "half"],
        &["--rose-at-least", "A", "20"],
        &["--fell-at-least", "C", "15%"],
    ];
    let options = [["-", "--before", before.path(), "--format", "csv"].as_slice(), &asked.concat()].concat();
    let csv = prints("claims", &options, now);
    let expected = [
        "A is at least 1.5 times the average",
        "C is at most half the average",
        "A is at least 2 times B",
        "C is at most half B",
        "A is more than 4 times C",
        "C is less than half B",
        "A rose by at least 20 %",
        "C fell by at least 15 %",
    ];
    assert_eq!(column(&csv, "claim"), expected);
    let contradicted: Vec<bool> = column(&csv, "verdict").iter().map(|verdict| verdict == "contradicted").collect();
    assert_eq!(contradicted, [false, false, false, false, false, true, false, false]);
}

/// A file of periods is a table of its last one, tells how much counts vary, and bears claims over time.
#[test]
fn claims_over_time() {
    let mut rows = "area,period,count,population\n".to_owned();
    let counts = [
        ("Kent", [900, 700, 640, 705, 860]),
        ("Essex", [500, 510, 495, 520, 505]),
        ("Durham", [300, 310, 330, 320, 315]),
    ];
    for (area, counts) in counts {
        for (year, count) in (2015..).zip(counts) {
            rows += &format!("{area},{year},{count},1000000\n");
        }
    }
    let options =
        ["--highest-since", "Kent", "2015", "--lowest-since", "Durham", "2015", "--rose-a-year", "Kent", "-0.9"];
    let asked = |more: &[&str]| {
        prints("claims", &[&["--series", "-", "--highest", "Kent"][..], &options, more].concat(), &rows)
    };
    let text = asked(&[]);
    assert!(text.starts_with("Kent has the highest rate of any area: supported.\n"), "{text}");
    assert!(text.contains("exact, square-root and beta-binomial tests with phi_w 5.19 (3 areas, 5 periods)"), "{text}");
    assert!(text.contains("Kent has the highest rate since 2015: true of the figures but not certain.\n"), "{text}");
    assert!(text.contains("Durham has the lowest rate since 2015: contradicted.\n"), "{text}");
    assert!(text.contains("Kent fell by 0.9 % a year"), "{text}");
    let chance = asked(&["--dispersion", "1", "--chosen-beforehand"]);
    assert!(chance.contains("Kent has the highest rate since 2015: supported.\n"), "{chance}");
    let alone = run("claims", &["--highest-since", "Kent", "2015"], "");
    assert!(String::from_utf8(alone.stderr).unwrap().contains("--series"));
}

/// A rate that is on record as higher is never "the highest since"; a year of a series of months is not a period of it.
#[test]
fn what_was_higher_before_is_told_as_that() {
    let file = |name, rows: &str| File::of(name, &format!("area,period,count,population\n{rows}"));
    let years = file("years-since", "A,2016,300,1000000\nA,2017,310,1000000\nA,2018,358,1000000\nA,2019,301,1000000\n");
    let check =
        |series: &str, option: &str, since: &str| prints("claims", &["--series", series, option, "A", since], "");
    let told = check(years.path(), "--highest-since", "2016");
    assert!(
        told.contains("Its rate in 2019 is 30.1 per 100,000, lower than in 2018 (35.8), the period before it."),
        "{told}"
    );
    assert!(told.starts_with("A has the highest rate since 2016: contradicted."), "{told}");
    let told = check(years.path(), "--lowest-since", "2015");
    assert!(told.contains("not checkable"), "{told}");
    let more =
        file("years-since-more", "A,2016,250,1000000\nA,2017,358,1000000\nA,2018,300,1000000\nA,2019,301,1000000\n");
    let told = check(more.path(), "--highest-since", "2016");
    assert!(told.contains("30.1 per 100,000, lower than in 2017 (35.8)."), "{told}");
    let told = check(more.path(), "--lowest-since", "2016");
    assert!(told.contains("higher than in 2018 (30.0), the period before it."), "{told}");
    let months = file("months-since", "A,2018-11,30,1000000\nA,2018-12,31,1000000\nA,2019-01,35,1000000\n");
    let output = run("claims", &["--series", months.path(), "--highest-since", "A", "2018"], "");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("cannot be checked since 2018: its periods are months; say since which"), "{error}");
    let told = check(months.path(), "--highest-since", "2018-12");
    assert!(told.contains("Its rate in January 2019 is 3.5"), "{told}");
}

/// A region is no rival of the forces in it.
#[test]
fn totals_by_their_codes_are_no_rivals() {
    let file = "name,code,count,population\nKent,E23000032,500,1846500\nEssex,E23000028,300,1832800\n\
                South East,E12000008,4000,\nSouth West,E12000009,40000,5600000\nEngland,E92000001,9000,\n";
    for options in [["--highest", "Kent"], ["--area", "Kent"]] {
        let told = prints("claims", &[&["-"], &options[..]].concat(), file);
        assert!(!told.contains("Left out, though"), "{told}");
        assert!(told.contains("2 areas compared"), "{told}");
    }
}

/// Every figure that is none is told at once, each with its option and its area.
#[test]
fn bad_figures_name_their_option_and_their_area() {
    let file = "area,count,population\nA,1,99500\nB,5,79858\n";
    let given =
        ["-", "--rate", "A", "12x", "--at-least-above", "B", "-3", "--among-highest", "A", "many", "--highest", "A"];
    let output = run("claims", &given, file);
    let error = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = error.lines().collect();
    assert!(output.stdout.is_empty() && lines.len() == 3, "{error}");
    assert!(lines[0].starts_with("error: --rate A: figure \"12x\" is not a number"), "{error}");
    assert!(lines[1].starts_with("error: --at-least-above B: figure \"-3\" is not a number"), "{error}");
    assert_eq!(lines[2], "error: --among-highest A: \"many\" is not a whole number of areas");
    let text = prints("claims", &["-", "--rate", "A", "10.1 per million", "--rate", "B", ".5"], file);
    assert!(text.contains("A has a rate of 10.1 per 1,000,000: supported"), "{text}");
    assert!(text.contains("B has a rate of 0.5 per 100,000: contradicted"), "{text}");
}

/// An area whose count is suppressed is described by what it may be; it is in no picture, which is drawn all the same.
#[test]
fn an_area_whose_count_is_suppressed_is_described() {
    let text = prints("claims", &["-", "--area", "F", "--per", "1000"], SMALL);
    assert!(
        text.starts_with("F has a count that is suppressed, among a population of 100: nothing is known"),
        "{text}"
    );
    let file = "area,count,population\nA,73,100000\nB,1-9,8600\nC,40,90000\n";
    let options = ["-", "--area", "B", "--counted", "people killed", "--per-whom", "drivers"];
    let text = prints("claims", &options, file);
    let told = "B has 1 to 9 people killed among 8,600 drivers, a rate of 11.6 to 104.7 per 100,000 (95 % interval of all that it may be ";
    assert!(text.starts_with(told), "{text}");
    let json: serde_json::Value =
        serde_json::from_str(&prints("claims", &[&options[..], &["--format", "json"]].concat(), file)).unwrap();
    assert_eq!(json["descriptions"][0]["area"], "B");
    assert!(prints("claims", &[&options[..], &["--plot", "-"]].concat(), file).contains("People killed"));
    // A pair is judged by the range.
    let text = prints("claims", &["-", "--times-area", "A", "B", "8", "--percent-above-area", "B", "C", "20"], file);
    assert!(text.contains("A is 8 times B: contradicted.\n"), "{text}");
    assert!(text.contains("So it is 0.70 to 6.28 times B.\n"), "{text}");
    assert!(text.contains("B is 20 % above C: not checkable.\n"), "{text}");
}

/// Without a table of before, a change is on the same period a year before, and descriptions say what the series says.
#[test]
fn a_series_alone_tells_of_a_year_before() {
    let file = File::of(
        "of-years",
        "area,year,count,population\nKent,2017,600,1000000\nKent,2018,700,1000000\nKent,2019,850,1000000\nEssex,2017,500,1000000\nEssex,2018,505,1000000\nEssex,2019,498,1000000\n",
    );
    let options = ["--series", file.path()];
    let text = prints(
        "claims",
        &[&options[..], &["--rose", "Kent", "--change", "Kent", "21.4", "--fell", "Kent"]].concat(),
        "",
    );
    assert!(text.starts_with("Kent rose on a year before: "), "{text}");
    assert!(
        text.contains("\nKent rose by 21.4 % on a year before: ")
            && text.contains("\nKent fell on a year before: contradicted."),
        "{text}"
    );
    // In the words that are given, with the series alone too.
    let words = ["--rose", "Kent", "--counted", "thefts", "--per-whom", "residents"];
    let text = prints("claims", &[&options[..], &words].concat(), "");
    assert!(text.contains("(700 thefts among 1,000,000 people)"), "{text}");
    assert_eq!(
        run("claims", &[&options[..], &["--rose", "Kent", "--period", "2019"]].concat(), "").status.code(),
        Some(1)
    );
    assert_eq!(run("claims", &["--counted", "thefts", "--highest", "Kent"], "").status.code(), Some(1));
    let text = prints("claims", &[&options[..], &["--area", "Kent"]].concat(), "");
    assert!(
        text.contains("21.4 % above its rate a year before, in 2018")
            && text.contains("\nIts trend over 3 periods is "),
        "{text}"
    );
    let none = run("claims", &["--rose", "Kent"], "");
    assert!(String::from_utf8(none.stderr).unwrap().contains("--before <FILE>|--series <FILE>"));
}
