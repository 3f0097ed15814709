import os
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

import made_values
from gui.driving import (
    click_component,
    document_of,
    in_dialog,
    list_of,
    names_of,
    press,
    wait_for_forecast,
)
from stack_half_life.domain import edits
from stack_half_life.gui.shell.window import Window
from stack_half_life.store.stack_files import read_stack, write_stack


@pytest.fixture
def path(window: Window, tmp_path: Path, qtbot: QtBot) -> Path:
    """A stack file, opened."""
    path = tmp_path / "mine.toml"
    write_stack(made_values.made_stack(), path)
    window.open_path(path)
    wait_for_forecast(window, qtbot)
    return path


def change_elsewhere(path: Path, seed: int) -> None:
    """Change the seed in a file, as another program would."""
    stack = read_stack(path)
    scenario = edits.changed(stack.scenario, seed=seed)
    write_stack(edits.changed(stack, scenario=scenario), path)


def come_back(window: Window) -> None:
    """Come back to the window from another program."""
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))


def remove_a_component(window: Window) -> None:
    click_component(window, "vLLM")
    QTest.keyClick(list_of(window), Qt.Key.Key_Delete)
    assert "vLLM" not in names_of(window)


def press_in_question(words: str, seen: list[str]) -> None:
    """Press a button of the question that opens next."""

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        seen.append(dialog.text())
        pressed = next(each for each in dialog.buttons() if each.text().strip("&") == words)
        QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)

    in_dialog(steps)


def test_saving_over_another_programs_change_asks(window: Window, path: Path) -> None:
    remove_a_component(window)
    change_elsewhere(path, 77)
    before, seen = path.read_bytes(), list[str]()
    press_in_question("Cancel", seen)
    press(window, "Ctrl+S")
    assert "mine.toml was changed by another program" in seen[0]
    assert path.read_bytes() == before
    assert not document_of(window).is_saved
    press_in_question("Overwrite", seen)
    press(window, "Ctrl+S")
    assert read_stack(path) == document_of(window).stack
    assert document_of(window).is_saved
    remove = document_of(window).stack.components[0].name
    click_component(window, remove)
    QTest.keyClick(list_of(window), Qt.Key.Key_Delete)
    press(window, "Ctrl+S")
    assert len(seen) == 2, "one's own saving is no other program's"
    assert read_stack(path) == document_of(window).stack


def test_reloading_in_place_of_saving_can_be_undone(window: Window, path: Path) -> None:
    remove_a_component(window)
    change_elsewhere(path, 77)
    press_in_question("Reload", [])
    press(window, "Ctrl+S")
    assert document_of(window).stack.scenario.seed == 77
    assert "vLLM" in names_of(window)
    assert document_of(window).is_saved
    press(window, "Ctrl+Z")
    assert "vLLM" not in names_of(window)
    assert not document_of(window).is_saved


def test_a_damaged_file_is_not_overwritten_unasked(window: Window, path: Path) -> None:
    remove_a_component(window)
    path.write_text("half a fi", encoding="utf-8")

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        assert "mine.toml" in dialog.informativeText()
        assert "Reload" not in [each.text().strip("&") for each in dialog.buttons()]
        dialog.reject()

    in_dialog(steps)
    press(window, "Ctrl+S")
    assert path.read_text(encoding="utf-8") == "half a fi"


def test_coming_back_offers_to_reload(window: Window, path: Path, qtbot: QtBot) -> None:
    come_back(window)
    assert not window.reloading.isVisible()
    change_elsewhere(path, 77)
    come_back(window)
    assert window.reloading.isVisible()
    assert "mine.toml" in window.reloading.words.text()
    QTest.mouseClick(window.reloading.again, Qt.MouseButton.LeftButton)
    assert not window.reloading.isVisible()
    assert document_of(window).stack.scenario.seed == 77
    assert document_of(window).is_saved
    wait_for_forecast(window, qtbot)
    change_elsewhere(path, 78)
    come_back(window)
    QTest.mouseClick(window.reloading.keep, Qt.MouseButton.LeftButton)
    assert document_of(window).stack.scenario.seed == 77
    come_back(window)
    assert not window.reloading.isVisible(), "asked once for each change"


def test_the_offer_goes_with_its_stack(window: Window, path: Path) -> None:
    change_elsewhere(path, 77)
    come_back(window)
    assert window.reloading.isVisible()
    press(window, "Ctrl+W")
    assert not window.reloading.isVisible()


def test_a_file_touched_but_the_same_is_no_change(window: Window, path: Path) -> None:
    os.utime(path, (1, 1))
    come_back(window)
    assert not window.reloading.isVisible()


def test_a_read_only_file_is_not_replaced(window: Window, path: Path) -> None:
    remove_a_component(window)
    before = path.read_bytes()
    path.chmod(0o444)
    said: list[str] = []

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.append(dialog.text())
        dialog.accept()

    in_dialog(steps)
    press(window, "Ctrl+S")
    assert said == [f"{path}: cannot be written: the file is read-only"]
    assert path.read_bytes() == before
    assert not document_of(window).is_saved
