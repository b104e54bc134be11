//! What claims come to where counts were rounded: each is judged with the counts that they stand for, the worst for it and the best.

use super::{
    apart::range_told,
    checked::Checked,
    checker::Checker,
    claim::{Claim, Says},
    ends::{Which, is_figure, may_hold},
    relation::Relation,
    side::Side,
    verdict::Verdict,
};
use crate::base::{Result, digits};

impl Checker {
    /// What counts that were rounded stand for has to bear a verdict, too.
    pub(super) fn by_rounding(&self, row: usize, base: u64, to: &mut Checked) -> Result<()> {
        let base = digits::grouped(base);
        if is_figure(&to.claim) {
            return self.figure_by_rounding(row, &base, to);
        }
        match to.of_compared {
            Verdict::Supported if self.worst(row, Which::Rounded, &to.claim)?.of_compared != Verdict::Supported => {
                to.weaken();
                to.reasons.push(not_at_worst(&base));
            }
            Verdict::Contradicted if may_hold(&to.claim, &self.extremes(row, Which::Rounded, &to.claim)?) => {
                (to.verdict, to.of_compared) = (Verdict::NotCheckable, Verdict::NotCheckable);
                to.reasons.push(at_some(&base));
            }
            _ => {}
        }
        Ok(())
    }

    /// What suppressed counts make fail beside the published ones may hold beside what these stand for.
    pub(super) fn by_rounding_beside_suppressed(&self, row: usize, to: &mut Checked) -> Result<()> {
        let Some(base) = self.league().table().rounding().filter(|_| to.verdict == Verdict::Contradicted) else {
            return Ok(());
        };
        let [_, best] = self.extremes(row, Which::All, &to.claim)?;
        if best.verdict != Verdict::Contradicted {
            to.verdict = Verdict::NotCheckable;
            to.reasons.push(at_some(&digits::grouped(base)));
        }
        Ok(())
    }

    /// A figure is supported where it prints so with all counts that the published ones stand for.
    fn figure_by_rounding(&self, row: usize, base: &str, to: &mut Checked) -> Result<()> {
        let ends = self.extremes(row, Which::Rounded, &to.claim)?;
        let found = ends[0].found.zip(ends[1].found).map(|(one, other)| (one.min(other), one.max(other)));
        let always = found.is_some_and(|(least, most)| to.claim.prints(least) && to.claim.prints(most));
        let range = || {
            let told = found.and_then(|(least, most)| self.range_of(&to.claim, least, most));
            told.map(|told| format!("Counts are rounded to {base}: by what they stand for {told}."))
        };
        let told = match to.of_compared {
            Verdict::Supported if !always => Some(range().unwrap_or_else(|| not_at_worst(base))),
            Verdict::Supported if !self.side_stands(row, to)? => Some(not_at_worst(base)),
            Verdict::NotCertain if !always => range(),
            Verdict::Contradicted if may_hold(&to.claim, &ends) => Some(range().unwrap_or_else(|| at_some(base))),
            _ => None,
        };
        to.found_ends = found;
        if told.is_some() {
            match to.of_compared {
                Verdict::Contradicted => (to.verdict, to.of_compared) = (Verdict::NotCheckable, Verdict::NotCheckable),
                _ => to.weaken(),
            }
        }
        to.reasons.extend(told);
        Ok(())
    }

    /// Whether a rate is on the side that a figure puts it on with the worst for it of the counts that there may be, beyond chance.
    fn side_stands(&self, row: usize, to: &Checked) -> Result<bool> {
        let Says::Compared { relation, against } = &to.claim.says else { return Ok(true) };
        let side = match relation.bound().1 {
            None => return Ok(false),
            Some(Side::More) => Relation::ABOVE,
            Some(Side::Less) => Relation::BELOW,
        };
        let worst = self.worst(row, Which::Rounded, &Claim::compared(to.claim.area(), side, against.clone()))?;
        // A figure was not said for its side, so both sides count.
        let alpha = self.sets_spec().confidence().alpha();
        Ok(worst.of_compared.holds() && worst.p.is_some_and(|p| 2.0 * p <= alpha))
    }

    /// Where a figure may lie, such as `it is 8.1 to 24.9 % above the average`.
    fn range_of(&self, claim: &Claim, least: f64, most: f64) -> Option<String> {
        match &claim.says {
            Says::Compared { relation, against } => {
                Some(format!("it is {} {}", range_told(*relation, least, Some(most)), against.told()))
            }
            Says::Average(figure) => {
                let per = figure.on(self.league().table().basis()).per();
                let decimals = (figure.decimals() as usize + 1).max(digits::decimals(most));
                let [least, most] = [least, most].map(|value| digits::fixed(value, decimals));
                Some(format!("the average is {least} to {most} {per}"))
            }
            _ => None,
        }
    }
}

fn not_at_worst(base: &str) -> String {
    format!(
        "Counts are rounded to {base}: with the worst for it of the counts that they stand for it is not supported."
    )
}

fn at_some(base: &str) -> String {
    format!("Counts are rounded to {base}: with some of the counts that they stand for it holds.")
}
