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


def legendre(nodes):
    """Nodes above 0 and weights of Gauss and Legendre's rule, by Newton steps from Chebyshev's nodes."""
    out = []
    for i in range(nodes // 2):
        x = mp.cos(mp.pi * (i + mp.mpf(3) / 4) / (nodes + mp.mpf(1) / 2))
        for _ in range(100):
            last, value = mp.mpf(1), x
            for k in range(2, nodes + 1):
                last, value = value, ((2 * k - 1) * x * value - (k - 1) * last) / k
            slope = nodes * (x * value - last) / (x * x - 1)
            step = value / slope
            x -= step
            if abs(step) < mp.mpf(10) ** -50:
                break
        out.append((x, 2 / ((1 - x * x) * slope * slope)))
    return out[::-1]


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


# ---------------------------------------------------------------- counts with overdispersion
# A negative binomial count has mean E and variance E + v E^2, so its size is s = 1/v; with p = vE/(1 + vE),
# P(X = x) = Gamma(x + s) / (Gamma(s) x!) p^x (1 - p)^s. A beta-binomial count is one of n at odds and an intra-class
# correlation rho = 1/(a + b + 1), a = theta (1/rho - 1), b = (1 - theta) (1/rho - 1).


def enough_digits(*sizes):
    """Differences of loggamma at these sizes keep 60 digits."""
    return 90 + 2 * int(max(mp.log10(max(mp.mpf(s), 1)) for s in sizes))


def negative_binomial_point(x, mean, v):
    mean, v = mp.mpf(mean), mp.mpf(v)
    with mp.workdps(enough_digits(1 / v, x)):
        s = 1 / v
        ways = mp.loggamma(x + s) - mp.loggamma(s) - mp.loggamma(x + mp.mpf(1))
        return mp.exp(ways - s * mp.log1p(v * mean) + (x * mp.log(v * mean / (1 + v * mean)) if x else 0))


def negative_binomial_ratio(x, mean, v, upper):
    """P(X > x) or P(X < x) over P(X = x): the sum of terms if they are few, else the beta integral by quadrature."""
    mean, v = mp.mpf(mean), mp.mpf(v)
    if not upper and x == 0:
        return mp.mpf(0)
    p = v * mean / (1 + v * mean)
    few = 200 / (1 - p) + abs(x - mean) if upper else x
    if few + 100 * mp.sqrt(mean + v * mean**2) < 30000:
        term, total, k = mp.mpf(1), mp.mpf(0), x
        while term > total * mp.mpf(10) ** -55:
            if upper:
                term *= mean * (1 + v * k) / ((k + 1) * (1 + v * mean))
                k += 1
            else:
                if k == 0:
                    break
                term *= k * (1 + v * mean) / (mean * (1 + v * (k - 1)))
                k -= 1
            total += term
        return total
    with mp.workdps(60 + int(max(0, -mp.log10(v))) + int(max(0, mp.log10(mean)))):
        s, top = 1 / v, mp.mpf(1) if upper else 1 / (v * mean)
        if upper:  # t = p (1 - g), so 1 - t = (1 - p) (1 + v mean g)
            log_of = lambda g: (x * mp.log1p(-g) if x else mp.mpf(0)) + (s - 1) * mp.log1p(v * mean * g)
            factor = mean * (1 + v * x)
        else:  # t = p (1 + g)
            log_of = lambda g: (x - 1) * mp.log1p(g) + (s - 1) * mp.log1p(-v * mean * g)
            factor = x * (1 + v * mean)
        width = min(1 / (abs(x - mean) + 1), 1 / mp.sqrt(x + v * mean**2 + 1), 1 / (v * mean), top / 4)
        edges = [mp.mpf(0), width]
        while edges[-1] < top * mp.mpf("0.45") and log_of(edges[-1]) > -150:
            edges.append(edges[-1] * 2)
        if log_of(edges[-1]) > -150:
            edges += [top - (top - edges[-1]) * mp.mpf(2) ** -j for j in range(1, 8)]
            edges.append(top)
        value = mp.quad(lambda g: mp.exp(log_of(g)) if g < top else mp.mpf(0), edges)
        # Rounding may step beyond the end by a last digit, where the power is no longer real.
        return factor * mp.re(value)


def negative_binomial_tails(x, mean, v):
    point = negative_binomial_point(x, mean, v)
    if x >= mean or v > 2:
        above = point * negative_binomial_ratio(x, mean, v, True)
        return 1 - above - point if x else mp.mpf(0), point, above
    below = point * negative_binomial_ratio(x, mean, v, False)
    return below, point, 1 - below - point


def gamma_like(mean, variance, level, upper):
    """The quantile of the gamma distribution with these moments, roughly."""
    shape, scale_ = mean**2 / variance, variance / mean
    z = normal_quantile(mp.mpf(level)) * (1 if upper else -1)
    base = 1 - 1 / (9 * shape) + z / (3 * mp.sqrt(shape))
    if shape > 4 and base > mp.mpf("0.3"):
        return shape * base**3 * scale_
    if upper:
        return scale_ * max(mp.mpf("0.1"), -mp.log(level) + (shape - 1) * mp.log(-mp.log(level)))
    return scale_ * mp.exp((mp.log(mp.mpf(level)) + mp.loggamma(shape + 1)) / shape)


NEGATIVE_BINOMIAL_MEANS = [0.001, 0.3, 1.0, 4.7, 38.0, 333.5, 12345.6, 1e7, 1e11, 1e15]
NEGATIVE_BINOMIAL_VARIANCES = [1e-300, 1e-30, 1e-17, 1e-12, 1e-8, 1e-5, 0.001, 0.0859, 0.7, 1.0, 3.3, 50.0, 1e4]
OVERDISPERSED_LEVELS = ["0.4", "1e-3", "1e-20", "1e-100", "1e-290"]


def write_negative_binomial():
    with open(os.path.join(OUT, "reference", "negative_binomial_tails.csv"), "w") as out:
        out.write("# P(X < x), P(X = x) and P(X > x) of a negative binomial count at doubles, its variance mean + v mean^2, by\n"
                  "# tools/special_functions.py (mpmath: sums of positive terms, or quadrature of the beta density).\n"
                  "x,mean,v,below,point,above\n")
        for mean in NEGATIVE_BINOMIAL_MEANS:
            for v in NEGATIVE_BINOMIAL_VARIANCES:
                seen = {0}
                m = mp.mpf(mean)
                for level in OVERDISPERSED_LEVELS:
                    for upper in (False, True):
                        x = gamma_like(m, m + v * m**2, level, upper)
                        if x < 2**53:
                            seen.add(int(x) + (1 if upper else 0))
                for x in sorted(seen):
                    values = negative_binomial_tails(x, mean, v)
                    if values[1] > mp.mpf("1e-306"):
                        out.write(",".join([str(x), repr(mean), repr(v)] + [digits(t) if t else "0" for t in values]) + "\n")
            print("negative binomial", mean, flush=True)


def beta_binomial_terms(n, odds, rho):
    """Gives P(X = k) for every k asked for, and the ratio of P(X = k + 1) to it."""
    theta, size = mp.mpf(odds) / (1 + mp.mpf(odds)), 1 / mp.mpf(rho) - 1
    a, b = theta * size, size - theta * size

    def point(k):
        with mp.workdps(enough_digits(size, n)):
            theta_, size_ = mp.mpf(odds) / (1 + mp.mpf(odds)), 1 / mp.mpf(rho) - 1
            a_, b_ = theta_ * size_, size_ - theta_ * size_
            lg = mp.loggamma
            ways = lg(mp.mpf(n + 1)) - lg(mp.mpf(k + 1)) - lg(mp.mpf(n - k + 1))
            return mp.exp(ways + lg(k + a_) + lg(n - k + b_) - lg(n + size_) - lg(a_) - lg(b_) + lg(size_))

    return point, a, b


def sum_beta_binomial(n, x, a, b, upper):
    """P(X > x) or P(X < x) over P(X = x): a sum of positive terms."""
    if not upper:
        return sum_beta_binomial(n, n - x, b, a, True)
    a, b = int(mp.nint(mp.ldexp(a, BITS))), int(mp.nint(mp.ldexp(b, BITS)))
    term, total, k = ONE << 64, 0, x
    while k < n and term:
        term = term * (n - k) * ((k << BITS) + a) // ((k + 1) * (((n - k - 1) << BITS) + b))
        total += term
        k += 1
    return mp.ldexp(mp.mpf(total), -BITS - 64)


def beta_above(a, b, t):
    """P(T > t) of a beta distribution by the classic continued fraction (DLMF 8.17.22)."""
    if t < (a + 1) / (a + b + 2):
        return 1 - beta_above(b, a, 1 - t)
    a, b, t = b, a, 1 - t
    front = mp.exp(a * mp.log(t) + b * mp.log1p(-t) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b)) / a
    c, d = mp.mpf(1), 1 / (1 - (a + b) * t / (a + 1))
    value, m = d, 1
    while True:
        step = m * (b - m) * t / ((a + 2 * m - 1) * (a + 2 * m))
        c, d = 1 + step / c, 1 / (1 + step * d)
        value *= c * d
        step = -(a + m) * (a + b + m) * t / ((a + 2 * m) * (a + 2 * m + 1))
        c, d = 1 + step / c, 1 / (1 + step * d)
        value *= c * d
        m += 1
        if abs(c * d - 1) < mp.mpf(10) ** -55:
            return front * value


