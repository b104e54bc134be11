//! Limits of standardised rates and scores whose counts vary by more than chance.

use crate::support::near::near;
use crimerate::{
    Confidence, Per, Rate,
    interval::{self, Widening, WithinDispersion},
    records::Absent,
    standard::{Method, Offences, ReferenceRates, Spec, StandardPopulation, Strata, Unweighted, Weights},
};
use proptest::prelude::*;

fn strata(cells: [(u64, u64); 2]) -> Strata {
    let rows = cells.into_iter().zip(["young", "old"]).map(|((count, people), stratum)| ("A", stratum, count, people));
    Strata::from_rows(rows).unwrap()
}

fn limits(strata: &Strata, shares: [f64; 2], spec: Spec) -> [f64; 2] {
    let standard = StandardPopulation::new("given", ["young", "old"].into_iter().zip(shares)).unwrap();
    let rates = strata.direct(&standard).unwrap();
    let limits = rates.area("A").unwrap().limits(spec).unwrap().per(Per::THOUSAND);
    [limits.lower(), limits.upper()]
}

fn widened(method: Method, how: Widening, phi: f64) -> Spec {
    Spec::from(method).with_dispersion(WithinDispersion::new(phi).unwrap()).with_widening(how)
}

/// Counts of 9 and 4 on 5,000 and 1,000 people, shares of 0.7 and 0.3, phi 2.5; by scipy's `gamma.ppf`, from the definitions.
#[test]
fn widened_limits_are_those_of_their_definition() {
    let strata = strata([(9, 5_000), (4, 1_000)]);
    for (method, how, expected) in [
        (Method::Dobson, Widening::Stretched, [0.507_878_686_373_647_4, 5.424_579_098_530_847]),
        (Method::Dobson, Widening::Quasi, [0.700_899_477_407_050_8, 5.887_359_945_210_231]),
        (Method::FayFeuer, Widening::Stretched, [0.532_054_389_380_366_4, 5.707_461_705_179_790_5]),
        (Method::FayFeuer, Widening::Quasi, [0.739_737_289_612_645, 6.425_722_051_437_159]),
        (Method::Tiwari, Widening::Stretched, [0.532_054_389_380_366_4, 5.502_072_020_186_399]),
        (Method::Tiwari, Widening::Quasi, [0.739_737_289_612_645, 6.035_441_856_703_233]),
    ] {
        let found = limits(&strata, [0.7, 0.3], widened(method, how, 2.5));
        for (found, expected) in found.into_iter().zip(expected) {
            near(found, expected, 1e-9, "limit");
        }
    }
}

#[test]
fn reports_say_what_their_limits_allow_for() {
    let strata = strata([(9, 5_000), (4, 1_000)]);
    let rates = strata.direct(&StandardPopulation::pooled(&strata).unwrap()).unwrap().report(Per::THOUSAND);
    let spec = widened(Method::Tiwari, Widening::Quasi, 2.5);
    let report = rates.with_limits(spec);
    let told = "Intervals: tiwari at 95 %, quasi by phi_w 2.5 (as given), for variation within areas between periods.";
    assert!(report.to_string().contains(told), "{report}");
    assert!(report.values().unwrap().compare(crimerate::Average::MEAN).to_string().contains(told));
    let written = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<crimerate::league::StandardisedReport>(&written).unwrap(), report);
    assert_eq!(spec.to_string().parse::<Spec>().unwrap(), spec);
    let indirect = strata.indirect(&ReferenceRates::pooled(&strata).unwrap()).unwrap().report(Per::THOUSAND);
    assert!(indirect.to_string().contains("which is taken as known; Poisson variation only."), "{indirect}");
    let wider = interval::Spec::default().with_dispersion(WithinDispersion::new(2.5).unwrap());
    let indirect = indirect.with_interval(wider).to_string();
    assert!(indirect.contains("which is taken as known, for variation within areas between periods."), "{indirect}");
}

/// A score of all areas is their points over their people, and offences without a weight are not among those that are weighted.
#[test]
fn scores_together_and_what_was_weighted() {
    let rows = [("A", "x", 10, 1_000), ("A", "y", 3, 1_000), ("B", "x", 30, 3_000), ("B", "y", 9, 3_000)];
    let weights = Weights::new("given", [("x", 5.0)]).unwrap();
    let scores = Offences::from_rows(rows, Absent::Zero).unwrap().scores(&weights, Unweighted::LeaveOut).unwrap();
    near(scores.together(Per::THOUSAND).unwrap().value(), 5.0 * 40.0 / 4.0, 1e-14, "score");
    assert!(scores.report(Per::THOUSAND).to_string().contains("Score: counts of 1 offence times given"));
}

proptest! {
    /// Of one stratum the limits are those of the rate, and of equal weights all methods but for rounding.
    #[test]
    fn equal_weights_are_one_count(x in 0_u64..60, y in 0_u64..60, phi in 1.0_f64..9.0, quasi: bool) {
        let how = if quasi { Widening::Quasi } else { Widening::Stretched };
        let within = WithinDispersion::new(phi).unwrap();
        let of_count = interval::Spec::from(Confidence::P95).with_dispersion(within).with_widening(how);
        let own = Rate::new(x + y, 2_000).unwrap().interval(of_count).per(Per::THOUSAND);
        let whole = Strata::from_rows([("A", "all", x + y, 2_000)]).unwrap();
        let only = StandardPopulation::new("one", [("all", 1.0)]).unwrap();
        for method in [Method::Dobson, Method::FayFeuer, Method::Tiwari] {
            let spec = widened(method, how, phi);
            let found = whole.direct(&only).unwrap().area("A").unwrap().limits(spec).unwrap().per(Per::THOUSAND);
            prop_assert_eq!([found.lower(), found.upper()], [own.lower(), own.upper()]);
            let two = limits(&strata([(x, 1_000), (y, 1_000)]), [1.0, 1.0], spec);
            for (two, own) in two.into_iter().zip([own.lower(), own.upper()]) {
                prop_assert!((two - own).abs() <= 1e-9 * own.max(1.0), "{method}: {two} {own}");
            }
        }
    }

    /// A dispersion of 1 changes no bit, and a larger one no lower limit upwards and no upper one downwards.
    #[test]
    fn limits_widen_with_the_dispersion(x in 0_u64..40, y in 0_u64..40, share in 0.05_f64..0.95, phi in 1.0_f64..9.0) {
        let strata = strata([(x, 5_000), (y, 900)]);
        for method in [Method::Dobson, Method::FayFeuer, Method::Tiwari] {
            let at = |spec: Spec| limits(&strata, [share, 1.0 - share], spec);
            let by_chance = at(Spec::from(method));
            prop_assert_eq!(at(widened(method, Widening::Stretched, 1.0)), by_chance);
            let wider = at(widened(method, Widening::Stretched, phi));
            prop_assert!(wider[0] <= by_chance[0] + 1e-12 && wider[1] >= by_chance[1] - 1e-12);
        }
    }
}
