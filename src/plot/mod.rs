//! Pictures of answers, as SVG or as text.

mod bars;
mod canvas;
mod chances;
mod changes;
mod curve;
mod drawing;
mod funnel;
mod funnel_drawn;
mod labels;
mod lines;
mod options;
mod page;
mod places;
mod plot;
mod ranked;
mod ranks;
mod scale;
mod series;
mod theme;
mod tiles;
mod width;
mod words;

pub use plot::Plot;
pub use theme::Theme;
