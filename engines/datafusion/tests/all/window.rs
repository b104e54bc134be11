//! Ranks and z within partitions.

use crate::frame::{bits, cut, doubles, lines, session, try_collect};
use crimerate::{Average, Compare, Order, Rate, Table, Ties, average::ZScale, league::Ranking};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn ranks_and_z_are_the_librarys(
        cut in cut(),
        ties in prop::sample::select(Ties::ALL),
        order in prop::sample::select(Order::ALL),
        scale in prop::sample::select(ZScale::ALL),
    ) {
        // Rows in the order of their partitions: ordinal ties follow the order of the rows.
        let sql = format!(
            "select rate_rank(count, population, '{ties}', '{order}') over (partition by area order by row),
                    rate_z(count, population, '{scale}') over (partition by area order by row), area, row
             from t order by area, row"
        );
        let batches = try_collect(&session(&cut, 3), &sql).unwrap();
        let (mut ranks, mut z) = (Vec::new(), Vec::new());
        for group in 0..5 {
            let lines: Vec<_> = lines(&cut).into_iter().filter(|line| line.group == group).collect();
            let rates: Vec<Rate> = lines.iter().filter_map(super::frame::Line::rate).collect();
            let ranking = Ranking::new(&rates, order, ties);
            if rates.is_empty() {
                ranks.extend(lines.iter().map(|_| None));
                z.extend(lines.iter().map(|_| None));
                continue;
            }
            let rows = rates.iter().enumerate().map(|(at, rate)| (at.to_string(), rate.count(), rate.population().get()));
            let league = Table::from_rows(rows).unwrap().compare(Compare::with(Average::MEAN).with_z(scale));
            let mut known = ranking.ranks().zip(league.iter().map(|area| area.z().ok()));
            for line in lines {
                let (rank, here) = line.rate().and_then(|_| known.next()).unzip();
                ranks.push(rank.map(crimerate::Rank::value));
                z.push(here.flatten());
            }
        }
        prop_assert_eq!(bits(doubles(&batches, 0)), bits(ranks));
        prop_assert_eq!(bits(doubles(&batches, 1)), bits(z));
    }
}

#[test]
fn equal_fractions_rank_equal_where_doubles_do_not() {
    let session = session(&vec![vec![]], 1);
    // 2^53 + 1 is no double, so x / n of doubles differs between equal fractions.
    let rows = "(values (1, 3), (3002399751580331, 9007199254740993), (2, 6)) as r(x, n)";
    let sql = format!("select rate_rank(x, n) over (), rank() over (order by x * 1e0 / n desc) from {rows}");
    let batches = try_collect(&session, &sql).unwrap();
    assert_eq!(doubles(&batches, 0), [Some(1.0), Some(1.0), Some(1.0)]);
}
