//! How often funnels raise false alarms and find what there is, in fewer places than the example `calibration` prints.

#[path = "../../../examples/support/alarms.rs"]
pub(super) mod alarms;
#[path = "../../../examples/support/trials.rs"]
mod trials;

use crate::support::draws::{self, Draws};
use alarms::{Alarms, LEVELS, Rule, alarms as outside, false_alarms, probabilities, typical};
use crimerate::{
    Average, Confidence, Table,
    funnel::{self, Dispersion, Form, Position, Trim},
};
use trials::{Drawn, Sizes, Truth, trials};

#[test]
fn exact_positions_never_raise_more_false_alarms_than_they_say() {
    for level in LEVELS {
        for expected in [1, 2, 3, 5, 8, 10, 20, 50, 120, 300] {
            let Alarms { low, high } = false_alarms(Rule::Exact, expected, level).unwrap();
            let tail = level.0.alpha() / 2.0;
            assert!(low <= tail && high <= tail, "{expected} {}: {low} {high}", level.0);
            assert!(expected < 300 || low > 0.8 * tail && high > 0.8 * tail, "{expected}: {low} {high}");
        }
    }
}

/// 13.6 % at E = 2 for a nominal 5 %: every count of none is called low.
#[test]
fn common_rules_call_every_count_of_none_low() {
    for rule in [Rule::ChiSquare, Rule::LogNormal] {
        for level in LEVELS {
            let found = false_alarms(rule, 2, level).unwrap();
            assert!((found.low - (-2.0_f64).exp()).abs() < 1e-12, "{rule:?}: {found:?}");
        }
        let both = false_alarms(rule, 2, LEVELS[0]).unwrap();
        assert!((both.low + both.high - 0.136).abs() < 5e-4, "{rule:?}: {both:?}");
    }
    let none = false_alarms(Rule::SquareRoot, 2, LEVELS[1]).unwrap();
    assert_eq!(none.low, 0.0, "the lower limit is clamped before it is squared");
}

/// By scipy's negative binomial: tau^2 is 0.009988 on the scale where E = 300 and true rates are spread by 20 %.
#[test]
fn winsorising_finds_a_third_of_the_dispersion_of_typical_areas() {
    let [winsorised, whole] = [Trim::default(), Trim::NONE].map(|trim| {
        let spec = funnel::Spec::from(Dispersion::Additive).with_trim(trim).with_form(Form::Normal);
        let funnel = typical(&[5.0, 50.0, 300.0], 14, 0.2, spec).unwrap();
        let found = outside(&funnel, 300.0, &probabilities(300.0, 0.2), Confidence::P99_8).unwrap();
        (funnel.overdispersion().unwrap().tau2(), found.low + found.high)
    });
    let near = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-6, "{found} {expected}");
    near(winsorised.0, 0.003_361_959_332);
    near(winsorised.1, 0.053_121_489_3);
    near(whole.0, 0.009_649_112_375);
    near(whole.1, 0.002_308_861_02);
}

#[test]
fn dispersion_turns_spread_into_no_alarm_and_costs_detection() {
    let at = |dispersion: Dispersion, ratio: f64, spread: f64| {
        let funnel = typical(&[50.0, 300.0], 10, spread, dispersion.into()).unwrap();
        let found = outside(&funnel, 300.0, &probabilities(300.0 * ratio, spread), Confidence::P99_8).unwrap();
        found.low + found.high
    };
    assert!(at(Dispersion::None, 1.0, 0.2) > 0.3, "a spread of 20 % is no news");
    assert!(at(Dispersion::Additive, 1.0, 0.2) < 0.08);
    assert!(at(Dispersion::Additive, 2.0, 0.2) > 0.6);
    assert!(at(Dispersion::Additive, 1.5, 0.2) < at(Dispersion::None, 1.5, 0.2));
    assert!(at(Dispersion::Additive, 1.5, 0.0) > 0.99, "and where there is no spread, little is lost");
}

/// Equal true rates, the average of the same areas, dispersion estimated from them: each side calls no more than it says by
/// three Monte Carlo standard errors.
#[test]
fn with_dispersion_no_side_calls_more_than_it_says() {
    let equal = [0.5, 2.0, 5.0, 20.0].map(|size| vec![size]);
    let mixed: Vec<f64> = (0..20).map(|step| 0.3 * f64::powf(20.0 / 0.3, f64::from(step) / 19.0)).collect();
    for sizes in equal.into_iter().chain([mixed]) {
        for areas in [20, 43] {
            for dispersion in [Dispersion::Additive, Dispersion::Multiplicative] {
                let (mut draws, mut called, mut asked) = (Draws::new(13), [[0_u32; 2]; 2], 0_u32);
                for _ in 0..400 {
                    let rows = (0..areas)
                        .zip(sizes.iter().cycle())
                        .map(|(area, &size)| (area.to_string(), draws.count(size, 1.0), (size * 1e6) as u64));
                    let funnel = Table::from_rows(rows).unwrap().compare(Average::POOLED).funnel(dispersion);
                    for point in funnel.iter() {
                        asked += 1;
                        for ((level, _), called) in LEVELS.iter().zip(&mut called) {
                            called[0] += u32::from(point.position(*level) == Ok(Position::Low));
                            called[1] += u32::from(point.position(*level) == Ok(Position::High));
                        }
                    }
                }
                for ((level, _), called) in LEVELS.iter().zip(called) {
                    let (tail, asked) = (level.alpha() / 2.0, f64::from(asked));
                    let most = tail * asked + 3.0 * (tail * (1.0 - tail) * asked).sqrt();
                    println!("{:?} {areas} {dispersion} {level}: {called:?} of {asked}", sizes.first());
                    assert!(
                        called.iter().all(|it| f64::from(*it) <= most),
                        "{sizes:?} {dispersion} {level} {called:?}"
                    );
                }
            }
        }
    }
}

