#!/usr/bin/env python3
"""Writes degenerate.csv beside this file: what each subject has to answer of one area where a figure may not exist, a value by
numpy and scipy or the reason why there is none. The first area of a case is the one that is asked about.
"""
import csv
import pathlib

import numpy as np
from scipy import optimize, special, stats

CASES = {
    "a count of 0": [(0, 1000), (6, 1000), (12, 1000), (9, 1500)],
    "one area": [(6, 1000)],
    "one area with 0": [(0, 1000)],
    "two areas with 0": [(0, 1000), (0, 500)],
    "one of two with 0": [(0, 1000), (5, 500)],
    "all rates equal": [(3, 1000), (6, 2000), (9, 3000)],
    "all counts are all": [(10, 10), (20, 20)],
    "underdispersed": [(9, 1000), (10, 1000), (11, 1000), (10, 1000)],
    "counts above the population": [(30, 10), (5, 10), (9, 10)],
    "most rates equal": [(9, 1000), (5, 1000), (5, 1000), (10, 2000), (7, 1000)],
    "10^7 counts": [(12_000_000, 50_000_000), (10_000_000, 50_000_000), (11_500_000, 50_000_000), (9_000_000, 40_000_000)],
}
FEW, NOBODY, EQUAL = "fewer than two areas are compared", "there is no area to average", "all rates are equal"
NOTHING, ZERO_AVERAGE, POOLED = "no counts are expected", "the average is zero", "the rates differ by no more than chance"
ZERO_RATE, ZERO_COUNT = "a rate is zero and has no logarithm", "a count of zero has no logarithm"
ALL, ALL_COUNTED = "all of a total are expected, so nothing is left to chance", "a count of all of a total has no log odds"
MAD = "more than half of the rates are equal, so their median absolute deviation is zero"
TEST = "the Shapiro-Wilk test needs three values"


def place(value, low, high, words=("below", "within", "above")):
    return words[0] if value < low else words[2] if value > high else words[1]


def normality(values):
    if len(values) < 3:
        return TEST
    return EQUAL if len(set(values)) == 1 else stats.shapiro(values).statistic


def band(values):
    if len(values) < 2:
        return FEW
    if len(set(values)) == 1:
        return EQUAL
    return place(values[0], values.mean() - values.std(ddof=1), values.mean() + values.std(ddof=1))


def by_test(r):
    """The raw rates where they pass at 95 %, else the logarithms where those do, else the larger W."""
    if len(r) < 2 or len(set(r)) == 1:
        return band(r)
    if len(r) < 3:
        return TEST
    if (r == 0).any() or stats.shapiro(r).pvalue >= 0.05:
        return band(r)
    raw, log = stats.shapiro(r), stats.shapiro(np.log(r))
    return band(np.log(r)) if log.pvalue >= 0.05 or log.statistic > raw.statistic else band(r)


def estimate(z, weight):
    drawn_in = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    squares = (drawn_in**2).sum()
    spread = weight.sum() - (weight**2).sum() / weight.sum()
    return squares / len(z), max(0.0, (squares - (len(z) - 1)) / spread)


def funnel(x, n, proportions):
    target = x.sum() / n.sum()
    expected, found = n * target, {}
    names = ["position", "p", "funnel z", "funnel log z", "phi", "tau2", "log phi", "position, multiplicative", "position, additive"]
    missing = NOTHING if target == 0 else ALL if proportions and target == 1 else None
    if missing:
        return dict.fromkeys(names, missing)
    law = stats.binom(n, target) if proportions else stats.poisson(expected)
    low, high = law.cdf(x)[0], law.sf(x - 1)[0]
    found["position"] = "low" if low <= 0.025 else "high" if high <= 0.025 else "within"
    found["p"] = min(1, 2 * min(low, high))
    if proportions:
        weight, log_weight = 4 * n, n * target * (1 - target)
        z = (np.arcsin(np.sqrt(x / n)) - np.arcsin(np.sqrt(target))) * np.sqrt(weight)
        lacking = ZERO_COUNT if (x == 0).any() else ALL_COUNTED if (x == n).any() else None
        log_z = None if lacking else (special.logit(x / n) - special.logit(target)) * np.sqrt(log_weight)
    else:
        weight, log_weight = 4 * expected, expected
        z = (np.sqrt(x / expected) - 1) * np.sqrt(weight)
        lacking = ZERO_COUNT if (x == 0).any() else None
        log_z = None if lacking else np.log(x / expected) * np.sqrt(log_weight)
    found["funnel z"], found["funnel log z"] = z[0], lacking or log_z[0]
    if len(x) < 2:
        return found | dict.fromkeys(["phi", "tau2", "log phi", "position, multiplicative", "position, additive"], FEW) | (
            {"log phi": lacking} if lacking else {})
    phi, tau2 = estimate(z, weight)
    found["phi"], found["tau2"] = phi, tau2
    found["log phi"] = lacking or estimate(log_z, log_weight)[0]
    limit = stats.norm.isf(0.025)
    for name, wider in [("multiplicative", np.sqrt(max(1, phi))), ("additive", np.sqrt(1 + tau2 * weight[0]))]:
        # The lower limit is clamped, so that a count of none lies on it where it would be below.
        floor = -np.inf if not proportions else -np.arcsin(np.sqrt(target)) * np.sqrt(weight[0])
        floor = -np.sqrt(weight[0]) if not proportions else floor
        found[f"position, {name}"] = place(z[0], max(-limit * wider, floor), limit * wider, ("low", "within", "high"))
    return found


