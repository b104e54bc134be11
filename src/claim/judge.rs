//! How each kind of claim is judged.

use super::{
    checked::{Checked, prints_as},
    checker::Checker,
    claim::{Claim, Says, Verdict},
    published::{Finding, Published, Rounding},
    words::{capital, exact, further, listed},
};
use crate::{
    average::{Average, Rule},
    base::{Result, Undefined, digits, words},
    interval::Test,
    league::{Comparison, Order, Rank},
    rate::Observation,
    special::normal,
};

impl Checker {
    /// Checks a claim.
    ///
    /// Claims of ranks work out the rank sets of all areas, once.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where no area has the name or code that the claim names.
    pub fn check(&self, claim: &Claim) -> Result<Checked> {
        let row = self.league().table().index(&claim.area)?;
        let mut checked = Checked {
            claim: claim.clone(),
            verdict: Verdict::NotCheckable,
            of_compared: Verdict::NotCheckable,
            compared: self.league().len(),
            per: self.per(),
            rate: None,
            rank: None,
            rank_set: None,
            found: None,
            ahead: Vec::new(),
            absent: Vec::new(),
            left_out_ahead: Vec::new(),
            reasons: Vec::new(),
            basis: self.league().table().basis().clone(),
        };
        match (claim.says, self.league().row(row)) {
            (Says::Rate(rate), _) => self.rate(row, rate, &mut checked),
            (_, None) => checked.reasons.push(self.takes_no_part(row)),
            (Says::Among { order, places }, Some(here)) => {
                self.among(here, order, places.get() as usize, &mut checked);
            }
            (Says::Above(percent), Some(here)) => self.percent(here, percent.0, 1.0, &mut checked),
            (Says::Below(percent), Some(here)) => self.percent(here, percent.0, -1.0, &mut checked),
            (Says::Average(average), Some(here)) => self.average(here, average, &mut checked),
        }
        checked.reasons.extend(self.policies_told(row, matches!(claim.says, Says::Rate(_))));
        Ok(checked)
    }

    fn among(&self, here: Comparison<'_>, order: Order, places: usize, to: &mut Checked) {
        let (standing, silent) = (self.standing(here, order), self.silent(here.rate(), order));
        let (table, of) = (self.league().table().len(), to.claim.of.map(|of| of.get() as usize));
        let lacking = of.map_or(0, |of| of.saturating_sub(table));
        // Which of those compared it speaks of is not known, so those ahead may not be among them.
        let narrower = of.filter(|of| *of < self.league().len());
        let (ahead, silent_areas) = (standing.ahead.len(), silent.absent.len() + lacking);
        let judge = |silent: usize| match ahead {
            ahead if ahead >= places => Verdict::Contradicted,
            ahead if ahead + silent >= places || self.league().len() + silent < 2 => Verdict::NotCheckable,
            _ if standing.set.1 + silent <= places => Verdict::Supported,
            _ => Verdict::NotCertain,
        };
        (to.verdict, to.of_compared) = (judge(silent_areas), judge(0));
        if narrower.is_some() && to.verdict == Verdict::Contradicted {
            to.verdict = Verdict::NotCheckable;
        }
        (to.rate, to.rank_set) = (Some(here.rate()), Some(standing.set));
        to.rank = Some(Rank::of(ahead + 1));
        to.ahead = standing.ahead.iter().map(|it| it.area().name().to_owned()).collect();
        to.absent = silent.absent.iter().map(|(area, _)| area.name().to_owned()).collect();
        to.left_out_ahead = silent.ahead.iter().map(|(area, ..)| area.name().to_owned()).collect();
        let (rate, further) = (here.rate().per(self.per()), further(order));
        let areas = words::counted(self.league().len(), "area");
        to.reasons.push(format!(
            "Its rate is {rate}, {}rank {} of the {areas} compared, {order} first.",
            if standing.joint.is_empty() { "" } else { "joint " },
            ahead + 1
        ));
        if let Some(list) = listed(&standing.ahead, |it| format!("{} ({})", it.area(), it.rate().per(self.per()))) {
            to.reasons.push(format!("{}: {list}.", capital(further)));
        }
        if let Some(list) = listed(&standing.joint, |it| it.area().to_string()) {
            to.reasons.push(format!("As {}: {list}.", if order == Order::Highest { "high" } else { "low" }));
        }
        if self.league().len() < 2 {
            to.reasons.push("No other area is compared.".into());
        } else if to.of_compared != Verdict::Contradicted {
            to.reasons.push(self.set_told("Its true rank", standing.set, order));
        }
        if places >= self.league().len() + silent_areas && places > 1 {
            let of = digits::grouped((self.league().len() + silent_areas) as u64);
            to.reasons.push(format!("That would be true of any of them: there are {of}."));
        }
        if let Some(of) = narrower {
            let (of, areas) = (words::counted(of, "area"), digits::grouped(self.league().len() as u64));
            to.reasons.push(format!("It speaks of {of}, and {areas} are compared: which are meant is not known."));
        }
        if let Some(list) = listed(&silent.absent, |(area, why)| format!("{area} ({why})")) {
            to.reasons.push(format!("Not compared, and perhaps {further}: {list}."));
        }
        if lacking > 0 {
            let of = digits::grouped((table + lacking) as u64);
            to.reasons
                .push(format!("The table has {} of the {of} areas that it speaks of.", digits::grouped(table as u64)));
        }
        if let Some(list) = listed(&silent.ahead, |it| self.left_out_told(it)) {
            to.reasons.push(format!("Left out, though {further}: {list}."));
        }
        if let Some(list) = listed(&silent.unknown, |(area, why)| format!("{area} ({why})")) {
            to.reasons.push(format!("Left out, its rate not known: {list}."));
        }
    }

