#!/usr/bin/env python3
"""Writes proportion_funnel.csv beside this file: funnels of proportions by numpy and scipy. The figures are made up, of the
size of searches (the totals) and of those that found something (the counts).

z of the arcsine of the root, or of log odds (Spiegelhalter 2005, QSHC 14:347); phi and tau^2 of z winsorised at type-7 quantiles
of 10 % (Spiegelhalter and others 2012, JRSS A 175:1); without dispersion limits interpolated between binomial quantiles and p
twice the smaller binomial tail, else limits on the scale and p of the adjusted z.
"""
import csv
import pathlib

import numpy as np
from scipy import stats
from scipy.special import expit, logit

SEARCHES = [
    ("A", 5120, 22431), ("B", 61, 203), ("C", 940, 3127), ("D", 33, 310), ("E", 2210, 11832), ("F", 4, 9),
    ("G", 17520, 61877), ("H", 402, 1911), ("I", 811, 4460), ("J", 158, 699), ("K", 1333, 5201), ("L", 77, 240),
]
SETS = {"searches": SEARCHES, "with none and all": SEARCHES + [("M", 0, 31), ("N", 5, 5), ("O", 1, 1), ("P", 0, 2)]}
TAILS = {"95": 0.025, "99_8": 0.001}
HERE = pathlib.Path(__file__).parent


def discrete(n, target, p):
    r = stats.binom.ppf(p, n, target)
    at, before = stats.binom.cdf(r, n, target), stats.binom.cdf(r - 1, n, target)
    return max(0.0, (r - (at - p) / (at - before)) / n)


def adjusted(p, holm):
    order, count = np.argsort(p, kind="stable"), len(p)
    found, rank = np.empty(count), np.arange(count)
    if holm:
        found[order] = np.maximum.accumulate((count - rank) * p[order])
    else:
        found[order] = np.minimum.accumulate((count / (rank + 1) * p[order])[::-1])[::-1]
    return np.minimum(found, 1)


def funnel(rows, dispersion, scale):
    x, n = np.array([row[1] for row in rows], float), np.array([row[2] for row in rows], float)
    target = x.sum() / n.sum()
    forward = (lambda p: np.arcsin(np.sqrt(p))) if scale == "sqrt" else logit
    weight = 4 * n if scale == "sqrt" else n * target * (1 - target)
    z = (forward(x / n) - forward(target)) * np.sqrt(weight)
    drawn_in = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    count, squares = len(z), (drawn_in**2).sum()
    phi = squares / count
    tau2 = max(0.0, (squares - (count - 1)) / (weight.sum() - (weight**2).sum() / weight.sum()))
    error = {"none": 1 / np.sqrt(weight), "multiplicative": np.sqrt(max(1, phi) / weight), "additive": np.sqrt(1 / weight + tau2)}
    error = error[dispersion]
    z_adjusted = z / (error * np.sqrt(weight))
    if dispersion == "none":
        p = np.minimum(1, 2 * np.minimum(stats.binom.cdf(x, n, target), stats.binom.sf(x - 1, n, target)))
        limits = [np.array([discrete(m, target, p) for m in n]) for t in TAILS.values() for p in (t, 1 - t)]
    else:
        p = 2 * stats.norm.sf(abs(z_adjusted))
        limits = []
        for tail in TAILS.values():
            for sign in (-1, 1):
                edge = forward(target) + sign * stats.norm.isf(tail) * error
                limits.append(np.sin(np.clip(edge, 0, np.pi / 2)) ** 2 if scale == "sqrt" else expit(edge))
    columns = [n * target, z, np.full(count, phi), np.full(count, tau2), z_adjusted, p, adjusted(p, True), adjusted(p, False)]
    return zip(*columns, *limits)


def main():
    with open(HERE / "proportion_funnel.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        file.write("# Funnels of proportions by numpy and scipy: written by proportion_funnel.py.\n")
        limits = [f"{end}_{level}" for level in TAILS for end in ("lower", "upper")]
        figures = ["expected", "z", "phi", "tau2", "z_adjusted", "p", "p_holm", "p_bh"]
        out.writerow(["set", "dispersion", "scale", "area", "count", "total", *figures, *limits])
        for name, rows in SETS.items():
            for dispersion in ("none", "multiplicative", "additive"):
                for scale in ("sqrt", "log") if name == "searches" else ("sqrt",):
                    for row, found in zip(rows, funnel(rows, dispersion, scale)):
                        out.writerow([name, dispersion, scale, *row, *(repr(float(value)) for value in found)])


if __name__ == "__main__":
    main()
