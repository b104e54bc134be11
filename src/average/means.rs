//! Means and medians of plain numbers, added up from the left.
//!
//! The mean without the area itself is made of sums before and after it, not of the whole sum less its rate: an outlier that
//! is left out leaves no rounding behind, and it still takes one pass.

/// Added up from the left and divided once; equal values are their own mean, whatever their sum rounds to.
pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    common(values).or_else(|| (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64))
}

/// The value that all have.
pub(crate) fn common(values: &[f64]) -> Option<f64> {
    let first = *values.first()?;
    values.iter().all(|value| value.to_bits() == first.to_bits()).then_some(first)
}

/// The mean of the others for each value, from sums of what stands before and after it: nothing is subtracted, so an
/// outlier left out leaves no rounding behind.
pub(super) fn means_without_self(values: &[f64]) -> Vec<Option<f64>> {
    if values.len() < 2 {
        return vec![None; values.len()];
    }
    let mut after: Vec<f64> =
        values.iter().rev().scan(0.0, |sum, value| Some(std::mem::replace(sum, *sum + value))).collect();
    after.reverse();
    let others = (values.len() - 1) as f64;
    let before = values.iter().scan(0.0, |sum, value| Some(std::mem::replace(sum, *sum + value)));
    let mut means: Vec<Option<f64>> =
        before.zip(after).map(|(before, after)| Some((before + after) / others)).collect();
    if let Some((odd, common)) = nearly_all_equal(values) {
        // Others that are all equal are their own mean, as in `mean`.
        for (place, mean) in means.iter_mut().enumerate() {
            if odd.is_none_or(|odd| odd == place) {
                *mean = Some(common);
            }
        }
    }
    means
}

/// The value that all have, or all but the one in the place that is named too.
fn nearly_all_equal(values: &[f64]) -> Option<(Option<usize>, f64)> {
    let [first, second, ..] = values else { return None };
    [first, second].into_iter().find_map(|common| {
        let mut others = values.iter().enumerate().filter(|(_, value)| value.to_bits() != common.to_bits());
        match (others.next(), others.next()) {
            (odd, None) => Some((odd.map(|(place, _)| place), *common)),
            _ => None,
        }
    })
}

/// The median of the others for each value: the middle of the sorted values with one place stepped over.
pub(super) fn medians_without_self(values: &[f64]) -> Vec<Option<f64>> {
    let mut sorted: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
    sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut medians = vec![None; values.len()];
    for (place, (_, i)) in sorted.iter().enumerate() {
        let without = |k: usize| sorted.get(if k < place { k } else { k + 1 }).map(|pair| pair.0);
        if let Some(median) = medians.get_mut(*i) {
            *median = middle(values.len() - 1, without);
        }
    }
    medians
}

/// The middle value, or the mean of the two in the middle, which is the type-7 quantile at one half.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    middle(sorted.len(), |i| sorted.get(i).copied())
}

/// The median of `len` sorted values.
pub(crate) fn middle(len: usize, sorted: impl Fn(usize) -> Option<f64>) -> Option<f64> {
    let upper = sorted(len / 2)?;
    match len {
        0 => None,
        len if len.is_multiple_of(2) => Some((sorted(len / 2 - 1)? + upper) / 2.0),
        _ => Some(upper),
    }
}
