//! Monthly street files of data.police.uk.
//!
//! The site gives a file for each force and month, in folders or an archive as it was downloaded. Each row is a crime, with the
//! force that reported it and the one that it falls within, its category, and the small area (LSOA) of the map point nearest to it.
//!
//! ```
//! use crimerate::{read::police_uk::{Place, Streets}, records::{Absent, NamedRecords}};
//!
//! # let folder = std::env::temp_dir().join(format!("crimerate-streets-{}", std::process::id()));
//! # std::fs::create_dir_all(folder.join("2025-12"))?;
//! # let file = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n\
//! #     a1,2025-12,City of London Police,City of London Police,,,No location,,,Burglary,,\n\
//! #     a2,2025-12,City of London Police,City of London Police,,,On or near Bank,E01000001,City of London 001A,Robbery,,\n\
//! #     ,2025-12,City of London Police,City of London Police,,,On or near Bank,E01000001,City of London 001A,Anti-social behaviour,,\n";
//! # std::fs::write(folder.join("2025-12/2025-12-city-of-london-street.csv"), file)?;
//! let (records, found) = Streets::open(&folder).by(Place::Lsoa).records()?;
//! assert_eq!(records.total("E01000001", "Robbery, 2025-12"), Some(1));
//! assert_eq!(records.total(NamedRecords::NO_AREA, "Burglary, 2025-12"), Some(1));
//! assert_eq!(
//!     found.to_string(),
//!     "1 file of 1 force, 2025-12; 3 rows, 2 counted\n\
//!      Without a place: 1 row\n\
//!      Anti-social behaviour, which is no crime: 1 row, not counted"
//! );
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A month of which a force has no file, or one without a row, is no month without crimes: its areas are counted over the others
//! ([`Found::months_of`]), and what other forces recorded there in that month is told apart ([`Found::of_other_forces`]).
//!
//! What it does not know: where a crime really happened (places are moved to map points), what a force left out, crimes whose
//! row stands in another month's download, and small areas in which there was no crime at all.

pub use super::found::Found;

#[cfg(feature = "spreadsheet")]
use super::months;
use super::{
    document::Document,
    faults::Faults,
    limits::Limits,
    months::{ForceMonth, Months, Place as File},
    numbers::Numbers,
    scan::Scan,
    wording::text,
};
use crate::{
    base::{Error, ErrorKind, Result, choice},
    forces,
    records::NamedRecords,
};
use csv::ByteRecord;
use std::{
    collections::{BTreeSet, HashMap, HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
};

/// What the areas of the records are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The force that reported the crime.
    ReportedBy,
    /// The force that the crime falls within.
    FallsWithin,
    /// The small area of the crime, by its code.
    Lsoa,
}

choice!(Place, "a place of a crime", "reported-by, falls-within or lsoa", {
    ReportedBy => "reported-by",
    FallsWithin => "falls-within",
    Lsoa => "lsoa",
});

/// Monthly street files, and how they are to be read.
#[derive(Clone, Debug)]
pub struct Streets {
    path: PathBuf,
    place: Place,
    anti_social: bool,
    limits: Limits,
}

/// The category of what is no crime.
const ANTI_SOCIAL: &str = "Anti-social behaviour";

/// How many records are added at a time.
const BATCH: usize = 1 << 14;

impl Streets {
    /// The street files in a folder, in the folders of months in it, or (with the feature `spreadsheet`) in a zip archive; or one
    /// such file.
    pub fn open(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref().to_owned();
        Self { path, place: Place::FallsWithin, anti_social: false, limits: Limits::default() }
    }

