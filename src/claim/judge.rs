//! How each kind of claim is judged.
//!
//! A verdict is about the sentence; the verdict on the areas compared is given with it. What is missing makes a sentence not
//! checkable only where it could change it. Certainty is that of simultaneous exact rank sets, which are worked out when a claim
//! of ranks first needs them.

use super::{
    checked::Checked,
    checker::Checker,
    claim::{Claim, Says},
    earlier::Earlier,
    finding::Finding,
    published::{Published, Rounding},
    span::Between,
    verdict::Verdict,
};
use crate::{
    average::Average,
    base::{Result, digits},
    league::Comparison,
    rate::{Population, Rate, Tally},
    table::Nouns,
};

impl Checker {
    /// Checks a claim.
    ///
    /// Claims of ranks work out the rank sets of all areas, once.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where no area has the name or code that the claim names.
    pub fn check(&self, claim: &Claim) -> Result<Checked> {
        let mut checked = self.weighed(self.judge(&claim.by_labels(self.league().table()))?);
        let rests_on_chance = checked.rests_on_chance();
        checked.reasons.extend(self.poisson().filter(|_| rests_on_chance));
        Ok(checked)
    }

    /// The verdict, whatever variation it would bear.
    pub(super) fn judge(&self, claim: &Claim) -> Result<Checked> {
        let mut checked = self.judged(claim)?;
        if let Ok(row) = self.league().table().index(claim.area()) {
            self.placed(row, &mut checked)?;
        }
        Ok(checked)
    }

    /// The same as if what is in no area were in none indeed.
    pub(super) fn judged(&self, claim: &Claim) -> Result<Checked> {
        if let Says::OverTime(course) = claim.says {
            let mut to = self.nothing_of(claim);
            self.over_time(claim, course, &mut to)?;
            return Ok(to);
        }
        let table = self.league().table();
        let row = match table.index(claim.area()) {
            Ok(row) => row,
            Err(_) if self.is_only_before(claim) => {
                let mut to = self.nothing_of(claim);
                to.reasons.push("There is no change: only in the earlier table.".into());
                return Ok(to);
            }
            Err(unknown) => return Err(unknown),
        };
        let mut checked = self.as_published(claim)?;
        self.bounded(row, &mut checked)?;
        // What an area without a known count would need is told where that is open.
        if checked.rate.is_none() && checked.verdict != Verdict::NotCheckable {
            checked.tipping = None;
        }
        let months = table.months(row);
        checked.tipping = checked.tipping.and_then(|tipping| tipping.in_people(months));
        Ok(checked)
    }

    /// Whether it is of a change of an area that is in the table before, and not in this one.
    fn is_only_before(&self, claim: &Claim) -> bool {
        let known = |earlier: &Earlier| earlier.table().index(claim.area()).is_ok();
        claim.is_of_a_change() && self.earlier().is_some_and(known)
    }

    /// The verdict on the counts as they were published.
    pub(super) fn as_published(&self, claim: &Claim) -> Result<Checked> {
        let row = self.league().table().index(claim.area())?;
        let mut checked = Checked { ends: self.ends(row), ..self.nothing_of(claim) };
        let to = &mut checked;
        match (&claim.says, self.league().row(row)) {
            (Says::Rate(rate), _) => self.rate(row, *rate, to),
            (Says::Between(ends), _) => self.between(row, *ends, to),
            (Says::Compared { relation, against }, _) => self.compared(row, *relation, against, to)?,
            (Says::Moved(places), _) => self.moved(row, *places, to),
            (Says::OverTime(course), _) => self.over_time(claim, *course, to)?,
            (says, None) => {
                to.reasons.push(self.takes_no_part("It", row));
                if let Says::Among { order, places } = says {
                    to.tipping = self.place_of_missing(row, *order, places.get() as usize);
                }
            }
            (Says::Among { order, places }, Some(here)) => self.among(here, *order, places.get() as usize, to),
            (Says::Average(average), Some(here)) => self.average(here, row, *average, to),
        }
        checked.reasons.extend(self.policies_told(row, claim.is_of_one_rate()));
        checked.reasons.extend(self.months_of_others(&checked));
        if claim.is_of_a_change() {
            checked.reasons.extend(self.earlier().and_then(|earlier| earlier.months_told(self.league().table(), row)));
            let notes = self.earlier().into_iter().flat_map(Earlier::notes);
            checked.reasons.extend(notes.map(|note| note.text().to_owned()));
        }
        Ok(checked)
    }

