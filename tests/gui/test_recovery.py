import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

import made_values
from gui.driving import click_component, document_of, in_dialog, list_of, names_of, press
from stack_half_life.gui.documents import autosave
from stack_half_life.gui.palette.dialog import CommandPalette
from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.shell.window import Window
from stack_half_life.paths import unsaved_folder
from stack_half_life.store.stack_files import read_stack, write_stack

PROGRAM = """
    import sys
    from pathlib import Path
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication
    import made_values
    from gui.conftest import made_assessment
    from gui.driving import click_component, document_of, list_of, press
    from stack_half_life.gui.shell.session import Session
    from stack_half_life.gui.shell.window import Window
    from stack_half_life.paths import cache_file, unsaved_folder

    application = QApplication(sys.argv[:1])
    session = Session(application, cache_file(), made_values.AS_OF, recipe=made_assessment)
    window = Window(session)
    window.show()
    window.open_path(Path(sys.argv[1]))
    window.show_stack(made_values.made_stack())
    for _ in range(2):
        click_component(window, "vLLM")
        QTest.keySequence(list_of(window), "Del")
        press(window, "Ctrl+Shift+Tab")
    def tell():
        if len(list(unsaved_folder().rglob("*.toml"))) == 2:
            print("kept", flush=True)
        else:
            QTimer.singleShot(50, tell)
    tell()
    application.exec()
"""


