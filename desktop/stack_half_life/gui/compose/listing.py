"""The list of components: keys, drags, copy and paste, and selection shared with the document."""

from collections.abc import Callable

from pydantic import ValidationError
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from stack_half_life.domain import edits
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.problems import first_problem
from stack_half_life.domain.stack import Stack
from stack_half_life.errors import StackFileError
from stack_half_life.gui.compose.clipboard import (
    components_from_text,
    components_to_table,
    components_to_text,
)
from stack_half_life.gui.compose.delegate import ComponentDelegate
from stack_half_life.gui.compose.model import ComponentModel
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.panels.copies import offer_copy
from stack_half_life.gui.theme.theme import Theme

LIST_ACTIONS = {
    "copy": ("Copy", "Ctrl+C"),
    "cut": ("Cut", "Ctrl+X"),
    "paste": ("Paste", "Ctrl+V"),
    "duplicate": ("Duplicate", "Ctrl+D"),
    "delete": ("Delete", "Del"),
    "up": ("Move up", "Alt+Up"),
    "down": ("Move down", "Alt+Down"),
}
"""What can be done with the selected components: name → words and keys within the list."""


class ComponentList(QListView):
    """Shows a document's components and turns keys and drags into edits."""

    add_wanted = Signal()
    rename_wanted = Signal()
    told = Signal(str)
    """A sentence for the status bar."""

    def __init__(
        self, theme: Theme, document: StackDocument, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._is_syncing = False
        self.setAccessibleName("Components of the stack")
        self.setItemDelegate(ComponentDelegate(theme, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.components = ComponentModel(document, self)
        self.setModel(self.components)
        self.components.move_wanted.connect(self._move_to)
        self.components.modelReset.connect(self._show_selection)
        self.selectionModel().selectionChanged.connect(self._tell_selection)
        document.selection_changed.connect(self._show_selection)
        theme.changed.connect(self.viewport().update)
        self._build_actions()

    def actions_by_name(self) -> dict[str, QAction]:
        """The list's actions, for menus and the command palette."""
        return self._actions

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selection."""
        at = event.pos() if event.reason() is QContextMenuEvent.Reason.Mouse else QPoint(20, 20)
        self.menu().popup(self.viewport().mapToGlobal(at))

    def menu(self) -> QMenu:
        """A menu of the list's actions."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        layers = menu.addMenu("Move to layer")
        for layer in Layer:
            entry = layers.addAction(layer.label)
            entry.triggered.connect(lambda _checked=False, to=layer: self._move_to_layer(to))
        layers.setEnabled(bool(self._document.selected))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 go to the component's fields."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.rename_wanted.emit()
            return
        super().keyPressEvent(event)

    def delete_selected(self) -> None:
        """Remove the selected components."""
        names = self._document.selected
        if names:
            stack = self._document.stack
            following = self._neighbour_of(names)
            self._document.edit(edits.without_components(stack, names), f"Delete {_many(names)}")
            self._document.select([following] if following else [])

    def duplicate_selected(self) -> None:
        """Put a copy behind each selected component."""
        names = self._document.selected
        if names:
            before = {each.name for each in self._document.stack.components}
            self._try(
                lambda: edits.with_components_duplicated(self._document.stack, names),
                f"Duplicate {_many(names)}",
            )
            self._select_new(before)

    def copy_selected(self) -> None:
        """Put the selected components on the clipboard, as text any stack can take."""
        chosen = [self._document.stack.component(name) for name in self._document.selected]
        if chosen:
            QGuiApplication.clipboard().setText(components_to_text(chosen))
            self.told.emit(f"Copied {_many(self._document.selected)}")

    def copy_table(self) -> None:
        """Put the selected components, all where none is selected, on the clipboard as a table."""
        stack, assessment = self._document.stack, self._document.assessment
        names = self._document.selected or tuple(each.name for each in stack.components)
        found = assessment.forecast.components if assessment else ()
        forecasts = {each.name: each for each in found}
        chosen = [stack.component(name) for name in names]
        QGuiApplication.clipboard().setText(components_to_table(chosen, forecasts))
        self.told.emit(f"Copied {_many(names)} as a table")

    def cut_selected(self) -> None:
        """Copy the selected components and remove them."""
        self.copy_selected()
        self.delete_selected()

    def paste(self) -> None:
        """Add the components on the clipboard behind the selection."""
        text = QGuiApplication.clipboard().text()
        try:
            pasted = components_from_text(text)
        except StackFileError as problem:
            self.told.emit(f"Nothing pasted: {problem}")
            return
        before = {each.name for each in self._document.stack.components}
        after = self._document.selected[-1] if self._document.selected else None
        names = tuple(each.name for each in pasted)
        self._try(
            lambda: edits.with_components_added(self._document.stack, pasted, after=after),
            f"Paste {_many(names)}",
        )
        self._select_new(before)

    def move_selected(self, step: int) -> None:
        """Move the selected components one place up (−1) or down (1) within their layer."""
        names = self._document.selected
        if not names:
            return
        layer = self._document.stack.component(names[0]).layer
        inside = [each.name for each in self._document.stack.components if each.layer is layer]
        chosen = [name for name in inside if name in names]
        first, last = inside.index(chosen[0]), inside.index(chosen[-1])
        if (step < 0 and first == 0) or (step > 0 and last == len(inside) - 1):
            self.told.emit("Not moved: the end of the layer; drag to another layer")
            return
        target = first - 1 if step < 0 else last + 2
        before = inside[target] if target < len(inside) else None
        self._document.edit(
            edits.with_components_moved(self._document.stack, chosen, before=before),
            f"Move {_many(tuple(chosen))}",
        )

    def _build_actions(self) -> None:
        does: dict[str, Callable[[], None]] = {
            "copy": self.copy_selected,
            "cut": self.cut_selected,
            "paste": self.paste,
            "duplicate": self.duplicate_selected,
            "delete": self.delete_selected,
            "up": lambda: self.move_selected(-1),
            "down": lambda: self.move_selected(1),
        }
        self._actions: dict[str, QAction] = {}
        for name, (words, keys) in LIST_ACTIONS.items():
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _checked=False, do=does[name]: do())
            self.addAction(action)
            self._actions[name] = action
        offer_copy(self, "Copy as a table (TSV)", self.copy_table)

    def _move_to_layer(self, layer: Layer) -> None:
        self._move_to(list(self._document.selected), layer, None)

    def _move_to(self, names: list[str], layer: Layer, before: str | None) -> None:
        known = {each.name for each in self._document.stack.components}
        chosen = [name for name in names if name in known]
        if chosen:
            self._document.edit(
                edits.with_components_moved(
                    self._document.stack, chosen, layer=layer, before=before
                ),
                f"Move {_many(tuple(chosen))} to {layer.label}",
            )
            self._document.select(chosen)

    def _try(self, make: Callable[[], Stack], text: str) -> None:
        try:
            self._document.edit(make(), text)
        except ValidationError as problem:
            self.told.emit(f"Not done: {first_problem(problem)[1]}")

    def _select_new(self, before: set[str]) -> None:
        names = [each.name for each in self._document.stack.components if each.name not in before]
        if names:
            self._document.select(names)

    def _neighbour_of(self, names: tuple[str, ...]) -> str | None:
        """The component to select once the named ones are gone."""
        order = [self.components.name_at(row) for row in range(self.components.rowCount())]
        listed = [name for name in order if name is not None]
        last = max(listed.index(name) for name in names)
        rest = [name for name in listed[last + 1 :] if name not in names]
        earlier = [name for name in listed[:last] if name not in names]
        return rest[0] if rest else earlier[-1] if earlier else None

    def _tell_selection(self) -> None:
        if not self._is_syncing:
            names = [self.components.name_at(index.row()) for index in self.selectedIndexes()]
            self._document.select([name for name in names if name])

    def _show_selection(self) -> None:
        self._is_syncing = True
        chosen = QItemSelection()
        for name in self._document.selected:
            row = self.components.row_of(name)
            if row is not None:
                index = self.components.index(row)
                chosen.select(index, index)
        model = self.selectionModel()
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if chosen.indexes():
            index = chosen.indexes()[0]
            if model.currentIndex() not in chosen.indexes():
                model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        self._is_syncing = False


def _many(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} components"
