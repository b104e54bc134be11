//! A panel has the bits of its tables, and the figures of a reference that is written out here.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Average, Basis, Cell, Compare, Confidence, Dispersion, ErrorKind, Figures, FunnelSpec, Measure, Method, Note,
    Observation, Order, Outputs, Over, Overdispersion, Panel, PeerGroups, Per, Populations, Rank, Reason, Row, Scale,
    Smoother, Table, Ties, Trim, TrimRule, Undefined, Workspace, ZScale,
    ndarray::{Array1, Array2, Axis, Slice, array},
};
use proptest::{collection::vec, prelude::*, sample::select, test_runner::TestCaseError};
use std::collections::BTreeSet;

/// Areas and indicators: small, wider than a block, and taller than the limits between ways of ranking.
fn shape() -> impl Strategy<Value = (usize, usize)> {
    prop_oneof![
        4 => (1..9_usize, 1..70_usize),
        1 => (1..4_usize, 500..530_usize),
        1 => (60..70_usize, 60..70_usize),
        1 => (126..132_usize, 1..40_usize),
        1 => (508..516_usize, 1..20_usize),
        1 => (1..3_usize, 1_020..1_030_usize),
    ]
}

/// Counts whose rates tie often, lie near each other, or are huge.
fn count() -> BoxedStrategy<u64> {
    prop_oneof![6 => 0..4_u64, 4 => 0..1_000_u64, 2 => 999_990..1_000_010_u64, 1 => 0..u64::from(u32::MAX)].boxed()
}

fn huge() -> BoxedStrategy<u64> {
    prop_oneof![1 => any::<u64>(), 1 => (1_u64 << 52)..(1 << 54), 4 => 0..5_u64].boxed()
}

fn people() -> BoxedStrategy<u64> {
    prop_oneof![1 => Just(0), 6 => select(vec![1_u64, 2, 10, 20, 1_000]), 2 => 900..1_100_u64, 2 => 1..10_000_000_u64]
        .boxed()
}

#[derive(Clone, Debug)]
struct Given {
    counts: Array2<u64>,
    people: Array2<u64>,
    mask: Option<Array2<u8>>,
    excluded: Vec<usize>,
    by_period: bool,
    narrow: bool,
}

fn given() -> impl Strategy<Value = Given> {
    let kinds = (any::<bool>(), 0..8_u8, any::<bool>(), any::<bool>(), any::<u64>());
    (shape(), kinds).prop_flat_map(|((areas, indicators), (by_period, size, masked, excludes, seed))| {
        let cells = areas * indicators;
        let count = if size == 0 { huge() } else { count() };
        let population = if size == 0 { (1..u64::MAX).boxed() } else { people() };
        (vec(count, cells.min(400)), vec(population, areas * 2)).prop_map(move |(drawn, people)| {
            // Few draws, dealt out to many cells.
            let mut state = seed | 1;
            let mut next = move || {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state
            };
            let counts =
                Array2::from_shape_fn((areas, indicators), |(area, at)| match drawn.get(area * indicators + at) {
                    Some(count) => *count,
                    None => drawn[(next() % drawn.len() as u64) as usize],
                });
            let mask = Array2::from_shape_fn((areas, indicators), |(_, at)| {
                if at % 7 == 3 || at % 3 == 1 && next() % 4 == 0 { (next() % 4) as u8 + 1 } else { 0 }
            });
            let narrow = counts.iter().all(|count| *count <= u64::from(u32::MAX));
            Given {
                counts,
                people: Array2::from_shape_vec((areas, 2), people).unwrap(),
                mask: masked.then_some(mask),
                excluded: if excludes { (0..areas).filter(|area| area % 5 == 2).collect() } else { Vec::new() },
                by_period,
                narrow,
            }
        })
    })
}

impl Given {
    fn panel(&self) -> Panel<'_> {
        let names = (0..self.counts.nrows()).map(|area| format!("Area {area}"));
        let populations = if self.by_period {
            Populations::by_period(self.people.view(), (0..self.counts.ncols()).map(|at| at % 2))
        } else {
            self.people.column(0).into()
        };
        let panel = if self.narrow {
            Panel::leaving_out(names, self.counts.mapv(|count| count as u32), populations)
        } else {
            Panel::leaving_out(names, self.counts.view(), populations)
        };
        let panel = match &self.mask {
            Some(mask) => panel.unwrap().with_mask(mask.view()).unwrap(),
            None => panel.unwrap(),
        };
        let panel =
            groups(self.counts.nrows()).into_iter().fold(panel, |panel, groups| panel.with_groups(groups).unwrap());
        self.excluded.iter().fold(panel, |panel, area| panel.exclude(&format!("Area {area}"), "tried").unwrap())
    }
}

