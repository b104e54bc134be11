//! Records by period make the panel that is built by hand with the population of each indicator.

use crate::support::{json::again, panels::same, says::says};
use crimerate::{
    Average, LeftOut, Measure, Panel, Per, Rate,
    ndarray::Array2,
    panel::Populations,
    records::{Absent, NamedRecords},
};
use proptest::{collection::vec, prelude::*, sample::select};

const AREAS: [&str; 4] = ["Kent", "Essex", "Avon and Somerset", "Dorset"];
const OFFENCES: [&str; 3] = ["theft", "arson, of dwellings", "robbery"];
const PERIODS: [&str; 3] = ["2019", "2020", "2018"];

type Record = (usize, usize, usize, i64);

fn made(records: &[Record]) -> NamedRecords {
    let mut made = NamedRecords::new();
    for some in records.chunks(4) {
        let named = some.iter().map(|(area, offence, period, count)| {
            (AREAS[*area], OFFENCES[*offence], format!(" {}", PERIODS[*period]), *count)
        });
        made.try_extend_by_period(named).unwrap();
    }
    made
}

proptest! {
    #[test]
    fn the_panel_is_the_one_built_by_hand(
        records in vec((0..4_usize, 0..3_usize, 0..3_usize, 0..30_i64), 1..40),
        people in vec(prop_oneof![1 => Just(None), 1 => Just(Some(0)), 9 => (1..3_000_u64).prop_map(Some)], 12),
        absent in select(Absent::ALL),
        split in any::<prop::sample::Index>(),
    ) {
        let whole = made(&records);
        let (first, second) = records.split_at(split.index(records.len() + 1));
        let mut merged = made(second);
        merged.try_merge(&again(&made(first))).unwrap();
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(serde_json::to_string(&merged).unwrap(), serde_json::to_string(&whole).unwrap());
        let labels: Vec<String> = whole.indicators().map(Into::into).collect();
        let of: Vec<usize> = labels.iter().map(|label| PERIODS.iter().position(|period| whole.period(label) == Some(period)).unwrap()).collect();
        // Every area stands in some period, so that the order is that of the list.
        let cell = |area: usize, period: usize| if period == 2 { people[area * 3 + period].or(Some(7)) } else { people[area * 3 + period] };
        let listed = || (0..3).rev().flat_map(|period| AREAS.iter().enumerate().filter_map(move |(area, name)| Some((*name, PERIODS[period], cell(area, period)?))));
        let panel = merged.panel_by_period_leaving_out(listed(), absent).unwrap();
        let total = |area: usize, at: usize| merged.total(AREAS[area], &labels[at]);
        let dim = (4, labels.len());
        let counts = Array2::from_shape_fn(dim, |(area, at)| total(area, at).unwrap_or(0) as u64);
        let mask = Array2::from_shape_fn(dim, |(area, at)| if total(area, at).is_none() && absent == Absent::Missing { 4 } else { 0 });
        let by_hand = Array2::from_shape_fn(dim, |(area, at)| cell(area, of[at]).unwrap_or(0));
        let by_hand = Panel::leaving_out(AREAS, counts, Populations::by_period(by_hand, 0..labels.len())).unwrap();
        let by_hand = by_hand.with_indicators(labels.clone()).unwrap().with_mask(mask).unwrap();
        let figures = |panel: &Panel<'_>| panel.compare(Average::POOLED, Per::THOUSAND, Measure::ALL.iter().copied());
        prop_assert!(same(&figures(&panel), &figures(&by_hand)));
        let mut whole = true;
        for (area, at) in (0..4).flat_map(|area| (0..labels.len()).map(move |at| (area, at))) {
            prop_assert_eq!(panel.label(at), labels[at].as_str());
            prop_assert_eq!(panel.observation(area, at), by_hand.observation(area, at));
            match cell(area, of[at]) {
                None => prop_assert_eq!(panel.rate(area, at), Some(Err(LeftOut::NoPopulation))),
                _ => prop_assert_eq!(panel.rate(area, at), by_hand.rate(area, at)),
            }
            whole &= cell(area, of[at]).is_some_and(|people| people > 0);
        }
        match merged.panel_by_period(listed(), absent) {
            Ok(strict) => prop_assert!(whole && same(&figures(&strict), &figures(&panel))),
            Err(error) => {
                let area = AREAS.iter().position(|area| error.area() == Some(area)).unwrap();
                let period = PERIODS.iter().position(|period| error.period() == Some(period)).unwrap();
                prop_assert!(!whole && cell(area, period).is_none_or(|people| people == 0));
            }
        }
    }
}

