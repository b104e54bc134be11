//! Rates as they were published, without counts.

use super::{
    areas::{Reader, too_many},
    cell::{Met, Read, Writing, trimmed},
    document::Document,
    faults::Faults,
    nameless::name_the_nameless,
    names::TOTAL,
    no_count::said_per,
    number::Number,
    role::Role,
    scan::Scan,
    taken::Taken,
    wording::folded,
};
use crate::{
    base::{Error, ErrorKind, digits},
    league::{PublishedRate, PublishedRates},
    rate::Per,
};
use csv::ByteRecord;

impl Document {
    /// The rates of a column as they were published, per as many people; no count and no population is needed.
    ///
    /// ```
    /// use crimerate::{Per, read::{Document, Role}};
    ///
    /// let file = "Area Name,Robbery\nWest Midlands,3.1\nKent,0.9[r]\nBritish Transport Police,..\n";
    /// let (rates, taken) = Document::of(file).column(Role::Rate, "robbery").published(Per::THOUSAND)?;
    /// assert_eq!((rates.len(), rates.printed(1)), (3, Some("0.9")));
    /// assert_eq!(taken.met.len(), 2);
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    ///
    /// # Errors
    /// As [`Document::table`].
    pub fn published(&self, per: Per) -> Result<(PublishedRates, Taken), Faults> {
        let mut scan = self.scan(&[(Role::Area, true), (Role::Code, false), (Role::Rate, true)])?;
        let reader = Reader::new(self)?;
        if let Some(said) = said_per(&scan.heading(Role::Rate)).filter(|said| *said != u64::from(per.get())) {
            let error = read_per(&format!("the heading says per {}", digits::grouped(said)), per);
            return Err(error.at_row(scan.taken.header).in_column(scan.heading(Role::Rate)).into());
        }
        if let Some((line, text, said)) = titled_per(&scan.taken).filter(|(.., said)| *said != u64::from(per.get())) {
            let said = format!("{text:?} above the header says per {}", digits::grouped(said));
            return Err(read_per(&said, per).at_row(line).into());
        }
        let comma_is_doubtful =
            !scan.taken.form.starts_with("cells between commas") && scan.taken.form.starts_with("cells ");
        let writing = Writing { comma_is_doubtful, ..self.writing.clone() };
        let (mut rates, mut areas, mut record) = (Vec::new(), Vec::new(), ByteRecord::new());
        let mut unit: Option<(u64, String)> = None;
        while let Some(line) = scan.next(&mut record)? {
            let text = scan.read(&record, Role::Rate, line).into_owned();
            let Some((area, code)) = reader.area(&mut scan, &record, line, &text) else {
                // Units may stand in a line of their own between the header and the first area.
                unit = unit.or_else(|| areas.is_empty().then_some((line, text)));
                continue;
            };
            if areas.is_empty() {
                refuse_units(&scan, unit.take(), line, per)?;
            }
            if rates.len() == self.limits.rows {
                return Err(too_many(self.limits.rows).into());
            }
            let rate = match writing.rate(&text) {
                Ok((rate, met)) => {
                    if let Some(met) = met.as_ref().filter(|met| met.text.ends_with('%') && per != Per::HUNDRED) {
                        let fault = read_per(&format!("{} is per 100", met.text), per);
                        scan.faults.push(fault.at_row(line).in_area(&area).in_column(scan.heading(Role::Rate)));
                    }
                    scan.meet(met, line);
                    let (rate, met) = kept(rate);
                    scan.meet(met, line);
                    rate
                }
                Err(error) => {
                    scan.faults.push(error.at_row(line).in_area(&area).in_column(scan.heading(Role::Rate)));
                    continue;
                }
            };
            areas.push((area.clone(), code.clone()));
            let rate = PublishedRate::new(area, rate).line(line);
            let rate = code.into_iter().fold(rate, PublishedRate::code);
            rates.push(if self.names_as_they_are { rate.distinct() } else { rate });
        }
        name_the_nameless(&mut scan, &reader.nameless(), 0);
        if scan.faults.is_empty() {
            scan.faults.extend(PublishedRates::check(rates.clone(), per));
        }
        let labelled = areas.iter().map(|(area, code)| (code.as_ref().unwrap_or(area).as_str(), code.as_deref()));
        let totals = self.totals(labelled.clone());
        let is_total = |label: &str| totals.iter().any(|total| total == label);
        scan.taken.totals = areas
            .iter()
            .zip(labelled)
            .filter(|(_, (label, _))| is_total(label))
            .map(|((area, _), _)| area.clone())
            .collect();
        let taken = scan.finish()?;
        let rates = PublishedRates::from_rows(rates, per)?;
        let rates = totals.iter().try_fold(rates, |rates, total| rates.exclude(total, TOTAL))?;
        Ok((rates, taken))
    }
}

/// Refuses rates that a line between the header and the first area says to be per another number.
fn refuse_units(scan: &Scan, unit: Option<(u64, String)>, first: u64, per: Per) -> Result<(), Error> {
    let between = |line: u64| line > scan.taken.header && line < first;
    let counts = |text: &str| ["numbers", "number", "counts", "count"].contains(&folded(trimmed(text)).as_str());
    let alone = scan.taken.passed.iter().flat_map(|passed| &passed.examples).filter(|(line, _)| between(*line));
    let said: Vec<(u64, String)> = alone.cloned().chain(unit).collect();
    if let Some((line, text)) = said.iter().find(|(_, text)| counts(text)) {
        let found = format!("{:?} below the header says that these are counts, and rates are asked for", trimmed(text));
        let advice = "take them for counts, on populations".into();
        return Err(Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(*line));
    }
    let mut said = said.into_iter().filter_map(|(line, text)| Some((line, said_per(&text)?, text)));
    let Some((line, number, text)) = said.next().filter(|(_, number, _)| *number != u64::from(per.get())) else {
        return Ok(());
    };
    if said.any(|(_, other, _)| other != number) {
        return Ok(());
    }
    let said = format!("{text:?} below the header says per {}", digits::grouped(number));
    Err(read_per(&said, per).at_row(line))
}

/// That rates are said to be per another number than is asked for.
fn read_per(said: &str, wanted: Per) -> Error {
    let found = format!("{said}, and rates are to be read per {}", digits::grouped(wanted.get()));
    ErrorKind::NotAsPublished { found, advice: "read them per what they are".into() }.into()
}

/// What a title above the header says that rates are per, where all that say so agree.
fn titled_per(taken: &Taken) -> Option<(u64, String, u64)> {
    let above = taken.passed.iter().filter(|passed| passed.reason.starts_with("above the "));
    let titles = above.flat_map(|passed| &passed.examples);
    // A title in a delimited file is cut where its thousands are.
    let titles = titles.map(|(line, text)| (*line, text.replace(", ", ",")));
    let mut said = titles.filter_map(|(line, text)| said_per(&text).map(|said| (line, text, said)));
    let first = said.next()?;
    said.all(|(.., other)| other == first.2).then_some(first)
}

/// A rate with no more decimals than doubles have that are far from zero.
fn kept(rate: String) -> Read<String> {
    const MOST: u32 = 22;
    match Number::read(&rate, '.') {
        Some((number, _)) if number.rounded(MOST) != number => {
            (number.rounded(MOST).plain(), Some(Met::new(&rate, format!("a rate of {MOST} decimals"))))
        }
        _ => (rate, None),
    }
}
