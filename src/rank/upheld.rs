//! Up to which variation within areas a rank set stays as narrow as it is.
//!
//! Sets rest on the variation of chance unless another is given, and real counts vary by more: with 2.2 times as much, which quarters of
//! recorded offences show, all sets of 43 areas hold together in two of three draws. How much a set would bear needs no estimate.

use super::sets::{Set, Sets};
use crate::{
    base::{Note, Result, Topic, digits, words},
    interval::WithinDispersion,
};

/// Beyond this number of areas it is not worked out: every step makes the sets of all again.
pub(crate) const MOST_AREAS: usize = 400;

/// From a factor of two, halved as often on a log scale: to some 4e-8 of itself.
const STEPS: usize = 24;

/// So many sets of one place are named in a note.
const NAMED: usize = 5;

/// The largest factor from this one on, where it holds, up to which something holds; `None` where it cannot be asked of some, such as of one that
/// no counts vary by.
pub(crate) fn largest(from: f64, holds: impl Fn(f64) -> Option<bool>) -> Option<f64> {
    let (mut low, mut high) = (from, 2.0 * from);
    while holds(high)? {
        (low, high) = (high, 2.0 * high);
    }
    for _ in 0..STEPS {
        let middle = (low * high).sqrt();
        if holds(middle)? { low = middle } else { high = middle }
    }
    Some(low)
}

impl Sets {
    /// Up to how many times the variation of chance within areas the set of an area stays as narrow as it is, and at least as often as it was
    /// asked for; `None` where a variation is given, beyond 400 areas, and where no variation widens it, as the set of a single area.
    ///
    /// ```
    /// use crimerate::{Average, Table, rank};
    ///
    /// let table = Table::from_rows([("A", 180, 50_000), ("B", 90, 50_000), ("C", 101, 50_000)])?;
    /// let sets = table.compare(Average::POOLED).rank_sets(rank::Family::Simultaneous)?;
    /// assert_eq!(sets.area("A")?.to_string(), "A: rank 1, set 1 of 3");
    /// assert_eq!(format!("{:.1}", sets.holds_up_to("A")?.unwrap()), "4.2");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`LeagueTable::area`](crate::LeagueTable::area).
    pub fn holds_up_to(&self, area: &str) -> Result<Option<f64>> {
        self.area(area).map(|set| self.upheld(set))
    }

    fn upheld(&self, set: Set<'_>) -> Option<f64> {
        if self.spec().dispersion().is_some() || self.league().len() > MOST_AREAS {
            return None;
        }
        let holds = |times: f64| {
            let spec = self.spec().with_dispersion(WithinDispersion::new(times).ok()?);
            let sets = self.league().rank_sets(spec).ok()?;
            let there = sets.area(set.area().label()).ok()?;
            Some(there.lower() >= set.lower() && there.upper() <= set.upper())
        };
        largest(1.0, holds)
    }

    /// How many times, such as `2.9`, rounded down.
    pub(crate) fn upheld_shown(&self, set: Set<'_>) -> Option<String> {
        self.upheld(set).map(|times| digits::fixed((times * 10.0).floor() / 10.0, 1))
    }

    /// The sets of one place, with how much they would bear.
    pub(super) fn upheld_note(&self) -> Option<Note> {
        let single: Vec<Set<'_>> = self.iter().filter(|set| set.lower() == set.upper() && set.of() > 1).collect();
        let shown: Vec<String> = single
            .iter()
            .take(NAMED)
            .filter_map(|set| Some(format!("{} {} ({})", set.area(), set.lower(), self.upheld_shown(*set)?)))
            .collect();
        if shown.is_empty() {
            return None;
        }
        let more = match single.len() - shown.len() {
            0 => String::new(),
            more => format!(", and {}", words::counted(more, "further area")),
        };
        let text = format!(
            "Areas with a single place, and up to how many times the variation of chance they keep it: {}{more}.",
            shown.join(", ")
        );
        Some(Note::new(Topic::RankSets, text))
    }
}
