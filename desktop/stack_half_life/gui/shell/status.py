"""The status bar: how the figures came about, how far a long forecast is, saved or not."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from stack_half_life.gui import numbers
from stack_half_life.gui.documents.document import StackDocument

_PATIENCE_MS = 500
"""A forecast that takes longer tells how far it is and can be stopped."""


class Status(QStatusBar):
    """Says how the figures on the screen came about."""

    stop_wanted = Signal()
    """Leave the forecast at what is there."""
    resume_wanted = Signal()
    """Forecast again after all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.how = QLabel()
        self.how.setAccessibleName("How the figures came about")
        self.state = QLabel()
        self.state.setAccessibleName("Saved state")
        for each in (self.how, self.state):
            each.setTextFormat(Qt.TextFormat.PlainText)
        self.stop = QPushButton("Stop")
        self.stop.setToolTip("Leave the forecast at the answer that is there")
        self.stop.clicked.connect(self.stop_wanted)
        self.resume = QPushButton("Refine")
        self.resume.setToolTip("Forecast with all futures of the scenario")
        self.resume.clicked.connect(self.resume_wanted)
        self.addWidget(self.how, 1)
        for button in (self.stop, self.resume):
            button.hide()
            self.addPermanentWidget(button)
        self.addPermanentWidget(self.state)
        self._told = ""
        self._share = 0.0
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show_progress)

    def show_document(
        self, document: StackDocument | None, *, is_busy: bool = False, is_stopped: bool = False
    ) -> None:
        """Describe a document's forecast and file.

        is_busy, is_stopped: whether its forecast is under way, and whether a person stopped it.
        """
        self._told = "" if document is None else _told(document, is_busy, is_stopped)
        self.state.setText("" if document is None else _saved(document))
        self.resume.setVisible(is_stopped)
        if not is_busy:
            self._patience.stop()
            self._share = 0.0
            self.stop.hide()
        elif self.stop.isHidden() and not self._patience.isActive():
            self._patience.start()
        self.how.setText(self._told)

    def show_progress(self, share: float) -> None:
        """Say how far the forecast of the document shown is."""
        self._share = share
        if not self.stop.isHidden():
            self._show_progress()

    def _show_progress(self) -> None:
        self.stop.show()
        self.how.setText(f"{self._told} {numbers.percent(self._share)}")


def _told(document: StackDocument, is_busy: bool, is_stopped: bool) -> str:
    assessment = document.assessment
    if assessment is None:
        if document.problem:
            return document.problem
        return "Forecasting…" if document.stack.components else "No components yet"
    forecast = assessment.forecast
    words = [
        f"{numbers.whole(forecast.futures)} futures",
        (
            f"{numbers.plain(round(forecast.horizon_years, 2))} years from "
            f"{numbers.day(forecast.as_of)}"
        ),
        f"seed {forecast.seed}",
        f"{numbers.percent(forecast.coverage)} covered by evidence",
    ]
    if assessment.evidence_read is not None:
        oldest, newest = map(numbers.day, assessment.evidence_read)
        words.append(f"evidence read from {oldest} to {newest}")
    if is_busy:
        words.append("refining…")
    elif is_stopped:
        of_what = "before the last edit" if document.is_of_older_stack else "a first answer"
        words.append(f"stopped: {of_what}")
    return "  ·  ".join(words)


def _saved(document: StackDocument) -> str:
    if document.path is None:
        return "not saved yet"
    return document.path.name if document.is_saved else f"{document.path.name} – unsaved changes"
