//! Standardised rates and scores against 60-digit values, and against figures that others published.

use crate::support::{near::near, reference::records};
use crimerate::{
    Average, Confidence, Method, Per, Rate, Undefined,
    funnel::Dispersion,
    interval::EstimatedCount,
    records::Absent,
    standard::{self, Limits, Offences, ReferenceRates, StandardPopulation, Strata, StratumRow, Unweighted, Weights},
};
use std::collections::BTreeMap;

const INPUTS: &str = include_str!("../../data/standard_inputs.csv");
const LIMITS: &str = include_str!("../../data/standard_limits.csv");

/// A stratum with its weight, count and people.
type Stratum = (String, f64, u64, u64);

/// The strata of each case, and whether it is one of direct standardisation.
fn inputs() -> BTreeMap<String, (bool, Vec<Stratum>)> {
    let mut cases = BTreeMap::new();
    for record in records(INPUTS) {
        let (_, strata) = cases.entry(record[0].to_owned()).or_insert((&record[1] == "direct", Vec::new()));
        strata.push((
            record[2].to_owned(),
            record[3].parse().unwrap(),
            record[4].parse().unwrap(),
            record[5].parse().unwrap(),
        ));
    }
    cases
}

#[test]
fn rates_and_scores_meet_the_tables() {
    let (inputs, mut tried) = (inputs(), 0);
    for record in records(LIMITS) {
        let (direct, strata) = &inputs[&record[0]];
        let confidence: Confidence = record[1].parse().unwrap();
        let number = |column: usize| record[column].parse::<f64>().unwrap();
        let rows =
            strata.iter().map(|(stratum, _, count, people)| StratumRow::new("A", stratum.as_str(), *count, *people));
        let weights = strata.iter().map(|(stratum, weight, ..)| (stratum.clone(), *weight));
        let check = |value: f64, variance: f64, limits: &dyn Fn(standard::Method) -> Result<Limits, Undefined>| {
            let at = |method: standard::Method| limits(method).map(|limits| limits.per(Per::ONE));
            near(value, number(2), 1e-13, &format!("rate of {record:?}"));
            near(variance, number(3), 1e-13, &format!("variance of {record:?}"));
            for (method, lower, upper) in [
                (standard::Method::Dobson, 4, 5),
                (standard::Method::FayFeuer, 8, 9),
                (standard::Method::Tiwari, 8, 10),
            ] {
                near(at(method).unwrap().lower(), number(lower), 1e-12, &format!("lower {method} of {record:?}"));
                near(at(method).unwrap().upper(), number(upper), 1e-12, &format!("upper {method} of {record:?}"));
            }
            // Quantiles of the normal law at 97.5 and 99.9 %.
            let z = if &record[1] == "0.95" { 1.959_963_984_540_054_2 } else { 3.090_232_306_167_813_5 };
            for (normal, column) in [(value - z * variance.sqrt(), 11), (value + z * variance.sqrt(), 12)] {
                assert!((normal - number(column)).abs() <= 1e-13 * value, "normal {normal} of {record:?}");
            }
            match at(standard::Method::Ohid) {
                Ok(limits) => {
                    near(limits.lower(), number(6), 1e-12, &format!("lower ohid of {record:?}"));
                    near(limits.upper(), number(7), 1e-12, &format!("upper ohid of {record:?}"));
                }
                Err(reason) => assert_eq!((reason, &record[6]), (Undefined::BelowTen, "")),
            }
        };
        if *direct {
            let rates =
                Strata::from_rows(rows).unwrap().direct(&StandardPopulation::new("own", weights).unwrap()).unwrap();
            let here = rates.area("A").unwrap();
            check(here.per(Per::ONE).value(), here.variance(), &|method| here.limits((confidence, method)));
        } else {
            let offences = Offences::from_rows(rows, Absent::Missing).unwrap();
            let scores = offences.scores(&Weights::new("own", weights).unwrap(), Unweighted::Refuse).unwrap();
            let here = scores.area("A").unwrap();
            check(here.per(Per::ONE).value(), here.variance(), &|method| here.limits((confidence, method)));
        }
        tried += 1;
    }
    assert_eq!(tried, 64);
}

