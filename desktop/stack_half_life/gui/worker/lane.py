"""A lane of work: one thread that answers the newest request of each key."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from stack_half_life.domain.progress import OnProgress
from stack_half_life.errors import CancelledError, StackHalfLifeError

Publish = Callable[[object], None]
"""Called by work with an answer that a better one will follow."""

Work = Callable[[OnProgress, Publish], object]
"""Work done on the lane's thread; it touches no widget, and stops when progress raises."""


class Lane(QObject):
    """Runs work in order on one thread and gives back answers by signal.

    A request makes all earlier ones of its key stale: waiting ones are skipped, the one under way
    is cancelled at its next progress call, and an answer that still comes is dropped.
    """

    answered = Signal(str, object, bool)
    """key, answer, whether a better answer follows."""
    failed = Signal(str, str)
    """key, one line on what went wrong."""
    progressed = Signal(str, float, str)
    """key, share done, what is being done."""
    finished = Signal(str)
    """key: nothing of it is under way any more."""

    _arrived = Signal(str, int, object, bool)
    _broke = Signal(str, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)
        self._newest: dict[str, int] = {}
        self._number = 0
        self._is_closed = False
        self._arrived.connect(self._take)
        self._broke.connect(self._take_failure)

    def submit(self, key: str, work: Work) -> None:
        """Ask for work; whatever was asked under the same key before is no longer wanted.

        It starts when the event loop turns next: of many requests at once only the last is done.
        """
        self._number += 1
        self._newest[key] = self._number
        QTimer.singleShot(0, self, partial(self._start, key, self._number, work))

    def cancel(self, key: str) -> None:
        """Nothing of that key is wanted any more."""
        if self._newest.pop(key, None) is not None:
            self.finished.emit(key)

    def is_busy(self, key: str) -> bool:
        """Whether an answer of that key is still to come."""
        return key in self._newest

    def drain(self) -> None:
        """Wait until everything asked for is done."""
        self._pool.waitForDone()

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Cancel everything, do a last thing on the lane's thread, and wait for its end."""
        self._newest.clear()
        self._is_closed = True
        if last is not None:
            self._pool.start(last)
        self._pool.waitForDone()

    def _start(self, key: str, number: int, work: Work) -> None:
        if self._newest.get(key) == number and not self._is_closed:
            self._pool.start(partial(self._run, key, number, work))

    def _run(self, key: str, number: int, work: Work) -> None:
        def on_progress(share: float, text: str) -> None:
            if self._newest.get(key) != number:
                raise CancelledError("a newer request took its place")
            self.progressed.emit(key, share, text)

        if self._newest.get(key) != number:
            return
        try:
            answer = work(on_progress, lambda early: self._arrived.emit(key, number, early, True))
        except CancelledError as stopped:
            if self._newest.get(key) == number:
                self._broke.emit(key, number, stopped)
        except Exception as problem:
            self._broke.emit(key, number, problem)
        else:
            self._arrived.emit(key, number, answer, False)

    def _take(self, key: str, number: int, answer: object, more_follows: bool) -> None:
        if self._newest.get(key) != number or self._is_closed:
            return
        if not more_follows:
            del self._newest[key]
        self.answered.emit(key, answer, more_follows)
        if not more_follows:
            self.finished.emit(key)

    def _take_failure(self, key: str, number: int, problem: Exception) -> None:
        if self._newest.get(key) != number or self._is_closed:
            return
        del self._newest[key]
        if isinstance(problem, StackHalfLifeError):
            self.failed.emit(key, str(problem))
            self.finished.emit(key)
            return
        self.failed.emit(key, "this should not have happened; the error is on the terminal")
        self.finished.emit(key)
        raise problem
