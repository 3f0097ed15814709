"""Type a few letters, Enter does it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from stack_half_life.gui.palette.commands import Command, ranked
from stack_half_life.gui.panels.entries import ENTRY, EntryDelegate, EntryModel
from stack_half_life.gui.panels.picker import Picker
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.colours import colour
from stack_half_life.gui.theme.theme import Theme

_ROW_HEIGHT = 32
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def command_model(parent: QObject | None = None) -> EntryModel[Command]:
    """A list of commands."""

    def spoken(command: Command) -> str:
        return ", ".join(part for part in (command.title, command.place, command.keys) if part)

    return EntryModel(lambda command: command.title, spoken, parent)


class CommandDelegate(EntryDelegate[Command]):
    """A command: its words, where it is found, and at the right its keys."""

    def draw(self, painter: QPainter, area: QRectF, entry: Command) -> None:
        """Draw one command."""
        command, palette = entry, self.theme.colours
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

    def _words(self, painter: QPainter, room: QRectF, command: Command) -> float:
        painter.setFont(fonts.body())
        painter.setPen(colour(self.theme.colours.ink))
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
        self.commands = command_model()
        super().__init__(title, self.commands, parent)
        self.commands.setParent(self)
        self._all = [each for each in commands if each.action.isEnabled()]
        self.taken: Command | None = None
        self.name(
            text="Search commands",
            placeholder="Type what you want to do: compare, dark, undo, export …",
            view="Commands",
        )
        self.draw_with(CommandDelegate(theme, _ROW_HEIGHT, self))
        self.text.textChanged.connect(self._look)
        self._look("")

    def take(self) -> None:
        """Close; whoever opened the palette then does what is in `taken`."""
        command = self.view.currentIndex().data(ENTRY)
        if command is not None:
            self.taken = command
            self.accept()

    def _look(self, typed: str) -> None:
        found = ranked(self._all, typed)
        self.commands.show_entries(found)
        if found:
            self.choose_first()
        self.words.setText(
            "↑ ↓ choose · Enter does it · Esc closes"
            if found
            else "No command answers to that. F1 lists all keys."
        )
