//! The four rules, on points one after the other.

use super::{chart_kind::ChartRule, law::LawLimits};

/// A point as the rules see it: its rate, the centre, and the limits of its period.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) rate: f64,
    pub(super) centre: f64,
    pub(super) limits: LawLimits,
}

/// How many points in a row the second and the third rule take.
pub(super) const RUN: usize = 8;
pub(super) const TREND: usize = 6;

/// The rules by which each point signals. A period without a point ends every run: nothing is known to go on across a gap.
pub(super) fn signals(points: &[Option<Seen>]) -> Vec<Vec<ChartRule>> {
    let mut signals = Vec::with_capacity(points.len());
    // How many in a row above and below the centre, and how many rising and falling.
    let (mut sides, mut steps) = ([0_usize; 2], [0_usize; 2]);
    let mut last: Option<Seen> = None;
    let mut warned: [[bool; 2]; 2] = [[false; 2]; 2];
    for point in points {
        let Some(here) = point else {
            (sides, steps, last, warned) = ([0; 2], [0; 2], None, [[false; 2]; 2]);
            signals.push(Vec::new());
            continue;
        };
        let mut rules = Vec::new();
        let LawLimits { lower: [lower, low], upper: [upper, high] } = here.limits;
        if here.rate > upper || here.rate < lower {
            rules.push(ChartRule::BeyondLimit);
        }
        let on = [here.rate > here.centre, here.rate < here.centre];
        let moved = last.map_or([false; 2], |last| [here.rate > last.rate, here.rate < last.rate]);
        for side in [0, 1] {
            count(&mut sides, side, on);
            // A first step joins two points.
            count(&mut steps, side, moved);
        }
        if sides.iter().any(|run| *run >= RUN) {
            rules.push(ChartRule::EightOnOneSide);
        }
        if steps.iter().any(|run| *run + 1 >= TREND) {
            rules.push(ChartRule::SixRisingOrFalling);
        }
        let warns = [here.rate > high, here.rate < low];
        let before = warned.iter().fold([false; 2], |any, of| [any[0] || of[0], any[1] || of[1]]);
        if (warns[0] && before[0]) || (warns[1] && before[1]) {
            rules.push(ChartRule::TwoOfThree);
        }
        warned = [warned[1], warns];
        last = Some(*here);
        signals.push(rules);
    }
    signals
}

fn count(runs: &mut [usize; 2], side: usize, goes_on: [bool; 2]) {
    if let Some((run, on)) = runs.get_mut(side).zip(goes_on.get(side)) {
        *run = if *on { *run + 1 } else { 0 };
    }
}
