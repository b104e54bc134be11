//! A table of the rows of a file.

use super::{
    areas::Reader,
    cell::trimmed,
    document::{Document, PopulationSource},
    faults::Faults,
    given::Given,
    grouping::Unused,
    names::TOTAL,
    repeated::{one_each, told_apart},
    role::Role,
    scan::Scan,
    several::Several,
    taken::Taken,
    wording::text,
};
use crate::{
    base::{Error, ErrorKind, Result},
    table::{PeerGroups, Policy, Row, Table},
};
use std::collections::BTreeSet;

impl Document {
    /// A table of the areas of the file, with what was taken for what.
    ///
    /// # Errors
    /// Every fault at once, each with its row, column, area and text: a file that cannot be read, a header without a column that
    /// is needed, cells that say nothing that is known, and what [`Table::check`] finds.
    pub fn table(&self) -> Result<(Table, Taken), Faults> {
        let reader = Reader::of_rates(self)?;
        let scan = self.scan(&reader.roles(Role::Count))?;
        let groups = self.groups.iter().map(|heading| Ok((scan.named_or_role(heading)?, BTreeSet::new())));
        let mut groups = groups.collect::<Result<Vec<_>>>()?;
        let mut unused = Unused::new(&scan);
        let (mut scan, given) = reader.given(scan, |given| {
            unused.note(&given.record);
            for (column, labels) in &mut groups {
                let label = trimmed(&text(given.record.get(*column).unwrap_or_default())).to_owned();
                labels.insert((given.label().to_owned(), label));
            }
        })?;
        let groups = self.groups.iter().zip(groups);
        let groups = groups.map(|(heading, (_, labels))| PeerGroups::from_labels(heading.as_str(), labels));
        let table = reader.table(&mut scan, given, None);
        let table = table.map(|table| reader.with_nameless(&mut scan, table)).transpose();
        let table = table.unwrap_or_else(|fault| {
            scan.faults.push(fault);
            None
        });
        if self.groups.is_empty() {
            scan.taken.notes.extend(unused.told());
        }
        let taken = scan.finish()?;
        let table = table.ok_or_else(|| Error::from(ErrorKind::NoRows))?;
        let mut groups = groups;
        Ok((groups.try_fold(table, Table::with_groups)?, taken))
    }

    /// The rows of a table, for one to be made of them later; what is wrong with the figures of a row, the table says. A file that is read
    /// for its [counts alone](Document::counts_alone) gives rows without populations.
    ///
    /// ```
    /// use crimerate::{Confidence, read::{Document, Role}, time::Changes};
    ///
    /// let file = Document::of("area,2019,2020\nKent,729,803\nEssex,1119,1090\n").counts_alone();
    /// let year = |year: &str| file.clone().column(Role::Count, year).rows();
    /// let ((before, _), (after, _)) = (year("2019")?, year("2020")?);
    /// assert_eq!(Changes::of_counts(before, after)?.iter().count(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Document::table`], but for the figures of rows.
    pub fn rows(&self) -> Result<(Vec<Row>, Taken), Faults> {
        let reader = Reader::new(self)?;
        let (mut scan, given) = reader.given(self.scan(&reader.roles(Role::Count))?, |_| ())?;
        let (rows, _) = reader.rows(&mut scan, given);
        reader.months_given(&mut scan, &rows);
        let taken = scan.finish()?;
        Ok((rows, taken))
    }
}

