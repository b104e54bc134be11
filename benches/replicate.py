#!/usr/bin/env python3
"""What the simulation of benches/replicate.rs does, in numpy, on counts that are drawn alike: 10,000 replicates of 43 forces by 100 indicators, ranked, with 95 % intervals.

Ties are broken by place, which is less than what the crate does.
"""
import time

import numpy

rng = numpy.random.default_rng(1)
people = 1.1e6 * numpy.exp(rng.normal(0, 0.5, 43))
base = 5e-5 * 100 ** rng.uniform(0, 1, 100)
counts = rng.poisson(people * base[:, None] * numpy.exp(rng.normal(0, 0.25, (100, 43))))


def ranks(counts):
    drawn = rng.poisson(counts, size=(10_000, 43)) / people
    order = numpy.argsort(-drawn, axis=1)
    rank = numpy.empty_like(order)
    numpy.put_along_axis(rank, order, numpy.arange(1, 44)[None, :], 1)
    return numpy.quantile(rank, [0.025, 0.975], axis=0)


for _ in range(3):
    start, processor = time.perf_counter(), time.process_time()
    for row in counts:
        ranks(row)
    print(f"numpy {numpy.__version__}: {time.perf_counter() - start:.2f} s, {time.process_time() - processor:.2f} s of processor")
