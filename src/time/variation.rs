//! How much the counts of areas vary from period to period of a series.

use super::series::{AreaSeries, Series};
use crate::{
    base::{ErrorKind, Note, Result, Topic, digits},
    interval::WithinDispersion,
};

impl WithinDispersion {
    /// From the periods of a series, as [`WithinDispersion::estimate`], over the areas that have a count in each of them, or over the periods in which each area has
    /// one, whichever are more, and without sums of others. Where parts of a year, such as
    /// months, are of two years or more, each area has a level of its own in each part of the year, so that no season is taken for variation, whether
    /// all areas have it or one by itself. What else made the rates of areas go different ways over the periods is in it, too, so it errs towards more;
    /// one area whose counts leap, or change for good, makes it large for all, which [`Series::variation_note`] says.
    ///
    /// ```
    /// use crimerate::{interval::WithinDispersion, time::Series};
    ///
    /// // A resort whose summers are busy, and a town that has no season.
    /// let counts = [("Resort", [20, 31, 90, 28, 22, 29, 95, 26]), ("Town", [50, 48, 53, 49, 47, 52, 50, 51])];
    /// let quarter = |at: usize| format!("{} Q{}", 2020 + at / 4, at % 4 + 1);
    /// let rows = counts.iter().flat_map(|(area, counts)| counts.iter().enumerate().map(move |(at, count)| (*area, quarter(at), *count, 90_000)));
    /// let phi = WithinDispersion::of_series(&Series::from_rows(rows)?)?;
    /// assert_eq!(phi.to_string(), "0.175 (2 areas, 8 periods, 4 degrees of freedom)");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::TooFew`] where whole periods with counts are fewer than three, else as [`WithinDispersion::estimate`].
    pub fn of_series(series: &Series) -> Result<Self> {
        Ok(Repeated::of(series).estimate()?.within)
    }
}

/// What is estimated from: the areas that have a count in each period in which any has one, or all areas in the periods in which each has one, whichever
/// are more.
struct Repeated<'s> {
    areas: Vec<AreaSeries<'s>>,
    counts: Vec<Vec<u64>>,
    /// The columns of each part of the year, where areas have levels of their own in these.
    seasons: Option<Vec<Vec<usize>>>,
}

impl<'s> Repeated<'s> {
    fn of(series: &'s Series) -> Self {
        let sums = series.perhaps_sums();
        let areas = || series.iter().filter(|area| !sums.contains(&area.place()));
        let all = || 0..series.periods().len();
        let any: Vec<usize> = all().filter(|at| areas().any(|area| area.whole_count_at(*at).is_some())).collect();
        let here = |area: &AreaSeries<'_>| any.iter().any(|at| area.whole_count_at(*at).is_some());
        let each: Vec<usize> =
            all().filter(|at| areas().filter(here).all(|area| area.whole_count_at(*at).is_some())).collect();
        let has = |area: &AreaSeries<'_>, places: &[usize]| places.iter().all(|at| area.whole_count_at(*at).is_some());
        let tells = |places: &[usize]| {
            let number = areas().filter(|area| has(area, places)).count();
            number.saturating_sub(1) * places.len().saturating_sub(1)
        };
        let places = if tells(&any) < tells(&each) { each } else { any };
        let counts = |area: AreaSeries<'s>| {
            Some((area, places.iter().map(|at| area.whole_count_at(*at)).collect::<Option<_>>()?))
        };
        let (areas, counts) = areas().filter_map(counts).unzip();
        let cycle = series.cycle();
        let span = places.first().zip(places.last()).map_or(0, |(first, last)| last - first + 1);
        let seasons = (cycle > 1 && span >= 2 * cycle).then(|| {
            let of =
                |season| (0..).zip(&places).filter(|(_, at)| *at % cycle == season).map(|(column, _)| column).collect();
            (0..cycle).map(of).collect()
        });
        Self { areas, counts, seasons }
    }

    fn estimate(&self) -> Result<Estimate> {
        let periods = self.counts.first().map_or(0, Vec::len);
        if periods < PERIODS {
            return Err(ErrorKind::TooFew { what: "periods with counts", found: periods, least: PERIODS }.into());
        }
        let of = |seasons: Option<&[Vec<usize>]>| {
            let (within, shares) = WithinDispersion::estimate_by_rows(&self.counts, seasons)?;
            Ok(Estimate { within, shares, seasonal: seasons.is_some() })
        };
        match &self.seasons {
            // So little may be counted that the parts of a year by themselves tell nothing.
            Some(seasons) => of(Some(seasons)).or_else(|_| of(None)),
            None => of(None),
        }
    }
}

/// Two periods do not tell how much counts vary from what changed between them.
const PERIODS: usize = 3;