@pytest.fixture
def start_program(
    session: Session, tmp_path: Path
) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts the window in a process of its own that edits a file and a new stack."""
    del session
    path = tmp_path / "mine.toml"
    write_stack(made_values.made_stack().model_copy(update={"name": "Mine"}), path)
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        tests = Path(__file__).parent.parent
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([str(tests.parent / "desktop"), str(tests)])
        }
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(PROGRAM), str(path)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "kept"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def kill(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_what_a_killed_program_had_not_saved_is_brought_back(
    window: Window, start_program: Callable[[], "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    process = start_program()
    window.offer_recovery()
    assert not window.recovery.isVisible(), "the other program is still running"
    kill(process)
    window.offer_recovery()
    assert window.recovery.isVisible()
    assert "“Mine” (mine.toml, " in window.recovery.words.text()
    assert "(never saved, " in window.recovery.words.text()
    QTest.mouseClick(window.recovery.recover, Qt.MouseButton.LeftButton)
    assert not window.recovery.isVisible()
    documents = {each.document.title: each.document for each in window.workspaces}
    mine = documents["Mine"]
    assert mine.path == tmp_path / "mine.toml"
    for document in documents.values():
        assert not document.is_saved
        assert "vLLM" not in [each.name for each in document.stack.components]
    assert len(documents) == 2
    assert "vLLM" in [each.name for each in read_stack(tmp_path / "mine.toml").components]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_what_nobody_answered_is_offered_again_and_can_be_discarded(
    make_session: Callable[..., Session],
    qtbot: QtBot,
    start_program: Callable[[], "subprocess.Popen[str]"],
) -> None:
    kill(start_program())
    first_session = make_session()
    first = Window(first_session)
    qtbot.addWidget(first)
    first.offer_recovery()
    first.close()
    first_session.close()
    second = Window(make_session())
    qtbot.addWidget(second)
    second.show()
    second.offer_recovery()
    assert second.recovery.isVisible()

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        button = dialog.button(QMessageBox.StandardButton.Discard)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    in_dialog(steps)
    QTest.mouseClick(second.recovery.discard, Qt.MouseButton.LeftButton)
    assert not list(unsaved_folder().rglob("*.toml"))
    assert not second.workspaces


def test_saving_and_undoing_leave_nothing_behind(
    opened: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "AT_MOST_EVERY_MS", 10)
    before = names_of(opened)
    click_component(opened, "vLLM")
    QTest.keyClick(list_of(opened), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(list(unsaved_folder().rglob("*.toml"))) == 1)
    press(opened, "Ctrl+Z")
    assert names_of(opened) == before
    qtbot.waitUntil(lambda: not list(unsaved_folder().rglob("*.toml")))
    press(opened, "Ctrl+Shift+Z")
    qtbot.waitUntil(lambda: len(list(unsaved_folder().rglob("*.toml"))) == 1)
    path = tmp_path / "saved.toml"
    write_stack(document_of(opened).stack, path)
    document_of(opened).mark_saved(path)
    qtbot.waitUntil(lambda: not list(unsaved_folder().rglob("*.toml")))


def test_a_recovered_stack_that_crashes_again_is_not_lost(
    make_session: Callable[..., Session], qtbot: QtBot
) -> None:
    folder = unsaved_folder() / "1-gone"
    folder.mkdir(parents=True)
    write_stack(made_values.made_stack(), folder / "stack-1.toml")
    window = Window(make_session())
    qtbot.addWidget(window, before_close_func=_forget_changes)
    window.show()
    window.offer_recovery()
    QTest.mouseClick(window.recovery.recover, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not (folder / "stack-1.toml").exists())
    (kept,) = unsaved_folder().rglob("*.toml")
    assert read_stack(kept) == document_of(window).stack


def test_damaged_edits_are_set_aside_with_a_line(
    make_session: Callable[..., Session], qtbot: QtBot
) -> None:
    folder = unsaved_folder() / "1-gone"
    folder.mkdir(parents=True)
    (folder / "stack-1.toml").write_bytes(b"\x00\xff half")
    window = Window(make_session())
    qtbot.addWidget(window)
    window.show()
    window.offer_recovery()
    assert not window.recovery.isVisible()
    assert "stack-1.toml.damaged" in window.notice.words.text()
    assert "\n" not in window.notice.words.text()
    (aside,) = folder.iterdir()
    assert aside.read_bytes() == b"\x00\xff half"


def test_a_folder_that_cannot_be_written_is_said_once(
    opened: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "user").mkdir(exist_ok=True)
    unsaved_folder().parent.mkdir(parents=True, exist_ok=True)
    unsaved_folder().write_text("a file where a folder should be", encoding="utf-8")
    click_component(opened, "vLLM")
    QTest.keyClick(list_of(opened), Qt.Key.Key_Delete)
    qtbot.waitUntil(opened.notice.isVisible)
    assert "unsaved edits cannot be kept" in opened.notice.words.text()


def choose_by_typing(window: Window, text: str) -> None:
    """Find a command in the palette and press Enter."""

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, CommandPalette)
        QTest.keyClicks(dialog.text, text)
        QTest.keyClick(dialog.text, Qt.Key.Key_Return)

    in_dialog(steps)
    press(window, "Ctrl+Shift+P")


def _forget_changes(window: Window) -> None:
    for workspace in window.workspaces:
        workspace.document.history.setClean()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_file_changed_between_crash_and_recovery_is_asked_about(
    window: Window, start_program: Callable[[], "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    kill(start_program())
    path = tmp_path / "mine.toml"
    theirs = read_stack(path).model_copy(update={"note": "written by another program"})
    write_stack(theirs, path)
    window.offer_recovery()
    QTest.mouseClick(window.recovery.recover, Qt.MouseButton.LeftButton)
    assert window.reloading.isVisible()
    assert "mine.toml" in window.reloading.words.text()
    QTest.mouseClick(window.reloading.keep, Qt.MouseButton.LeftButton)
    at = [each.document.title for each in window.workspaces].index("Mine")
    window.tabs.setCurrentIndex(at)
    asked: list[str] = []

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        asked.append(dialog.text())
        dialog.reject()

    in_dialog(steps)
    press(window, "Ctrl+S")
    assert "changed by another program" in asked[0]
    assert read_stack(path) == theirs
    assert not document_of(window).is_saved


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_file_as_it_was_at_the_crash_is_not_asked_about(
    window: Window, start_program: Callable[[], "subprocess.Popen[str]"]
) -> None:
    kill(start_program())
    window.offer_recovery()
    choose_by_typing(window, "recover")
    assert len(window.workspaces) == 2
    assert not window.recovery.isVisible()
    assert not window.reloading.isVisible()
