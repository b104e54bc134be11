//! What `funnel` prints.

use crate::program::{column, prints};

#[test]
fn funnel_prints_the_knife_figures() {
    let csv = prints("funnel", &["--format", "csv"], "");
    let header = "area,code,count,population,months,expected,ratio,lower_95,upper_95,position_95,lower_99_8,upper_99_8,\
                  position_99_8,z,phi,tau2,z_adjusted,p,p_holm,p_bh,position,beyond,naive_position,naive_beyond,rate,note";
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
        "Outside the 95 % limits: 2 of 37 areas (at most 1.9 if none differs); outside limits of chance alone 34.\n",
        "Outside the 99.8 % limits: 0 of 37 areas (at most 0.07 if none differs); outside limits of chance alone 33.\n",
        "Dispersion: additive; phi = 159.8, tau^2 = 0.186 from Pearson's residuals of 37 areas, 10 % winsorised at each end and \
         allowed for.\n",
        "Limits: additive dispersion, exact negative binomial at 95 % and 99.8 %, interpolated; positions by the exact tail \
         probabilities.\n",
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
    let log = with(&["--scale", "log", "--dispersion", "additive", "--form", "normal"]);
    assert_eq!(column(&log, "phi"), ["", "", "", "", ""]);
    assert_eq!(column(&log, "note")[0], "a count of zero has no logarithm");
    assert_eq!(column(&log, "naive_position")[3], "low");
    let linear = with(&["--scale", "linear", "--trim", "0"]);
    let pearson = (4.0 / 2.0 + 100.0 / 30.0 + 11.5 * 11.5 / 20.5) / 3.0;
    assert!((column(&linear, "phi")[0].parse::<f64>().unwrap() - pearson).abs() < 1e-12);
    let [law, normal] = ["exact", "normal"].map(|form| with(&["--dispersion", "additive", "--form", form]));
    assert_eq!(column(&law, "z"), column(&normal, "z"));
    assert!(["phi", "tau2", "z_adjusted", "lower_95"].iter().all(|name| column(&law, name) != column(&normal, name)));
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

/// Expected counts stand beside areas of any heading.
#[test]
fn expected_counts_stand_beside_the_areas_that_are_named() {
    let file = "Where it is,count,population,Foreseen\nA,10,1000,8\nB,3,1000,4\nC,6,1000,7\n";
    let options = ["-", "--area-column", "Where it is", "--expected-column", "Foreseen", "--format", "csv"];
    assert_eq!(column(&prints("funnel", &options, file), "expected"), ["8", "4", "7"]);
}
