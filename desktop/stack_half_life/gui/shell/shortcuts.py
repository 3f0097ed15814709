"""The list of keys, under F1."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from stack_half_life.gui.palette.commands import Command

_WITHIN = (
    ("Enter, F2", "Edit the selected component"),
    ("Esc", "Let go of the selection: stack and scenario"),
    ("Up, Down in a figure", "Step it"),
    ("Esc in a field", "Take the typing back"),
    ("Ctrl+C in a table", "Copy its selected rows, or all, as tab-separated text"),
)
"""Keys that act within a list or a field and belong to no command."""


class ShortcutsDialog(QDialog):
    """Every command that has keys, and the keys of the lists and fields."""

    def __init__(self, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(520, 560)
        keyed = [(each.keys, each.title.rstrip("…")) for each in commands if each.keys]
        rows = "".join(
            f"<tr><td style='padding:3px 24px 3px 0'><b>{escape(keys)}</b></td>"
            f"<td style='padding:3px 0'>{escape(words)}</td></tr>"
            for keys, words in (*keyed, *_WITHIN)
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
