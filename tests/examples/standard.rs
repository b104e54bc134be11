//! What `standardise`, `weighted` and `standard_coverage` print.

use crate::program::{File, column, prints, run, without_cures};
use crimerate::league::{ScoreReport, StandardisedReport};

const STRATA: &str = "area,stratum,count,population\nCoast,0-64,90,60000\nCoast,65+,20,40000\nInland,0 to 64,120,90000\n\
                      Inland,65 and over,4,10000\nIsland,65+,1,300\nIsland,0-64,[c],700\n";

fn fault(example: &str, options: &[&str], input: &str) -> String {
    let output = run(example, &[&["-"], options].concat(), input);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    without_cures(&String::from_utf8(output.stderr).unwrap())
}

#[test]
fn standardise_prints_rates_beside_crude_ones() {
    let print = |options: &[&str]| prints("standardise", &[&["-", "--per", "1000"], options].concat(), STRATA);
    let csv = print(&["--format", "csv"]);
    let columns =
        "area,code,count,population,crude,rate,lower,upper,expected,ratio,ratio_lower,ratio_upper,rank,crude_rank,note";
    assert_eq!(csv.lines().next(), Some(columns));
    assert_eq!(column(&csv, "rank"), ["1", "2", ""]);
    assert_eq!(column(&csv, "crude_rank"), ["2", "1", ""]);
    assert_eq!(column(&csv, "note"), ["", "", "count of 0-64 suppressed"]);
    assert_eq!(column(&csv, "count"), ["110", "124", ""]);
    let rate: f64 = column(&csv, "rate")[0].parse().unwrap();
    assert!((rate - (0.75 * 1.5 + 0.25 * 0.5)).abs() < 1e-14, "{rate}"); // 150,000 and 50,000 people of both that take part
    let text = print(&[]);
    assert!(
        text.contains(
            "Places: 2 of 2 areas have another rank than by crude rates: Coast from 2 to 1, Inland from 1 to 2."
        ),
        "{text}"
    );
    assert!(text.contains("Left out: Island, count of 0-64 suppressed."), "{text}");
    let json: StandardisedReport = serde_json::from_str(&print(&["--format", "json", "--limits", "tiwari"])).unwrap();
    assert_eq!(json.rows().len(), 3);
    let indirect = print(&["--format", "csv", "--method", "indirect", "--interval", "byar"]);
    let expected: f64 = column(&indirect, "expected")[0].parse().unwrap();
    assert!((expected - (60.0 * 210.0 / 150.0 + 40.0 * 24.0 / 50.0)).abs() < 1e-12, "{expected}");
    let ratio: f64 = column(&indirect, "ratio")[0].parse().unwrap();
    assert!((ratio - 110.0 / expected).abs() < 1e-14, "{ratio}");
    let few = "area,stratum,count,population\nA,m,4,1000\nA,f,5,1000\nB,m,4,1000\nB,f,6,1000\n";
    let few = prints("standardise", &["-", "--limits", "ohid", "--format", "csv"], few);
    assert_eq!(column(&few, "rate"), ["", "500"]);
    assert!(column(&few, "note")[0].starts_with("fewer than 10 are counted in all"), "{few}");
}

#[test]
fn limits_of_the_other_method_are_refused() {
    assert_eq!(
        fault("standardise", &["--method", "indirect", "--limits", "dobson"], STRATA),
        "error: --limits: those are of the direct method; indirectly standardised rates have --interval\n"
    );
    assert_eq!(
        fault("standardise", &["--interval", "byar"], STRATA),
        "error: --interval: that is of the indirect method; directly standardised rates have --limits\n"
    );
}

#[test]
fn strata_of_two_columns_and_limits_that_allow_for_variation() {
    let file = "area,age,sex,count,Mid-2018 population\nA,m,F,90,600\nA,m,M,80,600\nA,o,F,20,400\nA,o,M,25,400\n";
    let columns = ["-", "--stratum-column", "age", "--stratum-column", "sex"];
    let print = |options: &[&str]| prints("standardise", &[&columns, options].concat(), file);
    let text = print(&["--dispersion", "2.2", "--widening", "quasi"]);
    let told = "Intervals: dobson at 95 %, quasi by phi_w 2.2 (as given), for variation within areas between periods.";
    assert!(text.contains(told) && text.contains("in 4 strata"), "{text}");
    let upper = |options: &[&str]| {
        column(&print(&[options, &["--format", "csv"]].concat()), "upper")[0].parse::<f64>().unwrap()
    };
    assert!(upper(&["--dispersion", "2.2"]) > upper(&[]));
    let indirect = ["--method", "indirect"];
    assert!(upper(&[&indirect[..], &["--dispersion", "2.2"]].concat()) > upper(&indirect));
    let scores = |options: &[&str]| {
        let scores = prints("weighted", &[&["--format", "csv", "--exclude", "Kent"], options].concat(), "");
        column(&scores, "upper")[0].parse::<f64>().unwrap()
    };
    assert!(scores(&["--dispersion", "2.2"]) > scores(&[]));
}

