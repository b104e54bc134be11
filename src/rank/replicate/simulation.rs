//! How ranks in replicate years are simulated.

use crate::base::{Error, ErrorKind, Result, digits, layout, words};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A number of replicates from a seed: the same ranks on any number of threads, each block of 1,024 replicates having its own
/// stream of xoshiro256++ (Blackman and Vigna 2021, ACM Trans. Math. Softw. 47:36), 2^128 numbers after the last.
///
/// ```
/// use crimerate::{Average, Table, rank::{CountModel, Simulation}};
///
/// let table = Table::from_rows([("A", 30, 1_000), ("B", 20, 1_000), ("C", 50, 2_000)])?;
/// let simulation = Simulation::new(10_000, 42)?;
/// let ranks = table.compare(Average::POOLED).replicate_ranks((CountModel::Poisson, simulation))?;
/// assert!((ranks.area("A")?.p_highest() - 0.766).abs() < 0.02);
/// assert_eq!(ranks.monte_carlo_error(), Some(0.005));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Simulation {
    replicates: u32,
    seed: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    replicates: u32,
    seed: u64,
}

impl Simulation {
    /// As many replicates from this seed.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for none, and above [`Simulation::MOST`].
    pub fn new(replicates: u32, seed: u64) -> Result<Self> {
        if (1..=Self::MOST).contains(&replicates) {
            Ok(Self { replicates, seed })
        } else {
            let (what, range) = ("a number of replicates", "from 1 to 16,777,216");
            Err(ErrorKind::OutOfRange { what, value: replicates.into(), range }.into())
        }
    }

    /// The most replicates, 2^24: their standard error is at most 0.00013.
    pub const MOST: u32 = 1 << 24;

    /// How many replicates.
    #[must_use]
    pub const fn replicates(self) -> u32 {
        self.replicates
    }

    /// The seed.
    #[must_use]
    pub const fn seed(self) -> u64 {
        self.seed
    }
}

impl TryFrom<Parts> for Simulation {
    type Error = Error;

    fn try_from(Parts { replicates, seed }: Parts) -> Result<Self> {
        Self::new(replicates, seed)
    }
}

impl fmt::Display for Simulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let replicates = words::counted(self.replicates as usize, "replicate");
        layout::pad(f, &format!("{replicates} from seed {}{GENERATOR}", self.seed))
    }
}

/// What follows the seed.
const GENERATOR: &str = " by xoshiro256++";

/// Reads what prints, such as `10,000 replicates from seed 42 by xoshiro256++`.
///
/// # Errors
/// [`ErrorKind::NotANumber`] for other text, else as [`Simulation::new`].
impl FromStr for Simulation {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (what, wanted) =
            ("simulation", "replicates and their seed, such as 10,000 replicates from seed 42 by xoshiro256++");
        let parts = || {
            let (replicates, seed) = text.strip_suffix(GENERATOR)?.split_once(" from seed ")?;
            let (replicates, _) = replicates.split_once(" replicate").filter(|(_, end)| matches!(*end, "" | "s"))?;
            Some((u32::try_from(digits::whole(replicates)?).ok()?, digits::plain(seed)?))
        };
        let (replicates, seed) = parts().ok_or_else(|| ErrorKind::NotANumber { what, text: text.into(), wanted })?;
        Self::new(replicates, seed)
    }
}
