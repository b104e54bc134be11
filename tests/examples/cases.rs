//! Files in the forms that are published, and what the examples make of them.

use crate::program::{column, prints, run};

fn figure(csv: &str, area: usize, name: &str) -> f64 {
    column(csv, name)[area].parse().unwrap()
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found} for {expected}");
}

/// Violent crimes of cities in 2005, of which one reported six months: The Marshall Project, from the Uniform Crime Reports.
#[test]
fn six_months_among_years() {
    let file = "area,count,population,months\nAtlanta,7213,430666,12\nBaltimore,11248,641097,12\nDallas,15429,1230303,12\n\
        Houston,23987,2045732,12\n\"Memphis, Tenn.\",12637,678988,12\nMiami,6134,388295,12\nNew Orleans,2090,463072,6\n\
        \"St. Louis, Mo.\",8323,346005,12\n";
    let csv = prints("compare", &["-", "--format", "csv"], file);
    near(figure(&csv, 6, "rate"), 902.667_403_773_063_4);
    near(figure(&csv, 0, "average"), 1_452.803_130_249_163_1);
    assert_eq!(column(&csv, "rank"), ["4", "3", "6", "7", "2", "5", "8", "1"]);
    assert_eq!(column(&csv, "note")[6], "months: 6");
    for example in ["compare", "funnel", "rank"] {
        let text = prints(example, &["-"], file);
        assert!(text.contains("but New Orleans has 6 months"), "{text}");
    }
    let bad = run("compare", &["-"], &file.replace(",6\n", ",half\n"));
    assert_eq!(
        String::from_utf8(bad.stderr).unwrap(),
        "error: New Orleans: row 8, column months: \"half\" is not a number of months: give how many its count covers, 12 for a year\n"
    );
    let twice = run("compare", &["-", "--months", "6"], file);
    assert_eq!(
        String::from_utf8(twice.stderr).unwrap(),
        "error: --months: the file has a column `months` of its own\n"
    );
    // A file of four years.
    let years = prints(
        "compare",
        &["-", "--months", "48", "--format", "csv"],
        "area,count,population\nA,480,1000\nB,240,1000\n",
    );
    assert_eq!(column(&years, "rate"), ["12000", "6000"]);
}

/// Two wards of one name: names and codes as in ThreeSixtyGiving/grantnav, issue 464; figures made up.
#[test]
fn wards_of_one_name() {
    let file = "area,code,authority,count,population\nAlexandra,E05000400,Kingston upon Thames,120,9900\n\
        Alexandra,E05000719,Oldham,310,11200\nChadderton Central,E05000720,Oldham,150,10500\n";
    let csv = prints("compare", &["-", "--format", "csv", "--per", "1000"], file);
    assert_eq!(column(&csv, "rank"), ["3", "1", "2"]);
    assert_eq!(column(&csv, "code"), ["E05000400", "E05000719", "E05000720"]);
    let text = prints("rank", &["-"], file);
    assert!(text.contains("Alexandra (E05000719)"), "{text}");
    let without = prints("compare", &["-", "--exclude", "E05000719", "--format", "csv"], file);
    assert_eq!(column(&without, "rank"), ["2", "", "1"]);
    let refused = run("compare", &["-", "--exclude", "Alexandra"], file);
    let error = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(error, "error: 2 areas have the name \"Alexandra\": ask by code, which is E05000400 or E05000719\n");
}

/// Deaths without a county: CSSEGISandData/COVID-19, issue 2712, two counties for all.
#[test]
fn counts_in_no_area() {
    let file = "area,count,population\nLaramie County,1,99500\nNatrona County,0,79858\nUnassigned,17,0\n";
    let placed = prints("compare", &["-", "--unplaced", "Unassigned", "--format", "csv"], file);
    near(figure(&placed, 0, "average"), 0.557_544_129_617_859_3);
    let all = prints("compare", &["-", "--unplaced-in-average", "Unassigned", "--format", "csv"], file);
    near(figure(&all, 0, "average"), 10.035_794_333_121_467);
    let text = prints("compare", &["-", "--unplaced", "Unassigned"], file);
    assert!(text.contains("In no area: 17 of 18 counted (94 %), Unassigned."), "{text}");
}

