//! How a rate is judged that is compared with an average, with another rate, or with its own before.

use super::{
    apart::Apart,
    bench::{Bench, against_a_double},
    checked::Checked,
    checker::Checker,
    compared_with::ComparedWith,
    factor::Factor,
    pair_ends::RateEnd,
    published::Published,
    relation::Relation,
    side::Side,
    tipping::Tipping,
    verdict::Verdict,
};
use crate::{
    average::{Rule, Value},
    base::Result,
    league::Comparison,
    rate::{Per, Rate},
    table::LeftOut,
    time::Change,
};
use std::cmp::Ordering;

/// What a rate is held against, in words and figures.
pub(super) struct HeldAgainst<'a> {
    pub(super) bench: Bench,
    /// Where it is an average.
    pub(super) here: Option<Comparison<'a>>,
    /// In a sentence, such as `the pooled average of 37 areas, 83.6 per 100,000`.
    told: String,
    /// Whose counts it is made of, besides the area's own.
    others: String,
    /// What the test is against.
    pub(super) whom: String,
    /// The other rate, where it is one.
    other: Option<Rate>,
    /// Which end of what its own rate may be is held against it, as `at most `, where that is not known.
    end: &'static str,
}

impl Checker {
    /// Judges how the rate in a row lies to something.
    pub(super) fn compared(
        &self,
        row: usize,
        relation: Relation,
        against: &ComparedWith,
        to: &mut Checked,
    ) -> Result<()> {
        if *against == ComparedWith::YearBefore {
            let own = self.both_ends(row, against).map(|[own, _]| own).filter(|[least, most]| least != most);
            to.ends = own.and_then(|[least, most]| Some((least?.0.count(), most.map(|(most, _)| most.count()))));
        }
        let (rate, held) = match self.against(row, relation, against)? {
            Ok(found) => found,
            Err((rate, reasons)) => {
                to.rate = rate;
                to.reasons.extend(reasons);
                if relation.is_printed() && self.figure_within(row, relation, against, to) {
                    return Ok(());
                }
                if !relation.is_printed() {
                    to.reasons.extend(self.ends_of_both(row, against));
                }
                to.tipping = match rate {
                    Some(rate) => self.missing_tipping(rate, relation, against),
                    None => self.own_tipping(row, relation, against),
                };
                return Ok(());
            }
        };
        (to.rate, to.other) = (Some(rate), held.other);
        let (factor, side, just) = relation.bound();
        let percent = match held.percent(rate) {
            Err(why) if relation.is_printed() => {
                to.reasons.push(format!("There is no percentage: {why}."));
                return Ok(());
            }
            percent => percent.ok(),
        };
        // Of two rates of zero each is at least, and at most, any number of times the other.
        if just && rate.count() == 0 && held.bench.place(rate, Factor::ONE).is_eq() {
            to.reasons.push("There is no percentage: both rates are zero.".into());
            return Ok(());
        }
        to.found = percent.map(|percent| if relation.in_times() { 1.0 + percent / 100.0 } else { percent });
        if let (true, Some(here)) = (relation.in_times(), held.here) {
            to.found = here.ratio().ok();
        }
        to.reasons.push(format!(
            "{} {}{}, {}{}.",
            self.rate_is(),
            held.end,
            self.read(rate),
            self.apart(rate, relation, &held, percent),
            held.told
        ));
        if held.here.is_some() {
            to.reasons.extend(self.suppressed_told(row));
        }
        let of_table = held.here.is_none() && *against != ComparedWith::YearBefore;
        to.reasons.extend(self.compared_with_none(row).filter(|_| of_table));
        let of_a_change = matches!(against, ComparedWith::Before | ComparedWith::YearBefore);
        if let Some(other) = held.other.filter(|_| of_a_change && percent.is_some()) {
            let change = Change::between(other, rate);
            if change.small_base() {
                to.reasons.push(format!("The change is on a base of only {}.", self.nouns().counts(other.count())));
            }
            to.reasons.push(self.change_told(row, against, change));
        }
        let holds = match (relation.is_printed(), side) {
            (true, _) | (_, None) => to.found.is_some_and(|found| relation.agrees(found)),
            (false, Some(side)) => side.holds(held.bench.place(rate, factor), just),
        };
        to.verdict = match (holds, side) {
            (false, _) => Verdict::Contradicted,
            (true, None) => {
                to.reasons.push("No test can say that rates are equal.".into());
                Verdict::NotCertain
            }
            (true, Some(side)) => self.beyond_chance(rate, relation, side, (&held, against), to),
        };
        to.of_compared = to.verdict;
        to.weaken_if_only_whole(relation, to.found);
        if !held.end.is_empty() {
            (to.rate, to.found) = (None, None);
        } else if let (true, Some(side)) = (holds, side) {
            to.tipping = match held.here.and_then(|here| self.average_of_rates(here, row)) {
                Some(average) => Tipping::against_rates(to.claim.area(), rate, side, |own| {
                    side.holds(against_a_double(own.value(), factor.value() * average.with(own.value())), just)
                }),
                None => {
                    let bench = (held.bench, held.others.as_str());
                    Tipping::against(to.claim.area(), rate, factor, bench, side, just)
                }
            };
        }
        if let (false, Some(_), Some(claimed)) = (holds, held.here, relation.figure()) {
            let others = self.other_averages(|average| {
                let percent = 100.0 * (rate.value() / average - 1.0);
                let beside = relation.is_said_of(if relation.in_times() { 1.0 + percent / 100.0 } else { percent });
                let places = claimed.0.places().max(1);
                let shown = || Apart::telling(relation, percent, places, beside.is_some()).to_string();
                (average > 0.0).then(|| {
                    (shown(), relation.agrees(if relation.in_times() { 1.0 + percent / 100.0 } else { percent }))
                })
            });
            to.reasons.extend(others);
        }
        Ok(())
    }

