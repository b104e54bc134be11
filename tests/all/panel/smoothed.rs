//! Smoothed rates of a panel have the bits of those of its tables.

use crate::smoothing::estimates::small_areas;
use crimerate::{Average, Panel, Per, ndarray::Array2, smoothing::Estimator};

/// A panel has the bits of its tables, whatever the widths of blocks, with cells that are not known and areas left out.
#[test]
fn a_panel_has_the_bits_of_its_tables() {
    for (areas, indicators) in [(1, 3), (2, 2), (43, 700), (520, 530)] {
        let figures = small_areas(areas * indicators);
        let people: Vec<u64> = (0..areas).map(|area| figures[area].1 * (1 + area as u64 % 9 * 60)).collect();
        // Every seventh indicator has rates that differ by less than chance.
        let count = |(area, at): (usize, usize)| {
            if at % 7 == 3 { people[area] / 500 } else { figures[area * indicators + at].0 }
        };
        let counts = Array2::from_shape_fn((areas, indicators), count);
        let mask = Array2::from_shape_fn((areas, indicators), |(area, at)| u8::from((area * 31 + at * 17) % 23 == 5));
        let names = (0..areas).map(|area| format!("Area {area}"));
        let mut panel = Panel::new(names, counts, people.clone()).unwrap().with_mask(mask).unwrap();
        if areas > 2 {
            panel = panel.exclude("Area 1", "a test").unwrap();
        }
        let smoothed = panel.smooth(Per::HUNDRED_THOUSAND);
        let mut pooled = 0;
        for at in 0..indicators {
            let league = panel.indicator_at(at).unwrap().compare(Average::POOLED);
            let smoothing = league.smooth(Estimator::Marshall);
            for area in 0..areas {
                let one = smoothing.area(&format!("Area {area}")).map(|it| it.estimate(Per::HUNDRED_THOUSAND).value());
                let (one, found) = (one.unwrap_or(f64::NAN), smoothed.estimates()[(area, at)]);
                assert!(one.to_bits() == found.to_bits() || one.is_nan() && found.is_nan(), "{area} {at}");
            }
            let prior = smoothing.prior().map(|it| (it.mean(Per::HUNDRED_THOUSAND), it.sd(Per::HUNDRED_THOUSAND)));
            let found = (smoothed.means()[at], smoothed.deviations()[at]);
            match prior {
                Ok(prior) => assert_eq!(prior, found),
                Err(_) => assert!(found.0.is_nan() && found.1.is_nan()),
            }
            pooled += usize::from(found.1 == 0.0);
        }
        assert!(areas < 43 || (pooled > 0 && pooled < indicators), "{pooled} of {indicators}");
    }
}

#[test]
fn a_panel_of_huge_counts_has_the_bits_of_its_tables() {
    let counts = Array2::from_shape_vec((3, 2), vec![1_u64 << 60, 3, 1 << 61, 9, 5, 40]).unwrap();
    let panel = Panel::new(["A", "B", "C"], counts, [1_u64 << 62, 3 << 60, 1_000]).unwrap();
    let smoothed = panel.smooth(Per::MILLION);
    for at in 0..2 {
        let smoothing = panel.indicator_at(at).unwrap().compare(Average::POOLED).smooth(Estimator::Marshall);
        let one: Vec<f64> = smoothing.iter().map(|it| it.estimate(Per::MILLION).value()).collect();
        assert_eq!(one, smoothed.estimates().column(at).to_vec());
    }
}
