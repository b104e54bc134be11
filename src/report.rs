use crate::{
    Band, Compare, Error, LeagueTable, LeftOut, Measure, Note, Observation, Over, Per, Policy, Rank, Rate, Result,
    Rule, Table, Ties, Undefined, Yardstick, ZScale,
    groups::Groups,
    line::{self, Figure, Line},
    note::Topic,
    number,
};
use serde::{Deserialize, Serialize};

/// A [`LeagueTable`] read per so many people: rows and notes that print, and that serialise and read back.
///
/// Read back, its figures and notes are worked out again from the counts and populations that travel with it, and a figure
/// that does not follow from them is refused; notes that were changed are not read.
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Report {
    league: LeagueTable,
    per: Per,
}

/// One area's line of a [`Report`], its rates per the report's number of people; what does not exist is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReportRow {
    /// The name.
    pub area: String,
    /// The official code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The count, where it is known.
    pub count: Option<u64>,
    /// The population, where there is one.
    pub population: Option<u64>,
    /// `count * per / population`.
    pub rate: Option<f64>,
    /// The lower limit of the rate.
    pub lower: Option<f64>,
    /// The upper limit of the rate.
    pub upper: Option<f64>,
    /// The average that the rate is compared with.
    pub average: Option<f64>,
    /// How many areas that average is over.
    pub average_areas: Option<usize>,
    /// Rate less average.
    pub difference: Option<f64>,
    /// Rate over average.
    pub ratio: Option<f64>,
    /// Per cent above (negative: below) the average.
    pub percent: Option<f64>,
    /// z, on the scale that was chosen.
    pub z: Option<f64>,
    /// The place among the areas compared.
    pub rank: Option<Rank>,
    /// The best rank that the area may truly have, if rank sets were chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank_lower: Option<usize>,
    /// The worst one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank_upper: Option<usize>,
    /// The percentile among the areas compared.
    pub percentile: Option<f64>,
    /// Where the rate lies against the bands, if any were chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<Band>,
    /// What was done about the area, and why figures are missing.
    pub note: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Report")]
struct Parts {
    per: Per,
    compare: Compare,
    rows: Vec<ReportRow>,
    #[serde(skip_deserializing)]
    notes: Vec<Note>,
    table: Table,
}

impl LeagueTable {
    /// The league table read per so many people: it prints, and it can be serialised and read back.
    #[must_use]
    pub fn per(&self, per: Per) -> Report {
        Report { league: self.clone(), per: per.on(self.table().basis()) }
    }
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

    /// A row for every area in the order of the table; areas left out keep theirs, with a note.
    pub fn rows(&self) -> impl Iterator<Item = ReportRow> {
        let table = self.league.table();
        let bands = self.league.how().bands.map(|spec| self.league.bands(spec));
        let sets = self.league.how().rank_sets.map(|spec| self.league.rank_sets(spec));
        self.league.areas().enumerate().map(move |(index, (area, outcome))| {
            let (comparison, note) = match outcome {
                Ok(comparison) => (Some(comparison), None),
                Err(left_out) => (None, Some(left_out.to_string())),
            };
            let figure = |measure| comparison.and_then(|c| c.measure(measure, self.per).ok());
            let no_bands = bands.as_ref().and_then(|bands| bands.as_ref().err().copied());
            let no_sets = sets.as_ref().and_then(|sets| sets.as_ref().err().copied());
            let set = sets.as_ref().and_then(|sets| sets.as_ref().ok()?.row(index));
            let undefined = comparison.and_then(|c| line::reasons([c.ratio().err(), c.z().err(), no_bands, no_sets]));
            ReportRow {
                area: area.name().into(),
                code: area.code().map(Into::into),
                count: table.observation(index).and_then(Observation::known),
                population: table.stated_population(index),
                rate: figure(Measure::Rate),
                lower: figure(Measure::Lower),
                upper: figure(Measure::Upper),
                average: figure(Measure::Average),
                average_areas: comparison.and_then(|c| Some(c.average().ok()?.areas())),
                difference: figure(Measure::Difference),
                ratio: figure(Measure::Ratio),
                percent: figure(Measure::Percent),
                z: figure(Measure::Z),
                rank: comparison.map(|c| c.rank()),
                rank_lower: set.map(|set| set.lower()),
                rank_upper: set.map(|set| set.upper()),
                percentile: figure(Measure::Percentile),
                band: bands.as_ref().and_then(|bands| bands.as_ref().ok()?.row(index)),
                note: line::told([comparison.and_then(|_| table.treatment(index)), note, undefined]),
            }
        })
    }

