//! Records of a frame are the library's, however the frame is cut.

use crate::frame::{cut, lines, session};
use crimerate::records::NamedRecords;
use crimerate_datafusion::{RecordColumns, records};
use datafusion::{common::Result, prelude::SessionContext};
use proptest::prelude::*;

fn of(session: &SessionContext, sql: &str, columns: RecordColumns<'_>) -> Result<NamedRecords> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async { records(&session.sql(sql).await?, columns).await })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn records_are_those_of_the_library(cut in cut(), threads in 1..4_usize) {
        let session = session(&cut, threads);
        let known: Vec<_> = lines(&cut).into_iter().filter_map(|line| Some((line.group, line.signed?))).collect();
        // Group 0 names no area.
        let area = |group: u8| if group == 0 { String::new() } else { group.to_string() };
        let sql = "select nullif(area, '0') as where, 'o' || area as what, '2020' as year, signed as n from t where signed is not null";
        let sql = sql.replace("where,", "place,");
        let columns = RecordColumns::new("place", "what", "n");
        let mut plain = NamedRecords::new();
        plain.try_extend(known.iter().map(|(group, n)| (area(*group), format!("o{group}"), *n))).unwrap();
        prop_assert_eq!(of(&session, &sql, columns).unwrap(), plain);
        let mut by_period = NamedRecords::new();
        by_period.try_extend_by_period(known.iter().map(|(group, n)| (area(*group), format!("o{group}"), "2020", *n))).unwrap();
        prop_assert_eq!(of(&session, &sql, columns.by_period("year")).unwrap(), by_period);
    }
}

#[test]
fn what_is_no_record_is_refused() {
    let session = session(&vec![vec![]], 1);
    let told = |values: &str| {
        let sql = format!("select * from (values {values}) as r(a, b, n)");
        of(&session, &sql, RecordColumns::new("a", "b", "n")).unwrap_err().to_string()
    };
    assert!(told("('Kent', 'theft', 1.5)").contains("counts are whole numbers"));
    assert!(told("('Kent', 'theft', 1), ('Kent', 'theft', null)").contains("row 2 of its batch: the count is null"));
    assert!(told("('Kent', null, 1)").contains("row 1: the record has no indicator: every record needs one"));
    assert!(told("('Kent', 'theft', 9223372036854775807)").contains("might not fit"));
}
