import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from gui.driving import activate, click_component, document_of, list_of, press
from gui.test_copying import copy_by_typing
from stack_half_life.gui.charts.plot import Plot
from stack_half_life.gui.charts.reading import ChartPoint, next_point
from stack_half_life.gui.inspector.cycle_chart import CycleChart
from stack_half_life.gui.shell.window import Window

POINTS = [ChartPoint(at, 0, f"{series}.{at}", series) for series in (0, 1) for at in range(3)]
ALONE = [ChartPoint(at, 0, str(at)) for at in range(3)]


@pytest.mark.parametrize(
    ("at", "key", "then"),
    [
        (None, Qt.Key.Key_Right, 0),
        (0, Qt.Key.Key_Right, 1),
        (2, Qt.Key.Key_Right, 2),
        (0, Qt.Key.Key_Left, 0),
        (1, Qt.Key.Key_Down, 4),
        (4, Qt.Key.Key_Up, 1),
        (4, Qt.Key.Key_Down, 4),
        (1, Qt.Key.Key_End, 5),
        (4, Qt.Key.Key_Home, 0),
        (99, Qt.Key.Key_Right, 0),
        (1, Qt.Key.Key_A, None),
    ],
)
def test_keys_lead_along_a_series_and_across(at: int | None, key: Qt.Key, then: int | None) -> None:
    assert next_point(POINTS, at, key) == then


def test_with_one_series_up_and_down_go_along_it() -> None:
    assert next_point(ALONE, 0, Qt.Key.Key_Down) == 1
    assert next_point(ALONE, 1, Qt.Key.Key_Up) == 0
    assert next_point([], None, Qt.Key.Key_Right) is None


def reached_by_tab(window: Window, wanted: QWidget) -> bool:
    """Whether Tab alone leads to a widget."""
    activate(window)
    list_of(window).setFocus()
    for _ in range(120):
        focus = QApplication.focusWidget()
        if focus is wanted:
            return True
        QTest.keyClick(focus or window, Qt.Key.Key_Tab)
    return False


def test_the_cost_chart_is_read_with_the_keyboard_alone(opened: Window) -> None:
    assert opened.workspace is not None
    fan = opened.workspace.cost.fan
    whole = fan.accessibleDescription()
    assert "median" in whole
    assert reached_by_tab(opened, fan)
    QTest.keyClick(fan, Qt.Key.Key_Right)
    first = fan.accessibleDescription()
    QTest.keyClick(fan, Qt.Key.Key_End)
    last = fan.accessibleDescription()
    assert "P10–P90" in first
    assert "within 5 y" in last
    assert first != last
    assert QToolTip.isVisible()
    QTest.keyClick(fan, Qt.Key.Key_Escape)
    assert fan.accessibleDescription() == whole
    assert document_of(opened).selected == ()


def test_the_timeline_is_reached_by_tab(opened: Window) -> None:
    assert opened.workspace is not None
    assert reached_by_tab(opened, opened.workspace.timeline.view)


def test_every_chart_has_points_whose_figures_are_told(opened: Window, qtbot: QtBot) -> None:
    click_component(opened, "PostgreSQL")
    workspace = opened.workspace
    assert workspace is not None
    for page in range(4):
        workspace.cost.segments.choose(page)
    workspace.inspector.component.segments.choose(1)
    qtbot.wait(50)
    charts = [each for each in opened.findChildren(Plot) if each.isVisibleTo(opened)]
    charts += [workspace.cost.fan, workspace.cost.yearly, workspace.cost.by_layer]
    assert len(charts) >= 6
    told = {chart.accessibleName(): chart.points() for chart in charts}
    told |= {each.accessibleName(): each.points() for each in opened.findChildren(CycleChart)}
    for name, points in told.items():
        assert points, name
        assert all(any(letter.isdigit() for letter in each.words) for each in points)


def test_a_point_near_the_pointer_tells_its_figures(opened: Window, qtbot: QtBot) -> None:
    workspace = opened.workspace
    assert workspace is not None
    workspace.cost.segments.choose(3)
    chart = workspace.cost.contribution
    QTest.qWait(30)
    (point, *_more) = chart.points()
    scene = chart.getViewBox().mapViewToScene(QPointF(point.x, point.y))
    place = chart.mapFromScene(scene)
    activate(opened)
    event = QHelpEvent(QEvent.Type.ToolTip, place, chart.viewport().mapToGlobal(place))
    QApplication.sendEvent(chart.viewport(), event)
    assert point.words.partition(":")[0] in QToolTip.text()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    far = QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 2), chart.viewport().mapToGlobal(QPoint(2, 2)))
    QApplication.sendEvent(chart.viewport(), far)
    assert not QToolTip.isVisible()


def test_the_stack_list_is_copied_as_a_table(opened: Window) -> None:
    press(list_of(opened), "Escape")
    copy_by_typing(opened, "components table")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Component\tTechnology\tLayer")
    assert len(lines) == 1 + len(document_of(opened).stack.components)
    assert len({line.count("\t") for line in lines}) == 1
    click_component(opened, "vLLM")
    copy_by_typing(opened, "components table")
    assert len(QGuiApplication.clipboard().text().splitlines()) == 2


def test_the_evidence_of_a_component_is_copied_as_a_table(opened: Window, qtbot: QtBot) -> None:
    click_component(opened, "PostgreSQL")
    assert opened.workspace is not None
    opened.workspace.inspector.component.segments.choose(1)
    qtbot.wait(30)
    copy_by_typing(opened, "copy the evidence")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len({line.count("\t") for line in lines}) == 1
    assert any(line.startswith("Cycle 17\t") for line in lines)
    assert any(line.startswith("Between release cycles\t") for line in lines)


def test_what_a_spreadsheet_would_run_is_copied_as_text(opened: Window) -> None:
    document = document_of(opened)
    stack = document.stack
    first = stack.components[0].model_copy(update={"name": "=HYPERLINK(1)"})
    couplings = tuple(
        each for each in stack.couplings if stack.components[0].name not in (each.when, each.then)
    )
    components = (first, *stack.components[1:])
    document.edit(
        stack.model_copy(update={"components": components, "couplings": couplings}), "Rename"
    )
    press(list_of(opened), "Escape")
    copy_by_typing(opened, "components table")
    assert "\n'=HYPERLINK(1)\t" in QGuiApplication.clipboard().text()
