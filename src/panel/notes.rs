//! What is reported with the figures of a panel.

use super::{panel::Panel, status::CellStatus};
use crate::{
    average::{Average, Rule, Scope, ZScale},
    base::{Note, Topic, digits, note, words},
    forces::hints,
    funnel,
    league::{Compare, Measure, misfit},
    rate::{Observation, Per, Population},
    table::{Area, Hints, LeftOut, Part, Policy, Table, instead_of, share},
};
use std::collections::BTreeSet;

impl Panel<'_> {
    /// What has to be reported with figures of these measures.
    pub(super) fn notes(&self, how: Compare, per: Per, measures: &[Measure]) -> Vec<Note> {
        let asked = |any: &[Measure]| measures.iter().any(|measure| any.contains(measure));
        let mut notes = self.average_notes(how.average(), Some(per));
        if asked(&[Measure::Lower, Measure::Upper]) {
            let told = format!("Intervals: {}{}.", how.interval(), how.interval().variation_told());
            notes.push(Note::new(Topic::Interval, told));
        }
        if asked(&[Measure::Rank]) {
            let ranks = format!("Ranks: {} rate first, {} ties; compared before rounding.", how.order(), how.ties());
            notes.push(Note::new(Topic::Ranking, ranks));
        }
        if asked(&[Measure::Z]) {
            notes.push(Note::new(
                Topic::Z,
                match how.z() {
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

    /// What has to be reported with funnels.
    pub(super) fn funnel_notes(&self, average: Average, spec: funnel::Spec) -> Vec<Note> {
        let scale = format!("z: in standard errors of chance alone, on the {} scale.", spec.scale());
        let dispersion =
            format!("Dispersion: {}; phi and tau^2 of each indicator, {}.", spec.dispersion(), spec.trim());
        let mut notes = self.average_notes(average, None);
        notes.extend([Note::new(Topic::Z, scale), Note::new(Topic::Dispersion, dispersion)]);
        self.told(notes)
    }

    /// What has to be reported with smoothed rates.
    pub(super) fn smoothing_notes(&self, per: Per) -> Vec<Note> {
        let text = format!(
            "Smoothed by Marshall's moments towards the pooled rate of each indicator; rates {}.",
            self.basis.read(per)
        );
        self.told(vec![Note::new(Topic::Smoothing, text)])
    }

    fn average_notes(&self, average: Average, per: Option<Per>) -> Vec<Note> {
        let told = match (average.rule(), average.over_which()) {
            (Rule::Fixed(_), _) => average.to_string(),
            (_, Scope::Everyone) => {
                let comma = if average.with_self() { "" } else { "," };
                format!("{average}{comma} over the areas known for each indicator")
            }
            (_, over) => {
                let groups = self.groups.get(over).map_or("not in the panel", |groups| groups.name());
                let average = average.in_groups(groups);
                format!("{average}, over those known for each indicator; no average without a group")
            }
        };
        let rates = per.map_or_else(String::new, |per| format!("; rates {}", self.basis.read(per)));
        let unknown = self.groups.get(average.over_which()).and_then(|groups| groups.unknown_note());
        let unknown = unknown.map(|text| Note::new(Topic::Groups, text));
        let misfit = misfit(average, &self.basis).map(|text| Note::new(Topic::Average, text));
        let told = Note::new(Topic::Average, format!("Average: {told}{rates}."));
        std::iter::once(told).chain(misfit).chain(unknown).collect()
    }

    /// Notes on how something was worked out, between those on the areas and those on what all rests on.
    fn told(&self, how: Vec<Note>) -> Vec<Note> {
        let without = self.without_population();
        let compared = without.iter().enumerate().filter(|(area, row)| self.takes_part(*area) && row.is_none()).count();
        let (areas, columns) = (words::counted(self.len(), "area"), words::counted(self.indicators(), "indicator"));
        let mut notes = vec![Note::new(
            Topic::Areas,
            format!("{} of {areas} compared by {columns}.", digits::grouped(compared as u64)),
        )];
        // A total is one in every indicator, so one tells: of the first ones that of which most is known.
        const LOOKED_AT: usize = 100;
        let known = |at: &usize| (0..self.len()).filter(|area| matches!(self.rate(*area, *at), Some(Ok(_)))).count();
        let most = (0..self.indicators().min(LOOKED_AT)).rev().max_by_key(known);
        let most = most.and_then(|at| self.indicator_at(at)).map(|indicator| indicator.table());
        let known = hints(self.areas());
        notes.extend(most.iter().flat_map(|table| table.totals_notes(&known)));
        let excluded: Vec<_> = self.excluded().collect();
        let excluded = excluded.iter().map(|(area, reason)| (area.label(), format!("excluded: {reason}")));
        notes.extend(note::left_out(excluded));
        for (kind, why) in
            [(CellStatus::ZeroPopulation, LeftOut::ZeroPopulation), (CellStatus::NoPopulation, LeftOut::NoPopulation)]
        {
            let areas = self.areas().iter().zip(&without).filter(|(_, row)| **row == Some(kind));
            let areas: Vec<&str> = areas.map(|(area, _)| area.label()).collect();
            if !areas.is_empty() {
                notes.push(Note::new(Topic::LeftOut, format!("Left out: {}, {why}.", words::few(&areas))));
            }
        }
        notes.extend(self.unplaced_note(most.as_ref(), &known).map(|text| Note::new(Topic::Areas, text)));
        for (area, policy) in self.policies() {
            match policy {
                Policy::Unplaced { .. } => continue,
                Policy::Total => {
                    notes.extend(self.total_notes(area).into_iter().map(|text| Note::new(Topic::Policy, text)));
                    continue;
                }
                _ => {}
            }
            let on = |population| self.denominator(area, population);
            notes.extend(policy.told(area, "", on).map(|text| Note::new(Topic::Policy, text)));
        }
        for (kind, cells) in self.left_out(&without) {
            let cells = words::counted(cells, "cell");
            let text = format!("Left out, numerator and denominator together: {cells}, {kind}.");
            notes.push(Note::new(Topic::LeftOut, text));
        }
        notes.extend(how);
        let differs = self.bases.iter().zip(self.bases.first().into_iter().cycle());
        let differs: BTreeSet<_> = differs.flat_map(|(basis, first)| first.differing(basis)).collect();
        notes.extend(self.basis.note());
        if !differs.is_empty() {
            let parts: Vec<&str> = differs.into_iter().map(Part::name).collect();
            notes.push(Note::new(Topic::Basis, format!("Basis that differs by indicator: {}.", parts.join(", "))));
        }
        notes
    }

    /// What is in no area, beside what is in one, by all indicators together: neither that of rows that may be totals in this table, which have it
    /// again.
    fn unplaced_note(&self, table: Option<&Table>, known: &Hints) -> Option<String> {
        let unplaced = |area: usize| matches!(self.policies.get(&area), Some(Policy::Unplaced { .. }));
        let named = self.areas().iter().enumerate().filter(|(area, _)| unplaced(*area));
        let names: Vec<&str> = named.map(|(_, area)| area.label()).collect();
        if names.is_empty() {
            return None;
        }
        let is_total = table.map(|table| table.perhaps_totals(known));
        let is_total = |area: usize| is_total.as_ref().is_some_and(|is_total| is_total(area));
        let cells = |areas: &dyn Fn(usize) -> bool| {
            let cells = (0..self.len()).filter(|area| areas(*area));
            let cells = cells.flat_map(|area| (0..self.indicators()).map(move |at| (area, at)));
            cells.filter_map(|(area, at)| self.observation(area, at)).collect::<Vec<_>>()
        };
        let placed = cells(&|area| self.takes_part(area) && !is_total(area));
        let placed: u128 = placed.into_iter().filter_map(Observation::known).map(u128::from).sum();
        // Of what is missing nothing is said.
        let ends = cells(&unplaced).into_iter().filter(|count| !matches!(count, Observation::Missing(_)));
        let (least, most) = ends.map(Observation::ends).fold((0, Some(0)), |(least, most), (from, to)| {
            (least + u128::from(from), most.zip(to).map(|(most, to)| most + u128::from(to)))
        });
        let [shown, all] = [0, placed].map(|more| words::bounds(least + more, most.map(|most| most + more)));
        let share = if most == Some(least) { share(least, least + placed) } else { String::new() };
        Some(format!(
            "In no area: {shown} of {all} counted by all indicators together{share}, {}. They are in no rate and in no average, so every rate is \
             too low by what belongs to it.",
            words::few(&names)
        ))
    }

    /// How a total compares with its areas by each indicator, the same words once; of many indicators by the first ones.
    fn total_notes(&self, area: &Area) -> Vec<String> {
        const HELD: usize = 100;
        const TOLD: usize = 3;
        let known = hints(self.areas());
        let mut found: Vec<(String, Vec<String>)> = Vec::new();
        for indicator in (0..self.indicators().min(HELD)).filter_map(|at| self.indicator_at(at)) {
            let table = indicator.table();
            let Some(text) = self.areas.find(area.label()).and_then(|place| table.policy_told(place, &known)) else {
                continue;
            };
            match found.iter_mut().find(|(other, _)| *other == text) {
                Some((_, labels)) => labels.push(indicator.label()),
                None => found.push((text, vec![indicator.label()])),
            }
        }
        if let ([(text, _)], true) = (found.as_slice(), self.indicators() <= HELD) {
            return vec![text.clone()];
        }
        let named = |labels: &[String]| match labels {
            [one] => one.clone(),
            many => words::counted(many.len(), "indicator"),
        };
        let told = found.iter().take(TOLD).map(|(text, labels)| format!("{text} So by {}.", named(labels)));
        let further = found.len().saturating_sub(TOLD);
        let held = (self.indicators() > HELD).then(|| format!("the first {HELD} indicators were looked at"));
        let more = (further > 0).then(|| format!("by {} in other ways", words::counted(further, "further indicator")));
        let rest: Vec<String> = more.into_iter().chain(held).collect();
        told.chain((!rest.is_empty()).then(|| format!("Total: {area}, {}.", rest.join("; ")))).collect()
    }

    /// The words for another population of an area, and which it replaces, where it is one by all indicators.
    fn denominator(&self, area: &Area, population: Population) -> String {
        let place = self.areas.find(area.label()).unwrap_or(usize::MAX);
        let given = |at| self.given.get(&(at, place)).and_then(|(_, people)| *people);
        let mut all = (0..self.indicators()).map(|at| (self.population(place, at), given(at)));
        match all.next() {
            Some(first) if all.all(|other| other == first) => format!("{population} {}", instead_of(first.1)),
            _ => "another population".into(),
        }
    }

    /// For each area why it has no rate by any indicator, where it is for want of a population.
    fn without_population(&self) -> Vec<Option<CellStatus>> {
        let Some(mask) = self.mask.as_ref().filter(|mask| mask.ncols() > 0) else { return vec![None; self.len()] };
        let kinds = [CellStatus::ZeroPopulation, CellStatus::NoPopulation];
        let rows = mask.outer_iter().enumerate().map(|(area, row)| {
            let whole = |kind: &CellStatus| self.takes_part(area) && row.iter().all(|code| code & kind.code() != 0);
            kinds.into_iter().find(whole)
        });
        rows.collect()
    }

    /// How many cells take no part for each reason but exclusions, in rows that are not left out as a whole.
    fn left_out(&self, without: &[Option<CellStatus>]) -> impl Iterator<Item = (CellStatus, usize)> + use<> {
        let mut found = [0_usize; CellStatus::ALL.len()];
        if let Some(mask) = &self.mask {
            for ((area, row), whole) in mask.outer_iter().enumerate().zip(without) {
                if !self.takes_part(area) || whole.is_some() {
                    continue;
                }
                for code in row.iter().filter(|code| **code != 0) {
                    let kind = CellStatus::from_code(*code)
                        .and_then(|kind| CellStatus::ALL.iter().position(|other| *other == kind));
                    if let Some(found) = kind.and_then(|kind| found.get_mut(kind)) {
                        *found += 1;
                    }
                }
            }
        }
        CellStatus::ALL.into_iter().zip(found).filter(|(_, cells)| *cells > 0)
    }
}
