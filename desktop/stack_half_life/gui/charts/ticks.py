"""Round numbers for an axis that starts at zero."""

from math import floor, log10


def nice_ticks(highest: float, most: int = 5) -> list[float]:
    """Zero and up to `most` round multiples that reach the highest value or just below."""
    if highest <= 0:
        return [0.0, 1.0]
    raw = highest / most
    size = 10.0 ** floor(log10(raw))
    step = next(each * size for each in (1, 2, 2.5, 5, 10) if each * size >= raw * (1 - 1e-9))
    return [step * at for at in range(int(highest / step + 1e-9) + 1)]
