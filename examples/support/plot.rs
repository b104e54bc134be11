//! A picture of what an example found: a title, what its marks mean, the drawing, and what it rests on, as SVG.

use super::program::Failure;
use crimerate::{Basis, Note, Topic};
use plotters::{
    coord::Shift,
    element::DashedPathElement,
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process,
};

/// Something to draw on, in pixels. Pictures are twice as large as they are shown, for lines end on whole pixels.
pub(crate) type Sheet<'a> = DrawingArea<SVGBackend<'a>, Shift>;

// Apart to the colour-blind (Okabe and Ito 2008, Color Universal Design) and, by their lightness, in grey.
pub(crate) const INK: RGBColor = RGBColor(34, 34, 34);
pub(crate) const GREY: RGBColor = RGBColor(136, 136, 136);
pub(crate) const BLUE: RGBColor = RGBColor(0, 114, 178);
pub(crate) const SKY: RGBColor = RGBColor(86, 180, 233);
#[allow(dead_code, reason = "not every drawing needs it")]
pub(crate) const ORANGE: RGBColor = RGBColor(213, 94, 0);

const WIDTH: u32 = 1_600;
/// The height of a line, and the sizes of letters.
const LINE: u32 = 34;
pub(crate) const TEXT: u32 = 24;
pub(crate) const SMALL: u32 = 21;
const TITLE: u32 = 34;
const MARGIN: i32 = 24;
/// A dash and the gap after it, and the radius of a dot.
pub(crate) const DASH: (u32, u32) = (12, 9);
pub(crate) const DOT: i32 = 8;
/// How long the sample of a line is, and what is between it and its text.
const SAMPLE: i32 = 54;
const GAP: i32 = 12;

/// What is around a drawing.
pub(crate) struct Picture {
    pub(crate) title: String,
    pub(crate) keys: Vec<(Mark, String)>,
    pub(crate) notes: Vec<String>,
    /// Of the drawing itself.
    pub(crate) height: u32,
}

/// What a key shows.
#[derive(Clone, Copy)]
#[allow(dead_code, reason = "not every drawing has every mark")]
pub(crate) enum Mark {
    Line(ShapeStyle),
    Dashes(ShapeStyle),
    Dot(ShapeStyle),
}

/// The name of a picture, which says that it is SVG.
pub(crate) fn file(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match path.extension() {
        Some(ending) if ending.eq_ignore_ascii_case("svg") => Ok(path),
        _ => Err("pictures are SVG, so the name of one ends in .svg".into()),
    }
}

/// What was counted and when, after a title; nothing where a table does not tell.
pub(crate) fn counted(basis: &Basis) -> String {
    basis.counted().map_or_else(String::new, |what| format!(": {what}"))
}

/// How many areas, in words.
pub(crate) fn areas(number: usize) -> String {
    format!("{} area{}", tick(number as f64), if number == 1 { "" } else { "s" })
}

/// The notes about some topics.
pub(crate) fn about(notes: &[Note], topics: &[Topic]) -> Vec<String> {
    notes.iter().filter(|note| topics.contains(&note.topic())).map(ToString::to_string).collect()
}

/// Writes all of the picture or, where that fails, none of it.
pub(crate) fn write(path: &Path, svg: &str) -> Result<(), Failure> {
    let part = path.with_extension(format!("svg.{}", process::id()));
    let written = fs::write(&part, svg).and_then(|()| fs::rename(&part, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&part);
        format!("{}: {error}", path.display()).into()
    })
}

