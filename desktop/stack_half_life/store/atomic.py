"""Files that are either wholly the new ones or wholly the old ones."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


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
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def reason(problem: OSError) -> str:
    """The operating system's own words for what went wrong, without numbers and paths."""
    return (problem.strerror or type(problem).__name__).lower()
