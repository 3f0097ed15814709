"""What all windows share: theme, settings, cache, the lanes of work and the forecaster."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from stack_half_life.domain.progress import OnProgress
from stack_half_life.domain.stack import Stack
from stack_half_life.forecast.run import StreamCache
from stack_half_life.gui import numbers
from stack_half_life.gui.compose.hits import Hit, find
from stack_half_life.gui.documents.forecaster import Forecaster
from stack_half_life.gui.shell.settings import WindowSettings
from stack_half_life.gui.theme.theme import Theme
from stack_half_life.gui.worker.caches import Caches
from stack_half_life.gui.worker.lane import Lane
from stack_half_life.services.assess import Assessment, assess


class Session(QObject):
    """One run of the window."""

    noticed = Signal(str)
    """A sentence the person should see, such as that a damaged cache was set aside."""

    def __init__(
        self,
        application: QApplication,
        cache_path: Path,
        as_of: date,
        recipe: Callable[..., Assessment] = assess,
    ) -> None:
        super().__init__(application)
        self._recipe = recipe
        self._streams = StreamCache()
        numbers.use_a_spoken_locale()
        self.as_of = as_of
        self.settings = WindowSettings()
        self.theme = Theme(application, self.settings.scheme)
        self.caches = Caches(cache_path, on_notice=self.noticed.emit)
        self.forecasts = Lane(self)
        self.tasks = Lane(self)
        self.forecaster = Forecaster(self.forecasts, self._assess, self)

    def search(self, text: str) -> Sequence[Hit]:
        """Technologies that answer to a text, for search-as-you-type."""
        return find(self.caches.here(), text)

    def close(self) -> None:
        """Stop all work and wait for it."""
        self.forecasts.close(self.caches.close_here)
        self.tasks.close(self.caches.close_here)
        self.caches.close_here()

    def _assess(self, stack: Stack, on_progress: OnProgress) -> Assessment:
        return self._recipe(
            stack,
            self.caches.here(),
            as_of=self.as_of,
            on_progress=on_progress,
            streams=self._streams,
        )
