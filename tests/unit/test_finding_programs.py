"""Programs are taken from the folders of the PATH that lie where the user put them."""

import os
from pathlib import Path

import pytest

from stack_half_life.paths import find_program


def put_program(folder: Path) -> Path:
    folder.mkdir()
    program = folder / "npm"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return program


def test_a_program_of_the_project_at_hand_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_program(tmp_path / "project")
    theirs = put_program(tmp_path / "bin")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "project", str(tmp_path / "bin")]))
    assert find_program("npm") == str(theirs)
    monkeypatch.setenv("PATH", os.pathsep.join(["project", ""]))
    monkeypatch.chdir(tmp_path / "project")
    assert find_program("npm") is None
