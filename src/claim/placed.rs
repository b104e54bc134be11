//! What is in no area, put in the areas where it is the worst for a sentence.

use super::{
    checked::Checked,
    checker::Checker,
    claim::{Claim, Says},
    compared_with::ComparedWith,
    earlier::Earlier,
    ends::{Which, is_figure},
    factor::Factor,
    nearest::More,
    side::Side,
    unplaced::{in_no_area_told, narrow},
    verdict::Verdict,
    words::listed,
};
use crate::{
    average::Rule,
    base::Result,
    league::{Comparison, LeagueTable},
    rate::Order,
    table::{Nouns, Table},
};

/// What is in no area: at least, and at most where that is known.
type Amount = (u64, Option<u64>);

/// Counts that are added to those of rows now and before, and whose rows these are.
#[derive(Default)]
struct Placing {
    now: Vec<More>,
    before: Vec<More>,
    whose: String,
}

impl Checker {
    /// Takes "supported" back where the sentence would not be so with all that is in no area in the area, or the areas, that are the worst for it.
    pub(super) fn placed(&self, row: usize, to: &mut Checked) -> Result<()> {
        let supported = |to: &Checked| [to.verdict, to.of_compared].contains(&Verdict::Supported);
        if supported(to) {
            self.made_false(row, to);
        }
        for high in own_is_high(&to.claim) {
            if !supported(to) {
                return Ok(());
            }
            self.placed_so(row, *high, to)?;
        }
        Ok(())
    }

