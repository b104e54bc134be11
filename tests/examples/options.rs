//! Options that the examples share: groups, policies, what is left out, how a file is read.

use crate::program::{File, SMALL, column, prints, refuses, run, without_cures};
use crate::readme::blocks;

#[test]
fn compare_takes_every_option() {
    let csv =
        |options: &[&str]| prints("compare", &[&["-", "--format", "csv", "--per", "1000"], options].concat(), SMALL);
    let average = |options: &[&str]| column(&csv(options), "average");
    assert_eq!(average(&["--average", "mean"])[0].parse::<f64>().unwrap(), 40.0 / 3.0);
    assert_eq!(average(&["--average", "median"]), ["10", "10", "", "10", ""]);
    assert_eq!(average(&["--average", "mean", "--leave-out-self"]), ["15", "10", "", "15", ""]);
    assert_eq!(average(&["--leave-out-self"])[1].parse::<f64>().unwrap(), 10.0);
    for (ties, expected) in [
        ("competition", ["2", "1", "2"]),
        ("dense", ["2", "1", "2"]),
        ("ordinal", ["2", "1", "3"]),
        ("average", ["2.5", "1", "2.5"]),
        ("maximum", ["3", "1", "3"]),
    ] {
        let ranks = column(&csv(&["--ties", ties]), "rank");
        assert_eq!([&ranks[0], &ranks[1], &ranks[3]], expected, "{ties}");
    }
    assert_eq!(column(&csv(&["--order", "lowest"]), "rank"), ["1", "3", "", "1", ""]);
    let excluded = csv(&["--exclude", "B", "--exclude", "D, E"]);
    assert_eq!(column(&excluded, "rank"), ["1", "", "", "", ""]);
    assert_eq!(column(&excluded, "note")[1], "excluded: by request");
    assert_eq!(column(&excluded, "note")[0], "fewer than two areas are compared");
    let upper = |options: &[&str]| column(&csv(options), "upper")[0].parse::<f64>().unwrap();
    assert!((upper(&[]) - 18.390_356).abs() < 1e-6);
    assert!((upper(&["--interval", "mid-p"]) - 17.824_854).abs() < 1e-6);
    assert!((upper(&["--interval", "score"]) - 18.409_473).abs() < 1e-6);
    assert!((upper(&["--interval", "byar"]) - 18.391_459).abs() < 1e-6);
    assert!(upper(&["--confidence", "0.99"]) > upper(&[]));
    let json: serde_json::Value = serde_json::from_str(&prints("compare", &["-", "--format", "json"], SMALL)).unwrap();
    assert_eq!(json["rows"][2]["rate"], serde_json::Value::Null);
    assert_eq!(json["rows"][1]["rank"], 1);
    assert_eq!(json["notes"][0]["text"], "3 of 5 areas compared.");
    assert!(serde_json::from_value::<crimerate::Report>(json).is_ok());
}

