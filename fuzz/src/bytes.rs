//! Choices made by bytes; when they end, all choices are the first.

pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One of as many.
    pub(crate) fn below(&mut self, number: usize) -> usize {
        usize::from(self.byte()) % number.max(1)
    }

    pub(crate) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub(crate) fn bool(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    /// Small numbers mostly, and those at every edge.
    pub(crate) fn number(&mut self) -> u64 {
        const EDGES: [u64; 12] = [
            0,
            1,
            2,
            10,
            1_000,
            100_000,
            10_000_000,
            (1 << 53) - 1,
            (1 << 53) + 1,
            u32::MAX as u64,
            i64::MAX as u64,
            u64::MAX,
        ];
        let kind = self.byte();
        match kind {
            0..100 => u64::from(kind),
            100..180 => u64::from(self.byte()) * 256 + u64::from(self.byte()),
            180..210 => self.of(&EDGES),
            210..225 => self.of(&EDGES).wrapping_add(u64::from(self.byte())).wrapping_sub(128),
            _ => (0..8).fold(0, |number, _| number << 8 | u64::from(self.byte())),
        }
    }

    /// A number between 0 and 1, mostly plain.
    pub(crate) fn share(&mut self) -> f64 {
        match self.byte() {
            kind @ 0..200 => f64::from(kind) / 200.0,
            200..230 => {
                self.of(&[0.0, 1.0, 0.95, 0.998, 1e-300, 1.0 - f64::EPSILON / 2.0, f64::NAN, f64::INFINITY, -1.0])
            }
            _ => f64::from_bits((0..8).fold(0, |bits, _| bits << 8 | u64::from(self.byte()))),
        }
    }

    pub(crate) fn name(&mut self) -> String {
        const NAMES: [&str; 14] = [
            "A",
            "B",
            "C",
            "D",
            "Kent",
            "E1",
            "E2",
            "City of London",
            "England",
            "a",
            " A ",
            "K\nent",
            "K\u{202e}ent",
            "(no area)",
        ];
        match self.byte() {
            0..220 => self.of(&NAMES).to_owned(),
            _ => {
                let length = self.below(12);
                let text: Vec<u8> = (0..length).map(|_| self.byte()).collect();
                String::from_utf8_lossy(&text).into_owned()
            }
        }
    }
}
