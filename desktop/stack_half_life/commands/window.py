"""`stack-half-life [STACK.toml]`: the window."""

import sys
from importlib import import_module
from pathlib import Path

import click

from stack_half_life.commands.terminal import cache_option, chosen_cache


@click.command()
@click.argument("stack", type=click.Path(path_type=Path), required=False)
@cache_option
def window(stack: Path | None) -> None:
    """Open the window, with a stack file or the first screen."""
    application = import_module("stack_half_life.gui.app")
    sys.exit(application.open_window(stack, chosen_cache()))
