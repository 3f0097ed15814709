"""Work in a process of its own: single calls into numpy would keep a window's thread waiting."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType

from stack_half_life.domain.progress import OnProgress
from stack_half_life.errors import CancelledError, ForecastError, StackHalfLifeError

_LOOK_SECONDS = 0.01
"""How often it is asked whether an answer is still wanted."""

_TELL_SECONDS = 0.05
"""Progress is told no oftener."""

_MOST_AT_ONCE = 100
"""Members of a tuple that are sent in one piece."""


def started(
    name: str, target: Callable[..., None], *arguments: object
) -> tuple[BaseProcess, Connection]:
    """A new process that runs the target with its end of a connection and the arguments.

    It ends with this one.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=target, args=(theirs, *arguments), name=f"stack-half-life {name}", daemon=True
    )
    with _bare_main():
        process.start()
    theirs.close()
    return process, ours


@contextmanager
def _bare_main() -> Iterator[None]:
    """Keep a new process from running the script of this one again: it needs nothing of it."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def received(
    connection: Connection,
    number: int,
    on_progress: OnProgress,
    on_first: Callable[[object], None] = lambda _first: None,
) -> object:
    """The answer to the request of that number; those to others are dropped.

    Raises:
        StackHalfLifeError: as the other end did, or as on_progress does.
        EOFError: where the other end closes before it answers; OSError likewise.
    """
    share, text, parts = 0.0, "starting", list[object]()
    while True:
        on_progress(share, text)
        if not connection.poll(_LOOK_SECONDS):
            continue
        answered, kind, found = connection.recv()
        if answered != number:
            continue
        if kind == "answer":
            return (*parts, *found) if parts else found
        if kind == "part":
            parts += found
            continue
        if kind == "failure":
            raise found
        if kind == "bug":
            raise RuntimeError(found)
        if kind == "first":
            on_first(found)
        else:
            share, text = found


class Teller:
    """The working end's words on the request of a number."""

    def __init__(self, connection: Connection, number: int | None) -> None:
        self._connection, self._number = connection, number
        self._told = time.monotonic()

    def tell(self, kind: str, found: object) -> None:
        """Say something: `first`, `answer`, `part`, `failure`, `bug` or `progress`."""
        self._connection.send((self._number, kind, found))

    def tell_answer(self, found: object) -> None:
        """Give the answer, a long tuple in parts: what is unpickled at once keeps a window waiting.

        A thousand technologies took 17 ms in one piece, a hundred take 1.
        """
        if type(found) is tuple:
            while len(found) > _MOST_AT_ONCE:
                self.tell("part", found[:_MOST_AT_ONCE])
                found = found[_MOST_AT_ONCE:]
        self.tell("answer", found)

    def tell_progress(self, share: float, text: str) -> None:
        """Say how far it is, where that was not said just now."""
        now = time.monotonic()
        if now - self._told >= _TELL_SECONDS:
            self._told = now
            self.tell("progress", (share, text))

    @contextmanager
    def telling_failures(self) -> Iterator[None]:
        """Say what goes wrong; nothing where the work is no longer wanted."""
        try:
            yield
        except CancelledError:
            return
        except StackHalfLifeError as problem:
            self.tell("failure", problem)
        except Exception:
            self.tell("bug", traceback.format_exc())


def done_elsewhere(recipe: str, *arguments: object, on_progress: OnProgress) -> object:
    """What a recipe of this program says, worked out in a process that ends with the answer.

    recipe: `module:function` below this package, imported there alone; it takes the arguments and
    `on_progress`, and these and its answer must pickle.  What is no longer wanted is ended at once,
    wherever it stands.

    Raises:
        StackHalfLifeError: as the recipe does, or where the process ends before it answers.
    """
    process, connection = started(recipe, _do, recipe, arguments)
    try:
        return received(connection, 0, on_progress)
    except (EOFError, OSError) as problem:
        raise ForecastError("the process at work ended unexpectedly; ask again") from problem
    finally:
        connection.close()
        process.kill()
        process.join()


def _do(connection: Connection, recipe: str, arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    module, function = recipe.split(":")
    teller = Teller(connection, 0)
    with teller.telling_failures():
        work = getattr(import_module(f"stack_half_life.{module}"), function)
        teller.tell_answer(work(*arguments, on_progress=teller.tell_progress))
