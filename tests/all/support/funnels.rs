//! Levels of funnels, and who lies outside of them.

use crimerate::{
    Confidence,
    funnel::{Funnel, Position},
};

pub(crate) const LEVELS: [Confidence; 2] = [Confidence::P95, Confidence::P99_8];

pub(crate) fn outside(funnel: &Funnel, level: Confidence) -> usize {
    funnel.iter().filter(|point| point.position(level) != Ok(Position::Within)).count()
}
