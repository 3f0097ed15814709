"""Technologies with what is known of them, as a table."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stack_half_life.domain.facts import Generation, TechnologyHit
from stack_half_life.gui import numbers

Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
KEY_ROLE = Qt.ItemDataRole.UserRole + 2

_COLUMNS = (
    ("Technology", "The name; its key in stack files is the tool tip of the cell"),
    ("Layer", "The layer it usually stands in"),
    ("Family", "AI or classical: which reference cloud it belongs to"),
    ("Cycles", "Release cycles known"),
    ("Releases", "Versions known"),
    ("Spells", "Spells of use in manifests of real repositories"),
    ("Newest", "Newest release cycle"),
    ("Gap", "Median gap between release cycles: a statistic of the past, no forecast"),
    ("Read on", "When the source was read; old facts are stale"),
    ("Confidence", "High: read in a source; medium: two mentions; low: general knowledge"),
)
_NUMERIC = {3, 4, 5, 7}


class TechnologyModel(QAbstractTableModel):
    """Rows of the cache's technologies."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: Sequence[TechnologyHit] = ()

    def show_hits(self, hits: Sequence[TechnologyHit]) -> None:
        """Put other technologies in place."""
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Technologies."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def columnCount(self, parent: Index | None = None) -> int:
        """What is known of each."""
        return 0 if parent is not None and parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell as text, or as a value to sort by."""
        if not index.isValid():
            return None
        hit, column = self._hits[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(hit)[column]
        if role == SORT_ROLE:
            return self._values(hit)[column]
        if role == KEY_ROLE or (role == Qt.ItemDataRole.ToolTipRole and column == 0):
            return hit.technology.key
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMERIC:
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
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _NUMERIC:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section][0]
        return _COLUMNS[section][1] if role == Qt.ItemDataRole.ToolTipRole else None

    @staticmethod
    def _values(hit: TechnologyHit) -> tuple[str | float, ...]:
        technology = hit.technology
        return (
            technology.name.casefold(),
            technology.layer.depth,
            technology.generation.value,
            hit.cycles,
            hit.releases,
            hit.spells,
            hit.newest_cycle,
            hit.median_gap_years if hit.median_gap_years is not None else 1e9,
            technology.evidence.retrieved_on.isoformat(),
            technology.evidence.confidence.value,
        )

    @staticmethod
    def _texts(hit: TechnologyHit) -> tuple[str, ...]:
        technology = hit.technology
        gap = hit.median_gap_years
        return (
            technology.name,
            technology.layer.label,
            "AI" if technology.generation is Generation.AI else "classical",
            _count(hit.cycles),
            _count(hit.releases),
            _count(hit.spells),
            hit.newest_cycle,
            "" if gap is None else numbers.span(gap),
            numbers.day(technology.evidence.retrieved_on),
            technology.evidence.confidence.value,
        )


def _count(number: int) -> str:
    return numbers.whole(number) if number else ""
