"""What was read from files: how much is known, and where to put what is not."""

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from stack_half_life.domain import edits
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Stack
from stack_half_life.gui.importing.model import UnmatchedModel
from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.panels.table import Table
from stack_half_life.gui.theme import fonts
from stack_half_life.services.import_stack import StackProposal

_MOST_NOTES = 4
_WIDTHS = (220, 210, 90)
"""Of all columns but the last, which takes what is left."""


class ImportDialog(QDialog):
    """Lists what has no evidence; nothing becomes a stack before the person says so."""

    def __init__(self, proposal: StackProposal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposal = proposal
        self.setWindowTitle("Import from files")
        self.resize(720, 560)
        self.model = UnmatchedModel(proposal.unmatched, self)
        self.table = Table("Components without evidence", self.model)
        self.layer = QComboBox()
        self.layer.setAccessibleName("Layer of the selected rows")
        for layer in Layer:
            self.layer.addItem(layer.label, layer)
        self.layer.activated.connect(self._put_in)
        self.table.selectionModel().selectionChanged.connect(lambda *_both: self._show_layer())
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = self.buttons.addButton(
            "Open as a new stack", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.take.setProperty("primary", True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._arrange()
        self.table.selectionModel().setCurrentIndex(
            self.model.index(0, 0),
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )

    def stack(self) -> Stack:
        """The stack as looked over: layers as chosen, without what is left out."""
        stack = edits.without_components(self._proposal.stack, self.model.left_out)
        components = tuple(
            edits.changed(each, layer=self.model.layers[each.name])
            if self.model.layers.get(each.name, each.layer) is not each.layer
            else each
            for each in stack.components
        )
        return edits.changed(stack, components=components)

    def _arrange(self) -> None:
        proposal = self._proposal
        total, unknown = len(proposal.components), len(proposal.unmatched)
        head = QLabel(f"{unknown} of {total} components have no evidence")
        head.setFont(fonts.title())
        left = [
            f"{count} {words}"
            for count, words in (
                (proposal.indirect, "that others need"),
                (proposal.helpful, "only for those who work on it"),
            )
            if count
        ]
        words = (
            "No technology here is known to be these. Each is forecast from its layer's reference "
            "class, wide and marked: choose the layers, or leave out what needs no forecast."
        )
        if left:
            words += f" Left out already: {', '.join(left)}."
        notes = list(proposal.notes[:_MOST_NOTES])
        if len(proposal.notes) > _MOST_NOTES:
            notes.append(f"… and {len(proposal.notes) - _MOST_NOTES} more notes")
        for at, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(at, width)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(len(_WIDTHS), QHeaderView.ResizeMode.Stretch)
        chooser = QHBoxLayout()
        name = QLabel("Layer of the selected rows")
        name.setBuddy(self.layer)
        chooser.addWidget(name)
        chooser.addWidget(self.layer)
        chooser.addWidget(label("Ctrl or Shift selects several · Space ticks", tone="muted"))
        chooser.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(head)
        for text in (words, *notes):
            column.addWidget(label(text, tone="muted", wraps=True))
        column.addWidget(self.table, 1)
        column.addLayout(chooser)
        column.addWidget(self.buttons)

    def _selected(self) -> list[int]:
        return [index.row() for index in self.table.selectionModel().selectedRows()]

    def _show_layer(self) -> None:
        rows = self._selected()
        self.layer.setEnabled(bool(rows))
        if rows:
            shown = str(self.model.index(rows[0], 1).data())
            self.layer.setCurrentIndex(self.layer.findText(shown))

    def _put_in(self, at: int) -> None:
        self.model.put_in(self._selected(), list(Layer)[at])
