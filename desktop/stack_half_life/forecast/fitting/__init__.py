"""From a technology's facts and the shared hyper-parameters to the laws of its clocks."""

from stack_half_life.forecast.fitting.clocks import breaking_law, cycle_law
from stack_half_life.forecast.fitting.support import cycle_support, support_law
from stack_half_life.forecast.fitting.tenure import (
    end_law,
    manifest_law,
    removal_basis,
)

__all__ = [
    "breaking_law",
    "cycle_law",
    "cycle_support",
    "end_law",
    "manifest_law",
    "removal_basis",
    "support_law",
]