def mixed_beta_binomial(n, x, a, b, upper):
    """P(X > x) or P(X < x) for very many: the x-th smallest of n uniform numbers is beta distributed, and X > x where
    the true proportion lies above the (x + 1)-th."""
    if not upper:
        return mixed_beta_binomial(n, n - x, b, a, True)
    first, second = mp.mpf(x + 1), mp.mpf(n - x)
    weight = lambda t: (first - 1) * mp.log(t) + (second - 1) * mp.log1p(-t)
    norm = mp.loggamma(first) + mp.loggamma(second) - mp.loggamma(first + second)
    centre = first / (first + second)
    sd = mp.sqrt(centre * (1 - centre) / (n + 2))
    more = lambda t: beta_above(a, b, t)
    steps = [2, 4, 6, 8, 10, 12, 14, 16, 18, 22, 28, 36, 50, 80]
    edges = [centre + sd * k for k in [-s for s in reversed(steps)] + [0] + steps]
    edges = [mp.mpf(0)] * (edges[0] <= 0) + [e for e in edges if 0 < e < 1] + [mp.mpf(1)] * (edges[-1] >= 1)
    return mp.quad(lambda t: mp.exp(weight(t) - norm) * more(t) if 0 < t < 1 else mp.mpf(0), edges)


BETA_BINOMIAL_TOTALS = [1, 2, 7, 60, 1000, 20000, 10**6]
BETA_BINOMIAL_ODDS = [1e-6, 0.02, 0.7, 5.0]
BETA_BINOMIAL_RHOS = [1e-200, 1e-20, 1e-9, 1e-5, 0.002, 0.05, 0.4, 0.999]


