//! The police forces of England and Wales by name, with codes, regions and populations.
//!
//! A file of police figures names its forces in many ways, and holds rows that are none: bodies without an area, regions, countries. The
//! 43 territorial forces are data of the crate, with the spellings that published files have.
//!
//! ```
//! use crimerate::{Average, Per, Row, Table, forces};
//!
//! assert_eq!(forces::all().len(), 43);
//! let counts = [
//!     Row::without_population("Devon & Cornwall", 745),
//!     Row::without_population("Dorset Police", 273),
//!     Row::without_population("London, City of", 31),
//!     Row::without_population("British Transport Police", 1_200),
//! ];
//! let found = Table::from_rows_leaving_out(counts)?.with_codes()?;
//! assert_eq!(found.to_string(), "3 of 4 areas are forces; British Transport Police (no area of its own)");
//! let table = found.into_table().with_populations(2018)?.exclude("City of London", "few live there")?;
//! println!("{}", table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND));
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! | to | take |
//! |---|---|
//! | find a force, however it is spelt | [`find`] |
//! | know what a name in a file stands for | [`Body::of`] |
//! | give a table official names and codes | [`Table::with_codes`](crate::Table::with_codes) |
//! | give counts their populations | [`Table::with_populations`](crate::Table::with_populations) |
//! | compare forces with those of their region | [`regions`] |
//!
//! What it does not know: populations of other years, small areas within forces, and the forces of Scotland and Northern Ireland but by
//! name. The region West Midlands is not the force: its name is that of the force, and only its code tells.

mod body;
mod hints;
mod populations;
mod recognised;
mod registry;
mod spelling;

pub use body::Body;
#[cfg(feature = "csv")]
pub(crate) use body::among_regions;
#[cfg(feature = "csv")]
pub(crate) use body::region_code;
pub(crate) use hints::hints;
#[cfg(feature = "csv")]
pub(crate) use populations::check_year;
pub use recognised::Recognised;
pub use registry::{Force, YEARS, all, find, regions};
