#!/usr/bin/env python3
"""Writes standard_inputs.csv and standard_limits.csv beside this file. Needs mpmath (pip install mpmath).

Weighted sums of Poisson counts, r = sum a x with variance v = sum a^2 x, from their definitions at 60 digits. Of a direct case the
inputs' weights are people of a standard population and a = (w / sum w) / n; of a severity case they are weights of offences and
a = w / n. Limits, with exact (Garwood) limits L and U of X = sum x, roots of the regularised incomplete gamma function:

  dobson    r + sqrt(v / X) (L - X), r + sqrt(v / X) (U - X), the lower one not below 0 (Dobson et al. 1991)
  ohid      the same with Byar's limits of X, for X of 10 and more
  fay-feuer gamma quantiles at shape r^2 / v and scale v / r; the upper one with r + max a and v + max a^2 (Fay and Feuer 1997)
  normal    r - z sqrt(v), r + z sqrt(v), which hold rate and variance together
  tiwari    the upper one with r + mean a and v + mean a^2 (Tiwari et al. 2006)

The first five cases are Down's syndrome by maternal age and birth order, Michigan 1950 to 1964: Stark and Mantel 1966, as in table 14.4 of
Fleiss 1981, Statistical Methods for Rates and Proportions, to the mean population of the five (also the data of Fay and Feuer 1997).
The drawn ones are drawn at random from a seed. The given ones are read from standard_inputs.csv: their limits were worked out by another program too, at 60
digits from the same definitions, and are the same to all 20 digits.
"""
import csv
import pathlib
import random

import mpmath as mp

mp.mp.dps = 60
M = mp.mpf
HERE = pathlib.Path(__file__).parent
BIRTHS = {
    "1": [(107, 230061), (141, 329449), (60, 114920), (40, 39487), (39, 14208), (25, 3052)],
    "2": [(25, 72202), (150, 326701), (110, 208667), (84, 83228), (82, 28466), (39, 5375)],
    "3": [(3, 15050), (71, 175702), (114, 207081), (103, 117300), (108, 45026), (75, 8660)],
    "4": [(1, 2293), (26, 68800), (64, 132424), (89, 98301), (137, 46075), (96, 9834)],
    "5+": [(0, 327), (8, 30666), (63, 123419), (112, 149919), (262, 104088), (295, 34392)],
}


def quantile(shape, tail, lower):
    """The gamma quantile with this probability below, or above, by bisection and then Newton's steps."""

    def excess(x):
        p = mp.gammainc(shape, 0, x, regularized=True) if lower else mp.gammainc(shape, x, mp.inf, regularized=True)
        return p - tail if lower else tail - p

    low, high = M(10) ** -30, shape + 40 * mp.sqrt(shape) + 200
    for _ in range(60):
        middle = mp.sqrt(low * high) if high > 4 * low else (low + high) / 2
        low, high = (middle, high) if excess(middle) < 0 else (low, middle)
    x = (low + high) / 2
    for _ in range(8):
        x -= excess(x) / mp.exp((shape - 1) * mp.log(x) - x - mp.loggamma(shape))
    assert abs(excess(x)) < M(10) ** -40 * tail
    return x


def byar(x, z):
    return x * (1 - 1 / (9 * x) + z / (3 * mp.sqrt(x))) ** 3


def limits(strata, kind, confidence):
    """All figures of one case: strata are weight, count, people."""
    whole = sum(w for w, _, _ in strata) if kind == "direct" else M(1)
    each = [w / whole / n for w, _, n in strata]
    counts = [x for _, x, _ in strata]
    r = sum(a * x for a, x in zip(each, counts))
    v = sum(a * a * x for a, x in zip(each, counts))
    total, tail = M(sum(counts)), (1 - confidence) / 2
    z = mp.sqrt(2) * mp.erfinv(1 - 2 * tail)
    exact = (quantile(total, tail, True), quantile(total + 1, tail, False))
    byars = (byar(total, -z), byar(total + 1, z))
    dobson = [r + mp.sqrt(v / total) * (limit - total) for limit in exact]
    ohid = [r + mp.sqrt(v / total) * (limit - total) for limit in byars] if total >= 10 else ["", ""]

    def gamma(extra, squares, lower):
        rate, variance = r + extra, v + squares
        return variance / rate * quantile(rate * rate / variance, tail, lower)

    lower = gamma(0, 0, True)
    fay = gamma(max(each), max(each) ** 2, False)
    tiwari = gamma(sum(each) / len(each), sum(a * a for a in each) / len(each), False)
    normal = [r - z * mp.sqrt(v), r + z * mp.sqrt(v)]
    return [r, v, max(M(0), dobson[0]), dobson[1], *ohid, lower, fay, tiwari, *normal]


def cases():
    columns = list(zip(*BIRTHS.values()))
    for order, strata in BIRTHS.items():
        weights = [M(sum(n for _, n in column)) / 5 for column in columns]
        yield f"births {order}", "direct", [(w, x, n) for w, (x, n) in zip(weights, strata)]
    yield "one stratum", "direct", [(M(1), 12, 1000)]
    random.seed(1981)
    for number in range(14):
        kind = ("direct", "severity")[number % 2]
        people, strata = random.randrange(20_000, 3_000_000), []
        for _ in range(random.choice([2, 3, 8, 19])):
            count = random.choice([0, 1, 3, random.randrange(5, 60), random.randrange(60, 4_000)])
            if kind == "direct":
                strata.append((M(random.randrange(1_000, 7_000)), count, random.randrange(500, 200_000)))
            else:
                strata.append((M(repr(round(random.uniform(0.5, 8_000), 2))), count, people))
        if not any(x for _, x, _ in strata):
            strata[0] = (strata[0][0], 7, strata[0][2])
        yield f"drawn {number}", kind, strata
    with open(HERE / "standard_inputs.csv") as file:
        given = [row for row in csv.DictReader(file_lines(file)) if row["case"].startswith("given ")]
    for case in dict.fromkeys(row["case"] for row in given):
        own = [row for row in given if row["case"] == case]
        yield case, own[0]["kind"], [(M(row["weight"]), int(row["count"]), int(row["population"])) for row in own]


def file_lines(file):
    return (line for line in file if not line.startswith("#"))


def write(name, head, rows):
    with open(HERE / name, "w", newline="") as file:
        file.write("# By standard.py beside this file (mpmath).\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head)
        out.writerows([mp.nstr(cell, 20) if isinstance(cell, mp.mpf) else cell for cell in row] for row in rows)


inputs, found = [], []
for case, kind, strata in cases():
    inputs += [(case, kind, f"s{place}", w, x, n) for place, (w, x, n) in enumerate(strata)]
    found += [(case, confidence, *limits(strata, kind, M(confidence))) for confidence in ("0.95", "0.998")]
write("standard_inputs.csv", ["case", "kind", "stratum", "weight", "count", "population"], inputs)
write(
    "standard_limits.csv",
    "case,confidence,rate,variance,dobson_lower,dobson_upper,ohid_lower,ohid_upper,gamma_lower,fay_feuer_upper,tiwari_upper,normal_lower,normal_upper".split(","),
    found,
)
