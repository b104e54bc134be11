#!/usr/bin/env python3
"""Works out u_charts.csv and trends.csv beside this file again, from the counts and populations in them. Needs mpmath.

At 60 digits, by definition. A u-chart (Montgomery 2013, Introduction to Statistical Quality Control, section 7.3): centre sum x / sum n, limits
centre -/+ 3 sqrt(centre / n), the lower one not below zero; Laney (2002, Quality Engineering 14:531): sigma_z is the mean moving range of z over 1.128.
A trend (McCullagh & Nelder 1989, chapter 6): log mu = a + b t + log n, by Newton's method on both parameters; phi is Pearson's chi-square over m - 2.
"""
import csv
import pathlib
from itertools import groupby

import mpmath as mp

mp.mp.dps = 60
HERE = pathlib.Path(__file__).parent
CHART = ["case", "period", "count", "population", "centre", "rate", "z", "lower", "upper", "sigma", "laney_lower", "laney_upper"]
TREND = ["case", "counts", "populations", "intercept", "slope", "error", "phi", "ratio", "poisson_lower", "poisson_upper", "quasi_lower", "quasi_upper"]


def read(name):
    with open(HERE / name) as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def write(name, about, head, rows):
    with open(HERE / name, "w", newline="") as file:
        file.write(f"# {about} By series.py.\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows([[mp.nstr(cell, 20) if isinstance(cell, mp.mpf) else cell for cell in row] for row in rows])


def chart(case, series):
    centre = mp.mpf(sum(x for x, _ in series)) / sum(n for _, n in series)
    z = [(mp.mpf(x) / n - centre) / mp.sqrt(centre / n) for x, n in series]
    sigma = sum(abs(b - a) for a, b in zip(z, z[1:])) / (len(z) - 1) / mp.mpf("1.128")
    for period, ((x, n), here) in enumerate(zip(series, z), 1):
        three = 3 * mp.sqrt(centre / n)
        yield [case, period, x, n, centre, mp.mpf(x) / n, here, max(mp.mpf(0), centre - three), centre + three, sigma,
               max(mp.mpf(0), centre - sigma * three), centre + sigma * three]


def trend(case, series):
    a, b = mp.log(mp.mpf(sum(x for x, _ in series)) / sum(n for _, n in series)), mp.mpf(0)
    for _ in range(200):
        mu = [n * mp.exp(a + b * t) for t, (_, n) in enumerate(series)]
        g = [sum(x - m for (x, _), m in zip(series, mu)), sum(t * (x - m) for t, ((x, _), m) in enumerate(zip(series, mu)))]
        h = [sum(t**k * m for t, m in enumerate(mu)) for k in range(3)]
        det = h[0] * h[2] - h[1] ** 2
        step = (h[2] * g[0] - h[1] * g[1]) / det, (h[0] * g[1] - h[1] * g[0]) / det
        a, b = a + step[0], b + step[1]
        if abs(step[0]) + abs(step[1]) < mp.mpf(10) ** -50:
            break
    error = mp.sqrt(h[0] / det)
    phi = sum((x - m) ** 2 / m for (x, _), m in zip(series, mu)) / (len(series) - 2)
    z = mp.sqrt(2) * mp.erfinv(mp.mpf("0.95"))
    wide = mp.sqrt(max(mp.mpf(1), phi))
    limits = [mp.exp(b + sign * z * error * by) for by in (1, wide) for sign in (-1, 1)]
    return [case, " ".join(str(x) for x, _ in series), " ".join(str(n) for _, n in series), a, b, error, phi, mp.exp(b), *limits]


cases = [(case, [(int(row["count"]), int(row["population"])) for row in rows]) for case, rows in groupby(read("u_charts.csv"), lambda row: row["case"])]
write("u_charts.csv", "u-charts and Laney's u'.", CHART, [row for case, series in cases for row in chart(case, series)])
rows = [trend(row["case"], list(zip(map(int, row["counts"].split()), map(int, row["populations"].split())))) for row in read("trends.csv")]
write("trends.csv", "Log-linear Poisson trends, t = 0, 1, ...; limits at 95 %.", TREND, rows)
