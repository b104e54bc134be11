"""The peers of Python for `cargo run --release -- --python PATH`, which starts this script.

It reads requests and writes answers, one line of JSON each: which libraries there are; what a work can be run with; how
many seconds a run took. The data and crimerate's answers come as raw little-endian files. Nothing else is printed on
standard output.
"""

import importlib
import json
import sys
import time
import traceback
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Callable

ANSWERS, sys.stdout = sys.stdout, sys.stderr
THREADS = int(sys.argv[1]) if len(sys.argv) > 1 else 2
NAMES = ["numpy", "scipy.stats", "bottleneck", "numba", "duckdb", "pandas", "polars"]
RELATIVE, OF_Z = 1e-12, 1e-9  # as in check.rs
TRIMMED = 0.1  # of the z of a funnel, at each end


def libraries():
    found, missing = {}, []
    for name in NAMES:
        try:
            found[name] = importlib.import_module(name)
        except ImportError as error:
            missing.append(f"{name.partition('.')[0]} ({error})")
    if missing and "numpy" not in found:
        found, missing = {}, missing + ["all other libraries of Python, since their data is read by numpy"]
    return found, missing


LIBRARY, MISSING = libraries()
np, st, bn, nb, duckdb, pd, pl = (LIBRARY.get(name) for name in NAMES)


class Differs(Exception):
    """An answer that is not crimerate's."""


@dataclass
class Offer:
    """A system that does a work; `figures` puts its answer in order for the check."""

    system: str
    run: Callable[[], Any]
    figures: Callable[[Any], dict]
    form: str = ""
    threads: int = 1


def read(folder, name, kind):
    return np.fromfile(Path(folder) / name, dtype=kind)


# Kernels of numba

prange = nb.prange if nb else range
# A division by zero is infinite, not an error, so that loops with divisions become loops of vectors.
compiled = nb.njit(parallel=True, error_model="numpy") if nb else lambda function: function


