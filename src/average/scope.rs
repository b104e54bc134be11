//! Which areas an average is over.

use serde::{Deserialize, Serialize};

/// The peer groups of a table, as an [`Average`](crate::Average) names them: their place among those that the table has.
///
/// [`Table::group`](crate::Table::group) gives it by their name. It holds for that table and for those made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GroupId(u16);

/// The areas that an average is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Scope {
    /// All areas that take part.
    #[default]
    Everyone,
    /// Those of the area's own group that take part.
    Group(GroupId),
}

impl GroupId {
    pub(crate) fn at(place: usize) -> Option<Self> {
        u16::try_from(place).ok().map(Self)
    }

    pub(crate) const fn place(self) -> usize {
        self.0 as usize
    }
}

impl Scope {
    pub(crate) const fn is_everyone(&self) -> bool {
        matches!(self, Self::Everyone)
    }
}

impl From<GroupId> for Scope {
    fn from(group: GroupId) -> Self {
        Self::Group(group)
    }
}
