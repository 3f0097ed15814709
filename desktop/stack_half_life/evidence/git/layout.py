"""Where a repository keeps its things on disk, found without git, which reads its config."""

import os
import stat
from pathlib import Path
from typing import NamedTuple

from stack_half_life.errors import EvidenceError

MAX_POINTER_BYTES = 4096


class RepositoryLayout(NamedTuple):
    """The folders of a repository.

    path: as the user named it, for messages.
    git_folder: holds HEAD; for a linked worktree that worktree's own folder.
    common_folder: holds refs, packed-refs, shallow and objects.
    """

    path: Path
    git_folder: Path
    common_folder: Path

    @property
    def objects_folder(self) -> Path:
        """Where commits, trees and files are stored."""
        return self.common_folder / "objects"

    @property
    def name(self) -> str:
        """What the repository is called, after its folder."""
        resolved = self.path.resolve()
        name = resolved.parent.name if resolved.name == ".git" else resolved.name
        return name.removesuffix(".git") or "repository"


def find_repository(path: Path) -> RepositoryLayout:
    """The layout of the repository at a path: a work tree's top folder, or a bare repository.

    Raises:
        EvidenceError: where there is no repository.
    """
    try:
        is_folder = path.is_dir()
    except OSError:
        is_folder = False
    if not is_folder:
        raise EvidenceError(f"{path}: is no folder; a git repository is needed")
    inside = path / ".git"
    git_folder = path
    if inside.is_dir():
        git_folder = inside
    elif is_regular(inside):
        pointer = read_small(inside)
        if not pointer.startswith("gitdir:"):
            raise EvidenceError(f"{inside}: does not name a git folder (“gitdir: …” is expected)")
        git_folder = path / pointer.removeprefix("gitdir:").strip()
    common_folder = git_folder
    if is_regular(git_folder / "commondir"):
        common_folder = git_folder / read_small(git_folder / "commondir").strip()
    if not stands_there(git_folder / "HEAD") or not (common_folder / "objects").is_dir():
        raise EvidenceError(
            f"{path}: is not a git repository (its top folder, or a bare repository, is needed)"
        )
    return RepositoryLayout(path, git_folder.absolute(), common_folder.absolute())


def is_regular(path: Path) -> bool:
    """Whether a plain file stands there itself: no link, pipe or device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def read_small(path: Path, limit: int = MAX_POINTER_BYTES) -> str:
    """The text of a plain file of at most `limit` bytes.

    Raises:
        EvidenceError: where it is no plain file, is larger, or cannot be read.
    """
    if not is_regular(path):
        raise EvidenceError(f"{path}: is no plain file")
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as problem:
        raise EvidenceError(f"{path}: {(problem.strerror or 'cannot be read').lower()}") from None
    if len(content) > limit:
        raise EvidenceError(f"{path}: is larger than {limit:,} bytes, the most that is read")
    return os.fsdecode(content)


def stands_there(path: Path) -> bool:
    """Whether anything has that name, be it a link to nowhere."""
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True
