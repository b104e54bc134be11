//! Panels, comparisons and funnels of them, drawn at random; and when figures are the same to the bit.

use crimerate::{
    Average, Compare, Confidence, Measure, Method, Order, Panel, PeerGroups, Per, Table, Ties,
    average::{Scope, ZScale},
    funnel::{self, Dispersion, Scale, Trim, TrimRule},
    ndarray::Array2,
    panel::{Figures, Populations},
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::BTreeSet;

/// Areas and indicators: small, wider than a block, and taller than the limits between ways of ranking.
pub(crate) fn shape() -> impl Strategy<Value = (usize, usize)> {
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
pub(crate) fn count() -> BoxedStrategy<u64> {
    prop_oneof![6 => 0..4_u64, 4 => 0..1_000_u64, 2 => 999_990..1_000_010_u64, 1 => 0..u64::from(u32::MAX)].boxed()
}

pub(crate) fn huge() -> BoxedStrategy<u64> {
    prop_oneof![1 => any::<u64>(), 1 => (1_u64 << 52)..(1 << 54), 4 => 0..5_u64].boxed()
}

pub(crate) fn people() -> BoxedStrategy<u64> {
    prop_oneof![1 => Just(0), 6 => select(vec![1_u64, 2, 10, 20, 1_000]), 2 => 900..1_100_u64, 2 => 1..10_000_000_u64]
        .boxed()
}

#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) counts: Array2<u64>,
    pub(crate) people: Array2<u64>,
    pub(crate) mask: Option<Array2<u8>>,
    pub(crate) excluded: Vec<usize>,
    pub(crate) by_period: bool,
    pub(crate) narrow: bool,
}

pub(crate) fn given() -> impl Strategy<Value = Given> {
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
    pub(crate) fn panel(&self) -> Panel<'_> {
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
pub(crate) fn groups(areas: usize) -> [PeerGroups; 2] {
    let name = |area: usize| format!("Area {area}");
    let regions = (0..areas).map(|area| (name(area), ["North", "South", "", "West"][area * 7 % 11 % 4]));
    let peers = (0..areas).filter(|area| area % 4 != 3).flat_map(|area| {
        (1..=area % 3 + 1).map(move |next| (name(area), name((area + next * 2) % areas))).collect::<BTreeSet<_>>()
    });
    [PeerGroups::from_labels("region", regions), PeerGroups::from_pairs("peers", peers)]
}

/// Everyone, both kinds of groups, and groups that the panel does not have.
pub(crate) fn over() -> impl Strategy<Value = Scope> {
    let table = Table::from_rows([("a", 1, 1)]).unwrap();
    let groups = ["x", "y", "z"].map(|name| PeerGroups::from_labels(name, [("a", "b")]));
    let table = groups.into_iter().fold(table, |table, groups| table.with_groups(groups).unwrap());
    let [x, y, z] = ["x", "y", "z"].map(|name| Scope::Group(table.group(name).unwrap()));
    prop_oneof![6 => Just(Scope::Everyone), 3 => Just(x), 3 => Just(y), 1 => Just(z)]
}

pub(crate) fn average() -> impl Strategy<Value = Average> {
    let fixed = Average::fixed(12.5, Per::THOUSAND).unwrap();
    let none = Average::fixed(0.0, Per::THOUSAND).unwrap();
    let rules = vec![Average::POOLED, Average::MEAN, Average::MEDIAN, fixed, none];
    (select(rules), any::<bool>()).prop_map(|(rule, own)| if own { rule.without_self() } else { rule })
}

pub(crate) fn how() -> impl Strategy<Value = Compare> {
    let level = select(vec![0.9, 0.95, 0.97]);
    let ranking = (select(Order::ALL), select(Ties::ALL));
    ((average(), over()), level, select(Method::ALL), ranking, select(ZScale::ALL)).prop_map(
        |((average, over), level, method, (order, ties), z)| {
            Compare::with(average.over(over))
                .with_interval((Confidence::new(level).unwrap(), method))
                .with_order(order)
                .with_ties(ties)
                .with_z(z)
        },
    )
}

pub(crate) fn spec() -> impl Strategy<Value = funnel::Spec> {
    let trim = (select(TrimRule::ALL), prop_oneof![Just(0.1), Just(0.0), Just(0.05), 0.0..0.499_f64]);
    (select(Dispersion::ALL), select(Scale::ALL), trim).prop_map(|(dispersion, scale, (rule, fraction))| {
        funnel::Spec::from((dispersion, scale)).with_trim(Trim::new(rule, fraction).unwrap())
    })
}

pub(crate) fn per() -> impl Strategy<Value = Per> {
    select(vec![Per::ONE, Per::THOUSAND, Per::HUNDRED_THOUSAND, Per::new(u32::MAX).unwrap()])
}

/// The bits of a figure; all that is no number is the same.
pub(crate) fn bits(value: f64) -> u64 {
    if value.is_nan() { u64::MAX } else { value.to_bits() }
}

pub(crate) fn same(a: &Figures, b: &Figures) -> bool {
    let all = |figures: &Figures| {
        let cells = Measure::ALL.iter().filter_map(|measure| figures.array(*measure).map(|array| array.to_owned()));
        let columns = [figures.averages(), figures.means(), figures.deviations()];
        let columns: Vec<u64> = columns.iter().flat_map(|column| column.iter().copied()).map(bits).collect();
        let cells: Vec<u64> = cells.flatten().map(bits).collect();
        (cells, columns, figures.ranks().map(|ranks| ranks.to_owned()), figures.statuses().to_owned())
    };
    all(a) == all(b)
}
