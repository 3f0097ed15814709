"""Files are read within bounds and written whole or not at all."""

import os
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from stack_half_life.errors import EvidenceError, StackFileError
from stack_half_life.files import read_file, write_atomically


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (Path.exists, "there is no such file"),
        (Path.mkdir, "is a folder; a file is needed"),
        (os.mkfifo, "is no regular file"),
        (lambda path: path.write_bytes(b"x" * (2**20 + 1)), "larger than 1 MB, the most"),
    ],
)
def test_what_cannot_be_read_is_told_as_the_reader_asks(
    tmp_path: Path, make: Callable[[Path], object], told: str
) -> None:
    path = tmp_path / "place"
    make(path)
    for problem in (EvidenceError, StackFileError):
        with pytest.raises(problem, match=told) as caught:
            read_file(path, 2**20, problem)
        assert str(caught.value).startswith(f"{path}: ")


def test_a_file_of_just_the_most_bytes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "full"
    path.write_bytes(b"x" * 2**20)
    assert len(read_file(path, 2**20, EvidenceError)) == 2**20


def test_new_files_take_the_mask_of_the_process_and_old_ones_keep_their_mode(
    tmp_path: Path,
) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new", b"new")
        (tmp_path / "old").write_bytes(b"old")
        (tmp_path / "old").chmod(0o604)
        write_atomically(tmp_path / "old", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "old").stat().st_mode) == 0o604


def test_writing_never_loosens_the_mask_of_other_threads(tmp_path: Path) -> None:
    before = os.umask(0o077)
    done = threading.Event()

    def others() -> set[int]:
        modes = set()
        number = 0
        while not done.is_set():
            number += 1
            path = tmp_path / f"other {number}"
            path.touch()
            modes.add(stat.S_IMODE(path.stat().st_mode))
        return modes

    try:
        with ThreadPoolExecutor() as pool:
            found = pool.submit(others)
            for _ in range(200):
                write_atomically(tmp_path / "ours", b"content")
            done.set()
            assert found.result() == {0o600}
    finally:
        os.umask(before)


@pytest.mark.parametrize("name", ["é" * 120, "stack.toml"])
def test_names_may_be_as_long_as_the_system_takes(tmp_path: Path, name: str) -> None:
    write_atomically(tmp_path / name, b"content")
    assert [path.name for path in tmp_path.iterdir()] == [name]
