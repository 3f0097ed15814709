"""Edits of a stack: each takes a stack and gives a new one, whole and validated."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Component, Coupling, Stack

Value = TypeVar("Value", bound=Frozen)


def changed(value: Value, /, **changes: Any) -> Value:
    """The value with some fields changed, validated as a whole.

    Raises:
        pydantic.ValidationError: where the result is not allowed.
    """
    fields = {name: getattr(value, name) for name in type(value).model_fields}
    return type(value).model_validate(fields | changes)


def unique_name(stack: Stack, wanted: str, *, taken: Iterable[str] = ()) -> str:
    """The wanted component name, or with the first free number behind it.

    A number that sets the wanted name apart from another of the stack is taken as such.
    """
    used = {component.name.casefold() for component in stack.components}
    used |= {name.casefold() for name in taken}
    if wanted.casefold() not in used:
        return wanted
    plain, _space, last = wanted.rpartition(" ")
    if last.isdecimal() and plain.casefold() in used:
        wanted = plain
    number = 2
    while f"{wanted} {number}".casefold() in used:
        number += 1
    return f"{wanted} {number}"


def with_components_added(
    stack: Stack, components: Sequence[Component], *, after: str | None = None
) -> Stack:
    """The stack with components put after the named one (else last), renamed where names clash."""
    named: list[Component] = []
    for component in components:
        name = unique_name(stack, component.name, taken=[other.name for other in named])
        named.append(component if name == component.name else changed(component, name=name))
    place = len(stack.components)
    if after is not None:
        place = [component.name for component in stack.components].index(after) + 1
    kept = stack.components
    return changed(stack, components=(*kept[:place], *named, *kept[place:]))


def with_component_changed(stack: Stack, name: str, /, **changes: Any) -> Stack:
    """The stack with one component's fields changed; a new name is carried into its couplings."""
    new = changed(stack.component(name), **changes)
    couplings = stack.couplings
    if new.name != name:
        couplings = tuple(_renamed(coupling, name, new.name) for coupling in couplings)
    components = tuple(
        new if component.name == name else component for component in stack.components
    )
    return changed(stack, components=components, couplings=couplings)


def _renamed(coupling: Coupling, old: str, new: str) -> Coupling:
    if old not in (coupling.when, coupling.then):
        return coupling
    return changed(
        coupling,
        when=new if coupling.when == old else coupling.when,
        then=new if coupling.then == old else coupling.then,
    )


def without_components(stack: Stack, names: Collection[str]) -> Stack:
    """The stack without the named components and the couplings that name them."""
    return changed(
        stack,
        components=tuple(each for each in stack.components if each.name not in names),
        couplings=tuple(
            each for each in stack.couplings if each.when not in names and each.then not in names
        ),
    )


def with_components_moved(
    stack: Stack, names: Collection[str], *, layer: Layer | None = None, before: str | None = None
) -> Stack:
    """The stack with the named components in front of another (else last), in their old order.

    layer: the layer they are put in; None leaves each in its own.
    """
    moved = [
        each if layer is None else changed(each, layer=layer)
        for each in stack.components
        if each.name in names
    ]
    if before in names:
        old_order = [each.name for each in stack.components]
        following = old_order[old_order.index(before) + 1 :] if before is not None else []
        before = next((name for name in following if name not in names), None)
    kept = [each for each in stack.components if each.name not in names]
    place = next((at for at, each in enumerate(kept) if each.name == before), len(kept))
    return changed(stack, components=(*kept[:place], *moved, *kept[place:]))


def with_components_duplicated(stack: Stack, names: Collection[str]) -> Stack:
    """The stack with a copy of each named component right behind it."""
    for name in [each.name for each in stack.components if each.name in names]:
        stack = with_components_added(stack, [stack.component(name)], after=name)
    return stack


def with_coupling(stack: Stack, coupling: Coupling) -> Stack:
    """The stack with this coupling in place of any other of the same pair."""
    pair = (coupling.when, coupling.then)
    kept = tuple(each for each in stack.couplings if (each.when, each.then) != pair)
    return changed(stack, couplings=(*kept, coupling))


def without_coupling(stack: Stack, when: str, then: str) -> Stack:
    """The stack without its own coupling of that pair; a default may then apply again."""
    kept = tuple(each for each in stack.couplings if (each.when, each.then) != (when, then))
    return changed(stack, couplings=kept)


def with_scenario_changed(stack: Stack, /, **changes: Any) -> Stack:
    """The stack with some assumptions of its scenario changed."""
    return changed(stack, scenario=changed(stack.scenario, **changes))