/// Regions, with some areas in none, and directed lists of the next areas.
fn groups(areas: usize) -> [PeerGroups; 2] {
    let name = |area: usize| format!("Area {area}");
    let regions = (0..areas).map(|area| (name(area), ["North", "South", "", "West"][area * 7 % 11 % 4]));
    let peers = (0..areas).filter(|area| area % 4 != 3).flat_map(|area| {
        (1..=area % 3 + 1).map(move |next| (name(area), name((area + next * 2) % areas))).collect::<BTreeSet<_>>()
    });
    [PeerGroups::from_labels("region", regions), PeerGroups::from_pairs("peers", peers)]
}

/// Everyone, both kinds of groups, and groups that the panel does not have.
fn over() -> impl Strategy<Value = Over> {
    let table = Table::from_rows([("a", 1, 1)]).unwrap();
    let groups = ["x", "y", "z"].map(|name| PeerGroups::from_labels(name, [("a", "b")]));
    let table = groups.into_iter().fold(table, |table, groups| table.with_groups(groups).unwrap());
    let [x, y, z] = ["x", "y", "z"].map(|name| Over::Group(table.group(name).unwrap()));
    prop_oneof![6 => Just(Over::Everyone), 3 => Just(x), 3 => Just(y), 1 => Just(z)]
}

fn average() -> impl Strategy<Value = Average> {
    let fixed = Average::fixed(12.5, Per::THOUSAND).unwrap();
    let none = Average::fixed(0.0, Per::THOUSAND).unwrap();
    let rules = vec![Average::POOLED, Average::MEAN, Average::MEDIAN, fixed, none];
    (select(rules), any::<bool>()).prop_map(|(rule, own)| if own { rule.without_self() } else { rule })
}

fn how() -> impl Strategy<Value = Compare> {
    let level = select(vec![0.9, 0.95, 0.97]);
    let ranking = (select(Order::ALL), select(Ties::ALL));
    ((average(), over()), level, select(Method::ALL), ranking, select(ZScale::ALL)).prop_map(
        |((average, over), level, method, (order, ties), z)| {
            Compare::with(average.over(over))
                .interval((Confidence::new(level).unwrap(), method))
                .order(order)
                .ties(ties)
                .z(z)
        },
    )
}

fn spec() -> impl Strategy<Value = FunnelSpec> {
    let trim = (select(TrimRule::ALL), prop_oneof![Just(0.1), Just(0.0), Just(0.05), 0.0..0.499_f64]);
    (select(Dispersion::ALL), select(Scale::ALL), trim).prop_map(|(dispersion, scale, (rule, fraction))| {
        FunnelSpec::from((dispersion, scale)).with_trim(Trim::new(rule, fraction).unwrap())
    })
}

fn per() -> impl Strategy<Value = Per> {
    select(vec![Per::ONE, Per::THOUSAND, Per::HUNDRED_THOUSAND, Per::new(u32::MAX).unwrap()])
}

/// The bits of a figure; all that is no number is the same.
fn bits(value: f64) -> u64 {
    if value.is_nan() { u64::MAX } else { value.to_bits() }
}

fn same(a: &Figures, b: &Figures) -> bool {
    let all = |figures: &Figures| {
        let cells = Measure::ALL.iter().filter_map(|measure| figures.array(*measure).map(|array| array.to_owned()));
        let columns = [figures.averages(), figures.means(), figures.deviations()];
        let columns: Vec<u64> = columns.iter().flat_map(|column| column.iter().copied()).map(bits).collect();
        let cells: Vec<u64> = cells.flatten().map(bits).collect();
        (cells, columns, figures.ranks().map(|ranks| ranks.to_owned()), figures.statuses().to_owned())
    };
    all(a) == all(b)
}

