//! How a funnel is made.

use super::{dispersion::Dispersion, scale::Scale, trim::Trim};
use crate::base::choice;
use serde::{Deserialize, Serialize};

/// How a funnel is made: what is made of more than chance, on which scale, with which trimming, by which law.
///
/// The default is no dispersion, the square-root scale, the law of the count, and 10 % winsorised at each end where phi and tau^2 are reported. A
/// [`Dispersion`], a [`Scale`] or a pair of both will do.
///
/// ```
/// use crimerate::{funnel::{self, Dispersion, Scale, Trim}};
///
/// let spec = funnel::Spec::from((Dispersion::Additive, Scale::Log)).with_trim(Trim::winsorise(0.05)?);
/// assert_eq!(spec.scale(), Scale::Log);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spec {
    pub(crate) dispersion: Dispersion,
    pub(crate) scale: Scale,
    pub(crate) trim: Trim,
    #[serde(default)]
    pub(crate) form: Form,
}

/// What limits, positions, p-values, phi and tau^2 rest on where there is dispersion. The default is [`Form::Exact`]; without dispersion
/// both are the same, and phi and tau^2 are the published ones.
///
/// | form | with dispersion a count is | position | p | phi and tau^2 |
/// |---|---|---|---|---|
/// | `exact` | negative binomial, of a proportion beta-binomial, with phi or tau^2 | by the exact tails | the smaller tail, with the dispersion of the other areas, by Student's distribution | from Pearson's residuals, what is trimmed allowed for |
/// | `normal` | normal on the scale | outside the limits | two-sided, of the adjusted z | from trimmed z as they are, as in published funnels |
///
/// The normal form reproduces published funnels. It calls too many: where true values vary about 5 % and more a side beyond the 95 %
/// limits, as trimming takes a third of the variation; and where few are expected it calls a count of zero low that is
/// likely by chance alone: of 100 areas with equal rates and 2 expected each, 13 instead of at most 2.5.
///
/// ```
/// use crimerate::{Average, Confidence, Table, funnel::{self, Dispersion, Form, Position}};
///
/// let league = Table::from_rows([("A", 0, 11), ("B", 300, 2_000), ("C", 190, 2_000), ("D", 110, 2_000)])?.compare(Average::POOLED);
/// let spec = funnel::Spec::from(Dispersion::Additive);
/// let level = Confidence::new(0.6)?;
/// let position = |spec: funnel::Spec| Ok::<_, crimerate::Error>(league.funnel(spec).area("A")?.position(level)?);
/// assert_eq!(position(spec)?, Position::Within);
/// assert_eq!(position(spec.with_form(Form::Normal))?, Position::Low);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// The exact distribution of the count itself.
    #[default]
    Exact,
    /// The normal distribution on the scale (Spiegelhalter 2005), as in published funnels.
    Normal,
}

choice!(Form, "a form", "exact or normal", { Exact => "exact", Normal => "normal" });

impl Spec {
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

    /// With limits, positions and p-values of this form where there is dispersion.
    #[must_use]
    pub const fn with_form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// Whether limits rest on a phi or tau^2 that allows for what is trimmed, and not on published ones.
    pub(crate) fn is_consistent(self) -> bool {
        self.form == Form::Exact && self.dispersion != Dispersion::None
    }

    /// The scale of phi and tau^2: that of Pearson's residuals where limits of the law rest on them, whichever scale z has.
    pub(crate) fn weighed(self) -> Scale {
        if self.is_consistent() { Scale::Linear } else { self.scale }
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

    /// What limits, positions and p-values with dispersion rest on.
    #[must_use]
    pub const fn form(self) -> Form {
        self.form
    }
}

impl From<Dispersion> for Spec {
    fn from(dispersion: Dispersion) -> Self {
        Self::default().with_dispersion(dispersion)
    }
}

impl From<Scale> for Spec {
    fn from(scale: Scale) -> Self {
        Self::default().with_scale(scale)
    }
}

impl From<(Dispersion, Scale)> for Spec {
    fn from((dispersion, scale): (Dispersion, Scale)) -> Self {
        Self::from(dispersion).with_scale(scale)
    }
}