    /// What has to be told beside the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let (league, per) = (&self.league, self.per);
        let how = league.how();
        let (compared, of) = (league.len(), league.table().len());
        let mut notes =
            vec![Note::new(Topic::Areas, format!("{compared} of {} compared.", number::counted(of, "area")))];
        for (index, (area, outcome)) in league.areas().enumerate() {
            let Err(left_out) = outcome else { continue };
            if matches!(left_out, LeftOut::Merged { .. }) {
                continue;
            }
            let rate = match (&left_out, league.table().excluded_rate(index)) {
                (LeftOut::Excluded(_), Some(rate)) => format!(" (its rate is {})", rate.per(per)),
                _ => String::new(),
            };
            notes.push(Note::new(Topic::LeftOut, format!("Left out: {area}, {left_out}{rate}.")));
        }
        let policies = (0..of).filter_map(|index| league.table().policy_told(index));
        notes.extend(policies.map(|text| Note::new(Topic::Policy, text)));
        notes.push(Note::new(Topic::Average, self.average_note()));
        let misfit = self.league.rule().misfit(self.league.table().basis());
        notes.extend(misfit.map(|text| Note::new(Topic::Average, text)));
        notes.extend(self.group_notes().into_iter().map(|text| Note::new(Topic::Groups, text)));
        notes.extend(self.suppressed_note().map(|text| Note::new(Topic::Average, text)));
        for reason in [Undefined::NoAverage, Undefined::ZeroAverage, Undefined::NoGroup] {
            let without = league.ranked().filter(|c| c.ratio().err() == Some(reason));
            let without: Vec<&str> = without.map(|c| c.area().name()).collect();
            if !without.is_empty() {
                let areas = number::few(&without);
                notes.push(Note::new(Topic::Average, format!("No ratio and no per cent for {areas}: {reason}.")));
            }
        }
        let clamped: Vec<&str> =
            league.ranked().filter(|c| c.interval(per).clamped()).map(|c| c.area().name()).collect();
        let clamped = match clamped.len() {
            0 => String::new(),
            1..=5 => format!(" A lower limit that cannot be was set to 0: {}.", clamped.join(", ")),
            n => format!(" A lower limit that cannot be was set to 0 for {n} areas."),
        };
        notes.push(Note::new(Topic::Interval, format!("Intervals: {}.{clamped}", how.interval)));
        notes.push(Note::new(
            Topic::Ranking,
            format!("Ranks: of {compared}, {} rate first, {} ties, compared as exact fractions.", how.order, how.ties),
        ));
        match how.rank_sets {
            Some(_) if how.ties == Ties::Dense => {
                notes.push(Note::new(Topic::RankSets, format!("Rank sets: none, {}.", Undefined::DenseRanks)));
            }
            Some(spec) => notes.extend(spec.notes(compared)),
            None => {}
        }
        notes.push(Note::new(
            Topic::Z,
            match league.yardstick() {
                Ok(yardstick) => z_note(yardstick, per, compared),
                Err(reason) => format!("z: undefined, {reason}."),
            },
        ));
        match how.bands.map(|spec| league.bands(spec).map(|bands| bands.notes(per))) {
            Some(Ok(told)) => notes.extend(told),
            Some(Err(reason)) => notes.push(Note::new(Topic::Bands, format!("Bands: undefined, {reason}."))),
            None => {}
        }
        if !league.table().basis().is_empty() {
            notes.push(Note::new(Topic::Basis, format!("Basis: {}.", league.table().basis())));
        }
        notes
    }

    /// Suppressed counts are small by rule, so leaving them out moves the pooled average up; where their bounds are told,
    /// so is the range of the average with them in.
    pub(crate) fn suppressed_note(&self) -> Option<String> {
        let (mut low, mut high) = (self.league.tally(), self.league.tally());
        let (mut suppressed, mut bounded) = (0, true);
        for (index, (_, outcome)) in self.league.areas().enumerate() {
            let Err(LeftOut::NotKnown(Observation::Suppressed { at_most })) = outcome else { continue };
            let population = self.league.table().population(index)?;
            suppressed += 1;
            bounded &= at_most.is_some();
            low += Rate::of(0, population);
            high += Rate::of(at_most.unwrap_or(0), population);
        }
        if suppressed == 0 {
            return None;
        }
        let counts = number::counted(suppressed, "suppressed count");
        let of = if self.league.rule().over_which().is_everyone() { "" } else { " of everyone" };
        let (low, high) = (low.per(self.per)?, high.per(self.per)?);
        let decimals = number::decimals(high);
        let [low, high] = [low, high].map(|value| number::fixed(value, decimals));
        Some(if bounded {
            format!("With {counts} in, the pooled average{of} lies from {low} to {high} {}.", self.per)
        } else {
            format!("With {counts} in, the pooled average{of} is at least {low} {}; no upper bound is told.", self.per)
        })
    }

    fn average_note(&self) -> String {
        let rule = self.league.rule();
        match self.league.average_of_all() {
            Err(reason) => format!("Average: {rule}; undefined, {reason}."),
            Ok(value) => {
                let shown = value.per(self.per);
                let shown = number::fixed(shown, number::decimals(shown));
                let areas = number::counted(value.areas(), "area");
                match (rule.rule(), rule.over_which()) {
                    (Rule::Fixed(_), _) => format!("Average: {rule}."),
                    (_, Over::Group(_)) => {
                        let groups = self.league.groups().map_or("not in the table", Groups::name);
                        let over = self.group_sizes().map_or_else(String::new, |sizes| format!(", over {sizes}"));
                        let rule = rule.in_groups(groups);
                        format!("Average: {rule}{over}; of everyone, {shown} {} over {areas}.", self.per)
                    }
                    _ if rule.with_self() => format!("Average: {rule}, {shown} {} over {areas}.", self.per),
                    _ => format!("Average: {rule}; with every area in it, {shown} {} over {areas}.", self.per),
                }
            }
        }
    }

    /// How many areas the averages are over, such as `4 to 7 areas`.
    fn group_sizes(&self) -> Option<String> {
        let sizes = || self.league.ranked().filter_map(|c| Some(c.average().ok()?.areas()));
        let (least, most) = (sizes().min()?, sizes().max()?);
        Some(match least == most {
            true => number::counted(most, "area"),
            false => format!("{least} to {}", number::counted(most, "area")),
        })
    }

    /// Which members of groups take no part, and whose groups have nobody else.
    fn group_notes(&self) -> Vec<String> {
        let league = &self.league;
        let Some(groups) = league.groups() else { return Vec::new() };
        let areas = || league.table().areas().iter().enumerate();
        let mut used = vec![false; groups.lists().count()];
        for (index, _) in areas().filter(|(index, _)| league.place(*index).is_some()) {
            if let Some(used) = groups.of(index).and_then(|list| used.get_mut(list)) {
                *used = true;
            }
        }
        let mut absent = vec![false; league.table().len()];
        for list in groups.lists().zip(&used).filter_map(|(list, used)| used.then_some(list)) {
            for area in list.iter().filter(|area| league.place(**area).is_none()) {
                // What is merged into another member is in the average all the same.
                let within = match league.table().by_place().get(area) {
                    Some(Policy::Merge { into, .. }) => {
                        league.table().index(into).is_ok_and(|into| list.contains(&into))
                    }
                    _ => false,
                };
                if let Some(absent) = absent.get_mut(*area) {
                    *absent |= !within;
                }
            }
        }
        let absent: Vec<&str> =
            areas().zip(absent).filter_map(|((_, area), absent)| absent.then_some(area.name())).collect();
        let alone = league.ranked().filter(|c| c.tally.is_ok_and(|tally| tally.areas() == 1));
        let alone: Vec<&str> = alone.map(|c| c.area().name()).collect();
        let (mut notes, members) = (Vec::new(), number::counted(absent.len(), "member"));
        if !absent.is_empty() {
            notes.push(format!("Groups: {members} left out, numerator and denominator: {}.", number::few(&absent)));
        }
        if !alone.is_empty() {
            notes.push(format!("Groups: nobody else in that of {}.", number::few(&alone)));
        }
        notes.extend(groups.unknown_note());
        notes
    }
}

