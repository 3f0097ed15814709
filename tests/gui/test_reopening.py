from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import made_values
from gui.driving import choose_file, document_of, press, wait_for_forecast
from stack_half_life.domain import edits
from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.shell.window import Window
from stack_half_life.paths import unsaved_folder
from stack_half_life.store.stack_files import write_stack
from stack_half_life.store.unsaved import UnsavedStack, unsaved_text

NAMES = ("First", "Second", "Third")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{name.lower()}.toml" for name in NAMES]
    for name, path in zip(NAMES, paths, strict=True):
        write_stack(edits.changed(made_values.made_stack(), name=name), path)
    return paths


@pytest.fixture
def start(make_session: Callable[..., Session], qtbot: QtBot) -> Callable[[], Window]:
    """Starts the program as a person does."""

    def start() -> Window:
        window = Window(make_session())
        qtbot.addWidget(window)
        window.reopening.reopen()
        window.show()
        window.offer_recovery()
        return window

    return start


def ended_with_open(start: Callable[[], Window], files: list[Path]) -> None:
    """A run that opened the files, turned to the second and quit."""
    window = start()
    for path in files:
        window.open_path(path)
    window.tabs.setCurrentIndex(1)
    press(window, "Ctrl+Q")


def titles_of(window: Window) -> list[str]:
    return [each.document.title for each in window.workspaces]


def test_what_was_open_is_open_again(
    start: Callable[[], Window], files: list[Path], qtbot: QtBot
) -> None:
    ended_with_open(start, files)
    window = start()
    assert titles_of(window) == list(NAMES)
    assert document_of(window).title == "Second"
    wait_for_forecast(window, qtbot)
    third = window.workspaces[2]
    assert third.document.assessment is None, "made when it is looked at"
    QTest.mouseClick(window.tabs, Qt.MouseButton.LeftButton, pos=window.tabs.tabRect(2).center())
    wait_for_forecast(window, qtbot)
    assert document_of(window).title == "Third"
    press(window, "Ctrl+3")
    compare = window.views.compare
    assert compare is not None
    assert compare.pick_a.count() == len(NAMES)


def test_a_new_stack_that_was_saved_is_open_again(
    start: Callable[[], Window], tmp_path: Path
) -> None:
    window = start()
    window.show_stack(made_values.made_stack())
    choose_file(tmp_path / "saved.toml")
    press(window, "Ctrl+S")
    press(window, "Ctrl+Q")
    assert [each.document.path for each in start().workspaces] == [tmp_path / "saved.toml"]


def test_a_file_that_vanished_is_said_in_a_line(
    start: Callable[[], Window], files: list[Path]
) -> None:
    ended_with_open(start, files)
    files[1].unlink()
    files[2].write_text("half a fi", encoding="utf-8")
    window = start()
    assert titles_of(window) == ["First"]
    lines = window.notice.words.text().splitlines()
    assert len(lines) == 2
    assert "second.toml" in lines[0]
    assert "third.toml" in lines[1]
    assert window.notice.isVisible()


def test_one_can_start_empty(start: Callable[[], Window], files: list[Path]) -> None:
    ended_with_open(start, files)
    window = start()
    window.menus.reopens.trigger()
    press(window, "Ctrl+Q")
    window = start()
    assert not window.workspaces
    assert not window.menus.reopens.isChecked()


def test_a_stack_that_was_closed_stays_closed(
    start: Callable[[], Window], files: list[Path]
) -> None:
    window = start()
    for path in files:
        window.open_path(path)
    press(window, "Ctrl+W")
    press(window, "Ctrl+Q")
    assert titles_of(start()) == ["First", "Second"]


def test_recovered_edits_of_a_reopened_file_are_a_step_that_can_be_undone(
    start: Callable[[], Window], files: list[Path], qtbot: QtBot
) -> None:
    ended_with_open(start, files)
    folder = unsaved_folder() / "1-gone"
    folder.mkdir(parents=True)
    edited = edits.changed(made_values.made_stack(), name="Edited")
    text = unsaved_text(UnsavedStack(stack=edited, path=files[0]))
    (folder / "stack-1.toml").write_text(text, encoding="utf-8")
    window = start()
    QTest.mouseClick(window.recovery.recover, Qt.MouseButton.LeftButton)
    assert titles_of(window) == ["Edited", "Second", "Third"]
    assert not document_of(window).is_saved
    qtbot.waitUntil(lambda: not (folder / "stack-1.toml").exists())
    press(window, "Ctrl+Z")
    assert document_of(window).title == "First"
    assert document_of(window).is_saved
