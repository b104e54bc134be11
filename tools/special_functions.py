#!/usr/bin/env python3
"""Coefficients and reference values of `src/special`.

    python3 tools/special_functions.py coefficients   writes src/special/coefficients.rs
    python3 tools/special_functions.py reference      writes src/special/reference/*.csv
    python3 tools/special_functions.py check          compares the methods below with one another

Python 3.11 and mpmath 1.3. Series are derived in exact rationals and rounded once; every reference root is
substituted back into its equation at 60 digits, and the incomplete gamma functions come from sums of positive
terms in 256-bit integers, checked against mpmath.gammainc and quadrature.
"""
import os
import sys
import textwrap
from fractions import Fraction
from functools import lru_cache

import mpmath as mp

mp.mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "src", "special")

# ---------------------------------------------------------------- polynomials and power series in exact rationals
# A polynomial in z is a tuple of Fractions, lowest degree first. A series in t is a list of polynomials.


def add(p, q):
    n = max(len(p), len(q))
    return [(p[i] if i < len(p) else 0) + (q[i] if i < len(q) else 0) for i in range(n)]


def scale(p, c):
    return [c * a for a in p]


def times(p, q):
    out = [Fraction(0)] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        if a:
            for j, b in enumerate(q):
                out[i + j] += a * b
    return out


def product(f, g, order):
    """The product of two series in t up to t^order."""
    out = [[Fraction(0)] for _ in range(order + 1)]
    for i, p in enumerate(f[: order + 1]):
        for j, q in enumerate(g[: order + 1 - i]):
            if any(p) and any(q):
                out[i + j] = add(out[i + j], times(p, q))
    return out


def powers(f, highest, order):
    out = [[[Fraction(1)]] + [[Fraction(0)] for _ in range(order)]]
    for _ in range(highest):
        out.append(product(out[-1], f, order))
    return out


def bernoulli(n):
    row = []
    for m in range(n + 1):
        row.append(Fraction(1, m + 1))
        for j in range(m, 0, -1):
            row[j - 1] = j * (row[j - 1] - row[j])
    return row[0]


def stirling_terms(count):
    """Coefficients of 1/a, 1/a^3, ... in ln Gamma(a + 1) - (a + 1/2) ln a + a - ln(2 pi)/2."""
    return [bernoulli(2 * k) / (2 * k * (2 * k - 1)) for k in range(1, count + 1)]


def quantile_series(terms, mid_p):
    """w(z, t) with x = a (1 + t w), t = a^(-1/2), such that x has the gamma (or the mid-P) distribution when z is
    standard normal: w' g(x) sqrt(a) = phi(z), w = z + q_1 t + q_2 t^2 + ...

    In logarithms: ln w' - w^2/2 + z^2/2 + sum_k (-1)^(k+1) t^k w^(k+2)/(k+2) - sum_k (-1)^(k+1) t^k w^k/k
    - stirling(a) = 0; the mid-P density has the further factor (1 + x/a)/2 = 1 + t w/2. At order t^n this is
    q' - z q + (what the lower orders give) = 0, and only one q is a polynomial.
    """
    stirling = {2 * (2 * k + 1): s for k, s in enumerate(stirling_terms(terms))}
    w = [[Fraction(0), Fraction(1)]]
    for n in range(1, terms):
        trial = w + [[Fraction(0)]]
        power = powers(trial, n + 2, n)
        slope = [[Fraction(0)]] + [[i * c for i, c in enumerate(p)][1:] or [Fraction(0)] for p in trial[1:]]
        slopes = powers(slope, n, n)
        rest = scale(power[2][n], Fraction(-1, 2))
        for k in range(1, n + 1):
            sign = (-1) ** (k + 1)
            rest = add(rest, scale(slopes[k][n], Fraction(sign, k)))
            rest = add(rest, scale(power[k + 2][n - k], Fraction(sign, k + 2)))
            rest = add(rest, scale(power[k][n - k], Fraction(-sign, k)))
            if mid_p:
                rest = add(rest, scale(power[k][n - k], Fraction(sign, k * 2**k)))
        rest = add(rest, [-stirling.get(n, Fraction(0))])
        while len(rest) > 1 and rest[-1] == 0:
            rest.pop()
        q = [Fraction(0)] * (len(rest) + 1)
        for j in range(len(rest) - 2, -1, -1):
            q[j] = (j + 2) * q[j + 2] + rest[j + 1]
        assert q[1] + rest[0] == 0, "the density does not integrate to one"
        while len(q) > 1 and q[-1] == 0:
            q.pop()
        w.append(q)
    return w[1:]