/// Birth orders of the maternal-age example, to the mean of their populations.
fn births() -> standard::DirectRates {
    let cases = inputs();
    let of = |case: &str| cases[&format!("births {case}")].1.clone();
    let orders = ["1", "2", "3", "4", "5+"];
    let rows = orders.iter().flat_map(|order| {
        of(order).into_iter().map(|(stratum, _, count, people)| StratumRow::new(*order, stratum, count, people))
    });
    let standard = of("1").into_iter().map(|(stratum, weight, ..)| (stratum, weight));
    let standard = StandardPopulation::new("mean population", standard).unwrap();
    Strata::from_rows(rows).unwrap().direct(&standard).unwrap()
}

/// Crude rates by division; adjusted ones and gamma limits per 100,000 as in table I of Fay and Feuer 1997, Stat. Med. 16, 791, which the example of
/// `ageadjust.direct` in the R package epitools recreates; five digits behind the point as the vignette of the R package dsrTest prints them.
#[test]
fn maternal_age_is_adjusted_as_it_was_published() {
    let rates = births();
    let shown = |order: &str, method: standard::Method| {
        let here = rates.area(order).unwrap();
        let limits = here.limits(method).unwrap().per(Per::HUNDRED_THOUSAND);
        let crude = here.crude().per(Per::HUNDRED_THOUSAND).value();
        let adjusted = here.per(Per::HUNDRED_THOUSAND).value();
        [crude, adjusted, limits.lower(), limits.upper()].map(|figure| format!("{figure:.1}"))
    };
    for (order, expected) in [
        ("1", ["56.3", "92.3", "80.4", "105.8"]),
        ("2", ["67.6", "91.2", "82.4", "100.9"]),
        ("3", ["83.3", "85.1", "77.2", "94.2"]),
        ("4", ["115.5", "92.7", "80.0", "114.7"]),
        ("5+", ["167.1", "75.5", "67.7", "188.3"]),
    ] {
        assert_eq!(shown(order, standard::Method::FayFeuer), expected, "{order}");
    }
    let fifth = rates.area("5+").unwrap();
    let limits = fifth.limits(standard::Method::FayFeuer).unwrap().per(Per::HUNDRED_THOUSAND);
    assert_eq!(
        format!("{:.5} {limits:.5}", fifth.per(Per::HUNDRED_THOUSAND).value()),
        "75.52901 67.70212 to 188.30017 per 100,000"
    );
}

/// Deaths in Alaska and Florida, 2000, by age and sex, to the population of the United States: rates per 1,000 with gamma limits, and the ratio of the two, to the four
/// digits that the vignette "Directly Standardized Rates" of the R package dsr 0.2.2 prints (Kumar 2019). Its gamma limits are those of r^2 / v counts, which need not be
/// whole, times v / r: their lower ones are Fay and Feuer's, whose upper ones are longer.
#[test]
fn deaths_in_two_states_are_adjusted_as_it_was_published() {
    let strata =
        ["00-14 m", "15-34 m", "35-54 m", "55-74 m", "75+ m", "00-14 f", "15-34 f", "35-54 f", "55-74 f", "75+ f"];
    let states: [(&str, [u64; 10], [u64; 10]); 2] = [
        (
            "Alaska",
            [37, 68, 206, 369, 556, 78, 181, 395, 555, 479],
            [81_205, 93_662, 108_615, 35_139, 5_491, 77_203, 85_412, 100_386, 32_118, 7_701],
        ),
        (
            "Florida",
            [1_189, 2_962, 10_279, 26_354, 42_443, 906, 1_234, 5_630, 18_309, 53_489],
            [1_505_889, 1_972_157, 2_197_912, 1_383_533, 554_632, 1_445_831, 1_870_430, 2_246_737, 1_612_270, 868_838],
        ),
    ];
    let nation = [
        30_854_207, 40_199_647, 40_945_028, 19_948_630, 6_106_351, 29_399_168, 38_876_268, 41_881_451, 22_717_040,
        10_494_416,
    ];
    let rows = states.iter().flat_map(|(state, deaths, people)| {
        let each = strata.iter().zip(deaths.iter().zip(people));
        each.map(move |(stratum, (deaths, people))| StratumRow::new(*state, *stratum, *deaths, *people))
    });
    let standard = StandardPopulation::new("United States", strata.into_iter().zip(nation)).unwrap();
    let rates = Strata::from_rows(rows).unwrap().direct(&standard).unwrap();
    for (state, expected) in [
        ("Alaska", ["4.6640", "4.4964", "4.8362", "8.0693", "7.7504", "8.3979"]),
        ("Florida", ["10.3968", "10.3463", "10.4474", "7.7342", "7.6959", "7.7726"]),
    ] {
        let here = rates.area(state).unwrap();
        let crude = here.crude().interval(Confidence::P95).per(Per::THOUSAND);
        let (rate, variance) = (here.per(Per::ONE).value(), here.variance());
        let counts = EstimatedCount::corrected(rate * rate / variance).unwrap().interval(Confidence::P95);
        let [lower, upper] = [counts.lower(), counts.upper()].map(|limit| 1e3 * limit * variance / rate);
        let fay_feuer = here.limits(standard::Method::FayFeuer).unwrap().per(Per::THOUSAND);
        near(fay_feuer.lower(), lower, 1e-12, "lower");
        assert!(fay_feuer.upper() > upper);
        let found = [
            here.crude().per(Per::THOUSAND).value(),
            crude.lower(),
            crude.upper(),
            here.per(Per::THOUSAND).value(),
            lower,
            upper,
        ];
        assert_eq!(found.map(|figure| format!("{figure:.4}")), expected, "{state}");
    }
    let ratio = rates.area("Alaska").unwrap().ratio_to(rates.area("Florida").unwrap());
    assert_eq!(format!("{:.4}", ratio.value().unwrap()), "1.0433");
}

