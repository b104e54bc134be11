//! Totals above totals, in whatever order the rows stand; totals of rows some of which have no count.

use crate::support::{notes::notes, numbers::numbers};
use crimerate::{Average, Observation, PeerGroups, Per, Row, Table};

fn told(table: &Table) -> String {
    notes(&table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND))
}

fn together(rows: &[(String, u64, u64)]) -> (u64, u64) {
    rows.iter().fold((0, 0), |sum, row| (sum.0 + row.1, sum.1 + row.2))
}

/// Areas of 1 to 3 million people in regions of four, with counts.
fn regions(number: usize, draw: &mut impl FnMut() -> f64) -> Vec<Vec<(String, u64, u64)>> {
    let area = |region: usize, at: usize, draw: &mut dyn FnMut() -> f64| {
        let people = 1_000_000 + (2_000_000.0 * draw()) as u64;
        (format!("R{region} area {at}"), (people as f64 * (0.005 + 0.01 * draw())) as u64, people)
    };
    (0..number).map(|region| (0..4).map(|at| area(region, at, draw)).collect()).collect()
}

fn shuffled<T>(rows: Vec<T>, draw: &mut impl FnMut() -> f64) -> Vec<T> {
    let mut all = Vec::new();
    for row in rows {
        all.insert((draw() * (all.len() + 1) as f64) as usize, row);
    }
    all
}

#[test]
fn every_level_is_named_whatever_the_order() {
    for seed in 0..30 {
        let mut draw = numbers(seed);
        let regions = regions(5, &mut draw);
        let areas: Vec<_> = regions.iter().flatten().cloned().collect();
        let whole = |name: &str, rows: &[_]| {
            let (count, people) = together(rows);
            (name.to_owned(), count, people)
        };
        let named: Vec<_> = (0..).zip(&regions).map(|(at, rows)| whole(&format!("Region {at}"), rows)).collect();
        let nation = whole("Nation", &areas);
        let in_no_order = shuffled([areas.clone(), named.clone(), vec![nation.clone()]].concat(), &mut draw);
        // One region stands above its areas, and all else in no order.
        let rest: Vec<_> = [&areas[4..], &named[1..]].concat();
        let one_found =
            [vec![named[0].clone()], areas[..4].to_vec(), shuffled(rest, &mut draw), vec![nation.clone()]].concat();
        let in_blocks = [vec![nation.clone()], named.clone(), areas.clone()].concat();
        for rows in [in_no_order, one_found.clone(), in_blocks.clone()] {
            let text = told(&Table::from_rows(rows).unwrap());
            for name in named.iter().chain([&nation]).map(|row| &row.0) {
                assert!(text.contains(&format!("{name} (")), "{name}, {seed}: {text}");
            }
        }
        let text = told(&Table::from_rows(one_found).unwrap());
        assert!(text.contains("perhaps totals: Region 0 (the sum of the 4 from R0 area 0 to R0 area 3); "), "{text}");
        assert!(text.contains("Nation (the sum of all 20 others)"), "{text}");
        assert!(text.contains(" (one of 4 rows that together have what 16 others have)"), "{text}");
        let text = told(&Table::from_rows(in_blocks).unwrap());
        assert!(text.contains("Nation (the sum of the 5 from Region 0 to Region 4); Region 0 (the sum of the 4 from R0 area 0 to R0 area 3); "), "{text}");
    }
}

/// A city with more people than the smallest region.
#[test]
fn one_area_may_be_larger_than_a_region() {
    let mut draw = numbers(3);
    let mut regions = regions(4, &mut draw);
    regions[3].truncate(2);
    regions[0][0] = ("City".to_owned(), 91_234, 7_654_321);
    let whole = |name: String, rows: &[_]| {
        let (count, people) = together(rows);
        (name, count, people)
    };
    let areas = regions.concat();
    let named = regions.iter().enumerate().map(|(at, rows)| whole(format!("Region {at}"), rows));
    let all = areas.iter().cloned().chain(named).chain([whole("Nation".to_owned(), &areas)]);
    let text = told(&Table::from_rows(shuffled(all.collect(), &mut draw)).unwrap());
    for name in ["Nation (the sum of all 14 others)", "Region 0 (", "Region 1 (", "Region 2 (", "Region 3 ("] {
        assert!(text.contains(name), "{text}");
    }
    assert!(!text.contains("City ("), "{text}");
}

