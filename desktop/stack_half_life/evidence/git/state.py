"""What is kept of a harvest, so that the next one of the same repository goes on from there.

One file: a line of JSON, then packed numbers, a checksum in the first line. It is only ever a
short cut: whatever is wrong with it, it is passed over and made anew.
"""

import json
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from stack_half_life.evidence.git.binaries import BinaryFile
from stack_half_life.evidence.git.history import History
from stack_half_life.evidence.git.lines import File, LineHistory
from stack_half_life.evidence.git.manifest_history import ManifestHistory
from stack_half_life.evidence.git.tenures import ManifestChange

STATE_VERSION = 7
_MAGIC = b"stack-half-life harvest\n"


def pack_state(history: History, fingerprint: str, answer: Mapping[str, Any]) -> bytes:
    """A history, and the answer drawn from it under a fingerprint of all that it rests on."""
    lines = history.lines
    numbers: list[array[int]] = [
        array("q", history.seconds),
        lines.born,
        lines.died,
        lines.lines,
    ]
    files = [_file_form(file, numbers) for file in lines.files]
    answers: dict[int, int] = {}
    table: list[Any] = []
    contents = []
    for (path, identity), asked in history.manifests.contents.items():
        place = answers.setdefault(id(asked), len(table))
        if place == len(table):
            table.append(None if asked is None else [[*key, scope] for key, scope in asked.items()])
        contents.append([path, identity, place])
    body = json.dumps(
        {
            "head": history.head,
            "shallow": history.shallow,
            "missing_versions": history.missing_versions,
            "replaced_versions": history.replaced_versions,
            "paths": [path.decode("latin-1") for path in history.path_numbers],
            "files": files,
            "hidden": lines.hidden,
            "commits": lines.commits,
            "changes": [
                [change.commit, change.path, change.identity, change.source]
                for change in history.manifests.changes
            ],
            "contents": contents,
            "asked": table,
            "arrays": [[part.typecode, len(part)] for part in numbers],
        },
        separators=(",", ":"),
    ).encode()
    packed = b"".join(part.tobytes() for part in numbers)
    head = json.dumps(
        {
            "version": STATE_VERSION,
            "byte_order": sys.byteorder,
            "fingerprint": fingerprint,
            "answer": answer,
            "body_bytes": len(body),
            "checksum": zlib.crc32(packed, zlib.crc32(body)),
        }
    ).encode()
    return b"".join([_MAGIC, head, b"\n", body, packed])


def unpack_answer(state: bytes, fingerprint: str) -> dict[str, Any] | None:
    """The answer kept under a fingerprint; None where there is none."""
    try:
        head = _head(state)
        answer = head["answer"] if head["fingerprint"] == fingerprint else None
    except (ValueError, KeyError, TypeError):
        return None
    return answer if isinstance(answer, dict) else None


def unpack_history(state: bytes) -> History | None:
    """The history kept; None where it is damaged or of another version."""
    try:
        return _history(state)
    except (ValueError, KeyError, TypeError, IndexError, OverflowError):
        return None


def _head(state: bytes) -> dict[str, Any]:
    if not state.startswith(_MAGIC):
        raise ValueError("another kind of file")
    line = state[len(_MAGIC) : state.index(b"\n", len(_MAGIC))]
    head: dict[str, Any] = json.loads(line)
    if head["version"] != STATE_VERSION or head["byte_order"] != sys.byteorder:
        raise ValueError("another version")
    return head


def _history(state: bytes) -> History:
    head = _head(state)
    rest = memoryview(state)[state.index(b"\n", len(_MAGIC)) + 1 :]
    if zlib.crc32(rest) != head["checksum"]:
        raise ValueError("damaged")
    body = json.loads(bytes(rest[: head["body_bytes"]]))
    packed = rest[head["body_bytes"] :]
    numbers = []
    for typecode, length in body["arrays"]:
        part = array(typecode)
        part.frombytes(packed[: length * part.itemsize])
        packed = packed[length * part.itemsize :]
        numbers.append(part)
    seconds, born, died, lines = numbers[:4]
    asked = [
        None if rows is None else {(eco, name): scope for eco, name, scope in rows}
        for rows in body["asked"]
    ]
    return History(
        head=body["head"],
        shallow=tuple(body["shallow"]),
        missing_versions=body["missing_versions"],
        replaced_versions=body["replaced_versions"],
        path_numbers={path.encode("latin-1"): n for n, path in enumerate(body["paths"])},
        seconds=list(seconds),
        lines=LineHistory(
            files=[_file(form, numbers) for form in body["files"]],
            born=born,
            died=died,
            lines=lines,
            hidden=[(birth, commit, count) for birth, commit, count in body["hidden"]],
            commits=body["commits"],
        ),
        manifests=ManifestHistory(
            changes=[ManifestChange(*change) for change in body["changes"]],
            contents={(path, identity): asked[n] for path, identity, n in body["contents"]},
        ),
    )


def _file_form(file: File, numbers: list["array[int]"]) -> Any:
    """None, a pair (birth, lines), the number of an array, or a binary file's figures."""
    if file is None or isinstance(file, tuple):
        return file
    if isinstance(file, BinaryFile):
        before = None if file.before is None else _file_form(file.before, numbers)
        steps = [[commit, old.decode(), new.decode()] for commit, old, new in file.steps]
        return {"before": before, "since": file.since, "steps": steps}
    numbers.append(file)
    return len(numbers) - 1


def _file(form: Any, numbers: Sequence["array[int]"]) -> File:
    if form is None:
        return None
    if isinstance(form, int):
        return numbers[form]
    if isinstance(form, list):
        return int(form[0]), int(form[1])
    before = form["before"]
    steps = [(commit, old.encode(), new.encode()) for commit, old, new in form["steps"]]
    return BinaryFile(None if before is None else numbers[before], form["since"], steps)