    /// What the areas are; [`Place::FallsWithin`] where nothing is said.
    #[must_use]
    pub const fn by(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// Counts anti-social behaviour as a category like the others.
    #[must_use]
    pub const fn with_anti_social_behaviour(mut self) -> Self {
        self.anti_social = true;
        self
    }

    /// How much of a file is taken before it is refused; an archive can have sixteen times as much in all.
    #[must_use]
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The crimes by area, category and month, added up as they are read, with what was taken.
    ///
    /// Forces have their official names, as in [`forces`]; small areas are by code. Rows without a place are added up under
    /// [`NamedRecords::NO_AREA`]. Months that a force has no file of are told, not filled.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`] for a file that cannot be read, [`ErrorKind::NoRows`] where there is no street file,
    /// [`ErrorKind::Duplicate`] for a force and month that has two files, [`ErrorKind::NotAsPublished`] with its row for a row
    /// without a category or a month, and as [`Document::records`].
    pub fn records(&self) -> Result<(NamedRecords, Found), Faults> {
        let (months, reader) = self.files()?;
        if months.files.is_empty() {
            let folders = months.others.iter().filter(|name| self.path.join(name).is_dir());
            let folders: Vec<&str> = folders.map(String::as_str).take(5).collect();
            let file = self.path.display().to_string();
            if !folders.is_empty() {
                let why = format!(
                    "its folders are none of months such as 2019-12, but {}: give one of them",
                    folders.join(", ")
                );
                return Err(Error::from(ErrorKind::Unreadable { file, why }).into());
            }
            return Err(Error::from(ErrorKind::Unreadable {
                file,
                why: "a street file has a name that ends as 2019-12-west-midlands-street.csv does, with the month and the force: \
                      name it so, or give the folder or the archive of such files"
                    .into(),
            })
            .into());
        }
        let missing = months.missing().into_iter().map(|of| (of.month, of.force));
        let mut reading = StreetPass::new(self, Found { missing: missing.collect(), ..Found::default() });
        let mut month = String::new();
        for (of, file) in &months.files {
            if of.month != month {
                // Ids are held for one month at a time.
                reading.ids.clear();
                month.clone_from(&of.month);
            }
            let name = format!("{}-{}-street.csv", of.month, of.force);
            let read = reader(file).and_then(|scan| reading.file(of, scan));
            read.map_err(|faults| within(&name, &faults))?;
        }
        reading.found.passed = months.others;
        (reading.found.fewer_months, reading.found.of_other_forces) = reading.fewer_months();
        Ok((reading.records, reading.found))
    }

    /// The files, and what opens each.
    #[allow(clippy::type_complexity, reason = "it is used in one place")]
    fn files(&self) -> Result<(Months, Box<dyn Fn(&File) -> Result<Scan, Faults> + '_>)> {
        const COLUMNS: [&str; 6] = ["Crime ID", "Month", "Reported by", "Falls within", "LSOA code", "Crime type"];
        let document = |path: &Path| Document::open(path).delimiter(b',').limits(self.limits);
        #[cfg(feature = "spreadsheet")]
        if let Some(archive) = months::archive(&self.path, self.limits)? {
            let months = Months::of_archive(&archive)?;
            let open = move |file: &File| {
                let File::Part(name) = file else { return Err(Error::from(ErrorKind::NoRows).into()) };
                let document = document(&self.path);
                document.scan_of(document.delimited(Box::new(archive.part(name)?))?, &COLUMNS)
            };
            return Ok((months, Box::new(open)));
        }
        let open = move |file: &File| match file {
            File::File(path) => document(path).scan_for(&COLUMNS),
            #[cfg(feature = "spreadsheet")]
            File::Part(_) => Err(Error::from(ErrorKind::NoRows).into()),
        };
        Ok((Months::of_path(&self.path)?, Box::new(open)))
    }
}

/// The first of the faults of a file, with the file.
fn within(file: &str, faults: &Faults) -> Faults {
    Error::from(ErrorKind::Unreadable { file: file.to_owned(), why: faults.first().to_string() }).into()
}

/// What other forces recorded: area, month and how many.
type OfOthers = (String, String, u64);

/// Files on their way into records.
struct StreetPass<'s> {
    streets: &'s Streets,
    records: NamedRecords,
    found: Found,
    areas: Numbers<u64>,
    indicators: Numbers<u64>,
    ids: HashSet<u64>,
    /// How many rows of each area stand in the files of each force, by its place in those that were met.
    rows: HashMap<(u64, usize), u64, foldhash::fast::RandomState>,
    forces: Vec<String>,
}

impl<'s> StreetPass<'s> {
    fn new(streets: &'s Streets, found: Found) -> Self {
        let found = Found { with_anti_social: streets.anti_social, ..found };
        let (areas, indicators, ids, rows, forces) = Default::default();
        Self { streets, records: NamedRecords::new(), found, areas, indicators, ids, rows, forces }
    }

    /// The areas whose force lacks months, and how many they have, and what other forces recorded there in the others. The force of an area is its own, or else the territorial one in whose files most
    /// of its rows stand.
    fn fewer_months(&self) -> (Vec<(String, u32)>, Vec<OfOthers>) {
        let names: Vec<&str> = self.records.areas_as_they_came().collect();
        let name = |area: u64| names.get(usize::try_from(area).ok()?).copied();
        let mut lacking: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for (month, force) in self.found.missing.iter().chain(&self.found.empty) {
            lacking.entry(force).or_default().insert(month);
        }
        let mut most: HashMap<u64, (bool, bool, u64, usize)> = HashMap::new();
        for ((area, force), rows) in &self.rows {
            let known = self.forces.get(*force).and_then(|name| forces::find(name).ok());
            let own = known.is_some_and(|known| name(*area) == Some(known.name()));
            let this = (own, known.is_some(), *rows, *force);
            most.entry(*area).and_modify(|other| *other = (*other).max(this)).or_insert(this);
        }
        let months = self.found.all_months();
        let (mut fewer, mut others) = (Vec::new(), Vec::new());
        let indicators: Vec<(&str, &str)> =
            self.records.indicators().filter_map(|crimes| Some((crimes, self.records.period(crimes)?))).collect();
        for (area, (.., force)) in most {
            let own = self.forces.get(force).and_then(|force| lacking.get(force.as_str()));
            let name = name(area).filter(|name| *name != NamedRecords::NO_AREA);
            let Some((own, name)) = own.zip(name) else { continue };
            let number = u32::try_from(own.len()).unwrap_or(u32::MAX);
            fewer.push((name.to_owned(), months.saturating_sub(number).max(1)));
            for month in own {
                let crimes = indicators.iter().filter(|(_, period)| period == month);
                let crimes =
                    crimes.filter_map(|(crimes, _)| self.records.total(name, crimes)).sum::<i64>().unsigned_abs();
                others.extend((crimes > 0).then(|| (name.to_owned(), (*month).to_owned(), crimes)));
            }
        }
        fewer.sort_unstable();
        others.sort_unstable();
        (fewer, others)
    }

