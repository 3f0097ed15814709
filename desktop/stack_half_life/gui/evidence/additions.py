"""What the person added to the evidence: looked over, taken out, put back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QVBoxLayout, QWidget

from stack_half_life.gui import numbers
from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.panels.table import Table
from stack_half_life.gui.panels.text_table import Column, TextTableModel
from stack_half_life.services.additions import Addition

_COLUMNS = (
    Column("Subject", "What was added: the kind of source and its name"),
    Column("Cycles", "Release cycles it brought", is_number=True),
    Column("Releases", "Versions it brought", is_number=True),
    Column("Spells", "Spells of dependencies in manifests it brought", is_number=True),
    Column("Read on", "When it was read"),
)
_WIDTHS = {1: 70, 2: 80, 3: 70, 4: 112}
_WORDS = (
    "Facts you added lie over the shipped ones and outlive every rebuild of the cache. Taken "
    "out, the shipped facts speak alone again."
)


class AdditionsDialog(QDialog):
    """Lists additions; those selected are taken out, the last ones taken out can be put back."""

    removal_wanted = Signal(list)
    """Subjects to take out."""
    return_wanted = Signal()
    """Put back what was taken out last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Your additions")
        self.resize(720, 420)
        self._subjects: list[str] = []
        self.model = TextTableModel(_COLUMNS, self)
        self.table = Table("Your additions", self.model)
        self.state = label("", tone="muted", wraps=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.remove = self.buttons.addButton("Take out the selected", role)
        self.put_back = self.buttons.addButton("Put back", role)
        self.remove.setToolTip("Take the selected additions out of the cache (Del)")
        self.put_back.setToolTip("Put back what was taken out last")
        self.remove.clicked.connect(self._ask_removal)
        self.put_back.clicked.connect(self.return_wanted)
        self.put_back.setEnabled(False)
        delete = QAction(self.table)
        delete.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.setText("Take out the selected")
        delete.triggered.connect(self._ask_removal)
        self.table.addAction(delete)
        header = self.table.horizontalHeader()
        for at, width in _WIDTHS.items():
            self.table.setColumnWidth(at, width)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(_WORDS, tone="muted", wraps=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.state)
        column.addWidget(self.buttons)

    def show_additions(self, found: Sequence[Addition], words: str, *, can_put_back: bool) -> None:
        """List what is in the cache now, and say what was done."""
        self._subjects = [each.subject for each in found]
        self.model.show_rows(
            [
                (
                    each.subject,
                    numbers.whole(each.cycles),
                    numbers.whole(each.releases),
                    numbers.whole(each.spells),
                    numbers.day(each.read_on),
                )
                for each in found
            ]
        )
        if found:
            self.table.selectRow(0)
        self.remove.setEnabled(bool(found))
        self.put_back.setEnabled(can_put_back)
        self.state.setText(words or ("" if found else "You have not added anything yet."))

    def show_busy(self) -> None:
        """Say that the cache is being changed."""
        self.remove.setEnabled(False)
        self.put_back.setEnabled(False)
        self.state.setText("Working…")

    def show_problem(self, words: str) -> None:
        """Say why nothing was changed; what is listed stays."""
        self.remove.setEnabled(bool(self._subjects))
        self.state.setText(words)

    def _ask_removal(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows and self.remove.isEnabled():
            self.removal_wanted.emit([self._subjects[each.row()] for each in rows])
