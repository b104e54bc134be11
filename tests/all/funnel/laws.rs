//! Laws of funnels, of rates and of proportions.

use crate::support::{funnels::LEVELS, named::league, numbered::numbered_league};
use crimerate::{
    Confidence, Proportion, Undefined,
    funnel::{self, Dispersion, Form, Position, ProportionFunnel, Scale, Trim},
    interval::{Correction, Test},
};
use proptest::{collection::vec, prelude::*, sample::select};

fn figures() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let count = prop_oneof![3 => 0..4_u64, 3 => 1..3_000_u64, 3 => 1..5_000_000_u64, 1 => Just(10_000_000_000)];
    let people = prop_oneof![4 => 1..100_u64, 4 => 100..10_000_000_u64, 1 => Just((1 << 53) + 1)];
    vec((count, people), 1..30)
}

fn spec() -> impl Strategy<Value = funnel::Spec> {
    (select(Dispersion::ALL), select(Scale::ALL), select(Form::ALL), 0.0..0.49, any::<bool>()).prop_map(
        |(dispersion, scale, form, f, winsorise)| {
            let trim = if winsorise { Trim::winsorise(f) } else { Trim::drop(f) };
            funnel::Spec::from((dispersion, scale)).with_form(form).with_trim(trim.unwrap())
        },
    )
}

fn is_normal(spec: funnel::Spec) -> bool {
    spec.form() == Form::Normal && spec.dispersion() != Dispersion::None
}

