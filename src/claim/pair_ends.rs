//! Pairs of rates, of which one or both are known within bounds alone.

use super::{
    apart::range_told, bench::Bench, checked::Checked, checker::Checker, compared_with::ComparedWith,
    relation::Relation, side::Side, verdict::Verdict, words::capital,
};
use crate::{
    base::digits,
    interval::{Interval, TestSpec},
    rate::Rate,
    table::{LeftOut, Table},
    time::Change,
};

/// A rate, or an end of what it may be, and which end that is.
pub(super) type RateEnd = (Rate, &'static str);

/// The least and the most that a rate may be; of what nothing bounds from above there is no most.
pub(super) type RateEnds = [Option<RateEnd>; 2];

impl Checker {
    /// The least and the most that a rate may be; both are the rate where it is known.
    pub(super) fn rate_ends(&self, row: usize) -> Option<RateEnds> {
        rate_ends(self.league().table(), row)
    }

    /// The same of an area and of what it is compared with, where one of them is suppressed: then what was rounded has ends, too.
    pub(super) fn both_ends(&self, row: usize, against: &ComparedWith) -> Option<[RateEnds; 2]> {
        if *against == ComparedWith::YearBefore {
            let both = self.year_ends(row)?;
            return both.iter().any(|[least, most]| least != most).then_some(both);
        }
        let suppressed = self.ends_of_pair(row, against, rate_ends)?.iter().any(|[least, most]| least != most);
        if suppressed { self.ends_of_pair(row, against, rounded_ends) } else { None }
    }

    /// What a rate now and one before may be, where either is not known exactly.
    fn change_ends(&self, row: usize, against: &ComparedWith) -> Option<[RateEnds; 2]> {
        match against {
            ComparedWith::Before => {
                let both = self.ends_of_pair(row, against, rounded_ends)?;
                both.iter().any(|[least, most]| least != most).then_some(both)
            }
            _ => self.both_ends(row, against),
        }
    }

    /// What is found of an area and of what it is compared with.
    fn ends_of_pair(
        &self,
        row: usize,
        against: &ComparedWith,
        ends: impl Fn(&Table, usize) -> Option<RateEnds>,
    ) -> Option<[RateEnds; 2]> {
        let table = self.league().table();
        let other = match against {
            ComparedWith::Average | ComparedWith::YearBefore => return None,
            ComparedWith::Area(name) => ends(table, table.index(name).ok()?)?,
            ComparedWith::Before => {
                let before = self.earlier()?.table();
                ends(before, before.place_of(table.areas().get(row)?)?)?
            }
        };
        Some([ends(table, row)?, other])
    }

    /// The rates at the ends of what both may be, where these decide how they lie: at the ends that are the worst for the claim where it
    /// holds there, at the best ones where it fails there.
    pub(super) fn range_decides(&self, row: usize, against: &ComparedWith, relation: Relation) -> Option<[RateEnd; 2]> {
        let (factor, side, just) = relation.bound();
        let side = side.filter(|_| !relation.is_printed())?;
        let [worst, best] = worst_and_best(self.both_ends(row, against)?, side);
        let holds = |(own, its): &(RateEnd, RateEnd)| side.holds(Bench::rate(its.0).place(own.0, factor), just);
        worst.filter(holds).or_else(|| best.filter(|ends| !holds(ends))).map(Into::into)
    }

    /// Judges a figure by the range that it may have; whether there is one.
    pub(super) fn figure_within(
        &self,
        row: usize,
        relation: Relation,
        against: &ComparedWith,
        to: &mut Checked,
    ) -> bool {
        let side = relation.bound().1;
        let Some(both) = self.both_ends(row, against) else { return false };
        let [lowest, highest] = worst_and_best(both, Side::More);
        let found = |(own, other): (RateEnd, RateEnd)| {
            let percent = Change::between(other.0, own.0).percent().filter(|percent| percent.is_finite())?;
            Some(if relation.in_times() { 1.0 + percent / 100.0 } else { percent })
        };
        // Nothing undercuts zero, which is all below whatever is any higher.
        let none = if relation.in_times() { 0.0 } else { -100.0 };
        let ends = [lowest.map_or(Some(none), found), highest.and_then(found)];
        let [Some(least), most] = ends else { return false };
        if (least, most) == (none, None) {
            return false;
        }
        to.reasons.extend(self.ends_of_both(row, against));
        to.reasons.push(format!("So it is {} {}.", range_told(relation, least, most), against.told()));
        to.found_ends = most.map(|most| (least, most));
        (to.verdict, to.of_compared) = match most {
            most if !relation.reached(least, most.unwrap_or(f64::INFINITY)) => {
                (Verdict::Contradicted, Verdict::Contradicted)
            }
            Some(most) if relation.agrees(least) && relation.agrees(most) => {
                let worst = side.and_then(|side| Some((side, worst_and_best(both, side)[0]?)));
                let verdict = worst.map_or(Verdict::NotCertain, |(side, ((own, _), (other, _)))| {
                    let held = self.against_end(row, against, (other, ""));
                    self.beyond_chance(own, relation, side, (&held, against), to)
                });
                (verdict, verdict)
            }
            _ => return true,
        };
        to.weaken_if_only_whole(relation, [Some(least), most].into_iter().flatten());
        true
    }

    /// The interval of a change: of all that both rates may be, from the lower limit of the least to the upper limit of the most.
    pub(super) fn change_told(&self, row: usize, against: &ComparedWith, change: Change) -> String {
        let confidence = self.sets_spec().confidence();
        let spec = TestSpec::from(confidence);
        let (spec, how) = match self.within() {
            None => (spec, "exact".into()),
            Some(within) => (spec.with_dispersion(within), format!("with phi_w {within}")),
        };
        let shown = |limit: f64| digits::signed(limit, 1);
        let Some(both) = self.change_ends(row, against) else {
            let interval = change.interval(spec);
            let [lower, upper] = [interval.lower(), interval.upper()].map(shown);
            return format!("The change has a {confidence} interval of {lower} to {upper} % ({how}).");
        };
        let interval = |ends: Option<(RateEnd, RateEnd)>| {
            ends.map(|((own, _), (other, _))| Change::between(other, own).interval(spec))
        };
        let [least, most] = worst_and_best(both, Side::More).map(interval);
        let lower = least.map(Interval::lower).filter(|limit| limit.is_finite());
        let upper = most.map(Interval::upper).filter(|limit| limit.is_finite());
        let limits = match (lower.map(shown), upper.map(shown)) {
            (Some(lower), Some(upper)) => format!("a {confidence} interval of {lower} to {upper} %"),
            (Some(lower), None) => format!("a lower {confidence} limit of {lower} %, and no upper one"),
            (None, Some(upper)) => format!("an upper {confidence} limit of {upper} %, and no lower one"),
            (None, None) => format!("no {confidence} interval"),
        };
        format!("By all that the counts may be, the change has {limits} ({how}).")
    }

    /// What is known of both rates, where that is anything of one that is not known exactly.
    pub(super) fn ends_of_both(&self, row: usize, against: &ComparedWith) -> Vec<String> {
        let Some([own, other]) = self.both_ends(row, against) else { return Vec::new() };
        let whose = match against {
            ComparedWith::Area(name) => format!("That of {name}"),
            earlier => capital(&earlier.told()),
        };
        let known = |[least, most]: RateEnds| -> Vec<RateEnd> {
            // That it is at least nothing is known of every rate.
            let least = least.filter(|(rate, end)| end.is_empty() || rate.count() > 0);
            least.into_iter().chain(most.filter(|most| Some(*most) != least)).collect()
        };
        let both = [("Its rate".to_owned(), known(own)), (whose, known(other))];
        if both.iter().all(|(_, ends)| ends.iter().all(|(_, end)| end.is_empty())) {
            return Vec::new();
        }
        let told = both.into_iter().filter(|(_, ends)| !ends.is_empty()).map(|(whose, ends)| {
            let ends: Vec<String> = ends.into_iter().map(|(rate, end)| self.end_told(rate, end)).collect();
            format!("{whose} is {}.", ends.join(", and "))
        });
        told.collect()
    }

    /// Such as `at most 8.0 per 100,000 (4 offences among 50,000 people)`.
    pub(super) fn end_told(&self, rate: Rate, end: &str) -> String {
        format!("{end}{} ({})", self.read(rate), self.on(rate))
    }
}

/// Both rates at the ends that are the worst, and the best, for a rate that is to be on a side of the other.
fn worst_and_best(
    [[least, most], [its_least, its_most]]: [RateEnds; 2],
    side: Side,
) -> [Option<(RateEnd, RateEnd)>; 2] {
    let ends = [least.zip(its_most), most.zip(its_least)];
    match side {
        Side::More => ends,
        Side::Less => {
            let [worst, best] = ends;
            [best, worst]
        }
    }
}

/// The least and the most that a rate of a table may be.
fn rate_ends(table: &Table, row: usize) -> Option<RateEnds> {
    match table.rate(row)? {
        Ok(rate) => return Some([Some((rate, "")); 2]),
        Err(LeftOut::Excluded(_)) => {
            if let Some(rate) = table.excluded_rate(row) {
                return Some([Some((rate, "")); 2]);
            }
        }
        Err(_) => {}
    }
    // A count that is known has no ends: what takes no part with one does so on purpose.
    let count = table.observation(row).filter(|count| count.known().is_none())?;
    let (people, (least, most)) = (table.population(row)?, count.ends());
    let on = |count: u64, end: &'static str| (Rate::of(count, people), end);
    Some([Some(on(least, "at least ")), most.map(|most| on(most, "at most "))])
}

/// The same where counts that were rounded are known between two ends.
fn rounded_ends(table: &Table, row: usize) -> Option<RateEnds> {
    let ends = rate_ends(table, row)?;
    let [Some((rate, "")), _] = ends else { return Some(ends) };
    let Some((least, most)) = table.unrounded(row, rate.count()) else { return Some(ends) };
    let on = |count: u64, end: &'static str| Some((Rate::of(count, rate.population()), end));
    Some([on(least, "at least "), on(most, "at most ")])
}
