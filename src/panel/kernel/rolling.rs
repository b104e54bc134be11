//! Sums of windows of columns, in one pass over each row.
//!
//! Sums are of whole numbers, so what is taken away again leaves nothing behind, whatever the order; they are checked to fit before.

use super::job::Count;

/// The columns of one offence in order of time, and where its windows go.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The columns, one for each period that there is.
    pub(crate) columns: Vec<usize>,
    /// For each of them the place of the window that it ends among all windows, where no period is missing in it.
    pub(crate) ends: Vec<Option<usize>>,
    /// The first column and the first window, where columns and windows stand side by side and no period is missing.
    pub(crate) side_by_side: Option<(usize, usize)>,
}

/// Writes the sums of a row's windows of `window` columns.
pub(crate) fn sum<C: Count>(row: &[C], places: &Places, window: usize, sums: &mut [u64]) {
    if let Some((first, to)) = places.side_by_side {
        let row = row.get(first..first + places.columns.len()).unwrap_or_default();
        let (Some(head), Some(new)) = (row.get(..window - 1), row.get(window - 1..)) else { return };
        let mut sum = head.iter().fold(0_u64, |sum, count| sum.wrapping_add((*count).into()));
        let sums = sums.get_mut(to..).unwrap_or_default();
        for ((to, new), old) in sums.iter_mut().zip(new).zip(row) {
            sum = sum.wrapping_add((*new).into());
            *to = sum;
            sum = sum.wrapping_sub((*old).into());
        }
        return;
    }
    let at =
        |place: usize| places.columns.get(place).and_then(|column| row.get(*column)).map_or(0, |count| (*count).into());
    let mut sum = 0_u64;
    for (place, end) in places.ends.iter().enumerate() {
        sum = sum.wrapping_add(at(place));
        if let Some(gone) = place.checked_sub(window) {
            sum = sum.wrapping_sub(at(gone));
        }
        if let Some(to) = end.and_then(|end| sums.get_mut(end)) {
            *to = sum;
        }
    }
}

/// Writes the last code of each window that is not 0.
pub(crate) fn codes(row: &[u8], places: &Places, window: usize, to: &mut [u8]) {
    let (mut last, mut code) = (None, 0);
    for (place, (column, end)) in places.columns.iter().zip(&places.ends).enumerate() {
        let here = row.get(*column).copied().unwrap_or(0);
        if here != 0 {
            (last, code) = (Some(place), here);
        }
        let within = last.is_some_and(|last: usize| last + window > place);
        if let Some(to) = end.and_then(|end| to.get_mut(end)) {
            *to = if within { code } else { 0 };
        }
    }
}