/// The coarse grid of the study that the example prints: p by Holm keeps 5 % of tables whatever is expected and however the
/// true rates vary, and no side of the limits calls one percentage point more than it says.
#[test]
fn estimated_dispersion_keeps_its_level() {
    const TABLES: u32 = 150;
    let spec = funnel::Spec::from(Dispersion::Additive);
    let most = 5.0 + 300.0 * (0.05 * 0.95 / f64::from(TABLES)).sqrt();
    for sizes in Sizes::all() {
        for (areas, variation) in [(20, 0.3), (43, 0.0), (43, 0.1), (43, 0.3)] {
            let found = trials(of(&sizes, areas, variation), &[(Average::POOLED, spec)], TABLES).unwrap()[0];
            let [at_95, at_99_8] = found.shares();
            println!("{} {areas} {variation}: {at_95:.1?} {at_99_8:.2?} {:.1}", sizes.name, found.any());
            assert!(found.any() <= most, "{} {areas} {variation}: {}", sizes.name, found.any());
            assert!(
                at_95.iter().all(|share| *share < 3.5) && at_99_8.iter().all(|share| *share < 0.5),
                "{} {found:?}",
                sizes.name
            );
        }
    }
}

/// What published funnels pay for winsorising, and for taking the dispersion as known; the law of the count divides what is
/// trimmed by what chance leaves of it.
#[test]
fn winsorised_dispersion_is_too_small_unless_it_is_allowed_for() {
    let sizes = Sizes::all().into_iter().find(|sizes| sizes.name == "300").unwrap();
    let law = funnel::Spec::from(Dispersion::Additive);
    let kinds = [law, law.with_form(Form::Normal)].map(|spec| (Average::POOLED, spec));
    let found = trials(of(&sizes, 43, 0.2), &kinds, 150).unwrap();
    let [[low, high], _] = found[0].shares();
    assert!(low + high > 3.5 && low < 3.3 && high < 3.3, "{low} {high}");
    let [[low, high], _] = found[1].shares();
    assert!(low + high > 8.0 && low + high < 12.0, "{low} {high}");
    assert!(found[0].any() < 8.0 && found[1].any() > 15.0, "{found:?}");
}

/// Against the pooled average of the others, which varies by chance itself, no side calls more than it says.
#[test]
fn the_average_of_the_others_is_no_more_than_counted() {
    let none = funnel::Spec::default();
    let kinds = [(Average::POOLED.without_self(), none)];
    for sizes in Sizes::all().into_iter().filter(|sizes| ["2", "20", "300"].contains(&sizes.name)) {
        for areas in [3, 5] {
            let found = trials(of(&sizes, areas, 0.0), &kinds, 1_500).unwrap();
            let asked = f64::from(found[0].areas);
            for (share, tail) in found[0].shares().into_iter().zip([0.025_f64, 0.001]) {
                // Areas of one table lean on one another.
                let most = 100.0 * (tail + 3.0 * (2.0 * tail * (1.0 - tail) / asked).sqrt());
                assert!(share.iter().all(|share| *share <= most), "{} {areas} {share:?} {most}", sizes.name);
            }
        }
    }
    let additive = [(Average::POOLED.without_self(), funnel::Spec::from(Dispersion::Additive))];
    for sizes in Sizes::all() {
        let found = trials(of(&sizes, 43, 0.3), &additive, 150).unwrap()[0];
        let [at_95, at_99_8] = found.shares();
        assert!(at_95.iter().all(|share| *share < 3.5) && at_99_8.iter().all(|share| *share < 0.5), "{found:?}");
    }
}

const fn of(sizes: &Sizes, areas: usize, variation: f64) -> Drawn<'_> {
    Drawn { sizes, areas, truth: Truth::Ratios(variation), per_group: None }
}

/// Groups share an average: what chance and true variation do to it is allowed for, and the dispersion is not taken from residuals that it
/// draws in as if it were the average of all.
#[test]
fn funnels_of_groups_keep_their_level() {
    const TABLES: u32 = 200;
    let kinds = [Average::POOLED.without_self(), Average::POOLED].map(|average| (average, Dispersion::Additive.into()));
    let most = 5.0 + 300.0 * (0.05 * 0.95 / f64::from(TABLES)).sqrt();
    for sizes in Sizes::all().into_iter().filter(|sizes| ["20", "300"].contains(&sizes.name)) {
        for per_group in [2, 4, 11] {
            let drawn = Drawn { per_group: Some(per_group), ..of(&sizes, 44, 0.3) };
            for found in trials(drawn, &kinds, TABLES).unwrap() {
                let [at_95, at_99_8] = found.shares();
                println!("{} {per_group}: {at_95:.1?} {at_99_8:.2?} {:.1}", sizes.name, found.any());
                assert!(
                    at_95.iter().all(|share| *share < 3.5) && at_99_8.iter().all(|share| *share < 0.7),
                    "{found:?}"
                );
                assert!(found.any() <= most, "{found:?}");
            }
        }
    }
}
