//! Names next to dots, where they cover neither a line, nor a dot, nor another name.

use super::canvas::At;

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Block {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Block {
    pub(super) const fn around((x, y): At, half: f64) -> Self {
        Self { left: x - half, top: y - half, right: x + half, bottom: y + half }
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn holds(self, (x, y): At) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    const fn is_within(self, other: Self) -> bool {
        self.left >= other.left && self.top >= other.top && self.right <= other.right && self.bottom <= other.bottom
    }

    /// The place in it that is nearest to another.
    const fn nearest(self, (x, y): At) -> At {
        (x.clamp(self.left, self.right), y.clamp(self.top, self.bottom))
    }
}

/// Where a name was put.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub(super) block: Block,
    /// A line from the dot to the name, where they are apart.
    pub(super) leader: Option<(At, At)>,
}

/// What is taken already.
#[derive(Debug)]
pub(super) struct Labels {
    within: Block,
    centres: Vec<At>,
    dots: Vec<Block>,
    lines: Vec<Block>,
    names: Vec<Block>,
    leaders: Vec<Block>,
}

/// How far a name may be from its dot, the nearest first; beyond the first, a line leads there.
const FAR: [f64; 8] = [6.0, 13.0, 22.0, 34.0, 48.0, 66.0, 90.0, 120.0];
/// Directions in turns of a sixteenth, to the right first, then left, then between.
const TURNS: [f64; 16] = [0.0, 8.0, 15.0, 1.0, 9.0, 7.0, 14.0, 2.0, 10.0, 6.0, 13.0, 3.0, 11.0, 5.0, 12.0, 4.0];

/// Between a name and the next on its line.
const BESIDE: f64 = 6.0;

impl Labels {
    /// In a drawing with dots of this radius and points of lines, each some pixels from the next.
    pub(super) fn new(within: Block, dots: &[At], radius: f64, lines: &[At]) -> Self {
        let around = |places: &[At], half: f64| places.iter().map(|at| Block::around(*at, half)).collect();
        let (centres, dots, lines) = (dots.to_vec(), around(dots, radius), around(lines, 2.5));
        Self { within, centres, dots, lines, names: Vec::new(), leaders: Vec::new() }
    }

    /// Puts a name of this size next to a dot, as near as may be but not farther than k steps.
    pub(super) fn put(&mut self, dot: At, (wide, high): (f64, f64), radius: f64, steps: usize) -> Option<Label> {
        let found = FAR.into_iter().take(steps).find_map(|far| {
            TURNS.into_iter().find_map(|turn| {
                let angle = turn * std::f64::consts::TAU / 16.0;
                let (right, down) = (angle.cos(), angle.sin());
                let reach = radius + far;
                let (x, y) = (dot.0 + reach * right, dot.1 + reach * down);
                // The side of the name that is turned to the dot stands at the end of the ray.
                let (x, y) = (x + right * wide / 2.0, y + down * high / 2.0);
                let block =
                    Block { left: x - wide / 2.0, top: y - high / 2.0, right: x + wide / 2.0, bottom: y + high / 2.0 };
                self.fits(block, dot, far)
            })
        })?;
        self.names.push(found.block);
        if let Some((from, to)) = found.leader {
            self.leaders.extend(along(from, to).map(|at| Block::around(at, 1.0)));
        }
        Some(found)
    }

    fn fits(&self, block: Block, dot: At, far: f64) -> Option<Label> {
        let taken = [&self.dots, &self.lines, &self.leaders];
        let beside = Block { left: block.left - BESIDE, right: block.right + BESIDE, ..block };
        if !block.is_within(self.within)
            || taken.into_iter().flatten().any(|other| block.meets(*other))
            || self.names.iter().any(|other| beside.meets(*other))
        {
            return None;
        }
        let leader = (far > 8.0).then(|| (dot, block.nearest(dot)));
        // A name belongs to the dot that it stands at; one at the end of a line stands at none.
        let near = if leader.is_some() { AWAY } else { NEARER * distance(block, dot) };
        if self.centres.iter().any(|other| *other != dot && distance(block, *other) < near) {
            return None;
        }
        let own = |other: &&Block| other.holds(dot);
        let clear = |(from, to)| {
            let others = || self.dots.iter().filter(|other| !own(other)).chain(&self.names);
            along(from, to).all(|at| !others().any(|other| other.holds(at)))
        };
        leader.is_none_or(clear).then_some(Label { block, leader })
    }
}

/// How far a name without a line is from other dots, in times how far it is from its own; and one with a line, in pixels.
const NEARER: f64 = 1.5;
const AWAY: f64 = 10.0;

fn distance(block: Block, at: At) -> f64 {
    let nearest = block.nearest(at);
    (nearest.0 - at.0).hypot(nearest.1 - at.1)
}

/// Places on a line, some pixels apart.
fn along(from: At, to: At) -> impl Iterator<Item = At> {
    let (across, down) = (to.0 - from.0, to.1 - from.1);
    let steps = (across.hypot(down) / 3.0).ceil().clamp(1.0, 200.0) as u32;
    (0..=steps).map(move |step| {
        let share = f64::from(step) / f64::from(steps);
        (from.0 + share * across, from.1 + share * down)
    })
}

/// Heights of texts one below the other, as near to where they belong as keeps them apart.
pub(super) fn apart(wanted: &[f64], gap: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let at = |place: &usize| wanted.get(*place).copied().unwrap_or_default();
    order.sort_by(|a, b| at(a).total_cmp(&at(b)));
    let mut heights: Vec<f64> = order.iter().map(at).collect();
    let mut least = top;
    for height in &mut heights {
        *height = height.max(least);
        least = *height + gap;
    }
    let mut most = bottom;
    for height in heights.iter_mut().rev() {
        *height = height.min(most);
        most = *height - gap;
    }
    let mut placed = vec![0.0; wanted.len()];
    for (place, height) in order.into_iter().zip(heights) {
        if let Some(slot) = placed.get_mut(place) {
            *slot = height;
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cover_nothing_and_stay_inside() {
        let within = Block { left: 0.0, top: 0.0, right: 300.0, bottom: 200.0 };
        let dots: Vec<At> = (0..12).map(|i| (40.0 + 15.0 * f64::from(i), 100.0 + f64::from(i % 3) * 6.0)).collect();
        let line: Vec<At> = (0..75).map(|i| (4.0 * f64::from(i), 130.0)).collect();
        let mut labels = Labels::new(within, &dots, 4.0, &line);
        let put: Vec<Block> =
            dots.iter().filter_map(|dot| Some(labels.put(*dot, (50.0, 12.0), 4.0, 8)?.block)).collect();
        assert!(put.len() >= 8, "{}", put.len());
        for (place, block) in put.iter().enumerate() {
            assert!(block.is_within(within));
            assert!(put.iter().skip(place + 1).all(|other| !block.meets(*other)));
            assert!(dots.iter().chain(&line).all(|at| !block.holds(*at)));
        }
    }

    #[test]
    fn heights_are_kept_apart() {
        assert_eq!(apart(&[10.0, 12.0, 11.0], 10.0, (0.0, 100.0)), [10.0, 30.0, 20.0]);
        assert_eq!(apart(&[95.0, 99.0], 10.0, (0.0, 100.0)), [90.0, 100.0]);
    }
}
