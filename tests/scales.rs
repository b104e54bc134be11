//! z on its scales, bands and what masks whom, percentiles and the Shapiro-Wilk test. Expected values are from numpy 2.4.6
//! and scipy 1.17.1 on the figures in `examples/data`, or from `tests/data/shapiro_wilk.py`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Average, Band, BandScale, BandSpec, Bands, Compare, Comparison, Confidence, LeagueTable, Mask, Measure, Normality,
    Per, Rate, RateScale, Report, Row, Table, Topic, Undefined, ZScale,
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::BTreeSet;

const PER: Per = Per::HUNDRED_THOUSAND;

fn read(csv: &str) -> Table {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|heading| heading == name).unwrap();
    let columns = [column("area"), column("count"), column("population")];
    let row = |record: csv::StringRecord| Row::parse(&record[columns[0]], &record[columns[1]], &record[columns[2]]);
    Table::from_rows_leaving_out(reader.records().map(|record| row(record.unwrap()))).unwrap()
}

fn knife() -> Table {
    let table = read(include_str!("../examples/data/knife_2020.csv"));
    table.exclude("City of London", "8,700 residents").unwrap()
}

fn recorded() -> Table {
    read(include_str!("../examples/data/recorded_crime_2017_18.csv"))
}

fn names<'a>(areas: impl Iterator<Item = Comparison<'a>>) -> Vec<String> {
    let mut names: Vec<_> = areas.map(|comparison| comparison.area().name().to_owned()).collect();
    names.sort();
    names
}

#[track_caller]
fn assert_near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "found {found}, expected {expected} within {tolerance}");
}

fn of(rates: &[(u64, u64)]) -> Table {
    let rows = rates.iter().enumerate();
    Table::from_rows(rows.map(|(i, (count, people))| (i.to_string(), *count, *people))).unwrap()
}

fn compared(table: &Table, scale: ZScale) -> LeagueTable {
    table.compare(Compare::with(Average::POOLED).z(scale))
}

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
        let yardstick = league.yardstick().unwrap();
        assert_eq!(yardstick.scale(), scale);
        assert_near(yardstick.centre(PER), centre, 1e-12 * centre);
        assert_near(yardstick.unit(PER), unit, 1e-12 * unit);
        for (area, expected) in ["Metropolitan Police", "Durham"].into_iter().zip(expected) {
            assert_near(league.area(area).unwrap().z().unwrap(), expected, 1e-12);
        }
        assert_eq!(league.spread(), table.compare(Average::POOLED).spread(), "the spread of the rates stays");
    }
    let log = compared(&table, ZScale::Log).yardstick().unwrap();
    assert_eq!(log.unit(PER), log.unit(Per::ONE));
    let standard = compared(&table, ZScale::Standard);
    assert_eq!(standard, table.compare(Average::POOLED));
    for comparison in standard.ranked() {
        let spread = standard.spread().unwrap();
        let z = (comparison.rate().per(Per::ONE).value() - spread.mean(Per::ONE)) / spread.sd(Per::ONE);
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
    assert_eq!(of(&[(1, 10)]).compare(Average::MEAN).area("0").unwrap().percentile(), 50.0);
}

