"""Opening and saving stacks, and asking before anything is lost."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from stack_half_life.domain import edits
from stack_half_life.domain.stack import Stack
from stack_half_life.errors import StackFileError
from stack_half_life.gui.documents.disk import DiskChange, disk_change
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.shell.settings import WindowSettings
from stack_half_life.paths import EXAMPLES
from stack_half_life.store.stack_files import read_stack, write_stack

_MOST_LETTERS = 120
_STACKS = "Stack files (*.toml)"


class Files:
    """File dialogs and their results, for one window."""

    def __init__(self, window: QWidget, settings: WindowSettings) -> None:
        self._window = window
        self._settings = settings

    def read(self, path: Path) -> Stack:
        """The stack in a file, which becomes a recent one.

        Raises:
            StackFileError: where it cannot be read.
        """
        stack = read_stack(path)
        self._settings.note_recent(path)
        self._settings.folder = path.absolute().parent
        return stack

    def templates(self) -> list[tuple[Path, Stack]]:
        """The example stacks, by file name."""
        return [(path, read_stack(path)) for path in sorted(EXAMPLES.glob("*.toml"))]

    def examples(self) -> list[tuple[Path, str]]:
        """The example stacks as (file, name)."""
        return [(path, stack.name) for path, stack in self.templates()]

    def ask_open(self) -> list[Path]:
        """Files the person wants to open."""
        dialog = self._dialog("Open a stack", [_STACKS, "All files (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        return _chosen(dialog)

    def ask_import(self) -> list[Path]:
        """Manifests and bills of materials the person wants a stack of."""
        dialog = self._dialog("Import from files", ["All files (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        return _chosen(dialog)

    def save(self, document: StackDocument) -> bool:
        """Save where the document came from; ask where it came from nowhere, or was changed."""
        if document.path is None:
            return self.save_as(document)
        change = disk_change(document)
        if change is None:
            return self._write(document, document.path)
        return self._ask_about(change, document, document.path)

    def save_as(self, document: StackDocument) -> bool:
        """Ask for a file and save there; False where the person changed their mind."""
        dialog = self._dialog("Save the stack", [_STACKS])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile(document.path.name if document.path else f"{_slug(document.title)}.toml")
        chosen = _chosen(dialog)
        if not chosen:
            return False
        return self._write(document, chosen[0], _named_after(document.stack, chosen[0]))

    def ask_export(self, document: StackDocument, endings: dict[str, str]) -> Path | None:
        """Ask where a report goes; endings: `.html` → words."""
        filters = [f"{words} (*{ending})" for ending, words in endings.items()]
        dialog = self._dialog("Export the report", filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(next(iter(endings)).removeprefix("."))
        dialog.selectFile(f"{_slug(document.title)}{next(iter(endings))}")
        chosen = _chosen(dialog)
        return chosen[0] if chosen else None

    def may_close(self, document: StackDocument) -> bool:
        """Whether the document can go: it is saved, or the person saves or discards it."""
        if document.is_saved:
            return True
        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle("Unsaved changes")
        box.setText(f"Save the changes to “{document.title}”?")
        box.setInformativeText("They are lost if you do not save them.")
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answer = box.exec()
        box.deleteLater()
        if answer == buttons.Save:
            return self.save(document)
        return answer == buttons.Discard

    def _ask_about(self, change: DiskChange, document: StackDocument, path: Path) -> bool:
        """Ask what becomes of a file that another program changed; False if not saved."""
        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle("Changed by another program")
        box.setText(f"{path.name} was changed by another program since you opened or saved it.")
        box.setInformativeText(
            change.problem
            or "Overwriting loses those changes. Reloading shows them; Undo brings back yours."
        )
        roles = QMessageBox.ButtonRole
        elsewhere = box.addButton("Save as…", roles.AcceptRole)
        overwrite = box.addButton("Overwrite", roles.DestructiveRole)
        again = box.addButton("Reload", roles.ResetRole) if change.stack is not None else None
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(elsewhere)
        box.exec()
        answer = box.clickedButton()
        box.deleteLater()
        if answer is elsewhere:
            return self.save_as(document)
        if answer is overwrite:
            return self._write(document, path)
        if answer is again and change.stack is not None:
            document.reload(change.stack)
        return False

    def _write(self, document: StackDocument, path: Path, stack: Stack | None = None) -> bool:
        """Write the document, or what it then becomes, to a file."""
        stack = stack or document.stack
        try:
            write_stack(stack, path)
        except StackFileError as problem:
            self.complain("Not saved", str(problem))
            return False
        document.edit(stack, "Name the stack after its file")
        document.mark_saved(path)
        self._settings.note_recent(path)
        self._settings.folder = path.absolute().parent
        return True

    def complain(self, title: str, words: str) -> None:
        """Say what could not be done, in a dialog."""
        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(title)
        box.setText(words)
        box.exec()
        box.deleteLater()

    def _dialog(self, title: str, filters: list[str]) -> QFileDialog:
        dialog = QFileDialog(self._window, title, str(self._settings.folder))
        dialog.setNameFilters(filters)
        return dialog


def _chosen(dialog: QFileDialog) -> list[Path]:
    is_taken = dialog.exec() == QFileDialog.DialogCode.Accepted
    files = [Path(name) for name in dialog.selectedFiles()] if is_taken else []
    dialog.deleteLater()
    return files


def _named_after(stack: Stack, path: Path) -> Stack:
    """The stack under its file's name, where nobody named it."""
    name = path.stem.strip()[:_MOST_LETTERS]
    return edits.changed(stack, name=name) if stack.name == Stack().name and name else stack


def _slug(title: str) -> str:
    kept = "".join(each if each.isalnum() else "-" for each in title.casefold())
    return "-".join(part for part in kept.split("-") if part)[:60] or "stack"
