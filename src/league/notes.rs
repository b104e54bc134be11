//! What is reported with a league table, in words.

use super::report::Report;
use crate::{
    average::{Average, Rule, Scope, Spread, ZScale},
    base::{Note, Topic, Undefined, digits, note, words},
    forces::hints,
    rate::{Observation, Per, Rate, Tally},
    table::{Basis, Groups, LeftOut, Policy},
};

impl Report {
    /// What has to be reported with the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let (league, per) = (self.league(), self.per());
        let (how, shown) = (league.how(), digits::grouped(league.len() as u64));
        let mut notes = self.area_notes();
        notes.push(Note::new(Topic::Average, self.average_note()));
        let misfit = misfit(self.league().rule(), self.league().table().basis());
        notes.extend(misfit.map(|text| Note::new(Topic::Average, text)));
        notes.extend(self.group_notes().into_iter().map(|text| Note::new(Topic::Groups, text)));
        notes.extend(self.suppressed_note().map(|text| Note::new(Topic::Average, text)));
        notes.extend(self.ratio_notes());
        notes.push(self.interval_note(&how.interval().variation_told()));
        notes.extend(self.rounded_note("Rates, ranks and z"));
        notes.push(Note::new(
            Topic::Ranking,
            format!("Ranks: of {shown}, {} rate first, {} ties; compared before rounding.", how.order(), how.ties()),
        ));
        notes.push(Note::new(
            Topic::Z,
            match league.spread() {
                Ok(spread) => z_note(spread, per, &shown),
                Err(reason) => format!("z: undefined, {reason}."),
            },
        ));
        match self.bands().map(|spec| league.bands(spec).map(|bands| bands.notes(per))) {
            Some(Ok(told)) => notes.extend(told),
            Some(Err(reason)) => notes.push(Note::new(Topic::Bands, format!("Bands: undefined, {reason}."))),
            None => {}
        }
        notes.extend(league.table().basis().note());
        notes
    }

    /// How many areas are compared, what rows may mean, who is left out, and what is done about areas.
    pub(crate) fn area_notes(&self) -> Vec<Note> {
        let (league, per) = (self.league(), self.per());
        let (of, known) = (league.table().len(), hints(league.table().areas()));
        let compared = format!("{} of {} compared.", digits::grouped(league.len() as u64), words::counted(of, "area"));
        let mut notes = vec![Note::new(Topic::Areas, compared)];
        notes.extend(league.table().rows_notes(&known, league.how().average()));
        let excluded = league.left_out().filter(|(_, why)| matches!(why, LeftOut::Excluded(_))).count();
        notes.extend(note::left_out(league.areas().enumerate().filter_map(|(index, (area, outcome))| {
            let has_note = |why: &LeftOut| matches!(why, LeftOut::Merged { .. } | LeftOut::Total | LeftOut::Unplaced);
            let left_out = outcome.err().filter(|why| !has_note(why))?;
            let rate = match (&left_out, league.table().excluded_rate(index)) {
                (LeftOut::Excluded(_), Some(rate)) if excluded <= 5 => format!(" (its rate is {})", rate.per(per)),
                (LeftOut::ZeroPopulation | LeftOut::NoPopulation, _) => match league.table().observation(index) {
                    Some(Observation::Known(count @ 1..)) => format!(" ({} counted)", digits::grouped(count)),
                    _ => String::new(),
                },
                (LeftOut::NotKnown(count), _) => self.rates_between(*count, index).unwrap_or_default(),
                _ => String::new(),
            };
            Some((area.label(), format!("{left_out}{rate}")))
        })));
        let policies = (0..of).filter_map(|index| league.table().policy_told(index, &known));
        notes.extend(policies.map(|text| Note::new(Topic::Policy, text)));
        notes
    }

    /// How intervals allow for counts that were rounded, and what takes these as they were published.
    pub(crate) fn rounded_note(&self, as_published: &str) -> Option<Note> {
        let text = self.league().table().rounded_note(self.per(), as_published)?;
        Some(Note::new(Topic::Interval, text))
    }

    /// How intervals are made, and what they allow for.
    pub(crate) fn interval_note(&self, variation: &str) -> Note {
        let clamped = self.league().ranked().filter(|c| c.interval().per(self.per()).clamped());
        let clamped: Vec<&str> = clamped.map(|c| c.area().label()).collect();
        let clamped = match clamped.len() {
            0 => String::new(),
            1..=5 => format!(" Lower limits below 0 were set to 0: {}.", clamped.join(", ")),
            n => format!(" Lower limits below 0 were set to 0 for {}.", words::counted(n, "area")),
        };
        let interval = self.league().how().interval().as_told();
        Note::new(Topic::Interval, format!("Intervals: {interval}{variation}.{clamped}"))
    }

    /// Whose rate is no multiple of an average, and why.
    pub(super) fn ratio_notes(&self) -> impl Iterator<Item = Note> {
        [Undefined::NoAverage, Undefined::ZeroAverage, Undefined::NoGroup].into_iter().filter_map(|reason| {
            let without = self.league().ranked().filter(|c| c.ratio().err() == Some(reason));
            let without: Vec<&str> = without.map(|c| c.area().label()).collect();
            let areas = (!without.is_empty()).then(|| words::few(&without))?;
            Some(Note::new(Topic::Average, format!("No ratio and no per cent for {areas}: {reason}.")))
        })
    }

    /// The rates that an area may have whose count is known to lie between two ends.
    fn rates_between(&self, count: Observation, index: usize) -> Option<String> {
        let (least, most) = count.ends();
        let population = self.league().table().population(index)?;
        let Some(most) = most else {
            return (least > 0)
                .then(|| format!(" (its rate is at least {})", Rate::of(least, population).per(self.per())));
        };
        let [low, high] = [least, most].map(|count| Rate::of(count, population).per(self.per()));
        let decimals = high.decimals();
        Some(format!(" (its rate is {} to {} {})", low.digits(decimals), high.digits(decimals), self.per()))
    }

    /// Suppressed counts are small by rule, so leaving them out moves the pooled average up; where their bounds are given,
    /// so is the range of the average with them in.
    pub(crate) fn suppressed_note(&self) -> Option<String> {
        let (table, everyone) = (self.league().table(), self.league().rule().over_which().is_everyone());
        let what = if everyone { "the pooled average" } else { "the pooled average of everyone" };
        self.suppressed_among(0..table.len(), table.unplaced_count(), what)
    }

    /// The same of the areas in some rows, and of what is in no area; counts that were rounded may be all that they stand for.
    pub(crate) fn suppressed_among(
        &self,
        rows: impl Iterator<Item = usize>,
        unplaced: u128,
        what: &str,
    ) -> Option<String> {
        let (table, unplaced) = (self.league().table(), Tally::new().with_unplaced(unplaced));
        let (mut low, mut high) = (unplaced, unplaced);
        let (mut suppressed, mut bounded) = (0, true);
        for index in rows {
            let (least, most, people) = match table.rate(index)? {
                Ok(rate) => {
                    let (least, most) = table.unrounded(index, rate.count()).unwrap_or((rate.count(), rate.count()));
                    (least, most, rate.population())
                }
                Err(LeftOut::NotKnown(Observation::Suppressed { at_least, at_most })) => {
                    suppressed += 1;
                    bounded &= at_most.is_some();
                    (at_least, at_most.unwrap_or(at_least), table.population(index)?)
                }
                Err(_) => continue,
            };
            low += Rate::of(least, people);
            high += Rate::of(most, people);
        }
        if suppressed == 0 {
            return None;
        }
        let rounded = if table.rounding().is_some() { ", and all that rounded ones may be" } else { "" };
        let counts = format!("With {} in{rounded},", words::counted(suppressed, "suppressed count"));
        let (low, high) = (low.per(self.per())?, high.per(self.per())?);
        let decimals = high.decimals();
        let [low, high] = [low, high].map(|value| value.digits(decimals));
        Some(if bounded {
            format!("{counts} {what} lies from {low} to {high} {}.", self.per())
        } else {
            format!("{counts} {what} is at least {low} {}; no upper bound is known.", self.per())
        })
    }

    pub(super) fn average_note(&self) -> String {
        let rule = self.league().rule();
        match self.league().average_of_all() {
            Err(reason) => format!("Average: {rule}; undefined, {reason}."),
            Ok(value) => {
                let shown = value.per(self.per());
                let areas = words::counted(value.areas(), "area");
                match (rule.rule(), rule.over_which()) {
                    (Rule::Fixed(_), _) => format!("Average: {rule}."),
                    (_, Scope::Group(_)) => {
                        let groups = self.league().groups().map_or("not in the table", Groups::name);
                        let over = self.group_sizes().map_or_else(String::new, |sizes| format!(", over {sizes}"));
                        let rule = rule.in_groups(groups);
                        format!("Average: {rule}{over}; of everyone, {shown} over {areas}.")
                    }
                    _ if rule.with_self() => format!("Average: {rule}, {shown} over {areas}."),
                    _ => format!("Average: {rule}; with every area in it, {shown} over {areas}."),
                }
            }
        }
    }

    /// How many areas the averages are over, such as `4 to 7 areas`.
    fn group_sizes(&self) -> Option<String> {
        let sizes = || self.league().ranked().filter_map(|c| Some(c.average().ok()?.areas()));
        let (least, most) = (sizes().min()?, sizes().max()?);
        Some(format!("{} area{}", words::from_to(least, most), if (least, most) == (1, 1) { "" } else { "s" }))
    }

    /// Which members of groups take no part, and whose groups have nobody else.
    fn group_notes(&self) -> Vec<String> {
        let league = self.league();
        let Some(groups) = league.groups() else { return Vec::new() };
        let areas = || league.table().areas().iter().enumerate();
        let mut used = vec![false; groups.lists().count()];
        for (index, _) in areas().filter(|(index, _)| league.place(*index).is_some()) {
            if let Some(used) = groups.of(index).and_then(|list| used.get_mut(list)) {
                *used = true;
            }
        }
        let mut absent = vec![false; league.table().len()];
        for list in groups.lists().zip(&used).filter_map(|(list, used)| used.then_some(list)) {
            for area in list.iter().filter(|area| league.place(**area).is_none()) {
                // What is merged into another member is in the average all the same.
                let within = match league.table().by_place().get(area) {
                    Some(Policy::Merge { into, .. }) => {
                        league.table().index(into).is_ok_and(|into| list.contains(&into))
                    }
                    _ => false,
                };
                if let Some(absent) = absent.get_mut(*area) {
                    *absent |= !within;
                }
            }
        }
        let absent: Vec<&str> =
            areas().zip(absent).filter_map(|((_, area), absent)| absent.then_some(area.label())).collect();
        let alone = league.ranked().filter(|c| c.tally.is_ok_and(|tally| tally.areas() == 1));
        let alone: Vec<&str> = alone.map(|c| c.area().label()).collect();
        let (mut notes, members) = (Vec::new(), words::counted(absent.len(), "member"));
        if !absent.is_empty() {
            notes.push(format!("Groups: {members} left out, numerator and denominator: {}.", words::few(&absent)));
        }
        if !alone.is_empty() {
            notes.push(format!("Groups: the only area of its group: {}.", words::few(&alone)));
        }
        notes.extend(groups.unknown_note());
        notes
    }
}

