//! The examples as a person runs them: what they print, and how they refuse.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

/// Cargo builds the examples beside the tests, in `examples` next to `deps`.
fn example(name: &str) -> Command {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.push("examples");
    path.push(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "{} is not built: run `cargo test`, or `cargo build --examples` first", path.display());
    Command::new(path)
}

fn run(name: &str, arguments: &[&str], input: &str) -> Output {
    let mut child = example(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A refusal of the options comes before the input is read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[track_caller]
fn prints(name: &str, arguments: &[&str], input: &str) -> String {
    let output = run(name, arguments, input);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{error}");
    assert_eq!(error, "");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refuses(arguments: &[&str], input: &str, expected: &str) {
    let output = run("compare", arguments, input);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("error: {expected}\n"));
}

fn column(csv: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let index = reader.headers().unwrap().iter().position(|heading| heading == name).unwrap();
    reader.records().map(|record| record.unwrap()[index].to_owned()).collect()
}

const SMALL: &str = "note,area,population,count\nx,A,1000,10\n,B,2000,40\n,C,1000,\n,\"D, E\",500,5\n,F,100,[c]\n";

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
    assert!(text.contains("Average: pooled, 83.6 per 100,000 over 37 areas.\nIntervals: exact at 95 %.\n"), "{text}");
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
            "area,count,population,rate,lower,upper,average,average_areas,difference,ratio,percent,z,rank,percentile,band,note"
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
         Groups: nobody else in that of Metropolitan Police.\n";
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
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (found, _) = small(pairs, &["--format", "csv", "--per", "1000", "--average", "mean", "--leave-out-self"]);
    assert_eq!(column(&found, "average"), ["", "10", "", "", ""]);
    assert_eq!(column(&found, "note")[0], "the area has no group");
    let (found, why) = small("area,peer\nA,B\n\nA,X\n", &[]);
    assert_eq!((&*found, &*why), ("", "error: row 4: no area has the name or code \"X\"\n"));
    let (found, _) = small("area,peer\nA,B\n\nA,X\nY,A\n", &["--leave-out-unknown"]);
    assert!(found.contains("so left out: X, Y.\n"), "{found}");
    let (found, why) = small("area,peer\nA,B\nA,B\n", &[]);
    assert_eq!((&*found, &*why), ("", "error: A: the group holds \"B\" twice\n"));
    refuses(
        &["--merge", "City of London", "Metropolitan Police", "--exclude", "City of London"],
        "",
        "City of London: the area cannot be merged into Metropolitan Police: it is excluded already",
    );
    refuses(&["--denominator", "City of London", "0"], "", "City of London: population is zero, so no rate is defined");
    let header = "area,code,region,count,population,published_per_100000";
    refuses(&["--by", "country"], "", &format!("row 1: the header `{header}` has no column `country`"));
}

#[test]
fn compare_leaves_invalid_areas_out_on_request() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/recorded_crime_2017_18.csv");
    let refused = "British Transport Police: row 45: population is not given, so no rate is defined";
    refuses(&[file], "", refused);
    let csv = prints("compare", &[file, "--leave-out-invalid", "--format", "csv", "--per", "1000"], "");
    assert_eq!(column(&csv, "note")[43], "population not given, so no rate");
    assert_eq!(column(&csv, "count")[43], "59591");
    let z: Vec<f64> = column(&csv, "z")[..43].iter().map(|z| z.parse().unwrap()).collect();
    assert_eq!(z.iter().filter(|z| z.abs() > 1.0).count(), 1);
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
    assert!(text.ends_with(shown), "the README shows other bands than\n{text}");
    let rest = "it has to be above 0 and at most 10";
    let expected = format!("invalid value '0' for '--bands <K>': 0 standard deviations make no band: {rest}");
    refuses(&["--bands", "0"], "", &expected);
}

fn not_a_count(place: &str, text: &str) -> String {
    let symbols = "``, `..`, `:`, `[x]`, `[c]`, `*`";
    format!("{place}: count {text:?} is neither a whole number from 0 to {} nor one of {symbols}", u64::MAX)
}

