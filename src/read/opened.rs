//! A document once it is opened: text, or the rows of a sheet.

#[cfg(feature = "spreadsheet")]
use super::workbook::{self, Opened};
use super::{delimited::Delimited, document::Document, input::Input, lines::Lines, source::Kind};
use crate::base::{ErrorKind, Result};
use std::io::Read;

/// What is read of a file.
enum Content {
    Text(Box<dyn Read + Send>),
    #[cfg(feature = "spreadsheet")]
    Rows(Box<dyn Lines>),
}

impl Document {
    /// The rows of the file from its first line.
    pub(super) fn lines(&self) -> Result<Box<dyn Lines>> {
        Ok(match self.opened()? {
            Content::Text(text) => self.delimited(text)?,
            #[cfg(feature = "spreadsheet")]
            Content::Rows(rows) => rows,
        })
    }

    /// The text of a delimited file from its beginning.
    pub(super) fn text(&self) -> Result<Option<Input>> {
        match self.opened()? {
            Content::Text(text) => self.input(text).map(Some),
            #[cfg(feature = "spreadsheet")]
            Content::Rows(_) => Ok(None),
        }
    }

    fn opened(&self) -> Result<Content> {
        match self.source.kind()? {
            Kind::Text if self.sheet.is_some() => {
                let found = format!("{} is no workbook, so it has no sheets", self.source.name());
                Err(ErrorKind::NotAsPublished { found, advice: "leave the sheet out".into() }.into())
            }
            Kind::Text => Ok(Content::Text(Box::new(self.source.open()?))),
            #[cfg(feature = "spreadsheet")]
            Kind::Archive => Ok(match workbook::open(&self.source, self.sheet.as_deref(), self.limits)? {
                Opened::Rows(rows) => Content::Rows(rows),
                Opened::File(part) => Content::Text(Box::new(part)),
            }),
            #[cfg(not(feature = "spreadsheet"))]
            Kind::Archive => {
                Err(self.source.unreadable("it is a workbook or an archive, which the feature `spreadsheet` reads"))
            }
            Kind::Other(why) => Err(self.source.unreadable(why)),
        }
    }

    /// The rows of a delimited file.
    pub(super) fn delimited(&self, reader: Box<dyn Read + Send>) -> Result<Box<dyn Lines>> {
        Ok(Box::new(Delimited::new(self.input(reader)?, self.delimiter, self.limits)))
    }

    fn input(&self, reader: Box<dyn Read + Send>) -> Result<Input> {
        Input::new(reader, self.encoding).map_err(|error| self.source.unreadable(&error.to_string()))
    }
}
