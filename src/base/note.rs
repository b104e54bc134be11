//! What is reported with an answer.

use super::{layout, words};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, fmt};

/// Something that has to be reported with an answer: what was left out and why, which average, which method.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    topic: Topic,
    text: String,
}

/// What a [`Note`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Topic {
    /// How many areas of how many are compared.
    Areas,
    /// An area that was left out, and why.
    LeftOut,
    /// What is done about an area whose figures mislead.
    Policy,
    /// Which average.
    Average,
    /// The groups that averages are over.
    Groups,
    /// Which intervals.
    Interval,
    /// Which rule for ties and which end is first.
    Ranking,
    /// Which sets of ranks, and what they take for granted.
    RankSets,
    /// What z measures from, or why there is none.
    Z,
    /// Which bands, who lies beyond them, or why there are none.
    Bands,
    /// An area whose absence changes who else lies beyond the bands.
    Masking,
    /// Which limits a funnel has, and how many areas lie outside them.
    Limits,
    /// How much more than by chance the areas of a funnel differ, and what is made of it.
    Dispersion,
    /// Which p-values, and how they are adjusted.
    Significance,
    /// What ranks would be in replicate years, by which law, and how exactly that is worked out.
    Replicate,
    /// How rates were smoothed, and what the estimates rest on.
    Smoothing,
    /// What was counted, over which population, from which source.
    Basis,
    /// Which periods are added up: rolling sums, and the year to date.
    AddedUp,
}

impl Note {
    pub(crate) fn new(topic: Topic, text: impl Into<String>) -> Self {
        Self { topic, text: words::one_line(&text.into()) }
    }

    /// What it is about.
    #[must_use]
    pub const fn topic(&self) -> Topic {
        self.topic
    }

    /// The note in words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// For how many reasons a note is made each; those of more are told together.
const REASONS: usize = 12;

/// Which areas were left out, a note for each reason in the order of its first area, of many the first of them.
pub(crate) fn left_out<'a>(areas: impl IntoIterator<Item = (&'a str, String)>) -> impl Iterator<Item = Note> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut names: Vec<Vec<&str>> = Vec::new();
    for (area, why) in areas {
        let place = *places.entry(why).or_insert(names.len());
        match names.get_mut(place) {
            Some(names) => names.push(area),
            None => names.push(vec![area]),
        }
    }
    let mut reasons: Vec<(usize, String)> = places.into_iter().map(|(why, place)| (place, why)).collect();
    reasons.sort_unstable();
    let told = if reasons.len() > REASONS { REASONS - 1 } else { REASONS };
    let more = reasons.split_off(told.min(reasons.len()));
    let others: usize = names.iter().skip(told).map(Vec::len).sum();
    let notes = reasons.into_iter().zip(names).map(|((_, why), names)| {
        Note::new(Topic::LeftOut, format!("Left out: {}, {why}.", words::listed(&names, ", ", "area")))
    });
    let rest = more.first().map(|(_, why)| {
        let (areas, reasons) = (words::counted(others, "more area"), words::counted(more.len(), "other reason"));
        Note::new(Topic::LeftOut, format!("Left out: {areas} for {reasons}, such as: {why}."))
    });
    notes.collect::<Vec<_>>().into_iter().chain(rest)
}

/// Those about some topics, in their order.
pub(crate) fn about<'a>(notes: &'a [Note], topics: &'a [Topic]) -> impl Iterator<Item = Note> {
    notes.iter().filter(|note| topics.contains(&note.topic)).cloned()
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_reasons_are_told_in_few_lines() {
        let of = |number: usize| {
            let names: Vec<String> = (0..2 * number).map(|area| format!("A{area}")).collect();
            let areas = names.iter().enumerate().map(|(area, name)| (name.as_str(), format!("reason {}", area / 2)));
            left_out(areas).map(|note| note.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(of(12).len(), 12);
        assert_eq!(of(12)[11], "Left out: A22, A23, reason 11.");
        assert_eq!(of(100).len(), 12);
        assert_eq!(of(100)[11], "Left out: 178 more areas for 89 other reasons, such as: reason 11.");
    }
}
