//! Totals among the rows, whatever else the rows are: rounded, of some months, beside counts in no area.

use crate::support::{json::again, notes::notes, numbers::numbers};
use crimerate::{Average, Basis, PeerGroups, Per, Row, Table};

fn told(table: &Table) -> String {
    notes(&table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND))
}

/// Areas of 100,000 to 3 million people, with counts.
fn areas(number: usize, seed: u64) -> Vec<(u64, u64)> {
    let mut draw = numbers(seed);
    let area = |_| {
        let people = 100_000 + (2_900_000.0 * draw()) as u64;
        ((people as f64 * (0.005 + 0.01 * draw())) as u64, people)
    };
    (0..number).map(area).collect()
}

fn together(rows: &[(u64, u64)]) -> (u64, u64) {
    rows.iter().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1))
}

fn to(unit: u64, people: u64) -> u64 {
    (people + unit / 2) / unit * unit
}

fn table(rows: impl IntoIterator<Item = (String, u64, u64)>) -> Table {
    Table::from_rows(rows).unwrap()
}

#[test]
fn totals_are_found_where_areas_and_total_are_rounded_to_units_of_their_own() {
    for (of_areas, of_total) in [(1, 1), (100, 1), (1_000, 1), (1, 100), (1, 1_000), (100, 1_000), (1_000, 100)] {
        for number in [5, 10, 43] {
            for seed in 0..10 {
                let mut rows = areas(number, seed);
                let (count, people) = together(&rows);
                for row in &mut rows {
                    row.1 = to(of_areas, row.1);
                }
                rows.insert(seed as usize % number, (count, to(of_total, people)));
                let named = rows.into_iter().enumerate().map(|(at, row)| {
                    (if at == seed as usize % number { "Sum".to_owned() } else { format!("Area {at}") }, row.0, row.1)
                });
                let text = told(&table(named));
                let case = format!("{number} areas to {of_areas}, total to {of_total}, {seed}: {text}");
                assert!(text.contains("perhaps totals: Sum ("), "{case}");
            }
        }
    }
}

#[test]
fn nations_are_found_among_rounded_regions_and_areas_in_no_order() {
    for unit in [1, 100, 1_000] {
        for seed in 0..10 {
            let rows = areas(9, seed);
            let regions = rows.chunks(3).map(together);
            let mut all: Vec<(u64, u64)> = rows.iter().copied().chain(regions).collect();
            all.push(together(&rows));
            let (mut draw, mut named) = (numbers(seed), Vec::new());
            for (at, (count, people)) in all.into_iter().enumerate() {
                let name = if at == 12 { "Nation".to_owned() } else { format!("Row {at}") };
                named.insert((draw() * (named.len() + 1) as f64) as usize, (name, count, to(unit, people)));
            }
            let text = told(&table(named));
            assert!(text.contains("Nation ("), "{unit}, {seed}: {text}");
        }
    }
}

