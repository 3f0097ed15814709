import random
from pathlib import Path

import pytest

from made_repository import MadeRepository
from stack_half_life.evidence.git.history import History, read_history
from stack_half_life.evidence.git.layout import find_repository
from stack_half_life.evidence.git.paths import path_text
from stack_half_life.evidence.git.refs import head_commit
from stack_half_life.evidence.git.shim import open_shim


@pytest.fixture
def made(tmp_path: Path) -> MadeRepository:
    return MadeRepository(tmp_path / "made")


def births_by_path(folder: Path) -> dict[str, list[str]]:
    layout = find_repository(folder)
    head = head_commit(layout)
    with open_shim(layout, object_id_length=len(head)) as shim:
        history = read_history(shim, head, History())
        commits = shim.output(["rev-list", "--first-parent", "--reverse", head]).decode().split()
    births = dict(zip(history.path_numbers, history.lines.births(), strict=True))
    return {
        path_text(path): [commits[birth] for birth in lines]
        for path, lines in births.items()
        if lines is not None
    }


def assert_as_git_tells(made: MadeRepository) -> None:
    found = births_by_path(made.folder)
    counts = {path: count for path, count in made.line_counts().items() if count}
    assert {path: len(lines) for path, lines in found.items() if lines} == counts
    for path in counts:
        assert found[path] == made.blame(path), path


def lines(*texts: object) -> str:
    return "".join(f"{text}\n" for text in texts)


def test_lines_are_born_where_blame_says(made: MadeRepository) -> None:
    made.commit({"a.py": lines(*range(10)), "empty": "", "no-end": "one\ntwo"})
    made.commit({"a.py": lines(*range(3), "new", *range(3, 8), "x", "y"), "no-end": "one\ntwo\n"})
    made.commit({"a.py": lines("first", *range(3), *range(4, 8)), "empty": "now\n"})
    made.commit({"a.py": lines("first", 1, 2, 5, 6, 7, "last"), "no-end": None})
    assert_as_git_tells(made)


def test_content_that_looks_like_a_patch_is_content(made: MadeRepository) -> None:
    trick = lines(
        "diff --git a/x b/x",
        "@@ -1,3 +1,9 @@",
        ":100644 100644 0 0 M\ta",
        f"commit {'0' * 40} 1",
        "Binary files a and b differ",
        "-- a/x",
        "++ b/x",
        "\\ No newline at end of file",
        "rename from x",
    )
    made.commit({"a": trick, "b": "\r\n@@ -1 +1 @@\r\rdiff --git \x0c\n"})
    made.commit({"a": trick * 3 + "end", "b": "@@ -0,0 +1,99 @@ \n\n\n"})
    made.commit({"a": "diff --git \n" + trick * 2, "b": "\n@@ -0,0 +1,99 @@ \n"})
    assert_as_git_tells(made)


def test_renames_and_swaps_are_followed(made: MadeRepository) -> None:
    one, two = lines(*range(40)), lines(*range(100, 140))
    made.commit({"one": one, "two": two, "sub/three": lines(*range(200, 230))})
    made.commit({"one": two, "two": one})
    made.commit({"one": None, "moved/one": two + "more\n"})
    made.commit({"sub/three": None, "sub": lines(*range(200, 230))})
    assert_as_git_tells(made)


def test_both_halves_of_a_split_file_keep_their_births(made: MadeRepository) -> None:
    made.commit({"whole": lines(*range(60)), "other": lines(*range(500, 530))})
    made.commit({"whole": lines(*range(30), "new", *range(30, 60))})
    halves = {"first": lines(*range(30), "new", 1), "second": lines(*range(25, 60))}
    made.commit({"whole": None, "other": None, "moved": lines(*range(500, 531)), **halves})
    made.commit({"dir/first": halves["first"], "first": None, "second": lines(*range(20, 50))})
    assert_as_git_tells(made)


def test_a_copied_licence_follows_the_copy_of_its_own_name(made: MadeRepository) -> None:
    text = lines(*range(20))
    made.commit({"a/LICENCE": text, "a/x": "1\n"})
    made.commit({"b/LICENCE": text, "COPYING": text})
    made.commit(
        {"a/LICENCE": None, "b/LICENCE": None, "COPYING": None, "a/x": None}
        | {"c/LICENCE": text, "c/COPYING": text, "d/LICENCE": text + "more\n", "c/x": "1\n"}
    )
    assert_as_git_tells(made)


