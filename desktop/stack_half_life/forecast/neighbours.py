"""What is assumed of a component from its layer: who its neighbours are, which forces reach it.

All figures here are assumptions, set by hand to be plausible; none is fitted. A stack's own
couplings and a component's own exposures take their place. Chances are per event of one neighbour,
so they add up over neighbours and years: with twenty neighbours that each break yearly, a chance of
one in a hundred would mean two replacements in ten years, which nobody sees. Nor does a component
lean on all of sixty libraries: where a layer has more than `FULL_STRENGTH`, they share the strength
of so many.
"""

from collections import Counter
from collections.abc import Container, Mapping

from stack_half_life.domain.forces import Exposures
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Component, Coupling, Estimate3, Stack

ADAPT_ABOVE = 0.2
"""Chance that a component needs adaptation when what it stands on changes."""

ADAPT_BELOW = 0.05
"""Chance that a component needs adaptation when what stands on it changes."""

REPLACE_ABOVE = 0.005
"""Chance that a component must be replaced when what it stands on changes."""

REPLACE_BELOW = 0.001
"""Chance that a component must be replaced when what stands on it changes."""

ADAPT_SHARE = Estimate3(low=0.02, likely=0.10, high=0.30)
"""Share of the effort that an adaptation costs."""

FULL_STRENGTH = 4
"""How many components of one layer act on a neighbour at full strength."""

_COLUMN = tuple(layer for layer in Layer if not layer.is_beside)

_STANDS_ON: dict[Layer, tuple[Layer, ...]] = {
    Layer.OBSERVABILITY: (Layer.INFRASTRUCTURE,),
    Layer.DATA_STORE: (Layer.OPERATING_SYSTEM, Layer.INFRASTRUCTURE),
    Layer.CLOUD_SERVICE: (),
    Layer.INFRASTRUCTURE: (Layer.OPERATING_SYSTEM, Layer.CLOUD_SERVICE),
    Layer.LANGUAGE_RUNTIME: (Layer.OPERATING_SYSTEM,),
    Layer.OPERATING_SYSTEM: (Layer.HARDWARE,),
}
"""What layers beside the column stand on directly."""

_BESIDE_BELOW: dict[Layer, tuple[Layer, ...]] = {
    Layer.APPLICATION: (Layer.DATA_STORE, Layer.LANGUAGE_RUNTIME),
    Layer.FRONT_END: (Layer.LANGUAGE_RUNTIME,),
    Layer.APP_FRAMEWORK: (Layer.DATA_STORE, Layer.LANGUAGE_RUNTIME),
    Layer.SERVING: (Layer.LANGUAGE_RUNTIME, Layer.INFRASTRUCTURE),
    Layer.TRAINING: (Layer.LANGUAGE_RUNTIME,),
    Layer.ML_FRAMEWORK: (Layer.LANGUAGE_RUNTIME,),
    Layer.HARDWARE_INTERFACE: (Layer.OPERATING_SYSTEM,),
}
"""Layers beside the column that a layer of the column stands on directly."""

EXPOSURES: dict[Layer, Exposures] = {
    Layer.APPLICATION: Exposures(feedback_cycles=0.3, layer_ambiguity=0.3),
    Layer.FRONT_END: Exposures(feedback_cycles=0.2, layer_ambiguity=0.2, commoditisation=0.2),
    Layer.APP_FRAMEWORK: Exposures(
        research_pace=0.5, feedback_cycles=0.5, layer_ambiguity=1.0, commoditisation=0.5
    ),
    Layer.MODEL: Exposures(research_pace=1.0, feedback_cycles=0.3, commoditisation=0.5),
    Layer.SERVING: Exposures(
        hardware_pace=0.5,
        optimisation=1.0,
        research_pace=0.5,
        layer_ambiguity=0.5,
        commoditisation=0.5,
    ),
    Layer.TRAINING: Exposures(
        hardware_pace=0.5, optimisation=0.5, research_pace=1.0, feedback_cycles=0.5
    ),
    Layer.ML_FRAMEWORK: Exposures(hardware_pace=0.5, optimisation=0.5, research_pace=0.5),
    Layer.KERNEL_COMPILER: Exposures(hardware_pace=1.0, optimisation=1.0, research_pace=0.5),
    Layer.HARDWARE_INTERFACE: Exposures(hardware_pace=1.0, optimisation=0.3),
    Layer.HARDWARE: Exposures(hardware_pace=1.0, commoditisation=0.3),
    Layer.DATA_STORE: Exposures(layer_ambiguity=0.2, commoditisation=0.3),
    Layer.LANGUAGE_RUNTIME: Exposures(),
    Layer.OPERATING_SYSTEM: Exposures(hardware_pace=0.2),
    Layer.INFRASTRUCTURE: Exposures(layer_ambiguity=0.2, commoditisation=0.5),
    Layer.OBSERVABILITY: Exposures(commoditisation=0.3),
    Layer.CLOUD_SERVICE: Exposures(hardware_pace=0.2, commoditisation=0.5),
}


