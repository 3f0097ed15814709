"""What every command shares: its options, its output, and how it shows progress."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.paths import cache_file
from stack_half_life.report.text.table import printable

F = TypeVar("F", bound=Callable[..., Any])

_CACHE = "stack_half_life.cache"


def _keep_cache(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    del param
    if value is not None:
        ctx.meta[_CACHE] = value


def cache_option(command: F) -> F:
    """`--cache FILE`, before or after the command's word; read it with `chosen_cache`."""
    return click.option(
        "--cache",
        type=click.Path(path_type=Path),
        metavar="FILE",
        expose_value=False,
        callback=_keep_cache,
        help="Profile cache to use (else STACK_HALF_LIFE_CACHE, else the user's own).",
    )(command)


def chosen_cache() -> Path:
    """The cache file of the command that is running."""
    return cache_file(click.get_current_context().meta.get(_CACHE))


def json_option(command: F) -> F:
    """`--json`: one object on stdout and nothing else."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")(
        command
    )


class IsoDate(click.ParamType[date]):
    """A day, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that the text names, from 1970 to 2200."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a day: YYYY-MM-DD is allowed", param, ctx)
        if not 1970 <= day.year <= 2200:
            self.fail(f"“{value}” is out of range: 1970-01-01 to 2200-12-31", param, ctx)
        return day


def as_of_option(command: F) -> F:
    """`--as-of DATE`: the day from which the future begins, today by default."""
    return click.option(
        "--as-of",
        type=IsoDate(),
        default=date.today,
        metavar="YYYY-MM-DD",
        show_default="today",
        help="Day from which the future begins.",
    )(command)


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON object; NaN and infinities are bugs and raise ValueError."""
    click.echo(json.dumps(value, indent=2, allow_nan=False))


def note(text: str) -> None:
    """Say something beside the answer, on stderr."""
    click.echo(printable(text), err=True)


@contextmanager
def progress_line() -> Iterator[OnProgress]:
    """One line on stderr that is rewritten, where stderr is a terminal; else silence."""
    if not sys.stderr.isatty():
        yield ignore_progress
        return
    width = shutil.get_terminal_size().columns - 1

    def show(share: float, text: str) -> None:
        line = f"{share:4.0%} {text}"[:width]
        click.echo(f"\r{line.ljust(width)}", nl=False, err=True)

    try:
        yield show
    finally:
        click.echo(f"\r{' ' * width}\r", nl=False, err=True)
