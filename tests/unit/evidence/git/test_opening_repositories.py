from pathlib import Path

import pytest

from made_repository import START, MadeRepository
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.git import refs
from stack_half_life.evidence.git.harvest import harvest_repository
from stack_half_life.evidence.git.layout import find_repository


@pytest.fixture
def made(tmp_path: Path) -> MadeRepository:
    made = MadeRepository(tmp_path / "made")
    made.commit({"a": "1\n2\n"})
    made.commit({"a": "1\n3\n", "b": "x\n"})
    made.commit({"b": "y\nz"})
    return made


def refused(path: Path) -> str:
    with pytest.raises(EvidenceError) as error:
        harvest_repository(path)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_bare_detached_packed_and_linked_repositories_say_the_same(
    made: MadeRepository, tmp_path: Path
) -> None:
    made.git("tag", "v1.0")
    wanted = harvest_repository(made.folder)[0]
    made.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    made.git("worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    made.git("gc", "-q")
    made.git("pack-refs", "--all")
    for path in (tmp_path / "bare.git", tmp_path / "linked", made.folder, made.folder / ".git"):
        found = harvest_repository(path)[0]
        assert (found.lines, found.commits, found.head) == (4, 3, wanted.head)
        assert [release.version for release in found.tags.releases] == ["1.0"]
    made.git("checkout", "-q", "--detach", "HEAD~1")
    assert harvest_repository(made.folder)[0].commits == 2


def test_a_repository_of_sha256_objects_is_read(tmp_path: Path) -> None:
    made = MadeRepository(tmp_path / "made", "--object-format=sha256")
    made.commit({"a": "1\n2\n3\n4\n", "b": "1\n"})
    made.commit({"a": None, "c": "1\n2\n3\n4\n5\n", "d": "1\n2\n3\n4\n6\n"})
    made.tag("v1.0", seconds=START)
    found = harvest_repository(made.folder)[0]
    assert (found.lines, found.commits, len(found.head)) == (11, 2, 64)
    assert found.survival.shares[1].value is None


def test_lines_from_before_a_shallow_clone_are_left_out(
    made: MadeRepository, tmp_path: Path
) -> None:
    shallow = tmp_path / "shallow"
    made.git("clone", "-q", "--depth=2", f"file://{made.folder}", str(shallow))
    found = harvest_repository(shallow)[0]
    assert (found.commits, found.lines, found.is_shallow) == (2, 4, True)
    assert "shallow" in found.notes[0]
    assert found.survival.half_life_years.value is None
    assert found.survival.alive_share == (1.0,)


def test_a_few_versions_that_a_clone_lacks_are_passed_over(tmp_path: Path) -> None:
    made = MadeRepository(tmp_path / "made")
    made.commit({f"f{number}": f"{number}\na\nb\n" for number in range(60)})
    made.commit({"f0": "0\nlarge\n" * 50, "f1": None, "moved": "1\na\nb\nc\n"})
    for gone in ("HEAD:f0", "HEAD:f2"):
        blob = made.git("rev-parse", gone).strip()
        (made.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    found, state = harvest_repository(made.folder)
    assert found.missing_versions == 2
    assert "2 versions of files are not in it" in found.notes[0]
    assert found.lines == 57 * 3 + 4
    assert harvest_repository(made.folder, state=state)[0] == found
    assert "f0" in made.git("ls-files")


def test_a_clone_that_lacks_much_is_refused(made: MadeRepository) -> None:
    blob = made.git("rev-parse", "HEAD~1:b").strip()
    (made.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert "unable to read" in refused(made.folder)


def test_folders_that_are_no_repository_are_refused(tmp_path: Path) -> None:
    assert "is no folder" in refused(tmp_path / "missing")
    assert "is not a git repository" in refused(tmp_path)
    (tmp_path / ".git").write_text("hello\n")
    assert "gitdir" in refused(tmp_path)
    (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    assert "is not a git repository" in refused(tmp_path)


def test_a_repository_without_commits_says_so(tmp_path: Path) -> None:
    made = MadeRepository(tmp_path / "made")
    assert refused(made.folder).endswith("has no commits on main")


def test_a_branch_that_holds_no_commit_is_named(made: MadeRepository) -> None:
    (made.folder / ".git" / "refs" / "heads" / "main").write_text("nonsense\n")
    assert "refs/heads/main holds no commit (“nonsense”)" in refused(made.folder)
    (made.folder / ".git" / "refs" / "heads" / "main").write_text("1" * 40)
    assert "git cannot read the history (fatal: bad object" in refused(made.folder)


def test_a_reftable_is_named_with_its_remedy(made: MadeRepository) -> None:
    (made.folder / ".git" / "reftable").mkdir()
    assert "git refs migrate" in refused(made.folder)


def test_without_git_that_is_said(made: MadeRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert refused(made.folder).startswith("git: is not installed")


def test_a_history_of_one_empty_commit_has_no_lines(tmp_path: Path) -> None:
    made = MadeRepository(tmp_path / "made")
    made.commit()
    found = harvest_repository(made.folder)[0]
    assert (found.lines, found.commits) == (0, 1)
    assert found.survival.half_life_years.value is None
    assert found.survival.ages_years == ()


def test_more_tags_than_can_be_meant_are_refused(
    made: MadeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        made.tag(f"v1.{number}")
    monkeypatch.setattr(refs, "MAX_TAGS", 2)
    for _ in ("loose", "packed"):
        with pytest.raises(EvidenceError, match="more than 2 tags"):
            refs.tag_refs(find_repository(made.folder))
        made.git("pack-refs", "--all")
