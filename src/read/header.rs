//! Which row of a file is its header, and which column holds what.

use super::{
    cell::{Writing, shortened, trimmed},
    no_count::derived,
    number::Number,
    role::Role,
    units::{unit, without_unit},
    wanted::Wanted,
    wording::{
        commented, folded, geography, is_comment, is_of_month, is_of_year, is_year, joined, says_whose, text,
        without_figures,
    },
};
use crate::{
    base::{Error, ErrorKind, digits, nearest, words},
    table::unmarked,
};
use csv::ByteRecord;
use std::borrow::Cow;

/// The header of a file.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) line: u64,
    /// Its place among the rows that it was looked for in.
    pub(super) place: usize,
    /// For each column the texts of the lines of the header from the top, and whether each stands in the column itself or in one to its
    /// left.
    columns: Vec<Texts>,
    /// Whether a first column without a heading is that of areas.
    blank_area: bool,
    /// Whether the line is a row already, as columns are by their numbers.
    pub(super) absent: bool,
    /// Whether nothing tells if the line is a header or a row.
    pub(super) doubtful: bool,
}

/// The texts of a column, and whether each is its own.
type Texts = Vec<(String, bool)>;

/// The columns of the roles that a header has.
pub(super) type Columns = Vec<(Role, usize)>;

/// How far down a header is looked for.
pub(super) const WITHIN: usize = 100;

/// The most lines that a header has.
const LINES: usize = 3;

impl Header {
    /// The header among the first rows of a file, and the column of each role that it has; or what it has not.
    pub(super) fn find(rows: &[(u64, ByteRecord)], wanted: &[Wanted]) -> Result<(Self, Columns), Vec<Error>> {
        // Of a table of areas the first heading is often left blank, which is for where no header has one.
        Self::find_where(rows, wanted, false).or_else(|errors| {
            // What is there more than once is not looked for elsewhere.
            if errors.iter().all(|error| matches!(error.kind(), ErrorKind::NoColumn { .. } | ErrorKind::NoRows)) {
                return Self::find_where(rows, wanted, true).map_err(|_| errors);
            }
            Err(errors)
        })
    }

    fn find_where(
        rows: &[(u64, ByteRecord)],
        wanted: &[Wanted],
        blank_area: bool,
    ) -> Result<(Self, Columns), Vec<Error>> {
        let mut best: Option<(usize, Self, Vec<Error>)> = None;
        let mut blank: Option<(Self, Columns)> = None;
        for place in 0..rows.len() {
            let Some(header) = Self::at(rows, place).map(|header| Self { blank_area, ..header }) else { continue };
            let found = wanted.iter().map(|wanted| (wanted, header.column(wanted)));
            let (mut columns, mut errors, mut met, mut likely) = (Vec::new(), Vec::new(), 0, 0);
            let mut numbered = true;
            for (wanted, column) in found {
                match column {
                    Ok(Some(column)) => {
                        met += 1;
                        numbered &= wanted.heading.as_deref().is_some_and(|heading| number(heading).is_some());
                        // What was named, and areas, stand nowhere but in a header; `Total` may stand below it.
                        let surely = wanted.role == Some(Role::Area) || wanted.heading.is_some();
                        likely += if surely { 100_000 } else { 2 };
                        columns.extend(wanted.role.map(|role| (role, column)));
                    }
                    Ok(None) => {}
                    Err(error) => errors.push(error.at_row(header.line)),
                }
            }
            let of = |role: Role| columns.iter().find(|(other, _)| *other == role).map(|(_, column)| *column);
            // Headings of several lines may name both.
            if let Some(column) = of(Role::Count).filter(|column| of(Role::Population) == Some(*column)) {
                let [counts, people] = [Role::Count, Role::Population].map(Role::held);
                let found = format!("no column is known to hold {counts}: {:?} holds {people}", header.heading(column));
                let advice = "say which one does".into();
                errors.push(Error::from(ErrorKind::NoColumn { found, nearest: None, advice }).at_row(header.line));
            }
            if errors.is_empty() && met > 0 {
                let row = rows.get(place).filter(|(_, row)| !is_numbering(row));
                match row.map_or(Some(OfNumbers::Blank), |_| header.of_numbers(&columns)).filter(|_| numbered) {
                    None => return Ok((header, columns)),
                    Some(OfNumbers::Row) => return Ok((header.without_line(), columns)),
                    Some(OfNumbers::Doubtful) => return Ok((Self { doubtful: true, ..header }, columns)),
                    Some(OfNumbers::Blank) => blank = blank.or(Some((header, columns))),
                }
                continue;
            }
            // Of rows that have as much, the first with the most texts is the likeliest.
            likely += header.texts();
            if best.as_ref().is_none_or(|(other, _, _)| *other < likely) {
                best = Some((likely, header, errors));
            }
        }
        match blank {
            Some(blank) => Ok(blank),
            None => Err(best.map_or_else(|| vec![ErrorKind::NoRows.into()], |(_, _, errors)| errors)),
        }
    }

