"""`dev.py` finds what is missing, says what to install, and needs no display to say so."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def dev(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`dev.py`, with a checkout of its own to work on."""
    spec = importlib.util.spec_from_file_location("dev", root / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "installed")
    return module


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, dev: ModuleType) -> list[list[str]]:
    """The commands that were to be run; none is."""
    run: list[list[str]] = []

    def record(command: list[object], **_: object) -> int:
        run.append([str(part) for part in command])
        dev.VENV.mkdir(exist_ok=True)
        return 0

    monkeypatch.setattr(dev.subprocess, "call", record)
    return run


@pytest.mark.skipif(sys.platform != "linux", reason="apt and X are Linux matters")
class TestSystem:
    """What comes from the operating system."""

    def test_libraries_commands_and_modules_are_told_from_missing_ones(
        self, dev: ModuleType
    ) -> None:
        assert dev.is_present("libc.so.6")
        assert dev.is_present("python3")
        assert dev.is_present("json")
        assert not dev.is_present("libnothing.so.9")
        assert not dev.is_present("no-such-command")

    def test_apt_is_asked_for_missing_packages_only(
        self, dev: ModuleType, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
        dev.install_system({"libc.so.6": "libc6", "libnothing.so.9": "libnothing9"})
        assert commands[-1][-4:] == ["install", "-y", "--no-install-recommends", "libnothing9"]

    def test_without_apt_the_packages_are_named(
        self, dev: ModuleType, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dev.shutil, "which", lambda _: None)
        with pytest.raises(SystemExit, match="libnothing9"):
            dev.install_system({"libnothing.so.9": "libnothing9"})
        assert commands == []

    def test_no_display_points_to_the_command_line(self, root: Path) -> None:
        done = subprocess.run(
            [sys.executable, root / "dev.py", "run"],
            env={"PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert "No display" in done.stderr
        assert "dev.py run forecast" in done.stderr


def test_packages_are_installed_once_per_lock(dev: ModuleType, commands: list[list[str]]) -> None:
    dev.install_packages()
    assert any("--require-hashes" in command for command in commands)
    commands.clear()
    dev.install_packages()
    assert commands == []
    dev.LOCK.write_text("changed")
    dev.install_packages()
    assert any("--require-hashes" in command for command in commands)


def test_an_interrupted_installation_starts_again(
    dev: ModuleType, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(dev.subprocess, "call", lambda *_, **__: 1)
        with pytest.raises(SystemExit, match="carries on"):
            dev.install_packages()
    assert not dev.STAMP.exists()
    commands.clear()
    dev.install_packages()
    assert [command[-3:-1] for command in commands] == [
        ["venv", "--clear"],
        ["--require-hashes", "-r"],
        ["--no-build-isolation", "-e"],
    ]
