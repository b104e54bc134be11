//! A panel whose areas are merged, kept, excluded or given another denominator has the bits of its tables treated so.

use crate::support::{
    panels::{Given, bits, given, how, same},
    says::says,
};
use crimerate::{
    Average, Basis, Error, LeftOut, Measure, Observation, Panel, Per, Policy, Population, Reason, Row, Table,
    ndarray::{Array2, array},
    panel::{CellStatus, Populations},
};
use proptest::{collection::vec, prelude::*};

/// What is done about areas by their numbers, some of which there are not.
fn policies() -> impl Strategy<Value = Vec<(String, Policy)>> {
    let people = prop_oneof![4 => 1..5_000_u64, 1 => any::<u64>()];
    let name = |area: usize| format!("Area {area}");
    let one = (0..5_u8, 0..9_usize, 0..9_usize, people).prop_map(move |(kind, area, into, people)| {
        let reason = "tried".to_owned();
        let policy = match kind {
            0 => Policy::Keep { reason },
            1 => Policy::Exclude { reason },
            2 => Policy::Denominator { population: Population::new(people.max(1)).unwrap(), what: reason },
            _ => Policy::Merge { into: name(into), reason },
        };
        (name(area), policy)
    });
    vec(one, 0..6)
}

fn tables(panel: &Panel<'_>) -> Vec<Table> {
    (0..panel.indicators()).map(|at| panel.indicator_at(at).unwrap().table()).collect()
}

/// The panel and its tables, both treated so as far as the policies go together.
fn treated<'a>(mut panel: Panel<'a>, policies: &[(String, Policy)]) -> Result<(Panel<'a>, Vec<Table>), TestCaseError> {
    let mut tables = tables(&panel);
    for (area, policy) in policies {
        let expected: Result<Vec<Table>, Error> =
            tables.iter().map(|table| table.clone().apply(area, policy.clone())).collect();
        match (panel.clone().apply(area, policy.clone()), expected) {
            (Ok(next), Ok(all)) => (panel, tables) = (next, all),
            (Err(found), Err(expected)) => {
                prop_assert_eq!((found.kind(), found.area()), (expected.kind(), expected.area()));
                prop_assert_eq!(found.indicator().is_some(), found.to_string().contains("add up"));
            }
            (found, expected) => prop_assert!(false, "{:?} {:?}", found.err(), expected.err()),
        }
    }
    Ok((panel, tables))
}

fn mask_of(given: &Given, seed: usize) -> Array2<u8> {
    Array2::from_shape_fn(given.counts.dim(), |(area, at)| ((area * 5 + at * 3 + seed) % 6).saturating_sub(2) as u8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_treated_panel_is_its_treated_tables(given in given(), policies in policies(), how in how()) {
        let (panel, expected) = treated(given.panel(), &policies)?;
        let figures = panel.compare(how, Per::THOUSAND, Measure::ALL.iter().copied());
        for (at, table) in expected.iter().enumerate() {
            prop_assert_eq!(&panel.indicator_at(at).unwrap().table(), table);
            let league = table.compare(how);
            for measure in Measure::ALL.iter().filter(|measure| **measure != Measure::Rank) {
                for (area, expected) in league.column(*measure, Per::THOUSAND).values().iter().enumerate() {
                    let found = figures.array(*measure).unwrap()[[area, at]];
                    prop_assert_eq!(bits(found), bits(*expected), "{} of {}, {}", measure, area, at);
                }
            }
            for area in 0..table.len() {
                prop_assert_eq!(panel.rate(area, at), table.rate(area));
            }
        }
    }

    /// The order in which policies and the mask come makes no difference.
    #[test]
    fn policies_and_masks_come_in_any_order(given in given(), policies in policies(), seed in 0..6_usize) {
        let mask = mask_of(&given, seed);
        let apply = |panel: Panel<'static>, back: bool| {
            let mut policies = policies.clone();
            if back {
                policies.reverse();
            }
            policies.into_iter().try_fold(panel, |panel, (area, policy)| panel.apply(&area, policy))
        };
        let names = || (0..given.counts.nrows()).map(|area| format!("Area {area}"));
        let people = || Populations::by_period(given.people.clone(), (0..given.counts.ncols()).map(|at| at % 2));
        let start = || Panel::leaving_out(names(), given.counts.clone(), people()).unwrap();
        let masked = || start().with_mask(mask.clone()).unwrap();
        let (Ok(first), Ok(then)) = (apply(masked(), false), apply(start(), false)) else { return Ok(()) };
        let back = apply(masked(), true).unwrap();
        let then = then.with_mask(mask.clone()).unwrap();
        for other in [&then, &back] {
            prop_assert_eq!(tables(other), tables(&first));
            let figures = |panel: &Panel<'_>| panel.compare(Average::POOLED, Per::THOUSAND, Measure::ALL.iter().copied());
            prop_assert!(same(&figures(other), &figures(&first)));
        }
    }
}