def couplings_of(stack: Stack) -> tuple[Coupling, ...]:
    """All couplings in force: the stack's own, and the default of every other adjacent pair."""
    own = {(coupling.when, coupling.then) for coupling in stack.couplings}
    default = tuple(
        coupling
        for coupling in (default_couplings(stack) if stack.default_couplings else ())
        if (coupling.when, coupling.then) not in own
    )
    return (*stack.couplings, *default)


def default_couplings(stack: Stack) -> tuple[Coupling, ...]:
    """Couplings assumed between components of adjacent layers, in both directions.

    In the column from application to hardware, adjacent are the layers that the stack fills with
    nothing between them; beside it, those that usually stand on each other.
    """
    members = _members(stack)
    return tuple(
        coupling
        for upper in stack.components
        for lower in stack.components
        if lower.layer in _below(upper.layer, members)
        for coupling in _both_ways(upper, lower, members)
    )


def couplings_at(stack: Stack, name: str) -> tuple[tuple[Coupling, bool], ...]:
    """The couplings in force that begin or end at a component, and whether each is the stack's own.

    The stack's own come first; the others are assumed.
    """
    own = tuple(each for each in stack.couplings if name in (each.when, each.then))
    pairs = {(coupling.when, coupling.then) for coupling in own}
    assumed = assumed_at(stack, name) if stack.default_couplings else ()
    return (
        *((coupling, True) for coupling in own),
        *((each, False) for each in assumed if (each.when, each.then) not in pairs),
    )


def assumed_at(stack: Stack, name: str) -> tuple[Coupling, ...]:
    """The default couplings that begin or end at a component."""
    members = _members(stack)
    here = stack.component(name)
    found: list[Coupling] = []
    for other in stack.components:
        if other.name == name:
            continue
        if other.layer in _below(here.layer, members):
            found += _both_ways(here, other, members)
        if here.layer in _below(other.layer, members):
            found += _both_ways(other, here, members)
    return tuple(found)


def _members(stack: Stack) -> Counter[Layer]:
    """How many components each filled layer has."""
    return Counter(component.layer for component in stack.components)


def _both_ways(
    upper: Component, lower: Component, members: Mapping[Layer, int]
) -> tuple[Coupling, Coupling]:
    return (
        _assumed(lower, upper, members, ADAPT_ABOVE, REPLACE_ABOVE),
        _assumed(upper, lower, members, ADAPT_BELOW, REPLACE_BELOW),
    )


def _assumed(
    when: Component, then: Component, members: Mapping[Layer, int], adapt: float, replace: float
) -> Coupling:
    strength = min(FULL_STRENGTH / members[when.layer], 1.0)
    return Coupling(
        when=when.name,
        then=then.name,
        adapt_probability=strength * adapt,
        adapt_share=ADAPT_SHARE,
        replace_probability=strength * replace,
    )


def _below(layer: Layer, filled: Container[Layer]) -> tuple[Layer, ...]:
    """The layers that a layer stands on directly in a stack with these layers filled."""
    if layer.is_beside:
        return _STANDS_ON[layer]
    lower = _COLUMN[_COLUMN.index(layer) + 1 :]
    nearest = next((below for below in lower if below in filled), None)
    return (*((nearest,) if nearest else ()), *_BESIDE_BELOW.get(layer, ()))