/// Holds funnels and smoothed rates, those that are wanted, against the tables of all indicators.
fn screened(panel: &Panel<'_>, how: Compare, per: Per, spec: FunnelSpec, wanted: &[bool]) -> Result<(), TestCaseError> {
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
        let (funnel, smoothing) = (league.funnel(spec), league.smooth(Smoother::Marshall));
        for (area, named) in panel.areas().iter().enumerate() {
            let (point, estimate) = (funnel.area(named.name()).ok(), smoothing.area(named.name()).ok());
            check(0, z[[area, at]], point.and_then(|point| point.z().ok()))?;
            check(1, adjusted[[area, at]], point.and_then(|point| point.z_adjusted().ok()))?;
            check(2, smoothed[[area, at]], estimate.map(|it| it.estimate(per)))?;
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

/// A population so large that the others are lost beside it leaves nothing behind where its count is not known.
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
                FunnelSpec::from(Dispersion::None),
                Dispersion::Multiplicative.into(),
                Dispersion::Additive.into(),
                Scale::Log.into(),
                FunnelSpec::from(Dispersion::Additive).with_trim(Trim::drop(0.1).unwrap()),
                FunnelSpec::from(Dispersion::Multiplicative).with_trim(Trim::NONE),
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
                            if how == how.ties(Ties::Average) { rank / 2.0 } else { rank }
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
            let average = league.average_of_all().map_or(f64::NAN, |value| value.per(per));
            prop_assert_eq!(bits(figures.averages()[at]), bits(average));
            let mean = Average::MEAN.of(league.rates()).map_or(f64::NAN, |value| value.per(per));
            prop_assert_eq!(bits(figures.means()[at]), bits(mean));
            prop_assert_eq!(bits(figures.deviations()[at]), bits(league.spread().map_or(f64::NAN, |spread| spread.sd(per))));
            prop_assert_eq!(Undefined::from_code(figures.statuses()[at]), league.yardstick().err());
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

#[test]
fn tables_make_a_panel_and_come_back_whole() {
    let rows = |counts: [&str; 4], people: [&str; 4]| {
        let names = ["A", "B", "C", "D"];
        let rows = names.iter().zip(counts).zip(people).map(|((name, count), people)| Row::parse(name, count, people));
        let table = Table::from_rows_leaving_out(rows).unwrap();
        table.exclude("B", "tried").unwrap()
    };
    let first = rows(["30", "4", "..", "[c]"], ["1000", "2000", "0", ""]);
    let mut reversed = ["D", "C", "B", "A"].map(|name| Row::new(name, 5, 100));
    reversed[1] = Row::new("C", Observation::Suppressed { at_most: Some(4) }, 100);
    let second = Table::from_rows(reversed).unwrap().exclude("B", "tried").unwrap();
    let panel = Panel::from_tables([("first", &first), ("second", &second)]).unwrap();
    assert_eq!(panel.indicator("first").unwrap().table(), first);
    assert_eq!(panel.observation(2, 1), Some(Observation::Suppressed { at_most: Some(4) }));
    assert_eq!(panel.observation(2, 0), Some(Observation::Missing(Reason::NotAvailable)));
    let cells: Vec<Cell> = (0..4).map(|area| panel.cell(area, 0).unwrap()).collect();
    assert_eq!(cells, [Cell::Known, Cell::Excluded, Cell::ZeroPopulation, Cell::NoPopulation]);
    let masked = panel.clone().with_mask(Array2::zeros((4, 2))).unwrap();
    assert_eq!((masked.cell(2, 0), masked.cell(3, 0)), (Some(Cell::ZeroPopulation), Some(Cell::NoPopulation)));
    assert_eq!(panel.label(usize::MAX), "18446744073709551616");
    let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Rate]);
    let error = figures.get(Measure::Rate, "D", "first").unwrap_err();
    assert_eq!(error.to_string(), "D: the area takes no part: population not given");
    let notes: Vec<String> = figures.notes().iter().map(ToString::to_string).collect();
    assert_eq!(notes[0], "3 of 4 areas compared by 2 indicators.");
    assert_eq!(notes[1], "Left out: B, excluded: tried.");
    assert_eq!(notes[2], "Left out, numerator and denominator together: 1 cell, suppressed.");
}