fn panel() -> Panel<'static> {
    let counts = array![[15_897_u32, 34_019, 6], [31, 49, 1], [729, 1_640, 4], [3, u32::MAX, 0]];
    let mask = array![[0_u8, 0, 0], [0, 1, 0], [0, 0, 2], [0, 0, 0]];
    let names = ["Metropolitan Police", "City of London", "Kent", "BTP"];
    let panel = Panel::leaving_out(names, counts, [8_899_400, 8_700, 1_846_500, 0]).unwrap();
    panel.with_mask(mask).unwrap().with_indicators(["knives", "robbery", "homicide"]).unwrap()
}

#[test]
fn policies_are_reported_and_undefined_figures_say_why() {
    let treated = panel().merge("City of London", "Metropolitan Police", "8,700 residents").unwrap();
    let treated = treated.with_denominator("BTP", 1_000_000, "passengers").unwrap().keep("Kent", "checked").unwrap();
    assert_eq!(treated.observation(0, 0), Some(Observation::Known(15_928)));
    assert_eq!(treated.observation(0, 1), Some(Observation::between(34_019, None).unwrap()));
    assert_eq!(treated.population(0, 1).unwrap().get(), 8_908_100);
    assert_eq!(treated.cell(1, 0), Some(CellStatus::Excluded));
    assert!(matches!(treated.rate(1, 0), Some(Err(LeftOut::Merged { .. }))));
    let figures = treated.compare(Average::POOLED, Per::MILLION, [Measure::Rate]);
    // The sum that is not known leaves numerator and denominator together.
    assert_eq!(figures.averages()[1], 1e6 * (1_640.0 + f64::from(u32::MAX)) / 2_846_500.0);
    says(
        figures.get(Measure::Rate, "City of London", "knives"),
        "City of London: indicator knives: the area takes no part: merged into Metropolitan Police: 8,700 residents",
    );
    let notes: Vec<String> = figures.notes().iter().map(ToString::to_string).collect();
    assert_eq!(notes[0], "3 of 4 areas compared by 3 indicators.");
    assert_eq!(
        notes[1..5],
        [
            "Merged: City of London into Metropolitan Police, 8,700 residents.",
            "Kept: Kent, checked.",
            "Denominator: BTP on 1,000,000 instead of 0, passengers.",
            "Left out, numerator and denominator together: 1 cell, suppressed.",
        ]
    );
    assert_eq!(treated.excluded().count(), 0);
    assert_eq!(treated.policies().count(), 3);
    // Narrow counts that add up to more are held all the same.
    let wide = panel().with_denominator("BTP", 5, "x").unwrap().merge("Kent", "Metropolitan Police", "x").unwrap();
    assert_eq!(wide.observation(0, 2), Some(Observation::Missing(Reason::NotAvailable)));
    let wide = panel().merge("BTP", "Kent", "no residents").unwrap();
    assert_eq!(wide.observation(2, 1), Some(Observation::Known(1_640 + u64::from(u32::MAX))));
    assert_eq!(wide.population(2, 1).unwrap().get(), 1_846_500);
}

