//! Standardised rates of a panel have the bits of those of its strata.

use crate::support::says::refused;
use crimerate::{
    Confidence, Per,
    ndarray::{Array2, Array3, ArrayView3, Axis, Slice},
    panel::{CellStatus, Stratified},
    standard::{Method, Spec, StandardPopulation},
};

const PER: Per = Per::HUNDRED_THOUSAND;

/// Numbers that look random, the same in every run.
fn numbers(mut state: u64) -> impl FnMut(u64) -> u64 {
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    }
}

fn figures(areas: usize, strata: usize, indicators: usize) -> (Array3<u32>, Array2<u64>) {
    let mut next = numbers(7);
    let people = Array2::from_shape_simple_fn((areas, strata), || 1 + next(200_000));
    let counts =
        Array3::from_shape_fn((areas, strata, indicators), |(_, _, at)| next([1, 3, 40, 9_000][at % 4]) as u32);
    (counts, people)
}

fn names(number: usize, what: &str) -> Vec<String> {
    (0..number).map(|at| format!("{what} {at}")).collect()
}

fn standard(strata: usize) -> StandardPopulation {
    let mut next = numbers(3);
    StandardPopulation::new("own", names(strata, "s").into_iter().map(|name| (name, (1 + next(9_000)) as f64))).unwrap()
}

/// Rate and limits of each cell are those of the strata of its indicator, and missing where these are, for every method.
fn has_the_bits_of_its_strata(panel: &Stratified<'_>, standard: &StandardPopulation) {
    let (areas, _, indicators) = panel.dim();
    for method in Method::ALL.iter().copied() {
        for level in [0.95, 0.9731] {
            let spec = Spec::from((Confidence::new(level).unwrap(), method));
            let found = panel.direct(standard, PER, spec).unwrap();
            for at in 0..indicators {
                let alone = panel.indicator(&panel.label(at)).unwrap();
                let rates = alone.direct(standard).unwrap();
                for area in 0..areas {
                    let here = [found.rates()[(area, at)], found.lower()[(area, at)], found.upper()[(area, at)]];
                    let one = rates.area(panel.areas()[area].label()).ok().and_then(|rate| {
                        let limits = rate.limits(spec).ok()?.per(PER);
                        Some([rate.per(PER).value(), limits.lower(), limits.upper()])
                    });
                    match one {
                        Some(one) => assert_eq!(here.map(f64::to_bits), one.map(f64::to_bits), "{method} {area} {at}"),
                        None => assert!(here.iter().all(|figure| figure.is_nan()), "{method} {area} {at}"),
                    }
                    let known = found.statuses()[(area, at)] == 0;
                    assert_eq!(known, rates.area(panel.areas()[area].label()).is_ok());
                    assert_eq!(found.rate(panel.areas()[area].label(), &panel.label(at)).is_ok(), one.is_some());
                }
            }
        }
    }
}

#[test]
fn a_panel_has_the_bits_of_its_strata() {
    for (areas, strata, indicators) in [(1, 1, 3), (3, 1, 5), (4, 2, 9), (7, 19, 130), (2, 3, 0)] {
        let (counts, people) = figures(areas, strata, indicators);
        let panel = Stratified::new(names(areas, "a"), names(strata, "s"), counts.view(), people.view()).unwrap();
        has_the_bits_of_its_strata(&panel, &standard(strata));
        let mut mask = Array3::zeros((areas, strata, indicators));
        let mut next = numbers(11);
        mask.map_inplace(|code| *code = if next(12) == 0 { 1 + next(6) as u8 } else { 0 });
        // What is not known is not looked at.
        let wide = counts.mapv(u64::from);
        let wide = Array3::from_shape_fn(wide.raw_dim(), |at| if mask[at] == 0 { wide[at] } else { u64::MAX });
        let panel = Stratified::new(names(areas, "a"), names(strata, "s"), wide, people.view()).unwrap();
        let panel = panel.with_mask(mask).unwrap();
        let panel = if areas > 1 { panel.exclude("a 0", "a test").unwrap() } else { panel };
        has_the_bits_of_its_strata(&panel, &standard(strata));
        assert!(areas < 2 || indicators == 0 || panel.pooled().is_ok());
    }
}

