//! What headings say of columns, and files without any.

use super::shapes::known;
use crimerate::{
    Panel, Per,
    read::{Document, Role, Taken},
};

fn column(taken: &Taken, role: Role) -> &str {
    taken.columns.iter().find(|column| column.role == role).map_or("", |column| column.heading.as_str())
}

#[test]
fn columns_go_by_the_headings_that_publishers_give_them() {
    for heading in [
        "Region",
        "Police force area name",
        "Police Force Area",
        "Force area",
        "Constabulary",
        "Local Authority District",
        "LAD22NM",
        "PFA21NM",
        "WD23NM",
        "Agency Name",
    ] {
        let file = format!("{heading},count,population\nKent,5,1000\n");
        let (_, taken) = Document::of(file).table().unwrap_or_else(|faults| panic!("{heading}: {faults}"));
        assert_eq!(column(&taken, Role::Area), heading);
    }
    for heading in ["Victims", "Number of victims", "Offences recorded", "Recorded offences", "Police recorded crime"] {
        let file = format!("area,{heading},population\nKent,5,1000\n");
        let (_, taken) = Document::of(file).table().unwrap_or_else(|faults| panic!("{heading}: {faults}"));
        assert_eq!(column(&taken, Role::Count), heading);
    }
    for heading in [
        "MYE2018",
        "MYE 2018",
        "All ages",
        "Mid-year estimate",
        "Mid-year population estimate",
        "2018 mid-year estimate",
        "Population estimates 2018",
        "Usual residents",
    ] {
        let file = format!("area,count,{heading}\nKent,5,1000\n");
        let (_, taken) = Document::of(file).table().unwrap_or_else(|faults| panic!("{heading}: {faults}"));
        assert_eq!(column(&taken, Role::Population), heading);
    }
    let lookup = "LAD22CD,LAD22NM,PFA22CD,PFA22NM,RGN22NM,count,population\nE07000105,Ashford,E23000032,Kent,South East,5,1000\n";
    let (table, taken) = Document::of(lookup).table().unwrap();
    assert_eq!((table.areas()[0].name(), table.areas()[0].code()), ("Ashford", Some("E07000105")));
    assert_eq!(column(&taken, Role::Area), "LAD22NM");
    // What areas lie in is none of them.
    let (table, taken) = Document::of("Region,Force,Count,Population\nSouth East,Kent,5,1000\n").table().unwrap();
    assert_eq!((table.areas()[0].name(), taken.notes.len()), ("Kent", 0), "{taken}");
}

/// Workbooks have days for what they show as months.
#[test]
fn months_are_found_by_how_they_are_shown() {
    let file = "Force,2018-09-30,2019-09-30,Population\nKent,3300,3547,1846500\n";
    for heading in ["Sep-19", "September 2019", "2019-09", "2019-09-30"] {
        let (table, _) = Document::of(file).column(Role::Count, heading).table().unwrap();
        assert_eq!(known(&table), [("Kent".to_owned(), 3_547)], "{heading}");
    }
    assert!(Document::of(file).column(Role::Count, "2019").table().is_err());
    let long = "Force,Month,Count,Population\nKent,2019-08-01,5,1000\nKent,2019-09-01,7,1000\n";
    let (table, _) = Document::of(long).only("Month", "Sep-19").table().unwrap();
    assert_eq!(known(&table), [("Kent".to_owned(), 7)]);
}

/// Which of the columns below it a heading stands for nobody knows; one with nothing below it is a column's own.
#[test]
fn a_heading_above_several_columns_is_that_of_none() {
    let file = "Table 1\n,Violence,,Total,\nForce,With injury,Without injury,,Population\nKent,5,7,20,1000\n";
    let read = |heading: &str| Document::of(file).column(Role::Count, heading).table();
    let error = read("Violence").unwrap_err().to_string();
    assert_eq!(
        error,
        "row 3: 2 columns are \"Violence\": #2 \"Violence: With injury\", #3 \"Violence: Without injury\": give the whole heading, or the \
         column's number such as #3"
    );
    // Units below the names of columns change nothing.
    let units = file.replace("Population\nKent", "Population\n,Numbers,,,\nKent");
    let refused = Document::of(units.clone()).column(Role::Count, "Violence").table().unwrap_err().to_string();
    assert!(refused.contains("2 columns are \"Violence\""), "{refused}");
    // Nor is it looked for in the line above, as if the areas there had no heading.
    assert!(refused.starts_with("row 3: ") || refused.starts_with("row 4: "), "{refused}");
    assert_eq!(refused.lines().count(), 1, "{refused}");
    let total = Document::of(units).column(Role::Count, "Total").table().unwrap().0;
    assert_eq!(known(&total), [("Kent".to_owned(), 20)]);
    for (heading, count) in [("With injury", 5), ("Violence: Without injury", 7), ("Total", 20)] {
        assert_eq!(known(&read(heading).unwrap().0), [("Kent".to_owned(), count)], "{heading}");
    }
    // A year alone below a population, or the first of several.
    let years = |above: &str, more: &str, cells: &str| {
        format!(",,Population{above}\nForce,Count,2018{more}\nKent,5,1000{cells}\n")
    };
    assert!(Document::of(years("", "", "")).table().is_ok());
    let error = Document::of(years(",", ",2019", ",1100")).table().unwrap_err().to_string();
    assert!(
        error.contains("2 columns are \"population\": #3 \"Population: 2018\", #4 \"Population: 2019\""),
        "{error}"
    );
}

