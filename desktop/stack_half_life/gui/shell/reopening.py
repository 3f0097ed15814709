"""Opening again what was open when the program ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from stack_half_life.errors import StackFileError
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.store.stack_files import read_stack

if TYPE_CHECKING:
    from stack_half_life.gui.shell.window import Window

_MOST_TOLD = 4


class Reopening:
    """Notes the stack files that are open in all windows, and opens them in a new one."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._noted: tuple[list[Path], Path | None] = ([], None)

    def note(self) -> None:
        """Remember what is open now, unless the program is about to end."""
        window = self._window
        if window.session.is_ending:
            return
        paths = [
            workspace.document.path
            for each in window.windows
            for workspace in each.workspaces
            if workspace.document.path is not None
        ]
        front = window.document.path if window.document is not None else None
        if (paths, front) != self._noted:
            self._noted = (paths, front)
            window.session.settings.note_open_files(paths, front)

    def reopen(self) -> None:
        """Open what was open last; a file that cannot be opened is told in a line."""
        window = self._window
        settings = window.session.settings
        if not settings.reopens:
            return
        files, front = settings.open_files()
        documents, problems = [], []
        for path in files:
            try:
                documents.append(StackDocument(read_stack(path), path, parent=window))
            except StackFileError as problem:
                problems.append(f"Not reopened: {problem}")
        window.show_documents(documents, next((d for d in documents if d.path == front), None))
        if problems:
            window.notice.say("\n".join(problems[:_MOST_TOLD]))
