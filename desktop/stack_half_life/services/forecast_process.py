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
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.progress import OnProgress
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
    ones. A request is sent only once the one before has been answered, or stopped as no longer
    wanted: were both ends to send at once, neither would read, and both would wait for ever.
    """

    def __init__(self, cache_path: Path, stream_bytes: int) -> None:
        self._cache_path = cache_path
        self._stream_bytes = stream_bytes
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._is_asked = False

    def assess(
        self, stack: Stack, cache: ProfileCache, *, as_of: date, on_progress: OnProgress
    ) -> Assessment:
        """As `services.assess.assess`, from the same cache.

        Raises:
            StackHalfLifeError: as there, or where the process ends before it answers.
        """
        profiles = cache.profiles_for(stack)
        found = self._ask("assess", (stack, as_of), on_progress)
        assert isinstance(found, Assessment)
        return replace(found, profiles=profiles)

    def compare(
        self, a: Stack, b: Stack, cache: ProfileCache, *, as_of: date, on_progress: OnProgress
    ) -> Compared:
        """As `services.compare.compare`, from the same cache.

        Raises:
            StackHalfLifeError: as there, or where the process ends before it answers.
        """
        from stack_half_life.services.compare import Compared

        known = [cache.profiles_for(stack) for stack in (a, b)]
        found = self._ask("compare", (a, b, as_of), on_progress)
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
        self._is_asked = False

    def _ask(self, what: str, wanted: tuple[object, ...], on_progress: OnProgress) -> object:
        connection = self._connection or self._start()
        try:
            if self._is_asked:
                self._answer(connection, on_progress)
            connection.send((what, wanted))
            self._is_asked = True
            try:
                kind, found = self._answer(connection, on_progress)
            except CancelledError:
                connection.send(None)
                raise
        except (EOFError, OSError) as problem:
            self.close()
            raise ForecastError(
                "the process that forecasts ended unexpectedly; the next edit starts another"
            ) from problem
        if kind == "failure":
            assert isinstance(found, StackHalfLifeError)
            raise found
        if kind == "bug":
            raise RuntimeError(found)
        return found

    def _answer(self, connection: Connection, on_progress: OnProgress) -> tuple[str, object]:
        """How the request that is being worked on ended, and with what."""
        share, text = 0.0, "starting"
        while True:
            on_progress(share, text)
            if not connection.poll(_LOOK_SECONDS):
                continue
            kind, found = connection.recv()
            if kind != "progress":
                self._is_asked = False
                return kind, found
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
    """Answer requests, each with one last word, until the other end is closed.

    None stops the request that is being worked on; where that is answered already, it says nothing.
    """
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
            what, (*stacks, as_of) = request
            try:
                cache = cache or open_cache(cache_path, on_notice=lambda _words: None)
                found = recipes[what](
                    *stacks,
                    cache,
                    as_of=as_of,
                    on_progress=_Progress(connection),
                    streams=streams,
                )
                connection.send(("answer", _without_profiles(found)))
            except StackHalfLifeError as problem:
                connection.send(("failure", problem))
            except Exception:
                connection.send(("bug", traceback.format_exc()))
    except (EOFError, OSError):
        return
    finally:
        if cache is not None:
            cache.close()


class _Progress:
    """Tells progress, and stops the work as soon as it is no longer wanted."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._told = time.monotonic()

    def __call__(self, share: float, text: str) -> None:
        if self._connection.poll():
            raise CancelledError("no longer wanted")
        now = time.monotonic()
        if now - self._told >= _TELL_SECONDS:
            self._told = now
            self._connection.send(("progress", (share, text)))


def _without_profiles(found: Assessment | Compared) -> Assessment | Compared:
    """An answer without the profiles, which whoever asked has already."""
    if isinstance(found, Assessment):
        return replace(found, profiles={})
    return _with_profiles(found, {}, {})


def _with_profiles(
    found: Compared, a: Mapping[str, ChurnProfile], b: Mapping[str, ChurnProfile]
) -> Compared:
    return replace(found, a=replace(found.a, profiles=a), b=replace(found.b, profiles=b))
