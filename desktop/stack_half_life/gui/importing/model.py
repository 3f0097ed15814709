"""What nobody knows of an import, with the layer each is put in."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stack_half_life.domain.layers import Layer
from stack_half_life.gui.panels.tips import plain_tip
from stack_half_life.services.import_stack import ProposedComponent

TITLES = ("Component", "Layer", "Version", "In the files as")
_HINTS = (
    "The name it will have in the stack; without its tick it is left out",
    "Whose reference class it is forecast from, wide, since no evidence of its own is known",
    "The version the files ask for",
    "What the files call it",
)
Index = QModelIndex | QPersistentModelIndex


class UnmatchedModel(QAbstractTableModel):
    """One row per component without evidence; a tick takes it into the stack."""

    def __init__(
        self, unmatched: Sequence[ProposedComponent], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = tuple(unmatched)
        self.layers = {each.component.name: each.component.layer for each in unmatched}
        self.left_out: set[str] = set()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many have no evidence."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Name, layer, version, and what the files call it."""
        return 0 if parent is not None and parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles and what they mean."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        return _HINTS[section] if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's words, and whether the row is taken."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        name = row.component.name
        if role == Qt.ItemDataRole.DisplayRole:
            texts = (name, self.layers[name].label, row.version, ", ".join(row.items))
            return texts[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            is_out = name in self.left_out
            return Qt.CheckState.Unchecked if is_out else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.component.note)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows are selected, names ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a row or leave it out."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        name = self._rows[index.row()].component.name
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self.left_out.discard(name)
        else:
            self.left_out.add(name)
        self.dataChanged.emit(index, index)
        return True

    def put_in(self, rows: Iterable[int], layer: Layer) -> None:
        """Put rows in a layer."""
        for row in rows:
            self.layers[self._rows[row].component.name] = layer
            self.dataChanged.emit(self.index(row, 1), self.index(row, 1))
