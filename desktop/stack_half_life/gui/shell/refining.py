"""Long forecasts: how far the one in front is, stopping it and going on after all."""

from __future__ import annotations

from PySide6.QtCore import QObject

from stack_half_life.gui.shell.frame import Frame


class Refining(QObject):
    """Stands between a window's status bar and the forecasts of the document in front."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._forecaster = frame.session.forecaster
        frame.status.stop_wanted.connect(self._stop)
        frame.status.resume_wanted.connect(self._resume)
        frame.session.forecasts.progressed.connect(self._take_progress)

    def show(self) -> None:
        """Tell how the figures of the document in front came about."""
        document, forecaster = self._frame.document, self._forecaster
        self._frame.status.show_document(
            document,
            is_busy=document is not None and forecaster.is_busy(document),
            is_stopped=document is not None and forecaster.is_stopped(document),
        )

    def _stop(self) -> None:
        document = self._frame.document
        if document is not None:
            self._forecaster.stop(document)
            self.show()

    def _resume(self) -> None:
        document = self._frame.document
        if document is not None:
            self._forecaster.resume(document)
            self.show()

    def _take_progress(self, key: str, share: float, _words: str) -> None:
        document = self._frame.document
        if document is not None and document.key == key:
            self._frame.status.show_progress(share)
