"""The program as a whole: exit codes, one line of error, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from in_process import answer
from stack_half_life import __version__
from stack_half_life.cli import COMMANDS, main, program
from stack_half_life.errors import StackHalfLifeError

SOURCE = Path(__file__).parents[2] / "desktop"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stack_half_life", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        timeout=120,
        check=False,
    )


def test_the_version_is_told() -> None:
    told = run("--version")
    assert told.returncode == 0
    assert told.stdout.strip() == f"stack-half-life, version {__version__}"


def test_help_lists_every_command() -> None:
    told = run("--help")
    assert told.returncode == 0
    for word in COMMANDS:
        assert word in told.stdout


@pytest.mark.parametrize("arguments", [["forcast"], ["--no-such-option"]])
def test_wrong_usage_is_two(arguments: list[str]) -> None:
    told = run(*arguments)
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
    assert told.stdout == ""


@pytest.mark.parametrize(
    ("failure", "code", "said"),
    [
        (StackHalfLifeError("stack.toml:\nname: is 3"), 1, "error: stack.toml: name: is 3\n"),
        (KeyboardInterrupt(), 130, "error: stopped\n"),
    ],
)
def test_failures_are_one_line(
    failure: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(program, "main", fail)
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == code
    assert capsys.readouterr().err == said


def test_a_bug_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(program, "main", fail)
    with pytest.raises(ZeroDivisionError):
        main([])


def test_a_closed_pipe_is_quiet() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    told = subprocess.run(
        [sys.executable, "-m", "stack_half_life", "profiles", "list"],
        stdout=writing,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        timeout=120,
        check=False,
    )
    os.close(writing)
    assert told.returncode == 1
    assert told.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        told = subprocess.run(
            [sys.executable, "-m", "stack_half_life", "profiles", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            timeout=120,
            check=False,
            text=True,
        )
    assert told.returncode == 1
    assert told.stderr == "error: the answer could not be written: No space left on device\n"


def test_a_missing_stack_file_is_told_before_a_missing_display(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    failed = answer(capsys, "nosuch.toml")
    assert failed.code == 1
    assert failed.error == "nosuch.toml: there is no such file"


def test_a_terminal_that_knows_only_ascii_still_gets_an_answer() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "stack_half_life", "profiles", "list", "--search", "vllm"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "ascii"},
        timeout=120,
        check=True,
    )
    assert b"vLLM" in told.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is one")
def test_without_a_display_the_command_line_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    failed = answer(capsys)
    assert failed.code == 1
    assert "no display" in failed.error
    assert "stack-half-life forecast" in failed.error
