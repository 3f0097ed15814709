"""What the program's own check of its simulation found."""

from stack_half_life.domain.base import Frozen

STANDARD_ERRORS = 3.0
"""How far a simulated mean may lie from the renewal equation."""


class KnownValue(Frozen):
    """The renewal equation where its solution is known in closed form or from tables."""

    gaps: str
    time: float
    known: float
    solved: float
    tolerance: float

    @property
    def agrees(self) -> bool:
        """Whether the solution is the known one, to the tolerance."""
        return abs(self.solved - self.known) <= self.tolerance


class CheckedClock(Frozen):
    """One clock of one technology: events simulated, and by the renewal equation.

    simulated_events: mean over the futures, with its standard error.  is_drawn_again: it lay
    outside at first, and these are the figures of a second, larger draw.
    """

    technology: str
    clock: str
    solved_events: float
    simulated_events: float
    standard_error: float
    futures: int
    is_drawn_again: bool = False

    @property
    def distance(self) -> float:
        """Simulated less solved events, in standard errors."""
        difference = self.simulated_events - self.solved_events
        return difference / max(self.standard_error, 1e-12)

    @property
    def agrees(self) -> bool:
        """Whether the two lie within `STANDARD_ERRORS`."""
        return abs(self.distance) <= STANDARD_ERRORS


class SelfCheck(Frozen):
    """All that was checked."""

    horizon_years: float
    known: tuple[KnownValue, ...]
    clocks: tuple[CheckedClock, ...]

    @property
    def agrees(self) -> bool:
        """Whether everything agrees."""
        return all(one.agrees for one in self.known) and all(one.agrees for one in self.clocks)