#[test]
fn policies_groups_and_bases_of_tables_travel() {
    let table = |counts: [u64; 4], people: u64, year: u16| {
        let rows = ["A", "B", "C", "D"].into_iter().zip(counts).map(|(name, count)| (name, count, 1_000));
        let table = Table::from_rows(rows).unwrap().merge("B", "A", "small").unwrap();
        let table = table.with_denominator("C", people, "people by day").unwrap().keep("D", "as it is").unwrap();
        let regions = PeerGroups::from_labels("region", [("A", "x"), ("B", "x"), ("C", "x"), ("D", "")]);
        let basis = Basis::new().population("residents").population_year(year);
        table.with_groups(regions).unwrap().with_basis(basis)
    };
    let (first, second) = (table([30, 4, 7, 9], 500, 2019), table([1, 2, 3, 4], 600, 2020));
    let panel = Panel::from_tables([("first", &first), ("second", &second)]).unwrap();
    assert_eq!(panel.indicator("first").unwrap().table(), first);
    assert_eq!(panel.indicator("second").unwrap().table(), second);
    let average = Average::POOLED.over(panel.group("region").unwrap());
    let figures = panel.compare(average, Per::THOUSAND, Measure::ALL.iter().copied());
    assert_eq!(figures.array(Measure::Average).unwrap()[[0, 1]], 6_000.0 / 2_600.0);
    let why = figures.get(Measure::Ratio, "D", "first").unwrap_err();
    assert_eq!(why.to_string(), "D: the area has no group, so the figure does not exist");
    assert!(figures.get(Measure::Rate, "B", "first").is_err());
    let notes: Vec<String> = figures.notes().iter().map(ToString::to_string).collect();
    for expected in [
        "3 of 4 areas compared by 2 indicators.",
        "Merged: B into A, small.",
        "Denominator: C on another population, people by day.",
        "Kept: D, as it is.",
        "Average: pooled of each area's group (region), over those known for each indicator; no average without a group; \
         rates per 1,000.",
        "Basis: population: residents.",
        "Basis that differs by indicator: the year of the population.",
    ] {
        assert!(notes.iter().any(|note| note == expected), "{expected}\n{notes:#?}");
    }
    let told = |notes: &[Note]| notes.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (funnels, smoothed) = (panel.funnel(average, Dispersion::Additive), panel.smooth(Per::THOUSAND));
    let (funnels, smoothed) = (told(funnels.notes()), told(smoothed.notes()));
    assert_eq!(funnels[..3], notes[..3]);
    assert_eq!(smoothed[..3], notes[..3]);
    assert_eq!(
        funnels[5..7],
        [
            "z: in standard errors of chance alone, on the sqrt scale.",
            "Dispersion: additive; phi and tau^2 of each indicator, 10 % winsorised at each end."
        ]
    );
    assert_eq!(
        smoothed[4],
        "Smoothed by Marshall's moments towards the pooled rate of each indicator; rates per 1,000."
    );
    let error = panel.exclude("C", "tried").unwrap_err();
    assert_eq!(error.to_string(), "C: the area cannot be excluded: it is given another denominator already");
    let other = Table::from_rows([("A", 1, 10), ("B", 1, 10), ("C", 1, 10), ("D", 1, 10)]).unwrap();
    let other = other.with_denominator("C", 9, "another").unwrap();
    let error = Panel::from_tables([("x", &first), ("y", &other)]).unwrap_err();
    assert_eq!(error.to_string(), "B: the indicator y does not have the policies of the first one");
}

