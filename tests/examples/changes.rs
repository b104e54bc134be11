//! What `changes` prints.

use crate::program::{File, column, prints, run, without_cures};
use crimerate::time;

const COLUMNS: &str = "area,code,count_before,population_before,months_before,count_after,population_after,months_after,rate_before,rate_after,percent,\
                       lower,upper,p,p_holm,p_bh,against_rest,p_against_rest,p_against_rest_holm,rank,note";
const BEFORE: &str = "area,count,population\nA,200,500000\nB,310,400000\nC,40,90000\n";
const AFTER: &str = "area,count,population\nB,315,401000\nA,290,510000\nD,7,80000\n";

/// phi_w, as it is given or as the periods of a file show it, widens every figure; what is none is refused.
#[test]
fn variation_within_areas_widens_changes() {
    let (before, after) = (File::of("varying-before", BEFORE), File::of("varying-after", AFTER));
    let series = File::of(
        "varying",
        "area,period,count,population\nA,2016,200,1\nA,2017,260,1\nA,2018,190,1\nB,2016,310,1\nB,2017,300,1\nB,2018,330,1\n",
    );
    let csv = |options: &[&str]| {
        prints("changes", &[&[before.path(), after.path(), "--format", "csv"], options].concat(), "")
    };
    let lower = |options: &[&str]| column(&csv(options), "lower")[0].parse::<f64>().unwrap();
    assert_eq!(csv(&["--dispersion", "1"]), csv(&[]));
    assert!(lower(&["--dispersion", "2.2"]) < lower(&[]));
    let estimated = lower(&["--series", series.path()]);
    assert!(estimated < lower(&[]));
    let text = prints("changes", &[before.path(), after.path(), "--series", series.path()], "");
    assert!(text.contains("Variation within areas between periods: phi_w 5.89 (2 areas, 3 periods)."), "{text}");
    for (given, why) in
        [("0", "0 is below 1, which is the variation of chance alone"), ("inf", "from 1 to 1,000,000"), ("x", "")]
    {
        let output = run("changes", &[before.path(), after.path(), "--dispersion", given], "");
        assert_eq!(output.status.code(), Some(1));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains("--dispersion <PHI>") && error.contains(why), "{error}");
    }
    // The same of the intervals of a league table, and of rank sets.
    let upper = |options: &[&str]| {
        let csv = prints("compare", &[&[before.path(), "--format", "csv"], options].concat(), "");
        column(&csv, "upper")[0].parse::<f64>().unwrap()
    };
    assert!(upper(&["--dispersion", "2.2"]) > upper(&[]));
    assert!(upper(&["--series", series.path()]) > upper(&["--dispersion", "2.2"]));
    assert_ne!(upper(&["--dispersion", "2.2", "--widening", "quasi"]), upper(&["--dispersion", "2.2"]));
    let text = prints("compare", &[before.path(), "--dispersion", "2.2"], "");
    assert!(
        text.contains(
            "Intervals: exact at 95 %, stretched by phi_w 2.2 (as given), for variation within areas between periods."
        ),
        "{text}"
    );
    // Ranks have the intervals that a comparison has.
    let interval = |program: &str, options: &[&str]| {
        let text = prints(program, &[&[before.path()], options].concat(), "");
        let at = text.find(" to ").unwrap();
        let (lower, upper) = text.split_at(at);
        let upper = upper[4..].split_whitespace().next().unwrap().to_owned();
        (lower.split_whitespace().last().unwrap().to_owned(), upper)
    };
    let given = ["--dispersion", "2.2"];
    assert_eq!(interval("rank", &given), interval("compare", &given));
    assert_ne!(interval("rank", &given), interval("rank", &[]));
    // A series of other areas says nothing of these.
    let other = File::of(
        "varying-elsewhere",
        "area,period,count,population\nX,2016,200,1\nX,2017,260,1\nY,2016,310,1\nY,2017,300,1\n",
    );
    let two = [before.path(), after.path(), "--series", other.path()];
    for (program, arguments) in [("rank", &two[2..]), ("compare", &two[2..]), ("changes", &two[..])] {
        let output = run(program, arguments, "");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains("none of the areas of the series is in the table"), "{error}");
    }
    let text = prints("rank", &[before.path(), "--series", series.path()], "");
    assert!(text.contains("Variation within areas between periods: phi_w 5.89 (2 areas, 3 periods)."), "{text}");
}

