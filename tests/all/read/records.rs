//! Records are read in pieces as they are row by row, by however many threads.

use crimerate::{
    read::{Document, Faults, Limits, Role, Taken},
    records::NamedRecords,
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::fmt::Write;

type Answer = Result<(NamedRecords, Taken), Faults>;

fn read(document: &Document, threads: usize) -> Answer {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| document.records())
}

/// Whoever says of how many each number is keeps a file from being read in pieces.
fn row_by_row(document: &Document) -> Answer {
    document.clone().in_units_of(Role::Months, 1).records()
}

fn told(answer: Answer) -> Result<(NamedRecords, Taken), String> {
    answer.map_err(|faults| faults.to_string())
}

/// A file of as many rows, of which some are as odd as rows are.
fn file(rows: u64, odd: &str) -> String {
    let mut file = "code,force,offence,month,count\n".to_owned();
    for row in 0..rows {
        let (force, offence, month) = (row % 43, row * 7 % 150, row * 11 % 24);
        writeln!(file, "E1,Force {force},Offence {offence},2020-{month:02},{}", row % 40).unwrap();
        if row % 5_003 == 4_000 {
            file += odd;
        }
    }
    file
}

#[test]
fn pieces_are_what_rows_are_and_threads_change_nothing() {
    for odd in [
        "",
        "E1,Force 1,Offence 2,2020-01,\"1,024\"\nE1,Force 1,Offence 2,2020-01,-7\n",
        "E1,\"Force, the \"\"Old\"\"\",Offence 2,2020-01,3\n\n  ,,,,\nE1,\"Two\nlines\",\"Offence 1\",2020-01,\"4\"\n",
        "code,force,offence,month,count\nE1,Force 1,Offence 1,2020-01,..\nE1,,Offence 1,,2\n",
        "a note\nE1,Kent [note 2],Offence 1,2020-01,7,,\nE1,a\"b,c\"d,2020-02,9\n",
    ] {
        let document = Document::of(file(60_000, odd));
        let expected = told(row_by_row(&document)).unwrap();
        assert!(expected.1.rows > 60_000 || odd.is_empty());
        for threads in [1, 2, 3, 7] {
            assert_eq!(told(read(&document, threads)).unwrap(), expected, "{odd:?} on {threads}");
        }
    }
}

#[test]
fn faults_are_the_same_in_pieces_the_lowest_line_first() {
    for odd in [
        "E1,Force 1,Offence 2,2020-01,many\n",
        "E1,Force 1,Offence 2,2020-01\nE1,Force 1, ,2020-01,3\n",
        "E1,Force 1,\"Offence 7, 2020-11\",,3\n",
        "E1,Force 1,Offence 1,2020-01,4611686018427387903\n",
        "E1,Force 1,Offence 1,2020-01,\"never closed\n",
    ] {
        let document = Document::of(file(60_000, odd)).limits(Limits { row_bytes: 200_000, ..Limits::default() });
        let expected = told(row_by_row(&document)).err().unwrap();
        for threads in [1, 2, 3, 7] {
            assert_eq!(told(read(&document, threads)).err().as_ref(), Some(&expected), "{odd:?} on {threads}");
        }
        assert!(expected.contains("row 4003"), "{expected}");
    }
}

#[test]
fn choices_and_rows_without_counts() {
    let document = Document::of(file(20_000, "E1,Force 1,offence 7,2020-03,1\n")).only("month", "2020-03");
    let (records, taken) = told(row_by_row(&document)).unwrap();
    assert_eq!(told(read(&document, 2)).unwrap(), (records, taken));
    let document = Document::of(file(20_000, "E1,,Offence 7,2020-03,1\n,,Offence 7,,\n")).counting_rows();
    let (records, taken) = told(row_by_row(&document)).unwrap();
    assert_eq!(told(read(&document, 2)).unwrap(), (records, taken));
    let none = Document::of(file(20_000, "")).only("month", "2031-03");
    assert_eq!(told(read(&none, 2)).unwrap_err(), told(row_by_row(&none)).unwrap_err());
}

#[test]
fn many_pairs_take_memory_in_proportion() {
    let mut file = "force,offence,month,count\n".to_owned();
    for row in 0..100_000 {
        writeln!(file, "Kent,o{row},m{row},1").unwrap();
    }
    let (records, taken) = Document::of(file).records().unwrap();
    assert_eq!((records.total("Kent", "o99999, m99999"), taken.rows), (Some(1), 100_000));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pieces_of_any_text_are_what_rows_are(
        cells in vec(select(vec!["E1", "a", "\"a\"", "\"a\"\"b\"", "x\"y", "7", "-7", "1,0", "\n", "\r\n", "\u{e9}", " ", "", "\"b\nc\""]), 0..400),
        delimiter in select(vec![",", ";", "\t"]),
    ) {
        // More rows than are looked at for the header, so that pieces have some.
        let mut text = ["code", "force", "offence", "month", "count"].join(delimiter) + "\n";
        for row in 0..120 {
            text += &(["E1", "Kent", "theft", "2020-01", &row.to_string()].join(delimiter) + "\n");
        }
        for (at, cell) in cells.iter().enumerate() {
            text += cell;
            text += if at % 5 == 4 { "\n" } else { delimiter };
        }
        let document = Document::of(text).delimiter(delimiter.as_bytes()[0]);
        prop_assert_eq!(told(read(&document, 2)), told(row_by_row(&document)));
    }
}

#[test]
fn codes_choose_records() {
    let file = "code,force,offence,count\nE23,Kent,theft,7\nS12,Police Scotland,theft,9\n";
    let (records, taken) = Document::of(file).only_codes(["E", "W"]).records().unwrap();
    assert_eq!((records.areas().collect::<Vec<_>>(), taken.rows), (vec!["Kent"], 1));
}
