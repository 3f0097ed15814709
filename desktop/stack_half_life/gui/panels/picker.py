"""A dialog in which a person types, goes up and down a list, and takes an entry with Enter."""

from PySide6.QtCore import QAbstractListModel, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QDialog,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from stack_half_life.gui.panels.labels import label

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}


class Picker(QDialog):
    """The cursor stays in the text; arrow keys and Enter act on the list below it."""

    def __init__(self, title: str, model: QAbstractListModel, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(560, 460)
        self.text = QLineEdit()
        self.text.setClearButtonEnabled(True)
        self.text.installEventFilter(self)
        self.view = QListView()
        self.view.setModel(model)
        self.view.setUniformItemSizes(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.clicked.connect(lambda _index: self.take())
        self.words = label("", tone="muted", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 12)
        column.setSpacing(8)
        for each in (self.text, self.view, self.words):
            column.addWidget(each)

    def name(self, *, text: str, placeholder: str, view: str) -> None:
        """Say to people and screen readers what is typed and what is listed."""
        self.text.setAccessibleName(text)
        self.text.setPlaceholderText(placeholder)
        self.view.setAccessibleName(view)

    def draw_with(self, delegate: QAbstractItemDelegate) -> None:
        """Draw the entries with a delegate."""
        self.view.setItemDelegate(delegate)

    def choose_first(self) -> None:
        """Put the first entry under Enter."""
        self.view.setCurrentIndex(self.view.model().index(0, 0))

    def take(self) -> None:
        """Take the chosen entry; what that means is the subclass's."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys and Enter act on the list while the cursor stays in the text."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _STEPS:
                row = self.view.currentIndex().row() + _STEPS[key]
                row = min(max(row, 0), self.view.model().rowCount() - 1)
                self.view.setCurrentIndex(self.view.model().index(row, 0))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
        return super().eventFilter(watched, event)
