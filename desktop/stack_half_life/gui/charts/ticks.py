"""Round numbers for an axis that starts at zero."""

from stack_half_life.report.svg.scale import round_step


def nice_ticks(highest: float, most: int = 5) -> list[float]:
    """Zero and up to `most` round multiples that reach the highest value or just below."""
    if highest <= 0:
        return [0.0, 1.0]
    step = round_step(highest / most)
    return [step * at for at in range(int(highest / step + 1e-9) + 1)]