    /// A claim of which nothing is known yet.
    pub(super) fn nothing_of(&self, claim: &Claim) -> Checked {
        Checked {
            claim: claim.clone(),
            verdict: Verdict::NotCheckable,
            of_compared: Verdict::NotCheckable,
            compared: self.league().len(),
            per: self.per(),
            ends: None,
            rate: None,
            other: None,
            rank: None,
            rank_set: None,
            found: None,
            found_ends: None,
            p: None,
            p_alone: None,
            tipping: None,
            holds_up_to: None,
            in_no_area: None,
            of_known_alone: false,
            ahead: Vec::new(),
            absent: Vec::new(),
            left_out_ahead: Vec::new(),
            reasons: Vec::new(),
            basis: self.league().table().basis().clone(),
        }
    }

    /// What was counted and per whom.
    pub(super) fn nouns(&self) -> Nouns {
        Nouns::of(self.league().table().basis())
    }

    fn rate(&self, row: usize, claimed: Published, to: &mut Checked) {
        let table = self.league().table();
        let claimed = claimed.on(table.basis());
        let Some(rate) = self.stated(row) else {
            to.reasons.push(self.takes_no_part("It", row));
            return self.rate_within(row, claimed, to);
        };
        let mut findings = Rounding::ALL.iter().map(|rounding| claimed.check(rate, *rounding));
        let agreeing = findings.find(Finding::agrees);
        to.verdict = if agreeing.is_some() { Verdict::Supported } else { Verdict::Contradicted };
        let finding = agreeing.unwrap_or_else(|| claimed.check(rate, Rounding::default()));
        (to.of_compared, to.rate) = (to.verdict, Some(rate));
        to.found = Some(rate.per(claimed.per()).value());
        to.reasons.push(format!("{}.", finding.with_basis(table.basis()).with_months(table.months(row))));
        to.reasons.extend((!self.each().is_empty()).then(|| format!("Its rate is {}.", self.read(rate))));
        if let (Some((least, Some(most))), Some((from, last))) = (to.ends, implied(claimed, rate.population())) {
            let (some, all) = (from <= most && last >= least, from <= least && most <= last);
            if some && !all {
                // What is published may be denied by what it stands for, and the other way round.
                let (open, print) = match to.verdict {
                    Verdict::Supported => (Verdict::NotCertain, "not all"),
                    _ => (Verdict::NotCheckable, "some"),
                };
                (to.verdict, to.of_compared) = (open, open);
                let range = self.nouns().range(least, most);
                let [low, high] = [least, most].map(|count| Rate::of(count, rate.population()).per(claimed.per()));
                let decimals = high.decimals().max(claimed.places());
                to.reasons.push(format!(
                    "Counts are rounded: it stands for {range}, {} to {} {}, {print} of which would print so.",
                    low.digits(decimals),
                    high.digits(decimals),
                    claimed.per()
                ));
            }
        }
        to.reasons.extend(self.compared_with_none(row));
    }

    /// The rate in a row, of what takes no part as well, be it a total: a sentence about it alone is about its figures.
    fn stated(&self, row: usize) -> Option<Rate> {
        let table = self.league().table();
        table.rate(row).and_then(Result::ok).or_else(|| table.excluded_rate(row))
    }

    /// That a rate that is known is compared with none, and why.
    pub(super) fn compared_with_none(&self, row: usize) -> Option<String> {
        let why = self.league().table().rate(row).and_then(Result::err)?;
        Some(format!("It takes no part in comparisons: {why}."))
    }

