from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.driving import click_component, document_of, list_of, press, retype, wait_for_forecast
from stack_half_life.domain.forces import Force
from stack_half_life.domain.stack import OverriddenFigure, Override
from stack_half_life.gui.compose.model import Role
from stack_half_life.gui.inspector.component import ComponentPage
from stack_half_life.gui.shell.window import Window
from stack_half_life.services.exports import export_report

SUPPORT = OverriddenFigure.SUPPORT_YEARS


def page_of(window: Window, name: str) -> ComponentPage:
    """Select a component; its page in the inspector."""
    click_component(window, name)
    assert window.workspace is not None
    return window.workspace.inspector.component


def overrides_of(window: Window, name: str) -> tuple[Override, ...]:
    return document_of(window).stack.component(name).overrides


def test_a_figure_is_set_by_hand_with_a_reason_and_shown_wherever_it_acts(
    opened: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    field = page_of(opened, "vLLM").overrides.fields[SUPPORT]
    retype(field.years, "1.5")
    assert "reason is required" in field.problem.text()
    assert overrides_of(opened, "vLLM") == ()
    retype(field.reason, "the contract says so")
    assert not field.problem.text()
    expected = Override(figure=SUPPORT, value_years=1.5, reason="the contract says so")
    assert overrides_of(opened, "vLLM") == (expected,)
    wait_for_forecast(opened, qtbot)
    assert opened.workspace is not None
    model = list_of(opened).components
    row = model.row_of("vLLM")
    assert row is not None
    index = model.index(row)
    assert index.data(Role.CARD).is_by_hand
    assert "the contract says so" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "set by hand" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "the contract says so" in opened.workspace.timeline.view.accessibleDescription()
    assessment = document_of(opened).assessment
    assert assessment is not None
    report = tmp_path / "report.html"
    export_report(report, assessment, opened.session.caches.here())
    assert "the contract says so" in report.read_text(encoding="utf-8")
    press(opened, "Ctrl+Z")
    assert overrides_of(opened, "vLLM") == ()
    assert field.years.text() == field.reason.text() == ""


def test_emptying_the_years_gives_the_evidence_back(opened: Window) -> None:
    field = page_of(opened, "vLLM").overrides.fields[SUPPORT]
    retype(field.years, "2")
    retype(field.reason, "a guess")
    field.years.setFocus()
    QTest.keySequence(field.years, "Ctrl+A")
    QTest.keyClick(field.years, Qt.Key.Key_Delete)
    QTest.keyClick(field.years, Qt.Key.Key_Return)
    assert overrides_of(opened, "vLLM") == ()
    assert field.reason.text() == ""
    assert not field.problem.text()
    assert opened.menus.undo.text().startswith("Undo Evidence for support")


def test_nonsense_is_said_and_escape_takes_it_back(opened: Window) -> None:
    field = page_of(opened, "vLLM").overrides.fields[SUPPORT]
    for typed, words in (("soon", "not a number"), ("-1", "more than 0"), ("1e9", "at most 200")):
        retype(field.reason, "because")
        retype(field.years, typed)
        assert words in field.problem.text().lower()
        assert overrides_of(opened, "vLLM") == ()
    QTest.keyClick(field.years, Qt.Key.Key_Escape)
    assert field.years.text() == ""
    assert not field.problem.text()


def test_exposures_come_from_the_layer_until_they_are_edited(opened: Window) -> None:
    page = page_of(opened, "vLLM").exposures
    assert "assumption" in page.words.text()
    editor = page.fields[Force.RESEARCH_PACE].editors[0]
    assert editor.text() == "0.5"
    retype(editor, "-1.5")
    exposures = document_of(opened).stack.component("vLLM").exposures
    assert exposures is not None
    assert exposures.research_pace == -1.5
    assert exposures.optimisation == 1.0, "the others stay the layer's"
    assert "Set by you" in page.words.text()
    retype(editor, "3")
    assert page.fields[Force.RESEARCH_PACE].problem.text() == "At most 2 is allowed"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QTest.mouseClick(page.reset, Qt.MouseButton.LeftButton)
    assert document_of(opened).stack.component("vLLM").exposures is None
    press(opened, "Ctrl+Z")
    assert document_of(opened).stack.component("vLLM").exposures == exposures
