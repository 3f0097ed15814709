import pytest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from gui.driving import click_component, document_of, wait_for_forecast
from stack_half_life.domain import edits
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Component, Stack
from stack_half_life.gui.inspector.component import ComponentPage
from stack_half_life.gui.shell.window import Window


def page_of(window: Window) -> ComponentPage:
    assert window.workspace is not None
    return window.workspace.inspector.component


def area_of(widget: QWidget) -> QScrollArea:
    parent = widget.parentWidget()
    while not isinstance(parent, QScrollArea):
        assert parent is not None
        parent = parent.parentWidget()
    return parent


@pytest.mark.parametrize("width", [1280, 1440])
def test_a_long_name_pushes_no_field_out_of_the_panel(
    opened: Window, qtbot: QtBot, width: int
) -> None:
    opened.resize(width, 800)
    name = "spring bopostgresqlkafkajavaspringbootkubernetesangularpostgresql"
    long = Component(name=name, profile=name, layer=Layer.APPLICATION)
    document = document_of(opened)
    document.edit(edits.with_components_added(document.stack, [long]), "Add")
    wait_for_forecast(opened, qtbot)
    click_component(opened, name)
    form = page_of(opened).form
    room = area_of(form).viewport().rect()

    def fits() -> None:
        shown = [each for each in form.findChildren(QLineEdit) if each.isVisible()]
        assert len(shown) > 6
        for editor in shown:
            right = editor.mapTo(area_of(form).viewport(), editor.rect().topRight())
            assert right.x() <= room.right()

    qtbot.waitUntil(fits)
    assert form.profile.text() != name
    assert name in form.profile.toolTip()
    assert form.profile.accessibleName() == f"Technology: {name}"


def test_forces_that_touch_nothing_are_named(opened: Window) -> None:
    assert opened.workspace is not None
    scenario = opened.workspace.inspector.scenario
    document = document_of(opened)
    lone = Component(name="PostgreSQL", profile="postgresql", layer=Layer.DATA_STORE)
    document.edit(edits.changed(Stack(), components=(lone,)), "Alone")
    assert "answers to: Hardware pace" in scenario.idle.text()
    hardware = Component(name="GPU", profile="nvidia-gpu-architecture", layer=Layer.HARDWARE)
    document.edit(edits.with_components_added(document.stack, [hardware]), "Add")
    assert "Hardware pace" not in scenario.idle.text()


def test_the_list_of_neighbours_shows_its_rows_without_scrolling(
    opened: Window, qtbot: QtBot
) -> None:
    opened.resize(1440, 900)
    click_component(opened, "vLLM")
    page = page_of(opened)
    page.segments.choose(2)
    table = page.neighbours.table
    assert table.model().rowCount() > 0
    qtbot.waitUntil(lambda: table.isVisible() and table.verticalScrollBar().maximum() == 0)
    told = page.neighbours.arrows.text()
    assert "the neighbour forces work on vLLM" in told
