//! The trends of all areas.

use super::{
    series::{AreaSeries, Series},
    trend::{Nothing, Trend, TrendLimits},
};
use crate::{
    base::{Note, Result, Topic, digits, layout, report, row, words},
    interval::{Confidence, Correction, Interval},
    table::{Area, Nouns},
};
use serde::{Deserialize, Serialize};
use std::fmt;

row! {
    /// One area's line of [`Trends`]; what does not exist is `None`.
    ///
    /// Every field is a column, always.
    #[derive(Serialize, Deserialize)]
    pub struct TrendRow {
        /// The area.
        area: String,
        /// The official code.
        code: Option<String> => sparse,
        /// In how many periods it has a rate.
        periods: usize,
        /// The count of these together; none where it is more than can be held.
        count: Option<u64>,
        /// The rate of one year over that of the year before, as fitted.
        ratio_per_year: Option<f64>,
        /// The lower limit of the ratio.
        lower: Option<f64>,
        /// The upper limit.
        upper: Option<f64>,
        /// Pearson's chi-square over the degrees of freedom.
        phi: Option<f64>,
        /// The same ratio as a change in per cent.
        percent: Option<f64>,
        /// The lower limit by Poisson's law alone.
        poisson_lower: Option<f64>,
        /// The upper limit by Poisson's law alone.
        poisson_upper: Option<f64>,
        /// The two-sided p-value of no trend.
        p: Option<f64> => probability,
        /// The same, corrected by Holm for the number of areas.
        p_holm: Option<f64> => probability,
        /// The ratio of all other areas without gaps together.
        ratio_of_rest: Option<f64>,
        /// The two-sided p-value of one trend in the area and the rest.
        p_against_rest: Option<f64> => probability,
        /// The same, corrected by Holm for the number of areas.
        p_against_rest_holm: Option<f64> => probability,
        /// Why figures are missing, and which periods are in no trend as their counts cover a part of them.
        note: Option<String>,
    }
}

/// The trends of all areas: rows and notes that print, and that serialise and read back.
///
/// ```
/// use crimerate::time::Series;
///
/// let counts = [("A", [500, 610, 720, 850]), ("B", [900, 890, 905, 880]), ("C", [0, 0, 0, 0])];
/// let rows = counts.iter().flat_map(|(area, counts)| (2018..).zip(counts).map(move |(year, count)| (*area, year.to_string(), *count, 800_000)));
/// let trends = Series::from_rows(rows)?.trends();
/// assert_eq!(format!("{:.3}", trends.area("A")?.ratio_per_year.unwrap()), "1.191");
/// assert!(trends.area("A")?.p_against_rest_holm.unwrap() < 0.01);
/// assert_eq!(trends.area("C")?.note.as_deref(), Some("nothing was counted, so there is no trend"));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Trends {
    series: Series,
    limits: TrendLimits,
    confidence: Confidence,
    rows: Vec<TrendRow>,
}

/// Count and person-months of each area in each period.
fn figures(series: &Series) -> Vec<Vec<Option<(u64, u64)>>> {
    series.iter().map(AreaSeries::figures).collect()
}

/// Which areas are together the rest: those without a gap that are no sum of others.
fn counting(series: &Series, figures: &[Vec<Option<(u64, u64)>>]) -> Vec<bool> {
    let sums = series.perhaps_sums();
    let whole = |(place, cells): (usize, &Vec<Option<_>>)| !sums.contains(&place) && cells.iter().all(Option::is_some);
    figures.iter().enumerate().map(whole).collect()
}

/// The sums of these areas, for each period.
fn together(figures: &[Vec<Option<(u64, u64)>>], counting: &[bool], periods: usize) -> Vec<(u128, u128)> {
    let mut sums = vec![(0_u128, 0_u128); periods];
    for (cells, _) in figures.iter().zip(counting).filter(|(_, counting)| **counting) {
        for ((count, people), (x, n)) in sums.iter_mut().zip(cells.iter().flatten()) {
            (*count, *people) = (*count + u128::from(*x), *people + u128::from(*n));
        }
    }
    sums
}

