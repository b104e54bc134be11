//! The texts that an XLSX shares between its cells.

use super::{
    archive::Part,
    rich::Rich,
    xml::{Node, Tag, Xml},
};
use crate::base::Result;
use std::collections::HashMap;

/// The texts by their numbers, without the marks of notes, which stand beside.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
    marks: HashMap<usize, Box<str>>,
}

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
                        strings.marks.insert(strings.ends.len(), marks.into());
                    }
                    strings.text.push_str(&unescaped(text));
                    strings.ends.push(strings.text.len());
                }
                Node::End(tag) => runs.end(tag.name()),
                Node::Finished => return Ok(strings),
            }
        }
    }

    /// The text of a number and its marks.
    pub(super) fn get(&self, number: usize) -> Option<(&str, Option<&str>)> {
        let start = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        let text = self.text.get(start..*self.ends.get(number)?)?;
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
