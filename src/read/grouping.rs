//! Columns that name what areas lie in.

use super::{
    cell::trimmed,
    scan::Scan,
    wording::{folded, text},
};
use csv::ByteRecord;
use std::collections::HashSet;

/// Columns that name groups of areas by their headings, and are not used.
pub(super) struct Unused(Vec<Unread>);

struct Unread {
    column: usize,
    heading: String,
    different: HashSet<String>,
    rows: usize,
}

/// How such columns are headed.
const HEADINGS: [&str; 9] =
    ["region", "region name", "country", "country name", "nation", "division", "county", "state", "bundesland"];

/// Of more different texts they are no groups.
const GROUPS: usize = 200;

impl Unused {
    pub(super) fn new(scan: &Scan) -> Self {
        let headings = scan.headings().into_iter().enumerate();
        let unused =
            headings.filter(|(column, heading)| HEADINGS.contains(&folded(heading).as_str()) && !scan.uses(*column));
        Self(unused.map(|(column, heading)| Unread { column, heading, different: HashSet::new(), rows: 0 }).collect())
    }

    /// Notes the texts of a row.
    pub(super) fn note(&mut self, record: &ByteRecord) {
        for unread in self.0.iter_mut().filter(|unread| unread.different.len() <= GROUPS) {
            let text = text(record.get(unread.column).unwrap_or_default());
            let text = trimmed(&text);
            unread.rows += usize::from(!text.is_empty());
            if !text.is_empty() && !unread.different.contains(text) {
                unread.different.insert(text.to_owned());
            }
        }
    }

    /// A line for each whose texts make groups.
    pub(super) fn told(&self) -> impl Iterator<Item = String> {
        let groups = self.0.iter().filter(|unread| {
            let different = unread.different.len();
            (2..=GROUPS).contains(&different) && 2 * different <= unread.rows
        });
        groups.map(|unread| format!("Not used: the column {}, which names groups of areas", unread.heading))
    }
}
