//! What a kind of picture has to tell and to draw.

use super::{
    canvas::{Canvas, Stroke},
    options::Options,
    scale::Axis,
    theme::{Colour, Palette},
};
use crate::base::Note;
use std::fmt;

/// A rectangle of the picture that is drawn in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Frame {
    pub(super) const fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) const fn height(self) -> f64 {
        self.bottom - self.top
    }
}

/// What stands around a drawing.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// The finding, in a sentence without its full stop; the message has its own.
    pub(super) headline: String,
    /// What, per whom and when.
    pub(super) subtitle: String,
    /// More sentences for who cannot see the picture.
    pub(super) message: String,
    pub(super) notes: Vec<Note>,
    /// Where the figures are from.
    pub(super) source: Option<String>,
}

/// What a key shows.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Line(Stroke),
    Dot(Colour),
    Ring(Colour),
    /// A dot of one colour with an edge of another.
    Edged(Colour, Colour),
    Shade(Colour),
}

/// A mark and what it means.
pub(super) type Key = (Shape, String);

/// What is picked for a picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look<'a> {
    pub(super) palette: Palette,
    pub(super) options: &'a Options,
}

/// A row of a picture in a terminal.
#[derive(Clone, Debug, Default)]
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) value: f64,
    pub(super) shown: String,
    /// The part of the figure that stays where there is room for no more.
    pub(super) brief: Option<String>,
    /// The limits of the value, where it is a dot between them.
    pub(super) limits: Option<(f64, f64)>,
}

/// Where bars of text begin, and a value that is marked across them, with its name.
#[derive(Clone, Debug, Default)]
pub(super) struct Base {
    pub(super) origin: f64,
    pub(super) mark: Option<(f64, String)>,
    /// The axis, from 0 to 1, of values that are dots and no bars.
    pub(super) axis: Option<Axis>,
}

/// A kind of picture with the figures it is of.
pub(super) trait Drawing: fmt::Debug + Send + Sync {
    fn told(&self) -> Told;

    fn keys(&self, palette: Palette) -> Vec<Key>;

    /// How wide the picture is where nobody says.
    fn width(&self, _: &Options) -> f64 {
        760.0
    }

    /// How high the drawing is in this width; `room` is what was asked for, where it was.
    fn height(&self, width: f64, room: Option<f64>, options: &Options) -> f64;

    /// Draws, and returns what has to be told below.
    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String>;

    /// The areas shown, by their names and codes.
    fn areas(&self) -> Vec<(&str, Option<&str>)>;

    fn bars(&self, options: &Options) -> Vec<Bar>;

    fn base(&self) -> Base {
        Base::default()
    }

    /// Whether areas stand below each other, so that there are ends to show.
    fn has_ends(&self) -> bool {
        false
    }
}
