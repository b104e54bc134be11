//! Which rows of a file are read, and how it is written, in the same words in every example.

use super::{input, program::Failure};
use clap::{ArgMatches, Args, Command, FromArgMatches};
use crimerate::read::{Document, Role};

/// Which rows of a file are read, and how it is written.
#[derive(Args)]
#[command(next_help_heading = "How the file is read")]
pub(crate) struct Form {
    /// The sheet of a workbook, by its name or its number such as #2
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Take only the rows that have this value in that column (repeatable)
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    only: Vec<String>,
    /// Leave the row on this line out (repeatable)
    #[arg(long, value_name = "N")]
    leave_out_line: Vec<u64>,
    /// What stands between cells; `tab` for tabulators
    #[arg(long, value_name = "MARK")]
    delimiter: Option<String>,
    /// The encoding, such as windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The first row is one of figures, and columns go by their numbers such as #1
    #[arg(long)]
    no_header: bool,
    /// Pass over this many lines at the beginning
    #[arg(long, value_name = "N", default_value = "0")]
    skip: u64,
}

/// Which columns hold the figures of areas.
#[derive(Args)]
#[command(next_help_heading = "How the file is read")]
pub(crate) struct Columns {
    /// The column of areas, by its heading or its number such as #2; where names repeat, before it that of what they lie in (repeatable)
    #[arg(long, value_name = "HEADING")]
    pub(crate) area_column: Vec<String>,
    /// The column of counts
    #[arg(long, value_name = "HEADING")]
    pub(crate) count_column: Option<String>,
    /// The column of populations
    #[arg(long, value_name = "HEADING")]
    pub(crate) population_column: Option<String>,
}

impl Columns {
    /// A file that has its areas and counts in these columns.
    pub(crate) fn document(&self, mut document: Document) -> Document {
        if let Some((area, within)) = self.area_column.split_last() {
            document = within.iter().fold(document.column(Role::Area, area), Document::within);
        }
        self.count_column.iter().fold(document, |document, heading| document.column(Role::Count, heading))
    }
}

/// Ends the heading under which options stand, for those that follow.
pub(crate) struct HeadingEnds;

impl Args for HeadingEnds {
    fn augment_args(command: Command) -> Command {
        command.next_help_heading(None::<&str>)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for HeadingEnds {
    fn from_arg_matches(_: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self)
    }

    fn update_from_arg_matches(&mut self, _: &ArgMatches) -> Result<(), clap::Error> {
        Ok(())
    }
}

impl Form {
    /// The file at a path, or standard input where that is `-`, to be read so.
    pub(crate) fn document(&self, path: &str) -> Result<Document, Failure> {
        let mut document = input::document(path)?.skip(self.skip);
        document = self.sheet.iter().fold(document, Document::sheet);
        document = self.leave_out_line.iter().fold(document, |document, line| document.leaving_out_line(*line));
        document = only(document, "--where", &self.only)?;
        document = if self.no_header { document.without_header() } else { document };
        if let Some(mark) = &self.delimiter {
            let byte = match mark.as_bytes() {
                b"tab" => b'\t',
                [byte] if byte.is_ascii() => *byte,
                _ => return Err(format!("--delimiter {mark}: it has to be one character, or tab").into()),
            };
            document = document.delimiter(byte);
        }
        Ok(match &self.encoding {
            Some(name) => document.encoding(name)?,
            None => document,
        })
    }
}

/// A file of which only some rows are taken.
pub(crate) fn only(document: Document, option: &str, choices: &[String]) -> Result<Document, Failure> {
    choices.iter().try_fold(document, |document, choice| {
        let (column, value) = choice.split_once('=').ok_or_else(|| format!("{option} {choice}: say COLUMN=VALUE"))?;
        Ok(document.only(column, value))
    })
}