@compiled
def add(area, offence, month, offences, months, count, parts, totals):
    records, threads = count.size, parts.shape[0]
    for thread in prange(threads):
        part = parts[thread]
        part[:] = 0
        for i in range(records * thread // threads, records * (thread + 1) // threads):
            part[np.uintp((area[i] * offences + offence[i]) * months + month[i])] += count[i]
    for cell in prange(totals.size):
        total = 0
        for thread in range(threads):
            total += parts[thread, cell]
        totals[cell] = total


@compiled
def counting(counts, population, rate, z, ratio, average, mean, sd, rank):
    areas, indicators = counts.shape
    people = np.float64(population.sum())
    for block in prange((indicators + 255) // 256):
        start = block * 256
        stop = min(start + 256, indicators)
        width = stop - start
        rates, above = np.empty((areas, width)), np.empty(width, np.uint32)
        means, totals, squares = np.zeros(width), np.zeros(width), np.zeros(width)
        for a in range(areas):
            n = np.float64(population[a])
            count, own, rate_a = counts[a, start:stop], rates[a], rate[a, start:stop]
            for k in range(width):
                own[k] = rate_a[k] = count[k] * 1000.0 / n
                means[k] += own[k]
                totals[k] += count[k]
        for k in range(width):
            mean[start + k] = means[k] = means[k] / areas
            average[start + k] = totals[k] = totals[k] * 1000.0 / people
        for a in range(areas):
            own = rates[a]
            for k in range(width):
                squares[k] += (own[k] - means[k]) ** 2
        for k in range(width):
            sd[start + k] = squares[k] = np.sqrt(squares[k] / (areas - 1))
        for a in range(areas):
            own, z_a, ratio_a = rates[a], z[a, start:stop], ratio[a, start:stop]
            for k in range(width):
                z_a[k] = (own[k] - means[k]) / squares[k]
                ratio_a[k] = own[k] / totals[k]
        if rank.size > 0:
            for a in range(areas):
                own, rank_a = rates[a], rank[a, start:stop]
                above[:] = 1
                for b in range(areas):
                    other = rates[b]
                    for k in range(width):
                        above[k] += np.uint32(other[k] > own[k])
                rank_a[:] = above


@compiled
def sorting(counts, population, rate, z, ratio, average, mean, sd, rank):
    areas, indicators = counts.shape
    people = np.float64(population.sum())
    for block in prange((indicators + 7) // 8):
        start = block * 8
        width = min(8, indicators - start)
        rates = np.empty((8, areas))
        ranks = np.empty((8, areas), np.uint32)
        for a in range(areas):
            for k in range(width):
                rates[k, a] = counts[a, start + k] * 1000.0 / population[a]
        for k in range(width):
            column = rates[k]
            total, deviations = 0.0, 0.0
            for a in range(areas):
                total += counts[a, start + k]
            average[start + k] = total * 1000.0 / people
            mean[start + k] = column.sum() / areas
            for a in range(areas):
                deviations += (column[a] - mean[start + k]) ** 2
            sd[start + k] = np.sqrt(deviations / (areas - 1))
            order = np.argsort(-column)
            place = 1
            for i in range(areas):
                if i > 0 and column[order[i]] != column[order[i - 1]]:
                    place = i + 1
                ranks[k, order[i]] = place
        for a in range(areas):
            for k in range(width):
                rate[a, start + k] = rates[k, a]
                z[a, start + k] = (rates[k, a] - mean[start + k]) / sd[start + k]
                ratio[a, start + k] = rates[k, a] / average[start + k]
                rank[a, start + k] = ranks[k, a]


@compiled
def funnels(counts, population, z, smoothed, phi):
    areas, indicators = counts.shape
    people = np.float64(population.sum())
    place = TRIMMED * (areas - 1)
    whole = int(place)
    share = place - whole
    for block in prange((indicators + 255) // 256):
        start = block * 256
        stop = min(start + 256, indicators)
        width = stop - start
        mean, root, prior, squares = np.zeros(width), np.empty(width), np.zeros(width), np.zeros(width)
        # The few least and greatest z of each column, in order, and what a row pushes out of them.
        least, greatest = np.full((whole + 2, width), np.inf), np.full((whole + 2, width), -np.inf)
        up, down = np.empty(width), np.empty(width)
        for a in range(areas):
            count = counts[a, start:stop]
            for k in range(width):
                mean[k] += count[k]
        for k in range(width):
            mean[k] /= people
            root[k] = 2.0 * np.sqrt(mean[k])
        for a in range(areas):
            n = np.float64(population[a])
            each, root_n = 1.0 / n, np.sqrt(n)
            count, z_a = counts[a, start:stop], z[a, start:stop]
            for k in range(width):
                z_a[k] = 2.0 * np.sqrt(np.float64(count[k])) - root[k] * root_n
                away = count[k] * each - mean[k]
                prior[k] += n * away * away
                up[k] = down[k] = z_a[k]
            for d in range(whole + 2):
                low, high = least[d], greatest[d]
                for k in range(width):
                    x, y = low[k], up[k]
                    low[k], up[k] = (x if x < y else y), (y if x < y else x)
                    x, y = high[k], down[k]
                    high[k], down[k] = (y if x < y else x), (x if x < y else y)
        low, high = least[whole], greatest[whole]
        for k in range(width):
            low[k] += share * (least[whole + 1, k] - low[k])
            high[k] += share * (greatest[whole + 1, k] - high[k])
            prior[k] = max(0.0, (prior[k] - mean[k] * areas) / people)
        for a in range(areas):
            each = 1.0 / np.float64(population[a])
            count, z_a, smoothed_a = counts[a, start:stop], z[a, start:stop], smoothed[a, start:stop]
            for k in range(width):
                away = count[k] * each - mean[k]
                smoothed_a[k] = 1000.0 * (mean[k] + away * prior[k] / (prior[k] + mean[k] * each))
                x = z_a[k]
                x = x if x > low[k] else low[k]
                x = x if x < high[k] else high[k]
                squares[k] += x * x
        for k in range(width):
            phi[start + k] = squares[k] / areas


# Records -> totals


class Aggregate:
    def __init__(self, request, folder):
        self.cells = request["cells"]
        self.size = int(np.prod(self.cells))
        self.keys = {name: read(folder, name, "<u2") for name in ("area", "offence", "month")}
        self.count = read(folder, "count", "<u4")
        self.expected = read(folder, "totals", "<i8")

    def offers(self):
        yield from self.numpy()
        if nb:
            yield from self.numba()
        if duckdb:
            yield from self.duckdb()
        if pd:
            yield from self.pandas()
        if pl:
            yield from self.polars()

    def check(self, totals):
        differ = np.flatnonzero(totals != self.expected)
        if differ.size:
            cell = differ[0]
            raise Differs(f"total of cell {cell}: {totals[cell]} where crimerate has {self.expected[cell]}")

    def cell(self, area, offence, month):
        return (area * self.cells[1] + offence) * self.cells[2] + month

    def packed(self):
        area, offence, month = self.keys.values()
        key = area.astype(np.int64)
        key *= self.cells[1]
        key += offence
        key *= self.cells[2]
        key += month
        return key

    def numpy(self):
        def bincount():
            return np.bincount(self.packed(), weights=self.count, minlength=self.size)

        def add_at():
            totals = np.zeros(self.size, np.int64)
            np.add.at(totals, self.packed(), self.count.astype(np.int64))
            return totals

        yield Offer("numpy bincount", bincount, lambda totals: totals)
        yield Offer("numpy add.at", add_at, lambda totals: totals)

    def numba(self):
        totals = np.empty(self.size, np.int64)
        keys, sizes = list(self.keys.values()), self.cells[1:]
        for threads in (1, 2):
            parts = np.zeros((threads, self.size), np.int64)

            def run(threads=threads, parts=parts):
                nb.set_num_threads(threads)
                add(*keys, *sizes, self.count, parts, totals)
                return totals

            if threads <= nb.config.NUMBA_NUM_THREADS:
                add(*(key[:1] for key in keys), *sizes, self.count[:1], parts, totals)  # compiles
                yield Offer("numba loop", run, lambda totals: totals, threads=threads)

    def dense(self, cell, total):
        totals = np.zeros(self.size, np.int64)
        np.add.at(totals, cell, total)
        return totals

    def duckdb(self):
        base = duckdb.connect()
        base.execute(f"set threads = {THREADS}")
        base.register("numbers", {**self.keys, "count": self.count})
        base.execute("create table records as select * from numbers")
        base.unregister("numbers")
        total = "sum(count)::bigint as total"
        keys = f"select area, offence, month, {total} from records group by all"
        cell = f"(area::uinteger * {self.cells[1]} + offence) * {self.cells[2]} + month"
        packed = f"select {cell} as cell, {total} from records group by 1"

        def of_keys(x):
            return self.dense(self.cell(*(x[name].astype(np.int64) for name in self.keys)), x["total"])

        yield Offer("duckdb", lambda: base.execute(keys).fetchnumpy(), of_keys, "three keys", THREADS)
        of_cell = lambda x: self.dense(x["cell"].astype(np.int64), x["total"])
        yield Offer("duckdb", lambda: base.execute(packed).fetchnumpy(), of_cell, "packed key", THREADS)

    def pandas(self):
        frame = pd.DataFrame({**self.keys, "count": self.count}, copy=False)

        def by(keys):
            return lambda: frame.groupby(keys, sort=False)["count"].sum()

        def packed():
            return frame["count"].groupby(self.packed(), sort=False).sum()

        def of_keys(total):
            cell = self.cell(*(total.index.get_level_values(name).to_numpy(np.int64) for name in self.keys))
            return self.dense(cell, total.to_numpy(np.int64))

        yield Offer("pandas", by(list(self.keys)), of_keys, "three keys")
        of_cell = lambda total: self.dense(total.index.to_numpy(np.int64), total.to_numpy(np.int64))
        yield Offer("pandas", packed, of_cell, "packed key")

    def polars(self):
        frame = pl.DataFrame({**self.keys, "count": self.count}).lazy()
        wide = {name: pl.col(name).cast(pl.UInt32) for name in self.keys}
        cell = self.cell(*wide.values()).alias("cell")
        total = pl.col("count").cast(pl.Int64).sum()
        keys = frame.group_by(*self.keys).agg(total)
        packed = frame.select(cell, pl.col("count")).group_by("cell").agg(total)
        of_cell = lambda x: self.dense(x["cell"].to_numpy(), x["count"].to_numpy())
        of_keys = lambda x: of_cell(x.select(cell, "count"))
        for engine, note in (("in-memory", ""), ("streaming", ", streaming")):
            collect = lambda plan, engine=engine: lambda: plan.collect(engine=engine)
            yield Offer("polars (Python)", collect(keys), of_keys, "three keys" + note, THREADS)
            yield Offer("polars (Python)", collect(packed), of_cell, "packed key" + note, THREADS)


# A file of records -> totals


class Csv:
    def __init__(self, request, folder):
        self.cells, self.size = request["cells"], int(np.prod(request["cells"]))
        names = {key: request["names"][key] for key in ("area", "offence", "month")}
        self.names = {key: {name: k for k, name in enumerate(each)} for key, each in names.items()}
        self.path = Path(folder) / "records.csv"
        self.expected = read(folder, "totals", "<i8")

    def offers(self):
        if duckdb:
            yield from self.duckdb()
        if pd:
            yield from self.pandas()
        if pl:
            yield from self.polars()

    check = Aggregate.check
    cell = Aggregate.cell

    def dense(self, columns, total):
        keys = (np.array([self.names[key][name] for name in columns[key]], np.int64) for key in self.names)
        totals = np.zeros(self.size, np.int64)
        np.add.at(totals, self.cell(*keys), np.asarray(total, np.int64))
        return totals

    def duckdb(self):
        base = duckdb.connect()
        base.execute(f"set threads = {THREADS}")
        types = "{'month': 'VARCHAR', 'area': 'VARCHAR', 'offence': 'VARCHAR', 'count': 'UINTEGER'}"
        file = f"read_csv('{self.path}', header = true, columns = {types})"
        query = f"select area, offence, month, sum(count)::bigint as total from {file} group by all"
        yield Offer("duckdb", lambda: base.execute(query).fetchnumpy(), lambda x: self.dense(x, x["total"]), "", THREADS)

    def pandas(self):
        kinds = {"month": "category", "area": "category", "offence": "category", "count": "uint32"}

        def run():
            frame = pd.read_csv(self.path, dtype=kinds)
            return frame.groupby(list(self.names), observed=True, sort=False)["count"].sum().reset_index()

        yield Offer("pandas", run, lambda x: self.dense(x, x["count"]), "categories")

    def polars(self):
        text = pl.scan_csv(self.path)
        categories = {"month": pl.Categorical, "area": pl.Categorical, "offence": pl.Categorical, "count": pl.UInt32}
        typed = pl.scan_csv(self.path, schema=categories)
        total = pl.col("count").cast(pl.Int64).sum()
        figures = lambda x: self.dense(x, x["count"].to_numpy())
        for form, scan in (("text", text), ("categories", typed)):
            plan = scan.group_by(*self.names).agg(total)
            for engine, note in (("in-memory", ""), ("streaming", ", streaming")):
                run = lambda plan=plan, engine=engine: plan.collect(engine=engine)
                yield Offer("polars (Python)", run, figures, form + note, THREADS)


# Counts -> figures of cells and of indicators


class Cells:
    CELLS, COLUMNS = (), ()

    def __init__(self, request, folder):
        self.areas, self.indicators = self.shape = request["areas"], request["indicators"]
        self.counts = read(folder, "counts", "<u4").reshape(self.shape)
        self.population = read(folder, "populations", "<u4")
        self.people = float(self.population.sum(dtype=np.uint64))
        self.expected = {name: self.expected_cells(folder, name, "<f8") for name in self.CELLS}
        self.expected.update((name, read(folder, name, "<f8")) for name in self.COLUMNS)
        # Buffers for those who can write into them.
        self.out = {name: np.ones(self.shape) for name in self.CELLS}
        self.out.update((name, np.ones(self.indicators)) for name in self.COLUMNS)

    def expected_cells(self, folder, name, kind):
        return np.memmap(Path(folder) / name, kind, "r", shape=self.shape)

    def offers(self):
        yield from self.numpy()
        if nb:
            yield from self.numba()

    def check(self, figures):
        for name, got in figures.items():
            expected = self.average_ranks() if name == "average rank" else self.expected[name]
            if got.shape != expected.shape:
                raise Differs(f"{name}: {got.shape} numbers where crimerate has {expected.shape}")
            rows = zip(got, expected) if got.ndim == 2 else [(got, expected)]
            for area, (row, right) in enumerate(rows):
                row = np.asarray(row)
                if name in ("rank", "average rank"):
                    wrong = row != right
                else:
                    wrong = ~(np.abs(row - right) <= RELATIVE * np.abs(right) + (OF_Z if name == "z" else 0.0))
                if wrong.any():
                    k = int(np.argmax(wrong))
                    place = f"area {area}, indicator {k}" if got.ndim == 2 else f"indicator {k}"
                    raise Differs(f"{name} of {place}: {row[k]} where crimerate has {right[k]}")

    def figures(self, answer):
        return answer

    def transposed(self, answer):
        return self.figures({name: numbers.T for name, numbers in answer.items()})

    def loop(self, name, kernel):
        """A kernel of numba that fills the buffers."""
        out = list(self.out.values())
        few = [x[:, :1].copy() if x.ndim == 2 else x[:1].copy() for x in out]
        kernel(self.counts[:, :1].copy(), self.population, *few)  # compiles
        for threads in (1, 2):

            def run(threads=threads):
                nb.set_num_threads(threads)
                kernel(self.counts, self.population, *out)
                return self.out

            if threads <= nb.config.NUMBA_NUM_THREADS:
                yield Offer(name, run, self.figures, threads=threads)


# Rates, averages, z, ratios, ranks


class Panel(Cells):
    CELLS, COLUMNS = ("rate", "z", "ratio"), ("average", "mean", "sd")

    def __init__(self, request, folder):
        super().__init__(request, folder)
        self.ranks = request["work"] == "ranks"
        if self.ranks:
            self.expected["rank"] = self.expected_cells(folder, "rank", "<u4")
        self.out["rank"] = np.ones(self.shape if self.ranks else (0, 0), np.uint32)

    def offers(self):
        yield from super().offers()
        if duckdb and self.ranks:
            yield from self.duckdb()
        if pd and self.ranks:
            yield from self.pandas()
        if pl:
            yield from self.polars()

    def average_ranks(self):
        """Crimerate's rank is the first of those that tie; their average lies half of the others higher."""
        rank = np.asarray(self.expected["rank"]).astype(np.int64)
        key = np.arange(self.indicators) * (self.areas + 1) + rank
        ties = np.bincount(key.ravel(), minlength=self.indicators * (self.areas + 1))[key]
        return rank + (ties - 1) / 2

    def figures(self, answer):
        return {name: numbers for name, numbers in answer.items() if name != "rank" or self.ranks}

    # numpy

    def rates(self):
        """All but the ranks, into the buffers."""
        rate, z, ratio, average, mean, sd = (self.out[name] for name in self.CELLS + self.COLUMNS)
        np.multiply(self.counts, 1000.0, out=rate)
        np.divide(rate, self.population[:, None], out=rate)
        self.columns(rate, z, ratio, average, mean, sd, 0)
        return {"rate": rate, "z": z, "ratio": ratio, "average": average, "mean": mean, "sd": sd}

    def columns(self, rate, z, ratio, average, mean, sd, axis):
        along = (lambda column: column) if axis == 0 else (lambda column: column[:, None])
        np.divide(self.counts.sum(axis=0, dtype=np.uint64) * 1000.0, self.people, out=average)
        np.mean(rate, axis=axis, out=mean)
        np.subtract(rate, along(mean), out=z)
        np.divide(np.einsum("ij,ij->j" if axis == 0 else "ij,ij->i", z, z), self.areas - 1, out=sd)
        np.sqrt(sd, out=sd)
        np.divide(z, along(sd), out=z)
        np.divide(rate, along(average), out=ratio)

    def numpy(self):
        if not self.ranks:
            yield Offer("numpy", self.rates, self.figures)
            return

        def competition(rate, axis):
            """From the order of the rates: a rank is the place of the first of those that tie."""
            order = np.argsort(-rate, axis=axis)
            ordered = np.take_along_axis(rate, order, axis)
            place = np.arange(1, self.areas + 1, dtype=np.uint32)
            first = np.empty(rate.shape, np.uint32)
            if axis == 0:
                first[0] = 1
                np.multiply(ordered[1:] != ordered[:-1], place[1:, None], out=first[1:])
            else:
                first[:, 0] = 1
                np.multiply(ordered[:, 1:] != ordered[:, :-1], place[1:], out=first[:, 1:])
            np.maximum.accumulate(first, axis=axis, out=first)
            return order, first

        def argsort():
            answer = self.rates()
            order, first = competition(answer["rate"], 0)
            np.put_along_axis(self.out["rank"], order, first, 0)
            return {**answer, "rank": self.out["rank"]}

        # The cells of an indicator side by side, in buffers of this shape.
        side = {name: self.out[name].reshape(self.shape[::-1]) for name in self.CELLS + ("rank",)}

        def argsort_transposed():
            rate, z, ratio, rank = side.values()
            average, mean, sd = (self.out[name] for name in self.COLUMNS)
            np.multiply(self.counts.T, 1000.0, out=rate)
            np.divide(rate, self.population, out=rate)
            self.columns(rate, z, ratio, average, mean, sd, 1)
            order, first = competition(rate, 1)
            np.put_along_axis(rank, order, first, 1)
            return {**side, "average": average, "mean": mean, "sd": sd}

        yield Offer("numpy argsort", argsort, self.figures, "by area")
        yield Offer("numpy argsort", argsort_transposed, self.transposed, "by indicator")
        if st:
            rankdata = lambda: {**self.rates(), "rank": st.rankdata(-self.out["rate"], method="min", axis=0)}
            yield Offer("scipy rankdata", rankdata, self.figures)
        if bn:
            averaged = lambda: {**self.rates(), "average rank": bn.rankdata(-self.out["rate"], axis=0)}
            yield Offer("bottleneck", averaged, self.figures, "average ties only")

    # numba

    def numba(self):
        if self.areas <= 1000:
            yield from self.loop("numba counting", counting)
        if self.ranks:
            yield from self.loop("numba argsort", sorting)

    # Data frames and SQL, a row a cell

    @cached_property
    def long(self):
        area, indicator = (np.arange(n, dtype=np.uint32) for n in self.shape)
        return {
            "area": np.repeat(area, self.indicators),
            "indicator": np.tile(indicator, self.areas),
            "count": self.counts.ravel(),
            "population": np.repeat(self.population, self.indicators),
        }

    def of_long(self, answer):
        cells = self.CELLS + (("rank",) if self.ranks else ())
        figures = {name: answer[name].reshape(self.shape) for name in cells + self.COLUMNS}
        for name in self.COLUMNS:
            column = figures[name]
            if (column != column[0]).any():
                raise Differs(f"{name}: not the same in all areas")
            figures[name] = column[0]
        return figures

    def duckdb(self):
        base = duckdb.connect()
        base.execute(f"set threads = {THREADS}")
        base.register("numbers", self.long)
        base.execute("create table cells as select * from numbers")
        base.unregister("numbers")
        query = f"""
            select area, indicator, rate, (rate - mean) / sd as z, rate / average as ratio, rank, average, mean, sd
            from (
                select area, indicator, rate, avg(rate) over every as mean, stddev_samp(rate) over every as sd,
                    sum(count) over every::double * 1000 / {self.people!r}::double as average,
                    rank() over (partition by indicator order by rate desc) as rank
                from (select *, count * 1000::double / population as rate from cells)
                window every as (partition by indicator)
            )"""

        def figures(answer):
            order = np.argsort(answer["area"].astype(np.int64) * self.indicators + answer["indicator"])
            return self.of_long({name: answer[name][order] for name in self.CELLS + self.COLUMNS + ("rank",)})

        yield Offer("duckdb", lambda: base.execute(query).fetchnumpy(), figures, "", THREADS)

    def pandas(self):
        frame = pd.DataFrame(self.long, copy=False)

        def long():
            rate = frame["count"] * 1000.0 / frame["population"]
            of = rate.groupby(frame["indicator"], sort=False)
            total = frame.groupby("indicator", sort=False)["count"].transform("sum")
            mean, sd, average = of.transform("mean"), of.transform("std"), total * 1000.0 / self.people
            rank = of.rank(method="min", ascending=False)
            return dict(rate=rate, z=(rate - mean) / sd, ratio=rate / average, rank=rank, average=average, mean=mean, sd=sd)

        def matrix(counts, population, axis):
            across = 1 - axis

            def run():
                rate = (counts * 1000.0).div(population, axis=axis)
                average = counts.sum(axis=axis) * 1000.0 / self.people
                mean, sd = rate.mean(axis=axis), rate.std(axis=axis)
                z, ratio = rate.sub(mean, axis=across).div(sd, axis=across), rate.div(average, axis=across)
                rank = rate.rank(axis=axis, method="min", ascending=False)
                return dict(rate=rate, z=z, ratio=ratio, rank=rank, average=average, mean=mean, sd=sd)

            return run

        numbers = lambda answer: {name: column.to_numpy() for name, column in answer.items()}
        yield Offer("pandas", long, lambda answer: self.of_long(numbers(answer)), "long")
        if self.areas <= 1000:
            run = matrix(pd.DataFrame(self.counts.T), self.population, 1)
            yield Offer("pandas", run, lambda answer: self.transposed(numbers(answer)), "a column an area")
        if self.indicators <= 500:
            run = matrix(pd.DataFrame(self.counts), self.population, 0)
            yield Offer("pandas", run, lambda answer: self.figures(numbers(answer)), "a column an indicator")

    def polars(self):
        highest = lambda column: column.rank("min", descending=True)
        numbers = lambda column: column.to_numpy()
        ranks = ["rank"] if self.ranks else []

        frame = pl.DataFrame(self.long).drop("area").lazy()
        rate = pl.col("rate")
        total = pl.col("count").cast(pl.UInt64).sum()
        figures = dict(mean=rate.mean(), sd=rate.std(), average=total * 1000.0 / self.people, rank=highest(rate))
        figures = {name: figure.over("indicator") for name, figure in figures.items() if name != "rank" or self.ranks}
        long = (
            frame.with_columns(rate=pl.col("count") * 1000.0 / pl.col("population"))
            .with_columns(**figures)
            .with_columns(z=(rate - pl.col("mean")) / pl.col("sd"), ratio=rate / pl.col("average"))
        )
        of_long = lambda x: self.of_long({name: numbers(x[name]) for name in self.CELLS + self.COLUMNS + tuple(ranks)})
        yield Offer("polars (Python)", long.collect, of_long, "long", THREADS)

        def each(count, make):
            return [make(k) for k in range(count)]

        col = lambda prefix, k: pl.col(f"{prefix}{k}")
        if self.areas <= 1000:
            # To divide by one number, polars multiplies by its reciprocal, which tells equal rates apart; so a population
            # is a column, as it is where it changes from period to period.
            wide = {f"n{a}": self.counts[a] for a in range(self.areas)}
            wide.update((f"p{a}", np.full(self.indicators, people)) for a, people in enumerate(self.population))
            wide = pl.DataFrame(wide).lazy()
            every = pl.col("every")
            figures = dict(mean=every.arr.mean(), sd=every.arr.std(), rank=every.arr.eval(highest(pl.element())))
            figures = {name: figure for name, figure in figures.items() if name != "rank" or self.ranks}
            total = pl.sum_horizontal(each(self.areas, lambda a: col("n", a).cast(pl.UInt64)))
            wide = (
                wide.with_columns(average=total * 1000.0 / self.people)
                .with_columns(each(self.areas, lambda a: (col("n", a) * 1000.0 / col("p", a)).alias(f"r{a}")))
                .with_columns(every=pl.concat_arr(each(self.areas, lambda a: col("r", a))))
                .with_columns(**figures)
                .with_columns(each(self.areas, lambda a: ((col("r", a) - pl.col("mean")) / pl.col("sd")).alias(f"z{a}")))
                .with_columns(each(self.areas, lambda a: (col("r", a) / pl.col("average")).alias(f"q{a}")))
            )

            def of_wide(x):
                stack = lambda prefix: np.stack(each(self.areas, lambda a: numbers(x[f"{prefix}{a}"])))
                answer = {"rate": stack("r"), "z": stack("z"), "ratio": stack("q")}
                answer.update((name, numbers(x[name])) for name in self.COLUMNS)
                answer.update((name, numbers(x[name].explode()).reshape(self.shape[::-1]).T) for name in ranks)
                return answer

            yield Offer("polars (Python)", wide.collect, of_wide, "a column an area", THREADS)
        if self.indicators <= 500:
            every = range(self.indicators)
            wide = {f"n{k}": np.ascontiguousarray(self.counts[:, k]) for k in every}
            wide = pl.DataFrame({**wide, "population": self.population}).lazy()
            steps = {
                "r": lambda k: col("n", k) * 1000.0 / pl.col("population"),
                "m": lambda k: col("r", k).mean(),
                "s": lambda k: col("r", k).std(),
                "a": lambda k: col("n", k).cast(pl.UInt64).sum() * 1000.0 / self.people,
                "z": lambda k: (col("r", k) - col("m", k)) / col("s", k),
                "q": lambda k: col("r", k) / col("a", k),
            }
            if self.ranks:
                steps["k"] = lambda k: highest(col("r", k))
            for prefix, make in steps.items():
                wide = wide.with_columns([make(k).alias(f"{prefix}{k}") for k in every])
            names = dict(rate="r", z="z", ratio="q", average="a", mean="m", sd="s", rank="k")

            def of_indicators(x):
                stack = lambda prefix: np.stack([numbers(x[f"{prefix}{k}"]) for k in every], axis=1)
                answer = {name: stack(names[name]) for name in self.CELLS + tuple(ranks)}
                answer.update((name, stack(names[name])[0]) for name in self.COLUMNS)
                return answer

            yield Offer("polars (Python)", wide.collect, of_indicators, "a column an indicator", THREADS)


# z of funnels, phi, smoothed rates


class Funnels(Cells):
    CELLS, COLUMNS = ("z", "smoothed"), ("phi",)

    def __init__(self, request, folder):
        super().__init__(request, folder)
        self.spare = np.ones(self.shape)

    def numpy(self):
        place = TRIMMED * (self.areas - 1)  # of a quantile of type 7
        whole, share = int(place), place % 1.0
        ends = [whole, whole + 1, -2 - whole, -1 - whole]

        def buffers(axis):
            side = [self.out["z"], self.out["smoothed"], self.spare]
            return side if axis == 0 else [buffer.reshape(self.shape[::-1]) for buffer in side]

        def answer(axis):
            z, smoothed, _ = buffers(axis)
            return {"z": z, "smoothed": smoothed, "phi": self.out["phi"]}

        def rates(axis):
            """All but phi, into the buffers."""
            z, smoothed, spare = buffers(axis)
            along = (lambda column: column) if axis == 0 else (lambda column: column[:, None])
            counts, population = (self.counts, self.population[:, None]) if axis == 0 else (self.counts.T, self.population)
            mean = self.counts.sum(axis=0, dtype=np.uint64) / self.people
            np.multiply(along(2.0 * np.sqrt(mean)), np.sqrt(population), out=spare)
            np.sqrt(counts, out=z)
            np.add(z, z, out=z)
            np.subtract(z, spare, out=z)
            np.divide(counts, population, out=smoothed)
            np.subtract(smoothed, along(mean), out=smoothed)
            np.multiply(smoothed, smoothed, out=spare)
            squares = np.einsum("ij,i->j" if axis == 0 else "ij,j->i", spare, self.population.astype(float))
            prior = np.maximum((squares - mean * self.areas) / self.people, 0.0)
            np.divide(along(mean), population, out=spare)
            np.add(spare, along(prior), out=spare)
            np.divide(along(1000.0 * prior), spare, out=spare)
            np.multiply(smoothed, spare, out=smoothed)
            np.add(smoothed, along(1000.0 * mean), out=smoothed)

        def ordered(order, axis):
            """Of z in order only the middle is summed up: the others are all drawn in to one of two quantiles."""

            def run():
                rates(axis)
                z, _, spare = buffers(axis)
                np.copyto(spare, z)
                order(spare, axis)
                rows = spare if axis == 0 else spare.T
                low, after, before, high = (rows[end] for end in ends)
                low, high = low + share * (after - low), high + share * (before - high)
                middle = rows[whole + 1 : -1 - whole]
                squares = np.einsum("ij,ij->j", middle, middle) + (whole + 1) * (low * low + high * high)
                np.divide(squares, self.areas, out=self.out["phi"])
                return answer(axis)

            return run

        def quantiles(axis):
            def run():
                rates(axis)
                z, _, spare = buffers(axis)
                low, high = np.quantile(z, [TRIMMED, 1.0 - TRIMMED], axis=axis, keepdims=True)
                np.clip(z, low, high, out=spare)
                squares = np.einsum("ij,ij->j" if axis == 0 else "ij,ij->i", spare, spare)
                np.divide(squares, self.areas, out=self.out["phi"])
                return answer(axis)

            return run

        sort = lambda z, axis: z.sort(axis=axis)
        partition = lambda z, axis: z.partition([end % self.areas for end in ends], axis=axis)
        for axis, form, figures in ((0, "by area", self.figures), (1, "by indicator", self.transposed)):
            yield Offer("numpy sort", ordered(sort, axis), figures, form)
            yield Offer("numpy partition", ordered(partition, axis), figures, form)
            yield Offer("numpy quantile", quantiles(axis), figures, form)

    def numba(self):
        yield from self.loop("numba", funnels)


# Requests

WORKS = {"aggregate": Aggregate, "csv": Csv, "rates": Panel, "ranks": Panel, "funnels": Funnels}


def serve():
    work, offers = None, []
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "load" in request:
                kind = WORKS[request["load"]["work"]]
                work = kind(request["load"], request["folder"]) if np else None
                offers = list(work.offers()) if work else []
                answer = [dict(system=x.system, form=x.form, threads=x.threads) for x in offers]
            elif "run" in request:
                offer = offers[request["run"]]
                start = time.perf_counter()
                result = offer.run()
                seconds = time.perf_counter() - start
                if request["check"]:
                    work.check(offer.figures(result))
                del result
                answer = dict(seconds=seconds)
            else:
                work, offers, answer = None, [], None
        except Differs as error:
            answer = dict(error=str(error))
        except Exception as error:
            traceback.print_exc()
            answer = dict(error=f"{type(error).__name__}: {error}")
        print(json.dumps(answer), file=ANSWERS, flush=True)


if __name__ == "__main__":
    found = [f"{name.partition('.')[0]} {sys.modules[name.partition('.')[0]].__version__}" for name in LIBRARY]
    print(json.dumps(dict(found=found, missing=MISSING)), file=ANSWERS, flush=True)
    serve()
