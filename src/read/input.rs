//! The bytes of a delimited file: in UTF-8 or as they are, with one kind of line end, and no more of them than are allowed.

use super::{cell::Met, quotes::Quotes};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read};

/// A file on its way into rows.
pub(super) struct Input {
    inner: Box<dyn Read + Send>,
    /// What was read and not yet passed on.
    block: Vec<u8>,
    at: usize,
    ended: bool,
    decoder: Option<Decoder>,
    encoding: &'static Encoding,
    /// Decoded bytes that were looked at before the first row is read.
    ready: Vec<u8>,
    ready_at: usize,
    after_return: bool,
    last: u8,
    allowance: usize,
    refused: bool,
    quotes: Option<Quotes>,
}

const BLOCK: usize = 1 << 16;

impl Input {
    /// A file in the encoding that is given, or else that its first bytes show.
    pub(super) fn new(inner: Box<dyn Read + Send>, given: Option<&'static Encoding>) -> io::Result<Self> {
        let mut input = Self {
            inner,
            block: Vec::new(),
            at: 0,
            ended: false,
            decoder: None,
            encoding: UTF_8,
            ready: Vec::new(),
            ready_at: 0,
            after_return: false,
            last: b'\n',
            allowance: usize::MAX,
            refused: false,
            quotes: None,
        };
        input.fill()?;
        let (encoding, mark) = match Encoding::for_bom(&input.block) {
            Some((encoding, mark)) => (encoding, mark),
            None => (given.or_else(|| without_mark(&input.block)).unwrap_or(UTF_8), 0),
        };
        input.at = mark;
        input.encoding = encoding;
        input.decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        while input.ready.len() < BLOCK {
            let mut ready = vec![0; BLOCK];
            let taken = input.decoded(&mut ready)?;
            if taken == 0 {
                break;
            }
            input.ready.extend(ready.iter().take(taken));
        }
        Ok(input)
    }

    pub(super) const fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    /// The first bytes, and whether they are all.
    pub(super) fn beginning(&self) -> (&[u8], bool) {
        (&self.ready, self.ended && self.at == self.block.len())
    }

    /// Lets as many more bytes pass.
    pub(super) const fn allow(&mut self, bytes: usize) {
        self.allowance = bytes;
    }

    /// Looks for quotation marks within cells in what is read from here on.
    pub(super) fn watch_quotes(&mut self, delimiter: u8) {
        self.quotes = Some(Quotes::new(delimiter));
    }

    /// A cell with such marks that stands before this place of what was read.
    pub(super) fn quoted_before(&mut self, place: u64) -> Option<Met> {
        self.quotes.as_mut()?.before(place)
    }

    /// Whether more bytes were asked for than were allowed.
    pub(super) const fn refused(&self) -> bool {
        self.refused
    }

    fn fill(&mut self) -> io::Result<()> {
        self.block.resize(BLOCK, 0);
        self.at = 0;
        let mut filled = 0;
        while filled < BLOCK && !self.ended {
            match self.inner.read(self.block.get_mut(filled..).unwrap_or_default()) {
                Ok(0) => self.ended = true,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.block.truncate(filled);
        Ok(())
    }

    /// The next bytes in UTF-8, or as they are, with `\n` alone at the ends of lines, the last one too.
    fn decoded(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.at == self.block.len() && !self.ended {
                self.fill()?;
            }
            let from = self.block.get(self.at..).unwrap_or_default();
            let all = from.is_empty();
            let written = match &mut self.decoder {
                Some(decoder) => {
                    let (result, read, written, _) = decoder.decode_to_utf8(from, to, self.ended);
                    self.at += read;
                    if result == CoderResult::InputEmpty && self.ended {
                        self.decoder = None;
                    }
                    written
                }
                None => {
                    let taken = from.len().min(to.len());
                    for (to, from) in
                        [(to.get_mut(..taken), from.get(..taken))].into_iter().filter_map(|(to, from)| to.zip(from))
                    {
                        to.copy_from_slice(from);
                    }
                    self.at += taken;
                    taken
                }
            };
            let kept = self.with_plain_ends(to, written);
            if kept > 0 {
                return Ok(kept);
            }
            if all && self.ended && self.decoder.is_none() {
                if self.last != b'\n' && !to.is_empty() {
                    self.last = b'\n';
                    to.iter_mut().take(1).for_each(|byte| *byte = b'\n');
                    return Ok(1);
                }
                return Ok(0);
            }
        }
    }

    /// Makes `\n` of `\r\n` and `\r` in the first bytes; how many bytes are left.
    fn with_plain_ends(&mut self, bytes: &mut [u8], len: usize) -> usize {
        let Some(bytes) = bytes.get_mut(..len).filter(|bytes| !bytes.is_empty()) else { return 0 };
        let mut kept = len;
        if self.after_return || memchr::memchr(b'\r', bytes).is_some() {
            kept = 0;
            for at in 0..len {
                let byte = bytes.get(at).copied().unwrap_or_default();
                let second = byte == b'\n' && self.after_return;
                self.after_return = byte == b'\r';
                if !second {
                    if let Some(to) = bytes.get_mut(kept) {
                        *to = if byte == b'\r' { b'\n' } else { byte };
                    }
                    kept += 1;
                }
            }
        }
        self.last = bytes.get(..kept).and_then(<[u8]>::last).copied().unwrap_or(self.last);
        kept
    }
}

/// UTF-16 without a mark at its beginning: most of its text has a zero in every second byte.
fn without_mark(block: &[u8]) -> Option<&'static Encoding> {
    let pairs = block.len().min(512) / 2;
    let zeros = |second: usize| block.iter().skip(second).step_by(2).take(pairs).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    match pairs {
        0..4 => None,
        _ if second * 4 > pairs * 3 && first * 4 < pairs => Some(UTF_16LE),
        _ if first * 4 > pairs * 3 && second * 4 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

impl Read for Input {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.allowance == 0 {
            self.refused = true;
            return Err(io::Error::other("a row is too long"));
        }
        let ready = self.ready.get(self.ready_at..).unwrap_or_default();
        let read = if ready.is_empty() {
            self.ready = Vec::new();
            self.ready_at = 0;
            self.decoded(to)?
        } else {
            let read = { ready }.read(to)?;
            self.ready_at += read;
            read
        };
        self.allowance = self.allowance.saturating_sub(read);
        if let Some(quotes) = &mut self.quotes {
            quotes.pass(to.get(..read).unwrap_or_default());
        }
        Ok(read)
    }
}
