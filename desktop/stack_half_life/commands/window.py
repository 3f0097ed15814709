"""`stack-half-life [STACK.toml]`: the window."""

import sys
from pathlib import Path

import click

from stack_half_life.commands.scenario import STACK_FILE
from stack_half_life.commands.terminal import cache_option, chosen_cache


@click.command()
@click.argument("stack", type=STACK_FILE, required=False)
@cache_option
def window(stack: Path | None) -> None:
    """Open the window, with a stack file or the first screen."""
    from stack_half_life.gui.app import open_window

    sys.exit(open_window(stack, chosen_cache()))
