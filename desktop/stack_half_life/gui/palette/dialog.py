"""Type a few letters, Enter does it."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from stack_half_life.gui.palette.commands import Command, ranked
from stack_half_life.gui.panels.picker import Picker
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.colours import colour
from stack_half_life.gui.theme.theme import Theme

_ROW_HEIGHT = 32
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class CommandModel(QAbstractListModel):
    """The commands that answer to the text typed so far."""

    COMMAND = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands: list[Command] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """How many commands there are."""
        return 0 if parent is not None and parent.isValid() else len(self._commands)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The command's words, or the command."""
        if not index.isValid() or index.row() >= len(self._commands):
            return None
        command = self._commands[index.row()]
        if role == self.COMMAND:
            return command
        if role == Qt.ItemDataRole.DisplayRole:
            return command.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (command.title, command.place, command.keys) if part)
        return None

    def show_commands(self, commands: Sequence[Command]) -> None:
        """Put other commands in place."""
        self.beginResetModel()
        self._commands = list(commands)
        self.endResetModel()


class CommandDelegate(QStyledItemDelegate):
    """A command: its words, where it is found, and at the right its keys."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        del option, index
        return QSize(300, _ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one command."""
        palette = self._theme.colours
        command: Command = index.data(CommandModel.COMMAND)
        area = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(palette.accent_wash))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 6, 6)
        line = area.adjusted(12, 0, -12, 0)
        painter.setFont(fonts.small())
        painter.setPen(colour(palette.muted))
        painter.drawText(line, _RIGHT, command.keys)
        keys_width = painter.fontMetrics().horizontalAdvance(command.keys) if command.keys else 0
        used = self._words(painter, line.adjusted(0, 0, -keys_width - 14, 0), command)
        rest = line.adjusted(used + 10, 0, -keys_width - 14, 0)
        if rest.width() > 30:
            painter.setFont(fonts.small())
            painter.setPen(colour(palette.muted))
            metrics = painter.fontMetrics()
            place = metrics.elidedText(
                command.place, Qt.TextElideMode.ElideRight, int(rest.width())
            )
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, place)
        painter.restore()

    def _words(self, painter: QPainter, room: QRectF, command: Command) -> float:
        painter.setFont(fonts.body())
        painter.setPen(colour(self._theme.colours.ink))
        metrics = painter.fontMetrics()
        words = metrics.elidedText(command.title, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        return float(metrics.horizontalAdvance(words))


class CommandPalette(Picker):
    """Finds a command by a few of its letters; Enter closes the palette and does it."""

    def __init__(
        self,
        theme: Theme,
        commands: Sequence[Command],
        *,
        title: str = "Commands",
        parent: QWidget | None = None,
    ) -> None:
        self.commands = CommandModel()
        super().__init__(title, self.commands, parent)
        self.commands.setParent(self)
        self._all = [each for each in commands if each.action.isEnabled()]
        self.taken: Command | None = None
        self.name(
            text="Search commands",
            placeholder="Type what you want to do: compare, dark, undo, export …",
            view="Commands",
        )
        self.draw_with(CommandDelegate(theme, self))
        self.text.textChanged.connect(self._look)
        self._look("")

    def take(self) -> None:
        """Close; whoever opened the palette then does what is in `taken`."""
        command = self.view.currentIndex().data(CommandModel.COMMAND)
        if command is not None:
            self.taken = command
            self.accept()

    def _look(self, typed: str) -> None:
        found = ranked(self._all, typed)
        self.commands.show_commands(found)
        if found:
            self.choose_first()
        self.words.setText(
            "↑ ↓ choose · Enter does it · Esc closes"
            if found
            else "No command answers to that. F1 lists all keys."
        )
