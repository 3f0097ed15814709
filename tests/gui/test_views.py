from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import made_values
from gui.driving import (
    click_component,
    document_of,
    list_of,
    names_of,
    press,
    wait_for_forecast,
)
from stack_half_life.domain import edits
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Stack
from stack_half_life.domain.track_record import (
    Interval,
    ReliabilityPoint,
    Score,
    TargetRecord,
    TrackRecord,
)
from stack_half_life.gui import numbers
from stack_half_life.gui.compare.panel import ComparePanel
from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.shell.window import Window
from stack_half_life.store.cache import ProfileCache

WARNING = QAbstractItemModelTester.FailureReportingMode.Warning


def few_components(name: str, *keys: str) -> Stack:
    scenario = {"futures": 200, "horizon_years": 3.0}
    components = [made_values.made_component(key, Layer.DATA_STORE) for key in keys]
    return Stack.model_validate({"name": name, "components": components, "scenario": scenario})


def comparing(window: Window, qtbot: QtBot) -> ComparePanel:
    """Two stacks opened and compared by the real engine."""
    window.show_stack(few_components("First", "PostgreSQL", "Redis"))
    window.show_stack(few_components("Second", "PostgreSQL", "MySQL"))
    wait_for_forecast(window, qtbot)
    press(window, "Ctrl+3")
    panel = window.views.compare
    assert panel is not None
    qtbot.waitUntil(lambda: panel.is_complete, timeout=30_000)
    return panel


def test_a_discount_rate_changes_the_money_above_the_charts_alone(
    window: Window, qtbot: QtBot
) -> None:
    stack = few_components("Discounted", "PostgreSQL", "Redis")
    shown = []
    for rate in (0.0, 0.3):
        window.show_stack(edits.with_scenario_changed(stack, discount_rate_per_year=rate))
        wait_for_forecast(window, qtbot)
        assert window.workspace is not None
        headline, assessment = window.workspace.headline, document_of(window).assessment
        assert assessment is not None
        worth = assessment.forecast.total_present_days.p50 * stack.scenario.day_rate
        assert headline.value("money") == numbers.money(worth, "EUR")
        shown.append((headline.value("total"), headline.value("money")))
    (days, money), (days_then, money_then) = shown
    assert days == days_then
    assert money != money_then


def test_two_stacks_are_compared_over_the_same_futures(window: Window, qtbot: QtBot) -> None:
    panel = comparing(window, qtbot)
    assert panel.figures.value("chance").endswith("%")
    rows = [panel.model.index(at, 0).data() for at in range(panel.model.rowCount())]
    assert set(rows) == {"PostgreSQL", "Redis", "–"}
    listed = [panel.differences.item(at).text() for at in range(panel.differences.count())]
    assert listed == ["Only in A: Redis", "Only in B: MySQL"]
    assert "median" in panel.fan.accessibleDescription()
    QAbstractItemModelTester(panel.model, WARNING)


