"""What all windows share: theme, settings, cache, the lanes of work and the forecaster."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from stack_half_life.domain.facts import TechnologyHit
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.progress import OnProgress
from stack_half_life.domain.stack import Stack
from stack_half_life.gui import numbers
from stack_half_life.gui.compose.hits import Hit, find
from stack_half_life.gui.documents.autosave import Autosaver
from stack_half_life.gui.documents.forecaster import Forecaster
from stack_half_life.gui.shell.settings import WindowSettings
from stack_half_life.gui.theme.theme import Theme
from stack_half_life.gui.worker.caches import Caches
from stack_half_life.gui.worker.collector import Collector
from stack_half_life.gui.worker.lane import Lane, Publish, Work
from stack_half_life.paths import unsaved_folder
from stack_half_life.services.assess import Assessment
from stack_half_life.services.forecast_process import ForecastProcess

if TYPE_CHECKING:
    from stack_half_life.services.compare import Compared
    from stack_half_life.services.reference import ReferencePoint

_STREAM_BYTES = 96_000_000
"""What courses of components may take: about two stacks of twenty with 10,000 futures."""


_FIRST_FUTURES = 200
"""Futures of the first answer to an edit; all of the scenario's follow."""


class Session(QObject):
    """One run of the window."""

    noticed = Signal(str)
    """A sentence the person should see, such as that a damaged cache was set aside."""

    def __init__(
        self,
        application: QApplication,
        cache_path: Path,
        as_of: date,
        recipe: Callable[..., Assessment] | None = None,
        unsaved: Path | None = None,
    ) -> None:
        """Take a recipe of forecasts and a folder of unsaved edits, else the program's own."""
        super().__init__(application)
        self._process = ForecastProcess(cache_path, _STREAM_BYTES)
        self._recipe = recipe
        self._collector = Collector(self)
        self.reference: tuple[ReferencePoint, ...] | None = None
        numbers.use_a_spoken_locale()
        self.as_of = as_of
        self.is_ending = False
        """Whether the last window is closing, or all are."""
        self.windows: list[QWidget] = []
        """Open windows; whoever opens one keeps it here."""
        self.settings = WindowSettings()
        self.theme = Theme(application, self.settings.scheme)
        self.caches = Caches(cache_path, on_notice=self.noticed.emit)
        self.forecasts = Lane(self)
        self.tasks = Lane(self)
        self.tasks.submit("warm up", self._warm_up)
        self.forecaster = Forecaster(self.forecasts, self._forecast_work, self)
        self.forecasts.finished.connect(self._settle)
        self.autosaver = Autosaver(unsaved or unsaved_folder(), self)
        self.autosaver.failed.connect(self.noticed)

    def search(self, text: str) -> Sequence[Hit]:
        """Technologies that answer to a text, for search-as-you-type."""
        return find(self.caches.here(), text)

    def technologies(self, text: str, layer: Layer | None) -> Sequence[TechnologyHit]:
        """Technologies that answer to a filter, with what is known of each."""
        return self.caches.here().search(text, layer=layer, limit=2**31)

    def profile(self, key: str) -> ChurnProfile:
        """All evidence of one technology."""
        return self.caches.here().profile(key)

    def compare_work(self, key: str, a: Stack, b: Stack) -> Work:
        """Ask for two stacks over the same futures; the work is to wait for the answers."""
        request = self._process.ask(
            "compare", (a, b), key=key, as_of=self.as_of, first_futures=_FIRST_FUTURES
        )

        def work(on_progress: OnProgress, publish: Publish) -> Compared:
            cache = self.caches.here()
            return self._process.comparison(
                request, cache, on_progress=on_progress, on_first=publish
            )

        return work

    def reference_work(self, on_progress: OnProgress, publish: Publish) -> object:
        """The clocks of all technologies; called on a lane's thread."""
        from stack_half_life.services.own_process import done_elsewhere

        del publish
        path = self.caches.here().path
        return done_elsewhere(
            "services.reference:reference_points_at", path, self.as_of, on_progress=on_progress
        )

    def forget_derived(self) -> None:
        """Drop what was worked out from facts that have changed."""
        self.reference = None

    def close(self) -> None:
        """Stop all work and wait for it; edits that nobody was asked about are kept."""
        from stack_half_life.gui.charts.copying import leave_clipboard

        leave_clipboard()
        self.autosaver.close()
        self.forecasts.close(self.caches.close_here)
        self.tasks.close(self.caches.close_here)
        self._process.close()
        self.caches.close_here()
        self._collector.close()

    def _warm_up(self, on_progress: OnProgress, publish: Publish) -> None:
        """Do off the window's thread what the first plot and, once ever, the first search need."""
        del on_progress, publish
        import pyqtgraph  # noqa: F401

        if not self.caches.path.exists():
            self.caches.here()

    def _settle(self) -> None:
        """Once the first forecast is there, spare what stays from collections: 60 ms each."""
        self.forecasts.finished.disconnect(self._settle)
        gc.freeze()

    def _forecast_work(self, key: str, stack: Stack) -> Work:
        if self._recipe is not None:
            return self._recipe_work(self._recipe, stack)
        request = self._process.ask(
            "assess", (stack,), key=key, as_of=self.as_of, first_futures=_FIRST_FUTURES
        )

        def work(on_progress: OnProgress, publish: Publish) -> Assessment:
            cache = self.caches.here()
            return self._process.assessment(
                request, cache, on_progress=on_progress, on_first=publish
            )

        return work

    def _recipe_work(self, recipe: Callable[..., Assessment], stack: Stack) -> Work:
        def work(on_progress: OnProgress, publish: Publish) -> Assessment:
            del publish
            return recipe(stack, self.caches.here(), as_of=self.as_of, on_progress=on_progress)

        return work
