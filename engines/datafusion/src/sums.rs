//! Exact sums of whole numbers, group by group.
//!
//! Sums are of 128 bits, so no batch of 64-bit numbers makes them wrap, and any order of additions and mergers gives the same
//! sums.

use crate::whole::Whole;
use datafusion::{
    arrow::{
        array::{
            Array, ArrayRef, ArrowPrimitiveType, AsArray, BooleanArray, Decimal128Array, PrimitiveArray, UInt64Array,
        },
        datatypes::{DataType, Decimal128Type, Field, FieldRef, UInt64Type},
    },
    common::{Result, exec_datafusion_err, internal_datafusion_err},
    logical_expr::{Accumulator, EmitTo, GroupsAccumulator},
    scalar::ScalarValue,
};
use std::{fmt, sync::Arc};

/// The sums of some columns over the rows in which all of them have a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sums<const N: usize> {
    pub(crate) sums: [i128; N],
    pub(crate) rows: u64,
}

/// What the columns are called, and whether a row may be added.
pub(crate) struct Columns<const N: usize> {
    pub(crate) function: &'static str,
    pub(crate) names: [&'static str; N],
    pub(crate) check: fn(&[i128; N]) -> Result<(), &'static str>,
}

/// What sums come to.
pub(crate) struct Finish<const N: usize, T: ArrowPrimitiveType>(Arc<Work<N, T>>);

type Work<const N: usize, T> = dyn Fn(&Sums<N>) -> Result<Option<<T as ArrowPrimitiveType>::Native>> + Send + Sync;

/// Sums of each group.
pub(crate) struct Grouped<const N: usize, T: ArrowPrimitiveType> {
    columns: &'static Columns<N>,
    groups: Vec<Sums<N>>,
    finish: Finish<N, T>,
}

/// The type in which sums travel.
const SUM: DataType = DataType::Decimal128(38, 0);

impl<const N: usize> Sums<N> {
    const NONE: Self = Self { sums: [0; N], rows: 0 };

    fn add(&mut self, more: [i128; N], rows: u64) -> Option<()> {
        for (sum, more) in self.sums.iter_mut().zip(more) {
            *sum = sum.checked_add(more)?;
        }
        self.rows = self.rows.checked_add(rows)?;
        Some(())
    }

    fn take(&mut self, less: [i128; N]) -> Option<()> {
        for (sum, less) in self.sums.iter_mut().zip(less) {
            *sum = sum.checked_sub(less)?;
        }
        self.rows = self.rows.checked_sub(1)?;
        Some(())
    }
}

impl<const N: usize, T: ArrowPrimitiveType> Finish<N, T> {
    pub(crate) fn new(work: impl Fn(&Sums<N>) -> Result<Option<T::Native>> + Send + Sync + 'static) -> Self {
        Self(Arc::new(work))
    }

    /// What the sums of no rows, or of some, come to.
    fn of(&self, sums: &Sums<N>) -> Result<Option<T::Native>> {
        if sums.rows == 0 { Ok(None) } else { self.0(sums) }
    }
}

impl<const N: usize> Columns<N> {
    /// The fields of the state of a call: each sum, and how many rows are in it.
    pub(crate) fn state(&self, call: &str) -> Vec<FieldRef> {
        let named = |name: &str, r#type| Arc::new(Field::new(format!("{call}[{name}]"), r#type, false));
        self.names.iter().map(|name| named(name, SUM)).chain([named("rows", DataType::UInt64)]).collect()
    }

    /// Gives the numbers of each row in which all columns have one.
    fn each(
        &self,
        values: &[ArrayRef],
        filter: Option<&BooleanArray>,
        mut give: impl FnMut(usize, [i128; N]) -> Option<()>,
    ) -> Result<()> {
        let mut columns = Vec::with_capacity(N);
        for (name, values) in self.names.iter().zip(values) {
            columns.push(Whole::of(self.function, name, values)?);
        }
        let taken = |row: usize| filter.is_none_or(|filter| filter.is_valid(row) && filter.value(row));
        'rows: for row in (0..values.first().map_or(0, Array::len)).filter(|row| taken(*row)) {
            let mut numbers = [0; N];
            for (number, column) in numbers.iter_mut().zip(&columns) {
                let Some(known) = column.get(row) else { continue 'rows };
                *number = known;
            }
            let refused = |why| exec_datafusion_err!("{}: row {} of its batch: {why}", self.function, row + 1);
            (self.check)(&numbers).map_err(refused)?;
            give(row, numbers).ok_or_else(|| refused("the sum is beyond 128 bits"))?;
        }
        Ok(())
    }

