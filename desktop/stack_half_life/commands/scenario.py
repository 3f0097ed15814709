"""Options that set a scenario from the command line, and stacks read and assessed with them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from stack_half_life.commands.terminal import progress_line
from stack_half_life.domain.edits import changed
from stack_half_life.domain.problems import first_problem
from stack_half_life.domain.stack import Stack
from stack_half_life.errors import ForecastError
from stack_half_life.services.assess import Assessment, assess
from stack_half_life.services.opening import read_stack
from stack_half_life.store.cache import ProfileCache

Result = TypeVar("Result")

ScenarioOptions = Mapping[str, float | int]
"""What was given of a scenario on the command line, by its field."""

STACK_FILE = click.Path(path_type=Path)


def scenario_options(command: Callable[..., Result]) -> Callable[..., Result]:
    """`--horizon-years`, `--futures` and `--seed`, handed to the command as one `options`."""

    @wraps(command)
    def with_options(
        *, horizon_years: float | None, futures: int | None, seed: int | None, **rest: Any
    ) -> Result:
        given = {"horizon_years": horizon_years, "futures": futures, "seed": seed}
        options = {name: value for name, value in given.items() if value is not None}
        return command(options=options, **rest)

    for name, kind, what in (
        ("--seed", int, "Seed of the futures"),
        ("--futures", int, "How many futures to simulate"),
        ("--horizon-years", float, "How many years to look ahead"),
    ):
        text = f"{what}; else as the stack file says."
        with_options = click.option(name, type=kind, metavar="N", help=text)(with_options)
    return with_options


def stack_in(path: Path, options: ScenarioOptions) -> Stack:
    """The stack of a file, with the options in place of what its scenario says.

    Raises:
        StackFileError: where the file cannot be read as a stack.
        click.BadParameter: where an option is out of range.
    """
    stack = read_stack(path)
    try:
        return changed(stack, scenario=changed(stack.scenario, **options)) if options else stack
    except ValidationError as problem:
        where, sentence = first_problem(problem)
        option = f"--{str(where[-1]).replace('_', '-')}"
        raise click.BadParameter(
            f"{options[str(where[-1])]}: {sentence}", param_hint=f"'{option}'"
        ) from None


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Put the file's name before what keeps its stack from being forecast."""
    try:
        yield
    except ForecastError as problem:
        raise ForecastError(f"{path}: {problem}") from None


def assessed(stack: Stack, path: Path, cache: ProfileCache, as_of: date) -> Assessment:
    """The stack that was read from a file, assessed; what keeps one from it is told with that."""
    with named(path), progress_line() as on_progress:
        return assess(stack, cache, as_of=as_of, on_progress=on_progress)
