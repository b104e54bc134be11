//! Whether what was written of a claim goes with its verdict.

use super::{
    checked::Checked, claim::Says, compared_with::ComparedWith, course::Course, published::Rounding, span::Between,
    verdict::Verdict,
};
use crate::{league::Rank, rate::Rate};

impl Checked {
    /// Whether the verdict goes with the numbers, as far as they tell.
    pub(super) fn follows(&self) -> bool {
        let (verdict, of_compared) = (self.verdict, self.of_compared);
        // A pooled average with suppressed counts in is not known to a reader.
        let of_average =
            matches!(self.claim.says, Says::Average(_) | Says::Compared { against: ComparedWith::Average, .. });
        let weakened = match of_compared {
            Verdict::Supported if verdict == Verdict::NotCertain => true,
            Verdict::Supported | Verdict::NotCertain => verdict == Verdict::Contradicted && self.said_at_ends(false),
            Verdict::Contradicted | Verdict::NotCheckable if verdict == Verdict::NotCertain => self.said_at_ends(true),
            Verdict::Contradicted => verdict == Verdict::NotCheckable,
            Verdict::NotCheckable => verdict == Verdict::Contradicted && self.said_at_ends(false),
        };
        let alike = verdict == of_compared || (of_average && weakened && self.rate.is_some());
        if self.ends.is_some_and(|(least, most)| least > 0 || most.is_some()) && self.ends_follow() {
            return alike || matches!(self.claim.says, Says::Among { .. } | Says::Moved(_));
        }
        let says = match (&self.claim.says, self.rate, self.found) {
            (Says::Among { places, .. }, ..) => return self.places_follow(places.get() as usize),
            (Says::Rate(claimed), Some(rate), _) => {
                let claimed = claimed.on(&self.basis);
                Some(Rounding::ALL.iter().any(|rounding| claimed.check(rate, *rounding).agrees()))
            }
            (Says::Between(Between { low, high }), Some(rate), _) => {
                let (low, high) = (low.on(&self.basis), high.on(&self.basis));
                Some(low.allows(rate).0 && high.allows(rate).1)
            }
            (Says::Compared { relation, .. }, Some(_), Some(found)) => match relation.is_said_of(found) {
                None => return alike && of_compared != Verdict::NotCheckable,
                told => told,
            },
            (Says::Compared { relation, .. }, _, None) if relation.is_printed() && self.found_ends.is_some() => {
                return alike && (!of_compared.holds() || self.said_at_ends(true));
            }
            (Says::Compared { .. }, Some(_), None) if self.other.is_some() => return verdict == of_compared,
            // Beside an average of zero there is no percentage.
            (Says::Compared { relation, .. }, Some(rate), None) if !relation.is_printed() && rate.count() > 0 => {
                return alike;
            }
            (Says::OverTime(Course::Trend { relation }), _, Some(found)) => match relation.is_said_of(found) {
                None => return alike && of_compared != Verdict::NotCheckable,
                told => told,
            },
            // What was found since when is not among the numbers.
            (Says::OverTime(Course::Since { .. }), Some(_), _) => {
                let tested = of_compared != Verdict::Supported || self.p.is_some();
                return verdict == of_compared && tested;
            }
            (Says::Average(average), _, Some(found)) => Some(average.prints(found)),
            // From which place is not among the numbers, so that it may be contradicted all the same.
            (Says::Moved(places), ..) if self.rank.is_some() => {
                // Those that are not compared may move it on.
                let weaker = (verdict, of_compared) == (Verdict::NotCertain, Verdict::Supported);
                let alike = verdict == of_compared || weaker || !self.absent.is_empty();
                let there = self.rank.and_then(Rank::whole) == Some(places.to.get().into());
                return alike && of_compared != Verdict::NotCheckable && (there || !of_compared.holds());
            }
            _ => None,
        };
        let told = match says {
            Some(true) => of_compared.holds(),
            Some(false) => {
                of_compared == Verdict::Contradicted || of_compared == Verdict::NotCheckable && self.reached()
            }
            None => !of_compared.holds(),
        };
        let only_whole = match &self.claim.says {
            Says::Compared { relation, .. } => self.found.and_then(|found| relation.only_when_whole(found)).is_some(),
            _ => false,
        };
        told && alike && !(only_whole && verdict == Verdict::Supported)
    }

    /// Whether what was found at both ends of an average is what is said, or at both of them is not.
    fn said_at_ends(&self, so: bool) -> bool {
        let says = |found: f64| match &self.claim.says {
            Says::Average(average) => Some(average.prints(found)),
            Says::Compared { relation, .. } => relation.is_said_of(found),
            _ => None,
        };
        self.found_ends.is_some_and(|(one, other)| [one, other].iter().all(|found| says(*found) == Some(so)))
    }

    /// Whether a figure is what may be found between both ends.
    fn reached(&self) -> bool {
        let found = self.found_ends.map(|(one, other)| (one.min(other), one.max(other)));
        found.is_some_and(|(least, most)| match &self.claim.says {
            Says::Average(average) => average.reached(least, most),
            Says::Compared { relation, .. } => relation.reached(least, most),
            _ => false,
        })
    }

    /// Whether the rate, where there is one, is within the ends of its count.
    fn ends_follow(&self) -> bool {
        let Some((least, most)) = self.ends else { return false };
        let within = |rate: Rate| rate.count() >= least && most.is_none_or(|most| rate.count() <= most);
        self.rate.is_none_or(within) && most.is_none_or(|most| least <= most)
    }

    fn places_follow(&self, places: usize) -> bool {
        let (verdict, of_compared, ahead) = (self.verdict, self.of_compared, self.ahead.len());
        let Some((lower, upper)) = self.rank_set else {
            return verdict == Verdict::NotCheckable && of_compared == verdict && self.rank.is_none();
        };
        self.rank.is_some()
            && (lower..=upper).contains(&(ahead + 1))
            && upper <= self.compared
            && (of_compared == Verdict::Contradicted) == (ahead >= places)
            && (of_compared != Verdict::Supported || upper <= places)
            // Beside no other area nothing is said of those compared, though it may be true whatever is not known.
            && (!verdict.holds() || (ahead < places && (of_compared.holds() || self.compared < 2)))
            && (verdict != Verdict::Supported || upper + self.absent.len() <= places)
            && (verdict != Verdict::Contradicted || of_compared == verdict || !self.absent.is_empty())
    }
}