#[test]
fn compare_refuses_in_one_line() {
    refuses(&["-"], "", "row 1: the header `` has no column `area`");
    refuses(&["-"], "area,count,population\n", "there is no row, so there is nothing to compare");
    refuses(&["-"], "area,count\nA,1\n", "row 1: the header `area,count` has no column `population`");
    refuses(&["-"], "area,count,count,population\nA,1,1,1\n", "row 1: the header has two columns `count`");
    refuses(&["-"], "area,count,population\nA,1,10\n\nB,2\n", "B: row 4: 2 fields, where the header has 3");
    refuses(&["-"], "\n\narea,count,population\r\nA,1,10\r\n\r\nB\r\n", "B: row 6: 1 field, where the header has 3");
    refuses(&["-"], "area,count,population\r\nA,1,10\r\nB,x,10\r\n", &not_a_count("B: row 3", "x"));
    refuses(&["-"], "area,count,population\n\"A\nB\",1,10\nC,x,10\n", &not_a_count("C: row 4", "x"));
    refuses(&["-"], "area,count,population\nKent,1,234,1000\n", "Kent: row 2: 4 fields, where the header has 3");
    refuses(&["-"], "area,count,population\nA,1,10\nA,2,0\n", "A: row 3: the name stands in row 2 already");
    refuses(&["-"], "area,count,population\nA,-1,10\n", "A: row 2: count is -1, and a total cannot be negative");
    refuses(&["-"], "area,count,population\nA,1.5,10\n", &not_a_count("A: row 2", "1.5"));
    refuses(&["--exclude", "Nowhere"], "", "no area has the name or code \"Nowhere\"");
    refuses(
        &["--confidence", "95"],
        "",
        "invalid value '95' for '--confidence <LEVEL>': confidence 95 is not between 0 and 1, both left out (95 % is 0.95)",
    );
    refuses(&["--per", "0"], "", "invalid value '0' for '--per <N>': a rate cannot be read per 0");
    let missing = run("compare", &["no such file.csv"], "");
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8(missing.stderr).unwrap().starts_with("error: no such file.csv: "));
}

#[test]
fn compare_reads_a_file_with_a_byte_order_mark_and_old_line_ends() {
    let csv = prints("compare", &["-", "--format", "csv"], "\u{feff}area,count,population\r\nA , 1 ,10\r\n");
    assert_eq!(column(&csv, "rate"), ["10000"]);
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
        "1.55 per 1,000 on 2,939,927 people implies 4,543 to 4,571 offences; 3,049 (1.04 per 1,000) does not agree.",
        "117.8 per 100,000 (95 % interval 113.9 to 121.9), rank 2 of 37 forces compared; the first is Metropolitan Police.",
        "86.36 per 100,000 on 2,916,500 people implies no whole number of offences; 3,437 (117.85 per 100,000) does not agree.",
        "It is the rate of its region: 86.36 per 100,000, 4 forces together.",
    ] {
        assert!(text.contains(sentence), "{sentence}\nis not in\n{text}");
    }
}

#[test]
fn coverage_prints_the_table_of_the_documentation() {
    let table = prints("coverage", &[], "");
    assert!(include_str!("../docs/methods.md").contains(&table), "docs/methods.md shows another table than\n{table}");
}

#[test]
fn intervals_prints_every_method_for_a_count() {
    let csv = prints("intervals", &[], "confidence,count\n0.95,10\n\n0.95,0\n");
    assert_eq!(csv.lines().next(), Some("count,confidence,method,lower,upper"));
    assert_eq!(column(&csv, "method")[..3], ["exact", "mid-p", "byar"]);
    assert_eq!(column(&csv, "lower")[7..], ["0"; 7]);
    assert_eq!(column(&csv, "upper")[0], "18.39035604201778");
    assert_eq!(column(&csv, "upper")[7].parse::<f64>().unwrap(), -(0.025_f64.ln()));
    for (input, expected) in [
        (
            "count,confidence\n1,0.9\n\n2,1\n",
            "row 4: confidence 1 is not between 0 and 1, both left out (95 % is 0.95)",
        ),
        ("count,confidence\n..,0.9\n", "row 2: count \"..\" is not known, so it has no interval"),
        ("count,confidence\n5,\n", "row 2: confidence \"\" is not a number between 0 and 1"),
        ("count\n1\n", "row 1: the header `count` has no column `confidence`"),
    ] {
        let output = run("intervals", &[], input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("error: {expected}\n"));
    }
}

