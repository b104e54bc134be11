//! What claims come to where counts are known within bounds alone, as suppressed ones are, and ones that were rounded.
//!
//! A claim is judged again with the counts at the ends of what they may be: its area's at one, all others at the other one. Tests of an area that
//! was picked then count as so many, not by the p-values of the others (Holm), which may be larger with other counts.

use super::{
    checked::Checked,
    checker::Checker,
    claim::{Claim, Says},
    compared_with::ComparedWith,
    earlier::Earlier,
    side::Side,
    verdict::Verdict,
    words::{capital, further, listed},
};
use crate::{
    base::Result,
    rate::{Observation, Order, Rate},
    table::{LeftOut, Table},
};

/// Why what is said of an average cannot be checked whatever the counts that are bounded are.
const OPEN: &str = "A suppressed count of another area has no upper bound, so the average may be any higher.";

/// An end of what a count may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Least,
    Most,
}

/// Which counts are put at their ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Those that were rounded.
    Rounded,
    /// The suppressed one of the area, too.
    Own,
    /// All suppressed ones, too.
    All,
}

impl End {
    const fn other(self) -> Self {
        match self {
            Self::Least => Self::Most,
            Self::Most => Self::Least,
        }
    }

    const fn of(self, least: u64, most: Option<u64>) -> Option<u64> {
        match self {
            Self::Least => Some(least),
            Self::Most => most,
        }
    }
}

/// The end of its area's count that is the nearest to what a claim says.
fn near(claim: &Claim) -> End {
    let high = match &claim.says {
        Says::Compared { relation, .. } => relation.bound().1 != Some(Side::Less),
        Says::Among { order, .. } => *order == Order::Highest,
        Says::Moved(places) => places.to < places.from,
        Says::Rate(_) | Says::Between(_) | Says::Average(_) | Says::OverTime(_) => true,
    };
    if high { End::Most } else { End::Least }
}

/// A table with counts at an end: that of one area, and those of all others.
fn at(table: &Table, row: Option<usize>, which: Which, own: End, others: End) -> Table {
    table.with_counts(|index, count| {
        let is_own = Some(index) == row;
        let end = if is_own { own } else { others };
        let found = match count {
            Observation::Known(known) => {
                let figures = table.rate(index).and_then(Result::ok).or_else(|| table.excluded_rate(index));
                figures.and_then(|_| table.unrounded(index, known)).and_then(|(least, most)| end.of(least, Some(most)))
            }
            Observation::Suppressed { at_least, at_most } if which == Which::All || (is_own && which == Which::Own) => {
                end.of(at_least, at_most)
            }
            _ => None,
        };
        found.map_or(count, Observation::Known)
    })
}

impl Checker {
    /// The least and the most that a count may be, where it is not known exactly and something is known of it.
    pub(super) fn ends(&self, row: usize) -> Option<(u64, Option<u64>)> {
        let table = self.league().table();
        match table.observation(row)? {
            Observation::Known(count) => table.unrounded(row, count).map(|(least, most)| (least, Some(most))),
            Observation::Suppressed { at_least: 0, at_most: None } | Observation::Missing(_) => None,
            suppressed => Some(suppressed.ends()),
        }
    }

    /// The rates at these ends.
    pub(super) fn end_rates(&self, row: usize) -> Option<(Rate, Option<Rate>)> {
        let ((least, most), people) = (self.ends(row)?, self.league().table().population(row)?);
        Some((Rate::of(least, people), most.map(|most| Rate::of(most, people))))
    }

    /// Judges again what was judged of the counts as they were published.
    pub(super) fn bounded(&self, row: usize, to: &mut Checked) -> Result<()> {
        let table = self.league().table();
        let of_average =
            matches!(to.claim.says, Says::Average(_) | Says::Compared { against: ComparedWith::Average, .. });
        // Of a series no ends are known.
        let of_series = matches!(to.claim.says, Says::Compared { against: ComparedWith::YearBefore, .. });
        if of_series || matches!(to.claim.says, Says::Rate(_) | Says::Between(_)) {
            return Ok(());
        }
        // Of a pair of which one is suppressed all ends are in it already.
        if matches!(&to.claim.says, Says::Compared { against, .. } if self.both_ends(row, against).is_some()) {
            return Ok(());
        }
        if matches!(table.observation(row), Some(Observation::Suppressed { .. })) && self.league().row(row).is_none() {
            let alone = of_average || matches!(to.claim.says, Says::Among { .. });
            return if alone && to.ends.is_some() { self.by_own_ends(row, to) } else { Ok(()) };
        }
        if let Some(base) = table.rounding().or_else(|| self.earlier().and_then(|earlier| earlier.table().rounding())) {
            self.by_rounding(row, base, to)?;
        }
        if matches!(to.claim.says, Says::Among { .. } | Says::Moved(_)) {
            self.by_rounding_beside_suppressed(row, to)?;
            return self.by_those_of_others(row, to);
        }
        match of_average && to.rate.is_some() && !self.suppressed_in_average(row).is_empty() {
            true => self.by_suppressed(row, to),
            false => Ok(()),
        }
    }