/// Recorded crime of Germany in 2013 (BKA, police crime statistics), its rates padded to two decimals though rounded to one, on the residents
/// after the census of 2011.
#[test]
fn offences_of_a_country_are_on_one_population() {
    let file = "1;2;3;4\nSchluessel;Straftat;erfasste Faelle;HZ nach Zensus\n------;Straftaten insgesamt;5,961,662;7,403.60\n\
        10000;Mord;647;0.8\n100000;gegen die sexuelle Selbstbestimmung;46,793;58.1\n";
    let options = ["-", "--area-column", "Schluessel", "--count-column", "erfasste Faelle", "--population", "80523746"];
    let claims = ["--rate", "------", "7403.60", "--rate", "10000", "0.8", "--rate", "100000", "58.1"];
    let text = prints("claims", &[&options[..], &claims].concat(), file);
    assert!(
        text.contains("------ has a rate of 7,403.60 per 100,000: contradicted; it agrees at one decimal."),
        "{text}"
    );
    assert!(text.contains("10000 has a rate of 0.8 per 100,000: supported"), "{text}");
    assert!(text.contains("100000 has a rate of 58.1 per 100,000: supported"), "{text}");
    let without = prints("compare", &[&options[..], &["--exclude", "------=the total"]].concat(), file);
    assert!(without.contains("2 of 3 areas compared."), "{without}");
    let rates = prints("compare", &["-", "--area-column", "Straftat", "--rate-column", "HZ nach Zensus"], file);
    assert!(rates.contains("7403.60"), "{rates}");
}

/// Areas across, a row for each period: homicides in London and New York in 2018 (bbc.co.uk/news/uk-43628494), p by scipy.
#[test]
fn areas_that_stand_across() {
    let file = "period,london_count,london_population,new_york_count,new_york_population\nFebruary,15,8899400,11,8550861\n\
        March,22,8899400,21,8550861\nJanuary to March,48,8899400,50,8550861\n";
    let across = ["-", "--across", "London", "--across", "New York"];
    for (month, rate, percent, p) in [
        ("February", 0.168_550_688_810_481_6, "31", "p = 0.3141"),
        ("March", 0.247_207_676_922_039_7, "1", "p = 0.5524"),
    ] {
        let only = format!("period={month}");
        let options = [&across[..], &["--where", &only]].concat();
        let csv = prints("compare", &[&options[..], &["--format", "csv"]].concat(), file);
        near(figure(&csv, 0, "rate"), rate);
        let claims = ["--above-area", "London", "New York", "--percent-above-area", "London", "New York", percent];
        let text = prints("claims", &[&options[..], &claims].concat(), file);
        assert!(text.contains("London has a higher rate than New York: true of the figures but not certain"), "{text}");
        assert!(text.contains(p), "{text}");
    }
    let whole = [&across[..], &["--where", "period=January to March", "--above-area", "London", "New York"]].concat();
    assert!(prints("claims", &whole, file).contains("contradicted"));
    let several = String::from_utf8(run("compare", &across, file).stderr).unwrap();
    assert!(several.starts_with("error: London: row 3: 1 area has several rows"), "{several}");
}

/// The form of cells of counties (SatcherInstitute/health-equity-tracker, pull request 4491), figures made up.
#[test]
fn ranges_of_counts() {
    let file = "area,count,population\nCounty A,73,100000\nCounty B,1-9,8600\nCounty C,10-50,40000\nCounty D,0,5000\nCounty E,,12000\n";
    let text = prints("compare", &["-"], file);
    for told in [
        "the pooled average lies from 54.7 to 85.9 per 100,000",
        "County B, count suppressed, 1 to 9 (its rate is 11.6 to 104.7 per 100,000)",
        "County C, count suppressed, 10 to 50 (its rate is 25.0 to 125.0 per 100,000)",
        "County E, count left blank",
    ] {
        assert!(text.contains(told), "{text}");
    }
}