#[test]
fn funnel_prints_the_knife_figures() {
    let csv = prints("funnel", &["--format", "csv"], "");
    let header = "area,count,population,expected,ratio,lower_95,upper_95,lower_99_8,upper_99_8,z,phi,tau2,z_adjusted,p,\
                  p_holm,p_bh,position,beyond,naive_position,naive_beyond,rate,note";
    assert_eq!(csv.lines().next(), Some(header));
    let numbers = |name: &str| -> Vec<f64> { column(&csv, name).iter().filter_map(|cell| cell.parse().ok()).collect() };
    assert_eq!((column(&csv, "area").len(), numbers("ratio").len()), (39, 37));
    assert!(numbers("phi").iter().all(|phi| (phi - 145.147_87).abs() < 1e-5));
    assert!(numbers("tau2").iter().all(|tau2| (tau2 - 0.031_656_6).abs() < 1e-7));
    assert_eq!(numbers("phi").len(), 39, "on every line");
    assert_eq!(column(&csv, "beyond").iter().filter(|level| *level == "99.8").count(), 33);
    let (ratio, lower, upper) = (numbers("ratio"), numbers("lower_99_8"), numbers("upper_99_8"));
    assert_eq!((0..37).filter(|&i| ratio[i] < lower[i] || ratio[i] > upper[i]).count(), 33);
    let additive = prints("funnel", &["--format", "csv", "--dispersion", "additive", "--levels", "99.8"], "");
    assert!(column(&additive, "position").iter().all(|position| position == "within" || position.is_empty()));
    assert_eq!(column(&additive, "naive_position").iter().filter(|position| *position == "low").count(), 28);
    let text = prints("funnel", &["--dispersion", "additive", "--per", "1000"], "");
    for line in [
        "Outside the 95 % limits: 3 of 37 areas; by chance alone 34.\n",
        "Outside the 99.8 % limits: 0 of 37 areas; by chance alone 33.\n",
        "Dispersion: additive; phi = 145.1, tau^2 = 0.0317 from 37 areas, 10 % winsorised at each end.\n",
        "Limits: additive dispersion on the sqrt scale at 95 % and 99.8 %; positions by the limits.\n",
        "Average: pooled, 0.836 per 1,000 over 37 areas.\n",
    ] {
        assert!(text.contains(line), "{line}is not in\n{text}");
    }
    assert!(text.lines().nth(2).unwrap().trim_start().starts_with("high 95 %  Metropolitan Police"), "{text}");
}

#[test]
fn funnel_takes_levels_trims_and_expected_counts() {
    let input = "area,count,expected,population\nA,0,2,1000\nB,40,30,2000\nC,..,,1000\nD,9,20.5,500\nE,1,1,\n";
    let options = ["-", "--format", "csv", "--leave-out-invalid"];
    let with = |more: &[&str]| prints("funnel", &[&options[..], more].concat(), input);
    let csv = with(&["--levels", "90,99.99"]);
    assert_eq!(column(&csv, "expected"), ["2", "30", "", "20.5", ""]);
    assert_eq!(column(&csv, "note")[2..], ["count not available", "", "population not given, so no rate"]);
    assert_eq!(column(&csv, "position"), ["within", "high", "", "low", ""]);
    assert_eq!(column(&csv, "beyond"), ["", "90", "", "90", ""]);
    assert_eq!(column(&csv, "lower_99_99")[0], "0");
    assert_eq!(column(&csv, "rate")[1], "2000");
    let log = with(&["--scale", "log", "--dispersion", "additive"]);
    assert_eq!(column(&log, "phi"), ["", "", "", "", ""]);
    assert_eq!(column(&log, "note")[0], "a count of zero has no logarithm");
    assert_eq!(column(&log, "naive_position")[3], "low");
    let phi = |more: &[&str]| column(&with(more), "phi")[0].parse::<f64>().unwrap();
    let z: Vec<f64> = [(0.0_f64, 2.0_f64), (40.0, 30.0), (9.0, 20.5)].map(|(x, e)| 2.0 * (x.sqrt() - e.sqrt())).into();
    assert!((phi(&["--trim", "0"]) - z.iter().map(|z| z * z).sum::<f64>() / 3.0).abs() < 1e-12);
    assert!((phi(&["--trim", "0.4", "--trim-rule", "winsorise"]) - phi(&["--trim", "0"])).abs() > 1e-3);
    assert_eq!(column(&with(&["--trim", "0.4", "--trim-rule", "drop"]), "phi")[0], "", "one area is left");
}

