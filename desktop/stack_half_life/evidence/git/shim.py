"""Git, run on a foreign repository's objects without any of its configuration.

Git is started in an empty repository of our own. Of the foreign one it sees the stored objects
and nothing else: no config (so no text conversion, external diff, fsmonitor, filters, pagers,
ssh commands or remotes), no hooks, no attributes, no index, no grafts, no replacements. It may
not fetch what is missing, and it never asks for anything.

Objects borrowed from another repository (`objects/info/alternates`) are looked up only where the
caller allows it, since the line that names them is the foreign repository's word.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.git.layout import RepositoryLayout, stands_there
from stack_half_life.evidence.git.refs import shallow_commits
from stack_half_life.paths import find_program

MAX_OBJECT_FOLDERS_DEPTH = 3

_NOTHING = os.devnull
_HEAP = {
    "MALLOC_TOP_PAD_": str(4 * 2**20),
    "MALLOC_MMAP_THRESHOLD_": str(32 * 2**20),
    "MALLOC_TRIM_THRESHOLD_": str(64 * 2**20),
}
"""Bids glibc keep memory rather than hand it back and ask anew: a tenth of git's time."""

_CONFIG = """[core]
\trepositoryformatversion = {version}
\tbare = true
\tquotePath = false
\tattributesFile = {nothing}
\thooksPath = {nothing}
\tfsmonitor = false
[gc]
\tauto = 0
[maintenance]
\tauto = false
[fastimport]
\tunpackLimit = 0
[protocol]
\tallow = never
"""


class MissingVersionError(EvidenceError):
    """A version of a file is named in the history, and is not there."""


class GitShim(NamedTuple):
    """Git on a foreign repository's objects; made by `open_shim`."""

    layout: RepositoryLayout
    git: str
    folder: Path
    environment: dict[str, str]

    def start(
        self, arguments: Sequence[str], errors: IO[bytes], given: IO[bytes] | None = None
    ) -> subprocess.Popen[bytes]:
        """Git with its output in a pipe; the caller reads it, waits, and hands over `errors`."""
        return subprocess.Popen(
            [self.git, "--no-pager", *arguments],
            stdin=subprocess.DEVNULL if given is None else given,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=self.folder,
            env=self.environment,
        )

    def output(self, arguments: Sequence[str], given: bytes = b"") -> bytes:
        """What git prints.

        Raises:
            EvidenceError: where git fails, with its first line.
        """
        done = subprocess.run(
            [self.git, "--no-pager", *arguments],
            input=given,
            capture_output=True,
            cwd=self.folder,
            env=self.environment,
            check=False,
        )
        if done.returncode:
            raise self.failure(done.stderr)
        return done.stdout

    def packed_bytes(self) -> int:
        """How large the foreign packs are in all."""
        try:
            with os.scandir(self.layout.objects_folder / "pack") as entries:
                return sum(entry.stat().st_size for entry in entries)
        except OSError:
            return 0

    def with_own_objects(self) -> "GitShim":
        """The same, but new objects are written to the shim; the foreign ones are only read."""
        own = self.folder / "made"
        foreign = self.environment["GIT_OBJECT_DIRECTORY"]
        if foreign == str(own):
            return self
        own.mkdir(exist_ok=True)
        environment = {
            **self.environment,
            "GIT_OBJECT_DIRECTORY": str(own),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": _quoted(foreign),
        }
        return self._replace(environment=environment)

    def failure(self, errors: bytes) -> EvidenceError:
        """The error for what git said when it failed."""
        lines = errors.decode("utf-8", "replace").splitlines()
        grave = [line for line in lines if line.startswith(("fatal:", "error:"))]
        said = "".join(c for c in (*grave, *lines, "no reason given")[0] if c.isprintable())[:200]
        path = self.layout.path
        pack = self.layout.objects_folder / "pack"
        if stands_there(self.layout.objects_folder / "info" / "alternates"):
            why = (
                "it borrows objects from another repository, which is followed only with "
                "--follow-alternates"
            )
        elif pack.is_dir() and any(file.suffix == ".promisor" for file in pack.iterdir()):
            why = "it is a partial clone; what it left out must be fetched first"
        else:
            why = "`git fsck` in it tells more"
        text = f"{path}: git cannot read the history ({said}); {why}"
        is_borrower = str(self.layout.objects_folder) != self.environment["GIT_OBJECT_DIRECTORY"]
        if "unable to read" in said and not is_borrower:
            return MissingVersionError(text)
        return EvidenceError(text)


