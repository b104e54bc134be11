//! Pictures of answers, as SVG or as text.

mod bars;
mod canvas;
mod drawing;
mod options;
mod page;
mod plot;
mod ranked;
mod scale;
mod theme;
mod width;
mod words;

pub use plot::Plot;
pub use theme::Theme;