fn thefts() -> NamedRecords {
    let mut records = NamedRecords::new();
    let kent = [("Kent", "theft", "2019", 7), ("Kent", "theft", "2020", 9)];
    records.try_extend_by_period(kent.into_iter().chain([("Essex", "theft", "2020", 3)])).unwrap();
    records
}

#[test]
fn what_has_no_population_is_named_with_its_period() {
    let records = thefts();
    let people = [("Essex", "2019", 10_u64), ("Essex", "2020", 20), ("Kent", "2019", 30), ("Kent", "2020", 40)];
    let but = |left: usize| people.into_iter().enumerate().filter(move |(at, _)| *at != left).map(|(_, given)| given);
    let panel = records.panel_by_period(people, Absent::Zero).unwrap();
    assert_eq!(panel.indicator("theft, 2020").unwrap().rate(1), Some(Ok(Rate::new(9, 40).unwrap())));
    assert_eq!(panel.population(1, 0).unwrap().get(), 30);
    let none = "population is not given, so no rate is defined: add it, or leave the area out";
    says(records.panel_by_period(but(3), Absent::Zero), &format!("Kent: period 2020: {none}"));
    says(records.panel_by_period(but(0), Absent::Zero), &format!("Essex: period 2019: {none}"));
    says(records.panel_by_period(people[..2].iter().copied(), Absent::Zero), &format!("Kent: period 2019: {none}"));
    says(
        records.panel_by_period(but(3).chain([("Kent", "2020", 0)]), Absent::Zero),
        "Kent: period 2020: population is zero, so no rate is defined: correct it, or leave the area out",
    );
    says(
        records.panel_by_period(people.into_iter().chain([(" Kent", "2020 ", 1)]), Absent::Zero),
        "Kent: row 5: the population of the period \"2020\" is given twice",
    );
    says(records.panel_by_period([(" ", "2020", 1)], Absent::Zero), "row 1: the area has no name: every row needs one");
    // A period without a record is passed over, whatever its population.
    assert!(records.panel_by_period(people.into_iter().chain([("Kent", "1999", 0)]), Absent::Zero).is_ok());
    // One population for all periods is one for all indicators.
    let one = records.panel([("Essex", 10), ("Kent", 30)], Absent::Zero).unwrap();
    assert_eq!((one.population(1, 0), one.population(1, 1)), (one.population(1, 1), panel.population(1, 0)));
    let left = records.panel_by_period_leaving_out(people[..2].iter().copied(), Absent::Missing).unwrap();
    let notes = left.compare(Average::POOLED, Per::ONE, [Measure::Rate]).notes()[1].to_string();
    assert_eq!(notes, "Left out: Kent, population not given, so no rate.");
}

#[test]
fn an_indicator_is_of_one_period() {
    let mut records = thefts();
    let before = records.clone();
    assert_eq!((records.period("theft, 2019"), records.period("theft")), (Some("2019"), None));
    says(records.try_extend([("Kent", "theft, 2019", 1)]), "row 1: the indicator \"theft, 2019\" is given twice");
    says(
        records.try_extend_by_period([("Kent", "theft, by day", "2019", 1), ("Kent", "theft", "by day, 2019", 1)]),
        "row 2: the indicator \"theft, by day, 2019\" is given twice",
    );
    says(
        records.try_extend_by_period([("Kent", "theft", " ", 1)]),
        "Kent: row 1: the record has no period: every record needs one",
    );
    assert_eq!((&records, records.period("theft, by day, 2019")), (&before, None));
    let mut plain = NamedRecords::new();
    plain.try_extend([("Kent", "theft, 2019", 1), ("Kent", "fraud", 2)]).unwrap();
    assert_ne!(again(&plain), before);
    says(records.try_merge(&plain), "the indicator \"theft, 2019\" is given twice");
    assert_eq!(records, before);
    says(
        plain.panel_by_period([("Kent", "2019", 1)], Absent::Zero),
        "indicator fraud: the indicator has no period: add its records by period, or give a population for each area alone",
    );
    let json = serde_json::to_string(&before).unwrap();
    assert!(json.contains(r#""indicators":["theft, 2019","theft, 2020"],"periods":["2019","2020"]"#), "{json}");
    for (from, to) in [(r#"["2019""#, r#"["2018""#), (r#"["2019""#, r#"["""#), (r#"["2019""#, r#"["theft, 2019""#)] {
        assert!(serde_json::from_str::<NamedRecords>(&json.replace(from, to)).is_err(), "{to}");
    }
    assert!(serde_json::from_str::<NamedRecords>(&json.replace(r#""2020"],"rec"#, r#""2020",null],"rec"#)).is_err());
    assert!(!serde_json::to_string(&plain).unwrap().contains("\"theft, 2019\"],\"periods\""));
}
