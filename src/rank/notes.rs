//! What a report on ranks tells in words.

use super::{report::Report, sets::Sets};
use crate::{
    base::{Note, Topic, digits, words},
    table::LeftOut,
};

impl Report {
    /// What has to be reported with the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let told = self.report.notes();
        let about = |topics: &'static [Topic]| told.iter().filter(|note| topics.contains(&note.topic())).cloned();
        let mut own: Vec<Note> = self.sets.iter().flat_map(Sets::notes).collect();
        own.extend(self.sets.iter().filter_map(Sets::upheld_note));
        own.extend(self.sets.iter().filter_map(|_| self.without_sets()).map(|text| Note::new(Topic::RankSets, text)));
        let told = |text: String| Note::new(Topic::Replicate, text);
        if self.sets.is_none() && self.distribution().is_some() {
            own.push(told(format!(
                "Rank intervals: the ranks of {} of replicate years or more, as many left out at either end; no confidence sets.",
                self.confidence()
            )));
        }
        if let Some(error) = self.refusal() {
            own.push(told(format!("P(highest), P(lowest): none, {error}.")));
        }
        if let Some(chances) = self.distribution() {
            let claims = if self.sets.is_some() { "; claims about ranks rest on the sets alone" } else { "" };
            own.push(told(format!(
                "P(highest), P(lowest): that no rate is above, or below, in a replicate year; a joint place counts for each of \
                 them{claims}."
            )));
            for note in chances.notes() {
                // The variation within areas is noted once where it is one.
                if own.iter().all(|before| before.text() != note.text()) {
                    own.push(note);
                }
            }
        }
        let mut notes: Vec<Note> = about(&[Topic::Areas, Topic::LeftOut, Topic::Policy]).collect();
        notes.extend(about(&[Topic::Average, Topic::Groups]));
        // What is said once of all needs not be said of the intervals.
        let of_all = own.iter().any(|note| note.text() == format!("{}.", words::POISSON_ONLY));
        let interval = self.league().how().interval();
        let variation =
            if of_all && interval.dispersion().is_none() { String::new() } else { interval.variation_told() };
        notes.push(self.report.interval_note(&variation));
        notes.extend(self.report.rounded_note("Rates, ranks, rank sets and chances"));
        notes.extend(about(&[Topic::Ranking]));
        notes.extend(own);
        notes.extend(about(&[Topic::Basis]));
        notes
    }
}

impl Report {
    /// The areas whose counts are not known, which have no set and are in no other's.
    fn without_sets(&self) -> Option<String> {
        let league = self.report.league();
        let unknown = league.left_out().filter(|(_, why)| matches!(why, LeftOut::NotKnown(_) | LeftOut::NoPopulation));
        let unknown: Vec<&str> = unknown.map(|(area, _)| area.label()).collect();
        (!unknown.is_empty()).then(|| {
            format!(
                "The sets are of the areas compared: with {} among them, ranks may be up to {} greater.",
                words::few(&unknown),
                digits::grouped(unknown.len() as u64)
            )
        })
    }
}
