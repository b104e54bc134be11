//! The territorial police forces of England and Wales.
//!
//! Names and codes: Office for National Statistics. Populations: its mid-year estimates of residents; those of 2016 to 2018 are the
//! whole numbers over which its rates by police force area were published (the printed populations are to the nearest 100), those of
//! 2020 are sums of its estimates by ward. Contains public sector information licensed under the Open Government Licence v3.0.

use super::spelling::key;
use crate::{
    base::{Error, ErrorKind, Result, nearest},
    rate::Population,
    table::PeerGroups,
};
use std::{collections::HashMap, fmt, sync::LazyLock};

/// One of the 43 territorial police forces of England and Wales.
///
/// ```
/// use crimerate::forces;
///
/// let force = forces::find("Devon & Cornwall Police")?;
/// assert_eq!((force.name(), force.code(), force.region()), ("Devon and Cornwall", "E23000035", "South West"));
/// assert_eq!(force.population(2018).map(|people| people.get()), Some(1_762_376));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Force {
    name: &'static str,
    code: &'static str,
    region: &'static str,
    populations: [u64; YEARS.len()],
}

/// The years in whose middle populations are known.
pub const YEARS: [u16; 4] = [2016, 2017, 2018, 2020];

impl Force {
    const fn new(
        name: &'static str,
        code: &'static str,
        region: &'static str,
        populations: [u64; YEARS.len()],
    ) -> Self {
        Self { name, code, region, populations }
    }

    /// The name, as the Office for National Statistics has it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The code of its area, such as `E23000014`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The region of England that it is in, or Wales.
    #[must_use]
    pub const fn region(&self) -> &'static str {
        self.region
    }

    /// `England` or `Wales`.
    #[must_use]
    pub fn country(&self) -> &'static str {
        if self.region == WALES { WALES } else { ENGLAND }
    }

    /// The name that data.police.uk has for it in addresses and files, such as `west-midlands`.
    #[must_use]
    pub fn police_uk(&self) -> String {
        key(self.name).replace(' ', "-")
    }

    /// The residents of its area in the middle of a year, for one of [`YEARS`].
    #[must_use]
    pub fn population(&self, year: u16) -> Option<Population> {
        let place = YEARS.iter().position(|known| *known == year)?;
        Population::new(*self.populations.get(place)?).ok()
    }
}

impl fmt::Display for Force {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

pub(super) const WALES: &str = "Wales";
pub(super) const ENGLAND: &str = "England";

/// All 43, in alphabetical order.
#[must_use]
pub const fn all() -> &'static [Force] {
    &FORCES
}

/// The force of this name or code, however it is spelt in published files: with `&` or `and`, with or without Police or
/// Constabulary, in any case, with the mark of a note, or as data.police.uk has it.
///
/// The region West Midlands is not the force of that name; only its code, E12000005, tells, and it is no force's.
///
/// # Errors
/// [`ErrorKind::UnknownArea`] with the nearest name.
pub fn find(text: &str) -> Result<&'static Force> {
    known(text).ok_or_else(|| {
        let nearest = nearest(text, FORCES.iter().map(|force| force.name));
        Error::from(ErrorKind::UnknownArea { name: text.into(), nearest: nearest.map(Into::into) })
    })
}

pub(super) fn known(text: &str) -> Option<&'static Force> {
    KNOWN.get(text.trim()).or_else(|| KNOWN.get(key(text).as_str())).copied()
}

/// The forces by their codes and by what is left of their names.
static KNOWN: LazyLock<HashMap<String, &Force>> = LazyLock::new(|| {
    let each = |force: &'static Force| [(force.code.to_owned(), force), (key(force.name), force)];
    FORCES.iter().flat_map(each).collect()
});

/// The regions of England, and Wales, as peer groups of the forces by their names; what a table does not have of them is left out.
///
/// ```
/// use crimerate::{Average, Table, forces};
///
/// let table = Table::from_rows([("Norfolk", 60, 903_700), ("Suffolk", 50, 758_600), ("Gwent", 30, 591_200)])?.with_groups(forces::regions())?;
/// let league = table.compare(Average::POOLED.over(table.group("region")?));
/// assert_eq!(league.area("Norfolk")?.average()?.areas(), 2);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[must_use]
pub fn regions() -> PeerGroups {
    PeerGroups::from_labels("region", FORCES.iter().map(|force| (force.name, force.region))).leaving_out_unknown()
}