#[test]
fn a_total_among_strata_and_other_months_are_refused() {
    let total = format!("{STRATA}Coast,All ages,110,100000\nInland,All ages,124,100000\nIsland,All ages,[c],1000\n");
    let error = fault("standardise", &[], &total);
    assert!(
        error.starts_with("error: All ages: in every area it has the count and the population of all other"),
        "{error}"
    );
    let months = |head: &str| format!("area,{head},count,population,length\nA,x,3,900,12\nA,y,4,900,6\n");
    for (example, head) in [("standardise", "stratum"), ("weighted", "offence")] {
        let error = fault(example, &["--months-column", "length"], &months(head));
        assert!(error.starts_with("error: A: y: row 3: the count covers 6 months: "), "{error}");
    }
}

#[test]
fn standardise_takes_a_standard_and_refuses_what_does_not_match() {
    let standard = File::of("standard", "stratum,population\n65 and over,1\n0-64,\"3,000\"\n");
    let csv = prints("standardise", &["-", "--standard", standard.path(), "--format", "csv", "--per", "1"], STRATA);
    let rate: f64 = column(&csv, "rate")[0].parse().unwrap();
    assert!((rate - (3_000.0 * 0.0015 + 0.0005) / 3_001.0).abs() < 1e-17, "{rate}");
    let reference = File::of("reference", "stratum,count,population\n0-64,10,10000\n65+,1,4000\n");
    let csv = prints(
        "standardise",
        &["-", "--method", "indirect", "--standard", reference.path(), "--format", "csv"],
        STRATA,
    );
    assert_eq!(column(&csv, "expected")[0].parse::<f64>().unwrap(), 70.0);
    let short = File::of("short", "stratum,population\n0-64,3000\n");
    let error = fault("standardise", &["--standard", short.path()], STRATA);
    let message = "error: the standard population has no stratum \"65+\", which the areas have: give a standard that has it, or merge strata\n";
    assert_eq!(error, message);
    let lacking = "area,stratum,count,population\nA,m,1,10\nA,f,1,0\nB,m,1,10\nB,x,?,10\n";
    let error = fault("standardise", &[], lacking);
    assert_eq!(error.lines().count(), 2, "{error}");
    assert!(error.starts_with("error: A: f: row 3, column population: population is zero"), "{error}");
    let error = fault("standardise", &[], "area,stratum,count,population\nA,m,1,10\nA,f,1,9\nB,m,1,10\n");
    assert!(error.starts_with("error: B: row 4: the area has no stratum \"f\", which other areas have"), "{error}");
}

#[test]
fn weighted_scores_the_embedded_figures() {
    let csv = prints("weighted", &["--format", "csv"], "");
    assert_eq!(csv.lines().next(), Some("area,code,count,score,population,rate,lower,upper,rank,note"));
    let (areas, counts) = (column(&csv, "area"), column(&csv, "count"));
    let table =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/recorded_crime_2017_18.csv"))
            .unwrap();
    let (names, published) = (column(&table, "area"), column(&table, "count"));
    for (area, count) in areas.iter().zip(&counts).filter(|(area, _)| *area != "City of London") {
        let place = names.iter().position(|name| name == area).unwrap();
        assert_eq!(count, &published[place], "{area}");
    }
    assert_eq!(areas.len(), 43);
    // By hand from the counts and weights of the files, in Python.
    let here = areas.iter().position(|area| area == "West Midlands").unwrap();
    let figure = |name: &str| column(&csv, name)[here].parse::<f64>().unwrap();
    for (name, expected) in [
        ("score", WEST_MIDLANDS[0]),
        ("rate", WEST_MIDLANDS[1]),
        ("lower", WEST_MIDLANDS[2]),
        ("upper", WEST_MIDLANDS[3]),
    ] {
        assert!((figure(name) / expected - 1.0).abs() < 1e-12, "{name}: {}", figure(name));
    }
    let text = prints("weighted", &[], "");
    assert!(text.contains("Not checked: the scores, as no score published for this year"), "{text}");
    let json: ScoreReport =
        serde_json::from_str(&prints("weighted", &["--format", "json", "--limits", "fay-feuer"], "")).unwrap();
    assert_eq!(json.rows().len(), 43);
}

