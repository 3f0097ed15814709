"""Stack files: read with clear errors, written whole or not at all."""

from pathlib import Path

from stack_half_life.domain.stack import Stack
from stack_half_life.errors import StackFileError
from stack_half_life.files import read_file, reason, write_atomically
from stack_half_life.store.stack_toml import stack_from_toml, stack_to_toml

MAX_BYTES = 2 * 2**20


def read_stack(path: Path) -> Stack:
    """The stack in a file.

    Raises:
        StackFileError: one line naming the file, the key and what is allowed.
    """
    content = read_file(path, MAX_BYTES, StackFileError)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise StackFileError(
            f"{path}: is not text: byte {problem.start + 1} is not UTF-8; "
            "a stack file is TOML in UTF-8"
        ) from None
    return stack_from_toml(text, str(path))


def write_stack(stack: Stack, path: Path) -> None:
    """Write a stack as TOML; what stood there is replaced whole, its comments are lost.

    Raises:
        StackFileError: where the file cannot be written; the old one is then untouched.
    """
    try:
        write_atomically(path, stack_to_toml(stack).encode("utf-8"))
    except OSError as problem:
        raise StackFileError(f"{path}: cannot be written: {reason(problem)}") from None
