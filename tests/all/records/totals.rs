//! Records add up to the same totals in any order, any shards and any storage, and a call that fails leaves no trace.

use crate::support::{json::again, says::refused};
use crimerate::{
    Area, Average, LeftOut, Measure, Note, Panel, Per, Rate,
    panel::CellStatus,
    records::{Absent, NamedRecords, Records},
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::BTreeMap;

type Record = (u32, u32, i64);

/// A shape that is kept as a cube and one that is kept as a list, with records that meet in few cells.
fn given() -> impl Strategy<Value = ((usize, usize), Vec<Record>)> {
    select(vec![(1_usize, 1_usize), (3, 5), (7, 2), (40_000, 1_000), (1, 3_000_000)]).prop_flat_map(
        |(areas, indicators)| {
            let (area, indicator) = (0..areas as u32, 0..indicators as u32);
            let area = prop_oneof![area.clone(), 0..area.end.min(3)];
            let indicator = prop_oneof![indicator.clone(), 0..indicator.end.min(3)];
            let count =
                prop_oneof![6 => -5..20_i64, 1 => -1_000_000_000..1_000_000_000_i64, 1 => Just(0), 1 => Just(1 << 50)];
            (Just((areas, indicators)), vec((area, indicator, count), 0..60))
        },
    )
}

fn reference(records: &[Record]) -> BTreeMap<(u32, u32), i64> {
    let mut totals = BTreeMap::new();
    for (area, indicator, count) in records {
        *totals.entry((*area, *indicator)).or_insert(0) += count;
    }
    totals
}

fn added((areas, indicators): (usize, usize), records: &[Record]) -> Records {
    let mut made = Records::new(areas, indicators).unwrap();
    made.try_extend(records.iter().copied()).unwrap();
    made
}

proptest! {
    #[test]
    fn totals_are_sums((shape, records) in given(), probe in any::<(u32, u32)>()) {
        let (made, expected) = (added(shape, &records), reference(&records));
        for ((area, indicator), total) in &expected {
            prop_assert_eq!(made.total(*area as usize, *indicator as usize), Some(*total));
        }
        let probe = (probe.0 % (shape.0 as u32 + 1), probe.1 % (shape.1 as u32 + 1));
        prop_assert_eq!(made.total(probe.0 as usize, probe.1 as usize), expected.get(&probe).copied());
        let negative: Vec<_> = expected.iter().filter(|(_, total)| **total < 0).map(|((a, i), t)| (*a as usize, *i as usize, *t)).collect();
        prop_assert_eq!(made.negative_totals().collect::<Vec<_>>(), negative);
    }

    #[test]
    fn shards_merge_to_the_whole_in_any_order((shape, records) in given(), split in any::<prop::sample::Index>()) {
        let whole = added(shape, &records);
        let (first, second) = records.split_at(split.index(records.len() + 1));
        let (mut a, mut b) = (added(shape, first), again(&added(shape, second)));
        let a_alone = a.clone();
        a.try_merge(&b).unwrap();
        b.try_merge(&a_alone).unwrap();
        prop_assert_eq!(&a, &whole);
        prop_assert_eq!(&b, &whole);
        prop_assert_eq!(serde_json::to_string(&a).unwrap(), serde_json::to_string(&whole).unwrap());
        let mut turned = records.clone();
        turned.reverse();
        let columns: (Vec<u32>, Vec<u32>, Vec<i64>) = (
            turned.iter().map(|r| r.0).collect(), turned.iter().map(|r| r.1).collect(), turned.iter().map(|r| r.2).collect(),
        );
        let mut by_columns = Records::new(shape.0, shape.1).unwrap();
        by_columns.try_extend_columns(&columns.0, &columns.1, &columns.2).unwrap();
        prop_assert_eq!(by_columns, whole);
    }

    #[test]
    fn a_call_that_fails_leaves_no_trace((shape, records) in given(), which in 0..3_usize, at in any::<prop::sample::Index>()) {
        let mut made = added(shape, &records);
        let before = made.clone();
        let mut bad = records.clone();
        let wrong = [(shape.0 as u32, 0, 1), (0, shape.1 as u32, 1), (0, 0, i64::MIN)][which];
        let at = at.index(bad.len() + 1);
        bad.insert(at, wrong);
        let error = made.try_extend(bad).unwrap_err();
        prop_assert_eq!(&made, &before);
        if which < 2 {
            prop_assert_eq!(error.row(), Some(at as u64 + 1));
        }
    }

    #[test]
    fn the_panel_holds_the_totals(records in vec((0..4_u32, 0..6_u32, 0..30_i64), 0..40), absent in select(Absent::ALL)) {
        let mut made = Records::by_period(4, 3, 2).unwrap();
        let column = |part: fn(&Record) -> u32| records.iter().map(part).collect::<Vec<u32>>();
        let (offences, periods) = (column(|r| r.1 / 2), column(|r| r.1 % 2));
        let counts: Vec<i64> = records.iter().map(|r| r.2).collect();
        made.try_extend_by_period(&column(|r| r.0), &offences, &periods, &counts).unwrap();
        let panel = made.panel(["a", "b", "c", "d"], [1, 2, 3, 4], absent).unwrap();
        let expected = reference(&records);
        for area in 0..4 {
            for indicator in 0..6 {
                let total = expected.get(&(area as u32, indicator as u32));
                let cell = if total.is_none() && absent == Absent::Missing { CellStatus::NoRecord } else { CellStatus::Known };
                prop_assert_eq!(panel.cell(area, indicator), Some(cell));
                if cell == CellStatus::Known {
                    prop_assert_eq!(panel.observation(area, indicator).unwrap().known(), Some(total.copied().unwrap_or(0) as u64));
                }
            }
        }
        let part = made.of_indicators(1..4);
        prop_assert_eq!((part.areas(), part.indicators()), (4, 3));
        for (area, indicator) in (0..4).flat_map(|area| (0..3).map(move |indicator| (area, indicator))) {
            prop_assert_eq!(part.total(area, indicator), made.total(area, indicator + 1));
        }
    }

    #[test]
    fn names_do_not_depend_on_the_order(records in vec((0..5_usize, 0..9_usize, 0..30_i64), 0..40), splits in vec(any::<prop::sample::Index>(), 2)) {
        let areas = ["Kent", "Essex", "Avon and Somerset", "Dorset", "Gwent"];
        let name = |(area, indicator, count): &(usize, usize, i64)| (areas[*area], format!("offence {indicator}"), *count);
        let made = |records: &[(usize, usize, i64)]| {
            let mut made = NamedRecords::new();
            for some in records.chunks(3) {
                made.try_extend(some.iter().map(name)).unwrap();
            }
            made
        };
        let whole = made(&records);
        let mut splits: Vec<usize> = splits.iter().map(|split| split.index(records.len() + 1)).collect();
        splits.sort_unstable();
        let shards = [&records[splits[1]..], &records[..splits[0]], &records[splits[0]..splits[1]]].map(made);
        let mut merged = NamedRecords::new();
        shards.iter().for_each(|shard| merged.try_merge(&again(shard)).unwrap());
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(serde_json::to_string(&merged).unwrap(), serde_json::to_string(&whole).unwrap());
        let people = areas.map(|area| (area, 1_000));
        let panels = [&merged, &whole].map(|records| records.panel(people, Absent::Zero).unwrap());
        let shown = |panel: &Panel<'_>| (0..panel.indicators()).map(|at| {
            let indicator = panel.indicator_at(at).unwrap();
            (indicator.label(), (0..5).map(|area| indicator.observation(area).unwrap()).collect::<Vec<_>>())
        }).collect::<Vec<_>>();
        prop_assert_eq!(shown(&panels[0]), shown(&panels[1]));
        prop_assert!(shown(&panels[0]).is_sorted_by(|a, b| a.0 < b.0));
        for record in &records {
            let (area, indicator, _) = name(record);
            let total: i64 = records.iter().filter(|other| (other.0, other.1) == (record.0, record.1)).map(|other| other.2).sum();
            prop_assert_eq!(whole.total(area, &indicator), Some(total));
        }
    }
}

