"""How long the window's event loop stalls under quick edits: `python tests/benchmarks/….py`.

A heartbeat ticks every 2 ms while a person makes 40 edits, 50 ms apart, of a stack of 20 components
with 10,000 futures over ten years, and until the last answer is drawn. A stall is how much later
than due a tick comes; the idle noise is the longest stall of the same heartbeat with nothing to do
for as long. The heartbeat ticks once more at the end, so that a stall there counts too. Of each
longest stall it also says how much of it the window's own thread spent computing.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from benchmarks.real_window import (
    COMPONENTS,
    FUTURES,
    large_stack,
    real_window,
    wait,
    wait_until,
    wait_until_answered,
)
from stack_half_life.gui.shell.window import Window

EDITS = 40
APART_MS = 50
BEAT_MS = 2


@dataclass(frozen=True, slots=True)
class Stall:
    """A tick that came late: by how much, and the time the window's thread computed in it."""

    late_ms: float
    computing_ms: float
    after_edit: int


@dataclass(slots=True)
class Heartbeat:
    """Notes every late tick of a precise timer."""

    parent: QObject
    stalls: list[Stall] = field(default_factory=list)
    edits: int = 0
    _timer: QTimer = field(init=False)
    _last: float = 0.0
    _computed: float = 0.0

    def start(self) -> None:
        self._timer = QTimer(self.parent)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._last, self._computed = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> None:
        """Stop after one more tick."""
        ticks = len(self.stalls)
        wait_until(lambda: len(self.stalls) > ticks)
        self._timer.stop()

    def longest(self, count: int = 5) -> list[Stall]:
        return sorted(self.stalls, key=lambda each: -each.late_ms)[:count]

    def _beat(self) -> None:
        now, computed = time.perf_counter(), time.thread_time()
        late = 1000 * (now - self._last) - BEAT_MS
        self.stalls.append(Stall(late, 1000 * (computed - self._computed), self.edits))
        self._last, self._computed = now, computed


def press(widget: QWidget, key: Qt.Key) -> Callable[[], None]:
    return lambda: QTest.keyClick(widget, key)


def quick_edits(window: Window, beat: Heartbeat) -> None:
    """Edits by keys: effort, lag, policy, a force, undo, redo; each a changed stack."""
    workspace, document = window.workspace, window.document
    assert workspace is not None
    assert document is not None
    form, scenario = workspace.inspector.component.form, workspace.inspector.scenario
    names = cycle([each.name for each in document.stack.components])

    def select() -> None:
        document.select([next(names)])

    def steady(widget: QWidget, key: Qt.Key) -> Callable[[], None]:
        def step() -> None:
            select()
            QTest.keyClick(widget, key)

        return step

    slider = next(iter(scenario.dials.values())).slider

    def force() -> None:
        document.select([])
        QTest.keyClick(slider, Qt.Key.Key_Right)

    steps = cycle(
        [
            steady(form.effort.editors[2], Qt.Key.Key_Up),
            force,
            steady(form.policy.editor, Qt.Key.Key_Down),
            steady(form.upgrade.editors[2], Qt.Key.Key_Up),
            lambda: QTest.keySequence(window, "Ctrl+Z"),
        ]
    )
    for at in range(EDITS):
        beat.edits = at + 1
        step: Callable[[], None] = next(steps)
        step()
        wait(APART_MS)
    wait_until_answered(document)
    wait(100)


def measured(window: Window, work: Callable[[Heartbeat], None]) -> tuple[Heartbeat, float]:
    beat, begun = Heartbeat(window), time.perf_counter()
    beat.start()
    work(beat)
    beat.stop()
    return beat, time.perf_counter() - begun


def main() -> None:
    """Print the stalls as JSON."""
    with real_window() as window:
        window.show_stack(large_stack())
        document = window.document
        assert document is not None
        assert len(document.stack.components) == COMPONENTS
        wait_until_answered(document)
        busy, seconds = measured(window, lambda beat: quick_edits(window, beat))
        wait_until_answered(document)
        idle, _ = measured(window, lambda _beat: wait(int(1000 * seconds)))
        document.history.setClean()
    longest, noise = busy.longest()[0], idle.longest()[0]
    figures = {
        "edits": EDITS,
        "components": COMPONENTS,
        "futures": FUTURES,
        "seconds": round(seconds, 1),
        "longest_stall_ms": round(longest.late_ms, 1),
        "idle_noise_ms": round(noise.late_ms, 1),
        "stall_over_noise_ms": round(longest.late_ms - noise.late_ms, 1),
        "longest_computing_ms": round(max(each.computing_ms for each in busy.stalls), 1),
        "worst": [
            {
                "late_ms": round(each.late_ms, 1),
                "computing_ms": round(each.computing_ms, 1),
                "after_edit": each.after_edit,
            }
            for each in busy.longest()
        ],
    }
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
