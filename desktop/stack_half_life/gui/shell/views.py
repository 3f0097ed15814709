"""The views of a window beside the forecast: layers, compare, evidence, track record."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from stack_half_life.domain.progress import OnProgress
from stack_half_life.domain.stack import Stack
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.panels.segments import Segments
from stack_half_life.gui.shell.evidence_tasks import EvidenceTasks
from stack_half_life.gui.shell.frame import Frame
from stack_half_life.gui.worker.lane import Publish

if TYPE_CHECKING:
    from stack_half_life.gui.compare.panel import ComparePanel
    from stack_half_life.gui.shell.session import Session
    from stack_half_life.gui.track_record.panel import TrackRecordPanel
    from stack_half_life.services.reference import ReferencePoint


class View(IntEnum):
    """What the window shows; the value is the button's place."""

    FORECAST = 0
    LAYERS = 1
    COMPARE = 2
    EVIDENCE = 3
    TRACK_RECORD = 4


TITLES = ("Forecast", "Layers", "Compare", "Evidence", "Track record")


class Views(QObject):
    """Builds each view when it is first wanted and keeps it in step with what it shows."""

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame)
        self._frame = frame
        self._session = session
        self.switch = Segments("View", list(TITLES))
        self.switch.chosen.connect(self._show_chosen)
        self.compare: ComparePanel | None = None
        self.track_record: TrackRecordPanel | None = None
        self.evidence = EvidenceTasks(frame, session)
        self._keys = {name: f"{name}-{id(self)}" for name in ("compare", "reference", "backtest")}
        session.forecasts.answered.connect(self._take)
        session.forecasts.failed.connect(self._take_problem)
        session.tasks.answered.connect(self._take)
        session.tasks.failed.connect(self._take_problem)
        session.tasks.progressed.connect(self._take_progress)

    @property
    def current(self) -> View:
        """The view shown."""
        return View(self.switch.current)

    def show(self, view: View) -> None:
        """Turn to a view."""
        if self.current is view:
            self._show_chosen(view)
        self.switch.choose(view)

    def page(self) -> QWidget | None:
        """The page of the view shown; None where it needs an open stack and none is."""
        if self.current is View.COMPARE:
            return self._compare_page()
        if self.current is View.EVIDENCE:
            return self.evidence.page()
        if self.current is View.TRACK_RECORD:
            return self._track_record_page()
        workspace = self._frame.workspace
        if workspace is None:
            return None
        if self.current is View.LAYERS:
            layers = workspace.show_layers()
            if self._session.reference is None:
                self._session.tasks.submit(self._keys["reference"], self._session.reference_work)
            else:
                layers.show_reference(self._session.reference)
        else:
            workspace.show_forecast()
        return workspace

    def documents_changed(self) -> None:
        """Compare what is open now."""
        if self.compare is not None and self.current is View.COMPARE:
            documents = [each.document for each in self._frame.workspaces]
            self.compare.show_documents(documents, self._frame.document)

    def _show_chosen(self, _at: int) -> None:
        self._frame.turn_wanted.emit()

    def _compare_page(self) -> ComparePanel:
        if self.compare is None:
            from stack_half_life.gui.compare.panel import ComparePanel

            self.compare = ComparePanel(self._session.theme, self._frame.files.examples())
            invitation = self.compare.invitation
            invitation.copy_wanted.connect(self._frame.copy_wanted)
            invitation.open_wanted.connect(self._frame.open_wanted)
            invitation.example_wanted.connect(self._frame.example_wanted)
            self.compare.wanted.connect(self._ask_compare)
            self.compare.changed.connect(self._turn_to_changed)
        self.documents_changed()
        return self.compare

    def _track_record_page(self) -> TrackRecordPanel:
        if self.track_record is None:
            from stack_half_life.gui.track_record.panel import TrackRecordPanel

            self.track_record = TrackRecordPanel(self._session.theme)
            self.track_record.wanted.connect(self._ask_backtest)
            self.track_record.stop_wanted.connect(self._stop_backtest)
        return self.track_record

    def _turn_to_changed(self, document: StackDocument, words: str) -> None:
        """Put a document that was changed beside others in front, so that Undo means it."""
        documents = [each.document for each in self._frame.workspaces]
        if document in documents:
            self._frame.tabs.setCurrentIndex(documents.index(document))
        self._frame.status.showMessage(words, 8_000)

    def _ask_compare(self, a: Stack, b: Stack) -> None:
        key = self._keys["compare"]
        self._session.forecasts.submit(key, self._session.compare_work(key, a, b))

    def _ask_backtest(self) -> None:
        def work(on_progress: OnProgress, publish: Publish) -> object:
            from stack_half_life.services.own_process import done_elsewhere

            del publish
            return done_elsewhere("services.backtest:backtest_shipped", on_progress=on_progress)

        assert self.track_record is not None
        self.track_record.show_progress(0.0, "reading the shipped histories")
        self._session.tasks.submit(self._keys["backtest"], work)

    def _stop_backtest(self) -> None:
        self._session.tasks.cancel(self._keys["backtest"])
        if self.track_record is not None:
            self.track_record.show_progress(None, "Stopped; nothing was kept.")

    def _take(self, key: str, answer: object, more_follows: bool) -> None:
        if key == self._keys["compare"] and self.compare is not None:
            from stack_half_life.services.compare import Compared

            assert isinstance(answer, Compared)
            self.compare.show_compared(answer, is_complete=not more_follows)
        elif key == self._keys["reference"]:
            self._take_reference(answer)
        elif key == self._keys["backtest"] and self.track_record is not None:
            from stack_half_life.domain.track_record import TrackRecord

            assert isinstance(answer, TrackRecord)
            self.track_record.show_progress(None, "")
            self.track_record.show_record(answer)

    def _take_reference(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        points: tuple[ReferencePoint, ...] = answer
        self._session.reference = points
        for workspace in self._frame.workspaces:
            if workspace.layers is not None:
                workspace.layers.show_reference(points)

    def _take_problem(self, key: str, words: str) -> None:
        if key == self._keys["compare"] and self.compare is not None:
            self.compare.show_problem(words)
        elif key == self._keys["backtest"] and self.track_record is not None:
            self.track_record.show_progress(None, words)
        elif key == self._keys["reference"]:
            self._frame.notice.say(words)

    def _take_progress(self, key: str, share: float, words: str) -> None:
        if key == self._keys["reference"]:
            for workspace in self._frame.workspaces:
                if workspace.layers is not None:
                    workspace.layers.show_progress(share)
        elif key == self._keys["backtest"] and self.track_record is not None:
            self.track_record.show_progress(share, words)