def gamma_poisson(x, n):
    """Mean and variance at the maximum of the negative binomial likelihood, by the best of some starts."""
    pooled = x.sum() / n.sum()
    if len(x) < 2 or pooled == 0:
        return pooled, 0.0

    def less(at):
        shape, mean = np.exp(at[0]), np.exp(at[1])
        p = shape / (shape + mean * n)
        log = special.gammaln(x + shape) - special.gammaln(shape) + shape * np.log(p) + special.xlog1py(x, -p)
        return -log.sum()

    poisson = -(special.xlogy(x, pooled * n) - pooled * n).sum()
    options = {"xatol": 1e-12, "fatol": 1e-12, "maxiter": 20_000, "maxfev": 20_000}
    best = min(
        (optimize.minimize(less, [start, np.log(pooled)], method="Nelder-Mead", options=options) for start in (-2, 0, 2, 5, 8)),
        key=lambda it: it.fun,
    )
    # Beyond such a shape the log-gammas cancel, and no spread is left to be seen.
    if best.fun > poisson - 1e-6 or best.x[0] > 18:
        return pooled, 0.0
    shape, mean = np.exp(best.x)
    return mean, mean * mean / shape


def smoothed(x, n, mean, variance):
    if variance == 0:
        return mean * 1000, 0.0, POOLED, POOLED
    weight = variance * n[0] / (variance * n[0] + mean)
    shape, people = mean * mean / variance + x[0], mean / variance + n[0]
    upper, above = stats.gamma.isf(0.025, shape) / people, special.gammaincc(shape, people * x.sum() / n.sum())
    return (mean + (x[0] / n[0] - mean) * weight) * 1000, weight, upper * 1000, above


def answers(figures):
    x, n = np.array(figures, float).T
    r, number = x / n, len(x)
    if len({a * d == b * c for (a, b) in figures for (c, d) in figures}) == 1:
        r = np.full(number, r[0])
    pooled = x.sum() / n.sum()
    out = {"pooled": pooled * 1000, "mean": r.mean() * 1000, "median": np.median(r) * 1000}
    others = [x[1:].sum() / n[1:].sum(), r[1:].mean(), np.median(r[1:])] if number > 1 else [NOBODY] * 3
    for name, value in zip(("pooled", "mean", "median"), others):
        out[f"{name} of others"] = value if value == NOBODY else value * 1000
    out["ratio"] = ZERO_AVERAGE if pooled == 0 else r[0] / pooled
    out["against the rest"] = others[0] if number < 2 else ZERO_AVERAGE if others[0] == 0 else r[0] / others[0]
    equal = len(set(r)) == 1
    usual = FEW if number < 2 else EQUAL if equal else None
    out["z"] = usual or (r[0] - r.mean()) / r.std(ddof=1)
    zero = (r == 0).any()
    log = None if zero else np.log(r)
    out["log z"] = usual or (ZERO_RATE if zero else (log[0] - log.mean()) / log.std(ddof=1))
    mad = np.median(abs(r - np.median(r)))
    out["robust z"] = usual or (MAD if mad == 0 else (r[0] - np.median(r)) / (1.4826 * mad))
    out["percentile"] = 100 * ((r < r[0]).sum() + (r == r[0]).sum() / 2) / number
    out["band"], out["log band"] = band(r), ZERO_RATE if zero else band(log)
    out["band by test"] = by_test(r)
    out["normality"], out["log normality"] = normality(r), ZERO_RATE if zero else normality(log)
    out |= funnel(x, n, False)
    if (x > n).any():
        row = next(i for i in range(number) if x[i] > n[i])
        refused = f"{'ABCDEFG'[row]}: count {x[row]:.0f} is more than the total {n[row]:.0f}, so it is no proportion"
        out |= {f"proportion {name}": refused for name in funnel(x, n, False)}
    else:
        out |= {f"proportion {name}": answer for name, answer in funnel(x, n, True).items()}
    mean_n = n.mean()
    variance = max(0.0, (n * (r - pooled) ** 2).sum() / n.sum() - pooled / mean_n)
    out["marshall"], out["marshall weight"], _, out["above"] = smoothed(x, n, pooled, variance)
    out["gamma-poisson"], out["gamma-poisson weight"], out["limits"], _ = smoothed(x, n, *gamma_poisson(x, n))
    return out


def main():
    with open(pathlib.Path(__file__).parent / "degenerate.csv", "w", newline="") as file:
        file.write("# Answers of each subject of the first area, by numpy and scipy: written by degenerate.py.\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["case", "figures", "subject", "answer"])
        for name, figures in CASES.items():
            shown = " ".join(f"{x}/{n}" for x, n in figures)
            for subject, answer in answers(figures).items():
                out.writerow([name, shown, subject, answer if isinstance(answer, str) else repr(float(answer))])


main()
