from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.driving import click_component, document_of, list_of, press, retype, wait_for_forecast
from stack_half_life.domain.stack import Coupling
from stack_half_life.gui.compose.model import Role
from stack_half_life.gui.inspector.neighbours import NeighboursPage
from stack_half_life.gui.shell.window import Window


def neighbours_of(window: Window, name: str) -> NeighboursPage:
    """Select a component and turn the inspector to its neighbours."""
    click_component(window, name)
    assert window.workspace is not None
    page = window.workspace.inspector.component
    QTest.mouseClick(page.segments.button(2), Qt.MouseButton.LeftButton)
    return page.neighbours


def cells(page: NeighboursPage) -> list[tuple[str, ...]]:
    """What the table says."""
    model = page.model
    return [
        tuple(str(model.index(row, at).data()) for at in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def own(window: Window) -> dict[tuple[str, str], Coupling]:
    """The stack's own couplings."""
    return {(each.when, each.then): each for each in document_of(window).stack.couplings}


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(page: NeighboursPage, neighbour: str) -> None:
    """Click a row."""
    row = next(at for at, row in enumerate(cells(page)) if row[0] == neighbour)
    QTest.mouseClick(
        page.table.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        page.table.visualRect(page.model.index(row, 0)).center(),
    )


def test_assumed_couplings_are_shown_as_such_and_become_ones_own(
    opened: Window, qtbot: QtBot
) -> None:
    page = neighbours_of(opened, "LangChain")
    assert ("← vLLM", "20 / 0.5 %", "assumed") in cells(page)
    assert ("→ vLLM", "5 / 0.1 %", "assumed") in cells(page)
    choose(page, "← vLLM")
    assert "assumption" in page.words.text()
    retype(page.adapt.editors[0], "60")
    assert own(opened)["vLLM", "LangChain"].adapt_probability == 0.6
    assert ("← vLLM", "60 / 0.5 %", "yours") in cells(page)
    wait_for_forecast(opened, qtbot)
    click(page.reset)
    assert not own(opened)
    assert ("← vLLM", "20 / 0.5 %", "assumed") in cells(page)
    press(opened, "Ctrl+Z")
    assert own(opened)["vLLM", "LangChain"].adapt_probability == 0.6
    press(opened, "Ctrl+Z")
    assert not own(opened)


def test_a_coupling_is_removed_and_added(opened: Window) -> None:
    page = neighbours_of(opened, "LangChain")
    choose(page, "← vLLM")
    click(page.remove)
    assert ("← vLLM", "0 / 0 %", "yours") in cells(page)
    assert page.other.findText("House engine") >= 0
    page.other.setFocus()
    QTest.keyClicks(page.other, "House")
    click(page.add)
    assert ("← House engine", "20 / 0.5 %", "yours") in cells(page)
    assert page.words.text().startswith("When House engine changes")
    click(page.remove)
    assert ("House engine", "LangChain") not in own(opened)


def test_chances_that_cannot_be_are_said_beside_the_field(opened: Window) -> None:
    page = neighbours_of(opened, "LangChain")
    choose(page, "← vLLM")
    retype(page.adapt.editors[0], "120")
    assert page.adapt.problem.text() == "From 0 to 100 % is allowed"
    retype(page.adapt.editors[0], "99.9")
    assert "must not exceed 1" in page.adapt.problem.text()
    assert ("vLLM", "LangChain") not in own(opened), "what was right on the way does not stay"
    QTest.keyClick(page.adapt.editors[0], Qt.Key.Key_Escape)
    assert page.adapt.editors[0].text() == "20"
    assert not page.adapt.problem.text()


def test_neighbours_are_marked_in_the_list(opened: Window) -> None:
    click_component(opened, "LangChain")
    model = list_of(opened).components

    def is_neighbour(index: QModelIndex) -> bool:
        card = index.data(Role.CARD)
        return card is not None and card.is_neighbour

    def marked() -> set[str]:
        rows = [model.index(row) for row in range(model.rowCount())]
        return {index.data() for index in rows if is_neighbour(index)}

    assert "vLLM" in marked()
    assert "LangChain" not in marked()
    row = model.row_of("vLLM")
    assert row is not None
    words = model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "coupled with the selection" in words
    page = neighbours_of(opened, "LangChain")
    for neighbour in ("← vLLM", "→ vLLM"):
        choose(page, neighbour)
        click(page.remove)
    assert "vLLM" not in marked()


def test_the_model_is_sound(opened: Window) -> None:
    page = neighbours_of(opened, "LangChain")
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    click_component(opened, "PostgreSQL")
    click_component(opened, "vLLM")
    choose(page, "→ LangChain")
    click(page.remove)
    press(opened, "Ctrl+Z")
    assert page.model.rowCount()
