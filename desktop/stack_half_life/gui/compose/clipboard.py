"""Components as text on the clipboard: the TOML of a stack file, or a table."""

from collections.abc import Mapping, Sequence

from stack_half_life.domain.results import ComponentForecast
from stack_half_life.domain.stack import Component, Stack
from stack_half_life.errors import StackFileError
from stack_half_life.gui import numbers
from stack_half_life.report.spreadsheet import as_tsv
from stack_half_life.store.stack_toml import stack_from_toml, stack_to_toml

_MOST_CHARACTERS = 1_000_000
_TITLES: tuple[str, ...] = (
    "Component",
    "Technology",
    "Layer",
    "Cycle",
    "Policy",
    "Effort low, days",
    "Effort likely, days",
    "Effort high, days",
    "First rework P50, years",
    "Half-life, years",
    "Rework mean, days",
)


def components_to_text(components: Sequence[Component]) -> str:
    """The components as a stack file."""
    return stack_to_toml(Stack(name="Copied components", components=tuple(components)))


def components_to_table(
    components: Sequence[Component], forecasts: Mapping[str, ComponentForecast]
) -> str:
    """The components as tab-separated lines under titles, with what is forecast of each."""
    rows = [_TITLES]
    for each in components:
        effort, found = each.effort_days, forecasts.get(each.name)
        rows.append(
            (
                each.name,
                each.profile,
                each.layer.label,
                each.cycle or "",
                each.policy.value,
                *(numbers.plain(days) for days in (effort.low, effort.likely, effort.high)),
                _years(found.first_rework_years.p50) if found else "",
                _years(found.half_life_years) if found else "",
                numbers.plain(round(found.cost_days.mean, 1)) if found else "",
            )
        )
    return as_tsv(rows)


def _years(value: float | None) -> str:
    return numbers.NOT_REACHED if value is None else numbers.plain(round(value, 2))


def components_from_text(text: str) -> tuple[Component, ...]:
    """The components in pasted text.

    Raises:
        StackFileError: where the text is no stack or holds no components.
    """
    if not text.strip():
        raise StackFileError("the clipboard holds no text")
    if len(text) > _MOST_CHARACTERS:
        raise StackFileError("the clipboard holds too much text for a stack")
    if "component" not in text:
        raise StackFileError("the clipboard holds no components")
    components = stack_from_toml(text, "clipboard").components
    if not components:
        raise StackFileError("the clipboard holds no components")
    return components