#[test]
fn periods_of_one_file_are_told_once() {
    let file = File::of(
        "both",
        "Area,year,count,population\nA,2018,200,500000\nB,2018,310,400000\nA,2019,290,500000\nB,2019,300,400000\n\nSource: made up\n",
    );
    let text = prints("changes", &[file.path(), "--period-column", "year"], "");
    assert!(text.contains("\nPeriods: 2018, then 2019.\n") && !text.contains("the period ("), "{text}");
    assert_eq!(text.matches("Read: ").count(), 1, "{text}");
    assert!(text.contains("; 4 rows taken") && !text.contains("where year is not"), "{text}");
    assert_eq!(text.matches("Source: made up").count(), 1, "{text}");
}

#[test]
fn changes_of_two_files_are_those_of_one_with_a_column_of_periods() {
    let (before, after) = (File::of("before", BEFORE), File::of("after", AFTER));
    let csv = prints("changes", &[before.path(), after.path(), "--format", "csv"], "");
    assert_eq!(csv.lines().next(), Some(COLUMNS));
    assert_eq!(column(&csv, "area"), ["A", "B", "C", "D"]);
    assert_eq!(column(&csv, "rank"), ["1", "2", "", ""]);
    assert_eq!(column(&csv, "count_after"), ["290", "315", "", "7"]);
    assert_eq!(column(&csv, "note"), ["", "", "only in the earlier table", "only in the later table"]);
    let percent: f64 = column(&csv, "percent")[0].parse().unwrap();
    assert!((percent - 100.0 * (290.0 * 500.0 / (200.0 * 510.0) - 1.0)).abs() < 1e-12, "{percent}");
    let lines =
        |text: &str, year: &str| text.lines().skip(1).map(|line| format!("{year},{line}\n")).collect::<String>();
    let both = format!("year,area,count,population\n{}{}", lines(BEFORE, "2019"), lines(AFTER, "2020"));
    let one = |options: &[&str], input: &str| {
        prints("changes", &[&["-", "--period-column", "year", "--format", "csv"], options].concat(), input)
    };
    assert_eq!(one(&[], &both), csv);
    let more = format!("{both}{}", lines(BEFORE, "2021"));
    // A file of more periods shows how much counts vary.
    let of_two = ["--before", "2019", "--after", "2020"];
    assert_eq!(one(&[&of_two[..], &["--dispersion", "1"]].concat(), &more), csv);
    let lower = |csv: &str| column(csv, "lower")[0].parse::<f64>().unwrap();
    assert!(lower(&one(&of_two, &more)) < lower(&csv) - 5.0);
    let text = prints("changes", &[&["-", "--period-column", "year"], &of_two[..]].concat(), &more);
    // 200, 290, 200 and 310, 315, 310: a chi-square of 11.81 over the 2 that are free.
    assert!(text.contains("Variation within areas between periods: phi_w 5.91 (2 areas, 3 periods)."), "{text}");
    let back = one(&["--before", "2020", "--after", "2019"], &more);
    assert_eq!(column(&back, "count_before"), ["315", "290", "7", ""]);
    let fault = |options: &[&str], input: &str| {
        let output = run("changes", &[&["-"], options].concat(), input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        without_cures(&String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(
        fault(&["--period-column", "year"], &more),
        "error: the column `year` has 3 periods, 2019, 2020, 2021: choose two by --before and --after\n"
    );
    assert_eq!(
        fault(&["--period-column", "year", "--before", "2018"], &more),
        "error: no row has the period \"2018\" in the column `year`, which has 2019, 2020, 2021\n"
    );
    assert_eq!(
        fault(&["--period-column", "area"], "area,count,population\nA,1,10\n"),
        "error: the column `area` has one period alone, A: a change takes two\n"
    );
    assert!(fault(&[], BEFORE).contains("no column is \"count_before\""), "{}", fault(&[], BEFORE));
}

#[test]
fn changes_take_the_options_of_the_other_examples() {
    let (before, after) = (File::of("before-options", BEFORE), File::of("after-options", AFTER));
    let print = |options: &[&str]| prints("changes", &[&[before.path(), after.path()], options].concat(), "");
    let text = print(&["--per", "1000", "--confidence", "0.99", "--order", "lowest"]);
    assert!(text.contains("Rate before per 1,000") && text.contains("99 % interval"), "{text}");
    assert!(
        text.contains("\nRanks: the largest fall first. Regression to the mean: an area that was picked"),
        "{text}"
    );
    assert!(text.contains("Poisson variation only"), "{text}");
    assert!(text.lines().nth(2).unwrap().split_whitespace().nth(1) == Some("B"), "{text}");
    let json: time::Report = serde_json::from_str(&print(&["--format", "json", "--order", "lowest"])).unwrap();
    assert_eq!(json.area("B").unwrap().rank, Some(1));
    let output = run("changes", &[before.path(), after.path(), "--exclude", "X"], "");
    assert_eq!(
        without_cures(&String::from_utf8(output.stderr).unwrap()),
        "error: no area has the name or code \"X\"\n"
    );
    let csv = print(&["--exclude", "A", "--format", "csv"]);
    assert_eq!(column(&csv, "note")[0], "excluded: by request");
    assert_eq!(column(&csv, "rank"), ["", "1", "", ""]);
}

/// A base of zero; both sides of one row (figures in `tests/all/time/counts.rs`).
#[test]
fn changes_of_a_file_with_both_periods_side_by_side() {
    let file = "area,count_before,population_before,count_after,population_after\n\
                none at all,0,105,0,101\nfrom none,0,105,20,101\nsome,10,105,20,101\n";
    let csv = prints("changes", &["-", "--format", "csv"], file);
    assert_eq!(column(&csv, "percent")[..2], ["", ""]);
    assert_eq!(
        column(&csv, "note")[..2],
        ["nothing counted before or after", "nothing counted before, so no per cent"]
    );
    let p: Vec<f64> = column(&csv, "p").iter().map(|p| p.parse().unwrap()).collect();
    assert!(p[0] == 1.0 && (p[1] / 1.2885849773766415e-6 - 1.0).abs() < 1e-12, "{p:?}");
    assert!((p[2] - 0.07883174711492846).abs() < 1e-13, "{p:?}");
    assert_eq!(column(&csv, "rank"), ["3", "1", "2"]);
    // What it prints has the columns that it reads.
    let again = prints("changes", &["-", "--format", "csv"], &csv);
    assert_eq!(again, csv);
}

/// 25 robberies in a month against 192 in a year, without populations (figures in `tests/all/time/counts.rs`).
#[test]
fn changes_of_counts_without_populations() {
    let year = File::of("year", "area,count,months,population\nrobberies,192,12,\n");
    let month = File::of("month", "area,count,months\nrobberies,25,1\n");
    let csv = prints("changes", &[year.path(), month.path(), "--format", "csv"], "");
    assert_eq!(column(&csv, "percent"), ["56.25"]);
    assert!((column(&csv, "p")[0].parse::<f64>().unwrap() - 0.057052700887473).abs() < 1e-13);
    assert_eq!((&*column(&csv, "population_before")[0], &*column(&csv, "rate_after")[0]), ("", ""));
    // The same side by side.
    let both = "area,count_before,months_before,count_after,months_after\nrobberies,192,12,25,1\n";
    let text = prints("changes", &["-"], both);
    assert!(text.contains("+56.3") && text.contains("-1.4 to +137.7") && text.contains(" 0.0571 "), "{text}");
    assert_eq!(column(&prints("changes", &["-", "--format", "csv"], both), "p"), column(&csv, "p"));
    let peopled = "area,count_before,population_before,months_before,count_after,population_after,months_after\n\
                   robberies,192,5000,12,25,5000,1\n";
    let p = column(&prints("changes", &["-", "--format", "csv"], peopled), "p")[0].parse::<f64>().unwrap();
    assert!((p - 0.057052700887473).abs() < 1e-13, "{p}");
    let output = run("changes", &["-"], "area,count_before,months_before,count_after\nrobberies,192,12,25\n");
    assert!(String::from_utf8(output.stderr).unwrap().contains("no column is \"months_after\""));
    let output = run("changes", &[year.path(), month.path(), "--min-population", "5"], "");
    let expected = "error: --min-population needs counts and populations, and these are counts alone\n";
    assert_eq!(without_cures(&String::from_utf8(output.stderr).unwrap()), expected);
}

/// A month against the year before it in one file whose rows are the periods: robberies, after A. Wheeler, Testing changes in short run crime
/// patterns (figures in `tests/all/time/counts.rs`).
#[test]
fn rows_that_are_periods_are_of_one_area() {
    let file = "area,count,months,population\nprior year,192,12,\nthis month,25,1,\n";
    let csv = prints("changes", &["-", "--period-column", "area", "--format", "csv"], file);
    assert_eq!((column(&csv, "area"), column(&csv, "percent")), (vec!["All".to_owned()], vec!["56.25".to_owned()]));
    assert!((column(&csv, "p")[0].parse::<f64>().unwrap() - 0.057052700887473).abs() < 1e-13);
    assert!((column(&csv, "upper")[0].parse::<f64>().unwrap() - 137.74197179192282).abs() < 1e-9);
    assert_eq!((&*column(&csv, "months_before")[0], &*column(&csv, "months_after")[0]), ("12", "1"));
    // The same without a column of areas, with a name, and of three periods.
    let plain = "when,count,months\nprior year,192,12\nlast month,19,1\nthis month,25,1\n";
    let two = ["-", "--period-column", "when", "--before", "prior year", "--after", "this month", "--format", "csv"];
    assert_eq!(column(&prints("changes", &two, plain), "p"), column(&csv, "p"));
    let named = prints("changes", &[&two[..], &["--one-area", "Robberies"]].concat(), plain);
    assert_eq!(column(&named, "area"), ["Robberies"]);
    // Side by side, in columns of any name.
    let beside = "was,is,m1,m2\n192,25,12,1\n";
    let options =
        ["-", "--count-before", "was", "--count-after", "is", "--months-before", "m1", "--months-after", "m2"];
    assert_eq!(
        column(&prints("changes", &[&options[..], &["--format", "csv"]].concat(), beside), "p"),
        column(&csv, "p")
    );
    let output = run("changes", &["-", "--period-column", "when", "--count-before", "was"], plain);
    assert_eq!(output.status.code(), Some(1));
    let wide = "when,x_count,x_population,y_count,y_population\n2018,10,100,20,100\n2019,15,100,20,100\n";
    let across = ["-", "--across", "x", "--across", "y"];
    let csv = prints("changes", &[&across[..], &["--period-column", "when", "--format", "csv"]].concat(), wide);
    assert_eq!(column(&csv, "percent"), ["50", "0"]);
    assert_eq!(run("changes", &across, wide).status.code(), Some(1));
}

/// Residents of forces are the populations of two periods of counts, which are rates then.
#[test]
fn counts_on_residents_of_forces_are_rates() {
    let file = "area,year,count\nKent,2018,729\nKent,2019,803\nEssex,2018,1119\nEssex,2019,1090\n";
    let options = ["-", "--period-column", "year", "--populations", "2018", "--format", "csv"];
    let csv = prints("changes", &options, file);
    assert_eq!(column(&csv, "population_after"), ["1846478", "1832752"]);
    let one = prints("changes", &["-", "--period-column", "year", "--population", "1000000", "--format", "csv"], file);
    assert_eq!(column(&one, "rate_before"), ["72.9", "111.9"]);
}

/// Nothing compared is a fault that says why, and which names may be one.
#[test]
fn no_area_in_both_is_a_fault() {
    let before = File::of("apart-before", "area,code,count,population\nDevon & Cornwall,,20,1000\nKent,e1,9,1000\n");
    let after =
        File::of("apart-after", "area,code,count,population\nDevon and Cornwall,,25,1000\nKent (county),E1,9,1000\n");
    let output = run("changes", &[before.path(), after.path()], "");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let error = String::from_utf8(output.stderr).unwrap();
    for told in [
        "error: no area has a change; ",
        "Left out: Devon & Cornwall, Kent, only in the earlier table",
        "Left out: Devon and Cornwall, Kent (county), only in the later table",
        "Devon & Cornwall before and Devon and Cornwall after",
        "Kent (e1) before and Kent (county) (E1) after",
    ] {
        assert!(error.contains(told), "{told}: {error}");
    }
    assert_eq!(error.lines().count(), 1);
}

/// Populations are people; months stand beside them where rates are a year's.
#[test]
fn populations_of_changes_are_people() {
    let file = "area,count_before,population_before,months_before,count_after,population_after,months_after\n\
                A,600,100000,6,2600,100000,12\nB,400,100000,12,410,100000,12\n";
    let csv = prints("changes", &["-", "--format", "csv"], file);
    assert_eq!(column(&csv, "population_before"), ["100000", "100000"]);
    assert_eq!(
        (column(&csv, "months_before"), column(&csv, "months_after")),
        (vec!["6".into(), "12".into()], vec![String::from("12"); 2])
    );
    assert_eq!(prints("changes", &["-", "--format", "csv"], &csv), csv);
    let text = prints("changes", &["-"], file);
    assert!(text.contains("1,200.0") && text.contains("2,600.0"), "{text}");
}

/// Six months before and twelve after are told once in the text, by area in the file, and with every claim.
#[test]
fn months_before_that_are_not_those_after_are_told() {
    let before =
        File::of("months-before", "area,count,population,months\nA,600,100000,6\nB,400,100000,12\nC,450,100000,12\n");
    let after =
        File::of("months-after", "area,count,population,months\nA,2600,100000,12\nB,410,100000,12\nC,450,100000,12\n");
    let text = prints("changes", &[before.path(), after.path()], "");
    assert_eq!(text.matches("6 months").count(), 1, "{text}");
    let csv = prints("changes", &[before.path(), after.path(), "--format", "csv"], "");
    assert_eq!(column(&csv, "note"), ["months: 6 before, 12 after", "", ""]);
    let claims = |area: &str| prints("claims", &[after.path(), "--before", before.path(), "--rose", area], "");
    let told = "A: figures of 6 months before and of 12 now; figures have seasons";
    assert!(claims("A").contains("A rose: supported.") && claims("A").matches(told).count() == 1, "{}", claims("A"));
    let of_b = claims("B");
    assert!(of_b.split("\n\n").next().is_some_and(|own| !own.contains("6 months")), "{of_b}");
    assert!(of_b.contains("\nEarlier: Months: 12 in 2 areas, but A has 6 months; "), "{of_b}");
    let described = prints("claims", &[after.path(), "--before", before.path(), "--area", "A"], "");
    assert_eq!(described.matches(told).count(), 1, "{described}");
    // Six months of every area before, without any that is shorter than most.
    let six = File::of("six-before", "area,count,population,months\nA,600,100000,6\nB,400,100000,6\n");
    let claims = prints("claims", &[after.path(), "--before", six.path(), "--rose", "A"], "");
    assert!(claims.contains(told), "{claims}");
    // Twelve months before and six now are told by the table itself.
    let back = prints("claims", &[before.path(), "--before", after.path(), "--fell", "A"], "");
    assert_eq!(back.matches("A: figures of 6 months").count(), 1, "{back}");
}

/// Counts alone have their words, and the periods that they are of.
#[test]
fn counts_alone_have_words() {
    let file = "area,year,count\nKent,2022,61\nKent,2023,48\nEssex,2022,40\nEssex,2023,44\n";
    let options = ["-", "--period-column", "year", "--counted", "people killed", "--source", "STATS19"];
    let text = prints("changes", &options, file);
    for told in ["People killed before", "\nPeriods: 2022, then 2023.\n", "people killed", "STATS19"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let output = run("changes", &[&options[..], &["--per-whom", "drivers"]].concat(), file);
    let told = "error: --per-whom needs populations, and these are counts alone\n";
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(1), told));
    // The column of periods and the period in words are two options.
    let output = run("changes", &["-", "--period", "year"], file);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        error,
        "error: --period year: it says in words when the counts are of; the column year is given by --period-column year\n"
    );
}
