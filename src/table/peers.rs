//! Which areas each area is compared with.
//!
//! The lists live in the table, and an average names them by their place, so a report that is read back has its groups with it. An
//! area without a group, and a group that the table does not have, give no average and the reason, never that of everyone. Every
//! area stands in its own list, and the average says whether it counts; so a region is one list for all of its areas, and each
//! list is averaged once, as a table of its own. z, bands, ranks and percentiles stay those of everyone.

use super::areas::Areas;
use crate::{
    average::{GroupId, Scope},
    base::{Error, ErrorKind, Result, nearest, words},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// Which areas each area is compared with: its *peer group*, a list of areas that belongs to it.
///
/// Lists are directed: that B is in the list of A does not put A into the list of B. An area may have no list. Whether the
/// area itself is in the average of its group is for the [`Average`](crate::Average) to say, so it makes no difference
/// whether it stands in its own list.
///
/// ```
/// use crimerate::{Average, PeerGroups, Per, Table};
///
/// let peers = PeerGroups::from_pairs("similar forces", [("A", "B"), ("A", "C"), ("B", "C")]);
/// let table = Table::from_rows([("A", 30, 1_000), ("B", 10, 1_000), ("C", 8, 2_000)])?.with_groups(peers)?;
/// let league = table.compare(Average::MEAN.over(table.group("similar forces")?).without_self());
/// assert_eq!(league.area("A")?.average()?.per(Per::THOUSAND).value(), 7.0); // of B and C
/// assert_eq!(league.area("B")?.average()?.per(Per::THOUSAND).value(), 4.0); // of C alone
/// assert_eq!(league.area("C")?.average().unwrap_err().to_string(), "the area has no group");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerGroups {
    name: String,
    /// Whether areas that a table does not have are left out, where they would be refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    leaving_out_unknown: bool,
    lists: Vec<Named>,
}

/// One list by names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Named {
    /// What the list is called, where it has a name of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// The areas whose list it is; without any, they are its members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    of: Vec<String>,
    members: Vec<String>,
}

impl PeerGroups {
    /// Directed pairs: each area with one that is in its group.
    pub fn from_pairs<A: Into<String>, P: Into<String>>(
        name: impl Into<String>,
        pairs: impl IntoIterator<Item = (A, P)>,
    ) -> Self {
        let pairs = pairs.into_iter().map(|(area, peer)| (area.into(), peer.into()));
        let list = |(area, members)| Named { label: None, of: vec![area], members };
        Self::of_lists(name, gathered(pairs).into_iter().map(list).collect())
    }

    /// A label for each area, such as its region or its country: its group is all areas of the same label. An area whose label is
    /// empty has none.
    ///
    /// ```
    /// use crimerate::{Average, PeerGroups, Per, Table};
    ///
    /// let regions = PeerGroups::from_labels("region", [("A", "North"), ("B", "North"), ("C", "South")]);
    /// let table = Table::from_rows([("A", 30, 1_000), ("B", 10, 3_000), ("C", 8, 2_000)])?.with_groups(regions)?;
    /// let league = table.compare(Average::POOLED.over(table.group("region")?));
    /// let average = league.area("B")?.average()?;
    /// assert_eq!((average.per(Per::THOUSAND).value(), average.areas()), (10.0, 2));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    pub fn from_labels<A: Into<String>, L: Into<String>>(
        name: impl Into<String>,
        labels: impl IntoIterator<Item = (A, L)>,
    ) -> Self {
        let pairs = labels.into_iter().map(|(area, label)| (label.into(), area.into()));
        let list = |(label, members)| Named { label: Some(label), of: Vec::new(), members };
        let lists = gathered(pairs.filter(|(label, _)| !label.trim().is_empty()));
        Self::of_lists(name, lists.into_iter().map(list).collect())
    }

    fn of_lists(name: impl Into<String>, lists: Vec<Named>) -> Self {
        Self { name: name.into(), leaving_out_unknown: false, lists }
    }

    /// The same groups for a table that may lack areas of them, as a list of all forces does where a table has some. What a table
    /// does not have is left out of every list, and the notes with an answer name it, so that a name that is only spelt
    /// otherwise is seen.
    ///
    /// ```
    /// use crimerate::{Average, PeerGroups, Per, Table};
    ///
    /// let peers = PeerGroups::from_pairs("similar forces", [("A", "B"), ("A", "Z"), ("B", "A"), ("Z", "B")]);
    /// let table = || Table::from_rows([("A", 30, 1_000), ("B", 10, 1_000)]);
    /// let error = table()?.with_groups(peers.clone()).unwrap_err();
    /// assert_eq!(error.to_string(), "A: no area has the name or code \"Z\"");
    /// let table = table()?.with_groups(peers.leaving_out_unknown())?;
    /// let similar = table.group("similar forces")?;
    /// assert_eq!(table.unknown_peers(similar).collect::<Vec<_>>(), ["Z"]);
    /// let report = table.compare(Average::POOLED.over(similar).without_self()).per(Per::THOUSAND).to_string();
    /// assert!(report.contains("Groups (similar forces): not in the table, so left out: Z."));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn leaving_out_unknown(self) -> Self {
        Self { leaving_out_unknown: true, ..self }
    }

    /// What they are, such as `region` or `most similar forces`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// What belongs to each key, in the order in which the keys come.
