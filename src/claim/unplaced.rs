//! Counts that are in no area, and whether they could make a sentence fail.

use super::{
    checked::Checked, checker::Checker, claim::Says, compared_with::ComparedWith, earlier::Earlier, factor::Factor,
    judge::implied, side::Side, words::listed,
};
use crate::{
    average::Rule,
    base::digits,
    league::Comparison,
    rate::{Order, Rate},
    table::Nouns,
};

impl Checker {
    /// Takes "supported" back where what is in no area would make the sentence fail if it were in one.
    pub(super) fn made_false(&self, row: usize, to: &mut Checked) {
        let Some(((least, most), needed, whose)) = self.in_no_area(row, to) else { return };
        if most.is_some_and(|most| most < needed) {
            return;
        }
        to.weaken();
        to.in_no_area = Some((most, needed));
        let all = in_no_area_told(&Nouns::of(&to.basis), least, most);
        let needed = digits::grouped(needed);
        to.reasons.push(format!("In no area: {all}; {needed} of them in {whose} would make it fail."));
    }

    /// The least and the most that is in no area, how much of it a sentence would take to fail, and where.
    fn in_no_area(&self, row: usize, to: &Checked) -> Option<((u64, Option<u64>), u64, String)> {
        let table = self.league().table();
        let (table, in_average) = match &to.claim.says {
            Says::Among { .. } | Says::Rate(_) => (table, true),
            Says::Compared { relation, against } => match (relation.bound().1?, against) {
                (_, ComparedWith::YearBefore) => return None,
                // What it would take for a figure to print otherwise is less than for its side to fail.
                _ if relation.is_printed() => return None,
                (Side::More, ComparedWith::Before) => (self.earlier().map(Earlier::table)?, true),
                // The numerator of the average has it already.
                (Side::More, ComparedWith::Average) => (table, false),
                _ => (table, true),
            },
            _ => return None,
        };
        let (least, most) = table.in_no_area(in_average);
        if most == Some(0) {
            return None;
        }
        let all = (narrow(least), most.map(narrow));
        let (needed, whose) = match (&to.claim.says, self.league().row(row)) {
            (Says::Among { order: Order::Highest, places }, Some(here)) => {
                self.to_be_passed(here, places.get() as usize)?
            }
            (Says::Rate(claimed), here) => {
                let rate = to.rate.or_else(|| here.map(|here| here.rate()))?;
                let (_, last) = implied(claimed.on(&to.basis), rate.population())?;
                (last.checked_add(1)?.checked_sub(rate.count())?, to.claim.area().to_owned())
            }
            (Says::Compared { relation, against: ComparedWith::Average }, Some(here))
                if self.league().how().average().rule() == Rule::Mean && relation.bound().1 == Some(Side::More) =>
            {
                self.to_raise_mean(here, relation.bound().0)?
            }
            _ => {
                let point = to.tipping.as_ref()?.count()?;
                (point.fails_at().checked_sub(point.now()?)?, point.area().to_owned())
            }
        };
        Some((all, needed, whose))
    }

    /// The fewest counts more by which a rate would no longer be beyond k times the mean of rates: in the area of which one makes the most.
    fn to_raise_mean(&self, here: Comparison<'_>, factor: Factor) -> Option<(u64, String)> {
        let average = here.average().ok()?;
        let fewest = self.averaged_with(here).into_iter().map(|other| other.population().get()).min()?;
        let apart = here.rate().value() / factor.value() - average.per_head();
        let needed = (apart * fewest as f64 * average.areas() as f64).ceil().max(1.0);
        needed.is_finite().then(|| (needed as u64, "the smallest of the other areas".into()))
    }

    /// The fewest counts more by which as many areas would have a higher rate than this one, and in which areas.
    fn to_be_passed(&self, here: Comparison<'_>, places: usize) -> Option<(u64, String)> {
        let lacking = |there: Rate| -> Option<u64> {
            let [count, people] = [here.rate().count(), here.rate().population().get()].map(u128::from);
            let least = count.checked_mul(there.population().get().into())? / people + 1;
            u64::try_from(least).ok()?.checked_sub(there.count())
        };
        let others = self.league().ranked().filter(|there| there.area() != here.area());
        let (ahead, behind): (Vec<_>, Vec<_>) = others.partition(|there| there.rate().cmp_value(&here.rate()).is_gt());
        let number = places.checked_sub(ahead.len())?;
        let mut needs: Vec<(u64, Comparison<'_>)> =
            behind.into_iter().filter_map(|there| Some((lacking(there.rate())?, there))).collect();
        needs.sort_by_key(|(needed, _)| *needed);
        let nearest = needs.get(..number)?;
        let needed = nearest.iter().try_fold(0_u64, |sum, (needed, _)| sum.checked_add(*needed))?;
        Some((needed, listed(nearest, |(_, there)| there.area().to_string())?))
    }
}

pub(super) fn narrow(count: u128) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// How much is in no area.
pub(super) fn in_no_area_told(nouns: &Nouns, least: u64, most: Option<u64>) -> String {
    match most {
        Some(most) if most == least => nouns.counts(most),
        Some(most) => format!("at most {}", nouns.counts(most)),
        None => format!("{} without an upper bound", nouns.count_noun(false)),
    }
}
