"""Search-as-you-type over the cache: type, arrows, Enter."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QWidget

from stack_half_life.errors import CacheError
from stack_half_life.gui.compose.hits import Hit
from stack_half_life.gui.panels.entries import ENTRY, EntryDelegate, EntryModel
from stack_half_life.gui.panels.picker import Picker
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.colours import colour, layer_colour
from stack_half_life.gui.theme.theme import Theme

Search = Callable[[str], Sequence[Hit]]
_ROW_HEIGHT = 46
_ANEW = QKeySequence("Ctrl+K")


def hit_model(parent: QObject | None = None) -> EntryModel[Hit]:
    """A list of hits."""
    return EntryModel(
        lambda hit: hit.name, lambda hit: f"{hit.name}, {hit.layer.label}, {hit.evidence}", parent
    )


class HitDelegate(EntryDelegate[Hit]):
    """A hit: name and layer, and below what evidence there is."""

    def draw(self, painter: QPainter, area: QRectF, entry: Hit) -> None:
        """Draw one hit."""
        hit, palette = entry, self.theme.colours
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


class SearchDialog(Picker):
    """Finds a technology; Enter takes it and, when adding, leaves the dialog open for the next."""

    taken = Signal(Hit)

    def __init__(
        self, theme: Theme, search: Search, *, stays_open: bool, parent: QWidget | None = None
    ) -> None:
        self.hits = hit_model()
        super().__init__("Add component" if stays_open else "Choose technology", self.hits, parent)
        self.hits.setParent(self)
        self._search = search
        self._stays_open = stays_open
        self._asked_about = ""
        self.name(
            text="Search technologies",
            placeholder="Type a technology: PyTorch, CUDA, PostgreSQL, pkg:npm/react …",
            view="Technologies found",
        )
        self.draw_with(HitDelegate(theme, _ROW_HEIGHT, self))
        self.text.textChanged.connect(self._look)
        self._hint = (
            "↑ ↓ choose · Enter adds, and you can go on typing · Esc closes"
            if stays_open
            else "↑ ↓ choose · Enter takes · Esc closes"
        )
        self._look("")

    def take(self) -> None:
        """Give the chosen technology away."""
        hit = self.view.currentIndex().data(ENTRY)
        if hit is None or not self._is_meant(hit):
            return
        self.taken.emit(hit)
        if self._stays_open:
            self.words.setText(f"Added {hit.name}. {self._hint}")
            self.text.selectAll()
        else:
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key that opened the dialog begins the next name."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and QKeySequence(event.keyCombination()) == _ANEW
        ):
            self.text.selectAll()
            return True
        return super().eventFilter(watched, event)

    def _is_meant(self, hit: Hit) -> bool:
        """Whether to take a hit; an unknown name that alone is left is asked about once."""
        if hit.is_known or self.hits.rowCount() > 1 or self._asked_about == hit.name:
            return True
        self._asked_about = hit.name
        self.words.setText(
            f"Nothing known is called “{hit.name}”. Enter again takes it without evidence; "
            "or type another name."
        )
        return False

    def _look(self, text: str) -> None:
        self._asked_about = ""
        try:
            hits = self._search(text.strip())
        except CacheError as problem:
            self.hits.show_entries([])
            self.words.setText(str(problem))
            return
        self.hits.show_entries(hits)
        if hits:
            self.choose_first()
        self.words.setText(self._hint if hits else "Nothing here answers to that.")
