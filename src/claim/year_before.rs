//! The latest rate of an area beside that of the same period a year before, as a series has them.

use super::{bench::Bench, checker::Checker, family::AllTests, over_time::reason, pair_ends::RateEnds, side::Tested};
use crate::{
    rate::{Period, Rate},
    table::{Area, Policy},
    time::{AreaSeries, Series},
};

impl Checker {
    /// The series of an area of the table, or why there is none.
    pub(super) fn series_of(&self, area: &Area) -> Result<AreaSeries<'_>, String> {
        let series = self.series().ok_or("No series is given that would say so.")?;
        if let Some(why) = self.league().table().place_of(area).and_then(|row| self.apart_in_series(row)) {
            return Err(why);
        }
        let found = area.code().and_then(|code| series.area(code).ok());
        found.or_else(|| series.area(area.label()).ok()).ok_or_else(|| format!("The series has no {}.", area.label()))
    }

    /// Why the series does not have an area as the table has it, where a policy of the table is not one of the series.
    pub(super) fn apart_in_series(&self, row: usize) -> Option<String> {
        let table = self.league().table();
        let name = table.areas().get(row)?.label();
        let apart = |how: &str| format!("{name} is {how} in the table, and not in the series.");
        match table.by_place().get(&row) {
            Some(policy) if policy.leaves_out() => {
                Some(format!("{name} was taken out of the series, as it is {} in the table.", policy.done()))
            }
            Some(policy @ (Policy::Merge { .. } | Policy::Denominator { .. })) => Some(apart(&policy.done())),
            _ => table.by_place().iter().find_map(|(other, policy)| match policy {
                Policy::Merge { into, .. } if into == name => {
                    let other = table.areas().get(*other)?.label();
                    self.series()?.area(other).is_ok().then(|| apart(&format!("one with {other}")))
                }
                _ => None,
            }),
        }
    }

    /// The rates of an area in the last period and in the same one a year before, or why they are not known.
    pub(super) fn on_year_before(&self, row: usize) -> Result<(Rate, Rate), String> {
        let table = self.league().table();
        let area = table.areas().get(row).ok_or("There is no such area.")?;
        let own = self.series_of(area)?;
        if own.series().is_in_person_months() != table.basis().is_in_person_months() {
            return Err("The series has rates on person-months, and the table has not, or the other way round.".into());
        }
        of_both(own)
    }

    /// The tests of all areas of the series.
    pub(super) fn year_changes_of(&self, tested: Tested) -> AllTests {
        let all = || self.series().into_iter().flat_map(Series::iter);
        let known = all().filter_map(|area| of_both(area).ok());
        let p =
            known.filter_map(|(rate, before)| Some(self.chance_of(rate, tested, Bench::rate(before), None).ok()?.p()));
        let unknown = all().filter(|area| of_both(*area).is_err() && ends_of_both(*area).is_some());
        p.collect::<AllTests>().with_unknown(unknown.count())
    }

    /// What the last rate of an area and that of a year before may be.
    pub(super) fn year_ends(&self, row: usize) -> Option<[RateEnds; 2]> {
        let table = self.league().table();
        let own = self.series_of(table.areas().get(row)?).ok()?;
        let alike = own.series().is_in_person_months() == table.basis().is_in_person_months();
        ends_of_both(own).filter(|_| alike)
    }

    /// The period of a year before, in words.
    pub(super) fn year_before_told(&self) -> String {
        let period = self.series().and_then(|series| Some(periods_of(series).ok()?.1));
        period.map_or_else(String::new, |period| format!(", in {period}"))
    }
}

/// The last period of a series, and the same one a year before.
fn periods_of(series: &Series) -> Result<(Period, Period), String> {
    let periods = series.periods();
    let (first, last) = periods.first().zip(periods.last()).ok_or("The series has no period.")?;
    let before = last.year_before().filter(|before| periods.contains(before)).ok_or_else(|| {
        format!("The series is of {first} to {last}, and does not have the same period a year before.")
    })?;
    Ok((*last, before))
}

/// Both rates.
fn of_both(area: AreaSeries<'_>) -> Result<(Rate, Rate), String> {
    let (last, before) = periods_of(area.series())?;
    let parts: Vec<Period> = area.parts().into_iter().filter(|part| [last, before].contains(part)).collect();
    if !parts.is_empty() {
        return Err(format!("Counted are {} alone, which compare with no whole period.", area.parts_in_words(&parts)));
    }
    let rate = |period: Period| {
        area.rate(period).map_err(|error| format!("{} has no rate in {period}: {}.", area.area(), reason(&error)))
    };
    Ok((rate(last)?, rate(before)?))
}

/// What both rates may be, where anything is known of both.
fn ends_of_both(area: AreaSeries<'_>) -> Option<[RateEnds; 2]> {
    let (last, before) = periods_of(area.series()).ok()?;
    let ends = |period: Period| {
        let (least, most) = area.rate_ends(period)?;
        let [from, to] = if most == Some(least) { ["", ""] } else { ["at least ", "at most "] };
        Some([Some((least, from)), most.map(|most| (most, to))])
    };
    Some([ends(last)?, ends(before)?])
}
