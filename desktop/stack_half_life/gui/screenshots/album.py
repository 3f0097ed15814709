"""Pictures of widgets in each scheme and size, as files named after what they show."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QWidget

from stack_half_life.gui.theme.theme import Scheme, Theme

_LONGEST_WAIT_MS = 180_000
_SETTLING_MS = 120


class Album:
    """Takes pictures and keeps them in a folder."""

    def __init__(
        self,
        theme: Theme,
        folder: Path,
        sizes: Sequence[QSize],
        scale: int,
        only: Sequence[str] = (),
    ) -> None:
        self._theme = theme
        theme.choose(Scheme.LIGHT)
        self._folder = folder
        self._sizes = sizes
        self._scale = scale
        self._only = only

    def take(self, name: str, widget: QWidget) -> None:
        """Picture a window at each size, or a dialog at its own, in light and dark."""
        if self._only and name not in self._only:
            return
        is_dialog = not widget.isWindow() or widget.parent() is not None
        first = self._theme.scheme
        for scheme in (first, Scheme.DARK if first is Scheme.LIGHT else Scheme.LIGHT):
            self._theme.choose(scheme)
            for size in [widget.size()] if is_dialog else self._sizes:
                if not is_dialog:
                    widget.resize(size)
                wait(_SETTLING_MS)
                at = "" if is_dialog else f"-{size.width()}x{size.height()}"
                widget.grab().save(str(self._folder / f"{name}{at}@{self._scale}x-{scheme}.png"))


def wait(milliseconds: int) -> None:
    """Let the window work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Let the window work until something is so, at most three minutes."""
    for _ in range(_LONGEST_WAIT_MS // 50):
        if is_so():
            return
        wait(50)