def temme_coefficients(orders, powers_of_eta):
    """c_k(eta) of the uniform expansion (Temme 1979; DLMF 8.12.7-8.12.13) as Taylor coefficients in eta."""
    length = powers_of_eta + 2 * orders + 2
    alpha = {1: Fraction(1)}
    for n in range(2, length + 3):
        alpha[n] = (alpha[n - 1] - sum(j * alpha[j] * alpha[n - j + 1] for j in range(2, n))) / (n + 1)
    d = [[Fraction(-1, 3)] + [(n + 2) * alpha[n + 2] for n in range(1, length)]]
    # exp(stirling(a)) = sum g_k a^-k
    exponent = [Fraction(0)] * (orders + 1)
    for k, s in enumerate(stirling_terms(orders)):
        if 2 * k + 1 <= orders:
            exponent[2 * k + 1] = s
    g = [Fraction(1)]
    for n in range(1, orders + 1):
        g.append(sum(k * exponent[k] * g[n - k] for k in range(1, n + 1)) / n)
    for k in range(1, orders):
        last = d[-1]
        d.append([(-1) ** k * g[k] * d[0][n] + (n + 2) * last[n + 2] for n in range(len(last) - 2)])
    return [row[:powers_of_eta] for row in d]


# ---------------------------------------------------------------- approximations of the normal distribution


def mills(z):
    """P(Z > z) / phi(z)."""
    y = z / mp.sqrt(2)
    return mp.sqrt(mp.pi / 2) * mp.exp(y * y) * mp.erfc(y)


def normal_quantile(tail):
    tail = mp.mpf(tail)
    if tail == mp.mpf(1) / 2:
        return mp.mpf(0)
    if tail > mp.mpf(1) / 2:
        return -normal_quantile(1 - tail)
    z = mp.sqrt(max(mp.mpf("0.01"), -2 * mp.log(2 * tail))) * mp.mpf("0.9")
    for _ in range(200):
        ratio = mp.erfc(z / mp.sqrt(2)) / 2 / tail
        step = mills(z) * mp.log(ratio)
        z += step
        if abs(step) < abs(z) * mp.mpf(10) ** -50:
            break
    assert abs(mp.erfc(z / mp.sqrt(2)) / 2 / tail - 1) < mp.mpf(10) ** -48
    return z


MILLS_SCALE = 4


def mills_chebyshev(terms):
    """Chebyshev coefficients of (1 + z) mills(z) in u = (z - s)/(z + s), as Shepherd and Laframboise (1981)."""
    nodes = 96
    values = []
    for i in range(nodes):
        u = mp.cos(mp.pi * (i + mp.mpf(1) / 2) / nodes)
        z = MILLS_SCALE * (1 + u) / (1 - u)
        values.append((1 + z) * (mills(z) if z < 2000 else mp.mpf(1) / z * (1 - 1 / z**2 + 3 / z**4 - 15 / z**6
                      + 105 / z**8 - 945 / z**10 + 10395 / z**12 - 135135 / z**14)))
    coefficients = []
    for k in range(terms):
        total = sum(v * mp.cos(mp.pi * k * (i + mp.mpf(1) / 2) / nodes) for i, v in enumerate(values))
        coefficients.append(total * (1 if k == 0 else 2) / nodes)
    return coefficients


# ---------------------------------------------------------------- reference values
BITS = 256
ONE = 1 << BITS


def fixed(x):
    return int(mp.nint(mp.ldexp(x, BITS)))


def sum_below(a, x):
    """P(a, x) / D, D = x^a e^-x / Gamma(a + 1): 1 + x/(a+1) + x^2/((a+1)(a+2)) + ..."""
    top, bottom = fixed(x), fixed(a)
    term = total = ONE
    while term:
        bottom += ONE
        term = term * top // bottom
        total += term
    return mp.ldexp(mp.mpf(total), -BITS)


def sum_above(a, x):
    """Q(a, x) / D for 2a an integer: a/x + a(a-1)/x^2 + ..., the rest by erfc."""
    top, bottom = fixed(a), fixed(x)
    term, total = ONE, 0
    while term and top >= ONE:
        term = term * top // bottom
        total += term
        top -= ONE
    value = mp.ldexp(mp.mpf(total), -BITS)
    if top and term:
        assert 2 * top == ONE, "half-integer shapes only"
        value += mp.erfc(mp.sqrt(x)) / mp.exp(log_point(a, x))
    return value


@lru_cache(maxsize=None)
def log_factorial(a):
    return mp.loggamma(a + 1)


def log_point(a, x):
    with mp.workdps(90):
        return a * mp.log(x) - x - log_factorial(a)


