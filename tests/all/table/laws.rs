//! No text makes a table panic.

use crimerate::{Average, Per, Row, Table};
use proptest::{collection::vec, prelude::*};

proptest! {
    #[test]
    fn no_text_makes_a_table_panic(rows in vec(("\\PC{0,8}", "\\PC{0,6}|-?[0-9]{1,22}", "\\PC{0,6}|[0-9]{1,22}"), 0..8)) {
        let rows: Vec<Row> = rows.iter().map(|(area, count, people)| Row::parse(area, count, people)).collect();
        let faults = Table::check(rows.clone());
        match Table::from_rows(rows) {
            Ok(table) => {
                prop_assert!(faults.is_empty());
                prop_assert!(!table.compare(Average::POOLED).per(Per::ONE).to_string().is_empty());
            }
            Err(error) => {
                prop_assert_eq!(Some(&error), faults.first());
                prop_assert!(!error.to_string().contains('\n'));
            }
        }
    }
}
