"""The frame of every field: label, editor, words on what is wrong."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stack_half_life.gui.theme import fonts

LABEL_WIDTH = 104


class Field(QWidget):
    """A label left of an editor; below it, while there is something wrong, why."""

    def __init__(self, words: str, hint: str) -> None:
        super().__init__()
        self._editors: list[QWidget] = []
        self._hint = hint
        self.label = QLabel(words)
        self.label.setMinimumWidth(LABEL_WIDTH)
        self.label.setToolTip(hint)
        self.problem = QLabel()
        self.problem.setFont(fonts.small())
        self.problem.setProperty("tone", "error")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._row.addWidget(self.label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(self._row)
        under = QHBoxLayout()
        under.setContentsMargins(LABEL_WIDTH + 6, 0, 0, 0)
        under.addWidget(self.problem)
        column.addLayout(under)

    def hold(self, *editors: QWidget) -> None:
        """Put editors beside the label."""
        self._editors = list(editors)
        self.label.setBuddy(editors[0])
        for editor in editors:
            editor.setToolTip(self._hint)
            self._row.addWidget(editor, 1)

    def show_problem(self, words: str) -> None:
        """Say what is wrong beside the field; empty words take it back."""
        if words == self.problem.text():
            return
        self.problem.setText(words[:1].upper() + words[1:])
        self.problem.setVisible(bool(words))
        for editor in self._editors:
            editor.setProperty("wrong", bool(words))
            editor.setAccessibleDescription(words)
            editor.style().unpolish(editor)
            editor.style().polish(editor)
