//! Sheets of workbooks: what a cell is taken for, and which sheet is read.

use super::workbook::{Xlsx, escaped, ods, ods_row, row, rows};
use calamine::{Data, Reader};
use crimerate::{
    Area, Table,
    read::{Document, Role, Taken},
};
use proptest::prelude::*;

const HEADER: &[&str] = &["Area", "Count", "Population"];

fn small() -> String {
    rows(1, &[HEADER, &["Kent", "729", "1846500"], &["Essex", "1119", "1832800"]])
}

fn read(bytes: Vec<u8>) -> (Table, Taken) {
    Document::of(bytes).table().unwrap()
}

fn texts(document: &Document) -> Vec<String> {
    document.cells(["#2"]).unwrap().0.into_iter().map(|(_, [text])| text).collect()
}

/// The texts of the second column below a header, of an XLSX sheet with these rows from the second.
fn second(rows: &str, book: Xlsx) -> (Vec<String>, Taken) {
    let header = row(1, &["Area", "Value"]);
    let document = Document::of(book.sheet("One", format!("{header}{rows}")).bytes());
    let (cells, taken) = document.cells(["#1", "#2"]).unwrap();
    (cells.into_iter().map(|(_, [_, text])| text).collect(), taken)
}

#[test]
fn a_sheet_is_chosen_by_name_or_number_or_is_the_only_one() {
    let other = rows(1, &[HEADER, &["Kent", "1", "1846500"]]);
    let book = Xlsx::default().sheet("Notes", row(1, &["Nothing here"])).sheet("Table P3 ", small()).sheet("#1", other);
    let workbook = Document::of(book.bytes());
    let error = workbook.table().unwrap_err().to_string();
    assert_eq!(error, "the workbook has 3 sheets: `Notes`, `Table P3`, `#1`: say which one to read");
    for name in ["Table P3 ", "Table P3", "table p3", " TABLE  P3", "#2"] {
        let (table, taken) = workbook.clone().sheet(name).table().unwrap();
        assert_eq!(table.len(), 2, "{name}");
        assert_eq!(taken.form, "the sheet Table P3 of an XLSX workbook");
        assert_eq!((taken.lines, taken.header, taken.rows), (3, 1, 2));
    }
    assert_eq!(workbook.clone().sheet("#1").table().unwrap().0.len(), 1, "a name goes before a number");
    let error = workbook.clone().sheet("Tabel P3").table().unwrap_err().to_string();
    assert_eq!(
        error,
        "no sheet is \"Tabel P3\", among `Notes`, `Table P3`, `#1`: did you mean \"Table P3\"? Give a name, or a number such as #3"
    );
    for name in ["#4", "#0", "", "#"] {
        assert!(workbook.clone().sheet(name).table().is_err(), "{name}");
    }
    let error = Document::of("area,count,population\nKent,1,1846500\n").sheet("One").table().unwrap_err().to_string();
    assert_eq!(error, "the file is no workbook, so it has no sheets: leave the sheet out");
}

#[test]
fn the_only_sheet_that_is_shown_needs_no_choice() {
    let mut book = Xlsx::default().sheet("lists", row(1, &["x"])).sheet("Data", small());
    book.hidden = vec![0];
    assert_eq!(read(book.bytes()).0.len(), 2);
    book.hidden = vec![0, 1];
    let error = Document::of(book.bytes()).table().unwrap_err().to_string();
    assert_eq!(error, "the workbook has no sheet that is shown: say which one to read");
    assert_eq!(Document::of(book.bytes()).sheet("data").table().unwrap().0.len(), 2);
}

