"""What pydantic found wrong, in one line that names the key and what is allowed."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from stack_half_life.domain.problems import sentence

_SHOWN_CHARACTERS = 40
_QUOTED = re.compile("'([^']*)'")
TABLES = {"components": "component", "couplings": "coupling"}
"""Field of Stack → key in the file, for arrays of tables."""

_SINGULAR = {**TABLES, "overrides": "override"}


def explain(problem: ValidationError, model: type[BaseModel], raw: Mapping[str, Any]) -> str:
    """The first thing wrong, and how many more there are.

    Form: `component 3 “vLLM”: effort_days.high: is nan: a finite number is required`.
    """
    errors = problem.errors(include_url=False)
    first = min(errors, key=lambda error: error["type"] != "extra_forbidden")
    place = _place(first["loc"], raw)
    more = len(errors) - 1
    told = f"; {more} more problem{'s' if more > 1 else ''}" if more else ""
    return " ".join(f"{place}{': ' if place else ''}{_wrong(first, model)}{told}".split())


def _place(location: Sequence[int | str], raw: Any) -> str:
    """Where it stands, in the words of the file."""
    items: list[str] = []
    keys: list[str] = []
    for step, following in zip(location, [*location[1:], None], strict=False):
        raw = _inside(raw, step)
        if isinstance(step, int):
            name = raw.get("name") if isinstance(raw, dict) else None
            items.append(f"{step + 1}" + (f" “{_cut(name)}”" if isinstance(name, str) else ""))
        elif isinstance(following, int):
            items.append(_SINGULAR.get(step, step))
        else:
            keys.append(step)
    return ": ".join(part for part in (" ".join(items), ".".join(keys)) if part)


def _inside(raw: Any, step: int | str) -> Any:
    try:
        return raw[step]
    except (KeyError, IndexError, TypeError):
        return None


def _wrong(error: ErrorDetails, model: type[BaseModel]) -> str:
    if error["type"] == "extra_forbidden":
        return _unknown_key(str(error["loc"][-1]), _model_at(model, error["loc"][:-1]))
    if error["type"] in {"missing", "value_error"}:
        return sentence(error)
    if error["type"] == "too_long":
        return f"has {len(error['input']):,}: {sentence(error)}"
    if error["type"] == "enum":
        return f"is {_shown(error['input'])}; {_near_or_all(error)}"
    return f"is {_shown(error['input'])}: {sentence(error)}"


def _near_or_all(error: ErrorDetails) -> str:
    """What a word that is none of those allowed was meant to be; else all that are."""
    allowed = _QUOTED.findall(error["ctx"]["expected"])
    near = get_close_matches(str(error["input"]), allowed, n=1)
    return f"did you mean “{near[0]}”?" if near else f"allowed are {', '.join(allowed)}"


def _unknown_key(key: str, model: type[BaseModel] | None) -> str:
    known = [TABLES.get(name, name) for name in model.model_fields] if model else []
    near = get_close_matches(key, known, n=1)
    hint = f"did you mean “{near[0]}”?" if near else f"allowed are {', '.join(known)}"
    return f"unknown key; {hint}"


def _model_at(model: type[BaseModel], location: Sequence[int | str]) -> type[BaseModel] | None:
    """The model whose keys stand at a location."""
    current: type[BaseModel] | None = model
    for step in location:
        if current is None or isinstance(step, int):
            continue
        field = current.model_fields.get(step)
        current = _model_in(field.annotation) if field else None
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = _model_in(part)
        if found is not None:
            return found
    return None


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"“{_cut(value)}”"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, Mapping):
        return "a table"
    return _cut(str(value))
