"""The first screen: templates to look at, recent files, and an invitation to begin."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from stack_half_life.domain.grouping import by_layer
from stack_half_life.domain.stack import Stack
from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.panels.tips import plain_tip
from stack_half_life.gui.theme import fonts

_WIDTH = 860
_MOST_WORDS = 240
"""Characters that a card has room for."""


class Card(QPushButton):
    """A button as large as a card: a title and what it is about."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setMinimumHeight(156)
        head = QLabel(title)
        head.setFont(fonts.strong())
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        text = label(words, tone="muted", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        column.addWidget(head)
        column.addWidget(text)
        column.addStretch(1)
        for each in (head, text):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class StartPage(QScrollArea):
    """Offers what a person can begin with."""

    new_wanted = Signal()
    open_wanted = Signal()
    import_wanted = Signal()
    file_chosen = Signal(Path)
    template_chosen = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName("First screen")
        page = QWidget()
        outer = QHBoxLayout(page)
        inner = QWidget()
        inner.setMaximumWidth(_WIDTH)
        outer.addStretch(1)
        outer.addWidget(inner, 100)
        outer.addStretch(1)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(24, 56, 24, 24)
        self._column.setSpacing(12)
        self._build_head()
        self._templates = QGridLayout()
        self._templates.setSpacing(12)
        self._column.addWidget(_section("Look at an example"))
        self._column.addLayout(self._templates)
        self._recent_head = _section("Recent")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        self._column.addWidget(self._recent_head)
        self._column.addLayout(self._recent)
        self._column.addStretch(1)
        self.setWidget(page)
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)

    def show_templates(self, templates: Sequence[tuple[Path, Stack]]) -> None:
        """Offer example stacks."""
        for at, (path, stack) in enumerate(templates):
            layers = [layer.label for layer, _inside in by_layer(stack)]
            words = stack.note or ", ".join(layers)
            card = Card(stack.name, f"{len(stack.components)} components · {_first(words)}")
            card.clicked.connect(lambda _checked=False, path=path: self.template_chosen.emit(path))
            self._templates.addWidget(card, at // 3, at % 3)

    def show_recent(self, files: Sequence[Path]) -> None:
        """Offer files opened before."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._recent_head.setVisible(bool(files))
        for path in files[:6]:
            button = QPushButton(f"{path.stem}    {path.parent}")
            button.setProperty("flat", True)
            button.setStyleSheet("text-align: left;")
            button.setToolTip(plain_tip(str(path)))
            button.setAccessibleName(f"Open {path.name}")
            button.clicked.connect(lambda _checked=False, path=path: self.file_chosen.emit(path))
            self._recent.addWidget(button)

    def _build_head(self) -> None:
        head = QLabel("When will your stack have to be rebuilt?")
        head.setFont(fonts.figure())
        words = QLabel(
            "List the parts of a technology stack. See when each is expected to force work, what "
            "the rework will cost, and how sure that is. Every figure rests on dated facts you "
            "can inspect."
        )
        words.setWordWrap(True)
        words.setProperty("tone", "muted")
        self.new = QPushButton("Start a new stack")
        self.new.setProperty("primary", True)
        self.new.setToolTip("An empty stack; add components by searching (Ctrl+N)")
        self.new.clicked.connect(self.new_wanted)
        self.open = QPushButton("Open a stack file…")
        self.open.setToolTip("A stack saved as TOML (Ctrl+O); you can also drop one here")
        self.open.clicked.connect(self.open_wanted)
        self.bring = QPushButton("Import from files…")
        self.bring.setToolTip(
            "Make a stack of requirements.txt, package.json, go.mod, Cargo.toml, a Dockerfile, "
            "a compose file, a CycloneDX or SPDX bill of materials"
        )
        self.bring.clicked.connect(self.import_wanted)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(10)
        self.buttons.addWidget(self.new)
        self.buttons.addWidget(self.open)
        self.buttons.addWidget(self.bring)
        self.buttons.addWidget(label("or drop files into the window", tone="muted"))
        self.buttons.addStretch(1)
        for each in (head, words):
            self._column.addWidget(each)
        self._column.addLayout(self.buttons)
        self._column.addSpacing(14)


def _section(words: str) -> QLabel:
    made = QLabel(words)
    made.setFont(fonts.title())
    return made


def _first(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else words[: _MOST_WORDS - 1].rstrip() + "…"