    fn file(&mut self, of: &ForceMonth, mut scan: Scan) -> Result<(), Faults> {
        self.found.add(of);
        let column = |scan: &Scan, heading: &str| scan.named_or_role(heading);
        let place = match self.streets.place {
            Place::ReportedBy => "Reported by",
            Place::FallsWithin => "Falls within",
            Place::Lsoa => "LSOA code",
        };
        let (id, month) = (column(&scan, "Crime ID")?, column(&scan, "Month")?);
        let (place, category) = (column(&scan, place)?, column(&scan, "Crime type")?);
        let (mut record, mut key, mut label, mut rows) = (ByteRecord::new(), Vec::new(), String::new(), 0);
        let (mut areas, mut indicators) = (Vec::new(), Vec::new());
        let force = self.forces.iter().position(|force| *force == of.force).unwrap_or_else(|| {
            self.forces.push(of.force.clone());
            self.forces.len() - 1
        });
        while let Some(line) = scan.next(&mut record)? {
            rows += 1;
            let cell = |column: usize| record.get(column).unwrap_or_default().trim_ascii();
            if !cell(id).is_empty() {
                let mut hasher = DefaultHasher::new();
                cell(id).hash(&mut hasher);
                self.found.repeated += u64::from(!self.ids.insert(hasher.finish()));
            }
            self.found.of_another_month += u64::from(cell(month) != of.month.as_bytes());
            if cell(category).eq_ignore_ascii_case(ANTI_SOCIAL.as_bytes()) {
                self.found.anti_social += 1;
                if !self.streets.anti_social {
                    continue;
                }
            }
            self.found.without_place += u64::from(cell(place).is_empty());
            let area = match self.areas.get(cell(place)) {
                Some(area) => area,
                None => self.areas.insert(cell(place), self.records.area(&self.area(cell(place)))),
            };
            key.clear();
            key.extend_from_slice(cell(category));
            key.push(0);
            key.extend_from_slice(cell(month));
            let indicator = match self.indicators.get(&key) {
                Some(indicator) => indicator,
                None => {
                    for (part, column) in [("category", category), ("month", month)] {
                        if cell(column).is_empty() {
                            let advice = "every record needs one";
                            let missing = ErrorKind::Missing { whole: "the crime", part, advice };
                            return Err(Error::from(missing).at_row(line).into());
                        }
                    }
                    let (category, month) = (text(cell(category)), text(cell(month)));
                    let number = self.records.offence(&category, Some(&month), &mut label);
                    self.indicators.insert(key.as_slice(), number.map_err(|error| error.at_row(line))?)
                }
            };
            *self.rows.entry((area, force)).or_default() += 1;
            areas.push(area);
            indicators.push(indicator);
            if areas.len() == BATCH {
                self.add(&mut areas, &mut indicators)?;
            }
        }
        self.add(&mut areas, &mut indicators)?;
        self.found.rows += rows;
        if rows == 0 {
            self.found.empty.push((of.month.clone(), of.force.clone()));
        }
        scan.finish().map(drop)
    }

    fn add(&mut self, areas: &mut Vec<u64>, indicators: &mut Vec<u64>) -> Result<()> {
        self.records.add(areas, indicators, &vec![1; areas.len()])?;
        self.found.counted += areas.len() as u64;
        areas.clear();
        indicators.clear();
        Ok(())
    }

    /// The area of a cell: the official name of a force, or a code.
    fn area(&self, cell: &[u8]) -> String {
        let name = text(cell).into_owned();
        match self.streets.place {
            _ if name.is_empty() => NamedRecords::NO_AREA.into(),
            Place::Lsoa => name,
            Place::ReportedBy | Place::FallsWithin => forces::find(&name).map_or(name, |force| force.name().to_owned()),
        }
    }
}
