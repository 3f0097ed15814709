from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableView
from pytestqt.qtbot import QtBot

import made_values
from gui.driving import click_component, press, wait_for_forecast
from stack_half_life.domain import edits
from stack_half_life.gui.cost.fan import CostFan
from stack_half_life.gui.layers.labels import NamedBar, placed_names
from stack_half_life.gui.panels.figures import FigureRow
from stack_half_life.gui.panels.labels import ElidedLabel
from stack_half_life.gui.shell.window import Window

BOUNDS = QRectF(0, 0, 600, 400)
PLACES = st.floats(0, 600, allow_nan=False)


def made_bar(xs: tuple[float, float, float], y: float, width: float) -> NamedBar:
    left, point, right = sorted(xs)
    return NamedBar(left, point, right, y, width, 16.0)


BARS = st.builds(
    made_bar,
    st.tuples(PLACES, PLACES, PLACES),
    st.floats(0, 400, allow_nan=False),
    st.floats(20, 160, allow_nan=False),
)


def is_cut(label: ElidedLabel) -> bool:
    face = label.face(label.width())
    return QFontMetrics(face).horizontalAdvance(label.text()) > label.width() + 1


def label_areas(fan: CostFan) -> list[QRectF]:
    return [each.label.mapRectToScene(each.label.boundingRect()) for each in fan.fans]


def test_the_headline_is_whole_on_a_small_screen(window: Window, qtbot: QtBot) -> None:
    window.resize(1280, 800)
    stack = made_values.made_stack()
    window.show_stack(edits.with_scenario_changed(stack, day_rate=950.0, currency="EUR"))
    wait_for_forecast(window, qtbot)
    assert window.workspace is not None
    for label in window.workspace.headline.findChildren(ElidedLabel):
        assert not is_cut(label), label.text()


def test_labels_of_near_medians_lie_apart_and_right_of_the_curves(
    window: Window, qtbot: QtBot
) -> None:
    stack = made_values.made_stack()
    window.show_stack(stack)
    window.show_stack(edits.changed(stack, name="The same again"))
    wait_for_forecast(window, qtbot)
    press(window, "Ctrl+3")
    panel = window.views.compare
    assert panel is not None
    qtbot.waitUntil(lambda: panel.is_complete, timeout=30_000)
    QTest.qWait(50)
    first, second = label_areas(panel.fan)
    assert not first.adjusted(0, 2, 0, -2).intersects(second.adjusted(0, 2, 0, -2))
    box = panel.fan.getViewBox()
    horizon = stack.scenario.horizon_years
    end = box.mapViewToScene(box.viewRect().topLeft()).x()
    end += box.width() * horizon / box.viewRange()[0][1]
    assert min(first.left(), second.left()) >= end - 1


@given(st.lists(BARS, max_size=12))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_names_cover_neither_each_other_nor_points(bars: list[NamedBar]) -> None:
    areas = [each for each in placed_names(bars, BOUNDS) if each is not None]
    for at, area in enumerate(areas):
        assert BOUNDS.contains(area)
        assert not any(area.intersects(other) for other in areas[at + 1 :])
        assert not any(area.contains(bar.point, bar.y) for bar in bars)


def test_one_name_alone_has_room() -> None:
    assert placed_names([NamedBar(100, 150, 200, 200, 60, 16)], BOUNDS) != [None]


def test_every_figure_is_defined_in_its_tool_tip(opened: Window) -> None:
    click_component(opened, "vLLM")
    assert opened.workspace is not None
    for row in opened.findChildren(FigureRow):
        for label in row.findChildren(QLabel):
            assert len(label.toolTip()) > 20, label.text()
    page = opened.workspace.inspector.component
    for figure in (page.first, page.half_life, page.cost):
        assert figure.value.toolTip().endswith(".")
    assert opened.workspace.cost.caption.toolTip()


def test_every_column_says_what_it_means(opened: Window) -> None:
    click_component(opened, "vLLM")
    opened.show_stack(made_values.made_stack())
    for keys in ("Ctrl+1", "Ctrl+3", "Ctrl+4"):
        press(opened, keys)
    tables = opened.findChildren(QTableView)
    assert len(tables) >= 3
    for table in tables:
        model = table.model()
        for column in range(model.columnCount()):
            hint = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
            assert hint, (table.accessibleName(), column)
