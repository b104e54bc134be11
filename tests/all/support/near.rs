//! Assertions that two numbers are near, which print both.

/// A relative error of at most the tolerance.
#[track_caller]
pub(crate) fn near(found: f64, expected: f64, tolerance: f64, what: &str) {
    let error = if found == expected { 0.0 } else { ((found - expected) / expected).abs() };
    assert!(error <= tolerance, "{what}: found {found:e}, expected {expected:e}, relative error {error:e}");
}

/// A distance of at most the tolerance.
#[track_caller]
pub(crate) fn assert_within(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((found - expected).abs() <= tolerance, "{what}: found {found}, expected {expected} within {tolerance}");
}

/// The same, of what stands in the line that fails.
#[track_caller]
pub(crate) fn assert_near(found: f64, expected: f64, tolerance: f64) {
    assert_within(found, expected, tolerance, "figure");
}

/// Whether two numbers differ by no more than a few roundings.
pub(crate) fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}
