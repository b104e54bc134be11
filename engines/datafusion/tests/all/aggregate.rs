//! Functions of groups are exact, however the rows are cut and merged.

use crate::frame::{bits, cut, doubles, lines, session, try_collect, wholes};
use crimerate::{Confidence, Method, Per, Rate, Tally};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn totals_and_pooled_rates_are_the_librarys(cut in cut(), threads in 1..4_usize) {
        let sql = "select area, total(signed), pooled_rate(count, population, 100000), total(signed) filter (where signed < 9)
                   from t group by area order by area";
        let batches = try_collect(&session(&cut, threads), sql).unwrap();
        let mut groups: Vec<u8> = lines(&cut).iter().map(|line| line.group).collect();
        groups.sort_unstable();
        groups.dedup();
        let of = |group: u8| lines(&cut).into_iter().filter(move |line| line.group == group);
        let sum = |group, most| of(group).filter_map(|line| line.signed).filter(|count| *count < most).reduce(|a, b| a + b);
        let totals: Vec<_> = groups.iter().map(|group| sum(*group, i64::MAX)).collect();
        prop_assert_eq!(wholes(&batches, 1), totals);
        let few: Vec<_> = groups.iter().map(|group| sum(*group, 9)).collect();
        prop_assert_eq!(wholes(&batches, 3), few);
        let pooled = |group: &u8| {
            let tally: Tally = of(*group).filter_map(|line| line.rate()).collect();
            tally.per(Per::HUNDRED_THOUSAND).map(crimerate::Reading::value)
        };
        prop_assert_eq!(bits(doubles(&batches, 2)), bits(groups.iter().map(pooled)));
    }

    #[test]
    fn without_groups_too(cut in cut(), threads in 1..4_usize) {
        let sql = "select total(signed), pooled_rate(count, population, 1000),
                          pooled_rate_lower(count % 1000, population % 1000 + 1, 1000, 0.9, 'byar'),
                          pooled_rate_upper(count % 1000, population % 1000 + 1, 1000, 0.9, 'byar') from t";
        let batches = try_collect(&session(&cut, threads), sql).unwrap();
        let lines = lines(&cut);
        prop_assert_eq!(wholes(&batches, 0), [lines.iter().filter_map(|line| line.signed).reduce(|a, b| a + b)]);
        let tally: Tally = lines.iter().filter_map(super::frame::Line::rate).collect();
        prop_assert_eq!(bits(doubles(&batches, 1)), bits([tally.per(Per::THOUSAND).map(crimerate::Reading::value)]));
        let known = lines.iter().filter_map(|line| Some((line.count? % 1_000, line.population? % 1_000 + 1)));
        let sums = known.reduce(|(x, n), (y, m)| (x + y, n + m));
        let limits = sums.map(|(x, n)| Rate::new(x, n).unwrap().interval((Confidence::P90, Method::Byar)).per(Per::THOUSAND));
        prop_assert_eq!(bits(doubles(&batches, 2)), bits([limits.map(crimerate::Interval::lower)]));
        prop_assert_eq!(bits(doubles(&batches, 3)), bits([limits.map(crimerate::Interval::upper)]));
    }

    #[test]
    fn of_rows_that_come_and_go(cut in cut()) {
        let sql = "select total(signed) over (order by row rows between 2 preceding and current row), row from t order by row";
        let batches = try_collect(&session(&cut, 2), sql).unwrap();
        let signed: Vec<Option<i64>> = lines(&cut).iter().map(|line| line.signed).collect();
        let rolling = |at: usize| signed[at.saturating_sub(2)..=at].iter().copied().flatten().reduce(|a, b| a + b);
        prop_assert_eq!(wholes(&batches, 0), (0..signed.len()).map(rolling).collect::<Vec<_>>());
    }
}

#[test]
fn a_total_is_exact_where_the_sum_wraps() {
    let session = session(&vec![vec![]], 2);
    let rows = "(values (9223372036854775807), (9223372036854775807), (-9223372036854775807)) as r(n)";
    let batches = try_collect(&session, &format!("select total(n) from {rows}")).unwrap();
    assert_eq!(wholes(&batches, 0), [Some(i64::MAX)]);
    let beyond = "(values (9223372036854775807), (1)) as r(n)";
    let error = try_collect(&session, &format!("select total(n) from {beyond}")).unwrap_err().to_string();
    assert!(error.contains("total: 9223372036854775808 is beyond 64 bits"), "{error}");
    let wrapped = try_collect(&session, &format!("select sum(n) from {beyond}")).unwrap();
    assert_eq!(
        wholes(&wrapped, 0),
        [Some(i64::MIN)],
        "the engine's own sum no longer wraps: say so in the documentation"
    );
}

#[test]
fn a_pooled_rate_beyond_64_bits_is_exact() {
    let session = session(&vec![vec![]], 2);
    let rows = "(values (18446744073709551615, 18446744073709551615), (18446744073709551615, 18446744073709551615)) as r(x, n)";
    let batches = try_collect(&session, &format!("select pooled_rate(x, n, 1000) from {rows}")).unwrap();
    assert_eq!(doubles(&batches, 0), [Some(1_000.0)]);
}

#[test]
fn wide_sums_are_counts_too() {
    let session = session(&vec![vec![]], 2);
    let rows = "(values (700, 2939927), (21, 2939927)) as r(x, n)";
    let sql = format!("select rate(sum(cast(x as decimal(38, 0))), n, 1), rate(721, n, 1) from {rows} group by n");
    let batches = try_collect(&session, &sql).unwrap();
    assert_eq!(bits(doubles(&batches, 0)), bits(doubles(&batches, 1)));
}
