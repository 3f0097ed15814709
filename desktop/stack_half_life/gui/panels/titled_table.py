"""What tables have in common: titles that say what stands below them, and rows of one kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column:
    """A title, what stands below it in a sentence, and whether that is figures."""

    title: str
    hint: str
    is_number: bool = False


class TitledTable(QAbstractTableModel, Generic[Row]):
    """Rows under titles; what a row says in each column, and in other roles, is the subclass's."""

    def __init__(
        self, columns: Sequence[Column], parent: QObject | None = None, rows: Sequence[Row] = ()
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows = rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Put other rows in place."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def texts(self, row: Row) -> Sequence[str]:
        """What stands in a row, column by column."""
        raise NotImplementedError

    def further(self, row: Row, column: int, role: int) -> object:
        """What a cell answers to roles other than its text and alignment."""
        del row, column, role
        return None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, and what else is told of it."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.texts(row)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        return self.further(row, column, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles and what they mean."""
        is_column = orientation is Qt.Orientation.Horizontal and 0 <= section < len(self._columns)
        if not is_column:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._columns[section].hint
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag | None:
        if not self._columns[column].is_number:
            return None
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
