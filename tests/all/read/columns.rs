//! Columns of which some cells say nothing: months that are blank, counts among other text.

use crimerate::read::Document;

fn refused(file: &str) -> String {
    Document::of(file.to_owned()).table().unwrap_err().to_string()
}

#[test]
fn months_that_are_blank_beside_others_are_no_year() {
    let faults = refused("area,count,population,months\nA,10,1000,6\nB,12,1000,\nC,11,1000,NA\nD,9,1000,12\n");
    assert_eq!(
        faults.lines().collect::<Vec<_>>(),
        [
            "B: row 3, column months: the row has no number of months: other rows have theirs, so give how many its count covers, 12 for a \
             year",
            "C: row 4, column months: the row has no number of months: other rows have theirs, so give how many its count covers, 12 for a \
             year",
        ]
    );
    // None in any row is as if the column was not there, and what takes no part needs none.
    let table = |file: &str| Document::of(file.to_owned()).table();
    let (none, _) = table("area,count,population,months\nA,10,1000,\nB,12,1000,NA\n").unwrap();
    assert!(!none.basis().is_in_person_months());
    let file = "area,count,population,months\nA,10,1000,6\nB,12,1000,\nC,11,,\n";
    assert!(Document::of(file).to_be_left_out("B").unplaced("C").table().is_ok());
    // In a wide file it is one fault, whatever the number of columns.
    let wide = "area,population,months,theft,arson\nA,1000,6,5,7\nB,1000,,5,7\n";
    let faults = Document::of(wide).wide_panel(["theft", "arson"]).unwrap_err().to_string();
    assert_eq!(faults.lines().count(), 1, "{faults}");
    assert!(faults.starts_with("B: row 3, column months: the row has no number of months"), "{faults}");
}

#[test]
fn a_slip_in_a_column_of_counts_is_a_fault_and_drops_no_column() {
    let wide = |file: &str| Document::of(file.to_owned()).wide_panel::<&str>([]);
    let faults = wide("area,theft,arson,population\nA,q,3,100\nB,5,-2,50\nC,7,4,70\n").unwrap_err().to_string();
    let faults: Vec<&str> = faults.lines().collect();
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].contains("row 2, column theft: \"q\" is not a count"), "{faults:?}");
    assert!(faults[1].contains("row 3, column arson: ") && faults[1].contains("-2"), "{faults:?}");
    // Rates and texts are no counts; with some among them it is told.
    let file = "area,region,theft,weight,place in 2019,rank,population\nA,North,5,1.5,1,1,100\nB,South,3,3,=2,2,50\nC,South,4,2,=2,3,70\n";
    let (panel, taken) = wide(file).unwrap();
    assert_eq!(panel.indicators(), 1);
    assert_eq!(
        taken.notes,
        [
            "Passed over: a column that does not hold counts alone: weight has \"1.5\" in line 2",
            "Passed over: a column that does not hold counts alone: place in 2019 has \"=2\" in line 3",
            "Passed over, unless it is named: what is no count by its heading: rank (a rank)",
        ]
    );
    let none = wide("area,theft,population\nA,q,100\nB,many,50\n").unwrap_err().to_string();
    assert_eq!(
        none,
        "row 1: no column holds counts: theft has \"q\" in line 2: correct it, or name the columns that do"
    );
}
