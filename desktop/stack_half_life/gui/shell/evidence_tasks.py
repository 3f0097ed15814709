"""What can be done with the evidence: import, add, harvest, refresh, each on the task lane."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from stack_half_life.domain.progress import OnProgress
from stack_half_life.gui.shell.adding import Adding
from stack_half_life.gui.shell.frame import Frame
from stack_half_life.gui.shell.harvesting import Harvesting
from stack_half_life.gui.worker.lane import Publish, Work

if TYPE_CHECKING:
    from stack_half_life.gui.evidence.panel import EvidencePanel
    from stack_half_life.gui.shell.session import Session

_KEY = "evidence"


class EvidenceTasks(QObject):
    """Runs one task at a time; everything already in the cache stays where one fails."""

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame)
        self._session = session
        self._harvesting = Harvesting(frame, session)
        self._adding = Adding(frame, session)
        self.panel: EvidencePanel | None = None
        session.tasks.answered.connect(self._take)
        session.tasks.failed.connect(self._take_problem)
        session.tasks.progressed.connect(self._take_progress)

    def page(self) -> EvidencePanel:
        """The evidence view."""
        if self.panel is None:
            from stack_half_life.gui.evidence.panel import EvidencePanel

            self.panel = EvidencePanel(
                self._session.theme,
                self._session.technologies,
                self._session.profile,
                self._session.as_of,
            )
            self.panel.refresh_wanted.connect(self._refresh)
            self.panel.files_wanted.connect(self._add_files)
            self.panel.releases_wanted.connect(self._add_releases)
            self.panel.harvest_wanted.connect(self._harvesting.harvest)
            self.panel.additions_wanted.connect(self._adding.show)
            self._harvesting.progressed.connect(self.panel.show_progress)
            for task in (self._harvesting, self._adding):
                task.evidence_changed.connect(self._take_change)
            self.panel.stop_wanted.connect(self._stop)
        return self.panel

    def _refresh(self) -> None:
        def work(on_progress: OnProgress, publish: Publish) -> object:
            from stack_half_life.services.refresh import refresh

            del publish
            cache, today = self._session.caches.here(), self._session.as_of
            return refresh(cache, today=today, on_progress=on_progress)

        self._start("asking the sources", work)

    def _add_files(self, path: Path) -> None:
        def work(on_progress: OnProgress, publish: Publish) -> object:
            from stack_half_life.services.add_endoflife import add_endoflife

            del publish
            cache, today = self._session.caches.here(), self._session.as_of
            return add_endoflife(path, cache, read_on=today, on_progress=on_progress)

        self._start(f"reading {path.name}", work)

    def _add_releases(self, name: str) -> None:
        def work(on_progress: OnProgress, publish: Publish) -> object:
            from stack_half_life.services.add_releases import add_releases

            del publish
            on_progress(0.1, f"asking for {name}")
            return add_releases(name, self._session.caches.here(), today=self._session.as_of)

        self._start(f"asking for {name}", work)

    def _start(self, words: str, work: Work) -> None:
        assert self.panel is not None
        self.panel.show_progress(0.0, words)
        self._session.tasks.submit(_KEY, work)

    def _stop(self) -> None:
        self._session.tasks.cancel(_KEY)
        self._harvesting.stop()
        if self.panel is not None:
            self.panel.show_progress(None, "Stopped; everything that was there stays.")

    def _take(self, key: str, answer: object, _more_follows: bool) -> None:
        if key != _KEY or self.panel is None:
            return
        self.panel.show_progress(None, _in_words(answer))
        self._take_change()

    def _take_change(self) -> None:
        """Show and forecast with the facts as they are now."""
        if self.panel is not None:
            self.panel.look()
        self._session.forget_derived()
        self._session.forecaster.refresh()

    def _take_problem(self, key: str, words: str) -> None:
        if key == _KEY and self.panel is not None:
            self.panel.show_progress(None, f"Not done: {words}")

    def _take_progress(self, key: str, share: float, words: str) -> None:
        if key == _KEY and self.panel is not None:
            self.panel.show_progress(share, words)


def _in_words(answer: object) -> str:
    from stack_half_life.services.added import AddedEvidence

    assert isinstance(answer, AddedEvidence)
    words = (
        f"{len(answer.technologies)} technologies renewed ({len(answer.new)} new), "
        f"{answer.cycles} cycles, {answer.releases} releases."
    )
    return " ".join([words, *answer.notes[:2], *answer.problems[:2]])
