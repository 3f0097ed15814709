"""Starting stays quick: what costs time to import is imported by the function that needs it."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "desktop/stack_half_life"
EVERYWHERE = {"numpy", "pydantic", "pydantic_core", "stack_half_life"}
BY_FOLDER = {
    "cli.py": {"click"},
    "commands": {"click"},
    "gui": {"PySide6", "pyqtgraph", "shiboken6"},
}


def test_modules_import_nothing_slow_at_their_top(root: Path) -> None:
    found = []
    for path in (root / PACKAGE).rglob("*.py"):
        inside = path.relative_to(root / PACKAGE)
        allowed = EVERYWHERE | sys.stdlib_module_names | BY_FOLDER.get(inside.parts[0], set())
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [f"{inside}: {name}" for name in imported_at_once(tree) if name not in allowed]
    assert found == []


def imported_at_once(node: ast.AST) -> Iterator[str]:
    """The packages imported when a module is: not within functions, not for type checks only."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and not child.level:
            yield (child.module or "").partition(".")[0]
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        elif not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from imported_at_once(child)