#[test]
fn a_total_is_sought_in_people_whatever_the_months() {
    let rows = |total: (u64, u64, u32)| {
        [
            Row::new("A", 900, 101_234).months(12),
            Row::new("B", 1_100, 120_000).months(12),
            Row::new("C", 300, 45_000).months(6),
            Row::new("D", 1_000, 105_000).months(12),
            Row::new("Tot", total.0, total.1).months(total.2),
        ]
    };
    let sum = (3_300, 371_234, 12);
    let text = told(&Table::from_rows(rows(sum)).unwrap());
    assert!(text.contains("perhaps totals: Tot (the sum of all 4 others).\n"), "{text}");
    let total = |sum| Table::from_rows(rows(sum)).unwrap().total("Tot").unwrap();
    let text = told(&total(sum));
    assert!(text.contains("Total: Tot, the sum of all 4 others, of which C has 6 months.\n"), "{text}");
    assert!(text.contains("Months: 12 in 3 areas, but C has 6 months; "), "{text}");
    assert_eq!(again::<Table>(&total(sum)), total(sum));
    let text = told(&total((3_610, 371_234, 12)));
    assert!(
        text.contains(
            "Total: Tot, 310 more than all 4 others have together, on the same population of 371,234: C has 6 months, which may explain it.\n"
        ),
        "{text}"
    );
    // Areas that are merged, or left out, or on other people, are still what it was made of.
    let merged = Table::from_rows(rows(sum)).unwrap().merge("C", "A", "tried").unwrap();
    assert!(told(&merged).contains("perhaps totals: Tot (the sum of all 3 others).\n"), "{}", told(&merged));
    let without = Table::from_rows(rows(sum)).unwrap().exclude("C", "six months").unwrap();
    assert!(told(&without).contains("perhaps totals: Tot (the sum of all 4 others).\n"), "{}", told(&without));
    assert!(told(&without).contains("Months: 12 in every area; rates are for a year.\n"), "{}", told(&without));
    let by_day = total(sum).with_denominator("C", 60_000, "people by day").unwrap();
    let text = told(&by_day);
    assert!(text.contains("Total: Tot, the sum of all 4 others, of which C has 6 months.\n"), "{text}");
    assert!(text.contains("Denominator: C on 60,000 instead of 45,000, people by day.\n"), "{text}");
}

#[test]
fn a_total_has_in_it_what_is_in_no_area() {
    let areas = [("A", 1_000, 91_235), ("B", 1_200, 110_000), ("C", 1_200, 90_000)].map(Row::from);
    let with = |more: Vec<Row>| Table::from_rows_leaving_out(areas.clone().into_iter().chain(more)).unwrap();
    let unassigned = || Row::unplaced("Unassigned", 317);
    let text = told(&with(vec![unassigned(), Row::new("Zed", 3_717, 291_235)]));
    assert!(text.contains("perhaps totals: Zed (the sum of all 3 others and what is in no area).\n"), "{text}");
    // Of 3,717, each counted once.
    assert!(text.contains("In no area: 317 of 3,717 counted (9 %), Unassigned."), "{text}");
    let text = told(&with(vec![unassigned(), Row::new("Zed", 3_400, 291_235)]));
    assert!(text.contains("perhaps totals: Zed (the sum of all 3 others).\n"), "{text}");
    assert!(text.contains("In no area: 317 of 3,717 counted (9 %), Unassigned."), "{text}");
    let body = || Row::new("Railways", 250, 0);
    let text = told(&with(vec![body(), Row::new("Zed", 3_650, 291_235)]));
    assert!(text.contains("perhaps totals: Zed (the sum of all 3 others and what has no population).\n"), "{text}");
    let text = told(&with(vec![unassigned(), body(), Row::new("Zed", 3_967, 291_235)]));
    let both = "perhaps totals: Zed (the sum of all 3 others and what is in no area or has no population).\n";
    assert!(text.contains(both), "{text}");
    // Whether it was left out or not.
    let left_out = |total| {
        let unassigned = Row::without_population("Unassigned", 317).to_be_left_out();
        let table = with(vec![unassigned, Row::new("Zed", total, 291_235)]);
        told(&table.exclude("Unassigned", "no place").unwrap())
    };
    let text = left_out(3_717);
    assert!(text.contains("perhaps totals: Zed (the sum of all 3 others and what has no population).\n"), "{text}");
    assert!(left_out(3_400).contains("perhaps totals: Zed (the sum of all 3 others).\n"), "{}", left_out(3_400));
    assert!(!left_out(3_716).contains("perhaps totals"), "{}", left_out(3_716));
    // As far as counts were rounded.
    let rounded = |total| {
        let table = with(vec![Row::unplaced("Unassigned", 315), Row::new("Zed", total, 291_235)]);
        told(&table.rounded_to(5).unwrap())
    };
    let found = "perhaps totals: Zed (nearly the sum of all 3 others and what is in no area).\n";
    assert!(rounded(3_720).contains(found), "{}", rounded(3_720));
    assert!(!rounded(3_740).contains("perhaps totals"), "{}", rounded(3_740));
    let text = told(&with(vec![unassigned(), Row::new("England and Wales", 3_800, 291_300)]));
    assert!(text.contains("by their names perhaps totals: England and Wales.\n"), "{text}");
    assert!(text.contains("In no area: 317 of 3,717 counted (9 %), Unassigned."), "{text}");
    // In the words of the basis.
    let deaths = with(vec![unassigned()]).with_basis(Basis::new().with_count("deaths"));
    assert!(told(&deaths).contains("In no area: 317 of 3,717 deaths (9 %), Unassigned."), "{}", told(&deaths));
    // A share that is not nothing is not said to be nothing.
    let text = told(&with(vec![Row::unplaced("Unassigned", 5)]));
    assert!(text.contains("In no area: 5 of 3,405 counted (0.1 %), Unassigned."), "{text}");
    let text = told(&with(vec![Row::unplaced("Unassigned", 1)]));
    assert!(text.contains("In no area: 1 of 3,401 counted (below 0.1 %), Unassigned."), "{text}");
}

