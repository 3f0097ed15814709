import json
from pathlib import Path

import pytest

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.stack_import import ImportedFile, Precision, read_items


def read(folder: Path, name: str, content: str | bytes | object) -> ImportedFile:
    file = folder / name
    if not isinstance(content, str | bytes):
        content = json.dumps(content)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_items(file)


@pytest.mark.parametrize(
    ("name", "content", "form", "first"),
    [
        ("requirements.txt", "torch==2.3\n", "requirements.txt", "torch"),
        ("deps.txt", "# ours\ntorch==2.3\n", "requirements.txt", "torch"),
        ("web.json", '{"name": "web", "dependencies": {"react": "18"}}', "package.json", "react"),
        ("project", '[project]\nname = "x"\ndependencies = ["click"]\n', "pyproject.toml", "click"),
        (
            "crate.toml",
            '[package]\nname = "x"\n[dependencies]\nserde = "1"\n',
            "Cargo.toml",
            "serde",
        ),
        ("modules", "module example.com/x\n\nrequire k8s.io/api v0.30.1\n", "go.mod", "k8s.io/api"),
        ("image.txt", "# base\nFROM python:3.12\n", "Dockerfile", "python"),
        ("stack.yml", "services:\n  db: {image: 'postgres:16'}\n", "compose.yaml", "postgres"),
        ("Gemfile", "gem 'rails'\n", "Gemfile", "rails"),
    ],
)
def test_form_is_told_by_name_or_content(
    tmp_path: Path, name: str, content: str, form: str, first: str
) -> None:
    imported = read(tmp_path, name, content)
    assert imported.form == form
    assert [item.name for item in imported.items] == [first]
    assert imported.items[0].file == str(tmp_path / name)


def test_items_of_a_manifest_with_runtime_versions_and_how_settled_they_are(
    tmp_path: Path,
) -> None:
    imported = read(
        tmp_path,
        "pyproject.toml",
        """
[project]
requires-python = ">=3.11"
dependencies = ["torch==2.3.1", "numpy~=2.0", "click>=8", "httpx"]
[dependency-groups]
dev = ["pytest"]
""",
    )
    assert [
        (item.name, item.version, item.precision, item.purl, item.is_needed)
        for item in imported.items
    ] == [
        ("python", "3.11", Precision.OPEN, "pkg:generic/python", True),
        ("torch", "2.3.1", Precision.EXACT, "pkg:pypi/torch", True),
        ("numpy", "2.0", Precision.RANGE, "pkg:pypi/numpy", True),
        ("click", "8", Precision.OPEN, "pkg:pypi/click", True),
        ("httpx", "", Precision.OPEN, "pkg:pypi/httpx", True),
        ("pytest", "", Precision.OPEN, "pkg:pypi/pytest", False),
    ]


@pytest.mark.parametrize(
    ("name", "content", "runtime", "version"),
    [
        ("package.json", '{"name": "x", "engines": {"node": ">=20"}}', "nodejs", "20"),
        ("go.mod", "module x.example/x\n\ngo 1.22.3\n", "go", "1.22.3"),
        ("Cargo.toml", '[package]\nrust-version = "1.75"\n', "rust", "1.75"),
        ("Gemfile", 'ruby "3.3.0"\n', "ruby", "3.3.0"),
        ("setup.cfg", "[options]\npython_requires = >=3.9\n", "python", "3.9"),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.11"\n', "python", "3.11"),
    ],
)
def test_language_runtimes(
    tmp_path: Path, name: str, content: str, runtime: str, version: str
) -> None:
    (item,) = read(tmp_path, name, content).items
    assert (item.name, item.version) == (runtime, version)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.json", b" \n", "is empty"),
        ("cut.json", b'{"bomFormat": "CycloneDX", "comp', "is not whole JSON"),
        ("go.sum", b"a v1.0.0 h1:x=\n", "lock files are not read; give go.mod instead"),
        ("package-lock.json", b'{"name": "a"}', "give package.json instead"),
        ("list.json", b"[1, 2]", "has no form that is read"),
        ("odd.json", b'{"a": 1}', "is JSON of no form that is read: requirements.txt"),
        ("words.txt", b"hello there, world\n", "has no form that is read"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00", "has no form that is read"),
        ("package.json", b'{"name": "x", "dependencies": ', "is not whole JSON"),
        ("requirements.txt", "caf\xe9==1\n".encode("latin-1"), "is not UTF-8 text"),
        ("page.xml", b"<html><body/></html>", "no CycloneDX bill of materials"),
        ("cut.xml", b'<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><comp', "not whole XML"),
    ],
)
def test_unusable_file_is_one_clear_line_that_names_it(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    with pytest.raises(EvidenceError) as caught:
        read(tmp_path, name, content)
    assert says in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / name))
    assert "\n" not in str(caught.value)


def test_folder_missing_file_and_oversize(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="is a folder"):
        read_items(tmp_path)
    with pytest.raises(EvidenceError, match="there is no such file"):
        read_items(tmp_path / "none.json")
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(65 * 2**20)
    with pytest.raises(EvidenceError, match="larger than 64 MB"):
        read_items(huge)


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("python:3.14-slim-trixie", [("python", "3.14-slim-trixie"), ("debian", "13")]),
        ("debian:bookworm-slim", [("debian", "12")]),
        ("node:20-alpine3.20", [("node", "20-alpine3.20"), ("alpine", "3.20")]),
        ("node:20-alpine", [("node", "20-alpine"), ("alpine", "")]),
        (
            "nvidia/cuda:12.4.1-devel-ubuntu22.04",
            [("nvidia/cuda", "12.4.1-devel-ubuntu22.04"), ("ubuntu", "22.04")],
        ),
        (
            "eclipse-temurin:21-jre-noble",
            [("eclipse-temurin", "21-jre-noble"), ("ubuntu", "24.04")],
        ),
        ("ubuntu:24.04", [("ubuntu", "24.04")]),
        ("postgres:17", [("postgres", "17")]),
    ],
)
def test_an_image_tag_tells_the_system_below(
    tmp_path: Path, image: str, expected: list[tuple[str, str]]
) -> None:
    items = read(tmp_path, "Dockerfile", f"FROM {image}\nFROM {image}\n").items
    assert [(item.name, item.version) for item in items] == expected


def test_what_an_image_that_is_only_run_stands_on_is_its_makers_affair(tmp_path: Path) -> None:
    (item,) = read(tmp_path, "compose.yaml", "services: {db: {image: 'postgres:17-trixie'}}").items
    assert item.name == "postgres"


def test_a_file_that_only_includes_others_says_which(tmp_path: Path) -> None:
    imported = read(tmp_path, "requirements.txt", "-r base.txt\n")
    assert imported.items == ()
    assert imported.notes[0].endswith("line 1: “-r base.txt” is not followed; name that file too")


def test_a_line_left_out_is_told_with_the_path_as_given(tmp_path: Path) -> None:
    (note,) = read(tmp_path, "deps.txt", "flask==3\n@@@\n").notes
    assert note.startswith(f"{tmp_path / 'deps.txt'}, line 2: “@@@”")
