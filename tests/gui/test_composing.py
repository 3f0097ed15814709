from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui.driving import (
    click_component,
    document_of,
    in_dialog,
    list_of,
    names_of,
    press,
    retype,
    wait_for_forecast,
)
from stack_half_life.domain.layers import Layer
from stack_half_life.gui.compose.model import MOVED_TYPE
from stack_half_life.gui.compose.search import SearchDialog, hit_model
from stack_half_life.gui.panels.entries import ENTRY
from stack_half_life.gui.shell.window import Window


def test_a_component_is_added_by_typing_arrows_and_enter(window: Window, qtbot: QtBot) -> None:
    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, SearchDialog)
        QTest.keyClicks(dialog.text, "postgres")
        assert dialog.hits.rowCount() > 1
        first = dialog.view.currentIndex().data()
        QTest.keyClick(dialog.text, Qt.Key.Key_Down)
        assert dialog.view.currentIndex().data() != first
        QTest.keyClick(dialog.text, Qt.Key.Key_Up)
        QTest.keyClick(dialog.text, Qt.Key.Key_Return)
        QTest.keyClicks(dialog.text, "vllm")
        QTest.keyClick(dialog.text, Qt.Key.Key_Return)
        QTest.keyClick(dialog.text, Qt.Key.Key_Escape)

    in_dialog(steps)
    press(window, "Ctrl+K")
    wait_for_forecast(window, qtbot)
    components = document_of(window).stack.components
    assert [each.profile for each in components] == ["postgresql", "vllm"]
    assert document_of(window).selected == (components[1].name,)


def test_an_unknown_technology_is_added_and_marked(window: Window, qtbot: QtBot) -> None:
    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, SearchDialog)
        QTest.keyClicks(dialog.text, "House engine §$%")
        hit = dialog.view.currentIndex().data(ENTRY)
        assert not hit.is_known
        QTest.keyClick(dialog.text, Qt.Key.Key_Return)
        assert names_of(window) == []
        assert "Enter again takes it without evidence" in dialog.words.text()
        QTest.keyClick(dialog.text, Qt.Key.Key_Return)
        QTest.keyClick(dialog.text, Qt.Key.Key_Escape)

    in_dialog(steps)
    press(window, "Ctrl+K")
    wait_for_forecast(window, qtbot)
    assert document_of(window).stack.components[0].profile == "house-engine"


def test_the_adding_key_begins_the_next_name_in_the_open_dialog(
    window: Window, qtbot: QtBot
) -> None:
    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, SearchDialog)
        for name in ("spring bo", "postgresql", "kafka"):
            QTest.keySequence(dialog.text, "Ctrl+K")
            QTest.keyClicks(dialog.text, name)
            QTest.keyClick(dialog.text, Qt.Key.Key_Return)
        QTest.keyClick(dialog.text, Qt.Key.Key_Escape)

    in_dialog(steps)
    press(window, "Ctrl+K")
    wait_for_forecast(window, qtbot)
    profiles = {each.profile for each in document_of(window).stack.components}
    assert profiles == {"spring-boot", "postgresql", "apache-kafka"}


def test_deleting_asks_nothing_and_can_be_undone(opened: Window) -> None:
    before = names_of(opened)
    click_component(opened, "vLLM")
    QTest.keyClick(list_of(opened), Qt.Key.Key_Delete)
    assert "vLLM" not in names_of(opened)
    assert document_of(opened).selected
    press(opened, "Ctrl+Z")
    assert names_of(opened) == before


