//! Dispersion within areas, of real quarters and of counts by chance.

use crate::support::{near::assert_within, recorded::quarters};
use crimerate::{ErrorKind, interval::WithinDispersion};

/// The quarters of an offence in each force but the City of London.
fn quarters_of_forces(offence: &str) -> Vec<[u64; 4]> {
    let forces = quarters(offence).into_iter().filter(|(area, _)| area != "City of London");
    forces.map(|(_, counts)| counts).collect()
}

/// By pandas 3, from the same quarters: 42 forces, without the City of London.
#[test]
fn dispersion_within_areas_of_real_quarters() {
    for (offence, expected) in [("weapons", 2.188_347_826_716_111), ("robbery", 2.839_455_302_201_039)] {
        let phi = WithinDispersion::estimate(quarters_of_forces(offence)).unwrap();
        assert_within(phi.phi(), expected, 1e-12, offence);
        assert_eq!((phi.estimated_from(), phi.freedom()), (Some((42, 4)), Some(41 * 3)));
        let json = serde_json::to_string(&phi).unwrap();
        assert_eq!(serde_json::from_str::<WithinDispersion>(&json).unwrap(), phi);
    }
    let phi = WithinDispersion::estimate(quarters_of_forces("weapons")).unwrap();
    assert_eq!(format!("{phi:.1}"), "2.2 (42 areas, 4 periods)");
}

#[test]
fn dispersion_refuses_what_tells_nothing() {
    let error = |rows: &[Vec<u64>]| WithinDispersion::estimate(rows).unwrap_err();
    let nothing = [
        vec![],
        vec![vec![1, 2, 3]],
        vec![vec![1], vec![2]],
        vec![vec![], vec![]],
        vec![vec![0, 0], vec![1, 2]],
        vec![vec![1, 0], vec![2, 0]],
    ];
    for rows in nothing {
        assert!(matches!(error(&rows).kind(), ErrorKind::TooFew { least: 2, .. }), "{rows:?}");
    }
    let ragged = error(&[vec![1, 2], vec![3]]);
    assert!(
        matches!(ragged.kind(), ErrorKind::ShapesDiffer { expected, found, .. } if (expected.as_slice(), found.as_slice()) == (&[2], &[1]))
    );
    assert_eq!(ragged.row(), Some(2));
    let still = WithinDispersion::estimate([[3, 6], [10, 20], [0, 0]]).unwrap();
    assert_eq!((still.phi(), still.freedom()), (0.0, Some(1)));
    for phi in [-0.1, f64::NAN, f64::INFINITY, 1.1e6] {
        assert!(WithinDispersion::new(phi).is_err(), "{phi}");
        assert!(phi.to_string().parse::<WithinDispersion>().is_err(), "{phi}");
    }
    let comma = "2,2".parse::<WithinDispersion>().unwrap_err();
    assert!(matches!(comma.kind(), ErrorKind::NotANumber { text, .. } if text == "2,2"));
    assert_eq!(" 2.2".parse::<WithinDispersion>(), WithinDispersion::new(2.2));
    assert_eq!([0.0, 0.99, 1.0, 1.01].map(|phi| WithinDispersion::new(phi).unwrap().factor()), [1.0, 1.0, 1.0, 1.01]);
    assert!(WithinDispersion::estimate([[u64::MAX, u64::MAX, 0], [u64::MAX, 0, 1]]).is_err());
    assert!(serde_json::from_str::<WithinDispersion>(r#"{"phi":-1.0}"#).is_err());
    assert!(serde_json::from_str::<WithinDispersion>(r#"{"phi":2.0,"from":[1,4]}"#).is_err());
}

/// Season and trend that move all areas alike leave phi_w alone.
#[test]
fn dispersion_is_about_one_for_poisson_counts_with_a_season() {
    let mut state = 7_u64;
    let mut uniform = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 32) as f64 + 0.5) / 4_294_967_296.0
    };
    let mut poisson = move |mean: f64| {
        let (mut count, mut sum) = (0_u64, -uniform().ln());
        while sum < mean {
            count += 1;
            sum -= uniform().ln();
        }
        count
    };
    let season = [60.0, 100.0, 140.0, 80.0, 300.0, 20.0];
    let rows: Vec<Vec<u64>> =
        (1..=60).map(|i| season.map(|mean| poisson(mean * f64::from(i) / 20.0)).to_vec()).collect();
    let phi = WithinDispersion::estimate(rows).unwrap();
    // 295 degrees of freedom: a standard error of sqrt(2 / 295) = 0.08.
    assert_within(phi.phi(), 1.0, 0.3, "phi of Poisson counts");
}
