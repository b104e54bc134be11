//! What a name in a file of police figures stands for.

use super::{
    registry::{self, ENGLAND, Force, WALES},
    spelling::key,
};
use crate::table::Area;
use std::fmt;

/// What a name or a code in a file of police figures stands for.
///
/// ```
/// use crimerate::forces::Body;
///
/// assert!(matches!(Body::of("E23000014"), Some(Body::Force(force)) if force.name() == "West Midlands"));
/// assert_eq!(Body::of("E12000005"), Some(Body::Region("West Midlands")));
/// assert_eq!(Body::of("BTP"), Some(Body::NotTerritorial("British Transport Police")));
/// assert_eq!(Body::of("Narnia"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Body {
    /// One of the 43 territorial forces of England and Wales.
    Force(&'static Force),
    /// A police force of another part of the United Kingdom.
    Elsewhere(&'static str),
    /// A body that records offences and polices no area of its own, so that it has no residents.
    NotTerritorial(&'static str),
    /// A region of England: a total of forces.
    Region(&'static str),
    /// A country, or England and Wales: a total of regions.
    Country(&'static str),
}

const ELSEWHERE: [(&str, &[&str]); 2] = [
    ("Police Scotland", &["police scotland", "scotland", "police service of scotland"]),
    ("Police Service of Northern Ireland", &["police service of northern ireland", "psni", "northern ireland"]),
];

const NOT_TERRITORIAL: [(&str, &[&str]); 8] = [
    ("British Transport Police", &["british transport", "btp"]),
    ("Action Fraud", &["action fraud"]),
    ("CIFAS", &["cifas"]),
    ("UK Finance", &["uk finance"]),
    ("Financial Fraud Action UK", &["financial fraud action uk"]),
    ("National Fraud Intelligence Bureau", &["national fraud intelligence bureau", "nfib"]),
    ("Ministry of Defence Police", &["ministry of defence", "mdp"]),
    ("Civil Nuclear Constabulary", &["civil nuclear"]),
];

const REGIONS: [(&str, &str); 9] = [
    ("North East", "E12000001"),
    ("North West", "E12000002"),
    ("Yorkshire and The Humber", "E12000003"),
    ("East Midlands", "E12000004"),
    ("West Midlands", "E12000005"),
    ("East", "E12000006"),
    ("London", "E12000007"),
    ("South East", "E12000008"),
    ("South West", "E12000009"),
];

/// The code of a region.
#[cfg(feature = "csv")]
pub(crate) fn region_code(name: &str) -> Option<&'static str> {
    REGIONS.iter().find(|(region, _)| *region == name).map(|(_, code)| *code)
}

pub(super) const ENGLAND_AND_WALES: &str = "England and Wales";

const COUNTRIES: [(&str, &str); 3] = [(ENGLAND, "E92000001"), (WALES, "W92000004"), (ENGLAND_AND_WALES, "K04000001")];

/// Whether areas are regions, and no forces but such as may be regions by their names.
pub(crate) fn among_regions(bodies: impl Iterator<Item = Option<Body>>) -> bool {
    let mut regions = 0;
    for body in bodies.flatten() {
        match body {
            Body::Region(_) => regions += 1,
            Body::Force(force) if force.region() != force.name() => return false,
            _ => {}
        }
    }
    regions > 1
}

impl Body {
    /// The body of this name or code; `None` of one that is not known. Of the two West Midlands the name is the force's.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let (code, name) = (text.trim(), key(text));
        let among = |list: &'static [(&'static str, &'static [&'static str])]| {
            list.iter().find(|(_, spellings)| spellings.contains(&name.as_str())).map(|(body, _)| *body)
        };
        let total = |list: &'static [(&'static str, &'static str)]| {
            list.iter().find(|(total, its)| *its == code || total.eq_ignore_ascii_case(&name)).map(|(total, _)| *total)
        };
        let force = registry::known(text).map(Self::Force);
        let force = force.or_else(|| among(&NOT_TERRITORIAL).map(Self::NotTerritorial));
        let force = force.or_else(|| among(&ELSEWHERE).map(Self::Elsewhere));
        force.or_else(|| total(&REGIONS).map(Self::Region)).or_else(|| total(&COUNTRIES).map(Self::Country))
    }

    /// The body that an area is, by its code or else by its name.
    pub(super) fn of_area(area: &Area) -> Option<Self> {
        Self::named(area.name(), area.code())
    }

    /// The body of a code or else of a name.
    pub(crate) fn named(name: &str, code: Option<&str>) -> Option<Self> {
        code.and_then(Self::of).or_else(|| Self::of(name))
    }

    /// Whether it is a region or a country.
    pub(crate) const fn is_total(self) -> bool {
        matches!(self, Self::Region(_) | Self::Country(_))
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Force(force) => force.name(),
            Self::Elsewhere(name) | Self::NotTerritorial(name) | Self::Region(name) | Self::Country(name) => name,
        }
    }
}

/// Such as `British Transport Police (no area of its own)`.
impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Self::Force(force) => return force.fmt(f),
            Self::Elsewhere(_) => "outside England and Wales",
            Self::NotTerritorial(_) => "no area of its own",
            Self::Region(_) => "a region",
            Self::Country(_) => "a country",
        };
        f.pad(&format!("{} ({what})", self.name()))
    }
}
