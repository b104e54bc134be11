//! The rows of a file below its header, with what is passed over on the way.

use super::{
    added::Added,
    arranged::Arranged,
    cell::{Met, trimmed},
    choice::Choice,
    document::Document,
    faults::{Faults, Gathered},
    header::{Header, WITHIN},
    line::{beginning, is_note, swallowed},
    lines::{Below, Lines, Noted},
    role::Role,
    several::SeveralRows,
    taken::{Column, Taken},
    units::Units,
    wanted::Wanted,
    wording::{folded, is_comment, text},
};
use crate::base::{Error, ErrorKind, digits, words};
use csv::ByteRecord;
use std::{
    borrow::Cow,
    collections::{BTreeSet, VecDeque},
};

/// The rows of a file below its header.
pub(super) struct Scan {
    lines: Box<dyn Lines>,
    /// Rows that were looked at to find the header.
    ahead: VecDeque<(u64, ByteRecord)>,
    /// What their cells do not tell.
    noted: VecDeque<Noted>,
    /// The cells of the row at hand that are merged with a figure above.
    merged: Vec<(usize, u64)>,
    header: Header,
    columns: Vec<(Role, usize)>,
    /// Their headings on the last line of the header, folded.
    headings: Vec<String>,
    /// The columns whose text is wanted as it is.
    texts: Vec<usize>,
    only: Vec<Choice>,
    codes: Vec<String>,
    lines_left_out: BTreeSet<u64>,
    arranged: Arranged,
    strict: bool,
    /// How many months every count covers, where that was said.
    pub(super) months: Option<u32>,
    /// The columns of periods of which something was said already.
    pub(super) spans: BTreeSet<String>,
    /// Whether the rows below those that were looked at are read by another.
    ended: bool,
    pub(super) taken: Taken,
    pub(super) faults: Gathered,
    pub(super) several: SeveralRows,
    pub(super) added: Added,
}

/// What is said of a cell that is no UTF-8, and of a file that is.
const NO_UTF_8: &str = "a text in Windows-1252";
const UTF_8: &str = "UTF-8";

impl Scan {
    pub(super) fn new(document: &Document, wanted: Vec<Wanted>) -> Result<Self, Faults> {
        Self::over(document.lines()?, document, wanted)
    }

