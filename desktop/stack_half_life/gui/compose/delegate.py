"""How a row of the component list is drawn."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from stack_half_life.gui.compose.model import Card, Role
from stack_half_life.gui.panels.naming import draw_named
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.colours import colour, layer_colour
from stack_half_life.gui.theme.theme import Theme

_HEADING_HEIGHT = 27
_CARD_HEIGHT = 34
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ComponentDelegate(QStyledItemDelegate):
    """Layers as headings, components as cards with their layer's colour."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Headings and cards have fixed heights."""
        del option
        is_heading = index.data(Role.CARD) is None
        return QSize(160, _HEADING_HEIGHT if is_heading else _CARD_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        area = QRectF(option.rect)
        card = index.data(Role.CARD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if card is None:
            self._draw_heading(painter, area, str(index.data(Qt.ItemDataRole.DisplayRole)))
        else:
            self._draw_card(painter, area, card, option.state)
        painter.restore()

    def _draw_heading(self, painter: QPainter, area: QRectF, words: str) -> None:
        painter.setFont(fonts.small_strong())
        painter.setPen(colour(self._theme.colours.muted))
        painter.drawText(area.adjusted(3, 7, -4, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_card(
        self, painter: QPainter, area: QRectF, card: Card, state: QStyle.StateFlag
    ) -> None:
        palette = self._theme.colours
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        box = area.adjusted(1.5, 2.5, -1.5, -2.5)
        outlined = is_selected or bool(state & QStyle.StateFlag.State_HasFocus)
        outline = QPen(colour(palette.accent if outlined or card.is_neighbour else palette.border))
        if card.is_neighbour and not outlined:
            outline.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(outline)
        painter.setBrush(colour(palette.accent_wash if is_selected else palette.field))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(layer_colour(palette, card.layer))
        painter.drawRoundedRect(QRectF(box.left() + 8, box.center().y() - 7, 4, 14), 2, 2)
        self._draw_words(painter, box.adjusted(20, 0, -10, 0), card)

    def _draw_words(self, painter: QPainter, area: QRectF, card: Card) -> None:
        palette = self._theme.colours
        figure = f"✎  {card.figure}" if card.is_by_hand else card.figure
        if card.is_neighbour:
            figure = f"⇄  {figure}"
        painter.setFont(fonts.body())
        painter.setPen(colour(palette.second if card.is_soon else palette.muted))
        painter.drawText(area, _RIGHT, figure)
        figure_width = painter.fontMetrics().horizontalAdvance(figure) + 8
        room = area.adjusted(0, 0, -figure_width, 0)
        draw_named(painter, room, card.name, card.detail, palette)
