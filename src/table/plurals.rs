//! Plurals of English nouns, and their singulars.

/// Words that end in s and are no plural of anything.
const NO_PLURALS: &[&str] = &[
    "alias",
    "asbestos",
    "atlas",
    "bias",
    "canvas",
    "chaos",
    "christmas",
    "cosmos",
    "diabetes",
    "herpes",
    "lens",
    "measles",
    "mumps",
    "news",
    "rabies",
    "scabies",
    "series",
    "shingles",
    "species",
];

/// Plurals whose singular no rule gives.
const IRREGULAR: &[(&str, &str)] = &[
    ("aircraft", "aircraft"),
    ("analyses", "analysis"),
    ("barracks", "barracks"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("calories", "calorie"),
    ("calves", "calf"),
    ("campuses", "campus"),
    ("canoes", "canoe"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("crises", "crisis"),
    ("crossroads", "crossroads"),
    ("deer", "deer"),
    ("diagnoses", "diagnosis"),
    ("dice", "die"),
    ("feet", "foot"),
    ("fish", "fish"),
    ("gases", "gas"),
    ("geese", "goose"),
    ("halves", "half"),
    ("headquarters", "headquarters"),
    ("hooves", "hoof"),
    ("housewives", "housewife"),
    ("horseshoes", "horseshoe"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("lies", "lie"),
    ("lives", "life"),
    ("loaves", "loaf"),
    ("means", "means"),
    ("men", "man"),
    ("mice", "mouse"),
    ("midwives", "midwife"),
    ("movies", "movie"),
    ("offspring", "offspring"),
    ("oxen", "ox"),
    ("penknives", "penknife"),
    ("people", "person"),
    ("pies", "pie"),
    ("policemen", "policeman"),
    ("policewomen", "policewoman"),
    ("premises", "premises"),
    ("scarves", "scarf"),
    ("sheep", "sheep"),
    ("shelves", "shelf"),
    ("shoes", "shoe"),
    ("teeth", "tooth"),
    ("thieves", "thief"),
    ("ties", "tie"),
    ("toes", "toe"),
    ("viruses", "virus"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("women", "woman"),
];

/// Participles that end otherwise than in -ed, and what else may follow a plural and say which of them.
const PARTICIPLES: &[&str] = &[
    "alive",
    "attending",
    "beaten",
    "bitten",
    "born",
    "broken",
    "bought",
    "brought",
    "built",
    "burnt",
    "caught",
    "claiming",
    "dead",
    "driven",
    "dying",
    "found",
    "given",
    "held",
    "hit",
    "homeless",
    "hurt",
    "kept",
    "known",
    "left",
    "living",
    "lost",
    "made",
    "missing",
    "put",
    "receiving",
    "resident",
    "run",
    "seeking",
    "seen",
    "sent",
    "shot",
    "sleeping",
    "sold",
    "stolen",
    "struck",
    "taken",
    "thrown",
    "torn",
    "waiting",
    "worn",
];

/// Participles that lead to what is said of a thing, and do not say which it is: `deaths related to drugs`.
const LEADING: &[&str] =
    &["associated", "attributed", "based", "caused", "compared", "connected", "linked", "recorded", "related"];

/// Whether a word that follows a plural says more of it: `registered`.
pub(super) fn is_participle(word: &str) -> bool {
    let word = word.to_lowercase();
    word.ends_with("ed") || PARTICIPLES.contains(&word.as_str())
}

/// Whether a word that follows a plural says which of them: `killed`.
pub(super) fn says_which(word: &str) -> bool {
    is_participle(word) && !LEADING.contains(&word.to_lowercase().as_str())
}

pub(super) fn is_plural(noun: &str) -> bool {
    let noun = noun.to_lowercase();
    let letters = noun.chars().count() > 3 && noun.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\''));
    let ends = ["ss", "us", "is", "ics"];
    let plural = noun.ends_with('s') && !ends.iter().any(|end| noun.ends_with(end)) && !NO_PLURALS.contains(&&*noun);
    IRREGULAR.iter().any(|(many, _)| *many == noun) || letters && plural
}

/// The singular of a plural.
pub(super) fn singular_of(noun: &str) -> String {
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == noun) {
        return (*one).to_owned();
    }
    match (noun.strip_suffix("ies"), noun.strip_suffix("es"), noun.strip_suffix('s')) {
        (Some(stem), ..) => format!("{stem}y"),
        (_, Some(stem), _) if ["ss", "sh", "ch", "x", "o"].iter().any(|end| stem.ends_with(end)) => stem.to_owned(),
        (_, _, Some(stem)) => stem.to_owned(),
        _ => noun.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_have_their_singulars() {
        for (many, one) in [
            ("offences", "offence"),
            ("robberies", "robbery"),
            ("crashes", "crash"),
            ("houses", "house"),
            ("gloves", "glove"),
            ("buses", "bus"),
            ("heroes", "hero"),
            ("shoes", "shoe"),
            ("thieves", "thief"),
            ("knives", "knife"),
            ("premises", "premises"),
            ("sheep", "sheep"),
        ] {
            assert!(is_plural(many), "{many}");
            assert_eq!(singular_of(many), one);
        }
        for mass in ["burglary", "measles", "species", "trespass", "arson", "gas"] {
            assert!(!is_plural(mass), "{mass}");
        }
    }
}
