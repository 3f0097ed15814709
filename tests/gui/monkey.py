"""Random things a person may do, for the soak."""

import random
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QSlider,
    QWidget,
)

from gui.driving import activate, click_component, list_of, names_of
from stack_half_life.domain import edits
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Component, Stack
from stack_half_life.gui.charts.plot import Plot
from stack_half_life.gui.shell.views import View
from stack_half_life.gui.shell.window import Window

TYPED = ("12", "-3", "", "1e999", "$%&/", "2024-05", "2024-13-99", "0.5", "x" * 200, "<b>", "7,5")
KEYS = ("Up", "Down", "Return", "Escape", "Tab", "Delete", "Ctrl+D", "Alt+Up", "Ctrl+C", "Ctrl+V")
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_End)
MOST_COMPONENTS = 24

Kind = TypeVar("Kind", bound=QWidget)


class Monkey:
    """Does one random thing after another; the same seed does the same things."""

    def __init__(self, window: Window, seed: int) -> None:
        self.window = window
        self.random = random.Random(seed)
        self.done: list[str] = []
        self._actions: list[Callable[[], None]] = [
            self.select,
            self.select,
            self.type_in_field,
            self.type_in_field,
            self.choose,
            self.slide,
            self.press_in_list,
            self.press_in_list,
            self.add,
            self.undo_or_redo,
            self.undo_or_redo,
            self.turn_view,
            self.turn_picture,
            self.change_colours,
            self.open_or_close,
            self.click_timeline,
            self.open_menu,
            self.open_context_menu,
            self.open_dialog,
            self.open_dialog,
            self.read_chart,
            self.use_second_window,
        ]

    def act(self) -> None:
        """Do one thing."""
        action = self.random.choice(self._actions)
        self.done.append(action.__name__)
        if not self.window.workspaces:
            self.window.show_stack(Stack(components=(self._component(),)))
        activate(self.window)
        action()

    def select(self) -> None:
        if self.window.views.current in (View.FORECAST, View.LAYERS) and names_of(self.window):
            click_component(self.window, self.random.choice(names_of(self.window)))

    def type_in_field(self) -> None:
        line = self._one_of(QLineEdit)
        if line is not None:
            line.setFocus()
            QTest.keySequence(line, "Ctrl+A")
            QTest.keyClicks(line, self.random.choice(TYPED))
            QTest.keyClick(line, self.random.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab)))

    def choose(self) -> None:
        box = self._one_of(QComboBox)
        if box is not None:
            box.setFocus()
            QTest.keyClick(box, self.random.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))

    def slide(self) -> None:
        slider = self._one_of(QSlider)
        if slider is not None:
            for _ in range(3):
                QTest.keyClick(slider, self.random.choice((Qt.Key.Key_Left, Qt.Key.Key_Right)))

    def press_in_list(self) -> None:
        if self.window.views.current in (View.FORECAST, View.LAYERS):
            if len(names_of(self.window)) < MOST_COMPONENTS:
                QTest.keySequence(list_of(self.window), self.random.choice(KEYS))
            else:
                QTest.keySequence(list_of(self.window), "Delete")

    def add(self) -> None:
        document = self.window.document
        assert document is not None
        if len(document.stack.components) < MOST_COMPONENTS:
            document.edit(
                edits.with_components_added(document.stack, [self._component()]), "Add one"
            )

    def undo_or_redo(self) -> None:
        QTest.keySequence(self.window, self.random.choice(("Ctrl+Z", "Ctrl+Z", "Ctrl+Y")))

    def turn_view(self) -> None:
        view = self.random.choice((View.FORECAST, View.FORECAST, View.COMPARE, View.EVIDENCE))
        self.window.views.show(view)

    def turn_picture(self) -> None:
        workspace = self.window.workspace
        if workspace is not None:
            workspace.cost.segments.choose(self.random.randrange(4))

    def change_colours(self) -> None:
        QTest.keySequence(self.window, "Ctrl+Shift+L")

    def open_or_close(self) -> None:
        document = self.window.document
        assert document is not None
        if len(self.window.workspaces) < 3:
            self.window.show_stack(document.stack)
        else:
            document.history.setClean()
            self.window.close_document()

    def click_timeline(self) -> None:
        workspace = self.window.workspace
        if workspace is not None and workspace.timeline.view.rows:
            QTest.mouseClick(workspace.timeline.view.viewport(), Qt.MouseButton.LeftButton)

    def open_menu(self) -> None:
        """Go through a menu with the keys, and leave it."""
        menus = [action.menu() for action in self.window.menuBar().actions()]
        menu = self.random.choice([each for each in menus if isinstance(each, QMenu)])
        menu.popup(self.window.mapToGlobal(QPoint(40, 40)))
        self._leave(menu)

    def open_context_menu(self) -> None:
        if self.window.views.current in (View.FORECAST, View.LAYERS):
            menu = list_of(self.window).menu()
            menu.popup(self.window.mapToGlobal(QPoint(80, 80)))
            self._leave(menu)

    def open_dialog(self) -> None:
        """Open a dialog with its keys, type, and leave it with Escape."""
        keys = self.random.choice(
            ("Ctrl+Shift+P", "Ctrl+Shift+C", "Ctrl+K", "F1", "Ctrl+O", "Ctrl+W")
        )
        self._in_dialog(self.random.choice(("comp", "zzz", "py", "")))
        QTest.keySequence(self.window, keys)

    def read_chart(self) -> None:
        chart = self._one_of(Plot)
        if chart is not None:
            chart.setFocus()
            for _ in range(4):
                QTest.keyClick(chart, self.random.choice(ARROWS))

    def use_second_window(self) -> None:
        """Open a second window, show a stack in it, close it."""
        QTest.keySequence(self.window, "Ctrl+Shift+N")
        other = self.window.windows[-1]
        if other is self.window:
            return
        other.show_stack(Stack(components=(self._component(),)))
        QTest.qWait(20)
        for workspace in other.workspaces:
            workspace.document.history.setClean()
        other.close()
        activate(self.window)

    def _leave(self, menu: QMenu) -> None:
        for _ in range(self.random.randrange(4)):
            QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Escape)
        menu.close()

    def _in_dialog(self, typed: str, tries: int = 40) -> None:
        """Type into the dialog that opens next and leave it; none may open."""

        def take(left: int) -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                focus = dialog.focusWidget()
                if isinstance(focus, QLineEdit):
                    QTest.keyClicks(focus, typed)
                QTest.keyClick(dialog, Qt.Key.Key_Escape)
                if dialog.isVisible():
                    dialog.reject()
            elif left:
                QTimer.singleShot(5, lambda: take(left - 1))

        QTimer.singleShot(5, lambda: take(tries))

    def _component(self) -> Component:
        key = self.random.choice(("postgresql", "python", "vllm", "react", "nobody-knows"))
        return Component(name=key, profile=key, layer=self.random.choice(list(Layer)))

    def _one_of(self, kind: type[Kind]) -> Kind | None:
        page = self.window.pages
        found = [each for each in page.findChildren(kind) if each.isVisible() and each.isEnabled()]
        return self.random.choice(found) if found else None