def test_what_differs_is_copied_as_tab_separated_text(window: Window, qtbot: QtBot) -> None:
    panel = comparing(window, qtbot)
    panel.differences.setFocus()
    QTest.keyClick(panel.differences, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert lines == ["Only in A\tRedis", "Only in B\tMySQL"]


def test_swapping_turns_the_difference_round(window: Window, qtbot: QtBot) -> None:
    panel = comparing(window, qtbot)
    before = panel.figures.value("a")
    QTest.mouseClick(panel.swap, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.is_complete, timeout=30_000)
    assert panel.figures.value("b") == before


def test_a_component_is_copied_across_and_undone(window: Window, qtbot: QtBot) -> None:
    panel = comparing(window, qtbot)
    at = [panel.model.row(row).b for row in range(panel.model.rowCount())].index("MySQL")
    panel.table.selectRow(at)
    QTest.mouseClick(panel.to_a, Qt.MouseButton.LeftButton)
    other = next(each.document for each in window.workspaces if each.document.title == "First")
    assert [each.name for each in other.stack.components] == ["PostgreSQL", "Redis", "MySQL"]
    assert document_of(window) is other
    assert "Copied MySQL into First" in window.status.currentMessage()
    press(window, "Ctrl+Z")
    assert len(other.stack.components) == 2
    assert panel.pair()[0] is other
    qtbot.waitUntil(lambda: panel.is_complete, timeout=30_000)
    panel.table.selectRow(
        [panel.model.row(row).b for row in range(panel.model.rowCount())].index("MySQL")
    )
    assert panel.to_a.isEnabled()
    assert not panel.to_b.isEnabled()
    assert "in A" in panel.to_b.toolTip()


def test_a_table_is_copied_as_tab_separated_text(window: Window, qtbot: QtBot) -> None:
    panel = comparing(window, qtbot)
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "In A\tIn B\tB − A\tP10–P90"
    assert len(lines) == 1 + panel.model.rowCount()


def test_comparing_one_stack_offers_ways_to_a_second(opened: Window) -> None:
    press(opened, "Ctrl+3")
    panel = opened.views.compare
    assert panel is not None
    title = document_of(opened).title
    assert title in panel.invitation.head.text()
    QTest.mouseClick(panel.invitation.examples[0], Qt.MouseButton.LeftButton)
    assert panel.isVisible()
    assert panel.pick_a.currentText() == title
    assert panel.pick_b.currentText() == panel.invitation.examples[0].text()


def test_a_copy_is_changed_and_compared_with_the_stack_it_came_from(
    opened: Window, qtbot: QtBot
) -> None:
    press(opened, "Ctrl+3")
    panel = opened.views.compare
    assert panel is not None
    title = document_of(opened).title
    panel.invitation.copy.setFocus()
    QTest.keyClick(panel.invitation.copy, Qt.Key.Key_Space)
    assert document_of(opened).title == f"{title} – variant"
    wait_for_forecast(opened, qtbot)
    click_component(opened, "vLLM")
    QTest.keyClick(list_of(opened), Qt.Key.Key_Delete)
    press(opened, "Ctrl+3")
    qtbot.waitUntil(lambda: panel.is_complete, timeout=60_000)
    assert (panel.pick_a.currentText(), panel.pick_b.currentText()) == (title, f"{title} – variant")
    assert panel.differences.item(0).text() == "Only in A: vLLM"


def test_with_nothing_open_compare_leads_to_two_examples(window: Window) -> None:
    press(window, "Ctrl+3")
    panel = window.views.compare
    assert panel is not None
    assert "No stack is open" in panel.invitation.head.text()
    for button in panel.invitation.examples[:2]:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    picked = [pick.currentText() for pick in (panel.pick_a, panel.pick_b)]
    assert picked == [button.text() for button in panel.invitation.examples[:2]]


def test_the_stack_turned_to_is_compared(window: Window, qtbot: QtBot) -> None:
    panel = comparing(window, qtbot)
    window.show_stack(few_components("Third", "Redis"))
    assert (panel.pick_a.currentText(), panel.pick_b.currentText()) == ("First", "Third")
    window.tabs.setCurrentIndex(1)
    assert (panel.pick_a.currentText(), panel.pick_b.currentText()) == ("First", "Second")
    window.tabs.setCurrentIndex(0)
    assert (panel.pick_a.currentText(), panel.pick_b.currentText()) == ("First", "Second")


def test_layers_shows_the_stack_over_the_clouds(opened: Window, qtbot: QtBot) -> None:
    press(opened, "Ctrl+2")
    assert opened.workspace is not None
    layers = opened.workspace.layers
    assert layers is not None
    qtbot.waitUntil(lambda: opened.session.reference is not None, timeout=240_000)
    assert "PostgreSQL:" in layers.plot.accessibleDescription()
    assert "shortest" in layers.words.text()
    before = layers.words.text()
    layers.segments.choose(2)
    assert layers.words.text() != before
    press(opened, "Ctrl+1")
    assert opened.workspace.middle.currentIndex() == 0


def test_the_evidence_is_filtered_and_looked_into(window: Window) -> None:
    press(window, "Ctrl+4")
    panel = window.views.evidence.panel
    assert panel is not None
    everything = panel.model.rowCount()
    assert everything > 400
    panel.text.setFocus()
    QTest.keyClicks(panel.text, "postgresql")
    assert 0 < panel.model.rowCount() < everything
    assert "PostgreSQL" in panel.profile_panel.title.text()
    assert "Sources" in panel.details.text.text()
    QTest.keyClicks(panel.text, " xyzzy")
    assert panel.model.rowCount() == 0
    assert panel.profile_panel.title.text() == "Nothing found"
    panel.text.clear()
    panel.layer.setFocus()
    QTest.keyClick(panel.layer, Qt.Key.Key_End)
    assert 0 < panel.model.rowCount() < everything
    QAbstractItemModelTester(panel.model, WARNING)


def test_product_files_are_imported_into_the_cache(
    qtbot: QtBot, make_session: Callable[..., Session], tmp_path: Path
) -> None:
    session = make_session(cache=tmp_path / "own.sqlite")
    window = Window(session)
    qtbot.addWidget(window)
    window.show()
    press(window, "Ctrl+4")
    panel = window.views.evidence.panel
    assert panel is not None
    folder = tmp_path / "products"
    folder.mkdir()
    (folder / "house-engine.md").write_text(
        "---\ntitle: House engine\ncategory: framework\npermalink: /house-engine\n"
        'releases:\n  - releaseCycle: "2"\n    releaseDate: 2025-05-01\n    eol: 2027-05-01\n'
        '  - releaseCycle: "1"\n    releaseDate: 2023-05-01\n    eol: 2025-11-01\n---\n',
        encoding="utf-8",
    )
    panel.files_wanted.emit(folder)
    qtbot.waitUntil(lambda: "renewed" in panel.state.text(), timeout=20_000)
    QTest.keyClicks(panel.text, "house engine")
    assert panel.model.rowCount() == 1
    with ProfileCache.open(session.caches.path) as cache:
        assert cache.profile("house-engine").is_matched


def test_a_task_that_fails_says_so_and_leaves_everything(window: Window, qtbot: QtBot) -> None:
    press(window, "Ctrl+4")
    panel = window.views.evidence.panel
    assert panel is not None
    panel.harvest_wanted.emit(Path("/nowhere/at/all"))
    qtbot.waitUntil(lambda: "Not done" in panel.state.text(), timeout=20_000)
    assert panel.refresh.isEnabled()


def test_manifests_of_known_technologies_become_a_stack_at_once(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text("torch==2.4\ndjango==5.2\n", encoding="utf-8")
    window.open_path(path)
    qtbot.waitUntil(lambda: bool(window.workspaces), timeout=20_000)
    wait_for_forecast(window, qtbot)
    assert len(names_of(window)) == 2
    assert document_of(window).path is None


def test_the_track_record_waits_to_be_asked_and_can_be_stopped(window: Window) -> None:
    press(window, "Ctrl+5")
    panel = window.views.track_record
    assert panel is not None
    QTest.mouseClick(panel.run, Qt.MouseButton.LeftButton)
    assert panel.stop.isVisible()
    QTest.mouseClick(panel.stop, Qt.MouseButton.LeftButton)
    assert "Stopped" in panel.state.text()
    assert panel.run.isEnabled()


def made_record() -> TrackRecord:
    """A backtest of one target, made up."""
    interval = Interval(low=90.0, high=110.0)

    def score(crps: float) -> Score:
        return Score(
            crps_days=crps,
            crps_interval_days=interval,
            skill_vs_climatology=0.21,
            skill_interval=Interval(low=0.17, high=0.24),
            skill_vs={},
            brier_by_months={12: 0.136},
            coverage_by_percent={50: 0.5, 80: 0.82, 90: 0.9},
            pit_deciles=(0.1,) * 10,
            n=5158,
            products=348,
        )

    points = tuple(
        ReliabilityPoint(months=12, forecast=at / 10, observed=at / 10, n=100)
        for at in range(1, 10)
    )
    target = TargetRecord(
        target="release_any",
        what="days to the next release cycle",
        first_origin=made_values.AS_OF,
        last_origin=made_values.AS_OF,
        scores={"model": score(100.0), "climatology": score(130.0)},
        reliability=(*points, ReliabilityPoint(months=12, forecast=0.0, observed=1.0, n=3)),
    )
    inside = target.model_copy(update={"scores": {"model": score(80.0), "climatology": score(90)}})
    target = target.model_copy(update={"by_layer": {Layer.SERVING: inside}})
    return TrackRecord(
        is_frozen=False, data_until=made_values.AS_OF, data_hash="0", targets=(target,)
    )


def test_a_finished_backtest_is_a_picture(window: Window) -> None:
    press(window, "Ctrl+5")
    panel = window.views.track_record
    assert panel is not None
    panel.show_record(made_record())
    assert panel.figures.value("skill") == "0.21"
    assert panel.figures.value("coverage") == "82 %"
    assert "12 months: forecast 50 %, came 50 %" in panel.reliability.accessibleDescription()
    lengths = [len(each.getData()[0]) for each in panel.reliability.listDataItems()]
    assert sorted(lengths) == [2, 9, 10], "diagonal, line, dots: three cases are no line"
    assert "climatology: CRPS 130 days" in panel.skill.accessibleDescription()


def test_the_track_record_is_told_by_layer(window: Window) -> None:
    press(window, "Ctrl+5")
    panel = window.views.track_record
    assert panel is not None
    panel.show_record(made_record())
    panel.pictures.button(1).setFocus()
    QTest.keyClick(panel.pictures.button(1), Qt.Key.Key_Space)
    assert panel.by_layer.isVisible()
    assert "Serving: skill 0.21" in panel.by_layer.accessibleDescription()
    panel.layer.setFocus()
    QTest.keyClick(panel.layer, Qt.Key.Key_Down)
    assert panel.layer.currentText() == "Serving"
    assert "this program: CRPS 80 days" in panel.skill.accessibleDescription()
    QTest.keyClick(panel.layer, Qt.Key.Key_Up)
    assert "this program: CRPS 100 days" in panel.skill.accessibleDescription()
