from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from gui.driving import click_component, in_dialog, press
from stack_half_life.gui.shell.window import Window

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QTabBar,
    QAbstractScrollArea,
)


def unnamed(root: QWidget) -> list[str]:
    """Controls a screen reader has no words for."""
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or isinstance(widget, QScrollBar):
            continue
        if not widget.isVisible() or widget.objectName().startswith("qt_"):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def test_every_control_has_a_name(opened: Window) -> None:
    assert unnamed(opened) == []
    click_component(opened, "PostgreSQL")
    assert opened.workspace is not None
    assert unnamed(opened) == []
    for page in (1, 2, 3):
        opened.workspace.cost.segments.choose(page)
        assert unnamed(opened) == []
    opened.workspace.inspector.component.segments.choose(1)
    assert unnamed(opened) == []


def test_the_first_screen_and_the_dialogs_have_names(window: Window) -> None:
    assert unnamed(window) == []
    seen: list[list[str]] = []

    def steps(dialog: QDialog) -> None:
        seen.append(unnamed(dialog))
        dialog.reject()

    in_dialog(steps)
    press(window, "F1")
    in_dialog(steps)
    press(window, "Ctrl+K")
    assert seen == [[], []]


def test_the_charts_say_their_figures_in_words(opened: Window) -> None:
    workspace = opened.workspace
    assert workspace is not None
    timeline = workspace.timeline.view.accessibleDescription()
    assert "vLLM: Next upgrade: median" in timeline
    assert "median" in workspace.cost.fan.accessibleDescription()
    QTest.mouseClick(workspace.cost.segments.button(1), Qt.MouseButton.LeftButton)
    assert "Year 1" in workspace.cost.yearly.accessibleDescription()


def test_tab_reaches_the_list_the_fields_and_the_buttons(opened: Window) -> None:
    click_component(opened, "PostgreSQL")
    reached = set()
    for _ in range(60):
        QTest.keySequence(opened, "Tab")
        focused = opened.focusWidget()
        if focused is not None:
            reached.add(focused.accessibleName() or focused.property("text"))
    assert {"Components of the stack", "Add component", "Replacement timeline"} <= reached
    assert {"Name", "Layer", "Release cycle", "Effort, days, low"} <= reached
