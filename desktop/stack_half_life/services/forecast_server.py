"""The other end of `forecast_process`: what runs in the process that forecasts."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Condition, Thread
from typing import TYPE_CHECKING

from stack_half_life.domain.edits import with_scenario_changed
from stack_half_life.domain.results import Forecast
from stack_half_life.errors import CancelledError
from stack_half_life.forecast.run import StreamCache
from stack_half_life.services.assess import Assessment, assess
from stack_half_life.services.compare import Compared, compare, with_profiles
from stack_half_life.services.forecast_process import Request
from stack_half_life.services.opening import open_cache
from stack_half_life.services.own_process import Teller

if TYPE_CHECKING:
    from stack_half_life.store.cache import ProfileCache

_SWITCH_SECONDS = 0.001
"""How long a forecast may keep the thread waiting that takes newer requests."""

_RECIPES: dict[str, Callable[..., Assessment | Compared]] = {"assess": assess, "compare": compare}


def serve(connection: Connection, cache_path: Path, stream_bytes: int) -> None:
    """Answer the newest request, again and again, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.setswitchinterval(_SWITCH_SECONDS)
    inbox = _Inbox(connection)
    streams = StreamCache(stream_bytes)
    cache: ProfileCache | None = None
    try:
        while True:
            request = inbox.newest()
            if request is None:
                continue
            teller = Teller(connection, request.number)
            with teller.telling_failures():
                cache = cache or open_cache(cache_path, on_notice=lambda _words: None)
                recipe = partial(
                    _RECIPES[request.what],
                    cache=cache,
                    as_of=request.as_of,
                    on_progress=_Progress(teller, inbox),
                    streams=streams,
                )
                stack, *others = request.stacks
                if stack.scenario.futures > 2 * request.first_futures:
                    few = with_scenario_changed(stack, futures=request.first_futures)
                    teller.tell("first", _answer_of(recipe(few, *others)))
                teller.tell("answer", _answer_of(recipe(*request.stacks)))
    except (EOFError, OSError):
        return
    finally:
        if cache is not None:
            cache.close()


class _Inbox:
    """Takes requests as they come, so that whoever sends them never waits; keeps the newest."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._request: Request | None = None
        self._is_closed = False
        self._arrived = Condition()
        self.has_newer = False
        """Whether anything came since the newest was taken, or nothing will come any more."""
        Thread(target=self._read, daemon=True).start()

    def newest(self) -> Request | None:
        """Wait for something new and take the newest; None where nothing is wanted any more.

        Raises:
            EOFError: where the other end is closed.
        """
        with self._arrived:
            self._arrived.wait_for(lambda: self.has_newer)
            if self._is_closed:
                raise EOFError
            self.has_newer = False
            return self._request

    def _read(self) -> None:
        while not self._is_closed:
            try:
                request = self._connection.recv()
            except (EOFError, OSError):
                request, self._is_closed = None, True
            with self._arrived:
                self._request, self.has_newer = request, True
                self._arrived.notify()


class _Progress:
    """Tells progress, and stops the work as soon as anything newer is asked."""

    def __init__(self, teller: Teller, inbox: _Inbox) -> None:
        self._teller, self._inbox = teller, inbox

    def __call__(self, share: float, text: str) -> None:
        if self._inbox.has_newer:
            raise CancelledError("a newer request took its place")
        self._teller.tell_progress(share, text)


def _answer_of(found: Assessment | Compared) -> Forecast | Compared:
    """An answer without what whoever asked has already."""
    return found.forecast if isinstance(found, Assessment) else with_profiles(found, {}, {})
