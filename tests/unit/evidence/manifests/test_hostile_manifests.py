"""Content made to take time or memory without end is read to its end, or refused in one line.

Read carelessly each of these takes hours or all memory, and pytest's time-out ends the run.
"""

from pathlib import Path

import pytest

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.manifests import MAX_MANIFEST_BYTES, dependencies
from stack_half_life.evidence.manifests.runtimes import runtimes
from stack_half_life.evidence.stack_import import read_items

LONG = MAX_MANIFEST_BYTES - 1000

DOUBLING = "ARG a0=xxxxxxxx\n" + "".join(f"ARG a{n}=$a{n - 1}$a{n - 1}\n" for n in range(1, 200))
MERGES = "x0: &a0 {build: .}\n" + "".join(
    f"x{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20)
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements.txt", "a" + ("<1" + " " * 40) * 40 + "\x01"),
        ("requirements.txt", "a" + " " * LONG + "\x01"),
        ("requirements.txt", "a" * LONG + "\x01"),
        ("Dockerfile", DOUBLING + "FROM $a199:1"),
        ("Dockerfile", "FROM a" + " " * LONG + "b\n"),
        ("Dockerfile", "COPY " + "-" * LONG),
        ("compose.yaml", MERGES + "services:\n  s:\n    <<: *a19\n"),
        ("Gemfile", "\n" * LONG),
        ("Gemfile", "group" + " " * LONG + "x"),
        ("package.json", '{"dependencies": {"a": "1' + ".x" * (LONG // 2) + 'y"}}'),
    ],
)
def test_hostile_content_names_nothing_that_matters(name: str, text: str) -> None:
    found = dependencies(name, text.encode())
    assert all(len(dependency.version) < 1000 for dependency in found)
    assert runtimes(name, text.encode()) == ()


@pytest.mark.parametrize("text", ["\n" * 100_000 + "hello", " \n" * 50_000 + "a b c"])
def test_blank_lines_before_text_of_no_known_form(tmp_path: Path, text: str) -> None:
    file = tmp_path / "notes"
    file.write_text(text)
    with pytest.raises(EvidenceError, match="has no form that is read"):
        read_items(file)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("\n\n# pinned\n\nflask==2.0\n", "flask"),
        ("\n// go\n\nmodule m\n\nrequire golang.org/x/net v0.1.0\n", "golang.org/x/net"),
        ("\n# base\nARG V=3.12\n\nFROM python:$V\n", "python"),
    ],
)
def test_blank_lines_and_comments_before_a_known_form(tmp_path: Path, text: str, name: str) -> None:
    file = tmp_path / "unnamed"
    file.write_text(text)
    assert [item.name for item in read_items(file).items] == [name]


def test_the_nearest_merged_mapping_gives_a_service_its_image() -> None:
    text = (
        "a: &a {image: 'redis:7'}\nb: &b\n  <<: *a\nc: &c {image: 'nginx:1'}\n"
        "services:\n  s:\n    <<: [*b, *c]\n"
    )
    assert [one.name for one in dependencies("compose.yaml", text.encode())] == ["redis"]


def test_warnings_of_a_foreign_script_are_not_ours() -> None:
    script = b'from setuptools import setup\nsetup(install_requires=["flask"], x="\\d" is 1)\n'
    assert [one.name for one in dependencies("setup.py", script)] == ["flask"]