def write_beta_binomial():
    with open(os.path.join(OUT, "reference", "beta_binomial_tails.csv"), "w") as out:
        out.write("# P(X < x), P(X = x) and P(X > x) of a beta-binomial count x of x + y at double odds, intra-class correlation\n"
                  "# rho, by tools/special_functions.py (mpmath, sums of positive terms; above 10^6 the mixed beta tail).\n"
                  "x,y,odds,rho,below,point,above\n")

        def line(n, x, odds, rho, mixed):
            point, a, b = beta_binomial_terms(n, odds, rho)
            here = point(x)
            if here < mp.mpf("1e-306"):
                return
            if mixed:
                upper = x * mp.mpf(1) > n * odds / (1 + odds)
                one = mixed_beta_binomial(n, x, a, b, upper)
                below, above = (1 - here - one, one) if upper else (one, 1 - here - one)
            else:
                below = here * sum_beta_binomial(n, x, a, b, False)
                above = here * sum_beta_binomial(n, x, a, b, True)
                assert abs(below + here + above - 1) < mp.mpf(10) ** -25, (n, x, odds, rho, below + here + above - 1)
            named = [str(x), str(n - x), repr(odds), repr(rho)]
            out.write(",".join(named + [digits(t) if t else "0" for t in (below, here, above)]) + "\n")

        for n in BETA_BINOMIAL_TOTALS:
            for odds in BETA_BINOMIAL_ODDS[:: 2 if n == 10**6 else 1]:
                for rho in BETA_BINOMIAL_RHOS[:: 2 if n == 10**6 else 1]:
                    p = mp.mpf(odds) / (1 + mp.mpf(odds))
                    mean, variance = n * p, n * p * (1 - p) * (1 + (n - 1) * mp.mpf(rho))
                    seen = {0, n}
                    for level in OVERDISPERSED_LEVELS[:: 2 if n == 10**6 else 1]:
                        for upper in (False, True):
                            x = int(gamma_like(mean, variance, level, upper)) + (1 if upper else 0)
                            if x <= n:
                                seen.add(x)
                            z = normal_quantile(mp.mpf(level)) * (1 if upper else -1)
                            x = int(mean + z * mp.sqrt(variance))
                            if 0 <= x <= n:
                                seen.add(x)
                    for x in sorted(seen):
                        line(n, x, odds, rho, False)
            print("beta-binomial", n, flush=True)
        for n, x, odds, rho in ((10**9, 10**8, 0.1, 0.01), (10**9, 3 * 10**8, 0.1, 0.01), (10**9, 2 * 10**7, 0.1, 0.01),
                                (10**9, 5 * 10**8, 0.7, 0.3), (10**9, 10**3, 0.01, 0.3), (10**9, 2 * 10**6, 0.001, 1e-4),
                                (10**9, 9 * 10**8, 0.5, 0.6), (10**12, 10**11, 0.1, 0.01), (10**9, 10**9 - 100, 0.3, 0.5),
                                (10**12, 9 * 10**10, 0.1, 1e-4), (10**9, 91 * 10**6, 0.1, 1e-5)):
            line(n, x, odds, rho, True)
        print("beta-binomial, very many", flush=True)


