//! Arrays that make a panel: of any layout, near the end of doubles, and those that do not fit.

use crate::support::panels::same;
use crimerate::{
    Average, Compare, Measure, Order, Panel, Per, Rank, Table,
    ndarray::{Array1, Array2, Axis, Slice, array},
    panel::{CellStatus, Outputs, Populations, Workspace},
};

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
            let how = Compare::with(Average::POOLED).with_order(*order);
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
    says(
        Panel::new(["A", "B"], counts(), [10, 0]),
        "B: row 2: population is zero, so no rate is defined: correct it, or leave the area out",
    );
    says(
        Panel::new(["A", "A"], counts(), [10, 10]),
        "A: row 2: the name \"A\" stands in row 1 already: leave one of the two rows out, or tell the two apart by codes",
    );
    says(Panel::new(["A", " "], counts(), [10, 10]), "row 2: the area has no name: every row needs one");
    says(Panel::new(["A"], counts(), [10]), "the column count has 2 values, where there should be 1");
    says(Panel::new(["A", "B"], counts(), [10]), "the column population has 1 values, where there should be 2");
    says(
        Panel::new(["A", "B"], counts(), Populations::by_period(array![[1_u64, 2], [3, 4]], [0, 2])),
        "period 2 is none of the 2 there are, counted from 0",
    );
    says(
        Panel::new(Vec::<String>::new(), Array2::<u32>::zeros((0, 0)), []),
        "there is no row, so there is nothing to compare",
    );
    let panel = || Panel::new(["A", "B"], counts(), [10, 10]).unwrap();
    says(
        panel().with_mask(array![[0_u8, 0]]),
        "the shape of the mask is 1 x 2, where it should be 2 x 2 (areas x indicators)",
    );
    says(
        panel().with_indicators(["x", "y"]).unwrap().with_mask(array![[0_u8, 0], [9, 0]]),
        "B: indicator x: 9 is not a code of a mask: it has to be a whole number from 0 to 6",
    );
    says(panel().with_indicators(["x", "x"]), "the indicator \"x\" is given twice");
    says(panel().exclude("C", "why"), "no area has the name or code \"C\"");
    says(panel().exclude("B", " "), "B: the policy has no reason: give one, to be reported with the figures");
    let error = panel().indicator("3").map(|_| ()).unwrap_err();
    assert_eq!(error.to_string(), "no indicator has the name \"3\"");
    let mut wrong = Array2::zeros((2, 3));
    let error =
        panel().compare_into(Average::MEAN, Per::ONE, Outputs::new().z(wrong.view_mut()), &mut Workspace::new());
    assert_eq!(
        error.unwrap_err().to_string(),
        "the shape of z is 2 x 3, where it should be 2 x 2 (areas x indicators)"
    );
    let mut turned = Array2::zeros((2, 2));
    turned.swap_axes(0, 1);
    let error =
        panel().compare_into(Average::MEAN, Per::ONE, Outputs::new().rate(turned.view_mut()), &mut Workspace::new());
    assert_eq!(
        error.unwrap_err().to_string(),
        "the values of a row of the array rate are 2 places apart, where they have to stand side by side: \
         pass an array in standard layout"
    );
    let left = Panel::leaving_out(["A", "B"], counts(), [10, 0]).unwrap();
    assert_eq!((left.cell(0, 1), left.cell(1, 1)), (Some(CellStatus::Known), Some(CellStatus::ZeroPopulation)));
    let other = Table::from_rows([("A", 1, 10), ("C", 1, 10)]).unwrap();
    let table = Table::from_rows([("A", 1, 10), ("B", 1, 10)]).unwrap();
    let error = Panel::from_tables([("x", &table), ("y", &other)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "B: indicator y: the area cannot be in a panel with the first indicator: the areas differ: B missing; C of this one alone; a union of the tables takes the areas of all"
    );
    let excluded = table.clone().exclude("A", "why").unwrap();
    let error = Panel::from_tables([("x", &table), ("y", &excluded)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "A: indicator y: the area cannot be in a panel with the first indicator: the policies differ: treat the area alike in all tables"
    );
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

/// Figures are read beside the panel that they are of, and no other.
#[test]
fn rows_of_another_panel_are_refused() {
    let named = |areas: [&'static str; 2]| Panel::new(areas, array![[30_u64, 4], [20, 9]], [1_000, 2_000]).unwrap();
    let (panel, other) = (named(["A", "B"]), named(["B", "A"]));
    let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Rate]);
    assert_eq!(figures.rows(&panel).unwrap().count(), 4);
    assert_eq!(figures.iter(Measure::Rate).filter(|(.., rate)| rate.is_ok()).count(), 4);
    assert_eq!(figures.indicators().collect::<Vec<_>>(), ["1", "2"]);
    for other in [other.clone(), panel.clone().with_indicators(["arson", "theft"]).unwrap()] {
        assert!(figures.rows(&other).is_err() && figures.csv(&other).is_err());
    }
}
