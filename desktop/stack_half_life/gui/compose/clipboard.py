"""Components as text on the clipboard: the same TOML as in a stack file."""

from collections.abc import Sequence

from stack_half_life.domain.stack import Component, Stack
from stack_half_life.errors import StackFileError
from stack_half_life.store.stack_toml import stack_from_toml, stack_to_toml

_MOST_CHARACTERS = 1_000_000


def components_to_text(components: Sequence[Component]) -> str:
    """The components as a stack file."""
    return stack_to_toml(Stack(name="Copied components", components=tuple(components)))


def components_from_text(text: str) -> tuple[Component, ...]:
    """The components in pasted text.

    Raises:
        StackFileError: where the text is no stack or holds no components.
    """
    if not text.strip():
        raise StackFileError("the clipboard holds no text")
    if len(text) > _MOST_CHARACTERS:
        raise StackFileError("the clipboard holds too much text for a stack")
    components = stack_from_toml(text, "clipboard").components
    if not components:
        raise StackFileError("the clipboard holds no components")
    return components