/// Points, score per 1,000, and Dobson's limits at 95 %.
const WEST_MIDLANDS: [f64; 4] =
    [45_298_601.127_581_84, 15_531.836_491_541_862, 15_376.323_310_790_745, 15_687.825_838_547_962];

#[test]
fn weighted_takes_weights_and_says_what_has_none() {
    let counts = "area,offence,count,population\nA,robbery,2,1000\nA,theft,30,1000\nB,robbery,1,500\nB,theft,0,500\nC,theft,5,500\n";
    let weights = File::of("weights", "offence,weight\nRobbery,800\n");
    let error = fault("weighted", &["--weights", weights.path()], counts);
    assert_eq!(
        error,
        "error: the list of weights has no offence \"theft\", which the areas have: give it a weight, or leave such offences out\n"
    );
    let options = ["-", "--weights", weights.path(), "--leave-out-unweighted"];
    let csv = prints("weighted", &[&options[..], &["--format", "csv"]].concat(), counts);
    assert_eq!(column(&csv, "score"), ["1600", "800", ""]);
    assert_eq!(column(&csv, "rate"), ["1600", "1600", ""]);
    assert_eq!(column(&csv, "rank"), ["1", "1", ""]);
    assert_eq!(column(&csv, "note")[2], "count of robbery without a record");
    let text = prints("weighted", &options, counts);
    assert!(text.contains("Without a weight, and so in no score: theft, 90.9 % of all that was counted."), "{text}");
    let zero = prints("weighted", &[&options[..], &["--format", "csv", "--absent", "zero"]].concat(), counts);
    assert_eq!(column(&zero, "score"), ["1600", "800", "0"]);
    let error = fault("weighted", &[], "area,offence,count,population\nA,34B,2,1000\nA,1,0,999\n");
    assert_eq!(error, "error: A: 1: row 3: population is 999 here and 1,000 there, so the two cannot be compared\n");
}

/// Round people and few offences do not show together that an area is the others, but each offence does.
#[test]
fn a_total_among_areas_is_noticed_offence_by_offence() {
    let file = |off: u32| {
        let more = 26 + off;
        format!(
            "area,offence,count,population\nKent,34B,3,40000\nKent,58C,8,40000\nKent,46,11,40000\nEssex,34B,0,30000\nEssex,58C,5,30000\nEssex,46,9,30000\n\
             Surrey,34B,4,20000\nSurrey,58C,3,20000\nSurrey,46,6,20000\nHere,34B,7,90000\nHere,58C,16,90000\nHere,46,{more},90000\n"
        )
    };
    let note = "Compared as areas, and perhaps totals: Here (in all 3 offences the sum of Kent, Essex, Surrey).";
    let text = prints("weighted", &["-"], &file(0));
    assert!(text.contains(note), "{text}");
    assert!(!prints("weighted", &["-"], &file(1)).contains("perhaps totals"));
    assert!(!prints("weighted", &["-", "--total", "Here"], &file(0)).contains("perhaps totals"));
    let strata = file(0)
        .replace("offence", "stratum")
        .replace(",34B,", ",0-15,")
        .replace(",58C,", ",16-64,")
        .replace(",46,", ",65+,");
    let text = prints("standardise", &["-"], &strata);
    assert!(text.contains(&note.replace("offences", "strata")), "{text}");
}

#[test]
fn the_study_of_limits_is_the_one_that_is_documented() {
    let printed = prints("standard_coverage", &[], "");
    let methods = include_str!("../../docs/methods/standard.md");
    assert!(methods.contains(printed.trim_end()), "{printed}");
}

