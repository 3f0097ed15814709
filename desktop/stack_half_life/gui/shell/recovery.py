"""A bar that offers what a crash left behind: bring it back, or let it go."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QPushButton, QWidget

from stack_half_life.gui import numbers
from stack_half_life.gui.documents.autosave import LeftOver
from stack_half_life.gui.palette.offers import offer_as_commands


class RecoveryBar(QFrame):
    """Shown until it is answered; unanswered, the same is offered at the next start."""

    recovered = Signal(object)
    discarded = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left: Sequence[LeftOver] = ()
        self.setObjectName("offer")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAccessibleName("Unsaved edits found")
        self.recover = QPushButton("Recover")
        self.recover.setProperty("primary", True)
        self.recover.setToolTip("Open them as unsaved stacks; the files they came from stay")
        self.recover.clicked.connect(self._recover)
        self.discard = QPushButton("Discard…")
        self.discard.setToolTip("Delete these unsaved edits")
        self.discard.clicked.connect(self._discard)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.recover)
        row.addWidget(self.discard)
        offer_as_commands(
            self,
            "Unsaved edits",
            {"Recover unsaved edits": self.recover, "Discard unsaved edits…": self.discard},
        )
        self.hide()

    def offer(self, left: Sequence[LeftOver]) -> None:
        """Offer what was left over."""
        self._left = tuple(left)
        self.words.setText(
            f"The program ended without saving. Unsaved edits were kept of {_names(left)}."
        )
        self.setVisible(bool(left))

    def _recover(self) -> None:
        self.hide()
        for each in self._left:
            self.recovered.emit(each)

    def _discard(self) -> None:
        box = QMessageBox(self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle("Discard unsaved edits")
        box.setText(f"Delete the unsaved edits of {_names(self._left)}?")
        box.setInformativeText("The files they came from stay as they are.")
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Cancel)
        answer = box.exec()
        box.deleteLater()
        if answer == buttons.Discard:
            self.hide()
            for each in self._left:
                self.discarded.emit(each)


def _names(left: Sequence[LeftOver]) -> str:
    names = [_name(each) for each in left]
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _name(left: LeftOver) -> str:
    """The stack, the file it came from and when its edits were kept: names may be alike."""
    path = left.unsaved.path
    origin = path.name if path else "never saved"
    return f"“{left.unsaved.stack.name}” ({origin}, {numbers.moment(left.kept_at)})"
