from pytestqt.qtbot import QtBot

from gui.monkey import Monkey
from stack_half_life.gui.shell.window import Window

ACTIONS = 60


def test_random_use_raises_nothing_and_warns_of_nothing(opened: Window, qtbot: QtBot) -> None:
    monkey = Monkey(opened, seed=1)
    for at in range(ACTIONS):
        monkey.act()
        if at % 5 == 0:
            qtbot.wait(5)
    assert len(set(monkey.done)) > 8
