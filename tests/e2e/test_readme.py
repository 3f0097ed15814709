"""Every command line of the README does what it says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the commands name."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "data" / "examples", folder / "data" / "examples")
    (folder / "requirements.txt").write_text("fastapi==0.115\nnumpy>=2\n")
    (folder / "package.json").write_text('{"dependencies": {"react": "^19.0.0"}}')
    repository = folder / "path" / "to" / "repository"
    repository.mkdir(parents=True)
    (repository / "requirements.txt").write_text("click==8.1\n")
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *command], cwd=repository, check=True)
    return folder


def test_there_are_commands_to_try() -> None:
    assert len(COMMANDS) >= 8
    assert {shlex.split(line)[0] for line in COMMANDS} == {"stack-half-life"}


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_runs(line: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stack_half_life", *shlex.split(line, comments=True)[1:]],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "desktop")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr if done.returncode else "") == (0, "")
    output = re.search(r"-o (\S+)", line)
    assert (folder / output[1]).stat().st_size if output else done.stdout
