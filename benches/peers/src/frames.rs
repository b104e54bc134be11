//! polars in Rust: the forms in which one would write the works with it. Each is checked; the fastest counts.

use crate::{
    Result,
    check::{self, Check},
    data::{CELLS, Panel, Records},
    ours::Question,
};
use polars::{lazy::dsl::sum_horizontal, prelude::*};

type Holds<'a, E> = Box<dyn Fn(&DataFrame, &E) -> Result<()> + 'a>;

/// A work written with polars: a plan, and how to hold its answer against crimerate's.
pub(crate) struct Form<'a, E: ?Sized> {
    pub(crate) name: &'static str,
    engine: Engine,
    plan: LazyFrame,
    check: Holds<'a, E>,
}

impl<'a, E: ?Sized> Form<'a, E> {
    fn new(name: &'static str, plan: LazyFrame, check: impl Fn(&DataFrame, &E) -> Result<()> + 'a) -> Self {
        Self { name, engine: Engine::InMemory, plan, check: Box::new(check) }
    }

    fn streaming(self) -> Self {
        Self { engine: Engine::Streaming, ..self }
    }

    pub(crate) fn run(&self) -> Result<DataFrame> {
        Ok(self.plan.clone().collect_with_engine(self.engine)?.unwrap_single()) // single: the plan has no sinks
    }

    pub(crate) fn check(&self, answer: &DataFrame, expected: &E) -> Result<()> {
        (self.check)(answer, expected)
    }
}

pub(crate) fn aggregate(records: &Records) -> Result<Vec<Form<'static, [i64]>>> {
    let [areas, offences, months] = CELLS.map(usize::from);
    let frame = DataFrame::new_infer_height(vec![
        UInt16Chunked::from_slice("area".into(), &records.areas).into_column(),
        UInt16Chunked::from_slice("offence".into(), &records.offences).into_column(),
        UInt16Chunked::from_slice("month".into(), &records.months).into_column(),
        UInt32Chunked::from_slice("count".into(), &records.counts).into_column(),
    ])?;
    let total = || col("count").cast(DataType::Int64).sum();
    let wide = |name| col(name).cast(DataType::UInt32);
    let cell = (wide("area") * lit(offences as u32) + wide("offence")) * lit(months as u32) + wide("month");

    let keys = frame.clone().lazy().group_by([col("area"), col("offence"), col("month")]).agg([total()]);
    let packed = frame.lazy().select([cell.clone().alias("cell"), col("count")]).group_by([col("cell")]).agg([total()]);
    let check = move |answer: &DataFrame, cell: Expr, expected: &[i64]| {
        let answer = answer.clone().lazy().select([cell.alias("cell"), col("count")]).collect()?;
        let mut totals = vec![0; areas * offences * months];
        for (cell, total) in answer.column("cell")?.u32()?.iter().zip(answer.column("count")?.i64()?.iter()) {
            totals[cell.ok_or("a cell that is null")? as usize] += total.ok_or("a total that is null")?;
        }
        check::totals(&totals, expected)
    };
    let of_keys = move |answer: &DataFrame, expected: &[i64]| check(answer, cell.clone(), expected);
    let of_cell = move |answer: &DataFrame, expected: &[i64]| check(answer, col("cell"), expected);
    Ok(vec![
        Form::new("three keys", keys.clone(), of_keys.clone()),
        Form::new("packed key", packed.clone(), of_cell),
        Form::new("three keys, streaming", keys, of_keys).streaming(),
        Form::new("packed key, streaming", packed, of_cell).streaming(),
    ])
}

/// A column an area where there are few areas, a column an indicator where there are few indicators, and all in one
/// column. None for funnels.
pub(crate) fn panel(panel: &Panel, question: Question) -> Result<Vec<Form<'_, Check<'_>>>> {
    let ranks = match question {
        Question::Rates => false,
        Question::Ranks => true,
        Question::Funnels => return Ok(Vec::new()),
    };
    let mut forms = vec![long(panel, ranks)?];
    if panel.areas <= 1_000 {
        forms.push(by_area(panel, ranks)?);
    }
    if panel.indicators <= 500 {
        forms.push(by_indicator(panel, ranks)?);
    }
    Ok(forms)
}