/// Views whose indicators do not stand side by side, and rows in any order, give the same.
#[test]
fn the_layout_of_arrays_makes_no_difference() {
    let (counts, people) = figures(3, 4, 10);
    let of = |counts: ArrayView3<'_, u32>| {
        let panel = Stratified::new(names(3, "a"), names(4, "s"), counts, people.view()).unwrap();
        let found = panel.direct(&standard(4), PER, Method::Tiwari).unwrap();
        (found.rates().to_owned(), found.upper().to_owned(), found.csv())
    };
    let turned = counts.clone().reversed_axes().as_standard_layout().into_owned();
    assert_eq!(of(counts.view()), of(turned.view().reversed_axes()));
    let doubled = Array3::from_shape_fn((3, 4, 20), |(area, stratum, at)| counts[(area, stratum, at / 2)]);
    assert_eq!(of(counts.view()), of(doubled.slice_axis(Axis(2), Slice::new(0, None, 2))));
}

#[test]
fn what_is_missing_is_told_by_cell_and_in_the_notes() {
    let counts = Array3::from_shape_vec((2, 2, 2), vec![90_u64, 3, 20, 4, 120, 30, 10, 9]).unwrap();
    let people = Array2::from_shape_vec((2, 2), vec![60_000, 40_000, 80_000, 20_000]).unwrap();
    let panel = Stratified::new(["Coast", "Inland"], ["0-64", "65+"], counts, people.view()).unwrap();
    let panel = panel.with_indicators(["arson", "theft"]).unwrap();
    let mut mask = Array3::zeros((2, 2, 2));
    mask[(1, 1, 0)] = CellStatus::Suppressed.code();
    let panel = panel.with_mask(mask.clone()).unwrap();
    let rates = panel.direct(&panel.pooled().unwrap(), Per::THOUSAND, Method::Ohid).unwrap();
    refused(
        rates.rate("Inland", "arson"),
        "Inland: indicator arson: the area takes no part: count of a stratum suppressed",
    );
    refused(rates.limits("Coast", "theft"), "Coast: indicator theft: fewer than 10 are counted in all");
    refused(rates.rate("Kent", "theft"), "no area");
    refused(rates.rate("Coast", "fraud"), "no indicator");
    let notes: Vec<&str> = rates.notes().iter().map(crimerate::Note::text).collect();
    assert_eq!(
        notes,
        [
            "2 of 2 areas compared by 2 indicators.",
            "Without a rate: 1 cell, count of a stratum suppressed.",
            "Without a rate: 1 cell, fewer than 10 are counted in all, so by the public-health rule there is no figure.",
            "Standardised directly to the areas' own population in 2 strata; rates per 1,000.",
            "Intervals: ohid at 95 %; Poisson variation only.",
        ]
    );
    let csv = rates.csv();
    assert!(
        csv.starts_with(
            "area,code,indicator,count,population,crude,rate,lower,upper,note\nCoast,,arson,110,100000,1.1,"
        )
    );
    assert!(csv.contains("\nInland,,arson,,100000,,,,,"), "{csv}");
    let panel = panel.exclude("Inland", "a test").unwrap();
    let rates = panel.direct(&panel.pooled().unwrap(), Per::THOUSAND, Method::Dobson).unwrap();
    assert_eq!(rates.statuses()[(1, 1)], CellStatus::Excluded.code());
    refused(rates.rate("Inland", "theft"), "Inland: indicator theft: the area takes no part: excluded: a test");
    assert_eq!(rates.notes()[1].text(), "Left out: Inland, excluded: a test.");

    mask[(0, 1, 1)] = 16;
    refused(panel.clone().with_mask(mask), "Coast: 65+: indicator theft: 16 is not a code of a mask");
    refused(panel.clone().with_mask(Array3::zeros((2, 2, 1))), "the mask");
    refused(panel.with_indicators(["arson"]), "");
    let counts = || Array3::from_elem((1, 2, 1), u64::MAX);
    let people = |people: u64| Array2::from_elem((1, 2), people);
    let panel = Stratified::new(["A"], ["x", "y"], counts(), people(9).view()).unwrap();
    refused(
        panel.direct(&panel.pooled().unwrap(), PER, Method::Dobson),
        "A: indicator 1: the sum of its counts is above",
    );
    refused(panel.indicator("1"), "A: ");
    refused(Stratified::new(["A"], ["x", "y"], counts(), people(0).view()), "A: x: row 1: population is zero");
    refused(Stratified::new(["A"], ["x", "x"], counts(), people(9).view()), "A: x: row 2: ");
    refused(Stratified::new(["A"], ["x"], counts(), people(9).view()), "the counts");
    refused(Stratified::new(["A"], ["x", "y"], counts(), Array2::from_elem((1, 1), 9).view()), "the populations");
}
