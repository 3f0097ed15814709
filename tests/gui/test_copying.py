from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from gui.driving import activate, in_dialog, press
from stack_half_life.gui.charts import copying
from stack_half_life.gui.charts.plot import Plot
from stack_half_life.gui.palette.dialog import CommandPalette
from stack_half_life.gui.panels.entries import ENTRY
from stack_half_life.gui.shell.views import View
from stack_half_life.gui.shell.window import Window


def copy_by_typing(window: Window, text: str) -> list[str]:
    """Choose what to copy as a person does with the keyboard; where each offer belongs."""
    seen: list[str] = []

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, CommandPalette)
        model = dialog.commands
        rows = range(model.rowCount())
        seen.extend(model.index(row).data(ENTRY).place for row in rows)
        QTest.keyClicks(dialog.text, text)
        QTest.keyClick(dialog.text, Qt.Key.Key_Return)

    in_dialog(steps)
    press(window, "Ctrl+Shift+C")
    return seen


def shapes(text: str) -> dict[str, int]:
    """How many of each element an SVG has."""
    counts: dict[str, int] = {}
    for each in ElementTree.fromstring(text).iter():
        name = each.tag.rpartition("}")[2]
        counts[name] = counts.get(name, 0) + 1
    return counts


def test_the_timeline_is_copied_whole_as_a_drawing(opened: Window) -> None:
    opened.resize(1100, 500)
    assert "Replacement timeline" in copy_by_typing(opened, "timeline drawing")
    text = QGuiApplication.clipboard().text()
    for name in ("PostgreSQL", "vLLM", "House engine", "LangChain"):
        assert name in text
    assert shapes(text)["linearGradient"] >= 8
    families = {each.get("font-family") for each in ElementTree.fromstring(text).iter()} - {None}
    assert families
    assert all(each and each.endswith(", sans-serif") for each in families)
    assert QGuiApplication.clipboard().mimeData().hasFormat("image/svg+xml")


def test_charts_keep_bars_points_and_words_as_shapes(opened: Window, qtbot: QtBot) -> None:
    workspace = opened.workspace
    assert workspace is not None
    workspace.cost.segments.choose(1)
    copy_by_typing(opened, "by year drawing")
    years = shapes(QGuiApplication.clipboard().text())
    assert years["rect"] >= 15, "five years of three kinds"
    assert "image" not in years
    assert "knock-ons" in QGuiApplication.clipboard().text()
    opened.views.show(View.LAYERS)
    qtbot.waitUntil(lambda: opened.session.reference is not None, timeout=240_000)
    copy_by_typing(opened, "depth drawing")
    layers = shapes(QGuiApplication.clipboard().text())
    assert layers["path"] + layers.get("circle", 0) > 300, "a point for each technology"
    assert "image" not in layers


def test_ctrl_c_on_a_chart_copies_its_picture(opened: Window) -> None:
    assert opened.workspace is not None
    fan = opened.workspace.cost.fan
    activate(opened)
    QTest.mouseClick(fan.viewport(), Qt.MouseButton.LeftButton)
    QTest.keySequence(fan, "Ctrl+C")
    image = QGuiApplication.clipboard().image()
    assert image.width() >= fan.width()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 7)
        for y in range(0, image.height(), 7)
    }
    assert len(colours) >= 4


def test_every_chart_and_table_offers_to_be_copied(opened: Window) -> None:
    for plot in opened.findChildren(Plot):
        assert {each.text() for each in plot.actions()} == {
            "Copy as picture (PNG)",
            "Copy as drawing (SVG)",
            "Save picture…",
        }
        assert plot.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
    opened.views.show(View.EVIDENCE)
    copy_by_typing(opened, "selected rows")
    assert len(QGuiApplication.clipboard().text().splitlines()) == 2
    copy_by_typing(opened, "all rows")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) > 100
    assert len({line.count("\t") for line in lines}) == 1


@pytest.mark.parametrize(("name", "begins"), [("a.png", b"\x89PNG"), ("b.svg", b"<?xml")])
def test_a_picture_is_saved_by_its_ending(
    opened: Window, tmp_path: Path, name: str, begins: bytes
) -> None:
    path = tmp_path / name

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setText(str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)

    save_timeline(opened, choose)
    assert path.read_bytes().startswith(begins)


def test_a_picture_that_cannot_be_saved_is_said(
    opened: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device", str(path), len(content))

    monkeypatch.setattr(copying, "write_atomically", no_room)
    target = tmp_path / "a.png"
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.append(dialog.text())
        dialog.accept()

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setText(str(target))
        in_dialog(read)
        QTest.keyClick(line, Qt.Key.Key_Return)

    save_timeline(opened, choose)
    assert "cannot be written" in said[0]
    assert "\n" not in said[0]


def save_timeline(window: Window, choose: "object") -> None:
    assert window.workspace is not None
    view = window.workspace.timeline.view
    activate(window)
    view.setFocus()
    in_dialog(choose)  # type: ignore[arg-type]
    QTest.keySequence(view, "Ctrl+Alt+S")