impl Reader<'_> {
    /// The rows of a table, and which areas are totals of others; faults of the rows stay in them.
    pub(super) fn rows(&self, scan: &mut Scan, given: Vec<Given>) -> (Vec<Row>, Vec<String>) {
        self.rows_of(scan, given, Several::Areas)
    }

    /// The same where an area may have several rows for another reason.
    pub(super) fn rows_of(&self, scan: &mut Scan, given: Vec<Given>, of: Several) -> (Vec<Row>, Vec<String>) {
        let document = self.document;
        let mut given = given;
        self.tell_region_from_force(scan, &mut given);
        let given = without_repeated_totals(scan, document, given);
        let given = if document.summed { given } else { one_each(scan, told_apart(given), of) };
        let totals = document.totals(given.iter().map(|given| (given.label(), given.code.as_deref())));
        let is_among = |names: &[String], row: &Given| names.iter().any(|name| row.is_called(name));
        let rows = given.into_iter().map(|given| {
            let total = is_among(&totals, &given);
            if total && !scan.taken.totals.contains(&given.area) {
                scan.taken.totals.push(given.area.clone());
            }
            let unplaced = is_among(&document.unplaced, &given);
            let left_out = total || is_among(&document.left_out, &given) || self.is_unpeopled(given.line);
            let row =
                Row { count: given.count, population: given.population, ..Row::without_population(given.area, 0_u64) };
            let row = Row { code: given.code, months: given.months, ..row.line(given.line) };
            let row = if unplaced { row.in_no_area() } else { row };
            let row = if left_out && !unplaced { row.to_be_left_out() } else { row };
            if document.names_as_they_are { row.distinct() } else { row }
        });
        (rows.collect(), totals)
    }

    /// The table of rows; its faults go to the others. The indicator is that of a panel.
    pub(super) fn table(&self, scan: &mut Scan, given: Vec<Given>, indicator: Option<&str>) -> Option<Table> {
        let (rows, totals) = self.rows(scan, given);
        self.months_given(scan, &rows);
        match self.made(rows, &totals) {
            Ok(table) => Some(table),
            Err(errors) => {
                let errors = errors.into_iter().map(|error| match indicator {
                    Some(indicator) => error.in_indicator(indicator),
                    None => error,
                });
                scan.faults.extend(errors);
                None
            }
        }
    }

    /// A row without months is a fault where other rows have theirs: it may be a year, and it may not.
    fn months_given(&self, scan: &mut Scan, rows: &[Row]) {
        if rows.iter().all(|row| row.months.is_none()) {
            return;
        }
        let lacks = |row: &&Row| row.months.is_none() && !row.left_out && !row.unplaced;
        let heading = scan.heading(Role::Months);
        for row in rows.iter().filter(lacks) {
            let line = row.line.unwrap_or_default();
            // One that is there and cannot be read is among them, as a fault already.
            if self.without_months.borrow_mut().insert(line) {
                let advice = "other rows have theirs, so give how many its count covers, 12 for a year";
                let missing = ErrorKind::Missing { whole: "the row", part: "number of months", advice };
                let fault = Error::from(missing).in_column(&heading);
                scan.faults.push(fault.at_row(line).in_area(&row.name));
            }
        }
    }

    fn made(&self, rows: Vec<Row>, totals: &[String]) -> Result<Table, Vec<Error>> {
        let lacking = self.document.leave_out || matches!(self.document.populations, PopulationSource::Forces(_));
        let may_lack = |error: &Error| matches!(error.kind(), ErrorKind::ZeroPopulation | ErrorKind::NoPopulation);
        let mut faults = Table::check(rows.clone());
        faults.retain(|error| !(lacking && may_lack(error)));
        if !faults.is_empty() {
            return Err(faults);
        }
        let table = if lacking { Table::from_rows_leaving_out(rows) } else { Table::from_rows(rows) };
        let peopled = table.map(|table| match self.document.populations {
            PopulationSource::Forces(year) => {
                let basis = table.basis().clone().with_population("residents").with_population_year(year);
                table.with_basis(basis)
            }
            PopulationSource::Here | PopulationSource::Of(_) | PopulationSource::One(_) | PopulationSource::None => {
                table
            }
        });
        let finished = peopled.and_then(|table| {
            totals.iter().try_fold(table, |table, area| table.apply(area, Policy::Exclude { reason: TOTAL.into() }))
        });
        finished.map_err(|error| vec![error])
    }
}

/// The rows without a second one of a total: of a table that has the nation with and without a force, say.
fn without_repeated_totals(scan: &mut Scan, document: &Document, given: Vec<Given>) -> Vec<Given> {
    let totals = document.totals(given.iter().map(|given| (given.label(), given.code.as_deref())));
    if totals.is_empty() || document.summed {
        return given;
    }
    let mut met: BTreeSet<String> = BTreeSet::new();
    let mut kept = Vec::with_capacity(given.len());
    for row in given {
        let is_total = row.code.is_some() && totals.iter().any(|total| total == row.label());
        if is_total && !met.insert(row.label().to_owned()) {
            scan.taken.rows -= 1;
            scan.taken.pass("of a total that stands twice", row.line, &row.area);
        } else {
            kept.push(row);
        }
    }
    kept
}
