#!/usr/bin/env python3
"""Writes replicate_ranks.csv beside this file: the distribution of every rank in replicate years, highest first, at
30 digits.

Needs mpmath and numpy. The probability of the mean count comes from mpmath's gamma function, that of all others down to
1e-30 from their ratios; for each count of an area the tails of all others are taken at thresholds in Python's whole
numbers, and the polynomials (1 - p + p t) are multiplied one after the other in numpy, whose rounding is below 1e-14. `above` and `below` are the probabilities that no other area is strictly
above, or strictly below.
"""
import pathlib

import mpmath
import numpy

mpmath.mp.dps = 30

# Two zeros, ties on purpose (populations that are multiples of each other), a small area among large ones.
TABLE = [
    (0, 9_000), (0, 40_000), (3, 9_000), (2, 6_000), (31, 8_700), (165, 633_500), (273, 772_300), (110, 386_150),
    (648, 669_300), (521, 567_700), (440, 567_700), (1_424, 1_423_100), (2_404, 2_320_200), (3_437, 2_916_500),
]  # fmt: skip

def law(name, count):
    """The first count, the probabilities from it on, and those of each count or more, as doubles."""
    x = mpmath.mpf(count)
    if name == "poisson" or (name == "overdispersed" and count == 0):
        if count == 0:
            return 0, numpy.ones(1), numpy.ones(1)
        start, middle = mpmath.exp(x * mpmath.log(x) - x - mpmath.loggamma(x + 1)), count
        ratio = lambda k: x / (k + 1)
    else:
        size, p = (x + mpmath.mpf(1) / 2, mpmath.mpf(1) / 2) if name == "gamma-poisson" else (x * 5 / 6, mpmath.mpf(5) / 11)
        middle = count
        start = mpmath.gammaprod([size + middle], [size, middle + 1]) * p**size * (1 - p) ** middle
        ratio = lambda k: (size + k) * (1 - p) / (k + 1)
    below, above, k, q = [], [start], middle, start
    while k > 0 and q > 1e-30:
        k -= 1
        q /= ratio(k)
        below.append(q)
    low, k, q = k, middle, start
    while q > 1e-30:
        q *= ratio(k)
        k += 1
        above.append(q)
    mass = below[::-1] + above
    reach, total = [], mpmath.mpf(0)
    for q in reversed(mass):
        total += q
        reach.append(float(total))
    return low, numpy.array([float(q) for q in mass]), numpy.array(reach[::-1])


def reaching(law, counts):
    """The probabilities of these counts or more."""
    low, _, reach = law
    places = numpy.array([min(max(count - low, 0), len(reach)) for count in counts])
    return numpy.append(reach, 0.0)[places]


def main():
    lines = [f"# by replicate_ranks.py: mpmath {mpmath.__version__}, numpy {numpy.__version__}; phi_w = 2.2"]
    lines.append("law,count,population,above,below," + ",".join(f"rank{k + 1}" for k in range(len(TABLE))))
    for name in ("poisson", "gamma-poisson", "overdispersed"):
        laws = [law(name, count) for count, _ in TABLE]
        for f, (count, people) in enumerate(TABLE):
            low, weight, _ = laws[f]
            x = range(low, low + len(weight))
            numbers = numpy.zeros((len(TABLE), len(x)))
            numbers[0] = weight
            below = weight.copy()
            for g, (_, others) in enumerate(TABLE):
                if g == f:
                    continue
                p = reaching(laws[g], [count * others // people + 1 for count in x])
                moved = numpy.zeros_like(numbers)
                moved[1:] = numbers[:-1] * p
                numbers = numbers * (1 - p) + moved
                below = below * reaching(laws[g], [-(-count * others // people) for count in x])
            ranks = numbers.sum(axis=1)
            figures = [ranks[0], below.sum(), *ranks]
            lines.append(f"{name},{count},{people}," + ",".join(repr(float(figure)) for figure in figures))
    pathlib.Path(__file__).with_suffix(".csv").write_text("\n".join(lines) + "\n")


main()
