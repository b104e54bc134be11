#!/usr/bin/env python3
"""Writes limits.csv, wilson.csv, rate_ratios.csv and the funnel tables beside this file. Needs mpmath (pip install mpmath).

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


RATIOS = [
    (60, 514775, 30, 543087), (41, 28010, 15, 19017), (2, 17877, 9, 16650), (5, 10, 0, 10), (0, 10, 5, 10), (6, 51, 1, 54),
    (389, 100000, 420, 110000), (1, 10, 1, 30), (49, 1000, 50, 1000), (1000500, 1000000, 1000000, 1003000),
]


def at_least(x, n, p, share):
    """P(X > x) + share P(X = x) for X of Binomial(n, p): the terms from x on, until they no longer matter."""
    term = total = mp.exp(mp.loggamma(n + 1) - mp.loggamma(x + 1) - mp.loggamma(n - x + 1) + x * mp.log(p) + (n - x) * mp.log(1 - p))
    total *= share
    for k in range(x, n):
        term *= (n - k) * p / ((k + 1) * (1 - p))
        total += term
        if k > n * p and term < total * mp.mpf(10) ** -45:
            break
    return total


def lower_odds(x, y, tail, share):
    """The odds at which P(X > x) + share P(X = x) is the tail, by the secant method on logarithms."""
    if x == 0:
        return mp.mpf(0)
    if y == 0:
        return 1 / mp.expm1(-mp.log(tail / share) / x)

    def excess(s):
        return mp.log(at_least(x, x + y, 1 / (1 + mp.exp(-s)), share) / tail)

    guess = mp.log(mp.mpf(x) / y)
    root = mp.findroot(excess, (guess - 1 / mp.sqrt(x), guess - 2 / mp.sqrt(x)), solver="secant", tol=mp.mpf(10) ** -60)
    assert abs(excess(root)) < mp.mpf(10) ** -30, (x, y)
    return mp.exp(root)


def ratios():
    """Limits of the ratio of two rates, and two-sided p-values of equal rates, given the sum of the counts."""
    for x, n, y, m in RATIOS:
        null = mp.mpf(n) / (n + m)
        ps = []
        for share in (mp.mpf(1), mp.mpf(1) / 2):
            sides = at_least(x, x + y, null, share), at_least(y, x + y, 1 - null, share)
            ps.append(min(mp.mpf(1), 2 * min(sides)))
        for level in ("0.95", "0.998"):
            tail, limits = (1 - mp.mpf(level)) / 2, []
            for share in (mp.mpf(1), mp.mpf(1) / 2):
                back = lower_odds(y, x, tail, share)
                limits += [lower_odds(x, y, tail, share) * m / n, m / (n * back) if back else mp.inf]
            yield [x, n, y, m, level] + [shown(value) if value != mp.inf else "inf" for value in limits + ps]


def interpolated(points, p):
    """The smallest count r with F(r) >= p, (F(r) - p) / (F(r) - F(r - 1)) and r less that (Spiegelhalter 2005)."""
    total = mp.mpf(0)
    for r, point in enumerate(points):
        total += point
        if total >= p:
            return r, (total - p) / point, r - (total - p) / point


def poisson_points(mean):
    point, count = mp.exp(-mean), 0
    while True:
        yield point
        count += 1
        point *= mean / count


def binomial_points(n, p):
    for k in range(n + 1):
        yield mp.binomial(n, k) * p**k * (1 - p) ** (n - k)


def write_funnels():
    """Interpolated limits, and beside the Poisson ones the chi-square and log-normal limits in common use."""
    tails = [("0.001", -1), ("0.025", -1), ("0.975", 1), ("0.999", 1)]
    note = "# Interpolated limits of a funnel (Spiegelhalter 2005, Stat. Med. 24:1185): written by reference.py.\n"
    with open(HERE / "funnel_poisson.csv", "w", encoding="ascii") as out:
        out.write(note + "expected,p,r,share,limit,chi_square,log_normal\n")
        for text in "0.5 1 2 3 5 7.3 10 20 50 100 389 1000 10000".split():
            mean = mp.mpf(text)
            for level, side in tails:
                p = mp.mpf(level)
                r, share, limit = interpolated(poisson_points(mean), p)
                z = mp.sqrt(2) * mp.erfinv(2 * p - 1)
                shape = mean + 1 if side > 0 else mean
                chi_square = quantile([(shape, 1)], p, start(shape, z)) / mean
                values = [share, limit / mean, chi_square, mp.exp(z / mp.sqrt(mean))]
                out.write(",".join([text, level, str(r)] + [shown(value) for value in values]) + "\n")
    with open(HERE / "funnel_binomial.csv", "w", encoding="ascii") as out:
        out.write(note + "total,target,p,r,share,limit\n")
        for n in [1, 5, 10, 30, 100, 1000, 5000]:
            for target in "0.01 0.1 0.5 0.9".split():
                for level, _ in tails:
                    r, share, limit = interpolated(binomial_points(n, mp.mpf(target)), mp.mpf(level))
                    out.write(",".join([str(n), target, level, str(r), shown(share), shown(limit / n)]) + "\n")


def shown(value):
    return mp.nstr(value, 25) if value else "0"


def main():
    write_funnels()
    with open(HERE / "rate_ratios.csv", "w", encoding="ascii") as out:
        out.write("# Two rates: exact (central) and mid-P limits of their ratio, and two-sided p-values: written by reference.py.\n")
        out.write("count,population,base_count,base_population,level,exact_lower,exact_upper,mid_p_lower,mid_p_upper,exact_p,mid_p_p\n")
        for line in ratios():
            out.write(",".join(map(str, line)) + "\n")
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