#[test]
fn raised_figures_of_notes_are_no_part_of_names_codes_and_headings() {
    let raised = |text: &str, mark: &str| {
        format!(
            "<r><t>{text}</t></r><r><rPr><b/><vertAlign val=\"superscript\"/></rPr><t xml:space=\"preserve\">{mark}</t></r>"
        )
    };
    let strings = [
        raised("Area Name", "2"),
        raised("Robbery", "3,4"),
        raised("Ward7", "8"),
        raised("E23000011", "8"),
        "<r><t>31</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>st</t></r><r><t> Street</t></r>".to_owned(),
        "<t>Cheshire7</t>".to_owned(),
    ];
    let inline = raised("Devon", " 9");
    let cells = format!(
        "<row r=\"3\"><c t=\"inlineStr\"><is><t>Area Code</t></is></c><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>\
         <c t=\"inlineStr\"><is><t>Population</t></is></c></row>\
         <row r=\"4\"><c t=\"s\"><v>3</v></c><c t=\"s\"><v>2</v></c><c><v>1</v></c><c><v>10</v></c></row>\
         <row r=\"5\"><c/><c t=\"s\"><v>4</v></c><c><v>2</v></c><c><v>20</v></c></row>\
         <row r=\"6\"><c/><c t=\"inlineStr\"><is>{inline}<rPh><t>x</t></rPh></is></c><c><v>3</v></c><c><v>30</v></c></row>\
         <row r=\"7\"><c/><c t=\"s\"><v>5</v></c><c><v>4</v></c><c><v>40</v></c></row>"
    );
    let document = Document::of(Xlsx::of(cells).strings(strings).bytes());
    let (table, taken) = document.column(Role::Count, "Robbery").table().unwrap();
    let names: Vec<&str> = table.areas().iter().map(Area::name).collect();
    assert_eq!(names, ["Ward7", "31st Street", "Devon", "Cheshire"]);
    assert_eq!(table.areas()[0].code(), Some("E23000011"));
    let told = taken.to_string();
    for line in [
        "Taken: 2 for the mark of a note on a heading, once (line 3)",
        "Taken: 3,4 for the mark of a note on a heading, once (line 3)",
        "Taken: 8 for the mark of a note, 2 times (first in line 4)",
        "Taken: 9 for the mark of a note, once (line 6)",
        "Taken: 7 for the mark of a note on a name, once (line 7)",
    ] {
        assert!(told.contains(line), "{line} in\n{told}");
    }
}

#[test]
fn marks_are_told_of_rows_far_below_the_header_too() {
    let names: String = (2..402).map(|line| row(line, &[&format!("Ward {line} x"), "1", "10"])).collect();
    let raised = "<is><r><t>Ward Last</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>5</t></r></is>";
    let last = format!("<row r=\"402\"><c t=\"inlineStr\">{raised}</c><c><v>1</v></c><c><v>10</v></c></row>");
    let (table, taken) = read(Xlsx::of(format!("{}{names}{last}", row(1, HEADER))).bytes());
    assert_eq!(table.areas()[400].name(), "Ward Last");
    assert_eq!(taken.met.iter().map(|mark| (mark.text.as_str(), mark.line)).collect::<Vec<_>>(), [("5", 402)]);
}

