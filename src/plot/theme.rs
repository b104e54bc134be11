//! The colours of a picture.

use crate::base::choice;

/// Light paper, or dark.
///
/// Text has a contrast of at least 4.5 against what it stands on and marks of at least 3 (WCAG 2.2); what is high and what is
/// low differ in lightness and for the colour-blind, too.
///
/// ```
/// use crimerate::plot::Theme;
///
/// assert_eq!("dark".parse(), Ok(Theme::Dark));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

choice!(Theme, "a theme", "light or dark", {
    Light => "light",
    Dark => "dark",
});

/// A colour as SVG writes it.
pub(super) type Colour = &'static str;

/// The colours of a theme by what they are for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    pub(super) paper: Colour,
    pub(super) ink: Colour,
    /// Of lesser text.
    pub(super) faint: Colour,
    /// Of lines that only guide the eye.
    pub(super) grid: Colour,
    /// Of marks that are neither high nor low.
    pub(super) neutral: Colour,
    pub(super) high: Colour,
    pub(super) low: Colour,
    /// Areas filled with these are a little high and a little low.
    pub(super) rather_high: Colour,
    pub(super) rather_low: Colour,
    /// Behind what is usual, and behind what is within outer limits.
    pub(super) shade: Colour,
    pub(super) outer: Colour,
    /// From the lowest class to the highest.
    pub(super) classes: [Colour; 5],
}

impl Theme {
    pub(super) const fn palette(self) -> Palette {
        match self {
            Self::Light => Palette {
                paper: "#ffffff",
                ink: "#1f2328",
                faint: "#57606a",
                grid: "#dfe3e8",
                neutral: "#6a737d",
                high: "#bc3908",
                low: "#0b66b0",
                rather_high: "#f2b591",
                rather_low: "#a9cdee",
                shade: "#e6ebf0",
                outer: "#f3f5f8",
                classes: ["#dce8f4", "#abcbe6", "#74abd6", "#2b6fab", "#0d3f70"],
            },
            Self::Dark => Palette {
                paper: "#14181d",
                ink: "#e8ebee",
                faint: "#a9b1ba",
                grid: "#333b44",
                neutral: "#939da8",
                high: "#ff9a57",
                low: "#69b4ff",
                rather_high: "#7a4423",
                rather_low: "#2b5680",
                shade: "#262e37",
                outer: "#1c2229",
                classes: ["#1b3045", "#27506f", "#5596c6", "#8fbfe3", "#d6e8f6"],
            },
        }
    }
}

/// How far two colours differ in lightness, from 1 to 21 (WCAG 2.2).
pub(super) fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: Colour) -> f64 {
    let part = |from: usize| {
        let byte = colour.get(from..from + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or(0);
        let share = f64::from(byte) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

impl Palette {
    /// The text that can be read on a colour.
    pub(super) fn on(self, colour: Colour) -> Colour {
        if contrast(self.ink, colour) >= contrast(self.paper, colour) { self.ink } else { self.paper }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_marks_stand_out_in_both_themes() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        for theme in [Theme::Light, Theme::Dark] {
            let colours = theme.palette();
            for ground in [colours.paper, colours.shade, colours.outer] {
                for text in [colours.ink, colours.faint] {
                    assert!(contrast(text, ground) >= 4.5, "{theme:?}: {text} on {ground}");
                }
                for mark in [colours.neutral, colours.high, colours.low] {
                    assert!(contrast(mark, ground) >= 3.0, "{theme:?}: {mark} on {ground}");
                }
            }
            for text in [colours.high, colours.low] {
                assert!(contrast(text, colours.paper) >= 4.5, "{theme:?}: {text}");
            }
            let filled = [colours.high, colours.rather_high, colours.shade, colours.rather_low, colours.low];
            for class in colours.classes.into_iter().chain(filled) {
                assert!(contrast(colours.on(class), class) >= 4.5, "{theme:?}: {class}");
            }
        }
    }
}
