"""The list of keys, under F1."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QScrollArea, QVBoxLayout, QWidget

_IN_LISTS = (
    ("Del", "Delete the selected components"),
    ("Ctrl+D", "Duplicate the selected components"),
    ("Ctrl+C, Ctrl+X, Ctrl+V", "Copy, cut and paste components, also between stacks"),
    ("Alt+Up, Alt+Down", "Move the selected components within their layer"),
    ("Enter, F2", "Edit the selected component"),
    ("Esc", "Let go of the selection: stack and scenario"),
    ("Up, Down in a figure", "Step it"),
    ("Esc in a field", "Take the typing back"),
)


class ShortcutsDialog(QDialog):
    """Every action that has keys, and the keys of the lists and fields."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(520, 560)
        keyed = [
            (
                ", ".join(
                    keys.toString(QKeySequence.SequenceFormat.NativeText)
                    for keys in action.shortcuts()
                ),
                action.text().replace("&", "").rstrip("…"),
            )
            for action in actions
            if action.shortcuts()
        ]
        rows = "".join(
            f"<tr><td style='padding:3px 24px 3px 0'><b>{escape(keys)}</b></td>"
            f"<td style='padding:3px 0'>{escape(words)}</td></tr>"
            for keys, words in (*keyed, *_IN_LISTS)
        )
        self.text = QLabel(f"<table>{rows}</table>")
        self.text.setAccessibleName("Keyboard shortcuts")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        area = QScrollArea()
        area.setAccessibleName("Keyboard shortcuts")
        area.setWidgetResizable(True)
        area.setWidget(self.text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addWidget(buttons)
