//! The whole of a picture: headline, keys, drawing and foot.

use super::{
    canvas::{Canvas, Stroke, Type, escaped, number},
    drawing::{Drawing, Frame, Key, Look, Shape, Told},
    options::Options,
    width::{self, TEXT, balanced, wrapped},
};
use crate::base::{Note, Topic};

const MARGIN: f64 = 24.0;
const TITLE: f64 = 20.0;
const SUBTITLE: f64 = 13.0;
const KEY: f64 = 12.0;
const NOTE: f64 = 10.5;
/// The height of a line over the size of its letters.
const LEADING: f64 = 1.35;
/// Of the notes.
const MOST_LINES: usize = 16;
const SAMPLE: f64 = 26.0;

/// Metrics of one another, so that text is as wide as it was measured.
const FONTS: &str = "Arial, Helvetica, &apos;Liberation Sans&apos;, Arimo, sans-serif";

pub(super) fn svg(drawing: &dyn Drawing, options: &Options) -> String {
    let (told, palette) = (drawing.told(), options.theme.palette());
    let wide = options.width.unwrap_or_else(|| drawing.width(options));
    let room = wide - 2.0 * MARGIN;
    let title = options.title.clone().unwrap_or_else(|| told.headline.clone());
    let subtitle = options.subtitle.clone().unwrap_or_else(|| told.subtitle.clone());
    let mut canvas = Canvas::default();
    let mut y = MARGIN;
    for (text, size, colour, bold) in [(&title, TITLE, palette.ink, true), (&subtitle, SUBTITLE, palette.faint, false)]
    {
        // Bold letters are a little wider.
        for line in if bold { balanced(text, size * 1.08, TEXT * room) } else { wrapped(text, size, TEXT * room) } {
            y += size;
            canvas.text((MARGIN, y), Type::new(size, colour).bold(bold), &line);
            y += size * (LEADING - 1.0);
        }
        y += 3.0;
    }
    y = keys(&mut canvas, &drawing.keys(palette), Look { palette, options }, y + 4.0, wide);
    let high = drawing.height(room, options.height, options);
    let frame = Frame { left: MARGIN, top: y, right: wide - MARGIN, bottom: y + high };
    let more = drawing.draw(&mut canvas, frame, Look { palette, options });
    y = frame.bottom + 8.0;
    for line in foot(drawing, &told, options, more, TEXT * room) {
        y += NOTE;
        canvas.text((MARGIN, y), Type::new(NOTE, palette.faint), &line);
        y += NOTE * (LEADING - 1.0);
    }
    let (wide, high) = (number(wide), number((y + MARGIN / 2.0).ceil()));
    let message = if told.message.is_empty() { String::new() } else { format!(" {}", told.message) };
    let described = format!("{}.{message}", told.headline);
    let id = id(&[&title, &subtitle]);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" viewBox=\"0 0 {wide} {high}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" font-family=\"{FONTS}\">\n<title id=\"{id}-title\">{}</title>\n\
         <desc id=\"{id}-desc\">{}</desc>\n\
         <rect width=\"{wide}\" height=\"{high}\" fill=\"{}\"/>\n{}</svg>\n",
        escaped(&title),
        escaped(&described),
        palette.paper,
        canvas.into_svg(),
    )
}

/// What a picture is called in a page that has several, by what it says (FNV-1a).
fn id(texts: &[&String]) -> String {
    let bytes = texts.iter().flat_map(|text| text.bytes());
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("plot-{:08x}", hash & 0xffff_ffff)
}

/// The keys side by side, in as many rows as it takes, and how far down that is.
fn keys(canvas: &mut Canvas, keys: &[Key], look: Look<'_>, top: f64, wide: f64) -> f64 {
    let (mut x, mut y) = (MARGIN, top + KEY);
    for (mark, text) in keys {
        let sample = match mark {
            Shape::Dot(_) | Shape::Ring(_) | Shape::Edged(..) => 12.0,
            Shape::Line(_) | Shape::Shade(_) => SAMPLE,
        };
        let text = width::cut(text, KEY, TEXT * (wide - 2.0 * MARGIN - sample - 6.0));
        // With room for letters of other fonts, so that no text runs into the next mark.
        let needs = sample + 6.0 + width::width(&text, KEY) / TEXT;
        if x > MARGIN && x + needs > wide - MARGIN {
            (x, y) = (MARGIN, y + KEY * 1.5);
        }
        let middle = y - KEY * 0.36;
        match *mark {
            Shape::Line(stroke) => canvas.line((x, middle), (x + SAMPLE, middle), stroke),
            Shape::Dot(colour) => canvas.circle((x + 6.0, middle), 4.0, colour, None),
            Shape::Ring(colour) => {
                canvas.circle((x + 6.0, middle), 4.0, look.palette.paper, Some(Stroke::new(colour, 1.5)));
            }
            Shape::Edged(colour, edge) => canvas.circle((x + 6.0, middle), 4.0, colour, Some(Stroke::new(edge, 2.2))),
            Shape::Shade(colour) => canvas.rectangle((x, middle - 5.0), (x + SAMPLE, middle + 5.0), colour),
        }
        canvas.text((x + sample + 6.0, y), Type::new(KEY, look.palette.ink), &text);
        x += needs + 12.0;
    }
    if keys.is_empty() { top } else { y + KEY }
}

/// What stands below, in lines.
fn foot(drawing: &dyn Drawing, told: &Told, options: &Options, more: Vec<String>, room: f64) -> Vec<String> {
    let known = drawing.areas();
    let shown = |wanted: &&String| known.iter().any(|(name, code)| name == wanted || *code == Some(wanted.as_str()));
    let missing: Vec<&str> = options.highlighted.iter().filter(|wanted| !shown(wanted)).map(String::as_str).collect();
    let missing = (!missing.is_empty()).then(|| format!("To be picked out, but not shown: {}.", missing.join(", ")));
    // What belongs to the drawing itself is never cut.
    let mut lines: Vec<String> = more.iter().chain(&missing).flat_map(|text| wrapped(text, NOTE, room)).collect();
    // The basis and one's own notes stay, and the others go from the last on.
    let (kept, mut notes): (Vec<&Note>, Vec<&Note>) = told.notes.iter().partition(|note| note.topic() == Topic::Basis);
    let of = |notes: &[&Note]| {
        let own = options.notes.iter().map(String::as_str);
        let all: Vec<&str> = notes.iter().chain(&kept).map(|note| note.text()).chain(own).collect();
        wrapped(&all.join(" "), NOTE, room)
    };
    let all = notes.len();
    while notes.len() > 1 && of(&notes).len() > MOST_LINES {
        notes.pop();
    }
    lines.extend(of(&notes));
    if notes.len() < all {
        lines.push("More notes stand in the report.".into());
    }
    let source = options.source.as_ref().or(told.source.as_ref());
    lines.extend(source.into_iter().flat_map(|source| wrapped(&format!("Source: {source}"), NOTE, room)));
    lines
}
