#!/usr/bin/env python3
"""Writes rank_sets.csv beside this file: rank confidence sets of some tables by the definition. Needs mpmath.

Binomial tails are sums of positive terms at 40 digits, for all ordered pairs. Holm's method sorts all of them and steps down from
the smallest; nothing is skipped. Ranks count from the highest rate. No p-value lies within a millionth of its threshold.
"""
import csv
import pathlib
import random

import mpmath as mp

mp.mp.dps = 40
HERE = pathlib.Path(__file__).parent
LEVELS = ["0.8", "0.95", "0.998"]


def tails(x, y, n1, n2):
    """P(X >= x) and P(X > x), X binomial of x + y events with the share n1 / (n1 + n2)."""
    n, q = x + y, mp.mpf(n1) / (n1 + n2)
    point = mp.binomial(n, x) * q**x * (1 - q)**y
    term, total, k = point, mp.mpf(0), x
    if x <= n * q:  # the other side is the shorter sum
        while k > 0:
            term *= mp.mpf(k) / (n - k + 1) * (1 - q) / q
            k -= 1
            total += term
            if term < total * mp.mpf(10) ** -30:
                break
        return 1 - total, 1 - total - point
    while k < n:
        term *= mp.mpf(n - k) / (k + 1) * q / (1 - q)
        k += 1
        total += term
        if term < total * mp.mpf(10) ** -30:
            break
    return total + point, total


def holm(tests, alpha):
    """The tests that are rejected."""
    rejected, m = set(), len(tests)
    for step, (p, pair) in enumerate(sorted(tests)):
        threshold = alpha / (m - step)
        assert abs(p / threshold - 1) > 1e-6, (p, threshold)
        if p > threshold:
            break
        rejected.add(pair)
    return rejected


def sets(rates, level):
    alpha = 1 - mp.mpf(level)
    areas = range(len(rates))
    p = {}
    for j in areas:
        for k in areas:
            if j != k:
                (x, n1), (y, n2) = rates[j], rates[k]
                at_least, more = tails(x, y, n1, n2)
                p[j, k] = {"exact": at_least, "mid_p": (at_least + more) / 2}
    found = {}
    for test in ["exact", "mid_p"]:
        for family in ["marginal", "simultaneous"]:
            everything = holm([(p[pair][test], pair) for pair in p], alpha)
            for j in areas:
                rejected = everything
                if family == "marginal":
                    rejected = holm([(p[pair][test], pair) for pair in p if j in pair], alpha)
                lower = 1 + sum(1 for k in areas if (k, j) in rejected)
                upper = len(rates) - sum(1 for k in areas if (j, k) in rejected)
                found[family, test, j] = (lower, upper)
    return found


def tables():
    knife = list(csv.DictReader(open(HERE / "../../examples/data/knife_2020.csv")))
    yield "knife", [(int(row["count"]), int(row["population"])) for row in knife
                    if row["count"].isdigit() and row["area"] != "City of London"]
    yield "one", [(5, 1000)]
    yield "two", [(60, 50000), (30, 50000)]
    yield "zeros", [(0, 900), (0, 50000), (40, 1200), (0, 7), (3, 1000), (90, 30000), (12, 400)]
    yield "equal", [(30, 1000), (60, 2000), (3, 100), (300, 10000), (0, 10), (500, 4000)]
    random.seed(20201)
    for number, (areas, low, high, people) in enumerate([(6, 0, 4, 50), (15, 0, 30, 2000), (25, 20, 400, 9000), (12, 1000, 9000, 10**6)]):
        yield f"random {number}", [(random.randint(low, high), random.randint(people // 10, people)) for _ in range(areas)]


def main():
    columns = [(family, test) for family in ["marginal", "simultaneous"] for test in ["exact", "mid_p"]]
    with open(HERE / "rank_sets.csv", "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["table", "level", "count", "population"]
                        + [f"{family}_{test}_{end}" for family, test in columns for end in ["lower", "upper"]])
        for name, rates in tables():
            for level in LEVELS:
                found = sets(rates, level)
                for j, (count, population) in enumerate(rates):
                    ends = [end for family, test in columns for end in found[family, test, j]]
                    writer.writerow([name, level, count, population, *ends])


main()