/// Marks on names as in tables of the FBI and the ONS.
#[test]
fn names_that_are_one_but_for_a_mark() {
    let file = "area,count,population\nHumberside,3,930000\nHumberside [note 4],12,930000\nDistrict of Columbia5,116,693972\n\
        District of Columbia,116,693972\nPuerto Rico ,679,3337177\nPuerto\u{a0}Rico,679,3337177\nNorth Carolina,591,10273419\n\
        NORTH CAROLINA6,591,10273419\n";
    let refused = run("compare", &["-"], file);
    assert_eq!(refused.status.code(), Some(1));
    let errors = String::from_utf8(refused.stderr).unwrap();
    let starts: Vec<&str> = errors.lines().filter_map(|line| line.split(" but for").next()).collect();
    assert_eq!(
        starts,
        [
            "error: Humberside [note 4]: row 3: the name is that of \"Humberside\" in row 2",
            "error: District of Columbia: row 5: the name is that of \"District of Columbia5\" in row 4",
            "error: Puerto\u{a0}Rico: row 7: the name is that of \"Puerto Rico\" in row 6",
            "error: NORTH CAROLINA6: row 9: the name is that of \"North Carolina\" in row 8",
        ]
    );
    let accepted = prints("compare", &["-", "--accept-similar-names"], file);
    assert!(
        accepted.contains("8 of 8 areas compared.") && accepted.contains("though their names are alike"),
        "{accepted}"
    );
    let marked = ["Humberside [note 4]", "District of Columbia5", "Puerto\u{a0}Rico", "NORTH CAROLINA6"];
    let exclude: Vec<&str> = marked.iter().flat_map(|name| ["--exclude", name]).chain(["-"]).collect();
    assert!(prints("compare", &exclude, file).contains("4 of 8 areas compared."));
}

/// Cities of 2015 with a national row and counts that are not available, the form of The Marshall Project's file.
#[test]
fn a_national_row_is_no_area() {
    let file =
        "area,population,count\nChicago,2728695,24663\nCleveland,388655,NA\nDetroit,673225,11846\nNational,NA,NA\n";
    let refused = run("compare", &["-"], file);
    let error = String::from_utf8(refused.stderr).unwrap();
    assert!(error.starts_with("error: National: row 5, column population: population"), "{error}");
    let text = prints("compare", &["-", "--total", "National"], file);
    assert!(text.contains("2 of 4 areas compared.") && text.contains("Cleveland, count not available"), "{text}");
    assert!(text.contains("Total: National, not compared with its areas: its count is not available."), "{text}");
}

/// Groups of a column go by codes where names repeat: wards as above.
#[test]
fn groups_of_wards_of_one_name() {
    let file = "area,code,authority,count,population\nAlexandra,E05000400,Kingston upon Thames,120,9900\n\
        Alexandra,E05000719,Oldham,310,11200\nChadderton Central,E05000720,Oldham,150,10500\n";
    let csv = prints("compare", &["-", "--by", "authority", "--format", "csv", "--per", "1000"], file);
    near(figure(&csv, 1, "average"), 460.0 * 1_000.0 / 21_700.0);
    near(figure(&csv, 2, "average"), 460.0 * 1_000.0 / 21_700.0);
    let claims = prints("claims", &["-", "--above-area", "E05000719", "E05000400"], file);
    assert!(claims.starts_with("Alexandra (E05000719) has a higher rate than Alexandra (E05000400): "), "{claims}");
}

