//! z on its scales and percentiles. Expected values are from numpy 2.4.6 and scipy 1.17.1 on the figures in `examples/data`.

use crate::support::{
    knife::knife,
    near::assert_near,
    numbered::numbered,
    scaled::{compared, rates},
};
use crimerate::{
    Average, Compare, Confidence, Measure, Per, Report, Undefined,
    average::{ShapiroWilk, ZScale},
    league::{BandScale, BandSpec, RateScale},
};
use proptest::{collection::vec, prelude::*};

const PER: Per = Per::HUNDRED_THOUSAND;

#[test]
fn z_on_every_scale_is_that_of_numpy() {
    let table = knife();
    for (scale, centre, unit, expected) in [
        (
            ZScale::Log,
            58.822_087_494_989_33,
            0.413_401_622_625_253_8,
            [2.686_973_772_229_827_3, -1.970_630_295_883_743_4],
        ),
        (
            ZScale::Robust,
            57.618_213_660_245_18,
            25.897_762_117_075_434,
            [4.672_674_256_333_34, -1.219_118_319_587_749_7],
        ),
    ] {
        let league = compared(&table, scale);
        let spread = league.spread().unwrap();
        assert_eq!(spread.scale(), scale);
        assert_near(spread.centre(PER), centre, 1e-12 * centre);
        assert_near(spread.unit(PER), unit, 1e-12 * unit);
        for (area, expected) in ["Metropolitan Police", "Durham"].into_iter().zip(expected) {
            assert_near(league.area(area).unwrap().z().unwrap(), expected, 1e-12);
        }
        let standard = table.compare(Average::POOLED).spread();
        assert_eq!(league.spread_on(ZScale::Standard), standard, "the spread of the rates stays");
        assert_eq!(table.compare(Average::POOLED).spread_on(scale), league.spread());
    }
    let log = compared(&table, ZScale::Log).spread().unwrap();
    assert_eq!(log.unit(PER), log.unit(Per::ONE));
    let standard = compared(&table, ZScale::Standard);
    assert_eq!(standard, table.compare(Average::POOLED));
    for comparison in standard.ranked() {
        let spread = standard.spread().unwrap();
        let z = (comparison.rate().per(Per::ONE).value() - spread.centre(Per::ONE)) / spread.unit(Per::ONE);
        assert_eq!(comparison.z().unwrap().to_bits(), z.to_bits());
    }
}

#[test]
fn percentiles_are_those_of_scipy() {
    let league = compared(&knife(), ZScale::Standard);
    for (area, expected) in [
        ("Metropolitan Police", 98.648_648_648_648_65),
        ("Durham", 1.351_351_351_351_351_3),
        ("Northamptonshire", 82.432_432_432_432_43),
        ("Cleveland", 85.135_135_135_135_13),
    ] {
        assert_near(league.area(area).unwrap().percentile(), expected, 1e-13);
    }
    assert_eq!(numbered([(1, 10)]).compare(Average::MEAN).area("0").unwrap().percentile(), 50.0);
}

