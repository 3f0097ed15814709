"""Asking servers with patience that ends: time-outs, retries with back-off, bounded answers."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit
from urllib.request import url2pathname

from stack_half_life.errors import EvidenceError

if TYPE_CHECKING:
    from requests import Response, Session

MAX_ANSWER_BYTES = 128 * 2**20

_RETRIED = (429, 500, 502, 503, 504)


class UnreachableError(EvidenceError):
    """A source could not be reached or did not answer: asking it for more is of no use now."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server.

    connect_seconds, read_seconds: for the connection, and between two pieces of an answer.
    total_seconds: for one whole answer, retries and all. retries: how often to ask again, waiting
    backoff_seconds · 2ⁿ before each.
    """

    connect_seconds: float = 5.0
    read_seconds: float = 10.0
    total_seconds: float = 60.0
    retries: int = 2
    backoff_seconds: float = 0.5


def open_session(patience: Patience, address: str) -> "Session":
    """A session to ask that address, whose answers are read whole and bounded.

    File addresses are read where the address asked is one: no server can lead there.
    """
    import requests
    from requests.adapters import BaseAdapter, HTTPAdapter
    from urllib3 import Retry

    class PatientAdapter(HTTPAdapter):
        def send(self, request: Any, *args: Any, **kwargs: Any) -> requests.Response:
            kwargs["stream"] = True
            kwargs["timeout"] = (patience.connect_seconds, patience.read_seconds)
            ends_at = time.monotonic() + patience.total_seconds

            def ask() -> requests.Response:
                response = super(PatientAdapter, self).send(request, *args, **kwargs)
                with response:
                    response._content = _whole_body(response, ends_at)
                return response

            return _within(patience.total_seconds, ask)

    class FileAdapter(BaseAdapter):
        def send(self, request: Any, *args: Any, **kwargs: Any) -> requests.Response:
            del args, kwargs
            response = requests.Response()
            response.request, response.url = request, request.url
            path = Path(url2pathname(urlsplit(request.url).path))
            choices = [path / "index.json", path / "index.html"] if path.is_dir() else [path]
            file = next((choice for choice in choices if choice.is_file()), None)
            response.status_code = 200 if file else 404
            is_json = file is not None and file.suffix == ".json"
            response.headers["Content-Type"] = (
                "application/vnd.pypi.simple.v1+json" if is_json else "text/html"
            )
            response._content = file.read_bytes() if file else b""
            return response

        def close(self) -> None:
            pass

    session = requests.Session()
    retry = Retry(
        total=patience.retries,
        backoff_factor=patience.backoff_seconds,
        status_forcelist=_RETRIED,
        respect_retry_after_header=False,
        raise_on_status=False,
    )
    session.mount("http://", PatientAdapter(max_retries=retry))
    session.mount("https://", PatientAdapter(max_retries=retry))
    if address.startswith("file:"):
        session.mount("file://", FileAdapter())
    return session


def _within(seconds: float, ask: Callable[[], "Response"]) -> "Response":
    """What `ask` answers within that time, whatever hangs: names, connections or answers.

    Work that is given up goes on in a daemon thread until its own time-outs end it.
    """
    import requests

    answers: SimpleQueue[Response | BaseException] = SimpleQueue()

    def run() -> None:
        try:
            answers.put(ask())
        except BaseException as error:
            answers.put(error)

    threading.Thread(target=run, daemon=True, name="asking a server").start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise requests.Timeout from None
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _whole_body(response: "Response", ends_at: float) -> bytes:
    """The body, read as it comes; given up where it is too large or takes too long."""
    import requests
    from urllib3.exceptions import HTTPError, ReadTimeoutError

    pieces: list[bytes] = []
    size = 0
    while True:
        try:
            piece = response.raw.read1(2**16, decode_content=True)
        except ReadTimeoutError:
            raise requests.ReadTimeout from None
        except HTTPError as error:
            raise requests.exceptions.ChunkedEncodingError(error) from None
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        size += len(piece)
        if size > MAX_ANSWER_BYTES:
            raise EvidenceError(f"{shown(response.url)}: the answer is too large")
        if time.monotonic() > ends_at:
            raise requests.ReadTimeout


def as_evidence_error(error: Exception, url: str) -> EvidenceError:
    """One clear line for what the requests library raised."""
    import requests

    where = shown(url)
    if isinstance(error, requests.Timeout):
        return UnreachableError(f"{where}: does not answer in time; nothing was changed")
    if isinstance(error, requests.HTTPError) and error.response is not None:
        return EvidenceError(f"{where}: answers with status {error.response.status_code}")
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return UnreachableError(f"{where}: its answer breaks off; nothing was changed")
    if isinstance(error, requests.exceptions.SSLError):
        return EvidenceError(f"{where}: its certificate cannot be trusted")
    if isinstance(error, requests.ConnectionError):
        if "timed out" in str(error).casefold():
            return UnreachableError(f"{where}: does not answer in time; nothing was changed")
        return UnreachableError(f"{where}: cannot be reached (is this machine offline?)")
    if isinstance(error, requests.exceptions.RetryError):
        return UnreachableError(f"{where}: keeps failing; nothing was changed")
    return EvidenceError(f"{where}: cannot be used as an address ({type(error).__name__})")


def get_bytes(session: "Session", url: str) -> bytes:
    """The body of a successful answer.

    Raises:
        UnreachableError: where the server cannot be reached or does not answer in time.
        EvidenceError: where it answers with an error, or the address is none.
    """
    import requests

    try:
        response = session.get(url)
        response.raise_for_status()
        return response.content
    except requests.RequestException as error:
        raise as_evidence_error(error, url) from None


def shown(url: str) -> str:
    """An address without user name and password, fit to show."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "the address"
    return urlunsplit((parts.scheme, host, parts.path, "", ""))
