//! Which periods the rows of an area are of, and so how many months its counts cover.

use super::{
    cell::shortened,
    scan::Scan,
    timed::{Timed, part_of},
    wording::text,
};
use crate::{
    base::{Error, ErrorKind, words},
    rate::Period,
};
use csv::ByteRecord;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The most periods that rows may be of.
const MOST: usize = 1_200;

const YEAR: u32 = 12;

/// The columns that may tell of which period a row is: those that are not used otherwise, a year and its part together.
pub(super) struct Spans(Vec<Span>);

struct Span {
    timed: Timed,
    heading: String,
    column: usize,
    /// The column of the years that its texts are parts of.
    years: Option<(usize, String)>,
    texts: HashMap<Vec<u8>, usize>,
    /// Which area has which text.
    of: HashSet<(usize, usize)>,
    /// Whether its texts are none of periods, or too many.
    lost: bool,
    differs: bool,
    key: Vec<u8>,
}

/// How many months an area has, and of how many periods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Covered {
    pub(super) months: u32,
    pub(super) periods: u32,
}

/// What is known of the periods of a column.
enum Known {
    /// The months of the shortest, and those of each area.
    Each(u32, BTreeMap<usize, Covered>),
    /// All rows are of this one.
    One(Period),
    Overlap(Period, Period),
    /// A text that is no period.
    No(String),
}

/// What stands between a year and its part.
const BETWEEN: u8 = 0x1f;

impl Spans {
    pub(super) fn new(scan: &Scan) -> Self {
        let columns: Vec<(usize, String, Timed)> = scan
            .headings()
            .into_iter()
            .enumerate()
            .filter(|(column, _)| !scan.uses(*column))
            .map(|(column, heading)| {
                let timed = Timed::of(&heading);
                (column, heading, timed)
            })
            .collect();
        let years = columns.iter().find(|(.., timed)| *timed == Timed::Years);
        let parts = columns.iter().filter(|(.., timed)| matches!(timed, Timed::Parts(_)));
        let part = parts.min_by_key(|(.., timed)| if let Timed::Parts(months) = timed { *months } else { YEAR });
        let pair = part.zip(years);
        let spans = columns.iter().filter(|(column, ..)| pair.is_none_or(|(_, (years, ..))| column != years));
        let spans = spans.map(|(column, heading, timed)| Span {
            timed: *timed,
            heading: heading.clone(),
            column: *column,
            years: pair
                .filter(|((part, ..), _)| part == column)
                .map(|(_, (years, heading, _))| (*years, heading.clone())),
            texts: HashMap::new(),
            of: HashSet::new(),
            lost: false,
            differs: false,
            key: Vec::new(),
        });
        Self(spans.collect())
    }

    /// Notes of which periods a row of an area is, the first row of which is given.
    pub(super) fn note(&mut self, place: usize, row: &ByteRecord, first: Option<&ByteRecord>) {
        for span in &mut self.0 {
            span.note(place, row, first);
        }
    }

    /// How many months each area has; nothing where all have a year, or where no column tells. What cannot be known is a fault or a note.
    pub(super) fn months(&self, scan: &mut Scan) -> BTreeMap<usize, Covered> {
        let mut shortest: Option<(u32, BTreeMap<usize, Covered>, String)> = None;
        let (mut unread, mut one) = (None, None);
        for span in &self.0 {
            let known = span.known();
            let wrong = match (&known, span.timed) {
                (Known::Overlap(..), timed) => timed != Timed::Not,
                (Known::No(_), Timed::Years | Timed::Parts(_) | Timed::Ending(_)) => span.differs,
                _ => false,
            };
            // Of several indicators one is enough.
            if wrong && !scan.spans.insert(span.heading()) {
                continue;
            }
            match known {
                Known::Each(least, months) if shortest.as_ref().is_none_or(|(other, ..)| least < *other) => {
                    shortest = Some((least, months, span.heading()));
                }
                Known::Each(..) => {}
                Known::One(period) => {
                    let is_part = period.months() < YEAR && span.timed != Timed::Not;
                    one = one.or_else(|| is_part.then(|| (period, span.heading())));
                }
                Known::Overlap(one, other) if span.timed != Timed::Not => {
                    let found =
                        format!("{one} and {other} in {} overlap, so that counts stand in both", span.heading());
                    let advice = "take only periods that do not".into();
                    let fault = Error::from(ErrorKind::NotAsPublished { found, advice });
                    scan.faults.push(fault.at_row(scan.taken.header));
                }
                Known::No(text) if span.differs => match span.timed {
                    Timed::Years | Timed::Parts(_) | Timed::Ending(_) => {
                        let found = format!(
                            "{text:?} in {} is no period, so that it is not known how many months the rows of an area cover together",
                            span.heading()
                        );
                        let advice = "take only the rows of one period, or say how many months all counts cover".into();
                        let fault = Error::from(ErrorKind::NotAsPublished { found, advice });
                        scan.faults.push(fault.at_row(scan.taken.header));
                    }
                    Timed::Somehow => unread = unread.or(Some((text, span.heading()))),
                    Timed::Not => {}
                },
                Known::Overlap(..) | Known::No(_) => {}
            }
        }
        let Some((_, months, heading)) = shortest else {
            let months = one.map(|(period, heading)| {
                format!(
                    "All rows are of {period} by {heading}: rates are those of {}, not of a year",
                    words::counted(period.months() as usize, "month")
                )
            });
            let unread = unread.map(|(text, heading)| {
                format!("Not read as periods: {heading}, such as {text:?}; the counts of an area are taken for those of a year")
            });
            if let Some(told) = unread.or(months) {
                scan.taken.note(told);
            }
            return BTreeMap::new();
        };
        let (least, most) = months.values().fold((usize::MAX, 0), |(least, most), own| {
            (least.min(own.months as usize), most.max(own.months as usize))
        });
        if least < YEAR as usize {
            let of = if least == most { words::counted(most, "month") } else { format!("{least} to {most} months") };
            let part = if most < YEAR as usize { ", a part of a year" } else { "" };
            scan.taken.note(format!("Added up by {heading}: rows of {of}{part}"));
        }
        months
    }
}

