import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.driving import click_component, document_of, press, retype, wait_for_forecast
from stack_half_life.domain.stack import UpgradePolicy
from stack_half_life.gui import numbers
from stack_half_life.gui.inspector.form import ComponentForm
from stack_half_life.gui.inspector.scenario import ScenarioForm
from stack_half_life.gui.shell.window import Window


def form_of(window: Window) -> ComponentForm:
    assert window.workspace is not None
    return window.workspace.inspector.component.form


def scenario_of(window: Window) -> ScenarioForm:
    assert window.workspace is not None
    return window.workspace.inspector.scenario


def test_an_effort_typed_is_one_step(opened: Window, qtbot: QtBot) -> None:
    click_component(opened, "vLLM")
    editor = form_of(opened).effort.editors[2]
    steps = document_of(opened).history.count()
    retype(editor, "123", then=None)
    assert document_of(opened).stack.component("vLLM").effort_days.high == 123
    assert document_of(opened).history.count() == steps + 1
    wait_for_forecast(opened, qtbot)
    assert editor.text() == "123"
    QTest.keyClick(editor, Qt.Key.Key_Up)
    assert document_of(opened).stack.component("vLLM").effort_days.high == 124
    press(opened.workspace.compose.list, "Ctrl+Z")  # type: ignore[union-attr]
    assert document_of(opened).stack.component("vLLM").effort_days.high == 50


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ten", "“ten” is not a number"),
        ("-4", "person-days from 0 to 100,000 are allowed"),
        ("9999999", "Low ≤ likely ≤ high is required"),
        ("", "A number is required"),
        ("nan", "is not a number"),
    ],
)
def test_a_bad_effort_is_said_beside_the_field_and_loses_nothing(
    opened: Window, typed: str, words: str
) -> None:
    click_component(opened, "vLLM")
    field = form_of(opened).effort
    before = document_of(opened).stack
    retype(field.editors[0], typed, then=None)
    if not typed:
        QTest.keyClick(field.editors[0], Qt.Key.Key_Backspace)
    assert words in field.problem.text()
    assert field.problem.isVisible()
    assert document_of(opened).stack == before
    QTest.keyClick(field.editors[0], Qt.Key.Key_Escape)
    assert not field.problem.isVisible()
    assert document_of(opened).stack == before
    low = before.component("vLLM").effort_days.low
    assert field.editors[0].text() == numbers.plain(low)


def test_escape_takes_back_all_that_was_typed(opened: Window, qtbot: QtBot) -> None:
    click_component(opened, "vLLM")
    field = form_of(opened).effort
    before, steps = document_of(opened).stack, document_of(opened).history.count()
    shown = field.editors[2].text()
    retype(field.editors[2], "123", then=None)
    QTest.keyClick(field.editors[2], Qt.Key.Key_Up)
    assert document_of(opened).stack.component("vLLM").effort_days.high == 124
    wait_for_forecast(opened, qtbot)
    QTest.keyClick(field.editors[2], Qt.Key.Key_Escape)
    assert document_of(opened).stack == before
    assert document_of(opened).history.count() == steps
    assert field.editors[2].text() == shown


def test_what_was_right_on_the_way_to_something_wrong_does_not_stay(
    opened: Window, qtbot: QtBot
) -> None:
    document_of(opened).select([])
    field = scenario_of(opened).removal
    before = document_of(opened).stack
    retype(field.editors[0], "9", then=None)
    assert document_of(opened).stack.scenario.removal_is_replacement.low == 0.09
    QTest.keyClicks(field.editors[0], "5")
    wait_for_forecast(opened, qtbot)
    assert field.editors[0].text() == "95"
    assert "Low ≤ likely ≤ high is required" in field.problem.text()
    assert document_of(opened).stack == before
    QTest.keyClick(field.editors[0], Qt.Key.Key_Return)
    assert document_of(opened).stack == before
    assert "Low ≤ likely ≤ high is required" in field.problem.text()
    QTest.keyClick(field.editors[0], Qt.Key.Key_Escape)
    assert field.editors[0].text() == "10"
    for editor, typed in zip(field.editors, ("95", "97", "99"), strict=True):
        retype(editor, typed, then=Qt.Key.Key_Tab)
    share = document_of(opened).stack.scenario.removal_is_replacement
    assert (share.low, share.likely, share.high) == (0.95, 0.97, 0.99)
    assert not field.problem.isVisible()


def test_a_name_that_stands_already_is_refused_beside_the_field(opened: Window) -> None:
    click_component(opened, "vLLM")
    field = form_of(opened).name
    retype(field.editor, "langchain")
    assert "stands twice" in field.problem.text()
    assert field.editor.text() == "langchain"
    assert document_of(opened).stack.component("vLLM")
    QTest.keyClick(field.editor, Qt.Key.Key_Escape)
    assert field.editor.text() == "vLLM"


@pytest.mark.parametrize("typed", ["2024-13", "yesterday", "24"])
def test_a_bad_date_is_said_beside_the_field(opened: Window, typed: str) -> None:
    click_component(opened, "vLLM")
    field = form_of(opened).since
    retype(field.editor, typed)
    assert field.problem.isVisible()
    retype(field.editor, "2024-05")
    assert not field.problem.isVisible()
    assert str(document_of(opened).stack.component("vLLM").in_use_since) == "2024-05"


def test_policy_and_cycle_are_chosen_from_what_is_known(opened: Window, qtbot: QtBot) -> None:
    click_component(opened, "PostgreSQL")
    form = form_of(opened)
    form.policy.editor.setFocus()
    QTest.keyClick(form.policy.editor, Qt.Key.Key_End)
    QTest.keyClick(form.policy.editor, Qt.Key.Key_Return)
    known = [form.cycle.editor.itemText(at) for at in range(form.cycle.editor.count())]
    assert known[0].startswith("Not set: ")
    assert known[0].endswith(" assumed")
    assert {"17", "16"} <= set(known)
    QTest.keyClicks(form.cycle.editor, "16")
    component = document_of(opened).stack.component("PostgreSQL")
    assert component.policy is UpgradePolicy.PINNED
    assert component.cycle == "16"
    wait_for_forecast(opened, qtbot)


def test_the_scenario_is_edited_where_nothing_is_selected(opened: Window, qtbot: QtBot) -> None:
    click_component(opened, "vLLM")
    QTest.keyClick(opened.workspace.compose.list, Qt.Key.Key_Escape)  # type: ignore[union-attr]
    assert document_of(opened).selected == ()
    form = scenario_of(opened)
    retype(form.horizon.editors[0], "8")
    assert document_of(opened).stack.scenario.horizon_years == 8
    retype(form.futures.editors[0], "1.5")
    assert "whole number" in form.futures.problem.text()
    retype(form.currency.editor, "euro")
    assert "three capital letters" in form.currency.problem.text().casefold()
    retype(form.currency.editor, "usd")
    assert document_of(opened).stack.scenario.currency == "USD"
    wait_for_forecast(opened, qtbot)


def test_a_force_dragged_is_one_step(opened: Window) -> None:
    document_of(opened).select([])
    slider = next(iter(scenario_of(opened).dials.values())).slider
    steps = document_of(opened).history.count()
    slider.setFocus()
    for _ in range(5):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert document_of(opened).history.count() == steps + 1
    assert document_of(opened).stack.scenario.forces.hardware_pace > 1
    press(opened, "Ctrl+Z")
    assert document_of(opened).stack.scenario.forces.hardware_pace == 1
    assert slider.value() == 0