#[test]
fn compare_takes_groups_and_policies() {
    let text = prints("compare", &["--by", "region"], "");
    let notes = "Average: pooled of each area's group (region), over 1 to 6 areas; of everyone, 83.6 per 100,000 over 37 areas.\n\
         Groups: 2 members left out, numerator and denominator: City of London, Greater Manchester.\n\
         Groups: the only area of its group: Metropolitan Police.\n";
    assert!(text.contains(notes), "{text}");
    assert!(blocks().contains(&notes), "the README shows other notes");
    let csv = |options: &[&str]| prints("compare", &[&["--format", "csv"], options].concat(), "");
    let here = csv(&["--by", "region", "--leave-out-self", "--average", "median"]);
    assert_eq!((&*column(&here, "area")[36], &*column(&here, "average_areas")[36]), ("West Midlands", "3"));
    let value = |csv: &str, name: &str, row: usize| column(csv, name)[row].parse::<f64>().unwrap();
    assert!((value(&here, "average", 36) - 57.16736858524411).abs() < 1e-12);
    let merged = csv(&["--merge", "City of London", "Metropolitan Police"]);
    assert_eq!(column(&merged, "count")[22], "15928");
    assert_eq!(column(&merged, "note")[22], "with City of London");
    assert_eq!(column(&merged, "note")[4], "merged into Metropolitan Police: by request");
    let other = csv(&["--denominator", "City of London", "400000"]);
    assert_eq!((&*column(&other, "population")[4], &*column(&other, "rate")[4]), ("400000", "7.75"));
    let json = prints("compare", &["--by", "region", "--format", "json", "--merge", "City of London", "Kent"], "");
    assert!(serde_json::from_str::<crimerate::Report>(&json).is_ok());
    let pairs = "peer,area\nA,B\n\"D, E\",B\n";
    let small = |pairs: &str, options: &[&str]| {
        let file = std::env::temp_dir().join(format!("crimerate-pairs-{}-{}.csv", std::process::id(), pairs.len()));
        std::fs::write(&file, pairs).unwrap();
        let output = run("compare", &[&["-", "--group", file.to_str().unwrap()], options].concat(), SMALL);
        std::fs::remove_file(&file).unwrap();
        (String::from_utf8(output.stdout).unwrap(), without_cures(&String::from_utf8(output.stderr).unwrap()))
    };
    let (found, _) = small(pairs, &["--format", "csv", "--per", "1000", "--average", "mean", "--leave-out-self"]);
    assert_eq!(column(&found, "average"), ["", "10", "", "", ""]);
    assert_eq!(column(&found, "note")[0], "the area has no group");
    let (found, why) = small("area,peer\nA,B\n\nA,X\n", &[]);
    assert_eq!((&*found, &*why), ("", "error: row 4: no area has the name or code \"X\"\n"));
    let (found, _) = small("area,peer\nA,B\n\nA,X\nY,A\n", &["--leave-out-unknown"]);
    assert!(found.contains("so left out: X, Y.\n"), "{found}");
    let (found, why) = small("area,peer\nA,B\nA,B\n", &[]);
    assert_eq!((&*found, &*why), ("", "error: A: the peer \"B\" is given twice\n"));
    refuses(
        &["--merge", "City of London", "Metropolitan Police", "--exclude", "City of London"],
        "",
        "City of London: the area cannot be merged into Metropolitan Police: it is excluded already",
    );
    refuses(
        &["--denominator", "City of London", "0"],
        "",
        "City of London: population is zero, so no rate is defined: correct it, or leave the area out",
    );
    let header = "`area`, `code`, `region`, `count`, `population`, `published_per_100000`";
    let advice = "give a heading of the file, or the column's number such as #3; did you mean \"count\"?";
    refuses(&["--by", "country"], "", &format!("row 1: no column is \"country\", among {header}: {advice}"));
}

#[test]
fn compare_leaves_invalid_areas_out_on_request() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/recorded_crime_2017_18.csv");
    let refused = "British Transport Police: row 45, column population: population is not given, so no rate is defined: add it, or leave the area out; if its count is in no area, say so by Table::unplaced";
    refuses(&[file], "", refused);
    let csv = prints("compare", &[file, "--leave-out-invalid", "--format", "csv", "--per", "1000"], "");
    assert_eq!(column(&csv, "note")[43], "population not given, so no rate");
    assert_eq!(column(&csv, "count")[43], "59591");
    let z: Vec<f64> = column(&csv, "z")[..43].iter().map(|z| z.parse().unwrap()).collect();
    assert_eq!(z.iter().filter(|z| z.abs() > 1.0).count(), 1);
}

#[test]
fn compare_reads_a_file_with_a_byte_order_mark_and_old_line_ends() {
    let csv = prints("compare", &["-", "--format", "csv"], "\u{feff}area,count,population\r\nA , 1 ,10\r\n");
    assert_eq!(column(&csv, "rate"), ["10000"]);
}

/// What is done about an area is an option of every example about one table.
#[test]
fn areas_are_merged_everywhere() {
    let merge = ["--merge", "City of London", "Metropolitan Police"];
    for example in ["compare", "funnel", "rank", "claims"] {
        let mut options = merge.to_vec();
        if example == "claims" {
            options.extend(["--area", "Metropolitan Police"]);
        }
        let text = prints(example, &options, "");
        assert!(text.contains("15,928"), "{example}: {text}");
        let told = "\nMerged: City of London (31 on 8,700 people) into Metropolitan Police, by request.\n";
        assert!(text.contains(told), "{example}: {text}");
    }
}

