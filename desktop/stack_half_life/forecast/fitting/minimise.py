"""Minimising a smooth function of a few dozen figures: L-BFGS with a backtracking line search."""

from collections.abc import Callable

import numpy as np

from stack_half_life.forecast.student import Floats

_MEMORY = 12
_SUFFICIENT = 1e-4


def minimise(
    value_and_gradient: Callable[[Floats], tuple[float, Floats]],
    start: Floats,
    *,
    steps: int,
    tolerance: float = 1e-5,
    on_step: Callable[[int, float], None],
) -> Floats:
    """The best point found from `start` in at most so many steps, (figures,)."""
    point = start.copy()
    value, gradient = value_and_gradient(point)
    moves: list[tuple[Floats, Floats]] = []
    for step in range(steps):
        on_step(step, value)
        direction = -_two_loops(gradient, moves)
        slope = float(direction @ gradient)
        if slope >= 0.0:
            moves, direction = [], -gradient
            slope = -float(gradient @ gradient)
        length = 1.0 if moves else min(1.0, 1.0 / (float(np.abs(gradient).sum()) + 1e-12))
        while length > 1e-8:
            candidate = point + length * direction
            new_value, new_gradient = value_and_gradient(candidate)
            if new_value <= value + _SUFFICIENT * length * slope:
                break
            length *= 0.4
        else:
            break
        move, change = candidate - point, new_gradient - gradient
        if float(move @ change) > 1e-12:
            moves = [*moves[-_MEMORY + 1 :], (move, change)]
        gain = value - new_value
        point, value, gradient = candidate, new_value, new_gradient
        if gain < tolerance * max(abs(value), 1e-12):
            break
    return point


def _two_loops(gradient: Floats, moves: list[tuple[Floats, Floats]]) -> Floats:
    """The inverse Hessian's estimate times the gradient (Nocedal 1980)."""
    q = gradient.copy()
    used = []
    for move, change in reversed(moves):
        rho = 1.0 / float(change @ move)
        alpha = rho * float(move @ q)
        q = q - alpha * change
        used.append((rho, alpha, move, change))
    if moves:
        move, change = moves[-1]
        q = q * float(move @ change) / float(change @ change)
    for rho, alpha, move, change in reversed(used):
        q = q + move * (alpha - rho * float(change @ q))
    return q
