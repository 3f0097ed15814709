"""The text face: Inter where its package is installed, else the system's own."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

BODY_PIXELS = 13
SMALL_PIXELS = 12
TITLE_PIXELS = 16
FIGURE_PIXELS = 26


@cache
def load_inter() -> str | None:
    """Make Inter available to this process; its family name, or None where it is not installed."""
    found = find_spec("fontpkg_inter")
    if found is None or not found.submodule_search_locations:
        return None
    file = Path(found.submodule_search_locations[0]) / "files" / "Inter[opsz,wght].ttf"
    number = QFontDatabase.addApplicationFont(str(file)) if file.is_file() else -1
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else None


@cache
def font(pixels: int = BODY_PIXELS, weight: int = 400) -> QFont:
    """The window's face at a size in logical pixels and a weight from 100 to 900.

    One object each, so that Qt looks up what is behind it once.
    """
    family = load_inter()
    face = QFont(family) if family else QFont()
    face.setPixelSize(pixels)
    if family:
        face.setVariableAxis(QFont.Tag("wght"), float(weight))
        face.setFeature(QFont.Tag("tnum"), 1)
    else:
        face.setWeight(QFont.Weight(weight))
    return face


def body() -> QFont:
    """Running text and controls."""
    return font()


def strong() -> QFont:
    """Running text that matters."""
    return font(weight=600)


def small() -> QFont:
    """Captions and ticks."""
    return font(SMALL_PIXELS)


def small_strong() -> QFont:
    """Headings of groups."""
    return font(SMALL_PIXELS, 600)


def title() -> QFont:
    """Titles of panels."""
    return font(TITLE_PIXELS, 600)


def figure() -> QFont:
    """The one number a panel is about."""
    return font(FIGURE_PIXELS, 600)
