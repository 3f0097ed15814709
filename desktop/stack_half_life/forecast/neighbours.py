"""Who a component's neighbours are, and what their changes do to it, where nobody said otherwise.

All figures here are assumptions, set by hand to be plausible; none is fitted. A stack's own
couplings take their place. Nobody adapts to sixty libraries one by one: what the members of a layer
change within half a year reaches a neighbour as one change, the first of them. So a further member
can only add, and however many there are, the work they force stays bounded.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Coupling, Estimate3, Stack
from stack_half_life.forecast.contact import party_of, touch

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

SPAN_YEARS = 0.5
"""What the members of a layer change within one such span comes as one change."""

STANDS_ON: dict[Layer, tuple[Layer, ...]] = {
    Layer.APPLICATION: (
        Layer.FRONT_END,
        Layer.APP_FRAMEWORK,
        Layer.MODEL,
        Layer.SERVING,
        Layer.DATA_STORE,
        Layer.LANGUAGE_RUNTIME,
    ),
    Layer.FRONT_END: (Layer.APP_FRAMEWORK, Layer.LANGUAGE_RUNTIME),
    Layer.APP_FRAMEWORK: (
        Layer.MODEL,
        Layer.SERVING,
        Layer.DATA_STORE,
        Layer.LANGUAGE_RUNTIME,
    ),
    Layer.MODEL: (Layer.SERVING,),
    Layer.SERVING: (
        Layer.ML_FRAMEWORK,
        Layer.KERNEL_COMPILER,
        Layer.HARDWARE_INTERFACE,
        Layer.LANGUAGE_RUNTIME,
        Layer.INFRASTRUCTURE,
    ),
    Layer.TRAINING: (
        Layer.ML_FRAMEWORK,
        Layer.KERNEL_COMPILER,
        Layer.HARDWARE_INTERFACE,
        Layer.LANGUAGE_RUNTIME,
    ),
    Layer.ML_FRAMEWORK: (
        Layer.KERNEL_COMPILER,
        Layer.HARDWARE_INTERFACE,
        Layer.LANGUAGE_RUNTIME,
    ),
    Layer.KERNEL_COMPILER: (Layer.HARDWARE_INTERFACE, Layer.HARDWARE),
    Layer.HARDWARE_INTERFACE: (Layer.HARDWARE, Layer.OPERATING_SYSTEM),
    Layer.HARDWARE: (),
    Layer.OBSERVABILITY: (Layer.INFRASTRUCTURE,),
    Layer.DATA_STORE: (Layer.OPERATING_SYSTEM, Layer.INFRASTRUCTURE),
    Layer.CLOUD_SERVICE: (),
    Layer.INFRASTRUCTURE: (Layer.OPERATING_SYSTEM, Layer.CLOUD_SERVICE),
    Layer.LANGUAGE_RUNTIME: (Layer.OPERATING_SYSTEM,),
    Layer.OPERATING_SYSTEM: (Layer.HARDWARE,),
}
"""What the components of a layer stand on directly, whatever else is in the stack."""


@dataclass(frozen=True, slots=True)
class LayerCoupling:
    """What the changes of components of one layer do to a neighbour, together.

    Chances are for the first change of any of them in each half-year; others in it do nothing.
    """

    layer: Layer
    members: tuple[str, ...]
    then: str
    adapt_probability: float
    replace_probability: float
    adapt_share: Estimate3 = ADAPT_SHARE


def layer_couplings(
    stack: Stack, profiles: Mapping[str, ChurnProfile]
) -> tuple[LayerCoupling, ...]:
    """All that is assumed of a stack's neighbours; pairs that the stack couples itself left out.

    profiles: by component name, as far as known.
    """
    if not stack.default_couplings:
        return ()
    own = {(coupling.when, coupling.then) for coupling in stack.couplings}
    everyone = frozenset(component.name for component in stack.components)
    return _assumed(stack, profiles, everyone, own)


def couplings_at(
    stack: Stack, name: str, profiles: Mapping[str, ChurnProfile]
) -> tuple[tuple[Coupling, bool], ...]:
    """The couplings in force that begin or end at a component, and whether each is the stack's own.

    The stack's own come first; the others are assumed.
    """
    own = tuple(each for each in stack.couplings if name in (each.when, each.then))
    pairs = {(coupling.when, coupling.then) for coupling in own}
    assumed = assumed_at(stack, name, profiles) if stack.default_couplings else ()
    return (
        *((coupling, True) for coupling in own),
        *((each, False) for each in assumed if (each.when, each.then) not in pairs),
    )


def assumed_at(
    stack: Stack, name: str, profiles: Mapping[str, ChurnProfile]
) -> tuple[Coupling, ...]:
    """What is assumed of a component and each of its neighbours, pair by pair."""
    return tuple(
        Coupling(
            when=member,
            then=one.then,
            adapt_probability=one.adapt_probability,
            adapt_share=one.adapt_share,
            replace_probability=one.replace_probability,
        )
        for one in _assumed(stack, profiles, {name}, set())
        for member in one.members
    )


def _assumed(
    stack: Stack,
    profiles: Mapping[str, ChurnProfile],
    names: Set[str],
    without: Set[tuple[str, str]],
) -> tuple[LayerCoupling, ...]:
    """What is assumed where one of some components is concerned, but for some pairs."""
    parties = {component.name: party_of(component, profiles) for component in stack.components}
    members: dict[tuple[str, Layer, bool], list[str]] = {}
    for upper, above in parties.items():
        for lower, below in parties.items():
            if upper not in names and lower not in names:
                continue
            if below.layer not in STANDS_ON[above.layer] or not touch(above, below):
                continue
            for when, then, is_above in ((lower, upper, True), (upper, lower, False)):
                if (when, then) not in without:
                    layer = parties[when].layer
                    members.setdefault((then, layer, is_above), []).append(when)
    return tuple(
        LayerCoupling(
            layer,
            tuple(those),
            then,
            ADAPT_ABOVE if is_above else ADAPT_BELOW,
            REPLACE_ABOVE if is_above else REPLACE_BELOW,
        )
        for (then, layer, is_above), those in members.items()
    )
