//! The police force area tables of the ONS, in the form in which they are published: each by one call.

use super::workbook::{Xlsx, escaped};
use crimerate::{
    Per, Rate,
    read::{Document, Role},
    time::Change,
};
use std::collections::HashMap;

const OFFENCES: [&str; 3] = ["Total recorded crime (excluding fraud)", "Robbery", "Theft from the person"];

struct Published {
    code: String,
    area: String,
    /// Counts, changes in per cent, and rates per 1,000 of the offences, as texts.
    figures: Vec<[String; 3]>,
}

fn published() -> Vec<Published> {
    let text = include_str!("../../data/force_area_tables_2019.csv");
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let rows = reader.records().map(|record| {
        let cells: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        let figures = cells[2..].chunks(3).map(|cells| [0, 1, 2].map(|at| cells[at].clone())).collect();
        Published { code: cells[0].clone(), area: cells[1].clone(), figures }
    });
    rows.collect()
}

/// A cell in a column: a number, or a text that is shared with a raised mark.
fn cell(book: &mut Xlsx, place: &str, text: &str, mark: &str) -> String {
    if text.is_empty() {
        return format!(r#"<c r="{place}" s="0"/>"#);
    }
    if text.parse::<f64>().is_ok() {
        return format!(r#"<c r="{place}"><v>{text}</v></c>"#);
    }
    let raised = if mark.is_empty() {
        String::new()
    } else {
        format!(r#"<r><rPr><b/><vertAlign val="superscript"/></rPr><t xml:space="preserve">{mark}</t></r>"#)
    };
    book.strings.push(format!(r#"<r><t xml:space="preserve">{}</t></r>{raised}"#, escaped(text)));
    format!(r#"<c r="{place}" t="s"><v>{}</v></c>"#, book.strings.len() - 1)
}

/// Tables P1 to P3 with the title, the header of three lines, the marks and the notes that they have, beside a sheet of notes.
fn workbook() -> Document {
    let mut book = Xlsx::default().sheet("Notes", "");
    for (table, unit) in [(0, "Numbers"), (1, "Percentage change5"), (2, "Rate per 1,000 population")] {
        let mut rows = String::new();
        let mut push = |book: &mut Xlsx, number: usize, cells: &[(&str, &str, &str)]| {
            let cells: Vec<String> =
                cells.iter().map(|(column, text, mark)| cell(book, &format!("{column}{number}"), text, mark)).collect();
            rows += &format!(r#"<row r="{number}">{}</row>"#, cells.concat());
        };
        push(&mut book, 1, &[("A", "Table P: Police recorded crime by offence group and police force area", "1,2")]);
        push(&mut book, 3, &[("A", "England and Wales (excluding Greater Manchester Police)", "")]);
        push(&mut book, 4, &[("C", "Total recorded crime (excluding fraud)", "3"), ("D", "Victim-based crime", "")]);
        push(
            &mut book,
            5,
            &[
                ("A", "Area Code", ""),
                ("B", "Area Name", ""),
                ("C", "", ""),
                ("D", "Robbery", "4"),
                ("E", "Theft from\nthe person", ""),
            ],
        );
        push(&mut book, 6, &[("C", unit, "")]);
        for (row, number) in published().iter().zip(7..) {
            let [total, robbery, theft] = &row.figures[table];
            let mark = if row.area.starts_with("ENG") || row.area == "Greater Manchester" { "7,8" } else { "" };
            push(
                &mut book,
                number,
                &[("A", &row.code, ""), ("B", &row.area, mark), ("C", total, ""), ("D", robbery, ""), ("E", theft, "")],
            );
        }
        push(&mut book, 65, &[("A", "Source: Home Office - Police recorded crime", "")]);
        push(&mut book, 66, &[("A", "1. Police recorded crime data are not designated as National Statistics.", "")]);
        book = book
            .sheet(&format!("Table P{} ", table + 1), rows)
            .merged(&["A1:E1", "C4:C5", "D4:E4", "C6:E6", "A65:E65"]);
    }
    Document::of(book.bytes())
}

fn is_force(code: &str) -> bool {
    code.starts_with("E23") || code.starts_with("W15")
}

#[test]
fn counts_over_residents_are_the_rates_that_were_published() {
    let workbook = workbook();
    for (offence, at) in OFFENCES.iter().zip(0..) {
        let (table, taken) =
            workbook.clone().sheet("Table P1").column(Role::Count, *offence).force_populations(2018).table().unwrap();
        let (rates, _) =
            workbook.clone().sheet("table p3").column(Role::Rate, *offence).published(Per::THOUSAND).unwrap();
        let mut compared = 0;
        for row in published().iter().filter(|row| is_force(&row.code)) {
            let place = table.areas().iter().position(|area| area.code() == Some(&row.code)).unwrap();
            let Some(Ok(rate)) = table.rate(place) else {
                assert_eq!(row.area, "Greater Manchester");
                continue;
            };
            assert_eq!(rate.count().to_string(), row.figures[0][at]);
            let there = rates.areas().iter().position(|area| area.code() == Some(&row.code)).unwrap();
            let Some(published) = rates.printed(there).and_then(|text| text.parse::<f64>().ok()) else {
                assert_eq!(row.area, "London, City of");
                continue;
            };
            let ours = rate.per(Per::THOUSAND).value();
            assert!((ours / published - 1.0).abs() < 1e-12, "{}, {offence}: {ours} and {published}", row.area);
            compared += 1;
        }
        assert_eq!(compared, 41, "forces but Greater Manchester and the City of London");
        assert_eq!(taken.totals.len(), 12, "countries and regions: {:?}", taken.totals);
        assert_eq!((taken.header, taken.rows), (5, 56));
        assert!(taken.to_string().contains("Taken: 7,8 for the mark of a note, 3 times"), "{taken}");
    }
}

#[test]
fn changes_on_the_year_are_those_of_whole_counts() {
    let workbook = workbook();
    for (offence, at) in OFFENCES.iter().zip(0..) {
        let (changes, _) = workbook.clone().sheet("Table P2").cells(["code", offence]).unwrap();
        let changes: HashMap<String, String> = changes.into_iter().map(|(_, [code, change])| (code, change)).collect();
        let mut compared = 0;
        for row in published().iter().filter(|row| is_force(&row.code)) {
            let (Ok(count), Ok(change)) = (row.figures[0][at].parse::<u64>(), changes[&row.code].parse::<f64>()) else {
                continue;
            };
            let before = count as f64 / (1.0 + change / 100.0);
            assert!((before - before.round()).abs() < 1e-6, "{}, {offence}: {before} offences before", row.area);
            let rate = |count: u64| Rate::new(count, 1).unwrap();
            let ours = Change::between(rate(before.round() as u64), rate(count)).percent().unwrap();
            assert!(
                (ours - change).abs() <= 1e-12 * change.abs().max(1.0),
                "{}, {offence}: {ours} and {change}",
                row.area
            );
            compared += 1;
        }
        assert!(compared >= 40, "{compared} changes of {offence}");
    }
}
