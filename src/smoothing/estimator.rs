//! A way to smooth.

use crate::base::choice;

/// How mean and variance of the true rates are estimated. There is no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Estimator {
    /// By moments, without a distribution (Marshall 1991, Appl. Statist. 40, 283).
    Marshall,
    /// By maximum likelihood, true rates following a gamma distribution (Clayton and Kaldor 1987, Biometrics 43, 671).
    GammaPoisson,
}

choice!(Estimator, "a way to smooth", "marshall or gamma-poisson", {
    Marshall => "marshall",
    GammaPoisson => "gamma-poisson",
});
