//! Claims of ranks of real figures, beside counting who is ahead and who may be.

use crate::{
    rank::sets_by_definition::{binomial, sets},
    support::{
        case::{ahead, cases},
        claims::by_chance_alone,
    },
};
use crimerate::{Average, Claim, Order, Per, claim::Verdict, interval::Test, rank};
use std::collections::BTreeMap;

/// "The highest", "one of the k highest" and their mirrors for every area, by counting who is ahead and who may be.
#[test]
fn claims_of_ranks() {
    let mut seen = BTreeMap::new();
    for case in cases() {
        let p = binomial(&case.rates, Test::Exact);
        let claims = by_chance_alone(case.table.compare(Average::MEAN).claims(Per::THOUSAND));
        let names: Vec<String> =
            claims.league().areas().filter_map(|(area, it)| it.is_ok().then(|| area.name().into())).collect();
        for order in [Order::Highest, Order::Lowest] {
            let sets = sets(&p, rank::Family::Simultaneous, 0.05, order);
            for (area, name) in names.iter().enumerate() {
                for k in [1, 2, 3, 5, 10, 20] {
                    let claim = match order {
                        Order::Highest => Claim::among_highest(name, k),
                        Order::Lowest => Claim::among_lowest(name, k),
                    };
                    let verdict = |unknown: usize| {
                        let ahead = ahead(&case.rates, area, order);
                        if ahead >= k as usize {
                            Verdict::Contradicted
                        } else if ahead + unknown >= k as usize {
                            Verdict::NotCheckable
                        } else if sets[area].1 + unknown <= k as usize {
                            Verdict::Supported
                        } else {
                            Verdict::NotCertain
                        }
                    };
                    let checked = claims.check(&claim.unwrap()).unwrap();
                    let expected = (verdict(case.missing), verdict(0));
                    assert_eq!((checked.verdict(), checked.of_compared()), expected, "{} {checked}", case.name);
                    assert_eq!(checked.rank_set(), Some(sets[area]), "{} {checked}", case.name);
                    *seen.entry(checked.verdict().name()).or_insert(0) += 1;
                }
            }
        }
    }
    assert_eq!(seen.len(), 4, "every verdict: {seen:?}");
}