/// Deaths from skin cancer in Florida, 2000, by age, against the rates of the United States: data of the SAS/STAT User's Guide, procedure STDRATE, "Getting
/// started". Expected deaths and ratios of the ages are those that the procedure prints (SAS Users Group Japan 2012, B-10). The ratio of all ages was worked out
/// from the data with exact fractions: 538 / 528.7263... = 1.01753...
#[test]
fn skin_cancer_in_florida_is_expected_as_it_was_published() {
    let ages = [
        ("00-04", 0, 953_785, 0, 19_175_798, "0.000"),
        ("05-14", 0, 1_997_935, 1, 41_077_577, "0.049"),
        ("15-24", 4, 1_885_014, 41, 39_183_891, "1.972"),
        ("25-34", 14, 1_957_573, 186, 39_892_024, "9.127"),
        ("35-44", 43, 2_356_649, 626, 45_148_527, "32.676"),
        ("45-54", 72, 2_088_000, 1_199, 37_677_952, "66.445"),
        ("55-64", 70, 1_548_371, 1_303, 24_274_684, "83.112"),
        ("65-74", 126, 1_447_432, 1_637, 18_390_986, "128.837"),
        ("75-84", 136, 1_087_524, 1_624, 12_361_180, "142.878"),
        ("85+", 73, 335_944, 803, 4_239_587, "63.630"),
    ];
    let reference = ages.map(|(age, _, _, deaths, people, _)| (age, Rate::new(deaths, people).unwrap()));
    let reference = ReferenceRates::new("United States", reference).unwrap();
    let printed =
        [("15-24", "2.0280"), ("25-34", "1.5339"), ("35-44", "1.3160"), ("45-54", "1.0836"), ("55-64", "0.8422")];
    for (age, deaths, people, _, _, expected) in ages {
        let one = Strata::from_rows([("Florida", age, deaths, people)]).unwrap();
        let own = ReferenceRates::new("United States", [(age, reference.rate(age).unwrap())]).unwrap();
        let rates = one.indirect(&own).unwrap();
        let found = rates.area("Florida").unwrap().observed();
        assert_eq!(format!("{:.3}", found.expected()), expected, "{age}");
        if let Some((_, ratio)) = printed.iter().find(|(other, _)| *other == age) {
            assert_eq!(&format!("{:.4}", found.ratio().unwrap()), ratio, "{age}");
        }
    }
    let rows = ages.map(|(age, deaths, people, ..)| ("Florida", age, deaths, people));
    let rates = Strata::from_rows(rows).unwrap().indirect(&reference).unwrap();
    let florida = rates.area("Florida").unwrap().observed();
    near(florida.expected(), 528.726_330_679_062_4, 1e-13, "expected");
    near(florida.ratio().unwrap(), 1.017_539_639_663_920_5, 1e-13, "ratio");
}

