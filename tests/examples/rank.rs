//! What `rank` prints.

use crate::program::{column, prints, run, without_cures};
use crate::readme::blocks_of;

fn sets(csv: &str) -> Vec<(String, String)> {
    column(csv, "rank_lower").into_iter().zip(column(csv, "rank_upper")).collect()
}

#[test]
fn rank_prints_the_sets_of_the_knife_figures() {
    let csv = prints("rank", &["--format", "csv"], "");
    assert_eq!(
        csv.lines().next(),
        Some("area,code,count,population,months,rate,rank,rank_lower,rank_upper,p_highest,p_lowest,note")
    );
    let others =
        [["--sets", "marginal"], ["--dispersion", "2.2"], ["--dispersion", "10"], ["--method", "distribution"]]
            .map(|options| prints("rank", &[&["--format", "csv"], &options[..]].concat(), ""));
    let (areas, ranks) = (column(&csv, "area"), column(&csv, "rank"));
    let shown: Vec<&str> =
        include_str!("../../docs/ranks.md").lines().filter(|line| line.starts_with("| ")).skip(1).collect();
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
    let words: Vec<&str> = include_str!("../../docs/ranks.md").split_whitespace().collect();
    assert!(words.join(" ").contains(&grows), "{grows}");
    let funnel = prints("rank", &["--format", "csv", "--dispersion", "145.1"], "");
    assert_eq!(sets(&funnel).iter().filter(|set| set.0 == "1").count(), 34);
    let text = prints("rank", &[], "");
    let shown = blocks_of(include_str!("../../docs/ranks.md"));
    let shown = shown.into_iter().find(|block| block.contains("Rank set ")).unwrap();
    for part in shown.split("[...]\n") {
        assert!(text.contains(part), "docs/ranks.md shows other sets than\n{text}");
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
    assert_eq!(sets(&with(&["--dispersion", "9"]))[1], own("1", "3"));
    assert_eq!(sets(&with(&["--exclude", "A", "--method", "mid-p"]))[1], own("1", "1"));
    let json: serde_json::Value = serde_json::from_str(&prints("rank", &["--format", "json"], "")).unwrap();
    assert_eq!((&json["sets"]["family"], &json["replicate"]["law"]), (&"simultaneous".into(), &"poisson".into()));
    assert!(json["notes"].as_array().unwrap().iter().any(|note| note["topic"] == "rank-sets"));
    assert!(json["rows"][0]["p_lowest"].is_f64());
    assert!(serde_json::from_value::<crimerate::rank::Report>(json).is_ok());
    for (arguments, expected) in [
        (["--ties", "dense"], "dense ranks have no confidence sets"),
        (["--ties=dense", "--method=distribution"], "dense ranks have no intervals in replicate years"),
        (
            ["--law=gamma-poisson", "--dispersion=2"],
            "the argument '--law <LAW>' cannot be used with '--dispersion <PHI>'",
        ),
        (
            ["--dispersion", "1000001"],
            "invalid value '1000001' for '--dispersion <PHI>': 1000001 is not a dispersion within areas: it has to be from 1 to 1,000,000",
        ),
        (
            ["--sets", "both"],
            "invalid value 'both' for '--sets <FAMILY>': \"both\" is not a family of rank sets: choose marginal or simultaneous",
        ),
    ] {
        let output = run("rank", &arguments, "");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        assert_eq!(without_cures(&String::from_utf8(output.stderr).unwrap()), format!("error: {expected}\n"));
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
        "\nRank intervals: the ranks of 95 % of replicate years or more, as many left out at either end; no confidence sets.\n",
        "\nVariation within areas between periods: phi_w 2.2 (as given).\n",
        "\nNot simulated: counts too rare to matter are left out, which changes no probability by more than 1e-12.\n",
    ] {
        assert!(text.contains(line), "{line}is not in\n{text}");
    }
}

/// Where a table is too large for the distribution, the sets come without probabilities and say why.
#[test]
fn rank_says_why_there_are_no_probabilities() {
    let input = "area,count,population\nA,900000000000000,1000000000000000\nB,5,10\nC,,4\n";
    let why = "A: the number of possible counts in replicate years, of the count 900,000,000,000,000 and those before it, is \
               more than 8,388,608: compare fewer areas, or smaller ones";
    let csv = prints("rank", &["-", "--format", "csv"], input);
    assert_eq!(column(&csv, "p_highest"), ["", "", ""]);
    assert_eq!(column(&csv, "note"), [why, why, "count left blank"]);
    let text = prints("rank", &["-"], input);
    assert!(text.lines().next().unwrap().ends_with("  Rank set"), "{text}");
    assert!(text.ends_with(&format!("\nP(highest), P(lowest): none, {why}.\n")), "{text}");
    let output = run("rank", &["-", "--method", "distribution"], input);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert_eq!(without_cures(&String::from_utf8(output.stderr).unwrap()), format!("error: {why}\n"));
}

#[test]
fn rank_simulates_where_it_can() {
    let options = ["--method", "simulation", "--replicates", "2000", "--seed", "7"];
    if !cfg!(feature = "simulation") {
        let output = run("rank", &options, "");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        let expected =
            "error: simulation is a feature that this program was built without: run it with `--features simulation`\n";
        assert_eq!(without_cures(&String::from_utf8(output.stderr).unwrap()), expected);
        return;
    }
    let csv = |options: &[&str]| prints("rank", &[options, &["--format", "csv"]].concat(), "");
    let (found, exact) = (csv(&options), csv(&["--method", "distribution"]));
    assert_eq!(found, csv(&options));
    let p = |csv: &str| -> Vec<f64> { column(csv, "p_lowest").iter().filter_map(|cell| cell.parse().ok()).collect() };
    for (found, exact) in p(&found).into_iter().zip(p(&exact)) {
        assert!((found - exact).abs() <= 5.0 * (exact * (1.0 - exact) / 2_000.0).sqrt() + 0.004, "{found} {exact}");
    }
    // With sets the same probabilities, on request.
    let (beside, sets) = (csv(&["--replicates", "2000", "--seed", "7"]), csv(&[]));
    for heading in ["p_highest", "p_lowest"] {
        assert_eq!(column(&beside, heading), column(&found, heading));
    }
    assert_eq!(column(&beside, "rank_upper"), column(&sets, "rank_upper"));
    let text = prints("rank", &options, "");
    assert!(text.contains("\nSimulated: 2,000 replicates from seed 7 by xoshiro256++; standard error"), "{text}");
    assert!(text.contains("  >0.9995    <0.0005\n"), "{text}");
}

#[test]
fn sets_of_rounded_counts_say_that_they_take_them_as_published() {
    let file = "area,count,population\nA,5,1500\nB,40,9000\nC,60,9000\n";
    let told = "Rates, ranks, rank sets and chances take the counts as published.\n";
    let text = prints("rank", &["-", "--rounded-to", "5"], file);
    assert!(text.contains("Counts are rounded to 5: ") && text.contains(told), "{text}");
    assert!(!prints("rank", &["-"], file).contains("rounded"));
}