@contextmanager
def open_shim(
    layout: RepositoryLayout, *, object_id_length: int, follow_alternates: bool = False
) -> Iterator[GitShim]:
    """An empty repository beside the foreign one's objects, gone at the end.

    object_id_length: hexadecimal digits of an object id: 40 (SHA-1) or 64 (SHA-256).

    Raises:
        EvidenceError: where git is not installed, or something among the objects is no plain file.
    """
    git = find_git()
    _refuse_odd_objects(layout.objects_folder)
    try:
        folder = Path(tempfile.mkdtemp(prefix="stack-half-life-"))
    except OSError as problem:
        reason = (problem.strerror or "cannot be made").lower()
        raise EvidenceError(f"{tempfile.gettempdir()}: no temporary folder: {reason}") from None
    try:
        objects = _fill(folder, layout, object_id_length, follow_alternates)
        yield GitShim(layout, git, folder, _environment(folder, objects))
    except OSError as problem:
        reason = (problem.strerror or type(problem).__name__).lower()
        raise EvidenceError(f"{layout.path}: cannot be read: {reason}") from problem
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_git() -> str:
    """The git program on the PATH.

    Raises:
        EvidenceError: where there is none.
    """
    found = find_program("git")
    if found is None:
        raise EvidenceError("git: is not installed, or not on the PATH; harvesting needs it")
    return found


def _fill(
    folder: Path, layout: RepositoryLayout, object_id_length: int, follow_alternates: bool
) -> Path:
    is_sha256 = object_id_length == 64
    config = _CONFIG.format(version=int(is_sha256), nothing=_NOTHING)
    if is_sha256:
        config += "[extensions]\n\tobjectFormat = sha256\n"
    (folder / "config").write_text(config, encoding="utf-8")
    (folder / "HEAD").write_text("ref: refs/heads/none\n", encoding="utf-8")
    (folder / "refs").mkdir()
    (folder / "objects").mkdir()
    shallow = shallow_commits(layout)
    if shallow:
        (folder / "shallow").write_text("\n".join(shallow) + "\n", encoding="utf-8")
    foreign = layout.objects_folder
    if follow_alternates or not stands_there(foreign / "info" / "alternates"):
        return foreign
    for stored in foreign.iterdir():
        if stored.name == "pack" or len(stored.name) == 2:
            (folder / "objects" / stored.name).symlink_to(stored)
    return folder / "objects"


def _environment(folder: Path, objects: Path) -> dict[str, str]:
    kept = {
        name: value
        for name in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
        if (value := os.environ.get(name)) is not None
    }
    return {
        **kept,
        "LC_ALL": "C",
        "TZ": "UTC",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "GIT_DIR": str(folder),
        "GIT_OBJECT_DIRECTORY": str(objects),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": _NOTHING,
        "GIT_CONFIG_GLOBAL": _NOTHING,
        "GIT_CONFIG_COUNT": "0",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "true",
        "GIT_SSH_COMMAND": "false",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_PAGER": "cat",
        "GIT_FLUSH": "0",
        **_HEAP,
    }


def _quoted(path: str) -> str:
    """A path as one entry of git's list of object folders."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _refuse_odd_objects(folder: Path, depth: int = 0) -> None:
    """Refuse pipes and devices among the objects, on which git would wait without end."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    if depth < MAX_OBJECT_FOLDERS_DEPTH:
                        _refuse_odd_objects(Path(entry.path), depth + 1)
                elif not entry.is_file():
                    raise EvidenceError(f"{entry.path}: is no plain file, as objects must be")
    except OSError as problem:
        reason = (problem.strerror or "cannot be read").lower()
        raise EvidenceError(f"{folder}: cannot be read: {reason}") from None
