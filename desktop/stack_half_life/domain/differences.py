"""What differs between two stacks, in words."""

from stack_half_life.domain.forces import Exposures, Force
from stack_half_life.domain.stack import Component, Estimate3, OverriddenFigure, Stack

_FIELDS = {
    "profile": "technology",
    "layer": "layer",
    "cycle": "release cycle",
    "policy": "policy",
    "in_use_since": "in use since",
    "effort_days": "effort",
    "upgrade_share": "upgrade share",
    "minor_upgrade_share": "minor upgrade share",
    "upgrade_lag_years": "upgrade lag",
}


def stack_differences(a: Stack, b: Stack) -> tuple[str, ...]:
    """What is in one alone, a line each; then a line for each thing that differs in the shared."""
    of_a = {each.name: each for each in a.components}
    of_b = {each.name: each for each in b.components}
    lines = [
        f"Only in {label}: {', '.join(alone)}"
        for label, alone in (
            ("A", [name for name in of_a if name not in of_b]),
            ("B", [name for name in of_b if name not in of_a]),
        )
        if alone
    ]
    for name, component in of_a.items():
        if name in of_b:
            lines += _component_differences(component, of_b[name])
    if a.default_couplings != b.default_couplings or a.couplings != b.couplings:
        lines.append("How neighbours force work on each other")
    if a.kind != b.kind:
        lines.append(f"Kind of product: {a.kind.value} → {b.kind.value}")
    return tuple(lines)


def _component_differences(a: Component, b: Component) -> list[str]:
    fields = [
        (words, _shown(getattr(a, field)), _shown(getattr(b, field)))
        for field, words in _FIELDS.items()
    ]
    told = [*fields, *_exposure_differences(a, b), *_override_differences(a, b)]
    return [f"{a.name}: {words} {old} → {new}" for words, old, new in told if old != new]


def _exposure_differences(a: Component, b: Component) -> list[tuple[str, str, str]]:
    if a.exposures is None or b.exposures is None:
        return [("exposure to the forces", _set_by_hand(a.exposures), _set_by_hand(b.exposures))]
    return [
        (
            f"exposure to {force.value.replace('_', ' ')}",
            f"{a.exposures.exposure(force):g}",
            f"{b.exposures.exposure(force):g}",
        )
        for force in Force
    ]


def _set_by_hand(exposures: Exposures | None) -> str:
    return "as its layer's" if exposures is None else "set by hand"


def _override_differences(a: Component, b: Component) -> list[tuple[str, str, str]]:
    of_a, of_b = (
        {override.figure: f"{override.value_years:g} years" for override in each.overrides}
        for each in (a, b)
    )
    return [
        (
            figure.value.removesuffix("_years").replace("_", " "),
            of_a.get(figure, "by evidence"),
            of_b.get(figure, "by evidence"),
        )
        for figure in OverriddenFigure
    ]


def _shown(value: object) -> str:
    if isinstance(value, Estimate3):
        return f"{value.low:g}/{value.likely:g}/{value.high:g}"
    return "newest" if value is None else str(value)
