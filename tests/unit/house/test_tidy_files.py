"""Modules stay short, the top level stays as laid out, nothing private slips into a file."""

from collections.abc import Callable
from pathlib import Path

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "data",
    "desktop",
    "dev.py",
    "pyproject.toml",
    "requirements.lock",
    "resources",
    "tests",
}
LINES_AT_MOST = 400
VAGUE = {"utils", "util", "helpers", "helper", "misc", "common"}
# In halves, so that this file does not hold what it forbids.
FORBIDDEN = tuple(
    first + second
    for first, second in (
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("npm", "js.org"),
        ("npm", "js.com"),
        ("index.crates", ".io"),
        ("proxy.golang", ".org"),
        ("/wo", "rk/"),
        ("/ro", "ot/"),
    )
)


def test_the_top_level_holds_only_what_is_laid_out(
    root: Path, tracked_files: tuple[Path, ...]
) -> None:
    assert {path.relative_to(root).parts[0] for path in tracked_files} <= TOP_LEVEL


def test_no_module_is_longer_than_a_reader_can_hold(tracked_files: tuple[Path, ...]) -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked_files
        if path.suffix == ".py"
    }
    assert {path: n for path, n in lengths.items() if n > LINES_AT_MOST} == {}


def test_no_module_has_a_name_that_says_nothing(tracked_files: tuple[Path, ...]) -> None:
    assert [p for p in tracked_files if p.suffix == ".py" and VAGUE & {p.stem, p.parent.name}] == []


def test_no_file_names_a_registry_or_a_machine(tracked_files: tuple[Path, ...]) -> None:
    found = [
        f"{path}: {word}"
        for path in tracked_files
        for word in FORBIDDEN
        if word.encode() in path.read_bytes()
    ]
    assert found == []


def test_tests_outside_the_window_need_no_qt(
    root: Path, imports: Callable[[Path], list[str]]
) -> None:
    found = [
        f"{path}: {name}"
        for folder in ("unit", "e2e")
        for path in (root / "tests" / folder).rglob("*.py")
        for name in imports(path)
        if name.startswith(("PySide6", "pyqtgraph", "pytestqt", "stack_half_life.gui"))
    ]
    assert found == []
