//! Published, smoothed and standardised rates, scores and other values, ranked as rates are.

use super::{
    about::About,
    plot::Plot,
    ranked::{RankedValue, Valued},
    words,
};
use crate::{
    base::{Note, Topic, digits},
    league::{Rank, ScoreReport, StandardisedReport, ValueKind, ValuesReport},
    rate::{Per, Reading},
    smoothing,
};

impl ValuesReport {
    /// A picture of the values in their order, each in figures (as it was printed, where it was) and as a dot with its limits, where there are
    /// any: the average as a line, the bands as a shade, and those beyond in two colours.
    ///
    /// ```
    /// use crimerate::{Average, Per, league::PublishedRates};
    ///
    /// let report = PublishedRates::from_rows([("Kent", "39.5"), ("Durham", "26"), ("Dorset", "35.3")], Per::HUNDRED_THOUSAND)?
    ///     .compare(Average::MEDIAN);
    /// assert_eq!(report.plot().headline(), "One of 3 forces lies above the median rate of 35.3 per 100,000");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        self.ranked()
    }
}

impl Valued for ValuesReport {
    fn valued(&self) -> (About, Vec<RankedValue>) {
        let printed = |place| self.values().printed(place).map(Into::into);
        let rows = self
            .rows()
            .enumerate()
            .map(|(place, row)| (row.rank, RankedValue { printed: printed(place), ..row.into() }));
        (About::values(self), by_rank(rows))
    }
}

impl smoothing::Report {
    /// A picture of the smoothed rates in the order of the comparison, each with its limits, and the area's own rate as a ring: how far an
    /// estimate was drawn towards the mean is seen.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table, smoothing::Estimator};
    ///
    /// let table = Table::from_rows([("A", 60, 50_000), ("B", 20, 40_000), ("C", 35, 50_000), ("D", 3, 900)])?;
    /// let plot = table.compare(Average::POOLED).smooth(Estimator::GammaPoisson).per(Per::THOUSAND).plot();
    /// assert_eq!(plot.headline(), "Smoothed, A has the highest rate, 1.15 per 1,000; D is moved farthest, from 3.33 to 1.10");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        self.ranked()
    }
}

impl Valued for smoothing::Report {
    fn valued(&self) -> (About, Vec<RankedValue>) {
        let mut rows: Vec<smoothing::Row> = self.rows().filter(|row| row.smoothed.is_some()).collect();
        let place = |row: &smoothing::Row| row.smoothed.unwrap_or(f64::NAN);
        rows.sort_by(|a, b| self.league().how().order().place(place(a).total_cmp(&place(b))));
        let areas = self.league().ranked().map(|here| here.area());
        let (basis, kind) = (self.league().table().basis(), Some(ValueKind::Smoothed));
        let mut about = About::new(self.per(), basis, areas, kind, &self.notes());
        about.headline = drawn_in(&rows, self.per());
        about.average = self.smoothing().prior().ok().map(|prior| prior.mean(self.per()));
        about.average_named = "mean of underlying rates".into();
        about.interval = format!("{} limits", self.confidence());
        about.before = Some("own rate");
        let values = rows.into_iter().map(|row| RankedValue {
            area: row.area,
            code: row.code,
            value: row.smoothed,
            limits: (row.lower, row.upper),
            before: row.rate,
            ..RankedValue::default()
        });
        (about, values.collect())
    }
}

/// Who has the highest smoothed rate, and whose was moved most.
fn drawn_in(rows: &[smoothing::Row], per: Per) -> Option<String> {
    let known = || rows.iter().filter_map(|row| Some((row.area.as_str(), row.smoothed?, row.rate?)));
    let most = |of: fn(f64, f64) -> f64| {
        known().reduce(|best, row| if of(row.1, row.2) > of(best.1, best.2) { row } else { best })
    };
    let decimals = digits::decimals(known().map(|(_, smoothed, own)| smoothed.max(own)).fold(0.0, f64::max));
    let fixed = |value| digits::fixed(value, decimals);
    let (highest, smoothed, own) = most(|smoothed, _| smoothed)?;
    let (moved, to, from) = most(|smoothed, own| (smoothed - own).abs())?;
    let same = known().filter(|(_, other, _)| *other == smoothed).count() - 1;
    if same > 0 && same + 1 == rows.len() {
        return Some(format!(
            "The rates differ by no more than chance: smoothed, all {} are {} {per}",
            digits::grouped(rows.len() as u128),
            fixed(smoothed)
        ));
    }
    let has = words::verb(same + 1, "has", "have");
    let first =
        format!("Smoothed, {highest}{} {has} the highest rate, {} {per}", words::and_more(same), fixed(smoothed));
    Some(match highest == moved && same == 0 {
        true => format!("{first}, where its own is {}; none is moved farther", fixed(own)),
        false => format!("{first}; {moved} is moved farthest, from {} to {}", fixed(from), fixed(to)),
    })
}

