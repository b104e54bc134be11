//! Rows with a label each: a period, a stratum, an offence.

use super::{
    areas::Reader, document::Document, faults::Faults, indicators::Indicators, labels::Labels,
    repeated::are_of_several_people, role::Role, several::Several, taken::Taken,
};
use crate::{
    base::{Error, ErrorKind},
    records::Absent,
    standard::{Offences, Strata, StratumRow},
    table::Row,
    time::{Series, SeriesRow},
};
use csv::ByteRecord;
use std::collections::HashSet;

impl Document {
    /// The rows with the text of the column of a role beside each, such as its [period](Role::Period). Rows that are
    /// [to be left out](Document::to_be_left_out) and totals by their codes are passed over. A population need not be there.
    ///
    /// ```
    /// use crimerate::read::{Document, Role};
    ///
    /// let file = "Force,Month,Offences\nKent,2021-04,1 731\nKent,2021-05,1 802\n";
    /// let (rows, _) = Document::of(file).rows_by(Role::Period)?;
    /// assert_eq!((rows.len(), rows[1].1.as_str()), (2, "2021-05"));
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    ///
    /// # Errors
    /// As [`Document::rows`]; a row without that text, and a name that is to be left out and that no row has, are refused.
    pub fn rows_by(&self, role: Role) -> Result<(Vec<(Row, String)>, Taken), Faults> {
        self.labelled(role, false, false)
    }

    /// The same, with a population or not, and with the rows that are to be left out by name or without them.
    fn labelled(&self, role: Role, people: bool, left_out: bool) -> Result<(Vec<(Row, String)>, Taken), Faults> {
        let reader = Reader::new(self)?;
        let mut roles = reader.roles(Role::Count);
        roles.iter_mut().filter(|(role, _)| *role == Role::Population).for_each(|(_, needed)| *needed = people);
        roles.push((role, true));
        let mut scan = self.scan(&roles)?;
        let labels = Labels::new(self, &mut scan, role)?;
        let counts = scan.column(Role::Count);
        // Whether the rows of a stratum are on people of their own, all of them together tell.
        let mut indicators = Indicators::new(self.summed && role != Role::Stratum);
        let mut record = ByteRecord::new();
        // Of rows that are kept, whoever leaves them out says which there are none of.
        let mut unmet: Vec<&String> = self.left_out.iter().filter(|_| !left_out).collect();
        let mut named: HashSet<u64> = HashSet::new();
        while let Some(line) = scan.next(&mut record)? {
            let label = labels.read(&mut scan, &record, line);
            let Some(row) = reader.row(&mut scan, &record, line, counts) else {
                indicators.nameless(&label, reader.nameless());
                continue;
            };
            unmet.retain(|name| !row.is_called(name));
            if left_out && self.left_out.iter().any(|name| row.is_called(name)) {
                named.insert(row.line);
            }
            if label.is_empty() {
                let (whole, advice) = ("the row", "every row needs one");
                let error = Error::from(ErrorKind::Missing { whole, part: role.name(), advice });
                scan.faults.push(error.at_row(line).in_area(row.area).in_column(scan.heading(role)));
                continue;
            }
            indicators.push(&reader, &mut scan, &label, row)?;
        }
        scan.faults
            .extend(unmet.into_iter().map(|name| ErrorKind::UnknownArea { name: name.clone(), nearest: None }.into()));
        let of = match role {
            Role::Stratum if are_of_several_people(indicators.kept()) => Several::StrataAndPeople,
            Role::Stratum => Several::Strata,
            _ => Several::Areas,
        };
        let mut labelled = Vec::new();
        for indicator in indicators.into_each() {
            let label = indicator.label.clone();
            let rows = indicator.given(&mut scan, self.summed, of);
            let (rows, _) = reader.rows_of(&mut scan, rows, of);
            for row in rows {
                let unpeopled = |row: &Row| match &row.population {
                    Err(error) => matches!(error.kind(), ErrorKind::NoPopulation | ErrorKind::ZeroPopulation),
                    Ok(_) => false,
                };
                let named = row.line.is_some_and(|line| named.contains(&line));
                let no_people = row.line.is_some_and(|line| reader.is_unpeopled(line));
                let why = match (row.left_out && !no_people, no_people || self.leave_out && unpeopled(&row)) {
                    _ if named => None,
                    (true, _) => Some("of areas that are left out"),
                    (false, true) => Some("that have no population"),
                    (false, false) => None,
                };
                if let Some(why) = why {
                    scan.taken.rows -= 1;
                    scan.taken.pass(why, row.line.unwrap_or(0), &row.name);
                } else {
                    labelled.push((row, label.clone()));
                }
            }
        }
        labelled.sort_by_key(|(row, _)| row.line);
        let taken = scan.finish()?;
        Ok((labelled, taken))
    }

