"""A web server on this machine for tests: answers as told, fails, drips or hangs."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from stack_half_life.evidence.http import Patience

STEADY = Patience(
    connect_seconds=20, read_seconds=20, total_seconds=60, retries=1, backoff_seconds=0.01
)
"""For servers that answer, on however slow a machine."""

HASTY = Patience(
    connect_seconds=20, read_seconds=0.3, total_seconds=20, retries=1, backoff_seconds=0.01
)
"""For servers that hang."""

Answer = tuple[int, str, bytes] | Callable[[int], tuple[int, str, bytes]]
"""Status, content type and body, or a function of how often the path was asked before."""


class Loopback:
    """The server's address, what it answers by path, and how often each path was asked.

    hanging, dripping, breaking_off: paths that never answer, answer without end byte by byte, or
    end their answer too early.  moved: paths that lead to another address.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.hanging: set[str] = set()
        self.dripping: set[str] = set()
        self.breaking_off: set[str] = set()
        self.moved: dict[str, str] = {}
        self.asked: Counter[str] = Counter()
        self.release = threading.Event()
        self.address = ""

    def url(self, path: str) -> str:
        """The address of a path."""
        return self.address + path


@contextmanager
def loopback() -> Iterator[Loopback]:
    """Serve until the block ends; then those that hang are let go."""
    state = Loopback()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            before = state.asked[self.path]
            state.asked[self.path] += 1
            if self.path in state.hanging:
                state.release.wait(30)
                return
            if self.path in state.dripping:
                self.drip()
                return
            answer = state.answers.get(self.path, (404, "text/plain", b"no"))
            status, kind, body = answer(before) if callable(answer) else answer
            if self.path in state.moved:
                status = 302
            self.send_response(status)
            if self.path in state.moved:
                self.send_header("Location", state.moved[self.path])
            self.send_header("Content-Type", kind)
            missing = 10 if self.path in state.breaking_off else 0
            self.send_header("Content-Length", str(len(body) + missing))
            self.end_headers()
            self.wfile.write(body)

        def drip(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            with suppress(OSError):
                while not state.release.wait(0.02):
                    self.wfile.write(b" ")

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NO_PROXY", "*")
            yield state
    finally:
        state.release.set()
        server.shutdown()
        thread.join()
        server.server_close()
