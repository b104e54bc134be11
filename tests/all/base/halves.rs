//! A rate that is just halfway between two printed figures prints alike wherever it is printed: 247 on 2,000,000 is 12.35 per
//! 100,000, and 12.4.

use crimerate::{
    Average, Per, Table,
    funnel::Dispersion,
    league::{Grade, Grading, Judgement},
    smoothing::Estimator,
};

const PER: Per = Per::HUNDRED_THOUSAND;

fn table() -> Table {
    Table::from_rows([("A", 247, 2_000_000), ("B", 741, 6_000_000), ("C", 247, 2_000_000)]).unwrap()
}

#[test]
fn a_rate_prints_alike_in_every_report() {
    let league = table().compare(Average::POOLED);
    let judged = |grade| Judgement::new(Grading::FourGrade, grade).unwrap();
    let grades = ["A", "B", "C"].map(|area| (area, judged(Grade::Good)));
    let later = Table::from_rows([("A", 741, 6_000_000), ("B", 247, 2_000_000), ("C", 247, 2_000_000)]).unwrap();
    let reports = [
        league.per(PER).to_string(),
        league.funnel(Dispersion::None).per(PER).to_string(),
        league.smooth(Estimator::Marshall).per(PER).to_string(),
        league.smooth(Estimator::GammaPoisson).per(PER).to_string(),
        league.by_grade(Grading::FourGrade, grades).unwrap().per(PER).to_string(),
        table().change_to(&later).unwrap().per(PER).to_string(),
    ];
    for report in reports {
        assert!(report.contains("12.4") && !report.contains("12.3 ") && !report.contains("12.3,"), "{report}");
    }
}

/// 12.35 above an average of 12.35, of which a double is nearer to 12.3.
#[test]
fn a_difference_prints_as_the_fraction_that_it_is() {
    let table = Table::from_rows([("A", 741, 3_000_000), ("B", 247, 3_000_000), ("C", 0, 2_000_000)]).unwrap();
    let report = table.compare(Average::POOLED).per(PER).to_string();
    assert!(report.contains("  24.7  ") && report.contains("+12.4") && report.contains("-12.4"), "{report}");
}
