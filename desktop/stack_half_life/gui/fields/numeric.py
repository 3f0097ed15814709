"""Figures: typed in the person's locale, stepped with the arrow keys, taken over as typed."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from stack_half_life.gui import numbers
from stack_half_life.gui.fields.field import Field

_PERCENT = 100.0


class NumbersField(Field):
    """One or several figures that belong together, such as low / likely / high."""

    typed = Signal(list)
    """All figures, as floats, each time all are numbers."""
    left = Signal()
    """The person is done with the field."""
    taken_back = Signal()
    """What was told since the field was last left shall not hold."""

    def __init__(
        self,
        words: str,
        names: Sequence[str],
        hint: str,
        *,
        step: float = 1.0,
        least: float = 0.0,
        percent: bool = False,
    ) -> None:
        super().__init__(words, hint)
        self._step = step
        self._least = least
        self._scale = _PERCENT if percent else 1.0
        self._values: list[float] = []
        self._before: list[float] | None = None
        """What stood when the typing began; None while nobody types."""
        self._is_taking_back = False
        self._told: list[float] | None = None
        """What the typing has told so far."""
        self.editors = [QLineEdit() for _ in names]
        for editor, name in zip(self.editors, names, strict=True):
            editor.setAccessibleName(f"{words}, {name}" if name else words)
            editor.setPlaceholderText(name)
            editor.setMinimumWidth(48)
            editor.textEdited.connect(self._read)
            editor.editingFinished.connect(self._finish)
            editor.installEventFilter(self)
        self.hold(*self.editors)

    def show_values(self, values: Sequence[float]) -> None:
        """Show figures; text that already means them is left as typed."""
        changed, self._values = list(values) != self._values, list(values)
        if self._values not in (self._before, self._told):
            self._before = self._told = None
        if self._is_taking_back or (self.problem.text() and not changed):
            return
        self.show_problem("")
        for editor, value in zip(self.editors, values, strict=True):
            shown = numbers.parse(editor.text())
            if shown is None or abs(shown - value * self._scale) > 1e-6 or not editor.hasFocus():
                editor.setText(numbers.plain(value * self._scale))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down step; Escape takes the typing back."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            if step is not None and isinstance(watched, QLineEdit):
                value = numbers.parse(watched.text())
                if value is not None:
                    watched.setText(numbers.plain(max(value + step * self._step, self._least)))
                    self._read()
                return True
            is_typing = self._before is not None or bool(self.problem.text())
            if event.key() == Qt.Key.Key_Escape and is_typing:
                self._take_back()
                self._before = self._told = None
                self.show_problem("")
                for editor, value in zip(self.editors, self._values, strict=True):
                    editor.setText(numbers.plain(value * self._scale))
                return True
        return super().eventFilter(watched, event)

    def _finish(self) -> None:
        self._before = self._told = None
        self.left.emit()

    def _read(self) -> None:
        """Tell what is typed; while it is wrong, what stood before the typing holds."""
        if self._before is None:
            self._before = list(self._values)
        self._tell_typed()
        words = self.problem.text()
        if words:
            self._take_back()
            self.show_problem(words)

    def _take_back(self) -> None:
        """Let what stood before the typing hold, where the typing has told something else."""
        before, told = self._before, self._told
        if before is not None and told is not None and told != before:
            self._told = self._values = list(before)
            self._is_taking_back = True
            self.taken_back.emit()
            self._is_taking_back = False

    def _tell_typed(self) -> None:
        values = [numbers.parse(editor.text()) for editor in self.editors]
        found = [value / self._scale for value in values if value is not None]
        if len(found) < len(values):
            odd = next(
                editor.text().strip()
                for editor, value in zip(self.editors, values, strict=True)
                if value is None
            )
            self.show_problem(f"“{odd[:24]}” is not a number" if odd else "a number is required")
            return
        if self._scale == _PERCENT and not all(0 <= value <= 1 for value in found):
            self.show_problem("from 0 to 100 % is allowed")
            return
        self.show_problem("")
        told_before, self._told = self._told, found
        self.typed.emit(found)
        if self.problem.text():
            self._told = told_before
