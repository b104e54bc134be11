//! What `smooth` prints.

use crate::program::{column, prints, run};

/// Areas of 2 to 14 people, the first eight rows of GeoDaCenter/rgeoda issue 54, where smoothed rates came out negative; weights and estimates by
/// Marshall's formulas in exact steps.
const TINY: &str = "area,count,population\n15,2,5\n161,1,2\n160,1,6\n17,0,6\n88,0,5\n175,0,6\n89,0,5\n219,0,14\n";

#[test]
fn tiny_populations_are_never_negative() {
    let csv = prints("smooth", &["-", "--per", "1", "--format", "csv"], TINY);
    assert!(csv.starts_with("area,code,count,population,months,rate,smoothed,weight,lower,upper,p_above,rank,note\n"));
    let number = |name: &str, at: usize| column(&csv, name)[at].parse::<f64>().unwrap();
    let expected = [
        (0.378_435_517_970_400_76, 0.202_114_164_904_862_6),
        (0.195_842_450_765_864_37, 0.163_566_739_606_126_94),
        (0.422_169_811_320_754_76, 0.117_531_446_540_880_49),
        (0.422_169_811_320_754_76, 0.047_169_811_320_754_7),
        (0.378_435_517_970_400_76, 0.050_739_957_716_701_89),
        (0.422_169_811_320_754_76, 0.047_169_811_320_754_7),
        (0.378_435_517_970_400_76, 0.050_739_957_716_701_89),
        (0.630_281_690_140_845_1, 0.030_181_086_519_114_68),
    ];
    let pooled = 4.0 / 49.0;
    for (at, (weight, smoothed)) in expected.into_iter().enumerate() {
        let (here, rate) = (number("smoothed", at), number("rate", at));
        assert!((number("weight", at) - weight).abs() < 1e-9 && (here - smoothed).abs() < 1e-13, "{at} {here}");
        assert!(here >= rate.min(pooled) && here <= rate.max(pooled));
        assert!(number("lower", at) >= 0.0 && number("upper", at) > here);
    }
    assert_eq!(column(&csv, "rank"), ["1", "2", "3", "6", "4", "6", "4", "8"]);
    let lowest = prints("smooth", &["-", "--order", "lowest", "--ties", "dense", "--format", "csv"], TINY);
    assert_eq!(column(&lowest, "rank"), ["6", "5", "4", "2", "3", "2", "3", "1"]);
}

#[test]
fn areas_are_listed_by_rank_with_what_the_estimates_rest_on() {
    let text = prints("smooth", &["-", "--per", "1"], TINY);
    let areas: Vec<&str> = text.lines().skip(2).map_while(|line| line.split_whitespace().nth(1)).take(8).collect();
    assert_eq!(areas[..3], ["15", "161", "160"]);
    assert!(
        text.contains(
            "Smoothing: Marshall's moments; true rates with mean 0.0816 and standard deviation 0.0997 per 1."
        ),
        "{text}"
    );
    assert!(
        text.contains("Limits: 95 % of a gamma posterior that allows for mean and spread being estimated"),
        "{text}"
    );
    let short = prints("smooth", &["-", "--top", "3"], TINY);
    assert!(short.contains("3 of 8 shown."), "{short}");
    let likely = prints("smooth", &["-", "--estimator", "gamma-poisson", "--confidence", "0.9"], TINY);
    assert!(likely.contains("gamma-Poisson, maximum likelihood") && likely.contains("90 %"), "{likely}");
    let words = prints("smooth", &["-", "--counted", "deaths", "--per-whom", "live births"], TINY);
    let heading: Vec<&str> =
        words.lines().next().unwrap().split("  ").filter(|word| !word.is_empty()).map(str::trim).collect();
    assert_eq!(heading[..4], ["Rank", "Area", "Deaths", "Live births"]);
    let json = prints("smooth", &["-", "--format", "json"], TINY);
    assert!(json.contains("\"smoothed\"") && json.contains("\"notes\""));
    assert!(prints("smooth", &[], "").contains("West Midlands"));
    let refused = run("smooth", &["-", "--estimator", "best"], TINY);
    assert_eq!(refused.status.code(), Some(1));
}

/// People and months stand apart, so that a rate follows from the columns.
#[test]
fn people_and_months_are_columns_of_their_own() {
    let file = "area,count,population,months\nA,480,1000,12\nB,100,900,6\nC,300,1200,12\nD,310,1300,12\n";
    for example in ["smooth", "compare", "rank", "funnel"] {
        let csv = prints(example, &["-", "--format", "csv", "--per", "1000"], file);
        assert_eq!(column(&csv, "population"), ["1000", "900", "1200", "1300"], "{example}");
        assert_eq!(column(&csv, "months"), ["12", "6", "12", "12"], "{example}");
        let number = |name: &str, at: usize| column(&csv, name)[at].parse::<f64>().unwrap();
        for at in 0..4 {
            let rate = number("count", at) * 1000.0 * 12.0 / (number("population", at) * number("months", at));
            assert!((rate / number("rate", at) - 1.0).abs() < 1e-15, "{example}");
        }
        let merged = prints(example, &["-", "--format", "csv", "--merge", "B", "C"], file);
        assert_eq!((&*column(&merged, "population")[2], &*column(&merged, "months")[2]), ("1650", "12"), "{example}");
    }
    let plain = prints("compare", &["-", "--format", "csv"], "area,count,population\nA,1,10\nB,2,20\n");
    assert_eq!(column(&plain, "months"), ["", ""]);
}
