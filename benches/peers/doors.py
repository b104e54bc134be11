"""Files written by polars and by DuckDB through the door of engines/datafusion, and back.

    cd engines/datafusion && cargo build --example records
    python benches/peers/doors.py engines/datafusion/target/debug/examples/records

Needs polars and duckdb. The same records, some below zero, go out as Parquet (polars: text and categories; DuckDB: text and an enum)
and as CSV of both; every file must give the same rates, bit for bit, and both libraries must read them alike. Rates are
worked out here, too, from whole numbers with one rounding.
"""

import random
import subprocess
import sys
import tempfile
from collections import Counter
from fractions import Fraction
from pathlib import Path

import duckdb
import polars as pl

AREAS = [f"Area {number:02}" for number in range(43)] + ["Dyfed-Powys", "Côte, \"the\""]
OFFENCES = [f"offence {number:03}" for number in range(150)]
RECORDS = 200_000
PER = 100_000


def records():
    rng = random.Random(17)
    count = lambda: -rng.randint(1, 3) if rng.random() < 0.03 else rng.randint(0, 60)
    return [(rng.choice(AREAS), rng.choice(OFFENCES), count()) for _ in range(RECORDS)]


def written(folder, rows):
    """Each form of the records, and the populations."""
    frame = pl.DataFrame(rows, schema={"area": pl.String, "offence": pl.String, "n": pl.Int64}, orient="row")
    people = pl.DataFrame({"area": AREAS, "population": [100_000 + 37_001 * number for number in range(len(AREAS))]})
    populations = folder / "populations.parquet"
    people.write_parquet(populations)
    frame.write_parquet(folder / "polars.parquet")
    frame.with_columns(pl.col("area", "offence").cast(pl.Categorical)).write_parquet(folder / "polars-categories.parquet")
    frame.write_csv(folder / "polars.csv")
    base = duckdb.connect()
    base.execute("create table records (area varchar, offence varchar, n integer)")
    base.execute(f"copy records from '{folder}/polars.csv' (header)")
    base.execute("create type offences as enum (select distinct offence from records order by offence)")
    base.execute(f"copy records to '{folder}/duckdb.parquet' (format parquet)")
    base.execute(f"copy (select area, offence::offences as offence, n from records) to '{folder}/duckdb-enum.parquet' (format parquet)")
    base.execute(f"copy records to '{folder}/duckdb.csv' (header)")
    return populations, dict(zip(people["area"], people["population"]))


def main():
    door = sys.argv[1]
    rows = records()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        populations, people = written(folder, rows)
        files = sorted(path for path in folder.iterdir() if path != populations)
        answers = {}
        for path in files:
            out = folder / f"{path.name}.rates.parquet"
            subprocess.run([door, path, populations, out], check=True, timeout=120)
            answers[path.name] = pl.read_parquet(out)
            by_duckdb = duckdb.sql(f"select area, indicator, rate, lower, upper, z, rank from '{out}'").fetchall()
            same = answers[path.name].select("area", "indicator", "rate", "lower", "upper", "z", "rank").rows()
            assert by_duckdb == same, f"{path.name}: DuckDB and polars read other figures"
        first, *others = answers.items()
        for name, answer in others:
            assert answer.equals(first[1]), f"{name} and {first[0]} give other figures"
        totals = Counter()
        for area, offence, count in rows:
            totals[area, offence] += count
        for area, offence, rate in first[1].select("area", "indicator", "rate").rows():
            exact = float(Fraction(totals[area, offence] * PER, people[area]))
            assert rate == exact, f"{area}, {offence}: {rate} and not {exact}"
        print(f"{len(files)} files, {RECORDS} records, {len(first[1])} cells: the same bits by every door, and read alike")
        print(f"polars {pl.__version__}, duckdb {duckdb.__version__}: {', '.join(path.name for path in files)}")


main()
