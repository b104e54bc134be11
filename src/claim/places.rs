//! How claims of places are judged.

use super::{
    bench::Bench,
    checked::Checked,
    checker::Checker,
    earlier::Span,
    factor::Factor,
    side::Side,
    span::Move,
    standing::{Silent, silent},
    tipping::Tipping,
    verdict::Verdict,
    words::{capital, further, listed},
};
use crate::{
    base::{digits, words},
    league::{Comparison, Rank},
    rate::{Order, Rate},
    table::{Area, LeftOut},
};

impl Checker {
    /// Judges whether a rate is one of the first from an end.
    pub(super) fn among(&self, here: Comparison<'_>, order: Order, places: usize, to: &mut Checked) {
        let (standing, silent) = (self.standing(here, order), self.silent(here.rate(), order));
        let (table, of) = (self.league().table().len(), to.claim.of.map(|of| of.get() as usize));
        let lacking = of.map_or(0, |of| of.saturating_sub(table));
        // Which of those compared it speaks of is not known, so those ahead may not be among them.
        let narrower = of.filter(|of| *of < self.league().len());
        let (ahead, silent_areas) = (standing.ahead.len(), silent.absent.len() + lacking);
        let judge = |silent: usize, surely: usize, tied: usize| match ahead + surely {
            ahead if ahead >= places => Verdict::Contradicted,
            ahead if ahead + silent >= places || self.league().len() + silent < 2 => Verdict::NotCheckable,
            _ if standing.set.1 + surely + silent <= places && tied == 0 => Verdict::Supported,
            _ => Verdict::NotCertain,
        };
        (to.verdict, to.of_compared) = (judge(silent_areas, silent.surely.len(), silent.tied.len()), judge(0, 0, 0));
        if narrower.is_some() && to.verdict == Verdict::Contradicted {
            to.verdict = Verdict::NotCheckable;
        }
        (to.rate, to.rank_set) = (Some(here.rate()), Some(standing.set));
        to.rank = Some(Rank::of(ahead + 1));
        to.ahead = standing.ahead.iter().map(|it| it.area().label().to_owned()).collect();
        let absent = silent.surely.iter().chain(&silent.absent).chain(&silent.tied);
        to.absent = absent.map(|(area, _)| area.label().to_owned()).collect();
        to.left_out_ahead = silent.ahead.iter().map(|(area, ..)| area.label().to_owned()).collect();
        if to.of_compared.holds() {
            let lacking = to.verdict.holds().then_some(lacking);
            to.tipping = self.place_tipping(here, order, places, (&silent, lacking));
        }
        let (rate, further) = (self.read(here.rate()), further(order));
        let areas = words::counted(self.league().len(), "area");
        to.reasons.push(format!(
            "{} {rate}, {}rank {} of the {areas} compared, {order} first.",
            self.rate_is(),
            if standing.joint.is_empty() { "" } else { "joint " },
            Rank::of(ahead + 1)
        ));
        if let Some(list) = listed(&standing.ahead, |it| format!("{} ({})", it.area(), self.read(it.rate()))) {
            to.reasons.push(format!("{}: {list}.", capital(further)));
        }
        if let Some(list) = listed(&standing.joint, |it| it.area().to_string()) {
            to.reasons.push(format!("As {}: {list}.", if order == Order::Highest { "high" } else { "low" }));
        }
        if self.league().len() < 2 {
            to.reasons.push("No other area is compared.".into());
        } else if to.of_compared != Verdict::Contradicted {
            to.reasons.push(self.set_told("Its true rank", standing.set, order));
        }
        let all = self.league().len() + silent.all() + lacking;
        if places >= all && places > 1 {
            let of = digits::grouped(all as u64);
            to.reasons.push(format!("That would be true of any of them: there are {of}."));
        }
        if let Some(of) = narrower {
            let (of, areas) = (words::counted(of, "area"), digits::grouped(self.league().len() as u64));
            to.reasons.push(format!("It speaks of {of}, and {areas} are compared: which are meant is not known."));
        }
        to.reasons.extend(self.silent_told(&silent, order));
        if lacking > 0 {
            let of = digits::grouped((table + lacking) as u64);
            to.reasons
                .push(format!("The table has {} of the {of} areas that it speaks of.", digits::grouped(table as u64)));
        }
        if let Some(list) = listed(&silent.ahead, |it| self.left_out_told(it)) {
            to.reasons.push(format!("Left out, though {further}: {list}."));
        }
        if let Some(list) = listed(&silent.unknown, |(area, why)| format!("{area} ({why})")) {
            to.reasons.push(format!("Left out, its rate not known: {list}."));
        }
    }

