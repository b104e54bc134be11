//! Ranges of a pooled average, and what is said of rounded counts.

use crimerate::{Average, Per, Row, Table, funnel::Dispersion, smoothing::Estimator};

/// What chance and rounding do to a pooled average that holds counts in no area, and answers that take rounded counts as published.
#[test]
fn ranges_of_the_pooled_average_hold_what_is_in_no_area() {
    let rows = [
        Row::new("A", 500, 100_000),
        Row::new("B", 100, 100_000),
        Row::parse("C", "1-9", "8600"),
        Row::new("D", 90, 100_000),
        Row::unplaced("None", 150),
    ];
    let table = Table::from_rows(rows).unwrap().unplaced_in_average("None").unwrap();
    let text = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND).to_string();
    assert!(text.contains("Average: pooled, 280.0 per 100,000"), "{text}");
    assert!(text.contains("the pooled average lies from 272.5 to 275.1 per 100,000."), "{text}");
    let rows = [("A", 10), ("B", 15), ("C", 40), ("D", 20)].map(|(name, count)| Row::new(name, count, 1_000));
    let rounded = Table::from_rows(rows.into_iter().chain([Row::unplaced("Nowhere", 100)])).unwrap();
    let rounded = rounded.rounded_to(5).unwrap().unplaced_in_average("Nowhere").unwrap();
    let league = rounded.compare(Average::POOLED);
    let text = league.per(Per::THOUSAND).to_string();
    // Per as many people as everything else, and of what takes counts as published no more than there is.
    let expected =
        "the pooled average lies from 44.3 to 48.3 per 1,000. Rates, ranks and z take the counts as published.\n";
    assert!(text.contains(expected), "{text}");
    let note = "Counts are rounded to 5: limits, positions, z and p take them as published.";
    assert!(league.funnel(Dispersion::None).to_string().contains(note));
    let note = "Counts are rounded to 5: estimates, limits and probabilities take them as published.";
    assert!(league.smooth(Estimator::GammaPoisson).to_string().contains(note));
}