/// Neighbouring ratios of Fibonacci numbers differ by less than doubles can show, and each alternates around the next.
#[test]
fn rates_that_doubles_cannot_tell_apart_are_ranked_as_fractions() {
    let mut fibonacci = vec![1_u64, 1];
    while fibonacci.len() < 60 {
        fibonacci.push(fibonacci.iter().rev().take(2).sum());
    }
    let pairs: Vec<(u64, u64)> =
        (38..58).flat_map(|k| [1, 2, 3, 5, 7, 9, 11].map(|m| (m * fibonacci[k], m * fibonacci[k + 1]))).collect();
    for areas in [40, pairs.len()] {
        let counts = Array2::from_shape_fn((areas, 3), |(area, at)| if at == 1 { 0 } else { pairs[area].0 });
        let people: Vec<u64> = pairs.iter().take(areas).map(|pair| pair.1).collect();
        let panel = Panel::new((0..areas).map(|area| area.to_string()), counts, people).unwrap();
        for order in Order::ALL {
            let how = Compare::with(Average::POOLED).order(*order);
            let figures = panel.compare(how, Per::ONE, [Measure::Rank]);
            let league = panel.indicator_at(2).unwrap().compare(how);
            let ranks: Vec<f64> = league.ranking().ranks().map(Rank::value).collect();
            let found: Vec<f64> = figures.ranks().unwrap().column(2).iter().map(|rank| f64::from(*rank)).collect();
            assert_eq!(found, ranks, "{areas} areas, {order}");
            assert!(figures.ranks().unwrap().column(1).iter().all(|rank| *rank == 1));
            let mut distinct = found;
            distinct.sort_by(f64::total_cmp);
            distinct.dedup();
            assert_eq!(distinct.len(), areas.div_ceil(7));
        }
    }
}

#[test]
fn arrays_of_any_layout_are_taken() {
    let counts = Array2::from_shape_fn((5, 70), |(area, at)| (7 * area + at * at % 13) as u32);
    let people = Array1::from_vec(vec![10_u64, 20, 30, 40, 50]);
    let names = ["a", "b", "c", "d", "e"];
    let measures = || [Measure::Z, Measure::Rank];
    let plain = Panel::new(names, counts.view(), people.view()).unwrap().compare(Average::MEAN, Per::ONE, measures());
    let turned = counts.t().to_owned();
    let panel = Panel::new(names, turned.t(), people.view()).unwrap();
    assert!(same(&panel.compare(Average::MEAN, Per::ONE, measures()), &plain));
    let wide = Array2::from_shape_fn((10, 90), |(area, at)| if at < 70 { counts[[area / 2, at]] } else { 9 });
    let strided = wide.slice_axis(Axis(0), Slice::new(0, None, 2));
    let strided = strided.slice_axis(Axis(1), Slice::from(..70));
    let panel = Panel::new(names, strided, people.view()).unwrap();
    assert!(same(&panel.compare(Average::MEAN, Per::ONE, measures()), &plain));
    let mut backward = counts.clone();
    backward.invert_axis(Axis(1));
    let backward = Panel::new(names, backward.view(), people.view()).unwrap();
    let found = backward.compare(Average::MEAN, Per::ONE, measures());
    assert_eq!(found.ranks().unwrap()[[3, 0]], plain.ranks().unwrap()[[3, 69]]);
}