    /// The rows of a file that is open already.
    pub(super) fn over(
        mut lines: Box<dyn Lines>,
        document: &Document,
        mut wanted: Vec<Wanted>,
    ) -> Result<Self, Faults> {
        let chosen = document.only.iter().map(|(heading, _)| Wanted {
            role: None,
            heading: Some(heading.clone()),
            needed: true,
        });
        wanted.extend(chosen);
        let (mut ahead, mut noted) = (VecDeque::new(), VecDeque::new());
        let mut taken = Taken::default();
        let mut row = ByteRecord::new();
        while ahead.len() < WITHIN {
            let Some(line) = lines.next(&mut row)? else { break };
            if line <= document.skip {
                taken.pass("at the beginning", line, &beginning(&row));
            } else {
                ahead.push_back((line, row.clone()));
                noted.push_back(lines.noted());
            }
        }
        let (header, columns) = Header::find(ahead.make_contiguous(), &wanted)
            .map_err(|errors| Faults::of(errors).unwrap_or_else(|| Error::from(ErrorKind::NoRows).into()))?;
        let header = if document.headerless && !header.absent { header.without_line() } else { header };
        let above = header.rows_above();
        if let Some((line, row)) = ahead.get(header.place).filter(|_| header.doubtful && !header.absent) {
            let row = beginning(row);
            taken
                .notes
                .push(format!("Line {line} ({row}) is read as the header; where it is a row, say that there is none"));
        }
        let titles = above.saturating_sub(header.lines());
        for (place, ((line, row), noted)) in ahead.drain(..above).zip(noted.drain(..above)).enumerate() {
            if place < titles {
                let what = if header.absent { "above the first row" } else { "above the header" };
                taken.pass(what, line, &beginning(&row));
            }
            let heads = |column: usize| line + 2 >= header.line && columns.iter().any(|(_, used)| *used == column);
            for (_, mark) in noted.marks.iter().filter(|(column, _)| heads(*column)) {
                taken.meet(Met::new(mark, "the mark of a note on a heading"), line);
            }
        }
        (taken.form, taken.header) = (lines.form(), if header.absent { 0 } else { header.line });
        let column = |(role, column): &(Role, usize)| Column {
            role: *role,
            heading: header.heading(*column),
            number: column + 1,
        };
        taken.columns = columns.iter().map(column).collect();
        for (role, column) in columns.iter().filter(|(role, _)| document.heading(*role).is_none()) {
            let rivals = header.rivals(*role, *column);
            if !rivals.is_empty() {
                let chosen = header.heading(*column);
                taken.notes.push(format!("Column {chosen} is read as {role}; it might be {}", rivals.join(" or ")));
            }
        }
        let only = document.only.iter().map(|(heading, value)| {
            let column = header.named_or_role(heading).map_err(|error| error.at_row(header.line))?;
            Ok(Choice::new(column, heading, value))
        });
        let only: Vec<Choice> = only.collect::<Result<_, Error>>()?;
        let codes = document.only_codes.clone();
        if !codes.is_empty() && !columns.iter().any(|(role, _)| *role == Role::Code) {
            let found = "no column is known to hold codes of areas".into();
            let error = ErrorKind::NoColumn {
                found,
                nearest: None,
                advice: "say which one does, to choose areas by code".into(),
            };
            return Err(Error::from(error).at_row(header.line).into());
        }
        let chosen: Vec<usize> = only.iter().map(|choice| choice.column).collect();
        let arranged = Arranged::new(document, &header, &columns, &chosen)?;
        taken.columns.extend(arranged.within().map(|column| Column {
            role: Role::Area,
            heading: header.heading(column),
            number: column + 1,
        }));
        let headed = columns.iter().map(|(role, column)| (*role, *column, header.heading(*column)));
        let units = Units { document, header: header.line, columns: headed.collect() };
        units.no_scores()?;
        taken.notes.extend(units.told(&taken, ahead.iter().take(2))?);
        let texts = wanted
            .iter()
            .filter(|wanted| wanted.role.is_none())
            .filter_map(|wanted| header.named_or_role(wanted.heading.as_deref()?).ok());
        let texts = texts.collect();
        let headings = columns.iter().map(|(_, column)| folded(header.last_line(*column))).collect();
        Ok(Self {
            lines,
            ahead,
            noted,
            merged: Vec::new(),
            header,
            columns,
            headings,
            texts,
            only,
            codes,
            lines_left_out: document.lines_left_out.clone(),
            arranged,
            strict: document.strict,
            months: document.months,
            spans: BTreeSet::new(),
            ended: false,
            taken,
            faults: Gathered::default(),
            several: SeveralRows::default(),
            added: Added::default(),
        })
    }

    /// The next row with figures, and its line.
    pub(super) fn next(&mut self, row: &mut ByteRecord) -> Result<Option<u64>, Faults> {
        loop {
            let (line, noted) = match self.ahead.pop_front() {
                Some((line, first)) => {
                    *row = first;
                    (line, self.noted.pop_front().unwrap_or_default())
                }
                None if self.ended => return Ok(None),
                None => match self.lines.next(row)? {
                    Some(line) => (line, self.lines.noted()),
                    None => return Ok(None),
                },
            };
            if self.arranged.is_needed() && self.no_row(row).is_none() {
                self.arranged.arrange(row, line);
            }
            if self.takes(row, line) {
                for (column, mark) in noted.marks {
                    if self.uses(column) {
                        self.taken.meet(Met::new(&mark, "the mark of a note"), line);
                    }
                }
                self.merged = noted.merged;
                return Ok(Some(line));
            }
        }
    }

    /// The row of the figure that a blank cell of the row at hand is merged with.
    pub(super) fn merged_with(&self, column: usize) -> Option<u64> {
        self.merged.iter().find(|(merged, _)| *merged == column).map(|(_, first)| *first)
    }

    /// Whether a row is one of those that are asked for, and then counts it.
    pub(super) fn takes(&mut self, row: &ByteRecord, line: u64) -> bool {
        let takes = self.is_row(row, line);
        self.taken.rows += u64::from(takes);
        takes
    }

    /// Where the rows below those that were looked at stand, in a file with a delimiter.
    pub(super) fn below(&self) -> Option<Below> {
        self.lines.below()
    }

    /// Leaves the rows below those that were looked at to another, who notes how many lines there are.
    pub(super) const fn end_here(&mut self) {
        self.ended = true;
    }

    /// The columns of which values are asked for, and these.
    pub(super) fn choices(&self) -> Vec<(usize, Vec<u8>)> {
        self.only.iter().map(|choice| (choice.column, choice.value.clone().into_bytes())).collect()
    }

