"""The neighbours of a component: what a change of one does to the other, seen and edited."""

from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QPushButton, QVBoxLayout, QWidget

from stack_half_life.domain import edits
from stack_half_life.domain.problems import first_problem
from stack_half_life.domain.stack import Component, Coupling
from stack_half_life.forecast.neighbours import (
    ADAPT_ABOVE,
    ADAPT_SHARE,
    REPLACE_ABOVE,
    assumed_at,
    couplings_at,
)
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.fields.field import Field
from stack_half_life.gui.fields.numeric import NumbersField
from stack_half_life.gui.inspector.coupling_model import CouplingModel
from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.panels.table import Table

_THREE = ("low", "likely", "high")
_ARROWS = "← the neighbour forces work on {name}\n→ {name} forces work on the neighbour"
_LEAST_ROWS, _MOST_ROWS = 3, 9
"""Rows of the table shown without scrolling in it."""
_ASSUMED = (
    "An assumption from the layers, for the first change of each half-year in that layer; "
    "edit it to make it yours"
)
_WIDTHS = (100, 96, 82)


class NeighboursPage(QWidget):
    """Lists the couplings of the selected component; the chosen one is edited below."""

    def __init__(self, document: StackDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._name = ""
        self._chosen: tuple[str, str] | None = None
        self.model = CouplingModel(self)
        self.table = Table("Couplings with neighbours", self.model)
        self.table.selectionModel().selectionChanged.connect(lambda *_both: self._choose())
        self.arrows = label("", tone="muted", wraps=True)
        self.words = label("", tone="muted", wraps=True)
        self.adapt = NumbersField(
            "Adapt, %", ("",), "Chance that the change forces an adaptation.", step=5, percent=True
        )
        self.share = NumbersField(
            "Its share, %",
            _THREE,
            "Share of the component's effort that an adaptation costs.",
            step=5,
            percent=True,
        )
        self.replace = NumbersField(
            "Replace, %", ("",), "Chance that the change forces a replacement.", percent=True
        )
        self.reset = QPushButton("Back to default")
        self.reset.setToolTip("Let what is assumed from the layers apply again")
        self.remove = QPushButton("Remove")
        self.remove.setToolTip("The change forces nothing any more")
        self.other = QComboBox()
        self.other.setAccessibleName("Component to couple")
        self.other.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.other.setMinimumContentsLength(10)
        self.add = QPushButton("Add neighbour")
        self.add.setToolTip("When the chosen component changes, this one may have to follow")
        self._arrange()
        self._connect()

    def show_component(self, component: Component) -> None:
        """Show a component's couplings."""
        stack = self._document.stack
        self._name = component.name
        couplings = couplings_at(stack, component.name, self._document.profiles)
        self.model.show_couplings(component.name, couplings)
        self.arrows.setText(_ARROWS.format(name=component.name))
        self._fit_table()
        coupled = {coupling.when for coupling, _own in couplings if coupling.then == component.name}
        free = [
            each.name
            for each in stack.components
            if each.name != component.name and each.name not in coupled
        ]
        if free != [self.other.itemText(at) for at in range(self.other.count())]:
            self.other.clear()
            self.other.addItems(free)
        self.add.setEnabled(bool(free))
        self._keep_chosen()
        self._show_chosen()

    def _fit_table(self) -> None:
        """Make the table as high as its rows, within bounds."""
        rows = min(max(self.model.rowCount(), _LEAST_ROWS), _MOST_ROWS)
        row_height = self.table.verticalHeader().defaultSectionSize()
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(head + rows * row_height + 2 * self.table.frameWidth())

    def _arrange(self) -> None:
        for at, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(at, width)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(self.table, 1)
        column.addWidget(self.arrows)
        column.addWidget(self.words)
        for field in (self.adapt, self.share, self.replace):
            column.addWidget(field)
        for pair in ((self.reset, self.remove), (self.other, self.add)):
            row = QHBoxLayout()
            for each in pair:
                row.addWidget(each, 1 if each is self.other else 0)
            if self.other not in pair:
                row.addStretch(1)
            column.addLayout(row)

    def _connect(self) -> None:
        self.adapt.typed.connect(
            lambda values: self._change(self.adapt, adapt_probability=values[0])
        )
        self.replace.typed.connect(
            lambda values: self._change(self.replace, replace_probability=values[0])
        )
        self.share.typed.connect(
            lambda values: self._change(
                self.share, adapt_share=dict(zip(_THREE, values, strict=True))
            )
        )
        for field in (self.adapt, self.share, self.replace):
            field.left.connect(self._document.seal)
            field.taken_back.connect(self._document.take_back)
        self.reset.clicked.connect(self._reset)
        self.remove.clicked.connect(self._remove)
        self.add.clicked.connect(self._add)

    def _choose(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        found = self.model.row(rows[0].row()) if rows else None
        self._chosen = (found[0].when, found[0].then) if found else None
        self._show_chosen()

    def _keep_chosen(self) -> None:
        """Choose the same coupling again after the table was filled anew, else the first."""
        at = self.model.row_of(*self._chosen) if self._chosen else None
        rows = self.table.selectionModel().selectedRows()
        if rows and at == rows[0].row():
            return
        if self.model.rowCount():
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(
                self.model.index(at or 0, 0), flags.ClearAndSelect | flags.Rows
            )
        else:
            self._chosen = None

    def _current(self) -> tuple[Coupling, bool] | None:
        at = self.model.row_of(*self._chosen) if self._chosen else None
        return self.model.row(at) if at is not None else None

    def _show_chosen(self) -> None:
        current = self._current()
        for each in (self.adapt, self.share, self.replace, self.remove):
            each.setEnabled(current is not None)
        self.reset.setEnabled(current is not None and current[1])
        if current is None:
            self.words.setText("Nothing is coupled with this component; add a neighbour below.")
            return
        coupling, is_own = current
        whose = "Set by you" if is_own else _ASSUMED
        self.words.setText(f"When {coupling.when} changes, what {coupling.then} needs. {whose}.")
        self.adapt.show_values([coupling.adapt_probability])
        share = coupling.adapt_share
        self.share.show_values([share.low, share.likely, share.high])
        self.replace.show_values([coupling.replace_probability])

    def _change(self, field: Field, **changes: Any) -> None:
        current = self._current()
        if current is None:
            return
        coupling = current[0]
        try:
            new = edits.with_coupling(self._document.stack, edits.changed(coupling, **changes))
        except ValidationError as problem:
            field.show_problem(first_problem(problem)[1])
            return
        field.show_problem("")
        key = f"coupling:{coupling.when}:{coupling.then}:{','.join(changes)}"
        self._document.edit(new, f"Couple {coupling.then} to {coupling.when}", key)

    def _reset(self) -> None:
        if self._chosen is not None:
            when, then = self._chosen
            new = edits.without_coupling(self._document.stack, when, then)
            self._document.edit(new, f"Default coupling of {then} to {when}")

    def _remove(self) -> None:
        current = self._current()
        if current is None:
            return
        coupling, stack = current[0], self._document.stack
        pair = (coupling.when, coupling.then)
        assumed = (
            assumed_at(stack, self._name, self._document.profiles)
            if stack.default_couplings
            else ()
        )
        if pair in [(each.when, each.then) for each in assumed]:
            nothing = edits.changed(coupling, adapt_probability=0.0, replace_probability=0.0)
            new = edits.with_coupling(stack, nothing)
        else:
            new = edits.without_coupling(stack, *pair)
        self._document.edit(new, f"Uncouple {coupling.then} from {coupling.when}")

    def _add(self) -> None:
        other = self.other.currentText()
        if other:
            coupling = Coupling(
                when=other,
                then=self._name,
                adapt_probability=ADAPT_ABOVE,
                adapt_share=ADAPT_SHARE,
                replace_probability=REPLACE_ABOVE,
            )
            self._chosen = (other, self._name)
            new = edits.with_coupling(self._document.stack, coupling)
            self._document.edit(new, f"Couple {self._name} to {other}")
