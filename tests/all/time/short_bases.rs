//! Charts whose base is short: what they say of false alarms, and what they refuse.

use super::charts::month;
use crate::support::{draws::Draws, json::again, says::says};
use crimerate::{
    Per, Period,
    time::{Chart, ChartKind, ChartRule, FalseAlarms, Series, SeriesReport},
};

fn chart(counts: &[u64], kind: ChartKind, base: usize) -> crimerate::Result<Chart> {
    let rows = counts.iter().enumerate().map(|(at, count)| ("A", month(at), *count, 90_000));
    let base = Period::from_to(month(0), month(base - 1))?;
    Series::from_rows(rows)?.area("A")?.chart(kind, Some(base))
}

/// Centre and width of a short base are far from the true ones: what Laney's charts say to expect is what comes.
#[test]
fn laneys_false_alarms_after_a_short_base_are_as_many_as_said() {
    const SERIES: u32 = 1_500;
    for (base, phi) in [(4, 1.0), (12, 3.0), (24, 3.0)] {
        let (mut draws, mut found, mut said) = (Draws::new(11), [0.0; 3], FalseAlarms::default());
        for _ in 0..SERIES {
            let counts: Vec<u64> = (0..base + 30).map(|_| draws.count(120.0, phi)).collect();
            let Ok(chart) = chart(&counts, ChartKind::LaneyU, base) else { continue };
            if said.points() == 0 {
                said = chart.false_alarms();
            }
            let rules = [ChartRule::BeyondLimit, ChartRule::EightOnOneSide, ChartRule::TwoOfThree];
            for (found, rule) in found.iter_mut().zip(rules) {
                *found += chart.signals().filter(|(_, signal)| *signal == rule).count() as f64 / f64::from(SERIES);
            }
        }
        // Of the points of the base they are at most true, and a run that begins in the base is rarer than one after it.
        for (found, said) in found.iter().zip([said.beyond_limit(), said.eight_on_one_side(), said.two_of_three()]) {
            assert!(*found < 1.12 * said && *found > 0.7 * said, "{base} {phi}: {found} of {said}");
        }
        let beyond = (found[0] / said.beyond_limit() - 1.0).abs();
        assert!(beyond < 0.12, "{base} {phi}: {} of {}", found[0], said.beyond_limit());
    }
}

/// The same of u-charts, whose width is known.
#[test]
fn false_alarms_after_a_short_base_allow_for_its_centre() {
    const SERIES: u32 = 1_500;
    for (base, kind) in [(4, ChartKind::U), (12, ChartKind::U), (12, ChartKind::ExactU), (12, ChartKind::C)] {
        let (mut draws, mut found, mut said) = (Draws::new(17), 0.0, 0.0);
        for series in 0..SERIES {
            let counts: Vec<u64> = (0..base + 30).map(|_| draws.count(60.0, 1.0)).collect();
            let chart = chart(&counts, kind, base).unwrap();
            found += chart.signals().filter(|(_, rule)| *rule != ChartRule::SixRisingOrFalling).count() as f64;
            // One in fifty of them tells what the others say.
            if series % 50 == 0 {
                let alarms = chart.false_alarms();
                said += 50.0 * (alarms.all() - alarms.six_rising_or_falling());
            }
        }
        assert!(found < 1.1 * said && found > 0.75 * said, "{base} {kind}: {found} of {said}");
    }
}

#[test]
fn a_base_without_variation_has_no_width() {
    let same = [100, 100, 100, 100, 103, 97, 100];
    says(chart(&same, ChartKind::LaneyU, 4), "A: all rates are equal, so the figure does not exist");
    says(chart(&same, ChartKind::LaneyP, 4), "A: all rates are equal, so the figure does not exist");
    assert!(chart(&same, ChartKind::U, 4).is_ok() && chart(&same, ChartKind::LaneyU, 5).is_ok());
    // The same rate on other populations, but for the rounding of doubles.
    let rows = (1..9).map(|at| ("A", month(at as usize), 7 * at, 1_300 * at));
    let series = Series::from_rows(rows).unwrap();
    says(
        series.area("A").unwrap().chart(ChartKind::LaneyU, None),
        "A: all rates are equal, so the figure does not exist",
    );
}

/// A report has the charts that there are, and reads back.
#[test]
fn a_report_with_a_chart_too_few_reads_back() {
    let rows = (0..14).flat_map(|at| {
        let other = (at != 4).then_some(("Essex", month(at), 50, 1_840_000));
        [("Kent", month(at), if at == 13 { 140 } else { 60 + at as u64 % 3 }, 1_850_000)].into_iter().chain(other)
    });
    let report =
        Series::from_rows(rows).unwrap().per(Per::HUNDRED_THOUSAND).with_chart(ChartKind::LaneyU).with_rolling(12);
    let report = report.unwrap();
    let told = "No chart: Essex, all rates are equal, so the figure does not exist.";
    assert!(report.notes().iter().any(|note| note.text() == told), "{report}");
    assert_eq!(again(&report), report);
    let text = serde_json::to_string_pretty(&report).unwrap();
    assert_eq!(serde_json::from_str::<SeriesReport>(&text).unwrap(), report);
}

#[test]
fn notes_tell_what_is_expected_after_a_base_and_in_one() {
    let counts = [61, 55, 70, 64, 58, 66, 60, 63, 59, 62, 57, 65, 64, 60, 61, 59, 66, 62, 58, 63, 61, 60, 59, 64];
    let series =
        Series::from_rows(counts.iter().enumerate().map(|(at, count)| ("A", month(at), *count, 90_000))).unwrap();
    let told = |base: Option<&str>| {
        let report = series.per(Per::THOUSAND).with_chart(ChartKind::LaneyU);
        let report = base.map_or(report.clone(), |base| report.with_base(base.parse().unwrap()).unwrap());
        report.notes().iter().map(ToString::to_string).find(|note| note.starts_with("If nothing")).unwrap()
    };
    let (short, own) = (told(Some("2010")), told(None));
    let uncertain = "(normal figures, centre and width being as uncertain as the base leaves them; where fewer than some 5 are counted a period there are more)";
    assert!(short.starts_with("If nothing had changed, 0.8 signals would be expected of 24 points"), "{short}");
    assert!(own.starts_with("If nothing had changed, 0.3 signals"), "{own}");
    assert!(short.contains(uncertain) && own.contains(uncertain), "{short} {own}");
}