#[test]
fn bands_of_the_knife_figures() {
    let league = compared(&knife(), ZScale::Standard);
    let raw = league.bands(BandSpec::ONE).unwrap();
    let high = ["Bedfordshire", "Merseyside", "Metropolitan Police", "West Midlands", "West Yorkshire"];
    assert_eq!(names(raw.above()), high);
    assert_eq!(names(raw.below()), ["Devon and Cornwall", "Durham"]);
    assert_eq!(names(raw.within()).len(), 30);
    assert_near(raw.lower(PER), 34.603_479_7, 1e-6);
    assert_near(raw.upper(PER), 93.714_572_71, 1e-6);
    assert_eq!((raw.band("Durham").unwrap(), raw.band("Kent").unwrap()), (Band::Below, Band::Within));
    assert!(raw.band("City of London").is_err() && raw.band("Heathrow").is_err());

    let log = league.bands(BandSpec::ONE.on(RateScale::Log)).unwrap();
    let mut higher = [&high[..], &["Cleveland"]].concat();
    higher.sort_unstable();
    assert_eq!(names(log.above()), higher);
    assert_eq!(names(log.below()), ["Cheshire", "Devon and Cornwall", "Dorset", "Durham", "Hampshire", "Surrey"]);
    assert_near(log.lower(PER), 38.904_728_54, 1e-6);
    assert_near(log.upper(PER), 88.936_180_96, 1e-6);

    let chosen = league.bands(BandSpec::ONE.on(BandScale::ShapiroWilk(Confidence::P95))).unwrap();
    assert_eq!(chosen.scale(), RateScale::Log);
    assert_eq!(names(chosen.above()), names(log.above()));
    let lenient = league.bands(BandSpec::ONE.on(BandScale::ShapiroWilk(Confidence::new(0.9998).unwrap()))).unwrap();
    assert_eq!(lenient.scale(), RateScale::Raw, "p = 0.0003 is compatible at 0.0002");
    let note = &chosen.notes(PER)[1];
    assert_eq!(
        (note.topic(), note.text()),
        (
            Topic::Bands,
            "Bands are on log rates by Shapiro-Wilk at 0.05: raw rates W = 0.8624, p = 0.0003; log rates W = 0.9836, p = 0.8489."
        )
    );
}

#[test]
fn where_neither_scale_is_normal_the_nearer_one_is_taken() {
    let by_test = BandSpec::ONE.on(BandScale::ShapiroWilk(Confidence::P95));
    let chosen = |league: &LeagueTable| {
        let tests = [RateScale::Raw, RateScale::Log].map(|scale| league.normality(scale).unwrap());
        assert!(tests.iter().all(|test| !test.compatible(Confidence::P95)), "{tests:?}");
        league.bands(by_test).unwrap().scale()
    };
    assert_eq!(chosen(&recorded().compare(Average::POOLED)), RateScale::Log);
    let low: Vec<_> = (0..20).map(|i| (1_000 - i, 1_000)).chain([(1, 1_000), (2, 1_000)]).collect();
    assert_eq!(chosen(&of(&low).compare(Average::POOLED)), RateScale::Raw);
}

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

#[test]
fn the_city_of_london_masks_fourteen_forces() {
    let per = Per::THOUSAND;
    let league = compared(&recorded(), ZScale::Standard);
    let bands = league.bands(BandSpec::ONE).unwrap();
    assert_eq!((names(bands.above()), names(bands.below())), (vec!["City of London".to_owned()], vec![]));
    assert!(bands.clamped() && bands.lower(per) == 0.0);
    let masking = bands.masking();
    let [mask] = &masking[..] else { panic!("{masking:?}") };
    assert_eq!((mask.area().name(), mask.uncovered().len(), mask.covered().len()), ("City of London", 14, 0));
    let texts: Vec<String> = bands.notes(per).iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "Bands: 1 SD either side of the mean of rates, 0.0 to 183.2 per 1,000. Above: City of London. Below: none.",
            "The lower limit would be below 0 and was set to 0, so no rate can lie below it.",
            "Masking: without City of London, 14 other areas lie beyond 1 SD.",
        ]
    );
    assert_eq!(bands.notes(per)[2].topic(), Topic::Masking);

    let without = recorded().exclude("City of London", "masks the others").unwrap().compare(Average::POOLED);
    let bands = without.bands(BandSpec::ONE).unwrap();
    assert_eq!((bands.above().count(), bands.below().count()), (7, 7));
}

