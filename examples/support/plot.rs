//! A picture of what an example found, as SVG in a file or as bars of text.

use super::program::Failure;
use clap::Args;
use crimerate::{
    Error,
    plot::{Plot, Theme},
};
use std::path::PathBuf;

/// The picture that is asked for.
#[derive(Args)]
pub(crate) struct Picture {
    /// Draw a picture, too; `-`: print it as bars of text, and nothing else
    #[arg(long, value_name = "FILE.svg", value_parser = place)]
    plot: Option<Place>,
    /// The theme of the picture: light or dark
    #[arg(long, value_name = "THEME", default_value = "light", requires = "plot")]
    theme: Theme,
    /// An area to pick out in the picture (repeatable)
    #[arg(long, value_name = "NAME", requires = "plot")]
    highlight: Vec<String>,
    /// How many areas to draw at each end; those between are counted
    #[arg(long, value_name = "K", requires = "plot", value_parser = clap::value_parser!(u16).range(1..))]
    ends: Option<u16>,
    /// The line below the headline, in place of what, per whom and when
    #[arg(long, value_name = "TEXT", requires = "plot")]
    subtitle: Option<String>,
    /// How wide the picture is, in pixels (360 to 4,000)
    #[arg(long, value_name = "PIXELS", requires = "plot", value_parser = clap::value_parser!(u32).range(360..=4_000))]
    width: Option<u32>,
    /// How high the drawing is, in pixels (160 to 8,000), where its kind leaves that open
    #[arg(long, value_name = "PIXELS", requires = "plot", value_parser = clap::value_parser!(u32).range(160..=8_000))]
    height: Option<u32>,
    /// The headline of the picture, in place of the finding
    #[arg(long, value_name = "TEXT", requires = "plot")]
    title: Option<String>,
}

/// The picture of a value for each area, which may be a map.
#[derive(Args)]
#[allow(dead_code, reason = "not every example has a value for each area")]
pub(crate) struct OfValues {
    #[command(flatten)]
    picture: Picture,
    /// The picture is a map of the police forces, a hexagon each, in fifths or by the bands
    #[arg(long, requires = "plot")]
    map: bool,
}

#[allow(dead_code, reason = "not every example has a value for each area")]
impl OfValues {
    /// Draws what is asked for, and returns what is to be printed.
    pub(crate) fn draw(
        &self,
        printed: String,
        plot: impl FnOnce() -> Plot,
        map: impl FnOnce() -> Result<Plot, Error>,
    ) -> Result<String, Failure> {
        self.picture.draw_some(printed, || if self.map { map() } else { Ok(plot()) })
    }
}

/// Where a picture goes.
#[derive(Clone)]
enum Place {
    File(PathBuf),
    Output,
}

/// How many columns of a terminal bars take, where it does not say how many it has.
const COLUMNS: usize = 100;

/// How many columns the terminal says that it has.
fn columns() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(COLUMNS)
}

/// The name of a picture, which says that it is SVG.
fn place(text: &str) -> Result<Place, String> {
    if text == "-" {
        return Ok(Place::Output);
    }
    let path = PathBuf::from(text);
    match path.extension() {
        Some(ending) if ending.eq_ignore_ascii_case("svg") => Ok(Place::File(path)),
        _ => Err("pictures are SVG, so the name of one ends in .svg".into()),
    }
}

impl Picture {
    /// Whether there is one to draw.
    #[allow(dead_code, reason = "most examples have what a picture needs in any case")]
    pub(crate) const fn is_asked(&self) -> bool {
        self.plot.is_some()
    }

    /// Draws what is asked for, and returns what is to be printed.
    #[allow(dead_code, reason = "not every example always has a picture")]
    pub(crate) fn draw(&self, printed: String, plot: impl FnOnce() -> Plot) -> Result<String, Failure> {
        self.draw_some(printed, || Ok(plot()))
    }

    /// The same of what may have no picture.
    pub(crate) fn draw_some(
        &self,
        printed: String,
        plot: impl FnOnce() -> Result<Plot, Error>,
    ) -> Result<String, Failure> {
        let Some(place) = &self.plot else { return Ok(printed) };
        let mut plot = plot().map_err(|error| format!("--plot: {error}"))?.with_theme(self.theme);
        if !self.highlight.is_empty() {
            plot = plot.with_highlighted(self.highlight.clone());
        }
        let unknown: Vec<String> = plot.unknown_areas().iter().map(|error| format!("--highlight: {error}")).collect();
        if !unknown.is_empty() {
            return Err(unknown.join("\n").into());
        }
        if let Some(ends) = self.ends {
            if !plot.has_ends() {
                return Err("--ends: areas do not stand below each other in this picture, so all are drawn".into());
            }
            plot = plot.with_ends(ends.into());
        }
        plot = self.width.into_iter().fold(plot, Plot::with_width);
        plot = self.height.into_iter().fold(plot, Plot::with_height);
        if let Some(title) = &self.title {
            plot = plot.with_title(title);
        }
        if let Some(subtitle) = &self.subtitle {
            plot = plot.with_subtitle(subtitle);
        }
        match place {
            Place::Output => Ok(plot.to_text(columns())),
            Place::File(path) => {
                plot.save(path).map_err(|error| format!("{}: {error}", path.display()))?;
                Ok(printed)
            }
        }
    }
}
