//! Bars of text.

use super::{drawing::Bar, width};
use crate::base::words;
use unicode_width::UnicodeWidthStr;

/// Eighths of a block, the least first.
const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// The fewest columns that bars are drawn in.
const FEWEST: usize = 40;

/// The headline, what is shown, and for each row its name, its figure and its bar, which starts at 0.
pub(super) fn text(headline: &str, subtitle: &str, bars: &[Bar], room: usize) -> String {
    let room = room.clamp(FEWEST, 400);
    let names: Vec<String> = bars.iter().map(|bar| width::cut_columns(&words::one_line(&bar.name), room / 3)).collect();
    let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(UnicodeWidthStr::width).max().unwrap_or(0);
    let name_room = widest(&mut names.iter().map(String::as_str));
    let figure_room = widest(&mut bars.iter().map(|bar| bar.shown.as_str())).min(room / 3);
    let bar_room = room.saturating_sub(name_room + figure_room + 2);
    let top = bars.iter().map(|bar| bar.value).filter(|value| value.is_finite()).fold(0.0, f64::max);
    let mut text = words::one_line(headline) + "\n";
    if !subtitle.is_empty() {
        text.push_str(&words::one_line(subtitle));
        text.push('\n');
    }
    text.push('\n');
    for (bar, name) in bars.iter().zip(&names) {
        let shown = width::cut_columns(&bar.shown, room / 3);
        let gaps = [name_room - name.width(), figure_room.saturating_sub(shown.width())];
        let [before, between] = gaps.map(|gap| " ".repeat(gap));
        let line = format!("{name}{before} {between}{shown} {}", drawn(bar.value, top, bar_room));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn drawn(value: f64, top: f64, room: usize) -> String {
    let share = if top > 0.0 && value.is_finite() { (value / top).clamp(0.0, 1.0) } else { 0.0 };
    let eighths = (share * room as f64 * 8.0).round() as usize;
    let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
    let rest = (eighths % 8).checked_sub(1).and_then(|place| EIGHTHS.get(place));
    "█".repeat(eighths / 8).chars().chain(rest.copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion_and_names_aligned() {
        let bar = |name: &str, value: f64| Bar { name: name.into(), value, shown: format!("{value:.1}") };
        let shown = text("A finding", "per 1,000", &[bar("東京", 10.0), bar("Kent", 5.0), bar("None", 0.0)], 40);
        let lines: Vec<&str> = shown.lines().skip(3).collect();
        assert_eq!(lines.iter().map(|line| line.matches('█').count()).collect::<Vec<_>>(), [30, 15, 0]);
        assert_eq!(
            lines,
            [format!("東京 10.0 {}", "█".repeat(30)), format!("Kent  5.0 {}", "█".repeat(15)), "None  0.0".into()]
        );
    }
}
