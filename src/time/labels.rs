//! What periods are called, written as the rows write theirs.

use super::series::Series;
use crate::rate::Period;

/// A way to write a period.
pub(super) type Way = fn(u32, u32, Period) -> String;

/// Ways to write a period by its first year and month, the months it has and those in words.
const WAYS: [Way; 17] = [
    |year, month, _| format!("{year}-{month:02}"),
    |year, month, _| format!("{year}/{month:02}"),
    |year, month, _| format!("{month:02}/{year}"),
    |year, month, _| format!("{year}{month:02}"),
    |_, _, period| period.to_string(),
    |year, _, period| format!("{} {year}", short(period)),
    |year, _, period| format!("{}-{:02}", short(period), year % 100),
    |year, _, period| format!("{} {:02}", short(period), year % 100),
    |year, _, period| format!("{}-{year}", short(period)),
    |year, month, _| format!("{year}Q{}", month.div_ceil(3)),
    |year, month, _| format!("{year}-Q{}", month.div_ceil(3)),
    |year, month, _| format!("Q{} {year}", month.div_ceil(3)),
    |year, month, _| format!("{year}H{}", month.div_ceil(6)),
    |year, month, _| format!("{year}-H{}", month.div_ceil(6)),
    |year, month, _| format!("H{} {year}", month.div_ceil(6)),
    |year, _, _| format!("{year}-{:02}", (year + 1) % 100),
    |year, _, period| format!("{year}/{}", period.last_month().last_year()),
];

/// The first three letters of the month.
fn short(period: Period) -> String {
    period.to_string().chars().take(3).collect()
}

/// A period written in a way.
pub(super) fn written(way: Way, period: Period) -> Option<String> {
    let year = period.first_month().last_year();
    let month = u32::try_from(period.first_month() - Period::month(year, 1).ok()?).ok()? + 1;
    Some(way(year, month, period))
}

/// The way in which all of these are written, if there is one.
pub(super) fn way_of<'a>(known: impl Iterator<Item = (Period, &'a str)> + Clone) -> Option<Way> {
    let fits = |way: &Way| known.clone().all(|(period, label)| written(*way, period).as_deref() == Some(label));
    WAYS.into_iter().find(fits)
}

impl Series {
    /// A run of periods, as the rows write its first and its last.
    pub(super) fn run_label(&self, run: Period) -> String {
        let mut within = self.periods().iter().copied().filter(|period| run.contains(*period));
        let first = within.next();
        let last = within.next_back().or(first);
        match first.zip(last).filter(|(first, last)| Period::from_to(*first, *last) == Ok(run)) {
            Some((first, last)) if first == last => self.period_label(first),
            Some((first, last)) => format!("{} to {}", self.period_label(first), self.period_label(last)),
            None => run.to_string(),
        }
    }

    /// Runs of periods, up to five of them.
    pub(super) fn runs_told(&self, runs: &[Period]) -> String {
        const NAMED: usize = 5;
        let named: Vec<String> = runs.iter().take(NAMED).map(|run| self.run_label(*run)).collect();
        let more = runs.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{more}", named.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_written_as_others_are() {
        let columns = [
            ["2021-01", "2021-02", "2021-03"],
            ["Jan-21", "Feb-21", "Mar-21"],
            ["2021 Q1", "2021 Q2", "2021 Q3"],
            ["H2 2021", "H1 2022", "H2 2022"],
            ["2020-21", "2021-22", "2022-23"],
            ["year to June 2020", "year to June 2021", "year to June 2022"],
        ];
        for column in columns {
            let periods: Vec<Period> = Period::of_column(column).map(Result::unwrap).collect();
            let way = way_of([(periods[0], column[0]), (periods[2], column[2])].into_iter()).unwrap();
            assert_eq!(written(way, periods[1]).as_deref(), Some(column[1]));
        }
        let mixed: Period = "2021-01".parse().unwrap();
        assert!(way_of([(mixed, "1st month")].into_iter()).is_none());
    }
}
