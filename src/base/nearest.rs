//! The known name that an unknown one is nearly spelt like.

/// The candidate nearest to a text by the fewest letters put in, left out, changed, or swapped with the next one (optimal
/// string alignment), case and white space ignored: at most one for every three letters of the text; of equals the first.
///
/// Digits have to be the same: one code or number near another stands for another thing.
pub(crate) fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = folded(text).collect();
    if wanted.is_empty() {
        return None;
    }
    let letters = wanted.iter().filter(|c| c.is_alphabetic()).count();
    // A candidate has to be nearer than this.
    let mut limit = letters / 3 + 1;
    let (mut best, mut name, mut rows) = (None, Vec::new(), Rows::default());
    for candidate in candidates {
        name.clear();
        // Longer ones are too far away, and no long text is read to its end.
        name.extend(folded(candidate).take(wanted.len() + limit));
        let same_digits = digits(&wanted).eq(digits(&name));
        if let Some(distance) = rows.distance(&wanted, &name, limit).filter(|_| same_digits) {
            (best, limit) = (Some(candidate), distance);
        }
        if limit == 0 {
            break;
        }
    }
    best
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase)
}

fn digits(text: &[char]) -> impl Iterator<Item = &char> {
    text.iter().filter(|c| c.is_numeric())
}

/// The last three rows of the table of distances between the beginnings of two texts.
#[derive(Default)]
struct Rows {
    before: Vec<usize>,
    last: Vec<usize>,
    row: Vec<usize>,
}

impl Rows {
    /// How many changes make one text the other, where they are fewer than the limit.
    fn distance(&mut self, one: &[char], other: &[char], limit: usize) -> Option<usize> {
        if one.len().abs_diff(other.len()) >= limit {
            return None;
        }
        let Self { before, last, row } = self;
        last.clear();
        last.extend(0..=other.len());
        let mut passed = None;
        for (&here, at) in one.iter().zip(1..) {
            row.clear();
            row.push(at);
            let (mut left, mut least, mut beside) = (at, at, None);
            for (place, &there) in other.iter().enumerate() {
                let cell = |cells: &[usize], place: usize| cells.get(place).copied().unwrap_or(limit);
                let mut changes = cell(last, place) + usize::from(here != there);
                changes = changes.min(cell(last, place + 1) + 1).min(left + 1);
                if place > 0 && passed == Some(there) && beside == Some(here) {
                    changes = changes.min(cell(before, place - 1) + 1);
                }
                row.push(changes);
                (left, least, beside) = (changes, least.min(changes), Some(there));
            }
            if least >= limit {
                return None;
            }
            passed = Some(here);
            std::mem::swap(before, last);
            std::mem::swap(last, row);
        }
        last.last().copied().filter(|distance| *distance < limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FORCES: [&str; 6] = ["West Mercia", "West Midlands", "West Yorkshire", "Kent", "Dorset", "E23000032"];

    #[test]
    fn offers_what_is_nearly_spelt_so() {
        let offer = |text| nearest(text, FORCES);
        assert_eq!(offer("West Midland"), Some("West Midlands"));
        assert_eq!(offer("westmidlands"), Some("West Midlands"));
        assert_eq!(offer("Wset Midlands"), Some("West Midlands"));
        assert_eq!(offer("KENT "), Some("Kent"));
        assert_eq!(offer("Knet"), Some("Kent"));
        assert_eq!(offer("Knt"), Some("Kent"));
        assert_eq!(offer("e23000032"), Some("E23000032"));
        for far in ["", " ", "Essex", "Kt", "Z", "E23000033", "E2300032", "Devon", "West", "43"] {
            assert_eq!(offer(far), None, "{far}");
        }
        assert_eq!(nearest("arson 2021", ["arsn 2020", "arsn 2021"]), Some("arsn 2021"));
        assert_eq!(nearest("theft", ["theftx", "thef"]), Some("theftx"));
        assert_eq!(nearest("theft", ["x".repeat(100_000).as_str()]), None);
    }

    /// Optimal string alignment by its recursive definition.
    fn by_definition(one: &[char], other: &[char]) -> usize {
        match (one, other) {
            ([], rest) | (rest, []) => rest.len(),
            ([firsts @ .., a], [seconds @ .., b]) => {
                let mut least = by_definition(firsts, seconds) + usize::from(a != b);
                least = least.min(by_definition(firsts, other) + 1).min(by_definition(one, seconds) + 1);
                if let ([firsts @ .., c], [seconds @ .., d]) = (firsts, seconds)
                    && (a, b) == (d, c)
                {
                    least = least.min(by_definition(firsts, seconds) + 1);
                }
                least
            }
        }
    }

    proptest! {
        #[test]
        fn is_the_distance_by_definition(one in "[abc]{0,6}", other in "[abc]{0,6}", limit in 1_usize..6) {
            let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
            let expected = Some(by_definition(&one, &other)).filter(|distance| *distance < limit);
            let mut rows = Rows::default();
            rows.distance(&['a', 'b'], &['b', 'a'], 3);
            prop_assert_eq!(rows.distance(&one, &other, limit), expected);
        }
    }
}
