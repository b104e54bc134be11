//! Maps of what is no league table, and of what no force is in.

use super::drawn::{areas, sound};
use crimerate::{
    Average, Per, Table,
    records::Absent,
    standard::{Offences, StandardPopulation, Strata, Unweighted, Weights},
};

#[test]
fn a_map_needs_a_force() {
    let report = Table::from_rows([("Wales", 20, 1_000), ("Kreis", 30, 2_000)])
        .unwrap()
        .compare(Average::POOLED)
        .per(Per::THOUSAND);
    let told = "the table has no police force of England and Wales with a figure: a map shows nothing else";
    assert_eq!(report.tile_map().unwrap_err().to_string(), told);
}

#[test]
fn scores_and_standardised_rates_have_maps() {
    let rows =
        [("Kent", "34B", 1_200, 1_846_500_u64), ("Kent", "58C", 9_800, 1_846_500), ("Essex", "34B", 1_500, 1_832_800)];
    let scores = Offences::from_rows(rows, Absent::Zero).unwrap().scores(&Weights::severity_2020(), Unweighted::Refuse);
    let map = scores.unwrap().report(Per::THOUSAND).tile_map().unwrap();
    let told = "One of 2 forces lies above the average severity score of 601.2 per 1,000; the highest score is 654.4 (Essex), the lowest 548.3 (Kent)";
    assert_eq!(map.headline(), told);
    assert_eq!(areas(&sound(&map.to_svg())), ["Essex", "Kent"]);
    let rows = [
        ("Kent", "0-64", 90, 60_000_u64),
        ("Kent", "65+", 20, 40_000),
        ("Essex", "0-64", 120, 90_000),
        ("Essex", "65+", 4, 10_000),
    ];
    let strata = Strata::from_rows(rows).unwrap();
    let pooled = StandardPopulation::pooled(&strata).unwrap();
    let map = strata.direct(&pooled).unwrap().report(Per::THOUSAND).tile_map().unwrap();
    // By hand: (1.5 x 150 + 0.5 x 50) / 200, (4 / 3 x 150 + 0.4 x 50) / 200 and 234 of 200,000.
    let told = "One of 2 forces lies above the average of 1.17 per 1,000, none with its whole interval; the highest rate is 1.25 (Kent), the lowest 1.10 (Essex)";
    assert_eq!(map.headline(), told);
    sound(&map.to_svg());
}