proptest! {
    #[test]
    fn positions_p_values_and_limits_agree(figures in figures(), spec in spec(), level in select(vec![0.5, 0.9, 0.95, 0.998])) {
        let (funnel, level) = (numbered_league(&figures).funnel(spec), Confidence::new(level).unwrap());
        for point in funnel.iter() {
            let Ok(position) = point.position(level) else {
                prop_assert_eq!(point.position(level).unwrap_err(), point.limits(level).and(point.p()).unwrap_err());
                continue;
            };
            let (value, limits) = (point.value().unwrap(), point.limits(level).unwrap());
            let estimated = spec.dispersion() != Dispersion::None && !is_normal(spec);
            // Where p allows for the estimate of the dispersion it needs that of two other areas, and may differ from the position.
            let known = funnel.iter().filter(|point| point.expected().is_ok()).count();
            if estimated && known < 3 {
                prop_assert_eq!(point.p(), Err(Undefined::TooFew));
                continue;
            }
            let p = point.p().unwrap();
            let close = estimated || (p / level.alpha() - 1.0).abs() < 1e-9;
            prop_assert!(close || (p < level.alpha()) == (position != Position::Within), "{} {:?}", p, position);
            let near_limit = |limit: f64| (value - limit).abs() <= 1e-9 * limit;
            match position {
                Position::Low => prop_assert!(value < limits.lower() || near_limit(limits.lower())),
                Position::High => prop_assert!(value > limits.upper() || near_limit(limits.upper())),
                Position::Within if is_normal(spec) => prop_assert!(limits.contains(value)),
                // Interpolation draws the limit up to one count further in than the tail.
                Position::Within => {
                    let one = 1.0 / point.expected().unwrap();
                    prop_assert!(value <= limits.upper() + one * (1.0 + 1e-9) && value >= limits.lower() - one * (1.0 + 1e-9));
                }
            }
            let [holm, bh] = [Correction::Holm, Correction::BenjaminiHochberg].map(|how| point.p_adjusted(how).unwrap());
            prop_assert!(p <= bh && bh <= holm * (1.0 + 1e-12) && holm <= 1.0);
            let lacks = funnel.overdispersion() == Err(Undefined::ZeroCount);
            let law = spec.form() == Form::Exact && spec.dispersion() != Dispersion::None;
            prop_assert!(law || point.z().is_err() == lacks);
            prop_assert!(!lacks || !law && spec.scale() == Scale::Log);
        }
    }

    #[test]
    fn dispersion_never_narrows(figures in figures(), scale in select(Scale::ALL)) {
        let league = numbered_league(&figures);
        let naive = league.funnel(scale);
        for dispersion in [Dispersion::Multiplicative, Dispersion::Additive] {
            let funnel = league.funnel((dispersion, scale));
            for (point, naive) in funnel.iter().zip(naive.iter()) {
                if let (Ok(adjusted), Ok(z)) = (point.z_adjusted(), naive.z()) {
                    prop_assert!(adjusted.abs() <= z.abs() && adjusted * z >= 0.0);
                }
                let wider = |level| point.limits(level).map(|limits| limits.upper() - limits.lower());
                if let (Ok(inner), Ok(outer)) = (wider(Confidence::P95), wider(Confidence::P99_8)) {
                    prop_assert!(inner <= outer);
                }
            }
        }
    }

    #[test]
    fn limits_narrow_as_more_is_expected(e in 0.01..1e6_f64, grow in 1.5..50.0_f64, level in select(vec![0.9, 0.95, 0.998])) {
        let (funnel, level) = (league(&[("A", 1, 10), ("B", 2, 10)]).funnel(Dispersion::None), Confidence::new(level).unwrap());
        let (small, large) = (funnel.limits(e, level).unwrap(), funnel.limits(e * grow, level).unwrap());
        // Interpolated limits are not monotone in the small (a jump of less than a count), only over steps.
        prop_assert!(large.lower() + 1.0 / (e * grow) >= small.lower() && large.upper() <= small.upper() + 1.0 / e);
    }

    #[test]
    fn the_law_of_the_counts_decides_positions(x in 0..60_u64, e in 0.01..40.0_f64) {
        let funnel = league(&[("A", x, 10), ("B", 5, 10)]).funnel_expecting(&[e, 5.0], Dispersion::None).unwrap();
        let point = funnel.area("A").unwrap();
        let mut term = (-e).exp();
        let (mut below, mut at) = (0.0, term);
        for k in 0..x {
            below += term;
            term *= e / (k + 1) as f64;
            at = term;
        }
        let (low, high) = (below + at, 1.0 - below);
        for level in LEVELS {
            let tail = (1.0 - level.level()) / 2.0;
            if (low / tail - 1.0).abs() > 1e-6 && (high / tail - 1.0).abs() > 1e-6 {
                let expected = if low < tail { Position::Low } else if high < tail { Position::High } else { Position::Within };
                prop_assert_eq!(point.position(level), Ok(expected));
            }
        }
        prop_assert_eq!(point.p().unwrap(), point.significance().unwrap().two_sided());
        prop_assert_eq!(point.significance().unwrap().test(), Test::Exact);
    }

    /// What was found and what was not tell the same, turned round.
    #[test]
    fn the_rest_of_a_proportion_mirrors_it(
        figures in vec((0..400_u64, prop_oneof![Just(0_u64), 1..400_u64, 1..2_000_000_u64]), 2..20), spec in spec(),
    ) {
        let figures: Vec<_> = figures.into_iter().filter(|(x, rest)| x + rest > 0).collect();
        let funnel = |part: fn(&(u64, u64)) -> u64| {
            let areas = figures.iter().enumerate().map(|(i, it)| (i.to_string(), Proportion::new(part(it), it.0 + it.1).unwrap()));
            ProportionFunnel::new(areas, spec)
        };
        prop_assume!(!figures.is_empty());
        let (found, not) = (funnel(|it| it.0).unwrap(), funnel(|it| it.1).unwrap());
        for (point, rest) in found.iter().zip(not.iter()) {
            let (z, mirrored) = (point.z_adjusted(), rest.z_adjusted());
            let Ok(z) = z else {
                let turned =
                    [Undefined::NothingExpected, Undefined::AllExpected, Undefined::ZeroCount, Undefined::AllCounted];
                prop_assert!(mirrored.is_err() && (mirrored == z || turned.contains(&z.unwrap_err())), "{:?} {:?}", z, mirrored);
                continue;
            };
            let slack = 1e-9 * (1.0 + z.abs());
            prop_assert!((z + mirrored.unwrap()).abs() <= slack, "{} {:?}", z, mirrored);
            let (Ok(p), Ok(other)) = (point.p(), rest.p()) else {
                prop_assert_eq!((point.p(), rest.p()), (Err(Undefined::TooFew), Err(Undefined::TooFew)));
                continue;
            };
            prop_assert!((p - other).abs() <= 1e-8 * p, "{} {}", p, other);
            if is_normal(spec) {
                let (limits, rest) = (point.limits(LEVELS[0]).unwrap(), rest.limits(LEVELS[0]).unwrap());
                // tau^2 is a difference that may cancel.
                prop_assert!((limits.lower() + rest.upper() - 1.0).abs() <= 1e-9);
                prop_assert!((limits.upper() + rest.lower() - 1.0).abs() <= 1e-9);
            }
            let position = point.position(LEVELS[0]).unwrap();
            let turned = [Position::High, Position::Within, Position::Low];
            let estimated = spec.dispersion() != Dispersion::None && !is_normal(spec);
            // A tail at its level may round to either side.
            prop_assert!(estimated || rest.position(LEVELS[0]) == Ok(turned[position as usize]) || (p / 0.05 - 1.0).abs() < 1e-9);
        }
    }

    /// A table of equal proportions has no dispersion at all, whatever the sums round to.
    #[test]
    fn equal_proportions_lie_on_the_target(x in 1..50_u64, rest in 1..90_u64, times in vec(1..3_000_u64, 2..30), scale in select(Scale::ALL)) {
        let areas = times.iter().enumerate().map(|(i, k)| (i.to_string(), Proportion::new(x * k, (x + rest) * k).unwrap()));
        let funnel = ProportionFunnel::new(areas, scale).unwrap();
        prop_assert_eq!(funnel.overdispersion().map(|it| (it.phi(), it.tau2())), Ok((0.0, 0.0)));
        prop_assert!(funnel.iter().all(|point| point.z() == Ok(0.0) && point.position(LEVELS[0]) == Ok(Position::Within)));
    }
}
