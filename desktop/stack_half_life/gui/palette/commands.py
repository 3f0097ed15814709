"""What can be done, read from the actions that menus and widgets offer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from stack_half_life.gui.palette.fuzzy import likeness


@dataclass(frozen=True, slots=True)
class Command:
    """An action with its words, where it is found, and its keys."""

    title: str
    place: str
    keys: str
    action: QAction


def menu_commands(bar: QMenuBar) -> list[Command]:
    """The commands of a menu bar, those of menus within menus too."""
    menus = [action.menu() for action in bar.actions()]
    return [each for menu in menus if isinstance(menu, QMenu) for each in _of_menu(menu, "")]


def widget_commands(widget: QWidget, actions: Iterable[QAction]) -> list[Command]:
    """Commands that a widget offers for itself, placed under its name."""
    return [_command(action, widget.accessibleName()) for action in actions]


def ranked(commands: Sequence[Command], typed: str) -> list[Command]:
    """The commands that answer to what is typed, the likeliest first; all where nothing is."""
    if not typed.strip():
        return list(commands)
    scored = [(likeness(typed, f"{each.title} {each.place}"), each) for each in commands]
    found = [(score, each) for score, each in scored if score is not None]
    return [each for _score, each in sorted(found, key=lambda pair: -pair[0])]


def _of_menu(menu: QMenu, inside: str) -> Iterator[Command]:
    menu.aboutToShow.emit()
    name = menu.title().replace("&", "")
    place = f"{inside} › {name}" if inside else name
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _of_menu(inner, place)
        elif not action.isSeparator():
            yield _command(action, place)


def _command(action: QAction, place: str) -> Command:
    words, _tab, shown = action.text().partition("\t")
    native = QKeySequence.SequenceFormat.NativeText
    keys = ", ".join(each.toString(native) for each in action.shortcuts())
    return Command(words.replace("&", ""), place, keys or shown, action)
