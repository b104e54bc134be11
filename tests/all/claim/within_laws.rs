//! What is supported holds, and what is contradicted fails, whatever counts that are known within bounds alone may be: in peer groups, beside rounded ones,
//! from one table to another, over time.

use crate::support::claims::{by_chance_alone, claims};
use Observation::Known;
use Verdict::{Contradicted, NotCertain, Supported};
use crimerate::{
    Average, Claim, Observation, PeerGroups, Per, Row, Table,
    claim::{ComparedWith, Published, Relation, Verdict},
    time::{Series, SeriesRow},
};
use proptest::{collection::vec, prelude::*, sample::select};

fn between(least: u64, most: u64) -> Observation {
    Observation::between(least, most).unwrap()
}

fn follows(bounded: Verdict, found: Verdict, told: &str) -> Result<(), TestCaseError> {
    let holds = matches!(found, Supported | NotCertain);
    prop_assert!(bounded != Supported || holds, "{} {:?}", told, found);
    prop_assert!(bounded != Contradicted || !holds, "{} {:?}", told, found);
    Ok(())
}

fn of_average() -> Vec<Claim> {
    let average = |relation: Relation| Claim::compared("A", relation, ComparedWith::Average);
    vec![
        Claim::above_average("A"),
        Claim::below_average("A"),
        average(Relation::at_least_above("30").unwrap()),
        average(Relation::less_than("0.5").unwrap()),
        average(Relation::times("0.5").unwrap()),
        Claim::percent_above("A", "50").unwrap(),
        Claim::average("A", Published::new("10", Per::THOUSAND).unwrap()),
    ]
}

