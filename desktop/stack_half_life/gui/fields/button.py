"""A button whose words are cut where there is no room for them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

_LEAST_WIDTH = 60
_PADDING = 24


class ElidedButton(QPushButton):
    """As wide as it is given, however long its words; the tool tip tells all of them."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._hint = hint
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Say what it stands for."""
        self._words = words
        self._cut()

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = max(self.width() - _PADDING, 0)
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideMiddle, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._hint if shown == self._words else f"{self._words}\n{self._hint}")
