//! What has two ends: a rate between two others, a move from one place to another.

use super::published::Published;
use crate::base::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

/// Two printed rates per as many people, the lower one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "(Published, Published)", into = "(Published, Published)")]
pub(super) struct Between {
    pub(super) low: Published,
    pub(super) high: Published,
}

/// Two places from the highest rate that are not the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "(u32, u32)", into = "(u32, u32)")]
pub(super) struct Move {
    pub(super) from: NonZeroU32,
    pub(super) to: NonZeroU32,
}

impl TryFrom<(Published, Published)> for Between {
    type Error = Error;

    fn try_from((low, high): (Published, Published)) -> Result<Self> {
        let ordered = low.per() == high.per() && low.value() <= high.value();
        let (what, range) = ("the lower of two rates", "at most the upper one, per as many");
        let refused = || ErrorKind::OutOfRange { what, value: low.value(), range }.into();
        ordered.then_some(Self { low, high }).ok_or_else(refused)
    }
}

impl From<Between> for (Published, Published) {
    fn from(Between { low, high }: Between) -> Self {
        (low, high)
    }
}

impl TryFrom<(u32, u32)> for Move {
    type Error = Error;

    fn try_from((from, to): (u32, u32)) -> Result<Self> {
        let refused = |what, value: u32, range| ErrorKind::OutOfRange { what, value: value.into(), range }.into();
        match (NonZeroU32::new(from), NonZeroU32::new(to)) {
            (Some(from), Some(to)) if from != to => Ok(Self { from, to }),
            (Some(_), Some(_)) => Err(refused("a place to move to from that same place", to, "another one")),
            _ => Err(refused("a place to move from or to", 0, "1 or more")),
        }
    }
}

impl From<Move> for (u32, u32) {
    fn from(Move { from, to }: Move) -> Self {
        (from.get(), to.get())
    }
}