    /// The claim at the ends that are the worst and the best for it; of an average all counts are at one end.
    pub(super) fn extremes(&self, row: usize, which: Which, claim: &Claim) -> Result<[Checked; 2]> {
        let best = self.at_extreme(row, which, claim, near(claim))?.saying("At best its rate would be");
        Ok([self.worst(row, which, claim)?, best.as_published(claim)?])
    }

    /// The claim at the ends that are the worst for it.
    pub(super) fn worst(&self, row: usize, which: Which, claim: &Claim) -> Result<Checked> {
        let worst = self.at_extreme(row, which, claim, near(claim).other())?;
        worst.saying("At worst its rate would be").as_published(claim)
    }

    /// The claim's tables with the area's count at the most, and all others at the least or, of an average, at the most; or the other way round.
    pub(super) fn with_own(&self, row: usize, which: Which, claim: &Claim, high: bool) -> Result<Self> {
        self.at_extreme(row, which, claim, if high { End::Most } else { End::Least })
    }

    /// The tables with the area's count at this end, and all others at the other one or, of an average, at the same.
    fn at_extreme(&self, row: usize, which: Which, claim: &Claim, own: End) -> Result<Self> {
        let others = if matches!(claim.says, Says::Average(_)) { own } else { own.other() };
        self.at_ends(row, which, own, others)
    }

    /// What is checked against these tables with counts at ends; before, the area's count is at the other one.
    fn at_ends(&self, row: usize, which: Which, own: End, others: End) -> Result<Self> {
        let table = self.league().table();
        let before = self.earlier().map(Earlier::table);
        let before = before.map(|before| {
            let area = table.areas().get(row);
            at(before, area.and_then(|area| before.place_of(area)), which, own.other(), own)
        });
        self.about(&at(table, Some(row), which, own, others), before.as_ref())
    }

    /// An average is known within bounds alone with the suppressed counts in, and these decide where they can.
    fn by_suppressed(&self, row: usize, to: &mut Checked) -> Result<()> {
        let ends = self.extremes(row, Which::All, &to.claim)?;
        let rises = self.average_may_rise(row);
        to.of_known_alone = true;
        to.found_ends = ends[0].found.zip(ends[1].found);
        let may_hold = may_hold(&to.claim, &ends) || rises && may_hold_beyond(&to.claim, &ends);
        let bears_more = !rises || is_below(&to.claim);
        let always = bears_more && ends.iter().all(|there| there.of_compared.holds());
        // Of rounded counts it may be open.
        let open = to.verdict == Verdict::NotCheckable && to.found.is_some();
        let (verdict, told) = match to.verdict {
            verdict if (verdict.holds() || open) && !may_hold => (Verdict::Contradicted, Some("fails")),
            verdict if verdict.holds() && !always => (Verdict::NotCertain, None),
            verdict if (verdict == Verdict::Contradicted || open) && always => (Verdict::NotCertain, Some("holds")),
            Verdict::Contradicted if may_hold => (Verdict::NotCheckable, None),
            verdict => (verdict, None),
        };
        to.verdict = verdict;
        to.reasons.extend(told.map(|told| format!("With the suppressed counts in it {told}, whatever they are.")));
        Ok(())
    }

    /// What is supported of a place has to be so with each suppressed count of others at the worst for it, too: known within bounds, they have
    /// no rank set.
    fn by_those_of_others(&self, row: usize, to: &mut Checked) -> Result<()> {
        let bounded = |why: &LeftOut| matches!(why, LeftOut::NotKnown(Observation::Suppressed { .. }));
        let leagues = [Some(self.league()), self.earlier().map(Earlier::league)];
        let any = leagues.into_iter().flatten().any(|league| league.left_out().any(|(_, why)| bounded(why)));
        if to.verdict != Verdict::Supported || !any {
            return Ok(());
        }
        let worst = self.worst(row, Which::All, &to.claim)?;
        if worst.verdict != Verdict::Supported {
            to.verdict = Verdict::NotCertain;
            let could = self.could_make_it_so();
            to.reasons.push(format!("With suppressed counts at the worst for it of what they may be, {could}."));
        }
        Ok(())
    }

    /// Whether a suppressed count of another area without an upper bound could make an average any higher.
    fn average_may_rise(&self, row: usize) -> bool {
        self.suppressed_in_average(row).iter().any(|(at, (_, most))| *at != row && most.is_none())
    }

