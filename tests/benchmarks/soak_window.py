"""Two thousand random actions: no exception, no Qt warning, how much memory grows.

What is open changes from action to action, and a second window alone takes ten megabytes. So
memory is looked at every twenty actions, and the medians of the first and last ten are compared.

Run: `QT_QPA_PLATFORM=offscreen python tests/benchmarks/soak_window.py [SEED]`
"""

import gc
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QSettings,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests")]

import made_values  # noqa: E402
from gui.monkey import Monkey  # noqa: E402
from stack_half_life.domain import edits  # noqa: E402
from stack_half_life.domain.stack import Stack  # noqa: E402
from stack_half_life.gui.offscreen import NOT_SUPPORTED  # noqa: E402
from stack_half_life.gui.shell.session import Session  # noqa: E402
from stack_half_life.gui.shell.window import Window  # noqa: E402
from stack_half_life.services.assess import Assessment  # noqa: E402

ACTIONS = 2_000
WARM_UP = 400
LOOK_EVERY, LOOKS = 20, 10


def main(seed: int) -> int:
    """Soak the window; 1 where anything went wrong."""
    wrong: list[str] = []

    def note(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        if not words.startswith(NOT_SUPPORTED) and kind is not QtMsgType.QtDebugMsg:
            wrong.append(words)

    qInstallMessageHandler(note)
    sys.excepthook = lambda kind, problem, _trace: wrong.append(f"{kind.__name__}: {problem}")
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(
            QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(Path(folder))
        )
        cache = Path(folder) / "profiles.sqlite"
        session = Session(application, cache, date(2026, 11, 23), recipe=made_up)
        window = Window(session)
        window.resize(1440, 900)
        window.show()
        stack = made_values.made_stack()
        window.show_stack(edits.with_scenario_changed(stack, futures=200))
        monkey = Monkey(window, seed=seed)
        looks: list[float] = []
        for at in range(1, WARM_UP + ACTIONS + 1):
            monkey.act()
            wait(4)
            if at > WARM_UP and at % LOOK_EVERY == 0:
                looks.append(memory_mb())
            if at % 400 == 0:
                print(f"{at} actions, {memory_mb():.1f} MB", flush=True)
        grown = median(looks[-LOOKS:]) - median(looks[:LOOKS])
        session.close()
    print(f"seed {seed}: {ACTIONS} actions, memory grew by {grown:.1f} MB, {len(wrong)} complaints")
    for words in wrong[:10]:
        print("  ", words)
    return 1 if wrong else 0


def made_up(stack: Stack, cache: object, **more: object) -> Assessment:
    """A forecast made up at once: the soak is of the window, not of the engine."""
    del more
    years = max(int(stack.scenario.horizon_years), 1)
    profiles = cache.profiles_for(stack)  # type: ignore[attr-defined]
    return Assessment(stack, profiles, made_values.made_forecast(stack, horizon_years=years))


def memory_mb() -> float:
    """Resident memory after a collection."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2))
