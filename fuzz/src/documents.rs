//! Files of any bytes, by every door.

use super::bytes::Bytes;
use crimerate::{
    Average, Observation, Per,
    read::{Document, Limits, Role},
};

/// A delimited file.
pub fn document(data: &[u8]) {
    let mut bytes = Bytes(data);
    let (how, door) = (bytes.byte(), bytes.byte());
    doors(Document::of(bytes.0), how, door);
}

/// A workbook or an archive: the bytes are what is in it.
pub fn sheet(data: &[u8]) {
    let mut bytes = Bytes(data);
    let (how, door) = (bytes.byte(), bytes.byte());
    let limits = Limits { rows: 10_000, ..Limits::default() };
    for name in ["#1", "Table 1"] {
        doors(Document::of(bytes.0).sheet(name).limits(limits), how, door);
    }
}

fn doors(document: Document, how: u8, door: u8) {
    let document = if how & 1 > 0 { document.summed() } else { document };
    let document = if how & 2 > 0 { document.leaving_out() } else { document };
    let document = if how & 4 > 0 { document.strict() } else { document };
    let document = if how & 8 > 0 { document.counts_alone() } else { document };
    let document = if how & 16 > 0 { document.mark("x", Observation::SUPPRESSED) } else { document };
    let document = if how & 32 > 0 { document.column(Role::Count, "n") } else { document };
    let document = if how & 64 > 0 { document.force_populations(2018) } else { document };
    let document = if how & 128 > 0 { document.groups("region") } else { document };
    match door % 7 {
        0 => match document.table() {
            Ok((table, taken)) => {
                super::json::again(&taken);
                super::tables::sound(&table, Average::POOLED.into());
            }
            Err(faults) => assert!(!faults.to_string().is_empty()),
        },
        1 => match document.panel() {
            Ok((panel, _)) => {
                let figures = panel.compare(Average::POOLED, Per::THOUSAND, [crimerate::Measure::Rate]);
                assert!(!figures.notes().is_empty());
            }
            Err(faults) => assert!(!faults.to_string().is_empty()),
        },
        2 => match document.records() {
            Ok((records, _)) => super::json::again(&records),
            Err(faults) => assert!(!faults.to_string().is_empty()),
        },
        3 => match document.column(Role::Rate, "count").published(Per::THOUSAND) {
            Ok((rates, _)) => super::json::again(&rates.compare(Average::MEAN)),
            Err(faults) => assert!(!faults.to_string().is_empty()),
        },
        4 => drop(document.rows()),
        5 => drop(document.wide_panel::<&str>([])),
        _ => drop(document.cells(["area", "count"])),
    }
}