    /// What an area whose count is not known would need for its rate to be beyond.
    fn missing_tipping(&self, rate: Rate, relation: Relation, against: &ComparedWith) -> Option<Tipping> {
        let (ComparedWith::Area(name), (_, Some(side), _), None) = (against, relation.bound(), relation.figure())
        else {
            return None;
        };
        let table = self.league().table();
        let there =
            table.index(name).ok().filter(|there| table.observation(*there).is_none_or(|it| it.known().is_none()))?;
        Tipping::with_missing(None, rate, side, std::iter::once((name.as_str(), table.population(there))))
    }

    /// What the area itself would need, its count not being known, for its rate to be beyond another.
    fn own_tipping(&self, row: usize, relation: Relation, against: &ComparedWith) -> Option<Tipping> {
        let (ComparedWith::Area(name), (_, Some(side), _), None) = (against, relation.bound(), relation.figure())
        else {
            return None;
        };
        let other = self.figures(self.league().table().index(name).ok()?)?;
        self.tipping_of_missing(row, other, side)
    }

    /// What an area whose count is not known would need to be beyond a rate.
    pub(super) fn tipping_of_missing(&self, row: usize, beyond: Rate, side: Side) -> Option<Tipping> {
        let table = self.league().table();
        let Some(Err(LeftOut::NotKnown(count))) = table.rate(row) else { return None };
        let (area, (least, most)) = (table.areas().get(row)?, count.ends());
        let found = Tipping::with_missing(None, beyond, side, std::iter::once((area.label(), table.population(row))))?;
        // What is known of the count may leave nothing to be told.
        let needed = found.missing().first()?.fails_at();
        let (below, above) = (least < needed, most.is_none_or(|most| needed <= most));
        let open = match side {
            Side::More => below && above,
            Side::Less => least <= needed && most.is_none_or(|most| needed < most),
        };
        open.then_some(found)
    }

