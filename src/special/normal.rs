/// z with P(Z > z) = tail.
pub(crate) fn upper_quantile(tail: f64) -> f64 {
    std::f64::consts::SQRT_2 * statrs::function::erf::erfc_inv(2.0 * tail)
}