#[test]
fn what_does_not_fit_is_refused() {
    let counts = || array![[1_u64, 2], [3, 4]];
    let says =
        |panel: Result<Panel<'_>, crimerate::Error>, text: &str| assert_eq!(panel.unwrap_err().to_string(), text);
    says(Panel::new(["A", "B"], counts(), [10, 0]), "B: row 2: population is zero, so no rate is defined");
    says(Panel::new(["A", "A"], counts(), [10, 10]), "A: row 2: the name stands in row 1 already");
    says(Panel::new(["A", " "], counts(), [10, 10]), "row 2: the area has no name");
    says(Panel::new(["A"], counts(), [10]), "the column count has 2 values, where there should be 1");
    says(Panel::new(["A", "B"], counts(), [10]), "the column population has 1 values, where there should be 2");
    says(
        Panel::new(["A", "B"], counts(), Populations::by_period(array![[1_u64, 2], [3, 4]], [0, 2])),
        "an indicator is of period 2, where there are populations of 2, counted from 0",
    );
    says(
        Panel::new(Vec::<String>::new(), Array2::<u32>::zeros((0, 0)), []),
        "there is no row, so there is nothing to compare",
    );
    let panel = || Panel::new(["A", "B"], counts(), [10, 10]).unwrap();
    says(panel().with_mask(array![[0_u8, 0]]), "the array mask is 1 x 2, where there are 2 areas x 2 indicators");
    says(
        panel().with_indicators(["x", "y"]).unwrap().with_mask(array![[0_u8, 0], [9, 0]]),
        "B: the indicator x has the code 9 in the mask, which is none of 0 to 4",
    );
    says(panel().with_indicators(["x", "x"]), "two indicators have the name \"x\"");
    says(panel().exclude("C", "why"), "no area has the name or code \"C\"");
    says(panel().exclude("B", " "), "B: an exclusion, or any other policy, needs a reason");
    let error = panel().indicator("3").map(|_| ()).unwrap_err();
    assert_eq!(error.to_string(), "no indicator has the name \"3\"");
    let mut wrong = Array2::zeros((2, 3));
    let error =
        panel().compare_into(Average::MEAN, Per::ONE, Outputs::new().z(wrong.view_mut()), &mut Workspace::new());
    assert_eq!(error.unwrap_err().to_string(), "the array z is 2 x 3, where there are 2 areas x 2 indicators");
    let mut turned = Array2::zeros((2, 2));
    turned.swap_axes(0, 1);
    let error =
        panel().compare_into(Average::MEAN, Per::ONE, Outputs::new().rate(turned.view_mut()), &mut Workspace::new());
    assert_eq!(
        error.unwrap_err().to_string(),
        "the values of a row of the array rate are 2 places apart, where they have to stand side by side"
    );
    let left = Panel::leaving_out(["A", "B"], counts(), [10, 0]).unwrap();
    assert_eq!((left.cell(0, 1), left.cell(1, 1)), (Some(Cell::Known), Some(Cell::ZeroPopulation)));
    let other = Table::from_rows([("A", 1, 10), ("C", 1, 10)]).unwrap();
    let table = Table::from_rows([("A", 1, 10), ("B", 1, 10)]).unwrap();
    let error = Panel::from_tables([("x", &table), ("y", &other)]).unwrap_err();
    assert_eq!(error.to_string(), "B: the indicator y has other areas than the first one");
    let excluded = table.clone().exclude("A", "why").unwrap();
    let error = Panel::from_tables([("x", &table), ("y", &excluded)]).unwrap_err();
    assert_eq!(error.to_string(), "A: the indicator y does not have the policies of the first one");
}

#[test]
fn nothing_is_compared_with_nothing() {
    let panel = Panel::new(["A", "B"], Array2::<u32>::zeros((2, 0)), [1, 2]).unwrap();
    assert!(panel.is_empty());
    assert_eq!(panel.compare(Average::MEAN, Per::ONE, [Measure::Z, Measure::Rank]).averages().len(), 0);
    let panel = Panel::new(["A"], array![[0_u32, 3]], [7]).unwrap().exclude("A", "all there is").unwrap();
    let figures = panel.compare(Average::MEDIAN, Per::ONE, Measure::ALL.iter().copied());
    assert!(figures.averages().iter().chain(&figures.means()).all(|value| value.is_nan()));
    assert_eq!(figures.ranks().unwrap(), array![[0, 0]]);
}

#[cfg(feature = "rayon")]
#[test]
fn threads_change_no_bit() {
    for (areas, indicators) in [(5, 120_001), (43, 30_007), (600, 1_009)] {
        let counts = Array2::from_shape_fn((areas, indicators), |(area, at)| ((area * 7 + at * at) % 97) as u32);
        let people: Vec<u64> = (0..areas as u64).map(|area| 50 + area % 7).collect();
        let mask = Array2::from_shape_fn((areas, indicators), |(area, at)| u8::from((area + at) % 501 == 3));
        let names = (0..areas).map(|area| area.to_string());
        let panel = Panel::new(names, counts.view(), people).unwrap().with_mask(mask).unwrap();
        let how = Compare::with(Average::POOLED).ties(Ties::Average);
        let within = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let figures =
                    panel.compare(how, Per::THOUSAND, [Measure::Rate, Measure::Z, Measure::Percent, Measure::Rank]);
                let funnels = panel.funnel(Average::POOLED, Dispersion::Additive);
                let smoothed = panel.smooth(Per::THOUSAND);
                let cells = [funnels.z(), funnels.z_adjusted(), smoothed.estimates()];
                let columns = [funnels.phis(), funnels.tau2s(), smoothed.means(), smoothed.deviations()];
                let cells = cells.iter().flatten().chain(columns.iter().flatten()).copied().map(bits);
                (figures, cells.collect::<Vec<u64>>())
            })
        };
        let one = within(1);
        for threads in [2, 3, 7] {
            let some = within(threads);
            assert!(same(&some.0, &one.0) && some.1 == one.1, "{threads} threads, {areas} x {indicators}");
        }
    }
}