    /// What a line is whose columns of figures are known by their numbers; nothing where it has texts there, as a header has.
    fn of_numbers(&self, columns: &Columns) -> Option<OfNumbers> {
        const FIGURES: [Role; 5] = [Role::Count, Role::Population, Role::Months, Role::Expected, Role::Rate];
        let texts =
            columns.iter().filter(|(role, _)| FIGURES.contains(role)).map(|(_, column)| self.last_line(*column));
        let texts: Vec<&str> = texts.collect();
        if texts.is_empty() {
            return None;
        }
        if texts.iter().all(|text| text.is_empty()) {
            return Some(OfNumbers::Blank);
        }
        let writing = Writing::default();
        let is_figure = |text: &&str| text.is_empty() || writing.rate(text).is_ok() || writing.count(text).is_ok();
        if !texts.iter().all(is_figure) {
            return None;
        }
        // Ages such as 10-17 are headings as well as ranges of counts.
        let is_number = |text: &&str| !is_year(text) && Number::read(text, '.').is_some();
        if texts.iter().any(is_number) {
            return Some(OfNumbers::Row);
        }
        let area = columns.iter().find(|(role, _)| *role == Role::Area).map(|(_, column)| self.last_line(*column));
        let is_heading = |text: &str| text.is_empty() || Role::Area.headings().contains(&folded(text).as_str());
        area.is_some_and(|text| !is_heading(text)).then_some(OfNumbers::Doubtful)
    }

    /// The header of a file without one, whose headings are the numbers of its columns; the line is its first row.
    pub(super) fn without_line(self) -> Self {
        let columns = (1..=self.columns.len()).map(|number| vec![(format!("#{number}"), true)]).collect();
        Self { columns, absent: true, ..self }
    }

    /// The header whose last line is in this place.
    fn at(rows: &[(u64, ByteRecord)], place: usize) -> Option<Self> {
        let (line, row) = rows.get(place)?;
        let mut lines = vec![row];
        let (mut below, mut above) = (*line, place);
        while lines.len() < LINES && above > 0 {
            above -= 1;
            let (line, row) = rows.get(above)?;
            let mut filled =
                row.iter().enumerate().filter(|(_, cell)| !cell.trim_ascii().is_empty()).map(|(column, _)| column);
            let is_title = filled.next() == Some(0) && filled.next().is_none();
            let is_comment = row.get(0).is_some_and(is_comment);
            if is_title || is_comment || is_numbering(row) || line + 1 < below {
                break;
            }
            lines.insert(0, row);
            below = *line;
        }
        let width = lines.iter().map(|row| row.len()).max().unwrap_or(0);
        let mut columns = vec![Vec::new(); width];
        for (number, row) in lines.iter().enumerate() {
            let mut left = String::new();
            for (column, texts) in columns.iter_mut().enumerate() {
                let cell = row.get(column).unwrap_or_default();
                let text = heading(if column == 0 { commented(cell) } else { cell });
                let own = !text.is_empty();
                if own {
                    left.clone_from(&text);
                }
                // The last line has a text of its own in each column, or none.
                let text = if own || number + 1 == lines.len() { text } else { left.clone() };
                texts.push((text, own));
            }
        }
        Some(Self { line: *line, place, columns, blank_area: false, absent: false, doubtful: false })
    }

    /// How many cells of the last line are no figures; a year is a heading.
    fn texts(&self) -> usize {
        let writing = Writing::default();
        let is_text = |text: &str| {
            !text.is_empty() && (is_year(text) || writing.count(text).is_err() && writing.rate(text).is_err())
        };
        self.columns.iter().filter_map(|texts| texts.last()).filter(|(text, _)| is_text(text)).count()
    }

    /// The column that is wanted.
    fn column(&self, wanted: &Wanted) -> Result<Option<usize>, Error> {
        match (&wanted.heading, wanted.role) {
            (Some(heading), Some(_)) => self.named(heading).map(Some),
            (Some(heading), None) => self.named_or_role(heading).map(Some),
            (None, Some(role)) => self.of_role(role, wanted.needed),
            (None, None) => Ok(None),
        }
    }

