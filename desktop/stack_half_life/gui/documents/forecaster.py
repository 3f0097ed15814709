"""Keeps the forecast of each open stack up to date, without making the window wait."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from stack_half_life.domain.stack import Stack
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.worker.lane import Lane, Work
from stack_half_life.services.assess import Assessment

Ask = Callable[[str, Stack], Work]
"""Asks for the forecast of a stack under a key, at once; the work is to wait for the answers."""


class Forecaster(QObject):
    """Forecasts documents on a lane: a first answer from few futures, then all."""

    def __init__(self, lane: Lane, ask: Ask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._ask_for = ask
        self._documents: dict[str, StackDocument] = {}
        self._stopped: set[str] = set()
        lane.answered.connect(self._take)
        lane.failed.connect(self._take_problem)

    def follow(self, document: StackDocument) -> None:
        """Forecast the document now and after every edit."""
        self._documents[document.key] = document
        document.stack_changed.connect(lambda: self._ask(document))
        self._ask(document)

    def leave(self, document: StackDocument) -> None:
        """Forget a closed document."""
        self._documents.pop(document.key, None)
        self._stopped.discard(document.key)
        self._lane.cancel(document.key)

    def is_busy(self, document: StackDocument) -> bool:
        """Whether an answer to the document as it stands is still to come."""
        return self._lane.is_busy(document.key)

    def is_stopped(self, document: StackDocument) -> bool:
        """Whether a person stopped the forecast of the document as it stands."""
        return document.key in self._stopped

    def stop(self, document: StackDocument) -> None:
        """Leave it at the answer that is there; where there is none, say so."""
        self._stopped.add(document.key)
        self._lane.cancel(document.key)
        if document.assessment is None:
            document.show_problem("Stopped before the first answer.")

    def resume(self, document: StackDocument) -> None:
        """Forecast a document again that was stopped."""
        self._ask(document)

    def refresh(self) -> None:
        """Forecast all again, as after the evidence changed."""
        for document in self._documents.values():
            self._ask(document)

    def _ask(self, document: StackDocument) -> None:
        if document.key not in self._documents:
            return
        self._stopped.discard(document.key)
        stack = document.stack
        if not stack.components:
            self._lane.cancel(document.key)
            document.show_problem("")
            return

        self._lane.submit(document.key, self._ask_for(document.key, stack))

    def _take(self, key: str, answer: object, more_follows: bool) -> None:
        document = self._documents.get(key)
        if document is not None and isinstance(answer, Assessment):
            document.show_assessment(answer, is_preview=more_follows)

    def _take_problem(self, key: str, problem: str) -> None:
        document = self._documents.get(key)
        if document is not None:
            document.show_problem(problem)
