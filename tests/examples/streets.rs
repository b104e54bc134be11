//! What `streets` prints of street files of data.police.uk.

use crate::program::{File, column, prints, run};
use std::{fs, path::PathBuf};

/// Two months of two forces, of which one lacks a month; it goes when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn of(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("crimerate-streets-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let crime = |month: &str, force: &str, lsoa: &str, category: &str| {
            format!(",{month},{force},{force},-0.1,51.5,On or near Park,{lsoa},Somewhere 001A,{category},,\n")
        };
        let [kent, essex, railways] = ["Kent Police", "Essex Police", "British Transport Police"];
        for (file, rows) in [
            ("2020-01-kent", [("E01024000", kent, "Burglary"), ("E01024000", kent, "Robbery"), ("", kent, "Burglary")]),
            ("2020-02-kent", [("E01024001", kent, "Burglary"); 3]),
            (
                "2020-01-essex",
                [
                    ("E01021000", essex, "Burglary"),
                    ("E01021000", essex, "Anti-social behaviour"),
                    ("", essex, "Robbery"),
                ],
            ),
            ("2020-01-btp", [("E01021000", railways, "Burglary"); 3]),
            ("2020-02-btp", [("E01021000", railways, "Robbery"); 3]),
        ] {
            let (month, _) = file.split_at(7);
            let rows = rows.map(|(lsoa, force, category)| crime(month, force, lsoa, category)).concat();
            let header = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context";
            fs::write(folder.join(format!("{file}-street.csv")), format!("{header}\n{rows}")).unwrap();
        }
        Self(folder)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A file that was given another name before the month and the force is one; one without them says what is expected.
#[test]
fn a_street_file_with_a_name_of_its_own() {
    let folder = Folder::of("renamed");
    let (kent, own) = (folder.0.join("2020-01-kent-street.csv"), folder.0.join("police.uk 2020-01-kent-street.csv"));
    fs::copy(&kent, &own).unwrap();
    let options = ["--format", "csv", "--populations", "2018"];
    let csv = |path: &PathBuf| prints("streets", &[&[path.to_str().unwrap()], &options[..]].concat(), "");
    assert_eq!(csv(&own), csv(&kent));
    let other = folder.0.join("crimes.csv");
    fs::copy(&kent, &other).unwrap();
    let output = run("streets", &[other.to_str().unwrap()], "");
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(error.contains("a name that ends as 2019-12-west-midlands-street.csv does"), "{error}");
}

#[test]
fn street_files_by_force() {
    let folder = Folder::of("force");
    let csv = prints("streets", &[folder.path(), "--format", "csv", "--populations", "2018"], "");
    assert_eq!(column(&csv, "area"), ["British Transport Police", "Essex", "Kent"]);
    assert_eq!(column(&csv, "count")[1..], ["2", "6"]);
    assert_eq!(column(&csv, "code")[1..], ["E23000028", "E23000032"]);
    // Essex has one month of two.
    assert_eq!(column(&csv, "note")[1], "months: 1");
    let rate = |row: usize| column(&csv, "rate")[row].parse::<f64>().unwrap();
    let people = |row: usize| column(&csv, "population")[row].parse::<f64>().unwrap();
    // On person-months: Kent has two months.
    assert_eq!(column(&csv, "months")[1..], ["1", "2"]);
    assert!((rate(1) - 2.0 * 12.0 * 1_000.0 / people(1)).abs() < 1e-12);
    assert!((rate(2) - 6.0 * 12.0 * 1_000.0 / (2.0 * people(2))).abs() < 1e-12);
    assert_eq!(people(2), 1_846_478.0);
    let text = prints("streets", &[folder.path(), "--category", "burglary", "--top", "1"], "");
    for told in
        ["1 of 2 shown.", "No file: essex 2020-02", "burglary", "2020-01 to 2020-02", "Left out: British Transport"]
    {
        assert!(text.contains(told), "{told}\n{text}");
    }
    let bars = prints("streets", &[folder.path(), "--populations", "2018", "--plot", "-"], "");
    let year = |options: &[&str]| prints("streets", &[&[folder.path()], options].concat(), "");
    assert!(year(&[]).contains("population: residents (2020)"), "{}", year(&[]));
    assert!(year(&["--populations", "2018"]).contains("population: residents (2018)"));
    assert!(bars.starts_with("One of 2 forces lies above the average of "), "{bars}");
    let error = String::from_utf8(run("streets", &[folder.path(), "--category", "Theft"], "").stderr).unwrap();
    assert_eq!(error, "error: --category Theft: no crime has that category; there are Burglary, Robbery\n");
    assert!(text.contains("\nOf these burglary: 9 of 14\n"), "{text}");
    let behaviour = ["--category", "anti-social behaviour"];
    let error = run("streets", &[&[folder.path()], &behaviour[..]].concat(), "").stderr;
    assert_eq!(
        String::from_utf8(error).unwrap(),
        "error: --category anti-social behaviour: it is no crime, and counted with --with-anti-social-behaviour\n"
    );
    let counted = [&[folder.path(), "--with-anti-social-behaviour", "--format", "csv"], &behaviour[..]].concat();
    assert_eq!(column(&prints("streets", &counted, ""), "count")[1..], ["1", "0"]);
}

#[test]
fn street_files_by_small_area() {
    let folder = Folder::of("lsoa");
    let people =
        File::of("lsoa", "LSOA code,LSOA name,Population\nE01024000,A,1500\nE01024001,B,1700\nE01021000,C,1600\n");
    let options = ["--by", "lsoa", "--populations", people.path(), "--format", "csv"];
    let csv = prints("streets", &[&[folder.path()][..], &options].concat(), "");
    assert_eq!(column(&csv, "area"), ["(no area)", "E01021000", "E01024000", "E01024001"]);
    // What the railways' police recorded in the first in the month without a file of its force is not among its crimes.
    assert_eq!(column(&csv, "count")[1..], ["4", "2", "3"]);
    assert_eq!(column(&csv, "rank"), ["", "1", "3", "2"]);
    // The force of the first lacks one of the two months.
    assert_eq!(column(&csv, "months")[1..], ["1", "2", "2"]);
    let text = prints("streets", &[folder.path(), "--by", "lsoa", "--populations", people.path()], "");
    assert!(text.contains("In no area: 2 of 11 crimes (18 %), (no area)."), "{text}");
    let told = "\nIn months for which the force of their area has no file: 3 rows in 1 area\n";
    assert!(text.contains(told), "{text}");
    assert!(text.contains("\nSmall areas without a crime in these files are not among the areas\n"), "{text}");
    let error = String::from_utf8(run("streets", &[folder.path(), "--by", "lsoa"], "").stderr).unwrap();
    assert_eq!(error, "error: small areas need the populations of a file: --populations FILE\n");
}
