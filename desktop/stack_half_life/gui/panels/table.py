"""A table set to be read: no grid of lines, rows of one height, copied as tab-separated text."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget


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
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTabKeyNavigation(False)
        copy = QAction("Copy as table", self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(lambda _checked=False: self.copy())
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def as_text(self) -> str:
        """The selected rows, or all, as tab-separated lines under their titles."""
        model = self.model()
        columns = range(model.columnCount())
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        titles = [str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in columns]
        rows = [
            [str(model.index(row, at).data() or "") for at in columns]
            for row in chosen or range(model.rowCount())
        ]
        return "\n".join("\t".join(_one_line(cell) for cell in line) for line in [titles, *rows])

    def copy(self) -> None:
        """Put the table on the clipboard."""
        QGuiApplication.clipboard().setText(self.as_text())


def _one_line(text: str) -> str:
    return " ".join(text.split())
