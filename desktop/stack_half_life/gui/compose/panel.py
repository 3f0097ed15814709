"""The left panel: the stack's components as layers, and the way to add more."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from stack_half_life.gui.compose.listing import ComponentList
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.panels.panel import Panel
from stack_half_life.gui.panels.tips import plain_tip
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.theme import Theme


class ComposePanel(Panel):
    """The component list with its title, an empty state, and a button to add."""

    add_wanted = Signal()
    scenario_wanted = Signal()

    def __init__(
        self, theme: Theme, document: StackDocument, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self._document = document
        self.title.setFont(fonts.font(15, 600))
        self.header.setStretch(0, 1)
        self.header.setStretch(1, 0)
        self.content.addWidget(self.caption)
        self.caption.setText("median time to the first rework →")
        self.caption.setToolTip(
            "Median time to the first rework event: an upgrade, a replacement or a knock-on.\n"
            "“> 5 y”: in fewer than half of the futures within a horizon of 5 years."
        )
        self.list = ComponentList(theme, document)
        self.scenario = QPushButton("Stack and scenario…")
        self.scenario.setToolTip("Name, horizon, futures, day rate, forces (Esc)")
        self.scenario.clicked.connect(self.scenario_wanted)
        self.add = QPushButton("+  Add component")
        self.add.setToolTip("Search all technologies and add one (Ctrl+K)")
        self.add.setAccessibleName("Add component")
        self.add.clicked.connect(self.add_wanted)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty_state())
        self.content.addWidget(self._pages, 1)
        self.content.addWidget(self.add)
        self.content.addWidget(self.scenario)
        document.stack_changed.connect(self._take_stack)
        self._take_stack()

    def sizeHint(self) -> QSize:
        """Wide enough for a name, a cycle and a figure."""
        return QSize(268, 640)

    def minimumSizeHint(self) -> QSize:
        """Still legible."""
        return QSize(232, 300)

    def _empty_state(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        head = QLabel("No components yet")
        head.setFont(fonts.strong())
        words = QLabel(
            "Press Ctrl+K and type what the stack is made of, such as “PyTorch” or "
            "“PostgreSQL”. Each one brings its release, support and replacement record."
        )
        words.setWordWrap(True)
        words.setProperty("tone", "muted")
        column.addStretch(2)
        for each in (head, words):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(each)
        column.addStretch(3)
        return page

    def _take_stack(self) -> None:
        stack = self._document.stack
        self.title.setText(stack.name)
        self.title.setToolTip(plain_tip(stack.name))
        self._pages.setCurrentIndex(0 if stack.components else 1)
        self.caption.setVisible(bool(stack.components))