#[test]
fn what_is_undefined_has_a_reason() {
    let z = |rates: &[(u64, u64)], scale| compared(&numbered(rates), scale).area("0").unwrap().z();
    for scale in ZScale::ALL {
        assert_eq!(z(&[(3, 10)], *scale), Err(Undefined::TooFew));
        assert_eq!(z(&[(3, 10), (6, 20)], *scale), Err(Undefined::AllEqual));
        let big = u64::MAX;
        assert_eq!(z(&[(big, big), (big - 1, big)], *scale), Err(Undefined::TooClose));
    }
    assert_eq!(z(&[(3, 10), (0, 10), (1, 10)], ZScale::Log), Err(Undefined::ZeroRate));
    assert_eq!(z(&[(3, 10), (1, 10), (2, 20)], ZScale::Robust), Err(Undefined::ZeroMad));
    assert_eq!(z(&[(3, 10), (4, 10), (1, 10), (2, 20)], ZScale::Robust).map(f64::is_finite), Ok(true));
    let big = u64::MAX;
    assert_eq!(z(&[(3, 10), (big, big), (big - 1, big)], ZScale::Robust), Err(Undefined::TooClose));

    let zero = compared(&numbered([(3, 10), (0, 10), (1, 10)]), ZScale::Log);
    let column = zero.column(Measure::Z, PER);
    assert!(column.values()[1].is_nan());
    assert_eq!(column.reason(1), Some(Undefined::ZeroRate));
    let text = zero.per(PER).to_string();
    assert!(text.contains("\nz: undefined, a rate is zero and has no logarithm."), "{text}");
    assert_eq!(zero.bands(BandSpec::ONE.on(BandScale::Log)).unwrap_err(), Undefined::ZeroRate);
    let by_test = zero.bands(BandSpec::ONE.on(BandScale::ShapiroWilk(Confidence::P95))).unwrap();
    assert_eq!(by_test.scale(), RateScale::Raw);
    assert!(by_test.notes(PER)[1].text().ends_with("log rates undefined, a rate is zero and has no logarithm."));
    let two = numbered([(1, 10), (2, 10)]).compare(Average::MEAN);
    let by_test = BandSpec::ONE.on(BandScale::ShapiroWilk(Confidence::P95));
    assert_eq!(two.bands(by_test).unwrap_err(), Undefined::TooFewToTest);
    let told = two.per(PER).with_bands(by_test);
    assert!(told.to_string().contains("\nBands: undefined, the Shapiro-Wilk test needs three values."), "{told}");
    assert_eq!(told.rows().next().unwrap().note.unwrap(), "the Shapiro-Wilk test needs three values");

    assert_eq!(ShapiroWilk::of(&[1.0, 2.0]), Err(Undefined::TooFewToTest));
    assert_eq!(ShapiroWilk::of(&vec![1.0; 5_001]), Err(Undefined::TooManyToTest));
    assert_eq!(ShapiroWilk::of(&[0.0, -0.0, 0.0]), Err(Undefined::AllEqual));
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX] {
        assert_eq!(ShapiroWilk::of(&[odd, -f64::MAX, 1.0]), Err(Undefined::NotFinite), "{odd}");
    }
    let tiny = ShapiroWilk::of(&[0.0, f64::from_bits(1), f64::from_bits(2)]).unwrap();
    assert_near(tiny.w(), 1.0, 1e-15);
    assert_near(tiny.p(), 1.0, 1e-15);
}

