//! The README and its fenced blocks.

pub(crate) const README: &str = include_str!("../../README.md");

/// The fenced blocks of the README, without their fences.
pub(crate) fn blocks() -> Vec<&'static str> {
    blocks_of(README)
}

/// The fenced blocks of a document, without their fences.
pub(crate) fn blocks_of(document: &'static str) -> Vec<&'static str> {
    document.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').map_or("", |(_, text)| text)).collect()
}
