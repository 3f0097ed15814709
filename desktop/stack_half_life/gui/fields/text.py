"""A line of text, taken over when the person is done with it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from stack_half_life.gui.fields.field import Field


class TextField(Field):
    """Commits on Enter or when left; Escape puts the old text back."""

    committed = Signal(str)

    def __init__(self, words: str, hint: str, placeholder: str = "") -> None:
        super().__init__(words, hint)
        self.editor = QLineEdit()
        self.editor.setAccessibleName(words)
        self.editor.setPlaceholderText(placeholder)
        self.hold(self.editor)
        self._value = ""
        self.editor.editingFinished.connect(self._finish)
        self.editor.installEventFilter(self)

    def show_value(self, value: str) -> None:
        """Show a value, unless the person is at odds with it."""
        changed, self._value = value != self._value, value
        if changed or not self.problem.text():
            self.show_problem("")
            if self.editor.text() != value:
                self.editor.setText(value)
                self.editor.setCursorPosition(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape takes the typing back."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and self.editor.text() != self._value
        ):
            self.editor.setText(self._value)
            self.show_problem("")
            return True
        return super().eventFilter(watched, event)

    def _finish(self) -> None:
        if self.editor.text() != self._value:
            self.committed.emit(self.editor.text())
        else:
            self.show_problem("")
