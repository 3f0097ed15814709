"""Which components make the difference: a table, the largest first."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stack_half_life.domain.results import Comparison, ComponentDifference
from stack_half_life.gui import numbers

Index = QModelIndex | QPersistentModelIndex
_HEADERS = ("In A", "In B", "B − A", "P10–P90")
_HINTS = (
    "The component in stack A; – where A has none like it",
    "The component in stack B; – where B has none like it",
    "Mean difference in person-days; the rows add up to the difference of the stacks",
    "P10–P90 of the difference over the futures",
)


class ContributionModel(QAbstractTableModel):
    """Rows of a comparison's contributions."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ComponentDifference, ...] = ()

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Take over a comparison."""
        self.beginResetModel()
        found = comparison.contributions if comparison else ()
        self._rows = tuple(sorted(found, key=lambda each: -abs(each.difference_days.mean)))
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Components of either stack."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """In A, in B, difference, its spread."""
        return 0 if parent is not None and parent.isValid() else len(_HEADERS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The figures as text."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(row)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column > 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Column titles and what they mean."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section > 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[section]
        return _HINTS[section] if role == Qt.ItemDataRole.ToolTipRole else None

    def row(self, at: int) -> ComponentDifference:
        """What a row is about."""
        return self._rows[at]

    @staticmethod
    def _texts(row: ComponentDifference) -> tuple[str, str, str, str]:
        difference = row.difference_days
        span = f"{numbers.signed_days(difference.p10)} to {numbers.signed_days(difference.p90)}"
        return row.a or "–", row.b or "–", numbers.signed_days(difference.mean), span
