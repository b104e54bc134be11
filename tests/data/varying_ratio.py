"""Limits of rate ratios with variation within areas, and one-sided p-values of a ratio of one: the widest of three laws (scipy)."""

from math import sqrt

from scipy.optimize import brentq
from scipy.stats import betabinom, binom, norm, t

print("x,n,y,m,phi,freedom,lower,upper,p_lower,p_upper")
CASES = [(6, 1000, 15, 1000), (0, 500, 7, 900), (40, 2000, 25, 900), (90, 10, 160, 10), (900, 50, 700, 51), (3, 100, 0, 100)]
for x, n, y, m in CASES:
    for phi, freedom in [(2.2, None), (2.2, 12), (5.0, None), (1.3, 120)]:
        law = norm if freedom is None else t(freedom)
        beyond = phi - 1

        def student(p):
            return p if freedom is None else law.sf(norm.isf(p)) if p < 1 else 1.0

        def tails(ratio):
            odds = ratio * n / m
            share = odds / (1 + odds)
            both = x + y
            z = (sqrt(x / n) - sqrt(ratio * y / m)) / sqrt(phi * (0.25 / n + ratio * 0.25 / m))
            found = [(binom.cdf(x, both, share), binom.sf(x - 1, both, share)), (law.cdf(z), law.sf(z))]
            if both * min(odds, 1) / (1 + odds) < 100:
                total = both + beyond
                # Correlation beyond / (both + beyond), so the sum of both parameters is both / beyond.
                a, b = share * both / beyond, (1 - share) * both / beyond
                found.append((student(betabinom.cdf(x, both, a, b)), student(betabinom.sf(x - 1, both, a, b))))
            return [max(side) for side in zip(*found)]

        def limit(side, low, high):
            return brentq(lambda ratio: tails(ratio)[side] - 0.025, low, high, xtol=1e-15, rtol=1e-14)

        middle = (x / n) / (y / m) if x and y else 1e3 if x else 1.0
        lower = 0.0 if x == 0 or tails(1e-12 * middle)[1] > 0.025 else limit(1, 1e-12 * middle, middle)
        upper = "inf" if y == 0 else repr(float(limit(0, middle, 1e4 * middle)))
        low, high = tails(1.0)
        print(f"{x},{n},{y},{m},{phi},{freedom or ''},{float(lower)!r},{upper},{float(low)!r},{float(high)!r}")
