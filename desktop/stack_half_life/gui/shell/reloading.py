"""A bar that offers to read a stack again after another program changed its file."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from stack_half_life.gui.documents.disk import disk_change
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.palette.offers import offer_as_commands

if TYPE_CHECKING:
    from stack_half_life.gui.shell.window import Window


class Reloading(QFrame):
    """Looks at the files of open stacks whenever its window comes to the front."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._seen: dict[str, tuple[int, int, int] | None] = {}
        self._offered: StackDocument | None = None
        self.setObjectName("offer")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAccessibleName("A file was changed by another program")
        self.again = QPushButton("Reload")
        self.again.setProperty("primary", True)
        self.again.setToolTip("Show what the file holds now; Undo brings back what is shown here")
        self.again.clicked.connect(self._reload)
        self.keep = QPushButton("Keep mine")
        self.keep.setToolTip("Leave the stack as it is here; saving asks before it overwrites")
        self.keep.clicked.connect(self._keep)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.again)
        row.addWidget(self.keep)
        offer_as_commands(
            self,
            "Changed by another program",
            {"Reload the changed file": self.again, "Keep mine": self.keep},
        )
        self.hide()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look when the person comes back from another program."""
        if event.type() is QEvent.Type.WindowActivate:
            self.look()
        return super().eventFilter(watched, event)

    def look(self) -> None:
        """Offer the first open stack whose file another program changed meanwhile."""
        offered = self._offered
        if offered is not None and self._is_open(offered) and disk_change(offered) is not None:
            return
        self._offer(None)
        for document in self._documents():
            if self._is_touched(document):
                change = disk_change(document)
                if change is not None and change.stack is not None:
                    self._offer(document)
                    return

    def look_anew(self, document: StackDocument) -> None:
        """Look at a document's file whether it was touched or not, as after a recovery."""
        self._seen[document.key] = None
        self.look()

    def _documents(self) -> list[StackDocument]:
        return [workspace.document for workspace in self._window.workspaces]

    def _is_open(self, document: StackDocument) -> bool:
        return any(each is document for each in self._documents())

    def _is_touched(self, document: StackDocument) -> bool:
        """Whether the file is another than when it was last looked at, if ever it was."""
        now = None
        if document.path is not None:
            with suppress(OSError):
                found = document.path.stat()
                now = (found.st_mtime_ns, found.st_size, found.st_ino)
        is_new = document.key not in self._seen
        before, self._seen[document.key] = self._seen.get(document.key), now
        return not is_new and now is not None and now != before

    def _offer(self, document: StackDocument | None) -> None:
        self._offered = document
        if document is not None and document.path is not None:
            unsaved = "" if document.is_saved else " You have unsaved changes here."
            self.words.setText(
                f"Another program changed {document.path.name} (“{document.title}”).{unsaved}"
            )
        self.setVisible(document is not None)

    def _reload(self) -> None:
        document = self._offered
        if document is not None and self._is_open(document):
            change = disk_change(document)
            if change is not None and change.stack is not None:
                document.reload(change.stack)
        self._offer(None)
        self.look()

    def _keep(self) -> None:
        self._offer(None)
        self.look()