/// What comes out.
struct Estimate {
    within: WithinDispersion,
    /// Of each area in the sum that it is made of.
    shares: Vec<f64>,
    /// Whether areas have levels of their own in each part of the year.
    seasonal: bool,
}

/// How many times an even share an area that is named brings of phi_w, and how much of it the others then have without it.
const TIMES: f64 = 3.0;
const LESS: f64 = 0.75;

/// One area that brings more than half of the variation within all, or three times its share, so that that of the others is less by a quarter without it.
pub(super) struct Leader<'s> {
    pub(super) area: &'s str,
    /// Of the sum that phi_w is made of.
    pub(super) share: f64,
    all: WithinDispersion,
    others: WithinDispersion,
}

impl Series {
    /// What has to be said where all areas are given the variation of the series ([`WithinDispersion::of_series`]), and one of them brings more than half of
    /// it, or three times an even share so that that of the others is less by a quarter without it: which one, and what phi_w would be without it. `None` where none does, of fewer
    /// than three areas, and where phi_w is not above 1.
    ///
    /// ```
    /// use crimerate::time::Series;
    ///
    /// let counts = [("A", [60, 58, 190, 61]), ("B", [55, 57, 52, 56]), ("C", [81, 77, 85, 80]), ("D", [40, 44, 41, 39])];
    /// let rows = counts.iter().flat_map(|(area, counts)| (2018..).zip(counts).map(move |(year, count)| (*area, year.to_string(), *count, 90_000)));
    /// let note = Series::from_rows(rows)?.variation_note().unwrap();
    /// assert!(note.text().starts_with("phi_w 8.40 (4 areas, 4 periods), which all areas are given, is for 65 % that of A: without it, it would be 0.160."));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn variation_note(&self) -> Option<Note> {
        let Leader { area, share, all, others } = self.variation_leader()?;
        let percent = digits::fixed(100.0 * share, 0);
        let without = digits::fixed(others.phi(), digits::decimals(others.phi()));
        let text = format!(
            "phi_w {all}, which all areas are given, is for {percent} % that of {area}: without it, it would be {without}. If {area} changed for good, that is in it, too, and \
             limits are wider than they need be."
        );
        Some(Note::new(Topic::Interval, text))
    }

    /// The area that brings most of the variation that all are given, where it is named.
    pub(super) fn variation_leader(&self) -> Option<Leader<'_>> {
        let mut repeated = Repeated::of(self);
        let Estimate { within: all, shares, .. } = repeated.estimate().ok()?;
        let largest = shares.into_iter().enumerate().max_by(|(_, one), (_, other)| one.total_cmp(other));
        let (place, share) = largest.filter(|_| all.factor() > 1.0 && repeated.counts.len() > 2)?;
        repeated.counts.remove(place);
        let others = repeated.estimate().ok()?.within;
        let much = share * repeated.areas.len() as f64 > TIMES && others.factor() < LESS * all.factor();
        let leads = share > 0.5 || much;
        Some(Leader { area: repeated.areas.get(place)?.area(), share, all, others }).filter(|_| leads)
    }

    /// Why how much counts vary is not known, where no phi_w can be estimated from the series.
    pub(crate) fn no_variation_told(&self) -> Option<String> {
        let repeated = Repeated::of(self);
        let (areas, periods) = (repeated.counts.len(), repeated.counts.first().map_or(0, Vec::len));
        let why = || match (areas, periods) {
            _ if self.len() < 2 => "one area alone does not tell it from changes of its own".to_owned(),
            (0, _) => "no two areas have counts in the same two periods".into(),
            (1, _) => format!(
                "{} alone has a count in every period, and one area does not tell it from changes of its own",
                repeated.areas.first().map_or("", |area| area.area())
            ),
            (_, 0 | 1) => "one period alone does not tell it".into(),
            (_, 2) => "two periods alone do not tell it from what changed between them".into(),
            _ => "too little was counted to tell it".into(),
        };
        repeated.estimate().is_err().then(why)
    }

    /// What has to be said of seasons where all areas are given the variation of the series, and its periods are parts of a year: whether seasons that areas
    /// have by themselves are in it. `None` of whole years, and where no phi_w can be estimated.
    #[must_use]
    pub fn seasons_note(&self) -> Option<Note> {
        let (estimate, cycle) = (Repeated::of(self).estimate().ok()?, self.cycle());
        let text = match estimate.seasonal {
            true => format!("phi_w is what is left after a season of each area's own, a level for each of the {cycle} periods of the year."),
            false => "Too little was counted, or too few years, to tell a season that an area has by itself: phi_w takes it for variation.".into(),
        };
        (cycle > 1).then(|| Note::new(Topic::Interval, text))
    }
}
