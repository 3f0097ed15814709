"""Doing something a little later, once, however often it was asked for."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Later(QObject):
    """Calls a function some milliseconds after it was first asked for.

    Views that are redrawn at different times let the window answer in between.
    """

    def __init__(self, milliseconds: int, do: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(do)

    def ask(self) -> None:
        """Ask for it; asking again before it is done changes nothing."""
        if not self._timer.isActive():
            self._timer.start()
