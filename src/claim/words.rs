//! How reasons are worded.

use super::{checker::Checker, verdict::Verdict};
use crate::{
    average::Rule,
    base::{digits, words},
    interval::variation,
    league::Comparison,
    rate::{Order, Rate},
    table::{Area, LeftOut, Policy},
};

impl Checker {
    /// What is done about an area that takes part, and unless its rate stands alone, which other areas something is done about.
    pub(super) fn policies_told(&self, row: usize, alone: bool) -> Vec<String> {
        let table = self.league().table();
        if self.league().place(row).is_none() {
            return Vec::new();
        }
        let mut told = table.policies_touching(row);
        if alone {
            return told;
        }
        let place = |area: &str| table.index(area).ok();
        let others = table.policies().filter(|(area, policy)| {
            let into = match policy {
                left_out if left_out.leaves_out() => return false,
                Policy::Merge { into, .. } => into,
                _ => area.label(),
            };
            place(area.label()) != Some(row)
                && place(into).is_some_and(|into| into != row && self.league().place(into).is_some())
        });
        let list = listed(&others.collect::<Vec<_>>(), |(area, policy)| format!("{area} ({})", policy.done()));
        told.extend(list.map(|list| format!("Among the other areas compared: {list}.")));
        told
    }

    /// A rate as sentences have it, such as `24.5 per 100,000` or, of a month, `2.1 per 100,000 a month`.
    pub(super) fn read(&self, rate: Rate) -> String {
        format!("{}{}", rate.per(self.per()), self.each())
    }

    /// What rates are over, where that is no year.
    pub(super) fn each(&self) -> &'static str {
        let basis = self.league().table().basis();
        basis.months().filter(|_| !basis.is_in_person_months()).map_or("", words::each)
    }

    /// Why an area, or `It`, takes no part, and the rate that it has all the same.
    pub(super) fn takes_no_part(&self, who: &str, row: usize) -> String {
        let why = self.league().table().rate(row).and_then(Result::err).map(|why| why.to_string()).unwrap_or_default();
        let rate = self.league().table().excluded_rate(row).map(|rate| format!("; its rate is {}", self.read(rate)));
        format!("{who} takes no part: {why}{}.", rate.unwrap_or_default())
    }

    /// An area that was left out on purpose, with its rate.
    pub(super) fn left_out_told(&self, (area, why, rate): &(&Area, LeftOut, Rate)) -> String {
        format!("{area} with {} ({why})", self.read(*rate))
    }

    /// What a rank set says of something, such as `Its true rank`.
    pub(super) fn set_told(&self, rank: &str, (lower, upper): (usize, usize), order: Order) -> String {
        let [from, to] = [lower, upper].map(|rank| digits::grouped(rank as u64));
        let ranks = match upper - lower {
            0 => format!("can only be {from}"),
            1 => format!("may be {from} or {to}"),
            _ => format!("may be {from} to {to}"),
        };
        let from = if order == Order::Lowest { ", lowest first," } else { "" };
        format!("{rank} among them{from} {ranks} (rank sets, {}).", self.sets_spec())
    }

    /// How far a set of one place of an area that was not asked about holds.
    pub(super) fn set_upheld(&self, here: Comparison<'_>) -> Option<String> {
        let set = self.sets()?.area(here.area().label()).ok().filter(|set| set.only().is_some())?;
        Some(format!(
            "That it can only be this holds up to {} times the variation of chance.",
            self.sets()?.upheld_shown(set)?
        ))
    }

    /// What is said once with all that allows for no more than Poisson variation.
    pub(super) fn poisson(&self) -> Option<String> {
        self.within().is_none().then(|| format!("{}.", variation(self.sets_spec().dispersion())))
    }

    /// What suppressed counts could make of the average of an area that leaves them out.
    pub(super) fn suppressed_told(&self, row: usize) -> Option<String> {
        let (average, number) = (self.league().how().average(), self.suppressed_in_average(row).len());
        let of_group = !average.over_which().is_everyone();
        let rule = match average.rule() {
            _ if number == 0 => return None,
            Rule::Mean => "mean",
            Rule::Median => "median",
            Rule::Pooled | Rule::Fixed(_) if of_group => return self.group_between(row),
            Rule::Pooled | Rule::Fixed(_) => return self.league().per(self.per()).suppressed_note(),
        };
        let group = if of_group { " of its group" } else { "" };
        Some(format!("Suppressed counts ({}) are not in the {rule}{group}.", words::counted(number, "area")))
    }

    /// The per cent between a rate and the average, without a sign, and with as many decimals more as it takes not to be all of it: of a pooled
    /// average as an exact fraction.
    pub(super) fn percent_shown(here: Comparison<'_>, percent: f64, decimals: usize) -> String {
        not_all(percent, decimals, |decimals| Self::percent_rounded(here, percent, decimals))
    }

    fn percent_rounded(here: Comparison<'_>, percent: f64, decimals: usize) -> String {
        let exactly = || {
            let (rate, sums) = (here.rate(), here.average().ok()?.sums()?);
            let own = u128::from(rate.count()).checked_mul(sums.population())?;
            let average = sums.count().checked_mul(rate.population().get().into())?;
            let apart = own.abs_diff(average).checked_mul(100)?;
            (average > 0).then(|| digits::exact(apart, average, decimals))
        };
        exactly().unwrap_or_else(|| digits::fixed(percent.abs(), decimals))
    }

    /// Such as `the pooled average of 37 areas`.
    pub(super) fn average_name(&self, here: Comparison<'_>) -> String {
        let how = self.league().how().average();
        let areas = match here.average() {
            Ok(average) if how.with_self() => words::counted(average.areas(), "area"),
            Ok(average) => words::counted(average.areas(), "other area"),
            Err(_) => return "no average".into(),
        };
        let group = self.league().groups().map(|groups| format!("{areas} of its group ({})", groups.name()));
        let areas = group.unwrap_or(areas);
        match how.rule() {
            Rule::Pooled => format!("the pooled average of {areas}"),
            Rule::Mean => format!("the mean of the rates of {areas}"),
            Rule::Median => format!("the median rate of {areas}"),
            Rule::Fixed(fixed) => format!("a given average of {}", fixed),
        }
    }

    /// Such as `the pooled average of 37 areas, 83.6 per 100,000`.
    pub(super) fn average_told(&self, here: Comparison<'_>) -> String {
        let name = self.average_name(here);
        match (here.average(), self.league().how().average().rule()) {
            (Err(_), _) | (_, Rule::Fixed(_)) => name,
            (Ok(average), _) => format!("{name}, {}{}", average.per(self.per()), self.each()),
        }
    }
}