def limit(shape, tail, upper, mid_p):
    """Root of the tail equation by fourth-order steps, substituted back at the end."""
    shape, tail = mp.mpf(shape), mp.mpf(tail)
    half = mp.mpf(1) / 2 if mid_p else mp.mpf(0)
    z = normal_quantile(tail) * (1 if upper else -1)
    base = 1 - 1 / (9 * shape) + z / (3 * mp.sqrt(shape))
    x = shape * base**3 if base > mp.mpf("0.2") else mp.exp((mp.log(tail) + log_factorial(shape)) / shape)

    def ratio(x):
        if upper:
            share = sum_above(shape, x) + half
        else:
            share = sum_below(shape, x) - half
        return share, mp.exp(log_point(shape, x)) * share / tail

    for _ in range(60):
        share, r = ratio(x)
        # density / point: shape/x for gamma, (1 + shape/x)/2 for mid-P
        density = (1 + shape / x) / 2 if mid_p else shape / x
        scale_ = share / density * (-1 if upper else 1)
        if abs(r - 1) > mp.mpf("0.2"):
            step = -scale_ * mp.log(r)
            if upper:
                x += step
            else:
                x *= mp.exp(step / x)
            continue
        u = -scale_ * (1 - 1 / r)
        l1 = (shape - 1) / x - 1 + (1 / (shape + x) - 0 if mid_p else 0)
        l2 = -(shape - 1) / x**2 - (1 / (shape + x) ** 2 if mid_p else 0)
        step = u - l1 / 2 * u**2 + (2 * l1**2 - l2) / 6 * u**3
        x += step
        if abs(step) < x * mp.mpf(10) ** -15:
            break
    residual = abs(ratio(x)[1] - 1)
    assert residual < mp.mpf(10) ** -38, (shape, tail, upper, mid_p, residual)
    return x


def tail_quadrature(a, x, upper):
    """P or Q by quadrature of the density: independent of the sums, and right for any shape."""
    a, x = mp.mpf(a), mp.mpf(x)
    log_density = lambda y: log_point(a, y) + mp.log(a) - mp.log(y)
    peak = log_density(x)
    sd = mp.sqrt(a)
    slope = abs((a - 1) / x - 1)
    width = 1 / max(slope, 1 / sd / 8)
    edges = [mp.mpf(0)] + [width * 2**k for k in range(0, 9)]
    if upper:
        pieces = [x + e for e in edges]
    else:
        pieces = [max(x - e, mp.mpf(0)) for e in edges]
    value = mp.quad(lambda y: mp.exp(log_density(y) - peak) if y > 0 else mp.mpf(0), pieces)
    return abs(value) * mp.exp(peak)


def digits(x, n=22):
    return mp.nstr(x, n, min_fixed=-4, max_fixed=21)


COUNTS = [0, 1, 2, 3, 5, 10, 50, 100, 127, 128, 129, 255, 256, 389, 1000, 10**4, 10**6, 10**9]
LEVELS = ["0.5", "0.9", "0.95", "0.99", "0.998", "0.999", "0.9999", "0.999999"]
FAR_COUNTS = [1, 2, 5, 20, 127, 128, 300, 1000, 5000, 20000, 100000, 10**6]
FAR_TAILS = ["0.4", "1e-7", "1e-9", "1e-12", "1e-20", "1e-50", "1e-150", "1e-299"]


def tail_of(level):
    return (1 - Fraction(level)) / 2


def decimal(fraction):
    text = mp.nstr(mp.mpf(fraction.numerator) / fraction.denominator, 20, min_fixed=-9)
    assert Fraction(text) == fraction
    return text


def row(count, tail):
    values = []
    for offset, mid_p in ((0, False), (0, True), (Fraction(1, 2), False)):
        low_shape = mp.mpf(count) + (mp.mpf(1) / 2 if offset else 0)
        high_shape = low_shape if (offset or mid_p) else low_shape + 1
        values.append(digits(limit(low_shape, tail, False, mid_p)) if count else "0")
        if count == 0 and mid_p:
            values.append(digits(-mp.log(2 * mp.mpf(tail))))
        else:
            values.append(digits(limit(high_shape, tail, True, mid_p)))
    return values


LIMITS_NOTE = """# Limits for one count, tail probability on each side, 22 digits, by tools/special_functions.py (mpmath,
# 256-bit sums of positive terms, every root substituted back to 1e-38).
count,tail,exact_lower,exact_upper,mid_p_lower,mid_p_upper,jeffreys_lower,jeffreys_upper
"""


def write_limits(name, counts, tails):
    with open(os.path.join(OUT, "reference", name), "w") as out:
        out.write(LIMITS_NOTE)
        for count in counts:
            for tail in tails:
                out.write(",".join([str(count), tail] + row(count, mp.mpf(tail))) + "\n")
            print(name, count, flush=True)


