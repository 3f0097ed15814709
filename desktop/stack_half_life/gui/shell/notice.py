"""A bar above the views that says what went wrong, until it is closed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class NoticeBar(QFrame):
    """Shows the latest sentence; never blocks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAccessibleName("Notice")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.shut = QPushButton("Dismiss")
        self.shut.setProperty("flat", True)
        self.shut.setAccessibleName("Dismiss the notice")
        self.shut.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 6, 4)
        row.addWidget(self.words, 1)
        row.addWidget(self.shut)
        self.hide()

    def say(self, words: str) -> None:
        """Show a sentence."""
        self.words.setText(words)
        self.show()