    /// The column that a role has by its heading.
    fn of_role(&self, role: Role, needed: bool) -> Result<Option<usize>, Error> {
        for heading in role.headings() {
            match self.matching(heading).as_slice() {
                [] => {}
                [column] => return Ok(Some(*column)),
                several if needed => return Err(self.several(heading, several)),
                [column, ..] => return Ok(Some(*column)),
            }
        }
        if let Some(column) = self.of_geography(role) {
            return Ok(Some(column));
        }
        if let [column] = self.beginning(role).as_slice() {
            return Ok(Some(*column));
        }
        if !needed {
            return Ok(None);
        }
        let first =
            self.blank_area && self.columns.first().is_some_and(|texts| texts.iter().all(|(text, _)| text.is_empty()));
        if role == Role::Area && first && self.texts() > 1 {
            return Ok(Some(0));
        }
        let found = format!("no column is known to hold {}, among {}", role.held(), self.list());
        Err(ErrorKind::NoColumn { found, nearest: None, advice: "say which one does".into() }.into())
    }

    /// Other columns that might as well hold what a role does, where its column goes by no heading of its own.
    pub(super) fn rivals(&self, role: Role, column: usize) -> Vec<String> {
        let own = |texts: &Texts| texts.last().map(|(text, _)| folded(text)).unwrap_or_default();
        // A region is what areas lie in.
        let is_known = |text: &str| role.headings().contains(&text) && !text.starts_with("region");
        match self.columns.get(column).map(own) {
            Some(heading)
                if heading != role.name() && is_known(&heading) && heading != format!("{} name", role.name()) =>
            {
                let others =
                    self.columns.iter().enumerate().filter(|(other, texts)| *other != column && is_known(&own(texts)));
                others.map(|(other, _)| self.heading(other)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The column of names or codes whose heading is that of a lookup of the ONS, of several the smallest areas'.
    fn of_geography(&self, role: Role) -> Option<usize> {
        let of = |column: usize| {
            let texts = self.columns.get(column)?.iter().filter(|(_, own)| *own);
            texts.filter_map(|(text, _)| geography(role, text)).min()
        };
        (0..self.columns.len()).filter_map(|column| Some((of(column)?, column))).min().map(|(_, column)| column)
    }

    /// The columns whose heading begins with the name of a role, such as `Population figures (mid-2018)`, or says of when or whom a population
    /// is, such as `Mid-2018 population`.
    fn beginning(&self, role: Role) -> Vec<usize> {
        if !matches!(role, Role::Population | Role::Count) {
            return Vec::new();
        }
        let begins = |text: &str| {
            let text = folded(text);
            let ends = || {
                role == Role::Population
                    && (text.strip_suffix(" population").is_some_and(says_whose) || is_of_year(&text))
            };
            let begins = text.strip_prefix(role.name()).is_some_and(|rest| rest.starts_with([' ', 's']));
            let in_units = || unit(&text).is_some() && role.headings().contains(&without_unit(&text));
            (begins || ends() || in_units()) && derived(&text).is_none()
        };
        let columns = self.columns.iter().enumerate();
        columns
            .filter(|(_, texts)| texts.iter().any(|(text, own)| *own && begins(text)))
            .map(|(column, _)| column)
            .collect()
    }

    /// The column with a heading, or with a number such as `#3`, or else the column of the role of that name.
    pub(super) fn named_or_role(&self, text: &str) -> Result<usize, Error> {
        let named = self.named(text);
        let Some(role) = text.parse::<Role>().ok().filter(|_| named.is_err()) else { return named };
        self.of_role(role, true).and_then(|column| column.map_or(named, Ok))
    }

    /// The column with a heading, or with a number such as `#3`.
    pub(super) fn named(&self, text: &str) -> Result<usize, Error> {
        match self.matching(&heading(text.as_bytes())).as_slice() {
            [column] => return Ok(*column),
            [] => {}
            several => return Err(self.several(text, several)),
        }
        let number = text.strip_prefix('#').and_then(|number| number.parse::<usize>().ok());
        if let Some(column) =
            number.and_then(|number| number.checked_sub(1)).filter(|column| *column < self.columns.len())
        {
            return Ok(column);
        }
        let texts = self.columns.iter().flatten().map(|(text, _)| text.as_str()).filter(|text| !text.is_empty());
        let near = nearest(text, texts).map(str::to_owned);
        let found = format!("no column is {text:?}, among {}", self.list());
        Err(ErrorKind::NoColumn {
            found,
            nearest: near,
            advice: "give a heading of the file, or the column's number such as #3".into(),
        }
        .into())
    }

    /// The columns that a heading is of: by the text of any line of theirs, by all of them, or but for marks.
    fn matching(&self, heading: &str) -> Vec<usize> {
        let wanted = folded(heading);
        let columns = |test: &dyn Fn(&Texts) -> bool| -> Vec<usize> {
            self.columns.iter().enumerate().filter(|(_, texts)| test(texts)).map(|(column, _)| column).collect()
        };
        let last = columns(&|texts| texts.last().is_some_and(|(text, own)| *own && folded(text) == wanted));
        if !last.is_empty() {
            return last;
        }
        let own = columns(&|texts| texts.iter().any(|(text, own)| *own && folded(text) == wanted));
        if !own.is_empty() {
            return self.with_those_below(own, &wanted);
        }
        let all = columns(&|texts| {
            (0..texts.len()).any(|from| folded(&joined(texts.get(from..).unwrap_or_default())) == wanted)
        });
        if !all.is_empty() {
            return all;
        }
        let bare = |text: &str| folded(without_figures(unmarked(text)));
        columns(&|texts| {
            texts.iter().any(|(text, own)| *own && (bare(text) == bare(heading) || is_of_month(text, heading)))
        })
    }

    /// Columns that have a heading, and others that it stands above, too: a heading above several columns is that of none of them alone.
    fn with_those_below(&self, mut own: Vec<usize>, wanted: &str) -> Vec<usize> {
        let is_above = |column: usize, is_own: bool| {
            let texts = self.columns.get(column).map_or(&[][..], Vec::as_slice);
            let place = texts.iter().position(|(text, own)| *own == is_own && folded(text) == wanted);
            let below = place.and_then(|place| texts.get(place + 1..)).unwrap_or_default();
            below.iter().any(|(text, own)| *own && folded(text) != wanted)
        };
        if own.iter().all(|column| is_above(*column, true)) {
            own.extend((0..self.columns.len()).filter(|column| is_above(*column, false)));
        }
        own.sort_unstable();
        own.dedup();
        own
    }

    fn several(&self, heading: &str, columns: &[usize]) -> Error {
        let each = columns.iter().take(6).map(|column| format!("#{} {:?}", column + 1, self.heading(*column)));
        let found = format!(
            "{} are {heading:?}: {}",
            words::counted(columns.len(), "column"),
            each.collect::<Vec<_>>().join(", ")
        );
        let advice = "give the whole heading, or the column's number such as #3".into();
        ErrorKind::NotAsPublished { found, advice }.into()
    }

    /// The heading of a column, all of its lines.
    pub(super) fn heading(&self, column: usize) -> String {
        self.columns.get(column).map_or_else(String::new, |texts| joined(texts))
    }

    /// What stands in a column on the last line of the header.
    pub(super) fn last_line(&self, column: usize) -> &str {
        self.columns.get(column).and_then(|texts| texts.last()).map_or("", |(text, _)| text)
    }

    /// How many lines it has.
    pub(super) fn lines(&self) -> usize {
        if self.absent { 0 } else { self.columns.first().map_or(1, Vec::len) }
    }

    /// Its last place among the rows that it was looked for in, and so how many of them are no rows.
    pub(super) fn rows_above(&self) -> usize {
        self.place + usize::from(!self.absent)
    }

    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The headings, as many as can be read at once.
    fn list(&self) -> String {
        const MOST: usize = 12;
        let all: Vec<String> =
            (0..self.columns.len()).map(|column| self.heading(column)).filter(|text| !text.is_empty()).collect();
        let few: Vec<String> = all.iter().take(MOST).map(|text| format!("`{}`", shortened(text))).collect();
        match all.len().saturating_sub(MOST) {
            0 => few.join(", "),
            more => format!("{} and {} more", few.join(", "), digits::grouped(more as u64)),
        }
    }
}

/// What a line is whose columns of figures are known by their numbers.
enum OfNumbers {
    Row,
    /// Nothing stands in them, as in a title.
    Blank,
    /// Years stand in them, which may be headings or figures.
    Doubtful,
}

/// The number that a column goes by, such as `#3`.
fn number(heading: &str) -> Option<usize> {
    heading.trim().strip_prefix('#')?.trim().parse().ok()
}

/// Whether a row numbers its columns.
fn is_numbering(row: &ByteRecord) -> bool {
    (1_u64..)
        .zip(row)
        .all(|(number, cell)| std::str::from_utf8(cell.trim_ascii()).is_ok_and(|text| text.parse() == Ok(number)))
}

/// The text of a heading on one line.
fn heading(cell: &[u8]) -> String {
    let text: Cow<'_, str> = text(cell);
    trimmed(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}
