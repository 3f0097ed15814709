"""Ways to take what is shown out of the window: actions that menus and the palette find."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

_OFFERED = "offersCopy"


def offer_copy(
    widget: QWidget, words: str, do: Callable[[], object], keys: str | QKeySequence = ""
) -> QAction:
    """Offer to copy from a widget: in its context menu, by keys within it, in the palette."""
    action = QAction(words, widget)
    action.setProperty(_OFFERED, True)
    action.setShortcut(QKeySequence(keys))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda _checked=False: do())
    widget.addAction(action)
    return action


def offered_copies(widget: QWidget) -> list[QAction]:
    """What a widget offers to copy."""
    return [each for each in widget.actions() if each.property(_OFFERED)]
