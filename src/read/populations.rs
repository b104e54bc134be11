//! Where the populations of a file are from.

use super::{
    areas::{Joined, Reader},
    cell::trimmed,
    document::{Document, PopulationSource},
    faults::Faults,
    names::Names,
    role::Role,
};
use crate::{
    base::{Error, ErrorKind},
    forces::check_year,
    rate::Population,
};
use csv::ByteRecord;

impl Document {
    /// Takes the populations from another file, by the codes of areas or else by their names.
    #[must_use]
    pub fn populations_of(mut self, other: Self) -> Self {
        self.populations = PopulationSource::Of(Box::new(other));
        self
    }

    /// Takes all rows to be on this one population, such as the offences of a country.
    ///
    /// ```
    /// use crimerate::{Per, Population, read::{Document, Role}};
    ///
    /// let file = Document::of("offence,cases\nAll,5961662\nMurder,647\n").column(Role::Area, "offence");
    /// let (table, _) = file.on_population(Population::new(80_523_746)?).table()?;
    /// let murder = table.rate(1).and_then(Result::ok).map(|rate| rate.per(Per::HUNDRED_THOUSAND).to_string());
    /// assert_eq!(murder.as_deref(), Some("0.803 per 100,000"));
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    #[must_use]
    pub fn on_population(mut self, people: Population) -> Self {
        self.populations = PopulationSource::One(people);
        self
    }

    /// Takes the residents of police force areas in the middle of a year; see [`YEARS`](crate::forces::YEARS).
    #[must_use]
    pub fn force_populations(mut self, year: u16) -> Self {
        self.populations = PopulationSource::Forces(year);
        self
    }

    /// Takes the counts of rows that name no area, and have no code and no population, for counts in no area: a table has them apart, in
    /// no rate and no average, and says so. Without this such a row is refused.
    ///
    /// ```
    /// use crimerate::{Average, Per, read::Document};
    ///
    /// let file = Document::of("Force,Offences,Population\nKent,729,1846500\n,31,\nEssex,1119,1832800\n");
    /// assert!(file.table().is_err());
    /// let (table, taken) = file.nameless_apart().table()?;
    /// assert_eq!(taken.notes, ["Counted apart: 1 row without an area, 31"]);
    /// let report = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND).to_string();
    /// assert!(report.contains("In no area: 31 of 1,879 counted"));
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    #[must_use]
    pub const fn nameless_apart(mut self) -> Self {
        self.nameless_apart = true;
        self
    }

    /// Reads counts alone, of which there are no rates.
    #[must_use]
    pub fn counts_alone(mut self) -> Self {
        self.populations = PopulationSource::None;
        self
    }
}

impl<'d> Reader<'d> {
    pub(super) fn new(document: &'d Document) -> Result<Self, Faults> {
        let joined = match &document.populations {
            PopulationSource::Of(other) => Some(populations(other)?),
            PopulationSource::Forces(year) => {
                check_year(*year)?;
                None
            }
            PopulationSource::Here | PopulationSource::One(_) | PopulationSource::None => None,
        };
        Ok(Self::with(document, joined))
    }

    /// The same for what has rates, so that a row without a population is a fault.
    pub(super) fn of_rates(document: &'d Document) -> Result<Self, Faults> {
        let mut reader = Self::new(document)?;
        reader.needs_people = true;
        Ok(reader)
    }
}

/// The populations of another file.
fn populations(document: &Document) -> Result<Names<Joined>, Faults> {
    // Codes alone will do.
    let by_name = document.scan(&[(Role::Area, true), (Role::Code, false), (Role::Population, true)]);
    let by_code = || document.scan(&[(Role::Area, false), (Role::Code, true), (Role::Population, true)]);
    let mut scan = by_name.or_else(|faults| by_code().map_err(|_| faults))?;
    let (mut names, mut record) = (Names::default(), ByteRecord::new());
    while let Some(line) = scan.next(&mut record)? {
        let text = scan.read(&record, Role::Population, line);
        let text = document.writing.scaled(&text, document.unit(Role::Population)).into_owned();
        let reader = Reader::with(document, None);
        let Some((area, code)) = reader.area(&mut scan, &record, line, &text) else { continue };
        match document.writing.population(&text) {
            Ok((people, met)) => {
                scan.meet(met, line);
                let before = names.insert(&area, code.as_deref(), Joined::People(people));
                if let Some(Joined::People(other)) = before.filter(|before| *before != Joined::People(people)) {
                    let found = format!("it has several populations, {other} and {people}");
                    let advice = "take those of one year alone".into();
                    scan.faults
                        .push(Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(line).in_area(&area));
                }
            }
            Err(error) if matches!(error.kind(), ErrorKind::NoPopulation) => {
                if !trimmed(&text).is_empty() && names.get(&area, code.as_deref()).is_none() {
                    names.insert(&area, code.as_deref(), Joined::NotAvailable);
                }
            }
            Err(error) => {
                let error = error.at_row(line).in_area(area).in_column(scan.heading(Role::Population));
                scan.faults.push(error);
            }
        }
    }
    scan.finish()?;
    Ok(names)
}
