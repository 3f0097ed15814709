"""The couplings of one component as a table."""

from PySide6.QtCore import QObject, Qt

from stack_half_life.domain.stack import Coupling
from stack_half_life.gui import numbers
from stack_half_life.gui.panels.tips import plain_tip
from stack_half_life.gui.panels.titled_table import Column, TitledTable

_COLUMNS = (
    Column(
        "Neighbour",
        "← when the neighbour changes, this one may have to follow; → the other way round.",
    ),
    Column(
        "Adapt / repl.",
        "Chance that the change forces an adaptation, and chance that it forces a replacement.",
    ),
    Column("Whose", "An assumption from the layers, or set by you."),
)


class CouplingModel(TitledTable[tuple[Coupling, bool]]):
    """One row per coupling that begins or ends at the component."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._name = ""

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
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(_COLUMNS) - 1))

    def row(self, at: int) -> tuple[Coupling, bool] | None:
        """The coupling of a row, and whether it is the stack's own."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def row_of(self, when: str, then: str) -> int | None:
        """The row of a coupling."""
        pairs = [_pair(coupling) for coupling, _own in self._rows]
        return pairs.index((when, then)) if (when, then) in pairs else None

    def texts(self, row: tuple[Coupling, bool]) -> tuple[str, ...]:
        """Neighbour and direction, two chances, whose."""
        coupling, is_own = row
        arrow = "→" if coupling.when == self._name else "←"
        adapt, replace = coupling.adapt_probability, coupling.replace_probability
        return (
            f"{arrow} {self._other(coupling, self._name)}",
            f"{numbers.per_cent(adapt)} / {numbers.percent(replace)}",
            "yours" if is_own else "assumed",
        )

    def further(self, row: tuple[Coupling, bool], column: int, role: int) -> object:
        """The coupling in a sentence."""
        del column
        if role != Qt.ItemDataRole.ToolTipRole:
            return None
        coupling, _is_own = row
        return plain_tip(
            f"When {coupling.when} changes, {coupling.then} must be adapted with a chance of "
            f"{numbers.percent(coupling.adapt_probability)} and replaced with "
            f"{numbers.percent(coupling.replace_probability)}."
        )

    def _other(self, coupling: Coupling, name: str) -> str:
        return coupling.then if coupling.when == name else coupling.when


def _pair(coupling: Coupling) -> tuple[str, str]:
    return coupling.when, coupling.then
