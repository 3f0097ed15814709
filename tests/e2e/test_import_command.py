import json
import re
from pathlib import Path

import pytest

from in_process import answer
from stack_half_life.store.stack_files import read_stack


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in the test's own folder."""
    monkeypatch.chdir(tmp_path)


def test_import_writes_a_stack_file_and_lists_what_is_not_matched(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("requirements.txt").write_text("django==4.2.1\nzz-nobody-knows\n")
    done = answer(capsys, "import", "requirements.txt", "-o", "out.toml")
    assert (done.code, done.err) == (0, "")
    assert "NOT MATCHED" in done.out
    assert "zz-nobody-knows" in done.out
    assert read_stack(Path("out.toml")).component("Django").cycle == "4.2"


def test_a_pin_in_no_known_cycle_is_kept_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("requirements.txt").write_text("django==99.1\nabsl-py==2.1\n")
    done = answer(capsys, "import", "requirements.txt", "-o", "out.toml")
    assert "No such cycle known; forecast from the one taken where none is named" in done.out
    assert re.search(r"\n  Django 99\.1 \(\d\.\d taken\)\n", done.out)
    assert "No cycles known; forecast from tenures and the reference class" in done.out
    assert done.out.count("absl-py 2.1") == 1
    assert "django ==99.1" in read_stack(Path("out.toml")).component("Django").note


def test_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    Path("requirements.txt").write_text("django==4.2.1\n")
    done = answer(capsys, "import", "requirements.txt", "-o", "out.toml", "--json")
    (one,) = json.loads(done.out)["components"]
    assert (one["profile"], one["cycle"], one["assumed_cycle"]) == ("django", "4.2", None)


def test_a_stack_file_is_not_replaced_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("requirements.txt").write_text("django\n")
    Path("out.toml").write_text("mine")
    done = answer(capsys, "import", "requirements.txt", "-o", "out.toml")
    assert (done.code, done.out) == (1, "")
    assert done.err == "error: out.toml: is there already; --force replaces it\n"
    assert Path("out.toml").read_text() == "mine"
    assert answer(capsys, "import", "requirements.txt", "-o", "out.toml", "--force").code == 0


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_an_unusable_file_is_one_line_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], flags: list[str]
) -> None:
    Path("bom.json").write_text('{"bomFormat": "CycloneDX", ')
    done = answer(capsys, "import", "bom.json", "-o", "out.toml", *flags)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: bom.json: is not whole JSON")
    assert done.err.count("\n") == 1
    assert [path.name for path in Path().iterdir()] == ["bom.json"]


def test_a_folder_that_cannot_be_written_to(capsys: pytest.CaptureFixture[str]) -> None:
    Path("requirements.txt").write_text("django\n")
    done = answer(capsys, "import", "requirements.txt", "-o", "no/such/out.toml")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: no/such/out.toml: cannot be written")


def test_a_file_that_is_read_is_never_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    Path("requirements.txt").write_text("django\n")
    done = answer(capsys, "import", "requirements.txt", "--force", "-o", "./requirements.txt")
    assert (done.code, done.out) == (1, "")
    assert "is one of the files to read" in done.err
    assert Path("requirements.txt").read_text() == "django\n"


def test_requirement_lines_left_out_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["-r base.txt", "@@@", "django==4.2.1 \\", "  --hash=sha256:aa", "# web", "", "-i x"]
    Path("requirements.txt").write_text("\n".join(lines))
    done = answer(capsys, "import", "requirements.txt", "-o", "out.toml")
    assert done.code == 0
    assert done.err.splitlines() == [
        "requirements.txt, line 1: “-r base.txt” is not followed; name that file too",
        "requirements.txt, line 2: “@@@” is no requirement; left out",
    ]


def test_what_is_said_of_many_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    Path("requirements.txt").write_text("django==99.1\nnumpy==99.1\nabsl-py==2.1\nhttpx==0.25\n")
    done = answer(capsys, "import", "requirements.txt", "-o", "out.toml")
    assert done.out.count("No such cycle known") == 1
    assert done.out.count("No cycles known") == 1


def test_names_are_told_whole(capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"zz-{'nobody-' * 8}{end}" for end in ("a", "b")]
    Path("requirements.txt").write_text("\n".join(f"{name}==1.{'2' * 40}" for name in names))
    done = answer(capsys, "import", "requirements.txt", "-o", "out.toml")
    lines = done.out.splitlines()
    assert all(any(line.startswith(f"{name} ") for line in lines) for name in names)
    assert f"1.{'2' * 21}…" in done.out
    assert "2 components, 0 of them matched" in done.out


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("pom.xml", "org.cyclonedx:cyclonedx-maven-plugin"),
        ("build.gradle", "org.cyclonedx.bom"),
        ("build.gradle.kts", "org.cyclonedx.bom"),
        ("Shop.csproj", "dotnet-CycloneDX"),
        ("composer.json", "cyclonedx-php-composer"),
    ],
)
def test_builds_that_are_not_read_say_how_to_make_a_bill_of_materials(
    name: str, maker: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(name).write_text('{"name": "shop"}' if name.endswith("json") else "<project/>")
    done = answer(capsys, "import", name, "-o", "out.toml")
    assert done.code == 1
    assert done.error.startswith(f"{name}: is not read; make a CycloneDX bill of materials with")
    assert maker in done.error
