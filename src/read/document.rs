//! A file and how it is to be read.
//!
//! Cells are split by the crate `csv` (plain rows of records by code of our own, which a test holds against it) and bytes are decoded by
//! `encoding_rs`; what text means is this crate's. Workbooks are read by code of our own over `zip`, `flate2` and `quick-xml`, not by calamine, which flattens
//! raised text (the only sign that the 7 of `Cheshire7` is a note), reads whole numbers as doubles, puts no bound on what is unpacked and
//! holds an ODS whole; calamine is what the tests hold it against.

use super::{cell::Writing, limits::Limits, role::Role, source::Source};
use crate::{
    base::{Error, ErrorKind, Result},
    rate::{Observation, Population},
};
use encoding_rs::Encoding;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// A file as it was published, and how it is to be read.
///
/// What is not said is found out: the encoding, what stands between cells, the header among title lines, the columns by their
/// headings. What was found is told in a [`Taken`](super::Taken) beside every answer, and each of it can be said by hand.
///
/// ```
/// use crimerate::{Average, Per, read::Document};
///
/// let file = "state_name,year,violent_crime,population\nOhio,2018,32723,11676341\nOhio,2019,34269,11689100\nIowa,2019,8410,3155070\n";
/// let (states, taken) = Document::of(file).only("year", "2019").table()?;
/// let report = states.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND);
/// assert_eq!(report.rows().count(), 2);
/// assert!(taken.to_string().contains("Passed over: 1 line where year is not 2019, line 2 (Ohio"));
/// # Ok::<(), crimerate::read::Faults>(())
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) source: Source,
    /// The name or the number of a sheet.
    pub(super) sheet: Option<String>,
    pub(super) delimiter: Option<u8>,
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) skip: u64,
    /// Whether the first row is one of figures, and no header.
    pub(super) headerless: bool,
    headings: BTreeMap<Role, String>,
    /// The columns of what areas lie in, the outermost first.
    pub(super) within: Vec<String>,
    /// The area that every row is of, where the file names none.
    pub(super) one_area: Option<String>,
    /// Columns whose texts belong to labels.
    pub(super) more_columns: Vec<(Role, String)>,
    pub(super) filled_down: bool,
    pub(super) lines_left_out: BTreeSet<u64>,
    units: BTreeMap<Role, u64>,
    pub(super) only: Vec<(String, String)>,
    pub(super) only_codes: Vec<String>,
    pub(super) writing: Writing,
    pub(super) limits: Limits,
    pub(super) strict: bool,
    pub(super) summed: bool,
    pub(super) months: Option<u32>,
    pub(super) names_as_they_are: bool,
    pub(super) with_totals: bool,
    pub(super) leave_out: bool,
    pub(super) counts_rows: bool,
    pub(super) unplaced: Vec<String>,
    pub(super) left_out: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) nameless_apart: bool,
    pub(super) populations: PopulationSource,
}

/// Where populations are from.
#[derive(Clone, Debug)]
pub(super) enum PopulationSource {
    /// The file itself.
    Here,
    /// Another file, by code or else by name.
    Of(Box<Document>),
    /// The residents of forces in the middle of a year.
    Forces(u16),
    /// One, which all rows are on.
    One(Population),
    /// Nowhere: the counts are what is wanted.
    None,
}

impl Document {
    /// The file at a path. It is opened when it is read.
    pub fn open(path: impl AsRef<Path>) -> Self {
        Self::new(Source::Path(path.as_ref().to_owned()))
    }

    /// A file that is in memory.
    pub fn of(bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(Source::Bytes(bytes.into().into()))
    }

