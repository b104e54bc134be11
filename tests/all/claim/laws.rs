//! Laws of claims: what is described is never contradicted, and ranks and sets decide.

use crate::support::{claims::by_chance_alone, json::again, numbered::numbered};
use Verdict::{Contradicted, NotCertain, Supported};
use crimerate::{
    Average, Claim, Compare, Order, Per, Row, Ties,
    claim::{Checker, Verdict},
    rank,
    time::{Series, SeriesRow},
};
use proptest::{collection::vec, prelude::*, sample::select};

/// Small counts with many ties and zeros, and now and then the largest there are.
fn some_figures(least: usize) -> impl Strategy<Value = Vec<(u64, u64)>> {
    let count = prop_oneof![
        9 => 0..60_u64, 2 => Just(0), 1 => select(vec![10_000_000, (1 << 53) + 1, u64::MAX - 1, u64::MAX]),
    ];
    let people = select(vec![1_u64, 50, 400, 400, 1_000, 1_000, 30_000, 50_000_000, (1 << 53) + 1, u64::MAX]);
    vec((count, people), least..9)
}

proptest! {
    /// No claim that a description makes is contradicted, by whatever average, ties and order.
    #[test]
    fn descriptions_hold(
        figures in some_figures(1), average in select(vec![Average::POOLED, Average::MEAN, Average::MEDIAN]),
        alone in any::<bool>(), ties in select(Ties::ALL.to_vec()), order in select(Order::ALL.to_vec()),
    ) {
        let average = if alone { average.without_self() } else { average };
        let how = Compare::with(average).with_ties(ties).with_order(order);
        let claims = numbered(&figures).compare(how).claims(Per::THOUSAND);
        for area in 0..figures.len() {
            let described = claims.describe(&area.to_string()).unwrap();
            for claim in described.claims() {
                let checked = claims.check(claim).unwrap();
                prop_assert_eq!(&again(&checked), &checked);
                prop_assert!(matches!(checked.verdict(), Supported | NotCertain), "{checked}\n{described}");
            }
        }
    }

    /// Nor is one of what a series says, whatever its gaps and parts.
    #[test]
    fn descriptions_of_series_hold(cells in vec(vec(prop_oneof![6 => (0..90_u64).prop_map(Some), 1 => Just(None)], 2..7), 1..4), part in any::<bool>()) {
        let rows = cells.iter().enumerate().flat_map(|(area, counts)| {
            let known = (2000..).zip(counts).filter_map(move |(year, count)| Some((year, (*count)?)));
            known.map(move |(year, count)| {
                let months = if part && year == 2002 && area == 0 { 6 } else { 12 };
                SeriesRow::of(Row::new(area.to_string(), count, 1_000_u64).months(months), year.to_string())
            })
        });
        let Ok(series) = Series::from_rows(rows.collect::<Vec<_>>()) else { return Ok(()) };
        let last = *series.periods().last().unwrap();
        let claims = series.table(last).unwrap().compare(Average::POOLED).claims(Per::THOUSAND).with_series(series.clone());
        for area in claims.league().iter() {
            let described = claims.describe(area.area().label()).unwrap();
            for claim in described.claims() {
                let checked = claims.check(claim).unwrap();
                prop_assert_eq!(&again(&checked), &checked);
                // Of what an area without a figure leaves open the areas compared decide.
                prop_assert!(matches!(checked.of_compared(), Supported | NotCertain), "{checked}\n{described}");
            }
        }
    }

    /// The verdicts on "highest" are those of the ranking and of the rank sets.
    #[test]
    fn highest_follows_ranks_and_sets(figures in some_figures(2), lowest in any::<bool>()) {
        let order = if lowest { Order::Lowest } else { Order::Highest };
        let league = numbered(&figures).compare(Compare::with(Average::POOLED).with_order(order));
        let claims = by_chance_alone(league.claims(Per::THOUSAND));
        let sets = league.rank_sets(rank::Family::Simultaneous).unwrap();
        let wide = rank::Spec::default().with_dispersion(crimerate::interval::WithinDispersion::new(Checker::HOLDS_UP_TO).unwrap());
        let (asked, wide) = (league.claims(Per::THOUSAND), league.rank_sets(wide).unwrap());
        for (place, set) in sets.iter().enumerate() {
            let area = place.to_string();
            let claim = if lowest { Claim::lowest(&area) } else { Claim::highest(&area) };
            let expected = match (set.rank().value() == 1.0, set.only()) {
                (false, _) => Contradicted,
                (true, Some(1)) => Supported,
                (true, _) => NotCertain,
            };
            let checked = claims.check(&claim).unwrap();
            prop_assert_eq!(checked.verdict(), expected);
            // Where nothing is said of the variation, the sets of three times that of chance have to say so, too.
            let only = wide.area(&area).unwrap().only();
            let bears = expected != Supported || only == Some(1) || (lowest && only == Some(figures.len()));
            let expected = if bears { expected } else { NotCertain };
            prop_assert_eq!(asked.check(&claim).unwrap().verdict(), expected);
            prop_assert_eq!(checked.rank_set(), Some((set.lower(), set.upper())));
            prop_assert_eq!(checked.ahead().len() + 1, set.rank().whole().unwrap() as usize);
        }
    }
}