#[rustfmt::skip]
static FORCES: [Force; 43] = [
    Force::new("Avon and Somerset", "E23000036", "South West", [1_682_782, 1_694_986, 1_711_473, 1_729_464]),
    Force::new("Bedfordshire", "E23000026", "East", [661_459, 664_600, 669_338, 682_311]),
    Force::new("Cambridgeshire", "E23000023", "East", [841_310, 847_151, 852_523, 859_830]),
    Force::new("Cheshire", "E23000006", "North West", [1_049_306, 1_054_131, 1_059_271, 1_069_646]),
    Force::new("City of London", "E23000034", "London", [7_246, 7_654, 8_706, 10_938]),
    Force::new("Cleveland", "E23000013", "North East", [564_625, 566_150, 567_718, 569_768]),
    Force::new("Cumbria", "E23000002", "North West", [498_793, 498_375, 498_888, 499_781]),
    Force::new("Derbyshire", "E23000018", "East Midlands", [1_042_937, 1_049_000, 1_053_316, 1_063_997]),
    Force::new("Devon and Cornwall", "E23000035", "South West", [1_732_980, 1_749_096, 1_762_376, 1_785_298]),
    Force::new("Dorset", "E23000039", "South West", [767_297, 770_689, 772_268, 776_780]),
    Force::new("Durham", "E23000008", "North East", [628_103, 630_009, 633_546, 640_551]),
    Force::new("Dyfed-Powys", "W15000004", "Wales", [515_993, 516_754, 518_062, 522_749]),
    Force::new("Essex", "E23000028", "East", [1_806_944, 1_820_379, 1_832_752, 1_856_063]),
    Force::new("Gloucestershire", "E23000037", "South West", [623_094, 628_139, 633_558, 640_650]),
    Force::new("Greater Manchester", "E23000005", "North West", [2_780_844, 2_798_799, 2_812_569, 2_848_286]),
    Force::new("Gwent", "W15000002", "Wales", [584_831, 587_743, 591_225, 598_194]),
    Force::new("Hampshire", "E23000030", "South East", [1_969_079, 1_978_789, 1_985_783, 1_999_066]),
    Force::new("Hertfordshire", "E23000027", "East", [1_176_386, 1_180_934, 1_184_365, 1_195_672]),
    Force::new("Humberside", "E23000012", "Yorkshire and The Humber", [928_474, 929_854, 932_085, 934_439]),
    Force::new("Kent", "E23000032", "South East", [1_817_395, 1_832_252, 1_846_478, 1_868_199]),
    Force::new("Lancashire", "E23000003", "North West", [1_483_863, 1_490_497, 1_498_300, 1_515_487]),
    Force::new("Leicestershire", "E23000021", "East Midlands", [1_068_928, 1_083_226, 1_093_183, 1_107_597]),
    Force::new("Lincolnshire", "E23000020", "East Midlands", [744_811, 751_171, 755_833, 766_333]),
    Force::new("Merseyside", "E23000004", "North West", [1_411_155, 1_416_825, 1_423_065, 1_434_256]),
    Force::new("Metropolitan Police", "E23000001", "London", [8_762_413, 8_817_347, 8_899_375, 8_991_550]),
    Force::new("Norfolk", "E23000024", "East", [891_731, 898_390, 903_680, 914_039]),
    Force::new("North Wales", "W15000001", "Wales", [694_826, 696_284, 698_369, 703_361]),
    Force::new("North Yorkshire", "E23000009", "Yorkshire and The Humber", [816_458, 819_796, 824_398, 831_622]),
    Force::new("Northamptonshire", "E23000022", "East Midlands", [732_452, 741_209, 747_622, 757_181]),
    Force::new("Northumbria", "E23000007", "North East", [1_443_861, 1_448_568, 1_456_645, 1_470_444]),
    Force::new("Nottinghamshire", "E23000019", "East Midlands", [1_136_262, 1_147_060, 1_154_195, 1_170_475]),
    Force::new("South Wales", "W15000003", "Wales", [1_317_500, 1_324_384, 1_330_975, 1_345_282]),
    Force::new("South Yorkshire", "E23000011", "Yorkshire and The Humber", [1_385_413, 1_393_445, 1_402_918, 1_415_054]),
    Force::new("Staffordshire", "E23000015", "West Midlands", [1_120_089, 1_126_203, 1_131_052, 1_139_794]),
    Force::new("Suffolk", "E23000025", "East", [751_175, 756_978, 758_556, 761_246]),
    Force::new("Surrey", "E23000031", "South East", [1_180_956, 1_185_321, 1_189_934, 1_199_870]),
    Force::new("Sussex", "E23000033", "South East", [1_683_618, 1_692_767, 1_703_837, 1_718_225]),
    Force::new("Thames Valley", "E23000029", "South East", [2_379_299, 2_391_696, 2_407_593, 2_431_905]),
    Force::new("Warwickshire", "E23000017", "West Midlands", [558_991, 564_562, 571_010, 583_786]),
    Force::new("West Mercia", "E23000016", "West Midlands", [1_261_142, 1_272_638, 1_282_237, 1_298_422]),
    Force::new("West Midlands", "E23000014", "West Midlands", [2_870_551, 2_897_303, 2_916_458, 2_939_927]),
    Force::new("West Yorkshire", "E23000010", "Yorkshire and The Humber", [2_295_025, 2_307_035, 2_320_214, 2_345_235]),
    Force::new("Wiltshire", "E23000038", "South West", [710_820, 716_406, 720_060, 726_951]),
];