#[test]
fn reports_carry_scale_bands_and_percentiles_and_are_worked_out_again() {
    let how = Compare::with(Average::POOLED).with_z(ZScale::Robust);
    let report = knife().compare(how).per(PER).with_bands(BandSpec::ONE.on(BandScale::Log));
    let text = report.to_string();
    assert!(text.lines().next().unwrap().ends_with("Ratio  Robust z"), "{text}");
    assert!(
        text.contains(
            "\nRobust z: (rate - 57.6) / 25.9, the median and 1.4826 times the median absolute deviation of the 37 rates.\n"
        ),
        "{text}"
    );
    let log = compared(&knife(), ZScale::Log).per(PER).to_string();
    assert!(
        log.contains(
            "\nLog z: ln(rate / 58.8) / 0.413, the geometric mean of the 37 rates and the standard deviation (n - 1) of \
             their logarithms."
        ),
        "{log}"
    );
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["compare"]["z"], "robust");
    assert_eq!(json["bands"], serde_json::json!({"k": 1.0, "scale": "log"}));
    assert_eq!((&json["rows"][0]["band"], &json["rows"][10]["band"]), (&"within".into(), &"below".into()));
    assert_eq!(serde_json::from_value::<Report>(json.clone()).unwrap(), report);
    for (column, value) in [("band", "above".into()), ("percentile", 51.0.into()), ("band", serde_json::Value::Null)] {
        let mut forged = json.clone();
        forged["rows"][10][column] = value;
        assert!(serde_json::from_value::<Report>(forged).is_err(), "{column}");
    }
    let plain: Compare = serde_json::from_value({
        let mut json = serde_json::to_value(Compare::with(Average::POOLED)).unwrap();
        json.as_object_mut().unwrap().remove("z");
        json
    })
    .unwrap();
    assert_eq!(plain, Compare::with(Average::POOLED));
    let by_test = BandSpec::TWO.on(BandScale::ShapiroWilk(Confidence::P99));
    let json = serde_json::to_string(&by_test).unwrap();
    assert_eq!(json, r#"{"k":2.0,"scale":{"shapiro-wilk":0.99}}"#);
    assert_eq!(serde_json::from_str::<BandSpec>(&json).unwrap(), by_test);
    assert!(serde_json::from_str::<BandSpec>(r#"{"k":-1.0,"scale":"raw"}"#).is_err());
}

proptest! {
    #[test]
    fn percentiles_count_those_below_and_half_of_those_equal(rates in rates()) {
        let table = numbered(&rates);
        for how in [Compare::with(Average::MEAN), Compare::with(Average::MEAN).with_order(crimerate::Order::Lowest)] {
            let league = table.compare(how);
            let mut sum = 0.0;
            for (i, (count, people)) in rates.iter().enumerate() {
                let here = u128::from(*count);
                let side = |(x, n): &(u64, u64)| (u128::from(*x) * u128::from(*people)).cmp(&(here * u128::from(*n)));
                let below = rates.iter().filter(|rate| side(rate).is_lt()).count();
                let equal = rates.iter().filter(|rate| side(rate).is_eq()).count();
                let expected = 100.0 * (below as f64 + equal as f64 / 2.0) / rates.len() as f64;
                let found = league.area(&i.to_string()).unwrap().percentile();
                prop_assert!((found - expected).abs() < 1e-12);
                sum += found;
            }
            prop_assert!((sum / rates.len() as f64 - 50.0).abs() < 1e-10);
        }
    }

    #[test]
    fn log_z_does_not_depend_on_a_common_factor_and_is_centred(rates in vec((1..1_000_u64, 1..1_000_u64), 2..30), k in 1..1_000_u64) {
        let scaled: Vec<_> = rates.iter().map(|(x, n)| (x * k, *n)).collect();
        let z = |rates: &[(u64, u64)]| compared(&numbered(rates), ZScale::Log).areas().map(|(_, c)| c.unwrap().z()).collect::<Vec<_>>();
        let (here, there) = (z(&rates), z(&scaled));
        let mut sum = 0.0;
        for (a, b) in here.iter().zip(&there) {
            prop_assert_eq!(a.is_ok(), b.is_ok());
            if let (Ok(a), Ok(b)) = (a, b) {
                prop_assert!((a - b).abs() < 1e-9, "{} {}", a, b);
                sum += a;
            }
        }
        prop_assert!(sum.abs() < 1e-9);
    }

    #[test]
    fn robust_z_has_half_of_the_areas_within_its_quartile(rates in rates()) {
        let league = compared(&numbered(&rates), ZScale::Robust);
        let z: Vec<f64> = league.ranked().filter_map(|c| c.z().ok()).collect();
        if !z.is_empty() {
            let (limit, n) = (1.0 / 1.4826, z.len());
            prop_assert!(2 * z.iter().filter(|z| z.abs() <= limit * (1.0 + 1e-9)).count() >= n);
            prop_assert!(2 * z.iter().filter(|z| z.abs() >= limit * (1.0 - 1e-9)).count() >= n);
            prop_assert!(2 * z.iter().filter(|z| **z >= -1e-12).count() >= n && 2 * z.iter().filter(|z| **z <= 1e-12).count() >= n);
        }
    }
}
