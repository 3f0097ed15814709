"""Files that others wrote, read within bounds; files of ours, wholly the new or wholly the old."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from stack_half_life.errors import StackHalfLifeError

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def read_file(path: Path, most_bytes: int, problem: type[StackHalfLifeError]) -> bytes:
    """The bytes of a regular file of at most `most_bytes` bytes.

    Raises:
        problem: one line that names the file, where it is missing, no regular file, unreadable or
            too large.
    """
    try:
        if path.is_dir():
            raise problem(f"{path}: is a folder; a file is needed")
        if path.exists() and not path.is_file():
            raise problem(f"{path}: is no regular file")
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except FileNotFoundError:
        raise problem(f"{path}: there is no such file") from None
    except (OSError, ValueError) as error:
        words = reason(error) if isinstance(error, OSError) else str(error)
        raise problem(f"{path}: cannot be read: {words}") from None
    if len(content) > most_bytes:
        raise problem(f"{path}: larger than {most_bytes >> 20} MB, the most that is read")
    return content


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside the path, then put it in its place; a link is followed, a mode is kept.

    What is no file (a device, a pipe) is written to and never replaced.

    Raises:
        OSError: where it cannot be written; the old file is then untouched.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    target = path.resolve()
    if target.exists() and not _is_writable(target):
        raise PermissionError(errno.EACCES, "the file is read-only")
    beside = target.with_name(f".{target.name[:50]}.{os.urandom(8).hex()}")
    handle = os.open(beside, _NEW, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            if target.exists():
                beside.chmod(target.stat().st_mode & 0o777)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _is_writable(path: Path) -> bool:
    """Whether a file's mode lets it be changed; a renaming over it would ask its folder only."""
    return bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK)


def reason(problem: OSError) -> str:
    """The operating system's own words for what went wrong, without numbers and paths."""
    return (problem.strerror or type(problem).__name__).lower()
