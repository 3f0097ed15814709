"""The wheel, built from the source distribution, runs away from the checkout."""

import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the freshly built wheel was installed."""
    work = tmp_path_factory.mktemp("package")

    def build(kind: str, source: Path) -> None:
        command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(work)]
        subprocess.run(command, cwd=source, check=True, capture_output=True)

    build("sdist", ROOT)
    [sdist] = work.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(work, filter="data")
    build("wheel", work / sdist.name.removesuffix(".tar.gz"))
    [wheel] = work.glob("*.whl")
    target = work / "installed"
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    command += ["--no-index", "--no-deps", "--no-compile", "--target", str(target), str(wheel)]
    subprocess.run(command, check=True, capture_output=True)
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


def contents(folder: Path) -> set[str]:
    """The files of a folder and all below, by path from it."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
