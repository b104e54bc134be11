//! Where the police forces of England and Wales lie among hexagons.

/// A force by its code, a short name, and its place: the column and the row, odd rows half a column to the right.
pub(super) const PLACES: [(&str, &str, u8, u8); 43] = [
    ("E23000007", "Northumb.", 4, 0),
    ("E23000002", "Cumbria", 3, 1),
    ("E23000008", "Durham", 4, 1),
    ("E23000003", "Lancs", 3, 2),
    ("E23000009", "N Yorks", 4, 2),
    ("E23000013", "Cleveland", 5, 2),
    ("E23000004", "Merseyside", 2, 3),
    ("E23000005", "Gr Manch.", 3, 3),
    ("E23000010", "W Yorks", 4, 3),
    ("E23000012", "Humber.", 5, 3),
    ("W15000001", "North Wales", 2, 4),
    ("E23000006", "Cheshire", 3, 4),
    ("E23000011", "S Yorks", 4, 4),
    ("E23000019", "Notts", 5, 4),
    ("E23000020", "Lincs", 6, 4),
    ("W15000004", "Dyfed-Powys", 1, 5),
    ("E23000016", "West Mercia", 2, 5),
    ("E23000015", "Staffs", 3, 5),
    ("E23000018", "Derbys", 4, 5),
    ("E23000021", "Leics", 5, 5),
    ("E23000024", "Norfolk", 6, 5),
    ("W15000002", "Gwent", 2, 6),
    ("E23000014", "W Midlands", 3, 6),
    ("E23000017", "Warks", 4, 6),
    ("E23000022", "Northants", 5, 6),
    ("E23000023", "Cambs", 6, 6),
    ("E23000025", "Suffolk", 7, 6),
    ("W15000003", "South Wales", 1, 7),
    ("E23000037", "Gloucs", 2, 7),
    ("E23000029", "Thames V.", 3, 7),
    ("E23000026", "Beds", 4, 7),
    ("E23000027", "Herts", 5, 7),
    ("E23000028", "Essex", 6, 7),
    ("E23000036", "Avon & S.", 2, 8),
    ("E23000038", "Wilts", 3, 8),
    ("E23000031", "Surrey", 4, 8),
    ("E23000001", "Met Police", 5, 8),
    ("E23000034", "City of L.", 6, 8),
    ("E23000035", "Devon & C.", 1, 9),
    ("E23000039", "Dorset", 2, 9),
    ("E23000030", "Hants", 3, 9),
    ("E23000033", "Sussex", 4, 9),
    ("E23000032", "Kent", 5, 9),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forces;
    use std::collections::BTreeSet;

    #[test]
    fn every_force_has_a_place_of_its_own() {
        let codes: BTreeSet<&str> = PLACES.iter().map(|place| place.0).collect();
        assert_eq!(codes, forces::all().iter().map(forces::Force::code).collect());
        assert_eq!(PLACES.iter().map(|place| (place.2, place.3)).collect::<BTreeSet<_>>().len(), 43);
        assert_eq!(PLACES.iter().map(|place| place.1).collect::<BTreeSet<_>>().len(), 43);
    }
}