/// Why an area has no trend, and which periods are in none.
fn told(area: AreaSeries<'_>, why: Option<&Nothing>) -> Option<String> {
    let parts = area.parts();
    let parts = (!parts.is_empty()).then(|| format!("not in the trend: {}", area.parts_in_words(&parts)));
    let told: Vec<String> = why.map(ToString::to_string).into_iter().chain(parts).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

impl Series {
    /// The trend of every area, with quasi limits at 95 %, and whether it differs from that of the rest: all other areas without a gap that are no sum of others.
    #[must_use]
    pub fn trends(&self) -> Trends {
        Trends::of(self.clone(), TrendLimits::default(), Confidence::default())
    }
}

impl Trends {
    fn of(series: Series, limits: TrendLimits, confidence: Confidence) -> Self {
        let figures = figures(&series);
        let (counting, totals) = (counting(&series, &figures), series.perhaps_sums());
        let sums = together(&figures, &counting, series.periods().len());
        let trends: Vec<_> = figures.iter().map(|cells| Trend::of(cells, series.months())).collect();
        let rests: Vec<Option<Trend>> = figures
            .iter()
            .zip(&counting)
            .enumerate()
            // A sum of others has no rest.
            .map(|(place, (cells, counting))| {
                let cells = Some(cells).filter(|_| !totals.contains(&place))?;
                let rest = sums.iter().zip(cells).map(|((count, people), own)| {
                    let (x, n) = own.filter(|_| *counting).unwrap_or_default();
                    let left = (count.checked_sub(x.into())?, people.checked_sub(n.into())?);
                    let _ = (*own)?;
                    Some((u64::try_from(left.0).ok()?, u64::try_from(left.1).ok().filter(|people| *people > 0)?))
                });
                Trend::of(&rest.collect::<Vec<_>>(), series.months()).ok()
            })
            .collect();
        let holm = |all: Vec<Option<f64>>| {
            let found: Vec<f64> = all.iter().copied().flatten().collect();
            let mut corrected = Correction::Holm.of_probabilities(&found).into_iter();
            let each = all.iter().map(move |p| p.and_then(|_| corrected.next()));
            (all.clone(), each.collect::<Vec<_>>())
        };
        let (p, p_holm) = holm(trends.iter().map(|trend| trend.as_ref().ok().map(|trend| trend.p(limits))).collect());
        let against = trends.iter().zip(&rests);
        let against = against.map(|(own, rest)| Some(own.as_ref().ok()?.p_against((*rest)?))).collect();
        let (apart, apart_holm) = holm(against);
        let finite = |value: f64| Some(value).filter(|value| value.is_finite());
        let rows = series.iter().zip(&trends).zip(&figures).zip(&rests).zip(p).zip(p_holm).zip(apart).zip(apart_holm);
        let rows = rows.map(|(((((((of, trend), cells), rest), p), p_holm), apart), apart_holm)| {
            let found = trend.as_ref().ok();
            let interval = |limits| found.map(|trend| trend.interval(limits, confidence));
            let (own, poisson) = (interval(limits), interval(TrendLimits::Poisson));
            let count: u128 = cells.iter().flatten().map(|(x, _)| u128::from(*x)).sum();
            let area = series.areas().get(of.place());
            TrendRow {
                area: area.map(Area::name).unwrap_or_default().into(),
                code: area.and_then(Area::code).map(Into::into),
                periods: cells.iter().flatten().count(),
                count: u64::try_from(count).ok(),
                ratio_per_year: found.and_then(|trend| finite(trend.ratio())),
                lower: own.map(Interval::lower),
                upper: own.and_then(|interval| finite(interval.upper())),
                phi: found.map(|trend| trend.phi()),
                percent: found.and_then(|trend| finite(trend.percent())),
                poisson_lower: poisson.map(Interval::lower),
                poisson_upper: poisson.and_then(|interval| finite(interval.upper())),
                p,
                p_holm,
                ratio_of_rest: rest.and_then(|rest| finite(rest.ratio())),
                p_against_rest: apart,
                p_against_rest_holm: apart_holm,
                note: told(of, trend.as_ref().err()),
            }
        });
        let rows = rows.collect();
        Self { series, limits, confidence, rows }
    }

    /// With other limits.
    #[must_use]
    pub fn with_limits(self, limits: TrendLimits) -> Self {
        Self::of(self.series, limits, self.confidence)
    }

    /// With limits at this level.
    #[must_use]
    pub fn with_confidence(self, confidence: Confidence) -> Self {
        Self::of(self.series, self.limits, confidence)
    }

    /// What the limits allow for.
    #[must_use]
    pub const fn limits(&self) -> TrendLimits {
        self.limits
    }

    /// The level of the limits.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// The series.
    #[must_use]
    pub const fn series(&self) -> &Series {
        &self.series
    }

    /// The trend of all areas without a gap together, but for sums of others; `None` where there is none such, or nothing was counted.
    ///
    /// ```
    /// use crimerate::time::Series;
    ///
    /// let rows = (2018..=2020).zip([500, 550, 605]).flat_map(|(year, count)| ["A", "B"].map(|area| (area, year.to_string(), count, 800_000)));
    /// assert_eq!(format!("{:.3}", Series::from_rows(rows)?.trends().together().unwrap().ratio()), "1.100");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn together(&self) -> Option<Trend> {
        let figures = figures(&self.series);
        let sums = together(&figures, &counting(&self.series, &figures), self.series.periods().len());
        let sum = |(count, people): (u128, u128)| {
            Some((u64::try_from(count).ok()?, u64::try_from(people).ok().filter(|people| *people > 0)?))
        };
        Trend::of(&sums.into_iter().map(sum).collect::<Vec<_>>(), self.series.months()).ok()
    }

    /// The row of an area by its name or code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where there is none.
    pub fn area(&self, area: &str) -> Result<TrendRow> {
        let place = self.series.area(area)?.place();
        self.rows.get(place).cloned().ok_or_else(|| self.series.unknown(area))
    }

    /// The rows, each with what its area is called where others have its name.
    fn labelled(&self) -> impl Iterator<Item = (&str, &TrendRow)> {
        self.series.areas().iter().map(Area::label).zip(&self.rows)
    }

    /// Which areas have no trend, and why, a note for each reason.
    fn none_notes(&self) -> Vec<Note> {
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        let without = self.labelled().filter(|(_, row)| row.ratio_per_year.is_none());
        for (area, why) in without.filter_map(|(area, row)| Some((area, row.note.as_deref()?))) {
            match reasons.iter_mut().find(|(other, _)| *other == why) {
                Some((_, areas)) => areas.push(area),
                None => reasons.push((why, vec![area])),
            }
        }
        let told =
            |(why, areas): (&str, Vec<&str>)| format!("No trend of {}: {why}.", words::listed(&areas, ", ", "area"));
        reasons.into_iter().map(|reason| Note::new(Topic::LeftOut, told(reason))).collect()
    }

    /// What has to be reported with the trends.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let found = self.rows.iter().filter(|row| row.ratio_per_year.is_some()).count();
        let named = |p: fn(&TrendRow) -> Option<f64>| {
            let rows = self.labelled().filter(|(_, row)| p(row).is_some_and(|p| p <= self.confidence.alpha()));
            let names: Vec<&str> = rows.map(|(area, _)| area).collect();
            words::listed(&names, ", ", "area")
        };
        let kept = match self.limits {
            TrendLimits::Poisson => words::POISSON_ONLY.to_owned(),
            TrendLimits::Quasi => "widened by the square root of phi where that is above 1".into(),
            TrendLimits::QuasiStudent => format!(
                "widened by the square root of phi where that is above 1, Student's distribution on m - {}",
                self.series.cycle() + 1
            ),
        };
        let seasons = match self.series.cycle() {
            1 => String::new(),
            cycle => format!(" and a level for each of the {cycle} periods of the year, as figures have seasons"),
        };
        let mut notes = self.series.notes();
        notes.push(Note::new(Topic::Interval, format!(
            "Trends: log-linear Poisson with the population as exposure{seasons}, in {}; limits by Wald at {}, {kept}. Nothing is forecast.",
            words::counted(found, "area"), self.confidence
        )));
        notes.extend(self.none_notes());
        if self.series.iter().any(|area| !area.parts().is_empty()) {
            let text = "Parts of periods are in no trend: figures have seasons.";
            notes.push(Note::new(Topic::LeftOut, text));
        }
        if self.limits == TrendLimits::Quasi {
            let text = "phi is estimated of few periods, so normal limits leave the true ratio out more often than their level says, and p keeps no level (quasi-student allows for it).";
            notes.push(Note::new(Topic::Interval, text));
        }
        notes.push(Note::new(
            Topic::Significance,
            format!("Certain of a trend, at {} for all areas (Holm): {}.", self.confidence, named(|row| row.p_holm)),
        ));
        if self.rows.iter().any(|row| row.p_against_rest.is_some()) {
            notes.push(Note::new(Topic::Significance, format!(
                "Another trend than all other areas without a gap together, at {} (Holm): {}. Wald's test of the logs, each with its own phi (at least 1), by Student's distribution.",
                self.confidence, named(|row| row.p_against_rest_holm)
            )));
        }
        notes
    }
}

