//! Funnels about the average of the others, which was counted itself.

use crate::support::{near::near, numbered::numbered_league};
use crimerate::{
    Average, Confidence, PeerGroups, Per, Proportion, Row, Table,
    funnel::{Dispersion, Position, ProportionFunnel},
    interval::Test,
};
use proptest::{collection::vec, prelude::*, sample::select};

fn without_self(rows: &[(u64, u64)]) -> crimerate::LeagueTable {
    numbered_league(rows).table().compare(Average::POOLED.without_self())
}

/// `ln n!` by adding up.
fn log_factorial(n: u64) -> f64 {
    (2..=n).map(|k| (k as f64).ln()).sum()
}

fn log_choose(n: u64, k: u64) -> f64 {
    log_factorial(n) - log_factorial(k) - log_factorial(n - k)
}

proptest! {
    /// By chance alone p is that of the conditional test, and so are both tails.
    #[test]
    fn p_is_that_of_the_conditional_binomial(figures in vec((0..2_000_u64, 1..5_000_u64), 2..12)) {
        let league = without_self(&figures);
        let funnel = league.funnel(Dispersion::None);
        for (point, here) in funnel.iter().zip(league.iter()) {
            let Ok(found) = point.significance() else { continue };
            let exact = here.against_rest().unwrap().significance(Test::Exact);
            for (found, exact) in [(found.lower(), exact.lower()), (found.upper(), exact.upper())] {
                prop_assert!((found - exact).abs() <= 1e-10 * exact || exact < 1e-290, "{found} {exact}");
            }
        }
    }

    /// A count is beyond the limits of its own area just where its tail says so, and the curve through its size agrees.
    #[test]
    fn limits_agree_with_positions(
        figures in vec((0..400_u64, 1..900_u64), 3..12), dispersion in select(Dispersion::ALL), level in select(vec![0.8, 0.95]),
    ) {
        let (league, level) = (without_self(&figures), Confidence::new(level).unwrap());
        let funnel = league.funnel(dispersion);
        let total: u64 = figures.iter().map(|it| it.0).sum();
        for point in funnel.iter() {
            let (Ok(position), Ok(value)) = (point.position(level), point.value()) else { continue };
            let (own, one) = (point.limits(level).unwrap(), 1.0 / point.expected().unwrap());
            let mut drawn = vec![own];
            // Where one area has nearly all there is no size at which it is usual.
            if 4 * point.count() < total && 4.0 * point.expected().unwrap() < total as f64 {
                // Nor is there one where most of the law is at zero.
                drawn.extend(funnel.limits(point.expected().unwrap(), level));
            }
            for limits in drawn {
                let slack = 1e-6 * one;
                match position {
                    Position::Low => prop_assert!(value <= limits.lower() + slack, "{value} {limits:?}"),
                    Position::High => prop_assert!(value >= limits.upper() - slack, "{value} {limits:?}"),
                    Position::Within => {
                        prop_assert!(value <= limits.upper() + one + slack && value >= limits.lower() - one - slack, "{value} {limits:?}");
                    }
                }
            }
        }
    }
}

/// Given what all have found together, hypergeometric: by adding up.
#[test]
fn proportions_are_hypergeometric() {
    let areas = [(3_u64, 40_u64), (9, 31), (14, 60)];
    let named = areas.iter().enumerate().map(|(i, &(x, n))| (i.to_string(), Proportion::new(x, n).unwrap()));
    let rows = named.map(|(name, it)| Row::new(name, it.count(), it.total()));
    let league = Table::from_rows(rows).unwrap().compare(Average::POOLED.without_self());
    let funnel: ProportionFunnel = league.proportion_funnel(Dispersion::None).unwrap();
    let (found, all) = (26_u64, 131_u64);
    for (point, (x, n)) in funnel.iter().zip(areas) {
        let at = |k: u64| (log_choose(n, k) + log_choose(all - n, found - k) - log_choose(all, found)).exp();
        let p = point.significance().unwrap();
        near(p.lower(), (0..=x).map(at).sum(), 1e-11, "so few");
        near(p.upper(), (x..=found.min(n)).map(at).sum(), 1e-11, "so many");
    }
    let text = funnel.per(Per::HUNDRED).to_string();
    assert!(text.contains("Limits: exact hypergeometric at 95 %"), "{text}");
}

/// True rates that vary add the variance of both: 12 expected about others who have 60 in three equal areas.
#[test]
fn dispersion_widens_by_that_of_the_others() {
    let rows = [(40, 100), (10, 100), (22, 100), (8, 100)];
    let league = without_self(&rows);
    let [alone, additive] = [Dispersion::None, Dispersion::Additive].map(|it| league.funnel(it));
    let tau2 = additive.overdispersion().unwrap().tau2();
    assert!(tau2 > 0.1, "{tau2}");
    for (alone, additive) in alone.iter().zip(additive.iter()) {
        let wide = |limits: crimerate::Interval| limits.upper() - limits.lower();
        let level = Confidence::P95;
        assert!(wide(additive.limits(level).unwrap()) > wide(alone.limits(level).unwrap()));
    }
    // The estimate is that of the areas, whichever average each is compared with.
    let all = league.table().compare(Average::POOLED).funnel(Dispersion::Additive);
    near(tau2, all.overdispersion().unwrap().tau2(), 1e-12, "tau^2");
    let text = league.funnel(Dispersion::None).per(Per::ONE).to_string();
    assert!(text.contains("Limits: exact conditional binomial at 95 % and 99.8 %"), "{text}");
    assert!(text.contains("p: twice the smaller exact conditional binomial tail;"), "{text}");
}

#[test]
fn groups_are_compared_with_their_others() {
    let rows = [("A", 30, 100), ("B", 12, 100), ("C", 9, 100), ("D", 90, 100), ("E", 70, 100)];
    let groups = PeerGroups::from_labels("kind", rows.map(|(name, ..)| (name, if name < "D" { "x" } else { "y" })));
    let table = Table::from_rows(rows).unwrap().with_groups(groups).unwrap();
    let average = Average::POOLED.over(table.group("kind").unwrap()).without_self();
    let league = table.compare(average);
    let funnel = league.funnel(Dispersion::None);
    let d = funnel.area("D").unwrap().significance().unwrap();
    let exact = league.area("D").unwrap().against_rest().unwrap().significance(Test::Exact);
    near(d.upper(), exact.upper(), 1e-11, "D");
    let report = funnel.per(Per::ONE);
    let text = report.to_string();
    assert!(text.contains("the average of the others of each area's group; limits, positions and p allow"), "{text}");
    let picture = report.plot().to_svg();
    assert!(picture.contains("No limits are drawn: each area has its own"), "{picture}");
}