TAIL_SHAPES = [0.5, 1.0, 1.5, 2.7, 9.5, 10.0, 30.3, 100.0, 127.5, 128.0, 200.0, 1000.0, 1e5, 1e9, 1e14, 1.8e19]
TAIL_LEVELS = ["0.4", "0.01", "1e-6", "1e-20", "1e-100", "1e-299"]


def write_tails():
    with open(os.path.join(OUT, "reference", "tails.csv"), "w") as out:
        out.write("# P and Q of the incomplete gamma function at doubles a and x (shortest decimals), by\n"
                  "# tools/special_functions.py: mpmath.gammainc below 1e4, quadrature of the density above.\n"
                  "shape,x,small_tail,which\n")
        for shape in TAIL_SHAPES:
            for level in TAIL_LEVELS:
                for upper in (False, True):
                    a = mp.mpf(shape)
                    z = normal_quantile(mp.mpf(level)) * (1 if upper else -1)
                    base = 1 - 1 / (9 * a) + z / (3 * mp.sqrt(a))
                    if base > mp.mpf("0.3"):
                        start = a * base**3 if shape < 1e6 else a + z * mp.sqrt(a) + (z * z - 1) / 3
                    else:
                        start = mp.exp((mp.log(mp.mpf(level)) + log_factorial(a)) / a)
                    x = float(start)
                    if x < 1e-290:
                        continue
                    if shape < 1e4:
                        with mp.workdps(60):
                            if upper:
                                value = mp.gammainc(a, mp.mpf(x), mp.inf, regularized=True)
                            else:
                                value = mp.exp(log_point(a, mp.mpf(x))) * sum_below(a, mp.mpf(x))
                    else:
                        value = tail_quadrature(a, x, upper)
                    if value < mp.mpf("1e-305"):
                        continue
                    out.write(f"{shape!r},{x!r},{digits(value)},{'Q' if upper else 'P'}\n")
            print("tails", shape, flush=True)


def real_quantile(shape, tail, upper):
    """The gamma quantile for any shape by Newton steps on the logarithm of mpmath's own incomplete gamma function."""
    a, tail = mp.mpf(shape), mp.mpf(tail)
    z = normal_quantile(tail) * (1 if upper else -1)
    base = 1 - 1 / (9 * a) + z / (3 * mp.sqrt(a))
    x = a * base**3 if base > mp.mpf("0.3") else mp.exp((mp.log(tail) + mp.loggamma(a + 1)) / a)
    for _ in range(80):
        limits = (x, mp.inf) if upper else (0, x)
        value = mp.gammainc(a, *limits, regularized=True)
        relative = mp.log(value / tail) * value / (mp.exp(log_point(a, x)) * a)
        x = x + relative * x if upper else x * mp.exp(-relative)
        if abs(relative) < mp.mpf(10) ** -40:
            return x
    raise ArithmeticError((shape, tail, upper))


REAL_SHAPES = [0.6, 0.9, 1.25, 2.7, 4.1, 7.3, 9.99, 14.75, 33.3, 70.7, 101.1, 127.9, 128.3, 300.7]


def write_shapes():
    with open(os.path.join(OUT, "reference", "shapes.csv"), "w") as out:
        out.write("# Gamma quantiles at double shapes, by tools/special_functions.py (mpmath.gammainc, Newton to 1e-40).\n"
                  "shape,tail,lower,upper\n")
        for shape in REAL_SHAPES:
            for tail in ("0.45", "0.25", "0.025", "0.0005", "0.0000005"):
                pair = (digits(real_quantile(shape, tail, upper)) for upper in (False, True))
                out.write(",".join([repr(shape), tail, *pair]) + "\n")


def write_normal():
    tails = [0.5, 0.49, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.075, 0.0749, 0.05, 0.025, 0.01, 0.005, 0.001, 5e-4, 5e-5,
             5e-6, 5e-7, 1e-8, 1e-10, 1.38e-11, 1.4e-11, 1e-12, 1e-15, 1e-20, 1e-30, 1e-50, 1e-100, 1e-200, 1e-300,
             0.6, 0.75, 0.9, 0.99, 0.999999, 1 - 2.0**-50]
    tails += [0.0005 * 1.17**k for k in range(1, 40)] + [10.0 ** (-0.37 * k) for k in range(1, 80)]
    with open(os.path.join(OUT, "reference", "normal.csv"), "w") as out:
        out.write("# z with P(Z > z) = tail at the double nearest to the decimal, by tools/special_functions.py (mpmath).\n"
                  "tail,z\n")
        for tail in tails:
            out.write(f"{tail!r},{digits(normal_quantile(mp.mpf(tail)))}\n")