/// A percentage without a sign, which is not rounded to all of it where a rate is less than that below.
pub(super) fn not_all(percent: f64, decimals: usize, shown: impl Fn(usize) -> String) -> String {
    const MORE: usize = 6;
    let mut tried = (decimals..decimals + MORE).map(&shown);
    let partly = percent < 0.0 && percent > -100.0;
    let first = tried.find(|text| !(partly && digits::shows_all(text)));
    first.unwrap_or_else(|| shown(decimals + MORE))
}

/// A number of times with as many decimals more as it takes not to be none.
pub(super) fn times(times: f64, decimals: usize) -> String {
    let text = digits::fixed(times, decimals);
    if times > 0.0 && digits::shows_zero(&text) { digits::fixed(times, digits::decimals(times)) } else { text }
}

pub(super) const fn further(order: Order) -> &'static str {
    match order {
        Order::Highest => "higher",
        Order::Lowest => "lower",
    }
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first few of a list, and how many more there are; `None` of none.
pub(super) fn listed<T>(items: &[T], tell: impl Fn(&T) -> String) -> Option<String> {
    const TOLD: usize = 5;
    let told: Vec<String> = items.iter().take(TOLD).map(tell).collect();
    match items.len() {
        0 => None,
        n if n <= TOLD => Some(told.join(", ")),
        n => Some(format!("{} and {} more", told.join(", "), digits::grouped((n - TOLD) as u64))),
    }
}

/// Such as `It would stay supported up to 7.1 times the variation of chance.`, rounded down.
pub(super) fn upheld_told(upheld: f64, verdict: Verdict, of_compared: Verdict) -> String {
    let shown = digits::fixed((upheld * 10.0).floor() / 10.0, 1);
    let stands = match (verdict, of_compared) {
        (Verdict::Supported, _) => "It would stay supported",
        (_, Verdict::Supported) => "Of the areas compared alone it would stay supported",
        (one, other) if one == other => "It stands",
        _ => "Of the areas compared alone it stands",
    };
    format!("{stands} up to {shown} times the variation of chance.")
}
