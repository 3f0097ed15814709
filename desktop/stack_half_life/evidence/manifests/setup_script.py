"""Dependencies of a setup.py, read from its text: the script is never run."""

import ast
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import decode
from stack_half_life.evidence.manifests.dependency import Dependency, Scope
from stack_half_life.evidence.manifests.python import from_requirement_lines, scope_of

_KEYWORDS = {
    "install_requires": Scope.RUNTIME,
    "requires": Scope.RUNTIME,
    "setup_requires": Scope.DEV,
    "tests_require": Scope.DEV,
}
_ASKS = re.compile(rb"(?<!python_)requires?\s*=\s*(?![\w.]+\()")
"""Where requirements may stand in the text, and are not all worked out by functions."""

_BLOCK = re.compile(r"^(?=[^\W\d])(?!(?:elif|else|except|finally)\b)", re.MULTILINE)
"""Where a statement may begin at the margin of a script."""


def from_setup_py(file_name: str, content: bytes) -> Iterator[Dependency]:
    """Requirements that stand in the call of `setup` as texts, or in names set to such texts.

    What is worked out while the script runs is not seen.
    """
    if not _ASKS.search(content):
        return
    text = decode(content, file_name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            script = _parsed(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise EvidenceError(f"{file_name}: is no Python script of today") from None
    names: dict[str, list[ast.expr]] = defaultdict(list)
    calls: list[ast.Call] = []
    for statement in _statements(script):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names[name].append(value)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                names[name].append(value)
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Name(id=name), attr="append" | "extend"),
                    args=[value],
                )
            ):
                names[name].append(value)
            case ast.Expr(value=ast.Call() as call) if _called(call) == "setup":
                calls.append(call)
    for keyword in (keyword for call in calls for keyword in call.keywords):
        if keyword.arg in _KEYWORDS:
            lines = _texts(keyword.value, names)
            yield from from_requirement_lines(lines, _KEYWORDS[keyword.arg])
        elif keyword.arg == "extras_require":
            yield from _extras(keyword.value, names)


def _parsed(text: str) -> list[ast.stmt]:
    """The statements of a script, parsed block by block.

    Versions of a script share most blocks. Where a line at the margin does not begin a statement,
    the script is parsed as a whole.
    """
    try:
        return [statement for block in _BLOCK.split(text) for statement in _block(block)]
    except SyntaxError:
        return ast.parse(text).body


@lru_cache(maxsize=1024)
def _block(text: str) -> list[ast.stmt]:
    return ast.parse(text).body


def _statements(script: list[ast.stmt]) -> Iterator[ast.stmt]:
    """All statements, those inside others too; expressions are not looked into."""
    waiting: list[Any] = list(reversed(script))
    while waiting:
        statement = waiting.pop()
        yield statement
        for block in ("handlers", "finalbody", "orelse", "body"):
            waiting.extend(reversed(getattr(statement, block, ())))


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _extras(value: ast.expr, names: Mapping[str, list[ast.expr]]) -> Iterator[Dependency]:
    tables = names.get(value.id, []) if isinstance(value, ast.Name) else [value]
    for table in tables:
        if isinstance(table, ast.Dict):
            for key, lines in zip(table.keys, table.values, strict=True):
                group = key.value if isinstance(key, ast.Constant) else ""
                yield from from_requirement_lines(_texts(lines, names), scope_of(str(group)))


def _texts(value: ast.expr, names: Mapping[str, list[ast.expr]]) -> Iterator[str]:
    """Texts in lists, tuples, sums of them, and names set to them, each name once."""
    waiting = [value]
    seen: set[str] = set()
    while waiting:
        match waiting.pop():
            case ast.Constant(value=str() as text):
                yield from text.splitlines()
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                waiting.extend(reversed(parts))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                waiting += [right, left]
            case ast.Name(id=name) if name not in seen:
                seen.add(name)
                waiting.extend(reversed(names.get(name, [])))
