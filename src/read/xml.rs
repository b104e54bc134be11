//! XML of a part of a workbook, an event at a time.

use super::archive::Part;
use crate::base::{Error, Result};
use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesEnd, BytesStart, Event},
};
use std::borrow::Cow;

/// A part of a workbook.
pub(super) struct Xml {
    reader: Reader<Part>,
    buffer: Vec<u8>,
    depth: usize,
}

/// What comes next in it; prefixes of names are dropped.
pub(super) enum Node<'x> {
    Start(Tag<'x>),
    End(Ended<'x>),
    Text(Cow<'x, str>),
    Finished,
}

/// A tag that opens an element.
pub(super) struct Tag<'x>(BytesStart<'x>);

/// The end of an element.
pub(super) struct Ended<'x>(BytesEnd<'x>);

/// How deep elements can stand in each other; workbooks need a dozen.
const DEPTH: usize = 200;

impl Xml {
    pub(super) fn new(part: Part) -> Self {
        let mut reader = Reader::from_reader(part);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    pub(super) fn next(&mut self) -> Result<Node<'_>> {
        self.buffer.clear();
        // A part of a cell that was very long is not kept.
        self.buffer.shrink_to(1 << 16);
        let part = self.reader.get_mut();
        part.next_piece();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return Err(self.reader.get_mut().error(&format!("it is not XML: {error}"))),
        };
        Ok(match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > DEPTH {
                    return Err(self.reader.get_mut().error("its elements stand too deep in each other"));
                }
                Node::Start(Tag(tag))
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Node::End(Ended(tag))
            }
            Event::Text(text) => Node::Text(text.xml10_content()),
            Event::CData(text) => Node::Text(text.xml10_content()),
            Event::GeneralRef(name) => Node::Text(match name.resolve_char_ref() {
                Ok(Some(c)) => Cow::Owned(c.to_string()),
                _ => {
                    resolve_predefined_entity(&name).map_or_else(|| Cow::Owned(format!("&{};", &*name)), Cow::Borrowed)
                }
            }),
            Event::Eof => Node::Finished,
            _ => Node::Text(Cow::Borrowed("")),
        })
    }

    /// How many bytes were unpacked.
    pub(super) fn unpacked(&self) -> u64 {
        self.reader.get_ref().unpacked()
    }

    /// What is wrong where it ends within something.
    pub(super) fn cut_off(&mut self) -> Error {
        self.reader.get_mut().error("it is cut off")
    }
}

impl Ended<'_> {
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

impl Tag<'_> {
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute; prefixes do not matter.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        let attributes = attributes.with_checks(false).filter_map(std::result::Result::ok);
        let found = attributes.into_iter().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        match found.value {
            Cow::Borrowed(plain) if !plain.contains('&') => Some(Cow::Borrowed(plain)),
            value => Some(Cow::Owned(
                quick_xml::escape::unescape(&value).map_or_else(|_| value.to_string(), Cow::into_owned),
            )),
        }
    }

    /// The same as a whole number.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.trim().parse().ok()
    }
}