    fn rate(&self, row: usize, claimed: Published, to: &mut Checked) {
        let table = self.league().table();
        let claimed = claimed.on(table.basis());
        let known = table.rate(row).and_then(Result::ok).or_else(|| table.excluded_rate(row));
        let Some(rate) = known else {
            to.reasons.push(self.takes_no_part(row));
            let bounds = (table.observation(row), table.population(row));
            if let (Some(Observation::Suppressed { at_most: Some(most), .. }), Some(people)) = bounds {
                let least = claimed.counts(people, Rounding::HalfAwayFromZero).map(|counts| *counts.start());
                if least.is_none_or(|least| least > most) {
                    (to.verdict, to.of_compared) = (Verdict::Contradicted, Verdict::Contradicted);
                    let exposed = claimed.per().exposed(people);
                    to.reasons.push(format!("{claimed} on {people} {exposed} would be more offences."));
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
        to.reasons.push(format!("{finding}."));
        if let Some(Err(why)) = table.rate(row) {
            to.reasons.push(format!("It takes no part in comparisons: {why}."));
        }
    }

    fn percent(&self, here: Comparison<'_>, claimed: Published, sign: f64, to: &mut Checked) {
        to.rate = Some(here.rate());
        let percent = match here.percent() {
            Ok(percent) => percent,
            Err(why) => return to.reasons.push(format!("There is no percentage: {why}.")),
        };
        to.found = Some(percent);
        let decimals = claimed.decimals() as usize;
        let side = |percent: f64| if percent < 0.0 { "below" } else { "above" };
        let told = |percent: f64| format!("{} % {}", digits::fixed(percent.abs(), decimals.max(1)), side(percent));
        let own = format!("{} % {}", Self::percent_shown(here, percent, decimals.max(1)), side(percent));
        let average = self.average_told(here);
        to.reasons.push(format!("Its rate is {}, {own} {average}.", here.rate().per(self.per())));
        to.reasons.extend(self.suppressed_told());
        let agrees = prints_as(claimed, sign * percent);
        to.verdict = if !agrees {
            Verdict::Contradicted
        } else {
            match self.chance(here) {
                _ if claimed.value() == 0.0 => Verdict::Supported,
                Ok((p, told)) => {
                    let (verdict, refuted) = match p <= self.sets_spec().confidence().alpha() {
                        true => (Verdict::Supported, "are refuted"),
                        false => (Verdict::NotCertain, "are not refuted"),
                    };
                    to.reasons.push(format!(
                        "Equal rates {refuted} at {} %: {told}.",
                        digits::as_given(100.0 * self.sets_spec().confidence().alpha())
                    ));
                    verdict
                }
                Err(why) => {
                    to.reasons.push(format!("What chance could do is not known: {why}."));
                    Verdict::NotCertain
                }
            }
        };
        to.of_compared = to.verdict;
        if !agrees {
            let others = self.other_averages(|average| {
                let percent = 100.0 * (here.rate().value() / average - 1.0);
                (average > 0.0).then(|| (told(percent), prints_as(claimed, sign * percent)))
            });
            to.reasons.extend(others);
        }
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
        let agrees = prints_as(claimed, average_read.value());
        to.verdict = if agrees { Verdict::Supported } else { Verdict::Contradicted };
        to.of_compared = to.verdict;
        if !agrees {
            let others = self.other_averages(|average| {
                let average = claimed.per().scale(average);
                Some((shown(average), prints_as(claimed, average)))
            });
            to.reasons.extend(others);
        }
    }

    /// What the averages in common use would give, and which of them agrees.
    fn other_averages(&self, of: impl Fn(f64) -> Option<(String, bool)>) -> Option<String> {
        let told = [Average::POOLED, Average::MEAN, Average::MEDIAN].into_iter().filter_map(|average| {
            let (shown, agrees) = of(average.of(self.league().rates())?.per_head())?;
            Some(format!("{average}: {shown}{}", if agrees { ", which agrees" } else { "" }))
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| format!("By the averages of all compared: {}.", told.join("; ")))
    }

    /// The p-value of the area's rate being no other than the average, two-sided, and what it is: exactly against all other
    /// areas where the average is pooled, against the average as if it were known otherwise. With variation within areas the
    /// larger of that and the one of square roots, so that it makes nothing surer.
    pub(super) fn chance(&self, here: Comparison<'_>) -> Result<(f64, String), Undefined> {
        let average = here.average()?;
        let (own, people) = (here.rate().value(), here.rate().population().get() as f64);
        let (p, apart, variance, whom) = match average.average().rule() {
            Rule::Pooled => {
                let whom = match self.league().how().average().over_which().is_everyone() {
                    true => "the other areas together",
                    false => "the other areas of its group together",
                };
                let ratio = here.against_rest()?;
                let others = ratio.base().population().get() as f64;
                let apart = own.sqrt() - ratio.base().value().sqrt();
                (ratio.significance(Test::Exact), apart, 0.25 / people + 0.25 / others, whom)
            }
            _ => {
                let apart = own.sqrt() - average.per_head().sqrt();
                (
                    here.rate().against(average).significance(Test::Exact),
                    apart,
                    0.25 / people,
                    "the average as if it were known",
                )
            }
        };
        Ok(match self.within() {
            None => (p.two_sided(), format!("{}, against {whom}{}", exact(p), self.poisson())),
            Some(within) => {
                let wide = (2.0 * normal::upper_tail(apart.abs() / (within.factor() * variance).sqrt())).min(1.0);
                let wider = digits::p_value(wide);
                let told = format!("{}, and by square roots with phi_w {within} {wider}, against {whom}", exact(p));
                (p.two_sided().max(wide), told)
            }
        })
    }
}
