"""Unsaved edits kept beside the files they belong to: stack files with a first line on whose."""

import json
from hashlib import sha256
from pathlib import Path

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.stack import Stack
from stack_half_life.errors import StackFileError
from stack_half_life.files import reason, write_atomically
from stack_half_life.store.stack_files import read_stack
from stack_half_life.store.stack_toml import stack_to_toml

_FIRST = "# Unsaved edits of "
_HELD = ", which held "


class UnsavedStack(Frozen):
    """A stack whose edits were in no file, and the file it came from, where there is one.

    held: fingerprint of the stack that file held then; empty where that is unknown.
    """

    stack: Stack
    path: Path | None
    held: str = ""


def fingerprint(stack: Stack) -> str:
    """Tells a stack from others, however its file is laid out."""
    return sha256(stack_to_toml(stack).encode("utf-8")).hexdigest()


def unsaved_text(unsaved: UnsavedStack) -> str:
    """The text kept: a stack file, so that a person can open it by hand too."""
    where = json.dumps(str(unsaved.path), ensure_ascii=True) if unsaved.path else "no file"
    if unsaved.held:
        where = f"{where}{_HELD}{unsaved.held}"
    return f"{_FIRST}{where}\n{stack_to_toml(unsaved.stack)}"


def write_unsaved(text: str, file: Path) -> None:
    """Keep unsaved edits.

    Raises:
        StackFileError: where they cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, text.encode("utf-8"))
    except OSError as problem:
        raise StackFileError(
            f"{file.parent}: unsaved edits cannot be kept there: {reason(problem)}"
        ) from None


def read_unsaved(file: Path) -> UnsavedStack:
    """Unsaved edits that were kept.

    Raises:
        StackFileError: where the file is damaged.
    """
    stack = read_stack(file)
    with file.open(encoding="utf-8") as lines:
        first = lines.readline().strip()
    where, _held, held = first.rpartition(_HELD) if _HELD in first else (first, "", "")
    return UnsavedStack(stack=stack, path=_path_in(where), held=held)


def set_unsaved_aside(file: Path) -> Path:
    """Rename a damaged file so that it is not offered again; nothing is deleted."""
    aside = file.with_name(f"{file.name}.damaged")
    number = 1
    while aside.exists():
        number += 1
        aside = file.with_name(f"{file.name}.damaged-{number}")
    return file.rename(aside)


def _path_in(first_line: str) -> Path | None:
    if not first_line.startswith(f'{_FIRST}"'):
        return None
    try:
        return Path(str(json.loads(first_line.removeprefix(_FIRST))))
    except ValueError:
        return None
