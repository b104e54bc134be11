//! The table before, beside which changes are checked.

use crate::{
    base::{ErrorKind, Note, Result},
    interval::Confidence,
    league::{Compare, Comparison, LeagueTable, Ties},
    rank,
    rate::{Order, Per},
    table::{Area, Policy, Table},
    time::{Change, Changes},
};

/// The table before, compared as the later one is.
#[derive(Clone, Debug)]
pub(super) struct Earlier {
    changes: Changes,
    league: LeagueTable,
}

/// The best and the worst rank of a set.
pub(super) type Span = (usize, usize);

impl Earlier {
    /// What the later table leaves out the table before leaves out, too, where nothing is done about it there.
    pub(super) fn new(before: &Table, after: &Table, how: Compare) -> Result<Self> {
        let left_out = before.areas().iter().enumerate().filter_map(|(row, area)| {
            let policy = after.by_place().get(&after.place_of(area)?).filter(|policy| policy.leaves_out())?;
            let policy = match policy {
                Policy::Exclude { reason } => Policy::Exclude { reason: format!("as it is now, {reason}") },
                policy => policy.clone(),
            };
            (!before.by_place().contains_key(&row)).then_some((area.label(), policy))
        });
        let before = &left_out.into_iter().try_fold(before.clone(), |it, (area, policy)| it.apply(area, policy))?;
        let changes = before.change_to(after)?;
        let league = before.compare(how.with_order(Order::Highest).with_ties(Ties::Competition));
        Ok(Self { changes, league })
    }

    /// The table before.
    pub(super) const fn table(&self) -> &Table {
        self.league.table()
    }

    /// The league table of the table before.
    pub(super) const fn league(&self) -> &LeagueTable {
        &self.league
    }

    /// The change of an area of the later table, or why there is none.
    pub(super) fn change(&self, area: &Area) -> Result<Change, String> {
        let found = area.code().and_then(|code| self.changes.area(code).ok());
        found.map_or_else(|| self.changes.area(area.label()), Ok).map_err(|error| match error.kind() {
            ErrorKind::LeftOut { reason } => format!("There is no change: {reason}."),
            kind => format!("There is no change: {kind}."),
        })
    }

    /// The changes of all areas that have one.
    pub(super) fn changes(&self) -> impl Iterator<Item = Change> {
        self.changes.iter().filter_map(|(_, change)| change.ok())
    }

    /// An area of the later table as it stood before, and among how many.
    pub(super) fn place(&self, area: &Area) -> Result<(Comparison<'_>, usize), String> {
        self.change(area)?;
        let found = area.code().and_then(|code| self.league.area(code).ok());
        let found = found.or_else(|| self.league.area(area.label()).ok());
        Ok((found.ok_or_else(|| "It took no part before.".to_owned())?, self.league.len()))
    }

    /// What is noted of the two tables together.
    pub(super) fn notes(&self) -> impl Iterator<Item = &Note> {
        self.changes.notes_of_both()
    }

    /// What is noted of the areas of the table before that is not said of those of the later one.
    pub(super) fn area_notes(&self, per: Per, later: &[Note]) -> impl Iterator<Item = Note> {
        let own = self.league.per(per).area_notes().into_iter().filter(|note| !later.contains(note));
        own.map(|note| Note::new(note.topic(), format!("Earlier: {}", note.text())))
    }

    /// The areas that are compared in one of the two tables alone: before, and now.
    pub(super) fn in_one_alone<'a>(&'a self, now: &'a LeagueTable) -> [Vec<&'a Area>; 2] {
        let alone = |here: &'a LeagueTable, there: &'a LeagueTable| {
            let is_there = |area: &Area| there.table().place_of(area).is_some_and(|row| there.row(row).is_some());
            here.iter().map(|it| it.area()).filter(|area| !is_there(area)).collect()
        };
        [alone(&self.league, now), alone(now, &self.league)]
    }

    /// The months of an area's figures before and now, where they are not the same.
    pub(super) fn months_told(&self, now: &Table, row: usize) -> Option<String> {
        let area = now.areas().get(row)?;
        let (before, _) = self.place(area).ok()?;
        self.table().apart_told(self.table().index(before.area().label()).ok()?, now, row)
    }

    /// The rank sets of an area before and now, each at half of what the level leaves, so that together they hold at the level.
    pub(super) fn sets(&self, now: &LeagueTable, area: &Area, spec: rank::Spec) -> Option<(Span, Span)> {
        let half = Confidence::new(1.0 - spec.confidence().alpha() / 2.0).ok()?;
        let spec = spec.with_confidence(half);
        let (before, _) = self.place(area).ok()?;
        let span = |league: &LeagueTable, area: &Area| {
            let sets = league.rank_sets(spec).ok()?;
            let set = sets.area(area.label()).ok()?;
            Some((set.lower(), set.upper()))
        };
        Some((span(&self.league, before.area())?, span(now, area)?))
    }
}