#[test]
fn many_records_of_a_large_shape_become_a_cube_with_the_same_totals() {
    let mut state = 1_u64;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let records: Vec<(u32, u32, i64)> =
        (0..3_000_000).map(|_| (next(1_100) as u32, next(1_000) as u32, next(9) as i64 - 2)).collect();
    let mut made = Records::new(1_100, 1_000).unwrap();
    for some in records.chunks(70_001) {
        made.try_extend(some.iter().copied()).unwrap();
    }
    let expected = reference(&records);
    assert!(expected.iter().all(|((a, i), total)| made.total(*a as usize, *i as usize) == Some(*total)));
    assert_eq!(again(&made), made);
}

#[test]
fn what_cannot_be_is_refused() {
    let mut records = Records::new(2, 3).unwrap();
    let error = |outcome: crimerate::Result<()>| outcome.unwrap_err().to_string();
    assert_eq!(
        error(records.try_extend([(0_u8, 0_u8, 1), (2, 0, 1)])),
        "row 2: area 2 is none of the 2 there are, counted from 0"
    );
    assert_eq!(
        error(records.try_extend([(0_u8, 3_u8, 1)])),
        "row 1: indicator 3 is none of the 3 there are, counted from 0"
    );
    assert_eq!(
        error(records.try_extend_columns(&[0_u8], &[0_u8, 1], &[1])),
        "the column indicator has 2 values, where there should be 1"
    );
    let most = (1_i64 << 62) - 1;
    records.try_extend([(0_u8, 0_u8, most - 1), (1, 1, 1)]).unwrap();
    let text = |sum: &str| {
        format!(
            "the sum of all counts without their signs is {sum}, and can be at most 4,611,686,018,427,387,903: \
             beyond it a total might not fit, so keep the records in parts"
        )
    };
    assert_eq!(
        error(records.try_extend([(0_u8, 0_u8, 0), (0, 0, -1)])),
        format!("row 2: {}", text("4,611,686,018,427,387,904"))
    );
    assert_eq!(error(records.clone().try_merge(&records)), text("9,223,372,036,854,775,806"));
    assert_eq!(
        error(records.try_merge(&Records::by_period(2, 3, 1).and_then(|_| Records::by_period(2, 1, 3)).unwrap())),
        "the shape of the records is 2 x 1 x 3, where it should be 2 x 3 x 1 (areas x offences x periods)"
    );
    let error = Records::by_period(usize::MAX, 2, 2).unwrap_err().to_string();
    assert!(
        error.starts_with("the number of cells (areas x offences x periods) is 73,786,976,294,838,206,460,"),
        "{error}"
    );
    assert!(error.ends_with(": keep the records in parts"), "{error}");
    assert!(Records::by_period(0, usize::MAX, 2).is_err());
    let mut records = Records::by_period(2, 2, 2).unwrap();
    records.try_extend([(1_u8, 3_u8, -4)]).unwrap();
    let error = records.panel(["Kent", "Essex"], [10, 10], Absent::Zero).unwrap_err();
    assert_eq!(error.to_string(), "Essex: indicator 2, period 2: count is -4, and a total cannot be negative");
    let mut named = NamedRecords::new();
    named.try_extend([("Kent", "burglary", -4)]).unwrap();
    let before = named.clone();
    assert_eq!(
        named.try_extend([("Essex", "", 1)]).unwrap_err().to_string(),
        "Essex: row 1: the record has no indicator: every record needs one"
    );
    assert!(named.try_extend([("Gwent", "robbery", i64::MAX)]).is_err());
    assert_eq!(named, before);
    let error = named.panel([("Essex", 10)], Absent::Zero).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Kent: population is not given, so no rate is defined: add it, or leave the area out"
    );
    let error = named.panel([("Kent", 10)], Absent::Zero).unwrap_err();
    assert_eq!(error.to_string(), "Kent: indicator burglary: count is -4, and a total cannot be negative");
}

