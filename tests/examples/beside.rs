//! What is done about areas, where there are two tables or a series.

use crate::program::{File, prints, run};

const BEFORE: &str = "area,count,population\nEngland,1505,4240000\nAvon,380,1000000\nBrent,250,890000\nCorby,235,850000\n\
                      Derry,420,800000\nEssex,220,700000\n";
const NOW: &str = "area,count,population\nEngland,1655,4250000\nAvon,400,1000000\nBrent,300,900000\nCorby,255,850000\n\
                   Derry,500,800000\nEssex,200,700000\n";
const YEARS: &str = "area,period,count,population\nEngland,2019,1505,4240000\nAvon,2019,380,1000000\nBrent,2019,250,890000\n\
                     Corby,2019,235,850000\nDerry,2019,420,800000\nEssex,2019,220,700000\nUnassigned,2019,4,0\n\
                     England,2020,1672,4250000\nAvon,2020,400,1000000\nBrent,2020,300,900000\nCorby,2020,255,850000\n\
                     Derry,2020,500,800000\nEssex,2020,200,700000\nUnassigned,2020,17,0\n";

fn fails(example: &str, arguments: &[&str], input: &str) -> String {
    let output = run(example, arguments, input);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// Its rank was 4 of 4 and is 3 of 4: with the total and the area left out among those before it would be 5 of 6.
#[test]
fn claims_do_the_same_about_areas_before() {
    let before = File::of("beside-before", BEFORE);
    let claims = |options: &[&str]| prints("claims", &[&["-", "--before", before.path()], options].concat(), NOW);
    let text = claims(&["--total", "England", "--exclude", "Corby", "--moved", "Brent", "4", "3"]);
    assert!(text.contains("Brent moved from 4th to 3rd highest: true of the figures but not certain."), "{text}");
    assert!(text.contains("Its rank was 4 of 4 areas and is 3 of 4 areas, highest first"), "{text}");
    for note in [
        "\n4 of 6 areas compared.\n",
        "\nLeft out: Corby, excluded: by request (its rate is 30.0 per 100,000).\n",
        "\nTotal: England, the sum of all 5 others.\n",
        "\nEarlier: Left out: Corby, excluded: by request (its rate is 27.6 per 100,000).\n",
    ] {
        assert_eq!(text.matches(note).count(), 1, "{note}\n{text}");
    }
    // Each table by its own people: Brent had too few before.
    let small = claims(&["--total", "England", "--min-population", "900000", "--moved", "Avon", "1", "2"]);
    assert!(small.contains("Its rank was 1 of 1 area and is 1 of 2 areas"), "{small}");
    assert!(small.contains("Compared now alone, which moves ranks by itself: Brent."), "{small}");
    // Without a word about the total before it is told of.
    let told = prints(
        "claims",
        &["-", "--before", before.path(), "--rose", "Derry"],
        &NOW.replace("England,1655,4250000\n", ""),
    );
    assert!(
        told.contains("\nEarlier: Compared as areas, and perhaps totals: England (the sum of all 5 others).\n"),
        "{told}"
    );
    // An area that one of the tables lacks, and one that both do.
    let without = NOW.replace("Essex,200,700000\n", "");
    let gone = prints("claims", &["-", "--before", before.path(), "--exclude", "Essex", "--rose", "Derry"], &without);
    assert!(
        gone.contains("\nEarlier: Left out: Essex, excluded: by request (its rate is 31.4 per 100,000).\n"),
        "{gone}"
    );
    let changes = prints("changes", &[before.path(), "-", "--exclude", "Essex"], &without);
    assert!(changes.contains("Left out: Essex, only in the earlier table"), "{changes}");
    let unknown = fails("claims", &["-", "--before", before.path(), "--exclude", "Exeter", "--rose", "Derry"], NOW);
    assert_eq!(unknown, "error: no area has the name or code \"Exeter\"\n");
    let unknown = fails("changes", &[before.path(), "-", "--exclude", "Exeter"], NOW);
    assert_eq!(unknown, "error: no area has the name or code \"Exeter\"\n");
    let count = fails("claims", &["-", "--before", before.path(), "--unplaced", "Sea=7", "--rose", "Derry"], NOW);
    assert_eq!(count, "error: --unplaced Sea=7: these are two tables, so give it a row for each\n");
}

#[test]
fn claims_of_a_series_alone_take_what_is_to_be_done_about_areas() {
    let claims =
        |options: &[&str]| prints("claims", &[&["--series", "-", "--total", "England"], options].concat(), YEARS);
    let text = claims(&["--unplaced", "Unassigned", "--exclude", "Essex", "--highest", "Derry", "--rose", "Derry"]);
    for told in [
        "\n4 of 7 areas compared.\n",
        "\nIn no area: 17 of 1,472 counted (1 %), Unassigned. They are in no rate and in no average, so every rate is somewhat too low.\n",
        "\nLeft out: Essex, excluded: by request (its rate is 28.6 per 100,000).\n",
        "\nTotal: England, 17 more than all 5 others have together, on the same population of 4,250,000: that is what is in no area.\n",
        "rank 1 of the 4 areas compared",
        " as one of 4 areas, on either side (Holm)",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    let average = claims(&["--unplaced-in-average", "Unassigned", "--average-is", "Derry", "39.3"]);
    assert!(average.contains("Derry is compared with an average of 39.3 per 100,000: supported."), "{average}");
    let rounded =
        YEARS.replace("1672", "1675").replace(",17,0", ",15,0").replace("1505,", "1500,").replace(",4,0", ",0,0");
    let alone =
        ["--series", "-", "--total", "England", "--unplaced", "Unassigned", "--rounded-to", "5", "--highest", "Derry"];
    assert!(prints("claims", &alone, &rounded).contains("\nCounts are rounded to 5: supported is what is so"));
    let months =
        fails("claims", &["--series", "-", "--months", "6", "--highest", "Derry"], &YEARS.replace(",0\n", ",900\n"));
    assert_eq!(months, "error: --months: a series has the months of its periods\n");
}

/// In no area and not in the average, and in it: one of them would get lost.
#[test]
fn what_is_in_no_area_is_in_the_average_or_not() {
    let file = "area,count,population\nAvon,4,1000\nBrent,3,900\nSea,2,0\n";
    for example in ["compare", "claims", "rank", "smooth", "funnel"] {
        for options in [
            ["--unplaced", "Sea", "--unplaced-in-average", "Sea"],
            ["--unplaced-in-average", "Air=3", "--unplaced", "Air=3"],
        ] {
            let told = fails(example, &[&["-", "--unplaced", "Sea"][..], &options].concat(), file);
            assert!(
                told.contains(
                    ": --unplaced-in-average has it, too, so whether the average is to have it is not clear\n"
                ),
                "{told}"
            );
        }
        prints(example, &["-", "--unplaced", "Sea", "--unplaced", "Sea"], file);
    }
}

/// A month beside a year takes no population: <https://andrewpwheeler.com/2018/04/29/testing-changes-in-short-run-crime-patterns-the-poisson-e-test/>.
#[test]
fn counts_without_populations_are_sent_to_changes() {
    let file = "area,count,months,population\nprior year,192,12,\nthis month,25,1,\n";
    for example in ["compare", "claims", "rank"] {
        let told = fails(example, &["-"], file);
        assert!(told.starts_with("error: no row has a population, and a rate takes one"), "{told}");
        assert!(
            told.contains("compared by changes: changes FILE --period-column HEADING") && told.lines().count() == 1,
            "{told}"
        );
    }
    // Where some have one it is those without that are told.
    for heading in ["population", "residents"] {
        let told = fails("compare", &["-"], &format!("area,count,{heading}\nA,19,\nB,25,\nC,20,500\n"));
        assert!(told.starts_with("error: A: row 2, ") && told.lines().count() == 2, "{told}");
    }
    let text = prints("changes", &["-", "--period-column", "area"], file);
    assert!(text.contains("+56.3  -1.4 to +137.7  0.0571"), "{text}");
}

#[test]
fn counts_that_are_no_multiples_say_so() {
    let told = fails("compare", &["-", "--rounded-to", "10"], NOW);
    assert_eq!(told, "error: England: the area cannot be among counts that are rounded to 10: its count is 1,655\n");
}

/// Every claim that is given is checked, in its place, whichever others are.
#[test]
fn every_option_of_claims_may_be_given_twice_beside_any_other() {
    let of_one = "highest lowest above-average below-average rose fell";
    let of_figure = "rate average-is percent-above percent-below at-least-above at-least-below times more-than less-than at-least at-most \
                     change rose-at-least fell-at-least rose-a-year";
    let of_pair = "times-area more-than-area less-than-area at-least-area at-most-area percent-above-area";
    let years = YEARS
        .lines()
        .filter(|line| !line.starts_with("Unassigned"))
        .map(|line| format!("{line}\n"))
        .collect::<String>();
    let (before, series) = (File::of("twice-before", BEFORE), File::of("twice-series", &years));
    let mut all: Vec<Vec<&str>> = vec![vec!["between", "AREA", "30", "50"], vec!["moved", "AREA", "3", "2"]];
    all.extend(of_one.split_whitespace().map(|option| vec![option, "AREA"]));
    all.extend(of_figure.split_whitespace().map(|option| vec![option, "AREA", "2"]));
    all.extend(["among-highest", "among-lowest"].map(|option| vec![option, "AREA", "2"]));
    all.extend(["above-area", "below-area"].map(|option| vec![option, "AREA", "Brent"]));
    all.extend(of_pair.split_whitespace().map(|option| vec![option, "AREA", "Brent", "2"]));
    all.extend(["highest-since", "lowest-since"].map(|option| vec![option, "AREA", "2019"]));
    let help = String::from_utf8(run("claims", &["--help"], "").stdout).unwrap();
    let sentences = help.split("Sentences to check").nth(1).unwrap();
    assert_eq!(sentences.lines().filter(|line| line.trim_start().starts_with("--")).count(), all.len(), "{sentences}");
    for step in 1..all.len() {
        // Each option beside the one k places on.
        let pairs = (0..all.len()).step_by(7).map(|at| [&all[at], &all[(at + step) % all.len()]]);
        let mut given =
            vec!["-", "--before", before.path(), "--series", series.path(), "--total", "England", "--format", "csv"];
        let (options, mut expected) = (all.iter().map(|one| format!("--{}", one[0])).collect::<Vec<_>>(), Vec::new());
        let place = |one: &Vec<&str>| all.iter().position(|other| other == one).unwrap();
        for one in pairs.flatten() {
            for area in ["Avon", "Derry"] {
                given.push(&options[place(one)]);
                given.extend(one[1..].iter().map(|value| if *value == "AREA" { area } else { value }));
                expected.push(area);
            }
        }
        let areas = crate::program::column(&prints("claims", &given, NOW), "area");
        assert_eq!(areas, expected, "{given:?}");
    }
}