#[test]
fn cells_of_every_kind() {
    let mut book = Xlsx { formats: vec![14, 170, 171, 22, 46, 3], ..Xlsx::default() };
    book = book.strings(["<t>1,024 </t>", "<t>a_x000D_b &amp; c</t>"]);
    let cells = [
        (r#"<c><v>2557</v></c>"#, "2557"),
        (r#"<c><v>2557.0</v></c>"#, "2557"),
        (r#"<c s="6"><v>1234</v></c>"#, "1234"),
        (r#"<c><v>5.0000000000000003E-2</v></c>"#, "0.05"),
        (r#"<c t="n"><v>83.600000000000009</v></c>"#, "83.60000000000001"),
        (r#"<c t="s"><v>0</v></c>"#, "1,024"),
        (r#"<c t="s"><v>1</v></c>"#, "a\rb & c"),
        (r#"<c t="b"><v>1</v></c>"#, "TRUE"),
        (r#"<c t="b"><v>0</v></c>"#, "FALSE"),
        (r#"<c t="e"><v>#N/A</v></c>"#, "#N/A"),
        (r#"<c t="str"><f>A1&amp;"x"</f><v>x &lt; y</v></c>"#, "x < y"),
        (r#"<c s="1"><v>43738</v></c>"#, "2019-09-30"),
        (r#"<c s="2"><v>43556</v></c>"#, "2019-04-01"),
        (r#"<c s="4"><v>43738.25</v></c>"#, "2019-09-30T06:00:00"),
        (r#"<c s="5"><v>0.5</v></c>"#, "12:00:00"),
        (r#"<c t="d"><v>2019-09-30T00:00:00</v></c>"#, "2019-09-30"),
        (r#"<c s="3"><v>0.07</v></c>"#, "7%"),
        (r#"<c><f t="shared" ref="B2:B3" si="0">A1*2</f><v>14</v></c>"#, "14"),
        (r#"<c><f t="shared" si="0"/><v>16</v></c>"#, "16"),
        (r#"<c><f>A1</f></c>"#, ""),
        (r#"<c s="99"><v>7</v></c>"#, "7"),
        (r#"<c><v>twelve</v></c>"#, "twelve"),
    ];
    let rows: String = cells
        .iter()
        .zip(2..)
        .map(|((cell, _), line)| format!(r#"<row r="{line}"><c t="inlineStr"><is><t>x</t></is></c>{cell}</row>"#))
        .collect();
    let (found, taken) = second(&rows, book);
    assert_eq!(found, cells.map(|(_, text)| text));
    assert!(
        taken.to_string().contains("Taken: a formula without a result for an empty cell, once (line 21)"),
        "{taken}"
    );

    let old = Xlsx { formats: vec![14], from_1904: true, ..Xlsx::default() };
    let row = r#"<row r="2"><c t="inlineStr"><is><t>x</t></is></c><c s="1"><v>42276</v></c></row>"#;
    assert_eq!(second(row, old).0, ["2019-09-30"]);
}

#[test]
fn digits_that_a_spreadsheet_does_not_keep_are_told() {
    let cells = rows(
        2,
        &[&["Kent", "9007199254740993"], &["Essex", "1.2345678901234567E+19"], &["Dorset", "9007199254740992"]],
    );
    let (found, taken) = second(&cells, Xlsx::default());
    assert_eq!(found, ["9007199254740993", "12345678901234567000", "9007199254740992"]);
    let told = "Taken: a number above 2^53 for exact, though spreadsheets do not keep all of its digits, 2 times (first in line 2)";
    assert!(taken.to_string().contains(told), "{taken}");
    let strict = Document::of(Xlsx::of(rows(1, &[HEADER, &["Kent", "1", "9007199254740993"]])).bytes()).strict();
    assert!(strict.table().unwrap_err().to_string().contains("2^53"));
}

#[test]
fn a_text_that_is_merged_over_rows_is_that_of_each() {
    let cells = rows(
        4,
        &[
            &["Force", "Offence", "Count", "Population"],
            &["Kent", "Arson", "7", "1846500"],
            &["", "Robbery", "9", "1846500"],
            &["Essex", "Arson", "4", "1832800"],
            &["", "Robbery", "5", "1832800"],
            &["", "Total", "25", ""],
        ],
    );
    let book = Xlsx::of(cells).merged(&["A5:A6", "A7:A8", "C7:C8"]);
    let document = Document::of(book.bytes());
    let names: Vec<String> = document.cells(["#1"]).unwrap().0.into_iter().map(|(_, [name])| name).collect();
    assert_eq!(names, ["Kent", "Kent", "Essex", "Essex", ""], "and no further");
    let (_, taken) = document.cells(["#1"]).unwrap();
    assert!(
        taken.to_string().contains("Taken: a text in merged cells for that of each row, 2 times (first in line 6)")
    );
    // A number is that of its own row alone, or a sum would have it twice.
    let counts = document.cells(["Count"]).unwrap().0;
    assert_eq!(counts[3].1, ["5"]);
}

/// A figure that is merged over rows is that of its first row alone, and is told.
#[test]
fn a_figure_that_is_merged_over_rows_is_that_of_the_first() {
    let cells = |people: &'static str| {
        let rows_of: [&[&str]; 4] =
            [HEADER, &["Kent", "7", "1846500"], &["Essex", "", people], &["Dorset", "5", "772300"]];
        rows(1, &rows_of)
    };
    let document = Document::of(Xlsx::of(cells("1832800")).merged(&["B2:B3"]).bytes());
    let (table, taken) = document.table().unwrap();
    assert_eq!(table.observation(1).and_then(crimerate::Observation::known), None);
    let told = "a blank cell merged with row 2 above for a blank count: the figure is that of its first row alone, once (line 3)";
    assert_eq!(taken.met[0].to_string(), told);
    assert!(document.strict().table().is_err());
    let error = Document::of(Xlsx::of(cells("")).merged(&["B2:B3", "C2:C3"]).bytes()).table().unwrap_err();
    assert_eq!(
        error.to_string(),
        "Essex: row 3, column Population: the population stands in cells merged with row 2, which are of that row alone: give each row its own"
    );
    // Far below the header too.
    let many: String = (2..402).map(|line| row(line, &[&format!("Ward {line} x"), "1", "10"])).collect();
    let last = row(402, &["Ward Last", "", "10"]);
    let (_, taken) = read(Xlsx::of(format!("{}{many}{last}", row(1, HEADER))).merged(&["B401:B402"]).bytes());
    assert_eq!(taken.met[0].line, 402);
}

#[test]
fn a_header_far_down_hidden_rows_and_gaps() {
    let mut cells = rows(1, &[&["Offences, 2019"], &[], &["Made up"]]);
    cells += &rows(20, &[HEADER, &["Kent", "729", "1846500"]]);
    cells += r#"<row r="30" hidden="1"><c r="A30" t="inlineStr"><is><t>Essex</t></is></c><c r="C30"><v>1832800</v></c><c r="B30"><v>1119</v></c></row>"#;
    let (table, taken) = read(Xlsx::of(cells).bytes());
    assert_eq!((table.len(), taken.header, taken.lines), (2, 20, 30));
    assert_eq!(table.areas()[1].name(), "Essex");
    assert!(taken.to_string().contains("Taken: a hidden row for one like the others, once (line 30)"), "{taken}");
}

#[test]
fn an_ods_sheet_has_the_same() {
    let cell = |kind: &str, rest: &str, text: &str| {
        format!(
            r#"<table:table-cell office:value-type="{kind}" calcext:value-type="{kind}" {rest}><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let cells = [
        (cell("float", r#"office:value="2557""#, "2,557"), "2557"),
        (cell("float", r#"office:value="5516.6500000000015""#, "5,517"), "5516.6500000000015"),
        (cell("percentage", r#"office:value="0.07""#, "7%"), "7%"),
        (cell("date", r#"office:date-value="2019-09-30T00:00:00""#, "Sep-19"), "2019-09-30"),
        (cell("boolean", r#"office:boolean-value="true""#, "TRUE"), "TRUE"),
        (cell("string", "", "Kent<text:span text:style-name=\"T1\">8,9</text:span>"), "Kent"),
        (cell("string", "", "H<text:span text:style-name=\"T2\">2</text:span>O"), "H2O"),
        (cell("string", "", "a<text:s text:c=\"2\"/>b</text:p><text:p>c &amp; d"), "a  b\nc & d"),
        (
            cell("string", "", "x<office:annotation><text:p>a comment</text:p></office:annotation>")
                .replace("<text:p>x", "<text:p>y"),
            "y",
        ),
        (cell("string", "calcext:value-type=\"error\"", "#N/A"), "#N/A"),
    ];
    let named = r#"<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>"#;
    let rows: String =
        cells.iter().map(|(cell, _)| format!("<table:table-row>{named}{cell}</table:table-row>")).collect();
    let blank = r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let rows = format!("{}{rows}{blank}", ods_row(&["Area", "Value"]));
    let document = Document::of(ods(&[("Notes", ods_row(&["none"])), ("Table_1", rows)])).sheet("table 1");
    assert_eq!(texts(&document), cells.clone().map(|(_, text)| text));
    let (_, taken) = document.cells(["#1", "#2"]).unwrap();
    assert_eq!(taken.form, "the sheet Table_1 of an ODS workbook");
}

#[test]
fn an_ods_sheet_repeats_and_merges() {
    let group = r#"<table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>Kent</text:p></table:table-cell>"#;
    let body = [
        ods_row(&["Force", "Offence", "Count", "Population"]),
        format!("<table:table-row>{group}{}", ods_row(&["Arson", "7", "1846500"]).replace("<table:table-row>", "")),
        ods_row(&["", "Robbery", "9", "1846500"]).replacen("<table:table-cell/>", "<table:covered-table-cell/>", 1),
        ods_row(&["Essex", "Arson", "4", "1832800"]).replace("<table:table-row>", r#"<table:table-row table:visibility="filter">"#),
        r#"<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="string"><text:p>again</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="3"><text:p>1</text:p></table:table-cell></table:table-row>"#.to_owned(),
    ];
    let document = Document::of(ods(&[("One", body.concat())]));
    let (cells, taken) = document.cells(["#1", "#4"]).unwrap();
    let names: Vec<(u64, &str, &str)> =
        cells.iter().map(|(line, [name, last])| (*line, name.as_str(), last.as_str())).collect();
    assert_eq!(
        names,
        [
            (2, "Kent", "1846500"),
            (3, "Kent", "1846500"),
            (4, "Essex", "1832800"),
            (5, "again", "1"),
            (6, "again", "1"),
            (7, "again", "1"),
        ]
    );
    assert_eq!(taken.lines, 7);
    assert!(taken.to_string().contains("a hidden row for one like the others, once (line 4)"), "{taken}");
}

/// Names with what XML, CSV and spreadsheets have marks for.
fn name() -> impl Strategy<Value = String> {
    "[A-Z][a-z&<>\"' ,éÅ]{0,12}[a-z]".prop_map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_same_table_in_a_csv_an_xlsx_and_an_ods(
        given in prop::collection::btree_map(name(), (0_u64..1 << 53, 1_u64..1 << 53), 1..12),
        from in 1_usize..30,
    ) {
        let figures: Vec<[String; 3]> =
            given.iter().map(|(name, (count, people))| [name.clone(), count.to_string(), people.to_string()]).collect();
        let lines = || std::iter::once(HEADER.to_vec()).chain(figures.iter().map(|row| row.iter().map(String::as_str).collect()));
        let quoted = |cell: &&str| format!("\"{}\"", cell.replace('"', "\"\""));
        let csv: String = lines().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n").collect();
        let csv = format!("{}{csv}", "\n".repeat(from - 1));
        let xlsx = Xlsx::of(lines().zip(from..).map(|(cells, number)| row(number, &cells)).collect::<String>()).bytes();
        let blank = "<table:table-row/>".repeat(from - 1);
        let ods = ods(&[("One", blank + &lines().map(|cells| ods_row(&cells)).collect::<String>())]);
        let expected = Document::of(csv).names_as_they_are().table().map(|(table, _)| table);
        for bytes in [xlsx, ods] {
            let table = Document::of(bytes).names_as_they_are().table().map(|(table, _)| table);
            prop_assert_eq!(table.map_err(|faults| faults.to_string()), expected.clone().map_err(|faults| faults.to_string()));
        }
    }

    #[test]
    fn another_reader_of_workbooks_finds_the_same_texts(
        grid in prop::collection::vec(prop::collection::vec("[a-zA-Z&<é ]{0,6}|[0-9]{1,6}", 3), 1..8),
        shared in prop::bool::ANY,
    ) {
        let mut book = Xlsx::default();
        let mut lines = row(1, &["one", "two", "three"]);
        for (line, cells) in grid.iter().enumerate() {
            if shared {
                let cells: String = cells.iter().map(|text| {
                    book.strings.push(format!("<r><t xml:space=\"preserve\">{}</t></r>", escaped(text)));
                    format!(r#"<c t="s"><v>{}</v></c>"#, book.strings.len() - 1)
                }).collect();
                lines += &format!(r#"<row r="{}">{cells}</row>"#, line + 2);
            } else {
                lines += &row(line + 2, &cells.iter().map(String::as_str).collect::<Vec<_>>());
            }
        }
        let bytes = book.sheet("One", lines).bytes();
        let mut theirs: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes.clone())).unwrap();
        let range = theirs.worksheet_range("One").unwrap();
        let theirs: Vec<Vec<String>> = range.rows().skip(1).map(|row| row.iter().map(|cell| match cell {
            Data::Empty => String::new(),
            other => other.to_string().trim().to_owned(),
        }).collect::<Vec<_>>()).filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty())).collect();
        let ours = Document::of(bytes).cells(["one", "two", "three"]);
        // A line of text alone is no row of figures.
        prop_assume!(theirs.iter().all(|row| row.iter().filter(|cell| !cell.is_empty()).count() > 1));
        let ours: Vec<Vec<String>> = ours.unwrap().0.into_iter().map(|(_, cells)| cells.to_vec()).collect();
        prop_assert_eq!(ours, theirs);
    }
}