def test_among_equally_alike_sources_the_one_that_blame_takes_is_taken(
    made: MadeRepository,
) -> None:
    texts = {name: lines(*range(9), name in "bc" or name) for name in "abcdef"}
    for name, text in texts.items():
        made.commit({f"{name}/old.json": text, f"{name}/note": lines(name, *range(3))})
    changes: dict[str, str | bytes | None] = {}
    for name, text in texts.items():
        changes |= {f"{name}/old.json": None, f"{name}/note": None}
        changes[f"{name}/new.json"] = text.replace("4", "four")
    made.commit(changes)
    assert_as_git_tells(made)


def test_odd_names_are_kept_apart(made: MadeRepository) -> None:
    names = ["new\nline", 'quo"te', "tab\there", "ünï/cödé", " lead", "back\\slash", "\x01ctl"]
    made.commit({name: lines(*range(5)) for name in names})
    made.commit({name: lines(*range(2), name.split("\n")[0], *range(2, 5)) for name in names})
    assert_as_git_tells(made)


def test_a_file_that_is_binary_for_a_while_keeps_its_births(made: MadeRepository) -> None:
    made.commit({"a": lines(*range(8)), "b": b"\0\n1\n2\n3\n", "c": "text\n", "d": b"\0\0\n"})
    made.commit({"a": b"0\n\0\n" + lines(*range(2, 8)).encode(), "b": b"\0\n1\n2\n9\n"})
    made.commit({"a": b"0\nnew\n\0\n" + lines(*range(2, 8)).encode(), "c": b"\0\n"})
    made.commit({"a": "0\nnew\n" + lines(*range(2, 7)), "b": b"1\n2\n9\n10\n", "d": b"\0\n"})
    made.commit({"a": "0\nnewer\n" + lines(*range(2, 7))})
    assert_as_git_tells(made)


def test_links_and_files_change_places(made: MadeRepository) -> None:
    made.commit({"a": lines(*range(5)), "b": lines(*range(9))})
    (made.folder / "a").unlink()
    (made.folder / "a").symlink_to("b")
    made.commit()
    (made.folder / "a").unlink()
    (made.folder / "b").chmod(0o755)
    made.commit({"a": lines(*range(7))})
    assert_as_git_tells(made)


def test_submodules_are_passed_over(made: MadeRepository) -> None:
    first = made.commit({"a": lines(*range(5))})
    made.git("update-index", "--add", "--cacheinfo", f"160000,{first},sub")
    made.git("commit", "-q", "-m", "x")
    made.git("update-index", "--cacheinfo", f"160000,{'1' * 40},sub")
    made.git("commit", "-q", "-m", "x")
    made.git("rm", "-q", "--cached", "sub")
    made.commit({"sub": lines(*range(3))})
    assert_as_git_tells(made)


def test_merges_count_as_one_step_along_the_first_parent(made: MadeRepository) -> None:
    made.commit({"a": lines(*range(20))})
    made.git("checkout", "-q", "-b", "side")
    made.commit({"a": lines(*range(10), "side", *range(10, 20))})
    made.commit({"b": lines("side", "too")})
    made.git("checkout", "-q", "main")
    made.commit({"a": lines("main", *range(20))})
    made.git("merge", "-q", "--no-ff", "-m", "x", "side")
    made.commit({"b": lines("side", "three")})
    assert_as_git_tells(made)


@pytest.mark.parametrize("seed", range(6))
def test_random_histories_agree_with_git(made: MadeRepository, seed: int) -> None:
    chance = random.Random(seed)
    names = ["a", "b", "dir/c", "dir/d", "e.py"]
    files: dict[str, list[str]] = {}
    for step in range(25):
        change: dict[str, str | bytes | None] = {}
        for name in chance.sample(names, 2):
            known = files.get(name)
            if known is not None and chance.random() < 0.1:
                del files[name]
                change[name] = None
                continue
            text = list(known or [f"line {chance.randrange(30)}" for _ in range(20)])
            for _ in range(chance.randrange(1, 5)):
                at = chance.randrange(len(text) + 1)
                until = at + chance.choice([0, 0, 1, 1, 3])
                text[at:until] = [f"line {chance.randrange(30)}"] * chance.choice([0, 1, 2, 4])
            if known and chance.random() < 0.15:
                change[name] = None
                files.pop(name)
                name = f"moved-{step}"
                names.append(name)
            files[name] = text
            nul = "\0" if chance.random() < 0.08 else ""
            change[name] = "\n".join([*text, nul]) or "\n"
        made.commit(change)
    assert_as_git_tells(made)
