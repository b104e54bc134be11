//! "The highest since ..." where counts of the series are suppressed: judged with the worst and the best for it of what they may be.

use super::{checked::Checked, checker::Checker, claim::Claim, over_time::suppressed_told, verdict::Verdict};
use crate::{
    base::Result,
    rate::{Observation, Order, Period},
    time::AreaSeries,
};

impl Checker {
    /// Judges it so; whether any count that it speaks of is suppressed.
    pub(super) fn since_by_ends(
        &self,
        claim: &Claim,
        area: AreaSeries<'_>,
        (order, since): (Order, Period),
        to: &mut Checked,
    ) -> Result<bool> {
        let last = area.series().periods().last().copied();
        let (Some(told), Some(last)) = (suppressed_told(area, Some(since)), last) else { return Ok(false) };
        let at = |best: bool| -> Result<Checked> {
            let series = area.series().with_counts(|place, period, count| match count {
                Observation::Suppressed { at_least, at_most } if place == area.place() => {
                    let high = (order == Order::Highest) == ((period == last) == best);
                    let end = if high { at_most } else { Some(at_least) };
                    end.map_or(count, Observation::Known)
                }
                _ => count,
            });
            let (there, mut judged) = (self.with_ends_of(series), self.nothing_of(claim));
            let Some(series) = there.series() else { return Ok(judged) };
            there.since(series.area(area.area())?, order, since, &mut judged);
            Ok(judged)
        };
        let [worst, best] = [at(false)?, at(true)?];
        let (verdict, found, how) = match (worst.verdict, best.verdict) {
            (_, Verdict::Contradicted) => (Verdict::Contradicted, Some(best), "best"),
            (worst_verdict, best_verdict) if worst_verdict.holds() && best_verdict.holds() => {
                (worst_verdict, Some(worst), "worst")
            }
            _ => (Verdict::NotCheckable, None, ""),
        };
        to.verdict = verdict;
        to.ends = match area.count(last) {
            Some(Observation::Suppressed { at_least, at_most }) => Some((at_least, at_most)),
            _ => None,
        };
        match found {
            None => to.reasons.push(format!("{told}, and whether it is so depends on that.")),
            Some(found) => {
                to.reasons
                    .push(format!("{told}: what follows is with the {how} for it of what may have been counted."));
                (to.p, to.p_alone, to.rate) = (found.p, found.p_alone, found.rate.filter(|_| to.ends.is_none()));
                to.reasons.extend(found.reasons);
            }
        }
        Ok(true)
    }
}
