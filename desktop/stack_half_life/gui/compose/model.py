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

_SOON_YEARS = 1.0

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks of a row, beside Qt's own roles."""

    CARD = Qt.ItemDataRole.UserRole + 1
    """A component's `Card`; None for headings."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A layer's heading (component None) or a component."""

    layer: Layer
    component: Component | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What a component's row shows."""

    name: str
    layer: Layer
    detail: str
    """Its release cycle, or that nothing is known of it."""
    figure: str
    """Median time to its first rework; empty while there is none."""
    is_soon: bool
    is_neighbour: bool
    is_by_hand: bool


class ComponentModel(QAbstractListModel):
    """Rows of a document's stack; a drop asks for a move and changes nothing itself."""

    move_wanted = Signal(list, object, object)
    """Names, the layer they are dropped in, and the name they are put before (None: last)."""

    def __init__(self, document: StackDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._rows: list[ListRow] = []
        self._cards: list[Card | None] = []
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
        if role == Role.CARD:
            return self._cards[index.row()]
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
        forecast = self._forecasts.get(component.name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(component, forecast)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            figure = self._figure(forecast)
            coupled = ", coupled with the selection" if component.name in self._neighbours else ""
            by_hand = ", figures set by hand" if component.overrides else ""
            return (
                f"{_with_cycle(component, forecast)}, {component.layer.label}, "
                f"first rework {figure or 'not forecast yet'}{by_hand}{coupled}"
            )
        return None

    def _card(self, component: Component) -> Card:
        forecast = self._forecasts.get(component.name)
        is_matched = forecast is None or forecast.matched
        median = forecast.first_rework_years.p50 if forecast else None
        return Card(
            name=component.name,
            layer=component.layer,
            detail=_cycle(component, forecast) if is_matched else "no evidence",
            figure=self._figure(forecast),
            is_soon=median is not None and median < _SOON_YEARS,
            is_neighbour=component.name in self._neighbours,
            is_by_hand=bool(component.overrides),
        )

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
        lines = [
            (
                f"{_with_cycle(component, forecast)}: first rework (upgrade, replacement or "
                f"knock-on), median "
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
        self._put_cards()

    def _put_cards(self) -> None:
        """Tell the rows that look another way now, so that only these are drawn again."""
        before, self._cards = self._cards, self._cards_of(self._rows)
        for at, (old, new) in enumerate(zip(before, self._cards, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(at), self.index(at))

    def _cards_of(self, rows: Sequence[ListRow]) -> list[Card | None]:
        return [self._card(row.component) if row.component is not None else None for row in rows]

    def _take_stack(self) -> None:
        rows = [
            row
            for layer, inside in by_layer(self._document.stack)
            for row in (ListRow(layer), *(ListRow(layer, component) for component in inside))
        ]
        if [_place(row) for row in rows] == [_place(row) for row in self._rows]:
            self._rows = rows
        else:
            self.beginResetModel()
            self._rows, self._cards = rows, self._cards_of(rows)
            self.endResetModel()
        self._take_neighbours()

    def _take_assessment(self) -> None:
        assessment = self._document.assessment
        found = assessment.forecast.components if assessment else ()
        self._forecasts = {each.name: each for each in found}
        self._take_neighbours()


def _cycle(component: Component, forecast: ComponentForecast | None) -> str:
    """The release cycle in use, or the one that the forecast takes; empty where unknown."""
    if component.cycle is not None:
        return component.cycle
    taken = forecast.cycle_in_use if forecast is not None else None
    return f"{taken} assumed" if taken is not None else ""


def _with_cycle(component: Component, forecast: ComponentForecast | None) -> str:
    return f"{component.name} {_cycle(component, forecast)}".strip()


def _place(row: ListRow) -> tuple[Layer, bool]:
    return row.layer, row.component is None
