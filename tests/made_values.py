"""Made stacks, profiles and forecasts, for tests that need values but no forecasting."""

from datetime import date

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import (
    Confidence,
    Evidence,
    Generation,
    Nature,
    Release,
    ReleaseCycle,
    Source,
    SupportState,
    Technology,
)
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.results import (
    ClockCoverage,
    Comparison,
    ComponentDifference,
    ComponentForecast,
    CostFan,
    DayQuantiles,
    EventWindow,
    Forecast,
    Histogram,
    ReworkKind,
    TimeQuantiles,
    YearCost,
)
from stack_half_life.domain.stack import Component, Estimate3, Stack
from stack_half_life.domain.user_facts import UserFacts

AS_OF = date(2026, 11, 23)
EVIDENCE = Evidence(
    source="a made source", retrieved_on=date(2026, 8, 22), confidence=Confidence.HIGH
)


def made_component(name: str, layer: Layer, days: float = 20.0, **more: object) -> Component:
    """A component whose profile is its own name in small letters."""
    effort = Estimate3(low=days / 2, likely=days, high=days * 2)
    fields = {"name": name, "profile": name.lower(), "layer": layer, "effort_days": effort}
    return Component.model_validate(fields | more)


def made_stack(name: str = "A made stack") -> Stack:
    """Four components of four layers, one of them unknown to everyone."""
    return Stack(
        name=name,
        components=(
            made_component("LangChain", Layer.APP_FRAMEWORK, 30, cycle="0.3"),
            made_component("vLLM", Layer.SERVING, 25),
            made_component("PostgreSQL", Layer.DATA_STORE, 40, cycle="17"),
            made_component("House engine", Layer.KERNEL_COMPILER, 15),
        ),
    )


def made_profile(component: Component, *, matched: bool = True) -> ChurnProfile:
    """A profile with the component's cycle and an announced end of support, or an unmatched one."""
    return ChurnProfile(
        technology=Technology(
            key=component.profile.replace(" ", "-"),
            name=component.name,
            layer=component.layer,
            generation=Generation.AI,
            nature=Nature.SOFTWARE,
            evidence=EVIDENCE,
        ),
        reference_class=component.layer.value,
        observed_until=date(2026, 8, 22) if matched else None,
        cycles=(
            ReleaseCycle(
                cycle=component.cycle or "1",
                released_on=PartialDate("2025-03"),
                support_ends_on=PartialDate("2028-06-30"),
                support=SupportState.DATED,
                evidence=EVIDENCE,
            ),
        )
        if matched
        else (),
        is_matched=matched,
    )


def made_profiles(stack: Stack) -> dict[str, ChurnProfile]:
    """Profiles by component name; a component whose name begins with “House” is unmatched."""
    return {
        component.name: made_profile(component, matched=not component.name.startswith("House"))
        for component in stack.components
    }


def made_forecast(stack: Stack, *, horizon_years: int = 5) -> Forecast:
    """Figures that grow with the component's place; the last component is never replaced."""
    grid = tuple(k * horizon_years / 20 for k in range(21))
    components = tuple(_component(stack, k, grid) for k in range(len(stack.components)))
    mean = sum(c.cost_days.mean for c in components)
    fan = {
        name: tuple(mean * factor * t / horizon_years for t in grid)
        for name, factor in {
            "p10": 0.6,
            "p25": 0.8,
            "p50": 0.95,
            "p75": 1.2,
            "p90": 1.5,
            "mean": 1.0,
        }.items()
    }
    return Forecast(
        stack_name=stack.name,
        as_of=AS_OF,
        horizon_years=horizon_years,
        futures=1000,
        seed=1,
        model_version="test",
        data_hash="0" * 12,
        bit_generator="Philox",
        grid_years=grid,
        components=components,
        total_cost_days=_days(mean),
        total_present_days=_days(mean * _discount(stack, horizon_years)),
        cumulative_cost_days=CostFan(**fan),
        cost_by_year_days=tuple(
            YearCost(
                year=year,
                mean=mean / horizon_years,
                p10=0.0,
                p90=2 * mean / horizon_years,
                mean_by_kind={
                    ReworkKind.UPGRADE: 0.5 * mean / horizon_years,
                    ReworkKind.REPLACEMENT: 0.3 * mean / horizon_years,
                    ReworkKind.KNOCK_ON: 0.2 * mean / horizon_years,
                },
                mean_by_component=tuple(c.cost_days.mean / horizon_years for c in components),
            )
            for year in range(1, horizon_years + 1)
        ),
        redone_share=tuple(0.6 * t / horizon_years for t in grid),
        stack_half_life_years=0.5 / 0.6 * horizon_years,
        coverage=0.86,
        coverage_by_clock=ClockCoverage(release=0.86, support=0.61, tenure=0.34),
        unsupported_component_years=0.4 * len(components),
    )