impl From<Report> for Parts {
    fn from(report: Report) -> Self {
        let (rows, notes, compare) = (report.rows().collect(), report.notes(), report.league.how());
        Self { per: report.per, compare, rows, notes, table: report.league.table().clone() }
    }
}

impl TryFrom<Parts> for Report {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let report = parts.table.compare(parts.compare).per(parts.per);
        line::verify(report.rows(), &parts.rows)?;
        Ok(report)
    }
}

impl Line for ReportRow {
    fn area(&self) -> &str {
        &self.area
    }

    fn figures(&self) -> Vec<(&'static str, Figure)> {
        vec![
            ("count", self.count.into()),
            ("population", self.population.into()),
            ("rate", self.rate.into()),
            ("lower", self.lower.into()),
            ("upper", self.upper.into()),
            ("average", self.average.into()),
            ("average_areas", self.average_areas.into()),
            ("difference", self.difference.into()),
            ("ratio", self.ratio.into()),
            ("percent", self.percent.into()),
            ("z", self.z.into()),
            ("rank", self.rank.map(Rank::value).into()),
            ("percentile", self.percentile.into()),
            ("rank_lower", self.rank_lower.into()),
            ("rank_upper", self.rank_upper.into()),
            ("band", self.band.map(Band::name).into()),
        ]
    }
}

fn z_note(yardstick: Yardstick, per: Per, compared: usize) -> String {
    let (centre, unit) = (yardstick.centre(per), yardstick.unit(per));
    let decimals = number::decimals(centre).max(number::decimals(unit));
    let shown = |value| number::fixed(value, decimals);
    match yardstick.scale() {
        ZScale::Standard => format!(
            "z: (rate - {}) / {}, the mean and standard deviation (n - 1) of the {compared} rates.",
            shown(centre),
            shown(unit)
        ),
        ZScale::Log => format!(
            "Log z: ln(rate / {}) / {}, the geometric mean of the {compared} rates and the standard deviation (n - 1) of \
             their logarithms.",
            number::fixed(centre, number::decimals(centre)),
            number::fixed(unit, number::decimals(unit))
        ),
        ZScale::Robust => format!(
            "Robust z: (rate - {}) / {}, the median and 1.4826 times the median absolute deviation of the {compared} rates.",
            shown(centre),
            shown(unit)
        ),
    }
}
