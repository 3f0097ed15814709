"""`stack-half-life [STACK.toml]`: the window."""

import sys
from pathlib import Path

import click

from stack_half_life.commands.scenario import STACK_FILE
from stack_half_life.commands.terminal import cache_option, chosen_cache
from stack_half_life.services.opening import read_stack


@click.command()
@click.argument("stack", type=STACK_FILE, required=False)
@cache_option
def window(stack: Path | None) -> None:
    """Open the window, with a stack file or the first screen."""
    if stack is not None:
        read_stack(stack)
    from stack_half_life.gui.app import open_window

    sys.exit(open_window(stack, chosen_cache()))
