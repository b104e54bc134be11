use crate::{Observation, number};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something that has to be told beside an answer: what was left out and why, which average, which method.
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
}

/// Why an area takes no part in a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LeftOut {
    /// The user left it out, for this reason.
    Excluded(String),
    /// It is part of another area.
    Merged {
        /// The other area.
        into: String,
        /// Why.
        reason: String,
    },
    /// Its population is zero, so it has no rate.
    ZeroPopulation,
    /// Its population is not given, so it has no rate.
    NoPopulation,
    /// Its count is not known.
    NotKnown(Observation),
    /// It is in one of two tables only.
    NotInBoth,
    /// It is named, and not in the table.
    NotInTable,
    /// In one of two tables something else is done about it.
    OtherPolicy,
}

impl Note {
    pub(crate) fn new(topic: Topic, text: impl Into<String>) -> Self {
        Self { topic, text: number::one_line(&text.into()) }
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

/// Those about some topics, in their order.
pub(crate) fn about<'a>(notes: &'a [Note], topics: &'a [Topic]) -> impl Iterator<Item = Note> {
    notes.iter().filter(|note| topics.contains(&note.topic)).cloned()
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Excluded(reason) => write!(f, "excluded: {reason}"),
            Self::Merged { into, reason } => write!(f, "merged into {into}: {reason}"),
            Self::NoPopulation => f.write_str("population not given, so no rate"),
            Self::ZeroPopulation => f.write_str("population zero, so no rate"),
            Self::NotKnown(observation) => write!(f, "count {observation}"),
            Self::NotInBoth => f.write_str("not in both tables"),
            Self::NotInTable => f.write_str("not in the table"),
            Self::OtherPolicy => f.write_str("merged, or given another denominator, in one of the tables only"),
        }
    }
}
