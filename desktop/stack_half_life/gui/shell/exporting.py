"""Exporting a report without making the window wait."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from stack_half_life.domain.progress import OnProgress
from stack_half_life.gui.shell.frame import Frame
from stack_half_life.gui.worker.lane import Publish
from stack_half_life.services.assess import Assessment

if TYPE_CHECKING:
    from stack_half_life.gui.shell.session import Session

ENDINGS = {".html": "Report, one file", ".csv": "Components as CSV", ".json": "All figures as JSON"}


class Exporting(QObject):
    """Asks for a file and writes the report of the document in front on the task lane."""

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame)
        self._frame = frame
        self._key = f"export-{id(self)}"
        self._session = session
        session.tasks.answered.connect(self._tell)
        session.tasks.failed.connect(self._tell_failure)

    def ask(self) -> None:
        """Ask where the report goes, and write it."""
        document = self._frame.document
        if document is None:
            return
        if document.assessment is None or document.is_preview:
            self._frame.notice.say("The report needs a finished forecast; try again in a moment.")
            return
        path = self._frame.files.ask_export(document, ENDINGS)
        if path is not None:
            self.write(path, document.assessment)

    def write(self, path: Path, assessment: Assessment) -> None:
        """Write the report of an assessment."""

        def work(on_progress: OnProgress, publish: Publish) -> Path:
            from stack_half_life.services.exports import export_report

            del publish
            on_progress(0.0, "writing the report")
            export_report(path, assessment, self._session.caches.here())
            return path

        self._session.tasks.submit(self._key, work)

    def _tell(self, key: str, answer: object, more_follows: bool) -> None:
        if key == self._key and not more_follows:
            self._frame.status.showMessage(f"Report written: {answer}", 8000)

    def _tell_failure(self, key: str, words: str) -> None:
        if key == self._key:
            self._frame.notice.say(f"No report written: {words}")
