"""How a row of the component list is drawn."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from stack_half_life.domain.layers import Layer
from stack_half_life.gui.compose.model import Role
from stack_half_life.gui.panels.naming import draw_named
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.colours import colour, layer_colour
from stack_half_life.gui.theme.theme import Theme

_HEADING_HEIGHT = 27
_CARD_HEIGHT = 34
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ComponentDelegate(QStyledItemDelegate):
    """Layers as headings, components as cards with their layer's colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Headings and cards have fixed heights."""
        del option
        height = _HEADING_HEIGHT if index.data(Role.HEADING) else _CARD_HEIGHT
        return QSize(160, height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        area = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(Role.HEADING):
            self._draw_heading(painter, area, index)
        else:
            self._draw_card(painter, area, index, state)
        painter.restore()

    def _draw_heading(
        self, painter: QPainter, area: QRectF, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.setFont(fonts.small_strong())
        painter.setPen(colour(self._theme.colours.muted))
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.drawText(area.adjusted(3, 7, -4, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_card(
        self,
        painter: QPainter,
        area: QRectF,
        index: QModelIndex | QPersistentModelIndex,
        state: QStyle.StateFlag,
    ) -> None:
        palette = self._theme.colours
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        box = area.adjusted(1.5, 2.5, -1.5, -2.5)
        outlined = is_selected or bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(colour(palette.accent if outlined else palette.border), 1))
        painter.setBrush(colour(palette.accent_wash if is_selected else palette.field))
        painter.drawRoundedRect(box, 6, 6)
        if index.data(Role.NEIGHBOUR):
            painter.setPen(QPen(colour(palette.accent), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)
        layer = index.data(Role.LAYER)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(layer_colour(palette, Layer(layer)))
        painter.drawRoundedRect(QRectF(box.left() + 8, box.center().y() - 7, 4, 14), 2, 2)
        self._draw_words(painter, box.adjusted(20, 0, -10, 0), index)

    def _draw_words(
        self, painter: QPainter, area: QRectF, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette = self._theme.colours
        figure = str(index.data(Role.FIGURE) or "")
        if index.data(Role.BY_HAND):
            figure = f"✎  {figure}"
        if index.data(Role.NEIGHBOUR):
            figure = f"⇄  {figure}"
        painter.setFont(fonts.body())
        soon = bool(index.data(Role.SOON))
        painter.setPen(colour(palette.second if soon else palette.muted))
        painter.drawText(area, _RIGHT, figure)
        figure_width = painter.fontMetrics().horizontalAdvance(figure) + 8
        room = area.adjusted(0, 0, -figure_width, 0)
        detail = str(index.data(Role.DETAIL) or "")
        if not index.data(Role.MATCHED):
            detail = "no evidence"
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        draw_named(painter, room, name, detail, palette)
