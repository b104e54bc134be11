//! The texts that an XLSX shares between its cells.

use super::{
    archive::Part,
    rich::Rich,
    xml::{Node, Tag, Xml},
};
use crate::base::Result;
use std::collections::HashMap;

/// The texts by their numbers, without the marks of notes, which stand beside. A text costs its bytes and one and a half more, so that many
/// small ones take no more memory than they have bytes in the file.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    /// The length of each, up to 255, which stands for one that is kept apart.
    lengths: Vec<u8>,
    long: HashMap<usize, usize>,
    /// Where every sixteenth begins.
    starts: Vec<usize>,
    marks: HashMap<usize, Box<str>>,
}

/// How many texts have one place.
const RUN: usize = 16;

/// A text of runs, shared or in a cell itself.
#[derive(Debug, Default)]
pub(super) struct Runs {
    pub(super) rich: Rich,
    raised: bool,
    in_text: bool,
    /// How deep within the readings of East Asian words, which are none of the text.
    phonetic: bool,
}

impl Runs {
    pub(super) fn clear(&mut self) {
        self.rich.clear();
        (self.raised, self.in_text, self.phonetic) = (false, false, false);
    }

    pub(super) fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "r" => self.raised = false,
            "vertAlign" => self.raised = tag.get("val").is_some_and(|val| val == "superscript"),
            "t" => self.in_text = !self.phonetic,
            "rPh" => self.phonetic = true,
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.in_text {
            self.rich.push(text, self.raised);
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        match name {
            "r" => self.raised = false,
            "t" => self.in_text = false,
            "rPh" => self.phonetic = false,
            _ => {}
        }
    }
}

impl Strings {
    pub(super) fn read(part: Part) -> Result<Self> {
        let (mut xml, mut strings, mut runs) = (Xml::new(part), Self::default(), Runs::default());
        loop {
            match xml.next()? {
                Node::Start(tag) if tag.name() == "si" => runs.clear(),
                Node::Start(tag) => runs.start(&tag),
                Node::Text(text) => runs.text(&text),
                Node::End(tag) if tag.name() == "si" => {
                    let (text, marks) = runs.rich.finish();
                    if !marks.is_empty() {
                        strings.marks.insert(strings.lengths.len(), marks.into());
                    }
                    strings.push(&unescaped(text));
                }
                Node::End(tag) => runs.end(tag.name()),
                Node::Finished => return Ok(strings),
            }
        }
    }

    fn push(&mut self, text: &str) {
        let number = self.lengths.len();
        if number.is_multiple_of(RUN) {
            self.starts.push(self.text.len());
        }
        self.text.push_str(text);
        let short = u8::try_from(text.len()).ok().filter(|length| *length < u8::MAX);
        self.lengths.push(short.unwrap_or(u8::MAX));
        if short.is_none() {
            self.long.insert(number, text.len());
        }
    }

    /// How long a text is.
    fn length(&self, number: usize) -> Option<usize> {
        match self.lengths.get(number)? {
            &u8::MAX => self.long.get(&number).copied(),
            short => Some(usize::from(*short)),
        }
    }

    /// The text of a number and its marks.
    pub(super) fn get(&self, number: usize) -> Option<(&str, Option<&str>)> {
        let length = self.length(number)?;
        let run = number / RUN;
        let before = (run * RUN..number).map(|number| self.length(number)).sum::<Option<usize>>()?;
        let start = self.starts.get(run)? + before;
        let text = self.text.get(start..start + length)?;
        Some((text, self.marks.get(&number).map(|marks| &**marks)))
    }
}

/// A text without the way in which XLSX writes characters that XML has none for: `_x000D_`.
pub(super) fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let (mut plain, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = after.split_once('_').filter(|(code, _)| code.len() == 4);
        match code.and_then(|(code, after)| Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, after))) {
            Some((c, after)) => {
                plain.push(c);
                rest = after;
            }
            None => {
                plain.push_str("_x");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_any_length_by_their_numbers() {
        let texts: Vec<String> = (0..1_000_usize).map(|number| "\u{e9}".repeat(number * number % 301)).collect();
        let mut strings = Strings::default();
        texts.iter().for_each(|text| strings.push(text));
        for (number, text) in texts.iter().enumerate() {
            assert_eq!(strings.get(number), Some((text.as_str(), None)), "{number}");
        }
        assert_eq!(strings.get(texts.len()), None);
        assert_eq!(Strings::default().get(0), None);
    }

    #[test]
    fn many_small_texts_take_as_many_bytes() {
        let mut strings = Strings::default();
        (0..1_000_000).for_each(|_| strings.push("a"));
        let held = strings.text.capacity() + strings.lengths.capacity() + 8 * strings.starts.capacity();
        assert!(held < 5_500_000, "{held}");
    }
}
