"""Every command line of the README does what it says."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

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


@pytest.mark.parametrize("line", [line for line in COMMANDS if "backtest" not in line])
def test_a_command_runs(line: str, folder: Path) -> None:
    answer = answer_of(line, folder)
    output = re.search(r"-o (\S+)", line)
    assert (folder / output[1]).stat().st_size if output else answer


def test_the_track_record_is_what_backtest_says(folder: Path) -> None:
    targets = json.loads(answer_of("stack-half-life backtest --json", folder))["targets"]
    table = {line.split("|")[1].strip(): line for line in README.splitlines() if "|" in line}
    for label, target in ROWS.items():
        now = row(label, targets[target])
        assert numbers(table[label]) == pytest.approx(numbers(now), abs=0.006), f"now: {now}"


ROWS = {
    "next release cycle": "release_any",
    "next major cycle": "release_major",
    "end of support": "support",
    "… where no end was announced": "support_unannounced",
}


def row(label: str, target: dict[str, dict[str, Any]]) -> str:
    """A row of that table as the README should have it."""
    model = target["model"]
    low, high = model["skill_vs_climatology_interval_90"]
    skill = f"{model['skill_vs_climatology']:.3f} [{low:.3f}, {high:.3f}]"
    others = [
        f"{target[other]['skill_vs_climatology']:.3f}" if other in target else "–"
        for other in ("exponential", "last_gap")
    ]
    covered = f"{model['coverage_80']:.1%}"
    cells = [label, f"{model['n']:,}", skill, *others, covered.replace("%", " %")]
    return re.sub(r"(?<!\d)0\.", ".", f"| {' | '.join(cells)} |".replace("-0.", "−."))


def numbers(line: str) -> list[float]:
    """The figures of a row; a share in percent as a fraction."""
    found = re.findall(r"−?[\d,]*\.?\d+(?: %)?", line)
    return [
        float(one.replace("−", "-").replace(",", "").removesuffix(" %"))
        / (100 if one.endswith("%") else 1)
        for one in found
    ]


def answer_of(line: str, folder: Path) -> str:
    """What a command line prints; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "stack_half_life", *shlex.split(line)[1:]],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "desktop")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
