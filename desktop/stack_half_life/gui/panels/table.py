"""A table set to be read: no grid of lines, rows of one height, copied as tab-separated text."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from stack_half_life.gui.panels.copies import offer_copy
from stack_half_life.report.spreadsheet import as_tsv


class Table(QTableView):
    """Ctrl+C copies the selected rows (all, where none is selected) with their titles."""

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setAccessibleName(f"{name}: titles")
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTabKeyNavigation(False)
        copy = QKeySequence(QKeySequence.StandardKey.Copy)
        offer_copy(self, "Copy selected rows (TSV)", lambda: self.copy(everything=False), copy)
        offer_copy(self, "Copy all rows (TSV)", lambda: self.copy(everything=True))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def as_text(self, *, everything: bool = False) -> str:
        """Rows as tab-separated lines under their titles.

        Those selected; all where none is selected or everything is wanted.
        """
        model = self.model()
        columns = range(model.columnCount())
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        if everything or not chosen:
            chosen = list(range(model.rowCount()))
        titles = [str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in columns]
        rows = [[str(model.index(row, at).data() or "") for at in columns] for row in chosen]
        return as_tsv([titles, *rows])

    def copy(self, *, everything: bool = False) -> None:
        """Put the table on the clipboard."""
        QGuiApplication.clipboard().setText(self.as_text(everything=everything))
