"""The user's own pip settings, as pip itself reports them."""

import ast
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stack_half_life.paths import find_program

_LINE = re.compile(r"\A(:env:|[\w-]+)\.([\w-]+)=(.*)\Z")
_RANK = {"global": 0, "install": 1, "download": 1, "index": 1, ":env:": 2}


@dataclass(frozen=True, slots=True)
class PipSettings:
    """Where the user's pip looks for packages, and how it gets there.

    index_url: empty for the default. is_index_off: pip is told to use no index at all.
    """

    index_url: str = ""
    extra_index_urls: tuple[str, ...] = ()
    is_index_off: bool = False
    certificates: str = ""
    client_certificate: str = ""
    proxy: str = ""
    trusted_hosts: frozenset[str] = frozenset()


def read_pip_settings(environment: Mapping[str, str] | None = None) -> PipSettings:
    """What `pip config list` says; where there is no pip, the `PIP_…` variables alone."""
    environment = os.environ if environment is None else environment
    lines = _pip_config_lines(environment)
    if lines is None:
        lines = [
            f":env:.{name[4:].lower().replace('_', '-')}={value!r}"
            for name, value in environment.items()
            if name.startswith("PIP_")
        ]
    return settings_from(lines)


def settings_from(lines: Iterable[str]) -> PipSettings:
    """The settings in lines such as `global.index-url='https://…'`; the environment wins."""
    ranked: dict[str, tuple[int, str]] = {}
    for line in lines:
        match = _LINE.match(line.strip())
        if match is None or match[1] not in _RANK:
            continue
        rank, key = _RANK[match[1]], match[2]
        if key not in ranked or rank >= ranked[key][0]:
            ranked[key] = (rank, _unquoted(match[3]))
    value = {key: text for key, (_, text) in ranked.items()}
    return PipSettings(
        index_url=value.get("index-url", "").strip(),
        extra_index_urls=tuple(value.get("extra-index-url", "").split()),
        is_index_off=value.get("no-index", "").strip().casefold() in {"1", "true", "yes", "on"},
        certificates=value.get("cert", "").strip(),
        client_certificate=value.get("client-cert", "").strip(),
        proxy=value.get("proxy", "").strip(),
        trusted_hosts=frozenset(value.get("trusted-host", "").split()),
    )


def _pip_config_lines(environment: Mapping[str, str]) -> list[str] | None:
    if importlib.util.find_spec("pip") is not None:
        command = [sys.executable, "-P", "-m", "pip"]
    else:
        found = find_program("pip3") or find_program("pip")
        if found is None:
            return None
        command = [found]
    try:
        answer = subprocess.run(
            [*command, "config", "list"],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=20,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.splitlines()


def _unquoted(text: str) -> str:
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text
    return value if isinstance(value, str) else str(value)