/// Person-months are those of the tables, and both ends of a suppressed count travel.
#[test]
fn annualised_tables_make_a_panel_that_is_treated_as_they_are() {
    let half = Basis::new().with_months(6);
    let rows = [Row::parse("A", "1-9", "100"), Row::parse("B", "<5", "200"), Row::parse("C", "40", "300")];
    let table = || Table::from_rows(rows.clone()).unwrap();
    let annual = table().with_basis(half).annualised().unwrap();
    let treat = |table: Table| table.with_denominator("C", 50, "by day").unwrap().merge("A", "B", "small").unwrap();
    let panel = Panel::from_tables([("x", &annual), ("y", &annual)]).unwrap();
    assert_eq!(tables(&panel)[1], annual);
    let treated = panel.with_denominator("C", 50, "by day").unwrap().merge("A", "B", "small").unwrap();
    assert_eq!(tables(&treated)[0], treat(annual.clone()));
    assert_eq!(treated.observation(1, 1), Some(Observation::Suppressed { at_least: 1, at_most: Some(13) }));
    let mixed = Panel::from_tables([("x", &annual), ("y", &table())]).unwrap();
    says(
        mixed.with_denominator("C", 50, "by day"),
        "C: the area cannot be given another denominator: its counts are of different or unknown months",
    );
}

#[test]
fn policies_that_do_not_go_together_are_refused() {
    let merged = || panel().merge("City of London", "Kent", "small").unwrap();
    says(
        merged().exclude("City of London", "x"),
        "City of London: the area cannot be excluded: it is merged into Kent already",
    );
    says(
        merged().with_denominator("Kent", 7, "x"),
        "Kent: the area cannot be given another denominator: City of London is merged into it",
    );
    says(panel().merge("Kent", "Kint", "x"), "Kent: no area has the name or code \"Kint\"; did you mean \"Kent\"?");
    says(panel().keep("Kent", " "), "Kent: the policy has no reason: give one, to be reported with the figures");
    says(
        panel().with_denominator("Kent", 0, "x"),
        "Kent: population is zero, so no rate is defined: correct it, or leave the area out",
    );
    let huge = Panel::new(["A", "B"], array![[1_u64, u64::MAX], [1, 1]], [1, 1]).unwrap();
    says(
        huge.with_indicators(["x", "y"]).unwrap().merge("A", "B", "small"),
        "A: indicator y: the area cannot be merged into B: their figures add up to more than 18446744073709551615",
    );
    let whole = panel().apply("BTP", Policy::Unplaced { in_average: true });
    says(
        whole,
        "BTP: the area cannot be in the average of a panel: its count is in no area: leave it out of the average",
    );
    says(
        panel().apply("Kent", Policy::Unplaced { in_average: false }),
        "Kent: indicator knives: the area cannot be taken to be in no area: it has a population of 1,846,500: exclude it, or \
         take it for a total",
    );
    let none = Panel::new(["A", "B"], Array2::<u32>::zeros((2, 0)), [1, 2]).unwrap();
    assert_eq!(none.merge("A", "B", "small").unwrap().policies().count(), 1);
}

/// Totals among the areas of a panel: of what is in no area, too, and by their names where figures do not tell.
#[test]
fn totals_beside_what_is_in_no_area_and_by_name() {
    let told = |more: Vec<Row>| {
        let areas = [("Avon", 400, 1_000_017), ("Brent", 300, 900_003), ("Derry", 500, 800_011)];
        let rows = areas.map(|(area, count, people)| Row::new(area, count, people)).into_iter().chain(more);
        let table = Table::from_rows(rows).unwrap();
        let panel = Panel::from_tables([("x", &table), ("y", &table)]).unwrap();
        let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Rate]);
        figures.notes().iter().map(|note| format!("{note}\n")).collect::<String>()
    };
    let text = told(vec![Row::unplaced("Unassigned", 21), Row::new("England", 1_221, 2_700_031)]);
    assert!(text.contains("perhaps totals: England (the sum of all 3 others and what is in no area).\n"), "{text}");
    let text = told(vec![Row::new("Total", 1_300, 3_700_031)]);
    assert!(text.contains("Compared as areas, and by their names perhaps totals: Total.\n"), "{text}");
}
