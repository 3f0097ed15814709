"""Search-as-you-type over the cache: type, arrows, Enter."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from stack_half_life.errors import CacheError
from stack_half_life.gui.compose.hits import Hit
from stack_half_life.gui.panels.picker import Picker
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.colours import colour, layer_colour
from stack_half_life.gui.theme.theme import Theme

Search = Callable[[str], Sequence[Hit]]
_ROW_HEIGHT = 46


class HitModel(QAbstractListModel):
    """The hits of the text typed so far."""

    HIT = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """How many hits there are."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The hit's name, or the hit."""
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == self.HIT:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.name}, {hit.layer.label}, {hit.evidence}"
        return None

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Put other hits in place."""
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()


class HitDelegate(QStyledItemDelegate):
    """A hit: name and layer, and below what evidence there is."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Two lines."""
        del option, index
        return QSize(300, _ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one hit."""
        palette = self._theme.colours
        hit: Hit = index.data(HitModel.HIT)
        area = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(colour(palette.accent_wash))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 6, 6)
        painter.setBrush(layer_colour(palette, hit.layer))
        painter.drawRoundedRect(QRectF(area.left() + 10, area.top() + 8, 4, 30), 2, 2)
        line = QRectF(area.left() + 24, area.top() + 5, area.width() - 36, 18)
        painter.setFont(fonts.small())
        painter.setPen(colour(palette.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, hit.layer.label)
        room = line.width() - painter.fontMetrics().horizontalAdvance(hit.layer.label) - 12
        painter.drawText(
            line.translated(0, 19),
            Qt.AlignmentFlag.AlignLeft,
            painter.fontMetrics().elidedText(
                hit.evidence, Qt.TextElideMode.ElideRight, int(line.width())
            ),
        )
        painter.setFont(fonts.strong())
        painter.setPen(colour(palette.ink))
        name = painter.fontMetrics().elidedText(hit.name, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()


class SearchDialog(Picker):
    """Finds a technology; Enter takes it and, when adding, leaves the dialog open for the next."""

    taken = Signal(Hit)

    def __init__(
        self, theme: Theme, search: Search, *, stays_open: bool, parent: QWidget | None = None
    ) -> None:
        self.hits = HitModel()
        super().__init__("Add component" if stays_open else "Choose technology", self.hits, parent)
        self.hits.setParent(self)
        self._search = search
        self._stays_open = stays_open
        self.name(
            text="Search technologies",
            placeholder="Type a technology: PyTorch, CUDA, PostgreSQL, pkg:npm/react …",
            view="Technologies found",
        )
        self.draw_with(HitDelegate(theme, self))
        self.text.textChanged.connect(self._look)
        self._hint = (
            "↑ ↓ choose · Enter adds, and you can go on typing · Esc closes"
            if stays_open
            else "↑ ↓ choose · Enter takes · Esc closes"
        )
        self._look("")

    def take(self) -> None:
        """Give the chosen technology away."""
        hit = self.view.currentIndex().data(HitModel.HIT)
        if hit is None:
            return
        self.taken.emit(hit)
        if self._stays_open:
            self.words.setText(f"Added {hit.name}. {self._hint}")
            self.text.selectAll()
        else:
            self.accept()

    def _look(self, text: str) -> None:
        try:
            hits = self._search(text.strip())
        except CacheError as problem:
            self.hits.show_hits([])
            self.words.setText(str(problem))
            return
        self.hits.show_hits(hits)
        if hits:
            self.choose_first()
        self.words.setText(self._hint if hits else "Nothing here answers to that.")
