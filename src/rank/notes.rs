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
        let mut notes: Vec<Note> = about(&[Topic::Areas, Topic::LeftOut, Topic::Policy]).collect();
        notes.extend(about(&[Topic::Average, Topic::Groups, Topic::Interval, Topic::Ranking]));
        notes.extend(self.sets.iter().flat_map(Sets::notes));
        notes.extend(self.sets.iter().filter_map(|_| self.without_sets()).map(|text| Note::new(Topic::RankSets, text)));
        let told = |text: String| Note::new(Topic::Replicate, text);
        if self.sets.is_none() && self.distribution().is_some() {
            notes.push(told(format!(
                "Rank intervals: between equal tails of replicate years, holding {} of them or more; no confidence sets.",
                self.confidence()
            )));
        }
        if let Some(error) = self.refusal() {
            notes.push(told(format!("P(highest), P(lowest): none, {error}.")));
        }
        if let Some(chances) = self.distribution() {
            let claims = if self.sets.is_some() { "; claims about ranks rest on the sets alone" } else { "" };
            notes.push(told(format!(
                "P(highest), P(lowest): that no rate is above, or below, in a replicate year, joint places counting for \
                 each{claims}."
            )));
            for note in chances.notes() {
                // The variation within areas is noted once where it is one.
                if notes.iter().all(|before| before.text() != note.text()) {
                    notes.push(note);
                }
            }
        }
        notes.extend(about(&[Topic::Basis]));
        once(&mut notes);
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

/// Where a note says of all that only Poisson variation is allowed for, that of the intervals need not.
fn once(notes: &mut [Note]) {
    if notes.iter().any(|note| note.text() == format!("{}.", words::POISSON_ONLY)) {
        for note in notes.iter_mut().filter(|note| note.topic() == Topic::Interval) {
            *note = Note::new(Topic::Interval, note.text().replace(&format!("; {}", words::POISSON_ONLY), ""));
        }
    }
}
