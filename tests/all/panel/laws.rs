//! A panel has the bits of its tables, and the figures of a reference that is written out here.

use crate::support::panels::{average, bits, given, how, per, spec};
use crimerate::{
    Average, Compare, ErrorKind, Measure, Panel, Per, Ties, Undefined,
    average::ZScale,
    funnel::{self, Dispersion, Overdispersion, Scale, Trim},
    ndarray::{Array1, Array2, Axis, array},
    panel::{Outputs, Workspace},
    smoothing::Estimator,
};
use proptest::{collection::vec, prelude::*, test_runner::TestCaseError};

/// Holds funnels and smoothed rates, those that are wanted, against the tables of all indicators.
fn screened(
    panel: &Panel<'_>,
    how: Compare,
    per: Per,
    spec: funnel::Spec,
    wanted: &[bool],
) -> Result<(), TestCaseError> {
    let (dim, columns) = (panel.dim(), panel.indicators());
    let [mut z, mut adjusted, mut smoothed, mut rates] = [0; 4].map(|_| Array2::from_elem(dim, 7.0));
    let [mut phis, mut tau2s, mut means, mut deviations] = [0; 4].map(|_| Array1::from_elem(columns, 7.0));
    let mut statuses = Array1::from_elem(columns, 99);
    let mut outputs = Outputs::new().funnel(spec);
    macro_rules! want {
        ($($place:literal $name:ident $array:ident),+) => {
            $(if wanted[$place] {
                outputs = outputs.$name($array.view_mut());
            })+
        };
    }
    want!(0 funnel_z z, 1 funnel_z_adjusted adjusted, 2 smoothed smoothed, 3 rate rates, 4 phis phis, 5 tau2s tau2s);
    want!(6 prior_means means, 7 prior_deviations deviations, 8 funnel_statuses statuses);
    panel.compare_into(how, per, outputs, &mut Workspace::new()).unwrap();
    let check = |place: usize, found: f64, expected: Option<f64>| {
        let expected = if wanted[place] { expected.unwrap_or(f64::NAN) } else { 7.0 };
        prop_assert_eq!(bits(found), bits(expected), "{}: {} {}", place, found, expected);
        Ok(())
    };
    for at in 0..columns {
        let league = panel.indicator_at(at).unwrap().compare(how);
        let (funnel, smoothing) = (league.funnel(spec), league.smooth(Estimator::Marshall));
        for (area, named) in panel.areas().iter().enumerate() {
            let (point, estimate) = (funnel.area(named.name()).ok(), smoothing.area(named.name()).ok());
            check(0, z[[area, at]], point.and_then(|point| point.z().ok()))?;
            check(1, adjusted[[area, at]], point.and_then(|point| point.z_adjusted().ok()))?;
            check(2, smoothed[[area, at]], estimate.map(|it| it.estimate(per).value()))?;
            check(3, rates[[area, at]], league.area(named.name()).ok().map(|it| it.rate().per(per).value()))?;
        }
        let (found, prior) = (funnel.overdispersion(), smoothing.prior().ok());
        check(4, phis[at], found.ok().map(Overdispersion::phi))?;
        check(5, tau2s[at], found.ok().map(Overdispersion::tau2))?;
        check(6, means[at], prior.map(|prior| prior.mean(per)))?;
        check(7, deviations[at], prior.map(|prior| prior.sd(per)))?;
        prop_assert_eq!(statuses[at], if wanted[8] { found.err().map_or(0, Undefined::code) } else { 99 });
    }
    Ok(())
}

/// A population so large that the others are lost in sums with it leaves nothing behind where its count is not known.
#[test]
fn a_huge_area_that_is_not_known_changes_nothing() {
    let counts = array![[5_u64, 7, 9], [301, 12, 0], [17, 4, 3]];
    let mask = array![[1_u8, 1, 3], [0, 0, 0], [0, 2, 0]];
    let people = [(1_u64 << 60) + 1, 1_000_003, 70_001];
    let panel = Panel::new(["A", "B", "C"], counts, people).unwrap().with_mask(mask).unwrap();
    for (average, wanted) in [(Average::POOLED, [true; 9]), (Average::MEAN, [true; 9])] {
        screened(&panel, average.into(), Per::THOUSAND, Dispersion::Additive.into(), &wanted).unwrap();
    }
    let figures = panel.compare(Average::POOLED, Per::MILLION, [Measure::Average]);
    assert_eq!(figures.averages()[0], 318e6 / 1_070_004.0);
}