fn gathered(pairs: impl Iterator<Item = (String, String)>) -> Vec<(String, Vec<String>)> {
    let mut index = HashMap::new();
    let mut lists: Vec<(String, Vec<String>)> = Vec::new();
    for (key, value) in pairs {
        let key = key.trim().to_owned();
        let at = *index.entry(key.clone()).or_insert(lists.len());
        match lists.get_mut(at) {
            Some((_, list)) => list.push(value),
            None => lists.push((key, vec![value])),
        }
    }
    lists
}

/// Peer groups among the areas of a table. The areas whose list it is stand in it, so that each is a member of its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Groups {
    given: PeerGroups,
    /// Places of areas, rising.
    lists: Vec<Vec<usize>>,
    /// The list of each area.
    of: Vec<Option<usize>>,
    /// The areas that are named and not there, in alphabetical order.
    unknown: BTreeSet<String>,
}

impl Groups {
    pub(crate) fn new(given: PeerGroups, areas: &Areas) -> Result<Self> {
        let (mut lists, mut of) = (Vec::with_capacity(given.lists.len()), vec![None; areas.list().len()]);
        let mut unknown = BTreeSet::new();
        for (place, named) in given.lists.iter().enumerate() {
            let whose = named.label.as_ref().or(named.of.first()).map_or("", |name| name.as_str());
            let mut find = |names: &[String]| -> Result<Vec<usize>> {
                let mut found = Vec::with_capacity(names.len());
                for name in names {
                    match areas.find(name) {
                        Some(area) => found.push(area),
                        None if given.leaving_out_unknown && !areas.is_ambiguous(name) => {
                            unknown.insert(name.trim().to_owned());
                        }
                        None => {
                            return Err(areas.unknown(name.trim()).in_area(whose));
                        }
                    }
                }
                Ok(found)
            };
            let mut list = find(&named.members)?;
            let owners = if named.of.is_empty() { list.clone() } else { find(&named.of)? };
            list.sort_unstable();
            let double = list.iter().zip(list.iter().skip(1)).find(|(one, next)| one == next);
            if let Some(area) = double.and_then(|(area, _)| areas.list().get(*area)) {
                return Err(twice("peer", area.label()).in_area(whose));
            }
            for &area in &owners {
                let Some(own) = of.get_mut(area) else { continue };
                if own.replace(place).is_some() {
                    let name = areas.list().get(area).map_or("", |area| area.label());
                    let (what, why) = (format!("in two groups of {:?}", given.name), "it has one, or none".into());
                    return Err(Error::from(ErrorKind::Conflict { what, why }).in_area(name));
                }
                if let Err(at) = list.binary_search(&area) {
                    list.insert(at, area);
                }
            }
            lists.push(list);
        }
        Ok(Self { given, lists, of, unknown })
    }

    pub(crate) const fn given(&self) -> &PeerGroups {
        &self.given
    }

    pub(crate) fn name(&self) -> &str {
        &self.given.name
    }

    /// All of them, so that a name that is only spelt otherwise is seen.
    pub(crate) fn unknown_note(&self) -> Option<String> {
        let names: Vec<&str> = self.unknown().collect();
        let told = || format!("Groups ({}): not in the table, so left out: {}.", self.name(), names.join(", "));
        (!names.is_empty()).then(told)
    }

    pub(crate) fn unknown(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(String::as_str)
    }

    /// The places of the areas in each list.
    pub(crate) fn lists(&self) -> impl Iterator<Item = &[usize]> {
        self.lists.iter().map(Vec::as_slice)
    }

    /// Which list an area has.
    pub(crate) fn of(&self, area: usize) -> Option<usize> {
        self.of.get(area).copied().flatten()
    }
}

fn twice(what: &'static str, name: &str) -> Error {
    ErrorKind::Duplicate { what, name: name.into(), first: None }.into()
}

const SET: &str = "set of peer groups";

/// The peer groups that a table or a panel has.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Groupings(Vec<Arc<Groups>>);

impl Groupings {
    /// With another, whose name is new.
    pub(crate) fn push(&mut self, given: PeerGroups, areas: &Areas) -> Result<()> {
        let taken = self.0.iter().any(|groups| groups.name() == given.name) || GroupId::at(self.0.len()).is_none();
        if taken {
            return Err(twice(SET, &given.name));
        }
        self.0.push(Arc::new(Groups::new(given, areas)?));
        Ok(())
    }

    pub(crate) fn find(&self, name: &str) -> Result<GroupId> {
        let place = self.0.iter().position(|groups| groups.name() == name);
        place.and_then(GroupId::at).ok_or_else(|| {
            let nearest = nearest(name, self.0.iter().map(|groups| groups.name())).map(Into::into);
            ErrorKind::UnknownName { what: SET, name: name.into(), nearest }.into()
        })
    }

    /// What each list of all of them is called, such as `region North`, and the places of its areas.
    pub(crate) fn named(&self) -> impl Iterator<Item = (String, &[usize])> {
        self.0.iter().flat_map(|groups| {
            let called = |list: &Named| match (&list.label, list.of.first()) {
                (Some(label), _) => format!("{} {}", groups.name(), words::one_line(label)),
                (None, area) => format!("the group of {}", area.map_or(groups.name(), |area| area.as_str())),
            };
            groups.given.lists.iter().map(called).zip(groups.lists())
        })
    }

    /// Those that an average is over; none where it is over everyone, or over groups that are not here.
    pub(crate) fn get(&self, over: Scope) -> Option<&Arc<Groups>> {
        match over {
            Scope::Everyone => None,
            Scope::Group(id) => self.0.get(id.place()),
        }
    }

    pub(crate) fn given(&self) -> Vec<PeerGroups> {
        self.0.iter().map(|groups| groups.given().clone()).collect()
    }
}
