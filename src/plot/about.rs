//! What is said of values that are ranked, whichever report they are of.

use super::words;
use crate::{
    average::Rule,
    base::{Note, Topic, note},
    league::{BandSpec, Report, ValueKind, ValuesReport},
    rate::Per,
    table::{Area, Basis},
};

/// What values are, what they are read per and compared with.
#[derive(Clone, Debug)]
pub(super) struct About {
    pub(super) per: Per,
    pub(super) basis: Basis,
    /// What areas are: one, and more.
    pub(super) areas: (&'static str, &'static str),
    /// Such as `score`.
    pub(super) short: &'static str,
    /// Such as `severity score`.
    pub(super) long: &'static str,
    /// The one average of all, where there is one, and what it is called.
    pub(super) average: Option<f64>,
    pub(super) average_named: String,
    /// What it is called where each area has its own, of one area and of more, such as `average of their own region`.
    pub(super) own_named: Option<[String; 2]>,
    /// Such as `95 % interval`.
    pub(super) interval: String,
    /// The ends of the bands, where there are any.
    pub(super) band: Option<(f64, f64)>,
    pub(super) bands: Option<BandSpec>,
    /// What a ring shows.
    pub(super) before: Option<&'static str>,
    /// The finding, where it is not the number above the average.
    pub(super) headline: Option<String>,
    pub(super) notes: Vec<Note>,
}

/// What a picture of values tells of the notes of their report.
const TOLD: [Topic; 8] = [
    Topic::Areas,
    Topic::LeftOut,
    Topic::Policy,
    Topic::Average,
    Topic::Interval,
    Topic::Smoothing,
    Topic::Bands,
    Topic::Basis,
];

impl About {
    /// Of rates, or of values that are called otherwise.
    pub(super) fn new<'a>(
        per: Per,
        basis: &Basis,
        areas: impl IntoIterator<Item = &'a Area>,
        kind: Option<ValueKind>,
        notes: &[Note],
    ) -> Self {
        let [short, long] = kind.map_or(["rate"; 2], ValueKind::nouns);
        Self {
            per,
            basis: basis.clone(),
            areas: words::noun(areas),
            short,
            long,
            average: None,
            average_named: words::average_of(Rule::Pooled, short),
            own_named: None,
            interval: "interval".into(),
            band: None,
            bands: None,
            before: None,
            headline: None,
            notes: note::about(notes, &TOLD).collect(),
        }
    }

    pub(super) fn rates(report: &Report) -> Self {
        let (league, per) = (report.league(), report.per());
        let areas = league.ranked().map(|here| here.area());
        let own = |whose: &str| words::own_average(league.how().average(), league.groups(), whose);
        Self {
            average: league.average().ok().map(|average| average.per(per).value()),
            average_named: words::average(league),
            own_named: own("its").zip(own("their")).map(|(its, their)| [its, their]),
            interval: format!("{} interval", league.how().interval().confidence()),
            band: report.band_ends(),
            bands: report.bands(),
            ..Self::new(per, league.table().basis(), areas, None, &report.notes())
        }
    }

    pub(super) fn values(report: &ValuesReport) -> Self {
        let values = report.values();
        let ranked = values.areas().iter().zip(report.rows()).filter(|(_, row)| row.rank.is_some());
        let kind = values.kind();
        Self {
            average: report.rows().find_map(|row| row.average),
            average_named: words::average_of(report.how().average().rule(), kind.nouns()[0]),
            interval: "limits".into(),
            band: report.band_ends(),
            bands: report.bands(),
            ..Self::new(report.per(), values.basis(), ranked.map(|(area, _)| area), Some(kind), &report.notes())
        }
    }

    /// What is read, such as `rate per 100,000 people`.
    pub(super) fn read(&self) -> String {
        format!("{} {}", self.long, words::per(self.per, &self.basis))
    }
}
