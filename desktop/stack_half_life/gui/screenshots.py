"""Pictures of every view, light and dark: `python -m stack_half_life.gui.screenshots -o DIR`.

Run with `QT_QPA_PLATFORM=offscreen`; `QT_SCALE_FACTOR=2` makes them twice as fine.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QSettings,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.shell.views import View
from stack_half_life.gui.shell.window import Window
from stack_half_life.gui.theme.theme import Scheme
from stack_half_life.paths import EXAMPLES

_LONGEST_WAIT_MS = 60_000


def main(arguments: list[str] | None = None) -> int:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 23))
    options = parser.parse_args(arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(_without_noise)
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        scope = QSettings.Scope.UserScope
        QSettings.setPath(QSettings.Format.NativeFormat, scope, home)
        session = Session(application, Path(home) / "profiles.sqlite", options.as_of)
        try:
            Gallery(session, options.output).make()
        finally:
            session.close()
    return 0


class Gallery:
    """Walks through the window and takes a picture of each view in each scheme."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session = session
        self._folder = folder
        self._window = Window(session)
        self._window.resize(1440, 900)
        self._window.show()

    def make(self) -> None:
        """Take all pictures."""
        self._take("start")
        window = self._window
        for path in sorted(EXAMPLES.glob("*.toml"))[:2]:
            window.open_template(path)
            self._wait_for_forecast()
        self._take("scenario")
        workspace, document = window.workspace, window.document
        assert workspace is not None
        assert document is not None
        document.select([document.stack.components[3].name])
        self._take("component")
        workspace.inspector.component.segments.choose(1)
        workspace.cost.segments.choose(1)
        self._take("evidence-of-component")
        workspace.cost.segments.choose(3)
        self._take("cost-by-component")
        for view in (View.LAYERS, View.COMPARE, View.EVIDENCE):
            window.views.show(view)
            self._wait_for_view(view)
            self._take(view.name.casefold().replace("_", "-"))
        window.views.show(View.FORECAST)
        dialog = window.search_dialog(stays_open=True)
        dialog.show()
        dialog.text.setText("pyt")
        self._take("search", dialog)
        dialog.close()
        window.hide()

    def _take(self, name: str, widget: QWidget | None = None) -> None:
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            self._session.theme.choose(scheme)
            _wait(120)
            (widget or self._window).grab().save(str(self._folder / f"{name}-{scheme}.png"))

    def _wait_for_forecast(self) -> None:
        document = self._window.document
        assert document is not None
        _wait_until(lambda: document.assessment is not None and not document.is_preview)

    def _wait_for_view(self, view: View) -> None:
        views = self._window.views
        if view is View.LAYERS:
            _wait_until(lambda: self._session.reference is not None)
        elif view is View.COMPARE:
            _wait_until(lambda: views.compare is not None and views.compare.is_complete)


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(_LONGEST_WAIT_MS // 50):
        if is_so():
            return
        _wait(50)


def _without_noise(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """Pass on what Qt says, but for what its offscreen plugin says of every window."""
    if "propagateSizeHints" not in words:
        sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
