//! Text of which pieces are raised, as the figures of notes are.

/// A text on its way, and the marks of notes in it.
#[derive(Debug, Default)]
pub(super) struct Rich {
    text: String,
    /// The piece that is raised now.
    piece: String,
    marks: String,
}

impl Rich {
    /// Adds to the text; what is raised may be the mark of a note.
    pub(super) fn push(&mut self, text: &str, raised: bool) {
        if raised {
            self.piece.push_str(text);
        } else {
            self.settle();
            self.text.push_str(text);
        }
    }

    fn settle(&mut self) {
        if is_mark(&self.piece) {
            self.marks.push_str(&self.piece);
        } else {
            self.text.push_str(&self.piece);
        }
        self.piece.clear();
    }

    /// The text without its marks, and the marks; what is raised as a whole is the text.
    pub(super) fn finish(&mut self) -> (&str, &str) {
        self.settle();
        if self.text.trim().is_empty() {
            std::mem::swap(&mut self.text, &mut self.marks);
            self.marks.clear();
        }
        (&self.text, self.marks.trim())
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.piece.clear();
        self.marks.clear();
    }
}

/// Whether raised text is that of a note, and not of an ordinal (`1st`) or a word.
fn is_mark(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 1 || text.trim_matches(|c: char| !c.is_alphabetic()).eq_ignore_ascii_case("note")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: &[(&str, bool)]) -> (String, String) {
        let mut rich = Rich::default();
        pieces.iter().for_each(|(text, raised)| rich.push(text, *raised));
        let (text, marks) = rich.finish();
        (text.to_owned(), marks.to_owned())
    }

    #[test]
    fn raised_figures_are_marks_of_notes() {
        let text = |text: &str, marks: &str| (text.to_owned(), marks.to_owned());
        assert_eq!(read(&[("Cheshire", false), ("7", true)]), text("Cheshire", "7"));
        assert_eq!(read(&[("fraud", false), ("3", true), (")", false)]), text("fraud)", "3"));
        assert_eq!(read(&[("Kent", false), ("8", true), (",9", true), (" ", true)]), text("Kent", "8,9"));
        assert_eq!(read(&[("Kent", false), ("[note 4]", true)]), text("Kent", "[note 4]"));
        assert_eq!(read(&[("31", false), ("st", true), (" March", false)]), text("31st March", ""));
        assert_eq!(read(&[("12", true)]), text("12", ""));
        assert_eq!(read(&[]), text("", ""));
    }
}
