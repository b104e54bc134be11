//! Values compared: rows and notes.

use super::{
    answer::{Answer, answer},
    band_spec::BandSpec,
    compare::Compare,
    entry::Entry,
    league::LeagueTable,
    published::PublishedRates,
    report::{Report, Row},
    values::Values,
};
use crate::{
    average::{Average, Rule, ZScale},
    base::{Note, Result, Topic, Undefined, digits, layout, note, words},
    forces::hints,
    rate::{Per, Reading},
    table::{Area, LeftOut},
};
use std::{collections::HashMap, fmt};

/// [`Values`] compared and ranked: rows and notes that print, and that serialise and read back.
///
/// Its rows are those of a [`Report`], so that one reader reads both; counts and populations are empty, and so are limits where none were
/// given. Read back, figures are worked out again from the values, or from rates as they were printed.
#[derive(Clone, Debug, PartialEq)]
pub struct ValuesReport {
    values: Values,
    /// The report of the values, whose counts and populations stand for nothing.
    report: Report,
}

impl Values {
    /// Ranks the areas and compares them with the average: the mean of the values, their median or a fixed one. A pooled one does not
    /// exist, and then there is nothing but ranks, z and percentiles. An interval that is asked for has no meaning here.
    #[must_use]
    pub fn compare(&self, how: impl Into<Compare>) -> ValuesReport {
        let how = how.into();
        let league = match self.numbers() {
            Some(numbers) => {
                let unit = f64::from(self.per().get());
                let per_head: Vec<f64> = numbers.iter().map(|number| number / unit).collect();
                self.table().compare_values(how, &per_head)
            }
            None => self.table().compare(how),
        };
        ValuesReport { values: self.clone(), report: league.without_counts().per(self.per()) }
    }
}

impl PublishedRates {
    /// As [`Values::compare`], of the rates as they were printed.
    #[must_use]
    pub fn compare(&self, how: impl Into<Compare>) -> ValuesReport {
        Values::from(self.clone()).compare(how)
    }
}

impl ValuesReport {
    /// The values that are compared.
    #[must_use]
    pub const fn values(&self) -> &Values {
        &self.values
    }

    /// How they are compared.
    #[must_use]
    pub const fn how(&self) -> Compare {
        self.league().how()
    }

    /// What the rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.values.per()
    }

    /// With these bands, who lies beyond them, and who masks whom.
    #[must_use]
    pub fn with_bands(self, spec: impl Into<Option<BandSpec>>) -> Self {
        Self { report: self.report.with_bands(spec), ..self }
    }

    /// The bands, where there are any.
    #[must_use]
    pub fn bands(&self) -> Option<BandSpec> {
        self.report.bands()
    }

    pub(crate) fn band_ends(&self) -> Option<(f64, f64)> {
        self.report.band_ends()
    }

    /// The mean of the values of the areas that take part.
    ///
    /// # Errors
    /// [`Undefined::NoAverage`] where none does.
    pub fn mean(&self) -> Result<Reading, Undefined> {
        self.average(Average::MEAN)
    }

    /// Their median.
    ///
    /// # Errors
    /// As [`ValuesReport::mean`].
    pub fn median(&self) -> Result<Reading, Undefined> {
        self.average(Average::MEDIAN)
    }

    /// Their standard deviation (n - 1).
    ///
    /// # Errors
    /// [`Undefined::TooFew`] of fewer than two areas, [`Undefined::AllEqual`] where it is zero.
    pub fn standard_deviation(&self) -> Result<Reading, Undefined> {
        let spread = self.league().spread_on(ZScale::Standard)?;
        Ok(Reading::of_double(spread.unit(self.per()), self.per()))
    }

    fn average(&self, average: Average) -> Result<Reading, Undefined> {
        let value = average.among(self.league().tally(), self.league().values());
        Ok(value.ok_or(Undefined::NoAverage)?.per(self.per()))
    }

    /// What has to be reported with the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let (league, per) = (self.league(), self.per());
        let of = words::counted(league.table().len(), "area");
        let compared = digits::grouped(league.len() as u64);
        let kind = self.values.kind();
        let mut notes = vec![
            Note::new(Topic::Areas, format!("{compared} of {of} compared.")),
            Note::new(Topic::Areas, kind.told()),
        ];
        let totals = league.table().totals_by_name(&hints(league.table().areas()));
        notes.extend(totals.map(|text| Note::new(Topic::Areas, text)));
        notes.extend(self.values.told().iter().map(|text| Note::new(Topic::Areas, text.as_str())));
        notes.extend(note::left_out(league.areas().enumerate().filter_map(|(index, (area, outcome))| {
            let left_out = outcome.err()?;
            let value = match left_out {
                LeftOut::Excluded(_) => self.shown(index).map(|shown| format!(" (its rate is {shown} {per})")),
                _ => None,
            };
            Some((area.label(), format!("{}{}", self.why(index, &left_out), value.unwrap_or_default())))
        })));
        let average = match league.rule().rule() {
            Rule::Pooled => "Average: pooled; there is none, as it needs counts and populations.".into(),
            _ => self.report.average_note(),
        };
        notes.push(Note::new(Topic::Average, average));
        notes.extend(self.report.ratio_notes());
        notes.extend(self.middle_note().map(|text| Note::new(Topic::Average, text)));
        notes.push(Note::new(Topic::Interval, self.intervals_note()));
        let (order, ties) = (league.how().order(), league.how().ties());
        let text = format!("Ranks: of {compared}, {order} rate first, {ties} ties; {}.", kind.equal());
        notes.push(Note::new(Topic::Ranking, text));
        notes.push(Note::new(Topic::RankSets, kind.without_sets()));
        notes.extend(note::about(&self.report.notes(), &[Topic::Z, Topic::Bands, Topic::Masking, Topic::Basis]));
        notes
    }

    /// Mean, median and standard deviation, whatever is compared with.
    fn middle_note(&self) -> Option<String> {
        let (mean, median) = (self.mean().ok()?, self.median().ok()?);
        let sd = self.standard_deviation().map_or_else(
            |reason| format!("no standard deviation, as {reason}"),
            |sd| format!("standard deviation (n - 1) {}", sd.digits(mean.decimals())),
        );
        Some(format!(
            "Mean of rates {}, median {}, {sd}, {}.",
            mean.digits(mean.decimals()),
            median.digits(mean.decimals()),
            self.per()
        ))
    }

    fn intervals_note(&self) -> String {
        if !self.values.have_limits() {
            let why = "which need counts and populations: a rate alone does not say what chance may have done to it";
            return format!("Intervals: none, {why}.");
        }
        match self.values.method() {
            Some(method) => format!("Intervals: {method}."),
            None => "Intervals: as they were given with the values.".into(),
        }
    }

    /// The value of the area in a place as it was printed, or with some decimals.
    fn shown(&self, index: usize) -> Option<String> {
        if let Some(printed) = self.values.printed(index) {
            return self.values.value(index).map(|_| printed.to_owned());
        }
        let value = self.values.value(index)?;
        Some(digits::fixed(value, digits::decimals(value)))
    }

    /// Why the area in a place takes no part, in the words of rates.
    fn why(&self, index: usize, left_out: &LeftOut) -> String {
        match left_out {
            LeftOut::NotKnown(unknown) => {
                self.values.reason(index).map_or_else(|| format!("rate {unknown}"), Into::into)
            }
            other => other.to_string(),
        }
    }

    const fn league(&self) -> &LeagueTable {
        self.report.league()
    }
}

