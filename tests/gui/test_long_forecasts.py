import time
from collections.abc import Callable
from datetime import date
from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import made_values
from gui.conftest import made_assessment
from gui.driving import document_of, press, wait_for_forecast
from stack_half_life.domain.progress import OnProgress
from stack_half_life.domain.stack import Stack
from stack_half_life.errors import ForecastError
from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.shell.window import Window
from stack_half_life.services.assess import Assessment
from stack_half_life.store.cache import ProfileCache


class Slow:
    """A recipe that is at 40 % until it is let go."""

    def __init__(self) -> None:
        self.may_end = Event()

    def __call__(
        self, stack: Stack, cache: ProfileCache, *, as_of: date, on_progress: OnProgress
    ) -> Assessment:
        for _ in range(6000):
            on_progress(0.4, "drawing futures")
            if self.may_end.is_set():
                break
            time.sleep(0.005)
        return made_assessment(stack, cache, as_of=as_of, on_progress=on_progress)


def opened_with(slow: Slow, make_session: Callable[..., Session], qtbot: QtBot) -> Window:
    """A window with a stack whose forecast is done."""
    window = Window(make_session(recipe=slow))
    qtbot.addWidget(window, before_close_func=_forget_changes)
    window.show()
    slow.may_end.set()
    window.show_stack(made_values.made_stack())
    wait_for_forecast(window, qtbot)
    slow.may_end.clear()
    return window


def _forget_changes(window: Window) -> None:
    for workspace in window.workspaces:
        workspace.document.history.setClean()


def edited(window: Window) -> None:
    """Delete a component by keys."""
    assert window.workspace is not None
    document_of(window).select(["vLLM"])
    press(window.workspace.compose.list, "Del")


def test_a_long_forecast_tells_how_far_it_is_and_stops(
    make_session: Callable[..., Session], qtbot: QtBot
) -> None:
    slow = Slow()
    window = opened_with(slow, make_session, qtbot)
    assert window.workspace is not None
    status, total = window.status, window.workspace.headline
    assert not total.value("total").startswith("≈")
    edited(window)
    assert total.value("total").startswith("≈")
    assert total.value("half").startswith("≈")
    qtbot.waitUntil(lambda: "refining… 40" in status.how.text(), timeout=10_000)
    assert status.resume.isHidden()
    QTest.mouseClick(status.stop, Qt.MouseButton.LeftButton)
    assert status.stop.isHidden()
    assert status.resume.isVisible()
    assert "stopped: before the last edit" in status.how.text()
    assert total.value("total").startswith("≈")
    slow.may_end.set()
    QTest.mouseClick(status.resume, Qt.MouseButton.LeftButton)
    wait_for_forecast(window, qtbot)
    assert status.resume.isHidden()
    assert "stopped" not in status.how.text()
    assert not total.value("total").startswith("≈")


def test_a_forecast_stopped_before_its_first_answer_says_so(
    make_session: Callable[..., Session], qtbot: QtBot
) -> None:
    slow = Slow()
    window = opened_with(slow, make_session, qtbot)
    window.show_stack(made_values.made_stack("Another"))
    qtbot.waitUntil(lambda: not window.status.stop.isHidden(), timeout=10_000)
    QTest.mouseClick(window.status.stop, Qt.MouseButton.LeftButton)
    assert window.workspace is not None
    assert "Stopped" in window.workspace.timeline.words.text()
    assert "Stopped" in window.status.how.text()
    slow.may_end.set()
    QTest.mouseClick(window.status.resume, Qt.MouseButton.LeftButton)
    wait_for_forecast(window, qtbot)


def test_a_quick_forecast_offers_no_stop(opened: Window) -> None:
    edited(opened)
    assert opened.status.stop.isHidden()


def test_a_forecast_that_fails_is_not_offered_again(
    make_session: Callable[..., Session], qtbot: QtBot
) -> None:
    def failing(_stack: Stack, _cache: ProfileCache, **_more: object) -> Assessment:
        raise ForecastError("nobody knows that cycle")

    window = Window(make_session(recipe=failing))
    qtbot.addWidget(window, before_close_func=_forget_changes)
    window.show()
    window.show_stack(made_values.made_stack())
    qtbot.waitUntil(lambda: "nobody knows" in window.status.how.text(), timeout=10_000)
    assert window.status.resume.isHidden()
