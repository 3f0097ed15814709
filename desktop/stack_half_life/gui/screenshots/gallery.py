"""A walk through the window, with a picture of every view and dialog."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from stack_half_life.domain import edits
from stack_half_life.domain.stack import OverriddenFigure, Override
from stack_half_life.gui.compare.panel import ComparePanel
from stack_half_life.gui.documents.autosave import LeftOver
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.evidence.additions import AdditionsDialog
from stack_half_life.gui.evidence.harvested import HarvestDialog
from stack_half_life.gui.importing.dialog import ImportDialog
from stack_half_life.gui.palette.dialog import CommandPalette
from stack_half_life.gui.screenshots.album import Album, wait_until
from stack_half_life.gui.screenshots.repository import made_repository
from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.shell.shortcuts import ShortcutsDialog
from stack_half_life.gui.shell.views import View
from stack_half_life.gui.shell.window import Window
from stack_half_life.gui.shell.workspace import Workspace
from stack_half_life.paths import EXAMPLES
from stack_half_life.store.stack_files import write_stack
from stack_half_life.store.unsaved import UnsavedStack

_CRASHED_AT = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)
_MANIFEST = "django==5.2\npsycopg==3.2\nour-own-billing==4.1\nhouse-templates==0.9\n"

Kind = TypeVar("Kind", bound=QDialog)


class Gallery:
    """Shows what a person can see, one thing after another."""

    def __init__(self, session: Session, album: Album, home: Path) -> None:
        self._session = session
        self._album = album
        self._home = home
        self._window = Window(session)
        self._window.resize(1440, 900)
        self._window.show()

    def make(self) -> None:
        """Take all pictures."""
        self._show_first_screen()
        self._window.views.show(View.COMPARE)
        self._take("compare-nothing-open")
        self._window.views.show(View.FORECAST)
        for path in sorted(EXAMPLES.glob("*.toml")):
            self._window.open_template(path)
            self._wait_for_forecast()
            self._take(f"forecast-{path.stem}")
        self._window.bring_forward(1)
        self._show_forecast()
        self._show_component()
        self._show_other_views()
        self._show_dialogs()
        self._show_changed_file()
        self._window.hide()

    @property
    def _workspace(self) -> Workspace:
        workspace = self._window.workspace
        assert workspace is not None
        return workspace

    @property
    def _document(self) -> StackDocument:
        return self._workspace.document

    def _take(self, name: str) -> None:
        self._album.take(name, self._window)

    def _show_first_screen(self) -> None:
        self._take("start")
        paths = sorted(EXAMPLES.glob("*.toml"))[:2]
        stacks = [stack for _path, stack in self._window.files.templates()]
        left = [
            LeftOver(path, UnsavedStack(stack=stack, path=path), _CRASHED_AT)
            for path, stack in zip(paths, stacks, strict=False)
        ]
        self._window.recovery.offer(left)
        self._take("recovery")
        self._window.recovery.hide()

    def _show_forecast(self) -> None:
        self._take("scenario")
        cost = self._workspace.cost
        for at, name in enumerate(("fan", "by-kind", "by-layer", "by-component")):
            cost.segments.choose(at)
            self._take(f"cost-{name}")
        cost.segments.choose(0)

    def _show_component(self) -> None:
        document = self._document
        name = document.stack.components[3].name
        override = Override(
            figure=OverriddenFigure.SUPPORT_YEARS, value_years=3, reason="promised by our vendor"
        )
        document.edit(
            edits.with_component_changed(document.stack, name, overrides=(override,)), "Override"
        )
        document.select([name])
        self._wait_for_forecast()
        component = self._workspace.inspector.component
        for at, tab in enumerate(("fields", "evidence", "neighbours")):
            component.segments.choose(at)
            self._take(f"component-{tab}")
        component.segments.choose(0)
        self._album.take("component-overrides", component.overrides)
        self._album.take("component-forces", component.exposures)

    def _show_other_views(self) -> None:
        views = self._window.views
        views.show(View.LAYERS)
        wait_until(lambda: self._session.reference is not None)
        layers = self._workspace.layers
        assert layers is not None
        for at, clock in enumerate(("breaking", "any-release", "support", "in-manifests")):
            layers.segments.choose(at)
            self._take(f"layers-{clock}")
        views.show(View.COMPARE)
        wait_until(lambda: views.compare is not None and views.compare.is_complete)
        self._take("compare")
        self._show_near_stacks()
        views.show(View.EVIDENCE)
        self._take("evidence")
        self._show_harvest()
        views.show(View.TRACK_RECORD)
        self._take("track-record-before")
        assert views.track_record is not None
        views.track_record.run.click()
        wait_until(lambda: views.track_record is not None and views.track_record.is_complete)
        self._take("track-record")
        views.show(View.FORECAST)

    def _show_near_stacks(self) -> None:
        """Compare a stack with a slightly other one, where all labels come close."""
        stack = self._document.stack
        names = [each.name for each in stack.components]
        self._window.show_stack(
            edits.changed(edits.without_components(stack, names[-1:]), name="Almost the same")
        )
        self._wait_for_forecast()
        self._window.views.show(View.COMPARE)
        compare = self._window.views.compare
        assert isinstance(compare, ComparePanel)
        compare.pick_a.setCurrentIndex(1)
        compare.pick_b.setCurrentIndex(3)
        compare.pick_b.activated.emit(3)
        wait_until(lambda: compare.is_complete)
        self._take("compare-near")

    def _show_harvest(self) -> None:
        """Harvest a small repository made here, and add it."""
        panel = self._window.views.evidence.panel
        assert panel is not None
        panel.harvest_wanted.emit(made_repository(self._home / "shop"))
        dialog = self._dialog(HarvestDialog)
        self._album.take("harvest-found", dialog)
        dialog.add.click()
        wait_until(dialog.take_out.isVisible)
        self._album.take("harvest-learnt", dialog)
        dialog.close()
        panel.additions.click()
        additions = self._dialog(AdditionsDialog)
        wait_until(additions.remove.isEnabled)
        self._show_dialog("additions", additions)

    def _dialog(self, kind: type[Kind]) -> Kind:
        wait_until(lambda: isinstance(QApplication.activeModalWidget(), kind))
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        return found

    def _show_dialogs(self) -> None:
        window = self._window
        search = window.searching.dialog(stays_open=True)
        search.text.setText("pyt")
        palette = CommandPalette(self._session.theme, window.menus.commands(), parent=window)
        palette.text.setText("comp")
        keys = ShortcutsDialog(window.menus.commands(), window)
        for name, dialog in (("search", search), ("palette", palette), ("shortcuts", keys)):
            self._show_dialog(name, dialog)
        manifest = self._home / "requirements.txt"
        manifest.write_text(_MANIFEST, encoding="utf-8")
        window.importing.propose([manifest])
        self._show_dialog("import", self._dialog(ImportDialog))

    def _show_changed_file(self) -> None:
        """Open a file, let another program change it, and save over it."""
        window, path = self._window, self._home / "changed.toml"
        stack = self._document.stack
        write_stack(stack, path)
        window.open_path(path)
        self._wait_for_forecast()
        write_stack(edits.changed(stack, note="Changed by another program."), path)
        window.reloading.look()
        self._document.edit(edits.changed(stack, note="Changed here."), "Change note")
        self._wait_for_forecast()
        self._take("changed-on-disk")
        window.reloading.keep.click()
        QTimer.singleShot(0, self._take_question)
        window.menus.save.trigger()
        self._document.history.setClean()

    def _take_question(self) -> None:
        box = self._dialog(QMessageBox)
        self._album.take("changed-on-disk-saving", box)
        box.reject()

    def _show_dialog(self, name: str, dialog: QDialog) -> None:
        dialog.show()
        self._album.take(name, dialog)
        dialog.close()

    def _wait_for_forecast(self) -> None:
        document = self._document
        wait_until(
            lambda: (
                document.assessment is not None
                and not document.is_preview
                and document.assessment.stack == document.stack
            )
        )
