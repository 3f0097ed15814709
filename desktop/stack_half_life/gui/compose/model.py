"""The stack as a list: a heading per layer, and under it the components."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from stack_half_life.domain.grouping import by_layer
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.results import ComponentForecast
from stack_half_life.domain.stack import Component
from stack_half_life.forecast.neighbours import couplings_at
from stack_half_life.gui import numbers
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.inspector.overrides import in_words
from stack_half_life.gui.panels.tips import plain_tip

MOVED_TYPE = "application/x-stack-half-life-moved"

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks of a row, beside Qt's own roles."""

    LAYER = Qt.ItemDataRole.UserRole + 1
    DETAIL = Qt.ItemDataRole.UserRole + 2
    FIGURE = Qt.ItemDataRole.UserRole + 3
    SOON = Qt.ItemDataRole.UserRole + 4
    MATCHED = Qt.ItemDataRole.UserRole + 5
    HEADING = Qt.ItemDataRole.UserRole + 6
    NEIGHBOUR = Qt.ItemDataRole.UserRole + 7
    BY_HAND = Qt.ItemDataRole.UserRole + 8


@dataclass(frozen=True, slots=True)
class ListRow:
    """A layer's heading (component None) or a component."""

    layer: Layer
    component: Component | None = None


class ComponentModel(QAbstractListModel):
    """Rows of a document's stack; a drop asks for a move and changes nothing itself."""

    move_wanted = Signal(list, object, object)
    """Names, the layer they are dropped in, and the name they are put before (None: last)."""

    def __init__(self, document: StackDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._rows: list[ListRow] = []
        self._forecasts: dict[str, ComponentForecast] = {}
        self._neighbours: frozenset[str] = frozenset()
        document.stack_changed.connect(self._take_stack)
        document.selection_changed.connect(self._take_neighbours)
        document.assessment_changed.connect(self._take_assessment)
        self._take_stack()
        self._take_assessment()

    def rowCount(self, parent: Index | None = None) -> int:
        """Headings and components."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row's text, figures and marks."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.HEADING:
            return row.component is None
        if role == Role.LAYER:
            return row.layer
        if row.component is None:
            return row.layer.label if role == Qt.ItemDataRole.DisplayRole else None
        return self._component_data(row.component, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Components can be selected and dragged; keys pass layers by; drops land between rows."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        if self._rows[index.row()].component is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def mimeTypes(self) -> list[str]:
        """What a drag within the list carries."""
        return [MOVED_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The names dragged."""
        data = QMimeData()
        names = [self.name_at(index.row()) for index in indexes]
        data.setData(MOVED_TYPE, json.dumps([name for name in names if name]).encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved."""
        return Qt.DropAction.MoveAction

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask for the move and return False, so that the view removes nothing itself."""
        del action, column, parent
        if data.hasFormat(MOVED_TYPE) and self._rows:
            names = json.loads(bytes(data.data(MOVED_TYPE).data()))
            layer, before = self._landing(row)
            self.move_wanted.emit(names, layer, before)
        return False

    def name_at(self, row: int) -> str | None:
        """The component's name in a row; None for headings."""
        component = self._rows[row].component if 0 <= row < len(self._rows) else None
        return component.name if component else None

    def row_of(self, name: str) -> int | None:
        """The row a component stands in."""
        for at, row in enumerate(self._rows):
            if row.component is not None and row.component.name == name:
                return at
        return None

    def _landing(self, row: int) -> tuple[Layer, str | None]:
        """The layer of a gap between rows, and the component right below it in that layer."""
        if row < 0 or row > len(self._rows):
            row = len(self._rows)
        above = self._rows[max(row - 1, 0)]
        below = self._rows[row] if row < len(self._rows) else None
        if below is not None and below.layer is above.layer and below.component is not None:
            return above.layer, below.component.name
        return above.layer, None

    def _component_data(self, component: Component, role: int) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return component.name
        if role == Role.DETAIL:
            return component.cycle or ""
        if role == Role.BY_HAND:
            return bool(component.overrides)
        if role == Role.NEIGHBOUR:
            return component.name in self._neighbours
        forecast = self._forecasts.get(component.name)
        if role == Role.MATCHED:
            return forecast is None or forecast.matched
        if role == Role.FIGURE:
            return self._figure(forecast)
        if role == Role.SOON:
            median = forecast.first_rework_years.p50 if forecast else None
            return median is not None and median < 1.0
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(component, forecast)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            figure = self._figure(forecast)
            coupled = ", coupled with the selection" if component.name in self._neighbours else ""
            by_hand = ", figures set by hand" if component.overrides else ""
            return (
                f"{component.name} {component.cycle or ''}, {component.layer.label}, "
                f"first rework {figure or 'not forecast yet'}{by_hand}{coupled}"
            )
        return None

    def _figure(self, forecast: ComponentForecast | None) -> str:
        if forecast is None:
            return ""
        horizon = self._document.stack.scenario.horizon_years
        return numbers.years_or_beyond(forecast.first_rework_years.p50, horizon)

    def _tooltip(self, component: Component, forecast: ComponentForecast | None) -> str:
        by_hand = [in_words(each) for each in component.overrides]
        if forecast is None:
            return plain_tip("\n".join([component.name, *by_hand]))
        horizon = self._document.stack.scenario.horizon_years
        first, half = forecast.first_rework_years, forecast.half_life_years
        named = f"{component.name} {component.cycle or ''}".strip()
        lines = [
            (
                f"{named}: first rework (upgrade, replacement or knock-on), median "
                f"{numbers.years_or_beyond(first.p50, horizon)}, "
                f"P10–P90 {numbers.year_range(first, horizon)}."
            ),
            (
                f"Half-life (half the futures have replaced it): "
                f"{numbers.years_or_beyond(half, horizon)}."
            ),
        ]
        if not forecast.matched:
            lines.append("Nobody knows this technology: forecast from its layer's reference class.")
        return plain_tip("\n".join([*lines, *by_hand]))

    def _take_neighbours(self) -> None:
        """Mark who is coupled with the selected component, if only by a small chance."""
        names = self._document.selected
        before = self._neighbours
        self._neighbours = frozenset(
            name
            for coupling, _own in (
                couplings_at(self._document.stack, names[0], self._document.profiles)
                if names
                else ()
            )
            if coupling.adapt_probability or coupling.replace_probability
            for name in (coupling.when, coupling.then)
            if name not in names
        )
        if self._neighbours != before and self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def _take_stack(self) -> None:
        self._put_rows()
        self._take_neighbours()

    def _put_rows(self) -> None:
        rows = [
            row
            for layer, inside in by_layer(self._document.stack)
            for row in (ListRow(layer), *(ListRow(layer, component) for component in inside))
        ]
        if [_place(row) for row in rows] == [_place(row) for row in self._rows]:
            changed = [at for at, row in enumerate(rows) if row != self._rows[at]]
            self._rows = rows
            for at in changed:
                self.dataChanged.emit(self.index(at), self.index(at))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _take_assessment(self) -> None:
        assessment = self._document.assessment
        found = assessment.forecast.components if assessment else ()
        self._forecasts = {each.name: each for each in found}
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


def _place(row: ListRow) -> tuple[Layer, bool]:
    return row.layer, row.component is None
