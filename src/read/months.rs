//! The monthly street files of data.police.uk in a folder or an archive, by their names.

#[cfg(feature = "spreadsheet")]
use super::{
    archive::Archive,
    limits::Limits,
    source::{Kind, Source},
};
use crate::base::{Error, ErrorKind, Result};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// A file of one force and month, by the month first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ForceMonth {
    pub(super) month: String,
    pub(super) force: String,
}

/// The files, and the names of those that are none.
#[derive(Default)]
pub(super) struct Months {
    pub(super) files: BTreeMap<ForceMonth, Place>,
    pub(super) others: Vec<String>,
}

/// Where a file is.
pub(super) enum Place {
    File(PathBuf),
    #[cfg(feature = "spreadsheet")]
    Part(String),
}

impl ForceMonth {
    /// What a file with something before such a name is of.
    fn ending(file: &str) -> Option<Self> {
        file.char_indices().find_map(|(at, _)| Self::of(file.get(at..)?))
    }

    /// What `2019-12-west-midlands-street.csv` is of.
    fn of(file: &str) -> Option<Self> {
        let (month, rest) = file.split_at_checked(7)?;
        let force = rest.strip_prefix('-')?.strip_suffix("-street.csv").filter(|force| !force.is_empty())?;
        number_of(month)?;
        Some(Self { month: month.into(), force: force.into() })
    }
}

/// The number of a month such as `2019-12`, counted from the year 0.
pub(super) fn number_of(month: &str) -> Option<u32> {
    let (year, of_year) = month.split_once('-').filter(|(year, month)| (year.len(), month.len()) == (4, 2))?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let of_year: u32 = of_year.parse().ok().filter(|of_year| is_number(year) && (1..=12).contains(of_year))?;
    Some(year.parse::<u32>().ok()? * 12 + of_year - 1)
}

/// The month of a number.
pub(super) fn month_of(number: u32) -> String {
    format!("{:04}-{:02}", number / 12, number % 12 + 1)
}

impl Months {
    fn push(&mut self, name: &str, place: Place) -> Result<()> {
        let file = name.rsplit('/').next().unwrap_or(name);
        match ForceMonth::ending(file) {
            Some(of) => match self.files.entry(of) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(place);
                    Ok(())
                }
                std::collections::btree_map::Entry::Occupied(_) => {
                    Err(ErrorKind::Duplicate { what: "street file", name: file.into(), first: None }.into())
                }
            },
            None => {
                self.others.push(name.to_owned());
                Ok(())
            }
        }
    }

    /// The files in a folder and in the folders of months in it, or a single file.
    pub(super) fn of_path(path: &Path) -> Result<Self> {
        let unreadable = |path: &Path, error: io::Error| {
            Error::from(ErrorKind::Unreadable { file: path.display().to_string(), why: error.to_string() })
        };
        let mut months = Self::default();
        if !fs::metadata(path).map_err(|error| unreadable(path, error))?.is_dir() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match ForceMonth::ending(&name) {
                Some(of) => _ = months.files.insert(of, Place::File(path.to_owned())),
                None => months.others.push(name),
            }
            return Ok(months);
        }
        let list = |folder: &Path| -> Result<Vec<PathBuf>> {
            let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
            let paths = entries.map(|entry| entry.map(|entry| entry.path()).map_err(|error| unreadable(folder, error)));
            let mut paths = paths.collect::<Result<Vec<_>>>()?;
            paths.sort();
            Ok(paths)
        };
        for entry in list(path)? {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !entry.is_dir() {
                months.push(&name, Place::File(entry))?;
            } else if number_of(&name).is_some() {
                for file in list(&entry)? {
                    let inner = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    months.push(&format!("{name}/{inner}"), Place::File(file))?;
                }
            } else {
                months.others.push(name);
            }
        }
        Ok(months)
    }

    /// The files in an archive.
    #[cfg(feature = "spreadsheet")]
    pub(super) fn of_archive(archive: &Archive) -> Result<Self> {
        let mut months = Self::default();
        archive.names().try_for_each(|name| months.push(name, Place::Part(name.to_owned())))?;
        Ok(months)
    }

    /// The force-months between the first month and the last that have no file, of the forces that have any.
    pub(super) fn missing(&self) -> Vec<ForceMonth> {
        let numbers = || self.files.keys().filter_map(|of| number_of(&of.month));
        let Some((first, last)) = numbers().min().zip(numbers().max()) else { return Vec::new() };
        let mut forces: Vec<&str> = self.files.keys().map(|of| of.force.as_str()).collect();
        forces.sort_unstable();
        forces.dedup();
        let all = (first..=last).map(month_of).flat_map(|month| {
            forces.iter().map(move |force| ForceMonth { month: month.clone(), force: (*force).to_owned() })
        });
        all.filter(|of| !self.files.contains_key(of)).collect()
    }
}

/// The archive that a path is, if it is one.
#[cfg(feature = "spreadsheet")]
pub(super) fn archive(path: &Path, limits: Limits) -> Result<Option<Archive>> {
    let source = Source::Path(path.to_owned());
    if path.is_file() && matches!(source.kind()?, Kind::Archive) {
        Archive::open(&source, limits).map(Some)
    } else {
        Ok(None)
    }
}
