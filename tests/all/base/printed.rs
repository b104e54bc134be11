//! What prints keeps the width and the alignment that are asked for.

use crimerate::{
    Area, Average, Basis, Claim, Confidence, Error, LeftOut, Measure, Method, Observation, Order, Panel, Per,
    Population, Proportion, Rate, Reason, Table, Tally, Ties, Undefined,
    claim::Published,
    funnel::{Dispersion, Trim},
    interval::{self, DifferenceSpec, Test, TestSpec, WithinDispersion},
    league::{BandSpec, Grade, Grading, Judgement, Ranking},
    ndarray,
    panel::CellStatus,
    rank::{self, CountModel},
    smoothing::Estimator,
    time::Change,
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
    holds(&rate.minus(base), "+60.0 per 100,000 (95 % interval 22.9 to 98.9)");
    holds(&base.minus(rate), "-60.0 per 100,000 (95 % interval -98.9 to -22.9)");
    holds(&rate.ratio_to(base).significance(Test::Exact), "p = 0.0021 (exact)");
    holds(&Change::between(base, rate), "+100.0 % (95 % interval +27.0 to +221.2), on a base of only 30 counts");
    let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 1_035, 1_500_000)]).unwrap();
    let league = table.compare(Average::POOLED);
    holds(&league.area("A").unwrap(), "A: 60 on a population of 50,000, rank 1 of 3");
    holds(&league.average().unwrap().per(Per::THOUSAND), "0.703 per 1,000");
    let funnel = league.funnel(Dispersion::None);
    holds(&funnel.area("C").unwrap(), "C: 1,035 counted, 1,054.7 expected");
    let smoothing = league.smooth(Estimator::Marshall);
    holds(&smoothing.area("A").unwrap(), "A: 86.7 per 100,000 smoothed, its own figures weighing 33 %");
    let sets = league.rank_sets(Test::Exact).unwrap();
    holds(&sets.area("A").unwrap(), "A: rank 1, set 1 of 3");
    holds(&sets.pair("A", "B").unwrap(), "A against B: surely higher, 2.00 times (p 0.0010, significant up to 0.0125)");
    holds(league.ranking(), "rates before rounding, highest first, competition ties");
    holds(&league.per(Per::THOUSAND).notes()[0], "3 of 3 areas compared.");
}

#[test]
fn words_and_options_honour_width_and_alignment() {
    holds(&Area::new("Kent", None).unwrap(), "Kent");
    holds(&Average::MEAN.without_self(), "mean of rates, the area itself left out");
    holds(&Basis::new().with_count("thefts").with_months(12).with_source("ONS"), "thefts, 12 months; source: ONS");
    holds(&BandSpec::TWO, "2 SD on raw rates");
    holds(&CellStatus::Blank, "left blank");
    holds(&Claim::highest("Kent").of(1_200), "Kent has the highest rate of 1,200 areas");
    holds(&CountModel::GammaPoisson, "gamma-poisson");
    holds(&DifferenceSpec::default(), "score at 95 %");
    holds(&Error::from(Undefined::AllEqual), "all rates are equal, so the figure does not exist");
    holds(&Judgement::new(Grading::FourGrade, Grade::Good).unwrap(), "good (four-grade)");
    holds(&LeftOut::Excluded("few residents".into()), "excluded: few residents");
    holds(&Method::RothmanBoice, "rothman-boice");
    holds(&Observation::Missing(Reason::Blank), "left blank");
    holds(&Published::new("1,024.5", Per::THOUSAND).unwrap(), "1,024.5 per 1,000");
    let rates = [1, 3].map(|count| Rate::new(count, 1_000).unwrap());
    holds(&Ranking::new(&rates, Order::Highest, Ties::Dense).rank(0).unwrap(), "2");
    holds(&rank::Spec::default(), "simultaneous at 95 %, exact");
    holds(&TestSpec::default(), "exact at 95 %");
    holds(&Trim::default(), "10 % winsorised at each end");
    holds(&Undefined::AllEqual, "all rates are equal");
    holds(&WithinDispersion::new(2.2).unwrap(), "2.2 (as given)");
    #[cfg(feature = "simulation")]
    holds(&rank::Simulation::new(10_000, 42).unwrap(), "10,000 replicates from seed 42 by xoshiro256++");
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
    let proportions = league.proportion_funnel(Dispersion::None).unwrap();
    assert_eq!(proportions.to_string(), proportions.per(Per::HUNDRED).to_string());
    let sets = league.rank_sets(Test::Exact).unwrap();
    assert_eq!(sets.to_string(), sets.per(Per::HUNDRED_THOUSAND).to_string());
    let years = league.replicate_ranks(CountModel::GammaPoisson).unwrap();
    assert_eq!(years.to_string(), years.per(Per::HUNDRED_THOUSAND).to_string());
    let bands = league.bands(BandSpec::ONE).unwrap();
    assert_eq!(
        bands.to_string(),
        "Bands: 1 SD either side of the mean of rates, 50.6 to 115.4 per 100,000. Above: A. Below: none.\n\
         Masking: without B, 1 area no longer lies beyond 1 SD (A).\n\
         Masking: without C, 1 area no longer lies beyond 1 SD (A)."
    );
}

#[test]
fn figures_of_a_panel_print_with_a_dash_for_what_does_not_exist() {
    let counts = [[60_u64, 0], [30, 0], [1_035, 0]];
    let panel = Panel::new(["A", "B", "C"], ndarray::arr2(&counts), [50_000, 50_000, 1_500_000]).unwrap();
    let panel = panel.with_indicators(["theft", "arson"]).unwrap();
    let asked = [Measure::Rate, Measure::Difference, Measure::Ratio, Measure::Z, Measure::Rank];
    let figures = panel.compare(Average::POOLED, Per::THOUSAND, asked);
    let shown = figures.to_string();
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "Indicator  Area  Rate per 1,000  Difference per 1,000  Ratio      z  Rank");
    assert_eq!(lines[2], "    theft  A              1.200                +0.497   1.71  +1.14     1");
    assert!(lines[3].starts_with("    arson  A") && lines[3].contains(" - "), "{shown}");
    assert!(format!("{figures:.2}").contains("2 of 6 shown."), "{figures:.2}");
    assert!(figures.notes().iter().all(|note| shown.contains(note.text())), "{shown}");
}
