"""Hyper-parameters as TOML that reads well in a diff."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from stack_half_life.domain.hyperparameters import Hyperparameters

_TITLE = "# What all technologies share. Fitted: stack-half-life backtest --refit -o FILE"
_DIGITS = 6


def hyperparameters_to_toml(hyper: Hyperparameters) -> str:
    """The hyper-parameters as TOML; `read_hyperparameters` reads the same back, to six digits."""
    return "\n".join([_TITLE, *_table(hyper.model_dump(mode="json", exclude_none=True), ())]) + "\n"


def _table(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    flat = {key: value for key, value in values.items() if not isinstance(value, Mapping)}
    if path and (flat or not values):
        yield ""
        yield f"[{'.'.join(path)}]"
    for key, value in flat.items():
        yield f"{_key(key)} = {_value(value)}"
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _table(value, (*path, _key(key)))


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, float):
        rounded = float(f"{value:.{_DIGITS}g}")
        return repr(rounded)
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    return json.dumps(value, ensure_ascii=False)