#[test]
fn forged_records_are_not_read() {
    let good = r#"{"areas":2,"offences":2,"periods":1,"size":"9","cells":[0,3],"totals":[4,-5]}"#;
    let records: Records = serde_json::from_str(good).unwrap();
    assert_eq!((records.total(0, 0), records.total(1, 1), records.total(0, 1)), (Some(4), Some(-5), None));
    assert_eq!(serde_json::to_string(&records).unwrap(), good);
    for (from, to) in [
        ("[0,3]", "[3,0]"),
        ("[0,3]", "[0,4]"),
        ("[0,3]", "[0,0]"),
        ("[0,3]", "[0]"),
        ("\"9\"", "\"8\""),
        ("\"9\"", "\"9223372036854775807\""),
        ("\"9\"", "\"nine\""),
        ("\"areas\":2", "\"areas\":1"),
        ("\"areas\":2", "\"areas\":18446744073709551615"),
        ("\"areas\":2,\"offences\":2,\"periods\":1", "\"areas\":0,\"offences\":18446744073709551615,\"periods\":2"),
    ] {
        assert!(serde_json::from_str::<Records>(&good.replace(from, to)).is_err(), "{from} {to}");
    }
    let named = format!(r#"{{"areas":["a","b"],"indicators":["x","y"],"records":{good}}}"#);
    assert!(serde_json::from_str::<NamedRecords>(&named).is_ok());
    for (from, to) in [("\"b\"", "\"a\""), ("\"b\"", "\"\""), ("[\"a\",\"b\"]", "[\"a\"]"), ("\"y\"", "\" y\"")] {
        assert!(serde_json::from_str::<NamedRecords>(&named.replace(from, to)).is_err(), "{from} {to}");
    }
}

/// Many records of few cells are added up while they are checked: those of a call that fails are taken back, marks of cells too.
#[test]
fn large_batches_are_added_or_refused_as_a_whole() {
    const RECORDS: u32 = 200_000;
    let areas: Vec<u32> = (0..RECORDS).map(|i| i % 2).collect();
    let offences: Vec<u8> = (0..RECORDS).map(|i| (i / 7 % 3) as u8).collect();
    let periods: Vec<u8> = vec![1; RECORDS as usize];
    let counts: Vec<i64> = (0..RECORDS).map(|i| i64::from(i % 11) - 3).collect();
    let mut before = Records::by_period(2, 3, 2).unwrap();
    before.try_extend([(0_u8, 0_u8, 5)]).unwrap();
    let mut all = before.clone();
    all.try_extend_by_period(&areas, &offences, &periods, &counts).unwrap();
    let mut parts = before.clone();
    for at in (0..RECORDS as usize).step_by(1_000) {
        let range = at..at + 1_000;
        parts
            .try_extend_by_period(
                &areas[range.clone()],
                &offences[range.clone()],
                &periods[range.clone()],
                &counts[range],
            )
            .unwrap();
    }
    assert_eq!(all, parts);
    assert_eq!(serde_json::to_string(&all).unwrap(), serde_json::to_string(&parts).unwrap());
    for row in [1, 9_000, RECORDS as usize] {
        let mut faulty = areas.clone();
        faulty[row - 1] = 2;
        let mut kept = before.clone();
        let error = kept.try_extend_by_period(&faulty, &offences, &periods, &counts);
        refused(error, &format!("row {row}: area 2 is none of the 2 there are, counted from 0"));
        assert_eq!(kept, before);
        assert_eq!(kept.total(0, 1), None);
        let mut large = counts.clone();
        large[row - 1] = i64::MAX;
        refused(
            kept.try_extend_by_period(&areas, &offences, &periods, &large),
            &format!("row {row}: the sum of all counts without their signs is"),
        );
        assert_eq!(kept, before);
    }
}

#[cfg(feature = "rayon")]
#[test]
fn threads_change_no_total() {
    let keys = |below: usize, step: usize| (0..1_500_000).map(|at| (at * step % below) as u16).collect::<Vec<u16>>();
    let (areas, offences, periods) = (keys(43, 31), keys(7, 17), keys(12, 5));
    let counts: Vec<i32> = (0..1_500_000).map(|at| at % 19 - 3).collect();
    let within = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut records = Records::by_period(43, 7, 12).unwrap();
        pool.install(|| records.try_extend_by_period(&areas, &offences, &periods, &counts)).unwrap();
        records
    };
    let one = within(1);
    for threads in [2, 3, 7] {
        assert_eq!(within(threads), one, "{threads} threads");
    }
}

