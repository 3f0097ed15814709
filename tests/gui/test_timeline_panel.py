from datetime import date

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import made_values
from gui.driving import document_of, wait_for_forecast
from stack_half_life.domain import edits
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Component, Stack
from stack_half_life.gui import numbers
from stack_half_life.gui.shell.window import Window
from stack_half_life.gui.timeline.panel import TimelineKey
from stack_half_life.gui.timeline.view import TimelineView


def timeline_of(window: Window) -> TimelineView:
    assert window.workspace is not None
    return window.workspace.timeline.view


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)])
def test_all_rows_show_and_nothing_stands_empty_below_them(
    opened: Window, qtbot: QtBot, size: tuple[int, int]
) -> None:
    opened.resize(*size)
    view = timeline_of(opened)

    def is_as_high_as_its_rows() -> None:
        assert abs(view.height() - view.sizeHint().height()) <= 2
        assert view.verticalScrollBar().maximum() == 0

    qtbot.waitUntil(is_as_high_as_its_rows)
    before = view.height()
    stack = document_of(opened).stack
    document_of(opened).edit(edits.with_scenario_changed(stack, seed=7), "Change seed")
    wait_for_forecast(opened, qtbot)
    assert view.height() == before


def test_the_timeline_grows_with_the_stack(opened: Window, qtbot: QtBot) -> None:
    opened.resize(1440, 900)
    view, stack = timeline_of(opened), document_of(opened).stack
    more = [
        Component(name=f"Redis {at}", profile="redis", layer=Layer.DATA_STORE) for at in range(3)
    ]
    document_of(opened).edit(edits.with_components_added(stack, more), "Add")
    wait_for_forecast(opened, qtbot)
    assert len(view.rows) == len(made_values.made_stack().components) + 3
    qtbot.waitUntil(lambda: abs(view.height() - view.sizeHint().height()) <= 2)


def test_a_cycle_without_support_is_told_in_words(window: Window, qtbot: QtBot) -> None:
    window.show_stack(
        Stack(
            name="Old",
            components=(
                Component(
                    name="Python", profile="python", layer=Layer.LANGUAGE_RUNTIME, cycle="3.7"
                ),
                Component(name="Redis", profile="redis", layer=Layer.DATA_STORE),
            ),
        )
    )
    wait_for_forecast(window, qtbot)
    told = timeline_of(window).accessibleDescription()
    since = f"3.7 is unsupported since {numbers.month(date(2023, 6, 27))}"
    assert f"Python: {since}" in told
    assert told.count("unsupported") == 1


def test_the_thick_bar_is_told_as_still_in_place(opened: Window) -> None:
    row = timeline_of(opened).rows[0]
    share = numbers.percent(row.in_place[-1][1])
    told = timeline_of(opened).accessibleDescription()
    assert "Thick bar: still in place, after" in told
    assert f"years in {share} of futures" in told
    assert opened.workspace is not None
    key = opened.workspace.timeline.findChild(TimelineKey)
    assert key is not None
    assert "still in place" in key.WORDS
    QTest.mouseMove(key)
    assert "Thick bar: still in place." in key.toolTip()
