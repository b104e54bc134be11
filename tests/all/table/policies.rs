//! Policies for special areas: merged, on another denominator, kept.

use crate::support::{
    knife::knife_with_regions,
    near::near,
    notes::notes,
    peers::{given, name, table_of},
    says::says,
};
use crimerate::{
    Average, LeftOut, Observation, PeerGroups, Per, Policy, Rate, Reason, Report, Row, Table, Topic, funnel::Dispersion,
};
use proptest::{collection::vec, prelude::*, sample::select};

const PER: Per = Per::HUNDRED_THOUSAND;

const RULES: [Average; 3] = [Average::POOLED, Average::MEAN, Average::MEDIAN];

#[test]
fn a_merged_area_is_part_of_the_other_in_everything() {
    let table = knife_with_regions().merge("E23000034", "Metropolitan Police", "8,700 residents").unwrap();
    let league = table.compare(Average::POOLED);
    let london = league.area("Metropolitan Police").unwrap();
    assert_eq!(london.rate(), Rate::new(15_928, 8_908_100).unwrap());
    near(london.rate().per(PER).value(), 178.80356080421188, 1e-14, "rate of London");
    near(league.average().unwrap().per(PER).value(), 83.598546406645, 1e-14, "average");
    assert_eq!((league.len(), table.observation(4), table.observation(22)), (37, Some(31.into()), Some(15_928.into())));
    says(
        league.area("City of London"),
        "City of London: the area takes no part: merged into Metropolitan Police: 8,700 residents",
    );
    let report = table.compare(Average::MEAN.over(table.group("region").unwrap())).per(PER);
    let told = notes(&report);
    assert!(
        told.contains(
            "Merged: City of London (31 on a population of 8,700) into Metropolitan Police, 8,700 residents.\n"
        )
    );
    assert!(told.contains("Groups: 1 member left out, numerator and denominator: Greater Manchester.\n"), "{told}");
    assert!(!told.contains("Left out: City"), "{told}");
    let note = |index| report.rows().nth(index).unwrap().note;
    assert_eq!(note(22).as_deref(), Some("with City of London"));
    assert_eq!(note(4).as_deref(), Some("merged into Metropolitan Police: 8,700 residents"));
    let funnel = league.funnel(Dispersion::None).per(PER);
    assert_eq!(funnel.rows().nth(22).unwrap().note.as_deref(), Some("with City of London"));
    assert!(funnel.notes().iter().any(|note| note.topic() == Topic::Policy));
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
    let again = serde_json::from_str::<Table>(&serde_json::to_string(&table).unwrap()).unwrap();
    assert_eq!(again, table);
}

#[test]
fn a_sum_with_an_unknown_count_is_unknown() {
    let merged = |first: Observation, second: Observation| {
        let rows = [Row::new("A", first, 10), Row::new("B", second, 20), Row::new("C", 1, 30)];
        let table = Table::from_rows(rows).unwrap().merge("B", "A", "tried").unwrap();
        (table.observation(0).unwrap(), table.compare(Average::POOLED).len())
    };
    let (missing, blank) = (Observation::Missing(Reason::NotAvailable), Observation::Missing(Reason::Blank));
    let suppressed = |at_most| Observation::Suppressed { at_least: 0, at_most };
    assert_eq!(merged(4.into(), 5.into()), (9.into(), 2));
    assert_eq!(merged(4.into(), missing), (missing, 1));
    assert_eq!(merged(missing, 4.into()), (missing, 1));
    assert_eq!(merged(suppressed(Some(4)), missing), (missing, 1));
    assert_eq!(merged(missing, blank), merged(blank, missing));
    let between = |least, most: Option<u64>| (Observation::between(least, most).unwrap(), 1);
    assert_eq!(merged(4.into(), suppressed(Some(5))), between(4, Some(9)));
    assert_eq!(merged(4.into(), suppressed(None)), between(4, None));
    assert_eq!(merged("1-9".parse().unwrap(), ">=10".parse().unwrap()), between(11, None));
    // What is known of Greater Manchester does not come from its neighbour.
    let table = knife_with_regions().merge("Cheshire", "Greater Manchester", "tried").unwrap();
    let left = table.rate(13).unwrap().unwrap_err();
    assert_eq!(left, LeftOut::NotKnown(missing));
}

#[test]
fn another_denominator_is_used_everywhere_and_reported() {
    let table = knife_with_regions().with_denominator("City of London", 400_000, "people by day, as a trial").unwrap();
    let league = table.compare(Average::POOLED);
    assert_eq!(league.area("City of London").unwrap().rate(), Rate::new(31, 400_000).unwrap());
    near(league.average().unwrap().per(PER).value(), 4_444_500_000.0 / 53_556_100.0, 1e-14, "average");
    let report = league.per(PER);
    assert!(
        notes(&report)
            .contains("Denominator: City of London on 400,000 instead of 8,700, people by day, as a trial.\n")
    );
    let note = report.rows().nth(4).unwrap().note;
    assert_eq!(note.as_deref(), Some("population: people by day, as a trial, instead of 8,700"));
    assert_eq!(serde_json::from_str::<Report>(&serde_json::to_string(&report).unwrap()).unwrap(), report);
    // Who has no residents has a rate of another kind.
    let police = Table::from_rows_leaving_out([Row::new("BTP", 12, 0), Row::new("A", 3, 100)]).unwrap();
    let police = police.with_denominator("BTP", 50, "passengers").unwrap();
    assert_eq!(police.compare(Average::POOLED).len(), 2);
    let kept =
        knife_with_regions().keep("City of London", "its count is right").unwrap().compare(Average::POOLED).per(PER);
    assert!(notes(&kept).contains("Kept: City of London, its count is right.\n"));
    assert_eq!(kept.notes().iter().filter(|note| note.topic() == Topic::Policy).count(), 1);
}

