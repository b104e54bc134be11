//! How each kind of claim is judged.

use super::{
    checked::Checked,
    checker::Checker,
    claim::{Claim, Says},
    earlier::Earlier,
    finding::Finding,
    nouns::Nouns,
    published::{Published, Rounding},
    span::Between,
    verdict::Verdict,
};
use crate::{
    average::Average,
    base::{Result, digits},
    league::Comparison,
    rate::Observation,
};

impl Checker {
    /// Checks a claim.
    ///
    /// Claims of ranks work out the rank sets of all areas, once.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where no area has the name or code that the claim names.
    pub fn check(&self, claim: &Claim) -> Result<Checked> {
        let checked = self.judge(claim)?;
        Ok(Checked { holds_up_to: self.upheld(claim, &checked), ..checked })
    }

    /// The verdict, whatever variation it would bear.
    pub(super) fn judge(&self, claim: &Claim) -> Result<Checked> {
        let row = self.league().table().index(claim.area())?;
        let mut checked = Checked {
            claim: claim.clone(),
            verdict: Verdict::NotCheckable,
            of_compared: Verdict::NotCheckable,
            compared: self.league().len(),
            per: self.per(),
            rate: None,
            other: None,
            rank: None,
            rank_set: None,
            found: None,
            p: None,
            tipping: None,
            holds_up_to: None,
            ahead: Vec::new(),
            absent: Vec::new(),
            left_out_ahead: Vec::new(),
            reasons: Vec::new(),
            basis: self.league().table().basis().clone(),
        };
        let to = &mut checked;
        match (&claim.says, self.league().row(row)) {
            (Says::Rate(rate), _) => self.rate(row, *rate, to),
            (Says::Between(ends), _) => self.between(row, *ends, to),
            (Says::Compared { relation, beside }, _) => self.compared(row, *relation, beside, to)?,
            (Says::Moved(places), _) => self.moved(row, *places, to),
            (_, None) => to.reasons.push(self.takes_no_part("It", row)),
            (Says::Among { order, places }, Some(here)) => self.among(here, *order, places.get() as usize, to),
            (Says::Average(average), Some(here)) => self.average(here, *average, to),
        }
        checked.reasons.extend(self.policies_told(row, claim.is_of_one_rate()));
        if claim.is_of_a_change() {
            checked.reasons.extend(self.earlier().into_iter().flat_map(Earlier::notes));
        }
        Ok(checked)
    }

    /// What was counted and per whom.
    pub(super) fn nouns(&self) -> Nouns {
        Nouns::of(self.league().table().basis())
    }

    fn rate(&self, row: usize, claimed: Published, to: &mut Checked) {
        let table = self.league().table();
        let claimed = claimed.on(table.basis());
        let known = table.rate(row).and_then(Result::ok).or_else(|| table.excluded_rate(row));
        let Some(rate) = known else {
            to.reasons.push(self.takes_no_part("It", row));
            let bounds = (table.observation(row), table.population(row));
            if let (Some(Observation::Suppressed { at_most: Some(most), .. }), Some(people)) = bounds {
                let least = claimed.counts(people, Rounding::HalfAwayFromZero).map(|counts| *counts.start());
                if least.is_none_or(|least| least > most) {
                    (to.verdict, to.of_compared) = (Verdict::Contradicted, Verdict::Contradicted);
                    let (exposed, noun) = (self.nouns().exposed(people), self.nouns().count_noun(false));
                    to.reasons.push(format!("{claimed} on {exposed} would be more {noun}."));
                }
            }
            return;
        };
        let mut findings = Rounding::ALL.iter().map(|rounding| claimed.check(rate, *rounding));
        let agreeing = findings.find(Finding::agrees);
        to.verdict = if agreeing.is_some() { Verdict::Supported } else { Verdict::Contradicted };
        let finding = agreeing.unwrap_or_else(|| claimed.check(rate, Rounding::default()));
        (to.of_compared, to.rate) = (to.verdict, Some(rate));
        to.found = Some(rate.per(claimed.per()).value());
        to.reasons.push(format!("{}.", finding.with_basis(table.basis())));
        if let Some(Err(why)) = table.rate(row) {
            to.reasons.push(format!("It takes no part in comparisons: {why}."));
        }
    }

    fn between(&self, row: usize, Between { low, high }: Between, to: &mut Checked) {
        let basis = self.league().table().basis();
        let (low, high) = (low.on(basis), high.on(basis));
        let Some(rate) = self.figures(row) else { return to.reasons.push(self.takes_no_part("It", row)) };
        let holds = low.allows(rate).0 && high.allows(rate).1;
        to.verdict = if holds { Verdict::Supported } else { Verdict::Contradicted };
        (to.of_compared, to.rate, to.found) = (to.verdict, Some(rate), Some(rate.per(low.per()).value()));
        to.reasons.push(format!("Its rate is {} ({}).", rate.per(low.per()), self.on(rate)));
    }

    fn average(&self, here: Comparison<'_>, claimed: Published, to: &mut Checked) {
        let claimed = claimed.on(self.league().table().basis());
        to.rate = Some(here.rate());
        let average = match here.average() {
            Ok(average) => average,
            Err(why) => return to.reasons.push(format!("There is no average: {why}.")),
        };
        let average_read = average.per(claimed.per());
        to.found = Some(average_read.value());
        let decimals = claimed.decimals() as usize;
        let shown = |value: f64| format!("{} {}", digits::fixed(value, decimals.max(1)), claimed.per());
        let own = format!("{average_read:.*}", decimals.max(1));
        to.reasons.push(format!("The average is {}: {}.", self.average_name(here), own));
        to.reasons.extend(self.suppressed_told());
        let agrees = claimed.prints(average_read.value());
        to.verdict = if agrees { Verdict::Supported } else { Verdict::Contradicted };
        to.of_compared = to.verdict;
        if !agrees {
            let others = self.other_averages(|average| {
                let average = claimed.per().scale(average);
                Some((shown(average), claimed.prints(average)))
            });
            to.reasons.extend(others);
        }
    }

    /// What the averages in common use would give, and which of them agrees.
    pub(super) fn other_averages(&self, of: impl Fn(f64) -> Option<(String, bool)>) -> Option<String> {
        let told = [Average::POOLED, Average::MEAN, Average::MEDIAN].into_iter().filter_map(|average| {
            let (shown, agrees) = of(average.of(self.league().rates())?.per_head())?;
            Some(format!("{average}: {shown}{}", if agrees { ", which agrees" } else { "" }))
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| format!("By the averages of all compared: {}.", told.join("; ")))
    }
}