#[test]
fn areas_without_a_population_are_refused_or_left_out_with_a_note() {
    let mut named = NamedRecords::new();
    let police = "British Transport Police";
    named
        .try_extend([(police, "theft", 40), ("Kent", "theft", 9), ("Essex", "theft", 3), ("Ceded", "theft", 2)])
        .unwrap();
    named.try_extend([("Kent", "arson", 1), (police, "arson", 5)]).unwrap();
    assert_eq!((named.total(" Kent ", "theft\t"), named.total("Kent", "fraud")), (Some(9), None));
    let people = [("Essex", 1_000_u64), ("Ceded", 0), ("Kent", 2_000)];
    let error = named.panel(people, Absent::Zero).unwrap_err();
    assert!(error.to_string().starts_with("British Transport Police: population is not given"), "{error}");
    let error = named.panel([people[0], people[1], people[2], (police, 1)], Absent::Zero).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Ceded: row 2: population is zero, so no rate is defined: correct it, or leave the area out"
    );
    let twice = named.panel_leaving_out([("Kent", 1), (" Kent", 2)], Absent::Zero).unwrap_err();
    assert_eq!(
        twice.to_string(),
        "Kent: row 2: the name \"Kent\" stands in row 1 already: leave one of the two rows out, or tell the two apart by codes"
    );
    for &absent in Absent::ALL {
        let panel = named.panel_leaving_out(people, absent).unwrap();
        let names: Vec<&str> = panel.areas().iter().map(Area::name).collect();
        assert_eq!(names, ["Essex", "Ceded", "Kent", police]);
        let theft = panel.indicator("theft").unwrap();
        let why = |area: &str| theft.rate(panel.index(area).unwrap()).unwrap();
        assert_eq!(why(police), Err(LeftOut::NoPopulation));
        assert_eq!(why("Ceded"), Err(LeftOut::ZeroPopulation));
        assert_eq!(why("Kent"), Ok(Rate::new(9, 2_000).unwrap()));
        let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Rate]);
        assert_eq!(figures.averages()[theft.index()], 4.0, "12 thefts among 3,000 people");
        let told: Vec<&str> = figures.notes().iter().map(Note::text).collect();
        let expected = [
            "2 of 4 areas compared by 2 indicators.",
            "Left out: Ceded, population zero, so no rate.",
            "Left out: British Transport Police, population not given, so no rate.",
        ];
        assert_eq!(told[..3], expected);
        let cells = told.iter().find(|note| note.starts_with("Left out, numerator"));
        let missing = "Left out, numerator and denominator together: 1 cell, without a record.";
        assert_eq!(cells, (absent == Absent::Missing).then_some(&missing));
    }
    let whole = named.panel_leaving_out([("Ceded", 1), ("Essex", 1), ("Kent", 1), (police, 1)], Absent::Zero).unwrap();
    let plain = named.panel([("Ceded", 1), ("Essex", 1), ("Kent", 1), (police, 1)], Absent::Zero).unwrap();
    let rates = |panel: &Panel| {
        panel.compare(Average::MEAN, Per::ONE, [Measure::Rate]).array(Measure::Rate).unwrap().to_owned()
    };
    assert_eq!(rates(&whole), rates(&plain));

    let mut numbered = Records::new(2, 1).unwrap();
    numbered.try_extend([(0_u64, 0_u64, 4_i64), (1, 0, 2)]).unwrap();
    assert!(numbered.panel(["A", "B"], [0_u64, 5], Absent::Zero).is_err());
    let panel = numbered.panel_leaving_out(["A", "B"], [0_u64, 5], Absent::Zero).unwrap();
    assert_eq!(panel.rate(0, 0), Some(Err(LeftOut::ZeroPopulation)));
    assert_eq!(panel.rate(1, 0), Some(Ok(Rate::new(2, 5).unwrap())));
}

