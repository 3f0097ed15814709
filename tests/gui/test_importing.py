from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from gui.driving import document_of, names_of, wait_for_forecast
from gui.test_accessibility import unnamed
from stack_half_life.domain.layers import Layer
from stack_half_life.gui.importing.dialog import ImportDialog
from stack_half_life.gui.shell.window import Window

Read = Callable[[str], ImportDialog]


@pytest.fixture
def read(window: Window, qtbot: QtBot, tmp_path: Path) -> Read:
    """Gives a requirements file to the window; the dialog that shows."""

    def give(text: str) -> ImportDialog:
        path = tmp_path / "requirements.txt"
        path.write_text(text, encoding="utf-8")
        window.open_path(path)
        found: list[ImportDialog] = []

        def is_there() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, ImportDialog), window.notice.words.text()
            found.append(dialog)

        qtbot.waitUntil(is_there, timeout=60_000)
        return found[0]

    return give


def choose_layer(dialog: ImportDialog, layer: Layer) -> None:
    """Choose in the drop-down with the keyboard."""
    dialog.layer.setFocus()
    QTest.keyClick(dialog.layer, Qt.Key.Key_Home)
    for _ in range(list(Layer).index(layer)):
        QTest.keyClick(dialog.layer, Qt.Key.Key_Down)


def test_what_nobody_knows_is_listed_and_placed(window: Window, read: Read, qtbot: QtBot) -> None:
    dialog = read("django==4.2.1\nzz-nobody-one==1.0\nzz-nobody-two\n")
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert unnamed(dialog) == []
    assert dialog.model.rowCount() == 2
    assert not window.workspaces, "nothing is a stack yet"
    names = [str(dialog.model.index(row, 0).data()) for row in range(2)]
    choose_layer(dialog, Layer.SERVING)
    assert dialog.model.index(0, 1).data() == Layer.SERVING.label
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.workspaces))
    wait_for_forecast(window, qtbot)
    assert names[0] in names_of(window)
    assert names[1] not in names_of(window)
    assert document_of(window).stack.component(names[0]).layer is Layer.SERVING
    assert "Django" in names_of(window)


def test_cancelling_opens_nothing(window: Window, read: Read, qtbot: QtBot) -> None:
    dialog = read("zz-nobody-one==1.0\n")
    cancel = dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel)
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert not window.workspaces
