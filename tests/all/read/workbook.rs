//! Small workbooks, written as XML in a zip.

use std::io::{Cursor, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A zip archive of parts.
pub(super) fn zipped<'p>(parts: impl IntoIterator<Item = (&'p str, String)>) -> Vec<u8> {
    packed(parts, CompressionMethod::Deflated)
}

pub(super) fn packed<'p>(parts: impl IntoIterator<Item = (&'p str, String)>, method: CompressionMethod) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The text of a cell or an attribute in XML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// An XLSX workbook: sheets by name with the XML of their cells (`<row>…`) and what follows them, shared texts, and styles.
#[derive(Default)]
pub(super) struct Xlsx {
    pub(super) sheets: Vec<(String, String, String)>,
    /// The XML within each `<si>`.
    pub(super) strings: Vec<String>,
    /// Numbers of formats of the styles from 1.
    pub(super) formats: Vec<u32>,
    pub(super) hidden: Vec<usize>,
    pub(super) from_1904: bool,
}

impl Xlsx {
    pub(super) fn of(rows: impl Into<String>) -> Self {
        Self::default().sheet("Sheet1", rows)
    }

    pub(super) fn sheet(mut self, name: &str, rows: impl Into<String>) -> Self {
        self.sheets.push((name.into(), rows.into(), String::new()));
        self
    }

    pub(super) fn merged(mut self, areas: &[&str]) -> Self {
        let cells: String = areas.iter().map(|area| format!(r#"<mergeCell ref="{area}"/>"#)).collect();
        self.sheets.last_mut().unwrap().2 = format!(r#"<mergeCells count="{}">{cells}</mergeCells>"#, areas.len());
        self
    }

    pub(super) fn strings<S: Into<String>>(mut self, strings: impl IntoIterator<Item = S>) -> Self {
        self.strings = strings.into_iter().map(Into::into).collect();
        self
    }

    pub(super) fn parts(&self) -> Vec<(String, String)> {
        let sheets = || 1..=self.sheets.len();
        let overrides: String = sheets()
            .map(|n| format!(r#"<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#))
            .collect();
        let mut parts = vec![
            (
                "[Content_Types].xml".to_owned(),
                format!(
                    r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{overrides}</Types>"#
                ),
            ),
            (
                "_rels/.rels".to_owned(),
                format!(
                    r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
                ),
            ),
        ];
        let listed: String = self
            .sheets
            .iter()
            .enumerate()
            .map(|(n, (name, ..))| {
                let state = if self.hidden.contains(&n) { r#" state="hidden""# } else { "" };
                format!(r#"<sheet name="{}" sheetId="{}"{state} r:id="rId{}"/>"#, escaped(name), n + 1, n + 1)
            })
            .collect();
        let from = if self.from_1904 { r#"<workbookPr date1904="1"/>"# } else { "" };
        parts.push((
            "xl/workbook.xml".into(),
            format!(r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">{from}<sheets>{listed}</sheets></workbook>"#),
        ));
        let relations: String = sheets()
            .map(|n| {
                format!(r#"<Relationship Id="rId{n}" Type="{RELATED}/worksheet" Target="worksheets/sheet{n}.xml"/>"#)
            })
            .collect();
        parts.push((
            "xl/_rels/workbook.xml.rels".into(),
            format!(r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{relations}<Relationship Id="strings" Type="{RELATED}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="styles" Type="{RELATED}/styles" Target="styles.xml"/></Relationships>"#),
        ));
        let strings: String = self.strings.iter().map(|text| format!("<si>{text}</si>")).collect();
        parts.push(("xl/sharedStrings.xml".into(), format!(r#"{HEAD}<sst xmlns="{MAIN}">{strings}</sst>"#)));
        let formats: String = self.formats.iter().map(|format| format!(r#"<xf numFmtId="{format}"/>"#)).collect();
        parts.push((
            "xl/styles.xml".into(),
            format!(r#"{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="170" formatCode="mmm\-yy"/><numFmt numFmtId="171" formatCode="0.0%"/></numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{formats}</cellXfs></styleSheet>"#),
        ));
        for (n, (_, rows, behind)) in self.sheets.iter().enumerate() {
            parts.push((
                format!("xl/worksheets/sheet{}.xml", n + 1),
                format!(r#"{HEAD}<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData>{rows}</sheetData>{behind}</worksheet>"#),
            ));
        }
        parts
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        zipped(self.parts().iter().map(|(name, text)| (name.as_str(), text.clone())))
    }
}

/// A row of an XLSX sheet of cells: numbers where the text is one in plain digits, and texts within the cells otherwise.
pub(super) fn row(number: usize, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| cell(text)).collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}

fn cell(text: &str) -> String {
    match text {
        "" => "<c/>".into(),
        number if number.parse::<f64>().is_ok() => format!("<c><v>{number}</v></c>"),
        text => format!(r#"<c t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#, escaped(text)),
    }
}

pub(super) fn rows(from: usize, rows: &[&[&str]]) -> String {
    rows.iter().zip(from..).map(|(cells, number)| row(number, cells)).collect()
}

/// An ODS workbook: sheets by name with the XML of their rows.
pub(super) fn ods(sheets: &[(&str, String)]) -> Vec<u8> {
    let tables: String = sheets
        .iter()
        .map(|(name, rows)| {
            format!(r#"<table:table table:name="{}"><table:table-column/>{rows}</table:table>"#, escaped(name))
        })
        .collect();
    zipped([
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        (
            "content.xml",
            format!(
                r#"{HEAD}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:calcext="urn:calcext"><office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style><style:style style:name="T2" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
            ),
        ),
    ])
}

/// A row of an ODS sheet, numbers where the text is one.
pub(super) fn ods_row(cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|text| match *text {
            "" => "<table:table-cell/>".to_owned(),
            number if number.parse::<f64>().is_ok() => {
                format!(r#"<table:table-cell office:value-type="float" office:value="{number}"><text:p>{number}</text:p></table:table-cell>"#)
            }
            text => format!(r#"<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>"#, escaped(text)),
        })
        .collect();
    format!("<table:table-row>{cells}</table:table-row>")
}
