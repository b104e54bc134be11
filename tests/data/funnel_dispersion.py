#!/usr/bin/env python3
"""Writes funnel_dispersion.csv beside this file: phi and tau^2 of the law of the count by numpy and scipy, from the knife figures in
examples/data and from searches that are made up (proportion_funnel.py).

Pearson's residuals, trimmed over sqrt(1 + tau^2 w), their squares divided by what is expected of ordered normal values about their
mean (integrals of densities of order statistics), tau^2 by the generalised moments of DerSimonian and Kacker (2007), three times.
"""
import csv
import pathlib

import numpy as np
from scipy.integrate import quad
from scipy.special import gammaln
from scipy.stats import norm

from proportion_funnel import SEARCHES

HERE = pathlib.Path(__file__).parent


def knife():
    with open(HERE / "../../examples/data/knife_2020.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["area"] != "City of London" and row["count"].isdigit()]
    x, n = (np.array([float(row[column]) for row in rows]) for column in ("count", "population"))
    expected = n * (x.sum() / n.sum())
    return (x - expected) / np.sqrt(expected), expected


def searches():
    x, n = (np.array([row[at] for row in SEARCHES], float) for at in (1, 2))
    t = x.sum() / n.sum()
    return (x - n * t) / np.sqrt(n * t * (1 - t)), n / (t * (1 - t))


def square(n, j):
    """The mean square of the j-th of n."""
    log = gammaln(n + 1) - gammaln(j) - gammaln(n - j + 1)
    f = lambda x: np.exp(log + (j - 1) * norm.logcdf(x) + (n - j) * norm.logsf(x) + norm.logpdf(x)) * x * x
    return quad(f, -12, 12, points=[norm.ppf(j / (n + 1))], epsabs=1e-14, epsrel=1e-13, limit=400)[0]


def gap(n, k):
    """The mean square of what lies between the k-th and the next."""
    log = np.log(2) + gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    inner = lambda x: quad(lambda y: np.exp((n - k) * (norm.logsf(y) - norm.logsf(x))), x, 12, epsrel=1e-12, limit=400)[0]
    f = lambda x: np.exp(log + k * norm.logcdf(x) + (n - k) * norm.logsf(x)) * inner(x)
    return quad(f, -12, 8, points=[norm.ppf(k / n)], epsabs=1e-14, epsrel=1e-12, limit=400)[0]


def share(n, rule, fraction):
    if fraction == 0:
        return 1.0
    if rule == "winsorise":
        k, s = int((n - 1) * fraction) + 1, (n - 1) * fraction % 1
        edge = (1 - s) * square(n, k) + s * square(n, k + 1) - s * (1 - s) * gap(n, k)
        kept, squares = n, sum(square(n, j) for j in range(k + 1, n - k + 1)) + 2 * k * edge
    else:
        g = int(n * fraction)
        kept, squares = n - 2 * g, sum(square(n, j) for j in range(g + 1, n - g + 1))
    return (squares / kept - 1 / n) / (1 - 1 / n)


def moments(z, w, rule, fraction):
    n, c = len(z), share(len(z), rule, fraction)
    h = w / w.sum()
    tau2, phi = 0.0, None
    for _ in range(3):
        a = 1 / (1 + tau2 * w)
        scaled, kept = z * np.sqrt(a), np.full(n, True)
        if rule == "winsorise":
            scaled = np.clip(scaled, *np.quantile(scaled, [fraction, 1 - fraction]))
        else:
            g, order = int(n * fraction), np.argsort(scaled, kind="stable")
            kept[np.r_[order[:g], order[n - g:]]] = False
        q, chance = (scaled[kept] ** 2).sum() / c, (a * (1 - h))[kept].sum()
        phi = q / chance if phi is None else phi
        tau2 = max(0.0, (q - chance) / (a * w * (1 - 2 * h + (h**2).sum()))[kept].sum())
    return phi, tau2


def main():
    with open(HERE / "funnel_dispersion.csv", "w", newline="") as file:
        file.write("# Dispersion of the law of the count by numpy and scipy: written by funnel_dispersion.py.\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["set", "rule", "fraction", "phi", "tau2"])
        for name, (z, w) in (("knife", knife()), ("searches", searches())):
            for rule, fraction in (("winsorise", 0.1), ("winsorise", 0.0), ("winsorise", 0.25), ("drop", 0.1), ("drop", 0.2)):
                out.writerow([name, rule, fraction, *(repr(float(it)) for it in moments(z, w, rule, fraction))])


if __name__ == "__main__":
    main()