/// Deaths from stomach cancer of the same ages: data of the same procedure's example 4. No printed ratio was at hand: it was worked out with exact fractions.
#[test]
fn stomach_cancer_in_florida_is_expected_by_exact_fractions() {
    let ages = [
        ("00-04", 0, 953_785, 0, 19_175_798),
        ("05-14", 0, 1_997_935, 1, 41_077_577),
        ("15-24", 0, 1_885_014, 14, 39_183_891),
        ("25-34", 1, 1_957_573, 124, 39_892_024),
        ("35-44", 19, 2_356_649, 484, 45_148_527),
        ("45-54", 64, 2_088_000, 1_097, 37_677_952),
        ("55-64", 114, 1_548_371, 1_804, 24_274_684),
        ("65-74", 201, 1_447_432, 3_054, 18_390_986),
        ("75-84", 294, 1_087_524, 3_833, 12_361_180),
        ("85+", 136, 335_944, 2_234, 4_239_587),
    ];
    let reference = ages.map(|(age, _, _, deaths, people)| (age, Rate::new(deaths, people).unwrap()));
    let reference = ReferenceRates::new("United States", reference).unwrap();
    let rows = ages.map(|(age, deaths, people, ..)| ("Florida", age, deaths, people));
    let rates = Strata::from_rows(rows).unwrap().indirect(&reference).unwrap();
    let florida = rates.area("Florida").unwrap().observed();
    near(florida.expected(), 962.537_223_942_190_2, 1e-13, "expected");
    near(florida.ratio().unwrap(), 0.861_265_392_526_564_4, 1e-13, "ratio");
}

#[test]
fn of_one_stratum_limits_are_exact_bit_for_bit() {
    for (count, people) in [(0, 7), (1, 3), (12, 1_000), (9, 1 << 60), (4_000, 61_313)] {
        let strata = Strata::from_rows([("A", "all", count, people)]).unwrap();
        let rates = strata.direct(&StandardPopulation::new("own", [("all", 3.0)]).unwrap()).unwrap();
        let (here, rate) = (rates.area("A").unwrap(), Rate::new(count, people).unwrap());
        for per in [Per::ONE, Per::THOUSAND, Per::HUNDRED_THOUSAND] {
            assert_eq!(here.per(per), rate.per(per));
            for method in [standard::Method::Dobson, standard::Method::FayFeuer, standard::Method::Tiwari] {
                let exact = rate.interval(Confidence::P99_8).per(per);
                assert_eq!(here.limits((Confidence::P99_8, method)).unwrap().per(per), exact, "{count} {method}");
            }
        }
        let byar = rate.interval(Method::Byar).per(Per::ONE);
        let ohid = here.limits(standard::Method::Ohid).map(|limits| limits.per(Per::ONE));
        assert_eq!(ohid, if count < 10 { Err(Undefined::BelowTen) } else { Ok(byar) });
    }
}

