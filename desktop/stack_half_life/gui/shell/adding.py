"""What the person added to the evidence, looked over and taken out on the task lane."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from stack_half_life.domain.progress import OnProgress
from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.gui.shell.frame import Frame
from stack_half_life.gui.worker.lane import Publish

if TYPE_CHECKING:
    from stack_half_life.gui.evidence.additions import AdditionsDialog
    from stack_half_life.gui.shell.session import Session
    from stack_half_life.services.additions import Addition
    from stack_half_life.store.cache import ProfileCache


class Adding(QObject):
    """Keeps the dialog of a window's additions in step with the cache."""

    evidence_changed = Signal()
    """Facts were taken out or put back."""

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame)
        self._frame = frame
        self._session = session
        self._key = f"additions-{id(self)}"
        self._dialog: AdditionsDialog | None = None
        self._taken_out: tuple[UserFacts, ...] = ()
        session.tasks.answered.connect(self._take)
        session.tasks.failed.connect(self._take_problem)

    def show(self) -> None:
        """List what was added."""
        from stack_half_life.gui.evidence.additions import AdditionsDialog

        dialog = AdditionsDialog(self._frame)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._forget)
        dialog.removal_wanted.connect(self._take_out)
        dialog.return_wanted.connect(self._put_back)
        self._dialog = dialog
        self._change(lambda _cache: self._taken_out, "")
        dialog.open()

    def _take_out(self, subjects: list[str]) -> None:
        from stack_half_life.services.additions import take_out

        self._change(lambda cache: take_out(subjects, cache), f"{len(subjects)} taken out.")

    def _put_back(self) -> None:
        from stack_half_life.services.additions import put_back

        facts = self._taken_out

        def change(cache: ProfileCache) -> tuple[UserFacts, ...]:
            put_back(facts, cache)
            return ()

        self._change(change, f"{len(facts)} put back.")

    def _change(self, change: Callable[[ProfileCache], tuple[UserFacts, ...]], words: str) -> None:
        """Change the cache and list it; the change gives what can be put back after it."""

        def work(on_progress: OnProgress, publish: Publish) -> object:
            from stack_half_life.services.additions import additions

            del publish, on_progress
            cache = self._session.caches.here()
            return change(cache), additions(cache), words

        if self._dialog is not None:
            self._dialog.show_busy()
        self._session.tasks.submit(self._key, work)

    def _take(self, key: str, answer: object, _more_follows: bool) -> None:
        if key != self._key:
            return
        assert isinstance(answer, tuple)
        found: tuple[Addition, ...] = answer[1]
        words: str = answer[2]
        self._taken_out = answer[0]
        if self._dialog is not None:
            self._dialog.show_additions(found, words, can_put_back=bool(self._taken_out))
        if words:
            self.evidence_changed.emit()

    def _take_problem(self, key: str, words: str) -> None:
        if key == self._key and self._dialog is not None:
            self._dialog.show_problem(f"Not done: {words}")

    def _forget(self) -> None:
        self._dialog = None
