//! Up to which variation within areas a sentence stays supported.
//!
//! A verdict rests on the variation of chance unless another is given, and real counts vary by more: quarters of recorded offences in the
//! embedded figures by 2.2 to 2.8 times as much. So beside what is supported stands how much it would bear.

use super::{
    checked::Checked,
    checker::Checker,
    claim::{Claim, Says},
    course::Course,
    verdict::Verdict,
};
use crate::{base::digits, interval::WithinDispersion, rank};

impl Checker {
    /// Whether a claim would be supported of the areas compared with as many times the variation of chance within areas.
    fn supported_at(&self, claim: &Claim, times: f64) -> Option<bool> {
        let within = WithinDispersion::new(times).ok()?;
        let there = self.clone().with_sets(self.sets_spec().with_dispersion(within)).judge(claim).ok()?;
        Some(there.of_compared == Verdict::Supported)
    }

    /// Where a claim rests on the variation of chance: how much more it would bear, and its verdict where it has to bear more.
    pub(super) fn weighed(&self, mut checked: Checked) -> Checked {
        let rests_on_chance = matches!(
            checked.claim.says,
            Says::Among { .. } | Says::Compared { .. } | Says::Moved(_) | Says::OverTime(Course::Since { .. })
        );
        if !rests_on_chance || checked.of_compared != Verdict::Supported {
            return checked;
        }
        checked.holds_up_to = self.upheld(&checked.claim);
        let Some(asked) = self.with_asked() else { return checked };
        let (times, there) = (digits::as_given(self.asked()), asked.judge(&checked.claim).ok());
        let supported =
            |of: fn(&Checked) -> Verdict| there.as_ref().is_some_and(|there| of(there) == Verdict::Supported);
        let bears = checked.holds_up_to.map_or_else(|| supported(|it| it.of_compared), |most| most >= self.asked());
        // Of all that it speaks of it may bear less than of those compared.
        let all_bear = checked.verdict != Verdict::Supported || supported(|it| it.verdict);
        if !bears {
            checked.weaken();
        } else if !all_bear {
            checked.verdict = Verdict::NotCertain;
        }
        if !bears {
            // Without what is in no area it may bear as much.
            let placed = asked.judged(&checked.claim).is_ok_and(|there| there.of_compared == Verdict::Supported);
            let placed = if placed { ", with what is in no area where that is the worst for it, too" } else { "" };
            checked.reasons.push(format!(
                "Counts may vary by more than chance; by how much is not known, so to be supported it has to stand up to {times} times that variation{placed}."
            ));
        } else if !all_bear {
            checked.reasons.push(format!(
                "Counts may vary by more than chance: with the worst for it of what is not known of other areas it does not stand up to {times} times that variation."
            ));
        } else if checked.holds_up_to.is_none() {
            checked.reasons.push(format!("With {times} times the variation of chance it stands, too."));
        }
        checked
    }

    /// The largest variation within areas, as times that of chance, at which a claim that is supported still is.
    fn upheld(&self, claim: &Claim) -> Option<f64> {
        if self.league().len() > rank::MOST_AREAS {
            return None;
        }
        let from = self.within().map_or(1.0, WithinDispersion::factor);
        rank::largest(from, |times| self.supported_at(claim, times))
    }
}