    /// A series of the areas of the file, a row for each area and period.
    ///
    /// ```
    /// use crimerate::read::Document;
    ///
    /// let file = "Force,Month,Offences,Population\nKent,Apr-21,731,1846500\nKent,May-21,802.0,1846500\n";
    /// let (series, taken) = Document::of(file).series()?;
    /// assert_eq!((series.months(), taken.rows), (1, 2));
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    ///
    /// # Errors
    /// As [`Document::rows_by`], and what [`Series::check`] finds.
    pub fn series(&self) -> Result<(Series, Taken), Faults> {
        self.series_of(false)
    }

    /// The same with the areas that are [to be left out](Document::to_be_left_out), if there are any, which need no population: for a table of one
    /// of its periods to leave them out and to say so.
    ///
    /// # Errors
    /// As [`Document::series`].
    pub fn whole_series(&self) -> Result<(Series, Taken), Faults> {
        self.series_of(true)
    }

    fn series_of(&self, left_out: bool) -> Result<(Series, Taken), Faults> {
        let (rows, taken) = self.labelled(Role::Period, false, left_out)?;
        let rows: Vec<SeriesRow> = rows.into_iter().map(|(row, period)| SeriesRow::of(row, period)).collect();
        match Faults::of(Series::check(rows.clone())) {
            Some(faults) => Err(faults),
            None => Ok((Series::from_rows(rows)?, taken)),
        }
    }

    /// The strata of the areas of the file, a row for each area and stratum.
    ///
    /// # Errors
    /// As [`Document::rows_by`], and what [`Strata::check`] finds; of areas that are [to be left out](Document::to_be_left_out) the rows are kept,
    /// and need not be sound, for [`Strata::exclude`] to say why.
    pub fn strata(&self) -> Result<(Strata, Taken), Faults> {
        let (rows, taken) = self.stratum_rows(Role::Stratum)?;
        match Faults::of(Strata::check(rows.clone())) {
            Some(faults) => Err(faults),
            None => Ok((Strata::from_rows(rows)?, taken)),
        }
    }

    /// The offences of the areas of the file, a row for each area and offence; what it means that there is none is the caller's to say.
    ///
    /// # Errors
    /// As [`Document::rows_by`], and what [`Offences::check`] finds; of areas that are [to be left out](Document::to_be_left_out) as for strata.
    pub fn offences(&self, absent: Absent) -> Result<(Offences, Taken), Faults> {
        let (rows, taken) = self.stratum_rows(Role::Offence)?;
        match Faults::of(Offences::check(rows.clone())) {
            Some(faults) => Err(faults),
            None => Ok((Offences::from_rows(rows, absent)?, taken)),
        }
    }

    fn stratum_rows(&self, role: Role) -> Result<(Vec<StratumRow>, Taken), Faults> {
        let (rows, taken) = self.labelled(role, true, true)?;
        Ok((rows.into_iter().map(|(row, stratum)| StratumRow::of(row, stratum)).collect(), taken))
    }
}
