//! Counts that are in no area, and whether they could make a sentence fail.

use super::{
    checked::Checked, checker::Checker, claim::Says, compared_with::ComparedWith, earlier::Earlier, side::Side,
    verdict::Verdict, words::listed,
};
use crate::{
    base::digits,
    league::Comparison,
    rate::{Order, Rate},
    table::Nouns,
};

impl Checker {
    /// Takes "supported" back where what is in no area would make the sentence fail if it were in one.
    pub(super) fn placed(&self, row: usize, to: &mut Checked) {
        let supported = [to.verdict, to.of_compared].contains(&Verdict::Supported);
        let Some(((least, most), needed, whose)) = self.in_no_area(row, to).filter(|_| supported) else { return };
        if most.is_some_and(|most| most < needed) {
            return;
        }
        to.weaken();
        to.in_no_area = Some((most, needed));
        let nouns = Nouns::of(&to.basis);
        let all = match most {
            Some(most) if most == least => nouns.counts(most),
            Some(most) => format!("at most {}", nouns.counts(most)),
            None => format!("{} without an upper bound", nouns.count_noun(false)),
        };
        let needed = digits::grouped(needed);
        to.reasons.push(format!("In no area: {all}; {needed} of them in {whose} would make it fail."));
    }

    /// The least and the most that is in no area, how much of it a sentence would take to fail, and where.
    fn in_no_area(&self, row: usize, to: &Checked) -> Option<((u64, Option<u64>), u64, String)> {
        let table = self.league().table();
        let (table, in_average) = match &to.claim.says {
            Says::Among { .. } => (table, true),
            Says::Compared { relation, against } => match (relation.bound().1?, against) {
                (_, ComparedWith::YearBefore) => return None,
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
        let narrow = |count: u128| u64::try_from(count).unwrap_or(u64::MAX);
        let all = (narrow(least), most.map(narrow));
        let (needed, whose) = match (&to.claim.says, self.league().row(row)) {
            (Says::Among { order: Order::Highest, places }, Some(here)) => {
                self.to_be_passed(here, places.get() as usize)?
            }
            _ => {
                let point = to.tipping.as_ref()?.count()?;
                (point.fails_at().checked_sub(point.now()?)?, point.area().to_owned())
            }
        };
        Some((all, needed, whose))
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
