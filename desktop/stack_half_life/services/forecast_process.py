"""Forecasts in a process of their own, so that nothing else in the program ever waits for one.

A thread would not do: single calls into numpy keep all other threads waiting for tens of
milliseconds, and a window redraws in hundreds of short steps that each have to wait again.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.progress import OnProgress
from stack_half_life.domain.results import Forecast
from stack_half_life.domain.stack import Stack
from stack_half_life.errors import CancelledError, ForecastError, StackHalfLifeError
from stack_half_life.services.assess import Assessment, assess

if TYPE_CHECKING:
    from stack_half_life.services.compare import Compared
    from stack_half_life.store.cache import ProfileCache

_LOOK_SECONDS = 0.01
"""How often it is asked whether an answer is still wanted."""

_TELL_SECONDS = 0.05
"""Progress is told no oftener."""


class ForecastProcess:
    """Assesses and compares stacks elsewhere; one request at a time, from any one thread.

    The process starts with the first request and keeps the courses of components for the next
    ones. Whatever is asked makes what was asked before stale.
    """

    def __init__(self, cache_path: Path, stream_bytes: int) -> None:
        self._cache_path = cache_path
        self._stream_bytes = stream_bytes
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._number = 0

    def assess(
        self, stack: Stack, cache: ProfileCache, *, as_of: date, on_progress: OnProgress
    ) -> Assessment:
        """As `services.assess.assess`, from the same cache.

        Raises:
            StackHalfLifeError: as there, or where the process ends before it answers.
        """
        with self._asked("assess", (stack, as_of)) as answer:
            profiles = cache.profiles_for(stack)
            forecast = answer(on_progress)
        assert isinstance(forecast, Forecast)
        return Assessment(stack, profiles, forecast)

    def compare(
        self, a: Stack, b: Stack, cache: ProfileCache, *, as_of: date, on_progress: OnProgress
    ) -> Compared:
        """As `services.compare.compare`, from the same cache.

        Raises:
            StackHalfLifeError: as there, or where the process ends before it answers.
        """
        from stack_half_life.services.compare import Compared

        with self._asked("compare", (a, b, as_of)) as answer:
            known = [cache.profiles_for(stack) for stack in (a, b)]
            found = answer(on_progress)
        assert isinstance(found, Compared)
        return _with_profiles(found, *known)

    def close(self) -> None:
        """End the process; the next request starts another."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.join(5)
            if self._process.is_alive():
                self._process.kill()
        self._connection = self._process = None

    @contextmanager
    def _asked(
        self, what: str, wanted: tuple[object, ...]
    ) -> Iterator[Callable[[OnProgress], object]]:
        """Ask at once; what is given waits for the answer, and other work can be done meanwhile.

        Nothing is wanted any more once an error leaves the block.
        """
        connection = self._connection or self._start()
        self._number += 1
        try:
            connection.send((self._number, what, wanted))
            yield partial(self._answer, connection)
        except (EOFError, OSError) as problem:
            self.close()
            raise ForecastError(
                "the process that forecasts ended unexpectedly; the next edit starts another"
            ) from problem
        except Exception:
            with suppress(OSError):
                connection.send(None)
            raise

    def _answer(self, connection: Connection, on_progress: OnProgress) -> object:
        share, text = 0.0, "starting"
        while True:
            on_progress(share, text)
            if not connection.poll(_LOOK_SECONDS):
                continue
            number, kind, found = connection.recv()
            if number != self._number:
                continue
            if kind == "answer":
                return found
            if kind == "failure":
                raise found
            if kind == "bug":
                raise RuntimeError(found)
            share, text = found

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_serve,
            args=(theirs, self._cache_path, self._stream_bytes),
            name="stack-half-life forecasts",
            daemon=True,
        )
        with _bare_main():
            process.start()
        theirs.close()
        self._process, self._connection = process, ours
        return ours


@contextmanager
def _bare_main() -> Iterator[None]:
    """Keep a new process from running the script of this one again: it needs nothing of it."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _serve(connection: Connection, cache_path: Path, stream_bytes: int) -> None:
    """Answer requests until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from stack_half_life.forecast.run import StreamCache
    from stack_half_life.services.compare import compare
    from stack_half_life.services.opening import open_cache

    streams = StreamCache(stream_bytes)
    recipes: dict[str, Callable[..., Assessment | Compared]] = {
        "assess": assess,
        "compare": compare,
    }
    cache: ProfileCache | None = None
    try:
        while True:
            request = connection.recv()
            if request is None:
                continue
            number, what, (*stacks, as_of) = request
            try:
                cache = cache or open_cache(cache_path, on_notice=lambda _words: None)
                found = recipes[what](
                    *stacks,
                    cache,
                    as_of=as_of,
                    on_progress=_Progress(connection, number),
                    streams=streams,
                )
                connection.send((number, "answer", _answer_of(found)))
            except CancelledError:
                continue
            except StackHalfLifeError as problem:
                connection.send((number, "failure", problem))
            except Exception:
                connection.send((number, "bug", traceback.format_exc()))
    except (EOFError, OSError):
        return
    finally:
        if cache is not None:
            cache.close()


class _Progress:
    """Tells progress, and stops the work as soon as anything newer is asked."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection, self._number = connection, number
        self._told = time.monotonic()

    def __call__(self, share: float, text: str) -> None:
        if self._connection.poll():
            raise CancelledError("a newer request took its place")
        now = time.monotonic()
        if now - self._told >= _TELL_SECONDS:
            self._told = now
            self._connection.send((self._number, "progress", (share, text)))


def _answer_of(found: Assessment | Compared) -> Forecast | Compared:
    """An answer without what whoever asked has already."""
    return found.forecast if isinstance(found, Assessment) else _with_profiles(found, {}, {})


def _with_profiles(
    found: Compared, a: Mapping[str, ChurnProfile], b: Mapping[str, ChurnProfile]
) -> Compared:
    return replace(found, a=replace(found.a, profiles=a), b=replace(found.b, profiles=b))
