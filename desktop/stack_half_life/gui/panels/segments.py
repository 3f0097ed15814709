"""A row of buttons of which one is pressed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from stack_half_life.gui.theme import fonts


class Segments(QWidget):
    """Chooses one of a few; arrow keys move within it."""

    chosen = Signal(int)

    def __init__(self, name: str, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for at, word in enumerate(words):
            button = QPushButton(word)
            button.setFont(fonts.small())
            button.setCheckable(True)
            button.setProperty("compact", True)
            button.setAccessibleName(f"{name}: {word}")
            self._group.addButton(button, at)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._toggled)

    @property
    def current(self) -> int:
        """The pressed one."""
        return self._group.checkedId()

    def choose(self, at: int) -> None:
        """Press one."""
        self._group.button(at).setChecked(True)

    def button(self, at: int) -> QPushButton:
        """One of the buttons."""
        found = self._group.button(at)
        assert isinstance(found, QPushButton)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        at = (self.current + step) % len(self._group.buttons())
        self.choose(at)
        self._group.button(at).setFocus()

    def _toggled(self, at: int, is_pressed: bool) -> None:
        if is_pressed:
            self.chosen.emit(at)
