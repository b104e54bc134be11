//! Changes between two tables: which areas are the same, and which are left out.

use crate::support::says::says;
use crimerate::{Row, Table};

#[test]
fn changes_leave_out_what_is_not_the_same_area() {
    let rows = [("A", 10, 100), ("B", 10, 100), ("C", 10, 100), ("D", 1, 100)];
    let before = Table::from_rows(rows).unwrap().merge("D", "C", "small").unwrap().exclude("B", "odd").unwrap();
    let after = Table::from_rows([("E", 1, 10), ("C", 20, 200), ("A", 20, 200), ("B", 1, 10), ("D", 1, 100)]).unwrap();
    let changes = before.change_to(&after).unwrap();
    let found: Vec<(String, Option<String>)> =
        changes.iter().map(|(area, change)| (area.name().to_owned(), change.err().map(ToString::to_string))).collect();
    let left = |name: &str, why: &str| (name.to_owned(), Some(why.to_owned()));
    assert_eq!(
        found,
        [
            ("A".to_owned(), None),
            left("B", "excluded: odd"),
            left("C", "merged, or given another denominator, in one of the tables only"),
            left("D", "merged into C: small"),
            left("E", "only in the later table"),
        ]
    );
    assert_eq!(changes.area("A").unwrap().percent(), Some(0.0));
    says(changes.area("E"), "E: the area takes no part: only in the later table");
    says(changes.area("F"), "no area has the name or code \"F\"");
}

#[test]
fn changes_match_areas_by_code_however_they_are_spelt() {
    let city = |name: &str, count| Row::new(name, count, 8_700).code("E23000034");
    let force = |name: &str, code: &str, count| Row::new(name, count, 100_000).code(code);
    let before =
        [city("City of London", 31), force("Kent", "E1", 10), Row::new("Essex", 5, 10), Row::new("Old", 1, 10)];
    let after = [
        Row::new("Essex", 10, 10).code("E9"),
        force("Kent", "E2", 20),
        city("London, City of", 62),
        force("Old", "E8", 1),
        force("Kent (north)", "E3", 1),
    ];
    let (before, after) = (Table::from_rows(before).unwrap(), Table::from_rows(after).unwrap());
    let changes = before.change_to(&after).unwrap();
    for area in ["City of London", "E23000034", "Kent", "E1", "Essex"] {
        assert_eq!(changes.area(area).unwrap().percent(), Some(100.0), "{area}");
    }
    let told: Vec<&str> = changes.notes().iter().map(crimerate::Note::text).collect();
    assert!(told.contains(&"Not the same in both: the code of Kent (E1; then E2)."), "{told:?}");
    assert!(told.contains(&"Left out: Kent (north), only in the later table."), "{told:?}");
    assert_eq!(told.iter().filter(|note| note.starts_with("Left out")).count(), 1, "{told:?}");
    // A code outweighs a name: what is called B later is the A of before, and no area is matched twice.
    let swapped =
        |a: &str, b: &str| Table::from_rows([Row::new(a, 1, 10).code("X1"), Row::new(b, 3, 10).code("X2")]).unwrap();
    let changes = swapped("A", "B").change_to(&swapped("B", "A")).unwrap();
    assert_eq!((changes.area("A").unwrap().percent(), changes.area("B").unwrap().percent()), (Some(0.0), Some(0.0)));
    let renamed = Table::from_rows([Row::new("B", 2, 10).code("X1")]).unwrap();
    let changes = swapped("A", "B").change_to(&renamed).unwrap();
    assert_eq!(changes.area("A").unwrap().percent(), Some(100.0));
    says(changes.area("B"), "B: the area takes no part: only in the earlier table");
    // Mergers are the same whatever the spelling.
    let merged = |table: &Table, area: &str| table.clone().merge(area, "Kent", "small").unwrap();
    let changes = merged(&before, "City of London").change_to(&merged(&after, "London, City of")).unwrap();
    assert_eq!(changes.area("Kent").unwrap().percent(), Some(100.0));
    let changes = merged(&before, "City of London").change_to(&merged(&after, "Old")).unwrap();
    says(
        changes.area("Kent"),
        "Kent: the area takes no part: merged, or given another denominator, in one of the tables only",
    );
}

#[test]
fn counts_in_no_area_are_in_no_change_and_that_is_said() {
    let table = |count, unplaced| {
        let rows = [Row::new("A", count, 1_000), Row::unplaced("Unassigned", unplaced)];
        Table::from_rows(rows).unwrap()
    };
    let told = |before: Table, after: Table| {
        let notes = before.change_to(&after).unwrap();
        let texts: Vec<&str> = notes.notes().iter().map(crimerate::Note::text).collect();
        texts.join("\n")
    };
    let inside = |table: Table| table.unplaced_in_average("Unassigned").unwrap();
    let text = told(inside(table(10, 17)), inside(table(20, 1_800)));
    let note =
        "All areas together: the change of their own counts, without what is in no area (17 before, 1,800 after).";
    assert!(text.contains(note), "{text}");
    let text = told(table(10, 17), table(20, 1_800));
    assert!(!text.contains("All areas together"), "{text}");
}

#[test]
fn changes_of_rounded_counts_say_what_takes_them_as_published() {
    let table = |count| Table::from_rows([("A", count, 1_000)]).unwrap();
    let told = |before: &Table, after: &Table| {
        let changes = before.change_to(after).unwrap();
        let texts: Vec<&str> = changes.notes().iter().map(crimerate::Note::text).collect();
        texts.join("\n")
    };
    let [rounded, later] = [10, 40].map(|count| table(count).rounded_to(5).unwrap());
    let as_published = "intervals of changes run from the lower limit of the least to the upper limit of the most; changes, p and the change of all together take the counts as published.";
    let text = told(&rounded, &later);
    assert!(
        text.contains(&format!("Counts are rounded to 5: {as_published}")) && !text.contains("allow for it"),
        "{text}"
    );
    let text = told(&rounded, &table(40));
    assert!(text.contains(&format!("Counts are rounded to 5 before and to 1 after: {as_published}")), "{text}");
    assert!(!told(&table(10), &table(40)).contains("rounded"));
}
