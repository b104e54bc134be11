//! Panels of long and of wide files.

use super::{
    areas::{Reader, name_the_nameless, too_many},
    document::Document,
    faults::Faults,
    labelled::Indicators,
    role::Role,
    taken::{Column, Taken},
};
use crate::{
    base::{Error, ErrorKind},
    panel::Panel,
    table::Table,
};
use csv::ByteRecord;

impl Document {
    /// A panel of a long file: a row for each area and offence, or period, or both.
    ///
    /// ```
    /// use crimerate::{Rate, read::Document};
    ///
    /// let file = "Force,Offence,Year,Count,Population\nKent,Arson,2019,7,1846500\nKent,Robbery,2019,9,1846500\nEssex,Arson,2019,4,1832800\n";
    /// let (panel, _) = Document::of(file).panel()?;
    /// assert_eq!((panel.len(), panel.indicators()), (2, 2));
    /// assert_eq!(panel.indicator("Robbery, 2019")?.rate(0), Some(Ok(Rate::new(9, 1_846_500)?)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Document::table`]; a file that has neither a column of offences nor one of periods is refused.
    pub fn panel(&self) -> Result<(Panel<'static>, Taken), Faults> {
        let reader = Reader::new(self)?;
        let mut roles = reader.roles(Role::Count);
        roles.extend([(Role::Offence, false), (Role::Period, false)]);
        let mut scan = self.scan(&roles)?;
        let counts = scan.column(Role::Count);
        if scan.column(Role::Offence).or(scan.column(Role::Period)).is_none() {
            let found = "no column is known to hold what was counted, nor its period".into();
            let advice = "say which one does; a file with a column for each is wide".into();
            return Err(Error::from(ErrorKind::NoColumn { found, nearest: None, advice })
                .at_row(scan.taken.header)
                .into());
        }
        let (mut record, mut indicators, mut cells) = (ByteRecord::new(), Indicators::default(), 0);
        while let Some(line) = scan.next(&mut record)? {
            let label = [Role::Offence, Role::Period].map(|role| scan.read(&record, role, line).trim().to_owned());
            let label = label.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
            let Some(row) = reader.row(&mut scan, &record, line, counts) else {
                indicators.nameless(&label, reader.nameless());
                continue;
            };
            if label.is_empty() {
                let missing =
                    ErrorKind::Missing { whole: "the row", part: "offence or period", advice: "every count needs one" };
                scan.faults.push(Error::from(missing).at_row(line).in_area(row.area));
                continue;
            }
            cells += 1;
            if cells > self.limits.rows {
                return Err(too_many(self.limits.rows).into());
            }
            indicators.push(&label, row);
        }
        panel(&reader, scan, indicators)
    }

    /// A panel of a wide file: a row for each area, and a column for each offence or period, by its heading. Without a heading, all
    /// columns in which every cell is a count or a mark are taken.
    ///
    /// ```
    /// use crimerate::{Rate, read::Document};
    ///
    /// let file = "Force,Population,Arson,Robbery\nKent,1846500,7,9\nEssex,1832800,4,..\n";
    /// let (panel, _) = Document::of(file).wide_panel(["Robbery"])?;
    /// assert_eq!(panel.indicators(), 1);
    /// let (panel, _) = Document::of(file).wide_panel::<&str>([])?;
    /// assert_eq!(panel.indicator("Arson")?.rate(1), Some(Ok(Rate::new(4, 1_832_800)?)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Document::table`].
    pub fn wide_panel<C: AsRef<str>>(
        &self,
        columns: impl IntoIterator<Item = C>,
    ) -> Result<(Panel<'static>, Taken), Faults> {
        let reader = Reader::new(self)?;
        let mut roles = reader.roles(Role::Count);
        roles.retain(|(role, _)| *role != Role::Count);
        let mut scan = self.scan(&roles)?;
        let columns = columns.into_iter().map(|heading| scan.named(heading.as_ref())).collect::<Result<Vec<_>, _>>()?;
        let all = columns.is_empty();
        let headings = scan.headings();
        let columns = if all { (0..headings.len()).filter(|column| !scan.uses(*column)).collect() } else { columns };
        let (mut record, mut records) = (ByteRecord::new(), Vec::new());
        while let Some(line) = scan.next(&mut record)? {
            if records.len() * columns.len().max(1) >= self.limits.rows {
                return Err(too_many(self.limits.rows).into());
            }
            records.push((line, record.clone()));
        }
        let is_count = |column: usize| {
            let mut counts = records.iter().map(|(_, record)| {
                self.writing
                    .count(&super::header::text(record.get(column).unwrap_or_default()))
                    .ok()
                    .map(|(count, _)| count)
            });
            counts.clone().any(|count| count.is_some_and(|count| count.known().is_some()))
                && counts.all(|count| count.is_some())
        };
        let mut indicators = Indicators::default();
        let rows = scan.taken.rows;
        for column in columns {
            let heading = headings.get(column).cloned().unwrap_or_default();
            if heading.is_empty() || all && !is_count(column) {
                continue;
            }
            scan.taken.columns.push(Column { role: Role::Count, heading: heading.clone(), number: column + 1 });
            for (line, record) in &records {
                match reader.row(&mut scan, record, *line, Some(column)) {
                    Some(row) => indicators.push(&heading, row),
                    None => indicators.nameless(&heading, reader.nameless()),
                }
            }
        }
        scan.taken.rows = rows;
        panel(&reader, scan, indicators)
    }
}

fn panel(
    reader: &Reader<'_>,
    mut scan: super::scan::Scan,
    indicators: Indicators,
) -> Result<(Panel<'static>, Taken), Faults> {
    let tables = indicators.into_each().map(|(label, rows, nameless)| {
        name_the_nameless(&mut scan, &nameless, &rows);
        let table = reader.table(&mut scan, rows, Some(&label));
        (label, table)
    });
    let tables: Vec<(String, Option<Table>)> = tables.collect();
    let taken = scan.finish()?;
    let tables = tables.iter().filter_map(|(label, table)| Some((label.as_str(), table.as_ref()?)));
    Ok((Panel::union_of_tables(tables)?, taken))
}