#[test]
fn a_total_without_one_of_its_areas_says_what_is_missing() {
    for number in [4, 8, 12, 43] {
        for seed in 0..10 {
            let rows = areas(number, seed);
            let (count, people) = together(&rows);
            let missing = rows.iter().enumerate().max_by_key(|(_, row)| row.1).unwrap().0;
            let named = rows.iter().enumerate().filter(|(at, _)| *at != missing);
            let named = named.map(|(at, row)| (format!("Area {at}"), row.0, row.1));
            let text = told(
                &table(named.chain([("England and Wales".to_owned(), count, people)]))
                    .total("England and Wales")
                    .unwrap(),
            );
            let (count, people) = (grouped(rows[missing].0), grouped(rows[missing].1));
            let parts = number - 1;
            let expected = format!(
                "Total: England and Wales, {count} more than all {parts} others have together, on a population larger by {people}: an area may \
                 be missing.\n"
            );
            assert!(text.contains(&expected), "{number}, {seed}: {text}");
        }
    }
    let small = Table::from_rows([("A", 5, 100), ("B", 6, 100), ("C", 3, 9_000)]).unwrap().total("C").unwrap();
    assert!(told(&small).contains("Total: C; no rows beside it have its population together"), "{}", told(&small));
}

/// With commas.
fn grouped(number: u64) -> String {
    crimerate::Population::new(number).unwrap().to_string()
}

#[test]
fn a_total_of_a_group_is_found_where_it_is_rounded() {
    let rows = areas(12, 3);
    let sum = together(&rows[2..7]);
    let mut named: Vec<(String, u64, u64)> =
        rows.iter().enumerate().map(|(at, row)| (format!("Area {at}"), row.0, to(100, row.1))).collect();
    named.reverse();
    named.insert(1, ("Region".to_owned(), sum.0, sum.1));
    let labels = (2..7).map(|at| (format!("Area {at}"), "North"));
    let groups = PeerGroups::from_labels("region", labels.collect::<Vec<_>>());
    let text = told(&table(named).with_groups(groups).unwrap());
    assert!(text.contains("perhaps totals: Region (nearly the sum of the 5"), "{text}");
}

