//! Quotation marks that close within a cell, behind which more text stands: the crate `csv` drops them without a word.

use super::{
    cell::{Met, shortened},
    wording::text,
};
use std::collections::VecDeque;

/// Looks for them in the bytes of a file as they pass.
#[derive(Debug)]
pub(super) struct Quotes {
    delimiter: u8,
    state: State,
    /// The byte before the next.
    last: u8,
    /// How many bytes have passed.
    passed: u64,
    /// The places of those that were found, and the beginnings of their cells.
    found: VecDeque<(u64, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Outside,
    /// Within quotation marks, the first of which stands in this place of what passes now.
    Within(usize),
    /// Behind one that closes or is the first of two.
    Behind(usize),
}

impl Quotes {
    pub(super) const fn new(delimiter: u8) -> Self {
        Self { delimiter, state: State::Outside, last: b'\n', passed: 0, found: VecDeque::new() }
    }

    /// Looks through the next bytes.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        let byte = |place: usize| bytes.get(place).copied();
        let mut at = 0;
        while at < bytes.len() {
            let next = memchr::memchr(b'"', bytes.get(at..).unwrap_or_default()).map(|next| at + next);
            match (self.state, next) {
                (State::Behind(first), _) if byte(at) == Some(b'"') => {
                    (self.state, at) = (State::Within(first), at + 1);
                }
                (State::Behind(first), _) => {
                    if byte(at).is_some_and(|byte| byte != self.delimiter && byte != b'\n') {
                        self.note(bytes, first, at);
                    }
                    self.state = State::Outside;
                }
                (_, None) => break,
                (State::Within(first), Some(next)) => (self.state, at) = (State::Behind(first), next + 1),
                (State::Outside, Some(next)) => {
                    let before = next.checked_sub(1).and_then(byte).unwrap_or(self.last);
                    if before == self.delimiter || before == b'\n' {
                        self.state = State::Within(next);
                    }
                    at = next + 1;
                }
            }
        }
        self.last = bytes.last().copied().unwrap_or(self.last);
        self.passed += bytes.len() as u64;
        // The beginning of a cell that goes on is not at hand any more.
        self.state = match self.state {
            State::Within(_) => State::Within(0),
            State::Behind(_) => State::Behind(0),
            State::Outside => State::Outside,
        };
    }

    fn note(&mut self, bytes: &[u8], first: usize, at: usize) {
        let rest = bytes.get(first..).unwrap_or_default();
        let behind = rest.get(at - first.min(at)..).unwrap_or_default();
        let end = behind.iter().position(|byte| *byte == self.delimiter || *byte == b'\n').unwrap_or(behind.len());
        let cell = rest.get(..at - first.min(at) + end).unwrap_or_default();
        self.found.push_back((self.passed + at as u64, shortened(&text(cell))));
    }

    /// The beginning of a cell with such marks that stands before a place, if there is one.
    pub(super) fn before(&mut self, place: u64) -> Option<Met> {
        let (_, cell) = self.found.pop_front_if(|(found, _)| *found < place)?;
        Some(Met::new(&cell, "a text with quotation marks in its middle, which are dropped"))
    }
}

#[cfg(test)]
mod tests {
    use super::Quotes;

    fn found(text: &str, piece: usize) -> Vec<String> {
        let mut quotes = Quotes::new(b',');
        text.as_bytes().chunks(piece).for_each(|bytes| quotes.pass(bytes));
        std::iter::from_fn(|| quotes.before(u64::MAX)).map(|met| met.text).collect()
    }

    #[test]
    fn marks_within_a_cell_are_found_and_no_others() {
        for good in
            ["a,\"b\",c\n\"d\"\"e\",\"f,g\n\"\n", "a \"b\" c,d\"\n", "\"\",\"\"\"\"\n", "\"open,\n", "5\" pipe,\"x\"\n"]
        {
            assert_eq!(found(good, 100), [""; 0], "{good}");
            assert_eq!(found(good, 1), [""; 0], "{good}");
        }
        assert_eq!(found("a,\"C\"z,\"d\"\n\"e\" f\n", 100), ["\"C\"z", "\"e\" f"]);
        assert_eq!(found("a,\"C\"z,\"d\"\n\"e\" f\n", 1).len(), 2);
    }
}