    /// Gives the states of groups that were added up elsewhere.
    fn merged(&self, states: &[ArrayRef], mut give: impl FnMut(usize, [i128; N], u64) -> Option<()>) -> Result<()> {
        let broken = || internal_datafusion_err!("{}: a state that no rows can have left", self.function);
        let (rows, sums) = states.split_last().filter(|(_, sums)| sums.len() == N).ok_or_else(broken)?;
        let rows = rows.as_primitive_opt::<UInt64Type>().ok_or_else(broken)?;
        let sums: Option<Vec<_>> = sums.iter().map(|sums| sums.as_primitive_opt::<Decimal128Type>()).collect();
        let sums = sums.and_then(|sums| <[&Decimal128Array; N]>::try_from(sums).ok()).ok_or_else(broken)?;
        (0..rows.len()).try_for_each(|at| give(at, sums.map(|sums| sums.value(at)), rows.value(at)).ok_or_else(broken))
    }
}

impl<const N: usize, T: ArrowPrimitiveType> Grouped<N, T> {
    pub(crate) fn new(columns: &'static Columns<N>, finish: Finish<N, T>) -> Self {
        Self { columns, groups: Vec::new(), finish }
    }
}

impl<const N: usize, T: ArrowPrimitiveType> fmt::Debug for Grouped<N, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grouped").field("function", &self.columns.function).field("groups", &self.groups).finish()
    }
}

impl<const N: usize, T: ArrowPrimitiveType> GroupsAccumulator for Grouped<N, T> {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        filter: Option<&BooleanArray>,
        total_num_groups: usize,
    ) -> Result<()> {
        self.groups.resize(total_num_groups, Sums::NONE);
        let groups = &mut self.groups;
        self.columns.each(values, filter, |row, numbers| groups.get_mut(*group_indices.get(row)?)?.add(numbers, 1))
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let groups = emit_to.take_needed(&mut self.groups);
        let finished = groups.iter().map(|sums| self.finish.of(sums));
        Ok(Arc::new(finished.collect::<Result<PrimitiveArray<T>>>()?))
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let groups = emit_to.take_needed(&mut self.groups);
        let mut state: Vec<ArrayRef> = Vec::with_capacity(N + 1);
        for column in 0..N {
            let sums = groups.iter().map(|group| group.sums.get(column).copied());
            state.push(Arc::new(sums.collect::<Decimal128Array>().with_data_type(SUM)));
        }
        state.push(Arc::new(groups.iter().map(|group| group.rows).collect::<UInt64Array>()));
        Ok(state)
    }

    fn merge_batch(&mut self, values: &[ArrayRef], group_indices: &[usize], total_num_groups: usize) -> Result<()> {
        self.groups.resize(total_num_groups, Sums::NONE);
        let groups = &mut self.groups;
        self.columns.merged(values, |row, sums, rows| groups.get_mut(*group_indices.get(row)?)?.add(sums, rows))
    }

    fn convert_to_state(&self, values: &[ArrayRef], filter: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        let mut single = Self::new(self.columns, Finish(self.finish.0.clone()));
        let rows: Vec<usize> = (0..values.first().map_or(0, Array::len)).collect();
        single.update_batch(values, &rows, filter, rows.len())?;
        single.state(EmitTo::All)
    }

    fn size(&self) -> usize {
        self.groups.capacity() * size_of::<Sums<N>>()
    }
}

/// One group of all rows.
pub(crate) struct Single<const N: usize, T: ArrowPrimitiveType> {
    columns: &'static Columns<N>,
    group: Sums<N>,
    finish: Finish<N, T>,
}

impl<const N: usize, T: ArrowPrimitiveType> Single<N, T> {
    pub(crate) fn new(columns: &'static Columns<N>, finish: Finish<N, T>) -> Self {
        Self { columns, group: Sums::NONE, finish }
    }
}

impl<const N: usize, T: ArrowPrimitiveType> fmt::Debug for Single<N, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Single").field("function", &self.columns.function).field("group", &self.group).finish()
    }
}

impl<const N: usize, T: ArrowPrimitiveType> Accumulator for Single<N, T> {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        self.columns.each(values, None, |_, numbers| self.group.add(numbers, 1))
    }

    fn retract_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        self.columns.each(values, None, |_, numbers| self.group.take(numbers))
    }

    fn supports_retract_batch(&self) -> bool {
        true
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        ScalarValue::new_primitive::<T>(self.finish.of(&self.group)?, &T::DATA_TYPE)
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        let sums = self.group.sums.map(|sum| ScalarValue::Decimal128(Some(sum), 38, 0));
        Ok(sums.into_iter().chain([ScalarValue::UInt64(Some(self.group.rows))]).collect())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        self.columns.merged(states, |_, sums, rows| self.group.add(sums, rows))
    }

    fn size(&self) -> usize {
        size_of_val(self)
    }
}
