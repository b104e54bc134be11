//! Cells whose total is below zero are refused, or left out on request, and nothing else changes.

use crate::support::says::says;
use crimerate::{
    Average, LeftOut, Measure, Note, Observation, Per, Rate, Reason,
    panel::CellStatus,
    records::{Absent, NamedRecords},
};
use proptest::{collection::vec, prelude::*};

const AREAS: [&str; 4] = ["A", "B", "C", "D"];

proptest! {
    #[test]
    fn are_left_out_and_nothing_else_is(records in vec((0..4_usize, 0..3_usize, -3..6_i64), 1..60)) {
        let mut named = NamedRecords::new();
        named.try_extend(records.iter().map(|(area, of, count)| (AREAS[*area], format!("o{of}"), *count))).unwrap();
        let people = AREAS.map(|name| (name, 1_000));
        for &absent in Absent::ALL {
            let panel = named.panel(people, absent.leaving_out_negative()).unwrap();
            prop_assert_eq!(named.panel(people, absent).is_err(), named.negative_totals().count() > 0);
            for (indicator, name) in named.indicators().enumerate() {
                for (area, here) in AREAS.into_iter().enumerate() {
                    let status = match (named.total(here, name), absent) {
                        (Some(..0), _) => CellStatus::NegativeTotal,
                        (None, Absent::Missing) => CellStatus::NoRecord,
                        _ => CellStatus::Known,
                    };
                    prop_assert_eq!(panel.cell(area, indicator), Some(status));
                    let count = named.total(here, name).unwrap_or(0).unsigned_abs();
                    let rate = (status == CellStatus::Known).then(|| Rate::new(count, 1_000).unwrap());
                    prop_assert_eq!(panel.rate(area, indicator).unwrap().ok(), rate);
                }
            }
        }
    }
}

#[test]
fn are_told() {
    let mut named = NamedRecords::new();
    named
        .try_extend([("A", "arson", 7), ("B", "arson", -2), ("C", "arson", 5), ("", "theft", -4), ("C", "theft", 1)])
        .unwrap();
    let people = [("A", 1_000), ("B", 1_000), ("C", 2_000)];
    says(named.panel(people, Absent::Zero), "B: indicator arson: count is -2, and a total cannot be negative");
    let panel = named.panel(people, Absent::Zero.leaving_out_negative()).unwrap();
    let why = LeftOut::NotKnown(Observation::Missing(Reason::NegativeTotal));
    assert_eq!(panel.rate(1, 0), Some(Err(why)));
    let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Rate]);
    assert_eq!(figures.averages()[0], 4.0, "12 among the 3,000 people of A and C");
    let told: Vec<&str> = figures.notes().iter().map(Note::text).collect();
    let cells = "Left out, numerator and denominator together: 1 cell, with a total below zero.";
    assert!(told.contains(&cells), "{told:?}");
    assert_eq!("with a total below zero".parse(), Ok(Reason::NegativeTotal));
}
