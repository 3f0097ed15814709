"""Small steps a person takes, for the tests of the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from stack_half_life.gui.compose.listing import ComponentList
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.shell.window import Window


def document_of(window: Window) -> StackDocument:
    """The document in front."""
    document = window.document
    assert document is not None
    return document


def names_of(window: Window) -> list[str]:
    """The names of the components of the document in front."""
    return [each.name for each in document_of(window).stack.components]


def wait_for_forecast(window: Window, qtbot: QtBot) -> None:
    """Wait until the document in front has its final answer, and all views have drawn it."""

    def is_there() -> None:
        document = document_of(window)
        assert document.assessment is not None
        assert not document.is_preview
        assert document.assessment.stack == document.stack

    qtbot.waitUntil(is_there, timeout=30_000)
    qtbot.wait(60)


def list_of(window: Window) -> ComponentList:
    """The component list in front."""
    assert window.workspace is not None
    return window.workspace.compose.list


def activate(widget: QWidget) -> None:
    """Bring the widget's window to the front, as a window manager does after a dialog."""
    top = widget.window()
    for _ in range(100):
        if top.isActiveWindow():
            return
        top.activateWindow()
        QTest.qWait(10)
    raise AssertionError("the window does not come to the front")


def click_component(window: Window, name: str) -> None:
    """Click a component in the list."""
    activate(window)
    listing = list_of(window)
    row = listing.components.row_of(name)
    assert row is not None
    index = listing.components.index(row)
    listing.scrollTo(index)
    QTest.mouseClick(
        listing.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        listing.visualRect(index).center(),
    )


def press(widget: QWidget, keys: str) -> None:
    """Press keys such as `Ctrl+Shift+Z` in a widget."""
    activate(widget)
    QTest.keySequence(widget, keys)


def retype(widget: QWidget, text: str, *, then: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Replace a line's text by typing."""
    widget.setFocus()
    QTest.keySequence(widget, "Ctrl+A")
    QTest.keyClicks(widget, text)
    if then is not None:
        QTest.keyClick(widget, then)


def choose_file(path: Path) -> None:
    """Type a path into the file dialog that opens next, and press Enter."""

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setText(str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)

    in_dialog(steps)


def in_dialog(steps: Callable[[QDialog], None]) -> None:
    """Take steps in the dialog that opens next, while its `exec` runs."""

    def take() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            QTimer.singleShot(20, take)
            return
        steps(dialog)

    QTimer.singleShot(20, take)