#[test]
fn funnel_leaves_out_self() {
    let input = "area,count,population\nA,10,1000\nB,40,2000\nC,30,3000\n";
    let csv = prints("funnel", &["-", "--format", "csv", "--leave-out-self"], input);
    let expected: Vec<f64> = column(&csv, "expected").iter().map(|cell| cell.parse().unwrap()).collect();
    for (found, expected) in expected.iter().zip([14.0, 20.0, 50.0]) {
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }
    let text = prints("funnel", &["-", "--leave-out-self"], input);
    assert!(
        text.contains("\nAverage: pooled, the area itself left out; with every area in it, 1,333.3 per 100,000"),
        "{text}"
    );
    let claims = prints("claims", &["-", "--area", "A", "--leave-out-self"], input);
    assert!(claims.contains("below the pooled average of 2 other areas, 1,400.0 per 100,000"), "{claims}");
}

#[test]
fn funnel_prints_json() {
    let json: serde_json::Value = serde_json::from_str(&prints("funnel", &["--format", "json"], "")).unwrap();
    let met = &json["rows"].as_array().unwrap().iter().find(|row| row["area"] == "Metropolitan Police").unwrap();
    assert_eq!((&met["position"], &met["beyond"]), (&"high".into(), &0.998.into()));
    assert_eq!(met["limits"][1]["confidence"], 0.998);
    assert!(met["limits"][0]["upper"].as_f64().unwrap() < met["limits"][1]["upper"].as_f64().unwrap());
    assert_eq!(json["funnel"]["dispersion"], "none");
    assert_eq!(json["notes"][0]["topic"], "areas");
    assert!((json["tau2"].as_f64().unwrap() - 0.031_656_6).abs() < 1e-7);
}

#[test]
fn funnel_refuses_in_one_line() {
    for (arguments, input, expected) in [
        (&["--levels", "95,95.0"][..], "", "the level 95 stands twice"),
        (&["--trim", "0.5"], "", "0.5 cannot be trimmed at each end: it has to be from 0 to below 0.5"),
        (
            &["--levels", "0.95"],
            "",
            "invalid value '0.95' for '--levels <LEVELS>': \"0.95\" is not a level in per cent from 1 to below 100, such as 95 or 99.8",
        ),
        (
            &["--scale", "root"],
            "",
            "invalid value 'root' for '--scale <SCALE>': \"root\" is not a scale: choose sqrt or log",
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
            "row 1: the header has two columns `expected`",
        ),
        (&["-"], "area,count,population\nA,1,0\n", "A: row 2: population is zero, so no rate is defined"),
    ] {
        let output = run("funnel", arguments, input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("error: {expected}\n"));
    }
}

#[test]
fn calibration_prints_the_tables_of_the_documentation() {
    let tables = prints("calibration", &[], "");
    assert!(include_str!("../docs/methods.md").contains(&tables), "docs/methods.md shows other tables than\n{tables}");
}

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
    assert!(described.starts_with("B has 40 offences among 2,000 people, a rate of 20.0 per 1,000 ("), "{described}");
    assert!(described.contains("\nNot compared, and perhaps higher: C (count left blank), F (count suppressed).\n"));
    assert_eq!(prints("claims", &["-"], SMALL).matches("Printed figures are rounded").count(), 3);
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
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "error: C: the area takes no part: count left blank\n");
}

const README: &str = include_str!("../README.md");

/// The fenced blocks of the README, without their fences.
fn blocks() -> Vec<&'static str> {
    README.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').map_or("", |(_, text)| text)).collect()
}

#[test]
fn the_readme_prints_what_its_programs_print() {
    let source = include_str!("../examples/quickstart.rs");
    let (_, program) = source.split_once("\n\n").unwrap();
    assert!(blocks().contains(&program), "the README's program is not examples/quickstart.rs");
    let library = include_str!("../src/lib.rs").replace("//! ", "").replace("//!", "");
    assert!(library.contains(program), "the first page of the documentation is not examples/quickstart.rs");
    let printed = prints("quickstart", &[], "");
    assert!(blocks().contains(&printed.as_str()), "the README does not show what quickstart prints:\n{printed}");
    let table = prints("compare", &[], "");
    let start = blocks().into_iter().find(|block| block.starts_with("Rank")).unwrap();
    let (shown, rest) = start.split_once("[...]\n").unwrap();
    assert!(table.starts_with(shown), "the README shows another table than\n{table}");
    assert!(table.ends_with(rest), "the README shows other notes than\n{table}");
    let funnel = prints("funnel", &["--dispersion", "additive"], "");
    let shown = blocks().into_iter().find(|block| block.trim_start().starts_with("Position")).unwrap();
    for part in shown.split("[...]\n") {
        assert!(funnel.contains(part), "the README shows another funnel than\n{funnel}");
    }
    let claims = prints("claims", &[], "");
    let shown = blocks().into_iter().find(|block| block.starts_with("A news report")).unwrap();
    for part in shown.split("[...]\n") {
        assert!(claims.contains(part), "the README shows other claims than\n{claims}");
    }
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
    let error = run("panel", &["--exclude", "Atlantis"], "");
    assert_eq!(String::from_utf8(error.stderr).unwrap(), "error: no area has the name or code \"Atlantis\"\n");
    assert_eq!(error.status.code(), Some(1));
}

