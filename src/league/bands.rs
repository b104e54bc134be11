//! Who lies beyond the bands, and who masks whom.
//!
//! Masking is exact at the price of a sort. Without an area, mean and standard deviation follow from those of all, and who
//! lies beyond is two binary searches. Where a value comes so near to a limit that rounding could decide, or the area holds nearly
//! all of the sum of squares, the others are added up again, up to a bound on the work. What each removal changes is a range of the
//! sorted areas, so 35,672 areas take a fraction of a second and memory in proportion.

use super::{
    band::Band,
    band_spec::{BandScale, BandSpec, RateScale},
    comparison::Comparison,
    league::LeagueTable,
    mask::Mask,
};
use crate::{
    average::{self, ShapiroWilk, Spread, ZScale},
    base::{Note, Result, Topic, Undefined, digits, words},
    rate::{Per, Rate},
    table::Area,
};
use std::{ops::Range, sync::Arc};

/// k standard deviations either side of the mean of the compared rates, or of their logarithms, and where each area
/// lies against them.
///
/// The centre and the standard deviation (n - 1) are those of the areas, each counting the same, whatever the average is. On
/// raw rates a band is what reports mean by "within one standard deviation"; on log rates it is a factor and one over it
/// parts of the middle, and fits rates with a long upper tail. On 37 English forces (knife offences, year to March 2020) one
/// standard deviation either side is 34.6 to 93.7 per 100,000 on raw rates, five forces above and two below; on log rates
/// six are above and six below.
///
/// One extreme area can *mask* all others: of the recorded crime of 43 forces in 2017/18 only the City of London lies beyond
/// one standard deviation (z = 6.29), and without it 14 others do. [`Bands::masking`] finds such areas and the notes name them.
///
/// ```
/// use crimerate::{Average, Per, Table, league::{BandSpec, RateScale}};
///
/// let table = Table::from_rows([("A", 10, 1_000), ("B", 11, 1_000), ("C", 12, 1_000), ("D", 40, 1_000)])?;
/// let league = table.compare(Average::POOLED);
/// let bands = league.bands(BandSpec::ONE.on(RateScale::Log))?;
/// assert_eq!(format!("{:.1} to {:.1}", bands.lower(Per::THOUSAND), bands.upper(Per::THOUSAND)), "7.9 to 29.1");
/// assert_eq!(bands.above().map(|c| c.area().label()).collect::<Vec<_>>(), ["D"]);
/// assert_eq!(bands.masking()[0].area().label(), "D");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Bands<'a> {
    league: &'a LeagueTable,
    spec: BandSpec,
    scale: RateScale,
    tests: Option<Tests>,
    spread: Spread,
    /// The rates on the scale, in the order of the league table's rates.
    values: Vec<f64>,
    places: Vec<Band>,
}

impl<'a> IntoIterator for &Bands<'a> {
    type Item = (Comparison<'a>, Band);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}

/// What the Shapiro-Wilk test says of raw and of log rates.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Tests {
    raw: ShapiroWilk,
    log: Result<ShapiroWilk, Undefined>,
}

impl LeagueTable {
    /// Bands of k standard deviations, and where each area lies against them.
    ///
    /// # Errors
    /// As [`LeagueTable::spread`]; on log rates [`Undefined::ZeroRate`] where a rate is zero; with the choice left to the
    /// Shapiro-Wilk test, its limits on how many areas there are.
    pub fn bands(&self, spec: BandSpec) -> Result<Bands<'_>, Undefined> {
        let (scale, tests) = match spec.scale() {
            BandScale::Raw => (RateScale::Raw, None),
            BandScale::Log => (RateScale::Log, None),
            BandScale::ShapiroWilk(level) => {
                self.spread_on(ZScale::Standard)?;
                let tests = Tests { raw: self.normality(RateScale::Raw)?, log: self.normality(RateScale::Log) };
                let log = tests.log.is_ok_and(|log| {
                    !tests.raw.compatible(level) && (log.compatible(level) || log.w() > tests.raw.w())
                });
                (if log { RateScale::Log } else { RateScale::Raw }, Some(tests))
            }
        };
        let (z_scale, values) = match scale {
            RateScale::Raw => (ZScale::Standard, self.values().to_vec()),
            RateScale::Log => (ZScale::Log, average::logarithms(self.values())?),
        };
        let spread = self.spread_on(z_scale)?;
        let beyond = Beyond { k: spec.k(), reachable: reachable(values.len(), spec.k()) };
        let places = values.iter().map(|value| beyond.place(spread.z_of(*value))).collect();
        Ok(Bands { league: self, spec, scale, tests, spread, values, places })
    }

