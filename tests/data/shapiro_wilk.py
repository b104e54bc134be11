#!/usr/bin/env python3
"""Writes shapiro_wilk.csv beside this file: scipy.stats.shapiro on samples that any program can make again.

Needs numpy and scipy. A sample comes from the generator s -> 6364136223846793005 s + 1442695040888963407 modulo 2^64, of
which the upper 32 bits plus a half, over 2^32, are uniform; `seed` is its first s, which is moved on before it is used.
The kinds: `normal` adds up twelve uniforms, `uniform` is one, `skewed` is 1 / (1.25 - u)^2 of a uniform u, `tied` is the
integer part of 6 u, `outlier` is normal but for the last value, which is 1,000.
"""
import pathlib

import numpy
import scipy
from scipy.stats import shapiro

SIZES = [*range(3, 31), 37, 42, 43, 50, 64, 100, 101, 200, 333, 500, 750, 1000, 1500, 2000, 3000, 4000, 4999, 5000]


def uniforms(seed):
    state = seed
    while True:
        state = (6364136223846793005 * state + 1442695040888963407) % 2**64
        yield ((state >> 32) + 0.5) / 2**32


def sample(kind, n, seed):
    u = uniforms(seed)
    one = {
        "normal": lambda: sum(next(u) for _ in range(12)),
        "uniform": lambda: next(u),
        "skewed": lambda: 1 / (1.25 - next(u)) ** 2,
        "tied": lambda: float(int(6 * next(u))),
    }[kind.replace("outlier", "normal")]
    values = [one() for _ in range(n)]
    if kind == "outlier":
        values[-1] = 1000.0
    return values


def main():
    lines = [f"# by shapiro_wilk.py: scipy {scipy.__version__}, numpy {numpy.__version__}", "kind,n,seed,w,p"]
    for kind in ["normal", "uniform", "skewed", "tied", "outlier"]:
        for n in SIZES:
            for seed in range(1, 6 if kind == "normal" else 3):
                values = sample(kind, n, seed)
                if len(set(values)) > 1:
                    result = shapiro(values)
                    w, p = float(result.statistic), float(result.pvalue)
                    lines.append(f"{kind},{n},{seed},{w!r},{p!r}")
    (pathlib.Path(__file__).parent / "shapiro_wilk.csv").write_text("\n".join(lines) + "\n")


main()