impl StandardisedReport {
    /// A picture of the standardised rates in their order, each with its interval, and the crude rate as a ring: the rate of all areas together,
    /// or of the reference, as a line, and those whose whole interval lies beyond it in two colours.
    ///
    /// ```
    /// use crimerate::{Per, standard::{StandardPopulation, Strata}};
    ///
    /// let strata = Strata::from_rows([
    ///     ("Coast", "0-64", 90, 60_000), ("Coast", "65+", 20, 40_000), ("Inland", "0-64", 120, 90_000), ("Inland", "65+", 4, 10_000),
    /// ])?;
    /// let plot = strata.direct(&StandardPopulation::pooled(&strata)?)?.report(Per::THOUSAND).plot();
    /// assert_eq!(plot.headline(), "Standardised, both areas have another rank than by crude rates");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        self.ranked()
    }
}

impl Valued for StandardisedReport {
    fn valued(&self) -> (About, Vec<RankedValue>) {
        let table = self.strata().table();
        let ranked = || self.iter().filter(|row| row.rank.is_some());
        let areas = table.areas().iter().zip(self.iter()).filter(|(_, row)| row.rank.is_some()).map(|(area, _)| area);
        let kind =
            Some(if self.is_direct() { ValueKind::DirectlyStandardised } else { ValueKind::IndirectlyStandardised });
        let mut about = About::new(self.per(), table.basis(), areas, kind, &self.notes());
        let average = self.whole().filter(|_| ranked().nth(1).is_some());
        about.average = average.map(Reading::value);
        if !self.is_direct() {
            about.average_named = "rate of the reference".into();
        } else if let Some(whole) = average {
            let text = format!("The average is that of all areas together, standardised alike: {whole}.");
            about.notes.push(Note::new(Topic::Average, text));
        }
        let (moved, all) = (ranked().filter(|row| row.rank != row.crude_rank).count(), ranked().count());
        let have = words::verb(moved.max(1), "has", "have");
        about.headline = Some(format!(
            "Standardised, {} {have} another rank than by crude rates",
            words::part(moved, all, about.areas)
        ));
        about.interval = format!("{} interval", self.confidence());
        about.before = Some("crude rate");
        let rows = self.iter().map(|row| {
            let value = RankedValue {
                area: row.area.clone(),
                code: row.code.clone(),
                value: row.rate,
                limits: (row.lower, row.upper),
                before: row.crude,
                ..RankedValue::default()
            };
            (row.rank, value)
        });
        (about, by_rank(rows))
    }
}

impl ScoreReport {
    /// A picture of the scores in their order, each in figures and as a dot with its interval: the score of all areas together as a line, and
    /// those whose whole interval lies beyond it in two colours.
    ///
    /// ```
    /// use crimerate::{Per, records::Absent, standard::{Offences, Unweighted, Weights}};
    ///
    /// let rows = [("Kent", "34B", 1_200, 1_846_500), ("Kent", "58C", 9_800, 1_846_500), ("Essex", "34B", 1_500, 1_832_800)];
    /// let scores = Offences::from_rows(rows, Absent::Zero)?.scores(&Weights::severity_2020(), Unweighted::Refuse)?;
    /// let headline = scores.report(Per::THOUSAND).plot().headline();
    /// assert_eq!(headline, "One of 2 forces lies above the average severity score of 601.2 per 1,000");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        self.ranked()
    }
}

impl Valued for ScoreReport {
    fn valued(&self) -> (About, Vec<RankedValue>) {
        let table = self.scores().offences().table();
        let areas = table.areas().iter().zip(self.iter()).filter(|(_, row)| row.rank.is_some()).map(|(area, _)| area);
        let mut about = About::new(self.per(), table.basis(), areas, Some(ValueKind::Weighted), &self.notes());
        let average = self
            .scores()
            .together(self.per())
            .filter(|_| self.iter().filter(|row| row.rank.is_some()).nth(1).is_some());
        about.average = average.map(Reading::value);
        about.notes.extend(average.map(|whole| {
            let text = format!("The average is the score of all areas together, over their people: {whole}.");
            Note::new(Topic::Average, text)
        }));
        // A score is no rate, and its headline says so.
        about.average_named = format!("average {}", about.long);
        about.interval = format!("{} interval", self.confidence());
        let rows = self.iter().map(|row| {
            let value = RankedValue {
                area: row.area.clone(),
                code: row.code.clone(),
                value: row.rate,
                limits: (row.lower, row.upper),
                ..RankedValue::default()
            };
            (row.rank, value)
        });
        (about, by_rank(rows))
    }
}

/// From the first rank to the last; what has none is left out.
fn by_rank(rows: impl Iterator<Item = (Option<Rank>, RankedValue)>) -> Vec<RankedValue> {
    let mut rows: Vec<(Rank, RankedValue)> = rows.filter_map(|(rank, value)| Some((rank?, value))).collect();
    rows.sort_by_key(|(rank, _)| *rank);
    rows.into_iter().map(|(_, value)| value).collect()
}