OVERDISPERSED_TAILS = ["0.25", "0.025", "0.001", "1e-12"]


def overdispersed_quantile(start, most, tail, upper, at):
    """As discrete_quantile, by steps along tangents between bounds; the share at r is from 0 to below 1 for one r only."""
    tail, low, high = mp.mpf(tail), -1, most + 1
    r = max(0, min(int(start), most))
    while True:
        below, point, above = at(r)
        share = (tail - above) / point if upper else (below + point - tail) / point
        if 0 <= share < 1 or (share >= 0 and r == 0):
            return r, share
        low, high = (low, r) if share >= 0 else (r, high)
        step = r - int(mp.floor(share)) if abs(share) < 10**18 else low
        r = step if low < step < high else (low + high) // 2


def write_overdispersed():
    with open(os.path.join(OUT, "reference", "overdispersed.csv"), "w") as out:
        out.write("# Quantiles of negative binomial and beta-binomial counts as in discrete.csv: `spread` is the variance of the\n"
                  "# true ratio or the intra-class correlation; by tools/special_functions.py (mpmath, as the tails).\n"
                  "law,mean,total,odds,spread,side,tail,count,share,quantile\n")

        def line(named, start, most, tail, upper, at):
            r, share = overdispersed_quantile(start, most, tail, upper, at)
            out.write(",".join(named + ["upper" if upper else "lower", tail, str(r), digits(share), digits(r - share)]) + "\n")

        for tail in OVERDISPERSED_TAILS:
            for upper in (False, True):
                for mean in (0.001, 0.5, 7.3, 127.5, 1e4, 1e9):
                    for v in (1e-12, 0.01, 1.0, 50.0) if mean < 1e4 else (1e-12, 0.01):
                        m = mp.mpf(mean)
                        start = gamma_like(m, m + v * m**2, tail, upper)
                        named = ["negative_binomial", repr(mean), "0", "0.0", repr(v)]
                        line(named, start, 10**17, tail, upper, lambda r: negative_binomial_tails(r, mean, v))
                for n in (1, 30, 1000, 20000):
                    for odds in (0.01, 1 / 3, 9.0):
                        for rho in (1e-9, 0.01, 0.3, 0.9):
                            point, a, b = beta_binomial_terms(n, odds, rho)

                            def at(r):
                                here = point(r)
                                sums = [here * sum_beta_binomial(n, r, a, b, side) for side in (False, True)]
                                return sums[0], here, sums[1]

                            named = ["beta_binomial", "0.0", str(n), repr(odds), repr(rho)]
                            line(named, n * odds / (1 + odds), n, tail, upper, at)
            print("overdispersed", tail, flush=True)


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
    note = "Nodes above 0 of Gauss and Legendre's rule on -1 to 1 with 32 nodes, and their weights."
    lines += [f"/// {note}", "#[rustfmt::skip]", "pub(super) const LEGENDRE: [[f64; 2]; 16] = ["]
    lines += [f"    [{literal(node)}, {literal(weight)}]," for node, weight in legendre(32)] + ["];"]
    with open(os.path.join(OUT, "coefficients.rs"), "w") as out:
        out.write("\n".join(lines).rstrip() + "\n")