fn of_pairs() -> Vec<Claim> {
    let pair = |relation: Relation| Claim::compared("A", relation, "B");
    vec![
        Claim::higher_than("A", "B"),
        Claim::lower_than("A", "B"),
        pair(Relation::at_least("1.5").unwrap()),
        pair(Relation::times("2").unwrap()),
        pair(Relation::percent_below("70").unwrap()),
        Claim::highest("A"),
        Claim::lowest("A"),
        Claim::among_highest("A", 2).unwrap(),
        Claim::rate("A", Published::new("10", Per::THOUSAND).unwrap()),
        Claim::between("A", Published::new("4", Per::THOUSAND).unwrap(), Published::new("9", Per::THOUSAND).unwrap())
            .unwrap(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn averages_of_groups(
        counts in vec(0..30_u64, 3), ends in vec((0..8_u64, 0..8_u64), 2), own in any::<bool>(), claim in select(of_average()),
        average in select(vec![Average::POOLED, Average::MEAN, Average::POOLED.without_self()]), north in vec(any::<bool>(), 4),
    ) {
        let names = ["A", "B", "C", "D", "E"];
        let labels = names.into_iter().zip([true].into_iter().chain(north)).map(|(name, north)| (name, if north { "N" } else { "S" }));
        let groups = PeerGroups::from_labels("region", labels.collect::<Vec<_>>());
        let verdict = |first: Observation, second: Observation| {
            let [own_count, other] = if own { [first, Known(counts[0])] } else { [Known(counts[0]), first] };
            let counts = [own_count, other, second, Known(counts[1]), Known(counts[2])];
            let rows = names.into_iter().zip(counts).map(|(name, count)| Row::new(name, count, 1_000));
            let table = Table::from_rows(rows).unwrap().with_groups(groups.clone()).unwrap();
            let over = table.group("region").unwrap();
            by_chance_alone(table.compare(average.over(over)).claims(Per::THOUSAND)).check(&claim).unwrap().verdict()
        };
        let [one, other] = [ends[0], ends[1]].map(|(least, more)| (least, least + more + 1));
        let bounded = verdict(between(one.0, one.1), between(other.0, other.1));
        for first in one.0..=one.1 {
            for second in other.0..=other.1 {
                follows(bounded, verdict(Known(first), Known(second)), &format!("{claim}: {first} {second}"))?;
            }
        }
    }

    #[test]
    fn rounded_beside_suppressed(
        counts in vec(0..10_u64, 2), (least, more) in (0..8_u64, 0..8_u64), own in any::<bool>(),
        claim in select([of_average(), of_pairs()].concat()),
    ) {
        let counts: Vec<u64> = counts.iter().map(|count| 3 * count).collect();
        let table = |suppressed: Observation, one: u64, other: u64| {
            let counts = if own { [suppressed, Known(one), Known(other)] } else { [Known(one), suppressed, Known(other)] };
            Table::from_rows(["A", "B", "C"].into_iter().zip(counts).map(|(name, count)| Row::new(name, count, 1_000))).unwrap()
        };
        let most = least + more + 1;
        let verdict = |table: &Table| claims(table).check(&claim).unwrap().verdict();
        let bounded = verdict(&table(between(least, most), counts[0], counts[1]).rounded_to(3).unwrap());
        let near = |count: u64| count.saturating_sub(1)..=count + 1;
        for suppressed in least..=most {
            for one in near(counts[0]) {
                for other in near(counts[1]) {
                    let found = verdict(&table(Known(suppressed), one, other));
                    follows(bounded, found, &format!("{claim}: {suppressed} {one} {other}"))?;
                }
            }
        }
    }

    #[test]
    fn moves(
        before in vec(0..40_u64, 3), now in vec(0..40_u64, 3), ends in vec((0..12_u64, 0..12_u64), 2), from in 1..5_u32, to in 1..5_u32,
    ) {
        prop_assume!(from != to);
        let claim = Claim::moved("A", from, to).unwrap();
        let table = |counts: &[u64], more: Observation| {
            let rows = ["A", "B", "C"].into_iter().zip(counts).map(|(name, count)| Row::new(name, *count, 1_000));
            Table::from_rows(rows.chain([Row::new("D", more, 900)])).unwrap()
        };
        let verdict = |then: Observation, later: Observation| {
            let claims = claims(&table(&now, later)).with_before(&table(&before, then)).unwrap();
            claims.check(&claim).unwrap().verdict()
        };
        let [one, other] = [ends[0], ends[1]].map(|(least, more)| (least, least + more + 1));
        let bounded = verdict(between(one.0, one.1), between(other.0, other.1));
        for first in one.0..=one.1 {
            for second in other.0..=other.1 {
                follows(bounded, verdict(Known(first), Known(second)), &format!("{claim}: {before:?} {now:?} {first} {second}"))?;
            }
        }
    }

    #[test]
    fn over_time(
        counts in vec(0..40_u64, 4), places in (0..4_usize, 0..4_usize), ends in vec((0..12_u64, 0..12_u64), 2),
        claim in select(vec![
            Claim::highest_since("A", "2015".parse().unwrap()),
            Claim::lowest_since("A", "2015".parse().unwrap()),
            Claim::highest_since("A", "2016".parse().unwrap()),
            Claim::compared("A", Relation::ABOVE, ComparedWith::YearBefore),
            Claim::compared("A", Relation::BELOW, ComparedWith::YearBefore),
            Claim::compared("A", Relation::times("2").unwrap(), ComparedWith::YearBefore),
            Claim::compared("A", Relation::at_least_below("20").unwrap(), ComparedWith::YearBefore),
        ]),
    ) {
        let verdict = |first: Observation, second: Observation| {
            let mut all: Vec<Observation> = counts.iter().map(|count| Known(*count)).collect();
            (all[places.0], all[places.1]) = (first, second);
            let own = all.into_iter().zip(2015..).map(|(count, year)| SeriesRow::of(Row::new("A", count, 1_000), year.to_string()));
            let other = (2015..2019).map(|year| SeriesRow::new("B", year.to_string(), 20, 1_000));
            let series = Series::from_rows(own.chain(other)).unwrap();
            let table = series.table("2018".parse().unwrap()).unwrap();
            let claims = by_chance_alone(table.compare(Average::POOLED).claims(Per::THOUSAND).with_series(series));
            claims.check(&claim).unwrap().verdict()
        };
        let [one, other] = [ends[0], ends[1]].map(|(least, more)| (least, least + more + 1));
        let bounded = verdict(between(one.0, one.1), between(other.0, other.1));
        for first in one.0..=one.1 {
            for second in other.0..=other.1 {
                follows(bounded, verdict(Known(first), Known(second)), &format!("{claim}: {counts:?} {places:?} {first} {second}"))?;
            }
        }
    }
}
