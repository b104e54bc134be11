//! Which sheet of a workbook is read.

use super::{
    archive::{Archive, Part},
    limits::Limits,
    lines::Lines,
    ods::{self, Ods},
    sheet::{Rows, Sheet},
    source::Source,
    wording::folded,
    xlsx::{Book, Xlsx},
};
use crate::base::{Error, ErrorKind, Result, nearest, words};
use std::io::Read;

/// What is read of an archive.
pub(super) enum Opened {
    /// The rows of a sheet.
    Rows(Box<dyn Lines>),
    /// The only file of what is no workbook.
    File(Part),
}

/// The sheet of a workbook, or the only file of another archive.
pub(super) fn open(source: &Source, wanted: Option<&str>, limits: Limits) -> Result<Opened> {
    let archive = Archive::open(source, limits)?;
    let sheet = |rows: Box<dyn Rows>, name: &str, kind: &str| {
        Opened::Rows(Box::new(Sheet::new(rows, format!("the sheet {name} of {kind} workbook"), limits)))
    };
    if archive.has(ods::CONTENT) {
        refuse_locked(&archive)?;
        let names = ods::sheets(&archive)?.into_iter().map(|name| (name, false)).collect::<Vec<_>>();
        let (number, name) = chosen(&names, wanted)?;
        return Ok(sheet(Box::new(Ods::new(&archive, number, limits.columns)?), name, "an ODS"));
    }
    if let Some(book) = Book::of(&archive)? {
        let names: Vec<(String, bool)> = book.sheets.iter().map(|(name, _, hidden)| (name.clone(), *hidden)).collect();
        let (number, name) = chosen(&names, wanted)?;
        let part = book.sheets.get(number).map_or("", |(_, part, _)| part);
        return Ok(sheet(Box::new(Xlsx::new(&archive, &book, part)?), name, "an XLSX"));
    }
    let files: Vec<&str> = archive.names().collect();
    match (files.as_slice(), wanted) {
        ([file], None) => archive.part(file).map(Opened::File),
        _ => {
            let first = files.iter().take(5).copied().collect::<Vec<_>>().join(", ");
            let more = if files.len() > 5 { " \u{2026}" } else { "" };
            let why = format!(
                "it is no workbook but an archive of {} ({first}{more}): unpack it",
                words::counted(files.len(), "file")
            );
            Err(archive.source().unreadable(&why))
        }
    }
}

/// Refuses a workbook with a password, whose parts are no XML.
fn refuse_locked(archive: &Archive) -> Result<()> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    let mut manifest = Vec::new();
    if archive.has(MANIFEST) {
        // What is not read here is said when it is read.
        _ = archive.part(MANIFEST)?.take(1 << 20).read_to_end(&mut manifest);
    }
    match memchr::memmem::find(&manifest, b"encryption-data") {
        Some(_) => Err(archive.source().unreadable("it has a password: save it without one")),
        None => Ok(()),
    }
}

/// The number and the name of the sheet that is wanted, or of the only one that is not hidden.
fn chosen<'n>(names: &'n [(String, bool)], wanted: Option<&str>) -> Result<(usize, &'n str)> {
    let list = || {
        const MOST: usize = 40;
        let few = names.iter().take(MOST).map(|(name, _)| format!("`{}`", name.trim()));
        let more = if names.len() > MOST { " \u{2026}" } else { "" };
        format!("{}{more}", few.collect::<Vec<_>>().join(", "))
    };
    let refused =
        |found: String, advice: String| Error::from(ErrorKind::NotAsPublished { found, advice: advice.into() });
    let at = |number: usize| names.get(number).map(|(name, _)| (number, name.trim()));
    let Some(wanted) = wanted else {
        let mut shown = (0..names.len()).filter(|number| names.get(*number).is_some_and(|(_, hidden)| !hidden));
        return match (shown.next().and_then(at), shown.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(refused("the workbook has no sheet that is shown".into(), "say which one to read".into())),
            (Some(_), Some(_)) => {
                let found = format!("the workbook has {}: {}", words::counted(names.len(), "sheet"), list());
                Err(refused(found, "say which one to read".into()))
            }
        };
    };
    let place = |test: &dyn Fn(&str) -> bool| names.iter().position(|(name, _)| test(name));
    let number = wanted.strip_prefix('#').and_then(|number| number.trim().parse::<usize>().ok()?.checked_sub(1));
    let found = place(&|name| name == wanted).or_else(|| place(&|name| folded(name) == folded(wanted)));
    found.or(number).and_then(at).ok_or_else(|| {
        let mut having = names.iter().map(|(name, _)| name.trim()).filter(|name| has_words(name, wanted));
        let one = having.next().filter(|_| having.next().is_none());
        let near = one.or_else(|| nearest(wanted, names.iter().map(|(name, _)| name.trim())));
        let near = near.map_or_else(String::new, |near| format!("did you mean {near:?}? "));
        let advice = format!("{near}Give a name, or a number such as #3");
        let advice = if near.is_empty() { advice.replacen('G', "g", 1) } else { advice };
        refused(format!("no sheet is {wanted:?}, among {}", list()), advice)
    })
}

/// Whether a name has all of these words.
fn has_words(name: &str, words: &str) -> bool {
    let name = folded(name);
    folded(words).split(' ').all(|word| !word.is_empty() && name.split(' ').any(|other| other == word))
}