    fn new(source: Source) -> Self {
        Self {
            source,
            sheet: None,
            delimiter: None,
            encoding: None,
            skip: 0,
            headerless: false,
            headings: BTreeMap::new(),
            within: Vec::new(),
            one_area: None,
            more_columns: Vec::new(),
            filled_down: false,
            lines_left_out: BTreeSet::new(),
            units: BTreeMap::new(),
            only: Vec::new(),
            only_codes: Vec::new(),
            writing: Writing::default(),
            limits: Limits::default(),
            strict: false,
            summed: false,
            months: None,
            names_as_they_are: false,
            with_totals: false,
            leave_out: false,
            counts_rows: false,
            unplaced: Vec::new(),
            left_out: Vec::new(),
            groups: Vec::new(),
            nameless_apart: false,
            populations: PopulationSource::Here,
        }
    }

    /// The sheet of a workbook (XLSX or ODS), by its name (case and spaces do not matter) or by its number, such as `#3`. A workbook
    /// of which one sheet is shown needs no choice. Reading sheets needs the feature `spreadsheet`.
    ///
    /// Both kinds are read a row at a time: records of 300,000 rows of ten cells, 100 MB of XML in an XLSX and 306 MB in an ODS, take 8 MB
    /// of memory. The texts that the cells of an XLSX share are held as a whole. Raised figures of notes are dropped from texts; texts that are merged over several rows
    /// are those of each; dates are `2019-12-31`, percentages `5%`, and whole numbers have no point. What was met on the way, hidden
    /// rows and numbers above 2^53 too, is told in [`Taken`](super::Taken). Old workbooks (`.xls`, `.xlsb`) and those with a password
    /// are refused.
    ///
    /// ```no_run
    /// use crimerate::{Per, read::{Document, Role}};
    ///
    /// let tables = Document::open("police_force_area_tables.xlsx");
    /// let (robbery, taken) = tables.clone().sheet("Table P1").column(Role::Count, "Robbery").force_populations(2018).table()?;
    /// println!("{taken}");
    /// let (rates, _) = tables.sheet("Table P3").column(Role::Rate, "Robbery").published(Per::THOUSAND)?;
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    #[must_use]
    pub fn sheet(mut self, name: impl Into<String>) -> Self {
        self.sheet = Some(name.into());
        self
    }

    /// What stands between cells, such as `b';'`.
    #[must_use]
    pub const fn delimiter(mut self, delimiter: u8) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// The encoding by one of the names that the web has for it, such as `windows-1252` or `utf-16le`. A byte order mark goes before it.
    ///
    /// # Errors
    /// [`ErrorKind::NotAsPublished`] for a name that is not known.
    pub fn encoding(mut self, name: &str) -> Result<Self> {
        self.encoding = Some(Encoding::for_label(name.as_bytes()).ok_or_else(|| {
            let found = format!("no encoding has the name {name:?}");
            Error::from(ErrorKind::NotAsPublished {
                found,
                advice: "choose one such as utf-8, windows-1252 or utf-16le".into(),
            })
        })?);
        Ok(self)
    }

    /// Passes over as many lines at the beginning of the file.
    #[must_use]
    pub const fn skip(mut self, lines: u64) -> Self {
        self.skip = lines;
        self
    }

    /// Takes the first row for one of figures, in a file without a header, whose columns go by their numbers. Where all of them are given so, this is
    /// found out by the figures in the first row, unless those may be years, which are headings too.
    ///
    /// ```
    /// use crimerate::read::{Document, Role};
    ///
    /// let file = Document::of("Kent,2019,1846500\nEssex,2020,1832800\n").column(Role::Area, "#1").column(Role::Count, "#2");
    /// let (table, taken) = file.clone().column(Role::Population, "#3").table()?;
    /// assert_eq!((table.len(), taken.header), (2, 0));
    /// let counts = file.counts_alone();
    /// assert_eq!(counts.rows()?.0.len(), 1, "2019 may be a heading");
    /// assert_eq!(counts.without_header().rows()?.0.len(), 2);
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    #[must_use]
    pub const fn without_header(mut self) -> Self {
        self.headerless = true;
        self
    }

