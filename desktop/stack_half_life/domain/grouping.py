"""A stack's components as they are drawn: by layer, from application to hardware."""

from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Component, Stack


def by_layer(stack: Stack) -> tuple[tuple[Layer, tuple[Component, ...]], ...]:
    """Each layer in use with its components, layers top to bottom, components in stack order."""
    return tuple(
        (layer, inside)
        for layer in Layer
        if (inside := tuple(each for each in stack.components if each.layer is layer))
    )
