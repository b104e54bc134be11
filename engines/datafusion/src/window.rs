//! Functions of a row among the rows of its partition.

use crate::{
    fault::fault,
    parameter::{
        Literals,
        Parameter::{Whole as Column, Word},
        Parameters,
    },
    whole::Whole,
};
use crimerate::{Average, Compare, Order, Rate, Row, Table, Ties, average::ZScale, league::Ranking};
use datafusion::{
    arrow::{
        array::{ArrayRef, Float64Array},
        datatypes::{DataType, Field, FieldRef},
    },
    common::{Result, internal_datafusion_err},
    logical_expr::{
        PartitionEvaluator, Signature, WindowUDF, WindowUDFImpl,
        function::{PartitionEvaluatorArgs, WindowUDFFieldArgs},
    },
    physical_expr::expressions::Literal,
};
use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

/// The figures of some rates beside each other; what is undefined is nothing.
type Figures = fn(&Literals, &[Rate]) -> Result<Vec<Option<f64>>>;

/// A function of all rates of a partition.
#[derive(Debug)]
struct Window {
    parameters: Parameters,
    signature: Signature,
    figures: Figures,
}

/// The same with the literals of a call.
#[derive(Debug)]
struct Evaluator {
    literals: Literals,
    figures: Figures,
}

/// The functions of a row among the rows of its partition.
#[must_use]
pub fn window_functions() -> Vec<Arc<WindowUDF>> {
    let function = |function, optional, figures| {
        let parameters = Parameters { function, needed: &[Column, Column], optional };
        Arc::new(WindowUDF::new_from_impl(Window { parameters, signature: Parameters::signature(), figures }))
    };
    vec![function("rate_rank", &[Word, Word], ranks), function("rate_z", &[Word], z)]
}

fn ranks(literals: &Literals, rates: &[Rate]) -> Result<Vec<Option<f64>>> {
    let ranking = Ranking::new(rates, literals.choice::<Order>(3)?, literals.choice::<Ties>(2)?);
    Ok(ranking.ranks().map(|rank| Some(rank.value())).collect())
}

fn z(literals: &Literals, rates: &[Rate]) -> Result<Vec<Option<f64>>> {
    let how = Compare::with(Average::POOLED).with_z(literals.choice::<ZScale>(2)?);
    let rows =
        (1..).zip(rates).map(|(row, rate): (u64, _)| Row::new(row.to_string(), rate.count(), rate.population().get()));
    let table = Table::from_rows(rows).map_err(fault(literals.function))?;
    let league = table.compare(how);
    Ok(league.iter().map(|comparison| comparison.z().ok()).collect())
}

impl PartialEq for Window {
    fn eq(&self, other: &Self) -> bool {
        self.parameters == other.parameters
    }
}

impl Eq for Window {}

impl Hash for Window {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parameters.hash(state);
    }
}

impl WindowUDFImpl for Window {
    fn name(&self) -> &str {
        self.parameters.function
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, found: &[DataType]) -> Result<Vec<DataType>> {
        self.parameters.coerce(found)
    }

    fn field(&self, args: WindowUDFFieldArgs<'_>) -> Result<FieldRef> {
        Ok(Arc::new(Field::new(args.name(), DataType::Float64, true)))
    }

    fn partition_evaluator(&self, args: PartitionEvaluatorArgs<'_>) -> Result<Box<dyn PartitionEvaluator>> {
        let values = args.input_exprs().iter().map(|expr| Some(expr.downcast_ref::<Literal>()?.value().clone()));
        Ok(Box::new(Evaluator { literals: self.parameters.literals(values)?, figures: self.figures }))
    }
}

impl PartitionEvaluator for Evaluator {
    fn evaluate_all(&mut self, values: &[ArrayRef], rows: usize) -> Result<ArrayRef> {
        let function = self.literals.function;
        let [counts, people, ..] = values else {
            return Err(internal_datafusion_err!("{function} has fewer than two columns"));
        };
        let (counts, people) = (Whole::of(function, "count", counts)?, Whole::of(function, "population", people)?);
        let (mut rates, mut known) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
        for row in 0..rows {
            if let (Some(count), Some(people)) = (counts.count(row)?, people.count(row)?) {
                let rate = Rate::new(count, people);
                rates.push(rate.map_err(|error| fault(function)(error.at_row(row as u64 + 1)))?);
                known.push(row);
            }
        }
        let mut answer = vec![None; rows];
        if rates.is_empty() {
            return Ok(Arc::new(Float64Array::from(answer)));
        }
        for (row, figure) in known.into_iter().zip((self.figures)(&self.literals, &rates)?) {
            if let Some(place) = answer.get_mut(row) {
                *place = figure;
            }
        }
        Ok(Arc::new(Float64Array::from(answer)))
    }
}
