"""What the compare view offers while there are not two stacks to compare."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.panels.panel import Panel
from stack_half_life.gui.theme import fonts


class Invitation(Panel):
    """Says what is missing and offers ways to a second stack."""

    copy_wanted = Signal()
    open_wanted = Signal()
    example_wanted = Signal(Path)

    def __init__(self, examples: Sequence[tuple[Path, str]], parent: QWidget | None = None) -> None:
        """Take examples as (file, name)."""
        super().__init__("Compare two stacks", "over the same futures", parent)
        self.head = QLabel()
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.head.setFont(fonts.strong())
        self.words = label("", tone="muted", wraps=True)
        self.copy = QPushButton("A copy of it, to change")
        self.copy.setProperty("primary", True)
        self.copy.setToolTip("Duplicate the stack and compare what you change in the copy")
        self.copy.clicked.connect(self.copy_wanted)
        self.open = QPushButton("Open a stack file…")
        self.open.setToolTip("A stack saved as TOML (Ctrl+O)")
        self.open.clicked.connect(self.open_wanted)
        self.examples: list[QPushButton] = []
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.copy)
        row.addWidget(self.open)
        row.addStretch(1)
        offered = QVBoxLayout()
        offered.setSpacing(6)
        for path, name in examples:
            button = QPushButton(name)
            button.setToolTip("Open this example as a new stack")
            button.clicked.connect(lambda _checked=False, path=path: self.example_wanted.emit(path))
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            offered.addLayout(line)
            self.examples.append(button)
        self.content.addWidget(self.head)
        self.content.addWidget(self.words)
        self.content.addLayout(row)
        self.content.addWidget(label("or an example", tone="muted"))
        self.content.addLayout(offered)
        self.content.addStretch(1)

    def show_open(self, title: str | None) -> None:
        """Say what to compare with: `title` is the only open stack; None: there is none."""
        self.copy.setVisible(title is not None)
        if title is None:
            self.head.setText("No stack is open")
            self.words.setText("Open two: files of yours, or examples to look at.")
            return
        self.head.setText(f"Compare “{title}” with …")
        self.words.setText(
            "Both are judged over the same futures, so that their difference is their own."
        )
