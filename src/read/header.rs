//! Which row of a file is its header, and which column holds what.

use super::cell::shortened;
use super::{
    cell::{Writing, trimmed},
    role::Role,
};
use crate::{
    base::{Error, ErrorKind, digits, nearest, words},
    table::unmarked,
};
use csv::ByteRecord;
use std::borrow::Cow;

/// A column that is looked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// What it holds; nothing where its text is wanted as it is.
    pub(super) role: Option<Role>,
    /// Its heading, where the caller gives it.
    pub(super) heading: Option<String>,
    pub(super) needed: bool,
}

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
        Self::find_where(rows, wanted, false).or_else(|errors| Self::find_where(rows, wanted, true).map_err(|_| errors))
    }

    fn find_where(
        rows: &[(u64, ByteRecord)],
        wanted: &[Wanted],
        blank_area: bool,
    ) -> Result<(Self, Columns), Vec<Error>> {
        let mut best: Option<(usize, Self, Vec<Error>)> = None;
        for place in 0..rows.len() {
            let Some(header) = Self::at(rows, place).map(|header| Self { blank_area, ..header }) else { continue };
            let found = wanted.iter().map(|wanted| (wanted, header.column(wanted)));
            let (mut columns, mut errors, mut met, mut likely) = (Vec::new(), Vec::new(), 0, 0);
            for (wanted, column) in found {
                match column {
                    Ok(Some(column)) => {
                        met += 1;
                        // What was named, and areas, stand nowhere but in a header; `Total` may stand below it.
                        let surely = wanted.role == Some(Role::Area) || wanted.heading.is_some();
                        likely += if surely { 100_000 } else { 2 };
                        columns.extend(wanted.role.map(|role| (role, column)));
                    }
                    Ok(None) => {}
                    Err(error) => errors.push(error.at_row(header.line)),
                }
            }
            if errors.is_empty() && met > 0 {
                return Ok((header, columns));
            }
            // Of rows that have as much, the first with the most texts is the likeliest.
            likely += header.texts();
            if best.as_ref().is_none_or(|(other, _, _)| *other < likely) {
                best = Some((likely, header, errors));
            }
        }
        Err(best.map_or_else(|| vec![ErrorKind::NoRows.into()], |(_, _, errors)| errors))
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
            if is_title || is_numbering(row) || line + 1 < below {
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
                let text = heading(row.get(column).unwrap_or_default());
                let own = !text.is_empty();
                if own {
                    left.clone_from(&text);
                }
                // The last line has a text of its own in each column, or none.
                let text = if own || number + 1 == lines.len() { text } else { left.clone() };
                texts.push((text, own));
            }
        }
        Some(Self { line: *line, place, columns, blank_area: false })
    }

    /// How many cells of the last line are no figures; a year is a heading.
    fn texts(&self) -> usize {
        let writing = Writing::default();
        let is_year = |text: &str| text.len() == 4 && text.parse().is_ok_and(|year: u16| (1900..2100).contains(&year));
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
        let found = format!("no column is known to hold {}, among {}", held(role), self.list());
        Err(ErrorKind::NoColumn { found, nearest: None, advice: "say which one does".into() }.into())
    }

    /// Other columns that might as well hold what a role does, where its column goes by no heading of its own.
    pub(super) fn rivals(&self, role: Role, column: usize) -> Vec<String> {
        let own = |texts: &Texts| texts.last().map(|(text, _)| folded(text)).unwrap_or_default();
        let is_known = |text: &str| role.headings().contains(&text);
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

    /// The columns whose heading begins with the name of a role, such as `Population figures (mid-2018)`, or says of when or whom a population
    /// is, such as `Mid-2018 population`.
    fn beginning(&self, role: Role) -> Vec<usize> {
        if !matches!(role, Role::Population | Role::Count) {
            return Vec::new();
        }
        let begins = |text: &str| {
            let text = folded(text);
            let ends = || role == Role::Population && text.strip_suffix(" population").is_some_and(says_whose);
            text.strip_prefix(role.name()).is_some_and(|rest| rest.starts_with([' ', 's'])) || ends()
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
            return own;
        }
        let all = columns(&|texts| {
            (0..texts.len()).any(|from| folded(&joined(texts.get(from..).unwrap_or_default())) == wanted)
        });
        if !all.is_empty() {
            return all;
        }
        let bare = |text: &str| folded(without_figures(unmarked(text)));
        columns(&|texts| texts.iter().any(|(text, own)| *own && bare(text) == bare(heading)))
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
        self.columns.first().map_or(1, Vec::len)
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

const fn held(role: Role) -> &'static str {
    match role {
        Role::Area => "the names of areas",
        Role::Code => "codes of areas",
        Role::Count => "counts",
        Role::Population => "populations",
        Role::Months => "months",
        Role::Expected => "expected counts",
        Role::Rate => "rates",
        Role::Offence => "what was counted",
        Role::Period => "periods",
        Role::Stratum => "strata",
    }
}

/// Whether words say of when or of whom a population is.
fn says_whose(words: &str) -> bool {
    const KNOWN: [&str; 9] = ["mid", "year", "resident", "usual", "usually", "estimated", "ons", "total", "census"];
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    words.split(' ').all(|word| KNOWN.contains(&word) || is_year(word.trim_matches(['(', ')'])))
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

/// The text of a cell: UTF-8, or else Windows-1252, which every byte is a letter of.
pub(super) fn text(cell: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(cell)
        .map_or_else(|_| encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0, Cow::Borrowed)
}

/// The lines of a heading as one, each once.
fn joined(texts: &[(String, bool)]) -> String {
    let mut lines: Vec<&str> = texts.iter().map(|(text, _)| text.as_str()).filter(|text| !text.is_empty()).collect();
    lines.dedup();
    lines.join(": ")
}

/// A heading without case, and without what spaces, underscores, colons and hyphens differ in.
pub(super) fn folded(text: &str) -> String {
    let lower = text.to_lowercase().replace(['_', '-', ':', '\u{2013}'], " ");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A heading without the figures of notes that follow its last letter.
fn without_figures(text: &str) -> &str {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    if rest.ends_with(char::is_alphabetic) { rest } else { text }
}
