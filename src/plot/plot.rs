//! A picture of an answer, and what may be picked for it.

use super::{bars, drawing::Drawing, options::Options, page, theme::Theme};
use crate::base::{Error, ErrorKind, nearest};
use std::{fs, io, path::Path, sync::Arc};

/// A picture of a report: a finding as its headline, the drawing, and the notes and the basis below.
///
/// The same report and options give the same bytes. Areas are picked out by name or code; a name that no area shown has is told below
/// the picture ([`Plot::unknown_areas`] refuses it).
///
/// ```
/// use crimerate::{Average, Per, Table, plot::Theme};
///
/// let table = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300), ("Kent", 729, 1_846_500)])?;
/// let report = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND);
/// let svg = report.plot().with_theme(Theme::Dark).with_highlighted(["Kent"]).to_svg();
/// assert!(svg.contains("One of 3 forces lies above the average of 35.9 per 100,000"));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Plot {
    drawing: Arc<dyn Drawing>,
    options: Options,
}

impl Plot {
    pub(super) fn of(drawing: impl Drawing + 'static) -> Self {
        Self { drawing: Arc::new(drawing), options: Options::default() }
    }

    /// With this headline in place of the finding.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.options.title = Some(title.into());
        self
    }

    /// With this line below the headline, in place of what, per whom and when.
    #[must_use]
    pub fn with_subtitle(mut self, subtitle: impl Into<String>) -> Self {
        self.options.subtitle = Some(subtitle.into());
        self
    }

    /// With this source in the foot.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<String>) -> Self {
        self.options.source = Some(source.into());
        self
    }

    /// With a note of one's own in the foot, after those of the report (repeatable).
    ///
    /// ```
    /// use crimerate::plot::Plot;
    ///
    /// let plot = Plot::of_limits("counts", [("Kent", Some(12.0), (6.2, 21.0))]).with_note("Limits: exact at 95 %.");
    /// assert!(plot.to_svg().contains(">Limits: exact at "));
    /// ```
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.options.notes.push(note.into());
        self
    }

    /// With this width in pixels, from 360 to 4,000.
    #[must_use]
    pub fn with_width(mut self, width: u32) -> Self {
        self.options.width = Some(f64::from(width.clamp(360, 4_000)));
        self
    }

    /// With this height of the drawing in pixels, where its kind leaves that open; rows of areas are as high as they have to be.
    #[must_use]
    pub fn with_height(mut self, height: u32) -> Self {
        self.options.height = Some(f64::from(height.clamp(160, 8_000)));
        self
    }

    /// With these areas picked out, by name or code.
    #[must_use]
    pub fn with_highlighted<N: Into<String>>(mut self, areas: impl IntoIterator<Item = N>) -> Self {
        self.options.highlighted = areas.into_iter().map(Into::into).collect();
        self
    }

    /// The areas to be picked out that the picture does not show, each as an error that offers the name spelt nearly so, or the codes of those that have
    /// the name.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300)])?;
    /// let plot = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND).plot().with_highlighted(["Dorset", "Durhan"]);
    /// let unknown: Vec<String> = plot.unknown_areas().iter().map(ToString::to_string).collect();
    /// assert_eq!(unknown, ["no area has the name or code \"Durhan\"; did you mean \"Durham\"?"]);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn unknown_areas(&self) -> Vec<Error> {
        let known = self.drawing.areas();
        let names = || known.iter().flat_map(|(name, code)| [Some(*name), *code]).flatten();
        // Areas of one name are drawn with their codes.
        let of_name = |name: &str, label: &str, code: &str| label == format!("{name} ({code})");
        let error = |name: &String| {
            let codes = known.iter().filter_map(|(label, code)| code.filter(|code| of_name(name, label, code)));
            let mut codes: Vec<String> = codes.map(str::to_owned).collect();
            codes.sort_unstable();
            match codes.len() {
                0 => ErrorKind::UnknownArea { name: name.clone(), nearest: nearest(name, names()).map(Into::into) },
                _ => ErrorKind::Ambiguous { name: name.clone(), codes },
            }
        };
        let unknown = self.options.highlighted.iter().filter(|wanted| names().all(|name| name != wanted.as_str()));
        unknown.map(|name| error(name).into()).collect()
    }

    /// With k areas at each end, those picked out, and how many more there are between, where areas stand below each other. Of more than
    /// 60 areas, pictures of ranks have 20 at each end unless this says otherwise.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows((1..=9).map(|i| (format!("Area {i}"), 10 * i, 10_000_u64)))?;
    /// let plot = table.compare(Average::POOLED).per(Per::THOUSAND).plot().with_ends(2).with_highlighted(["Area 5"]);
    /// let names: Vec<String> = plot.to_text(120).lines().skip(3).map(|line| line.chars().take(8).collect()).collect();
    /// assert_eq!(names, ["Area 9  ", "Area 8  ", "… 2 more", "Area 5  ", "… 2 more", "Area 2  ", "Area 1  "]);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub const fn with_ends(mut self, areas: usize) -> Self {
        self.options.ends = Some((areas, areas));
        self
    }

    /// With the first areas alone, those picked out, and how many more there are, where areas stand below each other; the headline is of all
    /// areas still.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows((1..=9).map(|i| (format!("Area {i}"), 10 * i, 10_000_u64)))?;
    /// let plot = table.compare(Average::POOLED).per(Per::THOUSAND).plot().with_top(2).with_highlighted(["Area 5"]);
    /// let names: Vec<String> = plot.to_text(120).lines().skip(3).map(|line| line.chars().take(8).collect()).collect();
    /// assert_eq!(names, ["Area 9  ", "Area 8  ", "… 2 more", "Area 5  ", "… 4 more"]);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub const fn with_top(mut self, areas: usize) -> Self {
        self.options.ends = Some((areas, 0));
        self
    }

    /// Whether areas stand below each other, so that [`Plot::with_ends`] and [`Plot::with_top`] change anything.
    #[must_use]
    pub fn has_ends(&self) -> bool {
        self.drawing.has_ends()
    }

    /// In this theme.
    #[must_use]
    pub const fn with_theme(mut self, theme: Theme) -> Self {
        self.options.theme = theme;
        self
    }

    /// The headline: the finding, or what was given.
    #[must_use]
    pub fn headline(&self) -> String {
        self.options.title.clone().unwrap_or_else(|| self.drawing.told().headline)
    }

    /// The picture as SVG.
    #[must_use]
    pub fn to_svg(&self) -> String {
        page::svg(self.drawing.as_ref(), &self.options)
    }

    /// The figures as bars of text, for a terminal with this number of columns; names are measured by the columns that they take.
    #[must_use]
    pub fn to_text(&self, columns: usize) -> String {
        let subtitle = self.options.subtitle.clone().unwrap_or_else(|| self.drawing.told().subtitle);
        bars::text(&self.headline(), &subtitle, &self.drawing.bars(&self.options), &self.drawing.base(), columns)
    }

    /// Writes the SVG, all of it or nothing.
    ///
    /// # Errors
    /// What the file system says.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        let mut part = path.as_os_str().to_owned();
        part.push(format!(".{}.part", std::process::id()));
        fs::write(&part, self.to_svg()).and_then(|()| fs::rename(&part, path)).inspect_err(|_| {
            let _ = fs::remove_file(&part);
        })
    }
}
