//! What may be picked for a picture.

use super::theme::Theme;

/// What was picked for a [`Plot`](super::Plot).
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Options {
    pub(super) title: Option<String>,
    pub(super) subtitle: Option<String>,
    pub(super) source: Option<String>,
    /// More notes for the foot.
    pub(super) notes: Vec<String>,
    pub(super) width: Option<f64>,
    pub(super) height: Option<f64>,
    pub(super) highlighted: Vec<String>,
    /// How many areas are shown at the beginning and at the end.
    pub(super) ends: Option<(usize, usize)>,
    pub(super) theme: Theme,
}

impl Options {
    /// Whether an area is one of those to be seen, by its name or its code.
    pub(super) fn highlights(&self, name: &str, code: Option<&str>) -> bool {
        self.highlighted.iter().any(|wanted| wanted == name || Some(wanted.as_str()) == code)
    }
}