#[test]
fn masks_are_named_where_they_are_few() {
    let league = compared(&knife(), ZScale::Standard);
    let notes = |spec: BandSpec| {
        let bands = league.bands(spec).unwrap();
        let masking = bands.notes(PER).into_iter().filter(|note| note.topic() == Topic::Masking);
        masking.map(|note| note.text().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        notes(BandSpec::TWO),
        ["Masking: without Metropolitan Police, 1 other area lies beyond 2 SD (West Midlands)."]
    );
    assert_eq!(
        notes(BandSpec::ONE)[0],
        "Masking: without Metropolitan Police, 5 more areas lie beyond 1 SD (Dorset, Cheshire, Surrey, Northamptonshire, \
         Cleveland)."
    );
    // Two areas far to either side hold each other within: without one, the other is out.
    let pair = of(&[(100, 1_000), (101, 1_000), (102, 1_000), (99, 1_000), (98, 1_000), (180, 1_000), (20, 1_000)]);
    let league = pair.compare(Average::POOLED);
    let bands = league.bands(BandSpec::TWO).unwrap();
    let found: Vec<_> = bands.masking().iter().map(|mask| (mask.area().name(), mask.uncovered()[0].name())).collect();
    assert_eq!(found, [("5", "6"), ("6", "5")]);
}

#[test]
fn too_few_areas_for_so_many_standard_deviations_are_told() {
    // One of four areas is exactly 1.5 SD out, whatever its rate.
    let table = of(&[(1, 10), (1, 10), (1, 10), (9, 10)]);
    let league = table.compare(Average::POOLED);
    let bands = league.bands(BandSpec::new(1.5).unwrap()).unwrap();
    assert!(!bands.reachable());
    assert_eq!(bands.within().count(), 4);
    let texts: Vec<String> = bands.notes(Per::ONE).iter().map(ToString::to_string).collect();
    assert!(
        texts.contains(&"No rate can lie beyond 1.5 SD: of 4 areas none is more than 1.500 SD from the mean.".into())
    );
    assert!(league.bands(BandSpec::new(1.49).unwrap()).unwrap().reachable());
    assert_eq!(league.bands(BandSpec::new(1.49).unwrap()).unwrap().above().count(), 1);
}

#[test]
fn what_is_undefined_has_a_reason() {
    let z = |rates: &[(u64, u64)], scale| compared(&of(rates), scale).area("0").unwrap().z();
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

    let zero = compared(&of(&[(3, 10), (0, 10), (1, 10)]), ZScale::Log);
    let column = zero.column(Measure::Z, PER);
    assert!(column.values()[1].is_nan());
    assert_eq!(column.reason(1), Some(Undefined::ZeroRate));
    let text = zero.per(PER).to_string();
    assert!(text.contains("\nz: undefined, a rate is zero and has no logarithm."), "{text}");
    assert_eq!(zero.bands(BandSpec::ONE.on(BandScale::Log)).unwrap_err(), Undefined::ZeroRate);
    let by_test = zero.bands(BandSpec::ONE.on(BandScale::ShapiroWilk(Confidence::P95))).unwrap();
    assert_eq!(by_test.scale(), RateScale::Raw);
    assert!(by_test.notes(PER)[1].text().ends_with("log rates undefined, a rate is zero and has no logarithm."));
    let two = of(&[(1, 10), (2, 10)]).compare(Average::MEAN);
    let by_test = BandSpec::ONE.on(BandScale::ShapiroWilk(Confidence::P95));
    assert_eq!(two.bands(by_test).unwrap_err(), Undefined::TooFewToTest);
    let told = two.table().compare(Compare::with(Average::MEAN).bands(by_test)).per(PER);
    assert!(told.to_string().contains("\nBands: undefined, the Shapiro-Wilk test needs three values."), "{told}");
    assert_eq!(told.rows().next().unwrap().note.unwrap(), "the Shapiro-Wilk test needs three values");

    assert_eq!(Normality::of(&[1.0, 2.0]), Err(Undefined::TooFewToTest));
    assert_eq!(Normality::of(&vec![1.0; 5_001]), Err(Undefined::TooManyToTest));
    assert_eq!(Normality::of(&[0.0, -0.0, 0.0]), Err(Undefined::AllEqual));
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX] {
        assert_eq!(Normality::of(&[odd, -f64::MAX, 1.0]), Err(Undefined::NotFinite), "{odd}");
    }
    let tiny = Normality::of(&[0.0, f64::from_bits(1), f64::from_bits(2)]).unwrap();
    assert_near(tiny.w(), 1.0, 1e-15);
    assert_near(tiny.p(), 1.0, 1e-15);
}

