"""The Student t survival function and what it needs, on numpy alone."""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TINY = 1e-300
_MAX_TERMS = 300


def student_survival(t: Floats, degrees: Floats | float) -> Floats:
    """P(T > t) for Student's t; t and degrees broadcast, degrees > 0.

    P(T > |t|) = ½ I_x(ν/2, ½) with x = ν/(ν + t²), I the regularised incomplete beta function.
    """
    t, degrees = np.broadcast_arrays(np.asarray(t, float), np.asarray(degrees, float))
    with np.errstate(over="ignore"):
        square = np.minimum(t * t, 1e300)
    tail = 0.5 * regularised_beta(degrees / (degrees + square), 0.5 * degrees, 0.5)
    return np.where(t > 0, tail, 1.0 - tail)


def regularised_beta(x: Floats, a: Floats | float, b: Floats | float) -> Floats:
    """I_x(a, b) for 0 ≤ x ≤ 1, by Lentz's continued fraction; all broadcast.

    The symmetry I_x(a, b) = 1 − I_{1−x}(b, a) keeps the fraction where it converges fast.
    """
    x, a, b = np.broadcast_arrays(np.asarray(x, float), np.asarray(a, float), np.asarray(b, float))
    swap = x > (a + 1.0) / (a + b + 2.0)
    z = np.where(swap, 1.0 - x, x)
    p, q = np.where(swap, b, a), np.where(swap, a, b)
    inside = np.clip(z, _TINY, 1.0 - 1e-16)
    log_front = (
        log_gamma(p + q) - log_gamma(p) - log_gamma(q) + p * np.log(inside) + q * np.log1p(-inside)
    )
    value = np.exp(log_front) / p * _beta_fraction(inside, p, q)
    value = np.clip(np.where(z <= 0.0, 0.0, value), 0.0, 1.0)
    return np.where(swap, 1.0 - value, value)


def _beta_fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    """The fraction, each element followed until it has converged, whatever the others do."""
    shape = x.shape
    x, a, b = x.ravel(), a.ravel(), b.ravel()
    found = np.empty_like(x)
    left = np.arange(len(x))
    c = np.ones_like(x)
    d = 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1.0))
    value = d.copy()
    for m in range(1, _MAX_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        d = 1.0 / _away_from_zero(1.0 + even * d)
        c = _away_from_zero(1.0 + even / c)
        value = value * d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        d = 1.0 / _away_from_zero(1.0 + odd * d)
        c = _away_from_zero(1.0 + odd / c)
        step = d * c
        value = value * step
        is_open = np.abs(step - 1.0) >= 1e-13
        if not is_open.all():
            found[left[~is_open]] = value[~is_open]
            left, x, a, b = left[is_open], x[is_open], a[is_open], b[is_open]
            c, d, value = c[is_open], d[is_open], value[is_open]
        if not len(left):
            break
    found[left] = value
    return found.reshape(shape)


def _away_from_zero(value: Floats) -> Floats:
    return np.where(np.abs(value) < _TINY, _TINY, value)


_LANCZOS = (
    0.99999999999980993,
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7,
)


def log_gamma(x: Floats) -> Floats:
    """The log of Γ(x) for x > 0, by Lanczos' approximation (g = 7, relative error below 1e-13)."""
    x = np.asarray(x, float)
    small = x < 0.5
    z = np.where(small, x, x - 1.0)
    total = np.full_like(z, _LANCZOS[0])
    for index, coefficient in enumerate(_LANCZOS[1:], start=1):
        total = total + coefficient / (z + index)
    base = z + 7.5
    value = 0.5 * math.log(2.0 * math.pi) + (z + 0.5) * np.log(base) - base + np.log(total)
    return np.where(small, value - np.log(np.where(small, x, 1.0)), value)
