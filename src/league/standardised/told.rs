//! What reports and their rows tell alike.

use crate::{
    base::{Note, Topic, digits, words},
    standard::{Score, Scores},
};

/// Which offences have no weight.
pub(super) fn told_without(scores: &Scores) -> Option<Note> {
    let (names, shares): (Vec<&str>, Vec<f64>) = scores.without_weight().into_iter().unzip();
    let share = digits::fixed(100.0 * shares.iter().sum::<f64>(), 1);
    let which = words::listed(&names, ", ", "offence");
    let text = format!("Without a weight, and so in no score: {which}, {share} % of all that was counted.");
    (!names.is_empty()).then(|| Note::new(Topic::LeftOut, text))
}

/// The same of one area, as in a cell.
pub(super) fn without_told(score: Score<'_>) -> Option<String> {
    let without = || score.counted().filter(|(_, count, weight)| weight.is_none() && *count > 0);
    let names: Vec<&str> = without().map(|(offence, ..)| offence).collect();
    let [some, all] = [
        without().map(|(_, count, _)| u128::from(count)).sum::<u128>(),
        score.counted().map(|(_, count, _)| u128::from(count)).sum(),
    ];
    let told = || {
        format!(
            "without a weight: {} ({} of {} counted)",
            words::listed(&names, ", ", "offence"),
            digits::grouped(some),
            digits::grouped(all)
        )
    };
    (!names.is_empty()).then(told)
}

/// What is said of limits that may be too short, as in a cell.
pub(super) const TOO_SHORT: &str = "limits may be too short: those of fay-feuer reach further";