#[test]
fn policies_that_do_not_go_together_are_refused() {
    let table = || Table::from_rows([("A", 1, 10), ("B", 2, 10), ("C", 3, u64::MAX), ("D", u64::MAX, 1)]).unwrap();
    let merged = || table().merge("A", "B", "small").unwrap();
    says(table().merge("A", "A", "x"), "A: the area cannot be merged into A: that is the same area");
    says(table().merge("A", "E", "x"), "A: no area has the name or code \"E\"");
    says(table().keep("E", "x"), "no area has the name or code \"E\"");
    says(table().merge("A", "B", " "), "A: the policy has no reason: give one, to be reported with the figures");
    says(merged().exclude("A", "x"), "A: the area cannot be excluded: it is merged into B already");
    says(merged().merge("B", "C", "x"), "B: the area cannot be merged into C: A is merged into it");
    says(merged().merge("C", "A", "x"), "C: the area cannot be merged into A: A is merged into B itself");
    let by_day = table().with_denominator("B", 7, "by day").unwrap();
    says(by_day.merge("A", "B", "x"), "A: the area cannot be merged into B: B is given another denominator itself");
    says(
        merged().with_denominator("B", 7, "x"),
        "B: the area cannot be given another denominator: A is merged into it",
    );
    says(
        table().with_denominator("B", 0, "x"),
        "B: population is zero, so no rate is defined: correct it, or leave the area out",
    );
    let sum = format!("their figures add up to more than {}", u64::MAX);
    says(table().merge("A", "C", "x"), &format!("A: the area cannot be merged into C: {sum}"));
    says(table().merge("A", "D", "x"), &format!("A: the area cannot be merged into D: {sum}"));
    // It does not matter what comes first, even where the sum is unknown anyway.
    let rows = [Row::new("A", 1, 1), Row::new("B", u64::MAX, 1), Row::parse("U", "..", "1")];
    let huge = || Table::from_rows(rows.clone()).unwrap();
    let why = format!("B: the area cannot be merged into A: {sum}");
    says(huge().merge("U", "A", "x").unwrap().merge("B", "A", "x"), &why);
    says(huge().merge("B", "A", "x"), &why);
    let both =
        [merged().exclude("B", "x").unwrap(), table().exclude("B", "x").unwrap().merge("A", "B", "small").unwrap()];
    assert_eq!(both[0], both[1]);
    assert_eq!(both[0].compare(Average::POOLED).len(), 2);
}

proptest! {
    /// Merged areas are rows that were added up beforehand; the order of merging and reading back change nothing.
    #[test]
    fn merging_is_adding_up((rows, peers, _) in given(), merged in vec((0..9_usize, 0..9_usize), 0..5), rule in select(&RULES[..])) {
        let pairs = (0..rows.len()).flat_map(|area| (0..rows.len()).filter(|peer| peers[area][*peer]).map(|peer| (name(area), name(peer))).collect::<Vec<_>>());
        let groups = PeerGroups::from_pairs("peers", pairs);
        let start = table_of(&rows).with_groups(groups).unwrap();
        let (mut table, mut done) = (start.clone(), Vec::new());
        for (area, into) in merged {
            let next = table.clone().merge(&name(area), &name(into), "tried");
            if let Ok(next) = next {
                table = next;
                done.push((area, into));
            }
        }
        let back = done.iter().rev().fold(start, |table, (area, into)| table.merge(&name(*area), &name(*into), "tried").unwrap());
        prop_assert_eq!(&back, &table);
        prop_assert_eq!(table.policies().filter(|(_, policy)| matches!(policy, Policy::Merge { .. })).count(), done.len());
        let report = table.compare(rule.over(table.group("peers").unwrap())).per(PER);
        let again: Report = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
        prop_assert_eq!(again, report);
        let sums = (0..rows.len()).filter(|area| done.iter().all(|(gone, _)| gone != area)).map(|area| {
            let parts = || done.iter().filter(move |(_, into)| *into == area).map(|(part, _)| *part).chain([area]);
            (name(area), parts().map(|part| rows[part].0.map(u128::from)).sum::<Option<u128>>(), parts().map(|part| rows[part].1).sum::<u64>())
        });
        let sums: Vec<Row> = sums.map(|(name, count, people)| Row::new(name, count.map_or(Observation::Missing(Reason::Blank), |count| Observation::Known(count as u64)), people)).collect();
        let (plain, found) = (Table::from_rows(sums).unwrap().compare(rule), table.compare(rule));
        prop_assert_eq!(plain.rates(), found.rates());
        prop_assert_eq!(plain.average().map(|value| value.per(PER)), found.average().map(|value| value.per(PER)));
    }
}