#[test]
fn the_european_standard_takes_bands_as_they_are_spelt() {
    let europe = StandardPopulation::esp_2013();
    let rows = |bands: &[&'static str]| bands.iter().map(|band| ("A", *band, 10, 1_000)).collect::<Vec<_>>();
    let bands: Vec<&str> = europe.iter().map(|(band, _)| band).collect();
    assert_eq!(bands.len(), 21);
    let spelt = ["under 5", "05 to 09", "Aged 10-14", "15\u{2013}19"];
    let rates = |first: &[&'static str], last: &[&'static str]| {
        let middle = [
            "20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50-54", "55-59", "60-64", "65-69", "70-74", "75-79",
            "80-84",
        ];
        let all = [first, &middle, last].concat();
        Strata::from_rows(rows(&all)).and_then(|strata| strata.direct(&europe))
    };
    for last in [&["85-89", "90 and over"][..], &["85+"]] {
        let found = rates(&spelt, last).unwrap();
        near(found.area("A").unwrap().per(Per::THOUSAND).value(), 10.0, 1e-14, "rate");
    }
    // The youngest and the oldest as Eurostat has them: 1,000 and 4,000 of 5,000, 800 and 200 of 1,000.
    let split = ["<1", "1 to 4", "5-9", "10-14", "15-19"];
    let found = rates(&split, &["85-89", "90-94", "95 and over"]).unwrap();
    near(found.area("A").unwrap().per(Per::THOUSAND).value(), 10.0, 1e-14, "rate");
    let infants = |label: &'static str, count: u64| {
        let rows = [label, "1-4", "5+"].map(|band| ("A", band, if band == label { count } else { 0 }, 1_000));
        Strata::from_rows(rows).unwrap().direct(&europe).unwrap().area("A").unwrap().per(Per::THOUSAND).value()
    };
    for label in ["<1", "0", "under 1 year"] {
        near(infants(label, 7), 0.07, 1e-14, label);
    }
    let error = rates(&split[1..], &["85+"]).unwrap_err().to_string();
    assert!(error.starts_with("every area has no stratum \"<1\", which the standard population has"), "{error}");
    let error = rates(&spelt[1..], &["85+"]).unwrap_err().to_string();
    assert!(error.starts_with("every area has no stratum \"0-4\", which the standard population has"), "{error}");
    let error = rates(&spelt, &["85-90", "91+"]).unwrap_err().to_string();
    assert!(error.starts_with("the standard population has no stratum \"85-90\", which the areas have"), "{error}");
}

/// By hand: 60,000 * 270 / 140,000 + 40,000 * 30 / 60,000 = 135.714...
#[test]
fn expected_counts_go_into_funnels_as_they_are() {
    let strata = Strata::from_rows([
        ("Coast", "0-64", 90, 60_000),
        ("Coast", "65+", 20, 40_000),
        ("Inland", "0-64", 180, 80_000),
        ("Inland", "65+", 10, 20_000),
    ])
    .unwrap();
    let rates = strata.indirect(&ReferenceRates::pooled(&strata).unwrap()).unwrap();
    near(rates.expected()[0], 60.0 * 270.0 / 140.0 + 20.0, 1e-15, "expected");
    let coast = rates.area("Coast").unwrap();
    for method in [Method::Exact, Method::MidP, Method::Byar] {
        let limits = coast.observed().interval(method).unwrap();
        let count = coast.crude().interval(method).count();
        near(limits.lower(), count.lower() / rates.expected()[0], 1e-15, "lower");
        let rate = coast.limits(method).unwrap().per(Per::THOUSAND);
        near(rate.upper(), limits.upper() * 300.0 / 200.0, 1e-15, "upper");
    }
    let funnel = rates.funnel(Dispersion::None).unwrap();
    assert_eq!(funnel.area("Coast").unwrap().expected(), Ok(rates.expected()[0]));
    let league = rates.table().compare(Average::POOLED);
    assert_eq!(league.area("Inland").unwrap().rank().to_string(), "1");
}

/// From equal limits of two rates follow those of their ratio: against the closed form of Donner and Zou with figures put in by hand.
#[test]
fn the_ratio_of_two_rates_has_the_limits_of_its_formula() {
    let rates = births();
    let [first, second] = ["1", "5+"].map(|order| rates.area(order).unwrap());
    let ratio = first.ratio_to(second);
    near(ratio.value().unwrap(), 0.000_923_045_255_331_994_4 / 0.000_755_290_074_452_567_9, 1e-13, "ratio");
    let [a, b] = [first, second].map(|rate| rate.per(Per::ONE).value());
    let [one, other] = [first, second].map(|rate| rate.limits(Confidence::P95).unwrap().per(Per::ONE));
    let (l1, u1, l2, u2) = (one.lower(), one.upper(), other.lower(), other.upper());
    let lower = (a * b - ((a * b).powi(2) - l1 * u2 * (2.0 * a - l1) * (2.0 * b - u2)).sqrt()) / (u2 * (2.0 * b - u2));
    let upper = (a * b + ((a * b).powi(2) - u1 * l2 * (2.0 * a - u1) * (2.0 * b - l2)).sqrt()) / (l2 * (2.0 * b - l2));
    let interval = ratio.interval(Confidence::P95).unwrap();
    near(interval.lower(), lower, 1e-12, "lower");
    near(interval.upper(), upper, 1e-12, "upper");
}
