//! Places in words.

use crate::base::digits;

/// Such as `2nd`, `11th` or `23rd`.
pub(super) fn ordinal(place: usize) -> String {
    let ending = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{ending}", digits::grouped(place as u64))
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn places_in_words() {
        let places = [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111, 1_112].map(ordinal);
        assert_eq!(
            places,
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "103rd", "111th", "1,112th"]
        );
    }
}