const HIGHEST_FIRST: RankOptions = RankOptions { method: RankMethod::Min, descending: true };

fn people(panel: &Panel) -> f64 {
    panel.populations.iter().copied().map(f64::from).sum()
}

fn long(panel: &Panel, ranks: bool) -> Result<Form<'_, Check<'_>>> {
    let &Panel { areas, indicators, ref counts, ref populations } = panel;
    let of_indicators: Vec<u32> = (0..areas).flat_map(|_| 0..indicators as u32).collect();
    let of_areas: Vec<u32> = populations.iter().flat_map(|&people| vec![people; indicators]).collect();
    let frame = DataFrame::new_infer_height(vec![
        UInt32Chunked::from_vec("indicator".into(), of_indicators).into_column(),
        UInt32Chunked::from_slice("count".into(), counts).into_column(),
        UInt32Chunked::from_vec("population".into(), of_areas).into_column(),
    ])?;
    let over = |expression: Expr| expression.over([col("indicator")]);
    let total = col("count").cast(DataType::UInt64).sum();
    let mut figures = vec![
        over(col("rate").mean())?.alias("mean"),
        over(col("rate").std(1))?.alias("sd"),
        (over(total)? * lit(1_000.0) / lit(people(panel))).alias("average"),
    ];
    if ranks {
        figures.push(over(col("rate").rank(HIGHEST_FIRST, None))?.alias("rank"));
    }
    let plan = frame
        .lazy()
        .with_column((col("count") * lit(1_000.0) / col("population")).alias("rate"))
        .with_columns(figures)
        .with_columns([
            ((col("rate") - col("mean")) / col("sd")).alias("z"),
            (col("rate") / col("average")).alias("ratio"),
        ]);
    Ok(Form::new("long", plan, move |answer, check: &Check<'_>| {
        let [rate, z, ratio, average, mean, sd] =
            ["rate", "z", "ratio", "average", "mean", "sd"].map(|name| floats(answer, name));
        let (rate, z, ratio, average, mean, sd) = (rate?, z?, ratio?, average?, mean?, sd?);
        let rank = if ranks { Some(whole(answer, "rank")?) } else { None };
        for k in 0..areas * indicators {
            let (area, indicator) = (k / indicators, k % indicators);
            let rank = rank.as_ref().map(|rank| rank[k]);
            check.cell(area, indicator, [rate[k], z[k], ratio[k]], rank)?;
            check.column(indicator, [average[k], mean[k], sd[k]])?;
        }
        Ok(())
    }))
}

fn by_area(panel: &Panel, ranks: bool) -> Result<Form<'_, Check<'_>>> {
    let &Panel { areas, indicators, ref counts, ref populations } = panel;
    let name = |prefix: &str, area: usize| format!("{prefix}{area}");
    let columns = counts.chunks(indicators).enumerate();
    let columns = columns.map(|(area, row)| UInt32Chunked::from_slice(name("n", area).into(), row).into_column());
    // To divide by one number, polars multiplies by its reciprocal, which tells equal rates apart; so a population is a
    // column, as it is where it changes from period to period.
    let people_of = populations.iter().enumerate();
    let people_of =
        people_of.map(|(area, &n)| UInt32Chunked::full(name("p", area).into(), n, indicators).into_column());
    let each = |make: &dyn Fn(usize) -> Expr| (0..areas).map(make).collect::<Vec<_>>();
    let rates = each(&|area| col(name("r", area)));
    let totals = each(&|area| col(name("n", area)).cast(DataType::UInt64));
    let mut figures = vec![col("all").arr().mean().alias("mean"), col("all").arr().std(1).alias("sd")];
    if ranks {
        let rank = element().rank(HIGHEST_FIRST, None);
        figures.push(col("all").arr().eval(rank, false).alias("rank"));
    }
    let plan = DataFrame::new_infer_height(columns.chain(people_of).collect())?
        .lazy()
        .with_column((sum_horizontal(totals, true)? * lit(1_000.0) / lit(people(panel))).alias("average"))
        .with_columns(each(&|area| (col(name("n", area)) * lit(1_000.0) / col(name("p", area))).alias(name("r", area))))
        .with_column(concat_arr(rates)?.alias("all"))
        .with_columns(figures)
        .with_columns(each(&|area| ((col(name("r", area)) - col("mean")) / col("sd")).alias(name("z", area))))
        .with_columns(each(&|area| (col(name("r", area)) / col("average")).alias(name("q", area))));
    Ok(Form::new("a column an area", plan, move |answer, check: &Check<'_>| {
        let rank = if ranks { Some(answer.column("rank")?.array()?.get_inner().rechunk()) } else { None };
        let rank = rank.as_ref().map(|rank| rank.idx()?.cont_slice()).transpose()?;
        for area in 0..areas {
            let [rate, z, ratio] = ["r", "z", "q"].map(|prefix| floats(answer, &name(prefix, area)));
            let (rate, z, ratio) = (rate?, z?, ratio?);
            for k in 0..indicators {
                let rank = rank.map(|rank| rank[k * areas + area]);
                check.cell(area, k, [rate[k], z[k], ratio[k]], rank)?;
            }
        }
        let (average, mean, sd) = (floats(answer, "average")?, floats(answer, "mean")?, floats(answer, "sd")?);
        (0..indicators).try_for_each(|k| check.column(k, [average[k], mean[k], sd[k]]))
    }))
}

