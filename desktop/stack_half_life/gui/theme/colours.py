"""Colour tokens as Qt colours."""

from PySide6.QtGui import QColor

from stack_half_life.domain.layers import Layer
from stack_half_life.domain.palette import Palette


def colour(token: str, alpha: float = 1.0) -> QColor:
    """A `#rrggbb` token, alpha 0 to 1."""
    made = QColor(token)
    made.setAlphaF(alpha)
    return made


def layer_colour(palette: Palette, layer: Layer, alpha: float = 1.0) -> QColor:
    """The hue of a layer, alpha 0 to 1."""
    return colour(palette.layers[layer], alpha)
