//! Panels of long and of wide files.

use super::{
    areas::{Reader, too_many},
    cell::{shortened, trimmed},
    document::Document,
    faults::Faults,
    indicators::Indicators,
    labels::Labels,
    no_count::no_count,
    role::Role,
    scan::Scan,
    several::Several,
    taken::{Column, Taken},
    wording::text,
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
        let reader = Reader::of_rates(self)?;
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
        let (mut record, mut indicators) = (ByteRecord::new(), Indicators::new(self.summed));
        let columns = [Labels::new(self, &mut scan, Role::Offence)?, Labels::new(self, &mut scan, Role::Period)?];
        while let Some(line) = scan.next(&mut record)? {
            let label = columns.each_ref().map(|labels| labels.read(&mut scan, &record, line));
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
            indicators.push(&reader, &mut scan, &label, row)?;
        }
        panel(&reader, scan, indicators)
    }

    /// A panel of a wide file: a row for each area, and a column for each offence or period, by its heading. Without a heading, all
    /// columns that hold counts and marks are taken. One in which no more cells than these are anything else is one with slips, each of which is a
    /// fault, unless it has numbers that are not whole; any other with some counts in it is told in what was taken. So is one whose heading says
    /// that it holds no counts: a population, an identifier, a coordinate, a date, a rank, a rate. It is taken where it is named.
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
        let reader = Reader::of_rates(self)?;
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
        let mut indicators = Indicators::new(self.summed);
        let (mut others, mut no_counts) = (Vec::new(), Vec::new());
        for column in columns {
            let heading = headings.get(column).cloned().unwrap_or_default();
            let holds = if all { self.holds(&records, column) } else { Holds::Counts };
            if let Some(what) = no_count(&heading).filter(|_| all && holds != Holds::Nothing) {
                let is_figure = !matches!(holds, Holds::Others { some: false, .. });
                no_counts.extend(is_figure.then(|| format!("{heading} ({what})")));
                others.extend(is_figure.then(|| format!("{heading} is {what} by its heading")));
                continue;
            }
            if let Holds::Others { some, line, text } = &holds {
                let other = format!("{heading} has {text:?} in line {line}");
                if *some {
                    scan.taken.notes.push(format!("Passed over: a column that does not hold counts alone: {other}"));
                }
                others.push(other);
            }
            if heading.is_empty() || holds != Holds::Counts {
                continue;
            }
            scan.taken.columns.push(Column { role: Role::Count, heading: heading.clone(), number: column + 1 });
            for (line, record) in &records {
                match reader.row(&mut scan, record, *line, Some(column)) {
                    Some(row) => indicators.push(&reader, &mut scan, &heading, row)?,
                    None => indicators.nameless(&heading, reader.nameless()),
                }
            }
        }
        if !no_counts.is_empty() {
            scan.taken.notes.push(format!("{NO_COUNTS}: {}", no_counts.join(", ")));
        }
        if all && scan.taken.columns.iter().all(|column| column.role != Role::Count) && !others.is_empty() {
            let few = others.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
            let found = format!("no column holds counts: {few}");
            let advice = "correct it, or name the columns that do".into();
            scan.faults
                .push(Error::from(ErrorKind::NoColumn { found, nearest: None, advice }).at_row(scan.taken.header));
        }
        panel(&reader, scan, indicators)
    }

    /// What a column holds of which nobody said what.
    fn holds(&self, records: &[(u64, ByteRecord)], column: usize) -> Holds {
        let (mut known, mut marks, mut wrong, mut figures, mut first) = (0_usize, 0_usize, 0_usize, false, None);
        for (line, record) in records {
            let text = text(record.get(column).unwrap_or_default());
            match self.writing.count(&text) {
                Ok((count, _)) if count.known().is_some() => known += 1,
                Ok(_) => marks += 1,
                Err(error) => {
                    wrong += 1;
                    figures |=
                        !matches!(error.kind(), ErrorKind::NegativeTotal { .. }) && self.writing.rate(&text).is_ok();
                    first = first.or_else(|| Some((*line, shortened(trimmed(&text)))));
                }
            }
        }
        match first {
            // A slip among counts is a fault of its row, and rates are no counts.
            Some((line, text)) if figures || known == 0 || wrong > known + marks => {
                Holds::Others { some: known > 0, line, text }
            }
            _ if known > 0 => Holds::Counts,
            _ => Holds::Nothing,
        }
    }
}

/// What is said of columns that hold no counts by their headings.
const NO_COUNTS: &str = "Passed over, unless it is named: what is no count by its heading";

/// What a column holds.
#[derive(PartialEq)]
enum Holds {
    Counts,
    Nothing,
    /// Such text, the first that is no count, and whether there are some counts.
    Others {
        some: bool,
        line: u64,
        text: String,
    },
}

fn panel(reader: &Reader<'_>, mut scan: Scan, indicators: Indicators) -> Result<(Panel<'static>, Taken), Faults> {
    let tables = indicators.into_each().map(|indicator| {
        let label = indicator.label.clone();
        let rows = indicator.given(&mut scan, reader.document.summed, Several::Areas);
        let table = reader.table(&mut scan, rows, Some(&label));
        (label, table)
    });
    let tables: Vec<(String, Option<Table>)> = tables.collect();
    reader.tell_forces(&mut scan);
    let taken = scan.finish()?;
    let tables = tables.iter().filter_map(|(label, table)| Some((label.as_str(), table.as_ref()?)));
    Ok((Panel::union_of_tables(tables)?, taken))
}
