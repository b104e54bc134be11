//! Monthly street files of data.police.uk.

use super::workbook::zipped;
use crimerate::{
    ErrorKind,
    read::{
        Limits,
        police_uk::{Found, Place, Streets},
    },
    records::{Absent, NamedRecords},
};
use std::{fs, path::PathBuf};

const HEADER: &str = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context";

fn crime(id: &str, month: &str, forces: [&str; 2], lsoa: &str, category: &str) -> String {
    format!(
        "{id},{month},{},{},-0.1,51.5,On or near Park,{lsoa},Somewhere 001A,{category},Under investigation,\n",
        forces[0], forces[1]
    )
}

fn file(rows: &[String]) -> String {
    format!("{HEADER}\n{}", rows.concat())
}

/// Files in months of two forces; Kent has none in one month, and none with a row in another.
fn files() -> Vec<(String, String)> {
    let kent = ["Kent Police"; 2];
    let essex = ["Essex Police", "Kent Police"];
    [
        (
            "2019-11/2019-11-kent-street.csv",
            file(&[
                crime("a1", "2019-11", kent, "E01024000", "Burglary"),
                crime("a1", "2019-11", kent, "E01024000", "Burglary"),
                crime("a2", "2019-11", kent, "", "Robbery"),
                crime("", "2019-11", kent, "E01024000", "Anti-social behaviour"),
            ]),
        ),
        ("2019-11/2019-11-essex-street.csv", file(&[crime("b1", "2019-11", essex, "E01021000", "Burglary")])),
        ("2019-12/2019-12-essex-street.csv", file(&[crime("b2", "2019-11", essex, "E01021000", "Burglary")])),
        ("2019-12/2019-12-essex-outcomes.csv", "Crime ID,Month\n".into()),
        ("2020-01/2020-01-kent-street.csv", file(&[])),
        ("2020-01/2020-01-essex-street.csv", file(&[crime("b1", "2020-01", essex, "E01021000", "Burglary")])),
        ("readme.txt", "made up\n".into()),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into()
}

/// A folder for one test.
struct Folder(PathBuf);

impl Folder {
    fn of(name: &str, files: &[(String, String)]) -> Self {
        let folder = std::env::temp_dir().join(format!("crimerate-{name}-{}", std::process::id()));
        _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_folder_of_months_is_added_up_by_force() {
    let folder = Folder::of("forces", &files());
    let (records, found) = Streets::open(&folder.0).by(Place::ReportedBy).records().unwrap();
    assert_eq!(records.areas().collect::<Vec<_>>(), ["Essex", "Kent"]);
    assert_eq!(
        records.indicators().collect::<Vec<_>>(),
        ["Burglary, 2019-11", "Burglary, 2020-01", "Robbery, 2019-11"]
    );
    assert_eq!(records.total("Kent", "Burglary, 2019-11"), Some(2));
    assert_eq!(records.total("Essex", "Burglary, 2019-11"), Some(2), "a row counts in its own month");
    assert_eq!(records.period("Robbery, 2019-11"), Some("2019-11"));
    assert_eq!(
        found.to_string(),
        "5 files of 2 forces, 2019-11 to 2020-01; 7 rows, 6 counted\n\
         Anti-social behaviour, which is no crime: 1 row, not counted\n\
         With the crime id of another row of their month: 1 row, counted each\n\
         Of another month than their file: 1 row, counted in their own\n\
         No file: kent 2019-12\n\
         No row: kent 2020-01\n\
         Passed over: 2 other files (2019-12/2019-12-essex-outcomes.csv, readme.txt)"
    );
    let text = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Found>(&text).unwrap(), found);

    let (within, _) = Streets::open(&folder.0).records().unwrap();
    assert_eq!(within.areas().collect::<Vec<_>>(), ["Kent"], "all of it falls within Kent");
}

#[test]
fn by_small_area_rows_without_a_place_are_counted_apart() {
    let folder = Folder::of("areas", &files());
    let (records, found) = Streets::open(&folder.0).by(Place::Lsoa).with_anti_social_behaviour().records().unwrap();
    assert_eq!(records.areas().collect::<Vec<_>>(), [NamedRecords::NO_AREA, "E01021000", "E01024000"]);
    assert_eq!(records.total(NamedRecords::NO_AREA, "Robbery, 2019-11"), Some(1));
    assert_eq!(records.total("E01024000", "Anti-social behaviour, 2019-11"), Some(1));
    assert_eq!((found.counted, found.without_place, found.anti_social), (7, 1, 1));
    assert!(found.to_string().contains("Anti-social behaviour, which is no crime: 1 row, counted as it was asked for"));
    let panel = records.panel([("E01021000", 1_500), ("E01024000", 1_700)], Absent::Zero).unwrap();
    assert_eq!(panel.len(), 3, "two small areas, and what is in none");
}

/// Small areas have the months of the force in whose files most of their rows stand.
#[test]
fn small_areas_of_a_force_without_a_file_have_fewer_months() {
    let (kent, essex, railways) = (["Kent Police"; 2], ["Essex Police"; 2], ["British Transport Police"; 2]);
    let burglary = |month: &str, forces: [&str; 2], lsoa: &str| crime("", month, forces, lsoa, "Burglary");
    let mut files = Vec::new();
    for month in ["2020-01", "2020-02", "2020-03"] {
        files.push((
            format!("{month}-btp-street.csv"),
            file(&[burglary(month, railways, "E01021000"), burglary(month, railways, "E01024000")]),
        ));
        files.push((format!("{month}-kent-street.csv"), file(&[burglary(month, kent, "E01024000")])));
    }
    files.push(("2020-01-essex-street.csv".into(), file(&[burglary("2020-01", essex, "E01021000")])));
    // A file without a row is no month without crimes.
    files.push(("2020-02-essex-street.csv".into(), file(&[])));
    let folder = Folder::of("months", &files);
    let (records, found) = Streets::open(&folder.0).by(Place::Lsoa).records().unwrap();
    assert_eq!(records.areas().collect::<Vec<_>>(), ["E01021000", "E01024000"]);
    assert_eq!(found.fewer_months, [("E01021000".to_owned(), 1)]);
    assert_eq!(["E01021000", "E01024000"].map(|area| found.months_of(area)), [1, 3]);
    // What the railways' police recorded there in the months without a file of its force is told, and not counted over them.
    let others = ["2020-02", "2020-03"].map(|month| ("E01021000".to_owned(), month.to_owned(), 1));
    assert_eq!(found.of_other_forces, others);
    assert!(found.is_covered("E01021000", "2020-01") && !found.is_covered("E01021000", "2020-02"));
    assert!(found.is_covered("E01024000", "2020-02"));
    let told = "In months for which the force of their area has no file: 2 rows in 1 area\n";
    assert!(found.to_string().contains(told), "{found}");
    let (_, found) = Streets::open(&folder.0).records().unwrap();
    assert_eq!(found.of_other_forces, []);
    assert_eq!(["Essex", "Kent", "British Transport Police"].map(|area| found.months_of(area)), [1, 3, 3]);
    let text = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Found>(&text).unwrap(), found);
}

#[test]
fn an_archive_is_read_as_its_folder() {
    let all = files();
    let folder = Folder::of("archive", &all);
    let archive = folder.0.join("download.zip");
    let bytes = zipped(all.iter().map(|(name, text)| (name.as_str(), text.clone())));
    fs::write(&archive, &bytes).unwrap();
    for place in Place::ALL {
        let (in_archive, mut told) = Streets::open(&archive).by(*place).records().unwrap();
        let (in_folder, found) = Streets::open(&folder.0).by(*place).records().unwrap();
        assert_eq!(in_archive, in_folder, "{place}");
        told.passed = found.passed.clone();
        assert_eq!(told, found);
    }
    let limits = Limits { unpacked_bytes: 100, ..Limits::default() };
    let error = Streets::open(&archive).limits(limits).records().unwrap_err().to_string();
    assert!(error.contains("more than 100 bytes"), "{error}");
}

#[test]
fn a_single_file_is_a_month_too() {
    let folder = Folder::of("single", &files());
    let (records, found) = Streets::open(folder.0.join("2019-11/2019-11-essex-street.csv")).records().unwrap();
    assert_eq!((records.total("Kent", "Burglary, 2019-11"), found.files), (Some(1), 1));
}

#[test]
fn what_is_wrong_is_said_with_the_file_and_the_row() {
    let none = Folder::of("none", &[]);
    let error = Streets::open(&none.0).records().unwrap_err();
    assert!(error.to_string().contains("a name that ends as 2019-12-west-midlands-street.csv does"));
    let error = Streets::open(none.0.join("nowhere")).records().unwrap_err();
    assert!(matches!(error.first().kind(), ErrorKind::Unreadable { .. }));
    let kent = ["Kent Police"; 2];
    for (name, text, says) in [
        ("category", file(&[crime("a", "2019-12", kent, "E01", "")]), "the crime has no category"),
        ("month", file(&[crime("a", "", kent, "E01", "Burglary")]), "the crime has no month"),
        ("columns", "Crime ID,Month\na,2019-12\n".into(), "no column is \"Reported by\""),
        ("short", format!("{HEADER}\na,2019-12\n"), "2 cells, where the header has 12"),
    ] {
        let folder = Folder::of(name, &[("2019-12-kent-street.csv".into(), text)]);
        let error = Streets::open(&folder.0).records().unwrap_err().to_string();
        assert!(error.starts_with("2019-12-kent-street.csv cannot be read: row "), "{error}");
        assert!(error.contains(says), "{error}");
    }
    let twice = ["2019-12-kent-street.csv", "2019-12/2019-12-kent-street.csv"].map(|name| (name.to_owned(), file(&[])));
    let error = Streets::open(Folder::of("twice", &twice).0.as_path()).records().unwrap_err();
    assert_eq!(error.to_string(), "the street file \"2019-12-kent-street.csv\" is given twice");
}

#[test]
fn a_place_is_written_as_it_is_read() {
    for place in Place::ALL {
        assert_eq!(place.to_string().parse::<Place>().unwrap(), *place);
    }
    assert!("ward".parse::<Place>().is_err());
}