impl Picture {
    pub(crate) fn svg(&self, draw: impl FnOnce(&Sheet<'_>) -> Result<(), Failure>) -> Result<String, Failure> {
        let (keys, notes) = (self.rows(), wrapped(&self.notes.join(" ")));
        let head = TITLE + LINE + keys.last().map_or(0, |(row, ..)| row + 1) * LINE;
        let foot = LINE * (notes.len() as u32 + 1);
        let mut svg = String::new();
        {
            let size = (WIDTH, head + self.height + foot);
            let sheet = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            sheet.fill(&WHITE)?;
            let size = fitting(&self.title, TITLE, WIDTH as i32 - 2 * MARGIN);
            words(&sheet, &self.title, size, (MARGIN, LINE as i32), HPos::Left)?;
            for (row, at, (mark, text)) in keys {
                let y = (TITLE + 3 * LINE / 2 + row * LINE) as i32;
                mark.draw(&sheet, (at, y))?;
                words(&sheet, text, TEXT, (at + mark.width() + GAP, y), HPos::Left)?;
            }
            let (_, rest) = sheet.split_vertically(head);
            let (body, footer) = rest.split_vertically(self.height);
            draw(&body)?;
            for (row, line) in notes.iter().enumerate() {
                words(&footer, line, SMALL, (MARGIN, (LINE * (row as u32 + 1)) as i32 - GAP), HPos::Left)?;
            }
            sheet.present()?;
        }
        Ok(svg)
    }

    /// The keys side by side, in as many rows as it takes: for each its row and where it begins.
    fn rows(&self) -> Vec<(u32, i32, &(Mark, String))> {
        let (mut row, mut at) = (0, MARGIN);
        let place = |key| {
            let (mark, text): &(Mark, String) = key;
            let wide = mark.width() + 4 * GAP + width(text, TEXT);
            if at > MARGIN && at + wide > WIDTH as i32 {
                (row, at) = (row + 1, MARGIN);
            }
            at += wide;
            (row, at - wide, key)
        };
        self.keys.iter().map(place).collect()
    }
}

impl Mark {
    fn width(self) -> i32 {
        if matches!(self, Self::Dot(_)) { 2 * DOT } else { SAMPLE }
    }

    fn draw(self, sheet: &Sheet<'_>, (x, y): (i32, i32)) -> Result<(), Failure> {
        let line = vec![(x, y), (x + SAMPLE, y)];
        match self {
            Self::Line(style) => sheet.draw(&PathElement::new(line, style))?,
            Self::Dashes(style) => sheet.draw(&DashedPathElement::new(line, DASH.0, DASH.1, style))?,
            Self::Dot(style) => sheet.draw(&Circle::new((x + DOT, y), DOT, style))?,
        }
        Ok(())
    }
}

/// A line of text that begins, ends or has its middle here, centred on the height.
pub(crate) fn words(sheet: &Sheet<'_>, text: &str, size: u32, at: (i32, i32), side: HPos) -> Result<(), Failure> {
    let style = font(size).into_text_style(sheet).pos(Pos::new(side, VPos::Center));
    Ok(sheet.draw_text(&shown(text), &style, at)?)
}

/// The font whose letters have this size in SVG.
pub(crate) fn font(size: u32) -> (&'static str, f64, &'static RGBColor) {
    ("sans-serif", f64::from(size) * 1.24, &INK)
}

/// Text without what XML cannot hold.
fn shown(text: &str) -> String {
    text.replace(|c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'), " ")
}

/// How wide a letter is, over its size. It is a guess, as whoever shows the picture has fonts of their own.
const LETTER: f64 = 0.58;

/// How wide a text is, nearly.
pub(crate) fn width(text: &str, size: u32) -> i32 {
    (text.chars().count() as f64 * f64::from(size) * LETTER).ceil() as i32
}

/// The size, or as much smaller as the text needs.
fn fitting(text: &str, size: u32, room: i32) -> u32 {
    (size * room.max(1) as u32 / width(text, size).max(1) as u32).clamp(TEXT / 2, size)
}

/// The beginning of a text that has so much room.
#[allow(dead_code, reason = "not every drawing has little room")]
pub(crate) fn cut(text: &str, size: u32, room: i32) -> String {
    if width(text, size) <= room {
        return text.into();
    }
    let letters = (f64::from(room) / (f64::from(size) * LETTER)) as usize;
    text.chars().take(letters.saturating_sub(1)).chain(['…']).collect()
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.replace(" %", "\u{a0}%").split(' ') {
        match lines.last_mut() {
            Some(line) if width(line, SMALL) + width(word, SMALL) < WIDTH as i32 - 2 * MARGIN => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.into()),
        }
    }
    lines
}

/// A number on an axis: its thousands apart, and no more decimals than it has.
pub(crate) fn tick(value: f64) -> String {
    if value != 0.0 && !(1e-4..1e15).contains(&value.abs()) {
        return format!("{value:.3e}");
    }
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let (whole, decimals) = text.split_once('.').map_or((text, ""), |(whole, _)| (whole, &text[whole.len()..]));
    let digits = whole.len();
    let grouped = whole.char_indices().flat_map(|(at, digit)| {
        let comma = at > 0 && (digits - at).is_multiple_of(3);
        comma.then_some(',').into_iter().chain([digit])
    });
    grouped.chain(decimals.chars()).collect()
}
