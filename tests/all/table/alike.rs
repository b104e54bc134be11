//! Names that are one but for how they are written: told, refused, offered.

use crate::support::{json::again, notes::notes, says::says};
use crimerate::{Average, Observation, Per, Row, Table};

fn told(rows: impl IntoIterator<Item = Row>) -> String {
    let table = Table::from_rows(rows).unwrap();
    assert_eq!(again::<Table>(&table), table);
    notes(&table.compare(Average::POOLED).per(Per::THOUSAND))
}

#[test]
fn names_that_do_not_both_take_part_are_told_and_not_refused() {
    let text = told([Row::new("Kent", 3, 930), Row::new("Kent [note 4]", Observation::SUPPRESSED, 930)]);
    assert!(text.contains("though their names are alike: Kent [note 4] beside Kent.\n"), "{text}");
    let text = told([Row::new("KENT", Observation::SUPPRESSED, 930), Row::new("Kent", 3, 930)]);
    assert!(text.contains("though their names are alike: Kent beside KENT.\n"), "{text}");
    let text = told([Row::new("Kent", 3, 930), Row::new("Essex", Observation::SUPPRESSED, 930)]);
    assert!(!text.contains("alike"), "{text}");
}

#[test]
fn names_with_two_codes_are_told() {
    let rows = |other: &str| [Row::new("Kent", 3, 930).code("E1"), Row::new(other, 4, 930).code("E2")];
    let text = told(rows("Kent [note 4]"));
    assert!(text.contains("though their names are alike: Kent [note 4] beside Kent (E1).\n"), "{text}");
    // Two wards of one name are what codes are for.
    assert!(!told(rows("Kent")).contains("alike"));
    let excluded = Table::from_rows(rows("Kent [note 4]")).unwrap().exclude("E2", "a copy").unwrap();
    let text = notes(&excluded.compare(Average::POOLED).per(Per::THOUSAND));
    assert!(!text.contains("alike"), "{text}");
}

#[test]
fn an_unknown_name_is_offered_the_one_with_a_mark() {
    let table = Table::from_rows([("Kent [note 4]", 3, 930), ("Keny", 4, 930), ("Essex", 4, 930)]).unwrap();
    says(table.index("Kent"), "no area has the name or code \"Kent\"; did you mean \"Kent [note 4]\"?");
    says(table.index("essex (r)"), "no area has the name or code \"essex (r)\"; did you mean \"Essex\"?");
}
