//! Small inputs take little time and memory, and large ones no more than in proportion, or are refused with the limit.

use crate::support::{numbered::numbered, says::refused};
use crimerate::{
    Average, Per, Table,
    interval::WithinDispersion,
    league::BandSpec,
    rank::CountModel,
    records::{Absent, NamedRecords, Records},
};
use std::time::{Duration, Instant};

/// Many times what it takes: it fails where work grows by the square.
const LONG: Duration = Duration::from_secs(20);

#[test]
fn panels_of_records_are_refused_above_their_limit() {
    let most = "can be at most 2,147,483,648: take some of the indicators, or more memory";
    let records = Records::new(1, 1 << 46).unwrap();
    let panel = records.panel(["A"], vec![1_u64], Absent::Zero);
    refused(panel, &format!("the number of cells of the panel is 70,368,744,177,664, and {most}"));
    let json = r#"{"areas":1,"offences":70368744177664,"periods":1,"size":"1","cells":[5],"totals":[1]}"#;
    let read: Records = serde_json::from_str(json).unwrap();
    assert_eq!(read.total(0, 5), Some(1));
    refused(
        read.panel_leaving_out(["A"], vec![1_u64], Absent::Missing),
        "the number of cells of the panel is 70,368,744,177,664",
    );
    refused(Records::new(1 << 30, 1 << 30), "the number of cells (areas x offences x periods) is");
}

/// Half of the areas on either side, each of which decides who lies beyond: 635 million changes.
#[test]
fn masks_take_memory_in_proportion() {
    const AREAS: usize = 35_672;
    let league = numbered((0..AREAS as u64).map(|i| (1 + 2 * (i % 2), 1_000))).compare(Average::POOLED);
    let begun = Instant::now();
    let bands = league.bands(BandSpec::ONE).unwrap();
    let masking = bands.masking();
    assert!(masking.len() <= AREAS);
    for mask in masking.iter().take(3) {
        assert!(mask.uncovered().len() + mask.covered().len() > 0);
        assert!(mask.uncovered().chain(mask.covered()).all(|area| area != mask.area()));
    }
    assert!(bands.notes(Per::THOUSAND).len() < 10);
    assert!(begun.elapsed() < LONG, "{:?}", begun.elapsed());
}

#[test]
fn many_merges_take_time_in_proportion() {
    let begun = Instant::now();
    let mut all = NamedRecords::new();
    for i in 0..32_000_i64 {
        let mut one = NamedRecords::new();
        one.try_extend([(format!("area {}", i % 4_000), format!("offence {}", i % 7), i)]).unwrap();
        all.try_merge(&one).unwrap();
    }
    assert!(begun.elapsed() < LONG, "{:?}", begun.elapsed());
    assert_eq!(all.areas().count(), 4_000);
    assert_eq!(all.total("area 0", "offence 0"), Some(28_000));
}

/// A merge that fails leaves no name, no period and no room behind.
#[test]
fn merges_that_fail_leave_no_trace() {
    let mut here = NamedRecords::new();
    here.try_extend([("A", "theft", i64::MAX >> 1)]).unwrap();
    let before = here.clone();
    let mut there = NamedRecords::new();
    there.try_extend([("B", "arson", 1), ("A", "theft", 1)]).unwrap();
    refused(here.try_merge(&there), "the sum of all counts without their signs is");
    assert_eq!(here, before);
    let mut there = NamedRecords::new();
    there.try_extend_by_period([("C", "theft", "2019", 1)]).unwrap();
    there.try_extend([("C", "arson", 1)]).unwrap();
    let mut dated = NamedRecords::new();
    dated.try_extend([("A", "theft, 2019", 1)]).unwrap();
    let before = dated.clone();
    refused(dated.try_merge(&there), "the indicator \"theft, 2019\" is given twice");
    assert_eq!(dated, before);
    assert_eq!(dated.areas().collect::<Vec<_>>(), ["A"]);
}

#[test]
fn ranks_in_replicate_years_of_wide_laws_are_bounded() {
    // Together these have nearly as many possible counts as are taken.
    for (areas, phi) in [(2_u64, 600.0), (5, 110.0), (16, 10.0), (2, 1e6)] {
        let wide = CountModel::Overdispersed(WithinDispersion::new(phi).unwrap());
        let league = numbered((0..areas).map(|i| (90_000_000 + i, 1_000_000_000))).compare(Average::POOLED);
        let begun = Instant::now();
        let found = league.replicate_ranks(wide);
        println!("{areas} areas, phi_w {phi}: {:?}, {}", begun.elapsed(), found.is_ok());
        assert_eq!(found.is_ok(), phi < 1e6);
        assert!(begun.elapsed() < LONG, "{areas}: {:?}", begun.elapsed());
    }
}

#[cfg(feature = "simulation")]
#[test]
fn simulations_are_bounded() {
    use crimerate::rank::{Replicate, Simulation};
    refused(
        Simulation::new(u32::MAX, 1),
        "4294967295 is not a number of replicates: it has to be from 1 to 16,777,216",
    );
    let json = r#"{"law":"poisson","simulation":{"replicates":4294967295,"seed":1}}"#;
    assert!(serde_json::from_str::<Replicate>(json).is_err());
    let league = numbered((0..1_000).map(|i| (i, 1_000))).compare(Average::POOLED);
    let simulation = Simulation::new(Simulation::MOST, 1).unwrap();
    refused(
        league.replicate_ranks((CountModel::Poisson, simulation)),
        "the number of areas times that of replicates is 16,777,216,000, and can be at most 268,435,456",
    );
}

#[test]
fn two_hundred_thousand_areas_are_compared_in_proportion() {
    let rows = (0..200_000_u64).map(|i| (format!("area {i}"), i * 7_919 % 4_001, 1_000 + i * 31 % 90_001));
    let begun = Instant::now();
    let league = Table::from_rows(rows).unwrap().compare(Average::POOLED);
    let report = league.per(Per::THOUSAND);
    assert_eq!(report.rows().count(), 200_000);
    assert_eq!(league.funnel(crimerate::funnel::Dispersion::None).iter().count(), 200_000);
    assert!(begun.elapsed() < LONG, "{:?}", begun.elapsed());
}