/// An area that is to be left out is, whatever is wrong with its rows.
#[test]
fn an_excluded_area_is_left_out_before_its_strata_are_looked_at() {
    let sound = "area,stratum,count,population\nA,0-64,90,60000\nA,65+,20,40000\nB,0-64,120,90000\nB,65+,4,10000\n";
    for faulty in ["C,0-64,5,700\nC,65+,1,0\n", "C,0-64,5,700\n", "C,0-64,5,700\nC,65+,-3,90\n", "C,all,5,700\n"] {
        let file = format!("{sound}{faulty}");
        assert_eq!(run("standardise", &["-"], &file).status.code(), Some(1), "{faulty}");
        let csv = prints("standardise", &["-", "--exclude", "C=no one lives there", "--format", "csv"], &file);
        assert_eq!(column(&csv, "note"), ["", "", "excluded: no one lives there"], "{faulty}");
        let without = prints("standardise", &["-", "--format", "csv"], sound);
        assert!(csv.starts_with(&without), "{csv}{without}");
        let json = prints("standardise", &["-", "--exclude", "C", "--format", "json"], &file);
        let report: StandardisedReport = serde_json::from_str(&json).unwrap();
        assert_eq!(report.rows()[2].note.as_deref(), Some("excluded: by request"));
    }
    let offences = "area,offence,count,population\nA,34B,5,900\nC,34B,-1,0\nB,34B,6,900\n";
    let csv = prints("weighted", &["-", "--exclude", "C", "--format", "csv"], offences);
    assert_eq!(column(&csv, "note"), ["", "excluded: by request", ""]);
    assert_eq!([column(&csv, "count"), column(&csv, "rank")], [["5", "", "6"], ["2", "", "1"]]);
    let json = prints("weighted", &["-", "--exclude", "C", "--format", "json"], offences);
    let report: ScoreReport = serde_json::from_str(&json).unwrap();
    assert_eq!(report.rows().len(), 3);
}

#[test]
fn rows_of_both_sexes_are_added_up_with_their_people() {
    let rows = |sexes: &[&str]| {
        let mut file = "area,age,sex,count,population\n".to_owned();
        for (place, area) in ["A", "B"].into_iter().enumerate() {
            for (at, age) in ["0-64", "65+"].into_iter().enumerate() {
                for (more, sex) in sexes.iter().enumerate() {
                    let (count, people) = (20 + 7 * place + 3 * at + more, 6_000 + 900 * place + 400 * at + 70 * more);
                    file += &format!("{area},{age},{sex},{count},{people}\n");
                }
            }
        }
        file
    };
    let both = rows(&["F", "M"]);
    let output = run("standardise", &["-"], &both);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(
        told.contains(
            "2 areas have several rows of one stratum, such as rows 2 and 3, which differ in `sex` (F and M): take only"
        ),
        "{told}"
    );
    assert!(told.contains("--sum, or --stratum-column HEADING for each)"), "{told}");
    let csv = prints("standardise", &["-", "--sum", "--format", "csv"], &both);
    let people = |place: usize| {
        (0..2).flat_map(|at| (0..2).map(move |more| 6_000 + 900 * place + 400 * at + 70 * more)).sum::<usize>()
    };
    assert_eq!(column(&csv, "population"), [people(0).to_string(), people(1).to_string()]);
    let text = prints("standardise", &["-", "--sum"], &both);
    assert!(
        text.contains("Added up, with their populations: 4 rows of 2 areas in a stratum, which differ in sex"),
        "{text}"
    );
    // Rows on the same people, such as those of quarters, are added up on these.
    let quarters = "area,age,quarter,count,population\nA,0-64,2020 Q1,5,600\nA,0-64,2020 Q2,6,600\nA,65+,2020 Q1,5,300\nA,65+,2020 Q2,5,300\n";
    let output = run("standardise", &["-", "--sum"], quarters);
    assert!(!String::from_utf8(output.stdout).unwrap().contains("with their populations"));
    // By sex and quarter some people would be there twice.
    let twice = both.replace("sex,", "sex,quarter,").replace("F,", "F,2020 Q1,").replace("M,", "M,2020 Q1,");
    let twice =
        format!("{twice}{}", twice.lines().skip(1).map(|line| line.replace("Q1", "Q2") + "\n").collect::<String>());
    let told = fault("standardise", &["--sum"], &twice);
    assert!(told.contains("no one column tells them apart as groups of people"), "{told}");
}

#[test]
fn what_was_checked_of_scores_is_told_everywhere() {
    let json: serde_json::Value = serde_json::from_str(&prints("weighted", &["--format", "json"], "")).unwrap();
    assert!(json["checked"].as_str().unwrap().starts_with("Checked: the counts of each force"));
    let csv = prints("weighted", &["--format", "csv"], "");
    for (note, score) in column(&csv, "note").iter().zip(column(&csv, "score")) {
        let checked = note.ends_with("no published score was at hand to check this one against");
        assert_eq!(checked, !score.is_empty(), "{note}");
    }
    let text = prints("weighted", &[], "");
    assert!(text.contains("Shares of all scores, those that bring most: Burglary - residential (28E) "), "{text}");
    let weights = File::of("own-weights", "offence,weight\n34B,800\n");
    let text = prints("weighted", &["-", "--weights", weights.path()], "area,offence,count,population\nA,34B,5,900\n");
    let name = std::path::Path::new(weights.path()).file_name().unwrap().to_str().unwrap();
    assert!(text.contains(&format!("times {name},")), "{text}");
}
