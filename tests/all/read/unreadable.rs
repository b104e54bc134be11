//! Workbooks that are none, are damaged, or mean harm: each is refused in words, and none takes long.

use super::workbook::{Xlsx, ods, ods_row, packed, row, rows, zipped};
use crimerate::read::{Document, Limits};
use zip::CompressionMethod;

fn refused(bytes: Vec<u8>) -> String {
    Document::of(bytes).table().unwrap_err().to_string()
}

fn small() -> Xlsx {
    Xlsx::of(rows(1, &[&["Area", "Count", "Population"], &["Kent", "729", "1846500"], &["Essex", "1119", "1832800"]]))
}

/// The beginning of a compound file whose directory has this name.
fn compound(name: &str) -> Vec<u8> {
    let mut bytes = vec![0_u8; 2048];
    bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    bytes[30] = 9;
    bytes[48] = 1;
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[1024 + 128..1024 + 128 + wide.len()].copy_from_slice(&wide);
    bytes
}

#[test]
fn old_workbooks_and_those_with_passwords_are_known() {
    assert_eq!(
        refused(compound("Workbook")),
        "the file cannot be read: it is a workbook of the old kind (.xls): save it as .xlsx or .ods"
    );
    assert_eq!(
        refused(compound("EncryptedPackage")),
        "the file cannot be read: it has a password: save it without one"
    );
    for cut in 8..600 {
        let mut bytes = compound("EncryptedPackage");
        bytes.truncate(cut);
        assert!(refused(bytes).contains("(.xls)"));
    }
    let mut far = compound("Workbook");
    far[30..32].copy_from_slice(&[255, 255]);
    far[48..52].copy_from_slice(&[255; 4]);
    assert!(refused(far).contains("(.xls)"));
    let locked = zipped([
        ("content.xml", "\u{1}\u{2}garbage".to_owned()),
        ("META-INF/manifest.xml", "<manifest:encryption-data/>".to_owned()),
    ]);
    assert_eq!(refused(locked), "the file cannot be read: it has a password: save it without one");
    let binary = zipped([
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>"#
                .to_owned(),
        ),
        ("xl/workbook.bin", String::new()),
    ]);
    assert_eq!(refused(binary), "the file cannot be read: it is a binary workbook (.xlsb): save it as .xlsx or .ods");
}

#[test]
fn files_of_other_kinds_are_known_by_their_first_bytes() {
    for (bytes, what) in [
        (
            &b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"[..],
            "it is a PDF: look for the same table as a spreadsheet or CSV, or copy it into one",
        ),
        (
            b"\x1f\x8b\x08\x08\x9f\x1b\x20\x6b\0\x03nh.csv\0",
            "it is packed (gzip, bzip2, xz, zstd, 7z or rar): unpack it",
        ),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is a picture: a table in it has to be typed, or asked for as a file"),
        (b"\xff\xd8\xff\xe0", "it is a picture: a table in it has to be typed, or asked for as a file"),
        (
            b"\xef\xbb\xbf \n<!DOCTYPE html><html><body><table><tr><td>area</td></tr></table>",
            "it is a web page (HTML), whatever its name: download the file itself, or open it in a spreadsheet and save it as .xlsx, .ods or CSV",
        ),
        (b"<?xml version=\"1.0\"?><rows/>", "it is XML: save its table as CSV, or as .xlsx or .ods"),
        (b"[ {\"area\": \"Kent\"}]", "it is JSON: write its rows as CSV"),
        (b"{\n  \"rows\": []}", "it is JSON: write its rows as CSV"),
    ] {
        assert_eq!(refused(bytes.to_vec()), format!("the file cannot be read: {what}"));
        let error = Document::of(bytes).records().unwrap_err().to_string();
        assert_eq!(error, format!("the file cannot be read: {what}"));
    }
    // Text that only begins like one of them is text.
    for beginning in ["[note 1]", "<5 is suppressed", "{a}", "PDF of tables"] {
        let file = format!("{beginning}\narea,count,population\nKent,5,1000\n");
        assert_eq!(Document::of(file).table().unwrap().0.len(), 1, "{beginning}");
    }
}

#[test]
fn an_archive_of_one_delimited_file_is_that_file() {
    let file = "area,count,population\nKent,729,1846500\nEssex,1119,1832800\n".to_owned();
    let one = zipped([("states.csv", file.clone())]);
    assert_eq!(Document::of(one).table().unwrap().0.len(), 2);
    let two = refused(zipped([("one.csv", file.clone()), ("two.csv", file)]));
    assert_eq!(
        two,
        "the file cannot be read: it is no workbook but an archive of 2 files (one.csv, two.csv): unpack it"
    );
    assert!(refused(zipped([])).contains("an archive of 0 files"));
}

