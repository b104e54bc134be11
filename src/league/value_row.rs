//! One area's value on its way into a league table.

/// One area with its value, or without one and why, on its way into [`Values`](super::Values) and not yet checked.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueRow {
    pub(super) area: String,
    pub(super) code: Option<String>,
    pub(super) value: Result<f64, String>,
    pub(super) limits: Option<(f64, f64)>,
    pub(super) line: Option<u64>,
}

impl ValueRow {
    /// An area with a value.
    pub fn new(area: impl Into<String>, value: f64) -> Self {
        Self { area: area.into(), code: None, value: Ok(value), limits: None, line: None }
    }

    /// An area without one, and why.
    pub fn without(area: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { value: Err(reason.into()), ..Self::new(area, 0.0) }
    }

    /// With the area's official code.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), ..self }
    }

    /// With limits of its own; the upper one may be infinite.
    #[must_use]
    pub fn limits(self, lower: f64, upper: f64) -> Self {
        Self { limits: Some((lower, upper)), ..self }
    }

    /// With its line in the file, the header being line 1, for messages; without it, its place from 1.
    #[must_use]
    pub fn line(self, line: u64) -> Self {
        Self { line: Some(line), ..self }
    }
}

impl<N: Into<String>> From<(N, f64)> for ValueRow {
    fn from((area, value): (N, f64)) -> Self {
        Self::new(area, value)
    }
}
