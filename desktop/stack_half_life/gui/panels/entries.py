"""Entries that a person chooses among: a list of them, and how one is drawn."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from stack_half_life.gui.theme.colours import colour
from stack_half_life.gui.theme.theme import Theme

ENTRY = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
Entry = TypeVar("Entry")


class EntryModel(QAbstractListModel, Generic[Entry]):
    """Entries, put in place as a whole.

    shown: the words of one.  spoken: its words for a screen reader.
    """

    def __init__(
        self,
        shown: Callable[[Entry], str],
        spoken: Callable[[Entry], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown, self._spoken = shown, spoken
        self._entries: Sequence[Entry] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Put other entries in place."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many entries there are."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """An entry's words, or the entry."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(entry)
        return self._spoken(entry) if role == Qt.ItemDataRole.AccessibleTextRole else None


class EntryDelegate(QStyledItemDelegate, Generic[Entry]):
    """Draws entries of one height, the chosen one on a wash."""

    def __init__(self, theme: Theme, height: int, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list will have it."""
        del option, index
        return QSize(300, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one entry."""
        area = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(colour(self.theme.colours.accent_wash))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 6, 6)
        self.draw(painter, area, index.data(ENTRY))
        painter.restore()

    def draw(self, painter: QPainter, area: QRectF, entry: Entry) -> None:
        """Draw what an entry says; the pen is off."""
        raise NotImplementedError
