"""Made profiles and stacks for tests of the simulation."""

from datetime import date, timedelta

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import (
    Confidence,
    Evidence,
    Generation,
    Nature,
    ReleaseCycle,
    SupportState,
    Technology,
)
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Component, Scenario, Stack
from stack_half_life.store.shipped import shipped_hyperparameters

TODAY = date(2026, 11, 23)
EVIDENCE = Evidence(source="made up", retrieved_on=TODAY, confidence=Confidence.HIGH)
HYPER = shipped_hyperparameters()


def profile(key: str, gap_days: int = 250, nature: Nature = Nature.SOFTWARE) -> ChurnProfile:
    """Cycles 1, 2, … at even gaps up to the middle of 2026, each supported 700 days."""
    cycles: list[ReleaseCycle] = []
    day = date(2018, 1, 15)
    while day < date(2026, 7, 1):
        cycles.append(
            ReleaseCycle(
                cycle=str(len(cycles) + 1),
                released_on=PartialDate(day.isoformat()),
                support_ends_on=PartialDate((day + timedelta(days=700)).isoformat()),
                support=SupportState.DATED,
                evidence=EVIDENCE,
            )
        )
        day += timedelta(days=gap_days)
    technology = Technology(
        key=key,
        name=key,
        layer=Layer.SERVING,
        generation=Generation.AI,
        nature=nature,
        evidence=EVIDENCE,
    )
    return ChurnProfile(technology=technology, reference_class="serving", cycles=tuple(cycles))


def unknown(key: str) -> ChurnProfile:
    return profile(key).model_copy(update={"cycles": (), "is_matched": False})


def component(name: str, layer: Layer = Layer.SERVING, **more: object) -> Component:
    fields = {"name": name, "profile": name, "layer": layer}
    return Component.model_validate(fields | more)


def stack(*components: Component, **scenario: object) -> Stack:
    fields = {"futures": 1500, "horizon_years": 6.0} | scenario
    return Stack(name="made", components=components, scenario=Scenario.model_validate(fields))
