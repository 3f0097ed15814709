"""Bars that offer something for a while: what their buttons do can also be found by typing."""

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from stack_half_life.gui.palette.commands import Command, widget_commands


def offer_as_commands(bar: QWidget, name: str, buttons: dict[str, QPushButton]) -> None:
    """Give a bar an action for each button, under the words that find it."""
    bar.setAccessibleName(name)
    for words, button in buttons.items():
        action = QAction(words, bar)
        action.triggered.connect(button.click)
        bar.addAction(action)


def offered_commands(bars: Iterable[QWidget]) -> list[Command]:
    """What the bars that are shown offer."""
    return [
        command
        for bar in bars
        if bar.isVisible()
        for command in widget_commands(bar, bar.actions())
    ]