#[test]
fn reports_carry_scale_bands_and_percentiles_and_are_worked_out_again() {
    let how = Compare::with(Average::POOLED).z(ZScale::Robust).bands(BandSpec::ONE.on(BandScale::Log));
    let report = knife().compare(how).per(PER);
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
    assert_eq!(json["compare"]["bands"], serde_json::json!({"k": 1.0, "scale": "log"}));
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
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(include_bytes!("data/shapiro_wilk.csv").as_slice());
    let (mut rows, mut worst) = (0, [0.0_f64; 2]);
    for record in reader.records() {
        let record = record.unwrap();
        let values = sample(&record[0], record[1].parse().unwrap(), record[2].parse().unwrap());
        let (w, p): (f64, f64) = (record[3].parse().unwrap(), record[4].parse().unwrap());
        let found = Normality::of(&values).unwrap();
        worst = [worst[0].max((found.w() - w).abs()), worst[1].max((found.p() - p).abs())];
        assert!((found.w() - w).abs() < 1e-12 && (found.p() - p).abs() < 1e-10, "{record:?}: {found:?}");
        rows += 1;
    }
    println!("{rows} samples: W to {:.1e}, p to {:.1e}", worst[0], worst[1]);
    assert!(rows > 500);
}

fn rates() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let near = || (80..120_u64, Just(1_000_u64));
    let far =
        prop_oneof![8 => near(), 1 => (0..10_000_u64, 1..10_000_u64), 1 => (0..4_u64, select(vec![1_u64, 1_000]))];
    let huge = vec((1..u64::MAX, 1..u64::MAX), 2..9);
    let tied = vec((1..5_u64, Just(4_u64)), 2..9);
    prop_oneof![8 => vec(far, 2..25), 2 => tied, 2 => huge, 1 => vec(near(), 100..200)]
}

fn outside(bands: &Bands<'_>) -> BTreeSet<String> {
    bands.above().chain(bands.below()).map(|comparison| comparison.area().name().to_owned()).collect()
}

fn value((count, people): (u64, u64)) -> f64 {
    Rate::new(count, people).unwrap().per(Per::ONE).value()
}