report! {
    Trends of kept TrendRow: "A row for every area, in the order of the series.";
    written as |it| {
        #[serde(default)]
        limits: TrendLimits = it.limits,
        #[serde(default)]
        confidence: Confidence = it.confidence,
    } rows {
        series: Series = it.series.clone(),
    }
    read as |written, _| Ok(Self::of(written.series, written.limits, written.confidence))
}

/// The trends as text, in the order of the series, and the notes below.
impl fmt::Display for Trends {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let interval = format!("{} interval", self.confidence);
        let [counted, _] = &Nouns::of(self.series.basis()).headings();
        let heading =
            ["Periods", "Area", counted, "% a year", &interval, "phi", "p", "p (Holm)", "p against rest (Holm)"];
        let mut lines = vec![heading.map(str::to_owned).to_vec()];
        lines.extend(self.labelled().map(|(label, row)| {
            let percent = |ratio: Option<f64>| layout::signed(ratio.map(|ratio| 100.0 * (ratio - 1.0)), 1);
            let p = |p: Option<f64>| layout::or_dash(p.map(|p| digits::probability(p, 0.0)));
            let limits = row.lower.map(|_| {
                format!("{} to {}", percent(row.lower), row.upper.map_or("infinity".into(), |_| percent(row.upper)))
            });
            vec![
                digits::grouped(row.periods as u64),
                words::one_line(label),
                layout::whole(row.count),
                layout::signed(row.percent, 1),
                layout::or_dash(limits),
                layout::fixed(row.phi, 2),
                p(row.p),
                p(row.p_holm),
                p(row.p_against_rest_holm),
            ]
        }));
        layout::write_report(f, &lines, &self.notes())
    }
}