def test_copy_and_paste_between_stacks(opened: Window, qtbot: QtBot) -> None:
    click_component(opened, "LangChain")
    QTest.keyClick(list_of(opened), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    opened.show_stack(document_of(opened).stack.model_copy(update={"name": "Other"}))
    wait_for_forecast(opened, qtbot)
    list_of(opened).setFocus()
    QTest.keyClick(list_of(opened), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "LangChain 2" in names_of(opened)
    assert document_of(opened).stack.component("LangChain 2").effort_days.likely == 30


def test_pasting_junk_changes_nothing_and_says_why(opened: Window) -> None:
    before = document_of(opened).stack
    clipboard = opened.session.parent().clipboard()  # type: ignore[union-attr]
    clipboard.setText("not = [toml")
    list_of(opened).setFocus()
    QTest.keyClick(list_of(opened), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert document_of(opened).stack == before
    assert opened.status.currentMessage() == "Nothing pasted: the clipboard holds no components"
    click_component(opened, "vLLM")
    QTest.keyClick(list_of(opened), Qt.Key.Key_Delete)
    assert opened.status.currentMessage() == "", "words on one step do not stand over the next"


def test_duplicate_and_move(opened: Window) -> None:
    click_component(opened, "vLLM")
    QTest.keyClick(list_of(opened), Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert document_of(opened).selected == ("vLLM 2",)
    QTest.keyClick(list_of(opened), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(list_of(opened), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert document_of(opened).selected == ("vLLM 3",)
    press(opened, "Ctrl+Z")
    click_component(opened, "vLLM 2")
    QTest.keyClick(list_of(opened), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    names = names_of(opened)
    assert names.index("vLLM 2") < names.index("vLLM")


def test_keys_pass_the_names_of_layers_by(opened: Window) -> None:
    names = names_of(opened)
    click_component(opened, names[0])
    for _ in names[1:]:
        QTest.keyClick(list_of(opened), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert set(document_of(opened).selected) == set(names)
    click_component(opened, names[0])
    QTest.keyClick(list_of(opened), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert "Not moved" in opened.status.currentMessage()


def test_a_drop_asks_for_a_move_and_undo_takes_it_back(opened: Window) -> None:
    model = list_of(opened).components
    row = model.row_of("LangChain")
    assert row is not None
    data = model.mimeData([model.index(row)])
    assert data.hasFormat(MOVED_TYPE)
    target = model.row_of("vLLM")
    assert target is not None
    root = model.index(-1)
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, target, 0, root)
    assert document_of(opened).stack.component("LangChain").layer is Layer.SERVING
    assert names_of(opened).index("LangChain") < names_of(opened).index("vLLM")
    press(opened, "Ctrl+Z")
    assert document_of(opened).stack.component("LangChain").layer is Layer.APP_FRAMEWORK


def test_selecting_in_the_list_selects_everywhere(opened: Window) -> None:
    click_component(opened, "PostgreSQL")
    workspace = opened.workspace
    assert workspace is not None
    assert workspace.inspector.title.text() == "PostgreSQL"
    assert "PostgreSQL" in workspace.timeline.view.accessibleDescription()
    area = workspace.timeline.view.row_area("vLLM")
    QTest.mouseClick(
        workspace.timeline.view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        area.center().toPoint(),
    )
    assert document_of(opened).selected == ("vLLM",)
    assert [index.data() for index in list_of(opened).selectedIndexes()] == ["vLLM"]
    QTest.keyClick(workspace.timeline.view, Qt.Key.Key_Down)
    assert document_of(opened).selected == ("House engine",)


def test_renaming_follows_the_selection(opened: Window) -> None:
    click_component(opened, "vLLM")
    QTest.keyClick(list_of(opened), Qt.Key.Key_F2)
    workspace = opened.workspace
    assert workspace is not None
    retype(workspace.inspector.component.form.name.editor, "Serving engine")
    assert document_of(opened).selected == ("Serving engine",)
    assert opened.menus.undo.text() == "Undo Rename of vLLM"


def test_the_models_are_sound(opened: Window, qtbot: QtBot) -> None:
    QAbstractItemModelTester(
        list_of(opened).components, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    hits = hit_model()
    QAbstractItemModelTester(hits, QAbstractItemModelTester.FailureReportingMode.Warning)
    hits.show_entries(opened.session.search("py"))
    click_component(opened, "vLLM")
    QTest.keyClick(list_of(opened), Qt.Key.Key_Delete)
    press(opened, "Ctrl+Z")
    wait_for_forecast(opened, qtbot)
    assert list_of(opened).components.rowCount() == 8
