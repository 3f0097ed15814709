from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMessageBox,
    QPushButton,
)
from pytestqt.qtbot import QtBot

import made_values
from gui.driving import (
    choose_file,
    click_component,
    document_of,
    in_dialog,
    list_of,
    names_of,
    press,
    wait_for_forecast,
)
from stack_half_life.domain.stack import Stack
from stack_half_life.gui.shell.start import Card
from stack_half_life.gui.shell.window import Window
from stack_half_life.store.stack_files import read_stack, write_stack


def answer(button: QMessageBox.StandardButton) -> None:
    """Press a button of the message box that opens next."""

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        pressed = dialog.button(button)
        assert pressed is not None
        QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)

    in_dialog(steps)


def test_an_example_opens_from_the_first_screen(window: Window, qtbot: QtBot) -> None:
    cards = window.start.findChildren(Card)
    assert len(cards) == 3
    QTest.mouseClick(cards[0], Qt.MouseButton.LeftButton)
    wait_for_forecast(window, qtbot)
    assert len(names_of(window)) >= 10
    assert document_of(window).path is None


def test_save_as_then_save(opened: Window, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    choose_file(path)
    press(opened, "Ctrl+S")
    assert read_stack(path) == document_of(opened).stack
    assert document_of(opened).is_saved
    click_component(opened, "vLLM")
    QTest.keyClick(list_of(opened), Qt.Key.Key_Delete)
    assert opened.tabs.tabText(0).endswith("•")
    press(opened, "Ctrl+S")
    assert read_stack(path) == document_of(opened).stack
    assert not opened.tabs.tabText(0).endswith("•")
    assert opened.session.settings.recent_files() == [path]


def test_a_stack_nobody_named_is_named_after_its_file(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window.show_stack(Stack(components=made_values.made_stack().components))
    wait_for_forecast(window, qtbot)
    path = tmp_path / "checkout.toml"
    choose_file(path)
    press(window, "Ctrl+S")
    assert read_stack(path).name == document_of(window).stack.name == "checkout"
    assert document_of(window).is_saved
    assert window.tabs.tabText(0) == "checkout"
    press(window, "Ctrl+Z")
    assert document_of(window).stack.name == Stack().name


def test_a_named_stack_keeps_its_name(opened: Window, tmp_path: Path) -> None:
    before = document_of(opened).stack
    choose_file(tmp_path / "elsewhere.toml")
    press(opened, "Ctrl+S")
    assert document_of(opened).stack == before


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_lost(
    opened: Window, tmp_path: Path
) -> None:
    path = tmp_path / "there" / "mine.toml"
    path.parent.mkdir()
    write_stack(document_of(opened).stack, path)
    document_of(opened).mark_saved(path)
    path.unlink()
    path.parent.rmdir()
    click_component(opened, "vLLM")
    QTest.keyClick(list_of(opened), Qt.Key.Key_Delete)
    said: list[str] = []

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.append(dialog.text())
        dialog.accept()

    in_dialog(steps)
    press(opened, "Ctrl+S")
    assert "mine.toml" in said[0]
    assert not document_of(opened).is_saved


def test_closing_unsaved_changes_asks(opened: Window) -> None:
    click_component(opened, "vLLM")
    QTest.keyClick(list_of(opened), Qt.Key.Key_Delete)
    answer(QMessageBox.StandardButton.Cancel)
    press(opened, "Ctrl+W")
    assert len(opened.workspaces) == 1
    answer(QMessageBox.StandardButton.Discard)
    press(opened, "Ctrl+W")
    assert not opened.workspaces
    assert opened.pages.currentWidget() is opened.start


def test_opening_a_bad_file_is_said_in_one_line(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("name = [", encoding="utf-8")
    choose_file(path)
    press(window, "Ctrl+O")
    assert window.notice.isVisible()
    assert "bad.toml" in window.notice.words.text()
    assert "\n" not in window.notice.words.text()
    QTest.mouseClick(window.notice.shut, Qt.MouseButton.LeftButton)
    assert not window.notice.isVisible()


def test_a_dropped_file_opens_once(opened: Window, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "dropped.toml"
    write_stack(document_of(opened).stack.model_copy(update={"name": "Dropped"}), path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    for _ in range(2):
        enter = QDragEnterEvent(
            QPointF(5, 5).toPoint(),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(opened, enter)
        assert enter.isAccepted()
        drop = QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(opened, drop)
    assert len(opened.workspaces) == 2
    assert document_of(opened).title == "Dropped"
    wait_for_forecast(opened, qtbot)


@pytest.mark.parametrize("ending", [".html", ".csv", ".json"])
def test_a_report_is_written_in_the_background(
    opened: Window, tmp_path: Path, qtbot: QtBot, ending: str
) -> None:
    path = tmp_path / f"report{ending}"
    choose_file(path)
    QTest.mouseClick(opened.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(path.is_file, timeout=20_000)
    assert "PostgreSQL" in path.read_text(encoding="utf-8")
    qtbot.waitUntil(lambda: "Report written" in opened.status.currentMessage(), timeout=5_000)


def test_recent_files_stand_on_the_first_screen(
    opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.toml"
    choose_file(path)
    press(opened, "Ctrl+S")
    press(opened, "Ctrl+W")

    def recent_buttons() -> list[QPushButton]:
        buttons = opened.start.findChildren(QPushButton)
        return [
            each
            for each in buttons
            if each.isVisible() and each.accessibleName() == "Open mine.toml"
        ]

    qtbot.waitUntil(lambda: len(recent_buttons()) == 1)
    recent = recent_buttons()[0]
    QTest.mouseClick(recent, Qt.MouseButton.LeftButton)
    wait_for_forecast(opened, qtbot)
    assert document_of(opened).path == path