answer! {
    ValuesReport of Row;
    written as |it| {
        compare: Compare = it.how(),
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bands: Option<BandSpec> = it.bands(),
    } rows {
        values: Values = it.values.clone(),
    }
    read as |written, _| Ok(written.values.compare(written.compare).with_bands(written.bands))
}

impl Answer for ValuesReport {
    type Row = Row;

    fn league(&self) -> &LeagueTable {
        self.league()
    }

    /// The row without what stands for no count.
    fn row(&self, entry: &Entry<'_>) -> Row {
        let why = entry.outcome.as_ref().err().map(|left_out| self.why(entry.index, left_out));
        let row = Answer::row(&self.report, entry);
        let note = why.or(row.note);
        let (value, limits) = (self.values.value(entry.index), self.values.own_limits(entry.index));
        let taking_part = entry.comparison().is_some();
        let limit = |limit: Option<f64>| limit.filter(|limit| taking_part && limit.is_finite());
        Row {
            count: None,
            population: None,
            months: None,
            rate: value.filter(|_| taking_part),
            lower: limit(limits.map(|(lower, _)| lower)),
            upper: limit(limits.map(|(_, upper)| upper)),
            note,
            ..row
        }
    }
}

/// As text: areas from the first rank to the last with their values, printed ones as they were printed, and the notes below.
impl fmt::Display for ValuesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limited = self.values.have_limits();
        let heading = [layout::RANK, "Area", "", "", &format!("Rate {}", self.per()), "Limits", "Difference", "Ratio"];
        let z = match self.how().z() {
            ZScale::Standard => "z",
            ZScale::Log => "Log z",
            ZScale::Robust => "Robust z",
        };
        let mut lines = vec![heading.into_iter().chain([z]).map(str::to_owned).collect()];
        let decimals = self.report.decimals();
        let shown = |value: f64| digits::fixed(value, decimals);
        let places: HashMap<&str, usize> = self.values.areas().iter().map(Area::label).zip(0..).collect();
        lines.extend(self.report.ranked_lines(|comparison, mut line| {
            let place = places.get(comparison.area().label()).copied().unwrap_or(usize::MAX);
            let number = || self.values.value(place).map_or_else(String::new, shown);
            let value = self.values.printed(place).map_or_else(number, Into::into);
            let limits = self.values.own_limits(place).map(|(lower, upper)| match upper.is_finite() {
                true => format!("{} to {}", shown(lower), shown(upper)),
                false => format!("{} and more", shown(lower)),
            });
            line.splice(4..6, [value, layout::or_dash(limits)]);
            line
        }));
        for line in &mut lines {
            let mut column = 0..;
            line.retain(|_| {
                column.next().is_none_or(|column| !(column == 2 || column == 3 || column == 5 && !limited))
            });
        }
        layout::write_report(f, &lines, &self.notes())
    }
}
