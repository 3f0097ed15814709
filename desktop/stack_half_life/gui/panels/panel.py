"""A panel: a titled card that holds a view."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from stack_half_life.gui.panels.labels import ElidedLabel, elided
from stack_half_life.gui.theme import fonts


class Panel(QFrame):
    """A card with a title, a caption that explains its marks, and room for content below.

    A title set later, by what is shown, is cut where there is no room.
    """

    def __init__(self, title: str, caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.title = QLabel(title) if title else ElidedLabel()
        self.title.setFont(fonts.title())
        self.caption = elided(caption, tone="muted")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.header = QHBoxLayout()
        self.header.setSpacing(10)
        self.header.addWidget(self.title)
        self.header.addWidget(self.caption, 1)
        if not title:
            for each in (self.title, self.caption):
                each.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(14, 12, 14, 12)
        self.content.setSpacing(8)
        self.content.addLayout(self.header)