fn by_indicator(panel: &Panel, ranks: bool) -> Result<Form<'_, Check<'_>>> {
    let &Panel { areas, indicators, ref counts, ref populations } = panel;
    let name = |prefix: &str, indicator: usize| format!("{prefix}{indicator}");
    let columns = (0..indicators).map(|k| {
        let column = counts[k..].iter().step_by(indicators).copied().collect();
        UInt32Chunked::from_vec(name("n", k).into(), column).into_column()
    });
    let population = UInt32Chunked::from_slice("population".into(), populations).into_column();
    let each = |make: &dyn Fn(usize) -> Expr| (0..indicators).map(make).collect::<Vec<_>>();
    let all = people(panel);
    let mut plan = DataFrame::new_infer_height(columns.chain([population]).collect())?
        .lazy()
        .with_columns(each(&|k| (col(name("n", k)) * lit(1_000.0) / col("population")).alias(name("r", k))))
        .with_columns(each(&|k| col(name("r", k)).mean().alias(name("m", k))))
        .with_columns(each(&|k| col(name("r", k)).std(1).alias(name("s", k))))
        .with_columns(each(&|k| {
            let total = col(name("n", k)).cast(DataType::UInt64).sum();
            (total * lit(1_000.0) / lit(all)).alias(name("a", k))
        }))
        .with_columns(each(&|k| ((col(name("r", k)) - col(name("m", k))) / col(name("s", k))).alias(name("z", k))))
        .with_columns(each(&|k| (col(name("r", k)) / col(name("a", k))).alias(name("q", k))));
    if ranks {
        plan = plan.with_columns(each(&|k| col(name("r", k)).rank(HIGHEST_FIRST, None).alias(name("k", k))));
    }
    Ok(Form::new("a column an indicator", plan, move |answer, check: &Check<'_>| {
        for k in 0..indicators {
            let [rate, z, ratio] = ["r", "z", "q"].map(|prefix| floats(answer, &name(prefix, k)));
            let (rate, z, ratio) = (rate?, z?, ratio?);
            let rank = if ranks { Some(whole(answer, &name("k", k))?) } else { None };
            for area in 0..areas {
                let rank = rank.as_ref().map(|rank| rank[area]);
                check.cell(area, k, [rate[area], z[area], ratio[area]], rank)?;
            }
            let [average, mean, sd] = ["a", "m", "s"].map(|prefix| floats(answer, &name(prefix, k)));
            check.column(k, [average?[0], mean?[0], sd?[0]])?;
        }
        Ok(())
    }))
}

fn floats(answer: &DataFrame, name: &str) -> Result<Vec<f64>> {
    Ok(answer.column(name)?.f64()?.rechunk().cont_slice()?.to_vec())
}

fn whole(answer: &DataFrame, name: &str) -> Result<Vec<u32>> {
    Ok(answer.column(name)?.u32()?.rechunk().cont_slice()?.to_vec())
}
