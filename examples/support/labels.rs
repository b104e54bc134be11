//! Names next to dots, where there is room for them.

use plotters::style::text_anchor::HPos;

/// From the left and the top to the right and the bottom, in pixels.
pub(crate) type Corners = [i32; 4];

/// Between a dot's middle and its name, the nearest first.
const GAPS: [i32; 3] = [14, 44, 80];

/// The place of a name.
pub(crate) struct Label {
    pub(crate) corners: Corners,
    /// Where the name begins, ends or has its middle.
    pub(crate) end: (i32, i32),
    pub(crate) side: HPos,
    /// Whether it is so far from its dot that a line has to join them.
    pub(crate) apart: bool,
}

/// What names must not lie on, and what they had better not.
pub(crate) struct Labels {
    within: Corners,
    taken: Vec<Corners>,
    lines: Vec<(i32, i32)>,
}

impl Labels {
    /// In a drawing of this size, with dots of this radius and points of lines.
    pub(crate) fn new(size: (u32, u32), dots: &[(i32, i32)], radius: i32, lines: Vec<(i32, i32)>) -> Self {
        let around = |&(x, y): &(i32, i32)| [x - radius, y - radius, x + radius, y + radius];
        Self { within: [0, 0, size.0 as i32, size.1 as i32], taken: dots.iter().map(around).collect(), lines }
    }

    /// The place of a name next to a dot, or some way off where there is none nearer; it is then taken.
    pub(crate) fn place(&mut self, dot: (i32, i32), size: (i32, i32)) -> Option<Label> {
        let best = GAPS.into_iter().find_map(|gap| self.best(dot, size, gap))?;
        self.taken.push(best.corners);
        Some(best)
    }

    fn best(&self, (x, y): (i32, i32), (wide, high): (i32, i32), far: i32) -> Option<Label> {
        let near = far / 2;
        let beside = [(far, 0), (-far, 0)];
        let corners = [(near, -near), (-near, -near), (near, near), (-near, near)];
        let places = beside.into_iter().chain(corners).chain([(0, -far), (0, far)]).map(|(right, down)| {
            let (end, middle) = (x + right, y + down + down.signum() * high / 2);
            let (left, side) = match right.signum() {
                0 => (end - wide / 2, HPos::Center),
                1 => (end, HPos::Left),
                _ => (end - wide, HPos::Right),
            };
            let corners = [left, middle - high / 2, left + wide, middle + high / 2];
            Label { corners, end: (end, middle), side, apart: far > GAPS[0] }
        });
        let free = places.filter(|label| self.is_free(&label.corners));
        free.min_by_key(|label| self.lines.iter().filter(|point| holds(&label.corners, point)).count())
    }

    fn is_free(&self, &[left, top, right, bottom]: &Corners) -> bool {
        let [first, highest, last, lowest] = self.within;
        let inside = left >= first && top >= highest && right <= last && bottom <= lowest;
        inside
            && self.taken.iter().all(|other| right < other[0] || other[2] < left || bottom < other[1] || other[3] < top)
    }
}

fn holds(place: &Corners, &(x, y): &(i32, i32)) -> bool {
    (place[0]..=place[2]).contains(&x) && (place[1]..=place[3]).contains(&y)
}