impl Span {
    fn note(&mut self, place: usize, row: &ByteRecord, first: Option<&ByteRecord>) {
        let columns = [Some(self.column), self.years.as_ref().map(|(years, _)| *years)];
        let own = |column: usize| row.get(column).unwrap_or_default();
        if !self.differs
            && let Some(first) = first
        {
            self.differs =
                columns.iter().flatten().any(|column| first.get(*column).unwrap_or_default() != own(*column));
        }
        if self.lost {
            return;
        }
        self.key.clear();
        if let Some((years, _)) = &self.years {
            self.key.extend_from_slice(own(*years));
            self.key.push(BETWEEN);
        }
        self.key.extend_from_slice(own(self.column));
        let number = match self.texts.get(&self.key) {
            Some(number) => *number,
            None if self.texts.len() == MOST
                || self.timed == Timed::Not && !self.key.iter().any(u8::is_ascii_digit) =>
            {
                self.lost = true;
                return;
            }
            None => {
                self.texts.insert(self.key.clone(), self.texts.len());
                self.texts.len() - 1
            }
        };
        self.of.insert((place, number));
    }

    /// The headings of its columns.
    fn heading(&self) -> String {
        self.years.as_ref().map_or_else(|| self.heading.clone(), |(_, years)| format!("{years} and {}", self.heading))
    }

    fn read(&self, texts: &[&str]) -> Option<Vec<Period>> {
        match (self.timed, &self.years) {
            (Timed::Parts(months), Some(_)) => {
                let both = texts.iter().map(|both| both.split_once(char::from(BETWEEN)));
                both.map(|both| both.and_then(|(year, part)| part_of(year.trim(), months, part.trim()))).collect()
            }
            (timed, _) => timed.read(&self.heading, texts),
        }
    }

    fn known(&self) -> Known {
        let mut numbered: Vec<(&Vec<u8>, usize)> = self.texts.iter().map(|(text, number)| (text, *number)).collect();
        numbered.sort_unstable_by_key(|(_, number)| *number);
        let texts: Vec<_> = numbered.iter().map(|(bytes, _)| text(bytes)).collect();
        let texts: Vec<&str> = texts.iter().map(|text| text.trim()).collect();
        let Some(periods) = self.read(&texts).filter(|periods| !self.lost && !periods.is_empty()) else {
            let unread = texts.iter().find(|text| self.read(&[**text]).is_none()).or(texts.first());
            return Known::No(
                unread.map_or_else(String::new, |text| shortened(&text.replace(char::from(BETWEEN), " "))),
            );
        };
        if let [one] = periods[..] {
            return Known::One(one);
        }
        let mut areas: BTreeMap<usize, BTreeSet<Period>> = BTreeMap::new();
        for (place, number) in &self.of {
            areas.entry(*place).or_default().extend(periods.get(*number));
        }
        for own in areas.values() {
            let mut pairs = own.iter().zip(own.iter().skip(1));
            if let Some((one, other)) = pairs.find(|(one, other)| one.overlaps(**other)) {
                return Known::Overlap(*one, *other);
            }
        }
        let covered = |own: &BTreeSet<Period>| Covered {
            months: own.iter().map(|period| period.months()).sum(),
            periods: u32::try_from(own.len()).unwrap_or(u32::MAX),
        };
        let least = periods.iter().map(|period| period.months()).min().unwrap_or(YEAR);
        Known::Each(least, areas.iter().map(|(place, own)| (*place, covered(own))).collect())
    }
}
