//! The rows of each area added up.

use super::{
    document::Document,
    given::Given,
    scan::Scan,
    several::Several,
    spans::{Covered, Spans},
    wording::text,
};
use crate::{
    base::{Error, ErrorKind, Result, words},
    rate::{Observation, Population},
};
use csv::ByteRecord;
use std::{
    collections::{BTreeSet, HashMap},
    mem,
};

/// Of how many rows the values of a column are looked at, and of how few values each is.
pub(super) const MOST_ROWS: usize = 100_000;
const FEW: usize = 40;

const YEAR: u32 = 12;

impl Document {
    /// Adds up the counts of all rows of an area. Without this an area that has several rows is refused.
    ///
    /// Rows are added up as they are read, in memory that grows with the areas (by indicators, of a panel) and not with the rows. The first 100,000 are held, and where there are
    /// no more they are looked through for totals among them and for areas that lack what others have.
    ///
    /// Rows of several periods cover all of their months together. A year and its quarter or month in two columns are read as one period, `Year
    /// ending` and `12 months to` as a heading say how long each is, and months that rows give for themselves add up over periods. Rates of them are
    /// those of a year. Periods that overlap are refused, and so are those of years, quarters or months that cannot be read, unless it is
    /// [said](Document::over_months) how many months the rows cover.
    ///
    /// ```
    /// use crimerate::{Average, Per, read::Document};
    ///
    /// let file = "Force,Year,Quarter,Count,Population\nKent,2018/19,1,5,1000\nKent,2018/19,2,5,1000\nEssex,2018/19,1,4,1000\nEssex,2018/19,2,3,1000\n";
    /// let (table, taken) = Document::of(file).summed().table()?;
    /// let kent = table.compare(Average::POOLED).per(Per::THOUSAND).rows().next().and_then(|row| row.rate);
    /// assert_eq!(kent, Some(20.0));
    /// assert_eq!(taken.notes[0], "Added up by Year and Quarter: rows of 6 months, a part of a year");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn summed(mut self) -> Self {
        self.summed = true;
        self
    }

    /// Takes every count, or every sum of counts that are [added up](Document::summed), for one over this number of months, whatever periods the file
    /// has; 0 is not said.
    ///
    /// ```
    /// use crimerate::{Average, Per, read::Document};
    ///
    /// let file = "Force,Date,Count,Population\nKent,01/04/2019,5,1000\nKent,01/05/2019,5,1000\n";
    /// let (table, _) = Document::of(file).summed().over_months(2).table()?;
    /// let kent = table.compare(Average::POOLED).per(Per::THOUSAND).rows().next().and_then(|row| row.rate);
    /// assert_eq!(kent, Some(60.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn over_months(mut self, months: u32) -> Self {
        self.months = if months == 0 { None } else { Some(months) };
        self
    }
}

/// The counts of areas as they are added up, a row an area, with what tells the rows of one apart.
///
/// The rows themselves are kept as long as they are few enough to be looked through for totals among them and for areas that lack what others have.
pub(super) struct Sums {
    places: HashMap<(String, Option<String>), usize>,
    /// The first row of each area, and what is known of its sum.
    sums: Vec<(Given, i128)>,
    columns: Vec<Telling>,
    rows: usize,
    kept: Vec<Kept>,
    /// Whether there are too many to be looked through.
    forgets: bool,
    /// The periods of the rows, where it is not said how many months they cover.
    spans: Option<Spans>,
    of: Several,
}

/// A column that is not used, whose values may tell the rows of an area apart.
struct Telling {
    number: usize,
    heading: String,
    differs: bool,
}

/// A row that is looked through.
struct Kept {
    place: usize,
    count: Option<u64>,
    line: u64,
    record: ByteRecord,
}

impl Sums {
    pub(super) fn new(scan: &Scan, of: Several) -> Self {
        let columns = scan.headings().into_iter().enumerate();
        let columns = columns.filter(|(number, _)| !scan.uses(*number)).map(|(number, heading)| Telling {
            number,
            heading,
            differs: false,
        });
        Self {
            places: HashMap::new(),
            sums: Vec::new(),
            columns: columns.collect(),
            rows: 0,
            kept: Vec::new(),
            forgets: false,
            spans: scan.months.is_none().then(|| Spans::new(scan)),
            of,
        }
    }

    /// How many areas there are.
    pub(super) fn len(&self) -> usize {
        self.sums.len()
    }

