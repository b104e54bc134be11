//! What is written in any of the ways that files have is read back as it was.

use crimerate::{Observation, Row, Table, read::Document, records::NamedRecords};
use proptest::{collection::vec, prelude::*, sample::select};

/// How a number is written.
fn written(value: u64, way: usize) -> String {
    let grouped = |mark: &str| {
        let digits = value.to_string();
        let places = digits.chars().enumerate();
        places.fold(String::new(), |text, (at, digit)| {
            let mark = if at > 0 && (digits.len() - at).is_multiple_of(3) { mark } else { "" };
            format!("{text}{mark}{digit}")
        })
    };
    match way {
        0 => value.to_string(),
        1 => grouped(","),
        2 => grouped("\u{202f}"),
        3 => format!("{value}.0"),
        4 => format!(" {value}\u{a0}"),
        5 => format!("{value}[r]"),
        6 => format!("{value}\u{b9}"),
        _ => format!("{value}e0"),
    }
}

fn line(cells: &[String], delimiter: char, end: &str) -> String {
    let quoted = cells.iter().map(|cell| {
        if cell.contains([delimiter, '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    });
    quoted.collect::<Vec<_>>().join(&delimiter.to_string()) + end
}

fn areas() -> impl Strategy<Value = Vec<(Option<u64>, u64)>> {
    let count = prop_oneof![1 => Just(None), 1 => Just(Some(0)), 6 => (0..3_000_000_u64).prop_map(Some), 1 => Just(Some(u64::MAX >> 8))];
    vec((count, prop_oneof![1 => Just(1), 8 => 1..90_000_000_u64, 1 => Just(100_000_000_000_000_000)]), 1..20)
}

proptest! {
    #[test]
    fn a_table_is_read_as_it_was_written(
        areas in areas(),
        ways in vec(0..8_usize, 40),
        delimiter in select(vec![',', ';', '\t', '|']),
        end in select(vec!["\n", "\r\n", "\r"]),
        title in any::<bool>(),
        notes in any::<bool>(),
        mark in select(vec!["..", "NA", ":", "[x]", "-"]),
        names in select(vec!["Ward", "St \"Mary\"", "A, B", "\u{c9}vreux \u{2013} Nord", "a\nb"]),
    ) {
        let name = |place: usize| format!("{names} no {place}x");
        let mut file = String::new();
        if title {
            file += &format!("A title, or two{end}{end}");
        }
        file += &line(&["Area Name", "Offences", "Population"].map(str::to_owned), delimiter, end);
        for (place, (count, people)) in areas.iter().enumerate() {
            let count = count.map_or_else(|| mark.to_owned(), |count| written(count, ways[2 * place]));
            file += &line(&[name(place), count, written(*people, ways[2 * place + 1])], delimiter, end);
        }
        if notes {
            file += &format!("{end}Source: made up{end}1. A note{end}");
        }
        let rows = areas.iter().enumerate().map(|(place, (count, people))| {
            let count = count.map_or(Observation::Missing(crimerate::Reason::NotAvailable), Observation::Known);
            // White space within a name is one space, whatever it was.
            let name = name(place).split_whitespace().collect::<Vec<_>>().join(" ");
            Row::new(name, count, *people)
        });
        let expected = Table::from_rows(rows).unwrap();
        let (read, taken) = Document::of(file.clone()).table().unwrap_or_else(|faults| panic!("{faults}\n{file:?}"));
        prop_assert_eq!(&read, &expected);
        prop_assert_eq!(taken.rows, areas.len() as u64);
        // The file in UTF-16 and in one that is named says the same.
        let wide: Vec<u8> = format!("\u{feff}{file}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        prop_assert_eq!(&Document::of(wide).table().unwrap().0, &expected);
        prop_assert_eq!(&Document::of(file).encoding("utf-8").unwrap().delimiter(delimiter as u8).table().unwrap().0, &expected);
    }

    #[test]
    fn records_add_up_whatever_their_order(records in vec((0..4_usize, 0..3_usize, -20..50_i64), 1..60), seed in any::<prop::sample::Index>()) {
        let write = |records: &[(usize, usize, i64)]| {
            let rows = records.iter().map(|(area, offence, count)| format!("A{area},offence {offence},{count}\n"));
            format!("force,offence,count\n{}", rows.collect::<String>())
        };
        let (read, taken) = Document::of(write(&records)).records().unwrap();
        let mut expected = NamedRecords::new();
        expected.try_extend(records.iter().map(|(area, offence, count)| (format!("A{area}"), format!("offence {offence}"), *count))).unwrap();
        prop_assert_eq!(&read, &expected);
        prop_assert_eq!(taken.rows, records.len() as u64);
        let mut turned = records.clone();
        turned.rotate_left(seed.index(records.len()));
        prop_assert_eq!(Document::of(write(&turned)).records().unwrap().0, expected);
        // A table of sums has the totals of the records of one offence.
        let sums: i64 = records.iter().filter(|(area, offence, _)| *area == 0 && *offence == 0).map(|(_, _, count)| count).sum();
        let one = Document::of(write(&records)).only("offence", "offence 0").only("force", "A0").counts_alone().summed().rows();
        if sums >= 0 && records.iter().any(|(area, offence, _)| *area == 0 && *offence == 0) {
            let rows = one.unwrap().0;
            prop_assert_eq!(Table::check(rows).len(), 1, "only the population is missing");
        }
    }

    #[test]
    fn a_long_panel_is_the_wide_one(counts in vec((0..500_u64, 0..500_u64, 1..9_000_u64), 1..8)) {
        let mut long = "area,year,count,population\n".to_owned();
        let mut wide = "area,population,2019,2020\n".to_owned();
        for (place, (one, other, people)) in counts.iter().enumerate() {
            long += &format!("A{place},2019,{one},{people}\nA{place},2020,{other},{people}\n");
            wide += &format!("A{place},{people},{one},{other}\n");
        }
        let (long, _) = Document::of(long).panel().unwrap();
        let (wide, _) = Document::of(wide).wide_panel::<&str>([]).unwrap();
        prop_assert_eq!(long.dim(), wide.dim());
        for area in 0..counts.len() {
            for indicator in 0..2 {
                prop_assert_eq!(long.rate(area, indicator), wide.rate(area, indicator));
            }
        }
        prop_assert_eq!(long.label(1), "2020");
    }
}
