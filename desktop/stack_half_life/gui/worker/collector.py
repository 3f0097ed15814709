"""Collects cyclic garbage on the window's thread, and nowhere else."""

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_EVERY_MS = 100
_FULL_EVERY = 10


class Collector(QObject):
    """Takes Python's collector over while it lives.

    Left to itself, Python collects on whichever thread happens to allocate.  A widget in a cycle is
    then deleted on a worker's thread while the window's walks through Qt's lists of widgets.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._collections = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def close(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    def _look(self) -> None:
        """Collect what is young where there is enough of it, every so often everything."""
        young, _middle, _old = gc.get_count()
        if young > gc.get_threshold()[0]:
            self._collections += 1
            gc.collect(2 if self._collections % _FULL_EVERY == 0 else 1)