    /// Adds a row, or notes what is wrong with it.
    pub(super) fn add(&mut self, scan: &mut Scan, mut row: Given) {
        let count = match &row.count {
            Ok(Observation::Known(count)) => Some(*count),
            _ => None,
        };
        let signed = match &row.count {
            Err(error) => match error.kind() {
                ErrorKind::NegativeTotal { value } => Some(*value),
                _ => None,
            },
            Ok(_) => count.map(i128::from),
        };
        let key = (mem::take(&mut row.area), row.code.take());
        let known = self.places.get(&key).copied();
        let place = known.unwrap_or(self.sums.len());
        self.rows += 1;
        self.note(place, &row, count);
        if known.is_none() {
            let given = Given { area: key.0.clone(), code: key.1.clone(), ..row };
            self.places.insert(key, place);
            let count = if signed.is_some() { Ok(Observation::Known(0)) } else { given.count.clone() };
            self.sums.push((Given { count, ..given }, signed.unwrap_or(0)));
            return;
        }
        let Some((sum, known)) = self.sums.get_mut(place) else { return };
        let peopled = self.of == Several::StrataAndPeople;
        if peopled {
            sum.population = together(&sum.population, &row.population);
        }
        for (what, differs) in [
            (
                "population",
                !peopled && row.population.is_ok() && sum.population.is_ok() && row.population != sum.population,
            ),
            ("number of months", row.months != sum.months),
        ] {
            if differs {
                let found = format!("the {what} is not that of row {}", sum.line);
                let advice = "rows of an area can be added up where all have the same".into();
                let fault = Error::from(ErrorKind::NotAsPublished { found, advice });
                scan.faults.push(fault.at_row(row.line).in_area(&sum.area));
            }
        }
        match (signed, row.count) {
            (Some(count), _) => *known += count,
            (None, Ok(count)) => {
                sum.count = sum.count.clone().and_then(|before| {
                    let blank = before == Observation::Known(0) && *known == 0;
                    let together = if blank { Some(count) } else { before.together(count) };
                    together.ok_or_else(|| ErrorKind::NegativeTotal { value: *known }.into())
                });
            }
            (None, Err(error)) => scan.faults.push(error.at_row(row.line).in_area(&sum.area)),
        }
        if !peopled && sum.population.is_err() {
            sum.population = row.population;
        }
    }

    /// Notes in what the rows of an area differ.
    fn note(&mut self, place: usize, row: &Given, count: Option<u64>) {
        let first = self.sums.get(place).map(|(first, _)| &first.record);
        for column in &mut self.columns {
            let value = row.record.get(column.number).unwrap_or_default();
            column.differs |= first.is_some_and(|first| first.get(column.number).unwrap_or_default() != value);
        }
        if let Some(spans) = &mut self.spans {
            spans.note(place, &row.record, first);
        }
        if self.rows > MOST_ROWS {
            self.forget();
        } else if !self.forgets {
            self.kept.push(Kept { place, count, line: row.line, record: row.record.clone() });
        }
    }

    /// Keeps no rows to be looked through.
    pub(super) fn forget(&mut self) {
        (self.forgets, self.kept) = (true, Vec::new());
    }

    /// One row an area, whose count is the sum of all.
    ///
    /// Rows of several periods are on the people of one, so the area has the months of all of them.
    pub(super) fn finish(self, scan: &mut Scan) -> Vec<Given> {
        self.tell(scan);
        let months = self.spans.as_ref().map(|spans| spans.months(scan)).unwrap_or_default();
        let whole_years = months.values().all(|own| own.months == YEAR);
        let finished = self.sums.into_iter().enumerate().map(|(place, (given, known))| {
            let months = match (given.months, months.get(&place)) {
                (Some(own), Some(periods)) => Some(together_with(own, *periods).unwrap_or_else(|fault| {
                    scan.faults.push(fault.at_row(given.line).in_area(&given.area));
                    own
                })),
                (own, periods) => own.or_else(|| periods.filter(|_| !whole_years).map(|periods| periods.months)),
            };
            let given = Given { months, ..given };
            let total = u64::try_from(known)
                .map(Observation::Known)
                .map_err(|_| ErrorKind::NegativeTotal { value: known }.into());
            let count = given.count.and_then(|count| match (count, total) {
                (Observation::Known(_), total) => total,
                (count, Ok(total)) => {
                    count.together(total).ok_or_else(|| ErrorKind::NegativeTotal { value: known }.into())
                }
                (_, Err(error)) => Err(error),
            });
            Given { count, ..given }
        });
        finished.collect()
    }