proptest! {
    #[test]
    fn masking_is_what_excluding_each_area_in_turn_gives(
        rates in rates(),
        k in select(vec![0.3, 0.7, 1.0, 1.5, 2.0, 3.0]),
        scale in select(vec![BandScale::Raw, BandScale::Log]),
    ) {
        let spec = BandSpec::new(k).unwrap().on(scale);
        let table = of(&rates);
        let league = table.compare(Average::MEAN);
        let Ok(bands) = league.bands(spec) else { return Ok(()) };
        let all = outside(&bands);
        let masking = bands.masking();
        let mut masks = masking.iter().peekable();
        for area in table.areas() {
            let others = table.clone().exclude(area.name(), "tried").unwrap().compare(Average::MEAN);
            let after = others.bands(spec).map(|bands| outside(&bands)).unwrap_or_default();
            let mut before = all.clone();
            before.remove(area.name());
            let mask = masks.next_if(|mask| mask.area() == area);
            let named = |areas: Option<&[&crimerate::Area]>| {
                areas.unwrap_or_default().iter().map(|area| area.name().to_owned()).collect::<BTreeSet<_>>()
            };
            prop_assert_eq!(mask.is_some(), before != after, "without {}", area);
            prop_assert_eq!(named(mask.map(Mask::uncovered)), &after - &before);
            prop_assert_eq!(named(mask.map(Mask::covered)), &before - &after);
        }
        prop_assert!(masks.next().is_none());
    }

    #[test]
    fn bands_follow_z(rates in rates(), k in 0.1..4.0_f64, log in any::<bool>()) {
        let (z, scale) = if log { (ZScale::Log, BandScale::Log) } else { (ZScale::Standard, BandScale::Raw) };
        let spec = BandSpec::new(k).unwrap().on(scale);
        let league = of(&rates).compare(Compare::with(Average::POOLED).z(z).bands(spec));
        let report = league.per(Per::THOUSAND);
        let Ok(bands) = league.bands(spec) else {
            prop_assert!(report.rows().all(|row| row.band.is_none() && row.note.is_some()));
            return Ok(());
        };
        let (lower, upper) = (bands.lower(Per::ONE), bands.upper(Per::ONE));
        prop_assert!(0.0 <= lower && lower <= upper && upper.is_finite());
        for row in report.rows() {
            let z = row.z.unwrap();
            let beyond = if z > k { Band::Above } else if z < -k { Band::Below } else { Band::Within };
            prop_assert_eq!(row.band, Some(beyond));
            prop_assert_eq!(bands.band(&row.area).unwrap(), beyond);
            prop_assert!(bands.reachable() || beyond == Band::Within);
        }
        let parts = [bands.above().count(), bands.within().count(), bands.below().count()];
        prop_assert_eq!(parts.iter().sum::<usize>(), rates.len());
        prop_assert!(bands.notes(Per::THOUSAND).iter().all(|note| !note.text().contains("NaN") && !note.text().contains("inf")));
    }

    #[test]
    fn percentiles_count_those_below_and_half_of_those_equal(rates in rates()) {
        let table = of(&rates);
        for how in [Compare::with(Average::MEAN), Compare::with(Average::MEAN).order(crimerate::Order::Lowest)] {
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
        let z = |rates: &[(u64, u64)]| compared(&of(rates), ZScale::Log).areas().map(|(_, c)| c.unwrap().z()).collect::<Vec<_>>();
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
        let league = compared(&of(&rates), ZScale::Robust);
        let z: Vec<f64> = league.ranked().filter_map(|c| c.z().ok()).collect();
        if !z.is_empty() {
            let (limit, n) = (1.0 / 1.4826, z.len());
            prop_assert!(2 * z.iter().filter(|z| z.abs() <= limit * (1.0 + 1e-9)).count() >= n);
            prop_assert!(2 * z.iter().filter(|z| z.abs() >= limit * (1.0 - 1e-9)).count() >= n);
            prop_assert!(2 * z.iter().filter(|z| **z >= -1e-12).count() >= n && 2 * z.iter().filter(|z| **z <= 1e-12).count() >= n);
        }
    }

    #[test]
    fn shapiro_wilk_does_not_depend_on_place_unit_or_order(values in vec(-1e3..1e3_f64, 3..60), shift in -1e3..1e3_f64, unit in 0.01..100.0_f64) {
        let Ok(plain) = Normality::of(&values) else { return Ok(()) };
        let moved: Vec<f64> = values.iter().rev().map(|value| shift - unit * value).collect();
        let moved = Normality::of(&moved).unwrap();
        prop_assert!((plain.w() - moved.w()).abs() < 1e-9 && (plain.p() - moved.p()).abs() < 1e-6, "{:?} {:?}", plain, moved);
        prop_assert!((0.0..=1.0).contains(&plain.w()) && (0.0..=1.0).contains(&plain.p()));
        let mut turned = values.clone();
        turned.rotate_left(values.len() / 2);
        prop_assert_eq!(Normality::of(&turned).unwrap(), plain);
    }

    #[test]
    fn bands_and_tests_of_any_rates_are_numbers(rates in rates()) {
        for scale in [RateScale::Raw, RateScale::Log] {
            let league = of(&rates).compare(Average::MEAN);
            if let Ok(test) = league.normality(scale) {
                prop_assert!((0.0..=1.0).contains(&test.w()) && (0.0..=1.0).contains(&test.p()));
            }
            prop_assert_eq!(league.normality(scale).is_ok() && rates.len() > 2, league.bands(BandSpec::ONE.on(scale)).is_ok() && rates.len() > 2);
            if let Ok(bands) = league.bands(BandSpec::new(10.0).unwrap().on(scale)) {
                let many = Per::new(u32::MAX).unwrap();
                prop_assert!(bands.upper(many).is_finite() && bands.centre(many).is_finite() && bands.lower(many).is_finite());
                let values: Vec<f64> = rates.iter().map(|rate| value(*rate)).collect();
                let (low, high) = values.iter().fold((f64::MAX, 0.0_f64), |(low, high), v| (low.min(*v), high.max(*v)));
                prop_assert!(low * (1.0 - 1e-9) <= bands.centre(Per::ONE) && bands.centre(Per::ONE) <= high * (1.0 + 1e-9));
            }
        }
    }
}