/// A batch with records that name no area is not refused: they are counted apart, in no rate and in no average.
#[test]
fn records_without_an_area_are_counted_apart() {
    let batch = [("Kent", "theft", 7), ("", "theft", 3), ("Essex", "theft", 4), (" ", "robbery", 2), ("", "theft", -1)];
    let mut records = NamedRecords::new();
    records.try_extend(batch).unwrap();
    assert_eq!(records.total(NamedRecords::NO_AREA, "theft"), Some(2));
    let people = || [("Essex", 1_832_800), ("Kent", 1_846_500)];
    let panel = records.panel(people(), Absent::Zero).unwrap();
    assert_eq!(panel.areas(), records.panel_leaving_out(people(), Absent::Zero).unwrap().areas());
    let mut placed = NamedRecords::new();
    placed
        .try_extend(batch.into_iter().filter(|record| !record.0.trim().is_empty()).chain([("Kent", "robbery", 0)]))
        .unwrap();
    let alone = placed.panel(people(), Absent::Zero).unwrap();
    for indicator in ["theft", "robbery"] {
        let [with, without] =
            [&panel, &alone].map(|panel| panel.indicator(indicator).unwrap().table().compare(Average::POOLED));
        assert_eq!(with.average(), without.average(), "{indicator}");
        assert_eq!((with.len(), with.tally()), (2, without.tally()), "{indicator}");
    }
    let notes = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Rate]).notes().to_vec();
    assert!(
        notes.iter().any(|note| note
            .text()
            .starts_with("In no area: 4 of 15 counted by all indicators together (27 %), (no area).")),
        "{notes:?}"
    );
    // Merging is adding up, and what is written is read back.
    let (mut one, mut other) = (NamedRecords::new(), NamedRecords::new());
    one.try_extend(batch[3..].iter().copied()).unwrap();
    other.try_extend(batch[..3].iter().copied()).unwrap();
    one.try_merge(&other).unwrap();
    assert_eq!(one, records);
    assert_eq!(serde_json::from_str::<NamedRecords>(&serde_json::to_string(&records).unwrap()).unwrap(), records);
    // A population of zero is refused as ever, and so is an area without one.
    assert!(records.panel([("Essex", 0), ("Kent", 1)], Absent::Zero).is_err());
    assert!(records.panel([("Kent", 1)], Absent::Zero).is_err());
    let mut periods = NamedRecords::new();
    periods.try_extend_by_period([("Kent", "theft", "2019", 7), ("", "theft", "2019", 3)]).unwrap();
    let by_period = periods.panel_by_period([("Kent", "2019", 1_846_500)], Absent::Zero).unwrap();
    assert_eq!(by_period.rate(1, 0), Some(Err(crimerate::LeftOut::Unplaced)));
}
