"""Release dates of JavaScript packages, through the user's own npm client."""

import contextlib
import json
import os
import re
import signal
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.cycles_from_releases import DatedVersion
from stack_half_life.evidence.http import Patience, UnreachableError
from stack_half_life.paths import find_program

_NAME = re.compile(r"\A(?:@[a-z0-9~][\w.~-]*/)?[a-z0-9~][\w.~-]*\Z", re.ASCII | re.IGNORECASE)
_OFFLINE = {
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "ENETUNREACH",
    "ERR_SOCKET_TIMEOUT",
    "ENOTCACHED",
}


def npm_versions(name: str, patience: Patience) -> tuple[DatedVersion, ...]:
    """Stable versions of a package with the day on which each was published.

    Raises:
        UnreachableError: where there is no npm, it does not end, or reaches no registry.
        EvidenceError: where the package is unknown, or npm's answer is none.
    """
    if not _NAME.match(name):
        raise EvidenceError(f"“{name[:60]}” is no name of an npm package")
    answer = _ask(["view", name, "time", "--json"], name, patience)
    try:
        told = json.loads(answer or "null")
    except (ValueError, RecursionError):
        raise EvidenceError(f"{name}: npm answers with something that is not JSON") from None
    if isinstance(told, dict) and "error" in told:
        raise _problem(name, told["error"])
    if not isinstance(told, dict) or not told:
        raise EvidenceError(f"{name}: npm knows no release dates of this package")
    return tuple(
        DatedVersion(version, day)
        for version, moment in told.items()
        if re.fullmatch(r"\d+\.\d+\.\d+", version) and (day := _day(moment)) is not None
    )


def _ask(arguments: list[str], name: str, patience: Patience) -> str:
    npm = find_program("npm")
    if npm is None:
        raise UnreachableError(f"{name}: npm is not on the PATH; it is needed for npm packages")
    limits = [
        f"--fetch-retries={patience.retries}",
        f"--fetch-timeout={int(patience.read_seconds * 1000)}",
        f"--fetch-retry-mintimeout={int(patience.backoff_seconds * 1000)}",
        f"--fetch-retry-maxtimeout={int(patience.backoff_seconds * 8000)}",
    ]
    try:
        process = subprocess.Popen(
            [npm, *arguments, *limits],
            cwd=Path.home().anchor,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise EvidenceError(f"{name}: npm cannot be started ({error.strerror})") from None
    with process:
        try:
            answer, _ = process.communicate(timeout=patience.total_seconds)
        except BaseException as error:
            _end(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise UnreachableError(
                    f"{name}: npm does not answer in {patience.total_seconds:.0f} s"
                ) from None
            raise
    return answer.decode("utf-8", "replace")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End npm and whatever it has started."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _problem(name: str, error: Any) -> EvidenceError:
    code = str(error.get("code", "")) if isinstance(error, dict) else ""
    if code in {"E404", "404"}:
        return EvidenceError(f"{name}: the npm registry in use does not know this package")
    if code in _OFFLINE:
        return UnreachableError(
            f"{name}: the npm registry in use cannot be reached (is this machine offline?)"
        )
    return EvidenceError(f"{name}: npm fails with {code or 'an error it does not name'}")


def _day(moment: object) -> date | None:
    try:
        return date.fromisoformat(str(moment)[:10])
    except ValueError:
        return None
