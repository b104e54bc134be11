pub(crate) fn exact_lower(count: u64, tail: f64) -> f64 {
    let c = count as f64;
    c - 2.0 * c.sqrt() * tail
}
pub(crate) fn exact_upper(count: u64, tail: f64) -> f64 {
    let c = count as f64;
    c + 2.0 * c.sqrt() * tail
}
pub(crate) fn mid_p_lower(count: u64, tail: f64) -> f64 {
    let c = count as f64;
    c - 2.0 * c.sqrt() * tail
}
pub(crate) fn mid_p_upper(count: u64, tail: f64) -> f64 {
    let c = count as f64;
    c + 2.0 * c.sqrt() * tail
}
pub(crate) fn jeffreys_lower(count: u64, tail: f64) -> f64 {
    let c = count as f64;
    c - 2.0 * c.sqrt() * tail
}
pub(crate) fn jeffreys_upper(count: u64, tail: f64) -> f64 {
    let c = count as f64;
    c + 2.0 * c.sqrt() * tail
}
