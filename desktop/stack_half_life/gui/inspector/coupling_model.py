"""The couplings of one component as a table."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stack_half_life.domain.stack import Coupling
from stack_half_life.gui import numbers
from stack_half_life.gui.panels.tips import plain_tip

TITLES = ("Neighbour", "Chances", "Whose")
Index = QModelIndex | QPersistentModelIndex
_HINTS = (
    "← when the neighbour changes, this one may have to follow; → the other way round.",
    "Chance that the change forces an adaptation, and chance that it forces a replacement.",
    "An assumption from the layers, or set by you.",
)


class CouplingModel(QAbstractTableModel):
    """One row per coupling that begins or ends at the component."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._rows: tuple[tuple[Coupling, bool], ...] = ()

    def show_couplings(self, name: str, rows: tuple[tuple[Coupling, bool], ...]) -> None:
        """Show a component's couplings, and whether each is the stack's own."""
        rows = tuple(sorted(rows, key=lambda row: (self._other(row[0], name), row[0].when == name)))
        same_places = name == self._name and [_pair(row[0]) for row in rows] == [
            _pair(row[0]) for row in self._rows
        ]
        if not same_places:
            self.beginResetModel()
        self._name, self._rows = name, rows
        if not same_places:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(TITLES) - 1))

    def row(self, at: int) -> tuple[Coupling, bool] | None:
        """The coupling of a row, and whether it is the stack's own."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def row_of(self, when: str, then: str) -> int | None:
        """The row of a coupling."""
        pairs = [_pair(coupling) for coupling, _own in self._rows]
        return pairs.index((when, then)) if (when, then) in pairs else None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many couplings there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Neighbour and direction, two chances, whose."""
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
        """A cell's words."""
        found = self.row(index.row()) if index.isValid() else None
        if found is None:
            return None
        coupling, is_own = found
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = "→" if coupling.when == self._name else "←"
            adapt, replace = coupling.adapt_probability, coupling.replace_probability
            return (
                f"{arrow} {self._other(coupling, self._name)}",
                f"{numbers.plain(100 * adapt)} / {numbers.percent(replace)}",
                "yours" if is_own else "assumed",
            )[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(
                f"When {coupling.when} changes, {coupling.then} must be adapted with a chance of "
                f"{numbers.percent(coupling.adapt_probability)} and replaced with "
                f"{numbers.percent(coupling.replace_probability)}."
            )
        return None

    def _other(self, coupling: Coupling, name: str) -> str:
        return coupling.then if coupling.when == name else coupling.when


def _pair(coupling: Coupling) -> tuple[str, str]:
    return coupling.when, coupling.then