fn sets(csv: &str) -> Vec<(String, String)> {
    column(csv, "rank_lower").into_iter().zip(column(csv, "rank_upper")).collect()
}

#[test]
fn rank_prints_the_sets_of_the_knife_figures() {
    let csv = prints("rank", &["--format", "csv"], "");
    assert_eq!(
        csv.lines().next(),
        Some("area,count,population,rate,rank,rank_lower,rank_upper,p_highest,p_lowest,note")
    );
    let others =
        [["--sets", "marginal"], ["--dispersion", "2.2"], ["--dispersion", "10"], ["--method", "distribution"]]
            .map(|options| prints("rank", &[&["--format", "csv"], &options[..]].concat(), ""));
    let (areas, ranks) = (column(&csv, "area"), column(&csv, "rank"));
    let shown: Vec<&str> =
        include_str!("../docs/ranks.md").lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert_eq!(shown.len(), 8);
    for line in shown {
        let at = areas.iter().position(|area| line.starts_with(&format!("| {area} |"))).unwrap();
        let mut cells = vec![areas[at].clone(), ranks[at].clone()];
        cells.extend([&csv].into_iter().chain(&others).map(|csv| {
            let (lower, upper) = sets(csv)[at].clone();
            if lower == upper { lower } else { format!("{lower} to {upper}") }
        }));
        assert_eq!(line, format!("| {} |", cells.join(" | ")));
    }
    let mean = |csv: &str| {
        let lengths = sets(csv).into_iter().filter(|set| !set.0.is_empty());
        let lengths: Vec<f64> =
            lengths.map(|(low, high)| high.parse::<f64>().unwrap() - low.parse::<f64>().unwrap() + 1.0).collect();
        format!("{:.1}", lengths.iter().sum::<f64>() / lengths.len() as f64)
    };
    let grows = format!("from {} to {} ranks", mean(&csv), mean(&others[1]));
    let words: Vec<&str> = include_str!("../docs/ranks.md").split_whitespace().collect();
    assert!(words.join(" ").contains(&grows), "{grows}");
    let funnel = prints("rank", &["--format", "csv", "--dispersion", "145.1"], "");
    assert_eq!(sets(&funnel).iter().filter(|set| set.0 == "1").count(), 34);
    let text = prints("rank", &[], "");
    let readme = blocks().into_iter().find(|block| block.contains("Rank set")).unwrap();
    for part in readme.split("[...]\n") {
        assert!(text.contains(part), "the README shows other sets than\n{text}");
    }
}

#[test]
fn rank_takes_every_option_and_refuses_in_one_line() {
    let input = "area,count,population\nA,90,1000\nB,40,1000\nC,,1000\nD,0,500\nE,1,\n";
    let options = ["-", "--format", "csv", "--leave-out-invalid"];
    let with = |more: &[&str]| prints("rank", &[&options[..], more].concat(), input);
    let csv = with(&[]);
    let own = |low: &str, high: &str| (low.to_owned(), high.to_owned());
    assert_eq!(sets(&csv), [own("1", "1"), own("2", "2"), own("", ""), own("3", "3"), own("", "")]);
    assert_eq!(column(&csv, "note")[2..], ["count left blank", "", "population not given, so no rate"]);
    assert_eq!(sets(&with(&["--order", "lowest"]))[0], own("3", "3"));
    assert_eq!(sets(&with(&["--confidence", "0.9999999"]))[0], own("1", "2"));
    assert_eq!(sets(&with(&["--dispersion", "9"]))[1], own("1", "2"));
    assert_eq!(sets(&with(&["--exclude", "A", "--method", "mid-p"]))[1], own("1", "1"));
    let json: serde_json::Value = serde_json::from_str(&prints("rank", &["--format", "json"], "")).unwrap();
    assert_eq!((&json["sets"]["family"], &json["replicate"]["law"]), (&"simultaneous".into(), &"poisson".into()));
    assert!(json["notes"].as_array().unwrap().iter().any(|note| note["topic"] == "rank-sets"));
    assert!(json["rows"][0]["p_lowest"].is_f64());
    assert!(serde_json::from_value::<crimerate::RankReport>(json).is_ok());
    for (arguments, expected) in [
        (["--ties", "dense"], "dense ranks have no confidence sets"),
        (["--ties=dense", "--method=distribution"], "dense ranks have no intervals in replicate years"),
        (
            ["--law=gamma-poisson", "--dispersion=2"],
            "the argument '--law <LAW>' cannot be used with '--dispersion <PHI>'",
        ),
        (
            ["--dispersion", "1000001"],
            "invalid value '1000001' for '--dispersion <PHI>': 1000001 is not a dispersion within areas: it has to be from 0 to 1,000,000",
        ),
        (
            ["--sets", "both"],
            "invalid value 'both' for '--sets <FAMILY>': \"both\" is not a family of rank sets: choose marginal or simultaneous",
        ),
    ] {
        let output = run("rank", &arguments, "");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("error: {expected}\n"));
    }
}

