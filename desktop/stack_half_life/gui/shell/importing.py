"""Making a stack of manifests and bills of materials, without making the window wait."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from stack_half_life.domain.progress import OnProgress
from stack_half_life.gui.shell.frame import Frame
from stack_half_life.gui.worker.lane import Publish

if TYPE_CHECKING:
    from stack_half_life.gui.shell.session import Session


class Importing(QObject):
    """Proposes a stack; what nobody knows is listed for the person to place."""

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame)
        self._frame = frame
        self._session = session
        self._key = f"import-{id(self)}"
        session.tasks.answered.connect(self._take)
        session.tasks.failed.connect(self._take_problem)

    def ask(self) -> None:
        """Ask for files and propose a stack of them."""
        files = self._frame.files.ask_import()
        if files:
            self.propose(files)

    def propose(self, files: Sequence[Path]) -> None:
        """Propose a stack of files; it opens as a new one, not saved yet."""

        def work(on_progress: OnProgress, publish: Publish) -> object:
            from stack_half_life.services.import_stack import propose_stack

            del publish
            return propose_stack(files, self._session.caches.here(), on_progress=on_progress)

        self._frame.status.showMessage("Reading…", 4000)
        self._session.tasks.submit(self._key, work)

    def _take(self, key: str, answer: object, _more_follows: bool) -> None:
        if key != self._key:
            return
        from stack_half_life.services.import_stack import StackProposal

        assert isinstance(answer, StackProposal)
        if not answer.unmatched:
            self._frame.stack_made.emit(answer.stack)
            if answer.notes:
                self._frame.notice.say("\n".join(answer.notes[:4]))
            return
        from stack_half_life.gui.importing.dialog import ImportDialog

        dialog = ImportDialog(answer, self._frame)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._frame.stack_made.emit(dialog.stack()))
        dialog.open()

    def _take_problem(self, key: str, words: str) -> None:
        if key == self._key:
            self._frame.notice.say(f"Not imported: {words}")
