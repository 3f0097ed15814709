"""Searching technologies: to add a component, or to give one another technology."""

from PySide6.QtCore import QObject, Qt

from stack_half_life.domain import edits
from stack_half_life.domain.stack import Stack
from stack_half_life.gui.compose.hits import Hit
from stack_half_life.gui.compose.search import SearchDialog
from stack_half_life.gui.shell.frame import Frame


class Searching(QObject):
    """Opens the search for the document in front, and edits it with what is taken."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame

    def add_component(self) -> None:
        """Search technologies and add what is taken."""
        if self._frame.document is None:
            self._frame.stack_made.emit(Stack())
        self.dialog(stays_open=True).exec()
        workspace = self._frame.workspace
        if workspace is not None and workspace.document.stack.components:
            workspace.compose.list.setFocus()

    def choose_profile(self) -> None:
        """Search another technology for the selected component."""
        if self._frame.document is not None and self._frame.document.selected:
            self.dialog(stays_open=False).exec()

    def dialog(self, *, stays_open: bool) -> SearchDialog:
        """The search for a technology, to add it or to take it for the selected component."""
        session = self._frame.session
        dialog = SearchDialog(
            session.theme, session.search, stays_open=stays_open, parent=self._frame
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self._add if stays_open else self._change_profile)
        return dialog

    def _add(self, hit: Hit) -> None:
        document = self._frame.document
        assert document is not None
        before = {each.name for each in document.stack.components}
        new = edits.with_components_added(document.stack, [hit.component()])
        document.edit(new, f"Add {hit.name}")
        document.select([each.name for each in new.components if each.name not in before])

    def _change_profile(self, hit: Hit) -> None:
        document = self._frame.document
        assert document is not None
        name = document.selected[0]
        changed = edits.with_component_changed(
            document.stack, name, profile=hit.key, layer=hit.layer, cycle=None
        )
        document.edit(changed, f"Change technology of {name}")