#[test]
fn rank_gives_the_ranks_of_replicate_years() {
    let csv = |options: &[&str]| prints("rank", &[&["--format", "csv"], options].concat(), "");
    let [exact, mid_p, years] = ["exact", "mid-p", "distribution"].map(|method| csv(&["--method", method]));
    let number =
        |csv: &str, name: &str| -> Vec<f64> { column(csv, name).iter().filter_map(|cell| cell.parse().ok()).collect() };
    for name in ["p_highest", "p_lowest"] {
        assert_eq!(column(&exact, name), column(&years, name));
        assert_eq!(column(&exact, name), column(&mid_p, name));
        assert_eq!(number(&exact, name).len(), 37);
        assert!((number(&exact, name).iter().sum::<f64>() - 1.0).abs() < 1e-3, "joint places are rare");
    }
    let durham = column(&exact, "area").iter().position(|area| area == "Durham").unwrap();
    assert_eq!((&*sets(&exact)[durham].0, &*sets(&years)[durham].0), ("35", "36"));
    let inside = sets(&exact).into_iter().zip(sets(&years)).filter(|(set, _)| !set.0.is_empty());
    for (set, interval) in inside {
        let [low, high, from, to] = [set.0, set.1, interval.0, interval.1].map(|end| end.parse::<u32>().unwrap());
        assert!(low <= from && from <= to && to <= high, "in this table, sets hold the intervals");
    }
    let width =
        |csv: &str| number(csv, "rank_upper").iter().sum::<f64>() - number(csv, "rank_lower").iter().sum::<f64>();
    let wider = csv(&["--method", "distribution", "--dispersion", "2.2"]);
    assert!(width(&wider) > width(&years));
    assert_ne!(column(&csv(&["--law", "gamma-poisson"]), "p_lowest"), column(&exact, "p_lowest"));
    let text = prints("rank", &["--method", "distribution", "--dispersion", "2.2"], "");
    assert!(text.lines().next().unwrap().ends_with("  Rank interval  P(highest)  P(lowest)"), "{text}");
    for line in [
        "\nRank intervals: between equal tails of replicate years, holding 95 % of them or more; no confidence sets.\n",
        "\nVariation within areas between periods: phi_w 2.2 (as given).\n",
        "\nNot simulated: what is cut off the laws changes no probability by more than 1e-12.\n",
    ] {
        assert!(text.contains(line), "{line}is not in\n{text}");
    }
}