    /// The verdict on an area whose own count is suppressed, as far as its ends tell it.
    fn by_own_ends(&self, row: usize, to: &mut Checked) -> Result<()> {
        let Some((least, most)) = self.end_rates(row) else { return Ok(()) };
        let which = if matches!(to.claim.says, Says::Among { .. }) { Which::Own } else { Which::All };
        let mut ends = self.extremes(row, which, &to.claim)?;
        self.at_extreme(row, which, &to.claim, near(&to.claim).other())?.placed(row, &mut ends[0])?;
        to.reasons.push(self.ends_told(row));
        let [worst, best] = &ends;
        let known = ends.iter().all(|there| there.found.is_some());
        let end = if near(&to.claim) == End::Most { most } else { Some(least) };
        let fails = best.verdict == Verdict::Contradicted && end.is_some();
        if fails && (!is_figure(&to.claim) || known && !may_hold(&to.claim, &ends)) {
            (to.verdict, to.of_compared) = (Verdict::Contradicted, Verdict::Contradicted);
            to.reasons.extend::<Vec<String>>(match (&to.claim.says, end) {
                (Says::Among { order, .. }, Some(end)) => {
                    let ahead = self.seen_from(*order).take_while(|it| order.place(it.rate().cmp_value(&end)).is_lt());
                    let ahead: Vec<_> = ahead.collect();
                    to.ahead = ahead.iter().map(|it| it.area().label().to_owned()).collect();
                    let further = further(*order);
                    let known = listed(&ahead, |it| format!("{} ({})", it.area(), self.read(it.rate())));
                    let surely = listed(&self.silent(end, *order).surely, |(area, why)| format!("{area} ({why})"));
                    let surely = surely.map(|list| format!("Not compared, and surely {further}: {list}."));
                    known.map(|list| format!("{}: {list}.", capital(further))).into_iter().chain(surely).collect()
                }
                _ => best.reasons.first().cloned().into_iter().collect(),
            });
            return Ok(());
        }
        let may_fail = which == Which::All && self.average_may_rise(row) && !is_below(&to.claim);
        // Where nothing bounds its rate there is no best, and what holds at the worst holds whatever its count is.
        let beyond = end.is_none() && !is_figure(&to.claim);
        let judged = |of: fn(&Checked) -> Verdict| match (of(worst), if beyond { of(worst) } else { of(best) }) {
            (one, other) if may_fail || !one.holds() || !other.holds() => Verdict::NotCheckable,
            (Verdict::Supported, Verdict::Supported) => Verdict::Supported,
            _ => Verdict::NotCertain,
        };
        (to.verdict, to.of_compared) = (judged(|it| it.verdict), judged(|it| it.of_compared));
        if to.of_compared.holds() {
            (to.p, to.p_alone, to.in_no_area) = (worst.p, worst.p_alone, worst.in_no_area);
            to.reasons.extend(worst.reasons.iter().cloned());
        } else {
            let known = ends.iter().filter(|there| there.rate.is_some());
            to.reasons.extend(known.filter_map(|there| there.reasons.first().cloned()));
            to.reasons.extend(may_fail.then(|| OPEN.to_owned()));
        }
        if which == Which::Own { self.by_those_of_others(row, to) } else { Ok(()) }
    }

    /// What is known of a rate whose count is not, such as `Its rate is at most 8.0 per 100,000.`
    pub(super) fn ends_told(&self, row: usize) -> String {
        let shown = |rate: Rate| self.read(rate);
        match self.end_rates(row) {
            None => "Nothing is known of its rate.".into(),
            Some((least, None)) => format!("Its rate is at least {}.", shown(least)),
            Some((least, Some(most))) if least.count() == 0 => format!("Its rate is at most {}.", shown(most)),
            Some((least, Some(most))) => format!("Its rate is at least {}, and at most {}.", shown(least), shown(most)),
        }
    }
}

pub(super) fn is_figure(claim: &Claim) -> bool {
    match &claim.says {
        Says::Compared { relation, .. } => relation.is_printed(),
        says => matches!(says, Says::Average(_)),
    }
}

/// Whether a claim is of a rate below an average, however large that is.
fn is_below(claim: &Claim) -> bool {
    match &claim.says {
        Says::Compared { relation, .. } => !relation.is_printed() && relation.bound().1 == Some(Side::Less),
        _ => false,
    }
}

/// Whether a claim may hold beside an average that is larger than at these ends, by any amount.
fn may_hold_beyond(claim: &Claim, [worst, best]: &[Checked; 2]) -> bool {
    let Some((one, other)) = worst.found.zip(best.found) else { return true };
    match &claim.says {
        Says::Compared { relation, .. } if relation.is_printed() => {
            let least = if relation.in_times() { 0.0 } else { -100.0 };
            relation.reached(least, one.max(other))
        }
        Says::Average(figure) => figure.reached(one.min(other), f64::INFINITY),
        _ => is_below(claim),
    }
}

/// Whether a claim may hold between what it came to at the worst and at the best for it.
pub(super) fn may_hold(claim: &Claim, [worst, best]: &[Checked; 2]) -> bool {
    let found = worst.found.zip(best.found);
    match &claim.says {
        Says::Compared { relation, .. } if relation.is_printed() => {
            found.is_none_or(|(one, other)| relation.reached(one.min(other), one.max(other)))
        }
        Says::Average(figure) => found.is_none_or(|(one, other)| figure.reached(one.min(other), one.max(other))),
        _ => best.of_compared.holds(),
    }
}
