"""Repositories that would run something, read elsewhere, or never let go."""

import os
import subprocess
from pathlib import Path

import pytest

from made_repository import MadeRepository
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.git.answer import RepositoryHarvest
from stack_half_life.evidence.git.harvest import harvest_repository


def harvested(path: Path, *, follow_alternates: bool = False) -> RepositoryHarvest:
    return harvest_repository(path, follow_alternates=follow_alternates)[0]


class Trap:
    """A program that leaves a mark when anything runs it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.mark = folder / "sprung"
        self.program = folder / "trap"
        self.program.write_text(f"#!/bin/sh\necho $0 >> '{self.mark}'\ncat 2>/dev/null\nexit 0\n")
        self.program.chmod(0o755)

    @property
    def is_sprung(self) -> bool:
        return self.mark.exists()


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path / "trap")


@pytest.fixture
def made(tmp_path: Path) -> MadeRepository:
    made = MadeRepository(tmp_path / "made")
    made.commit({"a.txt": "1\n2\n3\n", ".gitattributes": "* diff=evil filter=evil merge=evil\n"})
    made.commit({"a.txt": "1\n3\n4\n"})
    return made


def set_traps(made: MadeRepository, trap: Trap) -> None:
    program = str(trap.program)
    for key, value in {
        "diff.external": program,
        "diff.evil.textconv": program,
        "diff.evil.command": program,
        "filter.evil.clean": program,
        "filter.evil.smudge": program,
        "filter.evil.process": program,
        "merge.evil.driver": program,
        "core.fsmonitor": program,
        "core.pager": program,
        "pager.log": program,
        "core.sshCommand": program,
        "core.askPass": program,
        "core.editor": program,
        "core.gitProxy": program,
        "core.alternateRefsCommand": program,
        "core.hooksPath": str(trap.program.parent),
        "credential.helper": f"!{program}",
        "gpg.program": program,
        "log.showSignature": "true",
        "alias.log": f"!{program}",
        "alias.cat-file": f"!{program}",
        "uploadpack.packObjectsHook": program,
        "remote.origin.url": "ssh://example.invalid/x",
        "remote.origin.promisor": "true",
        "remote.origin.partialCloneFilter": "blob:none",
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
    }.items():
        made.git("config", key, value)
    included = made.folder / ".git" / "more"
    included.write_text(f"[core]\n\tpager = {program}\n[diff]\n\texternal = {program}\n")
    made.git("config", "include.path", str(included))
    (made.folder / ".git" / "info" / "attributes").write_text("* diff=evil\n")
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        target = made.folder / ".git" / "hooks" / hook
        target.parent.mkdir(exist_ok=True)
        target.symlink_to(trap.program)
        (trap.program.parent / hook).symlink_to(trap.program)


def test_nothing_of_the_repository_is_run(made: MadeRepository, trap: Trap) -> None:
    set_traps(made, trap)
    found = harvested(made.folder)
    assert not trap.is_sprung
    assert (found.lines, found.commits) == (4, 2)
    made.git("log", "-p", "--ext-diff", "--textconv")
    assert trap.is_sprung, "the traps would not have sprung for anybody"


def test_what_the_user_set_is_not_used_either(
    made: MadeRepository, trap: Trap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".gitconfig").write_text(
        f"[diff]\n\texternal = {trap.program}\n\tnoprefix = true\n"
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(trap.program))
    monkeypatch.setenv("GIT_PAGER", str(trap.program))
    monkeypatch.setenv("GIT_TRACE2_EVENT", str(tmp_path / "trace"))
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert harvested(made.folder).lines == 4
    assert not trap.is_sprung
    assert not (tmp_path / "trace").exists()


def test_what_a_partial_clone_lacks_is_not_fetched(made: MadeRepository, trap: Trap) -> None:
    blob = made.git("rev-parse", "HEAD~1:a.txt").strip()
    set_traps(made, trap)
    (made.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(EvidenceError, match="git cannot read the history") as refused:
        harvested(made.folder)
    assert not trap.is_sprung
    assert "\n" not in str(refused.value)


def test_a_git_of_the_repository_is_not_taken_for_git(
    made: MadeRepository, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made.folder / "git").symlink_to(trap.program)
    monkeypatch.chdir(made.folder)
    monkeypatch.setenv("PATH", f".:{os.environ['PATH']}")
    assert harvested(made.folder).lines == 4
    assert not trap.is_sprung


@pytest.fixture
def borrower(made: MadeRepository, tmp_path: Path) -> Path:
    made.git("clone", "-q", "--shared", str(made.folder), str(tmp_path / "borrower"))
    return tmp_path / "borrower"


def test_borrowed_objects_are_read_only_where_allowed(borrower: Path) -> None:
    with pytest.raises(EvidenceError, match="--follow-alternates"):
        harvested(borrower)
    assert harvested(borrower, follow_alternates=True).lines == 4


def test_alternates_that_are_not_needed_do_no_harm(made: MadeRepository) -> None:
    info = made.folder / ".git" / "objects" / "info"
    info.mkdir(exist_ok=True)
    (info / "alternates").write_text("/nowhere/objects\n")
    assert harvested(made.folder).lines == 4
    made.git("repack", "-a", "-d", "-q")
    assert harvested(made.folder).lines == 4


@pytest.mark.parametrize("place", ["objects/info/alternates", "objects/pack/x.idx", "HEAD"])
def test_a_pipe_where_a_file_belongs_is_refused(made: MadeRepository, place: str) -> None:
    path = made.folder / ".git" / place
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)
    with pytest.raises(EvidenceError, match="is no plain file"):
        harvested(made.folder)


@pytest.mark.parametrize("name", ["../../secret", "refs/../../secret", "refs/heads/../../x", "x"])
def test_a_head_that_leads_out_of_the_references_is_refused(
    made: MadeRepository, name: str
) -> None:
    (made.folder / "secret").write_text("0" * 40)
    (made.folder / ".git" / "HEAD").write_text(f"ref: {name}\n")
    with pytest.raises(EvidenceError, match="which is no branch"):
        harvested(made.folder)


def test_replacements_and_grafts_are_not_applied(made: MadeRepository) -> None:
    made.git("replace", "--graft", "HEAD")
    head = made.git("rev-parse", "HEAD").strip()
    (made.folder / ".git" / "info" / "grafts").write_text(f"{head}\n")
    assert made.git("rev-list", "--count", "HEAD").strip() == "1"
    assert harvested(made.folder).commits == 2


def test_nothing_is_written_to_the_repository(made: MadeRepository) -> None:
    made.commit({"a.txt": None, "b": "1\n2\n3\n", "c": "1\n3\n4\n", "d": "x\n"})
    made.commit({"b": None, "c": None, "x/b": "1\n2\n3\n5\n", "x/c": "1\n3\n4\n6\n"})

    def everything() -> dict[str, tuple[int, int]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.stat().st_size)
            for path in made.folder.rglob("*")
        }

    before = everything()
    harvested(made.folder)
    assert everything() == before


def test_no_process_is_left_behind_when_cancelled(made: MadeRepository) -> None:
    class StoppedError(Exception):
        pass

    def stop(share: float, text: str) -> None:
        raise StoppedError(share, text)

    started: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen.__init__

    def remember(self: subprocess.Popen[bytes], *arguments: object, **named: object) -> None:
        started.append(self)
        begin(self, *arguments, **named)  # type: ignore[call-overload]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess.Popen, "__init__", remember)
        with pytest.raises(StoppedError):
            harvest_repository(made.folder, on_progress=stop)
    assert started
    assert all(process.poll() is not None for process in started)