#[test]
fn a_region_of_one_area_has_its_figures() {
    let rows = |second| {
        [
            ("North", 1_234, 567_891),
            ("A", 834, 367_890),
            ("B", 400, 200_001),
            ("South", 777, 443_211),
            ("C", 777, second),
        ]
    };
    let text = told(&Table::from_rows(rows(443_211)).unwrap());
    assert!(text.contains("North (the sum of the 2 from A to B); South (with the figures of C).\n"), "{text}");
    assert!(!told(&Table::from_rows(rows(443_212)).unwrap()).contains("South ("));
    // Few people are easily as few.
    let few = [("A", 3, 1_100), ("B", 3, 1_100), ("C", 5, 900)];
    assert!(!told(&Table::from_rows(few).unwrap()).contains("perhaps totals"));
}

#[test]
fn a_total_of_rows_without_a_count_is_told_by_its_population() {
    let unknown = || Row::new("C", Observation::SUPPRESSED, 1_547_629_u64);
    let rows = |north: u64| {
        [
            Row::new("North", 640, north),
            Row::new("A", 310, 3_574_097),
            Row::new("B", 120, 1_328_361),
            unknown(),
            Row::new("South", 2_012, 28_170_059),
            Row::new("D", 610, 8_791_894),
            Row::new("E", 1_402, 19_378_165),
        ]
    };
    let text = told(&Table::from_rows(rows(6_450_087)).unwrap());
    let north = "North (its population is that of the 3 from A to C, of which C has no count)";
    assert!(text.contains(&format!("perhaps totals: South (the sum of the 2 from D to E); {north}.\n")), "{text}");
    assert!(!told(&Table::from_rows(rows(6_450_088)).unwrap()).contains("North ("));
    // In no order, by the group; and the nation above it.
    let mut mixed = rows(6_450_087).to_vec();
    mixed.swap(1, 6);
    mixed.push(Row::new("Nation", 2_652, 34_620_146));
    let pairs = [("A", "N"), ("B", "N"), ("C", "N"), ("D", "S"), ("E", "S")];
    let table = Table::from_rows(mixed).unwrap().with_groups(PeerGroups::from_labels("region", pairs)).unwrap();
    let text = told(&table);
    assert!(text.contains("South (the sum of the 2 of region S, E to D)"), "{text}");
    assert!(
        text.contains("North (its population is that of the 3 of region N, B to A, of which C has no count)"),
        "{text}"
    );
    assert!(text.contains("Nation (its population is that of the 5 from E to A, of which C has no count)"), "{text}");
    let text = told(&table.total("South").unwrap());
    assert!(text.contains("Total: South, the sum of the 2 of region S, E to D.\n"), "{text}");
}

#[test]
fn populations_without_counts_raise_hardly_any_alarm() {
    let (mut draw, mut alarms, mut tables) = (numbers(5), 0, 0);
    for unit in [1.0, 100.0, 1_000.0, 10_000.0] {
        for size in [5, 20, 100] {
            for _ in 0..100 {
                let row = |at: usize, draw: &mut dyn FnMut() -> f64| {
                    let people = (unit * (1.0 + (10_f64.powf(2.0 + 4.0 * draw()) / unit).floor())) as u64;
                    let count = if draw() < 0.3 { Observation::SUPPRESSED } else { Observation::Known(people / 100) };
                    Row::new(format!("Row {at}"), count, people)
                };
                let rows: Vec<Row> = (0..size).map(|at| row(at, &mut draw)).collect();
                tables += 1;
                alarms += u32::from(told(&Table::from_rows(rows).unwrap()).contains("no count)"));
            }
        }
    }
    assert!(100 * alarms <= tables, "{alarms} of {tables}");
}
