//! Columns of rows hold what CSV says.

use crimerate::{Average, Per, RowColumn, Table, funnel, funnel::Dispersion, league::Row};

fn per_cent(text: &str) -> String {
    format!("{:.4}", text.parse::<f64>().unwrap())
}

/// Every column beside that of the same name in CSV.
fn agree(columns: &[(&'static str, RowColumn)], csv: &str) {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(Into::into).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for (name, column) in columns {
        assert_eq!(column.len(), rows.len(), "{name}");
        // How many limits there are is no column of CSV, and levels stand there in per cent.
        let Some(place) = header.iter().position(|heading| heading == name) else { continue };
        for (row, text) in rows.iter().map(|row| &row[place]).enumerate() {
            let text = Some(text).filter(|text| !text.is_empty());
            match column {
                RowColumn::Text(texts) => assert_eq!(texts[row].as_deref(), text, "{name}"),
                RowColumn::Count(counts) => assert_eq!(counts[row], text.map(|text| text.parse().unwrap()), "{name}"),
                RowColumn::Number(levels) if name.ends_with("beyond") => {
                    assert_eq!(levels[row].map(|level| format!("{:.4}", 100.0 * level)), text.map(per_cent), "{name}");
                }
                RowColumn::Number(numbers) => {
                    let bits = |number: f64| number.to_bits();
                    assert_eq!(numbers[row].map(bits), text.map(|text| bits(text.parse().unwrap())), "{name}");
                }
            }
        }
    }
}

#[test]
fn are_those_of_csv_also_where_rows_hold_lists() {
    let table = Table::from_rows([("A", 10, 1_000), ("B", 20, 1_000), ("C", 40, 1_000), ("D", 7, 3_000)]).unwrap();
    let league = table.exclude("D", "tiny").unwrap().compare(Average::POOLED);
    let report = league.per(Per::THOUSAND);
    let columns = Row::columns(report.rows());
    assert_eq!(
        columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(","),
        report.csv().lines().next().unwrap()
    );
    agree(&columns, &report.csv());
    let report = league.funnel(Dispersion::None).per(Per::THOUSAND);
    let columns = funnel::Row::columns(report.rows());
    agree(&columns, &report.csv());
    let lower = columns.iter().filter(|(name, _)| name.starts_with("lower")).count();
    assert!(lower >= 2, "the limits of each level have columns");
}

#[test]
fn have_their_kinds_without_rows() {
    let none = Row::columns([]);
    assert_eq!(none[2], ("count", RowColumn::Count(vec![])));
    assert_eq!(none[5], ("rate", RowColumn::Number(vec![])));
    assert_eq!(none[16], ("band", RowColumn::Text(vec![])));
    assert!(none.iter().all(|(_, column)| column.is_empty()));
}