    /// The areas whose counts are not known, and what their rates could be.
    pub(super) fn silent_told(&self, silent: &Silent<'_>, order: Order) -> Vec<String> {
        let (further, as_far) = (further(order), if order == Order::Highest { "high" } else { "low" });
        let end = if order == Order::Highest { "at most" } else { "at least" };
        let why = |(area, why): &(&Area, LeftOut)| format!("{area} ({why})");
        let told = [
            listed(&silent.surely, why).map(|list| format!("Not compared, and surely {further}: {list}.")),
            listed(&silent.absent, why).map(|list| format!("Not compared, and perhaps {further}: {list}.")),
            listed(&silent.tied, why).map(|list| format!("Not compared, and perhaps as {as_far}: {list}.")),
            listed(&silent.short, |(area, rate)| format!("{area} ({end} {})", self.read(*rate)))
                .map(|list| format!("Not compared, and cannot be {further}: {list}.")),
        ];
        told.into_iter().flatten().collect()
    }

    /// How wrong the figures would have to be for as many as these to be ahead of an area: of all, as many being lacking, or else of those
    /// compared.
    fn place_tipping(
        &self,
        here: Comparison<'_>,
        order: Order,
        places: usize,
        (silent, lacking): (&Silent<'_>, Option<usize>),
    ) -> Option<Tipping> {
        let side = if order == Order::Highest { Side::More } else { Side::Less };
        let rivals = self.seen_from(order).filter(|there| there.area() != here.area());
        // A rate that may be just as far is enough where a count is open, but beside zero.
        let mut rivals: Vec<(Rate, bool, &str)> =
            rivals.map(|there| (there.rate(), true, there.area().label())).collect();
        let (table, name) = (self.league().table(), here.area().label());
        // What nothing bounds has a place before it in any case.
        let mut beyond = lacking.unwrap_or_default();
        for (_, area, [near, _]) in self.rivals_within(order).filter(|_| lacking.is_some()) {
            // Of a count that is known within bounds it is the nearest that can make it fail; none is lower than zero.
            let near = near.or_else(|| (order == Order::Lowest).then(|| Rate::of(0, here.rate().population())));
            match near {
                Some(rate) => rivals.push((rate, order == Order::Lowest && rate.count() == 0, area.label())),
                None => beyond += 1,
            }
        }
        rivals.sort_by(|one, other| order.place(one.0.cmp_value(&other.0)).then(one.1.cmp(&other.1)));
        let is_ahead = |(rate, beyond, _): &&(Rate, bool, &str)| {
            let place = order.place(rate.cmp_value(&here.rate()));
            place.is_lt() || place.is_eq() && !beyond
        };
        let next = beyond + rivals.iter().take_while(is_ahead).count() + 1 == places;
        let rival = places.checked_sub(beyond + 1).and_then(|at| rivals.get(at)).and_then(|(rival, just, whose)| {
            let bench = (Bench::rate(*rival), *whose);
            let tipping = Tipping::against(name, here.rate(), Factor::ONE, bench, side, *just)?;
            // One other area more has to be ahead, or else several would have to be wrong at once.
            if next || order == Order::Lowest { Some(tipping) } else { tipping.without_count() }
        });
        let missing = silent
            .absent
            .iter()
            .map(|(area, _)| (area.label(), table.index(area.label()).ok().and_then(|row| table.population(row))));
        Tipping::with_missing(rival, here.rate(), side, missing)
    }

    /// What an area whose count is not known would need to have one of the first places, the others being at the end of what they may be
    /// that is the better one for it.
    pub(super) fn place_of_missing(&self, row: usize, order: Order, places: usize) -> Option<Tipping> {
        let side = if order == Order::Highest { Side::More } else { Side::Less };
        let mut rivals: Vec<Rate> = self.seen_from(order).map(|there| there.rate()).collect();
        let others = self.rivals_within(order).filter(|(other, ..)| *other != row);
        rivals.extend(others.filter_map(|(.., [_, far])| far));
        rivals.sort_by(|one, other| order.place(one.cmp_value(other)));
        self.tipping_of_missing(row, *rivals.get(places.checked_sub(1)?)?, side)
    }

    /// Judges a move: the ranks in both tables, and whether the rank sets of both, each at half of what the level leaves, so that both hold
    /// at the level, lie apart.
    pub(super) fn moved(&self, row: usize, Move { from, to: claimed }: Move, to: &mut Checked) {
        let Some(here) = self.league().row(row) else { return to.reasons.push(self.takes_no_part("It", row)) };
        to.rate = Some(here.rate());
        let Some(earlier) = self.earlier() else { return to.reasons.push("No table of before is given.".into()) };
        let (before, of) = match earlier.place(here.area()) {
            Ok(found) => found,
            Err(why) => return to.reasons.push(why),
        };
        to.other = Some(before.rate());
        let rank = |here: Comparison<'_>| here.rank().whole().unwrap_or_default() as usize;
        let (now, then) = (rank(here), rank(before));
        to.rank = Some(here.rank());
        let (from, claimed) = (from.get() as usize, claimed.get() as usize);
        let [is, was] = [now, then].map(|rank| digits::grouped(rank as u64));
        to.reasons.push(format!(
            "Its rank was {was} of {} and is {is} of {}, highest first: {} then, {} now.",
            words::counted(of, "area"),
            words::counted(self.league().len(), "area"),
            self.read(before.rate()),
            self.read(here.rate()),
        ));
        let alone = earlier.in_one_alone(self.league());
        let [gone, new] = alone.each_ref().map(Vec::len);
        let silent =
            [silent(earlier.league(), before.rate(), Order::Highest), self.silent(here.rate(), Order::Highest)];
        let [then_all, now_all] = [silent[0].ranks(then), silent[1].ranks(now)];
        let sets = || earlier.sets(self.league(), here.area(), self.sets_spec());
        // Without the areas that one of the tables has alone a rank may be as much better.
        let apart = |then: Span, now: Span| then.1 < now.0.saturating_sub(new) || now.1 < then.0.saturating_sub(gone);
        // Among all that are not compared as well each true rank may be as much worse.
        let with = |(lower, upper): Span, silent: &Silent<'_>| (lower, upper + silent.perhaps());
        let judged = |may: bool, known: bool, apart: bool| match (may, known) {
            (false, _) => Verdict::Contradicted,
            (true, false) => Verdict::NotCheckable,
            (true, true) => {
                if apart {
                    Verdict::Supported
                } else {
                    Verdict::NotCertain
                }
            }
        };
        let (holds, may) = ((then, now) == (from, claimed), then_all.contains(&from) && now_all.contains(&claimed));
        let known = silent.iter().all(|silent| silent.absent.is_empty());
        let found = (holds || may).then(sets).flatten();
        to.of_compared = judged(holds, true, found.is_some_and(|(then, now)| apart(then, now)));
        let all_apart = |(then, now): (Span, Span)| apart(with(then, &silent[0]), with(now, &silent[1]));
        to.verdict = judged(may, known, found.is_some_and(all_apart));
        if let Some((then, now)) = found.filter(|_| holds) {
            let told = |(lower, upper)| words::from_to(lower, upper);
            to.reasons.push(format!(
                "Its true rank was {} and is {} (rank sets of both together, {}), so it {}.",
                told(then),
                told(now),
                self.sets_spec(),
                match (apart(then, now), gone + new) {
                    (true, _) if self.within().is_none() => "moved, if chance alone is at work",
                    (true, _) => "moved for certain",
                    (false, 0) => "need not have moved",
                    (false, _) => "need not have moved among the areas of both",
                }
            ));
            to.rank_set = Some(now);
        }
        let told = [(&alone[0], "before"), (&alone[1], "now")].map(|(areas, when)| {
            listed(areas, ToString::to_string)
                .map(|list| format!("Compared {when} alone, which moves ranks by itself: {list}."))
        });
        to.reasons.extend(told.into_iter().flatten());
        let told = silent.each_ref().map(|silent| self.silent_told(silent, Order::Highest));
        let [then, now] = told;
        if then == now {
            to.reasons.extend(now);
        } else {
            to.reasons.extend(then.into_iter().map(|text| format!("Earlier: {text}")).chain(now));
        }
        if to.verdict == Verdict::NotCertain && to.of_compared == Verdict::Supported {
            to.reasons.push("With these among all it need not have moved.".into());
        }
        if to.verdict == Verdict::Supported && to.of_compared != Verdict::Supported {
            to.verdict = Verdict::NotCertain;
        }
        let absent = silent.iter().flat_map(|silent| silent.surely.iter().chain(&silent.absent));
        let mut absent: Vec<String> = absent.map(|(area, _)| area.label().to_owned()).collect();
        absent.sort_unstable();
        absent.dedup();
        to.absent = absent;
    }
}