/// Where a table is too large for the distribution, the sets come without probabilities and say why.
#[test]
fn rank_says_why_there_are_no_probabilities() {
    let input = "area,count,population\nA,900000000000000,1000000000000000\nB,5,10\nC,,4\n";
    let why = "A: the count 900,000,000,000,000 and those before it spread over more than 33,554,432 possible counts in replicate years";
    let csv = prints("rank", &["-", "--format", "csv"], input);
    assert_eq!(column(&csv, "p_highest"), ["", "", ""]);
    assert_eq!(column(&csv, "note"), [why, why, "count left blank"]);
    let text = prints("rank", &["-"], input);
    assert!(text.lines().next().unwrap().ends_with("  Rank set"), "{text}");
    assert!(text.ends_with(&format!("\nP(highest), P(lowest): none, {why}.\n")), "{text}");
    let output = run("rank", &["-", "--method", "distribution"], input);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("error: {why}\n"));
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
fn rank_simulates_where_it_can() {
    let options = ["--method", "simulation", "--replicates", "2000", "--seed", "7"];
    if !cfg!(feature = "simulation") {
        let output = run("rank", &options, "");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        let expected =
            "error: simulation is a feature that this program was built without: run it with `--features simulation`\n";
        assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
        return;
    }
    let csv = |options: &[&str]| prints("rank", &[options, &["--format", "csv"]].concat(), "");
    let (found, exact) = (csv(&options), csv(&["--method", "distribution"]));
    assert_eq!(found, csv(&options));
    let p = |csv: &str| -> Vec<f64> { column(csv, "p_lowest").iter().filter_map(|cell| cell.parse().ok()).collect() };
    for (found, exact) in p(&found).into_iter().zip(p(&exact)) {
        assert!((found - exact).abs() <= 5.0 * (exact * (1.0 - exact) / 2_000.0).sqrt() + 0.004, "{found} {exact}");
    }
    // Beside sets the same probabilities, on request.
    let (beside, sets) = (csv(&["--replicates", "2000", "--seed", "7"]), csv(&[]));
    for heading in ["p_highest", "p_lowest"] {
        assert_eq!(column(&beside, heading), column(&found, heading));
    }
    assert_eq!(column(&beside, "rank_upper"), column(&sets, "rank_upper"));
    let text = prints("rank", &options, "");
    assert!(text.contains("\nSimulated: 2,000 replicates from seed 7 by xoshiro256++; standard error"), "{text}");
    assert!(text.contains("  >0.9995    <0.0005\n"), "{text}");
}

/// Exact sets are not below their level by more than three standard errors, where chance alone is at work.
#[test]
fn rank_coverage_prints_the_study_of_the_documentation() {
    let study = prints("rank_coverage", &[], "");
    assert!(include_str!("../docs/ranks.md").contains(&study), "docs/ranks.md shows another study than\n{study}");
    let exact = study.lines().filter(|line| line.starts_with("exact")).take(3);
    let figures: Vec<Vec<f64>> =
        exact.map(|line| line.split_whitespace().skip(1).map(|cell| cell.parse().unwrap()).collect()).collect();
    assert_eq!(figures.len(), 3);
    for line in figures {
        assert!(line[0] >= 94.1 && line[4] >= 94.1, "{line:?}");
    }
}

/// The elements of a picture in their order, each with its text; its tags are closed and its text is escaped.
fn elements(svg: &str) -> Vec<(&str, &str)> {
    let (mut found, mut open) = (Vec::new(), Vec::new());
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        assert!(tag.matches('"').count().is_multiple_of(2), "{tag}");
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        for entity in text.split('&').skip(1) {
            assert!(["lt;", "gt;", "amp;", "quot;", "apos;"].iter().any(|known| entity.starts_with(known)), "{text}");
        }
        let name = tag.trim_end_matches('/').split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed)),
            None => {
                assert!(name == "svg" || !open.is_empty(), "{name} is outside the picture");
                found.push((name, text.trim()));
                open.extend(Some(name).filter(|_| !tag.ends_with('/')));
            }
        }
    }
    assert!(open.is_empty() && svg.starts_with("<svg "), "{open:?}");
    found
}

/// Output and picture of an example that draws one.
fn draws(name: &str, arguments: &[&str], input: &str) -> (String, String) {
    static DRAWN: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let place = DRAWN.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let file = std::env::temp_dir().join(format!("crimerate-plot-{}-{place}.svg", std::process::id()));
    let text = prints(name, &[arguments, &["--plot", file.to_str().unwrap()]].concat(), input);
    let svg = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    (text, svg)
}

fn says(svg: &str, text: &str) -> bool {
    elements(svg).contains(&("text", text))
}

#[test]
fn funnel_draws_what_it_prints() {
    let options = ["--dispersion", "additive"];
    let (text, svg) = draws("funnel", &options, "");
    assert_eq!(text, prints("funnel", &options, ""));
    assert!(svg == include_str!("../docs/funnel.svg"), "docs/funnel.svg is not what the program draws");
    let names = column(&prints("funnel", &["--dispersion=additive", "--format=csv"], ""), "area");
    let named: Vec<&String> = names.iter().filter(|name| says(&svg, name)).collect();
    assert_eq!(named, ["Devon and Cornwall", "Durham", "Metropolitan Police"]);
    for shown in [
        "Funnel plot of 37 areas: offences with a knife or sharp instrument, year to March 2020",
        "average: pooled, 83.6 per 100,000 over 37 areas",
        "Rate per 100,000",
        "Expected count (average rate times population)",
        "by chance alone",
    ] {
        assert!(says(&svg, shown), "{shown}");
    }
    // A filled circle for each outside and its key, a ring on white for each within and one more for its key.
    assert_eq!(elements(&svg).iter().filter(|(name, _)| *name == "circle").count(), 3 + 1 + 2 * 34 + 1);
    assert!(svg.contains("Home Office and ONS"));

    let by_chance = draws("funnel", &[], "").1;
    assert!(says(&by_chance, "West Midlands") && !says(&by_chance, "by chance alone"));
    assert!(says(&draws("funnel", &["--leave-out-self"], "").1, "Count over expected count"));
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/recorded_crime_2017_18.csv");
    let crime = draws("funnel", &[file, "--leave-out-invalid", "--per", "1000"], "").1;
    assert!(says(&crime, "Expected count (average rate times population), logarithmic"));
    assert!(says(&crime, "City of London (674.7, off the scale)"));
}

