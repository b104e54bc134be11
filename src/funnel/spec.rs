use super::{Dispersion, Scale, Trim};
use serde::{Deserialize, Serialize};

/// How a funnel is made: what is made of more than chance, on which scale, with which trimming.
///
/// The default is no dispersion, the square-root scale, and 10 % winsorised at each end where phi and tau^2 are told. A
/// [`Dispersion`], a [`Scale`] or a pair of both will do.
///
/// ```
/// use crimerate::{Dispersion, FunnelSpec, Scale, Trim};
///
/// let spec = FunnelSpec::from((Dispersion::Additive, Scale::Log)).with_trim(Trim::winsorise(0.05)?);
/// assert_eq!(spec.scale(), Scale::Log);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FunnelSpec {
    pub(crate) dispersion: Dispersion,
    pub(crate) scale: Scale,
    pub(crate) trim: Trim,
}

impl FunnelSpec {
    /// With this made of areas that differ by more than chance.
    #[must_use]
    pub const fn with_dispersion(mut self, dispersion: Dispersion) -> Self {
        self.dispersion = dispersion;
        self
    }

    /// On this scale.
    #[must_use]
    pub const fn with_scale(mut self, scale: Scale) -> Self {
        self.scale = scale;
        self
    }

    /// With this trimming of extreme areas.
    #[must_use]
    pub const fn with_trim(mut self, trim: Trim) -> Self {
        self.trim = trim;
        self
    }

    /// What is made of areas that differ by more than chance.
    #[must_use]
    pub const fn dispersion(self) -> Dispersion {
        self.dispersion
    }

    /// The scale of z.
    #[must_use]
    pub const fn scale(self) -> Scale {
        self.scale
    }

    /// The trimming of extreme areas.
    #[must_use]
    pub const fn trim(self) -> Trim {
        self.trim
    }
}

impl From<Dispersion> for FunnelSpec {
    fn from(dispersion: Dispersion) -> Self {
        Self::default().with_dispersion(dispersion)
    }
}

impl From<Scale> for FunnelSpec {
    fn from(scale: Scale) -> Self {
        Self::default().with_scale(scale)
    }
}

impl From<(Dispersion, Scale)> for FunnelSpec {
    fn from((dispersion, scale): (Dispersion, Scale)) -> Self {
        Self::from(dispersion).with_scale(scale)
    }
}
