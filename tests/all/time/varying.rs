//! Changes of counts that vary by more than chance.

use crate::support::json::again;
use crimerate::{
    Confidence, Per, Table,
    interval::{TestSpec, WithinDispersion},
    time::{Change, Report},
};

fn report(before: &[u64], after: &[u64]) -> Report {
    let table = |counts: &[u64]| {
        let rows = counts.iter().enumerate().map(|(area, count)| (format!("{area}"), *count, 1_000_u64));
        Table::from_rows(rows).unwrap()
    };
    table(before).change_to(&table(after)).unwrap().per(Per::THOUSAND)
}

#[test]
fn every_figure_of_a_report_is_widened_and_travels() {
    let plain = report(&[200, 310, 40, 7], &[290, 315, 37, 19]);
    let phi = |phi: f64| WithinDispersion::new(phi).unwrap();
    for none in [0.5, 1.0] {
        let same = plain.clone().with_dispersion(phi(none));
        assert_eq!(same.rows(), plain.rows());
        assert_eq!(same.dispersion(), Some(phi(none)));
    }
    let wider = plain.clone().with_dispersion(phi(2.2)).with_confidence(Confidence::P90);
    assert_eq!(wider.dispersion(), Some(phi(2.2)));
    let spec = TestSpec::from(Confidence::P90).with_dispersion(phi(2.2));
    for ((row, before), (_, change)) in wider.rows().iter().zip(plain.rows()).zip(wider.changes().iter()) {
        let change: Change = change.unwrap();
        assert_eq!(row.lower, Some(change.interval(spec).lower()));
        assert_eq!(row.p, Some(change.significance(spec).two_sided()));
        let against = wider.changes().against_rest(&row.area).unwrap().unwrap();
        assert_eq!(row.p_against_rest, Some(against.p_with(Some(phi(2.2)))));
        assert!(row.p > before.p && row.p_holm >= before.p_holm && row.p_against_rest > before.p_against_rest);
    }
    assert_eq!(again::<Report>(&wider), wider);
    let named = |report: &Report| report.significant(Confidence::P95).map(|row| row.area.clone()).collect::<Vec<_>>();
    assert_eq!((named(&plain), named(&wider)), (vec!["0".to_owned()], vec!["0".to_owned()]));
    assert!(named(&plain.clone().with_dispersion(phi(6.0))).is_empty());
    let notes = wider.to_string();
    for told in [
        "All areas compared, together: +18.7 % (95 % interval +0.4 to +40.4).",
        "Intervals: the widest of those of three tests, of the rate ratio less one, at 90 %.",
        "p: of no change, the largest of exact binomial, square-root and, where fewer than 100 are expected, beta-binomial tests, two-sided;",
        "Variation within areas between periods: phi_w 2.2 (as given). Tests and intervals are approximate.",
        "Likelihood-ratio test of one change for both, over phi_w, by chi-square;",
    ] {
        assert!(notes.contains(told), "{told}\n{notes}");
    }
    let estimated = WithinDispersion::estimate([[20, 35, 22], [31, 20, 28], [12, 9, 25]]).unwrap();
    assert!(estimated.phi() > 1.0);
    let notes = plain.clone().with_dispersion(estimated).to_string();
    assert!(notes.contains("over phi_w, by F;"), "{notes}");
}