    /// Says which column holds what, by its heading (case, spaces and marks of notes do not matter; of a header of several lines any
    /// one of them, or all) or by its number, such as `#3`.
    #[must_use]
    pub fn column(mut self, role: Role, heading: impl Into<String>) -> Self {
        self.headings.insert(role, heading.into());
        self
    }

    /// Puts what an area lies in before its name, where one name is that of several: the ward `Alexandra` of the district `Oldham` is
    /// `Oldham: Alexandra`. What lies outermost is named first.
    ///
    /// ```
    /// use crimerate::read::Document;
    ///
    /// let file = "District,Ward,Count,Population\nKingston,Alexandra,120,9900\nOldham,Alexandra,310,11200\n";
    /// let (table, _) = Document::of(file).within("District").table()?;
    /// assert_eq!(table.areas()[1].name(), "Oldham: Alexandra");
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    #[must_use]
    pub fn within(mut self, column: impl Into<String>) -> Self {
        self.within.push(column.into());
        self
    }

    /// Takes every row for one of this area, in a file that names none, such as the months of one town.
    ///
    /// ```
    /// use crimerate::read::Document;
    ///
    /// let file = "month,offences,population\n2021-04,25,91000\n2021-05,31,91000\n";
    /// let (series, _) = Document::of(file).of_one_area("Newtown").series()?;
    /// assert_eq!((series.areas()[0].name(), series.periods().len()), ("Newtown", 2));
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    #[must_use]
    pub fn of_one_area(mut self, name: impl Into<String>) -> Self {
        self.one_area = Some(name.into());
        self
    }

    /// Gives a row whose name is blank the name above it, as tables have them that a pivot wrote: the area stands in its first row
    /// alone. Codes, offences, periods and whatever else tells rows apart are filled down, too; figures are not.
    ///
    /// ```
    /// use crimerate::read::Document;
    ///
    /// let pivot = Document::of("Force,Offence,Count,Population\nKent,Arson,7,1846500\n,Robbery,9,1846500\nEssex,Arson,4,1832800\n");
    /// assert!(pivot.panel().unwrap_err().to_string().contains("or have names filled down from the row above"));
    /// let (panel, taken) = pivot.filled_down().panel()?;
    /// assert_eq!((panel.len(), panel.indicators()), (2, 2));
    /// assert_eq!(taken.notes, ["Filled down: Force in 1 row, from row 3 on"]);
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    #[must_use]
    pub const fn filled_down(mut self) -> Self {
        self.filled_down = true;
        self
    }

    /// Leaves the row on a line of the file out, where nothing else tells it from another, such as a region from a force of its name
    /// in a table without codes.
    #[must_use]
    pub fn leaving_out_line(mut self, line: u64) -> Self {
        self.lines_left_out.insert(line);
        self
    }

    /// Says that the numbers of a column are multiples of a unit: `1,846.5` of 1,000 people is 1,846,500. Without this a heading such as
    /// `Population (thousands)` is refused, as it is not known whether a file keeps to it, and rates would be a thousand times too high.
    ///
    /// ```
    /// use crimerate::read::{Document, Role};
    ///
    /// let file = Document::of("State,Count,Population (thousands)\nOhio,34269,\"11,689.1\"\nIowa,8410,3155.07\n");
    /// assert!(file.table().unwrap_err().to_string().contains("say of how many each number is"));
    /// let (table, taken) = file.in_units_of(Role::Population, 1_000).table()?;
    /// assert_eq!(table.population(1).map(crimerate::Population::get), Some(3_155_070));
    /// assert_eq!(taken.notes, ["Column Population (thousands): each number is of 1,000"]);
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    #[must_use]
    pub fn in_units_of(mut self, role: Role, unit: u64) -> Self {
        self.units.insert(role, unit);
        self
    }

    /// Takes only the rows that have this in that column; several such choices have all to hold.
    #[must_use]
    pub fn only(mut self, column: impl Into<String>, value: impl Into<String>) -> Self {
        self.only.push((column.into(), value.into()));
        self
    }

