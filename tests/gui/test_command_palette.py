import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QMenu

from gui.driving import click_component, document_of, in_dialog, names_of, press
from stack_half_life.gui.palette.commands import ranked
from stack_half_life.gui.palette.dialog import CommandPalette, command_model
from stack_half_life.gui.palette.fuzzy import likeness
from stack_half_life.gui.shell.shortcuts import ShortcutsDialog
from stack_half_life.gui.shell.views import View
from stack_half_life.gui.shell.window import Window


def type_command(window: Window, text: str) -> list[str]:
    """Open the palette, type, press Enter; what was offered."""
    seen: list[str] = []

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, CommandPalette)
        QTest.keyClicks(dialog.text, text)
        model = dialog.commands
        seen.extend(str(model.index(row).data()) for row in range(model.rowCount()))
        QTest.keyClick(dialog.text, Qt.Key.Key_Return)
        if dialog.isVisible():
            QTest.keyClick(dialog.text, Qt.Key.Key_Escape)

    in_dialog(steps)
    press(window, "Ctrl+Shift+P")
    return seen


def test_a_few_letters_and_enter_do_it(opened: Window) -> None:
    assert type_command(opened, "evid")[0] == "Evidence"
    assert opened.views.current is View.EVIDENCE


def test_commands_act_on_the_selection_and_undo_works(opened: Window) -> None:
    before = names_of(opened)
    click_component(opened, "vLLM")
    assert type_command(opened, "del comp")[0] == "Delete component"
    assert "vLLM" not in names_of(opened)
    assert type_command(opened, "undo")[0].startswith("Undo")
    assert names_of(opened) == before


def test_choices_within_menus_are_found(opened: Window) -> None:
    type_command(opened, "colours dark")
    assert opened.session.theme.colours.is_dark


def test_what_cannot_be_done_now_is_not_offered(window: Window) -> None:
    assert not any("Save" in title for title in type_command(window, "save"))
    assert not window.workspaces


def test_nothing_found_is_said_and_changes_nothing(opened: Window) -> None:
    before = document_of(opened).stack
    assert type_command(opened, "zzqx") == []
    assert document_of(opened).stack == before


def test_the_palette_and_f1_come_from_the_menus(opened: Window) -> None:
    commands = opened.menus.commands()
    titles = {each.title for each in commands}
    for menu in opened.menuBar().actions():
        inside = menu.menu()
        assert isinstance(inside, QMenu)
        for action in inside.actions():
            if not action.isSeparator() and action.menu() is None:
                assert action.text().partition("\t")[0].replace("&", "") in titles
    listed: list[str] = []

    def steps(dialog: QDialog) -> None:
        assert isinstance(dialog, ShortcutsDialog)
        listed.append(dialog.text.text())
        dialog.reject()

    in_dialog(steps)
    press(opened, "F1")
    for command in commands:
        if command.keys:
            assert command.title.rstrip("…") in listed[0]


def test_keys_are_given_to_one_command_each(opened: Window) -> None:
    keys = [key for each in opened.menus.commands() for key in each.keys.split(", ") if key]
    assert sorted(keys) == sorted(set(keys))


def test_the_model_is_sound(opened: Window) -> None:
    model = command_model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    commands = opened.menus.commands()
    model.show_entries(commands)
    model.show_entries(ranked(commands, "stack"))
    assert 0 < model.rowCount() < len(commands)


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("sa", "Save as…", "Next stack"),
        ("exp rep", "Export report…", "Open recent"),
        ("nst", "New stack", "Switch light and dark"),
    ],
)
def test_beginnings_of_words_count_for_more(typed: str, better: str, worse: str) -> None:
    high, low = likeness(typed, better), likeness(typed, worse)
    assert high is not None
    assert low is None or high > low


def test_letters_out_of_order_are_no_answer() -> None:
    assert likeness("evas", "Save") is None
    assert likeness("", "Save") == 0
