//! Bands and what masks whom. Expected values are from numpy 2.4.6 and scipy 1.17.1 on the figures in `examples/data`.

use crate::support::{
    knife::knife,
    near::assert_near,
    numbered::numbered,
    recorded::recorded,
    scaled::{compared, rates, value},
};
use crimerate::{
    Average, Compare, Comparison, Confidence, LeagueTable, Per, Topic,
    average::ZScale,
    league::{Band, BandScale, BandSpec, Bands, Mask, RateScale},
};
use proptest::{prelude::*, sample::select};
use std::collections::BTreeSet;

const PER: Per = Per::HUNDRED_THOUSAND;

fn names<'a>(areas: impl Iterator<Item = Comparison<'a>>) -> Vec<String> {
    let mut names: Vec<_> = areas.map(|comparison| comparison.area().name().to_owned()).collect();
    names.sort();
    names
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
    assert_eq!((raw.area("Durham").unwrap(), raw.area("Kent").unwrap()), (Band::Below, Band::Within));
    assert!(raw.area("City of London").is_err() && raw.area("Heathrow").is_err());

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
    assert_eq!(chosen(&numbered(&low).compare(Average::POOLED)), RateScale::Raw);
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
    let pair =
        numbered([(100, 1_000), (101, 1_000), (102, 1_000), (99, 1_000), (98, 1_000), (180, 1_000), (20, 1_000)]);
    let league = pair.compare(Average::POOLED);
    let bands = league.bands(BandSpec::TWO).unwrap();
    let found: Vec<_> =
        bands.masking().iter().map(|mask| (mask.area().name(), mask.uncovered().next().unwrap().name())).collect();
    assert_eq!(found, [("5", "6"), ("6", "5")]);
}

#[test]
fn too_few_areas_for_as_many_standard_deviations_are_reported() {
    // One of four areas is exactly 1.5 SD out, whatever its rate.
    let table = numbered([(1, 10), (1, 10), (1, 10), (9, 10)]);
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

fn outside(bands: &Bands<'_>) -> BTreeSet<String> {
    bands.above().chain(bands.below()).map(|comparison| comparison.area().name().to_owned()).collect()
}

proptest! {
    #[test]
    fn masking_is_what_excluding_each_area_in_turn_gives(
        rates in rates(),
        k in select(vec![0.3, 0.7, 1.0, 1.5, 2.0, 3.0]),
        scale in select(vec![BandScale::Raw, BandScale::Log]),
    ) {
        let spec = BandSpec::new(k).unwrap().on(scale);
        let table = numbered(&rates);
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
            let names = |areas: &mut dyn Iterator<Item = &crimerate::Area>| {
                areas.map(|area| area.name().to_owned()).collect::<BTreeSet<_>>()
            };
            prop_assert_eq!(mask.is_some(), before != after, "without {}", area);
            prop_assert_eq!(names(&mut mask.into_iter().flat_map(Mask::uncovered)), &after - &before);
            prop_assert_eq!(names(&mut mask.into_iter().flat_map(Mask::covered)), &before - &after);
        }
        prop_assert!(masks.next().is_none());
    }

    #[test]
    fn bands_follow_z(rates in rates(), k in 0.1..4.0_f64, log in any::<bool>()) {
        let (z, scale) = if log { (ZScale::Log, BandScale::Log) } else { (ZScale::Standard, BandScale::Raw) };
        let spec = BandSpec::new(k).unwrap().on(scale);
        let league = numbered(&rates).compare(Compare::with(Average::POOLED).with_z(z));
        let report = league.per(Per::THOUSAND).with_bands(spec);
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
            prop_assert_eq!(bands.area(&row.area).unwrap(), beyond);
            prop_assert!(bands.reachable() || beyond == Band::Within);
        }
        let parts = [bands.above().count(), bands.within().count(), bands.below().count()];
        prop_assert_eq!(parts.iter().sum::<usize>(), rates.len());
        prop_assert!(bands.notes(Per::THOUSAND).iter().all(|note| !note.text().contains("NaN") && !note.text().contains("inf")));
    }

    #[test]
    fn bands_and_tests_of_any_rates_are_numbers(rates in rates()) {
        for scale in [RateScale::Raw, RateScale::Log] {
            let league = numbered(&rates).compare(Average::MEAN);
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
