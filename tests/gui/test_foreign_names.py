"""Names that files bring along are shown as they are, never as rich text that could load things."""

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtCore import Qt as CoreQt
from PySide6.QtGui import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QTableView, QWidget
from pytestqt.qtbot import QtBot

import made_values
from gui.driving import click_component, document_of, in_dialog, list_of, press, wait_for_forecast
from stack_half_life.domain import edits
from stack_half_life.gui.shell.window import Window

ODD = 'x <img src="/nowhere/a.png"> <b>y</b>'


def open_odd(window: Window, qtbot: QtBot) -> None:
    stack = made_values.made_stack()
    named = edits.with_component_changed(stack, "vLLM", name=ODD)
    window.show_stack(edits.changed(named, name=ODD))
    wait_for_forecast(window, qtbot)
    click_component(window, ODD)


def is_live(text: str) -> bool:
    return "<img" in text and Qt.mightBeRichText(text)


def tips_of(model: QAbstractItemModel, columns: int = 1) -> list[str]:
    return [
        str(model.index(row, column).data(CoreQt.ItemDataRole.ToolTipRole) or "")
        for row in range(model.rowCount())
        for column in range(columns)
    ]


def test_no_tool_tip_or_label_takes_a_name_for_rich_text(window: Window, qtbot: QtBot) -> None:
    open_odd(window, qtbot)
    QTest.keyClick(list_of(window), CoreQt.Key.Key_Delete)
    press(window, "Ctrl+Z")
    click_component(window, ODD)
    assert window.workspace is not None
    window.workspace.inspector.component.segments.choose(2)
    for keys in ("Ctrl+2", "Ctrl+3", "Ctrl+1"):
        press(window, keys)
    tips = [each.toolTip() for each in window.findChildren(QWidget)]
    tips += [window.tabs.tabToolTip(at) for at in range(window.tabs.count())]
    tips += tips_of(list_of(window).components)
    for table in window.findChildren(QTableView):
        tips += tips_of(table.model(), table.horizontalHeader().count())
    assert any("&lt;img" in tip for tip in tips), "the name stands in some"
    assert [tip for tip in tips if is_live(tip)] == []
    for label in window.findChildren(QLabel):
        if label.textFormat() is not CoreQt.TextFormat.PlainText:
            assert not is_live(label.text()), label.text()


def test_the_question_before_closing_shows_the_name_as_it_is(window: Window, qtbot: QtBot) -> None:
    open_odd(window, qtbot)
    QTest.keyClick(list_of(window), CoreQt.Key.Key_Delete)
    seen: list[CoreQt.TextFormat] = []

    def cancel(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        assert ODD in dialog.text()
        seen.append(dialog.textFormat())
        dialog.reject()

    in_dialog(cancel)
    press(window, "Ctrl+W")
    assert seen == [CoreQt.TextFormat.PlainText]
    assert document_of(window).title == ODD


def test_an_exposure_is_stepped_below_zero(opened: Window) -> None:
    click_component(opened, "vLLM")
    assert opened.workspace is not None
    field = next(iter(opened.workspace.inspector.component.exposures.fields.values()))
    editor = field.editors[0]
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "0")
    QTest.keyClick(editor, CoreQt.Key.Key_Down)
    assert editor.text() == "-0.1"
    QTest.keyClick(editor, CoreQt.Key.Key_Up)
    QTest.keyClick(editor, CoreQt.Key.Key_Up)
    assert editor.text() == "0.1"
