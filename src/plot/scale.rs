//! Where a value lies along an axis, and which values are named there.

use crate::base::digits;

/// An axis from one end to another, linear or logarithmic.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    domain: (f64, f64),
    range: (f64, f64),
    logarithmic: bool,
}

impl Axis {
    /// A linear axis; one of no length has some all the same.
    pub(super) fn linear(domain: (f64, f64), range: (f64, f64)) -> Self {
        let (low, high) = domain;
        let fits = (high - low).is_finite() && high - low > 0.0;
        let domain = if fits { domain } else { (low.min(0.0), low.max(0.0) + 1.0) };
        Self { domain, range, logarithmic: false }
    }

    /// A logarithmic axis of positive values; anything else makes it linear.
    pub(super) fn logarithmic(domain: (f64, f64), range: (f64, f64)) -> Self {
        let sound = domain.0 > 0.0 && domain.1 > domain.0 && domain.1.is_finite();
        if sound { Self { domain, range, logarithmic: true } } else { Self::linear(domain, range) }
    }

    pub(super) const fn is_logarithmic(self) -> bool {
        self.logarithmic
    }

    pub(super) const fn domain(self) -> (f64, f64) {
        self.domain
    }

    /// Where a value lies; those beyond an end lie there.
    pub(super) fn at(self, value: f64) -> f64 {
        let (low, high) = self.domain;
        let value = value.clamp(low, high);
        let share =
            if self.logarithmic { (value / low).ln() / (high / low).ln() } else { (value - low) / (high - low) };
        self.range.0 + share * (self.range.1 - self.range.0)
    }

    /// The value that lies there.
    pub(super) fn value(self, at: f64) -> f64 {
        let share = (at - self.range.0) / (self.range.1 - self.range.0);
        let (low, high) = self.domain;
        if self.logarithmic { low * (high / low).powf(share) } else { low + share * (high - low) }
    }

    /// Round values on the axis, about as many as asked for.
    pub(super) fn ticks(self, about: usize) -> Vec<f64> {
        let (low, high) = self.domain;
        if self.logarithmic && high / low >= 8.0 {
            let decades = (high / low).log10();
            let steps: &[f64] = if decades < 2.5 { &[1.0, 2.0, 5.0] } else { &[1.0] };
            let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
            let every = (((last - first) as usize * steps.len()) / about.max(1)).max(1);
            let all = (first..=last).flat_map(|power| steps.iter().map(move |step| step * 10_f64.powi(power)));
            let inside: Vec<f64> = all.filter(|tick| (low..=high).contains(tick)).collect();
            return inside.into_iter().step_by(if steps.len() == 1 { every } else { 1 }).collect();
        }
        let rough = (high - low) / about.max(1) as f64;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|step| *step >= rough * 0.999);
        let step = step.unwrap_or(rough);
        let first = (low / step).ceil() as i64;
        (first..first + 64).map(|place| place as f64 * step).take_while(|tick| *tick <= high + step * 1e-9).collect()
    }
}

/// What is left out is at least this multiple of the highest that is not.
const APART: f64 = 1.5;

/// A value that is this multiple of the next, so that all others would be pressed together is drawn at the edge.
pub(super) const FAR: f64 = 2.2;

/// The largest of some values that an axis has to reach, without the very far; those up to `floor` never are.
pub(super) fn reached(values: impl IntoIterator<Item = f64>, floor: f64) -> f64 {
    reached_by(FAR, values, floor)
}

/// The same where the very far are this multiple of the next.
pub(super) fn reached_by(far: f64, values: impl IntoIterator<Item = f64>, floor: f64) -> f64 {
    let mut values: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let top = values.last().copied().unwrap_or(0.0);
    let near = values.len().saturating_sub(1 + values.len() / 20);
    let next = values.get(..near).and_then(<[f64]>::last).map_or(0.0, |next| next.max(floor));
    if values.len() < 4 || next <= 0.0 {
        return top;
    }
    // From the lowest that may be left out on, the first that lies apart from all below it.
    let pairs = values.iter().zip(values.iter().skip(1)).skip(near.saturating_sub(1));
    let mut pairs = pairs.map(|(kept, left_out)| (*kept, *left_out));
    let gap = pairs.find(|(kept, left_out)| *left_out > far * next && *left_out > APART * kept);
    gap.map_or(top, |(kept, _)| kept)
}

/// A number on an axis: its thousands apart, and no more decimals than it has of eight.
pub(super) fn tick(value: f64) -> String {
    if value != 0.0 && !(1e-6..1e15).contains(&value.abs()) {
        return format!("{value:.0e}");
    }
    // The double nearest to the decimals, so that no rounding of steps is shown.
    digits::as_given((value * 1e8).round() / 1e8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let scale = Axis::linear((0.0, 183.0), (0.0, 100.0));
        assert_eq!(scale.ticks(5), [0.0, 50.0, 100.0, 150.0]);
        assert_eq!(Axis::logarithmic((3.0, 120.0), (0.0, 1.0)).ticks(6), [5.0, 10.0, 20.0, 50.0, 100.0]);
        assert_eq!([scale.at(-5.0), scale.at(183.0), scale.at(1e9)], [0.0, 100.0, 100.0]);
        assert!(Axis::linear((2.0, 2.0), (0.0, 1.0)).at(2.0).is_finite());
        assert_eq!([tick(0.0), tick(1500.0), tick(0.25), tick(1e-9)], ["0", "1,500", "0.25", "1e-9"]);
        assert_eq!([reached([1.0, 1.1, 1.2, 3.0], 0.0), reached([1.0, 1.1, 1.2, 2.6], 0.0)], [1.2, 2.6]);
        // One in twenty and one more may be left out, where there is a gap.
        let many = |top: [f64; 3]| (0..38).map(f64::from).map(|i| 1.0 + i / 100.0).chain(top);
        assert_eq!([reached(many([2.4, 2.56, 3.67]), 0.0), reached(many([2.0, 2.1, 4.0]), 0.0)], [3.67, 2.1]);
        assert_eq!(reached(many([3.2, 4.0, 9.0]), 0.0), 1.37);
        assert_eq!([tick(0.1 + 0.2), tick(3.0 * 1e-5)], ["0.3", "0.00003"]);
    }
}
