//! What prints keeps the width and the alignment that are asked for.

use crimerate::{
    Average, Confidence, Per, Population, Proportion, Rate, Table, Tally, funnel::Dispersion, interval,
    smoothing::Estimator, time::Change,
};
use std::fmt::Display;

fn holds(value: &dyn Display, shown: &str) {
    assert_eq!(value.to_string(), shown);
    let width = shown.chars().count() + 7;
    assert_eq!(format!("{value:>width$}"), format!("{shown:>width$}"));
    assert_eq!(format!("{value:<width$}"), format!("{shown:<width$}"));
    assert_eq!(format!("{value:*^width$}"), format!("{shown:*^width$}"));
    assert_eq!(format!("{value:1}"), shown);
}

#[test]
fn what_prints_on_a_line_honours_width_and_alignment() {
    let (rate, base) = (Rate::new(60, 50_000).unwrap(), Rate::new(30, 50_000).unwrap());
    holds(&rate, "60 on 50,000");
    holds(&rate.per(Per::THOUSAND), "1.20 per 1,000");
    holds(&Population::new(50_000).unwrap(), "50,000");
    holds(&[rate, base].into_iter().collect::<Tally>(), "90 on 100,000 in 2 areas");
    holds(&Proportion::new(3, 4).unwrap(), "3 of 4");
    holds(&Confidence::P99_8, "99.8 %");
    holds(&interval::Spec::default(), "exact at 95 %");
    holds(&rate.interval(Confidence::P95).per(Per::THOUSAND), "0.92 to 1.54 per 1,000");
    holds(&rate.ratio_to(base), "2.00 (95 % interval 1.27 to 3.21)");
    let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 1_035, 1_500_000)]).unwrap();
    let league = table.compare(Average::POOLED);
    holds(&league.area("A").unwrap(), "A: 60 on 50,000 people, rank 1 of 3");
    holds(&league.average().unwrap().per(Per::THOUSAND), "0.703 per 1,000");
    let funnel = league.funnel(Dispersion::None);
    holds(&funnel.area("C").unwrap(), "C: 1,035 counted, 1,054.7 expected");
    let smoothing = league.smooth(Estimator::Marshall);
    assert!(smoothing.area("A").unwrap().to_string().starts_with("A: "));
    assert!(Change::between(base, rate).to_string().starts_with("+100.0 %"));
}

#[test]
fn answers_print_as_their_reports_per_hundred_thousand() {
    let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 1_035, 1_500_000)]).unwrap();
    let league = table.compare(Average::POOLED);
    assert_eq!(league.to_string(), league.per(Per::HUNDRED_THOUSAND).to_string());
    let funnel = league.funnel(Dispersion::None);
    assert_eq!(funnel.to_string(), funnel.per(Per::HUNDRED_THOUSAND).to_string());
    let smoothing = league.smooth(Estimator::Marshall);
    assert_eq!(smoothing.to_string(), smoothing.per(Per::HUNDRED_THOUSAND).to_string());
}
