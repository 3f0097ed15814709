"""Source distribution and wheel are complete: installed from them, the program runs."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the program was installed from its source distribution."""
    work = tmp_path_factory.mktemp("package")
    target = work / "installed"
    hatchling = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(work)]
    subprocess.run(hatchling, cwd=ROOT, check=True, capture_output=True)
    [sdist] = work.glob("*.tar.gz")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    pip += ["--no-index", "--no-deps", "--no-build-isolation", "--no-compile"]
    subprocess.run([*pip, "--target", str(target), str(sdist)], check=True, capture_output=True)
    return target


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the installed program in a folder of its own."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(installed)},
            capture_output=True,
            text=True,
            check=True,
        )

    return run


def test_it_says_its_version(run: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    assert run("-m", "stack_half_life", "--version").stdout.startswith("stack-half-life, version ")


def test_it_brings_its_data_and_resources(
    run: Callable[..., subprocess.CompletedProcess[str]], installed: Path
) -> None:
    shown = "from stack_half_life import paths; print(paths.DATA, paths.RESOURCES, sep='\\n')"
    data, resources = map(Path, run("-c", shown).stdout.splitlines())
    for inside, outside in ((data, ROOT / "data"), (resources, ROOT / "resources")):
        assert installed in inside.parents
        assert contents(inside) == contents(outside)


def test_it_forecasts_an_example_it_brings(
    run: Callable[..., subprocess.CompletedProcess[str]], installed: Path
) -> None:
    example = installed / "stack_half_life/_bundled/data/examples/classic-web.toml"
    program = str(installed / "bin" / "stack-half-life")
    forecast = json.loads(
        run(program, "forecast", str(example), "--futures", "50", "--json").stdout
    )
    assert forecast["futures"] == 50
    assert forecast["total_cost_days"]["mean"] > 0


def contents(folder: Path) -> set[str]:
    """The files of a folder and all below, by path from it."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