    /// Takes only the areas whose codes begin so, such as `["E23", "W15"]` for police forces.
    #[must_use]
    pub fn only_codes<C: Into<String>>(mut self, beginnings: impl IntoIterator<Item = C>) -> Self {
        self.only_codes.extend(beginnings.into_iter().map(Into::into));
        self
    }

    /// Takes a mark for a count, such as `-` for 0 where a publisher says so.
    #[must_use]
    pub fn mark(mut self, text: impl Into<String>, stands_for: Observation) -> Self {
        self.writing.marks.insert(text.into(), stands_for);
        self
    }

    /// Takes the comma for what stands before a fraction, and the point for what stands between thousands: `1.234,5`.
    #[must_use]
    pub const fn decimal_comma(mut self) -> Self {
        self.writing.point = ',';
        self
    }

    /// Takes the point for what stands before a fraction, as it is read anyhow but for such as `2.000`: three zeros behind it may be
    /// thousands, so that such numbers are refused without this.
    ///
    /// ```
    /// use crimerate::read::Document;
    ///
    /// let file = Document::of("area;count;population\nA;2.000;100.000\nB;3.000;200.000\n");
    /// assert!(file.table().unwrap_err().to_string().contains("say whether the point stands before the fraction"));
    /// assert_eq!(file.clone().decimal_comma().table()?.0.observation(0).and_then(|count| count.known()), Some(2_000));
    /// assert_eq!(file.decimal_point().table()?.0.observation(0).and_then(|count| count.known()), Some(2));
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    #[must_use]
    pub const fn decimal_point(mut self) -> Self {
        self.writing.point_is_said = true;
        self
    }

    /// Takes each row for one offence, in a file of records that has no counts.
    #[must_use]
    pub const fn counting_rows(mut self) -> Self {
        self.counts_rows = true;
        self
    }

    /// Keeps the marks of notes on names, and takes names that differ by them alone for those of two areas.
    #[must_use]
    pub const fn names_as_they_are(mut self) -> Self {
        self.names_as_they_are = true;
        self
    }

    /// Keeps regions and countries among the areas that they are totals of. Without this, those that are known by their codes are
    /// excluded, and every answer says so.
    #[must_use]
    pub const fn with_totals(mut self) -> Self {
        self.with_totals = true;
        self
    }

    /// Leaves an area without a population out with a note, where it would be refused.
    #[must_use]
    pub const fn leaving_out(mut self) -> Self {
        self.leave_out = true;
        self
    }

    /// Takes the row of this name for a count that is in no area, so that it needs no population.
    #[must_use]
    pub fn unplaced(mut self, name: impl Into<String>) -> Self {
        self.unplaced.push(name.into());
        self
    }

    /// Takes the row of this name as one that is going to be excluded or taken for a total, so that it needs no population.
    #[must_use]
    pub fn to_be_left_out(mut self, name: impl Into<String>) -> Self {
        self.left_out.push(name.into());
        self
    }

    /// Makes groups of the areas that have the same text in this column; the table has them under its heading.
    #[must_use]
    pub fn groups(mut self, column: impl Into<String>) -> Self {
        self.groups.push(column.into());
        self
    }

    /// Refuses whatever would have to be taken for something: marks, lines that are passed over, any other encoding than UTF-8.
    #[must_use]
    pub const fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// How much of the file is taken before it is refused.
    #[must_use]
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How many each number of a role is of, where that was said.
    pub(super) fn unit(&self, role: Role) -> Option<u64> {
        self.units.get(&role).copied()
    }

    /// Whether rows are taken as they stand, so that the bytes of one tell what it is.
    pub(super) fn takes_rows_as_they_stand(&self) -> bool {
        let chosen = self.only_codes.is_empty() && self.lines_left_out.is_empty();
        chosen && self.within.is_empty() && !self.filled_down && self.units.is_empty()
    }

    /// The heading of a role that was said by hand.
    pub(super) fn heading(&self, role: Role) -> Option<String> {
        self.headings.get(&role).cloned()
    }
}