    /// Whether a figure goes with any of the counts that a suppressed one may be.
    fn rate_within(&self, row: usize, claimed: Published, to: &mut Checked) {
        let (Some((least, most)), Some(people)) = (to.ends, self.league().table().population(row)) else { return };
        let (nouns, exposed) = (self.nouns(), self.nouns().exposed(people));
        let beyond = match implied(claimed, people) {
            None => Some(format!("{claimed} on {exposed} is no whole number of {}.", nouns.count_noun(false))),
            Some((from, last)) => {
                let would = format!("{claimed} on {exposed} would be {}; it has", nouns.range(from, last));
                match most {
                    Some(most) if from > most => Some(format!("{would} at most {}.", digits::grouped(most))),
                    _ if last < least => Some(format!("{would} at least {}.", digits::grouped(least))),
                    Some(most) if from <= least && most <= last => {
                        (to.verdict, to.of_compared) = (Verdict::Supported, Verdict::Supported);
                        return to.reasons.push("That is so whatever its count is.".into());
                    }
                    _ => None,
                }
            }
        };
        to.reasons.push(self.ends_told(row));
        if let Some(why) = beyond {
            (to.verdict, to.of_compared) = (Verdict::Contradicted, Verdict::Contradicted);
            to.reasons.push(why);
        }
    }

    fn between(&self, row: usize, Between { low, high }: Between, to: &mut Checked) {
        let basis = self.league().table().basis();
        let (low, high) = (low.on(basis), high.on(basis));
        let rates = self.end_rates(row).or_else(|| self.stated(row).map(|rate| (rate, Some(rate))));
        let Some((least, most)) = rates else { return to.reasons.push(self.takes_no_part("It", row)) };
        let (above, below) = (low.allows(least).0, most.is_some_and(|most| high.allows(most).1));
        let beyond = !high.allows(least).1 || most.is_some_and(|most| !low.allows(most).0);
        let Some(rate) = self.stated(row) else {
            to.reasons.extend([self.takes_no_part("It", row), self.ends_told(row)]);
            if above && below {
                (to.verdict, to.of_compared) = (Verdict::Supported, Verdict::Supported);
                to.reasons.push("That is so whatever its count is.".into());
            } else if beyond {
                (to.verdict, to.of_compared) = (Verdict::Contradicted, Verdict::Contradicted);
            }
            return;
        };
        to.verdict = match (above && below, beyond) {
            (true, _) => Verdict::Supported,
            (_, true) => Verdict::Contradicted,
            (false, false) if low.allows(rate).0 && high.allows(rate).1 => Verdict::NotCertain,
            (false, false) => Verdict::NotCheckable,
        };
        (to.of_compared, to.rate, to.found) = (to.verdict, Some(rate), Some(rate.per(low.per()).value()));
        to.reasons.push(format!("Its rate is {}{} ({}).", rate.per(low.per()), self.each(), self.on(rate)));
        let spec = self.league().how().interval();
        let interval = self.league().row(row).map_or_else(|| rate.interval(spec), |here| here.interval());
        to.reasons.push(format!(
            "Its {} interval is {}, {}.",
            spec.confidence(),
            interval.per(low.per()).digits(digits::decimals(rate.per(low.per()).value())),
            spec.method(),
        ));
        if let (true, Some((least, Some(most)))) = (least != rate, to.ends) {
            to.reasons.push(format!("Counts are rounded: it stands for {}.", self.nouns().range(least, most)));
        }
        to.reasons.extend(self.compared_with_none(row));
    }

    fn average(&self, here: Comparison<'_>, row: usize, claimed: Published, to: &mut Checked) {
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
        to.reasons.push(format!("The average is {}: {own}{}.", self.average_name(here), self.each()));
        to.reasons.extend(self.suppressed_told(row));
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
        let (league, unplaced) = (self.league(), self.league().table().unplaced_count());
        let values: Vec<f64> = league.rates().iter().map(|rate| rate.value()).collect();
        let whole = league.rates().iter().copied().collect::<Tally>().with_unplaced(unplaced);
        let told = [Average::POOLED, Average::MEAN, Average::MEDIAN].into_iter().filter_map(|average| {
            let (shown, agrees) = of(average.among(whole, &values)?.per_head())?;
            Some(format!("{average}: {shown}{}", if agrees { ", which agrees" } else { "" }))
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| format!("By the averages of all compared: {}.", told.join("; ")))
    }
}

/// The least and the most of the counts that print as a figure, whichever way halves go.
pub(super) fn implied(figure: Published, people: Population) -> Option<(u64, u64)> {
    let ranges = Rounding::ALL.iter().filter_map(|rounding| figure.counts(people, *rounding));
    ranges.map(std::ops::RangeInclusive::into_inner).reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}
