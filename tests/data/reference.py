#!/usr/bin/env python3
"""Writes limits.csv and wilson.csv beside this file. Needs mpmath (pip install mpmath).

The limits of one Poisson count by each method's own formula, before any clamp, and Wilson's interval of a proportion.
Gamma quantiles are roots of the regularised incomplete gamma function, by its positive series at 80 digits, and each
root is put back into the function: what is left must be below 1e-45.
"""
import pathlib

import mpmath as mp

mp.mp.dps = 80
HERE = pathlib.Path(__file__).parent
COUNTS = [0, 1, 2, 3, 5, 9, 10, 11, 20, 50, 100, 127, 128, 129, 389, 1000, 10**4, 10**5, 10**6]
LEVELS = ["0.5", "0.9", "0.95", "0.98", "0.99", "0.998", "0.999"]
TOTALS = [1, 2, 10, 100, 1000, 10**6, 10**7, 10**9]


def lower_gamma(a, x):
    """P(a, x): a positive series, so nothing cancels."""
    term = total = mp.mpf(1)
    n = 0
    while n < x - a or term > total * mp.mpf(10) ** -85:
        n += 1
        term *= x / (a + n)
        total += term
    return mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * total


def point(a, x):
    """The Poisson probability of a with mean x: minus the derivative of Q(a + 1, x)."""
    return mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1))


def quantile(weights, p, start):
    """x at which the mean of P(a, x) over the shapes in `weights` is p, by Newton steps on its logarithm."""
    def value(x):
        return sum(w * lower_gamma(a, x) if a else w for a, w in weights)

    def slope(x):
        return sum(w * point(a - 1, x) for a, w in weights if a)

    x = start
    for _ in range(200):
        now = value(x)
        step = mp.log(now / p) * now / slope(x) if now < 0.5 else (now - p) / slope(x)
        following = x - step if step < x else x / 2
        if abs(following - x) < x * mp.mpf(10) ** -55:
            break
        x = following
    assert abs(value(following) - p) < mp.mpf(10) ** -45, (weights, p)
    return following


def byar(y, z):
    return y * (1 - 1 / (9 * y) + z / (3 * mp.sqrt(y))) ** 3 if y else mp.mpf(0)


def start(y, z):
    return max(byar(mp.mpf(y), z), mp.mpf("1e-3"))


def methods(x, tail, z):
    """The raw limits of every method."""
    x, half = mp.mpf(x), mp.mpf(1) / 2
    exact = (quantile([(x, 1)], tail, start(x, -z)) if x else mp.mpf(0), quantile([(x + 1, 1)], 1 - tail, start(x + 1, z)))
    yield "exact", exact
    both = [(x, half), (x + 1, half)]
    lower = quantile(both, tail, start(x + half, -z)) if x else mp.mpf(0)
    yield "mid-p", (lower, quantile(both, 1 - tail, start(x + half, z)) if x else -mp.log(2 * tail))
    breslow_day = (byar(x, -z), byar(x + 1, z))
    yield "byar", breslow_day
    yield "rothman-boice", (byar(x + half, -z), byar(x + half, z))
    yield "ohid", exact if x < 10 else breslow_day
    middle, arm = x + z * z / 2, z * mp.sqrt(x + z * z / 4)
    yield "score", (middle - arm, middle + arm)
    yield "jeffreys", tuple(quantile([(x + half, 1)], p, start(x + half, s)) for p, s in ((tail, -z), (1 - tail, z)))


def shown(value):
    return mp.nstr(value, 25) if value else "0"


def main():
    with open(HERE / "limits.csv", "w", encoding="ascii") as out, open(HERE / "wilson.csv", "w", encoding="ascii") as wilson:
        out.write("# Limits of one Poisson count by each method's formula, before any clamp: written by reference.py.\n")
        out.write("count,level,method,lower,upper\n")
        wilson.write("# Wilson's score interval: written by reference.py.\ncount,total,level,lower,upper\n")
        for level in LEVELS:
            tail = (1 - mp.mpf(level)) / 2
            z = mp.sqrt(2) * mp.erfinv(mp.mpf(level))
            for count in COUNTS:
                for method, (lower, upper) in methods(count, tail, z):
                    out.write(f"{count},{level},{method},{shown(lower)},{shown(upper)}\n")
            for n in TOTALS:
                for x in sorted({0, 1, n // 10, n // 3, n // 2, n - 1, n}):
                    p, zz = mp.mpf(x) / n, z * z
                    arm = z * mp.sqrt(p * (1 - p) / n + zz / (4 * mp.mpf(n) ** 2))
                    lower, upper = ((p + zz / (2 * n) + s * arm) / (1 + zz / n) for s in (-1, 1))
                    lower, upper = (mp.mpf(0) if x == 0 else lower), (mp.mpf(1) if x == n else upper)
                    wilson.write(f"{x},{n},{level},{shown(lower)},{shown(upper)}\n")


main()