#[test]
fn rank_draws_what_it_prints() {
    let (text, svg) = draws("rank", &[], "");
    assert_eq!(text, prints("rank", &[], ""));
    assert!(svg == include_str!("../docs/rank_sets.svg"), "docs/rank_sets.svg is not what the program draws");
    let csv = prints("rank", &["--format", "csv"], "");
    let mut ranked: Vec<(usize, String)> = column(&csv, "rank")
        .iter()
        .zip(column(&csv, "area"))
        .filter_map(|(rank, area)| Some((rank.parse().ok()?, area)))
        .collect();
    ranked.sort();
    let shown: Vec<&str> = elements(&svg).iter().filter(|(name, _)| *name == "text").map(|(_, text)| *text).collect();
    let drawn: Vec<&str> = shown.into_iter().filter(|text| ranked.iter().any(|(_, area)| area == text)).collect();
    assert_eq!(drawn, ranked.iter().map(|(_, area)| area).collect::<Vec<_>>());
    let what = "offences with a knife or sharp instrument, year to March 2020";
    assert!(says(&svg, &format!("37 areas, simultaneous rank sets at 95 %: {what}")));
    let others = draws("rank", &["-", "--sets=marginal", "--confidence=0.9", "--order=lowest"], SMALL).1;
    assert!(says(&others, "3 areas, marginal rank sets at 90 %") && says(&others, "Rank (1: lowest rate)"));
    let years = draws("rank", &["-", "--method", "distribution"], SMALL).1;
    assert!(says(&years, "3 areas, rank intervals in replicate years at 95 %"));
}

#[test]
fn pictures_hold_any_name() {
    let input = "area,count,population\n\"<A> & 'B' \"\"C\"\"\",900,1000\nD\u{1}\u{ffff}E,4,1000\nF,1,900\n";
    for example in ["funnel", "rank"] {
        let svg = draws(example, &["-"], input).1;
        assert!(says(&svg, "&lt;A&gt; &amp; &apos;B&apos; &quot;C&quot;"), "{svg}");
        assert!(!svg.contains('\u{ffff}') && says(&svg, "D  E"));
    }
}

#[test]
fn pictures_are_refused_in_one_line_and_never_half_written() {
    let folder = std::env::temp_dir().join(format!("crimerate-no-plot-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let inside = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (nowhere, taken) = (inside("nowhere/plot.svg"), inside("folder.svg"));
    std::fs::create_dir(&taken).unwrap();
    let ending = "pictures are SVG, so the name of one ends in .svg";
    for example in ["funnel", "rank"] {
        for name in ["plot.png", "plot", ".svg"] {
            let file = inside(name);
            let output = run(example, &["--plot", &file], "");
            assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
            let expected = format!("error: invalid value '{file}' for '--plot <FILE.svg>': {ending}\n");
            assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
        }
        for place in [&nowhere, &taken] {
            let output = run(example, &["--plot", place], "");
            assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
            let error = String::from_utf8(output.stderr).unwrap();
            assert!(error.starts_with(&format!("error: {place}: ")) && error.lines().count() == 1, "{error}");
        }
        let output = run(example, &["-", "--plot", &inside("plot.svg")], "area,count,population\nA,x,1\n");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    }
    let nothing = "area,count,population\nA,0,1000\nB,0,500\n";
    let output = run("funnel", &["-", "--plot", &inside("plot.svg")], nothing);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let expected = "error: there is nothing to draw: no area has an expected count\n";
    assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
    // Both are empty still, or else they could not be removed.
    std::fs::remove_dir(&taken).unwrap();
    std::fs::remove_dir(&folder).unwrap();
}