TEMME_ORDERS = 8


def recount():
    """The tables of counts and limits that were counted from none: every figure again, term by term."""
    def figures(name):
        with open(os.path.join(OUT, "reference", name)) as table_:
            lines = [line.strip().split(",") for line in table_ if not line.startswith("#")]
        return [dict(zip(lines[0], line)) for line in lines[1:]]

    def terms(mean, v):
        term, k = mp.exp(-mean) if v == 0 else mp.exp(-mp.log1p(v * mean) / v), 0
        while True:
            yield term
            term *= mean * (1 + v * k) / ((k + 1) * (1 + v * mean))
            k += 1

    worst = mp.mpf(0)
    for row_ in figures("negative_binomial_counts.csv"):
        below = mp.mpf(0)
        for k, term in enumerate(terms(mp.mpf(row_["mean"]), mp.mpf(row_["v"]))):
            if k == int(row_["x"]):
                break
            below += term
        for name, value in (("at_most", below + term), ("at_least", 1 - below), ("mid_p", below + term / 2)):
            worst = max(worst, abs(value / mp.mpf(row_[name]) - 1))
    for row_ in figures("negative_binomial_limits.csv"):
        mean, below = mp.mpf(row_["mean"]), mp.mpf(0)
        p = mp.mpf(row_["tail"]) if row_["side"] == "lower" else 1 - mp.mpf(row_["tail"])
        for k, term in enumerate(terms(mean, mp.mpf(row_["v"]))):
            below += term
            if below >= p:
                break
        share = (below - p) / term
        assert k == int(row_["count"]), row_
        worst = max(worst, abs(share - mp.mpf(row_["share"])), abs((k - share) / mean - mp.mpf(row_["limit_ratio"])))
    print("negative binomial counts and limits, counted from none", mp.nstr(worst, 2))
    assert worst < mp.mpf(10) ** -17


def check():
    recount()
    for n, x, odds, rho in ((20000, 3000, 0.1, 0.01), (1000, 2, 0.01, 0.3), (20000, 19990, 0.3, 0.5)):
        point, a, b = beta_binomial_terms(n, odds, rho)
        upper = x > n * odds / (1 + odds)
        error = abs(mixed_beta_binomial(n, x, a, b, upper) / (point(x) * sum_beta_binomial(n, x, a, b, upper)) - 1)
        print("beta-binomial sums against mixed tails", n, x, mp.nstr(error, 2))
        assert error < mp.mpf(10) ** -40
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
        write_negative_binomial()
        write_beta_binomial()
        write_overdispersed()
    else:
        check()
