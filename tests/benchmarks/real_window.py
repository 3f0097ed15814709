"""The real window on a home of its own, for the benchmarks of this folder."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from stack_half_life.domain import edits
from stack_half_life.domain.stack import Stack
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.shell.window import Window
from stack_half_life.paths import EXAMPLES
from stack_half_life.services.opening import read_stack

COMPONENTS = 20
FUTURES = 10_000
HORIZON_YEARS = 10


def large_stack(components: int = COMPONENTS) -> Stack:
    """Components of all examples, with the first example's scenario over ten years."""
    examples = [read_stack(path) for path in sorted(EXAMPLES.glob("*.toml"))]
    found = {each.profile: each for stack in examples for each in stack.components}
    empty = edits.changed(examples[0], components=(), couplings=())
    stack = edits.with_components_added(empty, list(found.values())[:components])
    return edits.with_scenario_changed(stack, futures=FUTURES, horizon_years=HORIZON_YEARS)


@contextmanager
def own_home() -> Iterator[Path]:
    """A user's folders that are gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["STACK_HALF_LIFE_CACHE"] = str(home / "profiles.sqlite")
        for folder in ("DATA", "CONFIG", "CACHE", "STATE"):
            os.environ[f"XDG_{folder}_HOME"] = str(home / folder.lower())
        QSettings.setPath(
            QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(home / "settings")
        )
        yield home


@contextmanager
def real_window() -> Iterator[Window]:
    """A shown window that forecasts for real."""
    with own_home() as home:
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        session = Session(application, home / "profiles.sqlite", date(2026, 11, 23))
        window = Window(session)
        window.resize(1440, 900)
        window.show()
        try:
            yield window
        finally:
            session.close()
            window.deleteLater()


def is_answered(document: StackDocument) -> bool:
    """Whether the whole forecast of the stack as it stands is there."""
    answer = document.assessment
    return answer is not None and not document.is_preview and answer.stack == document.stack


def wait(milliseconds: int) -> None:
    """Let the window run, as its own event loop does: `QTest.qWait` keeps the worker waiting."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(is_so: Callable[[], bool], seconds: float = 120.0) -> None:
    """Let the window run until something is so."""
    until = time.perf_counter() + seconds
    while not is_so():
        if time.perf_counter() > until:
            raise SystemExit("what was waited for does not come")
        wait(2)


def wait_until_answered(document: StackDocument) -> None:
    """Let the window run until the whole forecast is there."""
    wait_until(lambda: is_answered(document))
