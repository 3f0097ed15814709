"""Learning from a repository: harvest it, add what it says, take it out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from stack_half_life.domain.progress import OnProgress
from stack_half_life.domain.stack import ProductKind
from stack_half_life.gui.shell.frame import Frame
from stack_half_life.gui.worker.lane import Publish

if TYPE_CHECKING:
    from stack_half_life.gui.evidence.harvested import HarvestDialog
    from stack_half_life.gui.shell.session import Session


class Harvesting(QObject):
    """Harvests on the task lane; what is found opens in a dialog of its window."""

    progressed = Signal(object, str)
    """How far the harvest is (None: it has come to its end), and what there is to say."""
    evidence_changed = Signal()
    """Facts were added or taken out."""

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame)
        self._frame = frame
        self._session = session
        self._harvest_key, self._add_key, self._undo_key = (
            f"{name}-{id(self)}" for name in ("harvest", "add", "undo")
        )
        self._path = Path()
        self._dialog: HarvestDialog | None = None
        session.tasks.answered.connect(self._take)
        session.tasks.failed.connect(self._take_problem)
        session.tasks.progressed.connect(self._take_progress)

    def harvest(self, path: Path) -> None:
        """Harvest a repository."""

        def work(on_progress: OnProgress, publish: Publish) -> object:
            from stack_half_life.services.harvest import harvest

            del publish
            return harvest(path, on_progress=on_progress)

        self._path = path
        self.progressed.emit(0.0, f"harvesting {path.name}")
        self._session.tasks.submit(self._harvest_key, work)

    def stop(self) -> None:
        """Stop the harvest under way."""
        self._session.tasks.cancel(self._harvest_key)

    def _add(self, kind: ProductKind, technology: str) -> None:
        path = self._path

        def work(on_progress: OnProgress, publish: Publish) -> object:
            from stack_half_life.services.add_repository import add_repository

            del publish
            return add_repository(
                path,
                self._session.caches.here(),
                today=self._session.as_of,
                kind=kind,
                technology=technology,
                on_progress=on_progress,
            )

        self._say(0.0, "Adding…")
        self._session.tasks.submit(self._add_key, work)

    def _undo(self, subject: str) -> None:
        def work(on_progress: OnProgress, publish: Publish) -> object:
            from stack_half_life.services.additions import take_out

            del publish, on_progress
            return take_out([subject], self._session.caches.here())

        self._say(0.0, "Taking it out…")
        self._session.tasks.submit(self._undo_key, work)

    def _take(self, key: str, answer: object, _more_follows: bool) -> None:
        if key == self._harvest_key:
            self._show_found(answer)
        elif key == self._add_key:
            self._show_added(answer)
        elif key == self._undo_key:
            self.evidence_changed.emit()
            if self._dialog is not None:
                self._dialog.show_taken_out()

    def _show_found(self, found: object) -> None:
        from stack_half_life.evidence.git.answer import RepositoryHarvest
        from stack_half_life.gui.evidence.harvested import HarvestDialog

        assert isinstance(found, RepositoryHarvest)
        dialog = HarvestDialog(found, self._path.name or str(self._path), self._frame)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._forget)
        dialog.add_wanted.connect(self._add)
        dialog.removal_wanted.connect(self._undo)
        self._dialog = dialog
        self.progressed.emit(None, f"Harvested {self._path.name}.")
        dialog.open()

    def _show_added(self, added: object) -> None:
        from stack_half_life.services.add_repository import AddedRepository

        assert isinstance(added, AddedRepository)
        self.evidence_changed.emit()
        if self._dialog is not None:
            self._dialog.show_added(added)

    def _take_problem(self, key: str, words: str) -> None:
        if key == self._harvest_key:
            self.progressed.emit(None, f"Not done: {words}")
        elif key in (self._add_key, self._undo_key):
            self._say(None, f"Not done: {words}")

    def _take_progress(self, key: str, share: float, words: str) -> None:
        if key == self._harvest_key:
            self.progressed.emit(share, words)
        elif key == self._add_key:
            self._say(share, words)

    def _say(self, share: float | None, words: str) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(share, words)

    def _forget(self) -> None:
        self._dialog = None