#[test]
fn the_first_areas_alone_are_shown_where_that_is_asked_for() {
    let strata = "area,stratum,count,population\nA,young,3,100\nA,old,9,50\nB,young,2,80\nB,old,5,90\n";
    let years = "area,count_before,count_after\nA,200,290\nB,310,315\nC,40,37\n";
    for (example, options, input, told) in [
        ("compare", &[][..], "", Some("3 of 37 shown.\n")),
        ("compare", &["-", "--rate-column", "rate"], "area,rate\nA,1.5\nB,2.5\nC,0.5\nD,4\n", Some("3 of 4 shown.\n")),
        ("rank", &[], "", Some("3 of 37 shown.\n")),
        ("weighted", &[], "", Some("3 of 42 shown.\n")),
        ("standardise", &["-"], strata, None),
        ("changes", &["-"], years, None),
    ] {
        let all = prints(example, options, input);
        let first = prints(example, &[options, &["--top", "3"]].concat(), input);
        match told {
            Some(told) => assert!(first.len() < all.len() && first.contains(told), "{first}"),
            None => assert_eq!(first, all, "all areas are among the first"),
        }
        let notes = |text: &str| text.rsplit("\n\n").next().unwrap().replace(told.unwrap_or_default(), "");
        assert_eq!(notes(&first), notes(&all));
        let csv = prints(example, &[options, &["--top", "1", "--format", "csv"]].concat(), input);
        assert_eq!(column(&csv, "rank"), ["1"], "{example}");
        let json = prints(example, &[options, &["--top", "1", "--format", "json"]].concat(), input);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!((json["rows"].as_array().unwrap().len(), &json["shown"]["areas"]), (1, &serde_json::json!(1)));
    }
    // A tie with the last is shown; so is the average.
    let text = prints("compare", &["-", "--top", "2"], SMALL);
    assert!(!text.contains(" shown."), "{text}");
    let text = prints("compare", &["--top", "1"], "");
    assert!(text.contains("Average (pooled)") && text.contains("\n1 of 37 shown.\n"), "{text}");
    let refused = run("compare", &["--top", "0"], "");
    assert_eq!(refused.status.code(), Some(1));
}

/// A count in no area that has no row is given with its name, as often as there are such.
#[test]
fn counts_in_no_area_may_have_no_row() {
    let file = "area,count,population\nLaramie County,1,99500\nNatrona County,0,79858\n";
    let csv = |options: &[&str]| prints("compare", &[&["-", "--format", "csv"], options].concat(), file);
    let average = |options: &[&str]| column(&csv(options), "average")[0].parse::<f64>().unwrap();
    let out = ["--unplaced", "At sea=12", "--unplaced", "Unassigned=1,005"];
    assert_eq!(average(&out), 100_000.0 / 179_358.0);
    assert_eq!(average(&["--unplaced-in-average", "At sea=17"]), 1_800_000.0 / 179_358.0);
    assert_eq!(average(&["--unplaced", "Unassigned=3", "--unplaced-in-average", "At sea=17"]), 1_800_000.0 / 179_358.0);
    let text = prints("compare", &[&["-"], &out[..]].concat(), file);
    assert!(text.contains("In no area: 1,017 of 1,018 counted (100 %), At sea, Unassigned."), "{text}");
    // What a row is called may have a sign of equality in it.
    let named = prints("compare", &["-", "--unplaced", "Area=none"], &format!("{file}Area=none,17,\n"));
    assert!(named.contains("In no area: 17 of 18 counted (94 %), Area=none."), "{named}");
    let refused = |example: &str, options: &[&str], file: &str| {
        let output = run(example, options, file);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused("compare", &["-", "--unplaced", "Natrona County=3"], file).contains("Natrona County"));
    let panel = "area,offence,count,population\nA,theft,3,100\nA,fraud,4,100\nB,theft,7,90\nB,fraud,2,90\n";
    let told = "error: --unplaced At sea=3: these are several indicators, so give it a row for each\n";
    assert_eq!(refused("panel", &["-", "--unplaced", "At sea=3"], panel), told);
    let told = "error: --unplaced At sea=3: these are two periods, so give it a row for each\n";
    assert_eq!(refused("changes", &["-", "--unplaced", "At sea=3"], "area,count_before,count_after\nA,3,4\n"), told);
    // A row without people is offered its option by the name of its area.
    let error = refused("panel", &["-"], &format!("{panel}Unknown,theft,7,\nUnknown,fraud,1,\n"));
    assert_eq!(error.matches("(--unplaced \"Unknown\", --total \"Unknown\"").count(), 1, "{error}");
}

