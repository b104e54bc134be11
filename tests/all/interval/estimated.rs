//! Counts that are not whole, or vary by more than chance.

use crate::support::{json::again, near::near, reference::rows};
use crimerate::{
    Confidence, ErrorKind, Interval, Per, Population,
    interval::{EstimatedCount, Widening},
};
use proptest::prelude::*;

const WIDENED: &str = include_str!("../../data/widened.csv");

#[test]
fn limits_meet_the_reference() {
    let mut met = 0;
    for (line, fields) in rows(WIDENED) {
        let number = |at: usize| fields[at].parse::<f64>().unwrap();
        let level = Confidence::new(number(1)).unwrap();
        let count = EstimatedCount::new(number(0), number(2)).unwrap();
        let stretched = count.interval((level, Widening::Stretched));
        near(stretched.upper(), number(4), 1e-12, line);
        near(stretched.lower(), number(3), 1e-12, line);
        assert_eq!(stretched.clamped(), number(3) == 0.0 && number(0) > 0.0, "{line}");
        let quasi = count.interval((level, Widening::Quasi));
        near(quasi.lower(), number(5), 1e-12, line);
        near(quasi.upper(), number(6), 1e-12, line);
        met += 1;
    }
    assert_eq!(met, 64);
}

/// A corrected count of mutations: cancerit/NanoSeq, issue 32. The gamma limits of 117.926376078334 events of 7,472,758,623.
#[test]
fn a_corrected_count() {
    let corrected = EstimatedCount::corrected(117.926_376_078_334).unwrap();
    let people = Population::new(7_472_758_623).unwrap();
    let interval = corrected.rate_interval(people, Confidence::P95).per(Per::ONE);
    near(interval.lower(), 1.306_140_710_396_694_1e-8, 1e-12, "lower");
    near(interval.upper(), 1.889_948_380_554_855e-8, 1e-12, "upper");
    near(corrected.per(people, Per::ONE).value(), 1.578_083_570_307_955_3e-8, 1e-15, "rate");
    assert_eq!(corrected.to_string(), "117.926376078334");
}

/// 110 offences of 81 victims: the form of dhsc-govuk/PHEindicatormethods, issue 94; figures made up.
#[test]
fn offences_of_repeat_victims() {
    let town = EstimatedCount::of_repeats([(1, 60), (2, 15), (3, 5), (5, 1)]).unwrap();
    let interval = town.rate_interval(Population::new(50_000).unwrap(), Confidence::P95).per(Per::HUNDRED_THOUSAND);
    near(interval.lower(), 168.498_513_000_201_2, 1e-12, "lower");
    near(interval.upper(), 279.351_202_913_787_4, 1e-12, "upper");
    near(town.dispersion().sqrt(), 1.314_257_481_345_541_9, 1e-15, "factor");
    assert_eq!(
        (town.to_string(), EstimatedCount::of_repeats([]).unwrap().to_string()),
        ("110, dispersion 1.73".into(), "0".into())
    );
}

#[test]
fn what_is_no_count_is_refused() {
    for (count, phi) in [(-1.0, 1.0), (f64::NAN, 1.0), (1e16, 1.0), (1.0, -0.5), (1.0, f64::INFINITY), (1.0, f64::NAN)]
    {
        assert!(matches!(EstimatedCount::new(count, phi).unwrap_err().kind(), ErrorKind::OutOfRange { .. }));
        let json = serde_json::to_string(&serde_json::json!({ "count": count, "dispersion": phi })).unwrap();
        assert!(serde_json::from_str::<EstimatedCount>(&json).is_err(), "{json}");
    }
    assert!(EstimatedCount::of_repeats([(u32::MAX, u64::MAX), (u32::MAX, u64::MAX)]).is_err());
}

proptest! {
    #[test]
    fn a_whole_count_without_dispersion_has_the_exact_limits(count in 0..1_000_000_u64, level in 0.5..0.9999_f64) {
        let level = Confidence::new(level).unwrap();
        let plain = EstimatedCount::new(count as f64, 1.0).unwrap();
        let exact = Interval::of_count(count, level);
        let quasi = plain.interval((level, Widening::Quasi));
        prop_assert_eq!((quasi.lower(), quasi.upper()), (exact.lower(), exact.upper()));
        let stretched = plain.interval(level);
        near(stretched.upper(), exact.upper(), 1e-14, "upper");
        prop_assert_eq!(again(&plain), plain);
    }

    #[test]
    fn more_dispersion_never_shortens(count in 0.0..5_000.0_f64, phi in 1.0..50.0_f64, more in 1.0..4.0_f64) {
        let of = |phi: f64| EstimatedCount::new(count, phi).unwrap();
        for widening in Widening::ALL {
            let (narrow, wide) = (of(phi).interval(*widening), of(phi * more).interval(*widening));
            prop_assert!(wide.lower() <= narrow.lower() * (1.0 + 1e-13) && wide.upper() >= narrow.upper() * (1.0 - 1e-13));
        }
    }

    #[test]
    fn repeats_of_one_are_a_plain_count(victims in 0..10_000_u64) {
        let single = EstimatedCount::of_repeats([(1, victims)]).unwrap();
        prop_assert_eq!((single.count(), single.dispersion()), (victims as f64, 1.0));
    }
}