def write_digamma():
    shapes = [1e-12, 1e-6, 0.003, 0.2, 0.5, 1.0, 1.7, 4.2, 9.99, 10.0, 10.5, 33.0, 1e3, 12345.678, 1e8, 1e15, 1e30]
    counts = [1, 2, 7, 15, 16, 19, 20, 40, 1000, 10**6, 10**12, 10**19]
    with open(os.path.join(OUT, "reference", "digamma.csv"), "w") as out:
        out.write("# psi(shape + count) - ln(shape + count) - psi(shape) + ln(shape), and ln Gamma(shape) less Stirling's\n"
                  "# formula, at double shapes, by tools/special_functions.py (mpmath at 120 digits).\n"
                  "shape,count,gain,rest\n")
        with mp.workdps(120):
            for shape in shapes:
                a = mp.mpf(shape)
                rest = mp.loggamma(a) - (a - 0.5) * mp.log(a) + a - mp.log(2 * mp.pi) / 2
                for count in counts:
                    gain = mp.digamma(a + count) - mp.log(a + count) - mp.digamma(a) + mp.log(a)
                    out.write(f"{shape!r},{count},{mp.nstr(gain, 20)},{mp.nstr(rest, 20)}\n")


# ---------------------------------------------------------------- the binomial distribution, by odds


def log_binomial_point(x, y, odds):
    """ln P(X = x) for X ~ Binomial(x + y, odds/(1 + odds))."""
    with mp.workdps(90):
        odds = mp.mpf(odds)
        ways = log_factorial(mp.mpf(x + y)) - log_factorial(mp.mpf(x)) - log_factorial(mp.mpf(y))
        return ways + x * mp.log(odds) - (x + y) * mp.log(1 + odds)


def sum_more(x, y, odds):
    """P(X > x) / P(X = x): y/(x+1) odds + y(y-1)/((x+1)(x+2)) odds^2 + ..., the first term taken out."""
    if y == 0:
        return mp.mpf(0)
    step = fixed(odds)
    term = total = ONE
    top, bottom = y - 1, x + 2
    while term and top:
        term = term * top * step // (bottom << BITS)
        total += term
        top, bottom = top - 1, bottom + 1
    return mp.ldexp(mp.mpf(total), -BITS) * y * odds / (x + 1)


def binomial_tails(x, y, odds):
    """P(X < x), P(X = x), P(X > x); beyond the mode, where a tail is not small, one minus the rest."""
    odds = mp.mpf(odds)
    point = mp.exp(log_binomial_point(x, y, odds))
    above = point * sum_more(x, y, odds) if y * odds <= x + 1 else None
    below = point * sum_more(y, x, 1 / odds) if x <= odds * (y + 1) else None
    if above is None:
        above = 1 - below - point
    if below is None:
        below = 1 - above - point
    return below, point, above


def lower_odds(x, y, tail, mid_p):
    """Root of P(X >= x) = tail, or P(X > x) + P(X = x)/2 = tail, by Halley steps on the logarithm of the tail in that
    of the odds, substituted back at the end."""
    tail = mp.mpf(tail)
    if x == 0:
        return mp.mpf(0)
    share = mp.mpf(1) / 2 if mid_p else mp.mpf(1)
    if y == 0:
        return 1 / mp.expm1(-mp.log(tail / share) / x)

    def value(s):
        odds = mp.exp(s)
        below, point, above = binomial_tails(x, y, odds)
        p, q = odds / (1 + odds), 1 / (1 + odds)
        weight = share * (x * q) + (1 - share) * (y * p)
        bend = (-x * share + y * (1 - share)) * p * q / weight
        return above + share * point, point * weight, bend + (x * q - y * p)

    low, high = mp.mpf(-2000), mp.mpf(2000)
    s = mp.log(mp.mpf(x) / (y + 1)) - 2 * normal_quantile(tail) * mp.sqrt(mp.mpf(1) / x + mp.mpf(1) / (y + 1)) / 2
    for _ in range(200):
        t, slope, bend = value(s)
        f = mp.log(t / tail)
        low, high = (s, high) if f < 0 else (low, s)
        first = slope / t
        newton = f / first
        curve = 1 - newton * (bend - first) / 2
        step = newton / curve if curve > mp.mpf("0.5") else newton
        if abs(step) * mp.sqrt(x) < mp.mpf(10) ** -15:
            s -= step
            break
        s = s - step if low < s - step < high else (low + high) / 2
    odds = mp.exp(s)
    residual = abs(value(s)[0] / tail - 1)
    assert residual < mp.mpf(10) ** -38, (x, y, tail, mid_p, residual)
    return odds


