"""Menus, their shortcuts, and undo and redo with named steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoGroup
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from stack_half_life.gui.compose.listing import LIST_ACTIONS
from stack_half_life.gui.palette.commands import Command, menu_commands, widget_commands
from stack_half_life.gui.palette.dialog import CommandPalette
from stack_half_life.gui.palette.offers import offered_commands
from stack_half_life.gui.panels.copies import offered_copies
from stack_half_life.gui.shell.shortcuts import ShortcutsDialog
from stack_half_life.gui.shell.views import TITLES, View
from stack_half_life.gui.theme.theme import Scheme

if TYPE_CHECKING:
    from stack_half_life.gui.documents.document import StackDocument
    from stack_half_life.gui.shell.window import Window

_SCHEMES = {Scheme.SYSTEM: "As the system", Scheme.LIGHT: "Light", Scheme.DARK: "Dark"}


class Menus:
    """Builds the menu bar of a window and keeps it in step with the document in front."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._needs_document: list[QAction] = []
        self.history = QUndoGroup(window)
        self.more = QPushButton("+")
        self.more.setProperty("flat", True)
        self.more.setAccessibleName("Another stack")
        self.more.setToolTip("A new stack, a copy, a file or an example beside those open")
        self._build_file()
        self._build_edit()
        self._build_view()
        self._build_help()

    def show_document(self, document: StackDocument | None) -> None:
        """Offer what the document in front allows."""
        for action in self._needs_document:
            action.setEnabled(document is not None)
        if document is None:
            self.history.setActiveStack(None)  # type: ignore[arg-type]
        else:
            self.history.addStack(document.history)
            self.history.setActiveStack(document.history)

    def commands(self) -> list[Command]:
        """Everything the menus offer, for the command palette and the list of keys."""
        return menu_commands(self._window.menuBar())

    def choose_command(self, commands: Sequence[Command], title: str) -> None:
        """Let the person choose a command by typing, and do it."""
        palette = CommandPalette(
            self._window.session.theme, commands, title=title, parent=self._window
        )
        palette.exec()
        palette.deleteLater()
        if palette.taken is not None:
            palette.taken.action.trigger()

    def _build_file(self) -> None:
        window = self._window
        menu = window.menuBar().addMenu("&File")
        self._add(menu, "New stack", window.new_stack, "Ctrl+N")
        self._add(menu, "New window", window.new_window, "Ctrl+Shift+N")
        self._add(menu, "Open…", window.open_files, "Ctrl+O")
        examples = menu.addMenu("Open example")
        for path, name in window.files.examples():
            self._add(examples, name, partial(window.open_template, path))
        self._add(
            menu, "Duplicate stack", window.duplicate_stack, "Ctrl+Shift+D", needs_document=True
        )
        self.recent = menu.addMenu("Open recent")
        self.recent.aboutToShow.connect(self._fill_recent)
        self._add(menu, "Import from files…", window.importing.ask, "Ctrl+I")
        self.more.setMenu(QMenu(self.more))
        self.more.menu().addActions(menu.actions())
        menu.addSeparator()
        self.save = self._add(menu, "Save", self._save, "Ctrl+S", needs_document=True)
        self.save_as = self._add(
            menu, "Save as…", self._save_as, "Ctrl+Shift+S", needs_document=True
        )
        self.export = self._add(
            menu, "Export report…", window.exporting.ask, "Ctrl+E", needs_document=True
        )
        menu.addSeparator()
        self.reopens = QAction("Reopen stacks at the start", self._window)
        self.reopens.setCheckable(True)
        self.reopens.setChecked(window.session.settings.reopens)
        self.reopens.toggled.connect(self._note_reopening)
        menu.addAction(self.reopens)
        self._add(
            menu, "Close stack", lambda: window.close_document(), "Ctrl+W", needs_document=True
        )
        self._add(menu, "Close window", window.close, "Ctrl+Shift+W")
        self._add(menu, "Quit", window.close_all, "Ctrl+Q")

    def _build_edit(self) -> None:
        window = self._window
        menu = window.menuBar().addMenu("&Edit")
        self.undo = self.history.createUndoAction(window, "Undo")
        self.undo.setShortcut(QKeySequence("Ctrl+Z"))
        self.redo = self.history.createRedoAction(window, "Redo")
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        menu.addActions([self.undo, self.redo])
        menu.addSeparator()
        self.add = self._add(menu, "Add component…", window.searching.add_component, "Ctrl+K")
        self._add(menu, "Copy a chart or table…", self._choose_copy, "Ctrl+Shift+C")
        for name in LIST_ACTIONS:
            self._add_list_action(menu, name)

    def _build_view(self) -> None:
        menu = self._window.menuBar().addMenu("&View")
        colours = menu.addMenu("Colours")
        self.schemes = QActionGroup(self._window)
        for scheme, words in _SCHEMES.items():
            action = colours.addAction(words)
            action.setCheckable(True)
            action.setChecked(scheme is self._window.session.theme.scheme)
            action.triggered.connect(
                lambda _checked=False, scheme=scheme: self._choose_scheme(scheme)
            )
            self.schemes.addAction(action)
        self._add(menu, "Switch light and dark", self._switch_scheme, "Ctrl+Shift+L")
        menu.addSeparator()
        for view, title in enumerate(TITLES):
            self._add(menu, title, partial(self._show_view, View(view)), f"Ctrl+{view + 1}")
        menu.addSeparator()
        self._add(menu, "Next stack", lambda: self._turn(1), "Ctrl+Tab", needs_document=True)
        self._add(
            menu, "Previous stack", lambda: self._turn(-1), "Ctrl+Shift+Tab", needs_document=True
        )

    def _build_help(self) -> None:
        menu = self._window.menuBar().addMenu("&Help")
        self._add(menu, "Commands…", self._show_commands, "Ctrl+Shift+P")
        self._add(menu, "Keyboard shortcuts", self._show_shortcuts, "F1")

    def _add(
        self,
        menu: QMenu,
        words: str,
        do: Callable[..., object],
        keys: str = "",
        *,
        needs_document: bool = False,
    ) -> QAction:
        action = QAction(words, self._window)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: do())
        menu.addAction(action)
        if needs_document:
            self._needs_document.append(action)
        return action

    def _add_list_action(self, menu: QMenu, name: str) -> None:
        words, keys = LIST_ACTIONS[name]

        def do() -> None:
            workspace = self._window.workspace
            if workspace is not None:
                workspace.compose.list.actions_by_name()[name].trigger()

        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self._add(menu, f"{words} component\t{shown}", do, needs_document=True)

    def _save(self) -> None:
        if self._window.document is not None:
            self._window.files.save(self._window.document)

    def _save_as(self) -> None:
        if self._window.document is not None:
            self._window.files.save_as(self._window.document)

    def _fill_recent(self) -> None:
        self.recent.clear()
        for path in self._window.session.settings.recent_files():
            action = self.recent.addAction(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self._window.open_path(path))
        if self.recent.isEmpty():
            self.recent.addAction("None yet").setEnabled(False)

    def _note_reopening(self, is_wanted: bool) -> None:
        self._window.session.settings.reopens = is_wanted

    def _choose_scheme(self, scheme: Scheme) -> None:
        self._window.session.settings.scheme = scheme
        self._window.session.theme.choose(scheme)

    def _switch_scheme(self) -> None:
        is_dark = self._window.session.theme.colours.is_dark
        scheme = Scheme.LIGHT if is_dark else Scheme.DARK
        self._choose_scheme(scheme)
        for action, each in zip(self.schemes.actions(), _SCHEMES, strict=True):
            action.setChecked(each is scheme)

    def _show_view(self, view: View) -> None:
        self._window.views.show(view)

    def _turn(self, step: int) -> None:
        tabs = self._window.tabs
        tabs.setCurrentIndex((tabs.currentIndex() + step) % max(tabs.count(), 1))

    def _show_commands(self) -> None:
        offers = offered_commands((self._window.recovery, self._window.reloading))
        self.choose_command([*offers, *self.commands(), *self._copies()], "Commands")

    def _choose_copy(self) -> None:
        copies = self._copies()
        if copies:
            self.choose_command(copies, "Copy a chart or table")
        else:
            self._window.status.showMessage("There is no chart or table to copy here", 4000)

    def _copies(self) -> list[Command]:
        """What the charts and tables on the screen offer to take out of the window."""
        return [
            command
            for widget in QApplication.allWidgets()
            if widget.isVisible() and self._window.isAncestorOf(widget)
            for command in widget_commands(widget, offered_copies(widget))
        ]

    def _show_shortcuts(self) -> None:
        dialog = ShortcutsDialog(self.commands(), self._window)
        dialog.exec()
        dialog.deleteLater()
