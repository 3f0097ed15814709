"""The status bar: futures, horizon, seed, coverage, age of the evidence, saved or not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from stack_half_life.gui import numbers
from stack_half_life.gui.documents.document import StackDocument


class Status(QStatusBar):
    """Says how the figures on the screen came about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.how = QLabel()
        self.how.setAccessibleName("How the figures came about")
        self.state = QLabel()
        self.state.setAccessibleName("Saved state")
        for each in (self.how, self.state):
            each.setTextFormat(Qt.TextFormat.PlainText)
        self.addWidget(self.how, 1)
        self.addPermanentWidget(self.state)

    def show_document(self, document: StackDocument | None) -> None:
        """Describe a document's forecast and file."""
        if document is None:
            self.how.setText("")
            self.state.setText("")
            return
        self.state.setText(_saved(document))
        assessment = document.assessment
        if assessment is None:
            self.how.setText("Forecasting…" if document.stack.components else "No components yet")
            return
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
        if document.is_preview:
            words.append("refining…")
        self.how.setText("  ·  ".join(words))


def _saved(document: StackDocument) -> str:
    if document.path is None:
        return "not saved yet"
    return document.path.name if document.is_saved else f"{document.path.name} – unsaved changes"