    /// Says how many rows are added up, in which columns they differ, and which areas lack what others have there.
    fn tell(&self, scan: &mut Scan) {
        if self.sums.len() == self.rows {
            return;
        }
        let mut areas: Vec<Vec<&Kept>> = vec![Vec::new(); self.sums.len()];
        for kept in &self.kept {
            areas.iter_mut().skip(kept.place).take(1).for_each(|area| area.push(kept));
        }
        let (mut differing, mut lacking) = (Vec::new(), Vec::new());
        for column in self.columns.iter().filter(|column| column.differs && !column.heading.is_empty()) {
            let heading = &column.heading;
            differing.push(heading.as_str());
            if self.kept.is_empty() {
                continue;
            }
            if let Some(total) = total_among(&areas, column) {
                let found =
                    format!("the rows of {total:?} in the column {heading:?} have the counts of all others together");
                let advice = "rows of a total and of its parts cannot be added up: take only those of one value, or leave the total out of the file";
                let first = self.kept.iter().find(|row| text(row.value(column)) == total.as_str());
                let line = first.map_or(scan.taken.header, |row| row.line);
                let fault = Error::from(ErrorKind::NotAsPublished { found, advice: advice.into() });
                scan.faults.push(fault.at_row(line));
            }
            // Of few values, such as quarters, every area should have each.
            let values = |rows: &[&Kept]| rows.iter().map(|row| row.value(column).to_vec()).collect::<BTreeSet<_>>();
            let all = self.kept.iter().map(|row| row.value(column)).collect::<BTreeSet<_>>().len();
            if all <= FEW {
                let short = areas.iter().zip(&self.sums).filter(|(rows, _)| values(rows).len() < all);
                let mut short: Vec<&str> = short.map(|(_, (first, _))| first.area.as_str()).collect();
                short.sort_unstable();
                if !short.is_empty() && short.len() * 2 < areas.len() {
                    lacking.push(format!("not every value of {heading} in {}", words::few(&short)));
                }
            }
        }
        scan.added.note((self.rows, self.sums.len()), self.of, &differing, lacking);
    }
}

/// The months of rows that each give their own, and are of several periods: those of all of them, unless a row gives these already.
fn together_with(own: u32, all: Covered) -> Result<u32> {
    let each = all.months / all.periods.max(1);
    match own.checked_mul(all.periods) {
        Some(sum) if own <= each => Ok(sum),
        _ if own == all.months || all.periods <= 1 => Ok(own),
        _ => {
            let found = format!("its months are {own}, and its periods of {each} each");
            let advice = "correct one of them, or take only the rows of one period".into();
            Err(ErrorKind::NotAsPublished { found, advice }.into())
        }
    }
}

/// The people of two rows together.
fn together(one: &Result<Population>, other: &Result<Population>) -> Result<Population> {
    let (one, other) = (one.clone()?, other.clone()?);
    match one.get().checked_add(other.get()) {
        Some(sum) => Population::new(sum),
        None => {
            let (what, advice) = ("the sum of populations".into(), "check them");
            Err(ErrorKind::TooLarge { what, value: None, most: u64::MAX.into(), advice }.into())
        }
    }
}

impl Kept {
    fn value(&self, column: &Telling) -> &[u8] {
        self.record.get(column.number).unwrap_or_default()
    }
}

/// The value of a column whose rows have, in every area, the counts of all other rows together: in three areas and more, or in any where it
/// is called a total.
fn total_among(areas: &[Vec<&Kept>], column: &Telling) -> Option<String> {
    let mut agrees: HashMap<String, (usize, bool)> = HashMap::new();
    for rows in areas {
        let mut sums: HashMap<String, i128> = HashMap::new();
        for row in rows {
            if let Some(count) = row.count {
                *sums.entry(text(row.value(column)).into_owned()).or_default() += i128::from(count);
            }
        }
        let all: i128 = sums.values().sum();
        for (value, sum) in sums.iter().filter(|_| sums.len() > 2) {
            let (times, so_far) = agrees.entry(value.clone()).or_insert((0, true));
            let here = *sum == all - *sum;
            *times += usize::from(here && *sum > 0);
            *so_far &= here;
        }
    }
    let is_called_so = |value: &str| {
        let lower = value.trim().to_lowercase();
        const CALLED: [&str; 5] = ["all", "total", "insgesamt", "gesamt", "summe"];
        let mut words = lower.split_whitespace();
        CALLED.contains(&words.next().unwrap_or_default()) || words.next_back() == Some("insgesamt")
    };
    let mut totals: Vec<String> = agrees
        .into_iter()
        .filter(|(value, (times, so_far))| *so_far && (*times > 2 || *times > 0 && is_called_so(value)))
        .map(|(value, _)| value)
        .collect();
    totals.sort_unstable();
    totals.into_iter().next()
}
