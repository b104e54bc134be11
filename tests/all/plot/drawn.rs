//! A picture taken apart again, and the rules that each has to keep.

/// An element with its attributes and its text.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    /// The number of the area that it shows.
    pub(super) area: Option<usize>,
}

impl Element {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> f64 {
        self.get(name).unwrap_or_else(|| panic!("{self:?} has no {name}")).parse().unwrap()
    }
}

/// All elements of a picture: tags are closed in their order, attributes are quoted, text is escaped, numbers are finite.
pub(super) fn elements(svg: &str) -> Vec<Element> {
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "no SVG");
    let (mut found, mut open, mut areas): (Vec<Element>, Vec<String>, usize) = (Vec::new(), Vec::new(), 0);
    let mut inside: Option<usize> = None;
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        assert!(text.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{ffff}'), "{text:?}");
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(closed));
            if closed == "g" {
                inside = None;
            }
            continue;
        }
        let (name, rest) = tag.trim_end_matches('/').split_once(' ').unwrap_or((tag.trim_end_matches('/'), ""));
        let mut attributes = Vec::new();
        let mut rest = rest.trim();
        while let Some((attribute, after)) = rest.split_once("=\"") {
            let (value, after) = after.split_once('"').unwrap();
            attributes.push((attribute.trim().to_owned(), value.to_owned()));
            rest = after.trim();
        }
        assert!(rest.is_empty(), "{tag}");
        if name == "g" {
            (inside, areas) = (Some(areas), areas + 1);
        }
        let element = Element { name: name.into(), attributes, text: unescaped(text.trim_matches('\n')), area: inside };
        for name in ["x", "y", "cx", "cy", "r", "width", "height", "font-size", "stroke-width"] {
            assert!(
                element.get(name).is_none_or(|value| value.parse::<f64>().is_ok_and(f64::is_finite)),
                "{element:?}"
            );
        }
        if let Some(course) = element.get("d") {
            let numbers = course.split(['M', 'L', 'Z', ' ']).filter(|number| !number.is_empty());
            assert!(numbers.clone().all(|number| number.parse::<f64>().is_ok_and(f64::is_finite)), "{course}");
        }
        found.push(element);
        if !tag.ends_with('/') {
            open.push(name.into());
        }
    }
    assert!(open.is_empty(), "{open:?}");
    found
}

fn unescaped(text: &str) -> String {
    for entity in text.split('&').skip(1) {
        assert!(["lt;", "gt;", "amp;", "quot;", "apos;"].iter().any(|known| entity.starts_with(known)), "{text}");
    }
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |text, (entity, mark)| text.replace(entity, mark))
}

/// How wide a text is at the least, by classes of letters; figures are as wide as they are.
fn width(text: &str, size: f64) -> f64 {
    let of = |c: char| match c {
        'i' | 'l' | 'j' => 0.22,
        'f' | 't' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '\u{a0}' | 'I' | '(' | ')' | '-' | 'r' | '/' => {
            0.27
        }
        'm' | 'M' | 'w' | 'W' => 0.72,
        c if c.is_ascii_digit() => 0.55,
        c if c.is_ascii_uppercase() => 0.6,
        c if c.is_ascii() => 0.48,
        _ => 0.0,
    };
    text.chars().map(of).sum::<f64>() * size
}

/// What texts on one line have to have between them, so that they are not read as one.
const BETWEEN: f64 = 3.0;

/// Left, top, right, bottom.
fn block(element: &Element) -> [f64; 4] {
    let (x, y, size) = (element.number("x"), element.number("y"), element.number("font-size"));
    let wide = width(&element.text, size);
    let left = match element.get("text-anchor") {
        Some("middle") => x - wide / 2.0,
        Some("end") => x - wide,
        _ => x,
    };
    [left, y - 0.7 * size, left + wide, y]
}

fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let share = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

pub(super) fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What every picture has to be; the texts that it shows.
pub(super) fn sound(svg: &str) -> Vec<Element> {
    let all = elements(svg);
    let root = &all[0];
    assert_eq!(root.get("role"), Some("img"));
    assert_eq!([&all[1].name, &all[2].name], ["title", "desc"]);
    assert!(!all[1].text.is_empty() && all[2].text.ends_with('.'), "{:?}", &all[1..3]);
    let (wide, high) = (root.number("width"), root.number("height"));
    assert_eq!(
        root.get("viewBox"),
        Some(format!("0 0 {} {}", root.get("width").unwrap(), root.get("height").unwrap()).as_str())
    );
    let paper = all[3].get("fill").unwrap();
    let texts: Vec<&Element> = all.iter().filter(|element| element.name == "text").collect();
    for text in &texts {
        let [left, top, right, bottom] = block(text);
        assert!(left >= -1.0 && top >= -1.0 && right <= wide + 1.0 && bottom <= high, "outside: {text:?}");
        // In a hexagon, text stands on its colour.
        let tile = all.iter().find(|it| {
            it.area.is_some() && it.area == text.area && it.name == "path" && it.get("fill") != Some("none")
        });
        let ground = tile
            .filter(|it| it.get("d").unwrap().matches('L').count() == 5)
            .map_or(paper, |it| it.get("fill").unwrap());
        let found = contrast(text.get("fill").unwrap(), ground);
        assert!(found >= 4.5, "{found}: {text:?} on {ground}");
    }
    for (place, one) in texts.iter().enumerate() {
        let a = block(one);
        for other in &texts[place + 1..] {
            let b = block(other);
            let apart = a[2] + BETWEEN <= b[0] || b[2] + BETWEEN <= a[0] || a[3] <= b[1] || b[3] <= a[1];
            assert!(apart, "one upon the other, or too near:\n{one:?}\n{other:?}");
        }
    }
    for mark in all.iter().filter(|element| element.area.is_some() && element.name == "circle") {
        let colours = [mark.get("fill"), mark.get("stroke")].into_iter().flatten();
        assert!(colours.map(|colour| contrast(colour, paper)).fold(0.0, f64::max) >= 3.0, "{mark:?}");
    }
    all
}

/// The names of the areas shown, in their order.
pub(super) fn areas(all: &[Element]) -> Vec<String> {
    let titles = all.iter().filter(|element| element.name == "title" && element.area.is_some());
    titles.map(|title| title.text.rsplit_once(": ").unwrap().0.to_owned()).collect()
}
