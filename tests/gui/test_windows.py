from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

import made_values
from gui.driving import (
    activate,
    click_component,
    document_of,
    in_dialog,
    list_of,
    names_of,
    press,
    wait_for_forecast,
)
from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.shell.window import Window
from stack_half_life.store.stack_files import write_stack


@pytest.fixture(autouse=True)
def _close_what_is_left(session: Session) -> Iterator[None]:
    """Close windows that a test opened itself."""
    yield
    for window in list(session.windows):
        assert isinstance(window, Window)
        for workspace in window.workspaces:
            workspace.document.history.setClean()
        window.close()
        window.deleteLater()


def another(window: Window, qtbot: QtBot) -> Window:
    """Open a second window with its keys."""
    press(window, "Ctrl+Shift+N")
    made = window.windows[-1]
    assert made is not window
    qtbot.waitUntil(made.isVisible)
    return made


def test_two_windows_hold_stacks_of_their_own(opened: Window, qtbot: QtBot) -> None:
    other = another(opened, qtbot)
    assert not other.workspaces
    other.show_stack(made_values.made_stack().model_copy(update={"name": "Other"}))
    wait_for_forecast(other, qtbot)
    click_component(other, "vLLM")
    QTest.keyClick(list_of(other), Qt.Key.Key_Delete)
    assert "vLLM" in names_of(opened)
    press(opened, "Ctrl+Z")
    assert "vLLM" not in names_of(other), "undo belongs to the window in front"
    activate(other)
    press(other, "Ctrl+Z")
    assert "vLLM" in names_of(other)


def test_components_are_copied_from_window_to_window(opened: Window, qtbot: QtBot) -> None:
    other = another(opened, qtbot)
    other.show_stack(made_values.made_stack().model_copy(update={"name": "Other"}))
    click_component(opened, "LangChain")
    QTest.keySequence(list_of(opened), "Ctrl+C")
    activate(other)
    list_of(other).setFocus()
    QTest.keySequence(list_of(other), "Ctrl+V")
    assert "LangChain 2" in names_of(other)


def test_a_file_that_is_open_elsewhere_comes_forward(
    opened: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    write_stack(made_values.made_stack().model_copy(update={"name": "Mine"}), path)
    opened.open_path(path)
    opened.tabs.setCurrentIndex(0)
    other = another(opened, qtbot)
    other.open_path(path)
    assert not other.workspaces
    assert document_of(opened).title == "Mine"


def test_closing_one_window_leaves_the_other_and_quitting_asks_for_each(
    opened: Window, qtbot: QtBot
) -> None:
    other = another(opened, qtbot)
    press(other, "Ctrl+Shift+W")
    qtbot.waitUntil(lambda: opened.windows == [opened])
    assert opened.isVisible()
    click_component(opened, "vLLM")
    QTest.keyClick(list_of(opened), Qt.Key.Key_Delete)
    asked: list[str] = []

    def keep(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        asked.append(dialog.text())
        QTest.mouseClick(
            dialog.button(QMessageBox.StandardButton.Cancel), Qt.MouseButton.LeftButton
        )

    in_dialog(keep)
    press(opened, "Ctrl+Q")
    assert len(asked) == 1
    assert opened.isVisible()


def test_the_layout_is_remembered(opened: Window, qtbot: QtBot) -> None:
    assert opened.workspace is not None
    opened.workspace.columns.setSizes([320, 700, 420])
    sizes = opened.workspace.columns.sizes()
    opened.close_document(0)
    opened.show_stack(made_values.made_stack())
    assert opened.workspace.columns.sizes() == sizes
    other = another(opened, qtbot)
    other.show_stack(made_values.made_stack())
    assert other.workspace is not None
    assert other.workspace.columns.saveState() == opened.workspace.columns.saveState()
