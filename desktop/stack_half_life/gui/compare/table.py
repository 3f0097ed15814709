"""Which components make the difference: a table, the largest first."""

from PySide6.QtCore import QObject

from stack_half_life.domain.results import Comparison, ComponentDifference
from stack_half_life.gui import numbers
from stack_half_life.gui.panels.titled_table import Column, TitledTable

_COLUMNS = (
    Column("In A", "The component in stack A; – where A has none like it"),
    Column("In B", "The component in stack B; – where B has none like it"),
    Column(
        "B − A",
        "Mean difference in person-days; the rows add up to the difference of the stacks",
        is_number=True,
    ),
    Column("P10–P90", "P10–P90 of the difference over the futures", is_number=True),
)


class ContributionModel(TitledTable[ComponentDifference]):
    """Rows of a comparison's contributions."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Take over a comparison."""
        found = comparison.contributions if comparison else ()
        self.show_rows(sorted(found, key=lambda each: -abs(each.difference_days.mean)))

    def row(self, at: int) -> ComponentDifference:
        """What a row is about."""
        return self._rows[at]

    def texts(self, row: ComponentDifference) -> tuple[str, ...]:
        """The names and the figures."""
        difference = row.difference_days
        span = f"{numbers.signed_days(difference.p10)} to {numbers.signed_days(difference.p90)}"
        return row.a or "–", row.b or "–", numbers.signed_days(difference.mean), span