/// Populations and counts as forces have them, where the arithmetic of the usual case rounds.
#[test]
fn funnels_of_forces_are_those_of_their_tables() {
    let mut state = 1_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for (areas, indicators) in [(43, 140), (7, 40), (130, 20)] {
        let people: Vec<u64> =
            (0..areas).map(|area| if area == 0 { 8_899_400 } else { 500_000 + next(2_500_000) }).collect();
        let counts = Array2::from_shape_fn((areas, indicators), |(area, at)| {
            ((people[area] * (500 + next(1_000))) >> (8 + at % 20)) as u32
        });
        let mask = Array2::from_shape_fn((areas, indicators), |(area, at)| u8::from((31 * area + 17 * at) % 41 == 0));
        let names = || (0..areas).map(|area| format!("Area {area}"));
        let known = Panel::new(names(), counts.view(), people.as_slice()).unwrap();
        let masked = Panel::new(names(), counts.view(), people.as_slice()).unwrap().with_mask(mask).unwrap();
        for panel in [known, masked.exclude("Area 2", "tried").unwrap()] {
            for spec in [
                funnel::Spec::from(Dispersion::None),
                Dispersion::Multiplicative.into(),
                Dispersion::Additive.into(),
                Scale::Log.into(),
                funnel::Spec::from(Dispersion::Additive).with_trim(Trim::drop(0.1).unwrap()),
                funnel::Spec::from(Dispersion::Multiplicative).with_trim(Trim::NONE),
            ] {
                for (average, wanted) in [
                    (Average::POOLED, [true; 9]),
                    (Average::POOLED, [true, true, false, false, true, false, false, false, true]),
                    (Average::MEAN, [true, true, false, false, false, true, false, false, false]),
                ] {
                    screened(&panel, average.into(), Per::THOUSAND, spec, &wanted).unwrap();
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_panel_is_its_tables_bit_for_bit(given in given(), how in how(), per in per()) {
        let panel = given.panel();
        let figures = panel.compare(how, per, Measure::ALL.iter().copied());
        for at in 0..panel.indicators() {
            let league = panel.indicator_at(at).unwrap().compare(how);
            for measure in Measure::ALL {
                let column = league.column(*measure, per);
                for (area, expected) in column.values().iter().enumerate() {
                    let found = match measure {
                        Measure::Rank => {
                            let rank = f64::from(figures.ranks().unwrap()[[area, at]]);
                            if how == how.with_ties(Ties::Average) { rank / 2.0 } else { rank }
                        }
                        _ => figures.array(*measure).unwrap()[[area, at]],
                    };
                    prop_assert_eq!(bits(found), bits(*expected), "{} of {}, {}: {} {}", measure, area, at, found, expected);
                    let named = figures.at(*measure, area, at);
                    prop_assert_eq!(named.is_ok(), column.reason(area).is_none());
                    let why = column.reason(area).filter(|why| *why != Undefined::LeftOut);
                    if let (Err(error), Some(why)) = (named, why) {
                        prop_assert_eq!(error.kind(), &ErrorKind::Undefined(why), "{} of {}, {}", measure, area, at);
                    }
                }
            }
            let average = league.average_of_all().map_or(f64::NAN, |value| value.per(per).value());
            prop_assert_eq!(bits(figures.averages()[at]), bits(average));
            let mean = Average::MEAN.of(league.rates()).map_or(f64::NAN, |value| value.per(per).value());
            prop_assert_eq!(bits(figures.means()[at]), bits(mean));
            prop_assert_eq!(bits(figures.deviations()[at]), bits(league.spread_on(ZScale::Standard).map_or(f64::NAN, |spread| spread.unit(per))));
            prop_assert_eq!(Undefined::from_code(figures.statuses()[at]), league.spread().err());
        }
    }

    #[test]
    fn funnels_and_smoothed_rates_of_a_panel_are_those_of_its_tables(
        given in given(), how in how(), per in per(), spec in spec(), wanted in vec(any::<bool>(), 9),
    ) {
        screened(&given.panel(), how, per, spec, &wanted)?;
    }

    #[test]
    fn a_part_of_a_panel_has_the_bits_of_the_whole(given in given(), how in how(), at in any::<prop::sample::Index>()) {
        let panel = given.panel();
        let all = || Measure::ALL.iter().copied();
        let whole = panel.compare(how, Per::THOUSAND, all());
        let split = at.index(panel.indicators() + 1);
        let parts = [0..split, split..panel.indicators()].map(|range| {
            let mut part = given.clone();
            part.counts = given.counts.slice_axis(Axis(1), range.clone().into()).to_owned();
            part.mask = given.mask.as_ref().map(|mask| mask.slice_axis(Axis(1), range.clone().into()).to_owned());
            (range, part)
        });
        for (range, part) in parts.iter().filter(|(range, _)| !range.is_empty() && (!given.by_period || range.start % 2 == 0)) {
            let found = part.panel().compare(how, Per::THOUSAND, all());
            for measure in Measure::ALL.iter().filter(|measure| **measure != Measure::Rank) {
                let (found, whole) = (found.array(*measure).unwrap(), whole.array(*measure).unwrap());
                let whole = whole.slice_axis(Axis(1), range.clone().into());
                prop_assert!(found.iter().zip(&whole).all(|(a, b)| bits(*a) == bits(*b)));
            }
            let ranks = whole.ranks().unwrap();
            prop_assert_eq!(found.ranks().unwrap(), ranks.slice_axis(Axis(1), range.clone().into()));
        }
    }

    #[test]
    fn only_what_is_wanted_is_written_and_always_the_same(given in given(), how in how(), wanted in vec(any::<bool>(), 10)) {
        let panel = given.panel();
        let some = Measure::ALL.iter().zip(&wanted).filter(|(_, wanted)| **wanted).map(|(measure, _)| *measure);
        let (all, some) = (panel.compare(how, Per::MILLION, Measure::ALL.iter().copied()), panel.compare(how, Per::MILLION, some));
        for (measure, wanted) in Measure::ALL.iter().zip(&wanted).take(9) {
            prop_assert_eq!(some.array(*measure).is_some(), *wanted);
            if let Some(array) = some.array(*measure) {
                prop_assert!(array.iter().zip(&all.array(*measure).unwrap()).all(|(a, b)| bits(*a) == bits(*b)));
            }
        }
        prop_assert!(some.ranks().is_none_or(|ranks| ranks == all.ranks().unwrap()));
    }

    /// The reference of this crate's arithmetic by other means: sums of fractions of doubles, ranks by counting.
    #[test]
    fn a_panel_agrees_with_a_naive_reference(given in given(), average in average()) {
        prop_assume!(given.narrow);
        let panel = given.panel();
        let figures = panel.compare(average, Per::THOUSAND, Measure::ALL.iter().copied());
        let near = |a: f64, b: f64, scale: f64| (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-9 * scale.abs().max(b.abs());
        for at in 0..panel.indicators() {
            let rates: Vec<Option<(u64, u64)>> = (0..panel.len()).map(|area| {
                let rate = panel.rate(area, at).unwrap().ok()?;
                Some((rate.count(), rate.population().get()))
            }).collect();
            let known: Vec<(u64, u64)> = rates.iter().flatten().copied().collect();
            let value = |(x, n): (u64, u64)| 1_000.0 * x as f64 / n as f64;
            let mean_of = |others: &[f64]| others.iter().sum::<f64>() / others.len() as f64;
            let values: Vec<f64> = known.iter().map(|rate| value(*rate)).collect();
            let (mean, n) = (mean_of(&values), values.len() as f64);
            let sd = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
            for (area, rate) in rates.iter().enumerate() {
                let get = |measure| figures.array(measure).unwrap()[[area, at]];
                let rank = figures.ranks().unwrap()[[area, at]];
                let Some(rate) = *rate else {
                    prop_assert!(rank == 0 && get(Measure::Rate).is_nan() && get(Measure::Z).is_nan());
                    continue;
                };
                prop_assert!(near(get(Measure::Rate), value(rate), 0.0));
                let above = known.iter().filter(|other| u128::from(other.0) * u128::from(rate.1) > u128::from(rate.0) * u128::from(other.1));
                prop_assert_eq!(rank as usize, above.count() + 1);
                let mut others: Vec<(u64, u64)> = known.clone();
                if !average.with_self() {
                    others.remove(known.iter().position(|other| *other == rate).unwrap());
                }
                let mut sorted: Vec<f64> = others.iter().map(|rate| value(*rate)).collect();
                sorted.sort_by(f64::total_cmp);
                let text = average.to_string();
                let expected = if text.starts_with("fixed at 12.5") { 12.5 } else if text.starts_with("fixed") { 0.0 }
                    else if others.is_empty() { f64::NAN }
                    else if text.starts_with("pooled") {
                        let sum = |part: fn(&(u64, u64)) -> u64| others.iter().map(|rate| u128::from(part(rate))).sum::<u128>() as f64;
                        1_000.0 * sum(|rate| rate.0) / sum(|rate| rate.1)
                    } else if text.starts_with("mean") { mean_of(&sorted) }
                    else { (sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]) / 2.0 };
                let scale = value(rate) + expected.abs();
                prop_assert!(near(get(Measure::Average), expected, 0.0), "{} {}", get(Measure::Average), expected);
                prop_assert!(near(get(Measure::Difference), value(rate) - expected, scale));
                if expected == 0.0 {
                    prop_assert!(get(Measure::Ratio).is_nan() && get(Measure::Percent).is_nan());
                } else if expected > 1e-9 || expected.is_nan() {
                    prop_assert!(near(get(Measure::Ratio), value(rate) / expected, 0.0));
                    prop_assert!(near(get(Measure::Percent), 100.0 * (value(rate) / expected - 1.0), 100.0 * scale / expected));
                }
                if sd > 1e-6 * mean {
                    prop_assert!(near(get(Measure::Z), (value(rate) - mean) / sd, mean / sd));
                }
            }
        }
    }
}