def upper_odds(x, y, tail, mid_p):
    return mp.inf if y == 0 else 1 / lower_odds(y, x, tail, mid_p)


ODDS_COUNTS = [0, 1, 2, 3, 10, 30, 60, 1000, 10**5, 10**6, 10**9]
ODDS_LEVELS = ["0.5", "0.9", "0.95", "0.99", "0.998", "0.999999"]


def odds_row(x, y, tail):
    limits = [side(x, y, tail, mid_p) for mid_p in (False, True) for side in (lower_odds, upper_odds)]
    return ",".join([str(x), str(y), tail] + ["0" if v == 0 else "inf" if v == mp.inf else digits(v) for v in limits])


def write_odds_limits():
    with open(os.path.join(OUT, "reference", "odds_limits.csv"), "w") as out:
        out.write("# Limits of binomial odds, x successes and y failures, tail probability on each side, 22 digits, by\n"
                  "# tools/special_functions.py (mpmath, 256-bit sums of positive terms, every root substituted back to 1e-38).\n"
                  "x,y,tail,exact_lower,exact_upper,mid_p_lower,mid_p_upper\n")
        for i, x in enumerate(ODDS_COUNTS):
            for y in ODDS_COUNTS[i:]:
                if y:
                    for level in ODDS_LEVELS:
                        out.write(odds_row(x, y, decimal(tail_of(level))) + "\n")
            print("odds", x, flush=True)


BINOMIAL_COUNTS = [0, 1, 2, 9, 60, 999, 1000, 20000, 10**6, 10**9]
BINOMIAL_LEVELS = ["0.4", "1e-3", "1e-12", "1e-60", "1e-299"]


def write_binomial_tails():
    with open(os.path.join(OUT, "reference", "binomial_tails.csv"), "w") as out:
        out.write("# P(X < x), P(X = x) and P(X > x) of Binomial(x + y, odds/(1 + odds)) at double odds (shortest decimals),\n"
                  "# by tools/special_functions.py (mpmath, 256-bit sums of positive terms).\n"
                  "x,y,odds,below,point,above\n")
        for x in BINOMIAL_COUNTS:
            for y in BINOMIAL_COUNTS:
                if x < y and y < 10**9 or x > y and x < 10**6:
                    levels = BINOMIAL_LEVELS[::2]
                else:
                    levels = BINOMIAL_LEVELS
                places = []
                for level in levels:
                    if x:
                        places.append(float(lower_odds(x, y, level, False)))
                    if y:
                        places.append(float(upper_odds(x, y, level, False)))
                for odds in places:
                    if 1e-290 < odds < 1e290:
                        values = binomial_tails(x, y, odds)
                        out.write(",".join([str(x), str(y), repr(odds)] + [digits(v) for v in values]) + "\n")
            print("binomial tails", x, flush=True)


# ---------------------------------------------------------------- quantiles of counts, interpolated


def poisson_sums(count, mean):
    """P(X < count) / P(X = count) and P(X > count) / P(X = count) of a Poisson count: sums of positive terms."""
    step = fixed(mean)
    below = above = 0
    term, top = ONE, count
    while term and top:
        term = (term * top << BITS) // step
        below += term
        top -= 1
    term, bottom = ONE, count + 1
    while term:
        term = term * step // (bottom << BITS)
        above += term
        bottom += 1
    return mp.ldexp(mp.mpf(below), -BITS), mp.ldexp(mp.mpf(above), -BITS)


def discrete_quantile(start, most, tail, upper, at):
    """The smallest count r with P(X <= r) >= tail, or P(X > r) <= tail, and (F(r) - p) / P(X = r) there; `at` gives
    the probability of a count and of what lies below and above it, over that."""
    tail, r = mp.mpf(tail), max(0, min(int(mp.floor(start)), most))

    def excess(r):
        point, below, above = at(r)
        return (tail - above * point if upper else (below + 1) * point - tail) / point

    while excess(r) < 0:
        r += 1
    while r > 0 and excess(r - 1) >= 0:
        r -= 1
    return r, excess(r)


DISCRETE_MEANS = ["0.001", "0.02", "0.5", "1", "2", "3", "5", "7.3", "10", "20", "50", "127.5", "389", "1000", "1e4",
                  "1234567.8", "1e9"]
DISCRETE_TAILS = ["0.25", "0.025", "0.001", "5e-7", "1e-12"]
DISCRETE_TOTALS = [1, 5, 30, 1000, 10**6, 10**9]
DISCRETE_ODDS = [1e-8, 0.01, 1 / 3, 1.0, 9.0]


