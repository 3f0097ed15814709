import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from gui.driving import press
from made_repository import MadeRepository
from stack_half_life.gui.evidence.additions import AdditionsDialog
from stack_half_life.gui.evidence.harvested import HarvestDialog
from stack_half_life.gui.evidence.panel import EvidencePanel
from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.shell.window import Window

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed here")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def made(tmp_path: Path) -> MadeRepository:
    made = MadeRepository(tmp_path / "shop")
    made.commit({"requirements.txt": "click\n", "a": "1\n2\n"})
    made.commit({"requirements.txt": "click\nflask\nnobody-has-this\n"})
    made.commit({"requirements.txt": "click\nnobody-has-this\n"}, seconds=1_600_000_000)
    return made


@pytest.fixture
def panel(qtbot: QtBot, make_session: Callable[..., Session], tmp_path: Path) -> EvidencePanel:
    """The evidence view of a window on a cache of its own."""
    window = Window(make_session(cache=tmp_path / "own.sqlite"))
    qtbot.addWidget(window)
    window.show()
    press(window, "Ctrl+4")
    found = window.views.evidence.panel
    assert found is not None
    return found


def opened_dialog(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=30_000)
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def harvested(panel: EvidencePanel, made: MadeRepository, qtbot: QtBot) -> HarvestDialog:
    panel.harvest_wanted.emit(made.folder)
    dialog = opened_dialog(qtbot, HarvestDialog)
    assert isinstance(dialog, HarvestDialog)
    return dialog


def rows_of(dialog: HarvestDialog) -> dict[str, list[str]]:
    model = dialog.model
    return {
        str(model.index(row, 0).data()): [
            str(model.index(row, column).data()) for column in range(1, model.columnCount())
        ]
        for row in range(model.rowCount())
    }


def test_a_harvest_is_looked_at_added_and_taken_out_again(
    panel: EvidencePanel, made: MadeRepository, qtbot: QtBot
) -> None:
    cache = panel.window().session.caches.here()  # type: ignore[attr-defined]
    before = cache.profile("flask").tenure
    dialog = harvested(panel, made, qtbot)
    assert dialog.figures.value("spells") == "3"
    assert cache.profile("flask").tenure == before, "looking adds nothing"
    QTest.mouseClick(dialog.add, LEFT)
    qtbot.waitUntil(dialog.take_out.isVisible, timeout=30_000)
    spells, ended, was, became = rows_of(dialog)["flask"]
    assert (spells, ended) == ("1", "1")
    assert float(became.removeprefix("× ")) > float(was.removeprefix("× "))
    assert "1 are of packages the cache does not know" in dialog.words.text()
    assert cache.profile("flask").tenure.spells == before.spells + 1
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    QTest.mouseClick(dialog.take_out, LEFT)
    qtbot.waitUntil(dialog.add.isVisible, timeout=30_000)
    assert cache.profile("flask").tenure == before
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_an_unknown_technology_is_said_in_the_dialog(
    panel: EvidencePanel, made: MadeRepository, qtbot: QtBot
) -> None:
    dialog = harvested(panel, made, qtbot)
    QTest.keyClicks(dialog.technology.editor, "no such thing")
    QTest.mouseClick(dialog.add, LEFT)
    qtbot.waitUntil(lambda: "Not done" in dialog.words.text(), timeout=30_000)
    assert dialog.add.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_additions_are_taken_out_and_put_back(
    panel: EvidencePanel, made: MadeRepository, qtbot: QtBot
) -> None:
    dialog = harvested(panel, made, qtbot)
    QTest.mouseClick(dialog.add, LEFT)
    qtbot.waitUntil(dialog.take_out.isVisible, timeout=30_000)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QTest.mouseClick(panel.additions, LEFT)
    listed = opened_dialog(qtbot, AdditionsDialog)
    assert isinstance(listed, AdditionsDialog)
    qtbot.waitUntil(lambda: listed.model.rowCount() == 1, timeout=30_000)
    assert str(listed.model.index(0, 0).data()).startswith("repository:")
    listed.table.setFocus()
    QTest.keyClick(listed.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(listed.put_back.isEnabled, timeout=30_000)
    assert listed.model.rowCount() == 0
    assert "1 taken out" in listed.state.text()
    QTest.mouseClick(listed.put_back, LEFT)
    qtbot.waitUntil(lambda: listed.model.rowCount() == 1, timeout=30_000)
    QTest.keyClick(listed, Qt.Key.Key_Escape)


def test_without_additions_the_list_says_so(panel: EvidencePanel, qtbot: QtBot) -> None:
    QTest.mouseClick(panel.additions, LEFT)
    listed = opened_dialog(qtbot, AdditionsDialog)
    assert isinstance(listed, AdditionsDialog)
    qtbot.waitUntil(lambda: "not added anything" in listed.state.text(), timeout=30_000)
    assert not listed.remove.isEnabled()
    QTest.keyClick(listed, Qt.Key.Key_Escape)
