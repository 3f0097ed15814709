"""From a key press to a drawn first answer: `python tests/benchmarks/bench_first_answer.py`.

In the real window, with a stack of 20 components and 10,000 futures over ten years: the time from
the key press until the timeline has been painted with an answer of the stack as edited, from few
futures. Edits of efforts only price the courses anew; edits of policies draw futures anew.
"""

import json
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from benchmarks.real_window import large_stack, real_window, wait_until, wait_until_answered
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.shell.window import Window
from stack_half_life.services.assess import Assessment

EDITS = 8


class Paints(QObject):
    """Notes whether a widget was painted with an answer of the stack as it stands."""

    def __init__(self, document: StackDocument) -> None:
        super().__init__()
        self._document = document
        self.painted_at: float | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        answer = self._document.assessment
        is_drawn = event.type() is QEvent.Type.Paint and answer is not None
        if is_drawn and self.painted_at is None and self._is_of_stack(answer):
            self.painted_at = time.perf_counter()
        return super().eventFilter(watched, event)

    def _is_of_stack(self, answer: Assessment | None) -> bool:
        components = self._document.stack.components
        return answer is not None and answer.stack.components == components


def milliseconds(window: Window, editor: QWidget, key: Qt.Key) -> list[float]:
    """Of each edit, by that key in that editor, of one component after another."""
    document, workspace = window.document, window.workspace
    assert document is not None
    assert workspace is not None
    paints, found = Paints(document), list[float]()
    viewport = workspace.timeline.view.viewport()
    for component in document.stack.components[:EDITS]:
        document.select([component.name])
        wait_until_answered(document)
        before, paints.painted_at = document.stack, None
        viewport.installEventFilter(paints)
        begun = time.perf_counter()
        QTest.keyClick(editor, key)
        if document.stack != before:
            wait_until(lambda: paints.painted_at is not None)
            assert paints.painted_at is not None
            found.append(1000 * (paints.painted_at - begun))
        viewport.removeEventFilter(paints)
        wait_until_answered(document)
    return found


def main() -> None:
    """Print the figures as JSON."""
    with real_window() as window:
        window.show_stack(large_stack())
        document, workspace = window.document, window.workspace
        assert document is not None
        assert workspace is not None
        wait_until_answered(document)
        form = workspace.inspector.component.form
        figures = {}
        for what, editor, key in (
            ("effort", form.effort.editors[2], Qt.Key.Key_Up),
            ("policy", form.policy.editor, Qt.Key.Key_Up),
        ):
            found = milliseconds(window, editor, key)
            figures[what] = {
                "edits": len(found),
                "median_ms": round(median(found), 1),
                "longest_ms": round(max(found), 1),
            }
        document.history.setClean()
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