/// In which average they are is said of each rule.
#[test]
fn what_is_in_no_area_is_in_the_average_that_is_told() {
    let rows = || {
        let areas =
            [Row::new("A", 10, 1_000), Row::new("B", 20, 1_000), Row::unplaced("Sea", 7), Row::unplaced("Air", 2)];
        let regions = PeerGroups::from_labels("region", [("A", "N"), ("B", "N")]);
        Table::from_rows(areas).unwrap().with_groups(regions).unwrap()
    };
    let inside = || rows().unplaced_in_average("Sea").unwrap();
    let both = || inside().unplaced_in_average("Air").unwrap();
    let told = |table: Table, average: Average| notes(&table.compare(average).per(Per::THOUSAND));
    let group = rows().group("region").unwrap();
    for (table, average, expected) in [
        (rows(), Average::POOLED, "They are in no rate and in no average, so every rate is somewhat too low."),
        (rows(), Average::MEAN, "They are in no rate and in no average, so every rate is somewhat too low."),
        (inside(), Average::POOLED, "7 of them are in the pooled average, and none in a rate."),
        (both(), Average::POOLED.without_self(), "They are in the pooled average and in no rate."),
        (
            both(),
            Average::POOLED.over(group),
            "They are in the pooled average of everyone, in no group's, and in no rate.",
        ),
        (
            inside(),
            Average::POOLED.over(group),
            "7 of them are in the pooled average of everyone, in no group's, and in no rate.",
        ),
        (
            both(),
            Average::MEAN,
            "They are in no rate, so every rate is somewhat too low, and in no average, which is made of rates.",
        ),
        (
            both(),
            Average::MEDIAN.over(group),
            "They are in no rate, so every rate is somewhat too low, and in no average, which is made of rates.",
        ),
        (
            both(),
            Average::fixed(3.0, Per::THOUSAND).unwrap(),
            "They are in no rate, so every rate is somewhat too low; the average is a given one.",
        ),
    ] {
        let text = told(table, average);
        assert!(text.contains(expected), "{average}: {text}");
    }
    // And it is so: what a pooled average of a group has is that of its areas.
    let league = both().compare(Average::POOLED.over(group));
    let average =
        |league: &crimerate::LeagueTable| league.area("A").unwrap().average().unwrap().per(Per::THOUSAND).value();
    assert_eq!((average(&league), average(&both().compare(Average::POOLED))), (15.0, 19.5));
    assert_eq!(average(&both().compare(Average::MEAN)), 15.0);
}

#[test]
fn counts_without_a_row_may_be_in_no_area() {
    let rows = || Table::from_rows([Row::new("A", 10, 1_000).months(6), Row::new("B", 20, 1_000).months(12)]).unwrap();
    let regions = PeerGroups::from_labels("region", [("A", "N"), ("B", "N")]);
    let table = rows().with_groups(regions).unwrap().with_unplaced("Nowhere", 30).unwrap();
    assert_eq!(again::<Table>(&table), table);
    assert!(told(&table).contains("In no area: 30 of 60 counted (50 %), Nowhere."), "{}", told(&table));
    let inside = table.unplaced_in_average("Nowhere").unwrap();
    assert!(told(&inside).contains("They are in the pooled average and in no rate."), "{}", told(&inside));
    assert!(rows().with_unplaced("A", 3).is_err() && rows().with_unplaced(" ", 3).is_err());
    let rounded = Table::from_rows([("A", 10, 1_000)]).unwrap().rounded_to(5).unwrap();
    assert!(rounded.clone().with_unplaced("Nowhere", 3).is_err());
    let five = rounded.with_unplaced("Nowhere", 5).unwrap();
    assert_eq!(again::<Table>(&five), five);
}

/// Areas to the nearest 5 and 100, whose sums are 6,605 and 1,349,100: told or not, the whole is nearly their sum.
#[test]
fn totals_are_found_where_counts_and_populations_are_both_rounded() {
    let rows = [
        ("Ashby", 1_235, 254_300),
        ("Borley", 870, 180_600),
        ("Carne", 2_105, 402_700),
        ("Deal", 640, 119_900),
        ("Ember", 1_455, 301_200),
        ("Fenton", 300, 90_400),
        ("Wessex", 6_610, 1_349_200),
    ];
    let table = Table::from_rows(rows).unwrap();
    for table in [table.clone(), table.rounded_to(5).unwrap()] {
        let text = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND).to_string();
        assert!(text.contains("perhaps totals: Wessex (nearly the sum of all 6 others)."), "{text}");
    }
}