    /// What a rate is held against, with the rate; or the rate, where it is known, and why that cannot be.
    #[expect(clippy::type_complexity, reason = "a pair or the reasons")]
    fn against(
        &self,
        row: usize,
        relation: Relation,
        against: &ComparedWith,
    ) -> Result<Result<(Rate, HeldAgainst<'_>), (Option<Rate>, Vec<String>)>> {
        Ok(match against {
            ComparedWith::Average => match self.league().row(row) {
                None => Err((None, vec![self.takes_no_part("It", row)])),
                Some(here) => match here.average() {
                    // With suppressed counts in it may be one of others, too.
                    Ok(average) if self.is_of_none_other(average) && self.suppressed_in_average(row).is_empty() => {
                        let rate = format!("{} {}.", self.rate_is(), self.read(here.rate()));
                        Err((Some(here.rate()), vec![rate, self.no_other_told()]))
                    }
                    Ok(average) => Ok((here.rate(), self.against_average(here, average))),
                    Err(why) => Err((Some(here.rate()), vec![format!("There is no percentage: {why}.")])),
                },
            },
            ComparedWith::Area(name) => {
                let there = self.league().table().index(name)?;
                if there == row {
                    return Ok(Err((None, vec!["It is compared with itself.".into()])));
                }
                match (self.figures(row), self.figures(there)) {
                    (Some(rate), Some(other)) => Ok((rate, self.against_rate(other, name))),
                    (known, _) => self.by_range(row, relation, against).ok_or_else(|| match known {
                        Some(rate) => (Some(rate), vec![self.takes_no_part(name, there)]),
                        None => (None, vec![self.takes_no_part("It", row)]),
                    }),
                }
            }
            ComparedWith::Before => match (self.figures(row), self.rate_before(row)) {
                (Some(rate), Ok(before)) => Ok((rate, self.against_before(before, row))),
                (known, before) => self.by_range(row, relation, against).ok_or_else(|| match (known, before) {
                    (Some(rate), Err(why)) => (Some(rate), vec![why]),
                    _ => (None, vec![self.takes_no_part("It", row)]),
                }),
            },
            ComparedWith::YearBefore => match self.on_year_before(row) {
                Err(why) => self.by_range(row, relation, against).ok_or_else(|| (None, vec![why])),
                Ok((rate, before)) => Ok((rate, self.against_end(row, against, (before, "")))),
            },
        })
    }

    /// Both rates at the ends that decide how they lie, where they do.
    fn by_range(&self, row: usize, relation: Relation, against: &ComparedWith) -> Option<(Rate, HeldAgainst<'_>)> {
        let [(rate, end), its] = self.range_decides(row, against, relation)?;
        Some((rate, HeldAgainst { end, ..self.against_end(row, against, its) }))
    }

