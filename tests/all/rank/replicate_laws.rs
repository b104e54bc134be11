//! Laws of ranks in replicate years.

use crate::support::ranks::{NEAR, any_law, ranks, rate};
use crimerate::{Average, Compare, Confidence, Order, Panel, ndarray::Array2, rank};
use proptest::{collection::vec, prelude::*, sample::select};

fn bits(of: &rank::Probabilities<'_>) -> Vec<u64> {
    let ends = [of.p_highest(), of.p_lowest()];
    of.probabilities().iter().copied().chain(ends).map(f64::to_bits).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn probabilities_are_probabilities(
        rates in vec(rate(), 1..40), law in any_law(), order in select(Order::ALL.to_vec()),
    ) {
        let found = ranks(&rates, order, law);
        let (mut highest, mut lowest) = (0.0, 0.0);
        for area in found.iter() {
            let sum: f64 = area.probabilities().iter().sum();
            prop_assert!((sum - 1.0).abs() <= NEAR, "{sum}");
            prop_assert!(area.probabilities().iter().all(|p| (0.0..=1.0 + NEAR).contains(p)));
            prop_assert!((1..rates.len()).all(|k| area.top(k) <= area.top(k + 1)));
            prop_assert!(area.expected() > 1.0 - NEAR && area.expected() < rates.len() as f64 + 1e-9);
            let (inner, outer) = (area.interval(Confidence::P90), area.interval(Confidence::P99));
            prop_assert!(outer.start() <= inner.start() && inner.end() <= outer.end());
            prop_assert!((0.0..=1.0).contains(&area.p_highest()) && (0.0..=1.0).contains(&area.p_lowest()));
            highest += area.p_highest();
            lowest += area.p_lowest();
        }
        // Some area is the highest, and some the lowest, in every year.
        prop_assert!(highest > 1.0 - 40.0 * NEAR && lowest > 1.0 - 40.0 * NEAR);
    }

    #[test]
    fn neither_the_order_of_the_table_nor_the_unit_of_people_changes_a_bit(
        rates in vec(rate(), 1..25), law in any_law(), scale in 2..8_u64, turn in 0..25_usize,
    ) {
        let found = ranks(&rates, Order::Highest, law);
        let mut moved: Vec<(u64, u64)> = rates.iter().map(|(count, people)| (*count, people * scale)).collect();
        let turn = turn % rates.len();
        moved.rotate_left(turn);
        let turned = ranks(&moved, Order::Highest, law);
        let turned: Vec<Vec<u64>> = turned.iter().map(|area| bits(&area)).collect();
        for (i, area) in found.iter().enumerate() {
            prop_assert_eq!(&bits(&area), &turned[(i + rates.len() - turn) % rates.len()]);
        }
    }

    #[test]
    fn the_other_direction_is_the_mirror(rates in vec(rate(), 2..12), law in any_law()) {
        let (down, up) = (ranks(&rates, Order::Highest, law), ranks(&rates, Order::Lowest, law));
        for (a, b) in down.iter().zip(up.iter()) {
            prop_assert!((a.p_highest() - b.p_highest()).abs() <= NEAR);
            prop_assert!((a.p_lowest() - b.p_lowest()).abs() <= NEAR);
            // Ties give both directions the better place.
            prop_assert!(a.expected() + b.expected() <= rates.len() as f64 + 1.0 + 1e-9);
        }
    }

    #[test]
    fn a_panel_has_the_bits_of_its_tables(
        rates in vec(vec(rate(), 5), 1..4), law in any_law(), order in select(Order::ALL.to_vec()),
    ) {
        let people: Vec<u64> = rates[0].iter().map(|rate| rate.1).collect();
        let counts = Array2::from_shape_fn((5, rates.len()), |(area, at)| rates[at][area].0);
        let panel = Panel::new((0..5).map(|i| format!("area {i}")), counts, people.clone()).unwrap();
        let how = Compare::with(Average::POOLED).with_order(order);
        let found = panel.replicate_ranks(how, law).unwrap();
        prop_assert_eq!(found.len(), rates.len());
        for (found, rates) in found.iter().zip(&rates) {
            let rates: Vec<(u64, u64)> = rates.iter().zip(&people).map(|(rate, people)| (rate.0, *people)).collect();
            let alone = ranks(&rates, order, law);
            for (a, b) in found.iter().zip(alone.iter()) {
                prop_assert_eq!(bits(&a), bits(&b));
            }
        }
    }
}
