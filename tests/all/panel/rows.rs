//! What a panel tells of rows that are no areas.

use crimerate::{Average, Measure, Note, Observation, Panel, Per, Row, Table};

fn table(counts: [u64; 4]) -> Table {
    let rows = ["A", "B", "All"].iter().zip(counts).zip([1_000_u64, 2_000, 3_000]);
    let rows = rows.map(|((name, count), people)| Row::new(*name, count, people));
    let table = Table::from_rows(rows.chain([Row::unplaced("Unassigned", counts[3])])).unwrap();
    table.total("All").unwrap().unplaced("Unassigned").unwrap()
}

fn notes(tables: &[[u64; 4]]) -> Vec<String> {
    let tables: Vec<(String, Table)> =
        tables.iter().enumerate().map(|(at, counts)| (format!("offence {at}"), table(*counts))).collect();
    let panel = Panel::from_tables(tables.iter().map(|(name, table)| (name.as_str(), table))).unwrap();
    let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Rate]);
    let rows = |text: &&str| text.starts_with("In no area") || text.starts_with("Total");
    figures.notes().iter().map(Note::text).filter(rows).map(Into::into).collect()
}

/// As a table does, whose words they are where one note holds of all indicators.
#[test]
fn what_is_in_no_area_and_totals_are_told_with_their_figures() {
    let alone = table([30, 40, 70, 5]).compare(Average::POOLED).per(Per::THOUSAND).to_string();
    assert!(
        alone.contains("Total: All, the sum of all 2 others.") && alone.contains("In no area: 5 of 75 counted (7 %)")
    );
    assert_eq!(
        notes(&[[30, 40, 70, 5], [3, 4, 7, 0]]),
        [
            "In no area: 5 of 82 counted by all indicators together (6 %), Unassigned. They are in no rate and in no average, so every rate is too \
             low by what belongs to it.",
            "Total: All, the sum of all 2 others.",
        ]
    );
    let told = notes(&[[30, 40, 75, 5], [3, 4, 7, 0], [6, 8, 14, 0]]);
    assert_eq!(told.len(), 3);
    assert!(
        told[1].starts_with("Total: All, 5 more than all 2 others have together, on ")
            && told[1].ends_with(" So by offence 0.")
    );
    assert_eq!(told[2], "Total: All, the sum of all 2 others. So by 2 indicators.");
    let told = notes(&[[30, 40, 71, 5], [3, 4, 9, 0], [6, 8, 17, 0], [6, 8, 18, 0], [6, 8, 19, 0]]);
    assert_eq!(told.last().unwrap(), "Total: All, by 2 further indicators in other ways.");
}

/// A row that may be a total has what is in no area, or in the others, again; and a suppressed count is not 0.
#[test]
fn a_suspected_total_is_not_in_the_share_of_what_is_in_no_area() {
    let notes = |unplaced: Observation| {
        let table = |counts: [u64; 3]| {
            let rows = [("Avon", 3_574_097), ("Brent", 1_328_361), ("Corby", 6_547_629)];
            let rows = rows.into_iter().zip(counts).map(|((name, people), count)| Row::new(name, count, people));
            let all = Row::new("Zed", counts.iter().sum::<u64>(), 11_450_087);
            Table::from_rows(rows.chain([all, Row::unplaced("Unassigned", unplaced)])).unwrap()
        };
        let (one, other) = (table([310, 120, 205]), table([31, 12, 20]));
        let panel = Panel::from_tables([("one", &one), ("other", &other)]).unwrap();
        let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Rate]);
        figures.notes().iter().map(Note::text).collect::<Vec<_>>().join("\n")
    };
    let text = notes(Observation::Known(10));
    assert!(text.contains("perhaps totals: Zed (the sum of all 3 others)."), "{text}");
    assert!(text.contains("In no area: 20 of 718 counted by all indicators together (3 %), Unassigned."), "{text}");
    let text = notes(Observation::between(1, 9).unwrap());
    assert!(
        text.contains("In no area: 2 to 18 of 700 to 716 counted by all indicators together, Unassigned."),
        "{text}"
    );
}