def write_discrete():
    with open(os.path.join(OUT, "reference", "discrete.csv"), "w") as out:
        out.write("# Quantiles of Poisson and binomial counts: the count r and the share (F(r) - p) / P(X = r) of Spiegelhalter\n"
                  "# (2005), and r - share, 22 digits, by tools/special_functions.py (mpmath, 256-bit sums of positive terms).\n"
                  "law,mean,total,odds,side,tail,count,share,quantile\n")

        def line(law, mean, total, odds, sd, tail, upper, most, at):
            z = normal_quantile(mp.mpf(tail)) * (1 if upper else -1)
            r, share = discrete_quantile(mean + z * sd + (z * z - 1) / 6, most, tail, upper, at)
            named = [law, repr(float(mean)), str(total), repr(odds), "upper" if upper else "lower", tail]
            out.write(",".join(named + [str(r), digits(share), digits(r - share)]) + "\n")

        for tail in DISCRETE_TAILS:
            for upper in (False, True):
                for text in DISCRETE_MEANS:
                    mean = mp.mpf(float(text))
                    at = lambda r: (mp.exp(log_point(mp.mpf(r), mean)), *poisson_sums(r, mean))
                    line("poisson", mean, 0, 0.0, mp.sqrt(mean), tail, upper, 10**12, at)
                for total in DISCRETE_TOTALS:
                    for odds in DISCRETE_ODDS:
                        p = mp.mpf(odds) / (1 + mp.mpf(odds))

                        def at(r):
                            below, point, above = binomial_tails(r, total - r, odds)
                            return point, below / point, above / point

                        line("binomial", total * p, total, odds, mp.sqrt(total * p * (1 - p)), tail, upper, total, at)
            print("discrete", tail, flush=True)


# ---------------------------------------------------------------- output


def literal(x):
    value = float(x) if isinstance(x, mp.mpf) else x.numerator / x.denominator
    return repr(value) if value else "0.0"


def wrapped(values, indent):
    text = ", ".join(literal(v) for v in values)
    return textwrap.wrap(text, 116 - indent, initial_indent=" " * indent, subsequent_indent=" " * indent)


def table(name, note, rows):
    lines = [f"/// {note}", "#[rustfmt::skip]", f"pub(super) const {name}: [&[f64]; {len(rows)}] = ["]
    for r in rows:
        lines += ["    &["] + wrapped(r, 8) + ["    ],"]
    return lines + ["];", ""]


def matrix(name, note, columns):
    height = max(len(c) for c in columns)
    rows = [[c[d] if d < len(c) else Fraction(0) for c in columns] for d in reversed(range(height))]
    head = f"pub(super) const {name}: [[f64; {len(columns)}]; {height}] = ["
    lines = [f"/// {note}", "#[rustfmt::skip]", head]
    for r in rows:
        lines += ["    ["] + wrapped(r, 8) + ["    ],"]
    return lines + ["];", ""]


def vector(name, note, values):
    head = f"pub(super) const {name}: [f64; {len(values)}] = ["
    return [f"/// {note}", "#[rustfmt::skip]", head] + wrapped(values, 4) + ["];", ""]


TERMS = 13


def parity(rows):
    """q_k has the parity of k + 1: keep every second coefficient, so that the polynomial is in z^2 (times z)."""
    out = []
    for k, q in enumerate(rows, start=1):
        start = (k + 1) % 2
        assert all(c == 0 for c in q[1 - start :: 2])
        out.append(q[start::2])
    return out


def write_coefficients():
    lines = ["//! Written by `tools/special_functions.py coefficients`; do not edit.", "",
             '#![allow(clippy::approx_constant, reason = "a Taylor coefficient may be a well-known constant")]', ""]
    note = "A row for each power of z^2, highest first: its coefficients in q_1(z), q_2(z)/z, q_3(z), q_4(z)/z, ..."
    lines += matrix("GAMMA_SERIES", note, parity(quantile_series(TERMS, False)))
    lines += matrix("MID_P_SERIES", "The same for the mid-P limits.", parity(quantile_series(TERMS, True)))
    short = []
    for k, row in enumerate(temme_coefficients(TEMME_ORDERS, 40)):
        keep = [n for n, c in enumerate(row) if abs(float(c)) * 0.62**n / 128.0**k > 2e-18]
        if keep:
            short.append(row[: max(keep) + 1])
    lines += table("UNIFORM", "`c_k(eta)` of the uniform expansion, in powers of eta.", short)
    note = "`ln Gamma(a + 1) - (a + 1/2) ln a + a - ln(2 pi)/2` in odd powers of 1/a."
    lines += vector("STIRLING", note, stirling_terms(8))
    taylor = mp.taylor(mp.rgamma, mp.mpf(3) / 2, 40)
    while abs(taylor[-1]) * mp.mpf(2) ** (1 - len(taylor)) < mp.mpf("1e-18"):
        taylor.pop()
    lines += vector("INVERSE_GAMMA", "`1 / Gamma(3/2 + h)` in powers of h, for h from -1/2 to 1/2.", taylor)
    chebyshev = mills_chebyshev(40)
    while abs(chebyshev[-1]) < mp.mpf("1e-18"):
        chebyshev.pop()
    note = f"Chebyshev coefficients of (1 + z) P(Z > z) / phi(z) in (z - {MILLS_SCALE})/(z + {MILLS_SCALE})."
    lines += vector("MILLS", note, chebyshev)
    with open(os.path.join(OUT, "coefficients.rs"), "w") as out:
        out.write("\n".join(lines).rstrip() + "\n")


