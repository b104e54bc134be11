//! Files that are made to do harm: each is refused or read in time and memory that its size allows.

use crimerate::read::{Document, Limits, Role};
use proptest::{collection::vec, prelude::*, sample::select};

#[test]
fn one_enormous_cell_ends_at_the_limit() {
    let cell = "7".repeat(3 << 20);
    for file in [
        format!("area,count,population\nA,{cell},10\n"),
        format!("{cell},count,population\nA,1,10\n"),
        format!("area,count,population\nA,\"{cell},10\n"),
        format!("area,count,population\n\"{}\",1,10\n", "\"\"".repeat(2 << 20)),
    ] {
        let error = Document::of(file).table().unwrap_err().to_string();
        assert!(error.contains("more than 1,048,576 bytes in one row"), "{error}");
    }
}

#[test]
fn a_million_columns_end_at_the_limit() {
    let file = format!("area,count,population{}\n", ",x".repeat(200_000));
    let error = Document::of(file).table().unwrap_err().to_string();
    assert!(error.starts_with("row 1: more than 16,384 columns in one row"), "{error}");
    let limits = Limits { columns: 2, ..Limits::default() };
    let error = Document::of("area,count,population\nA,1,10\n").limits(limits).table().unwrap_err().to_string();
    assert!(error.starts_with("row 1: more than 2 columns"), "{error}");
}

#[test]
fn rows_end_at_the_limit_and_records_do_not() {
    let file = "area,offence,count,population\nA,x,1,10\nB,x,1,10\nC,x,1,10\n";
    let limited = || Document::of(file).limits(Limits { rows: 2, ..Limits::default() });
    for error in [
        limited().table().unwrap_err(),
        limited().panel().unwrap_err(),
        limited().wide_panel(["count"]).unwrap_err(),
        limited().cells(["area"]).unwrap_err(),
    ] {
        assert!(error.to_string().contains("more than 2"), "{error}");
    }
    assert_eq!(limited().records().unwrap().1.rows, 3);
}

fn every_door(document: &Document) {
    let _ = document.table();
    let _ = document.clone().summed().leaving_out().table();
    let _ = document.clone().counts_alone().rows();
    let _ = document.panel();
    let _ = document.wide_panel::<&str>([]);
    let _ = document.records();
    let _ = document.clone().column(Role::Rate, "count").published(crimerate::Per::THOUSAND);
    let _ = document.clone().strict().force_populations(2018).table();
    let _ = document.cells(["area"]);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..400)) {
        every_door(&Document::of(bytes));
    }

    #[test]
    fn no_text_below_a_header_makes_it_panic(
        header in select(vec!["area,count,population", "Force;Offence;Year;Number;Population", "code\tname\tn\tpop", "area"]),
        cells in vec((select(vec![
            "Kent", "", "1", "-1", "..", "1,234", "\"1,234\"", "1e5", "1e-5", "[c]", "<5", "1-9", "\"", "\u{0}", "\u{feff}", "\u{2212}5", "E23000032",
            "K04000001", "England", "5%", "\u{a0}", "1.5", "Kent [note 4]", "note 1. ", "area", "\u{202e}x", "99999999999999999999999999", "0",
        ]), select(vec![",", ";", "\t", "\n", "\r\n", "\r", "\n\n"])), 0..60),
    ) {
        let text: String = cells.into_iter().map(|(cell, after)| format!("{cell}{after}")).collect();
        every_door(&Document::of(format!("{header}\n{text}")));
    }
}

/// What is added up as it is read has no limit of rows, but of what is held of them.
#[test]
fn rows_that_are_added_up_end_at_no_limit() {
    let mut file = "area,offence,month,count,population\n".to_owned();
    (0..1_000).for_each(|row| file += &format!("A{},O{},2020-{:02},1,1000\n", row % 3, row % 2, row % 12 + 1));
    let limited = |rows: usize| Document::of(file.clone()).summed().limits(Limits { rows, ..Limits::default() });
    let (table, _) = limited(3).table().unwrap();
    assert_eq!(table.observation(0).and_then(crimerate::Observation::known), Some(334));
    let offences = |document: Document| document.only("month", "2020-01").panel();
    let (panel, taken) = offences(limited(6)).unwrap();
    assert_eq!((panel.len(), panel.indicators()), (1, 1), "{taken}");
    assert!(limited(2).table().is_err());
    let by_month = limited(12).column(Role::Period, "month").rows_by(Role::Period);
    assert_eq!(by_month.unwrap().0.len(), 12);
    assert!(limited(11).column(Role::Period, "month").rows_by(Role::Period).is_err());
}