#[test]
fn a_workbook_that_is_cut_or_changed_anywhere_is_refused_or_the_same() {
    for method in [CompressionMethod::Deflated, CompressionMethod::Stored] {
        let parts = small().parts();
        let whole = packed(parts.iter().map(|(name, text)| (name.as_str(), text.clone())), method);
        let expected = Document::of(whole.clone()).table().unwrap().0;
        for cut in 4..whole.len() {
            let mut bytes = whole.clone();
            bytes.truncate(cut);
            assert!(Document::of(bytes).table().is_err(), "cut at {cut}");
        }
        for place in (4..whole.len()).step_by(3) {
            let mut bytes = whole.clone();
            bytes[place] ^= 0x11;
            if let Ok((table, _)) = Document::of(bytes).table() {
                assert_eq!(table, expected, "changed at {place}");
            }
        }
    }
}

#[test]
fn a_bomb_is_refused_while_it_is_unpacked() {
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    let spaces = format!("{}{}", row(1, &["Area", "Count", "Population"]), " ".repeat(8 << 20));
    for bytes in [Xlsx::of(spaces.clone()).bytes(), ods(&[("One", spaces)])] {
        let error = Document::of(bytes).limits(limits).table().unwrap_err().to_string();
        assert!(error.contains("more than 1,048,576 bytes in the file"), "{error}");
    }
    let texts = small().strings([format!("<t>{}</t>", "x".repeat(8 << 20))]);
    let error = Document::of(texts.bytes()).limits(limits).table().unwrap_err().to_string();
    assert!(error.contains("(xl/sharedStrings.xml) when it is unpacked"), "{error}");
    // A single cell is no larger than a row may be.
    let error = refused(texts.bytes());
    assert!(error.contains("more than 1,048,576 bytes in one piece of the file (xl/sharedStrings.xml)"), "{error}");
}

#[test]
fn cells_without_end_are_refused() {
    let header = row(1, &["Area", "Count", "Population"]);
    let wide = Xlsx::of(format!(r#"{header}<row r="2"><c r="ZZZZ2"><v>1</v></c></row>"#));
    assert_eq!(
        refused(wide.bytes()),
        "row 2: more than 16,384 columns in one row: is it a table at all? Or else raise the limit"
    );
    let wide = r#"<table:table-row><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="99999999999"/></table:table-row>"#;
    assert!(refused(ods(&[("One", wide.to_owned())])).contains("more than 16,384 columns in one row"));
    // A row of sixteen thousand cells for a few bytes, again and again.
    let far: String =
        (2..20_000).map(|line| format!(r#"<row r="{line}"><c r="XFD{line}"><v>1</v></c></row>"#)).collect();
    let error = Document::of(Xlsx::of(far).bytes()).cells(["#16384"]).unwrap_err().to_string();
    assert!(error.contains("many times as large as what they are unpacked from"), "{error}");
    let again = r#"<table:table-row table:number-rows-repeated="18446744073709551615"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="9"/></table:table-row>"#;
    let again = ods(&[("One", format!("{}{again}", ods_row(&["Area", "Count", "Population"])))]);
    assert!(Document::of(again).cells(["area"]).is_err());
    // One long text for every cell.
    let long: String = (2..2_000).map(|line| format!(r#"<row r="{line}"><c t="s"><v>0</v></c></row>"#)).collect();
    let long = Xlsx::of(long).strings([format!("<t>{}</t>", "long ".repeat(100_000))]);
    assert!(Document::of(long.bytes()).cells(["#1"]).unwrap_err().to_string().contains("many times as large"));
    let deep = "<a>".repeat(100_000);
    assert!(refused(Xlsx::of(deep).bytes()).contains("too deep"));
    let merged = Xlsx::of(rows(1, &[&["Area", "Count", "Population"], &["Kent", "1", "10"], &["", "2", "20"]]));
    let merged = merged.merged(&["A2:A1048576", "A2:A99999999999999999999", "2:A", ":", "B1:A1"]);
    assert_eq!(
        Document::of(merged.bytes())
            .summed()
            .column(crimerate::read::Role::Population, "#3")
            .cells(["area"])
            .unwrap()
            .0
            .len(),
        2
    );
}

#[test]
fn what_a_workbook_says_of_itself_is_not_believed() {
    // The dimension of every sheet here says A1.
    assert_eq!(Document::of(small().bytes()).table().unwrap().0.len(), 2);
    let twice = format!("{}{}", row(2, &["Kent", "1", "10"]), row(2, &["Kent", "1", "10"]));
    let error = refused(Xlsx::of(twice).bytes());
    assert_eq!(error, "row 2 stands below row 2: the workbook is damaged: save it again");
    let none = Xlsx::of(r#"<row r="1"><c t="s"><v>7</v></c></row>"#);
    assert_eq!(
        refused(none.bytes()),
        "row 1: a cell has the text number \"7\", which there is not: the workbook is damaged: save it again"
    );
    for rows in [
        "",
        "<row",
        "<row r=\"x\"><c r=\"!!\"><v>1</v></c></row>",
        "<row r=\"18446744073709551615\"/><row/>",
        "</row></c>",
        "<v>&bad;</v>",
    ] {
        assert!(Document::of(Xlsx::of(rows).bytes()).table().is_err(), "{rows}");
    }
}