/// Rates alone are compared by one example, which says so, and takes nothing of counts with them.
#[test]
fn rates_alone_are_sent_where_they_are_compared() {
    let rates = "area,rate\nKent,1.5\nEssex,2.5\nDevon,4\n";
    let error = |example: &str, options: &[&str]| {
        let output = run(example, options, rates);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{example}");
        String::from_utf8(output.stderr).unwrap()
    };
    for example in ["claims", "rank", "funnel", "smooth", "standardise", "weighted", "changes"] {
        let told = "; rates alone are compared by compare FILE --rate-column HEADING)";
        assert_eq!(error(example, &["-"]).matches(told).count(), 1, "{}", error(example, &["-"]));
    }
    assert!(error("compare", &["-"]).contains("(--rate-column HEADING, or --count-column HEADING)"));
    for option in [
        ["--count-column", "rate"],
        ["--population-column", "rate"],
        ["--population", "100"],
        ["--populations", "2018"],
        ["--months-column", "rate"],
        ["--count-unit", "10"],
        ["--population-unit", "10"],
        ["--across", "Kent"],
    ] {
        let error = error("compare", &[&["-", "--rate-column", "rate"], &option[..]].concat());
        assert!(error.contains("cannot be used with") && error.contains(option[0]), "{error}");
    }
    let error = error("compare", &["-", "--rate-column", "rate", "--total", "Kent"]);
    assert!(error.contains("and these are rates alone: leave the row out by --exclude"), "{error}");
}

/// Areas of one name are drawn with their codes, and picked out by them.
#[test]
fn an_area_that_is_picked_out_by_a_name_of_several_is_refused_with_their_codes() {
    let file = "area,code,count,population\nAlexandra,E1,120,9900\nAlexandra,E2,310,11200\nOther,E3,150,10500\n";
    let output = run("compare", &["-", "--plot", "-", "--highlight", "Alexandra"], file);
    let told = "error: --highlight: 2 areas have the name \"Alexandra\": ask by code, which is E1 or E2\n";
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(1), told));
    prints("compare", &["-", "--plot", "-", "--highlight", "E2"], file);
}

/// An option of two values is used each time that it is given, or refused.
#[test]
fn options_of_two_values_are_used_each_time() {
    let csv = |options: &[&str]| prints("compare", &[&["-", "--format", "csv"], options].concat(), SMALL);
    let merged = csv(&["--merge", "A", "B", "--merge", "D, E", "B"]);
    assert_eq!((&*column(&merged, "count")[1], &*column(&merged, "population")[1]), ("55", "3500"));
    let other = csv(&["--denominator", "A", "500", "--denominator", "B", "100"]);
    assert_eq!(column(&other, "population")[..2], ["500", "100"]);
    let both = csv(&["--denominator", "B", "100", "--merge", "A", "D, E"]);
    assert_eq!((&*column(&both, "population")[1], &*column(&both, "count")[3]), ("100", "15"));
    for (options, why) in [
        (["--merge", "A", "B", "--merge", "A", "D, E"], "A: the area cannot be merged into D, E: it is merged into B"),
        (["--denominator", "A", "5", "--denominator", "A", "6"], "A: the area cannot be given another denominator"),
        (["--merge", "A", "B", "--denominator", "A", "6"], "A: the area cannot be given another denominator"),
        (["--merge", "A", "B", "--merge", "B", "D, E"], "B: the area cannot be merged into D, E"),
    ] {
        let output = run("compare", &[&["-"], &options[..]].concat(), SMALL);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && error.contains(why), "{error}");
    }
}

#[test]
fn months_are_those_that_are_given() {
    let file = "Force,Year,Month,Count,Population\nKent,2019,1,5,1000\nKent,2019,2,5,1000\nEssex,2019,1,4,1000\nEssex,2019,2,6,1000\n";
    let rates = |options: &[&str]| {
        let options: Vec<&str> = [&["-", "--sum", "--per", "1000", "--format", "csv"][..], options].concat();
        column(&prints("compare", &options, file), "rate").join(" ")
    };
    assert_eq!([rates(&[]), rates(&["--months", "4"])], ["60 60", "30 30"]);
}

#[test]
fn populations_of_another_file_have_their_own_unit() {
    let people = File::of("thousands", "area,population (thousands)\nKent,1846\n");
    let file = "area,count\nKent,923\n";
    let path = people.path();
    let error = run("compare", &["-", "--populations", path], file).stderr;
    assert!(String::from_utf8(error).unwrap().contains("--populations-unit N"));
    let options = ["-", "--populations", path, "--populations-unit", "1000", "--format", "csv"];
    assert_eq!(column(&prints("compare", &options, file), "population"), ["1846000"]);
}
