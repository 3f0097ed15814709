"""How dear the window is: CPU to a usable window, stalls while editing, time to a first answer.

Run: `QT_QPA_PLATFORM=offscreen PYTHONPATH=desktop python tests/benchmarks/bench_window.py`
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median

ROUNDS = 5
EDITS = 40
COMPONENTS = 20
FUTURES = 10_000
EXAMPLE = "llm-serving-nvidia.toml"


def main() -> None:
    """Print the figures, each a ratio or a time of this run."""
    if len(sys.argv) > 1:
        {"bare": bare, "ours": ours, "edits": edits}[sys.argv[1]](Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run("ours", home)
        bares = [run("bare", home)["cpu_s"] for _ in range(ROUNDS)]
        ourses = [run("ours", home)["cpu_s"] for _ in range(ROUNDS)]
        ratio = median(ourses) / median(bares)
        print(f"CPU to a usable window, three stacks restored: {median(ourses):.3f} s")
        print(f"CPU to a bare PySide6 + pyqtgraph window: {median(bares):.3f} s, ratio {ratio:.2f}")
        found = run("edits", home)
        for name, value in found.items():
            print(f"{name}: {value:.1f}")


def run(what: str, home: Path) -> dict[str, float]:
    """One measurement in a process of its own."""
    environment = os.environ | {
        "XDG_CONFIG_HOME": str(home / "config"),
        "QT_LOGGING_RULES": "*=false",
    }
    done = subprocess.run(
        [sys.executable, __file__, what, str(home)],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def bare(_home: Path) -> None:
    """A window with one empty plot."""
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(pg.PlotWidget())
    window.show()
    application.processEvents()
    print(json.dumps({"cpu_s": time.process_time()}))


def ours(home: Path) -> None:
    """The window with the stacks of the last run open again, ready for input."""
    from PySide6.QtWidgets import QApplication

    from stack_half_life.gui.shell.session import Session
    from stack_half_life.gui.shell.window import Window
    from stack_half_life.paths import EXAMPLES

    application = QApplication([])
    session = Session(application, home / "profiles.sqlite", date(2026, 11, 23))
    window = Window(session)
    files = sorted(EXAMPLES.glob("*.toml"))
    session.settings.note_open_files(files, EXAMPLES / EXAMPLE)
    window.reopening.reopen()
    window.show()
    application.processEvents()
    print(json.dumps({"cpu_s": time.process_time()}), flush=True)
    if not (home / "profiles.sqlite").exists():
        wait_until(lambda: window.document is not None and window.document.assessment is not None)
    session.close()


def edits(home: Path) -> None:
    """Quick edits of a large stack while a heartbeat counts how late it is."""
    from PySide6.QtCore import QElapsedTimer, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from stack_half_life.domain import edits as changes
    from stack_half_life.gui.shell.session import Session
    from stack_half_life.gui.shell.window import Window
    from stack_half_life.paths import EXAMPLES

    application = QApplication([])
    session = Session(application, home / "profiles.sqlite", date(2026, 11, 23))
    window = Window(session)
    window.resize(1440, 900)
    window.show()
    window.open_template(EXAMPLES / EXAMPLE)
    document = window.document
    assert document is not None
    extra = document.stack.components[: COMPONENTS - len(document.stack.components)]
    stack = changes.with_components_added(document.stack, extra)
    stack = changes.with_scenario_changed(stack, futures=FUTURES, horizon_years=10.0)
    document.edit(stack, "Fill")
    wait_until(lambda: document.assessment is not None and not document.is_preview)
    clock = QElapsedTimer()
    clock.start()
    beats: list[float] = []
    heart = QTimer()
    heart.setTimerType(Qt.TimerType.PreciseTimer)
    heart.timeout.connect(lambda: beats.append(clock.nsecsElapsed() / 1e6))
    heart.start(1)
    wait(1500)
    idle = longest_gap(beats)
    beats.clear()
    first_answers = []

    def note(times: list[float]) -> None:
        times.append(clock.nsecsElapsed() / 1e6)

    name = document.stack.components[3].name
    for at in range(EDITS):
        effort = {"low": 1.0, "likely": 2.0 + at, "high": 200.0}
        new = changes.with_component_changed(document.stack, name, effort_days=effort)
        answered: list[float] = []
        asked = clock.nsecsElapsed() / 1e6
        link = document.assessment_changed.connect(partial(note, answered))
        document.edit(new, "Edit")
        wait(60)
        if at % 4 == 3:
            wait_until(partial(bool, answered))
            first_answers.append(answered[0] - asked)
        document.assessment_changed.disconnect(link)
    wait_until(lambda: not document.is_preview)
    wait(50)
    heart.stop()
    beats.append(clock.nsecsElapsed() / 1e6)
    print(
        json.dumps(
            {
                "longest stall idle, ms": idle,
                "longest stall during the edits, ms": longest_gap(beats),
                "first answer, median ms": median(first_answers),
                "first answer, longest ms": max(first_answers),
            }
        ),
        flush=True,
    )
    session.close()


def longest_gap(beats: list[float]) -> float:
    """The longest time between two beats."""
    return max(later - earlier for earlier, later in pairwise(beats))


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(is_so: Callable[[], bool], most_ms: int = 120_000) -> None:
    """Let the event loop run until something is so."""
    for _ in range(most_ms // 5):
        if is_so():
            return
        wait(5)
    raise TimeoutError


if __name__ == "__main__":
    main()