/// What is wrong with a fixed average compared with rates on this basis: one is of people and the others are of person-months.
pub(crate) fn misfit(average: Average, basis: &Basis) -> Option<String> {
    let Rule::Fixed(fixed) = average.rule() else { return None };
    let (own, theirs) = (fixed.per(), basis.read(fixed.per()));
    (fixed.value() > 0.0 && own != theirs).then(|| {
        let [own, theirs] = [own, theirs].map(|per| if per.is_in_person_months() { "person-months" } else { "people" });
        format!("The average is fixed per {own} and the rates are per {theirs}, so they do not compare.")
    })
}

fn z_note(spread: Spread, per: Per, compared: &str) -> String {
    let (centre, unit) = (spread.centre(per), spread.unit(per));
    let decimals = digits::decimals(centre).max(digits::decimals(unit));
    let shown = |value| digits::fixed(value, decimals);
    match spread.scale() {
        ZScale::Standard => format!(
            "z: (rate - {}) / {}, the mean and standard deviation (n - 1) of the {compared} rates.",
            shown(centre),
            shown(unit)
        ),
        ZScale::Log => format!(
            "Log z: ln(rate / {}) / {}, the geometric mean of the {compared} rates and the standard deviation (n - 1) of \
             their logarithms.",
            digits::fixed(centre, digits::decimals(centre)),
            digits::fixed(unit, digits::decimals(unit))
        ),
        ZScale::Robust => format!(
            "Robust z: (rate - {}) / {}, the median and 1.4826 times the median absolute deviation of the {compared} rates.",
            shown(centre),
            shown(unit)
        ),
    }
}
