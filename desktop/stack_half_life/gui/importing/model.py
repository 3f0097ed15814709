"""What nobody knows of an import, with the layer each is put in."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Qt

from stack_half_life.domain.layers import Layer
from stack_half_life.gui.panels.tips import plain_tip
from stack_half_life.gui.panels.titled_table import Column, Index, TitledTable
from stack_half_life.services.import_stack import ProposedComponent

_COLUMNS = (
    Column("Component", "The name it will have in the stack; without its tick it is left out"),
    Column(
        "Layer",
        "Whose reference class it is forecast from, wide, since no evidence of its own is known",
    ),
    Column("Version", "The version the files ask for"),
    Column("In the files as", "What the files call it"),
)


class UnmatchedModel(TitledTable[ProposedComponent]):
    """One row per component without evidence; a tick takes it into the stack."""

    def __init__(
        self, unmatched: Sequence[ProposedComponent], parent: QObject | None = None
    ) -> None:
        super().__init__(_COLUMNS, parent, tuple(unmatched))
        self.layers = {each.component.name: each.component.layer for each in unmatched}
        self.left_out: set[str] = set()

    def texts(self, row: ProposedComponent) -> tuple[str, ...]:
        """Name, layer, version, and what the files call it."""
        name = row.component.name
        return name, self.layers[name].label, row.version, ", ".join(row.items)

    def further(self, row: ProposedComponent, column: int, role: int) -> object:
        """Whether the row is taken, and what the files say of it."""
        if role == Qt.ItemDataRole.CheckStateRole and column == 0:
            is_out = row.component.name in self.left_out
            return Qt.CheckState.Unchecked if is_out else Qt.CheckState.Checked
        return plain_tip(row.component.note) if role == Qt.ItemDataRole.ToolTipRole else None

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
