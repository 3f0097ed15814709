"""The compare view: choose two open stacks, see both over the same futures."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from stack_half_life.domain import edits
from stack_half_life.domain.differences import stack_differences
from stack_half_life.domain.results import ComponentDifference
from stack_half_life.domain.stack import Stack
from stack_half_life.gui import numbers
from stack_half_life.gui.compare.difference import DifferencePlot
from stack_half_life.gui.compare.invitation import Invitation
from stack_half_life.gui.compare.table import ContributionModel
from stack_half_life.gui.cost.fan import CostFan, FanCurve
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.panels.copies import offer_copy
from stack_half_life.gui.panels.figures import FigureRow
from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.panels.panel import Panel
from stack_half_life.gui.panels.table import Table
from stack_half_life.gui.theme.theme import Theme
from stack_half_life.report.spreadsheet import as_tsv
from stack_half_life.services.compare import Compared

_FIGURES = (
    ("difference", "Median of B − A", "Median of the paired difference; below it P10–P90."),
    (
        "chance",
        "B is cheaper in",
        "Share of the common futures in which B costs fewer days than A.",
    ),
    (
        "break_even",
        "Break-even",
        "From when the cheaper stack's expected cumulative cost stays below the other's.",
    ),
    ("a", "Median of A", "Median rework of A within the horizon."),
    ("b", "Median of B", "Median rework of B within the horizon, under A's scenario."),
)
_LEAST_EQUAL = 0.005
"""Share of futures in which both cost the same, from which on it is worth a word."""


class ComparePanel(QWidget):
    """Asks for comparisons of the chosen pair, and shows them."""

    wanted = Signal(object, object)
    """Stacks A and B to compare."""
    changed = Signal(object, str)
    """A document that a component was copied to, and what was done, in words."""

    def __init__(
        self,
        theme: Theme,
        examples: Sequence[tuple[Path, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Take the examples to offer while there is no pair, as (file, name)."""
        super().__init__(parent)
        self.invitation = Invitation(examples)
        self._pages = QStackedWidget()
        self._documents: Sequence[StackDocument] = ()
        self.is_complete = False
        self.pick_a, self.pick_b = QComboBox(), QComboBox()
        self.swap = QPushButton("⇄ Swap")
        self.figures = FigureRow(_FIGURES)
        self.fan = CostFan(theme)
        self.difference = DifferencePlot(theme)
        self.model = ContributionModel(self)
        self.table = Table("What makes the difference", self.model)
        self.differences = QListWidget()
        offer_copy(self.differences, "Copy what differs (TSV)", self._copy_differences, "Ctrl+C")
        self.differences.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.to_b, self.to_a = QPushButton("Copy to B →"), QPushButton("← Copy to A")
        self.words = label("", tone="muted", wraps=True)
        self._arrange()
        for pick in (self.pick_a, self.pick_b):
            pick.activated.connect(lambda _at: self._ask())
        self.swap.clicked.connect(self._swap)
        self.table.selectionModel().selectionChanged.connect(lambda *_both: self._offer_copies())
        self.model.modelReset.connect(self._offer_copies)
        self._offer_copies()
        self.to_b.clicked.connect(lambda: self._copy_across(to_b=True))
        self.to_a.clicked.connect(lambda: self._copy_across(to_b=False))

    def show_documents(
        self, documents: Sequence[StackDocument], front: StackDocument | None
    ) -> None:
        """Offer the open stacks; the chosen pair stays chosen where it can."""
        a, b = self.pair()
        self._documents = documents
        for pick in (self.pick_a, self.pick_b):
            pick.clear()
            pick.addItems([each.title for each in documents])
        a, b = _pair_of(documents, front, a, b)
        self.pick_a.setCurrentIndex(documents.index(a) if a is not None else -1)
        self.pick_b.setCurrentIndex(documents.index(b) if b is not None else -1)
        self._ask()

    def pair(self) -> tuple[StackDocument | None, StackDocument | None]:
        """The chosen documents."""
        found = [
            self._documents[pick.currentIndex()]
            if 0 <= pick.currentIndex() < len(self._documents)
            else None
            for pick in (self.pick_a, self.pick_b)
        ]
        return found[0], found[1]

    def show_compared(self, compared: Compared, *, is_complete: bool) -> None:
        """Draw a comparison, a first one from few futures or the complete one."""
        self.is_complete = is_complete
        comparison = compared.comparison
        a, b = comparison.a, comparison.b
        put = partial(self.figures.put, is_rough=not is_complete)
        difference = comparison.difference_days
        low, high = numbers.signed_days(difference.p10), numbers.signed_days(difference.p90)
        put("difference", numbers.signed_days(difference.p50), f"{low} to {high}")
        chance = numbers.percent(comparison.probability_b_cheaper)
        equal = comparison.probability_equal
        is_often = equal >= _LEAST_EQUAL
        note = f"equal in {numbers.percent(equal)}" if is_often else "of the common futures"
        put("chance", chance, note)
        even = comparison.break_even_years
        ahead = "B" if difference.mean < 0 else "A"
        horizon = f"within {numbers.plain(round(a.horizon_years, 1))} years"
        within = horizon if even is None else f"from then {ahead} costs less"
        put("break_even", "none" if even is None else numbers.years(even), within)
        for key, side in (("a", a), ("b", b)):
            total = side.total_cost_days
            span = f"P10–P90 {numbers.whole(total.p10)} – {numbers.days(total.p90)}"
            put(key, numbers.days(total.p50), span)
        self.fan.show_curves((FanCurve(a, "A"), FanCurve(b, "B", second=True)))
        self.difference.show_comparison(comparison)
        self.model.show_comparison(comparison)
        self.differences.clear()
        self.differences.addItems(stack_differences(compared.a.stack, compared.b.stack))
        if not self.differences.count():
            self.differences.addItem("The stacks are the same.")
        self.words.setText(
            "B is judged under A's scenario; its own is another."
            if compared.scenario_differs
            else ""
        )

    def show_problem(self, words: str) -> None:
        """Say why there is no comparison."""
        self.words.setText(words)
        for key, _caption, _hint in _FIGURES:
            self.figures.put(key, "–", "")
        self.fan.show_curves(())
        self.difference.show_comparison(None)
        self.model.show_comparison(None)
        self.differences.clear()

    def sizeHint(self) -> QSize:
        """A whole page."""
        return QSize(1200, 760)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        for words, pick in (("A", self.pick_a), ("B", self.pick_b)):
            pick.setAccessibleName(f"Stack {words}")
            pick.setMinimumWidth(260)
            name = QLabel(words)
            name.setProperty("tone", "accent" if words == "A" else "second")
            name.setBuddy(pick)
            top.addWidget(name)
            top.addWidget(pick)
            if words == "A":
                top.addWidget(self.swap)
        self.swap.setToolTip("Make A of B and B of A")
        top.addWidget(self.words, 1)
        fan = Panel(
            "Cumulative rework cost", "person-days · bands P10–P90 and P25–P75 · line median"
        )
        fan.content.addWidget(self.fan, 1)
        spread = Panel("Difference", "B − A in person-days, over the same futures")
        spread.content.addWidget(self.difference, 1)
        parts = Panel("What makes the difference", "")
        for button, side, other in ((self.to_b, "A", "B"), (self.to_a, "B", "A")):
            button.setToolTip(
                f"Put the selected component of {side} into {other}; undo takes it back. "
                f"Needs a selected row whose component is in {side}."
            )
            parts.header.addWidget(button)
        parts.content.addWidget(self.table, 1)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        unlike = Panel("What differs", "between the stacks as composed")
        self.differences.setAccessibleName("Differences between the stacks")
        self.differences.setWordWrap(True)
        unlike.content.addWidget(self.differences, 1)
        grid = QSplitter(Qt.Orientation.Horizontal)
        grid.setHandleWidth(10)
        for panels in ((fan, parts), (spread, unlike)):
            column = QSplitter(Qt.Orientation.Vertical)
            column.setHandleWidth(10)
            for panel in panels:
                column.addWidget(panel)
            column.setSizes([400, 340])
            grid.addWidget(column)
        grid.setSizes([760, 620])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 0, 12, 4)
        pair = QWidget()
        inside = QVBoxLayout(pair)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addLayout(top)
        inside.addWidget(self.figures)
        inside.addWidget(grid, 1)
        self._pages.addWidget(pair)
        self._pages.addWidget(self.invitation)
        outer.addWidget(self._pages)

    def _ask(self) -> None:
        self.is_complete = False
        a, b = self.pair()
        is_pair = a is not None and b is not None
        self._pages.setCurrentIndex(0 if is_pair else 1)
        if a is None or b is None:
            self.invitation.show_open(a.title if a is not None else None)
        elif not a.stack.components or not b.stack.components:
            self.show_problem("A stack without components has nothing to compare.")
        else:
            self.wanted.emit(a.stack, b.stack)

    def _copy_differences(self) -> None:
        lines = [self.differences.item(at).text() for at in range(self.differences.count())]
        rows = [[head, rest.strip()] for head, _colon, rest in (x.partition(":") for x in lines)]
        QGuiApplication.clipboard().setText(as_tsv(rows))

    def _swap(self) -> None:
        a, b = self.pick_a.currentIndex(), self.pick_b.currentIndex()
        self.pick_a.setCurrentIndex(b)
        self.pick_b.setCurrentIndex(a)
        self._ask()

    def _chosen(self) -> list[ComponentDifference]:
        rows = self.table.selectionModel().selectedRows()
        return [self.model.row(index.row()) for index in rows]

    def _offer_copies(self) -> None:
        """Let only what there is be copied: a component in both, or in one alone, to the other."""
        chosen = self._chosen()
        self.to_b.setEnabled(any(row.a is not None for row in chosen))
        self.to_a.setEnabled(any(row.b is not None for row in chosen))

    def _copy_across(self, *, to_b: bool) -> None:
        a, b = self.pair()
        if a is None or b is None:
            return
        giver, taker = (a, b) if to_b else (b, a)
        copied = []
        for row in self._chosen():
            given, replaced = (row.a, row.b) if to_b else (row.b, row.a)
            if given is not None:
                taker.edit(
                    _with_component_of(taker.stack, giver.stack, given, replaced),
                    f"Copy {given} from {giver.title}",
                )
                copied.append(given)
        words = f"Copied {', '.join(copied)} into {taker.title}; Undo takes it back."
        self.changed.emit(taker, words)


def _pair_of(
    documents: Sequence[StackDocument],
    front: StackDocument | None,
    a: StackDocument | None,
    b: StackDocument | None,
) -> tuple[StackDocument | None, StackDocument | None]:
    """What to compare: the pair so far with the stack in front in it, A left of B at first."""
    a, b = (each if each in documents else None for each in (a, b))
    front = front if front in documents else next(iter(documents), None)
    if front not in (a, b):
        if a is not None:
            return a, front
        if b is not None:
            return front, b
    if a is not None and b is not None and a is not b:
        return a, b
    at = documents.index(front) if front is not None else 0
    left = max(min(at - 1, len(documents) - 2), 0)
    pair = [*documents[left : left + 2], None, None]
    return pair[0], pair[1]


def _with_component_of(taker: Stack, giver: Stack, given: str, replaced: str | None) -> Stack:
    component = giver.component(given)
    if replaced is None:
        return edits.with_components_added(taker, [component])
    fields = {name: getattr(component, name) for name in type(component).model_fields}
    others = [each.name for each in taker.components if each.name != replaced]
    fields["name"] = replaced if given in others else given
    return edits.with_component_changed(taker, replaced, **fields)
