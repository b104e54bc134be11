use super::Panel;
use crate::{
    Average, Cell, Compare, FunnelSpec, Measure, Note, Over, Per, Policy, Rule, Topic, ZScale, basis::Part, number,
};
use std::collections::BTreeSet;

impl Panel<'_> {
    /// What has to be told beside figures of these measures.
    pub(super) fn notes(&self, how: Compare, per: Per, measures: &[Measure]) -> Vec<Note> {
        let asked = |any: &[Measure]| measures.iter().any(|measure| any.contains(measure));
        let mut notes = vec![self.average_note(how.average(), Some(per))];
        if asked(&[Measure::Lower, Measure::Upper]) {
            notes.push(Note::new(Topic::Interval, format!("Intervals: {}.", how.interval_spec())));
        }
        if asked(&[Measure::Rank]) {
            let ranks = format!("Ranks: {} rate first, {} ties, compared as exact fractions.", how.order, how.ties);
            notes.push(Note::new(Topic::Ranking, ranks));
        }
        if asked(&[Measure::Z]) {
            notes.push(Note::new(
                Topic::Z,
                match how.z {
                    ZScale::Standard => {
                        "z: (rate - mean) / standard deviation (n - 1), over the rates of each indicator."
                    }
                    ZScale::Log => {
                        "z: (ln rate - mean) / standard deviation (n - 1), over the logarithms of each indicator's rates."
                    }
                    ZScale::Robust => {
                        "z: (rate - median) / (1.4826 median absolute deviations), over the rates of each indicator."
                    }
                },
            ));
        }
        self.told(notes)
    }

    /// What has to be told beside funnels.
    pub(super) fn funnel_notes(&self, average: Average, spec: FunnelSpec) -> Vec<Note> {
        let scale = format!("z: in standard errors of chance alone, on the {} scale.", spec.scale());
        let dispersion =
            format!("Dispersion: {}; phi and tau^2 of each indicator, {}.", spec.dispersion(), spec.trim());
        self.told(vec![
            self.average_note(average, None),
            Note::new(Topic::Z, scale),
            Note::new(Topic::Dispersion, dispersion),
        ])
    }

    /// What has to be told beside smoothed rates.
    pub(super) fn smoothing_notes(&self, per: Per) -> Vec<Note> {
        let text = format!("Smoothed by Marshall's moments towards the pooled rate of each indicator; rates {per}.");
        self.told(vec![Note::new(Topic::Smoothing, text)])
    }

    fn average_note(&self, average: Average, per: Option<Per>) -> Note {
        let over = match (average.rule(), average.over_which()) {
            (Rule::Fixed(_), _) => String::new(),
            (_, Over::Everyone) => " over the areas known for each indicator".into(),
            (_, over) => {
                let groups = self.groups.get(over).map_or("not in the panel", |groups| groups.name());
                format!(" ({groups}), over those known for each indicator; no average without a group")
            }
        };
        let rates = per.map_or_else(String::new, |per| format!("; rates {per}"));
        Note::new(Topic::Average, format!("Average: {average}{over}{rates}."))
    }

    /// Notes on how something was worked out, between those on the areas and those on what all rests on.
    fn told(&self, how: Vec<Note>) -> Vec<Note> {
        let compared = (0..self.len()).filter(|area| self.takes_part(*area)).count();
        let (areas, columns) = (number::counted(self.len(), "area"), number::counted(self.indicators(), "indicator"));
        let mut notes = vec![Note::new(Topic::Areas, format!("{compared} of {areas} compared by {columns}."))];
        for (area, reason) in self.excluded() {
            notes.push(Note::new(Topic::LeftOut, format!("Left out: {area}, excluded: {reason}.")));
        }
        for (area, policy) in self.policies() {
            let reason = policy.reason();
            let text = match policy {
                Policy::Exclude { .. } => continue,
                Policy::Keep { .. } => format!("Kept: {area}, {reason}."),
                Policy::Merge { into, .. } => format!("Merged: {area} into {into}, {reason}."),
                Policy::Denominator { .. } => format!("Denominator: {area} on another population, {reason}."),
            };
            notes.push(Note::new(Topic::Policy, text));
        }
        for (kind, cells) in self.left_out() {
            let cells = number::counted(cells, "cell");
            let text = format!("Left out, numerator and denominator together: {cells}, {kind}.");
            notes.push(Note::new(Topic::LeftOut, text));
        }
        notes.extend(how);
        let differs = self.bases.iter().zip(self.bases.first().into_iter().cycle());
        let differs: BTreeSet<_> = differs.flat_map(|(basis, first)| first.differing(basis)).collect();
        if !self.basis.is_empty() {
            notes.push(Note::new(Topic::Basis, format!("Basis: {}.", self.basis)));
        }
        if !differs.is_empty() {
            let parts: Vec<&str> = differs.into_iter().map(Part::name).collect();
            notes.push(Note::new(Topic::Basis, format!("Basis that differs by indicator: {}.", parts.join(", "))));
        }
        notes
    }

    /// How many cells take no part for each reason but exclusions, in rows that are not excluded.
    fn left_out(&self) -> impl Iterator<Item = (Cell, usize)> {
        let mut found = [0_usize; Cell::ALL.len()];
        if let Some(mask) = &self.mask {
            for (area, row) in mask.outer_iter().enumerate() {
                if !self.takes_part(area) {
                    continue;
                }
                for code in row.iter().filter(|code| **code != 0) {
                    let kind =
                        Cell::from_code(*code).and_then(|kind| Cell::ALL.iter().position(|other| *other == kind));
                    if let Some(found) = kind.and_then(|kind| found.get_mut(kind)) {
                        *found += 1;
                    }
                }
            }
        }
        Cell::ALL.into_iter().zip(found).filter(|(_, cells)| *cells > 0)
    }
}
