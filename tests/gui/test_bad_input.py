"""Whatever is typed, pasted or dropped: clear words, nothing lost, undo works."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from gui.driving import click_component, document_of, in_dialog, list_of, names_of, press
from stack_half_life.domain.stack import Stack
from stack_half_life.gui.compose.search import SearchDialog
from stack_half_life.gui.inspector.component import ComponentPage
from stack_half_life.gui.shell.window import Window
from stack_half_life.store.stack_files import write_stack

ODD_TEXTS = (
    "x" * 5_000,
    "\u202eevil\u202c",
    "🦙" * 130,
    "a\x00b\x1b[31m",
    "<b>bold</b> & co",
    "line\nbreak\ttab",
    "שלום עולם",
    "  ",
    "%s {0} \\",
)
ODD_NUMBERS = ("1e999", "-1e999", "∞", "٣٤", "9" * 400, "0x10", "1_000", "NaN", "1e-999", "--5")


def paste(line: QLineEdit, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    line.setFocus()
    QTest.keySequence(line, "Ctrl+A")
    QTest.keySequence(line, "Ctrl+V")


def is_legal(stack: Stack) -> bool:
    return Stack.model_validate(stack.model_dump()) == stack


def page_of(window: Window) -> ComponentPage:
    assert window.workspace is not None
    return window.workspace.inspector.component


def test_odd_names_are_taken_or_refused_beside_the_field(opened: Window) -> None:
    before = document_of(opened).stack
    field = page_of(opened).form.name
    for text in ODD_TEXTS:
        click_component(opened, "vLLM")
        paste(field.editor, text)
        QTest.keyClick(field.editor, Qt.Key.Key_Return)
        after = document_of(opened).stack
        assert is_legal(after)
        assert (after == before) == field.problem.isVisible(), text
        if after != before:
            press(list_of(opened), "Ctrl+Z")
        else:
            QTest.keyClick(field.editor, Qt.Key.Key_Escape)
        assert document_of(opened).stack == before
        assert field.editor.text() == "vLLM"


def test_odd_searches_add_a_legal_component_or_nothing(opened: Window) -> None:
    before = document_of(opened).stack

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, SearchDialog)
        for text in ODD_TEXTS:
            paste(dialog.text, text)
            QTest.keyClick(dialog.text, Qt.Key.Key_Return)
            assert is_legal(document_of(opened).stack)
        dialog.reject()

    in_dialog(steps)
    press(opened, "Ctrl+K")
    added = len(document_of(opened).stack.components) - len(before.components)
    assert 0 < added <= len(ODD_TEXTS)
    for _ in range(added):
        press(list_of(opened), "Ctrl+Z")
    assert document_of(opened).stack == before


def test_odd_numbers_are_said_beside_the_field(opened: Window) -> None:
    click_component(opened, "vLLM")
    before = document_of(opened).stack
    field = page_of(opened).form.effort
    for text in ODD_NUMBERS:
        paste(field.editors[2], text)
        QTest.keyClick(field.editors[2], Qt.Key.Key_Return)
        after = document_of(opened).stack
        assert is_legal(after)
        assert (after == before) == field.problem.isVisible(), text
        if after != before:
            press(list_of(opened), "Ctrl+Z")
        assert document_of(opened).stack == before


def _picture() -> QMimeData:
    data, image = QMimeData(), QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data.setImageData(image)
    return data


def _text(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


@pytest.mark.parametrize(
    "data",
    [
        _picture(),
        _text(""),
        _text("format = 1\n" * 200_000),
        _text('{"component": []}'),
        _text("[[component]]\nname = 'x'\nprofile = 'x'\nlayer = 'nowhere'\n"),
        _text("\x00\x01\x02"),
    ],
    ids=["picture", "nothing", "huge", "json", "no such layer", "control characters"],
)
def test_what_is_no_stack_is_not_pasted(opened: Window, data: QMimeData) -> None:
    before = document_of(opened).stack
    QGuiApplication.clipboard().setMimeData(data)
    list_of(opened).setFocus()
    QTest.keySequence(list_of(opened), "Ctrl+V")
    assert document_of(opened).stack == before
    said = opened.status.currentMessage()
    assert said.startswith("Nothing pasted")
    assert len(said) < 400


def drop(window: Window, *urls: QUrl) -> None:
    data = QMimeData()
    data.setUrls(list(urls))
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), copy, data, left, none))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("binary.toml", bytes(range(256))),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("latin.toml", "name = 'Überbau'".encode("latin-1")),
        ("deep.toml", b"a = " + b"[" * 100_000),
        ("folder.toml", None),
        ("folder", None),
    ],
)
def test_a_dropped_file_that_is_no_stack_is_said(
    opened: Window, tmp_path: Path, qtbot: QtBot, name: str, content: bytes | None
) -> None:
    before, count = document_of(opened).stack, len(opened.workspaces)
    path = tmp_path / name
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    drop(opened, QUrl.fromLocalFile(str(path)))
    qtbot.waitUntil(lambda: opened.notice.isVisible(), timeout=20_000)
    words = opened.notice.words.text()
    assert name in words
    assert "\n" not in words
    assert len(words) < 500
    assert len(opened.workspaces) == count
    assert document_of(opened).stack == before


def test_a_missing_file_and_a_web_address_are_said(
    opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(opened, QUrl.fromLocalFile(str(tmp_path / "gone.toml")))
    qtbot.waitUntil(lambda: "gone.toml" in opened.notice.words.text(), timeout=5_000)
    drop(opened, QUrl("https://example.org/stack.toml"))
    qtbot.waitUntil(lambda: "example.org" in opened.notice.words.text(), timeout=5_000)
    assert len(opened.workspaces) == 1


def test_of_two_files_dropped_the_good_one_opens(opened: Window, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    write_stack(document_of(opened).stack.model_copy(update={"name": "Good"}), good)
    bad.write_text("name = [", encoding="utf-8")
    drop(opened, QUrl.fromLocalFile(str(bad)), QUrl.fromLocalFile(str(good)))
    assert document_of(opened).title == "Good"
    assert "bad.toml" in opened.notice.words.text()
    assert len(names_of(opened)) == 4
