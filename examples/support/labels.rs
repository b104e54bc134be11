//! Names beside dots, where there is room for them.

use plotters::style::text_anchor::HPos;

/// From the left and the top to the right and the bottom, in pixels.
pub(crate) type Corners = [i32; 4];

/// Between a dot's middle and its name.
const GAP: i32 = 14;

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

    /// Where a name beside a dot begins, ends or has its middle, if there is a place for it; the place is then taken.
    pub(crate) fn place(
        &mut self,
        (x, y): (i32, i32),
        (wide, high): (i32, i32),
    ) -> Option<(Corners, (i32, i32), HPos)> {
        let (far, near) = (GAP, GAP / 2);
        let beside = [(far, 0), (-far, 0)];
        let corners = [(near, -near), (-near, -near), (near, near), (-near, near)];
        let places = beside.into_iter().chain(corners).chain([(0, -far), (0, far)]).map(|(right, down)| {
            let (at, middle) = (x + right, y + down + down.signum() * high / 2);
            let (left, side) = match right.signum() {
                0 => (at - wide / 2, HPos::Center),
                1 => (at, HPos::Left),
                _ => (at - wide, HPos::Right),
            };
            ([left, middle - high / 2, left + wide, middle + high / 2], (at, middle), side)
        });
        let free = places.filter(|(place, ..)| self.is_free(place));
        let best = free.min_by_key(|(place, ..)| self.lines.iter().filter(|point| holds(place, point)).count())?;
        self.taken.push(best.0);
        Some(best)
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
