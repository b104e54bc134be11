//! Monthly street files of any bytes.

use super::{bytes::Bytes, json::again};
use crimerate::read::police_uk::{Place, Streets};
use std::{fs, path::PathBuf};

/// A folder that goes when it is dropped.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// Files of some months and forces, between bytes of 255: every row is counted, or is told why not.
pub fn streets(data: &[u8]) {
    const NAMES: [&str; 4] =
        ["2020-01-kent-street.csv", "2020-01-essex-street.csv", "2020-03-kent-street.csv", "2020-02-btp-street.csv"];
    let mut bytes = Bytes(data);
    let (place, anti_social) = (bytes.of(Place::ALL), bytes.bool());
    let thread = std::thread::current().id();
    let folder = Folder(std::env::temp_dir().join(format!("crimerate-fuzz-{}-{thread:?}", std::process::id())));
    fs::create_dir_all(&folder.0).expect("there is room for a folder");
    for (name, file) in NAMES.iter().zip(bytes.0.split(|byte| *byte == 255)) {
        fs::write(folder.0.join(name), file).expect("there is room for a file");
    }
    let streets = Streets::open(&folder.0).by(place);
    let streets = if anti_social { streets.with_anti_social_behaviour() } else { streets };
    let (records, found) = match streets.records() {
        Ok(read) => read,
        Err(faults) => return assert!(!faults.to_string().is_empty()),
    };
    again(&records);
    again(&found);
    let passed = if anti_social { 0 } else { found.anti_social };
    assert_eq!(found.rows, found.counted + passed, "{found}");
    let totals = records.areas().flat_map(|area| records.indicators().map(move |crimes| (area, crimes)));
    let counted: i64 = totals.filter_map(|(area, crimes)| records.total(area, crimes)).sum();
    assert_eq!(counted, found.counted as i64, "{found}");
    for area in records.areas() {
        assert!((1..=3).contains(&found.months_of(area)), "{area}: {found}");
    }
}
