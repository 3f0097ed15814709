"""Forecasts in a process of their own, so that nothing else in the program ever waits for one.

A thread would not do: single calls into numpy keep all other threads waiting for tens of
milliseconds, and a window redraws in hundreds of short steps that each have to wait again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from stack_half_life.domain.edits import with_scenario_changed
from stack_half_life.domain.progress import OnProgress
from stack_half_life.domain.results import Forecast
from stack_half_life.domain.stack import Stack
from stack_half_life.errors import ForecastError
from stack_half_life.services.assess import Assessment
from stack_half_life.services.own_process import received, started

if TYPE_CHECKING:
    from stack_half_life.services.compare import Compared
    from stack_half_life.store.cache import ProfileCache


@dataclass(slots=True)
class Request:
    """What is asked of the process.

    key: who asks; a newer request of the same key takes the place of an older one.
    first_futures: how many a first answer takes, where all are more than twice as many.
    number: by which the answer is known, once it was sent.
    """

    key: str
    what: str
    stacks: tuple[Stack, ...]
    as_of: date
    first_futures: int
    number: int | None = None


class ForecastProcess:
    """Assesses and compares stacks elsewhere.

    The process starts with the first answer waited for and keeps the courses of components for the
    next ones.  Whatever is sent makes what was sent before stale.  Requests come from any thread,
    answers are waited for on one.
    """

    def __init__(self, cache_path: Path, stream_bytes: int) -> None:
        self._cache_path = cache_path
        self._stream_bytes = stream_bytes
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._lock = RLock()
        self._newest = 0
        self._under_way: str | None = None

    def ask(
        self, what: str, stacks: tuple[Stack, ...], *, key: str, as_of: date, first_futures: int
    ) -> Request:
        """Ask for a stack to be assessed, or two to be compared; it takes no time.

        It is sent at once where the process runs and nobody waits for the answer to another key,
        else when its answer is waited for.
        what: the name of the recipe, `assess` or `compare`.
        """
        request = Request(key, what, stacks, as_of, first_futures)
        if self._lock.acquire(blocking=False):
            try:
                if self._connection is not None and self._under_way in (None, key):
                    self._send(self._connection, request)
            except OSError:
                request.number = None
            finally:
                self._lock.release()
        return request

    def assessment(
        self,
        request: Request,
        cache: ProfileCache,
        *,
        on_progress: OnProgress,
        on_first: Callable[[Assessment], None],
    ) -> Assessment:
        """Wait for what `services.assess.assess` says; first for that of few futures.

        Raises:
            StackHalfLifeError: as there, or where the process ends before it answers.
        """
        (stack,) = request.stacks
        profiles = cache.profiles_for(stack)

        def assessment(forecast: object) -> Assessment:
            assert isinstance(forecast, Forecast)
            assessed = with_scenario_changed(stack, futures=forecast.futures)
            return Assessment(assessed, profiles, forecast)

        return assessment(
            self._answer(request, on_progress, lambda first: on_first(assessment(first)))
        )

    def comparison(
        self,
        request: Request,
        cache: ProfileCache,
        *,
        on_progress: OnProgress,
        on_first: Callable[[Compared], None],
    ) -> Compared:
        """Wait for what `services.compare.compare` says; first for that of few futures.

        Raises:
            StackHalfLifeError: as there, or where the process ends before it answers.
        """
        from stack_half_life.services.compare import Compared, with_profiles

        profiles = [cache.profiles_for(each) for each in request.stacks]

        def comparison(found: object) -> Compared:
            assert isinstance(found, Compared)
            return with_profiles(found, *profiles)

        return comparison(
            self._answer(request, on_progress, lambda first: on_first(comparison(first)))
        )

    def close(self) -> None:
        """End the process; the next answer waited for starts another."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            if self._process is not None:
                self._process.join(5)
                if self._process.is_alive():
                    self._process.kill()
            self._connection = self._process = self._under_way = None
            self._newest += 1

    def _answer(
        self, request: Request, on_progress: OnProgress, on_first: Callable[[object], None]
    ) -> object:
        try:
            with self._lock:
                connection = self._connection or self._start()
                number = request.number
                if number is None or number != self._newest:
                    number = self._send(connection, request)
            return received(connection, number, on_progress, on_first)
        except (EOFError, OSError) as problem:
            self.close()
            raise ForecastError(
                "the process that forecasts ended unexpectedly; the next edit starts another"
            ) from problem
        except BaseException:
            with self._lock, suppress(OSError):
                if request.number == self._newest and self._connection is not None:
                    self._connection.send(None)
            raise
        finally:
            with self._lock:
                if request.number == self._newest:
                    self._under_way = None

    def _send(self, connection: Connection, request: Request) -> int:
        self._newest += 1
        request.number, self._under_way = self._newest, request.key
        connection.send(request)
        return self._newest

    def _start(self) -> Connection:
        self._process, self._connection = started(
            "forecasts", _serve, self._cache_path, self._stream_bytes
        )
        return self._connection


def _serve(connection: Connection, cache_path: Path, stream_bytes: int) -> None:
    """Import what forecasts, in the other process alone, and answer requests there."""
    from stack_half_life.services.forecast_server import serve

    serve(connection, cache_path, stream_bytes)
