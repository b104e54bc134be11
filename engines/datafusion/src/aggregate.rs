//! Functions of groups of rows.

use crate::{
    fault::fault,
    parameter::{
        Literals,
        Parameter::{self, Level, Per, Whole, Word},
        Parameters,
    },
    sums::{Columns, Finish, Grouped, Single, Sums},
};
use crimerate::{Interval, Method, Per as People, Rate, Tally, interval::Spec};
use datafusion::{
    arrow::{
        array::ArrowPrimitiveType,
        datatypes::{DataType, FieldRef, Float64Type, Int64Type},
    },
    common::{Result, exec_datafusion_err, plan_err},
    logical_expr::{
        Accumulator, AggregateUDF, AggregateUDFImpl, GroupsAccumulator, Signature,
        function::{AccumulatorArgs, StateFieldsArgs},
        utils::AggregateOrderSensitivity,
    },
    physical_expr::expressions::Literal,
};
use std::{
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

/// A function of exact sums of `N` columns.
struct Aggregate<const N: usize, T: ArrowPrimitiveType> {
    parameters: Parameters,
    signature: Signature,
    columns: &'static Columns<N>,
    finish: fn(&Literals) -> Result<Finish<N, T>>,
}

/// The functions of groups of rows.
#[must_use]
pub fn aggregate_functions() -> Vec<Arc<AggregateUDF>> {
    const POOLED: &[Parameter] = &[Whole, Whole, Per];
    const LIMITS: &[Parameter] = &[Level, Word];
    const TOTAL: Columns<1> = Columns { function: "total", names: ["count"], check: |_| Ok(()) };
    const RATE: Columns<2> = pooled("pooled_rate");
    const LOWER: Columns<2> = pooled("pooled_rate_lower");
    const UPPER: Columns<2> = pooled("pooled_rate_upper");
    vec![
        function(&TOTAL, &[Whole], &[], |_| Ok(Finish::<1, Int64Type>::new(total))),
        function(&RATE, POOLED, &[], |literals| {
            let (function, per) = (literals.function, literals.per(2)?);
            Ok(Finish::<2, Float64Type>::new(move |sums| pooled_rate(function, per, sums)))
        }),
        function(&LOWER, POOLED, LIMITS, |literals| limit(literals, Interval::lower)),
        function(&UPPER, POOLED, LIMITS, |literals| limit(literals, Interval::upper)),
    ]
}

const fn pooled(function: &'static str) -> Columns<2> {
    Columns {
        function,
        names: ["count", "population"],
        check: |[count, population]| match (*count < 0, *population <= 0) {
            (true, _) => Err("count is below zero, and a rate needs one that is not"),
            (_, true) => Err("population is not above zero, so no rate is defined"),
            _ => Ok(()),
        },
    }
}

fn function<const N: usize, T: ArrowPrimitiveType>(
    columns: &'static Columns<N>,
    needed: &'static [Parameter],
    optional: &'static [Parameter],
    finish: fn(&Literals) -> Result<Finish<N, T>>,
) -> Arc<AggregateUDF> {
    let parameters = Parameters { function: columns.function, needed, optional };
    Arc::new(AggregateUDF::new_from_impl(Aggregate { parameters, signature: Parameters::signature(), columns, finish }))
}

/// The total as a number of 64 bits, where it is one.
fn total(sums: &Sums<1>) -> Result<Option<i64>> {
    let [total] = sums.sums;
    let fits = i64::try_from(total).map_err(|_| exec_datafusion_err!("total: {total} is beyond 64 bits"));
    fits.map(Some)
}

fn pooled_rate(function: &str, per: People, sums: &Sums<2>) -> Result<Option<f64>> {
    let [count, population] = sums.sums.map(i128::unsigned_abs);
    let tally = Tally::of(count, population, sums.rows).map_err(fault(function))?;
    Ok(tally.per(per).map(crimerate::Reading::value))
}

fn limit(literals: &Literals, limit: fn(Interval) -> f64) -> Result<Finish<2, Float64Type>> {
    let (function, per) = (literals.function, literals.per(2)?);
    let spec = Spec::from((literals.level(3)?, literals.choice::<Method>(4)?));
    Ok(Finish::new(move |Sums { sums, .. }| {
        let [Ok(count), Ok(population)] = sums.map(u64::try_from) else {
            return Err(exec_datafusion_err!("{function}: a count or a population beyond 64 bits has no limits"));
        };
        let rate = Rate::new(count, population).map_err(fault(function))?;
        Ok(Some(limit(rate.interval(spec).per(per))))
    }))
}

impl<const N: usize, T: ArrowPrimitiveType> Aggregate<N, T> {
    /// What is done with the sums, as the literals of a call say.
    fn finish(&self, args: &AccumulatorArgs<'_>) -> Result<Finish<N, T>> {
        if args.is_distinct {
            return plan_err!("{} of distinct rows adds up other rows than there are", self.parameters.function);
        }
        let values = args.exprs.iter().map(|expr| Some(expr.downcast_ref::<Literal>()?.value().clone()));
        (self.finish)(&self.parameters.literals(values)?)
    }
}

impl<const N: usize, T: ArrowPrimitiveType> fmt::Debug for Aggregate<N, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Aggregate").field(&self.parameters).finish()
    }
}

impl<const N: usize, T: ArrowPrimitiveType> PartialEq for Aggregate<N, T> {
    fn eq(&self, other: &Self) -> bool {
        self.parameters == other.parameters
    }
}

impl<const N: usize, T: ArrowPrimitiveType> Eq for Aggregate<N, T> {}

impl<const N: usize, T: ArrowPrimitiveType> Hash for Aggregate<N, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parameters.hash(state);
    }
}

impl<const N: usize, T: ArrowPrimitiveType> AggregateUDFImpl for Aggregate<N, T> {
    fn name(&self) -> &str {
        self.parameters.function
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, found: &[DataType]) -> Result<Vec<DataType>> {
        self.parameters.coerce(found)
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(T::DATA_TYPE)
    }

    fn state_fields(&self, args: StateFieldsArgs<'_>) -> Result<Vec<FieldRef>> {
        Ok(self.columns.state(args.name))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }

    fn accumulator(&self, args: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(Single::new(self.columns, self.finish(&args)?)))
    }

    fn groups_accumulator_supported(&self, args: AccumulatorArgs<'_>) -> bool {
        !args.is_distinct
    }

    fn create_groups_accumulator(&self, args: AccumulatorArgs<'_>) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(Grouped::new(self.columns, self.finish(&args)?)))
    }
}