TEMME_ORDERS = 8


def check():
    q = quantile_series(4, False)
    assert q[0] == [Fraction(-1, 3), 0, Fraction(1, 3)] and q[1] == [0, Fraction(-7, 36), 0, Fraction(1, 36)]
    assert q[2] == [Fraction(16, 810), 0, Fraction(-7, 810), 0, Fraction(-3, 810)]
    d = temme_coefficients(3, 3)
    assert d[0][:3] == [Fraction(-1, 3), Fraction(1, 12), Fraction(-2, 135)]
    assert d[1][0] == Fraction(-1, 540) and d[2][0] == Fraction(25, 6048)
    print("known coefficients agree")
    for a, x in ((1, "0.3"), (20, 12), (20, 30), (1000, 950), ("300.5", 350), (2500, 2450)):
        a, x = mp.mpf(a), mp.mpf(x)
        point = mp.exp(log_point(a, x))
        below, above = point * sum_below(a, x), point * sum_above(a, x)
        e1 = abs(below / mp.gammainc(a, 0, x, regularized=True) - 1)
        e2 = abs(above / mp.gammainc(a, x, mp.inf, regularized=True) - 1)
        e3 = abs(below + above - 1)
        e4 = abs(tail_quadrature(a, x, True) / above - 1)
        print("sums against gammainc", a, x, *(mp.nstr(e, 2) for e in (e1, e2, e3)), "quadrature", mp.nstr(e4, 2))
        assert max(e1, e2, e3) < mp.mpf(10) ** -40 and e4 < mp.mpf(10) ** -25
    for a, x in ((10**6, 1004900), (10**9, 999900000)):
        a, x = mp.mpf(a), mp.mpf(x)
        point = mp.exp(log_point(a, x))
        sums = point * (sum_above(a, x) if x > a else sum_below(a, x))
        error = abs(tail_quadrature(a, x, x > a) / sums - 1)
        print("sums against quadrature", a, x, mp.nstr(error, 2))
        assert error < mp.mpf(10) ** -25
    for x, y, odds in ((1, 3, "0.01"), (60, 30, "1.4"), (60, 30, 3), (1000, 900, "1.2"), (2, 10**4, "1e-5"), (10**6, 10**6, "1.002")):
        odds = mp.mpf(odds)
        below, point, above = binomial_tails(x, y, odds)
        p = odds / (1 + odds)
        e1 = abs(mp.betainc(x + 1, y, 0, p, regularized=True) / above - 1) if x < 10**5 else mp.mpf(0)
        e2 = abs(mp.betainc(y + 1, x, 0, 1 - p, regularized=True) / below - 1) if x < 10**5 else mp.mpf(0)
        sd = 1 / mp.sqrt(mp.mpf(x + y) * p * (1 - p))
        density = lambda s: mp.exp(log_binomial_point(x, y, odds * mp.exp(s)) - log_binomial_point(x, y, odds)) \
            * y / (1 + mp.exp(-s) / odds)
        pieces = [-sd * k for k in range(20)] if x > 2 else [-mp.mpf(2) ** k for k in range(6, -4, -1)][::-1]
        pieces = sorted(set([mp.mpf(0)] + pieces), reverse=True)
        e3 = abs(-mp.quad(density, pieces) * point / above - 1)
        print("binomial sums against betainc", x, y, *(mp.nstr(e, 2) for e in (e1, e2)), "quadrature", mp.nstr(e3, 2))
        assert max(e1, e2) < mp.mpf(10) ** -35 and e3 < mp.mpf(10) ** -20


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else "check"
    if what == "coefficients":
        write_coefficients()
    elif what == "reference":
        write_normal()
        write_digamma()
        write_tails()
        write_shapes()
        write_limits("limits.csv", COUNTS, [decimal(tail_of(level)) for level in LEVELS])
        write_limits("far_limits.csv", FAR_COUNTS, FAR_TAILS)
        write_odds_limits()
        write_binomial_tails()
        write_discrete()
    else:
        check()
