//! The Shapiro-Wilk test. Expected values are from scipy 1.17.1, on the figures in `examples/data` and on the samples of
//! `tests/data/shapiro_wilk.py`.

use crate::support::{knife::knife, near::assert_near, scaled::compared};
use crimerate::{
    Confidence,
    average::{ShapiroWilk, ZScale},
    league::RateScale,
};
use proptest::{collection::vec, prelude::*};

#[test]
fn normality_of_the_knife_figures() {
    let league = compared(&knife(), ZScale::Standard);
    let (raw, log) = (league.normality(RateScale::Raw).unwrap(), league.normality(RateScale::Log).unwrap());
    assert_near(raw.w(), 0.862_436_407_853_523_9, 1e-9);
    assert_near(raw.p(), 0.000_311_338_312_182_920_77, 1e-9);
    assert_near(log.w(), 0.983_589_959_704_968_1, 1e-9);
    assert_near(log.p(), 0.848_922_350_619_062_6, 1e-9);
    assert!(!raw.compatible(Confidence::P95) && log.compatible(Confidence::P95));
}

/// The samples that `tests/data/shapiro_wilk.py` describes.
fn sample(kind: &str, n: usize, seed: u64) -> Vec<f64> {
    let mut state = seed;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 32) as f64 + 0.5) / 4_294_967_296.0
    };
    let mut one = || match kind {
        "normal" | "outlier" => (0..12).map(|_| uniform()).sum(),
        "uniform" => uniform(),
        "skewed" => 1.0 / (1.25 - uniform()).powi(2),
        "tied" => (6.0 * uniform()).floor(),
        other => panic!("{other} is no kind of sample"),
    };
    let mut values: Vec<f64> = (0..n).map(|_| one()).collect();
    if kind == "outlier" {
        *values.last_mut().unwrap() = 1_000.0;
    }
    values
}

#[test]
fn shapiro_wilk_agrees_with_scipy() {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(include_bytes!("../../data/shapiro_wilk.csv").as_slice());
    let (mut rows, mut worst) = (0, [0.0_f64; 2]);
    for record in reader.records() {
        let record = record.unwrap();
        let values = sample(&record[0], record[1].parse().unwrap(), record[2].parse().unwrap());
        let (w, p): (f64, f64) = (record[3].parse().unwrap(), record[4].parse().unwrap());
        let found = ShapiroWilk::of(&values).unwrap();
        worst = [worst[0].max((found.w() - w).abs()), worst[1].max((found.p() - p).abs())];
        assert!((found.w() - w).abs() < 1e-12 && (found.p() - p).abs() < 1e-10, "{record:?}: {found:?}");
        rows += 1;
    }
    println!("{rows} samples: W to {:.1e}, p to {:.1e}", worst[0], worst[1]);
    assert!(rows > 500);
}

proptest! {
    #[test]
    fn shapiro_wilk_does_not_depend_on_place_unit_or_order(values in vec(-1e3..1e3_f64, 3..60), shift in -1e3..1e3_f64, unit in 0.01..100.0_f64) {
        let Ok(plain) = ShapiroWilk::of(&values) else { return Ok(()) };
        let moved: Vec<f64> = values.iter().rev().map(|value| shift - unit * value).collect();
        let moved = ShapiroWilk::of(&moved).unwrap();
        prop_assert!((plain.w() - moved.w()).abs() < 1e-9 && (plain.p() - moved.p()).abs() < 1e-6, "{:?} {:?}", plain, moved);
        prop_assert!((0.0..=1.0).contains(&plain.w()) && (0.0..=1.0).contains(&plain.p()));
        let mut turned = values.clone();
        turned.rotate_left(values.len() / 2);
        prop_assert_eq!(ShapiroWilk::of(&turned).unwrap(), plain);
    }
}