    /// Another area's rate, or its own before, or an end of what that may be.
    pub(super) fn against_end(
        &self,
        row: usize,
        against: &ComparedWith,
        (other, end): RateEnd,
    ) -> HeldAgainst<'static> {
        let held = match against {
            ComparedWith::Area(name) => self.against_rate(other, name),
            ComparedWith::YearBefore => {
                let name = self.league().table().areas().get(row).map_or("", |area| area.label());
                let then = format!("its rate a year before{}", self.year_before_told());
                self.against_earlier(other, name, [then, "a year before".into()])
            }
            ComparedWith::Average | ComparedWith::Before => self.against_before(other, row),
        };
        let told = match (against, self.end_told(other, end)) {
            _ if end.is_empty() => return held,
            (ComparedWith::Area(name), told) => format!("{name}, which has {told}"),
            (ComparedWith::YearBefore, told) => format!("its rate a year before{}, {told}", self.year_before_told()),
            (_, told) => format!("its rate before, {told}"),
        };
        HeldAgainst { told, ..held }
    }

    /// The rate in a row, that of an area left out on purpose as well: a sentence that names it is about it.
    pub(super) fn figures(&self, row: usize) -> Option<Rate> {
        let table = self.league().table();
        match table.rate(row)? {
            Ok(rate) => Some(rate),
            Err(LeftOut::Excluded(_)) => table.excluded_rate(row),
            Err(_) => None,
        }
    }

    /// The rate in a row before, or why there is none.
    fn rate_before(&self, row: usize) -> Result<Rate, String> {
        let given = self.earlier().zip(self.league().table().areas().get(row));
        let (earlier, area) = given.ok_or("No table of before is given.")?;
        Ok(earlier.change(area)?.ratio().base())
    }

    pub(super) fn against_average<'a>(&self, here: Comparison<'a>, average: Value) -> HeldAgainst<'a> {
        let how = self.league().how().average();
        let (whom, others) = match how.rule() {
            Rule::Pooled if average.sums().is_some() => {
                let group = if how.over_which().is_everyone() { "" } else { " of its group" };
                (format!("the other areas{group} together"), format!("the other areas{group}"))
            }
            _ => ("the average as if it were known".into(), String::new()),
        };
        let bench = self.bench_of(average);
        HeldAgainst { bench, here: Some(here), told: self.average_told(here), others, whom, other: None, end: "" }
    }

    /// Whether an average is of the area alone that is compared with it.
    pub(super) fn is_of_none_other(&self, average: Value) -> bool {
        average.areas() < 2 && self.is_in_its_average()
    }

    fn no_other_told(&self) -> String {
        let group = self.league().groups().map(|groups| format!(" of its group ({})", groups.name()));
        format!("No other area{} is compared.", group.unwrap_or_default())
    }

    /// What an average is made of.
    pub(super) fn bench_of(&self, average: Value) -> Bench {
        let how = self.league().how().average();
        match (how.rule(), average.sums()) {
            (Rule::Pooled, Some(sums)) => Bench::Sums { sums, own: how.with_self() },
            (Rule::Fixed(fixed), _) => {
                // What the digits say: 20.4 per 1,000 is 204 in 10,000.
                let exactly = Published::new(&fixed.value().to_string(), Per::ONE).ok().and_then(|figure| {
                    let (over, unit) = figure.fraction();
                    Some(Bench::Given { over, under: unit.checked_mul(fixed.per().get().into())?, value: average })
                });
                exactly.unwrap_or(Bench::Double(average))
            }
            _ => Bench::Double(average),
        }
    }

    pub(super) fn against_rate(&self, other: Rate, name: &str) -> HeldAgainst<'static> {
        let told = format!("that of {name}, {} ({})", self.read(other), self.on(other));
        let (others, whom) = (name.to_owned(), name.to_owned());
        HeldAgainst { bench: Bench::rate(other), here: None, told, others, whom, other: Some(other), end: "" }
    }

    pub(super) fn against_before(&self, before: Rate, row: usize) -> HeldAgainst<'static> {
        let name = self.league().table().areas().get(row).map_or("", |area| area.label());
        self.against_earlier(before, name, ["its rate before".into(), "before".into()])
    }

    fn against_earlier(&self, before: Rate, name: &str, [rate, then]: [String; 2]) -> HeldAgainst<'static> {
        let told = format!("{rate}, {} ({})", self.read(before), self.on(before));
        let (others, whom) = (format!("{name} {then}"), format!("its rate {then}"));
        HeldAgainst { bench: Bench::rate(before), here: None, told, others, whom, other: Some(before), end: "" }
    }

    /// Such as `11 offences among 8,550,861 people`.
    pub(super) fn on(&self, rate: Rate) -> String {
        let nouns = self.nouns();
        format!("{} among {}", nouns.counts(rate.count()), nouns.exposed(rate.population()))
    }

    /// How far a rate lies from something, before the name of that.
    fn apart(&self, rate: Rate, relation: Relation, held: &HeldAgainst<'_>, percent: Option<f64>) -> String {
        let decimals = relation.figure().map_or(1, |figure| figure.0.places().max(1));
        let Some(percent) = percent else {
            return match held.bench.place(rate, Factor::ONE) {
                Ordering::Equal => "the same as ".into(),
                Ordering::Greater => "higher than ".into(),
                Ordering::Less => "lower than ".into(),
            };
        };
        let beside = held.bench.place(rate, relation.bound().0).is_ne();
        if let (false, Some(here)) = (relation.in_times(), held.here) {
            let side = if percent < 0.0 { "below" } else { "above" };
            let decimals =
                relation.telling_apart(decimals, beside, |decimals| Self::percent_shown(here, percent, decimals));
            return format!("{} % {side} ", Self::percent_shown(here, percent, decimals));
        }
        format!("{} ", Apart::telling(relation, percent, decimals, beside))
    }
}

impl HeldAgainst<'_> {
    /// The per cent between a rate and this; none over nothing.
    fn percent(&self, rate: Rate) -> Result<f64, String> {
        let of_rates = |other: Rate| Change::between(other, rate).percent().filter(|percent| percent.is_finite());
        match (self.here, self.other) {
            (Some(here), _) => here.percent().map_err(|why| why.to_string()),
            (None, other) => other.and_then(of_rates).ok_or_else(|| format!("the rate of {} is zero", self.others)),
        }
    }
}
