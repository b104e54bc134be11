//! A league table as rows and notes.

use super::{
    answer::{Answer, answer},
    band::Band,
    band_spec::BandSpec,
    bands::Bands,
    compare::Compare,
    comparison::Comparison,
    entry::Entry,
    league::LeagueTable,
    measure::Measure,
    rank::Rank,
};
use crate::{
    base::{Result, Undefined, row},
    rate::Per,
    table::Table,
};
use serde::{Deserialize, Serialize};

/// A [`LeagueTable`] read per unit population: rows and notes that print, and that serialise and read back.
///
/// Read back, its figures and notes are worked out again from the counts and populations that travel with it, and a figure
/// that does not follow from them is refused; notes that were changed are not read.
///
/// As of text, its precision is how much is shown: `{report:.5}` prints the first five areas by rank and those that tie with the fifth, and says
/// so. So do all reports.
///
/// ```
/// use crimerate::{Average, Per, Report, Table};
///
/// let table = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300)])?;
/// let report = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND);
/// let json = serde_json::to_string(&report).unwrap();
/// assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
/// let forged = json.replacen("\"rank\":1", "\"rank\":2", 1);
/// assert!(serde_json::from_str::<Report>(&forged).is_err());
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    league: LeagueTable,
    per: Per,
    bands: Option<(BandSpec, Result<Vec<Band>, Undefined>)>,
}

row! {
    /// One area's line of a [`Report`], its rates per the report's number of people; what does not exist is `None`.
    ///
    /// Every field is a column, always: rows can be written with the crate `csv`.
    #[derive(Serialize, Deserialize)]
    pub struct Row of area {
        /// `count * per / population`.
        rate: Option<f64>,
        /// The lower limit of the rate.
        lower: Option<f64>,
        /// The upper limit of the rate.
        upper: Option<f64>,
        /// The average that the rate is compared with.
        average: Option<f64>,
        /// How many areas that average is over.
        average_areas: Option<usize>,
        /// Rate less average.
        difference: Option<f64>,
        /// Rate over average.
        ratio: Option<f64>,
        /// Per cent above (negative: below) the average.
        percent: Option<f64>,
        /// z, on the scale that was chosen.
        z: Option<f64>,
        /// The place among the areas compared.
        rank: Option<Rank>,
        /// The percentile among the areas compared.
        percentile: Option<f64>,
        /// Where the rate lies against the bands, if any were chosen.
        band: Option<Band> => sparse,
        /// What was done about the area, and why figures are missing.
        note: Option<String>,
    }
}

impl LeagueTable {
    /// The league table read per unit population: it prints, and it can be serialised and read back.
    #[must_use]
    pub fn per(&self, per: Per) -> Report {
        Report { league: self.clone(), per: self.table().basis().read(per), bands: None }
    }
}

impl Bands<'_> {
    /// The league table read per unit population with these bands: its rows, notes, text, CSV and serialised form are those of
    /// the bands.
    #[must_use]
    pub fn per(&self, per: Per) -> Report {
        self.league().per(per).with_bands(self.spec())
    }
}

answer! {
    Report of Row;
    written as |it| {
        per: Per = it.per,
        compare: Compare = it.league.how(),
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bands: Option<BandSpec> = it.bands(),
    } rows {
        table: Table = it.league.table().clone(),
    }
    read as |written, _| Ok(written.table.compare(written.compare).per(written.per).with_bands(written.bands))
}

impl Report {
    /// The league table that is read.
    #[must_use]
    pub const fn league(&self) -> &LeagueTable {
        &self.league
    }

    /// What its rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// With these bands, who lies beyond them, and who masks whom.
    #[must_use]
    pub fn with_bands(self, spec: impl Into<Option<BandSpec>>) -> Self {
        let places = |spec| self.league.bands(spec).map(|bands| bands.places().to_vec());
        Self { bands: spec.into().map(|spec| (spec, places(spec))), ..self }
    }

    /// The bands, where there are any.
    #[must_use]
    pub fn bands(&self) -> Option<BandSpec> {
        self.bands.as_ref().map(|(spec, _)| *spec)
    }

    /// The ends of the bands, where there are any.
    pub(crate) fn band_ends(&self) -> Option<(f64, f64)> {
        let bands = self.league.bands(self.bands()?).ok()?;
        Some((bands.lower(self.per), bands.upper(self.per)))
    }
}

impl Answer for Report {
    type Row = Row;

    fn league(&self) -> &LeagueTable {
        &self.league
    }

    fn row(&self, entry: &Entry<'_>) -> Row {
        let (here, bands) = (entry.comparison(), self.bands.as_ref().map(|(_, places)| places.as_ref()));
        let figure = |measure| here.and_then(|here| here.measure(measure, self.per).ok());
        let missing = here.map(|here| [here.ratio().err(), here.z().err(), bands.and_then(|it| it.err().copied())]);
        Row {
            rate: figure(Measure::Rate),
            lower: figure(Measure::Lower),
            upper: figure(Measure::Upper),
            average: figure(Measure::Average),
            average_areas: here.and_then(|here| Some(here.average().ok()?.areas())),
            difference: figure(Measure::Difference),
            ratio: figure(Measure::Ratio),
            percent: figure(Measure::Percent),
            z: figure(Measure::Z),
            rank: here.map(Comparison::rank),
            percentile: figure(Measure::Percentile),
            band: bands.and_then(|bands| bands.ok()?.get(self.league.place(entry.index)?).copied()),
            note: entry.note(missing.unwrap_or_default()),
            ..Row::of(entry.whose())
        }
    }
}
