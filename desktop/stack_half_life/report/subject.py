"""What a report is about: a stack, what is known of its parts, and what is forecast."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from stack_half_life.domain.clock_figures import ClockFigures
from stack_half_life.domain.facts import ReleaseCycle
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.results import ComponentForecast, Forecast
from stack_half_life.domain.stack import Component, Stack


@dataclass(frozen=True, slots=True)
class Subject:
    """One stack of a report.

    profiles, clocks: by component name; clocks may be left out.
    """

    stack: Stack
    profiles: Mapping[str, ChurnProfile]
    forecast: Forecast
    clocks: Mapping[str, ClockFigures] = field(default_factory=dict)

    def cycle_in_use(self, component: Component) -> ReleaseCycle | None:
        """The release cycle a component runs at the forecast's date, None where unknown."""
        return self.profiles[component.name].cycle_in_use(component, self.forecast.as_of)

    def announced_ends(self) -> dict[str, date]:
        """Announced ends of support, from the forecast's date on, of the cycles in use."""
        ends = {}
        for component in self.stack.components:
            cycle = self.cycle_in_use(component)
            if cycle is None or cycle.support_ends_on is None:
                continue
            day = cycle.support_ends_on.midpoint
            if day >= self.forecast.as_of:
                ends[component.name] = day
        return ends

    def by_cost(self) -> list[ComponentForecast]:
        """The components, the dearest first."""
        return sorted(self.forecast.components, key=lambda c: -c.cost_days.mean)
