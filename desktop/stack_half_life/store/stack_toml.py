"""Stacks as TOML that diffs well: one `[[component]]` table each, one line per figure."""

import json
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from stack_half_life.domain.stack import Component, Coupling, Scenario, Stack
from stack_half_life.errors import StackFileError
from stack_half_life.store.validation import TABLES, explain

FORMAT = 1

_ALWAYS = {
    Component: ("name", "profile", "layer", "policy", "effort_days"),
    Coupling: ("when", "then", "adapt_probability", "replace_probability"),
    Scenario: (
        "horizon_years",
        "futures",
        "seed",
        "day_rate",
        "currency",
        "discount_rate_per_year",
    ),
    Stack: ("name", "kind"),
}
"""Fields written even where they have their default, so that a file shows its assumptions."""

_TITLE = "# A stack of Stack Half-Life. Comments are lost when the program saves this file."


def stack_to_toml(stack: Stack) -> str:
    """The stack as TOML; `stack_from_toml` reads the same stack back."""
    head = [_TITLE, f"format = {FORMAT}"]
    head += _lines(stack, leave=("components", "couplings", "scenario"))
    blocks = ["\n".join(head), _block("[scenario]", stack.scenario)]
    blocks += [_block("[[component]]", component) for component in stack.components]
    blocks += [_block("[[coupling]]", coupling) for coupling in stack.couplings]
    return "\n\n".join(blocks) + "\n"


def stack_from_toml(text: str, where: str) -> Stack:
    """The stack that a TOML text describes; `where` names it in errors.

    Raises:
        StackFileError: one line naming where, the key and what is allowed.
    """
    try:
        raw = tomllib.loads(text)
    except RecursionError:
        raise StackFileError(f"{where}: is not a stack: values are nested too deeply") from None
    except ValueError as problem:
        raise StackFileError(f"{where}: is not TOML: {_plain(str(problem))}") from None
    _check_format(raw.pop("format", FORMAT), where)
    for field, key in TABLES.items():
        if field in raw:
            raise StackFileError(f"{where}: {field}: unknown key; write [[{key}]] for each")
        if key in raw:
            raw[field] = raw.pop(key)
            if not isinstance(raw[field], list):
                raise StackFileError(f"{where}: {key}: write [[{key}]], with two brackets")
    try:
        as_json = json.dumps(raw, default=str)
    except ValueError:
        raise StackFileError(f"{where}: holds a whole number too long to be one") from None
    try:
        return Stack.model_validate_json(as_json, strict=True)
    except ValidationError as problem:
        raise StackFileError(f"{where}: {explain(problem, Stack, raw)}") from None


def _check_format(number: object, where: str) -> None:
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise StackFileError(f"{where}: format: is {number!r}; {FORMAT} is allowed")
    if number > FORMAT:
        raise StackFileError(
            f"{where}: format: is {number}, from a newer version of the program; "
            f"this one reads up to {FORMAT}"
        )


def _plain(words: str) -> str:
    return words[:1].lower() + words[1:].partition(";")[0]


def _block(title: str, value: BaseModel) -> str:
    return "\n".join([title, *_lines(value)])


def _lines(value: BaseModel, leave: tuple[str, ...] = ()) -> Iterator[str]:
    always = _ALWAYS.get(type(value), ())
    for name, field in type(value).model_fields.items():
        part = getattr(value, name)
        if name in leave or part is None or (name not in always and part == field.default):
            continue
        yield f"{name} = {_toml(part)}"


def _toml(value: Any) -> str:
    if isinstance(value, BaseModel):
        return _inline(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, tuple):
        return _array(value)
    return _string(str(value))


def _inline(value: BaseModel) -> str:
    fields = type(value).model_fields
    pairs = [
        f"{name} = {_toml(part)}"
        for name, field in fields.items()
        if (part := getattr(value, name)) != field.default
    ]
    return f"{{ {', '.join(pairs)} }}" if pairs else "{}"


def _array(values: Iterable[Any]) -> str:
    return "[\n" + "".join(f"    {_toml(value)},\n" for value in values) + "]"


def _string(text: str) -> str:
    if "\n" in text:
        lines = "\n".join(_escaped(line) for line in text.split("\n"))
        return f'"""\n{lines}"""'
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007F")
