"""Technologies with what is known of them, as a table."""

from PySide6.QtCore import QObject, Qt

from stack_half_life.domain.facts import Generation, TechnologyHit
from stack_half_life.gui import numbers
from stack_half_life.gui.panels.tips import plain_tip
from stack_half_life.gui.panels.titled_table import Column, TitledTable

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
KEY_ROLE = Qt.ItemDataRole.UserRole + 2

_COLUMNS = (
    Column("Technology", "The name; its key in stack files is the tool tip of the cell"),
    Column("Layer", "The layer it usually stands in"),
    Column("Family", "AI or classical: which reference cloud it belongs to"),
    Column("Cycles", "Release cycles known", is_number=True),
    Column("Releases", "Versions known", is_number=True),
    Column(
        "Spells",
        (
            "Tenure spells: stays in a manifest of a real repository, from being listed to being "
            "dropped, or to the day it was last seen"
        ),
        is_number=True,
    ),
    Column("Newest", "Newest release cycle"),
    Column(
        "Gap",
        "Median gap between release cycles: a statistic of the past, no forecast",
        is_number=True,
    ),
    Column("Read on", "When the source was read; old facts are stale"),
    Column("Confidence", "High: read in a source; medium: two mentions; low: general knowledge"),
)


class TechnologyModel(TitledTable[TechnologyHit]):
    """Rows of the cache's technologies."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)

    def texts(self, row: TechnologyHit) -> tuple[str, ...]:
        """What is known of a technology."""
        hit, technology, gap = row, row.technology, row.median_gap_years
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

    def further(self, row: TechnologyHit, column: int, role: int) -> object:
        """The key, and a value to sort by."""
        if role == SORT_ROLE:
            return self._values(row)[column]
        if role == KEY_ROLE:
            return row.technology.key
        is_tip = role == Qt.ItemDataRole.ToolTipRole and column == 0
        return plain_tip(row.technology.key) if is_tip else None

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


def _count(number: int) -> str:
    return numbers.whole(number) if number else ""
