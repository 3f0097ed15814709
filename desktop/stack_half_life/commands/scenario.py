"""Options that set a scenario from the command line, and reading a stack with them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from stack_half_life.domain.edits import changed
from stack_half_life.domain.problems import first_problem
from stack_half_life.domain.stack import Stack
from stack_half_life.errors import ForecastError
from stack_half_life.services.opening import read_stack

F = TypeVar("F", bound=Callable[..., Any])

STACK_FILE = click.Path(path_type=Path)

THREADS = min(os.cpu_count() or 1, 4)
"""Threads of a forecast; the answer is the same on any number."""


def scenario_options(command: F) -> F:
    """`--horizon-years`, `--futures` and `--seed`; each replaces what the stack file says."""
    for name, kind, what in (
        ("--seed", int, "Seed of the futures"),
        ("--futures", int, "How many futures to simulate"),
        ("--horizon-years", float, "How many years to look ahead"),
    ):
        text = f"{what}; else as the stack file says."
        command = click.option(name, type=kind, metavar="N", help=text)(command)
    return command


def stack_in(path: Path, **options: float | int | None) -> Stack:
    """The stack of a file, with the options that were given in place of its scenario's own.

    Raises:
        StackFileError: where the file cannot be read as a stack.
        click.BadParameter: where an option is out of range.
    """
    stack = read_stack(path)
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return changed(stack, scenario=changed(stack.scenario, **given)) if given else stack
    except ValidationError as problem:
        where, sentence = first_problem(problem)
        option = f"--{str(where[-1]).replace('_', '-')}"
        raise click.BadParameter(
            f"{given[str(where[-1])]}: {sentence}", param_hint=f"'{option}'"
        ) from None


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Put the file's name before what keeps its stack from being forecast."""
    try:
        yield
    except ForecastError as problem:
        raise ForecastError(f"{path}: {problem}") from None