    /// What could make the figures as they are, though it is not so.
    pub(super) fn could_make_it_so(&self) -> &'static str {
        match self.within() {
            Some(_) => "counts that vary as much could make it so",
            None => "chance alone could make it so",
        }
    }

    /// The same with what is in no area in the area itself, or in others.
    fn placed_so(&self, row: usize, high: bool, to: &mut Checked) -> Result<()> {
        // The numerator of the average has some of it already.
        let of_average =
            matches!(to.claim.says, Says::Average(_) | Says::Compared { against: ComparedWith::Average, .. });
        let in_average = !of_average || (high && !matches!(to.claim.says, Says::Average(_)));
        let amount = |table: &Table, in_average| {
            let (least, most) = table.in_no_area(in_average);
            (narrow(least), most.map(narrow))
        };
        let now = amount(self.league().table(), in_average);
        let before = self.earlier().map_or((0, Some(0)), |earlier| amount(earlier.table(), true));
        if now.1 == Some(0) && before.1 == Some(0) {
            return Ok(());
        }
        let which = if to.verdict == Verdict::Supported { Which::All } else { Which::Rounded };
        let base = self.with_own(row, which, &to.claim, high)?;
        let [all, all_before] = [now, before].map(|(least, most)| most.unwrap_or(least));
        let Some(placing) = base.placing(row, &to.claim, high, [all, all_before]) else { return Ok(()) };
        let mut told: Vec<Amount> = Vec::new();
        told.extend((!placing.before.is_empty()).then_some(before));
        told.extend((!placing.now.is_empty()).then_some(now));
        let table = base.league().table().with_placed(&placing.now, in_average);
        let earlier = base.earlier().map(|earlier| earlier.table().with_placed(&placing.before, true));
        let there = base.about(&table, earlier.as_ref())?.as_published(&to.claim)?;
        let stands = there.of_compared == Verdict::Supported
            && (to.verdict != Verdict::Supported || there.verdict == Verdict::Supported);
        if stands && told.iter().all(|(_, most)| most.is_some()) {
            return Ok(());
        }
        to.weaken();
        let nouns = Nouns::of(&to.basis);
        let amounts: Vec<String> = told.iter().map(|(least, most)| in_no_area_told(&nouns, *least, *most)).collect();
        let prints = is_figure(&to.claim);
        let so = match there.of_compared {
            Verdict::Contradicted if prints => "it would not print so",
            Verdict::Contradicted => "it would fail",
            _ if told.iter().any(|(_, most)| most.is_none()) => "it may fail",
            _ => self.could_make_it_so(),
        };
        to.reasons.push(format!(
            "In no area: {}; with all of them in {} {so}.",
            amounts.join(" before, and "),
            placing.whose
        ));
        Ok(())
    }

    /// Where what is in no area is the worst for a claim: in the area itself, where its count is then the higher, or in others.
    fn placing(&self, row: usize, claim: &Claim, high: bool, [all, before]: [u64; 2]) -> Option<Placing> {
        let league = self.league();
        let in_one = |row: usize, whose: String| Placing { now: vec![(row, all)], whose, ..Placing::default() };
        let place = |there: Comparison<'_>| league.table().index(there.area().label()).ok();
        let placing = match &claim.says {
            Says::Moved(places) => {
                let (here, earlier) = (league.row(row)?, self.earlier()?);
                let (then, _) = earlier.place(here.area()).ok()?;
                let rivals = (places.from.max(places.to).get() as usize).saturating_sub(1);
                let its_before = earlier.table().index(then.area().label()).ok()?;
                let (now, before) = match high {
                    true => (vec![(row, all)], self.nearest_of_all(earlier.league(), then, rivals, before)),
                    false => (self.nearest_of_all(league, here, rivals, all), vec![(its_before, before)]),
                };
                Placing { now, before, whose: "the areas where they are the worst for it".into() }
            }
            Says::Average(_) => {
                let here = league.row(row)?;
                let own = league.how().average().with_self().then_some(here);
                let there = self.rising_most(own.into_iter().chain(self.others_averaged(here)).collect())?;
                in_one(place(there)?, there.area().label().to_owned())
            }
            _ if high => in_one(row, claim.area().to_owned()),
            Says::Among { places, .. } => {
                let now = self.nearest_of_all(league, league.row(row)?, places.get() as usize, all);
                let areas: Vec<_> = now.iter().filter_map(|(row, _)| league.table().areas().get(*row)).collect();
                let whose = listed(&areas, ToString::to_string)?;
                Placing { now, whose, ..Placing::default() }
            }
            Says::Compared { against: ComparedWith::Area(name), .. } => {
                in_one(league.table().index(name).ok()?, name.clone())
            }
            Says::Compared { against: ComparedWith::Before, .. } => {
                let earlier = self.earlier().map(Earlier::table)?;
                let there = earlier.place_of(league.table().areas().get(row)?)?;
                let whose = format!("{} before", claim.area());
                Placing { before: vec![(there, before)], whose, ..Placing::default() }
            }
            Says::Compared { relation, against: ComparedWith::Average } => {
                let here = league.row(row)?;
                let others = self.others_averaged(here);
                let group = if league.how().average().over_which().is_everyone() { "" } else { " of its group" };
                if league.how().average().rule() == Rule::Median {
                    let factor = relation.bound().0;
                    let enough = (others.len() + 1).checked_sub(self.needed_of(others.len(), factor))?;
                    let now = self.nearest(league, others, (here.rate(), factor), enough, all);
                    Placing { now, whose: format!("the other areas{group}"), ..Placing::default() }
                } else {
                    let pooled = league.how().average().rule() == Rule::Pooled;
                    let there = self.rising_most(others)?;
                    let whose =
                        if pooled { format!("the other areas{group}") } else { there.area().label().to_owned() };
                    in_one(place(there)?, whose)
                }
            }
            Says::Compared { .. } | Says::Rate(_) | Says::Between(_) | Says::OverTime(_) => return None,
        };
        let added = placing.now.iter().chain(&placing.before).any(|(_, more)| *more > 0);
        added.then_some(placing)
    }

    /// The area in which counts more raise an average the most; `None` of an average that they do not.
    fn rising_most<'a>(&self, areas: Vec<Comparison<'a>>) -> Option<Comparison<'a>> {
        let rises = matches!(self.league().how().average().rule(), Rule::Pooled | Rule::Mean);
        areas.into_iter().filter(|_| rises).min_by_key(|there| there.rate().population())
    }

    /// Those of all others.
    fn nearest_of_all(&self, league: &LeagueTable, here: Comparison<'_>, number: usize, all: u64) -> Vec<More> {
        let others = league.ranked().filter(|there| there.area() != here.area()).collect();
        self.nearest(league, others, (here.rate(), Factor::ONE), number, all)
    }
}

/// Whether the area's own count is to be the higher for a claim to fail; of a figure both ways.
fn own_is_high(claim: &Claim) -> &'static [bool] {
    match &claim.says {
        Says::Compared { against: ComparedWith::YearBefore, .. } | Says::OverTime(_) => &[],
        Says::Compared { relation, .. } if relation.is_printed() => &[true, false],
        Says::Compared { relation, .. } => match relation.bound().1 {
            Some(Side::Less) => &[true],
            _ => &[false],
        },
        Says::Among { order: Order::Highest, .. } => &[false],
        Says::Moved(places) if places.to < places.from => &[false],
        Says::Among { .. } | Says::Moved(_) | Says::Rate(_) | Says::Between(_) | Says::Average(_) => &[true],
    }
}
