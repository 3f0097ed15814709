"""A choice among known values."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from stack_half_life.gui.fields.field import Field


class ChoiceField(Field):
    """A drop-down; the wheel scrolls the form, not the choice."""

    committed = Signal(object)

    def __init__(self, words: str, hint: str) -> None:
        super().__init__(words, hint)
        self.editor = QComboBox()
        self.editor.setAccessibleName(words)
        self.editor.setMinimumContentsLength(8)
        self.editor.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.editor.setMaxVisibleItems(16)
        self.hold(self.editor)
        self._options: list[tuple[str, object]] = []
        self.editor.activated.connect(self._activate)
        self.editor.installEventFilter(self)

    def offer(self, options: Sequence[tuple[str, object]]) -> None:
        """Set what can be chosen, as (words, value)."""
        if list(options) != self._options:
            self._options = list(options)
            self.editor.clear()
            self.editor.addItems([words for words, _value in options])

    @property
    def value(self) -> object:
        """The choice in force."""
        return self._options[self.editor.currentIndex()][1]

    def show_value(self, value: object) -> None:
        """Show the choice in force; one that is not offered is put on top."""
        values = [each for _words, each in self._options]
        if value not in values:
            self.offer([(str(value), value), *self._options])
            values.insert(0, value)
        self.show_problem("")
        self.editor.setCurrentIndex(values.index(value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to the form."""
        if isinstance(event, QWheelEvent):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _activate(self, at: int) -> None:
        self.committed.emit(self._options[at][1])
