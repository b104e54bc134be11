#!/usr/bin/env python3
"""Writes smoothing.csv and smoothing_priors.csv beside this file. Needs mpmath (pip install mpmath).

Empirical Bayes estimates of the rates of some sets of areas: Marshall's moments (1991) in exact rationals, and the
gamma-Poisson model by maximum likelihood, as the root of both derivatives of the negative binomial log-likelihood in the
logarithms of shape and mean, at 60 digits (30 for the large set), from the best of a grid of starts. Posterior limits are
roots of the regularised incomplete gamma function.
"""
import csv
import fractions
import pathlib
import random

import mpmath as mp

mp.mp.dps = 60
HERE = pathlib.Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples" / "data"


def figures(name, leave_out=()):
    with open(EXAMPLES / name, newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["area"] not in leave_out]
    return [(int(row["count"]), int(row["population"])) for row in rows if row["count"].isdigit() and row["population"]]


def small_areas(number):
    """The same in tests/smoothing.rs."""
    state, rows = 0x9E3779B97F4A7C15, []

    def following():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return state >> 33

    for _ in range(number):
        people, one, other = 1_000 + following() % 2_000, following() % 40, following() % 40
        rows.append((people * one * other // 300_000, people))
    return rows


def gamma_poisson(number, mean, shape, seed, people):
    rng, rows = random.Random(seed), []
    for _ in range(number):
        n = rng.randint(*people)
        rate = rng.gammavariate(shape, mean / shape)
        x, left = 0, rng.expovariate(1)
        while left < rate * n:
            x += 1
            left += rng.expovariate(1)
        rows.append((x, n))
    return rows


CASES = {
    "knife": figures("knife_2020.csv", ["City of London"]),
    "recorded crime": figures("recorded_crime_2017_18.csv", ["City of London"]),
    "marshall's four": [(9, 1000), (10, 1000), (11, 1000), (10, 1000)],
    "two areas": [(5, 1000), (50, 2000)],
    "mostly none": gamma_poisson(60, 2e-4, 0.15, 1, (500, 5000)),
    "one with all": [(40, 1000)] + [(0, 1000 + 10 * k) for k in range(29)],
    "slight": gamma_poisson(40, 0.01, 60.0, 7, (20_000, 90_000)),
    "huge": [(x * 10**13 + 7 * x, 10**17 + 10**15 * x) for x in (31, 45, 28, 90, 61, 39)],
    "tiny beside huge": [(10**15, 10**18), (1, 900), (3, 1200), (0, 50), (10**9, 10**13)],
}


def marshall(rows):
    f = fractions.Fraction
    count, people = sum(x for x, _ in rows), sum(n for _, n in rows)
    mean = f(count, people)
    spread = sum(n * (f(x, n) - mean) ** 2 for x, n in rows) / people
    variance = max(f(0), spread - mean * len(rows) / people)
    rational = lambda v: mp.mpf(v.numerator) / v.denominator
    return rational(mean), rational(variance)


def derivatives(rows, shape, mean):
    """Of the log-likelihood by ln shape and ln mean."""
    by_shape = by_mean = mp.mpf(0)
    constant = mp.log(shape) + 1 - mp.digamma(shape)
    for x, n in rows:
        both = shape + mean * n
        by_shape += mp.digamma(x + shape) + constant - mp.log(both) - (x + shape) / both
        by_mean += x - (x + shape) * mean * n / both
    return shape * by_shape, by_mean


def likelihood(rows, shape, mean):
    return sum(
        mp.loggamma(x + shape) - mp.loggamma(shape) + shape * mp.log(shape / (shape + mean * n))
        + x * mp.log(mean * n / (shape + mean * n)) for x, n in rows)


def maximum(rows, digits=60):
    """Mean and variance of the rates; variance 0 where the likelihood rises towards no variance."""
    with mp.workdps(digits):
        pooled = mp.mpf(sum(x for x, _ in rows)) / sum(n for _, n in rows)
        plain = sum(x * mp.log(pooled * n) - pooled * n for x, n in rows)
        grid = [mp.mpf(10) ** (k / 2) for k in range(-16, 17)] if len(rows) < 1000 else [mp.mpf(10) ** k for k in range(-2, 3)]
        best = max(grid, key=lambda shape: likelihood(rows, shape, pooled))
        if best == grid[-1] and sum((x - pooled * n) ** 2 - x for x, n in rows) <= 0:
            return pooled, mp.mpf(0)
        root = mp.findroot(
            lambda a, m: derivatives(rows, mp.exp(a), mp.exp(m)), (mp.log(best), mp.log(pooled)),
            solver="mdnewton", tol=mp.mpf(10) ** (-digits // 2), maxsteps=200)
        shape, mean = mp.exp(root[0]), mp.exp(root[1])
        for step in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            scale = mp.mpf(10) ** -8
            there = likelihood(rows, shape * mp.exp(step[0] * scale), mean * mp.exp(step[1] * scale))
            assert there < likelihood(rows, shape, mean)
        assert likelihood(rows, shape, mean) > plain
        return mean, mean * mean / shape


def below(a, x):
    """P(a, x): a positive series, or that of the other tail by its continued fraction."""
    term = total = mp.mpf(1)
    n = 0
    while n < x - a or term > total * mp.mpf(10) ** -62:
        n += 1
        term *= x / (a + n)
        total += term
        if n > 200_000:
            raise ValueError
    return mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * total


def quantile(a, p):
    """By bisection and Newton steps on the logarithm; shapes above 2e4 are left to others."""
    if a > 20_000:
        return None
    z = mp.sqrt(2) * mp.erfinv(2 * p - 1)
    base = 1 - 1 / (9 * a) + z / (3 * mp.sqrt(a))
    x = a * base**3 if base > 0.5 else mp.exp((mp.log(p) + mp.loggamma(a + 1)) / a)
    for _ in range(100):
        now = below(a, x)
        density = mp.exp((a - 1) * mp.log(x) - x - mp.loggamma(a))
        step = mp.log(now / p) * now / density / x if now < 0.5 else (now - p) / density / x
        step = max(min(step, mp.mpf(1)), mp.mpf(-1))
        x *= mp.exp(-step)
        if abs(step) < mp.mpf(10) ** -40:
            return x
    raise ValueError


def shown(value):
    return "" if value is None else mp.nstr(value, 20, strip_zeros=True, min_fixed=0, max_fixed=0)


def main():
    with open(HERE / "smoothing_priors.csv", "w") as priors, open(HERE / "smoothing.csv", "w") as out:
        for file in (priors, out):
            file.write("# By smoothing.py beside this file (mpmath); per head.\n")
        priors.write("case,method,mean,variance\n")
        out.write("case,method,count,population,estimate,weight,lower,upper,p_above\n")
        for case, rows in CASES.items():
            pooled = mp.mpf(sum(x for x, _ in rows)) / sum(n for _, n in rows)
            for method, (mean, variance) in (("marshall", marshall(rows)), ("gamma-poisson", maximum(rows))):
                priors.write(f"{case},{method},{shown(mean)},{shown(variance)}\n")
                for x, n in rows:
                    weight = variance * n / (variance * n + mean)
                    cells = [mean + (mp.mpf(x) / n - mean) * weight, weight, None, None, None]
                    if variance > 0:
                        shape, people = mean * mean / variance + x, mean / variance + n
                        limits = [quantile(shape, mp.mpf(p)) for p in ("0.025", "0.975")]
                        cells[2:4] = [limit and limit / people for limit in limits]
                        if shape < 20_000:
                            above = 1 - below(shape, people * pooled)
                            cells[4] = above if above > mp.mpf(10) ** -20 else None
                    out.write(",".join([case, method, str(x), str(n), *map(shown, cells)]) + "\n")
            print(case, flush=True)
        rows = small_areas(35_672)
        for method, (mean, variance) in (("marshall", marshall(rows)), ("gamma-poisson", maximum(rows, 30))):
            priors.write(f"35672 small areas,{method},{shown(mean)},{shown(variance)}\n")


if __name__ == "__main__":
    main()