    /// Notes that a row has all of these values.
    pub(super) fn chosen(&mut self) {
        self.only.iter_mut().for_each(|choice| choice.met = true);
    }

    /// How many columns the header has.
    pub(super) fn width(&self) -> usize {
        self.header.width()
    }

    /// The heading of the column of a role on the last line of the header, folded.
    pub(super) fn last_heading(&self, role: Role) -> &str {
        let place = self.columns.iter().position(|(found, _)| *found == role);
        place.and_then(|place| self.headings.get(place)).map_or("", String::as_str)
    }

    /// Whether a row is one of those that are asked for; notes why it is passed over, or what is wrong with it.
    fn is_row(&mut self, row: &ByteRecord, line: u64) -> bool {
        if let Some(reason) = self.no_row(row) {
            self.taken.pass(reason, line, &beginning(row));
            return false;
        }
        let width = self.header.width();
        let beyond = row.iter().skip(width).any(|cell| !cell.trim_ascii().is_empty());
        if row.len() < width || beyond {
            let (cells, width) = (words::counted(row.len(), "cell"), digits::grouped(width as u64));
            let found = format!("{cells}, where the header has {width}");
            let advice = "does a comma within a number or a name need quotation marks?".into();
            let area = self.cell(row, Role::Area).into_owned();
            self.faults
                .push(Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(line).in_area(trimmed(&area)));
            return false;
        }
        let delimited = self.taken.form.starts_with("cells between ");
        if let Some((column, fault)) = swallowed(row, width).filter(|_| delimited) {
            self.faults.push(fault.at_row(line).in_column(self.heading_of(column)));
            return false;
        }
        if self.lines_left_out.remove(&line) {
            self.taken.pass("left out by request", line, &beginning(row));
            return false;
        }
        let mut reason = None;
        for choice in &mut self.only {
            let value = text(row.get(choice.column).unwrap_or_default());
            let against = choice.against(trimmed(&value));
            reason = reason.or(against);
        }
        if reason.is_none() && !self.codes.is_empty() {
            let code = self.cell(row, Role::Code);
            if !self.codes.iter().any(|beginning| trimmed(&code).starts_with(beginning.as_str())) {
                reason = Some(format!("whose code does not begin with {}", self.codes.join(" or ")));
            }
        }
        match reason {
            Some(reason) => {
                self.taken.pass(&reason, line, &beginning(row));
                false
            }
            None => true,
        }
    }