    /// The Shapiro-Wilk test of the compared rates, or of their logarithms.
    ///
    /// # Errors
    /// As [`ShapiroWilk::of`](crate::average::ShapiroWilk::of), and [`Undefined::ZeroRate`] for logarithms where a rate is zero.
    pub fn normality(&self, scale: RateScale) -> Result<ShapiroWilk, Undefined> {
        match scale {
            RateScale::Raw => ShapiroWilk::of(self.values()),
            RateScale::Log => ShapiroWilk::of(&average::logarithms(self.values())?),
        }
    }
}

/// Whether one of `n` values can lie more than `k` standard deviations (n - 1) from their mean: no |z| is above
/// (n - 1) / sqrt(n) (Samuelson 1968).
fn reachable(n: usize, k: f64) -> bool {
    let others = n as f64 - 1.0;
    k * k * (n as f64) < others * others
}

#[derive(Clone, Copy)]
struct Beyond {
    k: f64,
    reachable: bool,
}

impl Beyond {
    fn place(self, z: f64) -> Band {
        match z {
            _ if !self.reachable => Band::Within,
            z if z > self.k => Band::Above,
            z if z < -self.k => Band::Below,
            _ => Band::Within,
        }
    }
}

impl<'a> Bands<'a> {
    /// The league table that they are of.
    #[must_use]
    pub const fn league(&self) -> &'a LeagueTable {
        self.league
    }

    /// Which bands were asked for.
    #[must_use]
    pub const fn spec(&self) -> BandSpec {
        self.spec
    }

    /// The scale that they lie on, chosen by the caller or by the test.
    #[must_use]
    pub const fn scale(&self) -> RateScale {
        self.scale
    }

    /// Their middle, per unit population: the mean of the rates, or on logarithms the geometric mean.
    #[must_use]
    pub fn centre(&self, per: Per) -> f64 {
        self.spread.centre(per)
    }

    /// The lower limit, per unit population; 0 where the formula goes below it.
    #[must_use]
    pub fn lower(&self, per: Per) -> f64 {
        self.spread.rate_at(-self.spec.k(), per).max(0.0)
    }

    /// The upper limit, per unit population.
    #[must_use]
    pub fn upper(&self, per: Per) -> f64 {
        self.spread.rate_at(self.spec.k(), per)
    }

    /// Whether the formula gave a lower limit below 0, so that 0 stands in its place and no rate can lie below.
    #[must_use]
    pub fn clamped(&self) -> bool {
        self.spread.rate_at(-self.spec.k(), Per::ONE) < 0.0
    }

    /// Whether any rate can lie beyond the limits: of n areas none is more than (n - 1) / sqrt(n) standard deviations out.
    #[must_use]
    pub fn reachable(&self) -> bool {
        reachable(self.values.len(), self.spec.k())
    }

    /// The areas above, from the first rank to the last.
    pub fn above(&self) -> impl Iterator<Item = Comparison<'a>> {
        self.lying(Band::Above)
    }

    /// The areas within, from the first rank to the last.
    pub fn within(&self) -> impl Iterator<Item = Comparison<'a>> {
        self.lying(Band::Within)
    }

    /// The areas below, from the first rank to the last.
    pub fn below(&self) -> impl Iterator<Item = Comparison<'a>> {
        self.lying(Band::Below)
    }

    /// Where an area lies, by its name or else its code.
    ///
    /// # Errors
    /// As [`LeagueTable::area`].
    pub fn area(&self, area: &str) -> Result<Band> {
        self.league.area(area)?;
        Ok(self.row(self.league.table().index(area)?).unwrap_or(Band::Within))
    }

    /// Where the area in a place of the table lies, if it takes part.
    pub(crate) fn row(&self, index: usize) -> Option<Band> {
        self.places.get(self.league.place(index)?).copied()
    }

    /// Where each area that takes part lies.
    pub(crate) fn places(&self) -> &[Band] {
        &self.places
    }

    /// Each area that takes part with its band, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (Comparison<'a>, Band)> {
        self.league.iter().zip(self.places.iter().copied())
    }

    fn lying(&self, band: Band) -> impl Iterator<Item = Comparison<'a>> {
        let listed = self.league.ranking().listing().iter();
        let lying = listed.filter(move |place| self.places.get(**place) == Some(&band));
        lying.filter_map(|place| self.league.at(*place))
    }

    /// As many additions are spent on adding the others up again: enough for each of 16,384 areas.
    const MOST_AGAIN: usize = 1 << 28;

    /// The areas whose removal, each alone, changes which of the others lie beyond the limits, in the order of the table.
    /// The scale stays what it is.
    ///
    /// Up to 16,384 areas it is exactly what excluding each area gives. Of more, some rates may lie within 1e-6 standard deviations of a
    /// limit when others are left out in such numbers that telling on which side would take minutes; it is then told by the updated mean and
    /// standard deviation, to their rounding.
    ///
    /// One extreme rate can inflate the standard deviation so far that no other looks unusual.
    #[must_use]
    pub fn masking(&self) -> Vec<Mask<'a>> {
        let mut sorted: Vec<(f64, usize)> = self.values.iter().copied().zip(0..).collect();
        sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let held = |band| self.places.iter().filter(|place| **place == band).count();
        let (low, high) = (held(Band::Below), held(Band::Above));
        let Some(others) = sorted.len().checked_sub(1) else { return Vec::new() };
        let areas = sorted.iter().filter_map(|(_, place)| Some(self.league.at(*place)?.area()));
        let areas: Arc<[&Area]> = areas.collect();
        let mut masks: Vec<(usize, Mask<'a>)> = Vec::new();
        let mut again = Self::MOST_AGAIN / sorted.len();
        for (step, &(value, place)) in sorted.iter().enumerate() {
            // Sorted values lie below up to one place and above from another, before and after the removal.
            let before = Ends { low: low - usize::from(step < low), high: high - usize::from(others < step + high) };
            let after = self.without(&sorted, step, value, place, &mut again);
            let (uncovered, covered) = (after.beyond(before, others), before.beyond(after, others));
            if uncovered.iter().chain(&covered).any(|range| !range.is_empty())
                && let Some(area) = areas.get(step).copied()
            {
                masks.push((place, Mask { area, sorted: Arc::clone(&areas), step, uncovered, covered }));
            }
        }
        masks.sort_unstable_by_key(|(place, _)| *place);
        masks.into_iter().map(|(_, mask)| mask).collect()
    }

    /// How many of the others lie below and above without one of the areas, exactly as if they were compared alone.
    ///
    /// Mean and sum of squares are updated, which is enough unless a value comes so near to a limit that rounding could
    /// decide, or the area holds nearly all of the sum of squares; then they are added up again.
    fn without(&self, sorted: &[(f64, usize)], step: usize, value: f64, place: usize, again: &mut usize) -> Ends {
        let others = sorted.len() - 1;
        if !reachable(others, self.spec.k()) {
            return Ends::default();
        }
        let spread = self.spread;
        let ends = |k: f64, z: &dyn Fn(f64) -> f64| {
            let (before, after) = (sorted.get(..step).unwrap_or_default(), sorted.get(step + 1..).unwrap_or_default());
            let up_to = |beyond: &dyn Fn(f64) -> bool| {
                let part = |values: &[(f64, usize)]| values.partition_point(|pair| beyond(z(pair.0)));
                part(before) + part(after)
            };
            Ends { low: up_to(&|z| z < -k), high: others - up_to(&|z| z <= k) }
        };
        let (n, k) = (sorted.len() as f64, self.spec.k());
        let away = spread.z_of(value);
        // In units of the standard deviation of all: the mean moves by `shift`, the standard deviation shrinks to `unit`.
        let (shift, squares) = (-away / (n - 1.0), (n - 1.0) - away * away * n / (n - 1.0));
        let unit = (squares / (n - 2.0)).sqrt();
        let doubt = n * 1e-12 * (1.0 + k + spread.z_of(0.0).abs() / unit);
        let updated = |value: f64| (spread.z_of(value) - shift) / unit;
        if squares > 1e-3 * n && doubt < 1e-3 {
            let (most, least) = (ends(k - doubt, &updated), ends(k + doubt, &updated));
            if most == least {
                return most;
            }
        }
        *again = match again.checked_sub(1) {
            Some(left) => left,
            None => return ends(k, &updated),
        };
        let keep = |other: &usize| *other != place;
        let rates: Vec<Rate> =
            (0..).zip(self.league.fractions()).filter(|(i, _)| keep(i)).map(|(_, rate)| *rate).collect();
        let values: Vec<f64> = (0..).zip(&self.values).filter(|(i, _)| keep(i)).map(|(_, value)| *value).collect();
        Spread::of_values(&rates, &values)
            .map_or_else(|_| Ends::default(), |spread| ends(k, &|value| spread.z_of(value)))
    }

    /// What has to be reported with bands, in words.
    #[must_use]
    pub fn notes(&self, per: Per) -> Vec<Note> {
        let (k, n, per) = (self.spec.k(), self.values.len(), self.league.table().basis().read(per));
        let decimals = digits::decimals(self.centre(per));
        let [lower, upper] = [self.lower(per), self.upper(per)].map(|limit| digits::fixed(limit, decimals));
        let centre = match self.scale {
            RateScale::Raw => "mean of rates",
            RateScale::Log => "mean of log rates",
        };
        let mut text = format!("Bands: {k} SD either side of the {centre}, {lower} to {upper} {per}.");
        let lying = [("Above", self.above().collect()), ("Below", self.below().collect::<Vec<_>>())];
        for (side, areas) in lying {
            let names: Vec<&str> = areas.iter().map(|comparison| comparison.area().label()).collect();
            text += &format!(" {side}: {}.", words::listed(&names, ", ", "area"));
        }
        let mut notes = vec![Note::new(Topic::Bands, text)];
        if let (BandScale::ShapiroWilk(level), Some(tests)) = (self.spec.scale(), self.tests) {
            let log = tests.log.map_or_else(|reason| format!("undefined, {reason}"), |test| test.to_string());
            let (level, scale, raw) = (level.alpha(), self.scale, tests.raw);
            let text =
                format!("Bands are on {scale} rates by Shapiro-Wilk at {level}: raw rates {raw}; log rates {log}.");
            notes.push(Note::new(Topic::Bands, text));
        }
        if !self.reachable() {
            let most = (n as f64 - 1.0) / (n as f64).sqrt();
            let areas = words::counted(n, "area");
            let text =
                format!("No rate can lie beyond {k} SD: of {areas} none is more than {most:.3} SD from the mean.");
            notes.push(Note::new(Topic::Bands, text));
        } else if self.clamped() {
            let text = "The lower limit would be below 0 and was set to 0, so no rate can lie below it.";
            notes.push(Note::new(Topic::Bands, text));
        }
        notes.extend(self.masking_notes().into_iter().map(|text| Note::new(Topic::Masking, text)));
        notes
    }

    /// The areas that change most by their absence; how many more there are.
    fn masking_notes(&self) -> Vec<String> {
        let k = self.spec.k();
        let mut masks = self.masking();
        masks.sort_by_key(|mask| std::cmp::Reverse(mask.changes()));
        let told = if masks.len() > 4 { 3 } else { 4 };
        let beyond = self.places.iter().filter(|place| **place != Band::Within).count();
        let told_of = |mask: &Mask<'a>| {
            let noun = if beyond == usize::from(self.holds(mask.area)) { "other area" } else { "more area" };
            let change = |areas: &mut dyn ExactSizeIterator<Item = &Area>, noun, not: &str| {
                let lie = if areas.len() == 1 { "lies" } else { "lie" };
                let number = areas.len();
                (number > 0)
                    .then(|| format!("{} {not}{lie} beyond {k} SD{}", words::counted(number, noun), named(areas)))
            };
            let changes = [change(&mut mask.uncovered(), noun, ""), change(&mut mask.covered(), "area", "no longer ")];
            let changes: Vec<String> = changes.into_iter().flatten().collect();
            format!("Masking: without {}, {}.", mask.area, changes.join(", and "))
        };
        let mut notes: Vec<String> = masks.iter().take(told).map(told_of).collect();
        if let Some(next) = masks.get(told) {
            let further = words::counted(masks.len() - told, "further area");
            let changes = words::counted(next.changes(), "area");
            notes.push(format!("Masking: leaving out any one of {further} would add or remove at most {changes}."));
        }
        notes
    }

    fn holds(&self, area: &Area) -> bool {
        self.area(area.label()).is_ok_and(|band| band != Band::Within)
    }
}

/// How many sorted values lie below and above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ends {
    low: usize,
    high: usize,
}

impl Ends {
    /// The places, of the sorted ones, that lie beyond these ends and not beyond others.
    fn beyond(self, others: Self, of: usize) -> [Range<usize>; 2] {
        let high = |ends: Self| of.saturating_sub(ends.high);
        [others.low..self.low.min(high(others)), high(self).max(others.low)..high(others)]
    }
}

fn named(areas: &mut dyn ExactSizeIterator<Item = &Area>) -> String {
    if areas.len() > 5 {
        return String::new();
    }
    format!(" ({})", areas.map(Area::label).collect::<Vec<_>>().join(", "))
}