fn wide(file: &str) -> (Panel<'static>, Taken) {
    Document::of(file).wide_panel::<&str>([]).unwrap()
}

#[test]
fn columns_of_whole_numbers_that_are_no_counts_are_no_indicators() {
    let file = "id,area,latitude,longitude,Population,Population 2019,year,rank,Arson,Robbery\n\
        11,Kent,51,1,1846500,1800000,2019,1,7,9\n12,Essex,52,0,1832800,1800000,2019,2,4,2\n13,Dorset,50,-2,772300,770000,2019,3,3,1\n";
    let (panel, taken) = wide(file);
    assert_eq!((panel.indicators(), panel.label(0), panel.label(1)), (2, "Arson".to_owned(), "Robbery".to_owned()));
    assert_eq!(
        taken.notes,
        [
            "Passed over, unless it is named: what is no count by its heading: id (an identifier), latitude (a coordinate), longitude (a \
          coordinate), Population 2019 (a population), year (a date), rank (a rank)"
        ]
    );
    let (panel, _) = Document::of(file).wide_panel(["rank", "Arson"]).unwrap();
    assert_eq!(panel.label(0), "rank");
    let none = Document::of("area,population,rank\nKent,1000,1\n").wide_panel::<&str>([]).unwrap_err().to_string();
    assert!(none.contains("no column holds counts: rank is a rank by its heading"), "{none}");
    // Texts and figures with decimals are no news.
    let (_, taken) = wide("area,lat,code,population,Arson\nKent,51.3,K1,1000,7\nEssex,51.9,K2,2000,4\n");
    assert!(taken.notes.is_empty(), "{taken}");
}

fn numbered(file: &str) -> Document {
    Document::of(file).column(Role::Area, "#1").column(Role::Count, "#2").column(Role::Population, "#3")
}

#[test]
fn the_first_row_of_a_file_without_a_header_is_a_row() {
    let (table, taken) = numbered("Kent,5,1000\nEssex,7,2000\n").table().unwrap();
    assert_eq!(known(&table), [("Kent".to_owned(), 5), ("Essex".to_owned(), 7)]);
    assert_eq!(
        taken.to_string(),
        "2 lines, cells between commas, UTF-8; no header; 2 rows taken\nColumns: area #1, count #2, population #3"
    );
    let faults = numbered("Kent,5,1000\nEssex,many,2000\n").table().unwrap_err().to_string();
    assert!(faults.starts_with("Essex: row 2, column #2: \"many\" is not a count"), "{faults}");
    // A header is one all the same, with titles above it or not, and so are years.
    for (file, rows, header) in [
        ("Force,Offences,People\nKent,5,1000\n", 1, 1),
        ("Table 1,,\n,,\nForce,Offences,People\nKent,5,1000\n", 1, 3),
        ("Table 1,,\nKent,5,1000\nEssex,7,2000\n", 2, 0),
        ("Force,2019,2020\nKent,5,1000\n", 1, 1),
        ("Kent,..,1000\nEssex,7,2000\n", 2, 0),
        ("1,2,3\nForce,Offences,People\nKent,5,1000\n", 1, 2),
        ("Force,10-17,18-64\nKent,5,1000\n", 1, 1),
    ] {
        let (table, taken) = numbered(file).table().unwrap_or_else(|faults| panic!("{file}: {faults}"));
        assert_eq!((table.len(), taken.header), (rows, header), "{file}");
        assert!(taken.notes.is_empty(), "{taken}");
    }
    // Nothing tells whether years beside a name are figures.
    let doubtful = numbered("Kent,2019,2020\nEssex,7,2000\n");
    let (table, taken) = doubtful.table().unwrap();
    assert_eq!(table.len(), 1);
    assert_eq!(
        taken.notes,
        ["Line 1 (Kent, 2019, 2020) is read as the header; where it is a row, say that there is none"]
    );
    let (table, taken) = doubtful.without_header().table().unwrap();
    assert_eq!((table.len(), taken.notes.len()), (2, 0));
    let rates = Document::of("Kent,5.5\nEssex,7\n").column(Role::Area, "#1").column(Role::Rate, "#2");
    assert_eq!(rates.published(Per::THOUSAND).unwrap().0.len(), 2);
}

/// The unit that stands above the last column is no heading of counts there.
#[test]
fn no_column_is_both_counts_and_people() {
    let file = ",,,Number of offences\nArea,Code,Recorded,Population figures\nKent,E1,100,1000\nEssex,E2,200,3000\n";
    let file = Document::of(file);
    let error = file.clone().table().unwrap_err().to_string();
    let expected = "no column is known to hold counts: \"Number of offences: Population figures\" holds populations";
    assert!(error.contains(expected), "{error}");
    let (table, _) = file.column(Role::Count, "Recorded").table().unwrap();
    assert_eq!(table.rate(0).unwrap().unwrap().count(), 100);
}