def made_comparison(a: Stack, b: Stack) -> Comparison:
    """Two made forecasts, B a little cheaper."""
    names_a = [component.name for component in a.components]
    names_b = [component.name for component in b.components]
    return Comparison(
        a=made_forecast(a),
        b=made_forecast(b),
        contributions=tuple(
            ComponentDifference(
                a=name if name in names_a else None,
                b=name if name in names_b else None,
                difference_days=_days(-10.0 * place),
            )
            for place, name in enumerate(dict.fromkeys(names_a + names_b))
        ),
        distribution=Histogram(
            edges_days=(-30.0, -20.0, -10.0, 0.0, 10.0), shares=(0.2, 0.3, 0.2, 0.3)
        ),
        difference_days=_days(-12.0),
        difference_present_days=_days(-12.0 * _discount(a, 5)),
        probability_b_cheaper=0.7,
        break_even_years=1.2,
    )


def _discount(stack: Stack, horizon_years: int) -> float:
    """What a sum in the middle of the horizon is worth today."""
    return float((1.0 + stack.scenario.discount_rate_per_year) ** (-0.5 * horizon_years))


def _days(mean: float) -> DayQuantiles:
    low, high = sorted((0.6 * mean, 1.5 * mean))
    return DayQuantiles(
        mean=mean, p10=low, p50=0.95 * mean, p80=1.2 * mean, p90=high, standard_error=0.01
    )


def _component(stack: Stack, k: int, grid: tuple[float, ...]) -> ComponentForecast:
    component = stack.components[k]
    is_last = k == len(stack.components) - 1
    first = TimeQuantiles(p10=0.2 + 0.2 * k, p50=0.6 + 0.4 * k, p90=None if is_last else 2.0 + k)
    replaced = TimeQuantiles(
        p10=None if is_last else 1.0 + 0.3 * k,
        p50=None if is_last else 2.0 + 0.5 * k,
        p90=None if k else 4.5,
    )
    return ComponentForecast(
        name=component.name,
        profile=component.profile,
        matched=not component.name.startswith("House"),
        layer=component.layer,
        first_rework_years=first,
        replacement_years=replaced,
        half_life_years=replaced.p50,
        expected_upgrades=1.5,
        expected_replacements=0.4,
        expected_forced_replacements=0.1,
        expected_knock_ons=0.02,
        cost_days=_days(component.effort_days.mean * 0.8),
        cost_days_by_kind={
            ReworkKind.UPGRADE: component.effort_days.mean * 0.4,
            ReworkKind.REPLACEMENT: component.effort_days.mean * 0.3,
            ReworkKind.KNOCK_ON: component.effort_days.mean * 0.1,
        },
        unsupported_years=0.4,
        upgrades=(EventWindow(number=1, reached_share=0.9, years=first),),
        replacements=(EventWindow(number=1, reached_share=0.6, years=replaced),),
        in_place_share=tuple(1.0 if is_last else 0.5 ** (t / 3.0) for t in grid),
    )


OWN = UserFacts(
    subject="release list of Mine",
    technology=Technology(
        key="mine",
        name="Mine",
        layer=Layer.APPLICATION,
        generation=Generation.CLASSICAL,
        nature=Nature.SOFTWARE,
        evidence=EVIDENCE,
    ),
    releases=(Release(version="1.0", released_on=PartialDate("2026-01"), evidence=EVIDENCE),),
    source=Source(key=EVIDENCE.source, title="Mine", retrieved_on=date(2026, 8, 22)),
)
"""What a user might have added."""
