//! A panel on the areas of all its tables: what a table does not have is left out with its reason, and changes nothing.

use crate::support::{
    json::again,
    panels::{bits, how},
    says::says,
    strategies,
};
use crimerate::{
    Average, LeftOut, Measure, Observation, Panel, PeerGroups, Per, Reason, Row, Table, Ties, ndarray::Array2,
    panel::CellStatus,
};
use proptest::{collection::vec, prelude::*};

/// Up to four tables, each of some of the areas of one, in an order of its own.
fn tables() -> impl Strategy<Value = Vec<Table>> {
    let part = |table: Table| {
        let size = table.len();
        (Just(table), vec(any::<bool>(), size), 0..size).prop_filter_map("no area", move |(table, kept, turn)| {
            let mut rows: Vec<usize> = (0..size).filter(|area| kept[*area]).collect();
            let by = turn % rows.len().max(1);
            rows.rotate_left(by);
            let made = rows.iter().map(|area| {
                let (name, count) = (table.areas()[*area].name(), table.observation(*area).unwrap());
                match table.population(*area) {
                    Some(people) => Row::new(name, count, people.get()),
                    None => Row::new(name, count, 0),
                }
            });
            let made = Table::from_rows_leaving_out(made).ok()?;
            let excluded = ["Area 3", "Area 7"].into_iter().filter(|name| made.index(name).is_ok()).collect::<Vec<_>>();
            Some(excluded.into_iter().fold(made, |table, name| table.exclude(name, "tried").unwrap()))
        })
    };
    vec(strategies::table().prop_flat_map(part), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Every indicator has the figures of its own table alone, whatever the others have.
    #[test]
    fn areas_of_other_tables_change_nothing(tables in tables(), how in how()) {
        let named = || tables.iter().enumerate().map(|(at, table)| (at.to_string(), table));
        let panel = Panel::union_of_tables(named()).unwrap();
        let figures = panel.compare(how, Per::THOUSAND, Measure::ALL.iter().copied());
        for (at, table) in tables.iter().enumerate() {
            let league = table.compare(how);
            let everyone = league.average_of_all().map_or(f64::NAN, |value| value.per(Per::THOUSAND).value());
            // The order of the areas is that of additions.
            let near = |a: f64, b: f64| bits(a) == bits(b) || (a - b).abs() <= 1e-9 * b.abs();
            prop_assert!(near(figures.averages()[at], everyone));
            let own = panel.indicator_at(at).unwrap().table();
            prop_assert_eq!(&again(&own), &own);
            for (index, area) in panel.areas().iter().enumerate() {
                match table.index(area.name()) {
                    Ok(row) => {
                        prop_assert_eq!(panel.rate(index, at), table.rate(row));
                        prop_assert_eq!(panel.population(index, at), table.population(row));
                        let rank = league.area(area.name()).ok().map(|found| found.rank().value());
                        let found = figures.at(Measure::Rank, index, at).ok();
                        // Ordinal ranks of ties are those of the order of the areas.
                        prop_assert!(found == rank || how.ties() == Ties::Ordinal && found.is_some() == rank.is_some());
                    }
                    Err(_) => {
                        let absent = Observation::Missing(Reason::NotInTable);
                        prop_assert_eq!(panel.observation(index, at), Some(absent));
                        prop_assert_eq!(panel.population(index, at), None);
                        prop_assert!(figures.at(Measure::Rate, index, at).is_err());
                    }
                }
            }
        }
        let same = tables.iter().all(|table| table.len() == panel.len());
        prop_assert_eq!(Panel::from_tables(named()).is_ok(), same);
    }
}

fn table(rows: &[(&str, u64, u64)]) -> Table {
    Table::from_rows(rows.iter().copied()).unwrap()
}

#[test]
fn what_a_table_does_not_have_is_reported() {
    let first = table(&[("A", 30, 1_000), ("B", 10, 2_000)]);
    let regions = PeerGroups::from_labels("region", [("A", "x"), ("C", "x"), ("D", "y")]).leaving_out_unknown();
    let first = first.with_groups(regions).unwrap();
    let second = table(&[("C", 9, 3_000), ("A", 4, 1_000)]);
    says(
        Panel::from_tables([("x", &first), ("y", &second)]),
        "B: indicator y: the area cannot be in a panel with the first indicator: the areas differ: B missing; C of this one alone; a union of the tables takes the areas of all",
    );
    let panel = Panel::union_of_tables([("x", &first), ("y", &second)]).unwrap();
    assert_eq!((panel.cell(1, 1), panel.cell(2, 0)), (Some(CellStatus::NotInTable), Some(CellStatus::NotInTable)));
    let over = Average::POOLED.over(panel.group("region").unwrap());
    let figures = panel.compare(over, Per::THOUSAND, [Measure::Average, Measure::Rate]);
    assert_eq!(figures.array(Measure::Average).unwrap()[[2, 1]], 1_000.0 * 13.0 / 4_000.0);
    let notes: Vec<String> = figures.notes().iter().map(ToString::to_string).collect();
    assert_eq!(notes[0], "3 of 3 areas compared by 2 indicators.");
    assert_eq!(notes[1], "Left out, numerator and denominator together: 2 cells, not in the table.");
    assert!(notes.contains(&"Groups (region): not in the table, so left out: D.".to_owned()), "{notes:?}");
    says(figures.get(Measure::Rate, "C", "x"), "C: indicator x: the area takes no part: not in the table");
    // A mask says nothing of populations.
    let masked = panel.clone().with_mask(Array2::zeros((3, 2))).unwrap();
    assert_eq!(masked.rate(1, 1), Some(Err(LeftOut::NoPopulation)));
    let league = panel.indicator("y").unwrap().compare(Average::POOLED).per(Per::THOUSAND).to_string();
    assert!(league.contains("Left out: B, not in the table."), "{league}");
    // A sum with it is not available.
    let merged = panel.clone().merge("B", "A", "small").unwrap();
    assert_eq!(merged.observation(0, 0), Some(Observation::Known(40)));
    assert_eq!(merged.observation(0, 1), Some(Observation::Missing(Reason::NotAvailable)));
    let both = panel.merge("C", "B", "small").unwrap();
    assert_eq!(both.rate(1, 0), Some(Err(LeftOut::NoPopulation)));
}

#[test]
fn policies_of_areas_that_some_tables_lack() {
    let plain = || table(&[("A", 30, 1_000), ("B", 10, 2_000), ("C", 4, 500)]);
    let short = table(&[("A", 4, 1_000), ("C", 1, 500)]);
    let by_day = plain().with_denominator("B", 700, "people by day").unwrap();
    let panel = Panel::union_of_tables([("x", &by_day), ("y", &short)]).unwrap();
    assert_eq!(panel.indicator("x").unwrap().table(), by_day);
    let own = panel.indicator("y").unwrap().table();
    assert_eq!(again(&own), own);
    assert_eq!(panel.rate(1, 1), Some(Err(LeftOut::NotInTable)));
    let excluded = plain().exclude("B", "tried").unwrap();
    let panel = Panel::union_of_tables([("y", &short), ("x", &excluded)]).unwrap();
    assert_eq!(panel.excluded().count(), 1);
    let merged = plain().merge("B", "A", "small").unwrap();
    for tables in [[("x", &merged), ("y", &short)], [("y", &short), ("x", &merged)]] {
        says(
            Panel::union_of_tables(tables),
            "B: indicator y: the area cannot be in a panel with the first indicator: the policies differ: treat the area alike in all tables",
        );
    }
    // An area is its code, and else its name.
    let coded =
        |name: &str, code: &str| Table::from_rows([Row::new(name, 1, 10).code(code), Row::new("Z", 1, 10)]).unwrap();
    let panel = Panel::union_of_tables([("x", &coded("A", "E1")), ("y", &coded("A City", "E1"))]).unwrap();
    assert_eq!((panel.len(), panel.rate(0, 1).unwrap().is_ok()), (2, true));
    assert_eq!(Panel::from_tables([("x", &coded("A", "E1")), ("y", &coded("A", "E2"))]).unwrap().len(), 2);
    let wards = [Row::new("A", 5, 10).code("E1"), Row::new("A", 6, 10).code("E2"), Row::new("Z", 1, 10)];
    let wards = Table::from_rows(wards).unwrap();
    for tables in [[("x", &coded("A", "E2")), ("y", &wards)], [("x", &wards), ("y", &coded("A", "E2"))]] {
        let (panel, y) = (Panel::union_of_tables(tables).unwrap(), tables[1].1);
        let (first, second) = (panel.index("E1").unwrap(), panel.index("E2").unwrap());
        assert_eq!((panel.len(), panel.areas()[second].to_string().as_str()), (3, "A (E2)"));
        assert_eq!(panel.rate(second, 1), y.rate(y.index("E2").unwrap()));
        let other = y.index("E1").map_or(Err(LeftOut::NotInTable), |row| y.rate(row).unwrap());
        assert_eq!(panel.rate(first, 1), Some(other));
        // They are told apart when they are merged again.
        let merged = panel.merge("E1", "A (E2)", "one ward").unwrap().with_mask(Array2::zeros((3, 2))).unwrap();
        assert_eq!(merged.policies().count(), 1);
    }
    says(
        Panel::union_of_tables([("x", &table(&[("A", 1, 10)])), ("y", &wards)]),
        "A (E2): indicator y: the name \"A\" is given twice",
    );
    says(Panel::union_of_tables(Vec::<(&str, &Table)>::new()), "there is no row, so there is nothing to compare");
    // A name that is another's code is a name.
    let other = table(&[("E1", 7, 10), ("Z", 1, 10)]);
    let panel = Panel::union_of_tables([("x", &coded("A", "E1")), ("y", &other)]).unwrap();
    assert_eq!((panel.len(), panel.rate(2, 0)), (3, Some(Err(LeftOut::NotInTable))));
}
