"""A table of texts."""

from PySide6.QtCore import Qt

from stack_half_life.gui.panels.tips import plain_tip
from stack_half_life.gui.panels.titled_table import Column, TitledTable

__all__ = ["Column", "TextTableModel"]


class TextTableModel(TitledTable[tuple[str, ...]]):
    """Rows of texts, put in place as a whole; a tool tip shows each in full."""

    def texts(self, row: tuple[str, ...]) -> tuple[str, ...]:
        """The row itself."""
        return row

    def further(self, row: tuple[str, ...], column: int, role: int) -> object:
        """A cell's whole text as its tool tip."""
        return plain_tip(row[column]) if role == Qt.ItemDataRole.ToolTipRole else None