    /// Why a line is no row of figures at all.
    fn no_row(&self, row: &ByteRecord) -> Option<&'static str> {
        if is_comment(row.get(0).unwrap_or_default()) {
            return Some("that begin with #, as comments do");
        }
        let mut filled = row.iter().enumerate().filter(|(_, cell)| !cell.trim_ascii().is_empty());
        let (first, second) = (filled.next(), filled.next());
        if let (Some((column, cell)), None) = (first, second) {
            let area = self.column(Role::Area).map_or(self.texts.contains(&column), |area| area == column);
            let alone = self.header.width() > 1 && row.len() < self.header.width();
            // A count that names no area is one all the same, and so is a mark for one that is not known.
            let is_figure = cell.len() <= 4 || !cell.iter().any(u8::is_ascii_alphabetic);
            let counts = !alone && self.column(Role::Count) == Some(column) && is_figure;
            if self.header.width() > 1 && !counts && (!area || alone || (!is_figure && is_note(&text(cell)))) {
                return Some("of text alone");
            }
        }
        // Of most rows the first column tells.
        let repeated = |(heading, column): (&String, &usize)| {
            let cell = row.get(*column).unwrap_or_default();
            let begins = |(byte, other): (&u8, &u8)| byte.eq_ignore_ascii_case(other);
            let alike = cell.trim_ascii_start().iter().zip(heading.as_bytes()).take(3).all(begins);
            alike && cell.len() >= heading.len() && folded(trimmed(&text(cell))) == *heading
        };
        let mut used = self.headings.iter().zip(self.columns.iter().map(|(_, column)| column));
        (self.columns.len() > 1 && used.all(repeated)).then_some("with the header again")
    }

    /// The column of a role.
    pub(super) fn column(&self, role: Role) -> Option<usize> {
        self.columns.iter().find(|(found, _)| *found == role).map(|(_, column)| *column)
    }

    /// The text of a row in the column of a role; empty where there is none.
    pub(super) fn cell<'r>(&self, row: &'r ByteRecord, role: Role) -> Cow<'r, str> {
        self.column(role).map_or(Cow::Borrowed(""), |column| text(row.get(column).unwrap_or_default()))
    }

    /// The same, noting where it was not UTF-8.
    pub(super) fn read<'r>(&mut self, row: &'r ByteRecord, role: Role, line: u64) -> Cow<'r, str> {
        self.column(role).map_or(Cow::Borrowed(""), |column| self.read_column(row, column, line))
    }

    /// The text of a row in a column, noting where it was not UTF-8.
    pub(super) fn read_column<'r>(&mut self, row: &'r ByteRecord, column: usize, line: u64) -> Cow<'r, str> {
        self.decoded(row.get(column).unwrap_or_default(), line)
    }

    /// The text of a cell, noting where it was not UTF-8.
    pub(super) fn decoded<'r>(&mut self, cell: &'r [u8], line: u64) -> Cow<'r, str> {
        let text = text(cell);
        if let Cow::Owned(text) = &text {
            self.taken.meet(Met::new(text, NO_UTF_8), line);
        }
        text
    }

    /// The column of a heading, for what has no role.
    pub(super) fn named(&self, heading: &str) -> Result<usize, Error> {
        self.header.named(heading).map_err(|error| error.at_row(self.header.line))
    }

    /// The column of a heading, or of the role of that name.
    pub(super) fn named_or_role(&self, text: &str) -> Result<usize, Error> {
        self.header.named_or_role(text).map_err(|error| error.at_row(self.header.line))
    }

    /// The headings of all columns.
    pub(super) fn headings(&self) -> Vec<String> {
        (0..self.header.width()).map(|column| self.header.heading(column)).collect()
    }

    /// The heading of the column of a role.
    pub(super) fn heading(&self, role: Role) -> String {
        self.column(role).map_or_else(String::new, |column| self.heading_of(column))
    }

    /// The heading of a column.
    pub(super) fn heading_of(&self, column: usize) -> String {
        self.header.heading(column)
    }

    /// Whether a column is used for a role.
    pub(super) fn uses(&self, column: usize) -> bool {
        self.columns.iter().any(|(_, used)| *used == column)
    }

    /// Notes what a cell was taken for.
    pub(super) fn meet(&mut self, met: Option<Met>, line: u64) {
        if let Some(met) = met {
            self.taken.meet(met, line);
        }
    }

    /// What was taken, or everything that is wrong with the file.
    pub(super) fn finish(mut self) -> Result<Taken, Faults> {
        if !self.ended {
            self.taken.lines = self.lines.read();
        }
        self.lines.met().into_iter().for_each(|mark| self.taken.mark(mark));
        // What is no UTF-8 was found out cell by cell.
        if self.taken.met.iter().any(|mark| mark.taken == NO_UTF_8) && self.taken.form.ends_with(UTF_8) {
            self.taken.form.truncate(self.taken.form.len() - UTF_8.len());
            self.taken.form.push_str("Windows-1252");
        }
        let unmet = self.only.iter().filter_map(Choice::unmet);
        self.faults.extend(unmet.map(|error| error.at_row(self.header.line)));
        for line in &self.lines_left_out {
            let found = "no row stands on this line, which is to be left out".into();
            let advice = "say the line of a row".into();
            self.faults.push(Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(*line));
        }
        self.taken.notes.extend(self.arranged.told(|column| self.header.heading(column)));
        self.taken.notes.extend(self.added.told());
        if self.strict {
            self.faults.extend(self.taken.strictly());
        }
        self.faults.extend(self.several.fault());
        // That there is no row follows from what else is wrong.
        if let Some(why) = self.why_no_row().filter(|_| self.faults.is_empty()) {
            self.faults.push(why);
        }
        self.faults.into_faults().map_or(Ok(self.taken), Err)
    }

    /// Why there is no row, where rows were passed over for what was asked.
    fn why_no_row(&self) -> Option<Error> {
        let passed = self.taken.passed.iter().filter(|passed| !passed.reason.starts_with("above the "));
        let passed: Vec<String> = passed.map(ToString::to_string).take(4).collect();
        (self.taken.rows == 0 && !passed.is_empty()).then(|| {
            let found = format!("no row is left: passed over are {}", passed.join("; "));
            let advice = "change what is asked for, or look for a quotation mark that is not closed".into();
            Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(self.header.line)
        })
    }
}