#[test]
fn every_fault_of_the_command_line_is_a_line() {
    let file = "area,count,population\nA,10,1000\nB,12,1000\n------,9,1000\n";
    let fails = |example: &str, arguments: &[&str]| String::from_utf8(run(example, arguments, file).stderr).unwrap();
    assert_eq!(
        fails("claims", &["-", "--highest", "Nobody", "--highest", "A", "--lowest", "Nobody2"]).lines().count(),
        2
    );
    assert_eq!(
        fails("compare", &["-", "--exclude", "A=x", "--exclude", "B", "--exclude", "A=y"]),
        "error: --exclude A: two reasons are given, x and y\n"
    );
    assert!(
        prints("compare", &["-", "--exclude", "A=x", "--exclude", "A=x"], file).contains("Left out: A, excluded: x")
    );
    let hyphens = prints("claims", &["-", "--rate", "------", "900", "--lowest", "------"], file);
    assert!(hyphens.contains("------ has a rate of 900 per 100,000: supported"), "{hyphens}");
}

/// ONS table C2 as a CSV: a title, line breaks in the header, counts as text, footnote figures, notes below. Counts and rates of the year to
/// December 2019 (ONS, Crime in England and Wales: police force area data tables), populations of mid-2018; Open Government Licence v3.0.
#[test]
fn a_table_with_line_breaks_in_its_header() {
    let file = "\u{feff}Table C2: Recorded crime by community safety partnership area,,,,\r\n,,,,\r\n\
        Area Code,Area Name,\"Population \nfigures\n (mid-2018)2\",\"Number of \r\noffences\",\"Percentage\nchange\"\r\n\
        E12000001,North East ,\"2,657,900\",\"281,662\",-1.4\r\nE23000013,Cleveland,\"567,700\",\"69,197 \",6.0\r\n\
        E23000008,Durham,\"633,500\",\"64,244\",2.6\r\nE230000075,Northumbria4,\"1,456,600\",148221.0,-6.1\r\n\r\n\
        Source: Office for National Statistics,,,,\r\n";
    let csv = prints("compare", &["-", "--per", "1000", "--format", "csv"], file);
    near(figure(&csv, 1, "rate"), 69_197_000.0 / 567_700.0);
    assert_eq!(column(&csv, "rank"), ["", "1", "3", "2"]);
    let text = prints("compare", &["-"], file);
    assert!(text.contains("Totals by their codes: North East"), "{text}");
}

/// The option that cures a fault is named once, and only where the example has it.
#[test]
fn faults_name_the_option_that_cures_them() {
    let fault = |example: &str, options: &[&str], file: &str| {
        let output = run(example, options, file);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap()
    };
    for (file, option, cured) in [
        ("area,n,population\nA,1,10\nB,2,20\n", "(--count-column HEADING)", &["--count-column", "n"][..]),
        (
            "area,count,population\nA,1,10\nA,2,20\nB,1,9\nC,1,8\nD,1,7\n",
            "(--leave-out-line N)",
            &["--leave-out-line", "3"],
        ),
        (
            "d,area,count,population\nx,A,1,10\ny,A,2,20\n",
            "--area-column HEADING)",
            &["--area-column", "d", "--area-column", "area"],
        ),
        (
            "area,count,Population (thousands)\nA,1,10\nB,2,20\n",
            "--population-unit N, or --populations-unit N of another file)",
            &["--population-unit", "1000"],
        ),
        (
            "area,count,population\nA,1,10\n,2,10\nB,1,30\n,4,30\n",
            "(--fill-down, or --leave-out-line N)",
            &["--fill-down", "--sum"],
        ),
        ("area,count,population\nA,1.234,10000\nB,2,20\n", "(--decimal-comma)", &["--decimal-comma"]),
        ("area,count,population\nA,0,0\nB,2,20\nC,0,0\n", "(--leave-out-invalid)", &["--leave-out-invalid"]),
    ] {
        let error = fault("compare", &["-"], file);
        assert_eq!(error.matches(option).count(), 1, "{error}");
        prints("compare", &[&["-"], cured].concat(), file);
    }
    let error = fault("standardise", &["-"], "area,stratum,count,population\nA,x,1,0\n");
    assert!(!error.contains("--leave-out-invalid"), "{error}");
}
